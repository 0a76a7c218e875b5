//! When a delivery is tried again, and when no more. It knows no clock and no chance: both are handed in.

use probity::store::{Delivery, DeliveryState, Told};
use probity_core::Time;
use std::time::Duration;

const SECOND: u64 = 1;
const MINUTE: u64 = 60;
const HOUR: u64 = 3600;

/// How long after each try that failed comes the next: ten tries over about three days, as Standard
/// Webhooks suggests.
const AFTER: [u64; 9] = [
    5 * SECOND,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
];

/// The longest that an endpoint may ask us to wait.
const LONGEST_WAIT: u64 = 24 * HOUR;

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The status of the answer; None: none came.
    pub(crate) status: Option<u16>,
    /// After so long it wants to be asked again.
    pub(crate) retry_after: Option<Duration>,
    /// The same in words, for people.
    pub(crate) words: String,
}

impl Said {
    /// Nothing was answered.
    pub(crate) const fn nothing(words: String) -> Self {
        Self { status: None, retry_after: None, words }
    }

    /// Did it arrive?
    pub(crate) const fn is_delivered(&self) -> bool {
        matches!(self.status, Some(200..=299))
    }

    /// Whoever listened there does not any more.
    pub(crate) const fn is_gone(&self) -> bool {
        matches!(self.status, Some(410))
    }
}

/// How long after so many tries the next one comes; None: there is none. `chance`, of all its values
/// alike, makes it up to a fifth longer, so that not all come at once.
pub(crate) fn wait(tries: u32, retry_after: Option<Duration>, chance: u32) -> Option<Duration> {
    let place = usize::try_from(tries.checked_sub(1)?).ok()?;
    let seconds = *AFTER.get(place)?;
    let usual = Duration::from_millis(seconds * 1000 + seconds * u64::from(chance % 1000) / 5);
    let asked = retry_after.map(|wait| wait.min(Duration::from_secs(LONGEST_WAIT)));
    Some(asked.map_or(usual, |asked| asked.max(usual)))
}

/// A delivery after a try.
pub(crate) fn tried(delivery: &Delivery, said: &Said, now: Time, chance: u32) -> Delivery {
    let attempts = delivery.attempts.saturating_add(1);
    let next = match said.is_gone() {
        true => None,
        false => wait(attempts, said.retry_after, chance),
    };
    let (state, due_at) = match next {
        _ if said.is_delivered() => (DeliveryState::Delivered, now),
        None => (DeliveryState::Dead, now),
        Some(wait) => {
            let micros = i64::try_from(wait.as_micros()).unwrap_or(i64::MAX);
            (DeliveryState::Waiting, now.plus_micros(micros))
        }
    };
    Delivery {
        state,
        attempts,
        due_at,
        said: Some(said.words.clone()),
        changed_at: now,
        ..delivery.clone()
    }
}

/// The delivery of an event, to be tried from now on as if it never was.
pub(crate) fn anew(told: &Told, endpoint: &probity_core::Name, now: Time) -> Delivery {
    Delivery {
        event: told.number,
        endpoint: endpoint.clone(),
        state: DeliveryState::Waiting,
        attempts: 0,
        due_at: now,
        said: None,
        changed_at: now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::Name;

    fn said(status: u16) -> Said {
        Said { status: Some(status), retry_after: None, words: status.to_string() }
    }

    #[test]
    fn ten_tries_go_over_three_days_and_then_it_is_dead() {
        let mut now = Time::from_micros(0);
        let mut delivery = Delivery {
            event: 1,
            endpoint: Name::new("we_1"),
            state: DeliveryState::Waiting,
            attempts: 0,
            due_at: now,
            said: None,
            changed_at: now,
        };
        while delivery.state == DeliveryState::Waiting {
            now = delivery.due_at;
            delivery = tried(&delivery, &said(500), now, 0);
        }
        assert_eq!((delivery.attempts, delivery.state), (10, DeliveryState::Dead));
        let hours = now.micros() / 3_600_000_000;
        assert!((72..80).contains(&hours), "{hours}");
        assert_eq!(delivery.said.as_deref(), Some("500"));
    }

    #[test]
    fn chance_only_makes_it_longer_by_a_fifth_at_most() {
        for tries in 1..=9 {
            let least = wait(tries, None, 0).unwrap();
            for chance in [1, 500, 999, u32::MAX] {
                let one = wait(tries, None, chance).unwrap();
                assert!(one >= least && one <= least + least / 5, "{tries} {chance}");
            }
        }
        assert_eq!((wait(0, None, 0), wait(10, None, 0)), (None, None));
    }

    #[test]
    fn who_asks_for_patience_gets_it_within_bounds() {
        let minutes = |n: u64| Some(Duration::from_secs(n * 60));
        assert_eq!(wait(1, minutes(3), 0), minutes(3));
        assert_eq!(wait(3, minutes(3), 0), minutes(30), "not sooner than usual");
        assert_eq!(wait(1, minutes(60 * 24 * 365), 0), minutes(60 * 24));
        assert_eq!(wait(10, minutes(3), 0), None, "not oftener than usual");
    }

    #[test]
    fn what_arrived_is_delivered_and_who_is_gone_is_asked_no_more() {
        let now = Time::from_micros(7);
        let waiting = Delivery {
            event: 1,
            endpoint: Name::new("we_1"),
            state: DeliveryState::Waiting,
            attempts: 4,
            due_at: now,
            said: None,
            changed_at: now,
        };
        for (status, state) in [
            (200, DeliveryState::Delivered),
            (204, DeliveryState::Delivered),
            (301, DeliveryState::Waiting),
            (400, DeliveryState::Waiting),
            (410, DeliveryState::Dead),
            (503, DeliveryState::Waiting),
        ] {
            let after = tried(&waiting, &said(status), now, 0);
            assert_eq!((after.state, after.attempts), (state, 5), "{status}");
        }
    }
}
