//! Folding entries: the only way a state ever changes.

use super::book::Book;
use super::fold_claims;
use super::fold_runs::{
    correct, count_costs, end, end_of, extend, note_left, refund, settle_late, start,
};
use super::{
    CostCounters, Customer, ItemKey, Map, OwnKeyState, PaymentState, QuoteState, RunStatus,
};
use crate::amount::Amount;
use crate::command::KeyChange;
use crate::entry::{
    Account, CapsSet, Entry, Facts, GrantFacts, Granted, Opened, PlanChanged, PlanStarted, Renewed,
    Resumed, Transfer, Updated,
};
use crate::id::{GrantId, Name};
use crate::time::Time;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The state after a customer's first entry; None if that does not open them.
#[must_use]
pub fn open(entry: &Entry) -> Option<Customer> {
    let Facts::OpenCustomer(opened) = &entry.facts else { return None };
    let mut customer = newborn(entry, opened);
    if let Some(grant) = &opened.plan.grant {
        customer.real.add_grant(grant, None);
    }
    post(&mut customer.real, &entry.transfers);
    customer.seq = entry.seq;
    Some(customer)
}

fn newborn(entry: &Entry, opened: &Opened) -> Customer {
    Customer {
        id: opened.customer.clone(),
        seq: 0,
        opened_at: entry.at,
        name: opened.name.clone(),
        members: opened.members.clone(),
        renews: opened.renews,
        metadata: opened.metadata.clone(),
        plan: opened.plan.plan.clone(),
        next_plan: None,
        plan_since: entry.at,
        anchor: opened.plan.anchor,
        period: opened.plan.period,
        credits_for: opened.plan.credits_for,
        paid: true,
        paid_ahead: 0,
        contract: entry.contract.version,
        versions: vec![(entry.contract.version, entry.at)],
        runs: Map::default(),
        items: Map::default(),
        open_runs: 0,
        expiries: BTreeSet::new(),
        caps: CapsSet::default(),
        overrides: Vec::new(),
        pause: None,
        silent_day: None,
        own_keys: BTreeMap::new(),
        quotes: BTreeMap::new(),
        payments: Map::default(),
        subscriptions: BTreeMap::new(),
        costs: CostCounters::default(),
        counts_since: 0,
        real: Book::default(),
        shadow: None,
    }
}

/// Folds one more entry into the state of the customer it belongs to.
pub fn apply(customer: &mut Customer, entry: &Entry) {
    if entry.shadow.is_some() && customer.shadow.is_none() {
        customer.shadow = Some(Box::new(customer.real.clone()));
    }
    match &entry.facts {
        Facts::OpenCustomer(_) => {}
        Facts::UpdateCustomer(updated) => update(customer, updated),
        Facts::ChangePlan { change, updated } => {
            update(customer, updated);
            change_plan(customer, entry, change);
        }
        Facts::Renew(renewed) => renew(customer, entry, renewed),
        Facts::Grant(granted) | Facts::TopUp(granted) => match &granted.restores {
            Some(restored) => fold_claims::restore(customer, entry, granted, restored),
            None => grant(customer, entry, granted),
        },
        Facts::ClawBack(claw) => fold_claims::claw_back(customer, entry, claw),
        Facts::StartRun(started) => start(customer, entry, started),
        Facts::Run { started, ended } => {
            start(customer, entry, started);
            end(customer, entry, started.run, ended, RunStatus::Settled);
        }
        Facts::Settle(ended) if ended.late => settle_late(customer, entry, ended),
        Facts::Settle(ended) => end_of(customer, entry, ended, RunStatus::Settled),
        Facts::Release(ended) => end_of(customer, entry, ended, RunStatus::Released),
        Facts::ExpireRun(ended) => end_of(customer, entry, ended, RunStatus::Expired),
        Facts::Extend { expires_at } => extend(customer, entry, *expires_at),
        Facts::Refund(refunded) => {
            if let Some(run) = entry.run {
                refund(customer, entry, run, refunded);
            }
        }
        Facts::Correct(corrected) => correct(customer, entry, corrected),
        Facts::Attempts { attempts, costs } => {
            if let Some(run) = entry.run.and_then(|id| customer.runs.get_mut(&id)) {
                let run = Arc::make_mut(run);
                run.attempts.extend(attempts.iter().cloned());
                run.assumed = run.assumed.filter(|_| costs.instead_of.is_none());
                run.seq = entry.seq;
            }
            count_costs(customer, costs);
        }
        Facts::ExpireGrant { .. } => {}
        Facts::SetCaps(caps) => customer.caps = caps.clone(),
        Facts::Override(facts) => {
            customer.overrides.retain(|o| entry.at < o.ends);
            customer.overrides.push((**facts).clone());
        }
        Facts::Pause { reason } => customer.pause = Some(reason.clone()),
        Facts::Resume(resumed) => resume(customer, resumed),
        Facts::OwnKey { provider, change } => own_key(customer, entry.at, provider, change),
        Facts::ConfirmQuote { quote, by, expires_at } => {
            remember_quote(customer, entry.at, quote, *expires_at).confirmed =
                Some((*by, entry.at));
        }
        Facts::BeginVersion { version } => begin_version(customer, *version, entry.at),
    }
    settle_books(customer, entry);
    note_left(customer, entry);
    customer.seq = entry.seq;
}

