//! A plan at its worst: every allowance used, every credit spent where it costs us most.

use super::{ActionMargin, Earning, Priced, Unknown};
use crate::contract::{Percent, Plan};
use crate::id::Name;
use crate::money::Cost;
use crate::time::Per;
use std::cmp::Ordering;

/// One period of a plan at its worst.
#[derive(Clone, Debug)]
pub struct PlanMargin {
    /// The plan.
    pub plan: Name,
    /// The period it is reckoned for: that of the plan's price.
    pub per: Per,
    /// What all allowances cost us. None: unknown.
    pub allowances: Option<Cost>,
    /// What all credits of the period cost us, spent on the costliest action. None: unknown.
    pub credits: Option<Cost>,
    /// The action that costs us most for each credit. None: no credits come, or unknown.
    pub costliest: Option<Name>,
    /// All of it against the plan's price. None: unknown.
    pub worst: Option<Earning>,
    /// What is not known, once each.
    pub unknown: Vec<Unknown>,
}

impl PlanMargin {
    /// The worst of a plan, from the rows of its actions.
    pub(super) fn of(plan: &Plan, rows: &[ActionMargin], overhead: Percent) -> Self {
        let rows: Vec<_> = rows.iter().filter(|row| row.plan == plan.id).collect();
        let allowances = allowances_cost(plan, &rows);
        let (costliest, credits) = match credits_cost(plan, &rows) {
            Some((action, cost)) => (action, Some(cost)),
            None => (None, None),
        };
        let income = plan.price.map_or(Some(Cost::ZERO), |p| Cost::of_money(p.money));
        let cost = allowances.zip(credits).and_then(|(a, c)| a.plus(c));
        Self {
            plan: plan.id.clone(),
            per: plan.period(),
            allowances,
            credits,
            costliest,
            worst: income.zip(cost).and_then(|(i, c)| Earning::of(i, c, overhead)),
            unknown: what_is_unknown(plan, &rows),
        }
    }
}

/// Every unit of every allowance at its worst cost.
fn allowances_cost(plan: &Plan, rows: &[&ActionMargin]) -> Option<Cost> {
    plan.allowances.iter().try_fold(Cost::ZERO, |sum, (action, allowance)| {
        let Some(row) = rows.iter().find(|row| row.action == *action) else {
            return Some(sum); // not offered: it cannot be used
        };
        let units = allowance.units.checked_mul(most_times(allowance.per, plan.period()))?;
        sum.plus(row.cost.worst?.times(units)?)
    })
}

/// All credits of a period on the action that costs us most for each of them.
fn credits_cost(plan: &Plan, rows: &[&ActionMargin]) -> Option<(Option<Name>, Cost)> {
    let Some(credits) = plan.credits.filter(|c| c.is_positive()) else {
        return Some((None, Cost::ZERO));
    };
    let credits = credits.times(most_times(plan.credits_per, plan.period()))?;
    let priced: Option<Vec<_>> = rows
        .iter()
        .filter(|row| !row.price.is_free())
        .map(|row| Some((row, row.price.lowest?, row.cost.worst?)))
        .collect();
    let worst = priced?
        .into_iter()
        .filter_map(|(row, priced, cost)| Some((row, priced, cost.times(priced.units)?)))
        .max_by(|a, b| by_cost_for_a_credit((a.1, a.2), (b.1, b.2)));
    let Some((row, priced, cost)) = worst else {
        return Some((None, Cost::ZERO));
    };
    let part = u64::try_from(credits.millionths()).ok()?;
    let whole = u64::try_from(priced.credits.millionths()).ok()?;
    Some((Some(row.action.clone()), cost.share(part, whole)?))
}

/// Which costs more for each credit: cross products, so that nothing is rounded.
fn by_cost_for_a_credit(a: (Priced, Cost), b: (Priced, Cost)) -> Ordering {
    let weighed = |cost: Cost, other: Priced| {
        u64::try_from(other.credits.millionths()).ok().and_then(|n| cost.times(n))
    };
    weighed(a.1, b.0).cmp(&weighed(b.1, a.0))
}

/// What keeps the plan's worst from being known.
fn what_is_unknown(plan: &Plan, rows: &[&ActionMargin]) -> Vec<Unknown> {
    let counts = |row: &ActionMargin| {
        plan.allowances.contains_key(&row.action)
            || (plan.credits.is_some() && !row.price.is_free())
    };
    let used = rows.iter().filter(|row| counts(row));
    let mut unknown: Vec<_> = used.flat_map(|row| row.cost.unknown.iter().cloned()).collect();
    unknown.sort();
    unknown.dedup();
    unknown
}

/// How often windows of `inner` can begin to be used within one of `outer`, at the most.
const fn most_times(inner: Per, outer: Per) -> u64 {
    match (outer, inner) {
        (Per::Week, Per::Day) => 7,
        (Per::Month, Per::Day) => 31,
        (Per::Month, Per::Week) => 5,
        (Per::Year, Per::Day) => 366,
        (Per::Year, Per::Week) => 53,
        (Per::Year, Per::Month) => 12,
        _ => 1,
    }
}
