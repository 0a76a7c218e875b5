//! Folding what happened to runs: both legs, the item they belong to, the counters.

use super::book::{AboutRun, Book};
use super::fold::remember_quote;
use super::{Customer, Item, ItemKey, REFUNDS, RefundNote, Run, RunEnd, RunStatus};
use crate::amount::Amount;
use crate::contract::{Mode, Outcome};
use crate::entry::{
    Account, Assumed, Corrected, Costed, Ended, Entry, Facts, LegEnded, LegStarted, Refunded,
    RunKind, Shadow, Started,
};
use crate::id::{Name, RunId};
use crate::time::Time;
use std::sync::Arc;

pub(super) fn start(customer: &mut Customer, entry: &Entry, started: &Started) {
    let id = started.run;
    let item = tracked_item(started.tracked, &started.action, started.artifact.as_ref());
    open_leg(&mut customer.real, started, &started.leg);
    if started.mode == Mode::Enforce {
        customer.real.begin_work(item.as_ref());
    }
    if let Some(book) = &mut customer.shadow {
        let there = entry.shadow.as_ref().map_or(Some(&started.leg), |s| s.started.as_ref());
        if let Some(leg) = there {
            open_leg(book, started, leg);
            book.begin_work(item.as_ref());
        }
    }
    if let Some(quote) = &started.quote {
        remember_quote(customer, entry.at, &quote.id, quote.expires_at).used_by = Some(id);
    }
    customer.open_runs = customer.open_runs.saturating_add(1);
    customer.expiries.insert((started.expires_at, id));
    customer.runs.insert(id, Arc::new(held_run(entry, started)));
}

fn open_leg(book: &mut Book, started: &Started, leg: &LegStarted) {
    let about = AboutRun {
        action: &started.action,
        member: started.member.as_ref(),
        item: None,
        purpose: started.purpose,
        day: 0,
        opened_at: Time::MIN,
        at: Time::MIN,
    };
    book.start(started.run, &about, leg.clone());
}

/// A run as it began.
pub(crate) fn held_run(entry: &Entry, started: &Started) -> Run {
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
        opened_at: entry.at,
        expires_at: started.expires_at,
        latest_at: started.latest_at,
        quote: started.quote.clone(),
        confirmation: started.confirmation.clone(),
        unconfirmed: started.unconfirmed,
        plan: started.plan.clone(),
        contract: started.contract,
        operations: started.operations,
        metadata: started.metadata.clone(),
        today: started.today.clone(),
        would_deny: entry.shadow.as_ref().and_then(|s| s.denial),
        denied_price: entry.shadow.as_ref().and_then(|s| s.price),
        end: None,
        refunds: Vec::new(),
        attempts: Vec::new(),
        assumed: None,
        seq: entry.seq,
        left: Amount::ZERO,
    }
}

/// What is left after an entry is noted for the run it is about, once all of it is booked.
pub(super) fn note_left(customer: &mut Customer, entry: &Entry) {
    // A call that is reported later moves no credits.
    if matches!(entry.facts, Facts::Attempts { .. }) {
        return;
    }
    let left = customer.real.available();
    if let Some(run) = entry.run.and_then(|id| customer.runs.get_mut(&id)) {
        Arc::make_mut(run).left = left;
    }
}

pub(super) fn end_of(customer: &mut Customer, entry: &Entry, ended: &Ended, status: RunStatus) {
    if let Some(run) = entry.run {
        end(customer, entry, run, ended, status);
    }
}

