//! A small shop on the minimal contract: an engine with requests as the API would send them.

use crate::library::contract;
use probity::clock::ManualClock;
use probity::core::command::{Act, Actor, GrantKind, NewCustomer, Report, RunRequest};
use probity::core::view::Reader;
use probity::core::{Amount, Name, Outcome, RunId, Time};
use probity::engine::{Answered, Ask, Doing, Key, Limits, Options, Pending, Refused, Whose};
use probity::store::Publication;
use probity::store::sqlite::SqliteStore;
use probity::{Environment, Probity, answer};

/// The first version of a sample contract, to be published.
pub(crate) fn first_version(sample: &str, environment: Environment) -> Publication {
    let files = contract(sample).unwrap();
    Publication {
        number: 0,
        environment,
        contract: Some(files.contract),
        operations: files.operations,
        prices: files.prices,
        adverse: false,
        reason: None,
        by: Name::new("shop"),
        at: Time::MIN,
    }
}
use std::path::Path;
use std::sync::Arc;

/// Publishes the minimal contract as the first version.
pub(crate) fn publish(probity: &Probity, environment: Environment) {
    probity.publish(first_version("minimal", environment), false).unwrap().wait().unwrap();
}

/// A customer on a plan with credits, and so many beside.
pub(crate) fn open(probity: &Probity, customer: &str, credits: u32) {
    let new = NewCustomer { plan: Some(Name::new("starter")), ..NewCustomer::default() };
    probity.open_customer(customer, new).unwrap();
    if credits == 0 {
        return;
    }
    probity.act(customer, gift(credits)).unwrap();
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

/// Credits as a gift.
pub(crate) fn gift(credits: u32) -> Act {
    let amount = Amount::credits(credits);
    Act::Grant { kind: GrantKind::Gift, amount, expires: None, reason: None }
}

/// A command with a key, to be asked as often as it takes.
pub(crate) struct Asked<'a> {
    pub(crate) customer: &'a str,
    pub(crate) act: Act,
    pub(crate) key: String,
}

impl Asked<'_> {
    pub(crate) fn ask(&self, probity: &Probity) -> Result<Pending<Answered>, Refused> {
        let told = self.act.clone();
        probity.ask(Ask {
            environment: Environment::Live,
            whose: Whose::Customer(Name::new(self.customer)),
            doing: Doing::Act(self.act.clone()),
            by: Actor::product(),
            only_if: None,
            key: Some(Key { key: self.key.clone(), fingerprint: [1; 32] }),
            render: Some(Box::new(move |done| {
                let reader = Reader::Product;
                let body = answer::body(&done.desk, done.customer, &told, done.answer, reader);
                Ok(answer::Reply { status: answer::status(&told), body: body.to_string() })
            })),
        })
    }
}

/// Sends a command with a key.
pub(crate) fn send(
    probity: &Probity,
    customer: &str,
    act: Act,
    key: &str,
) -> Result<Answered, Refused> {
    Asked { customer, act, key: key.to_owned() }.ask(probity)?.wait()
}

/// An instant.
pub(crate) fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

/// An engine on a database, by a clock that is moved by hand; nothing is swept by itself.
pub(crate) fn start(database: &Path, clock: &Arc<ManualClock>, limits: Limits) -> Probity {
    let clock = Arc::<ManualClock>::clone(clock);
    let options = Options { clock, sweeps: false, limits, ..Options::default() };
    Probity::on(Box::new(SqliteStore::open(database).unwrap()), options).unwrap()
}
