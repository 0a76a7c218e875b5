//! Which of two values is more, where that can be said, and what more of it is to customers.
//!
//! Only orders: which keys they are used for is said where the keys are compared.

use super::Class;
use crate::contract::{PlanPrice, Treatment};
use crate::time::{Length, Per, TimeUnit};
use std::cmp::Ordering;

/// The class of a change by how the new value compares with the old one, where more is better.
pub(super) const fn more_is_better(now: Option<Ordering>) -> Class {
    match now {
        Some(Ordering::Greater) => Class::Better,
        Some(Ordering::Less) => Class::Adverse,
        Some(Ordering::Equal) => Class::Neutral,
        None => Class::Undecidable,
    }
}

/// The same, where less is better.
pub(super) fn less_is_better(now: Option<Ordering>) -> Class {
    more_is_better(now.map(Ordering::reverse))
}

/// More is better; of options none is least.
pub(super) fn more<T: PartialOrd>(was: &T, is: &T) -> Class {
    more_is_better(is.partial_cmp(was))
}

/// Less is better; of options none is least.
pub(super) fn less<T: PartialOrd>(was: &T, is: &T) -> Class {
    less_is_better(is.partial_cmp(was))
}

/// How two options compare where none is more than anything.
pub(super) fn none_is_most<T>(
    a: Option<&T>,
    b: Option<&T>,
    order: impl FnOnce(&T, &T) -> Option<Ordering>,
) -> Option<Ordering> {
    match (a, b) {
        (None, None) => Some(Ordering::Equal),
        (None, Some(_)) => Some(Ordering::Greater),
        (Some(_), None) => Some(Ordering::Less),
        (Some(a), Some(b)) => order(a, b),
    }
}

/// How two options compare where none is less than anything.
pub(super) fn none_is_least<T>(
    a: Option<&T>,
    b: Option<&T>,
    order: impl FnOnce(&T, &T) -> Option<Ordering>,
) -> Option<Ordering> {
    match (a, b) {
        (None, Some(_)) => Some(Ordering::Less),
        (Some(_), None) => Some(Ordering::Greater),
        _ => none_is_most(a, b, order),
    }
}

/// Two orders that must agree: None where one says more and the other less.
pub(super) fn both(one: Option<Ordering>, other: Option<Ordering>) -> Option<Ordering> {
    match (one?, other?) {
        (Ordering::Equal, order) | (order, Ordering::Equal) => Some(order),
        (a, b) => (a == b).then_some(a),
    }
}

