//! The ids that the engine gives commands: a UUID of version 7 (RFC 9562) with a place in it.
//!
//! A command that starts a run is written at a place of the journal, and the run's id carries it: so
//! whose run it is, is found without an index.
//!
//! ```text
//! 48 bits milliseconds | 0111 | 12 bits: microseconds | 10 | 46 bits: place | 16 bits: what it makes
//! ```

use probity_core::id::EventId;
use probity_core::{CommandId, RunId, Time};

const PLACE: u128 = (1 << 46) - 1;

/// The id of a command whose entry will stand at `place`.
#[must_use]
pub(crate) fn command(now: Time, place: u64) -> CommandId {
    let micros = now.micros().max(0).unsigned_abs();
    let time = u128::from(micros / 1000) << 80;
    let finer = u128::from(micros % 1000) << 64;
    let place = (u128::from(place) & PLACE) << 16;
    CommandId::new(time | (0b0111 << 76) | finer | (0b10 << 62) | place)
}

/// The id of the event at a place among all events.
#[must_use]
pub(crate) fn event(at: Time, place: u64) -> EventId {
    command(at, place).event()
}

/// The place of an event among all events; of an id that is not ours, any number.
#[must_use]
pub(crate) const fn place_of(event: EventId) -> u64 {
    ((event.bits() >> 16) & PLACE) as u64
}

/// The place of the entry that started a run; of an id that is not ours, any number.
#[must_use]
pub(crate) const fn entry_of(run: RunId) -> u64 {
    ((run.bits() >> 16) & PLACE) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_leads_to_the_entry_that_started_it() {
        let now = Time::parse("2026-11-26T10:00:00.123456Z").unwrap();
        for place in [1, 77, (1 << 46) - 1] {
            assert_eq!(entry_of(command(now, place).run()), place);
        }
    }

    #[test]
    fn an_event_leads_to_its_place() {
        let now = Time::parse("2026-11-26T10:00:00.123456Z").unwrap();
        assert_eq!(place_of(event(now, 4711)), 4711);
    }

    #[test]
    fn ids_are_of_version_7_and_in_order_of_time_and_place() {
        let now = Time::parse("2026-11-26T10:00:00.123456Z").unwrap();
        let id = |micros: i64, place| command(now.plus_micros(micros), place).run();
        let text = id(0, 1).to_string();
        assert_eq!(&text[4 + 12..4 + 13], "7");
        assert!("89ab".contains(&text[4 + 16..4 + 17]));
        assert!(id(0, 1) < id(0, 2) && id(0, 2) < id(1, 1) && id(999, 1) < id(1000, 1));
    }
}
