//! Every story of the corpus turns out as it says, and would not if a number in it were another.

use crate::library::corpus;
use probity::core::Time;
use probity::core::command::Actor;
use probity::core::sums::Sums;
use probity::engine::Limits;
use probity::scenario::{
    Call, Embedded, Failure, Files, Memory, Port, Publication, Story, Told, play, read,
};
use probity::store::sqlite::SqliteStore;
use probity::store::{MemoryStore, Store};
use std::path::PathBuf;

#[test]
fn every_story_turns_out_as_it_says() {
    every_story(&mut |story, files| play(story, files, &mut Memory::default()).failure);
}

#[test]
fn every_story_turns_out_the_same_on_the_engine_in_memory() {
    every_story(&mut |story, files| {
        play(story, files, &mut Embedded::on(Box::<MemoryStore>::default()).unwrap()).failure
    });
}

#[test]
fn every_story_turns_out_the_same_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let mut n = 0;
    every_story(&mut |story, files| {
        n += 1;
        let store = SqliteStore::open(&folder.path().join(format!("{n}.db"))).unwrap();
        play(story, files, &mut Embedded::on(Box::new(store)).unwrap()).failure
    });
}

/// Nobody stays in memory: all is folded from snapshots taken after each entry, with every ended run
/// at rest.
#[test]
fn every_story_turns_out_the_same_with_nobody_in_memory() {
    every_story(&mut |story, files| {
        let store = Box::<MemoryStore>::default();
        play(story, files, &mut Embedded::within(store, TIGHT).unwrap()).failure
    });
}

const TIGHT: Limits = Limits { snapshot_after: 1, awake: 0, memory: 0, batch: 1024 };

/// Every ninth, as starting takes its time.
#[test]
fn stories_turn_out_the_same_when_the_engine_is_restarted_before_each_call() {
    let folder = tempfile::tempdir().unwrap();
    let mut n = 0;
    every_story(&mut |story, files| {
        n += 1;
        if n % 9 != 0 {
            return None;
        }
        let limits = if n % 2 == 0 { TIGHT } else { Limits::default() };
        let mut port = Restarting::new(folder.path().join(format!("{n}.db")), limits);
        play(story, files, &mut port).failure
    });
}

/// An engine that is stopped and started before each call.
struct Restarting {
    database: PathBuf,
    limits: Limits,
    embedded: Option<Embedded>,
}

impl Restarting {
    fn new(database: PathBuf, limits: Limits) -> Self {
        let store = Box::new(SqliteStore::open(&database).unwrap());
        let embedded = Some(Embedded::within(store, limits).unwrap());
        Self { database, limits, embedded }
    }

    fn restarted(&mut self) -> &mut Embedded {
        let open = || Ok(Box::new(SqliteStore::open(&self.database)?) as Box<dyn Store>);
        let embedded = self.embedded.take().unwrap().restart(open, self.limits).unwrap();
        self.embedded.insert(embedded)
    }
}

impl Port for Restarting {
    fn publish(&mut self, publication: &Publication<'_>, worse: bool, now: Time) -> Told {
        self.restarted().publish(publication, worse, now)
    }

    fn publish_operations(&mut self, publication: &Publication<'_>, now: Time) -> Told {
        self.restarted().publish_operations(publication, now)
    }

    fn sums(&mut self) -> &mut Sums {
        self.embedded.as_mut().unwrap().sums()
    }

    fn call(&mut self, customer: &str, call: Call, by: Actor, now: Time) -> Told {
        self.restarted().call(customer, call, by, now)
    }
}

/// Plays every story of the corpus and tells all that turn out otherwise.
fn every_story(play: &mut dyn FnMut(&Story, Option<Files>) -> Option<Failure>) {
    let mut wrong = Vec::new();
    let mut played = 0;
    for file in corpus() {
        wrong.extend(file.faults.iter().map(ToString::to_string));
        for story in &file.stories {
            played += 1;
            if let Some(failure) = play(story, file.files_of(story)) {
                wrong.push(format!("{}:{}: {}\n{failure}", story.file, story.line, story.title));
            }
        }
    }
    assert!(played > 0, "the corpus is empty");
    let count = wrong.len();
    assert!(wrong.is_empty(), "{count} of {played} stories:\n\n{}\n", wrong.join("\n\n"));
}

/// In each story one expected number is changed, here and there another one; it must not pass then.
#[test]
fn a_changed_number_makes_a_story_fail() {
    let mut mutants = 0;
    for file in corpus() {
        let lines: Vec<&str> = file.text.lines().collect();
        for (n, story) in file.stories.iter().enumerate() {
            let next = file.stories.get(n + 1).map_or(lines.len(), |next| next.line - 1);
            let of_story =
                (story.line..next).filter_map(|i| Some((i, with_another_number(lines[i])?)));
            let candidates: Vec<(usize, String)> = of_story.collect();
            let Some((index, changed)) = candidates.get(n % candidates.len().max(1)) else {
                continue;
            };
            let mut mutant = lines.clone();
            mutant[*index] = changed;
            let (stories, faults) = read("mutant.md", &mutant.join("\n"));
            assert!(faults.is_empty(), "{}:{}: {changed}", file.shown, index + 1);
            let files = file.files_of(&stories[n]);
            let passes = play(&stories[n], files, &mut Memory::default()).failure.is_none();
            assert!(!passes, "{}:{}: nobody notices\n  {changed}", file.shown, index + 1);
            mutants += 1;
        }
    }
    assert!(mutants > 100, "only {mutants} stories expect a number");
}

/// The first number that is expected of amounts, one more.
fn with_another_number(line: &str) -> Option<String> {
    let words = ["charged ", "balance ", "held ", "available ", "price ", "needs ", "units_free "];
    let expected = line.split_once("->").map_or(line.len(), |(step, _)| step.len());
    let (at, word) = words
        .iter()
        .filter_map(|word| line[expected..].find(word).map(|at| (expected + at, *word)))
        .min()?;
    let from = at + word.len();
    let number: String = line[from..].chars().take_while(char::is_ascii_digit).collect();
    let more = number.parse::<u64>().ok()? + 1;
    Some(format!("{}{more}{}", &line[..from], &line[from + number.len()..]))
}
