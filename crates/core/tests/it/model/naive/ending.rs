//! How a run may end, and what an ending takes in one of the books.

use super::ask::Word;
use super::history::{REAL, Run, Side};
use super::price::price_of;
use probity_core::command::{Purpose, Report};
use probity_core::contract::{Action, Mode, Outcome, Tariff, Treatment};
use probity_core::entry::Rule;

/// Outcome, parts and quantity.
pub type Ending = (Outcome, Option<u32>, Option<u64>);

/// A report in the contract's terms; `delivered` with fewer parts is `partial`.
pub fn read_report(action: &Action, asked: Option<u64>, report: &Report) -> Result<Ending, Word> {
    let bad = Err("invalid_request");
    let by_quantity = action.is_per_quantity();
    if (report.parts.is_some() && action.parts.is_none())
        || (report.quantity.is_some() && !by_quantity)
    {
        return bad;
    }
    let mut outcome = report.outcome;
    let below = |most: u32| report.parts.is_some_and(|parts| parts > 0 && parts < most);
    match (outcome, action.parts) {
        (Outcome::Delivered, Some(total)) if below(total) => outcome = Outcome::Partial,
        (Outcome::Delivered, Some(total)) if report.parts.is_some_and(|p| p != total) => {
            return bad;
        }
        (Outcome::Partial, Some(total)) if !below(total) => return bad,
        _ => {}
    }
    if outcome == Outcome::Delivered && report.quantity == Some(0) {
        return bad;
    }
    let fewer = |q: u64| q > 0 && asked.is_none_or(|asked| q < asked);
    if report.outcome == Outcome::Partial && by_quantity && !report.quantity.is_some_and(fewer) {
        return bad;
    }
    Ok((outcome, report.parts, report.quantity))
}

/// What an ending takes in one of the books: credits, free units, and by which rule.
pub fn charge(
    run: &Run,
    book: usize,
    action: &Action,
    ending: Ending,
    smallest: i64,
) -> (i64, u64, Rule) {
    let side = &run.sides[book];
    let (outcome, parts, quantity) = ending;
    let apart = match (book, run.mode) {
        (REAL, Mode::Shadow) => Some(Rule::Shadow),
        (REAL, Mode::Announce) => Some(Rule::Announce),
        _ => None,
    };
    let nothing = (0, 0, apart.unwrap_or(Rule::OutcomeFree));
    let never = [
        Outcome::Failed,
        Outcome::BadInput,
        Outcome::Blocked,
        Outcome::Cancelled,
        Outcome::Reopened,
    ];
    if never.contains(&outcome) {
        return nothing;
    }
    let each = side.tariff.as_ref().filter(|t| matches!(t, Tariff::Each { .. }));
    let whole = match (each, quantity) {
        (Some(tariff), Some(q)) => {
            let free = side.units_free.min(q);
            let rest = q - free;
            let price = if rest == 0 { 0 } else { price_of(tariff, Some(rest)) };
            (price, free, Rule::Quantity)
        }
        (Some(_), None) => (side.price, side.units_free, Rule::Quantity),
        (None, _) => (side.price, side.units_free, Rule::Charge),
    };
    let share = |part: u64, total: u64| {
        let exact = i128::from(side.price) * i128::from(part) / i128::from(total);
        let exact = i64::try_from(exact).expect("small");
        let units = u128::from(side.units_free) * u128::from(part) / u128::from(total);
        (exact - exact.rem_euclid(smallest), u64::try_from(units).expect("small"), Rule::Share)
    };
    let taken = match (action.outcomes.of(outcome), quantity, run.quantity, parts, action.parts) {
        (Treatment::Free, ..) => return nothing,
        (Treatment::Charge, ..) => whole,
        (Treatment::Share, Some(q), Some(asked), ..) => share(q, asked),
        (Treatment::Share, Some(_), None, ..) if each.is_some() => whole,
        (Treatment::Share, _, _, Some(parts), Some(total)) => share(parts.into(), total.into()),
        (Treatment::Share, ..) => return nothing,
    };
    let amount = taken.0.min(side.price);
    let units = taken.1.min(side.units_free);
    let harsh = action.paid_even_if.iter().any(|h| h.outcome == outcome);
    let rule = match apart {
        Some(rule) => rule,
        None if amount == 0 => why_free(run, side, taken.2),
        None if harsh => Rule::PaidEvenIf,
        None => taken.2,
    };
    (amount, units, rule)
}

fn why_free(run: &Run, side: &Side, rule: Rule) -> Rule {
    if run.purpose == Purpose::Experiment {
        Rule::Experiment
    } else if run.free_redo {
        Rule::Redo
    } else if side.price > 0 && rule == Rule::Quantity && side.units_free > 0 {
        Rule::Allowance
    } else if side.price > 0 {
        rule
    } else if run.on_key {
        Rule::OnYourKey
    } else if side.units_free > 0 {
        Rule::Allowance
    } else if side.full > 0 {
        Rule::Charge
    } else {
        Rule::FreeAction
    }
}
