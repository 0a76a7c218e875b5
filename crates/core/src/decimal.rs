//! Exact decimals as scaled integers: reading and writing them as text.
//!
//! Every number with a point in the program passes through here, so that no binary float ever
//! touches money. It must not round: a text finer than the scale is an error.

use std::fmt;

/// Why a text is not a scaled decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecimalError {
    NotANumber,
    TooFine,
    TooLarge,
}

/// Reads `12` or `0.5` as an integer of 10^−`places`. No signs, exponents, grouping or spaces.
pub(crate) fn parse_scaled(text: &str, places: u32) -> Result<i128, DecimalError> {
    let (whole, fraction) = match text.split_once('.') {
        Some((w, f)) if !f.is_empty() => (w, f),
        Some(_) => return Err(DecimalError::NotANumber),
        None => (text, ""),
    };
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(DecimalError::NotANumber);
    }
    let used = fraction.trim_end_matches('0');
    let used_places = u32::try_from(used.len()).map_err(|_| DecimalError::TooFine)?;
    let missing = places.checked_sub(used_places).ok_or(DecimalError::TooFine)?;
    let mut n: i128 = 0;
    for digit in whole.bytes().chain(used.bytes()) {
        n = n
            .checked_mul(10)
            .and_then(|n| n.checked_add(i128::from(digit.wrapping_sub(b'0'))))
            .ok_or(DecimalError::TooLarge)?;
    }
    let scale = 10i128.checked_pow(missing).ok_or(DecimalError::TooLarge)?;
    n.checked_mul(scale).ok_or(DecimalError::TooLarge)
}

/// Reads a decimal that may carry an exponent (`1.5e-07`), as JSON price maps write them. Exact.
pub(crate) fn parse_scientific(text: &str, places: u32) -> Result<i128, DecimalError> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return parse_scaled(text, places);
    };
    let exponent: i32 = exponent.parse().map_err(|_| DecimalError::NotANumber)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(DecimalError::NotANumber);
    }
    let mut n: i128 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        n = n
            .checked_mul(10)
            .and_then(|n| n.checked_add(i128::from(digit.wrapping_sub(b'0'))))
            .ok_or(DecimalError::TooLarge)?;
    }
    if n == 0 {
        return Ok(0);
    }
    let fraction_places = i32::try_from(fraction.len()).map_err(|_| DecimalError::TooFine)?;
    let shift = i32::try_from(places)
        .ok()
        .and_then(|p| p.checked_add(exponent))
        .and_then(|s| s.checked_sub(fraction_places))
        .ok_or(DecimalError::TooLarge)?;
    let power = 10i128.checked_pow(shift.unsigned_abs()).ok_or(if shift < 0 {
        DecimalError::TooFine
    } else {
        DecimalError::TooLarge
    })?;
    if shift >= 0 {
        n.checked_mul(power).ok_or(DecimalError::TooLarge)
    } else if n.checked_rem(power) == Some(0) {
        n.checked_div(power).ok_or(DecimalError::TooLarge)
    } else {
        Err(DecimalError::TooFine)
    }
}

/// Writes an integer of 10^−`places` canonically, with at least `at_least` places after the point.
pub(crate) fn write_scaled(
    f: &mut impl fmt::Write,
    n: i128,
    places: u32,
    at_least: usize,
) -> fmt::Result {
    let magnitude = n.unsigned_abs();
    let mut room = [b'0'; DIGITS];
    let mut written = DIGITS;
    let mut left = magnitude;
    // From the last digit on, at least one before the point.
    let places = usize::try_from(places).map_err(|_| fmt::Error)?;
    let least = DIGITS.checked_sub(places).and_then(|n| n.checked_sub(1)).ok_or(fmt::Error)?;
    while left > 0 || written > least {
        // What fits is divided as a machine word.
        let digit = match u64::try_from(left) {
            Ok(small) => {
                left = u128::from(small / 10);
                small % 10
            }
            Err(_) => {
                let digit = u64::try_from(left % 10).map_err(|_| fmt::Error)?;
                left /= 10;
                digit
            }
        };
        written = written.checked_sub(1).ok_or(fmt::Error)?;
        let place = room.get_mut(written).ok_or(fmt::Error)?;
        *place = b'0'.saturating_add(u8::try_from(digit).map_err(|_| fmt::Error)?);
    }
    let point = DIGITS.saturating_sub(places);
    let text = |from: usize, to: usize| {
        std::str::from_utf8(room.get(from..to).unwrap_or_default()).unwrap_or_default()
    };
    if n < 0 {
        f.write_char('-')?;
    }
    f.write_str(text(written, point))?;
    let digits = text(point, DIGITS);
    let mut kept = digits.trim_end_matches('0');
    if kept.len() < at_least {
        kept = digits.get(..at_least.min(digits.len())).unwrap_or(kept);
    }
    if kept.is_empty() {
        return Ok(());
    }
    f.write_char('.')?;
    f.write_str(kept)
}

/// The most digits of a number.
const DIGITS: usize = 40;

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}
