//! Credits of many customers together: beyond what one customer can ever have, and as exact.

use crate::amount::Amount;
use serde::{Serialize, Serializer};
use std::fmt;

/// Counts on; at the largest number it stays.
pub(super) const fn count(n: &mut u64, more: u64) {
    *n = n.saturating_add(more);
}

/// A sum of credits, in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Total(i128);

impl Total {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// In millionths of a credit.
    #[must_use]
    pub const fn millionths(self) -> i128 {
        self.0
    }

    /// Is it nothing?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Adds one.
    pub fn add(&mut self, amount: Amount) {
        self.0 = self.0.saturating_add(i128::from(amount.millionths()));
    }

    /// Adds as much as another.
    pub const fn merge(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }

    /// Is it more than twice as much? More than nothing is.
    #[must_use]
    pub const fn is_more_than_double(self, of: Self) -> bool {
        self.0 > of.0.saturating_mul(2)
    }

    /// How much more than another it is; below nothing where it is less.
    #[must_use]
    pub const fn over(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl From<Amount> for Total {
    fn from(amount: Amount) -> Self {
        Self(i128::from(amount.millionths()))
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::decimal::write_scaled(f, self.0, 6, 0)
    }
}

impl Serialize for Total {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
