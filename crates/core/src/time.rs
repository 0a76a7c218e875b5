//! Instants, lengths of time and calendars.
//!
//! The core never reads the time: every instant comes in as an argument. Calendar arithmetic is
//! jiff's, in the contract's zone; this module only fixes the rules: a day is the calendar day,
//! months are added to an anchor (31 Jan, 28 Feb, 31 Mar), windows are half-open.

use crate::serial::{Word, serde_of_a_word};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt;

/// An instant, in microseconds since 1970-01-01T00:00:00Z. Its text is RFC 3339 in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;
/// Microseconds in a day of UTC.
const DAY: i64 = 86_400 * SECOND;

impl Time {
    /// The first instant that can be told: −9999-01-02.
    pub const MIN: Self = Self(-377_705_023_201 * SECOND);
    /// The last instant that can be told: the year 9999. Also used for "for ever" in comparisons.
    pub const MAX: Self = Self(253_402_207_200 * SECOND);

    /// An instant by its microseconds since 1970, cut to [`Time::MIN`] ..= [`Time::MAX`].
    #[must_use]
    pub fn from_micros(n: i64) -> Self {
        Self(n).clamp(Self::MIN, Self::MAX)
    }

    /// Microseconds since 1970.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 (`2026-11-23T10:00:00Z`, offsets allowed). Finer than microseconds is cut.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let t: jiff::Timestamp = text.parse().ok()?;
        Some(Self::from_micros(t.as_microsecond()))
    }

    /// This much later, exactly; cut to the last instant.
    #[must_use]
    pub fn plus_seconds(self, seconds: u64) -> Self {
        let micros = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(SECOND);
        Self::from_micros(self.0.saturating_add(micros))
    }

    /// This many microseconds later (or earlier); cut to the range.
    #[must_use]
    pub fn plus_micros(self, micros: i64) -> Self {
        Self::from_micros(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to this; negative if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    fn jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.jiff())
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Word for Time {
    const WHAT: &'static str = "an RFC 3339 time";

    fn of_text(text: &str) -> Option<Self> {
        Self::parse(text)
    }

    fn number(&self) -> Option<i64> {
        Some(self.0)
    }

    fn of_number(n: i64) -> Option<Self> {
        Some(Self::from_micros(n))
    }
}

serde_of_a_word!(Time);

/// The units lengths are written in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TimeUnit {
    /// An exact second.
    Second,
    /// 60 exact seconds.
    Minute,
    /// 3,600 exact seconds.
    Hour,
    /// A calendar day in the contract's zone.
    Day,
    /// Seven calendar days.
    Week,
    /// A calendar month, clamped to its last day.
    Month,
    /// Twelve calendar months.
    Year,
}

impl TimeUnit {
    /// All of them, shortest first.
    pub const ALL: [Self; 7] =
        [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year];

    /// Its singular word: `day`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// A length of time as people write it: `10 minutes`, `30 days`, `1 month`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// How many of the unit.
    pub count: u32,
    /// The unit.
    pub unit: TimeUnit,
}

impl Length {
    /// `count` of `unit`.
    #[must_use]
    pub const fn new(count: u32, unit: TimeUnit) -> Self {
        Self { count, unit }
    }

    /// Reads `10 minutes`, `1 month`; singular and plural are equal.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.split_once(' ')?;
        if !count.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let count = count.parse().ok()?;
        let unit = TimeUnit::ALL
            .into_iter()
            .find(|u| unit == u.word() || unit.strip_suffix('s') == Some(u.word()))?;
        Some(Self { count, unit })
    }

    /// The same length later than `from`, by the calendar of `zone` for days and longer.
    /// Cut to [`Time::MAX`].
    #[must_use]
    pub fn after(self, from: Time, zone: &Zone) -> Time {
        zone.add(from, self, 1)
    }

    /// The same length earlier than `from`; cut to [`Time::MIN`].
    #[must_use]
    pub fn before(self, from: Time, zone: &Zone) -> Time {
        zone.add(from, self, -1)
    }

    /// About how many seconds: for ordering and lint only, never for money. Months are 30 days, years 365.
    #[must_use]
    pub const fn roughly_seconds(self) -> u64 {
        let unit: u64 = match self.unit {
            TimeUnit::Second => 1,
            TimeUnit::Minute => 60,
            TimeUnit::Hour => 3_600,
            TimeUnit::Day => 86_400,
            TimeUnit::Week => 604_800,
            TimeUnit::Month => 2_592_000,
            TimeUnit::Year => 31_536_000,
        };
        unit.saturating_mul(self.count as u64)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{s}", self.count, self.unit.word())
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The unit after `a` in `150 a month`: how often something comes back.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// The calendar day in the contract's zone.
    Day,
    /// Seven days from the anchor.
    Week,
    /// The customer's month, from the anchor.
    Month,
    /// The customer's year, from the anchor.
    Year,
}

impl Per {
    /// All of them, shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Its word: `month`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.unit().word()
    }

    /// Reads `day`, `week`, `month` or `year`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == text)
    }

    const fn unit(self) -> TimeUnit {
        match self {
            Self::Day => TimeUnit::Day,
            Self::Week => TimeUnit::Week,
            Self::Month => TimeUnit::Month,
            Self::Year => TimeUnit::Year,
        }
    }
}

/// A half-open stretch of time: from the first instant, until before the last.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct Window {
    /// Its first instant.
    pub from: Time,
    /// The first instant after it.
    pub until: Time,
}

impl Window {
    /// Is `t` within?
    #[must_use]
    pub fn contains(&self, t: Time) -> bool {
        self.from <= t && t < self.until
    }
}

/// The zone whose calendar a contract follows.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    zone: TimeZone,
    utc: bool,
}

