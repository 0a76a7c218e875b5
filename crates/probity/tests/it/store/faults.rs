//! A store whose commits fail, by a seed: some write nothing, some write all and say that they failed.
//! Whoever asks again with the same key until it is known comes to the same books as on a store that
//! never fails.

use super::dice::Dice;
use super::shop::{Asked, delivered, gift, open, publish, summary};
use probity::clock::ManualClock;
use probity::core::{Name, RunId, Time};
use probity::engine::{Limits, Options, Refused, Whose};
use probity::store::sqlite::{SqliteStore, verify};
use probity::store::{Batch, Beginning, MemoryStore, Reader, Store, StoreError};
use probity::{Environment, Probity};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// How many seeds are tried.
const SEEDS: &str = "PROBITY_TEST_FAULTS";
const ROUNDS: u32 = 60;
const CUSTOMERS: [&str; 5] = ["ana", "ben", "cid", "dee", "eve"];

/// A store that fails from a moment on.
pub(super) struct Faulty {
    inner: SqliteStore,
    dice: Dice,
    fails: Arc<AtomicBool>,
}

impl Faulty {
    pub(super) const fn on(inner: SqliteStore, seed: u64, fails: Arc<AtomicBool>) -> Self {
        Self { inner, dice: Dice::of(seed ^ 0xfa17), fails }
    }
}

fn full() -> StoreError {
    StoreError::ReadOnly("the disk is full".to_owned())
}

impl Store for Faulty {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        if self.fails.load(Ordering::SeqCst) && self.dice.roll(4) == 0 {
            return Err(full());
        }
        self.inner.beginning()
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        self.inner.reader()
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let roll = if self.fails.load(Ordering::SeqCst) { self.dice.roll(6) } else { 5 };
        if roll < 2 {
            return Err(full());
        }
        self.inner.commit(batch)?;
        if roll == 2 { Err(StoreError::Io("the answer got lost".to_owned())) } else { Ok(()) }
    }
}

/// One customer's side: the runs that are open, and what every command came to.
#[derive(Default)]
struct Side {
    open: Vec<RunId>,
    told: Vec<String>,
}

/// What a customer does next.
fn next(side: &mut Side, dice: &mut Dice) -> probity::core::command::Act {
    match (dice.roll(5), side.open.pop()) {
        (0 | 1, Some(run)) => delivered(run),
        (2, open) => {
            side.open.extend(open);
            gift(1 + u32::try_from(dice.roll(9)).unwrap())
        }
        (_, open) => {
            side.open.extend(open);
            summary(&format!("file_{}", dice.roll(12)))
        }
    }
}

/// Asks until it is known what became of it.
fn known(
    probity: &Probity,
    asked: &Asked<'_>,
    mut first: Option<Result<Answered, Refused>>,
) -> Told {
    loop {
        match first.take().unwrap_or_else(|| asked.ask(probity).and_then(|told| told.wait())) {
            Err(Refused::Unavailable(_)) => {}
            Ok(answered) => {
                let body = answered.reply.unwrap().body;
                return Ok(serde_json::from_str(&body).unwrap());
            }
            Err(refused) => return Err(refused.to_string()),
        }
    }
}

type Answered = probity::engine::Answered;
type Told = Result<serde_json::Value, String>;

/// Plays a seed and says what the books are in the end.
fn play(probity: &Probity, clock: &ManualClock, seed: u64, fails: &AtomicBool) -> Vec<Vec<String>> {
    publish(probity, Environment::Live);
    CUSTOMERS.iter().for_each(|name| open(probity, name, 20));
    fails.store(true, Ordering::SeqCst);
    let mut dice = Dice::of(seed);
    let mut sides: Vec<Side> = CUSTOMERS.iter().map(|_| Side::default()).collect();
    for round in 0..ROUNDS {
        let minutes = i64::from(round) * 60_000_000;
        clock.set(Time::parse("2026-11-26T10:00:00Z").unwrap().plus_micros(minutes));
        let asked = CUSTOMERS.iter().zip(&mut sides).map(|(name, side)| Asked {
            customer: name,
            act: next(side, &mut dice),
            key: format!("k{round}"),
        });
        let asked: Vec<Asked<'_>> = asked.collect();
        // All at once, so that they share commits; then each again until it is known.
        let pending: Vec<_> = asked.iter().map(|asked| asked.ask(probity)).collect();
        for ((asked, pending), side) in asked.iter().zip(pending).zip(&mut sides) {
            let told = known(probity, asked, Some(pending.and_then(|pending| pending.wait())));
            let line = match told {
                Ok(body) => {
                    if body["status"] == "held" {
                        side.open.extend(RunId::parse(body["run"].as_str().unwrap()));
                    }
                    format!(
                        "{} {} {}",
                        body["status"], body["charged"], body["wallet"]["available"]
                    )
                }
                Err(refused) => refused,
            };
            side.told.push(line);
        }
        reading_goes_on(probity, &mut dice);
    }
    fails.store(false, Ordering::SeqCst);
    let books = CUSTOMERS.iter().zip(sides);
    books.map(|(name, side)| [side.told, journal(probity, name)].concat()).collect()
}

