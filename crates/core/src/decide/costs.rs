//! What attempts cost: tokens by the price map, calls by the services. Unknown is never zero.

use super::Context;
use super::price::window;
use super::problem::Problem;
use super::request::check_count;
use crate::amount::Amount;
use crate::command::{Attempt, Usage};
use crate::contract::{Action, Costs, ModelPrice};
use crate::entry::{AttemptFacts, Costed};
use crate::margin::{effective_class, unit_cost};
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
        asked: attempt.asked.clone(),
        model: attempt.model.clone(),
        usage: attempt.usage,
        services: attempt.services.clone(),
        cost: costs.and_then(|costs| attempt_cost(costs, attempt)),
        own_key: attempt.own_key,
        source: attempt.source,
    });
    Ok(facts.collect())
}

/// What one attempt cost, exactly; None where a price or a count is unknown.
///
/// Tokens read from and written to the cache are part of the input, reasoning is part of the output
/// (OpenTelemetry's rule); each is priced by itself, all by what holds for a call that reads as much.
#[must_use]
pub fn attempt_cost(costs: &Costs, attempt: &Attempt) -> Option<Cost> {
    let mut sum = Cost::ZERO;
    for (service, calls) in &attempt.services {
        sum = sum.plus(costs.services.get(service)?.times(*calls)?)?;
    }
    match &attempt.model {
        Some(model) => sum.plus(tokens_cost(costs.prices.price_of(model)?, &attempt.usage)?),
        None => has_no_tokens(&attempt.usage).then_some(sum),
    }
}

/// Tokens of a model that is not named have a cost, though nobody knows which.
fn has_no_tokens(usage: &Usage) -> bool {
    let Usage { input, cache_read, cache_write, output, reasoning } = usage;
    [input, cache_read, cache_write, output, reasoning].into_iter().flatten().all(|n| *n == 0)
}

fn tokens_cost(price: &ModelPrice, usage: &Usage) -> Option<Cost> {
    let (input, output) = (usage.input?, usage.output?);
    let read = usage.cache_read.unwrap_or(0);
    let write = usage.cache_write.unwrap_or(0);
    let reasoning = usage.reasoning.unwrap_or(0);
    let fresh = input.checked_sub(read)?.checked_sub(write)?;
    let spoken = output.checked_sub(reasoning)?;
    let price = price.of_call(input);
    let parts = [
        (fresh, price.input),
        (read, price.cache_read),
        (write, price.cache_write),
        (spoken, price.output),
        (reasoning, price.reasoning),
    ];
    parts.into_iter().try_fold(Cost::ZERO, |sum, (tokens, price)| match tokens {
        0 => Some(sum),
        n => sum.plus(price?.times(n)?),
    })
}

/// What budgets and caps count of some attempts.
#[derive(Clone, Copy, Default)]
struct Counted {
    cost: Cost,
    /// Of so many not even an estimate is known: they are counted as that many, never as nothing.
    unknown: u32,
}

impl Counted {
    fn and(self, cost: Option<Cost>) -> Self {
        match cost.and_then(|cost| self.cost.plus(cost)) {
            Some(cost) => Self { cost, ..self },
            None => Self { unknown: self.unknown.saturating_add(1), ..self },
        }
    }

    /// Adds attempts; one of unknown cost counts as on the dearest model of the effective class.
    fn with(
        self,
        terms: &Terms<'_>,
        action: &Action,
        attempts: &[AttemptFacts],
        own_key: bool,
    ) -> Self {
        let of_theirs = attempts.iter().filter(|a| a.own_key == own_key);
        of_theirs.fold(self, |sum, a| sum.and(a.cost.or_else(|| estimate(terms, action, a))))
    }

    /// The typical cost of so many units; it is nobody's mistake where there are no costs at all.
    fn typical(terms: &Terms<'_>, action: &Action, units: u64) -> Self {
        if terms.operations.costs.is_none() {
            return Self::default();
        }
        let each = unit_cost(terms.contract, terms.operations, action, Some(terms.plan));
        Self::default().and(each.typical.and_then(|cost| cost.times(units)))
    }
}

