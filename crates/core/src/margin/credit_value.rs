//! What a credit is worth at the least: the cheapest way to come by one.

use crate::amount::Amount;
use crate::contract::{Contract, Plan};
use crate::id::Name;
use crate::money::{Cost, Money};
use crate::time::Per;
use std::cmp::Ordering;

/// Where credits of this value come from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CreditSource {
    /// A pack of so many credits.
    Pack(Amount),
    /// The credits that a plan's price brings.
    Plan(Name),
    /// The list price: any amount may be bought, or nothing else says.
    ListPrice,
}

/// Credits and what was paid for them, kept as a pair so that nothing is rounded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CreditValue {
    /// What is paid…
    pub paid: Money,
    /// …for so many credits, more than none.
    pub credits: Amount,
    /// The way they are come by.
    pub from: CreditSource,
}

impl CreditValue {
    /// The lowest value in a contract: margins are judged at it, because heavy buyers pay it.
    ///
    /// Plans without a price do not count: their credits are not sold.
    #[must_use]
    pub fn lowest(contract: &Contract) -> Option<Self> {
        let packs = contract.top_ups.packs.iter().map(|pack| Self {
            paid: pack.price,
            credits: pack.credits,
            from: CreditSource::Pack(pack.credits),
        });
        let plans = contract.plans.iter().filter_map(Self::of_plan);
        let list = contract.credit.list_price.map(|paid| Self {
            paid,
            credits: Amount::credits(1),
            from: CreditSource::ListPrice,
        });
        let any_amount = contract.top_ups.any_amount_from.and(list.clone());
        packs
            .chain(plans)
            .chain(any_amount)
            .filter(|value| value.credits.is_positive())
            .min_by(Self::order)
            .or(list)
    }

    /// A plan's price ÷ its credits, both over a year.
    fn of_plan(plan: &Plan) -> Option<Self> {
        let price = plan.price?;
        let credits = plan.credits?.times(times_a_year(plan.credits_per))?;
        let paid = price.money.times(times_a_year(price.per))?;
        Some(Self { paid, credits, from: CreditSource::Plan(plan.id.clone()) })
    }

    /// The cheaper credit first. Values that cannot be compared count as equal.
    fn order(&self, other: &Self) -> Ordering {
        let cross = |paid: Money, credits: Amount| {
            paid.trillionths().checked_mul(i128::from(credits.millionths()))
        };
        cross(self.paid, other.credits)
            .zip(cross(other.paid, self.credits))
            .map_or(Ordering::Equal, |(mine, theirs)| mine.cmp(&theirs))
    }

    /// What one credit is worth, rounded down to 10^−12.
    #[must_use]
    pub fn per_credit(&self) -> Option<Money> {
        self.paid.per_credit(self.credits)
    }

    /// What an amount brings, in dollars; None where the contract's currency is another.
    #[must_use]
    pub fn worth(&self, amount: Amount) -> Option<Cost> {
        let part = u64::try_from(amount.millionths()).ok()?;
        let whole = u64::try_from(self.credits.millionths()).ok()?;
        Cost::of_money(self.paid)?.share(part, whole)
    }
}

/// How often something comes in a year, at the least: lowest value, fewest payments.
const fn times_a_year(per: Per) -> u64 {
    match per {
        Per::Day => 365,
        Per::Week => 52,
        Per::Month => 12,
        Per::Year => 1,
    }
}
