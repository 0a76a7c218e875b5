//! What a person says about a log: pairs, maps and units, from flags.

use super::{Args, failures};
use crate::answer::Failure;
use crate::replay::{ActionMap, ChargedIn, Columns, Maker, Role};
use probity_core::contract::Contract;
use probity_core::{Amount, Money};
use std::path::Path;

/// What today's charges are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Unit {
    /// Sums of the contract's currency.
    Money,
    /// Credits, at the contract's list price.
    Credits,
}

/// Reads `A=B`; B may be empty.
pub(crate) fn pair(text: &str) -> Result<(String, String), String> {
    let (one, other) = text.split_once('=').ok_or_else(|| String::from("write it as ONE=OTHER"))?;
    Ok((one.trim().to_owned(), other.trim().to_owned()))
}

/// What the cells of a log mean, as far as flags and columns say.
pub(super) fn maker(args: &Args, contract: &Contract, columns: &Columns) -> Result<Maker, Failure> {
    let has_outcome = columns.source(Role::Outcome).is_some();
    let mut maker = Maker::new(actions(args, contract)?, columns.shape, has_outcome);
    for text in &args.outcome_map {
        maker.outcomes.add(text).map_err(|e| failures::map("--outcome-map", &e))?;
    }
    for (place, plan) in (0..u16::MAX).zip(contract.plans.names()) {
        maker.plans.own(plan.as_str(), place);
    }
    for (word, plan) in &args.plan_map {
        let place = contract.plans.position(plan.to_lowercase().as_str());
        let place = place.and_then(|place| u16::try_from(place).ok()).ok_or_else(|| {
            let plans: Vec<_> = contract.plans.names().map(|p| p.as_str()).collect();
            let why = format!("the contract has no plan `{plan}`; it has {}", plans.join(", "));
            failures::map("--plan-map", &why)
        })?;
        maker.plans.say(word, plan, place);
    }
    maker.charged_in = charged_in(args.charged_in, contract, columns)?;
    Ok(maker)
}

/// Rules of flags and of files, in the order given.
fn actions(args: &Args, contract: &Contract) -> Result<ActionMap, Failure> {
    let mut actions = ActionMap::new(contract.actions.names().map(|id| id.as_str()));
    for text in &args.action_map {
        let path = Path::new(text);
        let added = if path.is_file() {
            let lines = std::fs::read_to_string(path).map_err(|e| failures::unread(text, &e))?;
            actions.add_lines(&lines).map_err(|e| format!("{text}, {e}"))
        } else {
            actions.add(text)
        };
        added.map_err(|e| failures::map("--action-map", &e))?;
    }
    Ok(actions)
}

/// As said; otherwise credits where the column is called so.
fn charged_in(
    said: Option<Unit>,
    contract: &Contract,
    columns: &Columns,
) -> Result<ChargedIn, Failure> {
    let name = columns.source(Role::Charged).map(|s| s.column.to_ascii_lowercase());
    let called = name.is_some_and(|name| name.contains("credit"));
    let unit = said.unwrap_or(if called { Unit::Credits } else { Unit::Money });
    if unit == Unit::Money {
        return Ok(ChargedIn::Money);
    }
    let worth = contract.money(Amount::credits(1)).map(Money::trillionths);
    worth.and_then(|worth| i64::try_from(worth).ok()).map(ChargedIn::Credits).ok_or_else(|| {
        failures::map(
            "--charged-in credits",
            "the contract has no list price, so today's credits have no value to compare with",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_split_at_the_first_sign() {
        assert_eq!(pair("a = b=c"), Ok(("a".into(), "b=c".into())));
        assert_eq!(pair("a="), Ok(("a".into(), String::new())));
        assert!(pair("a").is_err());
    }
}
