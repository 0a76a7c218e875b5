//! One customer in memory: the state folded from their journal, and the keys of what they were
//! answered lately.
//!
//! Nothing here is the truth: all of it comes from the store and can be dropped at any time.

use super::draft::Link;
use super::known::{self, KnownKeys};
use super::snapshots::ToKeep;
use crate::environment::Environment;
use crate::packed;
use crate::store::{CustomerNumber, KeptAnswer, Recalled, Rested, Snapshot, StoreError, Written};
use probity_core::entry::Entry;
use probity_core::state::{self, Customer, RestingRun};
use probity_core::view::Nearness;
use probity_core::{Name, RunId, Time, journal};
use std::sync::Arc;

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
    /// Its hash; None: there is none.
    pub(crate) link: Option<Link>,
    /// The place of the last answer that was kept; 0: none.
    pub(crate) answer: u64,
    pub(crate) keys: KnownKeys,
    /// The last turn that wrote anything of them; 0: all of it is on disk.
    pub(crate) written_in: u64,
    /// Was it used since the last time somebody had to leave memory?
    pub(crate) used: bool,
    /// What it was last found to weigh.
    pub(crate) weighed: usize,
    /// How near the limits they were when that was last looked at; None: not yet.
    pub(crate) near: Option<Nearness>,
    /// When time alone next brings something to tell; None: not worked out.
    pub(crate) ahead_at: Option<Time>,
    /// Entries since the last snapshot.
    tail: usize,
    snapshot_bytes: usize,
    /// A snapshot is on its way.
    is_being_kept: bool,
}

/// From so many entries since the last snapshot on, whoever leaves memory is kept: reading as many back
/// takes longer than reading a snapshot.
const NEW: usize = 4;

/// About how many bytes an entry takes.
const ENTRY_BYTES: usize = 700;

impl Kept {
    /// Somebody new.
    pub(crate) fn newcomer(environment: Environment, number: CustomerNumber, id: Name) -> Self {
        Self {
            environment,
            number,
            id,
            state: None,
            entry: 0,
            link: None,
            answer: 0,
            keys: KnownKeys::default(),
            written_in: 0,
            used: true,
            weighed: 0,
            near: None,
            ahead_at: None,
            tail: 0,
            snapshot_bytes: 0,
            is_being_kept: false,
        }
    }

    /// Folds what a store recalls. `rested` finds runs at rest: entries about one need it awake.
    /// None: a run rests with a later snapshot, which landed meanwhile; then it is to be recalled
    /// anew.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where it cannot be read or the chain of hashes breaks.
    pub(crate) fn fold(
        number: CustomerNumber,
        recalled: Recalled,
        rested: &mut dyn FnMut(RunId) -> Result<Option<Rested>, StoreError>,
    ) -> Result<Option<Self>, StoreError> {
        let mut kept = Self::newcomer(recalled.environment, number, recalled.id);
        if let Some(snapshot) = recalled.snapshot {
            kept.begin_with(&snapshot)?;
        }
        let whole = kept.state.is_none();
        for written in &recalled.entries {
            let entry = kept.read(written)?;
            if let (false, Some(run)) = (whole, entry.run)
                && !kept.wake_for(run, entry.seq, rested)?
            {
                return Ok(None);
            }
            kept.follow(&entry, written.number, Link::known(written.hash));
        }
        for answer in &recalled.answers {
            kept.remember(answer, 0);
        }
        Ok(Some(kept))
    }

    /// Brings a run that rests back for the entry `seq`; false where it has that entry already.
    fn wake_for(
        &mut self,
        run: RunId,
        seq: u64,
        rested: &mut dyn FnMut(RunId) -> Result<Option<Rested>, StoreError>,
    ) -> Result<bool, StoreError> {
        let Some(state) = &mut self.state else { return Ok(true) };
        match at_rest(self.number, state, run, rested)? {
            Some(resting) if resting.since >= seq => Ok(false),
            Some(resting) => {
                Arc::make_mut(state).wake(run, resting);
                Ok(true)
            }
            None => Ok(true),
        }
    }

    fn begin_with(&mut self, snapshot: &Snapshot) -> Result<(), StoreError> {
        self.state = Some(Arc::new(packed::unpack(&snapshot.state)?));
        self.keys = KnownKeys::of_bytes(&snapshot.keys);
        self.entry = snapshot.entry;
        self.link = Some(Link::known(snapshot.hash));
        self.answer = snapshot.answer;
        self.snapshot_bytes = snapshot.state.len() + snapshot.keys.len();
        Ok(())
    }

