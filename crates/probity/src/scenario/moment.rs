//! When something happens: dates and clock times as people write them, in the contract's zone.

use jiff::civil::{DateTime, Time as Clock};
use jiff::tz::TimeZone;
use probity_core::{Time, Zone};

/// A date, perhaps with a clock time; in the contract's zone, or in UTC with a `Z` at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    civil: DateTime,
    utc: bool,
}

impl Moment {
    /// Reads `2026-11-23`, `2026-11-23 10:00`, `2026-11-23 10:00:30`, `2026-03-29 01:30Z`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (text, utc) = match text.strip_suffix('Z') {
            Some(text) => (text, true),
            None => (text, false),
        };
        let (date, clock) = text.split_once(' ').unwrap_or((text, "00:00"));
        let date = date.parse().ok()?;
        let clock: Clock = clock.parse().ok().filter(|_| clock.contains(':'))?;
        Some(Self { civil: DateTime::from_parts(date, clock), utc })
    }

    /// The instant it names. Times that a clock shows twice are the first of the two.
    #[must_use]
    pub fn at(self, zone: &Zone) -> Time {
        let zone = if self.utc { TimeZone::UTC } else { zone_of(zone) };
        let instant = self.civil.to_zoned(zone).map(|z| z.timestamp().as_microsecond());
        instant.map_or(Time::MAX, Time::from_micros)
    }
}

/// An instant as a person would write it in a story: `2026-12-23`, `2026-11-23 10:00`.
#[must_use]
pub fn written(at: Time, zone: &Zone) -> String {
    let instant = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
    let civil = instant.to_zoned(zone_of(zone)).datetime();
    let clock = civil.time();
    if clock == Clock::midnight() {
        return civil.date().to_string();
    }
    if clock.second() == 0 && clock.subsec_nanosecond() == 0 {
        return format!("{} {:02}:{:02}", civil.date(), clock.hour(), clock.minute());
    }
    format!("{} {clock}", civil.date())
}

fn zone_of(zone: &Zone) -> TimeZone {
    TimeZone::get(zone.name()).unwrap_or(TimeZone::UTC)
}
