//! The last requests of one customer, to tell what was sent twice.

use super::row::Row;
use std::num::NonZeroU64;

/// How many requests are remembered.
const REMEMBERED: usize = 12;
/// Within how many microseconds the same thing again is a double click.
const DOUBLE_CLICK: i64 = 10_000_000;

/// A request that was seen: small, because every row looks through them.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// The mark of its id; 0: none.
    id: u64,
    /// The mark of action and thing; 0: none, or nothing was given.
    answered: u64,
    /// When, in microseconds.
    at: i64,
}

/// The last requests.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    ring: [Seen; REMEMBERED],
    next: usize,
}

/// Why a row is one that was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twice {
    /// The same request id: one request, sent again.
    SameRequest,
    /// The same thing within seconds of an answer: a double click.
    DoubleClick,
}

impl Recent {
    /// Was it there before? It is remembered.
    pub(crate) fn see(&mut self, row: &Row) -> Option<Twice> {
        let id = row.id.map_or(0, NonZeroU64::get);
        let thing = row.artifact.map_or(0, |mark| {
            mark.get()
                ^ u64::from(row.action.map_or(0, |n| n + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let at = row.at.micros();
        let twice = self.ring.iter().find_map(|seen| {
            if id != 0 && seen.id == id {
                return Some(Twice::SameRequest);
            }
            let is_near = at.saturating_sub(seen.at).abs() <= DOUBLE_CLICK;
            (thing != 0 && seen.answered == thing && is_near).then_some(Twice::DoubleClick)
        });
        if let Some(oldest) = self.ring.get_mut(self.next) {
            *oldest = Seen { id, answered: if has_answer(row) { thing } else { 0 }, at };
        }
        self.next = (self.next + 1) % REMEMBERED;
        twice
    }
}

/// Did it end with something to give? After a failure the same again is a retry, no double click.
const fn has_answer(row: &Row) -> bool {
    use probity_core::Outcome::{Abandoned, Delivered, Empty, Partial, Reopened};
    matches!(row.outcome, Delivered | Partial | Empty | Abandoned | Reopened)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::row::tests::row;
    use probity_core::{Outcome, Time};

    fn request(id: u64, artifact: u64, seconds: i64) -> Row {
        let at = Time::from_micros(seconds * 1_000_000);
        Row {
            id: NonZeroU64::new(id),
            artifact: NonZeroU64::new(artifact),
            action: Some(0),
            at,
            ..row()
        }
    }

    #[test]
    fn the_same_request_and_the_double_click() {
        let mut recent = Recent::default();
        assert_eq!(recent.see(&request(1, 7, 100)), None);
        assert_eq!(recent.see(&request(1, 7, 500)), Some(Twice::SameRequest));
        assert_eq!(recent.see(&request(2, 7, 505)), Some(Twice::DoubleClick));
        assert_eq!(recent.see(&request(3, 7, 600)), None);
        assert_eq!(recent.see(&request(4, 8, 601)), None);
        assert_eq!(recent.see(&request(0, 0, 602)), None);
        assert_eq!(recent.see(&request(0, 0, 602)), None);
    }

    #[test]
    fn a_retry_is_no_double_click() {
        let mut recent = Recent::default();
        recent.see(&Row { outcome: Outcome::Failed, ..request(1, 7, 100) });
        assert_eq!(recent.see(&request(2, 7, 103)), None);
        assert_eq!(recent.see(&request(3, 7, 106)), Some(Twice::DoubleClick));
    }

    #[test]
    fn it_remembers_a_bounded_number() {
        let mut recent = Recent::default();
        (1..=200).for_each(|id| assert_eq!(recent.see(&request(id, id, 0)), None));
        assert_eq!(recent.see(&request(200, 1, 0)), Some(Twice::SameRequest));
        assert_eq!(recent.see(&request(1, 1, 0)), Some(Twice::DoubleClick));
    }
}
