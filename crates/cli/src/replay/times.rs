//! Reading the times of a log: RFC 3339, `YYYY-MM-DD HH:MM:SS`, or a count since 1970.
//!
//! A time without a zone is read as UTC, and the report says so. Anything else is refused.

use probity_core::Time;

/// Earliest and latest plausible instants of a log, in seconds since 1970: the years 2000 to 2100.
const PLAUSIBLE: std::ops::Range<i64> = 946_684_800..4_102_444_800;
/// Microseconds in a second.
const SECOND: i64 = 1_000_000;

/// Reads a time. `None` for anything that is not one between the years 2000 and 2100.
///
/// Counts since 1970 are seconds (10 digits, a fraction allowed), milliseconds (13),
/// microseconds (16) or nanoseconds (19); which one is told by its size alone.
pub(crate) fn time(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    let micros = match bytes {
        [a, b, c, d, b'-', ..] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()) => civil(bytes)?,
        _ => since_1970(text)?,
    };
    PLAUSIBLE.contains(&micros.div_euclid(SECOND)).then(|| Time::from_micros(micros))
}

/// Does this time say its zone? Counts since 1970 do.
pub(crate) fn has_zone(text: &str) -> bool {
    let Some((_, clock)) = text.split_once(['T', 't', ' ']) else { return !text.contains('-') };
    clock.ends_with(['Z', 'z']) || clock.contains(['+', '-']) || clock.ends_with("UTC")
}

fn civil(bytes: &[u8]) -> Option<i64> {
    let (date, rest) = bytes.split_at_checked(10)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date else { return None };
    let year = i64::from(two(y1, y2)?) * 100 + i64::from(two(y3, y4)?);
    let days = days_since_1970(year, i64::from(two(m1, m2)?), i64::from(two(d1, d2)?))?;
    let midnight = days * 86_400 * SECOND;
    let Some((b'T' | b't' | b' ', clock)) = rest.split_first() else {
        return rest.is_empty().then_some(midnight);
    };
    let [h1, h2, b':', n1, n2, tail @ ..] = clock else { return None };
    let (hour, minute) = (two(*h1, *h2)?, two(*n1, *n2)?);
    let (second, tail) = match tail {
        [b':', s1, s2, tail @ ..] => (two(*s1, *s2)?, tail),
        tail => (0, tail),
    };
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, tail) = fraction(tail)?;
    let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second.min(59));
    Some(midnight + seconds * SECOND + fraction - offset(tail)? * SECOND)
}

/// `.123456` and what follows it; finer than microseconds is cut.
fn fraction(tail: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.' | b',', digits @ ..] = tail else { return Some((0, tail)) };
    let length = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    if length == 0 {
        return None;
    }
    let (digits, rest) = digits.split_at_checked(length)?;
    let micros = digits
        .iter()
        .chain(std::iter::repeat(&b'0'))
        .take(6)
        .fold(0, |n, digit| n * 10 + i64::from(digit - b'0'));
    Some((micros, rest))
}

/// Seconds east of UTC: none written, `Z`, ` UTC`, `+02`, `+0200` or `+02:00`.
fn offset(tail: &[u8]) -> Option<i64> {
    let (sign, digits) = match tail {
        [] | [b'Z' | b'z'] | [b' ', b'U', b'T', b'C'] => return Some(0),
        [b'+', rest @ ..] | [b' ', b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] | [b' ', b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match *digits {
        [h1, h2] => (two(h1, h2)?, 0),
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => (two(h1, h2)?, two(m1, m2)?),
        _ => return None,
    };
    (hours < 24 && minutes < 60)
        .then(|| sign * (i64::from(hours) * 3_600 + i64::from(minutes) * 60))
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; `None` where there is no such day.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Years counted from March, so that the leap day is the last of its year.
    let shifted = if month > 2 { year } else { year - 1 };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

fn since_1970(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let n: i64 = whole.parse().ok()?;
    match whole.len() {
        9..=10 => {
            let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(6);
            Some(n * SECOND + digits.fold(0, |n, digit| n * 10 + i64::from(digit - b'0')))
        }
        12..=13 => Some(n * 1_000),
        15..=16 => Some(n),
        18..=19 => Some(n / 1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        time(text).map(|t| t.to_string())
    }

    #[test]
    fn the_forms_that_logs_use() {
        for (text, same) in [
            ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"),
            ("2026-11-23t10:00:00.5z", "2026-11-23T10:00:00.5Z"),
            ("2026-11-23T10:00:00+02:00", "2026-11-23T08:00:00Z"),
            ("2026-11-23 10:00:00.123456789-0530", "2026-11-23T15:30:00.123456Z"),
            ("2026-11-23 10:00:00.271", "2026-11-23T10:00:00.271Z"),
            ("2026-11-23 10:00:00+00", "2026-11-23T10:00:00Z"),
            ("2026-11-23 10:00:00 UTC", "2026-11-23T10:00:00Z"),
            ("2026-11-23 10:00", "2026-11-23T10:00:00Z"),
            ("2024-02-29", "2024-02-29T00:00:00Z"),
            ("1795428000", "2026-11-23T10:00:00Z"),
            ("1795428000.25", "2026-11-23T10:00:00.25Z"),
            ("1795428000250", "2026-11-23T10:00:00.25Z"),
            ("1795428000250001", "2026-11-23T10:00:00.250001Z"),
            ("1795428000250001999", "2026-11-23T10:00:00.250001Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(same), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-13-01",
            "2026-02-30",
            "2025-02-29 10:00:00",
            "2026-11-23T25:00:00Z",
            "2026-11-23T10:61:00Z",
            "2026-11-23T10:00:00.Z",
            "2026-11-23T10:00:00 CET",
            "2026-11-23X10:00:00",
            "2026-11-23T10:00:00+2",
            "1999-12-31",
            "2101-01-01",
            "42",
            "17954280000",
            "23.11.2026",
            "11/23/2026",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn it_agrees_with_the_calendar_of_the_core() {
        // Every 97th hour of a century, through every leap rule it has.
        for hour in (262_968..1_139_544i64).step_by(97) {
            let expected = Time::from_micros(hour * 3_600 * SECOND + 1);
            assert_eq!(time(&expected.to_string()), Some(expected));
        }
    }

    #[test]
    fn a_zone_is_seen_where_there_is_one() {
        assert!(has_zone("2026-11-23T10:00:00Z"));
        assert!(has_zone("2026-11-23 10:00:00-05"));
        assert!(has_zone("1795428000"));
        assert!(!has_zone("2026-11-23 10:00:00.5"));
        assert!(!has_zone("2026-11-23"));
    }
}