/// The transfers last: grants and legs that they name are there by now.
fn settle_books(customer: &mut Customer, entry: &Entry) {
    post(&mut customer.real, &entry.transfers);
    customer.real.drop_dead_grants(entry.at);
    let Some(book) = &mut customer.shadow else { return };
    match &entry.shadow {
        Some(shadow) => {
            for facts in &shadow.grants {
                book.add_grant(facts, None);
            }
            post(book, &shadow.transfers);
        }
        None => post(book, &entry.transfers),
    }
    book.drop_dead_grants(entry.at);
}

/// What the transfers do to grants and to what is owed; held amounts follow from the legs.
fn post(book: &mut Book, transfers: &[Transfer]) {
    for transfer in transfers {
        match &transfer.from {
            Account::Available(id) => move_available(book, *id, transfer.amount, false),
            Account::Owed => book.owed = book.owed.plus(transfer.amount).unwrap_or(book.owed),
            _ => {}
        }
        match &transfer.to {
            Account::Available(id) => move_available(book, *id, transfer.amount, true),
            Account::Owed => book.owed = book.owed.minus(transfer.amount).unwrap_or(book.owed),
            _ => {}
        }
    }
}

fn move_available(book: &mut Book, id: GrantId, amount: Amount, arrives: bool) {
    if let Some(grant) = book.grant_mut(id) {
        let after =
            if arrives { grant.available.plus(amount) } else { grant.available.minus(amount) };
        grant.available = after.unwrap_or(grant.available);
    }
}

/// Does the same in both books.
fn each_book(customer: &mut Customer, mut change: impl FnMut(&mut Book)) {
    change(&mut customer.real);
    if let Some(shadow) = &mut customer.shadow {
        change(shadow);
    }
}

/// A grant of the real books; of the shadow books too, unless the entry lists theirs.
pub(super) fn add_grant(
    customer: &mut Customer,
    entry: &Entry,
    facts: &GrantFacts,
    paid: Option<&str>,
) {
    customer.real.add_grant(facts, paid);
    let listed = entry.shadow.as_ref().is_some_and(|s| !s.grants.is_empty());
    if let (Some(shadow), false) = (&mut customer.shadow, listed) {
        shadow.add_grant(facts, paid);
    }
}

fn update(customer: &mut Customer, updated: &Updated) {
    if let Some(name) = &updated.name {
        customer.name.clone_from(name);
    }
    if let Some(members) = &updated.members {
        customer.members.clone_from(members);
    }
    if let Some(renews) = updated.renews {
        customer.renews = renews;
    }
    if let Some(metadata) = &updated.metadata {
        customer.metadata.clone_from(metadata);
    }
    if let Some(told) = &updated.subscription {
        fold_claims::subscription(customer, told);
    }
}

fn begin_version(customer: &mut Customer, version: u32, at: Time) {
    if customer.contract != version {
        customer.versions.push((version, at));
    }
    customer.contract = version;
}

fn change_plan(customer: &mut Customer, entry: &Entry, change: &PlanChanged) {
    customer.plan_since = entry.at;
    match change {
        PlanChanged::Now(started) => start_plan(customer, entry, started),
        PlanChanged::Later { plan, .. } => customer.next_plan = Some(plan.clone()),
        PlanChanged::Stay => customer.next_plan = None,
    }
}

