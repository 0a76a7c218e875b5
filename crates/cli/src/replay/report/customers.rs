//! What single customers come to: against today, spread, the largest, the tails.

use super::make::Making;
use super::{Against, ChangeBin, CustomerLine, Customers, Quantiles, SpreadLines};
use crate::replay::tally::OfCustomer;
use probity_core::{Cost, Money};
use std::cmp::Reverse;

/// How many customers are listed.
const LISTED: usize = 10;
/// From how many customers on a fifth of all cost is a lot for one.
const MANY: usize = 20;
/// The ranges of use here against today's charge, in words; see [`place`].
const RANGES: [&str; 9] = [
    "nothing",
    "under a quarter",
    "a quarter to half",
    "half to ¾",
    "¾ to 95%",
    "about the same",
    "up to double",
    "2 to 4 times",
    "over 4 times",
];
/// The place of what is about the same: within a twentieth.
const SAME: usize = 5;

pub(super) fn customers(making: &Making<'_>) -> Customers {
    let all = &making.tally.customers;
    let use_of = |c: &OfCustomer| making.worth(c.charged);
    let knows_today = making.knows_today;
    let pairs = || all.iter().filter_map(|c| Some((c.today, use_of(c)?))).filter(|_| knows_today);
    Customers {
        count: all.len() as u64,
        spread: spread(making),
        by_use: knows_today.then(|| against(pairs())),
        by_bill: knows_today.then(|| against(all.iter().map(|c| (c.today, c.bill)))),
        changes: if knows_today { changes(pairs()) } else { Vec::new() },
        refused: all.iter().filter(|c| c.refused > 0).count() as u64,
        top: lines(making, all.iter().collect(), |c| {
            let here = use_of(c).map_or(0, Money::trillionths);
            Reverse((here.max(c.today.trillionths()), c.rows))
        }),
        tails_by_share: are_many(making),
        tails: lines(making, all.iter().filter(|c| is_tail(making, c)).collect(), |c| {
            Reverse((c.cost, c.rows))
        }),
    }
}

/// Over a fifth of all cost today, where customers are many, or over three times what they would pay.
fn is_tail(making: &Making<'_>, customer: &OfCustomer) -> bool {
    let fifth = making.tally.cost.share(1, 5).unwrap_or(Cost::ZERO);
    // Of a few customers somebody always has a fifth.
    let is_large = are_many(making) && fifth.is_positive() && customer.cost > fifth;
    let thrice = customer.bill.times(3).and_then(Cost::of_money);
    let here = customer.cost.minus(customer.spared).unwrap_or(Cost::ZERO);
    is_large || thrice.is_some_and(|thrice| here > thrice)
}

/// Are there enough customers for a share of the whole to tell something of one?
fn are_many(making: &Making<'_>) -> bool {
    making.tally.customers.len() >= MANY
}

fn lines<K: Ord>(
    making: &Making<'_>,
    mut all: Vec<&OfCustomer>,
    key: impl Fn(&OfCustomer) -> K,
) -> Vec<CustomerLine> {
    all.sort_by_cached_key(|c| (key(c), c.customer));
    all.truncate(LISTED);
    all.into_iter().map(|c| line(making, c)).collect()
}

/// Every customer, in the order of first appearance.
pub(super) fn every(making: &Making<'_>) -> Vec<CustomerLine> {
    making.tally.customers.iter().map(|c| line(making, c)).collect()
}

fn line(making: &Making<'_>, customer: &OfCustomer) -> CustomerLine {
    let knows_cost = customer.costed > 0;
    CustomerLine {
        customer: making.customer(customer.customer),
        plan: making.rules.plan(customer.plan).map(|p| p.id.to_string()).unwrap_or_default(),
        runs: customer.rows,
        refused: customer.refused,
        today: making.knows_today.then_some(customer.today),
        charged: customer.charged,
        worth: making.worth(customer.charged),
        bill: customer.bill,
        cost: knows_cost.then_some(customer.cost),
        costed: customer.costed,
        cost_here: customer.cost.minus(customer.spared).filter(|_| knows_cost),
    }
}

