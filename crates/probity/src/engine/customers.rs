//! The customers in memory: the working set, bounded. Whoever was not used for longest leaves it,
//! and comes back from the store when asked about.

use super::kept::Kept;
use crate::environment::Environment;
use crate::store::{CustomerNumber, Store, StoreError};
use lru::LruCache;
use probity_core::Name;
use std::collections::HashMap;

/// The working set.
#[derive(Debug)]
pub(crate) struct Customers {
    kept: LruCache<CustomerNumber, Kept>,
    by_name: HashMap<(Environment, Name), CustomerNumber>,
    weight: usize,
    most: usize,
}

impl Customers {
    /// A working set of about `most` bytes.
    pub(crate) fn new(most: usize) -> Self {
        Self { kept: LruCache::unbounded(), by_name: HashMap::new(), weight: 0, most }
    }

    /// The number of a customer that the store or this set knows.
    pub(crate) fn find(
        &mut self,
        store: &mut dyn Store,
        environment: Environment,
        id: &Name,
    ) -> Result<Option<CustomerNumber>, StoreError> {
        match self.by_name.get(&(environment, id.clone())) {
            Some(number) => Ok(Some(*number)),
            None => store.number_of(environment, id),
        }
    }

    /// Takes somebody in, or back after they changed.
    pub(crate) fn put(&mut self, kept: Kept) {
        self.by_name.insert((kept.environment, kept.id.clone()), kept.number);
        self.weight += kept.weight();
        if let Some(before) = self.kept.put(kept.number, kept) {
            self.weight = self.weight.saturating_sub(before.weight());
        }
    }

    /// Takes somebody out.
    pub(crate) fn take(&mut self, number: CustomerNumber) -> Option<Kept> {
        let kept = self.kept.pop(&number)?;
        self.by_name.remove(&(kept.environment, kept.id.clone()));
        self.weight = self.weight.saturating_sub(kept.weight());
        Some(kept)
    }

    /// Lets whoever was not used for longest go, until the rest fits.
    pub(crate) fn shrink(&mut self) {
        // One who alone is too heavy stays as long as they are asked about.
        while self.weight > self.most && (self.kept.len() > 1 || self.most == 0) {
            let Some((number, _)) = self.kept.peek_lru() else { return };
            let number = *number;
            self.take(number);
        }
    }
}

/// Reads a customer from the store; a snapshot that cannot be used is left aside.
pub(crate) fn recall(store: &mut dyn Store, number: CustomerNumber) -> Result<Kept, StoreError> {
    let recalled = store.recall(number, false)?;
    let from_snapshot = recalled.snapshot.is_some();
    match Kept::fold(number, recalled, &mut |run| store.rested(run)) {
        Err(StoreError::Corrupt(_)) if from_snapshot => {
            Kept::fold(number, store.recall(number, true)?, &mut |_| Ok(None))
        }
        folded => folded,
    }
}
