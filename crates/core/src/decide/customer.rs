//! Who a customer is and what their plan brings: opening, plan changes, periods, versions.

use super::grants;
use super::problem::Problem;
use super::request::check_metadata;
use super::{Context, Decision, Moves, Refusal, due};
use crate::amount::Amount;
use crate::command::{Command, CustomerChanges, GrantKind, Member, NewCustomer, Renews};
use crate::contract::{Contract, Plan};
use crate::entry::{
    Entry, Facts, GrantFacts, Opened, PlanChanged, PlanStarted, Renewed, Shadow, Transfer, Updated,
};
use crate::id::{Name, is_caller_id};
use crate::state::Book;
use crate::terms::Catalog;
use crate::time::{Per, Time, Window};

/// Opens a customer: the first entry of their journal.
///
/// # Errors
/// A [`Refusal`]; nothing is written then.
pub fn open_customer(
    catalog: &Catalog,
    id: &Name,
    new: &NewCustomer,
    command: &Command,
    now: Time,
) -> Result<Decision, Refusal> {
    if !is_caller_id(id) {
        let why = "an id has 1 to 128 of A-Z a-z 0-9 . _ : @ -";
        return Err(Problem::invalid("customer", why).into());
    }
    let version = catalog.in_force(now).ok_or(Problem::NotFound { what: "contract" })?;
    let contract = &version.contract;
    let name = new.plan.as_ref().or(contract.new_customers.as_ref());
    let name = name.ok_or_else(|| Problem::invalid("plan", "say which plan they are on"))?;
    let plan = contract.plans.get(name).ok_or(Problem::NotFound { what: "plan" })?;
    check_members(&new.members)?;
    check_metadata(&new.metadata)?;
    let empty = Book::default();
    let (started, transfers) = begin_plan(contract, plan, &empty, command, now);
    let opened = Opened {
        customer: id.clone(),
        plan: started,
        name: new.name.clone(),
        members: new.members.clone(),
        renews: new.renews,
        metadata: new.metadata.clone(),
    };
    let entry = Entry {
        seq: 1,
        at: now,
        by: command.by.name.clone(),
        run: None,
        facts: Facts::OpenCustomer(opened),
        transfers,
        shadow: None,
        contract: contract.reference(),
        operations: version.operations.last().map_or(0, |o| o.revision),
    };
    Ok(Decision { entry: Some(entry), run: None })
}

/// A plan begins today: anchor at 00:00, first period, first credits.
fn begin_plan(
    contract: &Contract,
    plan: &Plan,
    book: &Book,
    command: &Command,
    now: Time,
) -> (PlanStarted, Vec<Transfer>) {
    let zone = &contract.zone;
    let anchor = zone.day(now).from;
    let period = zone.window(anchor, plan.period(), now);
    let credits_for = zone.window(anchor, plan.credits_per, now);
    let (grant, transfers) = plan_credits(contract, plan, book, credits_for, command, now);
    let plan = plan.id.clone();
    let started = PlanStarted { plan, anchor, period, credits_for, grant, version: None };
    (started, transfers)
}

/// The credits of one stretch: min(credits, keep_at_most − plan credits there).
fn plan_credits(
    contract: &Contract,
    plan: &Plan,
    book: &Book,
    credits_for: Window,
    command: &Command,
    now: Time,
) -> (Option<GrantFacts>, Vec<Transfer>) {
    let room =
        contract.credit.plan_keep_at_most.map(|most| most.less(plan_credits_there(book, now)));
    let brings = plan.credits.unwrap_or(Amount::ZERO).min(room.unwrap_or(Amount::MAX));
    if !brings.is_positive() {
        return (None, Vec::new());
    }
    let end = credits_for.until;
    let expires = contract.credit.plan_rolls_over.map_or(end, |l| l.after(end, &contract.zone));
    let (facts, transfers) =
        grants::issue(book, GrantKind::Plan, brings, Some(expires), now, command.id.grants());
    (Some(facts), transfers)
}

/// Plan credits in a wallet, set aside ones too.
fn plan_credits_there(book: &Book, now: Time) -> Amount {
    let plan = book.grants.iter().filter(|g| g.kind == GrantKind::Plan && g.is_live(now));
    Amount::sum(plan.map(|g| g.available.plus(g.held).unwrap_or(g.available)))
        .unwrap_or(Amount::ZERO)
}