fn spread(making: &Making<'_>) -> Option<SpreadLines> {
    let all = &making.tally.customers;
    let today = making.knows_today.then(|| quantiles(all.iter().map(|c| c.today))).flatten();
    let here = quantiles(all.iter().filter_map(|c| making.worth(c.charged)))?;
    let bill = quantiles(all.iter().map(|c| c.bill))?;
    Some(SpreadLines { today, here, bill })
}

fn quantiles(sums: impl Iterator<Item = Money>) -> Option<Quantiles> {
    let mut all: Vec<_> = sums.collect();
    all.sort_unstable_by_key(|sum| sum.trillionths());
    let at =
        |percent: usize| all.get((all.len() * percent).div_ceil(100).saturating_sub(1)).copied();
    Some(Quantiles { median: at(50)?, p95: at(95)?, max: at(100)? })
}

/// The range that a customer falls into.
fn place(today: Money, here: Money) -> usize {
    let (today, here) = (today.trillionths(), here.trillionths());
    match (today, here) {
        (..=0, ..=0) => SAME,
        (..=0, _) => RANGES.len() - 1,
        (_, ..=0) => 0,
        _ if here * 4 < today => 1,
        _ if here * 2 < today => 2,
        _ if here * 4 < today * 3 => 3,
        _ if here * 20 < today * 19 => 4,
        _ if here * 20 <= today * 21 => SAME,
        _ if here <= today * 2 => 6,
        _ if here <= today * 4 => 7,
        _ => 8,
    }
}

fn against(pairs: impl Iterator<Item = (Money, Money)>) -> Against {
    let mut against = Against::default();
    for place in pairs.map(|(today, here)| place(today, here)) {
        match place {
            ..SAME => against.less += 1,
            SAME => against.same += 1,
            _ => against.more += 1,
        }
        against.more_than_double += u64::from(place > SAME + 1);
    }
    against
}

fn changes(pairs: impl Iterator<Item = (Money, Money)>) -> Vec<ChangeBin> {
    let mut bins = RANGES.map(|range| ChangeBin { range, customers: 0 });
    for (today, here) in pairs {
        if let Some(bin) = bins.get_mut(place(today, here)) {
            bin.customers += 1;
        }
    }
    bins.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::Currency;

    fn money(cents: i128) -> Money {
        Money::of_trillionths(Currency::USD, cents * 10_000_000_000)
    }

    #[test]
    fn the_same_is_within_a_twentieth() {
        let pairs = [(100, 105), (100, 95), (100, 94), (100, 106), (100, 201), (0, 0), (0, 1)];
        let against = against(pairs.into_iter().map(|(a, b)| (money(a), money(b))));
        assert_eq!(against, Against { less: 1, same: 3, more: 3, more_than_double: 2 });
    }

    #[test]
    fn every_customer_falls_into_one_bin() {
        let pairs = [
            (100, 0),
            (100, 1),
            (100, 25),
            (100, 26),
            (100, 100),
            (100, 200),
            (100, 201),
            (100, 900),
            (0, 0),
            (0, 5),
        ];
        let bins = changes(pairs.into_iter().map(|(a, b)| (money(a), money(b))));
        let counts: Vec<_> = bins.iter().map(|bin| bin.customers).collect();
        assert_eq!(counts, [1, 1, 2, 0, 0, 2, 1, 1, 2]);
    }

    #[test]
    fn quantiles_are_of_single_customers() {
        let found = quantiles((1..=100).map(money)).unwrap();
        assert_eq!((found.median, found.p95, found.max), (money(50), money(95), money(100)));
        assert!(quantiles(std::iter::empty()).is_none());
        assert_eq!(quantiles([money(7)].into_iter()).unwrap().median, money(7));
    }
}
