//! Sums over everyone: each month counts what is its own, and a restart finds them again.

use super::shop::{at, first_version, send, start};
use probity::clock::ManualClock;
use probity::core::command::{Act, Attempt, NewCustomer, Report, RunRequest, Usage};
use probity::core::{Cost, Name, Outcome, RunId};
use probity::engine::{Limits, Whose};
use probity::{Environment, Probity};
use std::path::Path;
use std::sync::Arc;

/// What we paid this month, after everything that is due for the customer.
fn we_paid(probity: &Probity) -> Cost {
    let whose = || Whose::Customer(Name::new("ana"));
    probity.view(Environment::Live, whose()).unwrap().wait().unwrap();
    probity.view(Environment::Live, whose()).unwrap().wait().unwrap().sums.we_paid
}

fn explores(probity: &Probity, key: &str) -> RunId {
    let request = RunRequest { action: Name::new("map_market"), ..RunRequest::default() };
    let act = Act::StartRun(Box::new(request));
    send(probity, "ana", act, key).unwrap().answer.unwrap().run.unwrap()
}

/// A call that costs $0.000021.
fn call() -> Attempt {
    let usage = Usage { input: Some(100), output: Some(10), ..Usage::default() };
    Attempt { model: Some(Name::new("gpt-4o-mini")), usage, ..Attempt::default() }
}

fn open_shop(database: &Path, clock: &Arc<ManualClock>) -> Probity {
    let probity = start(database, clock, Limits::default());
    probity.publish(first_version("jobscout", Environment::Live), false).unwrap().wait().unwrap();
    let new = NewCustomer { plan: Some(Name::new("pro")), ..NewCustomer::default() };
    probity.open_customer("ana", new).unwrap();
    probity
}

#[test]
fn what_was_assumed_last_month_is_not_taken_back_from_this_one() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("assumed.db");
    let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
    let probity = open_shop(&database, &clock);
    let run = explores(&probity, "k1");
    let settle = Act::Settle { run, report: Report::of(Outcome::Delivered) };
    send(&probity, "ana", settle, "k2").unwrap();
    // What it typically costs, as nothing was reported.
    assert_eq!(we_paid(&probity), Cost::parse("0.00093").unwrap());
    clock.set(at("2026-12-02T10:00:00Z"));
    let late = || Act::Attempts { run, attempts: vec![call()] };
    send(&probity, "ana", late(), "k3").unwrap();
    assert_eq!(we_paid(&probity), Cost::parse("0.000021").unwrap());
    probity.close();
    // Nothing keeps it from starting again.
    let probity = start(&database, &clock, Limits::default());
    assert_eq!(we_paid(&probity), Cost::parse("0.000021").unwrap());
    probity.close();
}

#[test]
fn what_was_assumed_this_month_is_replaced_by_what_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
    let probity = open_shop(&folder.path().join("replaced.db"), &clock);
    let run = explores(&probity, "k1");
    let settle = Act::Settle { run, report: Report::of(Outcome::Delivered) };
    send(&probity, "ana", settle, "k2").unwrap();
    send(&probity, "ana", Act::Attempts { run, attempts: vec![call()] }, "k3").unwrap();
    assert_eq!(we_paid(&probity), Cost::parse("0.000021").unwrap());
    probity.close();
}

#[test]
fn what_ended_last_month_and_is_noticed_in_this_one_counts_in_last_month() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(at("2026-11-30T23:40:00Z")));
    let probity = open_shop(&folder.path().join("noticed.db"), &clock);
    let run = explores(&probity, "k1");
    send(&probity, "ana", Act::Attempts { run, attempts: vec![call()] }, "k2").unwrap();
    clock.set(at("2026-12-02T10:00:00Z"));
    // Somebody else begins the month.
    probity
        .open_customer(
            "ben",
            NewCustomer { plan: Some(Name::new("pro")), ..NewCustomer::default() },
        )
        .unwrap();
    assert_eq!(we_paid(&probity), Cost::ZERO);
    probity.close();
}