/// What an attempt of unknown cost counts as: the dearest known price of the effective class.
fn estimate(terms: &Terms<'_>, action: &Action, attempt: &AttemptFacts) -> Option<Cost> {
    let costs = terms.operations.costs.as_ref()?;
    let calls = attempt.services.iter().try_fold(Cost::ZERO, |sum, (service, calls)| {
        sum.plus(costs.services.get(service)?.times(*calls)?)
    })?;
    let own = attempt.model.as_ref().and_then(|model| costs.prices.price_of(model));
    let known = own.and_then(|price| tokens_cost(price, &attempt.usage));
    let class = effective_class(terms.contract, action, Some(terms.plan)).filter(|c| !c.any);
    let cost_with = |price: &ModelPrice| tokens_cost(price, &attempt.usage);
    let dearest = || match class {
        Some(class) => {
            let prices = class.are.iter().filter_map(|model| costs.prices.price_of(model));
            prices.filter_map(cost_with).max()
        }
        None => costs.prices.models.values().filter_map(cost_with).max(),
    };
    known.or_else(dearest)?.plus(calls)
}

/// How many units an ending is about: what arrived, else what was asked for, else all there can be.
pub(super) fn units(
    terms: &Terms<'_>,
    action: &Action,
    arrived: Option<u64>,
    asked: Option<u64>,
) -> u64 {
    let most = || terms.up_to(action).filter(|_| action.is_per_quantity());
    arrived.or(asked).or_else(most).unwrap_or(1)
}

/// What a run that ends adds to the counters: on their own key to theirs; where it cost the customer
/// nothing, to ours all that was ever reported, or what is typical of its units where nothing was.
pub(super) fn at_end(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    action: &Action,
    (before, attempts): (&[AttemptFacts], &[AttemptFacts]),
    units: u64,
    charged: Amount,
) -> Costed {
    let counted = Counted::default();
    let mut costed = nothing(cx, terms);
    costed.count_on_key(counted.with(terms, action, attempts, true));
    if charged.is_zero() {
        costed.count_by_us(if before.is_empty() && attempts.is_empty() {
            Counted::typical(terms, action, units)
        } else {
            counted.with(terms, action, before, false).with(terms, action, attempts, false)
        });
    }
    costed
}

/// What a run that was given back adds: only what was reported of it.
pub(super) fn unreported(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    action: Option<&Action>,
    before: &[AttemptFacts],
) -> Costed {
    let mut costed = nothing(cx, terms);
    if let Some(action) = action {
        costed.count_by_us(Counted::default().with(terms, action, before, false));
    }
    costed
}

/// What is reported beside the end of a run adds: to ours only once it is known that the run cost
/// the customer nothing, and then in place of what was assumed.
pub(super) fn reported(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    (run, action): (&Run, &Action),
    attempts: &[AttemptFacts],
    charged: Amount,
) -> Costed {
    let counted = Counted::default();
    let mut costed = nothing(cx, terms);
    costed.count_on_key(counted.with(terms, action, attempts, true));
    if charged.is_zero() && run.end.is_some() {
        costed.count_by_us(counted.with(terms, action, attempts, false));
        costed.instead_of = run.assumed.filter(|_| !attempts.is_empty());
    }
    costed
}

impl Costed {
    const fn count_by_us(&mut self, counted: Counted) {
        (self.by_us, self.by_us_unknown) = (counted.cost, counted.unknown);
    }

    const fn count_on_key(&mut self, counted: Counted) {
        (self.on_key, self.on_key_unknown) = (counted.cost, counted.unknown);
    }
}

/// Nothing, with the windows it would count in.
pub(super) fn nothing(cx: &Context<'_>, terms: &Terms<'_>) -> Costed {
    let costs = terms.operations.costs.as_ref();
    let per = costs.and_then(|c| c.we_pay_at_most.a_customer).map_or(Per::Month, |(_, per)| per);
    Costed {
        by_us: Cost::ZERO,
        by_us_unknown: 0,
        us_from: window(terms, cx.customer, per, cx.now).from,
        on_key: Cost::ZERO,
        on_key_unknown: 0,
        key_from: window(terms, cx.customer, Per::Month, cx.now).from,
        instead_of: None,
    }
}
