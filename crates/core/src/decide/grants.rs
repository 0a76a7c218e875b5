//! Credits put in: gifts, goodwill, what was bought; and taken out: expiry, claw-back.

use super::hold::{Arrivals, GRANTS_AT_MOST};
use super::problem::Problem;
use super::request::check_label;
use super::{Context, Decision, Moves, Refusal, too_large};
use crate::amount::Amount;
use crate::command::GrantKind;
use crate::contract::Expiry;
use crate::entry::{Account, ClawedBack, Facts, GrantFacts, Granted, Shadow, Transfer};
use crate::id::{GrantId, GrantIds, Name};
use crate::money::Money;
use crate::provider::Claim;
use crate::state::{Book, PaymentState};
use crate::terms::Terms;
use crate::time::Time;

/// Gives gift or goodwill credits.
pub(super) fn grant(
    cx: &Context<'_>,
    kind: GrantKind,
    amount: Amount,
    expires: Option<Time>,
    reason: Option<&str>,
) -> Result<Decision, Refusal> {
    let terms = cx.terms()?;
    let lives = match kind {
        GrantKind::Gift => terms.contract.credit.gift,
        GrantKind::Goodwill => terms.contract.credit.goodwill,
        GrantKind::Plan | GrantKind::Bought => {
            return Err(Problem::invalid(
                "kind",
                "gift or goodwill; plans and top-ups bring the others",
            )
            .into());
        }
    };
    check_amount(cx, &terms, amount, "amount")?;
    if expires.is_some_and(|at| at <= cx.now) {
        return Err(Problem::invalid("expires", "an instant that is still to come").into());
    }
    check_role(cx, &terms, amount)?;
    let expires = expires.or_else(|| expiry(lives, cx.now, &terms));
    check_room(cx, kind, expires, "amount")?;
    let (grant, moves) = bring(cx, kind, amount, expires);
    let reason = reason.map(str::to_owned);
    let facts = Granted { grant, reason, payment: None, paid: None, restores: None };
    cx.entry(None, Facts::Grant(facts), moves)
}

/// Books credits that were bought; unique by payment.
pub(super) fn top_up(
    cx: &Context<'_>,
    payment: &Name,
    credits: Amount,
    paid: Option<Money>,
) -> Result<Decision, Refusal> {
    let terms = cx.terms()?;
    let paid = paid.map(|m| format!("{} {}", m.number(), m.currency));
    if let Some(seen) = cx.customer.payments.get(payment) {
        let same = seen.grant.is_some() && seen.credits == credits && seen.paid == paid;
        return if same {
            Ok(Decision { entry: None, run: None })
        } else {
            Err(Problem::PaymentReused.into())
        };
    }
    check_label("payment", "a payment's id", payment)?;
    check_amount(cx, &terms, credits, "credits")?;
    if !terms.plan.top_ups {
        return Err(Problem::TopUpsNotOffered.into());
    }
    let expires = expiry(terms.contract.credit.bought, cx.now, &terms);
    check_room(cx, GrantKind::Bought, expires, "credits")?;
    let (grant, moves) = bring(cx, GrantKind::Bought, credits, expires);
    let payment = Some(payment.clone());
    let facts = Granted { grant, reason: None, payment, paid, restores: None };
    cx.entry(None, Facts::TopUp(facts), moves)
}

fn check_amount(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    amount: Amount,
    field: &'static str,
) -> Result<(), Problem> {
    let smallest = terms.contract.credit.smallest;
    if !amount.is_positive() || !amount.is_multiple_of(smallest) {
        return Err(Problem::invalid(field, format!("a multiple of {smallest} above nothing")));
    }
    let after = cx.customer.real.available().plus(cx.customer.real.held());
    if after.and_then(|sum| sum.plus(amount)).is_none() {
        return Err(Problem::invalid(field, "more credits than can be counted"));
    }
    Ok(())
}

/// Is there room for one more grant? What joins an open one needs none.
fn check_room(
    cx: &Context<'_>,
    kind: GrantKind,
    expires: Option<Time>,
    field: &'static str,
) -> Result<(), Problem> {
    let open = || cx.customer.real.grants.iter().filter(|g| g.is_open());
    let joins = kind != GrantKind::Bought && open().any(|g| g.kind == kind && g.expires == expires);
    if !joins && open().count() >= GRANTS_AT_MOST {
        return Err(Problem::invalid(
            field,
            "this wallet has 1,000 open grants, as many as it can",
        ));
    }
    Ok(())
}

/// May the key's role give this much in one act?
pub(super) fn check_role(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    amount: Amount,
) -> Result<(), Problem> {
    let Some(role) = &cx.command.by.role else { return Ok(()) };
    let limit = terms.operations.who_may.get(role).copied().unwrap_or(Amount::ZERO);
    if amount > limit { Err(Problem::AboveYourLimit(limit)) } else { Ok(()) }
}

/// When credits given now run out; None: never.
fn expiry(lives: Expiry, now: Time, terms: &Terms<'_>) -> Option<Time> {
    match lives {
        Expiry::Never => None,
        Expiry::After(length) => Some(length.after(now, terms.zone())),
    }
}

