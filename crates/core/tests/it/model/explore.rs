//! How much is played: about 10^5 commands in the ordinary run, as many as asked for otherwise.
//!
//! `PROBITY_MODEL_COMMANDS=10000000 cargo test --release -p probity-core model -- --nocapture`
//! plays that many, with progress lines. Seeds are fixed, so that a run can be had again;
//! `PROBITY_MODEL_SEED=7` takes others. A failing story is shrunk, printed, and its seed is kept
//! in `tests/it/model/regressions.txt`, which is played first ever after.

use super::play::{World, play, worlds};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{
    Config, FileFailurePersistence, RngSeed, TestCaseError, TestError, TestRunner,
};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// What a property says of one world: how many commands it played, or what is wrong.
pub type Verdict = Result<usize, String>;

/// Commands of the ordinary run, all properties together.
const ORDINARY: u64 = 100_000;
/// Steps of one story.
const STEPS: (usize, usize) = (1, 120);

/// Plays `share` per cent of all commands and holds every story to `property`.
///
/// # Panics
/// With the smallest story found that breaks it.
pub fn explore(name: &'static str, share: u64, property: impl Fn(&World) -> Verdict) {
    let asked = number("PROBITY_MODEL_COMMANDS");
    let commands = asked.unwrap_or(ORDINARY) * share / 100;
    let progress = Progress::new(name, commands, asked.is_some());
    let average = (STEPS.0 + STEPS.1) as u64 / 2;
    let mut runner = TestRunner::new(config(name, commands.div_ceil(average)));
    let outcome = runner.run(&worlds(STEPS.0, STEPS.1), |world| {
        let played = property(&world).map_err(TestCaseError::fail)?;
        progress.played(played);
        Ok(())
    });
    progress.done();
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, world)) => {
            let moments = play(&world).moments;
            let told: Vec<String> = moments.iter().map(ToString::to_string).collect();
            panic!("{name}: {why}\n\n{world:?}\n{}\n{name}: {why}", told.concat())
        }
        Err(TestError::Abort(why)) => panic!("{name}: given up: {why}"),
    }
}

/// Some worlds, as many however much is played.
pub fn some_worlds(name: &str, many: usize) -> impl Iterator<Item = World> {
    let mut runner = TestRunner::new(config(name, 1));
    let any = worlds(STEPS.0, STEPS.1);
    (0..many).map(move |_| any.new_tree(&mut runner).expect("a world").current())
}

fn config(name: &str, cases: u64) -> Config {
    let base = number("PROBITY_MODEL_SEED").unwrap_or(20_261_124);
    let own = name.bytes().fold(base, |seed, b| seed.wrapping_mul(31).wrapping_add(b.into()));
    Config {
        cases: u32::try_from(cases).unwrap_or(u32::MAX),
        max_shrink_iters: 20_000,
        rng_seed: RngSeed::Fixed(own),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            "tests/it/model/regressions.txt",
        ))),
        ..Config::default()
    }
}

/// Numbers from outside: how much to play, and from which seed.
#[allow(clippy::disallowed_methods)]
fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable}={text} is not a whole number")))
}

/// Says how far it is, every few seconds, where asked for.
struct Progress {
    name: &'static str,
    of: u64,
    loud: bool,
    played: Cell<u64>,
    begun: Instant,
    said: Cell<Duration>,
}

impl Progress {
    #[allow(clippy::disallowed_methods)]
    fn new(name: &'static str, of: u64, loud: bool) -> Self {
        let (begun, said) = (Instant::now(), Cell::new(Duration::ZERO));
        Self { name, of, loud, played: Cell::new(0), begun, said }
    }

    fn played(&self, commands: usize) {
        self.played.set(self.played.get() + commands as u64);
        let so_far = self.begun.elapsed();
        if self.loud && so_far - self.said.get() > Duration::from_secs(5) {
            self.said.set(so_far);
            self.say("");
        }
    }

    fn done(&self) {
        if self.loud {
            self.say(" and done");
        }
    }

    #[allow(clippy::print_stderr)]
    fn say(&self, note: &str) {
        let (played, seconds) = (self.played.get(), self.begun.elapsed().as_secs());
        eprintln!("{}: {played} of about {} commands in {seconds} s{note}", self.name, self.of);
    }
}
