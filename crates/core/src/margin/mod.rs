//! What an action costs us, and what is left of its price: unit cost and margin.
//!
//! Judged where it hurts: at the lowest value a credit can have, at the dearest model of the class
//! an action runs on, at worst with every free redo taken. An unknown price is unknown, never zero:
//! it makes the answer `None` and is named. Nothing here decides a run; what runs really cost is added
//! up from the journal in [`observed`].

mod credit_value;
mod harsh;
pub mod observed;
mod plan;
mod price;
mod unit_cost;

pub use credit_value::{CreditSource, CreditValue};
pub use harsh::{HarshPair, harsh_pairs};
pub use plan::PlanMargin;
pub use price::{Priced, UnitPrice};
pub use unit_cost::{UnitCost, Unknown, dearest_cost, effective_class, own_key_bill, unit_cost};

use crate::contract::{Action, Contract, Operations, Percent, Plan};
use crate::id::Name;
use crate::money::Cost;
use std::fmt;

/// What is left of a price, as a share of it in millionths; negative where it loses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Margin(i64);

impl Margin {
    /// Millionths of the income.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Is it below this floor?
    #[must_use]
    pub fn is_below(self, floor: Percent) -> bool {
        self.0 < i64::from(floor.millionths())
    }
}

impl fmt::Display for Margin {
    /// In per cent with at most one place, cut towards zero: `24.7%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0.checked_div(1_000).unwrap_or(0);
        crate::decimal::write_scaled(f, i128::from(tenths), 1, 0)?;
        f.write_str("%")
    }
}

/// What something brings, costs and leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Earning {
    /// What the customer pays for it.
    pub income: Cost,
    /// What it costs us, without overhead.
    pub cost: Cost,
    /// Income less overhead (a share of the income) less cost. Negative: it loses.
    pub profit: Cost,
    /// Profit as a share of income; None where nothing is paid.
    pub margin: Option<Margin>,
}

impl Earning {
    /// What is left of an income; None when it cannot be counted.
    #[must_use]
    pub fn of(income: Cost, cost: Cost, overhead: Percent) -> Option<Self> {
        let overhead = income.share(u64::from(overhead.millionths()), 1_000_000)?;
        let profit = income.minus(overhead)?.minus(cost)?;
        let margin = profit.ratio_millionths(income).and_then(|m| i64::try_from(m).ok());
        Some(Self { income, cost, profit, margin: margin.map(Margin) })
    }

    /// Does it cost more than it brings?
    #[must_use]
    pub fn loses(&self) -> bool {
        self.profit < Cost::ZERO
    }
}

/// The margin of one action on one plan.
#[derive(Clone, Debug)]
pub struct ActionMargin {
    /// The action.
    pub action: Name,
    /// The plan it is offered on.
    pub plan: Name,
    /// Is it the price of units beyond a free action's allowance?
    pub is_beyond_allowance: bool,
    /// What one unit brings in credits.
    pub price: UnitPrice,
    /// What one unit costs us.
    pub cost: UnitCost,
    /// At the usual price and the typical cost. None: free, or unknown.
    pub typical: Option<Earning>,
    /// At the lowest price of a unit and the worst cost. None: free, unknown, or without bound.
    pub worst: Option<Earning>,
}

/// Unit costs and margins of a whole contract.
#[derive(Clone, Debug)]
pub struct Margins {
    /// The lowest value of a credit; None where nothing says what one is worth.
    pub credit: Option<CreditValue>,
    /// Each offered action of each plan, in the order of the file.
    pub actions: Vec<ActionMargin>,
    /// Each plan at its worst.
    pub plans: Vec<PlanMargin>,
    /// For each action that is charged even if nothing is found: the price that earns the same.
    pub pairs: Vec<HarshPair>,
}

/// Unit costs and margins of every plan and action.
#[must_use]
pub fn margins(contract: &Contract, operations: &Operations) -> Margins {
    let credit = CreditValue::lowest(contract);
    let actions: Vec<_> = contract
        .plans
        .iter()
        .flat_map(|plan| plan_rows(contract, operations, plan, credit.as_ref()))
        .collect();
    let overhead = overhead(operations);
    let plans =
        contract.plans.iter().map(|plan| PlanMargin::of(plan, &actions, overhead)).collect();
    Margins { credit, actions, plans, pairs: harsh_pairs(contract, operations) }
}

/// The rows of a plan: each offered action at its price, and beyond its allowance where it is sold.
fn plan_rows(
    contract: &Contract,
    operations: &Operations,
    plan: &Plan,
    credit: Option<&CreditValue>,
) -> Vec<ActionMargin> {
    let offered = contract.actions.iter().filter(|action| plan.is_offering(&action.id));
    offered
        .flat_map(|action| {
            let row = ActionMargin::of(contract, operations, action, plan, credit);
            let beyond = beyond_price(action, plan).map(|price| ActionMargin {
                is_beyond_allowance: true,
                ..row.clone().at(price, credit, overhead(operations))
            });
            std::iter::once(row).chain(beyond).collect::<Vec<_>>()
        })
        .collect()
}

impl ActionMargin {
    /// The margin of an action on a plan, with a credit worth so much.
    #[must_use]
    pub fn of(
        contract: &Contract,
        operations: &Operations,
        action: &Action,
        plan: &Plan,
        credit: Option<&CreditValue>,
    ) -> Self {
        let price = UnitPrice::of(action, Some(plan));
        let free = Self {
            action: action.id.clone(),
            plan: plan.id.clone(),
            is_beyond_allowance: false,
            price,
            cost: unit_cost(contract, operations, action, Some(plan)),
            typical: None,
            worst: None,
        };
        free.at(price, credit, overhead(operations))
    }

    /// The same at another price.
    fn at(self, price: UnitPrice, credit: Option<&CreditValue>, overhead: Percent) -> Self {
        let typical = earning(Some(price.usual), self.cost.typical, credit, overhead);
        let worst = earning(price.lowest, self.cost.worst, credit, overhead);
        Self { price, typical, worst, ..self }
    }
}

fn overhead(operations: &Operations) -> Percent {
    operations.costs.as_ref().map_or(Percent::default(), |costs| costs.overhead)
}

/// The price beyond the allowance: asked only where the plan sells credits.
fn beyond_price(action: &Action, plan: &Plan) -> Option<UnitPrice> {
    let has_allowance = plan.allowances.contains_key(&action.id);
    (plan.top_ups && has_allowance)
        .then_some(action.after_allowance)
        .flatten()
        .map(UnitPrice::fixed)
}

/// What `priced` units bring and cost; None where free or unknown.
fn earning(
    priced: Option<Priced>,
    cost: Option<Cost>,
    credit: Option<&CreditValue>,
    overhead: Percent,
) -> Option<Earning> {
    let priced = priced.filter(|p| p.credits.is_positive())?;
    let income = credit?.worth(priced.credits)?;
    Earning::of(income, cost?.times(priced.units)?, overhead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overhead_is_of_price() {
        let cost = |text| Cost::parse(text).unwrap();
        let earning = Earning::of(cost("0.88"), cost("0.305"), Percent(150_000)).unwrap();
        assert_eq!(earning.profit, cost("0.443"));
        assert_eq!(earning.margin.unwrap().millionths(), 503_409);
        assert_eq!(earning.margin.unwrap().to_string(), "50.3%");
        let free = Earning::of(Cost::ZERO, cost("1"), Percent::default()).unwrap();
        assert!(free.loses() && free.margin.is_none());
    }
}
