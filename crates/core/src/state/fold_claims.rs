//! Folding what a payment provider told: claims to a payment's money, and how subscriptions stand.

use super::fold::add_grant;
use super::{Book, Customer, SubscriptionState};
use crate::amount::Amount;
use crate::entry::{Account, ClawedBack, Entry, Granted, Restored, SubscriptionFacts, Transfer};
use crate::id::{GrantId, Name};
use crate::provider::Claim;
use crate::time::{Length, TimeUnit};

/// How long a subscription that is over is remembered: providers repeat themselves for some days, and
/// people have them do so for some weeks.
const REMEMBERED: Length = Length::new(90, TimeUnit::Day);

/// Credits of a payment were asked back; or less of them than before, and none had been taken.
pub(super) fn claw_back(customer: &mut Customer, entry: &Entry, claw: &ClawedBack) {
    let asked = Amount::sum([claw.taken, claw.later, claw.unrecovered]).unwrap_or(claw.taken);
    let before = customer.payments.get(&claw.payment).map_or(asked, |seen| seen.clawed_back);
    let mut grants = vec![claw.grant];
    grants.extend(&claw.also);
    let take = |book: &mut Book, moved: &[Transfer]| {
        book.give_way(&grants, claw.grant, before, claw.less);
        let mut taken = Amount::ZERO;
        for (grant, amount) in taken_in(moved) {
            taken = taken.plus(amount).unwrap_or(asked);
            book.claw(grant, amount);
        }
        book.claw_later(&grants, asked.less(taken));
    };
    take(&mut customer.real, &entry.transfers);
    if let Some(book) = &mut customer.shadow {
        take(book, entry.shadow.as_ref().map_or(&entry.transfers, |s| &s.transfers));
    }
    let Some(payment) = customer.payments.get_mut(&claw.payment) else { return };
    let total = asked.plus(payment.clawed_back).unwrap_or(payment.credits);
    payment.clawed_back = total.less(claw.less);
    match &claw.claim {
        Some(claim) => remember(&mut payment.claims, claim),
        None => {
            // Where there were no claims, all that was asked back was asked for by hand.
            let more = claw.by_hand.and_then(|more| payment.by_hand.plus(more));
            payment.by_hand = more.unwrap_or(payment.clawed_back);
        }
    }
}

/// What was taken of each grant.
fn taken_in(moved: &[Transfer]) -> impl Iterator<Item = (GrantId, Amount)> {
    moved.iter().filter_map(|transfer| match (&transfer.from, &transfer.to) {
        (Account::Available(grant), Account::ClawedBack) => Some((*grant, transfer.amount)),
        _ => None,
    })
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
    let (of, grants) = (seen.grant.unwrap_or(into), seen.grants());
    if into != of {
        add_grant(customer, entry, &granted.grant, granted.paid.as_deref());
    }
    customer.real.give_way(&grants, into, before, restored.less);
    if let Some(book) = &mut customer.shadow {
        book.give_way(&grants, into, before, restored.less);
    }
    if let Some(seen) = customer.payments.get_mut(payment) {
        if into != of {
            // What is left in the one before is still of this payment.
            let books = [Some(&customer.real), customer.shadow.as_deref()];
            let is_kept =
                |id: &GrantId| books.iter().flatten().any(|book| book.grant(*id).is_some());
            seen.others = grants.into_iter().filter(is_kept).collect();
        }
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
