//! The contract on one page: Free, Paid, Paid even if nothing is found.

use super::action::Priced;
use super::ending::{comes_in_parts, too_long};
use super::plan::units;
use crate::contract::{Action, Contract, Outcome, Plan, Tariff, Treatment};
use crate::id::Name;
use crate::phrase;

/// Three lists, and what is free everywhere.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Summary {
    /// Actions that cost nothing.
    pub free: Vec<Item>,
    /// What never costs anything, whatever the action: `what fails`.
    pub always_free: Vec<String>,
    /// Actions that are paid when they are delivered.
    pub paid: Vec<Item>,
    /// What is paid though it is not whole: sentences.
    pub paid_also: Vec<String>,
    /// Actions that are paid even if there is no result; declared, shown and agreed to each time.
    pub paid_even_if: Vec<Item>,
}

/// An action in one of the lists.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Item {
    /// Its id.
    pub action: Name,
    /// What the button says.
    pub name: String,
    /// Its price.
    pub price: Priced,
    /// What to know in a few words; may be empty.
    pub note: String,
}

impl Summary {
    pub(super) fn of(contract: &Contract) -> Self {
        let mut summary = Self {
            free: Vec::new(),
            always_free: always_free(contract),
            paid: Vec::new(),
            paid_also: paid_also(contract),
            paid_even_if: Vec::new(),
        };
        for action in contract.actions.iter() {
            let delivered = action.outcomes.of(Outcome::Delivered);
            let is_taken = delivered != Treatment::Free;
            let tariff = if is_taken { action.price.clone() } else { Tariff::Free };
            let (list, note) = if !action.paid_even_if.is_empty() {
                (&mut summary.paid_even_if, harsh_note(action))
            } else if tariff == Tariff::Free {
                (&mut summary.free, free_note(contract, action))
            } else {
                (&mut summary.paid, paid_note(action))
            };
            list.push(Item::of(contract, action, &tariff, note));
            if tariff != Tariff::Free {
                let first = first_free(contract, action);
                let free = |note| Item::of(contract, action, &Tariff::Free, note);
                summary.free.extend(first.map(free));
            }
        }
        summary
    }
}

impl Item {
    fn of(contract: &Contract, action: &Action, tariff: &Tariff, note: String) -> Self {
        Self {
            action: action.id.clone(),
            name: action.name.clone(),
            price: Priced::of(contract, tariff, &action.unit),
            note,
        }
    }
}

/// `30 cleaned minutes a month on Studio`, of what is priced and free up to an allowance.
fn first_free(contract: &Contract, action: &Action) -> Option<String> {
    let offering = contract.plans.iter().filter(|plan| plan.is_offering(&action.id));
    let free: Vec<String> = offering
        .filter_map(|plan| {
            let units = units(action, plan.allowances.get(&action.id)?);
            Some(format!("{units} on {}", plan.title()))
        })
        .collect();
    (!free.is_empty()).then(|| phrase::list(&free, "and"))
}

/// The outcomes in the order in which customers worry about them.
const BY_WORRY: [Outcome; 9] = [
    Outcome::Failed,
    Outcome::Empty,
    Outcome::Partial,
    Outcome::BadInput,
    Outcome::Blocked,
    Outcome::Cancelled,
    Outcome::Abandoned,
    Outcome::Reopened,
    Outcome::Delivered,
];

fn always_free(contract: &Contract) -> Vec<String> {
    let slow = too_slow(contract);
    let mut out = Vec::new();
    for outcome in BY_WORRY {
        if contract.outcomes.of(outcome) != Treatment::Free {
            continue;
        }
        out.push(match outcome {
            Outcome::Delivered => String::from("what is delivered"),
            Outcome::Partial => String::from("what arrives only in part"),
            Outcome::Empty => String::from("what finds nothing, except under “paid even if”"),
            Outcome::Failed => format!("what fails or takes {slow}"),
            Outcome::BadInput => String::from("what cannot be worked with"),
            Outcome::Blocked => String::from("what a safety rule stops"),
            Outcome::Cancelled => String::from("what you stop before anything arrives"),
            Outcome::Abandoned => String::from("what you leave before it is finished"),
            Outcome::Reopened => String::from(opened_again(contract)),
        });
    }
    if contract.actions.iter().all(|a| a.harsh(Outcome::Empty).is_none()) {
        for text in &mut out {
            *text = text.replace(", except under “paid even if”", "");
        }
    }
    out
}

/// Opening something again is free once it is owned: delivered whole, or paid in full.
fn opened_again(contract: &Contract) -> &'static str {
    let owned = |a: &Action| a.same.once_per.is_some() && comes_in_parts(a);
    if contract.actions.iter().any(owned) {
        "what you have whole or paid in full, and open again"
    } else {
        "what you paid for already and open again"
    }
}

/// `10 minutes or more`, where that is so for every action, progress reported or not.
fn too_slow(contract: &Contract) -> String {
    let usual = contract.failures.too_slow_after;
    if contract.actions.iter().all(|action| action.too_slow_after == usual) {
        match too_long(contract, usual) {
            Some(long) => format!("too long ({long})"),
            None => format!("{usual} or more"),
        }
    } else {
        String::from("too long")
    }
}

fn paid_also(contract: &Contract) -> Vec<String> {
    let cost = |outcome| match contract.outcomes.of(outcome) {
        Treatment::Charge => Some("the whole price"),
        Treatment::Share => Some("its share"),
        Treatment::Free => None,
    };
    let in_parts = |a: &Action| comes_in_parts(a) && !matches!(a.price, Tariff::Free);
    let some_come_in_parts = contract.actions.iter().any(in_parts);
    let partial = cost(Outcome::Partial).filter(|_| some_come_in_parts);
    let partial = partial.map(|what| format!("A part costs {what}."));
    let abandoned = cost(Outcome::Abandoned)
        .map(|what| format!("Leaving once it has begun to arrive costs {what}."));
    partial.into_iter().chain(abandoned).collect()
}

fn free_note(contract: &Contract, action: &Action) -> String {
    let has = |plan: &&Plan| plan.allowances.contains_key(&action.id);
    let limited = contract.plans.iter().any(|plan| has(&plan));
    let sold_everywhere = contract.plans.iter().filter(has).all(|plan| plan.top_ups);
    match (limited, action.after_allowance) {
        (true, Some(price)) => {
            let price = phrase::price(contract, price);
            let sold = if sold_everywhere { "" } else { ", where your plan sells credits" };
            format!("up to your plan's allowance; then {price} each, asked first{sold}")
        }
        (true, None) => String::from("up to your plan's allowance"),
        (false, _) => String::new(),
    }
}

fn paid_note(action: &Action) -> String {
    let mut notes = Vec::new();
    if let Some(noun) = &action.same.once_per {
        notes.push(format!("once per {noun}, then yours"));
    } else if let Some(window) = action.same.free_for {
        notes.push(format!("the same again is free for {window}"));
    }
    if let Some(redo) = action.free_redo {
        notes.push(phrase::count(u64::from(redo.times), "free redo"));
    }
    notes.join("; ")
}

fn harsh_note(action: &Action) -> String {
    let whys: Vec<&str> =
        action.paid_even_if.iter().map(|harsh| harsh.why.trim_end_matches('.')).collect();
    format!("because {}; you are asked each time", phrase::list(&whys, "and"))
}
