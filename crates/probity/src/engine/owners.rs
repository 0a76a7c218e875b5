//! Whose the latest entries are: settles name a run, and its id says where it began.

use crate::store::CustomerNumber;
use std::collections::VecDeque;

/// The latest entries, by their place.
#[derive(Debug, Default)]
pub(crate) struct Owners {
    /// The place of the first.
    from: u64,
    owners: VecDeque<CustomerNumber>,
}

/// So many are remembered: most runs end before as many others began. Four bytes each.
const MANY: usize = 1 << 18;

impl Owners {
    /// An entry was decided; those from its place on are forgotten.
    pub(crate) fn note(&mut self, place: u64, owner: CustomerNumber) {
        self.forget_from(place);
        if self.owners.is_empty() {
            self.from = place;
        }
        if self.owners.len() == MANY {
            self.owners.pop_front();
            self.from += 1;
        }
        self.owners.push_back(owner);
    }

    /// Entries from a place on are not there after all.
    pub(crate) fn forget_from(&mut self, place: u64) {
        let left = usize::try_from(place.saturating_sub(self.from)).unwrap_or(usize::MAX);
        self.owners.truncate(left);
    }

    /// Whose entry stands at a place, if it is one of the latest.
    pub(crate) fn of(&self, place: u64) -> Option<CustomerNumber> {
        let i = usize::try_from(place.checked_sub(self.from)?).ok()?;
        self.owners.get(i).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_known_and_what_was_taken_back_is_not() {
        let mut owners = Owners::default();
        let many = MANY as u64;
        (7..many + 10).for_each(|n| owners.note(n, CustomerNumber(u32::try_from(n).unwrap())));
        assert_eq!((owners.of(9), owners.of(10)), (None, Some(CustomerNumber(10))));
        let last = u32::try_from(many + 9).unwrap();
        assert_eq!((owners.of(many + 9), owners.of(many + 10)), (Some(CustomerNumber(last)), None));
        owners.forget_from(20);
        assert_eq!((owners.of(19).map(|n| n.0), owners.of(20)), (Some(19), None));
        owners.note(15, CustomerNumber(1));
        assert_eq!((owners.of(15).map(|n| n.0), owners.of(16)), (Some(1), None));
        owners.forget_from(3);
        owners.note(5, CustomerNumber(2));
        assert_eq!((owners.of(5).map(|n| n.0), owners.of(6)), (Some(2), None));
    }
}
