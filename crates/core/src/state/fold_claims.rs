//! Folding what a payment provider told: claims to a payment's money, and how subscriptions stand.

use super::fold::add_grant;
use super::{Customer, SubscriptionState};
use crate::amount::Amount;
use crate::entry::{Account, ClawedBack, Entry, Granted, Restored, SubscriptionFacts, Transfer};
use crate::id::Name;
use crate::provider::Claim;
use crate::time::{Length, TimeUnit};

/// How long a subscription that is over is remembered: providers repeat themselves for some days, and
/// people have them do so for some weeks.
const REMEMBERED: Length = Length::new(90, TimeUnit::Day);

/// Credits of a payment were asked back; or less of them than before, and none had been taken.
pub(super) fn claw_back(customer: &mut Customer, entry: &Entry, claw: &ClawedBack) {
    let asked = Amount::sum([claw.taken, claw.later, claw.unrecovered]).unwrap_or(claw.taken);
    let before = customer.payments.get(&claw.payment).map_or(asked, |seen| seen.clawed_back);
    customer.real.give_way(claw.grant, claw.grant, before, claw.less);
    customer.real.claw(claw.grant, claw.taken);
    customer.real.claw_later(claw.grant, asked.less(claw.taken));
    if let Some(book) = &mut customer.shadow {
        let moved = entry.shadow.as_ref().map_or(&entry.transfers, |s| &s.transfers);
        let taken = taken_in(moved).unwrap_or(asked);
        book.give_way(claw.grant, claw.grant, before, claw.less);
        book.claw(claw.grant, taken);
        book.claw_later(claw.grant, asked.less(taken));
    }
    let Some(payment) = customer.payments.get_mut(&claw.payment) else { return };
    let total = asked.plus(payment.clawed_back).unwrap_or(payment.credits);
    payment.clawed_back = total.less(claw.less);
    match &claw.claim {
        Some(claim) => remember(&mut payment.claims, claim),
        None => payment.by_hand = payment.clawed_back,
    }
}

fn taken_in(moved: &[Transfer]) -> Option<Amount> {
    Amount::sum(moved.iter().filter(|t| t.to == Account::ClawedBack).map(|t| t.amount))
}

fn remember(claims: &mut std::collections::BTreeMap<Name, Claim>, claim: &Claim) {
    claims.insert(claim.id.clone(), claim.clone());
}

/// What took credits came to nothing: they are back, in their grant or in a new one.
pub(super) fn restore(
    customer: &mut Customer,
    entry: &Entry,
    granted: &Granted,
    restored: &Restored,
) {
    let Some(payment) = &granted.payment else { return };
    let Some(seen) = customer.payments.get(payment) else { return };
    let (before, into) = (seen.clawed_back, granted.grant.grant);
    let of = seen.grant.unwrap_or(into);
    if into != of {
        add_grant(customer, entry, &granted.grant, granted.paid.as_deref());
    }
    customer.real.give_way(of, into, before, restored.less);
    if let Some(book) = &mut customer.shadow {
        book.give_way(of, into, before, restored.less);
    }
    if let Some(seen) = customer.payments.get_mut(payment) {
        seen.grant = Some(into);
        seen.clawed_back = before.less(restored.less);
        remember(&mut seen.claims, &restored.claim);
    }
}

/// What was told of a subscription last.
pub(super) fn subscription(customer: &mut Customer, told: &SubscriptionFacts) {
    customer.subscriptions.retain(|id, known| {
        let keeps = u64::try_from(told.at.since(known.at)).unwrap_or(0) / 1_000_000;
        *id == told.id || !known.over || keeps < REMEMBERED.roughly_seconds()
    });
    let new = SubscriptionState {
        at: told.at,
        events: Vec::new(),
        began: false,
        over: false,
        standing: told.standing.clone(),
    };
    let known = customer.subscriptions.entry(told.id.clone()).or_insert(new);
    if known.at != told.at {
        known.at = told.at;
        known.events.clear();
    }
    known.events.push(told.event.clone());
    known.began |= told.standing.live;
    known.over |= told.over;
    known.standing.clone_from(&told.standing);
}