impl Zone {
    /// UTC.
    pub const UTC: Self = Self { zone: TimeZone::UTC, utc: true };

    /// A zone by its IANA name, such as `Europe/Berlin`; from the bundled database, never the disk.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name == "UTC" {
            return Some(Self::UTC);
        }
        TimeZone::get(name).ok().map(|zone| Self { zone, utc: false })
    }

    /// The IANA names of all zones in the bundled database.
    pub fn names() -> impl Iterator<Item = String> {
        jiff::tz::db().available().map(|name| name.to_string())
    }

    /// Its IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The calendar day that `t` falls on.
    #[must_use]
    pub fn date(&self, t: Time) -> Date {
        t.jiff().to_zoned(self.zone.clone()).date()
    }

    /// The hour and the minute that clocks show at `t`.
    #[must_use]
    pub fn clock(&self, t: Time) -> (i8, i8) {
        let shown = t.jiff().to_zoned(self.zone.clone()).time();
        (shown.hour(), shown.minute())
    }

    /// 00:00 of the calendar day `date` (the first instant of it where a shift skips midnight).
    #[must_use]
    pub fn start_of(&self, date: Date) -> Time {
        date.to_zoned(self.zone.clone())
            .map_or(Time::MAX, |z| Time::from_micros(z.timestamp().as_microsecond()))
    }

    /// The calendar day around `t`.
    #[must_use]
    pub fn day(&self, t: Time) -> Window {
        if self.utc {
            let from = t.0.saturating_sub(t.0.rem_euclid(DAY));
            return Window { from: Time(from), until: Time::from_micros(from.saturating_add(DAY)) };
        }
        let date = self.date(t);
        let next = date.tomorrow().unwrap_or(date);
        Window { from: self.start_of(date), until: self.start_of(next) }
    }

    /// A number for the calendar day of `t` that grows by one a day.
    #[must_use]
    pub fn day_number(&self, t: Time) -> i32 {
        if self.utc {
            return i32::try_from(t.0.div_euclid(DAY)).unwrap_or(i32::MAX);
        }
        let epoch = jiff::civil::date(1970, 1, 1);
        self.date(t).since(epoch).map_or(0, |span| span.get_days())
    }

    /// The calendar month around `t`.
    #[must_use]
    pub fn month(&self, t: Time) -> Window {
        let first = self.date(t).first_of_month();
        let next = first.last_of_month().tomorrow().unwrap_or(first);
        Window { from: self.start_of(first), until: self.start_of(next) }
    }

    /// The window of `per` around `t`, counted from `anchor` (days: the calendar day of the zone).
    ///
    /// The n-th window starts at anchor + n units, each added to the anchor itself, so that an
    /// anchor on the 31st gives 31 Jan, 28 Feb, 31 Mar. Before the anchor: the first window.
    #[must_use]
    pub fn window(&self, anchor: Time, per: Per, t: Time) -> Window {
        if per == Per::Day {
            return self.day(t);
        }
        let n = self.windows_before(anchor, per, t);
        Window { from: self.nth(anchor, per, n), until: self.nth(anchor, per, n.saturating_add(1)) }
    }

    /// The start of the n-th window of `per` after `anchor`: 00:00 of its day, also where the day of
    /// the anchor itself has no midnight.
    #[must_use]
    pub fn nth(&self, anchor: Time, per: Per, n: u32) -> Time {
        let count = i64::from(n);
        let span = match per {
            Per::Day => jiff::Span::new().try_days(count),
            Per::Week => jiff::Span::new().try_weeks(count),
            Per::Month => jiff::Span::new().try_months(count),
            Per::Year => jiff::Span::new().try_years(count),
        };
        let day = span.ok().and_then(|span| self.date(anchor).checked_add(span).ok());
        day.map_or(Time::MAX, |day| self.start_of(day))
    }

    /// How many whole windows of `per` lie between `anchor` and `t`.
    fn windows_before(&self, anchor: Time, per: Per, t: Time) -> u32 {
        let days = t.since(anchor).div_euclid(DAY).max(0);
        let shortest = match per {
            Per::Day => 1,
            Per::Week => 7,
            Per::Month => 28,
            Per::Year => 365,
        };
        // A guess that is never too low, then down to the window that holds t.
        let guess = days.checked_div(shortest).unwrap_or(0).saturating_add(1);
        let mut n = u32::try_from(guess).unwrap_or(u32::MAX);
        while n > 0 && self.nth(anchor, per, n) > t {
            n = n.saturating_sub(1);
        }
        n
    }

    fn add(&self, from: Time, length: Length, sign: i64) -> Time {
        let count = i64::from(length.count).saturating_mul(sign);
        let seconds = match length.unit {
            TimeUnit::Second => Some(1),
            TimeUnit::Minute => Some(60),
            TimeUnit::Hour => Some(3_600),
            TimeUnit::Day if self.utc => Some(86_400),
            TimeUnit::Week if self.utc => Some(604_800),
            _ => None,
        };
        if let Some(seconds) = seconds {
            let micros = count.saturating_mul(seconds).saturating_mul(SECOND);
            return from.plus_micros(micros);
        }
        let span = match length.unit {
            TimeUnit::Month => jiff::Span::new().try_months(count),
            TimeUnit::Year => jiff::Span::new().try_years(count),
            TimeUnit::Week => jiff::Span::new().try_weeks(count),
            _ => jiff::Span::new().try_days(count),
        };
        let end = if sign < 0 { Time::MIN } else { Time::MAX };
        span.ok()
            .and_then(|span| from.jiff().to_zoned(self.zone.clone()).checked_add(span).ok())
            .map_or(end, |z| Time::from_micros(z.timestamp().as_microsecond()))
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
