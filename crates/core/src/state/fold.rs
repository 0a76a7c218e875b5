//! Folding entries: the only way a state ever changes.

use super::book::{Book, EndOf};
use super::{
    CostCounters, Customer, Item, ItemKey, OwnKeyState, PaymentState, QuoteState, Run, RunEnd,
    RunStatus,
};
use crate::amount::Amount;
use crate::command::{KeyChange, Purpose};
use crate::contract::Outcome;
use crate::entry::{
    Account, CapsSet, Corrected, Costed, Ended, Entry, Facts, GrantFacts, Granted, LegEnded,
    LegStarted, Opened, PlanChanged, PlanStarted, Refunded, Renewed, Resumed, RunKind, Shadow,
    Started, Transfer, Updated,
};
use crate::id::{GrantId, Name, RunId};
use crate::time::Time;
use std::collections::BTreeMap;

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
        anchor: opened.plan.anchor,
        period: opened.plan.period,
        credits_for: opened.plan.credits_for,
        paid: true,
        contract: entry.contract,
        runs: BTreeMap::new(),
        items: BTreeMap::new(),
        open_runs: 0,
        next_expiry: Time::MAX,
        caps: CapsSet::default(),
        overrides: Vec::new(),
        pause: None,
        silent_day: None,
        own_keys: BTreeMap::new(),
        quotes: BTreeMap::new(),
        payments: BTreeMap::new(),
        costs: CostCounters::default(),
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
        Facts::ChangePlan(change) => change_plan(customer, entry, change),
        Facts::Renew(renewed) => renew(customer, entry, renewed),
        Facts::Grant(granted) | Facts::TopUp(granted) => grant(customer, entry, granted),
        Facts::ClawBack(claw) => {
            each_book(customer, |book| {
                if let Some(grant) = book.grant_mut(claw.grant) {
                    grant.to_claw = grant.to_claw.plus(claw.later).unwrap_or(grant.to_claw);
                }
            });
            if let Some(payment) = customer.payments.get_mut(&claw.payment) {
                let total = claw.taken.plus(claw.later).and_then(|a| a.plus(payment.clawed_back));
                payment.clawed_back = total.unwrap_or(payment.clawed_back);
            }
        }
        Facts::StartRun(started) => start(customer, entry, started),
        Facts::Run(started, ended) => {
            start(customer, entry, started);
            end(customer, entry, started.run, ended, RunStatus::Settled);
        }
        Facts::Settle(ended) => end_of(customer, entry, ended, RunStatus::Settled),
        Facts::Release(ended) => end_of(customer, entry, ended, RunStatus::Released),
        Facts::ExpireRun(ended) => end_of(customer, entry, ended, RunStatus::Expired),
        Facts::SettleLate(ended) => settle_late(customer, entry, ended),
        Facts::Extend { expires_at } => extend(customer, entry, *expires_at),
        Facts::Refund(refunded) => {
            if let Some(run) = entry.run {
                refund(customer, entry, run, refunded);
            }
        }
        Facts::Correct(corrected) => correct(customer, entry, corrected),
        Facts::Attempts(attempts, costed) => {
            if let Some(run) = entry.run.and_then(|id| customer.runs.get_mut(&id)) {
                run.attempts.extend(attempts.iter().cloned());
                run.seq = entry.seq;
            }
            count_costs(customer, costed);
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
        Facts::BeginVersion { version } => customer.contract = *version,
    }
    settle_books(customer, entry);
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
fn add_grant(customer: &mut Customer, entry: &Entry, facts: &GrantFacts, paid: Option<&str>) {
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
}

