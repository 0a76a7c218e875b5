//! Reading the numbers of a log, exactly: sums of money and counts.
//!
//! No binary float is ever made. A sum finer than 10^−12 is rounded to it (some gateways write the
//! noise of a float); everything else that is not a plain number is refused, never guessed.

/// Trillionths of one unit of money: what sums in a log are counted in.
const SCALE_PLACES: i32 = 12;

/// Reads `0.0123`, `$1,234.50`, `1.65e-05`, `-0.2` as trillionths. `None` for anything else.
///
/// A leading `$` and commas that group thousands are read, as exports of spreadsheets have them; a
/// comma that may stand for a decimal point is not. The range is ± 9.2 million; finer digits than
/// 10^−12 are rounded half away from zero.
pub(crate) fn trillionths(text: &str) -> Option<i64> {
    let (negative, text) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        all => (false, all),
    };
    let text = text.strip_prefix(b"$").unwrap_or(text);
    let (mantissa, exponent) = match text.iter().position(|b| matches!(b, b'e' | b'E')) {
        Some(at) => {
            let (mantissa, exponent) = text.split_at_checked(at)?;
            (mantissa, std::str::from_utf8(exponent.get(1..)?).ok()?.parse::<i32>().ok()?)
        }
        None => (text, 0),
    };
    let magnitude = scaled(mantissa, exponent)?;
    Some(if negative { -magnitude } else { magnitude })
}

/// The digits of `mantissa` times 10^`exponent` in trillionths.
fn scaled(mantissa: &[u8], exponent: i32) -> Option<i64> {
    if !are_groups(mantissa) {
        return None;
    }
    let mut digits: i64 = 0;
    let mut places: i32 = 0;
    let mut after_point = false;
    let mut any = false;
    // The first digit that no longer fits the scale decides the rounding; the rest do not matter.
    let keep = SCALE_PLACES.saturating_add(exponent).clamp(-20, 40);
    let mut rounds_up = None;
    for &byte in mantissa {
        match byte {
            b'0'..=b'9' => {
                any = true;
                if after_point && places >= keep {
                    rounds_up.get_or_insert(byte >= b'5');
                    continue;
                }
                digits = digits.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                places += i32::from(after_point);
            }
            b'.' if !after_point => after_point = true,
            b',' if !after_point && any => {}
            _ => return None,
        }
    }
    if !any {
        return None;
    }
    let shift = keep - places;
    if shift >= 0 {
        let power = 10i64.checked_pow(shift.unsigned_abs());
        let whole = if digits == 0 { 0 } else { digits.checked_mul(power?)? };
        return whole.checked_add(i64::from(rounds_up.unwrap_or(false)));
    }
    // Only a large negative exponent leads here: the digits before the point are too fine themselves.
    let Some(power) = 10i64.checked_pow(shift.unsigned_abs()) else { return Some(0) };
    Some(digits / power + i64::from(digits % power >= power / 2))
}

/// Are there no commas before the point, or do they group thousands: one to three digits that begin
/// with no zero, and then groups of three? `0,50` and `1,5` are somebody's decimals.
fn are_groups(digits: &[u8]) -> bool {
    if !digits.contains(&b',') {
        return true;
    }
    let whole = digits.split(|byte| *byte == b'.').next().unwrap_or_default();
    let mut groups = whole.split(|byte| *byte == b',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && !first.starts_with(b"0")
        && groups.all(|group| group.len() == 3)
}

/// Is it a number but for its commas, which group no thousands?
pub(crate) fn has_odd_comma(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let digits = digits.strip_prefix('$').unwrap_or(digits).as_bytes();
    let is_of_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b',' | b'.');
    digits.contains(&b',')
        && digits.iter().all(is_of_number)
        && digits.iter().any(u8::is_ascii_digit)
        && trillionths(text).is_none()
}

/// Reads a count: digits, commas that group thousands, or a whole number written as `12.0`. `None`
/// otherwise.
pub(crate) fn count(text: &str) -> Option<u32> {
    if !are_groups(text.as_bytes()) {
        return None;
    }
    let mut n: u32 = 0;
    let mut any = false;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'0'..=b'9' => {
                any = true;
                n = n.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
            }
            b',' if any => {}
            b'.' if any => return bytes.all(|b| b == b'0').then_some(n),
            _ => return None,
        }
    }
    any.then_some(n)
}

/// Reads a yes or a no as logs write them; `None` for any other word.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    const YES: [&str; 6] = ["true", "1", "yes", "t", "y", "hit"];
    const NO: [&str; 8] = ["false", "0", "no", "f", "n", "miss", "none", "null"];
    if text.is_empty() {
        return Some(false);
    }
    let is_in = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_in(&NO) {
        Some(false)
    } else if is_in(&YES) {
        Some(true)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_exactly() {
        for (text, n) in [
            ("0.50", 500_000_000_000),
            ("$0.50", 500_000_000_000),
            ("$1,234.5", 1_234_500_000_000_000),
            ("-0.2", -200_000_000_000),
            ("1.65e-05", 16_500_000),
            ("1.5E-7", 150_000),
            ("2e1", 20_000_000_000_000),
            ("0", 0),
            ("0e10", 0),
            ("0.000000000001", 1),
            ("12.", 12_000_000_000_000),
            (".5", 500_000_000_000),
        ] {
            assert_eq!(trillionths(text), Some(n), "{text}");
        }
    }

    #[test]
    fn the_noise_of_floats_is_rounded_away() {
        assert_eq!(trillionths("0.00016500000000000002"), Some(165_000_000));
        assert_eq!(trillionths("0.0001649999999999999999"), Some(165_000_000));
        assert_eq!(trillionths("1.6500000000000001e-05"), Some(16_500_000));
        assert_eq!(trillionths("0.0000000000005"), Some(1));
        assert_eq!(trillionths("0.00000000000049"), Some(0));
        assert_eq!(trillionths("5e-13"), Some(1));
        assert_eq!(trillionths("4e-13"), Some(0));
        assert_eq!(trillionths("12e-13"), Some(1));
        assert_eq!(trillionths("1e-400"), Some(0));
    }

    #[test]
    fn what_is_no_sum_is_refused() {
        for text in [
            "",
            "-",
            "$",
            ".",
            "abc",
            "1.2.3",
            "1e",
            "1e99",
            "NaN",
            "inf",
            "0x10",
            "1 2",
            "++1",
            "99999999999",
        ] {
            assert_eq!(trillionths(text), None, "{text}");
        }
    }

    #[test]
    fn commas_only_group_thousands() {
        assert_eq!(trillionths("1,234,567.5"), Some(1_234_567_500_000_000_000));
        assert_eq!(count("12,345,678"), Some(12_345_678));
        for text in ["0,50", "1,2,3", "1,5", "0,500", "1234,567", "1,,234", "1,234,", "1.234,50"] {
            assert_eq!(trillionths(text), None, "{text}");
            assert_eq!(count(text), None, "{text}");
            assert!(has_odd_comma(text), "{text}");
        }
        for text in ["1,234", "1.5", "-3", "a,b", ",", "", "1 234"] {
            assert!(!has_odd_comma(text), "{text}");
        }
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(count("1,204"), Some(1204));
        assert_eq!(count("7.0"), Some(7));
        for text in ["", "-1", "1.5", "4294967296", "a", ".", ",1"] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    #[test]
    fn yes_and_no_as_logs_write_them() {
        assert_eq!(yes_or_no("True"), Some(true));
        assert_eq!(yes_or_no("None"), Some(false));
        assert_eq!(yes_or_no(""), Some(false));
        assert_eq!(yes_or_no("perhaps"), None);
    }
}
