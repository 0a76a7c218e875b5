//! `changes.never`: does a version do what the one before it promised never to do?
//!
//! Two of the promises no version can break: credits that are held keep their amount and expiry,
//! and work that has begun is charged by the version it began under. What is left to find is a
//! charge for what was free, taken without asking. This compares two contracts and knows no
//! customers; special terms are agreed with each of them.

use super::{Action, Contract, Never, Plan, RunsOn, Tariff};

/// A promise of `changes.never` that a later version breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// What was promised.
    pub promise: Never,
    /// The key that breaks it: `actions.map_market.price`.
    pub key: String,
}

/// The first promise of `before` that `after` breaks, if it breaks one.
#[must_use]
pub fn broken_promise(before: &Contract, after: &Contract) -> Option<Broken> {
    broken_promises(before, after).into_iter().next()
}

/// Every promise of `before` that `after` breaks, once for each key that breaks it.
#[must_use]
pub fn broken_promises(before: &Contract, after: &Contract) -> Vec<Broken> {
    let promise = Never::StartChargingForFreeThingsWithoutYourYes;
    if !before.changes.never.contains(&promise) {
        return Vec::new();
    }
    let mut broken: Vec<Broken> = Vec::new();
    for key in owned_no_more(before, after).chain(free_no_more(before, after)) {
        if broken.iter().all(|known| known.key != key) {
            broken.push(Broken { promise, key });
        }
    }
    broken
}

/// What was paid for once is free for ever; charged once no more, it would be charged again.
fn owned_no_more<'c>(
    before: &'c Contract,
    after: &'c Contract,
) -> impl Iterator<Item = String> + 'c {
    let forgotten = before.actions.iter().filter(|action| {
        let then = after.actions.get(&action.id);
        let forgets = |then: &Action| then.same.once_per.is_none() && !is_nothing(&then.price);
        action.same.once_per.is_some() && then.is_some_and(forgets)
    });
    forgotten.map(|action| format!("actions.{}.charge_once_per", action.id))
}

/// What costs nothing on a plan and would then be charged there. A price beyond an allowance is
/// asked for each time (`after_allowance`), so it breaks nothing.
fn free_no_more<'c>(
    before: &'c Contract,
    after: &'c Contract,
) -> impl Iterator<Item = String> + 'c {
    let plans = before.plans.iter().filter_map(|plan| Some((plan, after.plans.get(&plan.id)?)));
    plans.flat_map(move |(plan, then)| {
        before.actions.iter().filter_map(move |action| {
            let later = after.actions.get(&action.id)?;
            let was_free = plan.is_offering(&action.id) && is_free(plan, action);
            let is_charged = then.is_offering(&action.id) && !is_free(then, later);
            (was_free && is_charged).then(|| cause(plan, action))
        })
    })
}

/// Does every run of it cost nothing on this plan? On the customer's key it costs what their
/// provider bills.
fn is_free(plan: &Plan, action: &Action) -> bool {
    let planned = plan.prices.get(&action.id);
    plan.runs_on == RunsOn::Us
        || is_nothing(&action.price)
        || planned.is_some_and(|price| !price.on_your_key && is_nothing(&price.credits))
}

/// Does it cost nothing, however many?
pub(crate) fn is_nothing(tariff: &Tariff) -> bool {
    match tariff {
        Tariff::Free => true,
        Tariff::Fixed(price) => price.is_zero(),
        Tariff::Each { each, at_least, .. } => {
            each.is_zero() && at_least.is_none_or(crate::Amount::is_zero)
        }
    }
}

/// The key that made it free before.
fn cause(plan: &Plan, action: &Action) -> String {
    if is_nothing(&action.price) {
        format!("actions.{}.price", action.id)
    } else if plan.runs_on == RunsOn::Us {
        format!("plans.{}.runs_on", plan.id)
    } else {
        format!("plans.{}.prices.{}", plan.id, action.id)
    }
}
