//! What a customer's plans cost over the days of a log.
//!
//! A period counts for the share of its days that the log covers, so that a year's price does not
//! stand against a month of use. The first counts as if it had begun with the log: nearly everybody
//! was a customer before their first row. Whole numbers only, rounded down to the cent.

use super::tally::grow;
use probity_core::Money;

/// A cent, in trillionths of one unit of money.
const CENT: i128 = 10_000_000_000;

/// The periods of one customer's plans.
#[derive(Clone, Debug)]
pub(crate) struct Bill {
    /// Periods that lie within the log as a whole, and packs.
    whole: Money,
    /// The others.
    open: Vec<Stretch>,
    has_begun: bool,
}

/// Days on one plan, within one of its periods. Days are numbered.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    price: Money,
    /// The days of the period.
    length: i32,
    /// The first day; None: the log's.
    from: Option<i32>,
    /// The first day no longer on it; None: on it to the log's end.
    until: Option<i32>,
}

impl Bill {
    /// Nothing yet.
    pub(crate) const fn new(none: Money) -> Self {
        Self { whole: none, open: Vec::new(), has_begun: false }
    }

    /// A period of so many days begins on a day, or the rest of one on another plan.
    pub(crate) fn period(&mut self, price: Money, length: i32, day: i32) {
        if let Some(before) = self.open.last_mut().filter(|last| last.until.is_none()) {
            before.until = Some(day);
        }
        let from = self.has_begun.then_some(day);
        self.open.push(Stretch { price, length, from, until: None });
        self.has_begun = true;
        let whole = &mut self.whole;
        self.open.retain(|stretch| {
            // A first period that has passed began with the log at the latest.
            let is_whole = stretch
                .until
                .zip(stretch.from)
                .is_some_and(|(until, from)| until.saturating_sub(from) >= stretch.length);
            if is_whole {
                grow(whole, stretch.price);
            }
            !is_whole
        });
    }

    /// A pack was bought.
    pub(crate) fn pack(&mut self, price: Money) {
        grow(&mut self.whole, price);
    }

    /// All of it, for a log from its first day to its last.
    pub(crate) fn over(&self, first: i32, last: i32) -> Money {
        let mut sum = self.whole;
        for Stretch { price, length, from, until } in &self.open {
            let until = until.unwrap_or(last.saturating_add(1));
            let days = until.saturating_sub(from.unwrap_or(first));
            grow(&mut sum, share(*price, days, *length));
        }
        sum
    }
}

/// The share of a period's price for some of its days, rounded down to the cent where it is less.
fn share(price: Money, days: i32, length: i32) -> Money {
    let length = length.max(1);
    if days >= length {
        return price;
    }
    let part = price.trillionths().checked_mul(i128::from(days.max(0))).unwrap_or(0);
    Money::of_trillionths(price.currency, part / i128::from(length) / CENT * CENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::Currency;

    fn dollars(n: i128) -> Money {
        Money::of_trillionths(Currency::USD, n * 1_000_000_000_000)
    }

    fn bill(periods: &[(i128, i32, i32)]) -> Bill {
        let mut bill = Bill::new(dollars(0));
        for (price, length, day) in periods {
            bill.period(dollars(*price), *length, *day);
        }
        bill
    }

    #[test]
    fn a_year_counts_for_the_days_of_the_log() {
        // 30 days of 365, whenever within the log the customer is first seen.
        for day in [100, 110, 129] {
            assert_eq!(bill(&[(365, 365, day)]).over(100, 129), dollars(30));
        }
    }

    #[test]
    fn months_within_the_log_count_in_full_and_the_last_for_its_days() {
        let months = bill(&[(30, 30, 100), (30, 30, 130), (30, 30, 160)]);
        assert_eq!(months.over(100, 174), dollars(75));
        assert_eq!(months.over(100, 189), dollars(90));
    }

    #[test]
    fn a_plan_that_is_left_counts_for_its_days() {
        let moved = bill(&[(365, 365, 105), (31, 31, 110)]);
        assert_eq!(moved.over(100, 119), dollars(10 + 10));
    }

    #[test]
    fn packs_count_in_full_and_shares_are_rounded_down() {
        let mut bill = bill(&[(10, 30, 100)]);
        bill.pack(dollars(5));
        assert_eq!(bill.over(100, 100).number(), "5.33");
    }
}