fn change_plan(customer: &mut Customer, entry: &Entry, change: &PlanChanged) {
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
    each_book(customer, |book| {
        book.used.clear();
        book.charged_in_period = Amount::ZERO;
        book.month = super::Spend::default();
        book.cap = super::Spend::default();
        book.members.clear();
    });
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
    if let Some(plan) = &renewed.plan {
        customer.plan = plan.clone();
        customer.next_plan = None;
    }
    if let Some(version) = renewed.version {
        customer.contract = version;
    }
    if let Some(facts) = &renewed.grant {
        add_grant(customer, entry, facts, None);
    }
    if let Some(payment) = &renewed.payment {
        let seen = PaymentState {
            grant: None,
            credits: Amount::ZERO,
            paid: None,
            clawed_back: Amount::ZERO,
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
            credits: granted.grant.amount,
            paid: granted.paid.clone(),
            clawed_back: Amount::ZERO,
            at: entry.at,
            seq: entry.seq,
        };
        customer.payments.insert(payment.clone(), seen);
    }
}

fn start(customer: &mut Customer, entry: &Entry, started: &Started) {
    let id = started.run;
    open_leg(&mut customer.real, started, &started.leg);
    if let Some(book) = &mut customer.shadow {
        match &entry.shadow {
            Some(Shadow { started: Some(leg), .. }) => open_leg(book, started, leg),
            Some(_) => {}
            None => open_leg(book, started, &started.leg),
        }
    }
    if let Some(quote) = &started.quote {
        remember_quote(customer, entry.at, &quote.id, quote.expires_at).used_by = Some(id);
    }
    if let Some(item) = tracked_item(started.tracked, &started.action, started.artifact.as_ref())
        && started.kind != RunKind::Reopened
    {
        customer.items.entry(item).or_default().in_flight = Some(id);
    }
    customer.open_runs = customer.open_runs.saturating_add(1);
    customer.next_expiry = customer.next_expiry.min(started.expires_at);
    let denial = entry.shadow.as_ref().and_then(|s| s.denial);
    customer.runs.insert(id, held_run(entry, started, denial));
}

fn open_leg(book: &mut Book, started: &Started, leg: &LegStarted) {
    if started.purpose == Purpose::Experiment {
        if let Some(from) = leg.allowance_from {
            book.try_out(from);
        }
        let leg = LegStarted { allowance_from: None, ..leg.clone() };
        book.start(started.run, &started.action, None, leg);
    } else {
        book.start(started.run, &started.action, started.member.as_ref(), leg.clone());
    }
}

fn held_run(entry: &Entry, started: &Started, would_deny: Option<crate::decide::Code>) -> Run {
    Run {
        status: RunStatus::Held,
        action: started.action.clone(),
        artifact: started.artifact.clone(),
        tracked: started.tracked,
        kind: started.kind,
        free_redo: started.free_redo,
        mode: started.mode,
        purpose: started.purpose,
        member: started.member.clone(),
        quantity: started.quantity,
        model: started.model.clone(),
        on_your_key: started.on_your_key,
        each: started.each,
        opened_at: entry.at,
        expires_at: started.expires_at,
        latest_at: started.latest_at,
        quote: started.quote.clone(),
        confirmation: started.confirmation.clone(),
        unconfirmed: started.unconfirmed,
        contract: started.contract,
        operations: started.operations,
        metadata: started.metadata.clone(),
        today: started.today.clone(),
        would_deny,
        end: None,
        refund: None,
        attempts: Vec::new(),
        seq: entry.seq,
    }
}

fn end_of(customer: &mut Customer, entry: &Entry, ended: &Ended, status: RunStatus) {
    if let Some(run) = entry.run {
        end(customer, entry, run, ended, status);
    }
}

