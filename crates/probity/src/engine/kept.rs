//! One customer in memory: the state folded from their journal, and the keys of what they were
//! answered lately.
//!
//! Nothing here is the truth: all of it comes from the store and can be dropped at any time.

use crate::environment::Environment;
use crate::store::{CustomerNumber, KeptAnswer, Recalled, Rested, Snapshot, StoreError, Written};
use probity_core::entry::Entry;
use probity_core::state::{self, Customer, RestingRun};
use probity_core::{Name, RunId, Time, journal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long a key is remembered: 7 days and an hour.
const KEY_LASTS: u64 = (7 * 24 + 1) * 3600;

/// One customer in memory.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) environment: Environment,
    pub(crate) number: CustomerNumber,
    pub(crate) id: Name,
    /// None: nothing of theirs is in the journal yet.
    pub(crate) state: Option<Arc<Customer>>,
    /// The place of their last entry; 0: none.
    pub(crate) entry: u64,
    /// Its hash.
    pub(crate) hash: [u8; 32],
    /// The place of the last answer that was kept; 0: none.
    pub(crate) answer: u64,
    keys: BTreeMap<u64, KnownKey>,
    /// Since the last snapshot: how many entries, and their bytes.
    tail: u32,
    tail_bytes: usize,
    snapshot_bytes: usize,
}

/// A key that was used: where its answer is, and when it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KnownKey {
    answer: u64,
    at: Time,
}

impl Kept {
    /// Somebody new.
    pub(crate) const fn newcomer(
        environment: Environment,
        number: CustomerNumber,
        id: Name,
    ) -> Self {
        Self {
            environment,
            number,
            id,
            state: None,
            entry: 0,
            hash: [0; 32],
            answer: 0,
            keys: BTreeMap::new(),
            tail: 0,
            tail_bytes: 0,
            snapshot_bytes: 0,
        }
    }

    /// Folds what a store recalls.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where it cannot be read or the chain of hashes breaks.
    ///
    /// `rested` finds runs at rest: entries about one need it awake.
    pub(crate) fn fold(
        number: CustomerNumber,
        recalled: Recalled,
        rested: &mut dyn FnMut(RunId) -> Result<Option<Rested>, StoreError>,
    ) -> Result<Self, StoreError> {
        let mut kept = Self::newcomer(recalled.environment, number, recalled.id);
        if let Some(snapshot) = recalled.snapshot {
            kept.begin_with(&snapshot)?;
        }
        let whole = kept.state.is_none();
        for written in &recalled.entries {
            let entry = kept.read(written)?;
            if let (false, Some(run)) = (whole, entry.run) {
                kept.wake(run, rested)?;
            }
            kept.follow(&entry, written);
        }
        for answer in &recalled.answers {
            kept.remember(answer);
        }
        Ok(kept)
    }

    fn begin_with(&mut self, snapshot: &Snapshot) -> Result<(), StoreError> {
        let unreadable = |error: serde_json::Error| StoreError::Corrupt(error.to_string());
        self.state = Some(Arc::new(serde_json::from_str(&snapshot.state).map_err(unreadable)?));
        self.keys = serde_json::from_str(&snapshot.keys).map_err(unreadable)?;
        self.entry = snapshot.entry;
        self.hash = snapshot.hash;
        self.answer = snapshot.answer;
        self.snapshot_bytes = snapshot.state.len() + snapshot.keys.len();
        Ok(())
    }

    /// Reads an entry that follows, by its hash, from the last one.
    fn read(&self, written: &Written) -> Result<Entry, StoreError> {
        if journal::link(self.entry_hash(), &written.body) != written.hash {
            let what = format!("entry {} does not follow from the one before", written.number);
            return Err(StoreError::Corrupt(what));
        }
        serde_json::from_str(&written.body)
            .map_err(|error| StoreError::Corrupt(format!("entry {}: {error}", written.number)))
    }

