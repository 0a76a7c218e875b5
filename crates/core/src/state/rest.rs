//! Runs at rest: ended runs that are kept apart from the state, so that it stays small.
//!
//! What a run did to the books stays in them; only the run itself leaves, and can be woken when it
//! is asked about. A state in which a run rested and was woken is the state in which it never did.

use super::{Customer, Leg, Run, RunStatus};
use crate::id::RunId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An ended run outside of its customer's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestingRun {
    /// The run.
    pub run: Arc<Run>,
    /// What it is in the real books.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real: Option<Arc<Leg>>,
    /// What it is in the shadow books, where they differed from the real ones already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<Arc<Leg>>,
    /// Did they?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub books_differ: bool,
    /// The customer's last entry when it went to rest.
    pub since: u64,
}

impl Customer {
    /// Puts a run to rest; None, and nothing changes, where there is none or it is still held.
    pub fn rest(&mut self, run: RunId) -> Option<RestingRun> {
        self.runs.get(&run).filter(|r| r.status != RunStatus::Held)?;
        Some(RestingRun {
            run: self.runs.remove(&run)?,
            real: self.real.legs.remove(&run),
            shadow: self.shadow.as_mut().and_then(|book| book.legs.remove(&run)),
            books_differ: self.shadow.is_some(),
            since: self.seq,
        })
    }

    /// Wakes a run that rested; one that is awake stays as it is.
    pub fn wake(&mut self, id: RunId, resting: RestingRun) {
        if self.runs.contains_key(&id) {
            return;
        }
        let RestingRun { mut run, mut real, mut shadow, books_differ, since } = resting;
        if since < self.counts_since {
            Arc::make_mut(&mut run).assumed = None;
            let legs = real.iter_mut().chain(&mut shadow);
            legs.for_each(|leg| Arc::make_mut(leg).count_no_longer());
        }
        if let Some(book) = &mut self.shadow {
            // Books that became two since were equal until then.
            let there = if books_differ { shadow } else { real.clone() };
            there.into_iter().for_each(|leg| book.legs.insert(id, leg));
        }
        real.into_iter().for_each(|leg| self.real.legs.insert(id, leg));
        self.runs.insert(id, run);
    }

    /// Ended runs in the order they began, those at rest left out.
    pub fn ended_runs(&self) -> impl Iterator<Item = RunId> {
        self.runs.iter().filter(|(_, run)| run.status != RunStatus::Held).map(|(id, _)| *id)
    }
}

impl Leg {
    /// What it comes to from now on counts in no window.
    pub(super) const fn count_no_longer(&mut self) {
        self.started.allowance_from = None;
        self.started.month = None;
        self.started.cap_window = None;
    }
}