/// New anchor, credits and counters; old grants are kept.
fn start_plan(customer: &mut Customer, entry: &Entry, started: &PlanStarted) {
    customer.plan = started.plan.clone();
    customer.next_plan = None;
    customer.anchor = started.anchor;
    customer.period = started.period;
    customer.credits_for = started.credits_for;
    customer.paid = true;
    if let Some(version) = started.version {
        begin_version(customer, version, entry.at);
    }
    each_book(customer, |book| {
        book.begin_counting_anew();
        book.charged_in_period = Amount::ZERO;
    });
    customer.costs = CostCounters::default();
    customer.counts_since = entry.seq;
    // What was assumed counted in the budget that is over: reports of it take nothing out of this one.
    customer.runs.change_each(|run| Arc::make_mut(run).assumed = None);
    if let Some(facts) = &started.grant {
        add_grant(customer, entry, facts, None);
    }
}

fn renew(customer: &mut Customer, entry: &Entry, renewed: &Renewed) {
    if renewed.period != customer.period {
        each_book(customer, |book| book.charged_in_period = Amount::ZERO);
    }
    customer.period = renewed.period;
    customer.credits_for = renewed.credits_for;
    customer.paid = renewed.paid;
    customer.paid_ahead = renewed.paid_ahead;
    if let Some((plan, anchor)) = &renewed.plan {
        customer.plan = plan.clone();
        customer.anchor = *anchor;
        customer.next_plan = None;
        customer.plan_since = entry.at;
    }
    if let Some(version) = renewed.version {
        begin_version(customer, version, entry.at);
    }
    if let Some(facts) = &renewed.grant {
        add_grant(customer, entry, facts, None);
    }
    if let Some(payment) = &renewed.payment {
        let seen = PaymentState {
            grant: None,
            others: Vec::new(),
            credits: Amount::ZERO,
            paid: None,
            clawed_back: Amount::ZERO,
            by_hand: Amount::ZERO,
            claims: BTreeMap::new(),
            at: entry.at,
            seq: entry.seq,
        };
        customer.payments.insert(payment.clone(), seen);
    }
}

fn grant(customer: &mut Customer, entry: &Entry, granted: &Granted) {
    add_grant(customer, entry, &granted.grant, granted.paid.as_deref());
    if let Some(payment) = &granted.payment {
        let seen = PaymentState {
            grant: Some(granted.grant.grant),
            others: Vec::new(),
            credits: granted.grant.amount,
            paid: granted.paid.clone(),
            clawed_back: Amount::ZERO,
            by_hand: Amount::ZERO,
            claims: BTreeMap::new(),
            at: entry.at,
            seq: entry.seq,
        };
        customer.payments.insert(payment.clone(), seen);
    }
}

fn resume(customer: &mut Customer, resumed: &Resumed) {
    match resumed {
        Resumed::Customer { operator, day } => {
            if *operator {
                customer.pause = None;
            }
            customer.silent_day = Some(*day);
        }
        Resumed::Item { action, artifact } => {
            let key = ItemKey::new(action, artifact);
            if let Some(item) = customer.items.get_mut(&key) {
                item.fails = 0;
                item.failed_at = None;
            }
        }
    }
}

fn own_key(customer: &mut Customer, at: Time, provider: &Name, change: &KeyChange) {
    match change {
        KeyChange::Stored(ends_with) => {
            let state =
                OwnKeyState { stored_at: at, ends_with: ends_with.clone(), refused_at: None };
            customer.own_keys.insert(provider.clone(), state);
        }
        KeyChange::Removed => {
            customer.own_keys.remove(provider);
        }
        KeyChange::Refused => {
            if let Some(key) = customer.own_keys.get_mut(provider) {
                key.refused_at = Some(at);
            }
        }
    }
}

/// Quotes are remembered until they expire; expired ones are dropped on the way.
pub(super) fn remember_quote<'a>(
    customer: &'a mut Customer,
    now: Time,
    id: &Name,
    expires_at: Time,
) -> &'a mut QuoteState {
    customer.quotes.retain(|_, q| now < q.expires_at);
    customer.quotes.entry(id.clone()).or_insert(QuoteState {
        confirmed: None,
        used_by: None,
        expires_at,
    })
}