fn check_members(members: &[Member]) -> Result<(), Problem> {
    let bad = members.iter().any(|m| !is_caller_id(&m.id));
    let mut ids: Vec<&Name> = members.iter().map(|m| &m.id).collect();
    ids.sort_unstable();
    ids.dedup();
    if bad || ids.len() != members.len() {
        let why = "each member has an id of its own, 1 to 128 of A-Z a-z 0-9 . _ : @ -";
        return Err(Problem::invalid("members", why));
    }
    Ok(())
}

/// Changes who they are; with a plan it is an entry of that kind, which carries all of it.
pub(super) fn update(cx: &Context<'_>, changes: &CustomerChanges) -> Result<Decision, Refusal> {
    if let Some(members) = &changes.members {
        check_members(members)?;
    }
    if let Some(metadata) = &changes.metadata {
        check_metadata(metadata)?;
    }
    let updated = Updated {
        name: changes.name.clone(),
        members: changes.members.clone(),
        renews: changes.renews,
        metadata: changes.metadata.clone(),
        subscription: None,
    };
    match &changes.plan {
        Some(plan) => change_plan(cx, plan, updated),
        None => cx.entry(None, Facts::UpdateCustomer(updated), Moves::NONE),
    }
}

/// A higher monthly price is an upgrade: at once; else at the period's end.
pub(super) fn change_plan(
    cx: &Context<'_>,
    name: &Name,
    updated: Updated,
) -> Result<Decision, Refusal> {
    let terms = cx.terms()?;
    let plan = terms.contract.plans.get(name).ok_or(Problem::NotFound { what: "plan" })?;
    if plan.id == cx.customer.plan {
        return match cx.customer.next_plan {
            Some(_) => {
                let facts = Facts::ChangePlan { change: PlanChanged::Stay, updated };
                cx.entry(None, facts, Moves::NONE)
            }
            None if !updated.is_nothing() => {
                cx.entry(None, Facts::UpdateCustomer(updated), Moves::NONE)
            }
            None => Ok(Decision { entry: None, run: None }),
        };
    }
    if !is_upgrade(terms.plan, plan) {
        let change = PlanChanged::Later { plan: plan.id.clone(), on: cx.customer.period.until };
        return cx.entry(None, Facts::ChangePlan { change, updated }, Moves::NONE);
    }
    // The plan's first period is the next one that a version may wait for.
    let waited = cx.catalog.successor_on(cx.customer, &plan.id, cx.now);
    let contract = waited.map_or(terms.contract, |v| &*v.contract);
    let plan = contract.plans.get(name).unwrap_or(plan);
    let (mut started, real) = begin_plan(contract, plan, &cx.customer.real, cx.command, cx.now);
    started.version = waited.map(|v| v.contract.version);
    let shadow = cx.customer.shadow.as_deref().map(|book| {
        let (there, transfers) = begin_plan(contract, plan, book, cx.command, cx.now);
        Shadow { transfers, grants: Vec::from_iter(there.grant), ..Shadow::default() }
    });
    let facts = Facts::ChangePlan { change: PlanChanged::Now(started), updated };
    cx.entry(None, facts, Moves { real, shadow })
}

/// Is `to` dearer a month than `from`?
pub(crate) fn is_upgrade(from: &Plan, to: &Plan) -> bool {
    monthly(to) > monthly(from)
}

/// A plan's price for twelve months, in its own currency's smallest parts.
pub(super) fn monthly(plan: &Plan) -> i128 {
    let Some(price) = plan.price else { return 0 };
    let times = match price.per {
        Per::Day => 365,
        Per::Week => 52,
        Per::Month => 12,
        Per::Year => 1,
    };
    price.money.trillionths().saturating_mul(times)
}

/// What the next period, or the next stretch of credits in it, begins with.
pub(super) struct Upcoming<'a> {
    /// When.
    pub(super) at: Time,
    /// A period begins, not only a stretch of credits.
    pub(super) period: bool,
    /// It is paid, or needs no payment.
    pub(super) paid: bool,
    pub(super) plan: &'a Plan,
    contract: &'a Contract,
    /// A version that waited for it.
    version: Option<u32>,
    /// The plan is one that waited for it.
    changes: bool,
}

