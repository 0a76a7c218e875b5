//! What an ending costs: the outcome table applied to one run in one set of books.

use super::problem::Problem;
use super::request::check_count;
use crate::amount::Amount;
use crate::command::{Purpose, Report};
use crate::contract::{Action, Mode, Outcome, Treatment};
use crate::entry::{LegStarted, Reported, Rule, RunKind, Started};
use crate::state::Run;

/// What a run is, as far as its charge depends on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deal<'a> {
    pub(crate) action: &'a Action,
    pub(crate) kind: RunKind,
    pub(crate) free_redo: bool,
    pub(crate) purpose: Purpose,
    pub(crate) mode: Mode,
    pub(crate) on_your_key: bool,
    pub(crate) quantity: Option<u64>,
    pub(crate) smallest: Amount,
}

impl<'a> Deal<'a> {
    pub(crate) fn of_run(action: &'a Action, run: &Run, smallest: Amount) -> Self {
        Self {
            action,
            kind: run.kind,
            free_redo: run.free_redo,
            purpose: run.purpose,
            mode: run.mode,
            on_your_key: run.on_your_key,
            quantity: run.quantity,
            smallest,
        }
    }

    pub(crate) fn of_started(action: &'a Action, started: &Started, smallest: Amount) -> Self {
        Self {
            action,
            kind: started.kind,
            free_redo: started.free_redo,
            purpose: started.purpose,
            mode: started.mode,
            on_your_key: started.on_your_key,
            quantity: started.quantity,
            smallest,
        }
    }

    /// The same deal in the shadow books: as if enforced.
    pub(crate) const fn enforced(self) -> Self {
        Self { mode: Mode::Enforce, ..self }
    }
}

/// Has the customer what they asked for, or do they not want the rest? Then it is the same again
/// within its window. Whoever leaves before anything is charged whole may run it once more.
pub(crate) fn is_answer(action: &Action, outcome: Outcome) -> bool {
    match outcome {
        Outcome::Delivered | Outcome::Empty => true,
        Outcome::Abandoned => action.outcomes.of(outcome) == Treatment::Charge,
        _ => false,
    }
}

/// A report in the contract's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ending {
    pub(crate) outcome: Outcome,
    pub(crate) parts: Option<u32>,
    pub(crate) quantity: Option<u64>,
}

/// Checks a report against what the action can report; `delivered` with fewer parts is `partial`.
pub(crate) fn read_report(deal: &Deal<'_>, report: &Report) -> Result<Ending, Problem> {
    let Report { outcome, parts, quantity, .. } = *report;
    ending(deal, Reported { outcome, parts, quantity })
}

/// Is that the ending of what was reported before? `delivered` with fewer parts and `partial` with as
/// many are one.
pub(super) fn is_ending(deal: &Deal<'_>, before: Reported, is: &Ending) -> bool {
    ending(deal, before).is_ok_and(|before| before == *is)
}

/// What was reported word for word, in the contract's terms.
fn ending(deal: &Deal<'_>, report: Reported) -> Result<Ending, Problem> {
    if report.parts.is_some() && deal.action.parts.is_none() {
        return Err(Problem::invalid("parts", "this action has no parts: leave it out"));
    }
    if report.quantity.is_some() && !deal.action.is_per_quantity() {
        return Err(Problem::invalid("quantity", "this action has no quantity: leave it out"));
    }
    check_count("quantity", report.quantity.unwrap_or(0))?;
    let mut ending =
        Ending { outcome: report.outcome, parts: report.parts, quantity: report.quantity };
    match ending.outcome {
        Outcome::Delivered => {
            if let (Some(parts), Some(total)) = (report.parts, deal.action.parts) {
                if parts == 0 || parts > total {
                    return Err(Problem::invalid("parts", format!("between 1 and {total}")));
                }
                if parts < total {
                    ending.outcome = Outcome::Partial;
                }
            }
            if report.quantity == Some(0) {
                return Err(Problem::invalid("quantity", "nothing was delivered: report `empty`"));
            }
        }
        Outcome::Partial => check_partial(deal, report)?,
        _ => {}
    }
    Ok(ending)
}

