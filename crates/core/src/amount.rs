//! Credits. The only arithmetic on credits in the whole program.
//!
//! An [`Amount`] is a whole number of millionths of a credit, sealed: no other module can make one
//! out of range, and every operation is checked. It must not know prices, rounding rules of a
//! contract beyond the `smallest` unit it is handed, or how amounts are worded for people.

use crate::serial::{Word, serde_of_a_word};
use std::fmt;

/// A quantity of credits, exact, in millionths of a credit.
///
/// Range: −(2^53 − 1) ..= 2^53 − 1 millionths, so that it survives every JSON reader.
/// Its text is canonical: `"6"`, `"0.5"`, `"-3.25"`; never an exponent, a sign `+` or trailing zeros.
///
/// ```
/// use probity_core::Amount;
/// let five = Amount::parse("5").unwrap();
/// let half = Amount::parse("0.50").unwrap();
/// assert_eq!(five.plus(half).unwrap().to_string(), "5.5");
/// assert!(Amount::parse("0.1234567").is_err()); // seven places
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(i64);

/// Millionths in one credit.
const SCALE: i64 = 1_000_000;
/// The largest magnitude an [`Amount`] may have.
const LIMIT: i64 = (1 << 53) - 1;

/// Why a text or a sum is not an [`Amount`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Not a plain decimal number such as `12` or `0.5`.
    NotANumber,
    /// More than six places after the point.
    TooFine,
    /// Beyond 2^53 − 1 millionths.
    TooLarge,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a plain decimal number such as 12 or 0.5",
            Self::TooFine => "credits have at most 6 places after the point",
            Self::TooLarge => "more credits than can be counted (9,007,199,254 at most)",
        })
    }
}

impl std::error::Error for AmountError {}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that can be counted: 9,007,199,254.740991 credits.
    pub const MAX: Self = Self(LIMIT);

    /// An amount of `n` millionths of a credit; `None` out of range.
    #[must_use]
    pub const fn from_millionths(n: i64) -> Option<Self> {
        if n > LIMIT || n < -LIMIT { None } else { Some(Self(n)) }
    }

    /// An amount of `n` whole credits; every `n` is within the range.
    #[must_use]
    pub const fn credits(n: u32) -> Self {
        // u32::MAX × 10^6 is below 2^53, so this can neither overflow nor leave the range.
        #[allow(clippy::arithmetic_side_effects, clippy::cast_lossless)]
        Self(n as i64 * SCALE)
    }

    /// Millionths of a credit.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Reads a plain decimal: digits, optionally a point and one to six digits; a leading `-` is read too.
    ///
    /// # Errors
    /// [`AmountError`] for anything else: signs `+`, exponents, grouping, spaces, too fine, too large.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let n = crate::decimal::parse_scaled(digits, 6).map_err(|e| match e {
            crate::decimal::DecimalError::NotANumber => AmountError::NotANumber,
            crate::decimal::DecimalError::TooFine => AmountError::TooFine,
            crate::decimal::DecimalError::TooLarge => AmountError::TooLarge,
        })?;
        let n = i64::try_from(n).map_err(|_| AmountError::TooLarge)?;
        Self::from_millionths(if negative { n.saturating_neg() } else { n })
            .ok_or(AmountError::TooLarge)
    }

    /// Sum; `None` out of range.
    #[must_use]
    pub const fn plus(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(n) => Self::from_millionths(n),
            None => None,
        }
    }

    /// Difference; `None` out of range.
    #[must_use]
    pub const fn minus(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(n) => Self::from_millionths(n),
            None => None,
        }
    }

    /// Difference, but never below nothing. Both sides must be at least zero to make sense.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// `units` times this; `None` out of range.
    #[must_use]
    pub fn times(self, units: u64) -> Option<Self> {
        let n = i128::from(self.0).checked_mul(i128::from(units))?;
        Self::from_millionths(i64::try_from(n).ok()?)
    }

    /// `self × part ÷ whole`, rounded down to a multiple of `smallest` (both towards the customer).
    ///
    /// The formula of `share` in settling: price × parts ÷ total. `None` if `whole` is 0 or the
    /// product cannot be counted.
    ///
    /// ```
    /// use probity_core::Amount;
    /// let price = Amount::credits(10);
    /// let half = Amount::parse("0.5").unwrap();
    /// assert_eq!(price.share(5, 8, half).unwrap(), Amount::credits(6)); // 6.25 → 6
    /// ```
    #[must_use]
    pub fn share(self, part: u64, whole: u64, smallest: Self) -> Option<Self> {
        let product = i128::from(self.0).checked_mul(i128::from(part))?;
        let exact = product.checked_div(i128::from(whole))?;
        Self::from_millionths(i64::try_from(exact).ok()?)?.round_down(smallest)
    }

    /// The largest multiple of `smallest` not above this; `None` if `smallest` is nothing.
    #[must_use]
    pub const fn round_down(self, smallest: Self) -> Option<Self> {
        match self.0.checked_rem_euclid(smallest.0) {
            Some(rest) => match self.0.checked_sub(rest) {
                Some(n) => Self::from_millionths(n),
                None => None,
            },
            None => None,
        }
    }

    /// Is this a whole multiple of `smallest`?
    #[must_use]
    pub const fn is_multiple_of(self, smallest: Self) -> bool {
        matches!(self.0.checked_rem(smallest.0), Some(0))
    }

    /// How many times `price` fits into this, rounded down; `None` for a price of nothing.
    #[must_use]
    pub fn how_many(self, price: Self) -> Option<u64> {
        if price.0 <= 0 {
            return None;
        }
        u64::try_from(self.0.max(0).checked_div(price.0)?).ok()
    }

    /// Is it exactly nothing?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Is it nothing? For fields that are left out then.
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde hands references
    pub(crate) const fn is_nothing(&self) -> bool {
        self.is_zero()
    }

    /// Is it more than nothing?
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Sum of many; `None` out of range.
    #[must_use]
    pub fn sum(items: impl IntoIterator<Item = Self>) -> Option<Self> {
        items.into_iter().try_fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::decimal::write_scaled(f, i128::from(self.0), 6, 0)
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} credits")
    }
}

impl Word for Amount {
    const WHAT: &'static str = "an amount of credits";

    fn of_text(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }

    fn number(&self) -> Option<i64> {
        Some(self.0)
    }

    fn of_number(n: i64) -> Option<Self> {
        Self::from_millionths(n)
    }
}

serde_of_a_word!(Amount);