    /// Brings a run that rests back into the state; one that is awake, or not theirs, is left.
    pub(crate) fn wake(
        &mut self,
        run: RunId,
        rested: &mut dyn FnMut(RunId) -> Result<Option<Rested>, StoreError>,
    ) -> Result<(), StoreError> {
        let Some(state) = &mut self.state else { return Ok(()) };
        if state.runs.contains_key(&run) {
            return Ok(());
        }
        let Some(found) = rested(run)?.filter(|found| found.customer == self.number) else {
            return Ok(());
        };
        let resting = serde_json::from_str(&found.body);
        let resting: RestingRun = resting.map_err(|e| StoreError::Corrupt(e.to_string()))?;
        Arc::make_mut(state).wake(run, resting);
        Ok(())
    }

    /// The hash that the next entry is tied to; None before the first.
    pub(crate) fn entry_hash(&self) -> Option<&[u8; 32]> {
        (self.entry > 0).then_some(&self.hash)
    }

    /// Folds one more entry.
    pub(crate) fn follow(&mut self, entry: &Entry, written: &Written) {
        match &mut self.state {
            Some(state) => state::apply(Arc::make_mut(state), entry),
            None => self.state = state::open(entry).map(Arc::new),
        }
        self.entry = written.number;
        self.hash = written.hash;
        self.tail += 1;
        self.tail_bytes += written.body.len();
    }

    /// Where the answer to a request with this key is.
    pub(crate) fn known(&self, key: &str, now: Time) -> Option<u64> {
        let known = self.keys.get(&digest(key))?;
        (now < known.at.plus_seconds(KEY_LASTS)).then_some(known.answer)
    }

    /// Remembers a key.
    pub(crate) fn remember(&mut self, answer: &KeptAnswer) {
        let known = KnownKey { answer: answer.number, at: answer.at };
        self.keys.insert(digest(&answer.key), known);
        self.answer = answer.number;
    }

    /// Is it time for another snapshot, `after` so many entries? What lies behind the last one is
    /// then twice as large, so that all snapshots together are about half the journal.
    pub(crate) const fn is_snapshot_due(&self, after: u32) -> bool {
        self.tail >= after && (self.tail_bytes >= 2 * self.snapshot_bytes || after <= 1)
    }

    /// The state as of now, to be kept; old keys are forgotten.
    pub(crate) fn snapshot(&mut self, now: Time) -> Option<Snapshot> {
        let state = self.state.as_ref()?;
        self.keys.retain(|_, known| now < known.at.plus_seconds(KEY_LASTS));
        let state = serde_json::to_string(state).ok()?;
        let keys = serde_json::to_string(&self.keys).ok()?;
        self.tail = 0;
        self.tail_bytes = 0;
        self.snapshot_bytes = state.len() + keys.len();
        let (customer, entry, hash, answer) = (self.number, self.entry, self.hash, self.answer);
        Some(Snapshot { customer, entry, hash, answer, state, keys })
    }

    /// Puts ended runs to rest, but for the newest `awake`.
    pub(crate) fn rest(&mut self, awake: usize) -> Vec<Rested> {
        let Some(state) = &mut self.state else { return Vec::new() };
        let ended: Vec<_> = state.ended_runs().collect();
        let many = ended.len().saturating_sub(awake);
        let state = Arc::make_mut(state);
        let tired = ended.into_iter().take(many);
        let rested = tired.filter_map(|run| {
            let body = serde_json::to_string(&state.rest(run)?).ok()?;
            Some(Rested { run, customer: self.number, body })
        });
        rested.collect()
    }

    /// About how many bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        let Some(state) = &self.state else { return 512 };
        let things = state.items.len() + state.real.bought.len();
        2048 + state.runs.len() * 1536 + things * 256 + self.keys.len() * 48
    }
}

/// A key's digest: the first eight bytes of its SHA-256.
fn digest(key: &str) -> u64 {
    use sha2::{Digest as _, Sha256};
    let digest: [u8; 32] = Sha256::digest(key.as_bytes()).into();
    digest.iter().take(8).fold(0, |n, byte| (n << 8) | u64::from(*byte))
}
