//! Subscriptions, as a payment provider tells of them: which plan a customer is on follows.
//!
//! Providers tell things late, twice and out of order, and plans bring credits as they begin: so each
//! word about a subscription is taken only where it goes on from what is known. One that does not has
//! overtaken another, and waits for it; one that is older than what is known is left.

use super::customer::{change_plan, monthly};
use super::problem::Problem;
use super::{Context, Decision, Moves, Refusal};
use crate::entry::{Facts, SubscriptionFacts, Updated};
use crate::id::Name;
use crate::provider::{Before, Standing, SubscriptionTold};
use crate::state::SubscriptionState;
use std::collections::BTreeMap;

/// The most subscriptions of one customer that are remembered.
const AT_MOST: usize = 100;

type Subscriptions = BTreeMap<Name, SubscriptionState>;

/// A provider tells how a subscription stands.
pub(super) fn subscription(cx: &Context<'_>, told: &SubscriptionTold) -> Result<Decision, Refusal> {
    let known = cx.customer.subscriptions.get(&told.id);
    if known.is_some_and(|known| is_old(known, told)) {
        return Ok(Decision { entry: None, run: None });
    }
    let may_wait = told.waits && (known.is_some() || told.began_lately);
    if may_wait && !goes_on(known, &told.before) {
        return Err(Problem::TooEarly { what: "subscription" }.into());
    }
    // Those that are over are forgotten by and by.
    let open = cx.customer.subscriptions.values().filter(|known| !known.over).count();
    if known.is_none() && open >= AT_MOST {
        return Err(Problem::invalid("subscription", "this customer has 100 of them").into());
    }
    let standing = Standing { plan: plan(cx, known, &told.now)?, ..told.now.clone() };
    let facts = SubscriptionFacts {
        id: told.id.clone(),
        event: told.event.clone(),
        at: told.at,
        over: matches!(told.before, Before::Over(_)),
        standing: standing.clone(),
    };
    if let Some(plan) = standing.plan.as_ref().filter(|_| standing.live) {
        let known = cx.terms()?.contract.plans.get(plan);
        known.ok_or(Problem::NotFound { what: "plan" })?;
    }
    let mut after = cx.customer.subscriptions.clone();
    let began = standing.live || known.is_some_and(|known| known.began);
    after.insert(
        told.id.clone(),
        SubscriptionState { at: told.at, events: Vec::new(), began, over: facts.over, standing },
    );
    let updated = Updated { subscription: Some(facts), ..Updated::default() };
    let otherwise = told.otherwise.as_ref();
    let before = wanted(cx, &cx.customer.subscriptions, otherwise)?;
    match wanted(cx, &after, otherwise)? {
        Some(plan) if before != Some(plan) => change_plan(cx, plan, updated),
        _ => cx.entry(None, Facts::UpdateCustomer(updated), Moves::NONE),
    }
}

/// The plan that a subscription pays for. What a price brings may be said otherwise in the deployment at
/// any time; whoever came to a plan by a price stays on it as long as that price and that plan are there:
/// a plan changes because somebody changes it, or by a version of the contract, with its notice.
fn plan(
    cx: &Context<'_>,
    known: Option<&SubscriptionState>,
    now: &Standing,
) -> Result<Option<Name>, Refusal> {
    let kept = known.filter(|known| known.standing.has_prices_of(now));
    let kept = kept.and_then(|known| known.standing.plan.as_ref());
    let Some(kept) = kept else { return Ok(now.plan.clone()) };
    let is_there = cx.terms()?.contract.plans.get(kept).is_some();
    Ok(if is_there { Some(kept.clone()) } else { now.plan.clone() })
}

/// Was it told before, or is it older than what is known?
fn is_old(known: &SubscriptionState, told: &SubscriptionTold) -> bool {
    known.over
        || told.before == Before::Nothing
        || told.at < known.at
        || known.events.contains(&told.event)
}

/// Does it go on from what is known?
fn goes_on(known: Option<&SubscriptionState>, before: &Before) -> bool {
    match (before, known) {
        (Before::Nothing, known) => known.is_none(),
        (_, None) => false,
        (Before::Was(was), Some(SubscriptionState { standing, .. })) => {
            (was.live, was.ends) == (standing.live, standing.ends) && was.pays_as(standing)
        }
        // That it was on before it was over is not said: if it never was, that may be on its way.
        (Before::Over(was), Some(known)) => known.began && was.pays_as(&known.standing),
    }
}

/// The plan that subscriptions pay for: the dearest of those that are on and stay; where none is any
/// more, `otherwise`. None: they say nothing of it.
fn wanted<'a>(
    cx: &Context<'a>,
    all: &'a Subscriptions,
    otherwise: Option<&'a Name>,
) -> Result<Option<&'a Name>, Refusal> {
    let stays = |standing: &Standing| standing.live && !standing.ends;
    let plans = all.values().filter(|known| stays(&known.standing));
    let mut best: Option<(i128, &Name)> = None;
    for name in plans.filter_map(|known| known.standing.plan.as_ref()) {
        // One that is in the contract no more pays for nothing that could be begun.
        if let Some(plan) = cx.terms()?.contract.plans.get(name) {
            best = best.max(Some((monthly(plan), name)));
        }
    }
    let had_one = || all.values().any(|known| known.began && known.standing.plan.is_some());
    Ok(best.map(|(_, plan)| plan).or_else(|| otherwise.filter(|_| had_one())))
}