fn check_partial(deal: &Deal<'_>, report: Reported) -> Result<(), Problem> {
    if let Some(total) = deal.action.parts {
        let fits = report.parts.is_some_and(|parts| parts > 0 && parts < total);
        if !fits {
            let most = total.saturating_sub(1);
            return Err(Problem::invalid(
                "parts",
                format!("a partial has between 1 and {most} parts"),
            ));
        }
    }
    if deal.action.is_per_quantity() {
        let most = deal.quantity.unwrap_or(u64::MAX);
        let fits = report.quantity.is_some_and(|q| q > 0 && q < most);
        if !fits {
            let why = "a partial says how many units arrived: more than none, fewer than asked for";
            return Err(Problem::invalid("quantity", why));
        }
    }
    Ok(())
}

/// What an ending takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) amount: Amount,
    pub(crate) units_free: u64,
    pub(crate) rule: Rule,
}

impl Taken {
    /// Nothing, because it came too late.
    pub(crate) const NOTHING: Self =
        Self { amount: Amount::ZERO, units_free: 0, rule: Rule::TooSlow };
}

/// Applies the outcome table. Never above what is held.
pub(crate) fn charge(deal: &Deal<'_>, leg: &LegStarted, ending: &Ending) -> Taken {
    let outcome = ending.outcome;
    if deal.kind == RunKind::Reopened {
        return Taken { amount: Amount::ZERO, units_free: 0, rule: Rule::Reopened };
    }
    let treatment = deal.action.outcomes.of(outcome);
    let taken = match treatment {
        _ if outcome.never_charges() => None,
        Treatment::Free => None,
        Treatment::Charge => Some(whole(leg, ending)),
        Treatment::Share => share(deal, leg, ending),
    };
    let (amount, units_free, rule) = taken.unwrap_or((Amount::ZERO, 0, Rule::OutcomeFree));
    let (amount, units_free) = (amount.min(leg.price), units_free.min(leg.units_free));
    let rule = match deal.mode {
        Mode::Shadow => Rule::Shadow,
        Mode::Announce => Rule::Announce,
        Mode::Enforce if rule == Rule::OutcomeFree => rule,
        Mode::Enforce if amount.is_zero() => why_free(deal, leg, rule),
        Mode::Enforce if deal.action.harsh(outcome).is_some() => Rule::PaidEvenIf,
        Mode::Enforce => rule,
    };
    Taken { amount, units_free, rule }
}

/// The whole price, or the quantity's.
fn whole(leg: &LegStarted, ending: &Ending) -> (Amount, u64, Rule) {
    match (leg.each, ending.quantity) {
        (Some(each), Some(quantity)) => {
            let free = leg.units_free.min(quantity);
            (each.of(quantity.saturating_sub(free)), free, Rule::Quantity)
        }
        (Some(_), None) => (leg.price, leg.units_free, Rule::Quantity),
        (None, _) => (leg.price, leg.units_free, Rule::Charge),
    }
}

/// price × parts ÷ total, rounded down; the delivered quantity by the same formula; else nothing.
fn share(deal: &Deal<'_>, leg: &LegStarted, ending: &Ending) -> Option<(Amount, u64, Rule)> {
    let (part, total) = match (ending.quantity, deal.quantity) {
        (Some(quantity), Some(asked)) => (quantity, asked),
        (Some(_), None) if leg.each.is_some() => return Some(whole(leg, ending)),
        _ => (u64::from(ending.parts?), u64::from(deal.action.parts?)),
    };
    let units = u128::from(leg.units_free).checked_mul(u128::from(part))?;
    let units = u64::try_from(units.checked_div(u128::from(total))?).ok()?;
    Some((leg.price.share(part, total, deal.smallest)?, units, Rule::Share))
}

/// Why something that would be charged costs nothing.
fn why_free(deal: &Deal<'_>, leg: &LegStarted, rule: Rule) -> Rule {
    if deal.purpose == Purpose::Experiment {
        Rule::Experiment
    } else if deal.free_redo {
        Rule::Redo
    } else if leg.price.is_positive() && rule == Rule::Quantity && leg.units_free > 0 {
        // All that arrived was within the allowance: only what did not come would have cost.
        Rule::Allowance
    } else if leg.price.is_positive() {
        rule
    } else if deal.on_your_key {
        Rule::OnYourKey
    } else if leg.units_free > 0 {
        Rule::Allowance
    } else if leg.full.is_positive() {
        Rule::Charge
    } else {
        Rule::FreeAction
    }
}