/// The period or stretch that begins by itself next.
pub(super) fn upcoming<'a>(cx: &Context<'a>) -> Result<Upcoming<'a>, Refusal> {
    let customer = cx.customer;
    let at = customer.period.until.min(customer.credits_for.until);
    let period = customer.period.until <= at;
    let by_itself = customer.renews == Renews::ByItself || customer.paid_ahead > 0;
    let paid = if period { by_itself } else { customer.paid };
    let wish = customer.next_plan.as_ref().filter(|_| period);
    let version = if period {
        cx.catalog.successor_on(customer, wish.unwrap_or(&customer.plan), at)
    } else {
        due::version_before(cx.catalog, customer, at)
    };
    let terms = cx.terms()?;
    let contract = version.map_or(terms.contract, |v| &*v.contract);
    // A version without the plan that waits is not entered before, so it is there; where it were
    // not, the customer would stay where they are, and it would wait on.
    let wished = wish.and_then(|name| contract.plans.get(name));
    let plan = wished.or_else(|| contract.plans.get(&customer.plan)).unwrap_or(terms.plan);
    let version = version.map(|v| v.contract.version);
    Ok(Upcoming { at, period, paid, plan, contract, version, changes: wished.is_some() })
}

/// A period or a month of credits begins by itself.
pub(super) fn renew_due(cx: &Context<'_>) -> Result<Decision, Refusal> {
    let customer = cx.customer;
    let next = upcoming(cx)?;
    if cx.now < next.at {
        return Ok(Decision { entry: None, run: None });
    }
    let zone = &next.contract.zone;
    let anchor = if next.changes { zone.day(cx.now).from } else { customer.anchor };
    let uses_ahead = next.period && next.paid && customer.renews == Renews::WhenPaid;
    let renewed = Renewed {
        period: zone.window(anchor, next.plan.period(), cx.now),
        credits_for: zone.window(anchor, next.plan.credits_per, cx.now),
        grant: None,
        paid: next.paid,
        paid_ahead: customer.paid_ahead.saturating_sub(u32::from(uses_ahead)),
        payment: None,
        plan: next.changes.then(|| (next.plan.id.clone(), anchor)),
        version: next.version,
    };
    bring_period(cx, next.contract, next.plan, renewed)
}

/// A payment for a period was reported: for the present one, or, where that is paid, for the next.
pub(super) fn renew_paid(cx: &Context<'_>, payment: Option<&Name>) -> Result<Decision, Refusal> {
    let customer = cx.customer;
    let seen = payment.and_then(|payment| customer.payments.get(payment));
    if seen.is_some_and(|seen| seen.grant.is_some()) {
        return Err(Problem::PaymentReused.into());
    }
    // Who renews by themselves owes nothing; a payment without an id cannot be told from the last.
    let ahead = customer.paid && customer.renews == Renews::WhenPaid && payment.is_some();
    if seen.is_some() || (customer.paid && !ahead) {
        return Ok(Decision { entry: None, run: None });
    }
    let terms = cx.terms()?;
    let renewed = Renewed {
        period: customer.period,
        credits_for: customer.credits_for,
        grant: None,
        paid: true,
        paid_ahead: customer.paid_ahead.saturating_add(u32::from(ahead)),
        payment: payment.cloned(),
        plan: None,
        version: None,
    };
    if ahead {
        return cx.entry(None, Facts::Renew(renewed), Moves::NONE);
    }
    bring_period(cx, terms.contract, terms.plan, renewed)
}

/// The credits that a period brings, if it is paid.
fn bring_period(
    cx: &Context<'_>,
    contract: &Contract,
    plan: &Plan,
    mut renewed: Renewed,
) -> Result<Decision, Refusal> {
    let credits_for = renewed.credits_for;
    let bring = |book: &Book| {
        if renewed.paid {
            plan_credits(contract, plan, book, credits_for, cx.command, cx.now)
        } else {
            (None, Vec::new())
        }
    };
    let (grant, real) = bring(&cx.customer.real);
    let shadow = cx.customer.shadow.as_deref().map(|book| {
        let (there, transfers) = bring(book);
        Shadow { transfers, grants: Vec::from_iter(there), ..Shadow::default() }
    });
    renewed.grant = grant;
    cx.entry(None, Facts::Renew(renewed), Moves { real, shadow })
}

/// A version of the contract begins in mid-period.
pub(super) fn begin_version(cx: &Context<'_>) -> Result<Decision, Refusal> {
    match cx.catalog.successor(cx.customer, cx.now) {
        Some(version) => {
            let facts = Facts::BeginVersion { version: version.contract.version };
            cx.entry(None, facts, Moves::NONE)
        }
        None => Ok(Decision { entry: None, run: None }),
    }
}
