//! Sums over a whole table: beyond what one wallet can hold, exact, with a sign.

use probity_core::Amount;
use serde::{Serialize, Serializer};
use std::fmt;

/// Millionths of a credit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Sum(i128);

impl Sum {
    pub(crate) fn add(&mut self, amount: Amount) {
        self.0 = self.0.saturating_add(i128::from(amount.millionths()));
    }

    pub(crate) const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub(crate) const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    pub(crate) const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl From<Amount> for Sum {
    fn from(amount: Amount) -> Self {
        Self(amount.millionths().into())
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        let sign = if self.0 < 0 { "-" } else { "" };
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (n, digit) in digits.chars().enumerate() {
            if n > 0 && (digits.len() - n).is_multiple_of(3) && f.alternate() {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{sign}{grouped}")?;
        if rest == 0 {
            return Ok(());
        }
        write!(f, ".{}", format!("{rest:06}").trim_end_matches('0'))
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact_and_have_a_sign() {
        let mut sum = Sum::default();
        for text in ["9007199254.740991", "9007199254.740991", "0.5"] {
            sum.add(Amount::parse(text).unwrap());
        }
        assert_eq!(sum.to_string(), "18014398509.981982");
        assert_eq!(format!("{sum:#}"), "18,014,398,509.981982");
        let less = Sum::default().minus(Sum::from(Amount::parse("1234.5").unwrap()));
        assert_eq!((less.to_string(), format!("{less:#}")), ("-1234.5".into(), "-1,234.5".into()));
        assert!(less.plus(Sum::from(Amount::parse("1234.5").unwrap())).is_zero());
    }
}
