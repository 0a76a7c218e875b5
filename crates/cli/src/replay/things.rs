//! What is known of customers' things between their runs, packed, in a memory of fixed size.
//!
//! Things that are charged once are remembered longest; things that are only free again for a while
//! have a smaller memory of their own, so that searches cannot push results out.

use super::bounded::Bounded;
use probity_core::state::{Bought, Item};
use probity_core::{Amount, RunId, Time};

/// How many things charged once are remembered, in all.
const OWNED: usize = 1_800_000;
/// How many other things are remembered, in all.
const PASSING: usize = 450_000;
/// No such instant.
const NEVER: i64 = i64::MIN;

/// Things of some customers.
#[derive(Debug)]
pub(crate) struct Things {
    owned: Bounded<Packed>,
    passing: Bounded<Packed>,
}

/// What is known of one thing, without what only an open run needs.
#[derive(Clone, Copy, Debug)]
struct Packed {
    delivered_at: i64,
    answered_at: i64,
    failed_at: i64,
    charged: i64,
    since: i64,
    last: i64,
    redos: u8,
    fails: u8,
    is_delivered: bool,
    in_full: bool,
}

impl Things {
    /// The memory of one of so many workers.
    pub(crate) fn of_one_in(workers: usize) -> Self {
        Self { owned: Bounded::new(OWNED / workers), passing: Bounded::new(PASSING / workers) }
    }

    /// Takes out what is known of a thing.
    pub(crate) fn take(&mut self, key: u64, is_owned: bool) -> Option<(Item, Bought)> {
        let memory = if is_owned { &mut self.owned } else { &mut self.passing };
        memory.take(key).map(|packed| packed.unpack())
    }

    /// Puts it back.
    pub(crate) fn put(&mut self, key: u64, is_owned: bool, item: &Item, bought: Bought) {
        let memory = if is_owned { &mut self.owned } else { &mut self.passing };
        memory.put(key, Packed::of(item, bought));
    }

    /// How many were forgotten to make room, of those that are charged once.
    pub(crate) const fn forgotten(&self) -> u64 {
        self.owned.forgotten()
    }
}

impl Packed {
    fn of(item: &Item, bought: Bought) -> Self {
        let micros = |at: Option<Time>| at.map_or(NEVER, Time::micros);
        Self {
            delivered_at: micros(item.delivered_at),
            answered_at: micros(item.answered_at),
            failed_at: micros(item.failed_at),
            charged: bought.charged.millionths(),
            since: micros(bought.since),
            last: micros(bought.last),
            redos: u8::try_from(item.redos).unwrap_or(u8::MAX),
            fails: u8::try_from(item.fails).unwrap_or(u8::MAX),
            is_delivered: !item.delivered_by.is_empty(),
            in_full: bought.in_full,
        }
    }

    fn unpack(self) -> (Item, Bought) {
        let time = |micros: i64| (micros != NEVER).then(|| Time::from_micros(micros));
        let item = Item {
            // Which run delivered it does not matter to a decision, only that one did.
            delivered_by: Vec::from_iter(self.is_delivered.then_some(RunId::new(0))),
            delivered_at: time(self.delivered_at),
            answered_at: time(self.answered_at),
            answered_by: None,
            found_nothing: false,
            redos: u32::from(self.redos),
            fails: u32::from(self.fails),
            failed_at: time(self.failed_at),
        };
        let charged = Amount::from_millionths(self.charged).unwrap_or(Amount::ZERO);
        let bought = Bought {
            charged,
            since: time(self.since),
            last: time(self.last),
            in_full: self.in_full,
        };
        (item, bought)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_survives_packing() {
        let item = Item {
            delivered_by: vec![RunId::new(0)],
            delivered_at: Some(Time::from_micros(5)),
            answered_at: None,
            answered_by: None,
            found_nothing: false,
            redos: 2,
            fails: 1,
            failed_at: Some(Time::from_micros(-7)),
        };
        let bought = Bought {
            charged: Amount::credits(6),
            since: Some(Time::from_micros(3)),
            last: Some(Time::from_micros(4)),
            in_full: true,
        };
        let mut things = Things::of_one_in(2);
        things.put(9, true, &item, bought);
        things.put(9, false, &Item::default(), Bought::default());
        assert_eq!(things.take(9, true), Some((item, bought)));
        assert_eq!(things.take(9, true), None);
        assert_eq!(things.take(9, false), Some((Item::default(), Bought::default())));
    }
}