    /// Reads an entry that follows, by its hash, from the last one.
    fn read(&self, written: &Written) -> Result<Entry, StoreError> {
        let after = self.link.as_ref().and_then(Link::hash);
        if journal::link(after, &written.body) != written.hash {
            let what = format!("entry {} does not follow from the one before", written.number);
            return Err(StoreError::Corrupt(what));
        }
        serde_json::from_str(&written.body)
            .map_err(|error| StoreError::Corrupt(format!("entry {}: {error}", written.number)))
    }

    /// Brings a run that rests back into the state.
    pub(crate) fn wake(
        &mut self,
        run: RunId,
        rested: &mut dyn FnMut(RunId) -> Result<Option<Rested>, StoreError>,
    ) -> Result<(), StoreError> {
        match &mut self.state {
            Some(state) => wake(self.number, state, run, rested),
            None => Ok(()),
        }
    }

    /// Folds one more entry, which stands at `number`.
    pub(crate) fn follow(&mut self, entry: &Entry, number: u64, link: Link) {
        match &mut self.state {
            Some(state) => state::apply(Arc::make_mut(state), entry),
            None => self.state = state::open(entry).map(Arc::new),
        }
        self.entry = number;
        self.link = Some(link);
        self.tail += 1;
    }

    /// Remembers a key.
    pub(crate) fn remember(&mut self, answer: &KeptAnswer, first_answer: u64) {
        self.keys.remember(&answer.key, answer.number, first_answer);
        self.answer = answer.number;
    }

    /// The state as of now on its way to be kept, where it is time for that: what lies behind the
    /// last snapshot is then twice as large, so that all snapshots together are about half the
    /// journal.
    pub(crate) fn keep_aside(&mut self, after: u32) -> Option<ToKeep> {
        let is_long = self.tail >= usize::try_from(after).unwrap_or(usize::MAX);
        let is_time = after <= 1 || self.tail * ENTRY_BYTES >= 2 * self.snapshot_bytes;
        if !is_long || !is_time || self.is_being_kept {
            return None;
        }
        self.is_being_kept = true;
        self.to_keep()
    }

    /// The state of whoever leaves memory, where much that is new would have to be read back: then they
    /// come back quickly. Whoever was only read leaves as they came.
    pub(crate) fn leaving(&self) -> Option<ToKeep> {
        let is_new = self.written_in > 0 && self.tail >= NEW && !self.is_being_kept;
        if is_new { self.to_keep() } else { None }
    }

    fn to_keep(&self) -> Option<ToKeep> {
        Some(ToKeep {
            customer: self.number,
            state: Arc::clone(self.state.as_ref()?),
            keys: self.keys.clone(),
            entry: self.entry,
            link: self.link.clone()?,
            answer: self.answer,
        })
    }

    /// A snapshot was made, or could not be.
    pub(crate) fn was_kept(&mut self, snapshot: Option<(u64, usize)>) {
        self.is_being_kept = false;
        let (Some((seq, bytes)), Some(state)) = (snapshot, &self.state) else { return };
        self.tail = usize::try_from(state.seq.saturating_sub(seq)).unwrap_or(usize::MAX);
        self.snapshot_bytes = bytes;
    }

    /// Runs that went to rest on disk leave the state, but for those that changed since.
    pub(crate) fn let_rest(&mut self, runs: &[(RunId, u64)]) {
        let Some(state) = &mut self.state else { return };
        for (run, seq) in runs {
            if state.runs.get(run).is_some_and(|awake| awake.seq == *seq) {
                Arc::make_mut(state).rest(*run);
            }
        }
    }

    /// About how many bytes it takes.
    pub(crate) fn weight(&self) -> usize {
        let Some(state) = &self.state else { return 512 };
        let things = state.items.len() + state.real.bought.len();
        2048 + state.runs.len() * 1536 + things * 256 + self.keys.len() * known::WIDTH
    }
}

/// Brings a run that rests back into its customer's state; one that is awake, or not theirs, is left.
pub(crate) fn wake(
    number: CustomerNumber,
    state: &mut Arc<Customer>,
    run: RunId,
    rested: &mut dyn FnMut(RunId) -> Result<Option<Rested>, StoreError>,
) -> Result<(), StoreError> {
    if let Some(resting) = at_rest(number, state, run, rested)? {
        Arc::make_mut(state).wake(run, resting);
    }
    Ok(())
}

/// A run of theirs that is not awake.
fn at_rest(
    number: CustomerNumber,
    state: &Customer,
    run: RunId,
    rested: &mut dyn FnMut(RunId) -> Result<Option<Rested>, StoreError>,
) -> Result<Option<RestingRun>, StoreError> {
    if state.runs.contains_key(&run) {
        return Ok(None);
    }
    let Some(found) = rested(run)?.filter(|found| found.customer == number) else {
        return Ok(None);
    };
    packed::unpack(&found.body).map(Some)
}
