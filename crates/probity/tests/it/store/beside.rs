//! What goes on beside the writer: pages of long journals, states that are written down, clocks.

use super::shop::{at, delivered, gift, open, publish, send, start, summary};
use probity::clock::ManualClock;
use probity::core::command::NewCustomer;
use probity::core::{Name, RunId};
use probity::engine::{Limits, Whose};
use probity::{Environment, Probity};
use std::sync::Arc;

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")))
}

fn numbers(probity: &Probity, after: u64, limit: usize) -> Vec<u64> {
    let page = probity.entries(Environment::Live, Name::new("ana"), after, limit).unwrap();
    page.wait().unwrap().iter().map(|entry| entry.seq).collect()
}

#[test]
fn every_page_of_a_long_journal_is_found_wherever_it_begins() {
    let folder = tempfile::tempdir().unwrap();
    let probity = start(&folder.path().join("long.db"), &clock(), Limits::default());
    publish(&probity, Environment::Live);
    open(&probity, "ana", 1);
    let asked: Vec<_> = (3..=777).map(|_| gift(1)).collect();
    asked.into_iter().for_each(|act| drop(probity.act("ana", act).unwrap()));
    let all: Vec<u64> = (1..=777).collect();
    assert_eq!(numbers(&probity, 0, 9999), all);
    for after in [0, 1, 200, 254, 255, 256, 257, 511, 512, 600, 767, 768, 776, 777, 778, u64::MAX] {
        for limit in [1, 2, 100, 300] {
            let wanted: Vec<u64> =
                all.iter().copied().filter(|seq| *seq > after).take(limit).collect();
            assert_eq!(numbers(&probity, after, limit), wanted, "{limit} after {after}");
        }
    }
    probity.close();
}

#[test]
fn time_does_not_go_back_behind_the_last_entry_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (database, clock) = (folder.path().join("back.db"), clock());
    let probity = start(&database, &clock, Limits::default());
    publish(&probity, Environment::Live);
    clock.set(at("2026-11-26T12:00:00Z"));
    open(&probity, "ana", 5);
    probity.close();
    clock.set(at("2026-11-26T11:00:00Z"));
    let probity = start(&database, &clock, Limits::default());
    open(&probity, "ben", 5);
    let whose = Whose::Customer(Name::new("ben"));
    let view = probity.view(Environment::Live, whose).unwrap().wait().unwrap();
    assert_eq!(view.customer.opened_at, at("2026-11-26T12:00:00Z"));
    probity.close();
}

#[test]
fn a_run_at_rest_is_shown_corrected_and_listed_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let (database, clock) = (folder.path().join("rest.db"), clock());
    let limits = Limits { snapshot_after: 1, awake: 0, ..Limits::default() };
    let probity = start(&database, &clock, limits);
    publish(&probity, Environment::Live);
    open(&probity, "ana", 500);
    let runs: Vec<RunId> = (0..40)
        .map(|n| {
            let held = send(&probity, "ana", summary(&format!("file_{n}")), &format!("h{n}"));
            let run = held.unwrap().answer.unwrap().run.unwrap();
            send(&probity, "ana", delivered(run), &format!("s{n}")).unwrap();
            run
        })
        .collect();
    probity.close();
    // What ended while a state was being written down goes to rest with the next one.
    let probity = start(&database, &clock, limits);
    send(&probity, "ana", gift(1), "g").unwrap();
    probity.close();
    let probity = start(&database, &clock, limits);
    let whose = |run| Whose::Run(run, None);
    for run in &runs {
        let view = probity.view(Environment::Live, whose(*run)).unwrap().wait().unwrap();
        assert!(view.customer.runs.contains_key(run), "it is awake for who looks");
    }
    let ana = Whose::Customer(Name::new("ana"));
    let view = probity.view(Environment::Live, ana.clone()).unwrap().wait().unwrap();
    assert!(view.customer.runs.is_empty(), "and goes on resting for everybody else");
    let listed = probity.runs(Environment::Live, Name::new("ana"), None, 99).unwrap();
    let listed = listed.wait().unwrap();
    assert_eq!(listed.runs, runs.iter().rev().copied().collect::<Vec<_>>());
    probity.close();
}

#[test]
fn the_sandbox_clock_takes_everybody_along() {
    let folder = tempfile::tempdir().unwrap();
    let probity = start(&folder.path().join("along.db"), &clock(), Limits::default());
    publish(&probity, Environment::Live);
    publish(&probity, Environment::Sandbox);
    let names: Vec<String> = (0..200).map(|n| format!("c{n}")).collect();
    let asked: Vec<_> = names.iter().map(|name| in_the_sandbox(name)).collect();
    probity.ask_all(asked).unwrap().wait().unwrap();
    open(&probity, "live", 0);
    let moved = probity.move_clock(Some(at("2026-12-27T00:00:00Z"))).unwrap();
    assert_eq!(moved.wait().unwrap(), at("2026-12-27T00:00:00Z"));
    for name in &names {
        let page = probity.entries(Environment::Sandbox, Name::new(name), 0, 9).unwrap();
        let last = page.wait().unwrap().pop().unwrap().body;
        assert!(last.contains(r#""command":"renew""#), "{name}: {last}");
    }
    let page = probity.entries(Environment::Live, Name::new("live"), 0, 9).unwrap();
    assert_eq!(page.wait().unwrap().len(), 1, "nobody lives by it but the sandbox");
    let back = probity.move_clock(Some(at("2026-12-26T00:00:00Z"))).unwrap().wait();
    assert!(back.unwrap_err().to_string().contains("moves forward only"));
    probity.close();
}

#[test]
fn the_sandbox_clock_takes_everybody_along_however_much_is_due() {
    let folder = tempfile::tempdir().unwrap();
    let probity = start(&folder.path().join("far.db"), &clock(), Limits::default());
    publish(&probity, Environment::Sandbox);
    let names: Vec<String> = (0..40).map(|n| format!("c{n}")).collect();
    let asked: Vec<_> = names.iter().map(|name| in_the_sandbox(name)).collect();
    probity.ask_all(asked).unwrap().wait().unwrap();
    probity.move_clock(Some(at("2029-11-27T00:00:00Z"))).unwrap().wait().unwrap();
    // By what is on disk: nobody is asked about.
    for name in &names {
        let written = probity.read(|reader| {
            let number = reader.number_of(Environment::Sandbox, name)?.unwrap();
            reader.entries(number, 0, 999)
        });
        let written: Result<_, probity::store::StoreError> = written;
        let renewed = r#""command":"renew""#;
        let renewals = written.unwrap().iter().filter(|e| e.body.contains(renewed)).count();
        assert_eq!(renewals, 36, "{name}");
    }
    probity.close();
}

fn in_the_sandbox(name: &str) -> probity::engine::Ask {
    let plan = Some(Name::new("starter"));
    let new = NewCustomer { plan, ..NewCustomer::default() };
    probity::engine::Ask {
        environment: Environment::Sandbox,
        whose: Whose::Customer(Name::new(name)),
        doing: probity::engine::Doing::Act(probity::core::command::Act::OpenCustomer(new)),
        by: probity::core::command::Actor::product(),
        only_if: None,
        key: None,
        render: None,
    }
}
