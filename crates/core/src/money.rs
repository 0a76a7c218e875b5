//! Real money: what customers are told ([`Money`]) and what runs cost us ([`Cost`]).
//!
//! Both are exact integers, checked. They must not be mixed with credits: the only bridge is
//! [`Money::of_credits`], a list price times an amount.

use crate::amount::Amount;
use crate::decimal;
use crate::serial::{Word, serde_of_a_word};
use std::fmt;

/// An ISO 4217 code of three capital letters, such as `USD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollars, written `$`.
    pub const USD: Self = Self(*b"USD");

    /// Reads three capital letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 3] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("USD")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

/// Places kept after the point of [`Money`].
const PLACES: u32 = 12;

/// A sum of a contract's currency, exact to 10^−12 of its unit.
///
/// Fine enough for a list price of six places times an amount of six. Shown with two places, more
/// only where they are not zero: `$0.50`, `$0.0045`; other currencies as `EUR 0.50`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    trillionths: i128,
}

impl Money {
    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { currency, trillionths: 0 }
    }

    /// Reads `0.10` (no sign, at most six places) as a sum of `currency`.
    #[must_use]
    pub fn parse(currency: Currency, text: &str) -> Option<Self> {
        let millionths = decimal::parse_scaled(text, 6).ok()?;
        if millionths > i128::from(Amount::MAX.millionths()) {
            return None;
        }
        Some(Self { currency, trillionths: millionths.checked_mul(1_000_000)? })
    }

    /// Reads what [`Money`] is shown as: `$0.50`, `EUR 0.50`, `-$3.00`. Exact.
    fn read(text: &str) -> Option<Self> {
        let (currency, number) = match text.split_once(' ') {
            Some((code, number)) => (Currency::parse(code)?, number.to_owned()),
            None => (Currency::USD, text.replacen('$', "", 1)),
        };
        let (sign, digits) = match number.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, number.as_str()),
        };
        let trillionths = decimal::parse_scaled(digits, PLACES).ok()?.checked_mul(sign)?;
        Some(Self { currency, trillionths })
    }

    /// A sum of `currency` by its trillionths: how logs and reports count it.
    #[must_use]
    pub const fn of_trillionths(currency: Currency, trillionths: i128) -> Self {
        Self { currency, trillionths }
    }

    /// What `credits` are worth at `list_price` a credit. Exact. `None` if it cannot be counted.
    ///
    /// ```
    /// use probity_core::{Amount, Currency, Money};
    /// let dime = Money::parse(Currency::USD, "0.10").unwrap();
    /// assert_eq!(Money::of_credits(Amount::credits(5), dime).unwrap().to_string(), "$0.50");
    /// ```
    #[must_use]
    pub fn of_credits(credits: Amount, list_price: Self) -> Option<Self> {
        let product = i128::from(credits.millionths()).checked_mul(list_price.trillionths)?;
        Some(Self { currency: list_price.currency, trillionths: product.checked_div(1_000_000)? })
    }

    /// Price of one credit when this sum buys `credits`, rounded down to 10^−12; `None` for none.
    #[must_use]
    pub fn per_credit(self, credits: Amount) -> Option<Self> {
        let scaled = self.trillionths.checked_mul(1_000_000)?;
        Some(Self {
            currency: self.currency,
            trillionths: scaled.checked_div(i128::from(credits.millionths()))?,
        })
    }

    /// The share that `part` of `whole` credits has in this, rounded up to a hundredth; `None` for a
    /// share of nothing or when it cannot be counted.
    ///
    /// ```
    /// use probity_core::{Amount, Currency, Money};
    /// let paid = Money::parse(Currency::USD, "10").unwrap();
    /// let third = paid.share_up(Amount::credits(1), Amount::credits(3)).unwrap();
    /// assert_eq!(third.to_string(), "$3.34");
    /// ```
    #[must_use]
    pub fn share_up(self, part: Amount, whole: Amount) -> Option<Self> {
        const CENT: i128 = 10_000_000_000;
        let scaled = self.trillionths.checked_mul(i128::from(part.millionths()))?;
        let cents = scaled
            .checked_add(i128::from(whole.millionths()).checked_mul(CENT)?.checked_sub(1)?)?
            .checked_div(i128::from(whole.millionths()).checked_mul(CENT)?)?;
        Some(Self { currency: self.currency, trillionths: cents.checked_mul(CENT)? })
    }

    /// Is it more than nothing?
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.trillionths > 0
    }

    /// Sum of the same currency; `None` for different ones or when it cannot be counted.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        Some(Self {
            currency: self.currency,
            trillionths: self.trillionths.checked_add(other.trillionths)?,
        })
    }

    /// What is left of the same currency; `None` for different ones or when it cannot be counted.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        let trillionths = self.trillionths.checked_sub(other.trillionths)?;
        Some(Self { currency: self.currency, trillionths })
    }

    /// `n` times this; `None` when it cannot be counted.
    #[must_use]
    pub fn times(self, n: u64) -> Option<Self> {
        let trillionths = self.trillionths.checked_mul(i128::from(n))?;
        Some(Self { currency: self.currency, trillionths })
    }

    /// Trillionths of the unit.
    #[must_use]
    pub const fn trillionths(self) -> i128 {
        self.trillionths
    }

    /// The plain number without the currency: `0.50`.
    #[must_use]
    pub fn number(self) -> String {
        let mut out = String::new();
        let _ = decimal::write_scaled(&mut out, self.trillionths, PLACES, 2);
        out
    }
}

