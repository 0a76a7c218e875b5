//! A gateway in front of an AI provider: calls as any client makes them, and what is charged for each.

use crate::answer::Failure;
use crate::demo::assistant::Assistant;
use crate::demo::client::{self, Got, Question};
use crate::demo::product::cannot_begin;
use crate::demo::stage::{Of, Stage, amount};
use crate::reach::Said;
use probity_cli::fake_upstream::Heard;
use serde_json::Value;
use std::net::SocketAddr;
use tokio::sync::mpsc::UnboundedReceiver;

/// The heading.
pub(crate) const TITLE: &str = "In front of an AI provider";
/// What it is about.
pub(crate) const ABOUT: &str = "Another product, another contract, and no code changed: its client only \
     has a new address. A gateway there asks the contract before each call, passes the answer on byte by \
     byte, and charges by how it ended. The provider is a scripted one, so that nothing costs anything; \
     the rest is what `probity serve` runs.";

/// What the provider hears.
pub(crate) type Ears = UnboundedReceiver<Heard>;

/// What clients ask for unless something else is said.
const USUAL: Question<'static> =
    Question { customer: "kim", model: "gpt-4o-mini", fault: "ok", leaves: false };

/// Who tells it.
struct Play<'a, 'h> {
    stage: &'a mut Stage<'h>,
    assistant: &'a Assistant,
    gateway: SocketAddr,
}

impl Play<'_, '_> {
    fn ask(&self, question: Question<'_>) -> Result<Got, Failure> {
        let asked = client::ask(self.gateway, question);
        self.assistant.here.runtime.block_on(asked).map_err(|error| cannot_begin(&error))
    }

    /// The receipt of a call; where none began, what was said instead.
    fn receipt(&self, got: &Got) -> Result<Said, Failure> {
        match &got.run {
            Some(run) => self.stage.quietly("GET", &format!("/v1/runs/{run}"), Value::Null),
            None => Ok(Said { status: got.status, body: got.error.clone() }),
        }
    }

    /// Tells of a call that has ended.
    fn told(&mut self, does: &str, question: Question<'_>, got: &Got) -> Result<Said, Failure> {
        let receipt = self.receipt(got)?;
        self.stage.called(does, question, got, &receipt);
        if got.run.is_some() {
            self.stage.tell(Of::Us, cost(&receipt));
        }
        Ok(receipt)
    }

    fn asks(&mut self, does: &str, question: Question<'_>) -> Result<(Got, Said), Failure> {
        let got = self.ask(question)?;
        let receipt = self.told(does, question, &got)?;
        Ok((got, receipt))
    }

    /// A refusal, as the client shows it.
    fn is_refused(&mut self, does: &str, question: Question<'_>) -> Result<Got, Failure> {
        let (got, refusal) = self.asks(does, question)?;
        self.stage.ways(&refusal);
        Ok(got)
    }
}

/// What the provider's own figures come to.
fn cost(receipt: &Said) -> String {
    let Some(attempt) = receipt.body.pointer("/attempts/0") else {
        return "the provider said nothing of tokens".to_owned();
    };
    let (model, usage) = (attempt["model"].as_str().unwrap_or_default(), &attempt["usage"]);
    match attempt["cost"].as_str() {
        Some(cost) => {
            format!("{model}: {} tokens in, {} out, ${cost}", usage["input"], usage["output"])
        }
        None => format!("{model}: it broke off before it said what it used; the cost is unknown"),
    }
}

/// Plays it.
pub(crate) fn play(
    stage: &mut Stage<'_>,
    assistant: &Assistant,
    mut heard: Ears,
) -> Result<(), Failure> {
    let listening = assistant.gateway()?;
    let mut play = Play { stage, assistant, gateway: listening.address };
    let (answer, paid) = play.asks("Kim asks, and the answer streams", USUAL)?;
    let failing = Question { fault: "error-in-200", ..USUAL };
    let (_, failed) = play.asks("The provider fails, within a 200", failing)?;
    let dear = Question { model: "gpt-4.1", ..USUAL };
    let above = play.is_refused("Kim asks for a larger model", dear)?;
    play.ask(USUAL)?;
    play.asks("She asks twice more: this is the second", USUAL)?;
    let before = calls(&mut heard);
    let short = play.is_refused("And once more", USUAL)?;
    let after = calls(&mut heard);
    let leaving = Question { customer: "lou", fault: "paced", leaves: true, ..USUAL };
    let left = play.ask(leaving)?;
    // It ends when all that was under way is told, also what nobody waits for any more.
    let all_told = assistant.here.runtime.block_on(listening.end());
    let abandoned = play.told("Lou leaves in the middle", leaving, &left)?;
    promises(stage, &Told { answer, paid, failed, above, short, left, abandoned, all_told });
    stage
        .promise("Both were refused before the provider heard of them.", (before, after) == (4, 0));
    Ok(())
}

/// How many calls it has heard since it was asked last.
fn calls(heard: &mut Ears) -> usize {
    let all = std::iter::from_fn(|| heard.try_recv().ok());
    all.filter(|heard| matches!(heard, Heard::Call(_))).count()
}

struct Told {
    answer: Got,
    paid: Said,
    failed: Said,
    above: Got,
    short: Got,
    left: Got,
    abandoned: Said,
    all_told: bool,
}

fn promises(stage: &mut Stage<'_>, told: &Told) {
    let Told { answer, paid, failed, above, short, left, abandoned, all_told } = told;
    stage.promise(
        "The answer came through whole, and cost what the contract says.",
        answer.is_whole && paid.text("/outcome") == "delivered" && paid.text("/charged") == "1",
    );
    stage.promise(
        "What it cost us is exact: the gateway has read the provider's own figures.",
        !paid.text("/attempts/0/cost").is_empty(),
    );
    stage.promise(
        "A failure is free, whatever status it came with.",
        failed.text("/outcome") == "failed" && amount(failed.text("/charged")).is_zero(),
    );
    let is_native = |got: &Got| {
        let error = &got.error["error"];
        let has = |key: &str| error[key].as_str().is_some_and(|text| !text.is_empty());
        let ways = got.error["ways_forward"].as_array().is_some_and(|ways| !ways.is_empty());
        has("message") && has("type") && has("code") && ways
    };
    stage.promise(
        "Refusals come in the provider's own shape, so that clients show them, with ways forward.",
        is_native(above) && above.status == 403 && is_native(short) && short.status == 402,
    );
    stage.promise(
        "Who leaves in the middle pays what the contract says; what the whole answer cost us is known.",
        *all_told
            && !left.is_whole
            && abandoned.text("/outcome") == "abandoned"
            && abandoned.text("/charged") == "1"
            && abandoned.text("/attempts/0/cost") == paid.text("/attempts/0/cost"),
    );
}
