//! `probity trigger`: an event of a type, by really doing in the sandbox what it tells of.

use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::reach::{Reach, Said, Where};
use crate::render;
use probity_core::event::EventKind;
use serde_json::{Value, json};

/// Have an event happen in the sandbox, to see it arrive
///
/// It is not made up: a customer `trigger-…` is opened there, and does what the event tells of. So what
/// arrives is what will arrive. What cannot be done at once says what brings it about.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The type, such as run.settled
    #[arg(value_name = "TYPE")]
    kind: String,

    /// A customer of the sandbox to whom it happens, instead of a new one
    #[arg(long, value_name = "ID")]
    customer: Option<String>,

    #[command(flatten)]
    books: Where,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let kind = EventKind::of(&args.kind).ok_or_else(|| {
        let all: Vec<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
        let what = format!("`{}` is no type of event", render::plain(&args.kind));
        Failure::new(Exit::USAGE, "no_type", what, format!("take one of {}", all.join(", ")))
    })?;
    let steps = steps(kind).map_err(|why| {
        let what = format!("{} cannot be had at once", kind.word());
        Failure::new(Exit::ERRORS, "not_at_once", what, why)
    })?;
    let reach = args.books.in_sandbox().reach()?;
    let done = done(&reach, args.customer.as_deref(), steps);
    reach.close();
    let customer = done?;
    if json {
        let told = json!({ "type": kind.word(), "customer": customer });
        return Ok(Answer::new(render::json(&told)));
    }
    Ok(Answer::new(format!("{} happened to {customer}, in the sandbox.\n", kind.word())))
}

/// What is to be done, after a customer is there.
enum Step {
    /// Something to the customer: method, path after theirs, body.
    Customer(&'static str, &'static str, Value),
    /// A run is held; one that costs something.
    Run,
    /// Something to that run.
    ToRun(&'static str, Value),
    /// A quote is asked for and agreed to.
    Quote,
    /// Another plan.
    Plan,
}

/// What brings an event about; else why that is not to be had at once.
fn steps(kind: EventKind) -> Result<Vec<Step>, &'static str> {
    use EventKind as Kind;
    use Step::{Customer, Plan, Quote, Run, ToRun};
    let post = |what, body| Customer("POST", what, body);
    let pause = || post("/pause", json!({ "reason": "probity trigger" }));
    let settle = || ToRun("/settle", json!({ "outcome": "delivered" }));
    let reason = "probity trigger";
    Ok(match kind {
        Kind::CustomerOpened => Vec::new(),
        Kind::CustomerChanged => vec![Customer("PUT", "", json!({ "name": "Triggered" }))],
        Kind::CustomerPlanChanged => vec![Plan],
        Kind::CustomerPaused => vec![pause()],
        Kind::CustomerResumed => vec![pause(), post("/resume", json!({}))],
        Kind::RunHeld => vec![Run],
        Kind::RunExtended => vec![Run, ToRun("/extend", json!({ "for": "5 minutes" }))],
        Kind::RunSettled => vec![Run, settle()],
        Kind::RunReleased => vec![Run, ToRun("/release", json!({}))],
        Kind::RunRefunded => vec![Run, settle(), ToRun("/refund", json!({ "reason": reason }))],
        Kind::RunCorrected => {
            let failed = json!({ "outcome": "failed", "reason": reason });
            vec![Run, settle(), ToRun("/correct", failed)]
        }
        Kind::RunQuestioned => vec![Run, settle(), question()],
        Kind::RunAnswered => {
            let answer = json!({ "text": "Because it was delivered." });
            vec![Run, settle(), question(), ToRun("/answer", answer)]
        }
        Kind::GrantAdded => vec![gift()],
        Kind::CapsChanged => vec![Customer("PUT", "/caps", json!({ "month": "1000" }))],
        Kind::QuoteConfirmed => vec![Quote],
        Kind::RunExpired => {
            return Err(
                "it happens when a run's time is up: trigger run.held, and move the sandbox clock \
                        (POST /v1/sandbox/clock), which moves it for all who are there",
            );
        }
        Kind::GrantExpired | Kind::GrantExpiresSoon | Kind::CustomerRenewed => {
            return Err("it happens with time: trigger grant.added, and move the sandbox clock \
                        (POST /v1/sandbox/clock), which moves it for all who are there");
        }
        Kind::GrantClawedBack => {
            return Err("it takes back what a payment brought: book a top-up, and claw it back \
                        (POST /v1/customers/{id}/top-ups/{payment}/claw-back)");
        }
        Kind::WalletUsed | Kind::WalletRunsOutSoon | Kind::TopUpWanted => {
            return Err(
                "it is told when a customer's credits become few: let a customer of the sandbox use \
                        theirs, by triggering run.settled for one several times",
            );
        }
        Kind::CustomerUnusualDay => {
            return Err(
                "it is told when a day is far above a customer's usual: that needs days before it",
            );
        }
        Kind::OwnKeyChanged => {
            return Err("store a key of a customer on such a plan: \
                        PUT /v1/customers/{id}/own-keys/{provider}");
        }
        Kind::OverrideBegan => {
            return Err("give a customer special terms: POST /v1/customers/{id}/overrides");
        }
        Kind::TermsChanging | Kind::TermsBegan => {
            return Err("publish a version of the contract to the sandbox: probity publish");
        }
    })
}