/// Whatever fails, a wallet can be read, and shows no less than was answered.
fn reading_goes_on(probity: &Probity, dice: &mut Dice) {
    let name = CUSTOMERS[usize::try_from(dice.roll(5)).unwrap()];
    let whose = Whose::Customer(Name::new(name));
    loop {
        match probity.view(Environment::Live, whose.clone()).unwrap().wait() {
            Ok(view) => {
                let lines = journal(probity, name);
                assert!(lines.len() as u64 >= view.customer.seq);
                return;
            }
            // What the store knows could not be read.
            Err(refused) => assert!(matches!(refused, Refused::Unavailable(_)), "{refused}"),
        }
    }
}

/// What stands in the journal, without ids.
fn journal(probity: &Probity, name: &str) -> Vec<String> {
    let entries = loop {
        let asked = probity.entries(Environment::Live, Name::new(name), 0, 9999).unwrap();
        match asked.wait() {
            Ok(entries) => break entries,
            Err(refused) => assert!(matches!(refused, Refused::Unavailable(_)), "{refused}"),
        }
    };
    let line = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        format!("{} {} {}", body["seq"], body["at"], body["command"])
    };
    entries.iter().map(|entry| line(&entry.body)).collect()
}

fn engine(store: Box<dyn Store>, clock: &Arc<ManualClock>, seed: u64) -> Probity {
    let clock = Arc::<ManualClock>::clone(clock);
    // Some seeds keep nobody in memory, and a snapshot after each entry.
    let tight = Limits { snapshot_after: 1, awake: 0, memory: 0, batch: 3 };
    let limits = if seed.is_multiple_of(2) { tight } else { Limits::default() };
    Probity::on(store, Options { clock, limits, sweeps: false, ..Options::default() }).unwrap()
}

fn on_a_store_that_fails(path: &Path, seed: u64) -> Vec<Vec<String>> {
    let clock = Arc::new(ManualClock::at(Time::parse("2026-11-26T10:00:00Z").unwrap()));
    let fails = Arc::<AtomicBool>::default();
    let inner = SqliteStore::open(path).unwrap();
    let store = Faulty::on(inner, seed, Arc::clone(&fails));
    let probity = engine(Box::new(store), &clock, seed);
    let books = play(&probity, &clock, seed, &fails);
    assert!(probity.work().failed_commits > 0, "seed {seed}: nothing failed");
    probity.close();
    verify(path).unwrap();
    books
}

#[test]
fn whoever_asks_again_comes_to_the_same_books_whatever_fails() {
    let seeds = std::env::var(SEEDS).map_or(4, |seeds| seeds.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    for seed in 1..=seeds {
        let clock = Arc::new(ManualClock::at(Time::parse("2026-11-26T10:00:00Z").unwrap()));
        let probity = engine(Box::<MemoryStore>::default(), &clock, 1);
        let expected = play(&probity, &clock, seed, &AtomicBool::default());
        let found = on_a_store_that_fails(&folder.path().join(format!("{seed}.db")), seed);
        assert_eq!(found, expected, "seed {seed}");
    }
}

/// A store whose commits wait until they are told how to end.
struct Gated {
    inner: MemoryStore,
    arrived: Sender<usize>,
    ends: Receiver<bool>,
    is_gone: Arc<AtomicBool>,
}

impl Store for Gated {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        if self.is_gone.load(Ordering::SeqCst) { Err(full()) } else { self.inner.beginning() }
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        self.inner.reader()
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.arrived.send(batch.entries.len()).unwrap();
        if self.ends.recv().unwrap() { self.inner.commit(batch) } else { Err(full()) }
    }
}

#[test]
fn what_rests_on_a_commit_that_failed_goes_with_it() {
    let (arrived, arrivals) = channel();
    let (end, ends) = channel();
    let is_gone = Arc::<AtomicBool>::default();
    let inner = MemoryStore::default();
    let store = Gated { inner: inner.clone(), arrived, ends, is_gone: Arc::clone(&is_gone) };
    let probity = Probity::on(Box::new(store), Options::default()).unwrap();
    (0..3).for_each(|_| end.send(true).unwrap());
    publish(&probity, Environment::Live);
    open(&probity, "ana", 20);
    while arrivals.try_recv().is_ok() {}
    // One is being committed while another, which rests on it, is being decided.
    let asked =
        |key: &str, file| Asked { customer: "ana", act: summary(file), key: key.to_owned() };
    let first = asked("a", "file_1").ask(&probity).unwrap();
    assert_eq!(arrivals.recv().unwrap(), 1);
    let second = asked("b", "file_1").ask(&probity).unwrap();
    let whose = Whose::Customer(Name::new("ana"));
    let view = probity.view(Environment::Live, whose.clone()).unwrap();
    is_gone.store(true, Ordering::SeqCst);
    end.send(false).unwrap();
    for lost in [first.wait().map(drop), second.wait().map(drop), view.wait().map(drop)] {
        assert!(matches!(lost, Err(Refused::Unavailable(_))), "{lost:?}");
    }
    let third = asked("c", "file_1").ask(&probity).unwrap().wait();
    assert!(matches!(third, Err(Refused::Unavailable(_))), "what is on disk is not known");
    assert!(arrivals.try_recv().is_err(), "nothing was committed meanwhile");
    is_gone.store(false, Ordering::SeqCst);
    end.send(true).unwrap();
    let again = known(&probity, &asked("b", "file_1"), None).unwrap();
    assert_eq!(again["seq"], 3);
    let view = probity.view(Environment::Live, whose).unwrap().wait().unwrap();
    assert_eq!(view.customer.seq, 3);
    drop(end);
    probity.close();
}
