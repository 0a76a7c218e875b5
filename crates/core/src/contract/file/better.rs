//! Is an override better than its plan? Compared key by key, as far as the two files can tell.
//! Prices of different shapes (fixed against per quantity) cannot be compared here: deciding takes
//! the lower of them for each run.

use super::plans::on_your_key;
use super::problems::Problem;
use super::reader::Reader;
use super::section::Section;
use super::tree::Node;
use crate::contract::{Action, Contract, Override, Plan, RunsOn, Tariff};
use crate::id::Name;
use crate::phrase::credits;

/// Reports every key of an override that is worse than the plan it was agreed for.
pub(super) fn than_the_plan(
    r: &mut Reader<'_>,
    s: &Section<'_>,
    special: &Override,
    contract: &Contract,
) {
    if special.plan.is_none() {
        on_every_plan(r, s, special, contract);
    }
    let Some(plan) = special.plan.as_ref().and_then(|id| contract.plans.get(id)) else { return };
    allowances(r, s, special, plan, contract);
    prices(r, s, special, plan, contract);
    if let (Some(at), Some(given)) = (s.at("at_once"), special.at_once)
        && given < contract.limits.at_once
    {
        worse(r, at, &format!("{given} at once"), &format!("{}", contract.limits.at_once));
    }
    if let (Some(at), Some(given)) = (s.at("best_model"), &special.best_model) {
        let ours = contract.models.position(given);
        let theirs = plan.best_model.as_ref().map(|best| contract.models.position(best));
        match theirs {
            None => worse(r, at, &format!("`{given}`"), "any model"),
            Some(theirs) if ours < theirs => {
                let best = plan.best_model.as_ref().map_or("", Name::as_str);
                worse(r, at, &format!("`{given}`"), &format!("`{best}`"));
            }
            Some(_) => {}
        }
    }
}

/// Terms that hold whatever the plan: none of theirs may need a key that some plan does not have.
fn on_every_plan(r: &mut Reader<'_>, s: &Section<'_>, special: &Override, contract: &Contract) {
    if let Some(plan) = contract.plans.iter().find(|plan| plan.runs_on != RunsOn::OwnKey) {
        let runs_on = plan.runs_on.word();
        let because = format!("This holds on every plan, and `{}` runs on `{runs_on}`", plan.id);
        on_your_key(r, s.at("prices"), &special.prices, &because);
    }
}

fn worse(r: &mut Reader<'_>, at: &Node, given: &str, plan: &str) {
    let message = format!("The override gives {given}, but the plan gives {plan} already.");
    r.report(Problem::WorseThanPlan, at, message, "Delete the line, or give more than the plan.");
}

fn allowances(
    r: &mut Reader<'_>,
    s: &Section<'_>,
    special: &Override,
    plan: &Plan,
    contract: &Contract,
) {
    for (action, given) in &special.allowances {
        let Some(at) = s.at("allowances").and_then(|node| node.get(action)) else { continue };
        match plan.allowances.get(action) {
            Some(theirs) if theirs.per != given.per => {
                let (ours, period) = (given.per.word(), theirs.per.word());
                let message = format!("The plan counts by the {period}, this by the {ours}.");
                let fix = format!("Write it as a number `a {period}`.");
                r.report(Problem::WorseThanPlan, at, message, fix);
            }
            Some(theirs) if given.units < theirs.units => {
                worse(r, at, &given.to_string(), &theirs.to_string());
            }
            None if is_free(plan, contract.actions.get(action)) => {
                worse(r, at, &given.to_string(), "as many as one likes");
            }
            Some(_) | None => {}
        }
    }
}

/// Is the action free on the plan, without a bound?
fn is_free(plan: &Plan, action: Option<&Action>) -> bool {
    action.is_some_and(|action| {
        plan.prices.get(&action.id).map_or(&action.price, |p| &p.credits) == &Tariff::Free
    })
}

fn prices(
    r: &mut Reader<'_>,
    s: &Section<'_>,
    special: &Override,
    plan: &Plan,
    contract: &Contract,
) {
    if plan.runs_on != RunsOn::OwnKey {
        let because = format!("`{}` runs on `{}`", plan.id, plan.runs_on.word());
        on_your_key(r, s.at("prices"), &special.prices, &because);
    }
    for (action, given) in &special.prices {
        let Some(at) = s.at("prices").and_then(|node| node.get(action)) else { continue };
        let Some(own) = contract.actions.get(action).map(|a| &a.price) else { continue };
        let of_plan = plan.prices.get(action).map(|p| &p.credits);
        let dearer =
            of_plan.into_iter().chain([own]).find(|theirs| is_dearer(&given.credits, theirs));
        if let Some(theirs) = dearer {
            let (given, theirs) = (said(&given.credits), said(theirs));
            let message = format!("{given} is dearer than the plan's {theirs}, at least for some.");
            let fix = "Delete the line, or lower the price.";
            r.report(Problem::WorseThanPlan, at, message, fix);
        }
    }
}

/// Is `given` dearer than `theirs` for some run, as far as their shapes can be compared?
fn is_dearer(given: &Tariff, theirs: &Tariff) -> bool {
    match (given, theirs) {
        (Tariff::Free, _) => false,
        (_, Tariff::Free) => true,
        (Tariff::Fixed(given), Tariff::Fixed(theirs)) => given > theirs,
        (
            Tariff::Each { each, at_least, at_most, up_to },
            Tariff::Each { each: e, at_least: least, at_most: most, up_to: to },
        ) => {
            each > e
                || at_least.unwrap_or_default() > least.unwrap_or_default()
                || most.is_some_and(|most| at_most.is_none_or(|given| given > most))
                || up_to.is_some_and(|given| to.is_none_or(|to| given < to))
        }
        (Tariff::Fixed(_), Tariff::Each { .. }) | (Tariff::Each { .. }, Tariff::Fixed(_)) => false,
    }
}

/// A price as it is written.
fn said(tariff: &Tariff) -> String {
    match tariff {
        Tariff::Free => "`free`".to_owned(),
        Tariff::Fixed(amount) => format!("`{}`", credits(*amount)),
        Tariff::Each { each, at_least, at_most, up_to } => {
            let mut text = format!("`{{ each: {}", credits(*each));
            for (key, bound) in [("at_least", at_least), ("at_most", at_most)] {
                if let Some(bound) = bound {
                    text.push_str(&format!(", {key}: {}", credits(*bound)));
                }
            }
            if let Some(up_to) = up_to {
                text.push_str(&format!(", up_to: {up_to}"));
            }
            text + " }`"
        }
    }
}
