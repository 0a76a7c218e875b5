//! A small shop on the minimal contract: an engine with requests as the API would send them.

use crate::library::contract;
use probity::core::command::{Act, Actor, GrantKind, NewCustomer, Report, RunRequest};
use probity::core::view::Reader;
use probity::core::{Amount, Name, Outcome, RunId, Time};
use probity::engine::{Answered, Ask, Doing, Key, Refused, Whose};
use probity::store::Publication;
use probity::{Environment, Probity, answer};

/// Publishes the minimal contract as the first version.
pub(crate) fn publish(probity: &Probity, environment: Environment) {
    let files = contract("minimal").unwrap();
    let publication = Publication {
        number: 0,
        environment,
        contract: Some(files.contract),
        operations: files.operations,
        prices: files.prices,
        adverse: false,
        reason: None,
        by: Name::new("shop"),
        at: Time::MIN,
    };
    probity.publish(publication, false).unwrap().wait().unwrap();
}

/// A customer on a plan with credits, and so many beside.
pub(crate) fn open(probity: &Probity, customer: &str, credits: u32) {
    let new = NewCustomer { plan: Some(Name::new("starter")), ..NewCustomer::default() };
    probity.open_customer(customer, new).unwrap();
    if credits == 0 {
        return;
    }
    let amount = Amount::credits(credits);
    let gift = Act::Grant { kind: GrantKind::Gift, amount, expires: None, reason: None };
    probity.act(customer, gift).unwrap();
}

/// A summary of a file.
pub(crate) fn summary(artifact: &str) -> Act {
    Act::StartRun(Box::new(RunRequest {
        action: Name::new("summarize_file"),
        artifact: Some(Name::new(artifact)),
        ..RunRequest::default()
    }))
}

/// It was delivered.
pub(crate) fn delivered(run: RunId) -> Act {
    Act::Settle { run, report: Report::of(Outcome::Delivered) }
}

/// Sends a command with a key.
pub(crate) fn send(
    probity: &Probity,
    customer: &str,
    act: Act,
    key: &str,
) -> Result<Answered, Refused> {
    let told = act.clone();
    let ask = Ask {
        environment: Environment::Live,
        whose: Whose::Customer(Name::new(customer)),
        doing: Doing::Act(act),
        by: Actor::product(),
        only_if: None,
        key: Some(Key { key: key.to_owned(), fingerprint: [1; 32] }),
        render: Some(Box::new(move |done| {
            let body = answer::body(&done.desk, done.customer, &told, done.answer, Reader::Product);
            Ok(answer::Reply { status: answer::status(&told), body: body.to_string() })
        })),
    };
    probity.ask(ask)?.wait()
}
