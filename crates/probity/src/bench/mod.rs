//! The engine measured beside what it is compared with, in one run on one machine: tables updated in
//! place, and a bare log.
//!
//! All sides do the same: a run is held for a customer, then settled, so many in one commit that is on
//! disk before it counts. Only ratios of one run mean anything; machines and their neighbours differ.

mod engine;
mod in_place;
mod log;

use std::fmt;
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
    /// Commands in all; half of them hold, half of them settle.
    pub commands: u32,
}

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
pub struct BenchError(String);

impl fmt::Display for BenchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it could not be measured: {}", self.0)
    }
}

impl std::error::Error for BenchError {}

/// What went wrong, as it says itself.
fn failed(error: impl fmt::Display) -> BenchError {
    BenchError(error.to_string())
}

/// Which customer the `n`th run is for: all of them in turn, in an order without a pattern.
const fn customer_of(n: u32, load: Load) -> u32 {
    let mixed = (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    (mixed % load.customers as u64) as u32
}

/// Does the work, timed from the first command to the last that is durable.
fn timed(
    load: Load,
    files: &[PathBuf],
    work: impl FnOnce() -> Result<u64, BenchError>,
) -> Result<Sample, BenchError> {
    let size = || -> u64 {
        files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|file| file.len()).sum()
    };
    let (before, begun) = (size(), Instant::now());
    let commands = work()?;
    let took = begun.elapsed();
    debug_assert!(commands >= u64::from(load.commands), "all of it was done");
    Ok(Sample { commands, took, bytes: size().saturating_sub(before) })
}

/// Measures one side, on a new file in a folder.
///
/// # Errors
/// [`BenchError`] where the folder cannot be used.
pub fn measure(side: Side, load: Load, folder: &Path) -> Result<Sample, BenchError> {
    match side {
        Side::Engine => engine::measure(load, folder),
        Side::InPlace => in_place::measure(load, folder),
        Side::Log => log::measure(load, folder),
    }
}