/// Issues credits into both books.
pub(super) fn bring(
    cx: &Context<'_>,
    kind: GrantKind,
    amount: Amount,
    expires: Option<Time>,
) -> (GrantFacts, Moves) {
    let real = issue(&cx.customer.real, kind, amount, expires, cx.now, cx.command.id.grants());
    let shadow = cx.customer.shadow.as_deref().map(|book| {
        // One grant, one id in both books, wherever it joins an open one or not.
        let arrived = issue_as(book, &real.0, cx.now);
        Shadow { transfers: arrived.1, grants: vec![arrived.0], ..Shadow::default() }
    });
    (real.0, Moves { real: real.1, shadow })
}

pub(super) fn issue(
    book: &Book,
    kind: GrantKind,
    amount: Amount,
    expires: Option<Time>,
    now: Time,
    ids: GrantIds,
) -> (GrantFacts, Vec<Transfer>) {
    let mut arrivals = Arrivals::new(book, Account::Issued(kind), now, ids);
    let grant = arrivals.found_grant(kind, amount, expires);
    (grant, arrivals.transfers)
}

fn issue_as(book: &Book, real: &GrantFacts, now: Time) -> (GrantFacts, Vec<Transfer>) {
    let ids = GrantIds::starting_at(real.grant);
    issue(book, real.kind, real.amount, real.expires, now, ids)
}

/// A grant's time is up: what can still be drawn of it is gone.
pub(super) fn expire(cx: &Context<'_>, id: GrantId) -> Result<Decision, Refusal> {
    let expired = |book: &Book| {
        let grant = book.grant(id).filter(|g| !g.is_live(cx.now) && g.available.is_positive());
        grant.map(|g| Transfer {
            from: Account::Available(id),
            to: Account::Expired(g.kind),
            amount: g.available,
        })
    };
    let real: Vec<Transfer> = expired(&cx.customer.real).into_iter().collect();
    let shadow = cx
        .customer
        .shadow
        .as_deref()
        .map(|book| Shadow { transfers: expired(book).into_iter().collect(), ..Shadow::default() });
    let nothing = real.is_empty() && shadow.as_ref().is_none_or(|s| s.transfers.is_empty());
    if nothing {
        return Ok(Decision { entry: None, run: None });
    }
    cx.entry(None, Facts::ExpireGrant { grant: id }, Moves { real, shadow })
}

/// A payment was taken back: takes what is left of its grant, now and as holds end.
pub(super) fn claw_back(
    cx: &Context<'_>,
    payment: &Name,
    credits: Option<Amount>,
    reason: Option<&str>,
) -> Result<Decision, Refusal> {
    let seen = cx.customer.payments.get(payment).ok_or(Problem::NotFound { what: "payment" })?;
    if seen.grant.is_none() {
        return Err(Problem::NotFound { what: "payment" }.into());
    }
    // Claims may have asked for it already, and come to nothing: what people ask for is counted beside.
    let left = seen.credits.less(seen.by_hand);
    if left.is_zero() && credits.is_none() {
        return Ok(Decision { entry: None, run: None });
    }
    let wanted = credits.unwrap_or(left);
    if !wanted.is_positive() || wanted > left {
        return Err(
            Problem::invalid("credits", format!("at most {left}, and more than nothing")).into()
        );
    }
    let floor = seen.by_hand.plus(wanted).unwrap_or(seen.credits);
    let asked = floor.less(seen.clawed_back);
    let by_hand = (!seen.claims.is_empty()).then_some(wanted);
    take_back(cx, TakeBack { payment, seen, asked, by_hand, claim: None, reason })
}

/// What is asked back of a payment's grants.
pub(super) struct TakeBack<'a> {
    pub(super) payment: &'a Name,
    pub(super) seen: &'a PaymentState,
    pub(super) asked: Amount,
    /// What somebody asked for, where it need not be what is asked for more.
    pub(super) by_hand: Option<Amount>,
    /// What a provider told, for which it is.
    pub(super) claim: Option<&'a Claim>,
    pub(super) reason: Option<&'a str>,
}

/// Takes what is left of a payment's grants, now and as holds end.
pub(super) fn take_back(cx: &Context<'_>, back: TakeBack<'_>) -> Result<Decision, Refusal> {
    let TakeBack { payment, seen, asked, by_hand, claim, reason } = back;
    let Some(grant) = seen.grant else { return Ok(Decision { entry: None, run: None }) };
    let grants = seen.grants();
    let moved = |book: &Book| -> Vec<Transfer> {
        let taken = book.left_of(&grants, asked).into_iter();
        let transfer = |(id, amount)| Transfer {
            from: Account::Available(id),
            to: Account::ClawedBack,
            amount,
        };
        taken.map(transfer).collect()
    };
    let real = moved(&cx.customer.real);
    let taken = Amount::sum(real.iter().map(|moved| moved.amount)).ok_or_else(too_large)?;
    let later = cx.customer.real.held_of(&grants).min(asked.less(taken));
    let facts = ClawedBack {
        also: seen.others.clone(),
        payment: payment.clone(),
        grant,
        taken,
        later,
        unrecovered: asked.less(taken).less(later),
        less: Amount::ZERO,
        by_hand,
        claim: claim.cloned(),
        reason: reason.map(str::to_owned),
    };
    let shadow = cx
        .customer
        .shadow
        .as_deref()
        .map(|book| Shadow { transfers: moved(book), ..Shadow::default() });
    cx.entry(None, Facts::ClawBack(facts), Moves { real, shadow })
}