impl Word for Money {
    const WHAT: &'static str = "a sum of money";

    fn of_text(text: &str) -> Option<Self> {
        Self::read(text)
    }
}

serde_of_a_word!(Money);

impl PartialOrd for Money {
    /// Sums of different currencies have no order.
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (self.currency == other.currency).then(|| self.trillionths.cmp(&other.trillionths))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.currency == Currency::USD {
            if self.trillionths < 0 {
                f.write_str("-")?;
            }
            f.write_str("$")?;
            decimal::write_scaled(f, self.trillionths.saturating_abs(), PLACES, 2)
        } else {
            write!(f, "{} ", self.currency)?;
            decimal::write_scaled(f, self.trillionths, PLACES, 2)
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Places kept after the point of a [`Cost`].
const COST_PLACES: u32 = 18;

/// What suppliers charge us, in US dollars, exact to 10^−18: token prices are that small.
///
/// Text as in the cost book: `"0.264"`, canonical, without a currency sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cost(i128);

impl Cost {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Reads `0.04` or `1.5e-07`; exact, never rounded. `None` for anything else, or finer than 10^−18.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        decimal::parse_scientific(text, COST_PLACES).ok().map(Self)
    }

    /// A sum by its trillionths of a dollar; exact.
    #[must_use]
    pub fn of_trillionths(n: i64) -> Self {
        Self(i128::from(n).saturating_mul(1_000_000))
    }

    /// The same sum as dollars of a contract; `None` for other currencies. Exact (10^−12 to 10^−18).
    #[must_use]
    pub fn of_money(money: Money) -> Option<Self> {
        (money.currency == Currency::USD)
            .then(|| money.trillionths.checked_mul(1_000_000).map(Self))
            .flatten()
    }

    /// Sum; `None` when it cannot be counted.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference; `None` when it cannot be counted.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// `n` times this; `None` when it cannot be counted.
    #[must_use]
    pub fn times(self, n: u64) -> Option<Self> {
        self.0.checked_mul(i128::from(n)).map(Self)
    }

    /// `part` of `whole` parts of this, rounded down to 10^−18; `None` for no parts.
    #[must_use]
    pub fn share(self, part: u64, whole: u64) -> Option<Self> {
        self.0.checked_mul(i128::from(part))?.checked_div(i128::from(whole)).map(Self)
    }

    /// `self ÷ other` in millionths, rounded towards zero; `None` for division by nothing.
    #[must_use]
    pub fn ratio_millionths(self, other: Self) -> Option<i128> {
        self.0.checked_mul(1_000_000)?.checked_div(other.0)
    }

    /// Is it more than nothing?
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Rounded half away from zero to `places` after the point, for people: `$0.0023`.
    #[must_use]
    pub fn dollars(self, places: u32) -> String {
        let places = places.min(COST_PLACES);
        let unit = 10i128.checked_pow(COST_PLACES.saturating_sub(places)).unwrap_or(1);
        let half = unit.checked_div(2).unwrap_or(0);
        let shifted =
            if self.0 < 0 { self.0.saturating_sub(half) } else { self.0.saturating_add(half) };
        let rounded = shifted.checked_div(unit).unwrap_or(0);
        let mut out = String::from(if rounded < 0 { "-$" } else { "$" });
        let _ = decimal::write_scaled(&mut out, rounded.saturating_abs(), places, 2);
        out
    }

    /// As exact as people need: cents, or four places below a dollar, and however small it is never
    /// less than four digits that say something. Nothing but zero is shown as `$0.00`.
    ///
    /// ```
    /// use probity_core::Cost;
    /// assert_eq!(Cost::parse("0.00042").unwrap().shown(), "$0.00042");
    /// assert_eq!(Cost::parse("12.345").unwrap().shown(), "$12.35");
    /// ```
    #[must_use]
    pub fn shown(self) -> String {
        const DOLLAR: u128 = 10_u128.pow(COST_PLACES);
        let size = self.0.unsigned_abs();
        if size >= DOLLAR {
            return self.dollars(2);
        }
        let below = |log: u32| COST_PLACES.saturating_sub(log.saturating_add(1));
        let zeros = size.checked_ilog10().map_or(0, below);
        self.dollars(zeros.saturating_add(4))
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::write_scaled(f, self.0, COST_PLACES, 0)
    }
}

impl fmt::Debug for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} USD")
    }
}

impl Word for Cost {
    const WHAT: &'static str = "a cost";

    fn of_text(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

serde_of_a_word!(Cost);