fn end(customer: &mut Customer, entry: &Entry, id: RunId, ended: &Ended, status: RunStatus) {
    let Some(mut run) = customer.runs.remove(&id) else { return };
    let item = tracked_item(run.tracked, &run.action, run.artifact.as_ref());
    let about = EndOf {
        action: &run.action,
        member: run.member.as_ref(),
        item: item.as_ref(),
        day: ended.day,
    };
    end_leg(&mut customer.real, id, &about, &ended.leg);
    if let Some(book) = &mut customer.shadow {
        match &entry.shadow {
            Some(Shadow { ended: Some(leg), .. }) => end_leg(book, id, &about, leg),
            Some(_) => {}
            None => end_leg(book, id, &about, &ended.leg),
        }
    }
    run.status = status;
    record_end(&mut run, entry, ended, false);
    customer.open_runs = customer.open_runs.saturating_sub(1);
    if let Some(item) = item {
        note_item(customer, item, id, &run, ended.outcome, entry.at);
    }
    customer.runs.insert(id, run);
    count_costs(customer, &ended.costs);
}

fn end_leg(book: &mut Book, id: RunId, about: &EndOf<'_>, leg: &LegEnded) {
    for facts in &leg.grants {
        book.add_grant(facts, None);
    }
    book.end(id, about, leg);
}

fn record_end(run: &mut Run, entry: &Entry, ended: &Ended, late: bool) {
    run.end = Some(RunEnd {
        outcome: ended.outcome,
        reported: ended.reported,
        reason: ended.reason.clone(),
        decided_by: ended.decided_by,
        at: entry.at,
        late,
        corrected: false,
    });
    run.attempts.extend(ended.attempts.iter().cloned());
    if ended.today.is_some() {
        run.today.clone_from(&ended.today);
    }
    run.seq = entry.seq;
}

/// What an ending means for "the same again", ownership and the loop breaker.
fn note_item(
    customer: &mut Customer,
    key: ItemKey,
    id: RunId,
    run: &Run,
    outcome: Outcome,
    at: Time,
) {
    let item = customer.items.entry(key.clone()).or_default();
    if item.in_flight == Some(id) {
        item.in_flight = None;
    }
    if run.kind == RunKind::Reopened {
        return;
    }
    match outcome {
        Outcome::Failed => {
            item.fails = item.fails.saturating_add(1);
            item.failed_at = Some(at);
        }
        Outcome::Cancelled => {}
        _ => item.fails = 0,
    }
    if matches!(outcome, Outcome::Delivered | Outcome::Empty | Outcome::Abandoned) {
        item.answered_at = Some(at);
    }
    if outcome == Outcome::Delivered {
        deliver(item, id, run, at);
    }
    let charged = customer.real.bought.contains_key(&key)
        || customer.shadow.as_ref().is_some_and(|book| book.bought.contains_key(&key));
    if *item == Item::default() && !charged {
        customer.items.remove(&key);
    }
}

fn deliver(item: &mut Item, id: RunId, run: &Run, at: Time) {
    match run.kind {
        RunKind::Redo if run.free_redo => item.redos = item.redos.saturating_add(1),
        RunKind::Redo => {}
        _ => {
            item.delivered_at = Some(at);
            item.redos = 0;
        }
    }
    item.delivered_by = Some(id);
}

fn settle_late(customer: &mut Customer, entry: &Entry, ended: &Ended) {
    let Some(id) = entry.run else { return };
    let Some(mut run) = customer.runs.remove(&id) else { return };
    record_end(&mut run, entry, ended, true);
    let item = tracked_item(run.tracked, &run.action, run.artifact.as_ref());
    if let (Some(item), Outcome::Delivered) = (item, ended.outcome) {
        note_item(customer, item, id, &run, ended.outcome, entry.at);
    }
    customer.runs.insert(id, run);
    count_costs(customer, &ended.costs);
}

fn extend(customer: &mut Customer, entry: &Entry, expires_at: Time) {
    if let Some(run) = entry.run.and_then(|id| customer.runs.get_mut(&id)) {
        run.expires_at = expires_at;
        run.seq = entry.seq;
        customer.next_expiry = customer.next_expiry.min(expires_at);
    }
}

