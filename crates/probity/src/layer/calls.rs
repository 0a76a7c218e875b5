//! What whoever does the work tells of its calls while it makes them, for the books of cost.

use http::StatusCode;
use std::sync::{Arc, Mutex};

/// The calls of one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// Statuses of those that came to nothing and were repeated, and whether with the customer's own key.
    failed: Vec<(StatusCode, bool)>,
    on_their_key: bool,
}

impl Calls {
    fn note(&self, note: impl FnOnce(&mut Known)) {
        if let Ok(mut known) = self.0.lock() {
            note(&mut known);
        }
    }

    /// One came to nothing, with this status.
    pub(super) fn failed(&self, status: StatusCode) {
        self.note(|known| known.failed.push((status, known.on_their_key)));
    }

    /// They are made with the customer's own key, or are not any more.
    pub(super) fn on_their_key(&self, are: bool) {
        self.note(|known| known.on_their_key = are);
    }

    /// Are they made with the customer's own key?
    pub(super) fn are_on_their_key(&self) -> bool {
        self.0.lock().is_ok_and(|known| known.on_their_key)
    }

    /// Those that came to nothing; they are told once.
    pub(super) fn taken(&self) -> Vec<(StatusCode, bool)> {
        self.0.lock().map(|mut known| std::mem::take(&mut known.failed)).unwrap_or_default()
    }
}
