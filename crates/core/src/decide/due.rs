//! What happens by itself, and when: expiry of runs and grants, periods, versions.
//!
//! Whoever keeps the books asks for the next due thing until there is none, and decides each at its
//! own instant. Late or early, the answers are the same.

use crate::command::Due;
use crate::contract::Starts;
use crate::state::Customer;
use crate::terms::{Catalog, Version};
use crate::time::Time;

/// The next thing due by `now`, with its instant; None: the state is up to date.
///
/// In order of time; at one instant runs end first, then grants, then periods begin.
#[must_use]
pub fn next_due(catalog: &Catalog, customer: &Customer, now: Time) -> Option<(Time, Due)> {
    let grants = next_grant(customer, now);
    let period = customer.period.until.min(customer.credits_for.until);
    let renewal = (period <= now).then_some((period, Due::Renew));
    let candidates =
        [next_run(customer, now), grants, renewal, next_version(catalog, customer, now)];
    candidates.into_iter().flatten().min()
}

/// Nothing is due for this customer before this instant; something may be at it, or only later.
///
/// For whoever looks after many customers: [`next_due`] at this instant tells what it is.
#[must_use]
pub fn quiet_until(catalog: &Catalog, customer: &Customer) -> Time {
    let period = customer.period.until.min(customer.credits_for.until);
    let expiry = customer.expiries.first().map_or(Time::MAX, |(at, _)| *at);
    let grants = |book: &crate::state::Book| {
        // In drawing order, the soonest to expire first.
        let drawn = book.grants.iter().find(|grant| grant.available.is_positive());
        drawn.and_then(|grant| grant.expires).unwrap_or(Time::MAX)
    };
    let shadow = customer.shadow.as_deref().map_or(Time::MAX, grants);
    let version = next_version(catalog, customer, Time::MAX).map_or(Time::MAX, |(at, _)| at);
    period.min(expiry).min(grants(&customer.real)).min(shadow).min(version)
}

fn next_run(customer: &Customer, now: Time) -> Option<(Time, Due)> {
    let (at, run) = customer.expiries.first()?;
    (*at <= now).then_some((*at, Due::ExpireRun(*run)))
}

fn next_grant(customer: &Customer, now: Time) -> Option<(Time, Due)> {
    let of = |book: &crate::state::Book| {
        // Grants stand in drawing order: the first is the soonest to expire.
        let mut expired = book.grants.iter().take_while(|g| !g.is_live(now));
        let first = expired.find(|g| g.available.is_positive())?;
        first.expires.map(|at| (at, Due::ExpireGrant(first.id)))
    };
    let shadow = customer.shadow.as_deref().and_then(of);
    of(&customer.real).into_iter().chain(shadow).min()
}

/// The version that begins for a customer in the middle of their period, before `instant`.
pub(super) fn version_before<'a>(
    catalog: &'a Catalog,
    customer: &Customer,
    instant: Time,
) -> Option<&'a Version> {
    let (at, _) = next_version(catalog, customer, instant).filter(|(at, _)| *at < instant)?;
    catalog.successor(customer, at)
}

/// A later version that does not wait for the next period.
pub(crate) fn next_version(
    catalog: &Catalog,
    customer: &Customer,
    now: Time,
) -> Option<(Time, Due)> {
    // At the first instant at which one begins, whenever this is asked.
    let later = catalog.versions().iter().filter(|v| v.contract.version > customer.contract);
    // A version may have been kept out by a plan that they had or wished until then.
    let instants = later.map(|v| v.effective.max(customer.plan_since)).filter(|at| *at <= now);
    let begins = |at: &Time| {
        let Some(next) = catalog.successor(customer, *at) else { return false };
        // A better version does not carry an adverse one before it into the middle of a period.
        let mut between = catalog.versions().iter().filter(|v| {
            v.contract.version > customer.contract && v.contract.version <= next.contract.version
        });
        between.all(|v| v.starts == Starts::AtOnce)
    };
    instants.filter(begins).min().map(|at| (at, Due::BeginVersion))
}
