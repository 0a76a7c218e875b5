//! What attempts cost: tokens by the price map, calls by the services. Unknown is never zero.

use super::Context;
use super::price::window;
use super::problem::Problem;
use super::request::check_count;
use crate::amount::Amount;
use crate::command::{Attempt, Usage};
use crate::contract::{Action, Costs, ModelPrice};
use crate::entry::{AttemptFacts, Costed};
use crate::margin::unit_cost;
use crate::money::Cost;
use crate::state::Run;
use crate::terms::Terms;
use crate::time::Per;

/// Attempts with their costs.
pub(super) fn attempts(
    terms: &Terms<'_>,
    attempts: &[Attempt],
) -> Result<Vec<AttemptFacts>, Problem> {
    for attempt in attempts {
        let Usage { input, cache_read, cache_write, output, reasoning } = attempt.usage;
        let tokens = [input, cache_read, cache_write, output, reasoning].into_iter().flatten();
        let calls = attempt.services.values().copied();
        tokens.chain(calls).try_for_each(|count| check_count("attempts", count))?;
    }
    let costs = terms.operations.costs.as_ref();
    let facts = attempts.iter().map(|attempt| AttemptFacts {
        provider: attempt.provider.clone(),
        model: attempt.model.clone(),
        usage: attempt.usage,
        services: attempt.services.clone(),
        cost: costs.and_then(|costs| attempt_cost(costs, attempt)),
        own_key: attempt.own_key,
    });
    Ok(facts.collect())
}

/// What one attempt cost, exactly; None where a price or a count is unknown.
///
/// Tokens read from and written to the cache are part of the input, reasoning is part of the output
/// (OpenTelemetry's rule); each is priced by itself.
#[must_use]
pub fn attempt_cost(costs: &Costs, attempt: &Attempt) -> Option<Cost> {
    let mut sum = Cost::ZERO;
    for (service, calls) in &attempt.services {
        sum = sum.plus(costs.services.get(service)?.times(*calls)?)?;
    }
    match &attempt.model {
        Some(model) => sum.plus(tokens_cost(costs.prices.price_of(model)?, attempt)?),
        None => Some(sum),
    }
}

fn tokens_cost(price: &ModelPrice, attempt: &Attempt) -> Option<Cost> {
    let usage = &attempt.usage;
    let (input, output) = (usage.input?, usage.output?);
    let read = usage.cache_read.unwrap_or(0);
    let write = usage.cache_write.unwrap_or(0);
    let reasoning = usage.reasoning.unwrap_or(0);
    let fresh = input.checked_sub(read)?.checked_sub(write)?;
    let spoken = output.checked_sub(reasoning)?;
    let parts = [
        (fresh, price.input),
        (read, price.cache_read),
        (write, price.cache_write),
        (spoken, price.output),
        (reasoning, price.reasoning.or(price.output)),
    ];
    parts.into_iter().try_fold(Cost::ZERO, |sum, (tokens, price)| match tokens {
        0 => Some(sum),
        n => sum.plus(price?.times(n)?),
    })
}

/// What a run that ends adds to the counters: on their own key to theirs; where it cost the customer
/// nothing, to ours all that was ever reported, or what is typical where nothing was.
pub(super) fn at_end(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    action: &Action,
    before: &[AttemptFacts],
    attempts: &[AttemptFacts],
    charged: Amount,
) -> Costed {
    let mut costed = nothing(cx, terms);
    costed.on_key = sum(attempts, true);
    if charged.is_zero() {
        costed.by_us = if before.is_empty() && attempts.is_empty() {
            let cost = unit_cost(terms.contract, terms.operations, action, Some(terms.plan));
            cost.typical.unwrap_or(Cost::ZERO)
        } else {
            let before = sum(before, false);
            before.plus(sum(attempts, false)).unwrap_or(before)
        };
    }
    costed
}

/// What a run that was given back or ran out of time adds: only what was reported of it.
pub(super) fn unreported(cx: &Context<'_>, terms: &Terms<'_>, before: &[AttemptFacts]) -> Costed {
    Costed { by_us: sum(before, false), ..nothing(cx, terms) }
}

/// What is reported beside the end of a run adds: to ours only once it is known that the run cost
/// the customer nothing, and then in place of what was assumed.
pub(super) fn reported(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    run: &Run,
    attempts: &[AttemptFacts],
    charged: Amount,
) -> Costed {
    let mut costed = nothing(cx, terms);
    costed.on_key = sum(attempts, true);
    if charged.is_zero() && run.end.is_some() {
        costed.by_us = sum(attempts, false);
        costed.instead_of = run.assumed.filter(|_| !attempts.is_empty());
    }
    costed
}

fn sum(attempts: &[AttemptFacts], own: bool) -> Cost {
    let known = attempts.iter().filter(|a| a.own_key == own).filter_map(|a| a.cost);
    known.fold(Cost::ZERO, |sum, cost| sum.plus(cost).unwrap_or(sum))
}

/// Nothing, with the windows it would count in.
pub(super) fn nothing(cx: &Context<'_>, terms: &Terms<'_>) -> Costed {
    let costs = terms.operations.costs.as_ref();
    let per = costs.and_then(|c| c.we_pay_at_most.a_customer).map_or(Per::Month, |(_, per)| per);
    Costed {
        by_us: Cost::ZERO,
        us_from: window(terms, cx.customer, per, cx.now).from,
        on_key: Cost::ZERO,
        key_from: window(terms, cx.customer, Per::Month, cx.now).from,
        instead_of: None,
    }
}
