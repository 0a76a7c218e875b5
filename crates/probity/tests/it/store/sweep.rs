//! What is due happens also for those whom nobody asks about, and changes no answer.

use super::shop::{at, delivered, open, publish, send, start, summary};
use probity::clock::ManualClock;
use probity::core::command::{Act, OverrideTerms};
use probity::core::contract::Override;
use probity::core::{Amount, Name};
use probity::engine::{Limits, Options, View, Whose};
use probity::store::StoreError;
use probity::store::sqlite::SqliteStore;
use probity::{Environment, Probity};
use std::sync::Arc;

fn commands(probity: &Probity, customer: &str) -> Vec<String> {
    let entries = probity.entries(Environment::Live, Name::new(customer), 0, 99).unwrap();
    let command = |body: &str| -> String {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        format!("{} {}", body["at"].as_str().unwrap(), body["command"].as_str().unwrap())
    };
    entries.wait().unwrap().iter().map(|entry| command(&entry.body)).collect()
}

fn view(probity: &Probity, customer: &str) -> View {
    let whose = Whose::Customer(Name::new(customer));
    probity.view(Environment::Live, whose).unwrap().wait().unwrap()
}

fn sweep(probity: &Probity) -> usize {
    probity.sweep().unwrap().wait().unwrap()
}

#[test]
fn runs_expire_and_periods_renew_for_whom_nobody_asks_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
    let database = folder.path().join("swept.db");
    let probity = start(&database, &clock, Limits::default());
    publish(&probity, Environment::Live);
    for name in ["ana", "ben", "cid"] {
        open(&probity, name, 0);
        send(&probity, name, summary("file_1"), "k1").unwrap();
    }
    assert_eq!(sweep(&probity), 0, "nothing is due");
    clock.set(at("2026-11-26T11:00:00Z"));
    assert_eq!(sweep(&probity), 3);
    assert_eq!(sweep(&probity), 0);
    clock.set(at("2026-12-27T00:00:00Z"));
    probity.close();

    // Nothing is known of anybody now; a sweep finds out, and a second has nothing to do.
    let probity = start(&database, &clock, Limits::default());
    assert_eq!((sweep(&probity), sweep(&probity)), (3, 0));
    let written = commands(&probity, "ana");
    let expired = "2026-11-26T10:10:00Z expire_run";
    assert_eq!(written.iter().filter(|line| *line == expired).count(), 1);
    assert_eq!(written.last().unwrap(), "2026-12-26T00:00:00Z renew");
    probity.close();
}

#[test]
fn swept_or_not_the_answers_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let seen = |name: &str, sweeps: bool| {
        let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
        let probity = start(&folder.path().join(name), &clock, Limits::default());
        publish(&probity, Environment::Live);
        open(&probity, "ana", 50);
        let run = send(&probity, "ana", summary("file_1"), "k1").unwrap().answer.unwrap().run;
        for instant in ["2026-11-26T10:09:59Z", "2026-11-26T10:10:00Z", "2026-12-26T00:00:00Z"] {
            clock.set(at(instant));
            if sweeps {
                sweep(&probity);
            }
        }
        // Too late: nothing is charged, whether its end was written before or is written now.
        let late = send(&probity, "ana", delivered(run.unwrap()), "k2").unwrap().reply.unwrap();
        clock.set(at("2027-03-01T00:00:00Z"));
        let state = (*view(&probity, "ana").customer).clone();
        let lines = commands(&probity, "ana");
        probity.close();
        (late.status, state.real.available(), state.real.owed, state.period, lines)
    };
    assert_eq!(seen("swept.db", true), seen("not.db", false));
}

/// Special terms: so many runs at once.
fn at_once(runs: u32) -> Act {
    let terms = Override {
        at_once: Some(runs),
        until: Some("2027-06-30".parse().unwrap()),
        reason: Some("many files".to_owned()),
        ..Override::default()
    };
    Act::Override(OverrideTerms { terms })
}

/// How many of a customer's runs have expired by what is on disk: nobody is asked about.
fn expired(probity: &Probity, customer: &str) -> usize {
    let written = probity.read(|reader| {
        let number = reader.number_of(Environment::Live, customer)?.unwrap();
        reader.entries(number, 0, 9999)
    });
    let written: Vec<_> = written.map_err(|error: StoreError| error).unwrap();
    written.iter().filter(|entry| entry.body.contains("\"command\":\"expire_run\"")).count()
}

