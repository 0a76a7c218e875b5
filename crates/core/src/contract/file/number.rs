//! Plain decimal numbers in a contract's files, and what is wrong with those that are not.
//!
//! Digits, optionally a point and more digits. Nothing else is a number here: `010`, `1e3`, `1,000`
//! and `+5` mean different things to different readers, so each is refused by its own name.

use super::literals::Flaw;
use super::problems::Problem;
use crate::amount::{Amount, AmountError};

/// Exact credits from a number alone: `0.5`.
pub(super) fn amount(text: &str) -> Result<Amount, Flaw> {
    plain(text)?;
    Amount::parse(text).map_err(|error| match error {
        AmountError::NotANumber => not_a_number(),
        AmountError::TooFine => Flaw::bounds("has more than six places", "Round it to six places."),
        AmountError::TooLarge => {
            Flaw::bounds("is more than can be counted", "9007199254 credits is the most.")
        }
    })
}

/// A whole number within bounds (both included).
pub(super) fn whole(text: &str, least: u64, most: u64) -> Result<u64, Flaw> {
    plain(text)?;
    if text.contains('.') {
        return Err(Flaw::bounds("is not a whole number", "Write a whole number."));
    }
    match text.parse::<u64>() {
        Ok(n) if n < least => {
            Err(Flaw::bounds(format!("is below {least}"), format!("{least} is the least.")))
        }
        Ok(n) if n <= most => Ok(n),
        _ => Err(Flaw::bounds(format!("is above {most}"), format!("{most} is the most."))),
    }
}

/// Is this a number of the one plain form, whatever its size?
pub(super) fn plain(text: &str) -> Result<(), Flaw> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if digits(whole) && digits(fraction) {
        if whole.len() > 1 && whole.starts_with('0') {
            let says = "begins with a zero, which some readers take for an octal number";
            return Err(Flaw::form(says, "Delete the leading zeros."));
        }
        return Ok(());
    }
    Err(why_not(text))
}

fn why_not(text: &str) -> Flaw {
    let starts_as_number = text.starts_with(|c: char| c.is_ascii_digit());
    if text.starts_with(['+', '-', '−']) {
        Flaw::form("has a sign", "Write the number without a sign.")
    } else if starts_as_number && is_exponent(text) {
        Flaw::form("has an exponent", "Write all digits out.")
    } else if starts_as_number && text.contains([',', '_', '\'']) {
        let fix = "Write digits only, with a point before decimals.";
        Flaw::form("has separators between its digits", fix)
    } else if text.starts_with('.') || (starts_as_number && text.ends_with('.')) {
        Flaw::form("has no digit on one side of its point", "Write it like 0.5.")
    } else {
        not_a_number()
    }
}

/// `1e3`, `10E+400`
fn is_exponent(text: &str) -> bool {
    text.split_once(['e', 'E']).is_some_and(|(mantissa, exponent)| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && !exponent.is_empty()
            && exponent.bytes().all(|b| b.is_ascii_digit())
    })
}

fn not_a_number() -> Flaw {
    Flaw::new(Problem::NotReadable, "is not a plain number", "Write digits, such as 12 or 0.5.")
}
