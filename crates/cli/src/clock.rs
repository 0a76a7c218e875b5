//! What time it is: read here and nowhere else, and handed on as an argument.

use jiff::civil::Date;
use probity_core::Time;
use std::time::{SystemTime, UNIX_EPOCH};

/// Now, by this machine's clock; 1970 where it stands before that.
pub(crate) fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Reads a day as it is written in contracts: `2026-11-24`.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let plain = text.len() == "2026-11-24".len();
    let date = if plain { text.parse().ok() } else { None };
    date.ok_or_else(|| String::from("write a day as 2026-11-24"))
}
