//! The stage: everything that is asked of the API, with what is worth telling of the answer.

use super::client::{self, Got, Question};
use super::rules;
use crate::answer::Failure;
use crate::exit::Exit;
use crate::reach::{Here, Said};
pub(crate) use crate::render::books::credits;
use crate::render::books::credits_line;
use probity_core::Amount;
use serde::Serialize;
use serde_json::{Value, json};

/// A chapter of the story.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Chapter {
    /// Its heading.
    pub(crate) title: String,
    /// What it is about.
    pub(crate) about: String,
    /// What happens.
    pub(crate) scenes: Vec<Scene>,
    /// What it shows, checked against the answers.
    pub(crate) promises: Vec<Promise>,
}

/// One thing that is done.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Scene {
    /// What, in words.
    pub(crate) does: String,
    /// What of the API is asked.
    pub(crate) asks: String,
    /// What is sent.
    pub(crate) sent: Value,
    /// The status of the answer.
    pub(crate) status: u16,
    /// What is worth telling of it.
    pub(crate) facts: Vec<Fact>,
    /// The answer.
    pub(crate) answer: Value,
}

/// One thing worth telling.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fact {
    /// What kind of thing.
    pub(crate) of: Of,
    /// In words.
    pub(crate) words: String,
}

/// What a fact is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Of {
    /// What arrives in a client.
    Gets,
    /// What the customer reads.
    Reads,
    /// What stands in the books.
    Books,
    /// Which rule decided.
    Why,
    /// A way forward.
    Way,
    /// What it costs.
    Price,
    /// What only we are told.
    Us,
}

/// Something that a chapter shows.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Promise {
    /// In words.
    pub(crate) words: String,
    /// Do the answers bear it out?
    pub(crate) kept: bool,
}

/// Where the story is played.
pub(crate) struct Stage<'h> {
    here: &'h Here,
    key: &'h str,
    chapter: Chapter,
}

impl<'h> Stage<'h> {
    /// A stage in the books that this key leads to.
    pub(crate) fn new(here: &'h Here, key: &'h str) -> Self {
        Self { here, key, chapter: Chapter::default() }
    }

    /// Begins a chapter.
    pub(crate) fn begin(&mut self, title: &str, about: &str) {
        let (title, about) = (title.to_owned(), about.to_owned());
        self.chapter = Chapter { title, about, ..Chapter::default() };
    }

    /// Ends it.
    pub(crate) fn end(&mut self) -> Chapter {
        std::mem::take(&mut self.chapter)
    }

    /// Asks for something, and tells of it.
    pub(crate) fn ask(
        &mut self,
        does: &str,
        method: &str,
        path: &str,
        sent: Value,
    ) -> Result<Said, Failure> {
        let key = self.key;
        self.ask_as(key, does, method, path, sent)
    }

    /// The same with another key: a customer's token.
    pub(crate) fn ask_as(
        &mut self,
        key: &str,
        does: &str,
        method: &str,
        path: &str,
        sent: Value,
    ) -> Result<Said, Failure> {
        let said = self.here.ask(key, method, path, &sent)?;
        self.chapter.scenes.push(Scene {
            does: does.to_owned(),
            asks: format!("{method} {path}"),
            sent,
            status: said.status,
            facts: facts(&said.body),
            answer: said.body.clone(),
        });
        Ok(said)
    }

    /// Asks for something without telling; it must go well.
    pub(crate) fn quietly(&self, method: &str, path: &str, sent: Value) -> Result<Said, Failure> {
        done(self.here.ask(self.key, method, path, &sent)?)
    }

    /// Asks with another key without telling.
    pub(crate) fn here_as(
        &self,
        key: &str,
        method: &str,
        path: &str,
        sent: Value,
    ) -> Result<Said, Failure> {
        self.here.ask(key, method, path, &sent)
    }

    /// Asks without telling; it may be refused.
    pub(crate) fn here_as_product(
        &self,
        method: &str,
        path: &str,
        sent: Value,
    ) -> Result<Said, Failure> {
        self.here.ask(self.key, method, path, &sent)
    }

    /// Publishes other operations in the sandbox.
    pub(crate) fn publish_operations(&mut self, does: &str, text: &str) -> Result<(), Failure> {
        let sent = json!({ "operations": text, "reason": "the figures are right" });
        let said = done(self.here.ask(self.key, "POST", "/v1/contracts", &sent)?)?;
        self.note(does, "POST /v1/contracts", &said);
        let promises = match said.text("/class") {
            "neutral" => "what customers are promised is as it was",
            _ => "customers are promised something else",
        };
        let now = format!("revision {} of the operations; {promises}", said.body["operations"]);
        self.tell(Of::Us, now);
        Ok(())
    }

    /// Tells of something that was done already, with what was sent left out.
    pub(crate) fn note(&mut self, does: &str, asks: &str, said: &Said) {
        self.chapter.scenes.push(Scene {
            does: does.to_owned(),
            asks: asks.to_owned(),
            sent: Value::Null,
            status: said.status,
            facts: facts(&said.body),
            answer: said.body.clone(),
        });
    }

