//! The engine measured beside what it is compared with, in one run on one machine: tables updated in
//! place, and a bare log.
//!
//! All sides do the same: a run is held for a customer, then settled, so many in one commit that is on
//! disk before it counts. Only ratios of one run mean anything; machines and their neighbours differ.
//! A side is measured on a file of its own, which is new, or was filled before.

mod engine;
mod in_place;
mod log;

pub use engine::CONTRACT;

use std::fmt;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The engine: prices, rules, journal.
    Engine,
    /// Two tables of SQLite updated in place, keys at random: no rules at all.
    InPlace,
    /// A file that is only appended to: no rules, nothing to be found again.
    Log,
}

/// What each side has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Customers, taken evenly; 1: one hot customer.
    pub customers: u32,
    /// Commands in one commit.
    pub batch: u32,
    /// Commands in all, rounded up to whole batches; half of them hold, half of them settle.
    pub commands: u64,
}

/// How much a file is to hold before anything is measured on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filling {
    /// Customers, each with a plan and credits.
    pub customers: u32,
    /// Entries of the journal, or as many commands where there is no journal; 0: the customers only.
    pub entries: u64,
}

/// Told now and then how much is done; it may break it off.
pub type Told<'a> = &'a mut dyn FnMut(u64) -> ControlFlow<()>;

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Commands that were done, each durable.
    pub commands: u64,
    /// How long it took.
    pub took: Duration,
    /// What the database or file has grown by, in bytes.
    pub bytes: u64,
}

impl Sample {
    /// Commands a second, rounded down.
    #[must_use]
    pub fn per_second(&self) -> u64 {
        let micros = self.took.as_micros().max(1);
        u64::try_from(u128::from(self.commands) * 1_000_000 / micros).unwrap_or(u64::MAX)
    }

    /// Bytes a command, rounded down.
    #[must_use]
    pub const fn bytes_each(&self) -> u64 {
        match self.bytes.checked_div(self.commands) {
            Some(each) => each,
            None => 0,
        }
    }
}

/// Why a side could not be measured.
#[derive(Debug)]
pub enum BenchError {
    /// What went wrong, as it says itself.
    Failed(String),
    /// Whoever was told broke it off.
    BrokenOff,
}

impl fmt::Display for BenchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(why) => write!(f, "it could not be measured: {why}"),
            Self::BrokenOff => f.write_str("it was broken off"),
        }
    }
}

impl std::error::Error for BenchError {}

/// What went wrong, as it says itself.
fn failed(error: impl fmt::Display) -> BenchError {
    BenchError::Failed(error.to_string())
}

/// A side on its file.
trait Kept {
    /// Opens customers with credits.
    fn customers(&mut self, ids: Range<u32>) -> Result<(), BenchError>;
    /// A batch of runs from the `from`th on is held in one commit, and settled in another.
    fn batch(&mut self, load: &Load, from: u64) -> Result<(), BenchError>;
    /// Waits until all of it is durable.
    fn finish(&mut self) -> Result<(), BenchError> {
        Ok(())
    }
    /// Fills it quickly. Answers with the number of the next run.
    fn fill(&mut self, filling: Filling, told: Told<'_>) -> Result<u64, BenchError>;
    /// Lets go of the file.
    fn close(self: Box<Self>);
}

/// Which customer the `n`th run is for: all of them in turn, in an order without a pattern.
#[must_use]
pub const fn customer_of(n: u64, customers: u32) -> u32 {
    let mixed = (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    (mixed % customers as u64) as u32
}

/// The files that a database may have, the two that grow first.
fn files(path: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-lock"].map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        name.into()
    })
}

/// One side on its file.
pub struct Place {
    kept: Box<dyn Kept>,
    file: PathBuf,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Place {
    /// Begins with a new file; what was there is removed.
    ///
    /// # Errors
    /// [`BenchError`] where the file cannot be made.
    pub fn new(side: Side, file: &Path) -> Result<Self, BenchError> {
        files(file).iter().for_each(|file| drop(std::fs::remove_file(file)));
        Self::open(side, file)
    }

    /// Goes on with a file.
    ///
    /// # Errors
    /// [`BenchError`] where the file cannot be used.
    pub fn open(side: Side, file: &Path) -> Result<Self, BenchError> {
        let kept: Box<dyn Kept> = match side {
            Side::Engine => Box::new(engine::Engine::open(file)?),
            Side::InPlace => Box::new(in_place::InPlace::open(file)?),
            Side::Log => Box::new(log::Log::open(file)?),
        };
        Ok(Self { kept, file: file.to_owned() })
    }

    /// Opens so many customers, each with credits.
    ///
    /// # Errors
    /// [`BenchError`] where the file cannot be used.
    pub fn customers(&mut self, many: u32) -> Result<(), BenchError> {
        self.kept.customers(0..many)
    }

    /// Fills a new file. Answers with the number of the next run.
    ///
    /// # Errors
    /// [`BenchError`] where the file cannot be used, or it was broken off.
    pub fn fill(&mut self, filling: Filling, told: Told<'_>) -> Result<u64, BenchError> {
        self.kept.fill(filling, told)
    }

    /// Does the work, runs from the `from`th on: timed from the first command to the last that is
    /// durable.
    ///
    /// # Errors
    /// [`BenchError`] where a command is refused, or the file cannot be used.
    pub fn work(&mut self, load: &Load, from: u64) -> Result<Sample, BenchError> {
        let (before, begun) = (size(&self.file), Instant::now());
        let mut commands = 0;
        while commands < load.commands {
            self.kept.batch(load, from + commands / 2)?;
            commands += 2 * u64::from(load.batch);
        }
        self.kept.finish()?;
        let took = begun.elapsed();
        Ok(Sample { commands, took, bytes: size(&self.file).saturating_sub(before) })
    }

    /// Lets go of the file.
    pub fn close(self) {
        self.kept.close();
    }
}

/// Bytes of a database, with what is still in its write-ahead log.
#[must_use]
pub fn size(file: &Path) -> u64 {
    let files = files(file);
    let grow = files[..2].iter().filter_map(|file| std::fs::metadata(file).ok());
    grow.map(|file| file.len()).sum()
}

/// Says how much is done; whoever is told may break it off.
fn tell(told: Told<'_>, done: u64) -> Result<(), BenchError> {
    match told(done) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(BenchError::BrokenOff),
    }
}
