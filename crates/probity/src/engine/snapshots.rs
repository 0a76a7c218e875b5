//! Snapshots are made beside the writer, on a thread of their own: writing a state down takes as
//! long as the customer's history is rich, and nobody waits for it.

use super::draft::Link;
use super::known::KnownKeys;
use crate::packed;
use crate::store::{CustomerNumber, Rested, Snapshot};
use probity_core::RunId;
use probity_core::state::Customer;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use tokio::sync::mpsc::UnboundedSender;

/// A customer's state as of an entry that is on disk.
#[derive(Debug)]
pub(crate) struct ToKeep {
    pub(crate) customer: CustomerNumber,
    pub(crate) state: Arc<Customer>,
    pub(crate) keys: KnownKeys,
    pub(crate) entry: u64,
    pub(crate) link: Link,
    pub(crate) answer: u64,
}

/// A snapshot, with the runs that go to rest together with it.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) snapshot: Snapshot,
    /// The customer's last entry that it has folded.
    pub(crate) seq: u64,
    pub(crate) rested: Vec<Rested>,
    /// Those runs, with the entry that last changed each.
    pub(crate) resting: Vec<(RunId, u64)>,
}

/// The most bytes of a state, and of its keys.
const LARGEST: usize = 256 << 20;

/// What came of it; without a snapshot where none could be made.
pub(crate) type Made = (CustomerNumber, Option<Kept>);

impl ToKeep {
    /// Once more than twice `awake` runs have ended, all of those but the newest `awake` go to rest: many
    /// at once, as each time takes a write of its own.
    fn keep(self, awake: usize, first_answer: u64) -> Option<Kept> {
        let mut state = self.state;
        let seq = state.seq;
        let ended: Vec<RunId> = state.ended_runs().collect();
        let many = if ended.len() > 2 * awake { ended.len() - awake } else { 0 };
        let (mut rested, mut resting) = (Vec::new(), Vec::new());
        for run in ended.into_iter().take(many) {
            let found = Arc::make_mut(&mut state).rest(run)?;
            resting.push((run, found.run.seq));
            let body = packed::pack(&found)?;
            rested.push(Rested { run, customer: self.customer, body });
        }
        let keys = self.keys.to_bytes(first_answer);
        let packed = packed::pack(&*state)?;
        // More than a row can hold: then they are folded from the snapshot before.
        if keys.len().max(packed.len()) > LARGEST {
            return None;
        }
        let snapshot = Snapshot {
            customer: self.customer,
            entry: self.entry,
            hash: *self.link.hash()?,
            answer: self.answer,
            state: packed,
            keys,
        };
        Some(Kept { snapshot, seq, rested, resting })
    }
}

/// Works until there is nothing more to keep.
pub(crate) fn keep_all(
    to_keep: &Receiver<(ToKeep, u64)>,
    awake: usize,
    kept: &UnboundedSender<Made>,
) {
    while let Ok((state, first_answer)) = to_keep.recv() {
        let customer = state.customer;
        if kept.send((customer, state.keep(awake, first_answer))).is_err() {
            return;
        }
    }
}
