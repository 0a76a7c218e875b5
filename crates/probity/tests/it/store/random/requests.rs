//! Runs that are asked for at random, and how they end.

use super::story::Story;
use crate::store::dice::Dice;
use probity::Environment;
use probity::core::command::{
    Again, Attempt, Purpose, Report, RunRequest, Today, Usage, UsageSource,
};
use probity::core::time::TimeUnit;
use probity::core::{Length, Name, Outcome, Time};

use std::collections::BTreeMap;

const ACTIONS: [&str; 10] = [
    "tailor_document",
    "tailor_document",
    "find_contact_email",
    "find_contact_email",
    "enrich_market_map",
    "enrich_market_map",
    "process_documents",
    "search_roles",
    "map_market",
    "no_such_action",
];
const MODELS: [&str; 6] =
    ["gpt-4o-mini", "gpt-4.1", "claude-opus-4-1", "small", "writer", "unheard-of"];
const PROVIDERS: [&str; 2] = ["openai", "anthropic"];
const SERVICES: [&str; 4] = ["job_index", "company_data", "email_lookup", "unheard-of"];

/// The customer's own things: few, so that they come again.
pub(super) fn artifact(dice: &mut Dice) -> Name {
    Name::new(&format!("thing_{}", dice.roll(6)))
}

pub(super) fn action(dice: &mut Dice) -> Name {
    // The last one is not there; it comes seldom.
    let known = dice.rarely(30, 10, 9);
    dice.name(&ACTIONS[..known])
}

fn notes(dice: &mut Dice) -> BTreeMap<String, String> {
    // 1 KiB is the most.
    let long = if dice.one_in(8) { 1_200 } else { 12 };
    BTreeMap::from([("note".to_owned(), "n".repeat(long))])
}

fn today(dice: &mut Dice) -> Today {
    Today { charged: dice.maybe(2, |d| d.halves(0, 20)), allowed: dice.maybe(2, |d| d.one_in(2)) }
}

/// A request that binds nothing yet.
pub(super) fn plain(dice: &mut Dice) -> RunRequest {
    let action = action(dice);
    let by_page = action.as_str() == "process_documents";
    let often = if by_page { 1 } else { 40 };
    let mut request = RunRequest {
        artifact: (!dice.one_in(6)).then(|| artifact(dice)),
        quantity: dice.maybe(often, |d| d.roll(130) % d.rarely(5, 130, 12)),
        model: dice.maybe(9, |d| d.name(&MODELS)),
        max_price: dice.maybe(8, |d| d.halves(0, 24)),
        confirmed: !dice.one_in(5),
        again: dice.maybe(20, |d| *d.pick(&[Again::Redo, Again::Fresh])),
        own_key: dice.one_in(4),
        purpose: if dice.one_in(12) { Purpose::Experiment } else { Purpose::Production },
        member: dice.maybe(4, |d| d.name(&["m", "m", "m", "n", "stranger"])),
        hold_for: dice
            .maybe(10, |d| Length::new(u32::try_from(d.roll(900)).unwrap(), TimeUnit::Second)),
        today: dice.maybe(10, today),
        metadata: dice.maybe(12, notes).unwrap_or_default(),
        action,
        ..RunRequest::default()
    };
    if !dice.one_in(8) {
        let inputs = [("full_name", "Ada L."), ("company_domain", "example.com")];
        request.inputs.extend(inputs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    request
}

/// A run that is asked for, some of them settled in one.
pub(super) fn request(
    story: &Story,
    whose: (Environment, &Name),
    now: Time,
    dice: &mut Dice,
) -> RunRequest {
    let mut request = plain(dice);
    if dice.one_in(3) {
        request.report = Some(Box::new(report(dice)));
    }
    let quote = dice.maybe(3, |d| story.quote_of(whose, now, d)).flatten();
    let Some(quote) = quote else { return request };
    // Mostly what the quote says, sometimes something else.
    if !dice.one_in(6) {
        request.action = quote.action.clone();
        request.artifact.clone_from(&quote.artifact);
        request.quantity = quote.quantity;
        request.model.clone_from(&quote.model);
        request.member.clone_from(&quote.member);
        request.purpose = quote.purpose;
        request.again = quote.again;
    }
    request.quote = Some(Box::new(quote.clone()));
    request
}

/// How a run ended, delivered more often than anything else.
pub(super) fn report(dice: &mut Dice) -> Report {
    let outcome = if dice.one_in(2) { Outcome::Delivered } else { *dice.pick(&Outcome::ALL) };
    let often = if outcome == Outcome::Partial { 1 } else { 8 };
    Report {
        parts: dice.maybe(often, |d| u32::try_from(d.roll(10)).unwrap()),
        quantity: dice.maybe(often + 1, |d| d.roll(14)),
        reason: dice.maybe(6, |_| "the source was down".to_owned()),
        attempts: (0..dice.roll(3)).map(|_| attempt(dice)).collect(),
        today: dice.maybe(10, today),
        ..Report::of(outcome)
    }
}

/// A call to a model or a supplier.
pub(super) fn attempt(dice: &mut Dice) -> Attempt {
    let tokens = |d: &mut Dice| d.roll(20_000);
    Attempt {
        provider: dice.maybe(2, |d| d.name(&PROVIDERS)),
        asked: dice.maybe(8, |d| d.name(&MODELS)),
        model: dice.maybe(2, |d| d.name(&MODELS)),
        source: dice.maybe(8, |d| UsageSource::ALL[d.roll(4) as usize]),
        usage: Usage {
            input: dice.maybe(1, tokens),
            cache_read: dice.maybe(4, |d| d.roll(300)),
            cache_write: dice.maybe(6, |d| d.roll(300)),
            output: dice.maybe(2, tokens),
            reasoning: dice.maybe(6, |d| d.roll(300)),
        },
        services: (0..dice.roll(3)).map(|_| (dice.name(&SERVICES), dice.roll(4))).collect(),
        own_key: dice.one_in(3),
    }
}
