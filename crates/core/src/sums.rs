//! Sums over all customers that decisions may look at, kept by whoever keeps the books.
//!
//! They are eventually exact: a decision writes the ones it used into its entry. The core never
//! adds them up by itself, because it only ever sees one customer.

use crate::id::Name;
use crate::money::Cost;
use std::collections::BTreeMap;

/// The small summary of everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What suppliers cost us in the window that `surge` watches (today).
    pub supplier_cost: Cost,
    /// When that window ends.
    pub supplier_window_ends: Option<crate::Time>,
    /// What we paid this calendar month for runs that cost their customer nothing.
    pub we_paid: Cost,
    /// When that month ends.
    pub we_paid_window_ends: Option<crate::Time>,
    /// How often each action found something in the last 30 days.
    pub found: BTreeMap<Name, Found>,
}

/// How often an action found something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Runs that found something.
    pub found: u64,
    /// Of this many.
    pub of: u64,
}

/// From how many runs on a found rate is told.
const ENOUGH_RUNS: u64 = 50;

impl Found {
    /// The share in per cent, rounded down; None below 50 runs: then it is not known yet.
    #[must_use]
    pub fn percent(self) -> Option<u64> {
        if self.of < ENOUGH_RUNS {
            return None;
        }
        self.found.saturating_mul(100).checked_div(self.of)
    }
}

impl Sums {
    /// The sentence of `{found_rate}` for an action.
    #[must_use]
    pub fn found_rate(&self, action: &Name) -> String {
        match self.found.get(action).copied().unwrap_or_default().percent() {
            Some(percent) => format!("Lately found {percent}% of the time."),
            None => "We do not know yet how often this finds something.".to_owned(),
        }
    }
}