pub(super) fn end(
    customer: &mut Customer,
    entry: &Entry,
    id: RunId,
    ended: &Ended,
    status: RunStatus,
) {
    let Some(mut run) = customer.runs.remove(&id) else { return };
    let item = tracked_item(run.tracked, &run.action, run.artifact.as_ref());
    let about = AboutRun { day: ended.day, at: entry.at, ..about(&run, item.as_ref()) };
    end_leg(&mut customer.real, id, &about, &ended.leg);
    if run.mode == Mode::Enforce {
        customer.real.end_work(item.as_ref());
    }
    if let Some(book) = &mut customer.shadow {
        let there = entry.shadow.as_ref().map_or(Some(&ended.leg), |s| s.ended.as_ref());
        if let Some(leg) = there {
            end_leg(book, id, &about, leg);
            book.end_work(item.as_ref());
        }
    }
    let ending = Arc::make_mut(&mut run);
    ending.status = status;
    record_end(ending, entry, ended);
    customer.open_runs = customer.open_runs.saturating_sub(1);
    customer.expiries.remove(&(run.expires_at, id));
    if let Some(item) = item {
        note_item(customer, item, id, &run, ended, entry.at);
    }
    customer.runs.insert(id, run);
    count_costs(customer, &ended.costs);
}

fn end_leg(book: &mut Book, id: RunId, about: &AboutRun<'_>, leg: &LegEnded) {
    for facts in &leg.grants {
        book.add_grant(facts, None);
    }
    book.end(id, about, leg);
}

/// How a run ended is told of it.
pub(crate) fn record_end(run: &mut Run, entry: &Entry, ended: &Ended) {
    run.end = Some(RunEnd {
        outcome: ended.outcome,
        reported: ended.reported,
        first: ended.reported,
        reason: ended.reason.clone(),
        decided_by: ended.decided_by,
        at: entry.at,
        late: ended.late,
        corrected: false,
    });
    let Costed { by_us, by_us_unknown: unknown, us_from, instead_of, .. } = ended.costs;
    let counts = by_us.is_positive() || unknown > 0;
    if instead_of.is_some() {
        run.assumed = None;
    } else if run.attempts.is_empty() && ended.attempts.is_empty() && counts {
        run.assumed = Some(Assumed { by_us, unknown, us_from });
    }
    run.attempts.extend(ended.attempts.iter().cloned());
    if ended.today.is_some() {
        run.today.clone_from(&ended.today);
    }
    run.seq = entry.seq;
}