    /// Tells of a call through the gateway: what came back, and the receipt or the refusal of it.
    pub(crate) fn called(&mut self, does: &str, question: Question<'_>, got: &Got, of: &Said) {
        let end = match (got.is_whole, question.leaves) {
            (true, _) => "and its end",
            (false, true) => "and then she is gone",
            (false, false) => "and then an error",
        };
        let error = |key: &str| got.error["error"][key].as_str().unwrap_or_default();
        let gets = match got.text.as_str() {
            "" => format!("{}, an error as OpenAI's own: {}", got.status, error("code")),
            text => format!("“{text}” {end}"),
        };
        let mut told = vec![Fact { of: Of::Gets, words: gets }];
        told.extend(facts(&of.body));
        self.chapter.scenes.push(Scene {
            does: does.to_owned(),
            asks: format!("POST {}", client::PATH),
            sent: question.body(),
            status: got.status,
            facts: told,
            answer: of.body.clone(),
        });
    }

    /// Something that needs nothing asked.
    pub(crate) fn aside(&mut self, does: &str) {
        self.note(does, "", &Said { status: 200, body: Value::Null });
    }

    /// The ways forward of a refusal, told of.
    pub(crate) fn ways(&mut self, denial: &Said) {
        let ways = denial.body["ways_forward"].as_array().into_iter().flatten();
        for words in ways.filter_map(|way| way["words"].as_str()) {
            self.tell(Of::Way, words.to_owned());
        }
    }

    /// A customer's wallet, as the API shows it.
    pub(crate) fn wallet(&self, customer: &str) -> Result<Said, Failure> {
        self.quietly("GET", &format!("/v1/customers/{customer}/wallet"), Value::Null)
    }

    /// The same, told of.
    pub(crate) fn books(&mut self, does: &str, customer: &str) -> Result<Said, Failure> {
        self.ask(does, "GET", &format!("/v1/customers/{customer}/wallet"), Value::Null)
    }

    /// One more thing worth telling of what was done last.
    pub(crate) fn tell(&mut self, of: Of, words: String) {
        if let Some(scene) = self.chapter.scenes.last_mut() {
            scene.facts.push(Fact { of, words });
        }
    }

    /// What the chapter shows.
    pub(crate) fn promise(&mut self, words: &str, kept: bool) {
        self.chapter.promises.push(Promise { words: words.to_owned(), kept });
    }
}

/// What went well; else the story cannot go on.
pub(crate) fn done(said: Said) -> Result<Said, Failure> {
    if said.is_done() {
        return Ok(said);
    }
    let what = format!("the story cannot go on: {} {}", said.status, said.text("/detail"));
    Err(Failure::new(Exit::INTERNAL, "internal", what, "report this with what led to it"))
}

/// What is worth telling of any answer.
fn facts(body: &Value) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut push = |of, words: String| facts.push(Fact { of, words });
    let text = |at: &str| body.pointer(at).and_then(Value::as_str);
    if text("/mode") == Some("shadow") {
        push(Of::Reads, "(nothing: in shadow the customer is shown nothing)".to_owned());
    } else if let Some(words) = text("/words").or(text("/warning")) {
        push(Of::Reads, without_ways(without_receipt(words), body));
    }
    if let Some(would) = body.get("would").filter(|would| !would.is_null()) {
        push(Of::Us, would_be(would));
    }
    if let Some(wallet) = wallet_of(body) {
        push(Of::Books, wallet);
    }
    let rule = text("/rule").or(text("/kind").filter(|kind| *kind == "reopened"));
    if let Some(rule) = rule {
        let words = rules::of_an_ending(rule, text("/outcome").unwrap_or_default());
        push(Of::Why, format!("{words} ({rule})"));
    }
    facts
}

/// Receipts are named by an id that nobody reads here.
fn without_receipt(words: &str) -> &str {
    words.split(" Receipt run_").next().unwrap_or(words)
}

/// Ways forward are told one by one.
fn without_ways(words: &str, body: &Value) -> String {
    let ways = body["ways_forward"].as_array().into_iter().flatten();
    let ways: Vec<&str> = ways.filter_map(|way| way["words"].as_str()).collect();
    words.strip_suffix(&ways.join(" ")).unwrap_or(words).trim_end().to_owned()
}

fn would_be(would: &Value) -> String {
    let text = |key: &str| would.get(key).and_then(Value::as_str);
    match text("denial") {
        Some(code) => format!("enforced, this would be refused: {code}"),
        None => {
            let amount = text("charged").or(text("price")).unwrap_or_default();
            format!("enforced, this would cost {}", credits(amount))
        }
    }
}

/// The wallet in an answer, in a line.
fn wallet_of(body: &Value) -> Option<String> {
    let wallet = body.get("wallet").or_else(|| body.get("available").map(|_| body))?;
    Some(credits_line(wallet))
}

/// An amount, as it stands in an answer.
pub(crate) fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap_or_default()
}
