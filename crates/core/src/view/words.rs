//! Filling the words: which sentence a customer reads, with which values in it.
//!
//! Only what can be spent is ever shown as theirs; nothing says "charged" unless it is so. The
//! templates and their placeholders are the contract's (`contract::words`).

use crate::amount::Amount;
use crate::contract::words::State;
use crate::contract::{Action, Contract, Treatment};
use crate::id::Name;
use crate::money::Cost;
use crate::phrase;
use crate::sums::Sums;
use crate::time::{Time, Zone};

/// A sentence of the contract with its placeholders filled by name.
pub(crate) fn say(
    contract: &Contract,
    action: Option<&Name>,
    state: State,
    values: &[(&str, Option<String>)],
) -> String {
    contract.words.sentence(action, state).fill(|slot| {
        values.iter().find(|(name, _)| *name == slot).and_then(|(_, value)| value.clone())
    })
}

/// The warnings of an action's harsh rules, filled.
pub(crate) fn warning(contract: &Contract, sums: &Sums, action: &Action, price: Amount) -> String {
    let harsh = action
        .paid_even_if
        .iter()
        .filter(|h| action.outcomes.of(h.outcome) != Treatment::Free)
        .map(|h| {
            h.warning.fill(|slot| match slot {
                "price" => Some(phrase::credits(price)),
                "money" => contract.money(price).map(|m| m.to_string()),
                "found_rate" => Some(sums.found_rate(&action.id)),
                "action" => Some(action.name.clone()),
                _ => None,
            })
        });
    harsh.collect::<Vec<_>>().join(" ")
}

/// A cost in money as it is told, `$0.11`; what is less than a cent as exactly as it wants.
pub(crate) fn about(cost: Cost) -> String {
    let below = |text| cost < Cost::parse(text).unwrap_or(Cost::ZERO);
    match () {
        () if below("0.001") => cost.shown(),
        () if below("0.01") => cost.dollars(4),
        () => cost.dollars(2),
    }
}

/// `23 December`; with the year where it is another, with the time where it is not midnight.
pub(crate) fn when(zone: &Zone, at: Time, now: Time) -> String {
    let date = zone.date(at);
    let mut text = phrase::date(date);
    if date.year() == zone.date(now).year() {
        let year = format!(" {}", date.year());
        text = text.strip_suffix(&year).map(str::to_owned).unwrap_or(text);
    }
    match clock(zone, at) {
        Some(clock) => format!("{text}, {clock}"),
        None => text,
    }
}

/// `midnight on 23 December`, `12:30 on 23 December`: what can stand after "at".
pub(crate) fn at_when(zone: &Zone, at: Time, now: Time) -> String {
    let midnight = zone.start_of(zone.date(at));
    let clock = clock(zone, at).unwrap_or_else(|| "midnight".to_owned());
    format!("{clock} on {}", when(zone, midnight, now))
}

/// `12:30`, where it is not midnight.
fn clock(zone: &Zone, at: Time) -> Option<String> {
    let past_midnight = at.since(zone.start_of(zone.date(at))) >= 60_000_000;
    let (hour, minute) = zone.clock(at);
    past_midnight.then(|| format!("{hour:02}:{minute:02}"))
}