/// What an ending means for "the same again", ownership and the loop breaker.
fn note_item(customer: &mut Customer, key: ItemKey, id: RunId, run: &Run, ended: &Ended, at: Time) {
    if run.kind == RunKind::Reopened {
        return;
    }
    let outcome = ended.outcome;
    let is_blank = customer.items.change(&key, |item| {
        match outcome {
            Outcome::Failed => {
                item.fails = item.fails.saturating_add(1);
                item.failed_at = Some(at);
            }
            Outcome::Cancelled => {}
            _ => item.fails = 0,
        }
        if ended.answers {
            item.answered_at = Some(at);
            item.answered_by = Some(id);
            item.found_nothing = outcome == Outcome::Empty;
        }
        if outcome == Outcome::Delivered {
            deliver(item, id, run, at);
        }
        *item == Item::default()
    });
    let charged = |book: &Book| book.bought.contains_key(&key);
    if is_blank && !charged(&customer.real) && !customer.shadow.as_deref().is_some_and(charged) {
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
    remember_delivery(item, id);
}

/// The most deliveries of one item that are remembered: more are never all corrected.
const DELIVERIES: usize = 8;

fn remember_delivery(item: &mut Item, id: RunId) {
    if item.delivered_by.len() >= DELIVERIES {
        item.delivered_by.remove(0);
    }
    item.delivered_by.push(id);
}

pub(super) fn settle_late(customer: &mut Customer, entry: &Entry, ended: &Ended) {
    let Some(id) = entry.run else { return };
    let Some(mut run) = customer.runs.remove(&id) else { return };
    record_end(Arc::make_mut(&mut run), entry, ended);
    let item = tracked_item(run.tracked, &run.action, run.artifact.as_ref());
    if let (Some(item), Outcome::Delivered) = (item, ended.outcome) {
        note_item(customer, item, id, &run, ended, entry.at);
    }
    customer.runs.insert(id, run);
    count_costs(customer, &ended.costs);
}

pub(super) fn extend(customer: &mut Customer, entry: &Entry, expires_at: Time) {
    let Some(id) = entry.run else { return };
    if let Some(run) = customer.runs.get_mut(&id) {
        let run = Arc::make_mut(run);
        customer.expiries.remove(&(run.expires_at, id));
        customer.expiries.insert((expires_at, id));
        run.expires_at = expires_at;
        run.seq = entry.seq;
    }
}

pub(super) fn refund(customer: &mut Customer, entry: &Entry, id: RunId, refunded: &Refunded) {
    let Some(run) = customer.runs.get_mut(&id) else { return };
    let noted = Arc::make_mut(run);
    noted.seq = entry.seq;
    note_refund(noted, entry, refunded);
    let run = Arc::clone(run);
    let item = tracked_item(run.tracked, &run.action, run.artifact.as_ref());
    let about = AboutRun {
        at: run.end.as_ref().map_or(entry.at, |end| end.at),
        ..about(&run, item.as_ref())
    };
    for facts in &refunded.grants {
        customer.real.add_grant(facts, None);
    }
    let all_back = customer.real.refund(id, &about, refunded.amount, &refunded.drawn);
    // What was given back was not used; of a period that is over nothing is counted any more.
    let counts = customer.real.legs.get(&id).is_some_and(|leg| leg.counts());
    if counts && run.end.as_ref().is_some_and(|end| customer.period.contains(end.at)) {
        let charged = &mut customer.real.charged_in_period;
        *charged = charged.less(refunded.amount);
    }
    if let Some(book) = &mut customer.shadow {
        let drawn = book.legs.get(&id).map(|leg| leg.drawn.clone()).unwrap_or_default();
        let amount = entry.shadow.as_ref().map_or(refunded.amount, given_back);
        let left = take_from_last(&drawn, amount);
        book.refund(id, &about, amount, &left);
    }
    if let (true, Some(item)) = (all_back, item) {
        end_ownership(customer, &item);
    }
}

/// What is told of it in the receipt.
fn note_refund(run: &mut Run, entry: &Entry, refunded: &Refunded) {
    if !refunded.amount.is_positive() {
        return;
    }
    if run.refunds.len() >= REFUNDS {
        run.refunds.remove(0);
    }
    run.refunds.push(RefundNote {
        at: entry.at,
        amount: refunded.amount,
        corrected: matches!(entry.facts, Facts::Correct(_)),
        reason: refunded.reason.clone(),
        usable_until: refunded.usable_until,
    });
}

/// What an entry gives back of a charge in the shadow books.
fn given_back(shadow: &Shadow) -> Amount {
    let back = shadow.transfers.iter().filter(|t| matches!(t.from, Account::Earned(_)));
    Amount::sum(back.map(|t| t.amount)).unwrap_or(Amount::ZERO)
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
        item.delivered_by.clear();
        item.delivered_at = None;
        item.answered_at = None;
        item.answered_by = None;
        item.redos = 0;
    }
}

/// An ending that turned out to be another: it delivered nothing, answered nothing, or did after all.
fn correct_item(customer: &mut Customer, key: &ItemKey, id: RunId, run: &Run, to: &Corrected) {
    if to.outcome == Outcome::Delivered {
        customer.items.change(key, |_| ());
    }
    let Some(item) = customer.items.get_mut(key) else { return };
    if item.answered_by == Some(id) {
        item.found_nothing = to.outcome == Outcome::Empty;
        if !to.answers {
            item.answered_at = None;
            item.answered_by = None;
        }
    }
    let delivered = item.delivered_by.contains(&id);
    if to.outcome == Outcome::Delivered {
        if !delivered {
            remember_delivery(item, id);
        }
        return;
    }
    if !delivered {
        return;
    }
    item.delivered_by.retain(|run| *run != id);
    let ended = run.end.as_ref().map(|end| end.at);
    if run.free_redo && ended >= item.delivered_at {
        item.redos = item.redos.saturating_sub(1);
    }
    if item.delivered_by.is_empty() {
        end_ownership(customer, key);
    }
}

