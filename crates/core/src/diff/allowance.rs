//! Free units compared: an allowance adds to what is paid, and bounds what is free.

use super::Class;
use super::judge::{more_is_better, none_is_least, none_is_most, rates};
use super::sides::Sides;
use crate::contract::{Action, Allowance, Plan, RunsOn, Tariff, is_nothing};
use crate::explain::price_on;
use crate::id::Name;
use std::collections::BTreeMap;

/// Compares a plan's allowances; those of an action that comes or goes do so with it.
pub(super) fn allowances(
    sides: &mut Sides<'_>,
    was: &BTreeMap<Name, Allowance>,
    plan: &Plan,
    is: &Plan,
) {
    let (before, after) = (sides.before, sides.after);
    for action in before.actions.iter() {
        let Some(now) = after.actions.get(&action.id) else { continue };
        let pair = (was.get(&action.id), is.allowances.get(&action.id));
        let bounds = (is_free(plan, action), is_free(is, now));
        sides.value(
            format!("plans.{}.allowances.{}", is.id, action.id),
            (&pair.0, &pair.1),
            |was, is| judged(*was, *is, bounds),
            |_, allowance| told(*allowance, bounds),
            |was, free| {
                format!("{} on {}: free units: {free} instead of {was}.", now.name, is.title())
            },
        );
    }
}

/// How one allowance compares with another.
pub(super) fn order(a: &Allowance, b: &Allowance) -> Option<std::cmp::Ordering> {
    let Allowance { units, per } = a;
    rates((units, *per), (&b.units, b.per))
}

/// None is without bound where the action is free anyway, and nothing where it is paid.
fn judged(was: Option<&Allowance>, is: Option<&Allowance>, bounds: (bool, bool)) -> Class {
    more_is_better(match bounds {
        (true, true) => none_is_most(is, was, order),
        (false, false) => none_is_least(is, was, order),
        _ => was.zip(is).and_then(|(was, is)| order(is, was)),
    })
}

fn told(allowance: Option<&Allowance>, bounds: (bool, bool)) -> String {
    match (allowance, bounds) {
        (Some(allowance), _) => allowance.to_string(),
        (None, (true, true)) => String::from("without bound"),
        (None, _) => String::from("none"),
    }
}

/// Is it free on this plan but for the bound of its allowance?
fn is_free(plan: &Plan, action: &Action) -> bool {
    let (tariff, on_key): (Tariff, bool) = price_on(plan, action);
    plan.runs_on == RunsOn::Us || (is_nothing(&tariff) && !on_key)
}
