//! Random stories, by a seed: every kind of command of every kind of customer, refused or not, comes
//! to the same, byte for byte, whatever stays in memory and however often it is restarted.

mod acts;
mod asking;
mod player;
mod publishing;
mod reads;
mod requests;
mod story;

use player::{How, Told, play};
use probity::Probity;
use probity::clock::ManualClock;
use probity::engine::{Limits, Options};
use probity::store::sqlite::{SqliteStore, verify};
use probity::store::{MemoryStore, Store};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many seeds are played.
const SEEDS: &str = "PROBITY_TEST_RANDOM";
/// The first of them.
const FROM: &str = "PROBITY_TEST_RANDOM_FROM";
/// How many commands a story has; each sixteenth is long.
const COMMANDS: u64 = 250;
const LONG: u64 = 2500;
/// Nobody stays in memory, every ended run rests, and a snapshot follows each entry.
const TIGHT: Limits = Limits { memory: 0, snapshot_after: 1, awake: 0, batch: 2 };
/// Some stay in memory, some runs awake.
const SMALL: Limits = Limits { memory: 40_000, snapshot_after: 3, awake: 2, batch: 1024 };

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |number| number.parse().unwrap())
}

fn engine(store: Box<dyn Store>, limits: Limits, clock: Arc<ManualClock>) -> Probity {
    let options = Options { clock, limits, sweeps: false, ..Options::default() };
    Probity::on(store, options).unwrap()
}

fn in_memory() -> How {
    let open = |clock| engine(Box::<MemoryStore>::default(), Limits::default(), clock);
    How { open: Box::new(open), restarts: 0, in_batches: false, without_sums: false }
}

fn on_sqlite(path: PathBuf, limits: Limits, restarts: u64) -> How {
    let open = move |clock| engine(Box::new(SqliteStore::open(&path).unwrap()), limits, clock);
    How { open: Box::new(open), restarts, in_batches: false, without_sums: false }
}

/// The first line that differs, with some before it.
fn same(expected: &Told, found: &Told, which: &str) {
    let first = expected.iter().zip(found).position(|(a, b)| a != b);
    let Some(first) = first else {
        return assert_eq!(expected.len(), found.len(), "{which}");
    };
    let before = expected[first.saturating_sub(3)..first].join("\n");
    panic!(
        "{which}, line {first}\n{before}\n\n{}\n\nis there\n\n{}",
        expected[first], found[first]
    );
}

/// The books in a file are whole, and add up by SQL to what the engine shows.
fn is_whole(path: &Path, which: &str) {
    verify(path).unwrap_or_else(|error| panic!("{which}: {error}"));
    let far = probity::core::Time::parse("2026-11-26T10:00:00Z").unwrap();
    let store = Box::new(SqliteStore::open(path).unwrap());
    let probity = engine(store, Limits::default(), Arc::new(ManualClock::at(far)));
    let shown = reads::purses(&probity, &story::PEOPLE);
    probity.close();
    let [wallets, balances] = reads::purses_by_sql(path);
    let moved = |purses: &reads::Purses| -> reads::Purses {
        purses.iter().filter(|(_, purse)| **purse != (0, 0)).map(|(k, v)| (k.clone(), *v)).collect()
    };
    assert_eq!(moved(&wallets), moved(&shown), "{which}: wallets");
    assert_eq!(moved(&balances), moved(&shown), "{which}: balances");
}

#[test]
fn a_random_story_comes_to_the_same_whatever_stays_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let from = number(FROM, 1);
    for seed in from..from + number(SEEDS, 2) {
        // Every other one is told with budgets over all customers that are soon used up.
        let tight = seed.is_multiple_of(2);
        let commands = if seed.is_multiple_of(16) { LONG } else { COMMANDS };
        let expected = play(seed, commands, tight, in_memory());
        let path = |which: &str| folder.path().join(format!("{seed}_{which}.db"));
        let hows = [
            ("nobody in memory", on_sqlite(path("tight"), TIGHT, 0), path("tight")),
            ("restarts", on_sqlite(path("restarts"), Limits::default(), 20), path("restarts")),
            ("few in memory", on_sqlite(path("few"), SMALL, 40), path("few")),
        ];
        for (which, how, path) in hows {
            let which = format!("seed {seed}, {which}");
            same(&expected, &play(seed, commands, tight, how), &which);
            is_whole(&path, &which);
        }
        // Sums over everyone are added up once for all that comes together; nothing else differs.
        let one_by_one = How { without_sums: true, ..in_memory() };
        let batches = on_sqlite(path("batches"), Limits::default(), 0);
        let batches = How { in_batches: true, without_sums: true, ..batches };
        let expected = play(seed, commands, tight, one_by_one);
        let which = format!("seed {seed}, in batches");
        same(&expected, &play(seed, commands, tight, batches), &which);
        is_whole(&path("batches"), &which);
    }
}
