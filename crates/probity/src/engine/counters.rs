//! What the engine counts of its own work, for whoever watches it.

use std::sync::atomic::{AtomicU64, Ordering};

/// What was done since the engine began.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) turns: AtomicU64,
    pub(crate) jobs: AtomicU64,
    pub(crate) commits: AtomicU64,
    pub(crate) failed_commits: AtomicU64,
    pub(crate) entries: AtomicU64,
}

/// The engine's work so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Commands and questions that wait to be taken.
    pub waiting: usize,
    /// How many may wait; more are refused as overloaded.
    pub queue: usize,
    /// Turns of the writer.
    pub turns: u64,
    /// Commands and questions that were taken.
    pub jobs: u64,
    /// Commits to the store.
    pub commits: u64,
    /// Commits that failed.
    pub failed_commits: u64,
    /// Entries that were written.
    pub entries: u64,
}

impl Counters {
    pub(crate) fn add(counter: &AtomicU64, n: usize) {
        counter.fetch_add(n as u64, Ordering::Relaxed);
    }

    pub(crate) fn work(&self, waiting: usize, queue: usize) -> Work {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Work {
            waiting,
            queue,
            turns: read(&self.turns),
            jobs: read(&self.jobs),
            commits: read(&self.commits),
            failed_commits: read(&self.failed_commits),
            entries: read(&self.entries),
        }
    }
}