fn question() -> Step {
    Step::ToRun("/question", json!({ "text": "Why was I charged?" }))
}

fn gift() -> Step {
    let gift = json!({ "kind": "gift", "amount": "100", "reason": "probity trigger" });
    Step::Customer("POST", "/grants", gift)
}

/// Does it; says to whom.
fn done(reach: &Reach, customer: Option<&str>, steps: Vec<Step>) -> Result<String, Failure> {
    let micros = crate::clock::now().micros();
    let id = customer.map_or_else(|| format!("trigger-{micros:x}"), str::to_owned);
    let at = super::customers::path(&id, "")?;
    let plans = plans(reach)?;
    if customer.is_none() || steps.is_empty() {
        let plan = plans.first().cloned().unwrap_or_default();
        let sent = if customer.is_none() { json!({ "plan": plan }) } else { json!({}) };
        reach.ask("PUT", &at, &sent)?.or_failure()?;
    }
    let mut run = String::new();
    for step in steps {
        match step {
            Step::Customer(method, what, sent) => {
                reach.ask(method, &format!("{at}{what}"), &sent)?.or_failure()?;
            }
            Step::Run => {
                // Credits are no part of the question.
                if let Step::Customer(method, what, sent) = gift() {
                    reach.ask(method, &format!("{at}{what}"), &sent)?.or_failure()?;
                }
                run = begins(reach, &id, micros)?.text("/run").to_owned();
            }
            Step::ToRun(what, sent) => {
                reach.ask("POST", &format!("/v1/runs/{run}{what}"), &sent)?.or_failure()?;
            }
            Step::Quote => quotes(reach, &id, micros)?,
            Step::Plan => {
                let now = reach.read(&at)?;
                let other = plans.iter().find(|plan| *plan != now.text("/plan"));
                let other = other.ok_or_else(|| none("the contract has one plan alone"))?;
                reach.ask("PUT", &at, &json!({ "plan": other }))?.or_failure()?;
            }
        }
    }
    Ok(id)
}

fn none(what: &str) -> Failure {
    Failure::new(Exit::ERRORS, "not_at_once", what, "take another customer: --customer ID")
}

fn plans(reach: &Reach) -> Result<Vec<String>, Failure> {
    let contract = reach.read("/v1/contract")?;
    let plans = contract.body["plans"].as_array().into_iter().flatten();
    Ok(plans.filter_map(|plan| plan["plan"].as_str().map(str::to_owned)).collect())
}

/// The actions of a customer, those that cost something first.
fn actions(reach: &Reach, id: &str) -> Result<Vec<String>, Failure> {
    let prices = reach.read(&format!("/v1/customers/{id}/prices"))?;
    let items = prices.body["items"].as_array().into_iter().flatten();
    let mut items: Vec<&Value> = items.collect();
    items.sort_by_key(|item| item["free"] == true);
    Ok(items.iter().filter_map(|item| item["action"].as_str().map(str::to_owned)).collect())
}

/// Asks for the first action that is given.
fn first(reach: &Reach, id: &str, micros: i64, path: &str, more: &Value) -> Result<Said, Failure> {
    let mut refused = None;
    for action in actions(reach, id)? {
        let mut sent = json!({ "customer": id, "action": action,
            "artifact": format!("trigger-{micros:x}") });
        if let (Some(sent), Some(more)) = (sent.as_object_mut(), more.as_object()) {
            sent.extend(more.clone());
        }
        let said = reach.ask("POST", path, &sent)?;
        if said.is_done() {
            return Ok(said);
        }
        refused = Some(said);
    }
    match refused {
        Some(said) => said.or_failure(),
        None => Err(none("the customer's plan offers nothing")),
    }
}

fn begins(reach: &Reach, id: &str, micros: i64) -> Result<Said, Failure> {
    first(reach, id, micros, "/v1/runs", &json!({ "confirmed": true }))
}

fn quotes(reach: &Reach, id: &str, micros: i64) -> Result<(), Failure> {
    let quote = first(reach, id, micros, "/v1/quotes", &json!({}))?;
    let path = format!("/v1/quotes/{}/confirm", quote.text("/quote"));
    reach.ask("POST", &path, &json!({}))?.or_failure().map(|_| ())
}