#[test]
fn many_runs_that_expire_at_once_are_ended_some_at_a_time_and_answers_are_right_meanwhile() {
    const RUNS: u32 = 1200;
    let folder = tempfile::tempdir().unwrap();
    let played = |name: &str, asked: bool| {
        let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
        let probity = start(&folder.path().join(name), &clock, Limits::default());
        publish(&probity, Environment::Live);
        for customer in ["ana", "ben"] {
            open(&probity, customer, 2 * RUNS);
        }
        probity.act("ana", at_once(RUNS)).unwrap();
        let starts = |customer: &str, n: u32| probity.act(customer, summary(&format!("file_{n}")));
        let runs: Vec<_> = (0..RUNS).map(|n| starts("ana", n).unwrap().run.unwrap()).collect();
        let full = view(&probity, "ben").customer.real.available();
        starts("ben", 0).unwrap();
        clock.set(at("2026-11-26T10:10:00Z"));
        assert_eq!(sweep(&probity), 1);
        let first = expired(&probity, "ana");
        assert!((1..1000).contains(&first), "{first} at once");
        assert_eq!(expired(&probity, "ben"), 0);
        if asked {
            // Their last run has not been ended by the sweeper yet; ben's has not either.
            let late = send(&probity, "ana", delivered(runs[RUNS as usize - 1]), "late").unwrap();
            let receipt: serde_json::Value =
                serde_json::from_str(&late.reply.unwrap().body).unwrap();
            assert_eq!((&receipt["late"], &receipt["charged"]), (&true.into(), &"0".into()));
            assert_eq!(view(&probity, "ana").customer.real.held(), Amount::ZERO);
            assert_eq!(view(&probity, "ben").customer.real.available(), full);
            assert_eq!(expired(&probity, "ana"), RUNS as usize);
        }
        while sweep(&probity) > 0 {}
        let seen = ["ana", "ben"].map(|customer| {
            let state = view(&probity, customer).customer;
            (expired(&probity, customer), state.real.available(), state.real.held())
        });
        probity.close();
        seen
    };
    let swept = played("swept.db", false);
    assert_eq!(swept.each_ref().map(|seen| seen.0), [RUNS as usize, 1]);
    assert_eq!(played("asked.db", true), swept);
}

#[test]
fn a_key_is_remembered_for_seven_days_and_its_answer_goes_some_time_later() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
    let probity = start(&folder.path().join("keys.db"), &clock, Limits::default());
    publish(&probity, Environment::Live);
    open(&probity, "ana", 50);
    let run = |file: &str, key: &str| send(&probity, "ana", summary(file), key).unwrap();
    let first = run("file_1", "k1");
    clock.set(at("2026-12-03T10:00:00Z"));
    let again = run("file_1", "k1");
    assert!(again.replayed);
    assert_eq!(again.reply, first.reply);
    clock.set(at("2026-12-06T10:00:00Z"));
    // Each new answer makes room for itself.
    (0..3).for_each(|n| drop(run(&format!("file_{n}"), &format!("later_{n}"))));
    let known = probity.look_up(Environment::Live, Name::new("ana"), "k1".to_owned());
    assert_eq!(known.unwrap().wait().unwrap(), None);
    probity.close();
    let kept = rusqlite::Connection::open(folder.path().join("keys.db")).unwrap();
    let keys = "SELECT group_concat(key, ' ') FROM answers";
    let keys: String = kept.query_row(keys, [], |row| row.get(0)).unwrap();
    assert_eq!(keys, "later_0 later_1 later_2");
}

#[test]
fn keys_live_by_the_clock_of_their_own_environment() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
    let limits = Limits { snapshot_after: 1, ..Limits::default() };
    let options = Options {
        clock: Arc::<ManualClock>::clone(&clock),
        sweeps: false,
        limits,
        ..Options::default()
    };
    let store = SqliteStore::open(&folder.path().join("apart.db")).unwrap();
    let probity = Probity::on(Box::new(store), options).unwrap();
    publish(&probity, Environment::Live);
    publish(&probity, Environment::Sandbox);
    open(&probity, "ana", 50);
    // The sandbox runs a month ahead: a live key is remembered all the same.
    probity.move_clock(Some(at("2026-12-26T10:00:00Z"))).unwrap().wait().unwrap();
    let first = send(&probity, "ana", summary("file_1"), "k1").unwrap();
    send(&probity, "ana", summary("file_2"), "k2").unwrap();
    let again = send(&probity, "ana", summary("file_1"), "k1").unwrap();
    assert_eq!((again.replayed, again.reply), (true, first.reply));
    probity.close();
}

/// Also where it never restarts: answers that grow old while it runs go, too.
#[test]
fn answers_whose_keys_are_forgotten_go_while_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
    let database = folder.path().join("answers.db");
    let probity = start(&database, &clock, Limits::default());
    publish(&probity, Environment::Live);
    open(&probity, "ana", 100);
    let gives = |key: String| send(&probity, "ana", super::shop::gift(1), &key).unwrap();
    for n in 0..10 {
        gives(format!("old{n}"));
    }
    clock.set(at("2026-12-10T10:00:00Z"));
    for n in 0..40 {
        gives(format!("new{n}"));
    }
    probity.close();
    let connection = rusqlite::Connection::open(&database).unwrap();
    let old = "SELECT count(*) FROM answers WHERE key LIKE 'old%'";
    let old: u64 = connection.query_row(old, [], |row| row.get(0)).unwrap();
    assert_eq!(old, 0);
}