fn refund(customer: &mut Customer, entry: &Entry, id: RunId, refunded: &Refunded) {
    let Some(run) = customer.runs.get_mut(&id) else { return };
    run.seq = entry.seq;
    run.refund = Some(super::RefundNote {
        reason: refunded.reason.clone(),
        usable_until: refunded.usable_until,
    });
    let run = run.clone();
    let item = tracked_item(run.tracked, &run.action, run.artifact.as_ref());
    let about =
        EndOf { action: &run.action, member: run.member.as_ref(), item: item.as_ref(), day: 0 };
    for facts in &refunded.grants {
        customer.real.add_grant(facts, None);
    }
    let all_back = customer.real.refund(id, &about, refunded.amount, &refunded.drawn);
    if let Some(book) = &mut customer.shadow {
        let charged = book.legs.get(&id).map_or(Amount::ZERO, super::Leg::net);
        let drawn = book.legs.get(&id).map(|leg| leg.drawn.clone()).unwrap_or_default();
        let amount = refunded.amount.min(charged);
        let left = take_from_last(&drawn, amount);
        book.refund(id, &about, amount, &left);
    }
    if let (true, Some(item)) = (all_back, item) {
        end_ownership(customer, &item);
    }
}

/// What is left of draws when `amount` is given back, last drawn first.
pub(crate) fn take_from_last(
    drawn: &[crate::entry::Draw],
    amount: Amount,
) -> Vec<crate::entry::Draw> {
    let mut left = drawn.to_vec();
    let mut owing = amount;
    while let Some(last) = left.last_mut() {
        let part = last.amount.min(owing);
        last.amount = last.amount.less(part);
        owing = owing.less(part);
        if !last.amount.is_zero() {
            break;
        }
        left.pop();
    }
    left
}

fn end_ownership(customer: &mut Customer, key: &ItemKey) {
    if let Some(item) = customer.items.get_mut(key) {
        item.delivered_by = None;
        item.delivered_at = None;
        item.answered_at = None;
        item.redos = 0;
    }
}

fn correct(customer: &mut Customer, entry: &Entry, corrected: &Corrected) {
    let Some(id) = entry.run else { return };
    if corrected.refund.amount.is_positive() {
        refund(customer, entry, id, &corrected.refund);
    }
    let Some(run) = customer.runs.get_mut(&id) else { return };
    if let Some(end) = &mut run.end {
        end.outcome = corrected.outcome;
        end.reported = crate::entry::Reported {
            outcome: corrected.outcome,
            parts: corrected.parts,
            quantity: corrected.quantity,
        };
        end.reason.clone_from(&corrected.reason);
        end.corrected = true;
    }
    let item = tracked_item(run.tracked, &run.action, run.artifact.as_ref());
    let action = run.action.clone();
    each_book(customer, |book| {
        let Some(mut leg) = book.legs.remove(&id) else { return };
        if let Some(ended) = &mut leg.ended {
            let back = ended.units_free.saturating_sub(corrected.units_free);
            ended.units_free = corrected.units_free.min(ended.units_free);
            book.return_allowance(&action, &leg.started, back);
        }
        book.legs.insert(id, leg);
    });
    if let (Some(key), true) = (item, corrected.outcome != Outcome::Delivered) {
        let delivered_here =
            customer.items.get(&key).is_some_and(|item| item.delivered_by == Some(id));
        if delivered_here {
            end_ownership(customer, &key);
        }
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
fn remember_quote<'a>(
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

fn count_costs(customer: &mut Customer, costed: &Costed) {
    if costed.by_us.is_positive() {
        customer.costs.by_us.add(costed.us_from, costed.by_us);
    }
    if costed.on_key.is_positive() {
        customer.costs.on_key.add(costed.key_from, costed.on_key);
    }
}

fn tracked_item(tracked: bool, action: &Name, artifact: Option<&Name>) -> Option<ItemKey> {
    let artifact = artifact.filter(|_| tracked)?;
    Some(ItemKey::new(action, artifact))
}