/// The allowance that a run did not use after all goes back, and what it was paid for is judged anew.
fn correct_leg(
    book: &mut Book,
    id: RunId,
    about: &AboutRun<'_>,
    corrected: &Corrected,
    units_free: u64,
) {
    let Some(mut leg) = book.legs.remove(&id) else { return };
    let leg_now = Arc::make_mut(&mut leg);
    if let Some(ended) = &mut leg_now.ended {
        let back = ended.units_free.saturating_sub(units_free);
        ended.units_free = units_free.min(ended.units_free);
        book.return_allowance(about, &leg_now.started, back);
    }
    let bought = about.item.and_then(|key| book.bought.get_mut(key));
    if let (Some(bought), true) = (bought, corrected.outcome != Outcome::Delivered) {
        bought.in_full = bought.charged >= leg.started.full;
    }
    book.legs.insert(id, leg);
}

pub(super) fn correct(customer: &mut Customer, entry: &Entry, corrected: &Corrected) {
    let Some(id) = entry.run else { return };
    let moves = entry.shadow.as_ref().is_some_and(|shadow| !shadow.transfers.is_empty());
    if corrected.refund.amount.is_positive() || moves {
        refund(customer, entry, id, &corrected.refund);
    }
    let Some(run) = customer.runs.get_mut(&id) else { return };
    Arc::make_mut(run).seq = entry.seq;
    if let Some(end) = &mut Arc::make_mut(run).end {
        end.outcome = corrected.outcome;
        end.reported = crate::entry::Reported {
            outcome: corrected.outcome,
            parts: corrected.parts,
            quantity: corrected.quantity,
        };
        end.reason.clone_from(&corrected.reason);
        end.corrected = true;
    }
    let run = Arc::clone(run);
    let item = tracked_item(run.tracked, &run.action, run.artifact.as_ref());
    let about = AboutRun {
        at: run.end.as_ref().map_or(entry.at, |end| end.at),
        ..about(&run, item.as_ref())
    };
    correct_leg(&mut customer.real, id, &about, corrected, corrected.units_free);
    if let Some(book) = &mut customer.shadow {
        let units_free = corrected.shadow_units_free.unwrap_or(corrected.units_free);
        correct_leg(book, id, &about, corrected, units_free);
    }
    if let Some(key) = item {
        correct_item(customer, &key, id, &run, corrected);
    }
}

pub(super) fn count_costs(customer: &mut Customer, costed: &Costed) {
    if let Some(assumed) = costed.instead_of {
        customer.costs.by_us.take_back(assumed.us_from, assumed.by_us, assumed.unknown);
    }
    if costed.by_us.is_positive() || costed.by_us_unknown > 0 {
        customer.costs.by_us.add(costed.us_from, costed.by_us, costed.by_us_unknown);
    }
    if costed.on_key.is_positive() || costed.on_key_unknown > 0 {
        customer.costs.on_key.add(costed.key_from, costed.on_key, costed.on_key_unknown);
    }
}

/// What the books need to know of a run, but when it ended.
fn about<'a>(run: &'a Run, item: Option<&'a ItemKey>) -> AboutRun<'a> {
    AboutRun {
        action: &run.action,
        member: run.member.as_ref(),
        item,
        purpose: run.purpose,
        day: 0,
        opened_at: run.opened_at,
        at: Time::MIN,
    }
}

fn tracked_item(tracked: bool, action: &Name, artifact: Option<&Name>) -> Option<ItemKey> {
    let artifact = artifact.filter(|_| tracked)?;
    Some(ItemKey::new(action, artifact))
}
