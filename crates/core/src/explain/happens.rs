//! Which states can come about under a contract: at all, for one action, for an action on a plan.
//!
//! Read from the contract alone: special terms may lead further, and what operations decide (a
//! surge, a budget, announcing) is taken to come.

use super::ending::comes_in_parts;
use super::plan::price;
use crate::contract::words::State;
use crate::contract::{Action, Contract, Outcome, Plan, RunsOn, Tariff, Treatment};

/// Can any customer come into this state?
pub(super) fn ever(contract: &Contract, state: State) -> bool {
    let alerts = &contract.limits.alerts;
    match state {
        State::AlertUsed => !alerts.used.is_empty(),
        State::AlertRunsOut => alerts.runs_out.is_some(),
        State::AlertExpires => !alerts.expires.is_empty(),
        _ => contract.actions.iter().any(|action| happens(contract, state, action)),
    }
}

/// Can an action come into this state on some plan?
pub(super) fn happens(contract: &Contract, state: State, action: &Action) -> bool {
    contract.plans.iter().any(|plan| can(contract, state, plan, action))
}

/// Can an action come into this state on this plan?
pub(super) fn can(contract: &Contract, state: State, plan: &Plan, action: &Action) -> bool {
    let trials = contract.experiments.as_ref();
    let is_tried = trials.is_some_and(|trials| trials.actions.contains(&action.id));
    match state {
        State::NotInPlan => return !plan.is_offering(&action.id),
        State::Experiment => return is_tried,
        State::AlertUsed | State::AlertRunsOut | State::AlertExpires => return false,
        _ if !plan.is_offering(&action.id) => return false,
        _ => {}
    }
    let on_key = price(plan, action).1;
    let is_harsh = !action.paid_even_if.is_empty();
    let has_allowance = plan.allowances.contains_key(&action.id);
    let same = &action.same;
    match state {
        State::BeforeFree | State::Surge | State::OurBudgetUsed => {
            !on_key && (is_free(plan, action) || has_allowance)
        }
        State::AllowanceUsed => {
            let ends = is_free(plan, action) && !is_sold_beyond(plan, action);
            is_tried || (has_allowance && ends)
        }
        State::AllowanceBeyond => is_sold_beyond(plan, action),
        State::BeforeOwnKey | State::OwnKeyMissing | State::OwnKeyFailed => on_key,
        State::OwnKeyCap => {
            on_key && plan.own_key.as_ref().is_some_and(|key| key.monthly_cap.is_some())
        }
        State::Redo => action.free_redo.is_some(),
        State::Reopened => same.once_per.is_some() || same.free_for.is_some(),
        State::ModelAbovePlan => {
            let trials_best = trials.is_some_and(|trials| trials.best_model.is_some());
            plan.best_model.is_some() || (is_tried && trials_best)
        }
        // What is sold beyond an allowance, or though nothing is found, is told in other words.
        State::Before => !is_free(plan, action) && !is_harsh,
        State::Running => is_sold(plan, action) && !action.is_harsh(),
        State::BeforeHarsh | State::RunningHarsh => is_sold(plan, action) && is_harsh,
        State::EmptyPaid => is_sold(plan, action) && action.harsh(Outcome::Empty).is_some(),
        State::Partial => is_taken(plan, action, Outcome::Partial) && comes_in_parts(action),
        State::Abandoned => is_taken(plan, action, Outcome::Abandoned),
        State::NoTopUp => {
            is_sold(plan, action) && !plan.top_ups && plan.why.contains_key("top_ups")
        }
        State::SpendCapDefault => is_sold(plan, action) && contract.limits.spend_cap.is_some(),
        State::Paused => is_sold(plan, action) && contract.limits.unusual_day.is_some(),
        State::ConfirmationNeeded => {
            let again = same.once_per.is_some() && !is_free(plan, action);
            is_sold(plan, action) && (is_harsh || again || is_sold_beyond(plan, action))
        }
        State::Done
        | State::NotEnoughCredits
        | State::CreditsInFlight
        | State::HeldNote
        | State::SpendCapReached
        | State::PriceAboveMax
        | State::Refunded
        | State::Corrected
        | State::Announce => is_sold(plan, action),
        _ => true,
    }
}

/// Does it cost nothing there, up to whatever allowance?
fn is_free(plan: &Plan, action: &Action) -> bool {
    plan.runs_on == RunsOn::Us || price(plan, action).0 == Tariff::Free
}

/// Is more of it sold once its free units are used?
pub(super) fn is_sold_beyond(plan: &Plan, action: &Action) -> bool {
    plan.runs_on != RunsOn::Us
        && is_free(plan, action)
        && plan.top_ups
        && plan.allowances.contains_key(&action.id)
        && action.after_allowance.is_some()
}

fn is_sold(plan: &Plan, action: &Action) -> bool {
    !is_free(plan, action) || is_sold_beyond(plan, action)
}

/// Is it sold, and does this ending cost something?
fn is_taken(plan: &Plan, action: &Action, outcome: Outcome) -> bool {
    is_sold(plan, action) && action.outcomes.of(outcome) != Treatment::Free
}
