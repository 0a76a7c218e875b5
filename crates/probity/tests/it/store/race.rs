//! Sixty-four clients at once want a run each of a wallet that covers ten, doubling and repeating what
//! they ask, on a store whose commits fail now and then: ten are held and charged, each once.

use super::dice::Dice;
use super::faults::Faulty;
use super::shop::{Asked, delivered, first_version, send, summary};
use probity::core::command::{Act, NewCustomer};
use probity::core::{Amount, Name, RunId};
use probity::engine::{Answered, Limits, Options, Refused, Whose};
use probity::store::sqlite::{SqliteStore, verify};
use probity::{Environment, Probity};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const CLIENTS: u64 = 64;
const COVERED: usize = 10;
const SEEDS: u64 = 4;

/// Asks for the same several times at once, and again until it is known; then all know the same.
fn insist(probity: &Probity, act: &Act, key: &str, dice: &mut Dice) -> Result<Value, String> {
    let ask = || Asked { customer: "ana", act: act.clone(), key: key.to_owned() }.ask(probity);
    let many = 1 + dice.roll(3);
    let pending: Vec<_> = (0..many).map(|_| ask()).collect();
    let mut told: Vec<String> = Vec::new();
    let mut denied = None;
    let mut note = |answered: Result<Answered, Refused>| match answered {
        Ok(answered) => told.push(answered.reply.unwrap().body),
        Err(Refused::Unavailable(_) | Refused::Overloaded) => {}
        Err(Refused::Denied(denial, _)) => denied = Some(denial.code.word().to_owned()),
        Err(other) => panic!("{key}: {other}"),
    };
    pending.into_iter().for_each(|pending| note(pending.and_then(|pending| pending.wait())));
    let last = loop {
        let again = ask().and_then(|pending| pending.wait());
        let is_known = !matches!(again, Err(Refused::Unavailable(_) | Refused::Overloaded));
        let replayed = again.as_ref().is_ok_and(|again| again.replayed);
        note(again);
        if is_known {
            break replayed;
        }
    };
    let Some(first) = told.first() else { return Err(denied.unwrap()) };
    assert!(told.iter().all(|body| body == first), "{key}: {told:?}");
    assert!(last || told.len() == 1, "{key}: the last was to be a repetition");
    Ok(serde_json::from_str(first).unwrap())
}

/// All at once, each with a seed of its own.
fn at_once<T: Send>(
    clients: u64,
    seed: u64,
    client: impl Fn(u64, &mut Dice) -> T + Sync,
) -> Vec<T> {
    let client = &client;
    std::thread::scope(|scope| {
        let all = (0..clients).map(|n| {
            let mut dice = Dice::of(seed * 1_000 + n);
            scope.spawn(move || client(n, &mut dice))
        });
        let all: Vec<_> = all.collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn begin(database: &Path, seed: u64, fails: &Arc<AtomicBool>) -> Probity {
    let store = Faulty::on(SqliteStore::open(database).unwrap(), seed, Arc::clone(fails));
    let tight = Limits { memory: 0, snapshot_after: 1, awake: 0, batch: 5 };
    let limits = if seed.is_multiple_of(2) { tight } else { Limits::default() };
    let options = Options { limits, ..Options::default() };
    let probity = Probity::on(Box::new(store), options).unwrap();
    let mut version = first_version("minimal", Environment::Live);
    let text = version.contract.take().unwrap().replace("credits: 100", "credits: 10");
    version.contract = Some(format!("{text}\nlimits: {{ at_once: 1000 }}\n"));
    probity.publish(version, false).unwrap().wait().unwrap();
    let new = NewCustomer { plan: Some(Name::new("starter")), ..NewCustomer::default() };
    probity.open_customer("ana", new).unwrap();
    probity
}

fn line(probity: &Probity) -> [Amount; 2] {
    let whose = Whose::Customer(Name::new("ana"));
    let view = probity.view(Environment::Live, whose).unwrap().wait().unwrap();
    let line = view.desk().unwrap().wallet_line();
    [line.available, line.held]
}

fn race(database: &Path, seed: u64) {
    let fails = Arc::<AtomicBool>::default();
    let probity = begin(database, seed, &fails);
    fails.store(true, Ordering::SeqCst);
    let answers = at_once(CLIENTS, seed, |n, dice| {
        insist(&probity, &summary(&format!("file_{n}")), &format!("run_{n}"), dice)
    });
    let (held, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(held.len(), COVERED, "seed {seed}");
    let short = Err("credits_in_flight".to_owned());
    assert!(refused.iter().all(|told| *told == short), "seed {seed}: {refused:?}");
    let runs: Vec<RunId> = held
        .iter()
        .map(|told| told.as_ref().unwrap()["run"].as_str().unwrap())
        .map(|run| RunId::parse(run).unwrap())
        .collect();
    // Three clients settle each of them, with keys of their own: it is charged once.
    at_once(3 * COVERED as u64, seed + 7, |n, dice| {
        let run = runs[usize::try_from(n).unwrap() % COVERED];
        let told = insist(&probity, &delivered(run), &format!("settle_{n}"), dice).unwrap();
        assert_eq!(told["charged"], "1", "seed {seed}");
    });
    fails.store(false, Ordering::SeqCst);
    assert_eq!(line(&probity), [Amount::ZERO, Amount::ZERO], "seed {seed}");
    let more = send(&probity, "ana", summary("one_more"), "one_more").unwrap_err();
    assert!(matches!(more, Refused::Denied(..)), "seed {seed}: {more}");
    assert!(probity.work().failed_commits > 0, "seed {seed}: nothing failed");
    let entries = probity.entries(Environment::Live, Name::new("ana"), 0, 999).unwrap();
    let entries = entries.wait().unwrap();
    let count = |word: &str| {
        let command = format!(r#""command":"{word}""#);
        entries.iter().filter(|entry| entry.body.contains(&command)).count()
    };
    assert_eq!([count("start_run"), count("settle")], [COVERED, COVERED], "seed {seed}");
    probity.close();
    verify(database).unwrap();
}

#[test]
fn of_sixty_four_at_once_exactly_those_get_a_run_whom_the_wallet_covers() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 1..=SEEDS {
        race(&folder.path().join(format!("{seed}.db")), seed);
    }
}