/// Which length is longer, wherever the calendar begins it: 90 days are more than 2 months, but
/// 30 days are not always less than a month, and a day is not always 24 hours.
pub(super) fn lengths(a: &Length, b: &Length) -> Option<Ordering> {
    let (kind, count) = counted(*a);
    let (other_kind, other) = counted(*b);
    if kind == other_kind {
        return Some(count.cmp(&other));
    }
    let in_seconds = kind == Kind::Seconds || other_kind == Kind::Seconds;
    let (shortest, longest) = range(kind, count, in_seconds);
    let (others_shortest, others_longest) = range(other_kind, other, in_seconds);
    if longest <= others_shortest {
        Some(Ordering::Less)
    } else if shortest >= others_longest {
        Some(Ordering::Greater)
    } else {
        None
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Seconds,
    Days,
    Months,
}

/// Seconds, days or months, whichever it is exactly.
fn counted(length: Length) -> (Kind, u64) {
    let (kind, each) = match length.unit {
        TimeUnit::Second => (Kind::Seconds, 1),
        TimeUnit::Minute => (Kind::Seconds, 60),
        TimeUnit::Hour => (Kind::Seconds, 3_600),
        TimeUnit::Day => (Kind::Days, 1),
        TimeUnit::Week => (Kind::Days, 7),
        TimeUnit::Month => (Kind::Months, 1),
        TimeUnit::Year => (Kind::Months, 12),
    };
    (kind, u64::from(length.count).saturating_mul(each))
}

/// The shortest and the longest that it can be, in days or, with clocks set forward or back, in
/// seconds.
fn range(kind: Kind, count: u64, in_seconds: bool) -> (u64, u64) {
    let (shortest, longest) = match kind {
        Kind::Seconds => return (count, count),
        Kind::Days => (count, count),
        Kind::Months => (days(count, 365, 28), days(count, 366, 31)),
    };
    if in_seconds {
        let seconds = |days: u64| days.saturating_mul(86_400);
        (seconds(shortest).saturating_sub(3_600), seconds(longest).saturating_add(3_600))
    } else {
        (shortest, longest)
    }
}

fn days(months: u64, year: u64, month: u64) -> u64 {
    let years = months.checked_div(12).unwrap_or(0).saturating_mul(year);
    let rest = months.checked_rem(12).unwrap_or(0).saturating_mul(month);
    years.saturating_add(rest)
}

/// So many per period: more where there are no fewer of them and they come no less often.
pub(super) fn rates<T: Ord>(a: (&T, Per), b: (&T, Per)) -> Option<Ordering> {
    both(Some(a.0.cmp(b.0)), Some(b.1.cmp(&a.1)))
}

/// What is paid for a plan: more where neither the rate nor the sum paid at once is less.
pub(super) fn plan_prices(a: &PlanPrice, b: &PlanPrice) -> Option<Ordering> {
    let sum = a.money.partial_cmp(&b.money)?;
    if a.per == b.per {
        return Some(sum);
    }
    let (fewest, most) = times_a_year(a.per);
    let (others_fewest, others_most) = times_a_year(b.per);
    let lowest_over = a.money.times(fewest)?.partial_cmp(&b.money.times(others_most)?)?;
    let highest_under = a.money.times(most)?.partial_cmp(&b.money.times(others_fewest)?)?;
    let rate = match (lowest_over, highest_under) {
        (low, high) if low == high => low,
        (Ordering::Greater | Ordering::Equal, _) => Ordering::Greater,
        (_, Ordering::Less | Ordering::Equal) => Ordering::Less,
        _ => return None,
    };
    both(Some(sum), Some(rate))
}

/// How often it comes in a year: at least, and at most.
const fn times_a_year(per: Per) -> (u64, u64) {
    match per {
        Per::Day => (365, 366),
        Per::Week => (52, 53),
        Per::Month => (12, 12),
        Per::Year => (1, 1),
    }
}

/// How much of the price an ending takes, for comparing.
pub(super) const fn taken(treatment: Treatment) -> u8 {
    match treatment {
        Treatment::Free => 0,
        Treatment::Share => 1,
        Treatment::Charge => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::{Ordering, lengths, plan_prices, rates, times_a_year};
    use crate::contract::PlanPrice;
    use crate::money::{Currency, Money};
    use crate::time::{Length, Per, Time, TimeUnit, Zone};
    use proptest::prelude::*;
    use proptest::sample::select;

    fn length() -> impl Strategy<Value = Length> {
        let unit = select(TimeUnit::ALL.to_vec());
        (1..100_u32, unit).prop_map(|(count, unit)| Length::new(count, unit))
    }

    proptest! {
        /// What is said to be longer never ends sooner, whenever it begins and wherever.
        #[test]
        fn longer_never_ends_sooner(
            a in length(),
            b in length(),
            day in 0..40_000_i64,
            berlin in any::<bool>(),
        ) {
            let zone = if berlin { Zone::named("Europe/Berlin").unwrap() } else { Zone::UTC };
            let from = Time::from_micros(day.saturating_mul(43_200_000_000));
            let (end, other) = (a.after(from, &zone), b.after(from, &zone));
            match lengths(&a, &b) {
                Some(Ordering::Less) => prop_assert!(end <= other),
                Some(Ordering::Equal) => prop_assert_eq!(end, other),
                Some(Ordering::Greater) => prop_assert!(end >= other),
                None => {}
            }
            prop_assert_eq!(lengths(&a, &b), lengths(&b, &a).map(Ordering::reverse));
        }

        /// What is said to be more never pays less over a year, nor at once.
        #[test]
        fn dearer_plans_cost_no_less(
            (a, b) in ((1..500_u32), (1..500_u32)),
            (per, other) in (select(Per::ALL.to_vec()), select(Per::ALL.to_vec())),
        ) {
            let price = |n: u32, per| PlanPrice {
                money: Money::parse(Currency::USD, &n.to_string()).unwrap(),
                per,
            };
            let (one, two) = (price(a, per), price(b, other));
            let in_a_year = |sum: u32, per| {
                let (fewest, most) = times_a_year(per);
                let sum = u64::from(sum);
                (sum.saturating_mul(fewest), sum.saturating_mul(most))
            };
            let order = plan_prices(&one, &two);
            prop_assert_eq!(order, plan_prices(&two, &one).map(Ordering::reverse));
            if order == Some(Ordering::Greater) {
                prop_assert!(a >= b && in_a_year(a, per).1 >= in_a_year(b, other).0);
            }
        }
    }

    #[test]
    fn lengths_in_a_few_words() {
        let order =
            |a: &str, b: &str| lengths(&Length::parse(a).unwrap(), &Length::parse(b).unwrap());
        assert_eq!(order("60 minutes", "1 hour"), Some(Ordering::Equal));
        assert_eq!(order("12 months", "1 year"), Some(Ordering::Equal));
        assert_eq!(order("2 weeks", "14 days"), Some(Ordering::Equal));
        assert_eq!(order("90 days", "2 months"), Some(Ordering::Greater));
        assert_eq!(order("28 days", "1 month"), Some(Ordering::Less));
        assert_eq!(order("1 year", "365 days"), Some(Ordering::Greater));
        assert_eq!(order("30 days", "1 month"), None);
        assert_eq!(order("24 hours", "1 day"), None);
        assert_eq!(order("25 hours", "1 day"), Some(Ordering::Greater));
        assert_eq!(order("23 hours", "1 day"), Some(Ordering::Less));
    }

    #[test]
    fn a_rate_is_more_where_there_are_no_fewer_and_no_less_often() {
        assert_eq!(rates((&150, Per::Month), (&150, Per::Year)), Some(Ordering::Greater));
        assert_eq!(rates((&100, Per::Month), (&150, Per::Month)), Some(Ordering::Less));
        assert_eq!(rates((&150, Per::Month), (&5, Per::Day)), None);
    }
}
