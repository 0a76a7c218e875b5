//! Whose turn it is while an answer passes: ours, to have more of it, or the customer's, to take what
//! there is. Read by whoever looks after runs, while nobody asks for more.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Nobody waits for the customer.
const OURS: u64 = u64::MAX;

/// Whose turn it is, and for how long it was the customer's.
pub(super) struct Turns {
    since: Instant,
    /// Milliseconds after `since` at which something was handed over; [`OURS`]: more was asked for.
    handed_at: AtomicU64,
    /// Milliseconds for which it was the customer's turn, that of now aside.
    theirs: AtomicU64,
    /// They took too long.
    is_cut: AtomicBool,
}

impl Default for Turns {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            handed_at: AtomicU64::new(OURS),
            theirs: AtomicU64::new(0),
            is_cut: AtomicBool::new(false),
        }
    }
}

impl Turns {
    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(OURS - 1)
    }

    /// The customer asks for more: it is our turn.
    pub(super) fn ours(&self) {
        let handed_at = self.handed_at.swap(OURS, Ordering::Relaxed);
        if handed_at != OURS {
            self.theirs.fetch_add(self.now().saturating_sub(handed_at), Ordering::Relaxed);
        }
    }

    /// Something was handed over: it is theirs.
    pub(super) fn handed_over(&self) {
        self.handed_at.store(self.now(), Ordering::Relaxed);
    }

    /// For how long it was their turn.
    pub(super) fn theirs(&self) -> Duration {
        Duration::from_millis(self.theirs.load(Ordering::Relaxed)) + self.theirs_now()
    }

    /// For how long it has been their turn by now.
    pub(super) fn theirs_now(&self) -> Duration {
        match self.handed_at.load(Ordering::Relaxed) {
            OURS => Duration::ZERO,
            at => Duration::from_millis(self.now().saturating_sub(at)),
        }
    }

    /// They took too long: nothing more is handed over.
    pub(super) fn cut(&self) {
        self.is_cut.store(true, Ordering::Release);
    }

    /// Did they?
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Acquire)
    }
}
