//! Sums as Stripe has them: whole numbers of a currency's smallest unit. Exact in both directions.

use probity_core::{Currency, Money};

/// Currencies of which Stripe counts whole units.
const WHOLE: [&str; 15] = [
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
    "XOF", "XPF",
];
/// Currencies of which Stripe counts thousandths.
const THOUSANDTHS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// How many places after the point Stripe's whole numbers have. Some currencies without coins (ISK,
/// UGX, HUF, TWD) are counted in hundredths all the same.
#[must_use]
pub fn places(currency: Currency) -> u32 {
    let code = currency.code();
    match () {
        () if WHOLE.contains(&code) => 0,
        () if THOUSANDTHS.contains(&code) => 3,
        () => 2,
    }
}

/// A sum by Stripe's whole number and its code in small letters; None where it is no sum.
#[must_use]
pub fn money(amount: u64, currency: &str) -> Option<Money> {
    let currency = Currency::parse(&currency.to_ascii_uppercase())?;
    let unit = 10_i128.checked_pow(12_u32.checked_sub(places(currency))?)?;
    let trillionths = i128::from(amount).checked_mul(unit)?;
    // No larger than what is read anywhere else.
    let largest = Money::parse(currency, "9007199254")?.trillionths();
    (trillionths <= largest).then(|| Money::of_trillionths(currency, trillionths))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact_whatever_the_unit() {
        for (amount, code, says) in [
            (1000, "usd", "$10.00"),
            (1, "eur", "EUR 0.01"),
            (500, "jpy", "JPY 500.00"),
            (500, "isk", "ISK 5.00"),
            (500, "ugx", "UGX 5.00"),
            (5120, "kwd", "KWD 5.12"),
            (0, "usd", "$0.00"),
            (99_999_999, "huf", "HUF 999999.99"),
        ] {
            assert_eq!(money(amount, code).unwrap().to_string(), says);
        }
        for (amount, code) in [(1, ""), (1, "us"), (1, "u$d"), (u64::MAX, "jpy")] {
            assert_eq!(money(amount, code), None, "{code}");
        }
    }
}
