//! The customers in memory: the working set, bounded. Whoever was not used for long leaves it, and
//! comes back from the store when asked about.
//!
//! Each has a place by their number. Who leaves is found by going round: whoever was used since the
//! last time stays for another round.

use super::kept::Kept;
use crate::environment::Environment;
use crate::store::{CustomerNumber, Reader, StoreError};
use probity_core::Name;
use std::collections::HashMap;

/// The working set.
#[derive(Debug, Default)]
pub(crate) struct Customers {
    /// By number, from 1.
    places: Vec<Option<Box<Kept>>>,
    live: HashMap<Name, CustomerNumber>,
    sandbox: HashMap<Name, CustomerNumber>,
    /// How many there are, and what they weigh.
    many: usize,
    weight: usize,
    most: usize,
    /// Where going round goes on.
    next: usize,
}

impl Customers {
    /// A working set of about `most` bytes.
    pub(crate) fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    const fn names(&mut self, environment: Environment) -> &mut HashMap<Name, CustomerNumber> {
        match environment {
            Environment::Live => &mut self.live,
            Environment::Sandbox => &mut self.sandbox,
        }
    }

    /// The number of a customer that the store or this set knows.
    pub(crate) fn find(
        &mut self,
        store: &mut dyn Reader,
        environment: Environment,
        id: &Name,
    ) -> Result<Option<CustomerNumber>, StoreError> {
        match self.names(environment).get(id) {
            Some(number) => Ok(Some(*number)),
            None => store.number_of(environment, id),
        }
    }

    /// Takes somebody in, or back after they changed.
    pub(crate) fn put(&mut self, mut kept: Box<Kept>) {
        let weighed = kept.weight();
        if kept.weighed == 0 {
            self.names(kept.environment).insert(kept.id.clone(), kept.number);
        }
        kept.weighed = weighed;
        kept.used = true;
        self.weight += weighed;
        self.many += 1;
        let place = place(kept.number);
        if self.places.len() <= place {
            self.places.resize_with(place + 1, || None);
        }
        self.places[place] = Some(kept);
    }

    /// Takes somebody out, to be put back.
    pub(crate) fn take(&mut self, number: CustomerNumber) -> Option<Box<Kept>> {
        let kept = self.places.get_mut(place(number))?.take()?;
        self.weight = self.weight.saturating_sub(kept.weighed);
        self.many -= 1;
        Some(kept)
    }

    /// Somebody who is in memory, to be looked at or noted.
    pub(crate) fn get_mut(&mut self, number: CustomerNumber) -> Option<&mut Kept> {
        self.places.get_mut(place(number))?.as_deref_mut()
    }

    /// Somebody leaves.
    pub(crate) fn forget(&mut self, number: CustomerNumber) {
        if let Some(kept) = self.take(number) {
            self.names(kept.environment).remove(&kept.id);
        }
    }

    /// Lets those go who were not used for long, until the rest fits. Of whoever was written later
    /// than in the turn `landed` not everything is on disk: they stay.
    pub(crate) fn shrink(&mut self, landed: u64) {
        // One who alone is too heavy stays as long as they are asked about.
        let fewest = usize::from(self.most > 0);
        let mut looks = LOOKS.min(2 * self.places.len());
        while self.weight > self.most && self.many > fewest && looks > 0 {
            looks -= 1;
            self.next = if self.next + 1 < self.places.len() { self.next + 1 } else { 0 };
            let Some(kept) = self.places.get_mut(self.next).and_then(Option::as_mut) else {
                continue;
            };
            if kept.written_in > landed || std::mem::take(&mut kept.used) {
                continue;
            }
            let number = kept.number;
            self.forget(number);
        }
    }
}

/// So many are looked at each time; more come in no faster.
const LOOKS: usize = 8192;

/// Where somebody stands.
fn place(number: CustomerNumber) -> usize {
    usize::try_from(number.0).unwrap_or(0)
}

/// Reads a customer from the store; a snapshot that cannot be used is left aside.
pub(crate) fn recall(
    store: &mut dyn Reader,
    number: CustomerNumber,
) -> Result<Box<Kept>, StoreError> {
    let recalled = store.recall(number, false)?;
    let from_snapshot = recalled.snapshot.is_some();
    let kept = match Kept::fold(number, recalled, &mut |run| store.rested(run)) {
        Err(StoreError::Corrupt(_)) if from_snapshot => {
            Kept::fold(number, store.recall(number, true)?, &mut |_| Ok(None))
        }
        folded => folded,
    };
    kept.map(Box::new)
}
