//! Claims to the money of a payment: refunds and disputes, as a payment provider tells of them.
//!
//! A claim has an id and goes one way: it stands, and perhaps it comes to nothing, for good. What is
//! asked back of a payment follows from all claims together, so whatever order they come in, and
//! however often, the credits end up the same.

use super::grants::{TakeBack, take_back};
use super::hold;
use super::problem::Problem;
use super::{Context, Decision, Moves, Refusal, too_large};
use crate::amount::Amount;
use crate::entry::{ClawedBack, Facts, GrantFacts, Granted, Restored, Shadow, Transfer};
use crate::id::{GrantId, GrantIds, Name};
use crate::money::{Currency, Money};
use crate::provider::{Claim, ClaimKind};
use crate::state::{Book, PaymentState};
use std::collections::BTreeMap;

type Claims = BTreeMap<Name, Claim>;

/// A provider tells of a claim, or that one came to nothing.
pub(super) fn claim(
    cx: &Context<'_>,
    payment: &Name,
    claim: &Claim,
    reason: Option<&str>,
) -> Result<Decision, Refusal> {
    let nothing_new = Ok(Decision { entry: None, run: None });
    let seen = cx.customer.payments.get(payment).ok_or(Problem::TooEarly { what: "payment" })?;
    // The money of a renewal bought no credits of its own.
    let Some(grant) = seen.grant else { return nothing_new };
    if is_known(&seen.claims, claim) || !claim.money.is_positive() {
        return nothing_new;
    }
    let mut claims = seen.claims.clone();
    claims.insert(claim.id.clone(), claim.clone());
    let asked = asked(cx, seen, &claims)?;
    if asked >= seen.clawed_back {
        let (claim, asked) = (Some(claim), asked.less(seen.clawed_back));
        return take_back(cx, TakeBack { payment, seen, asked, by_hand: None, claim, reason });
    }
    let less = seen.clawed_back.less(asked);
    give_way(cx, &GivesWay { payment, seen, grant, less, claim, reason })
}

/// Is nothing new in it? What came to nothing never holds again; a running sum only grows.
fn is_known(claims: &Claims, claim: &Claim) -> bool {
    let Some(known) = claims.get(&claim.id) else { return false };
    match (known.stands, claim.stands) {
        (false, _) => true,
        (true, false) => false,
        (true, true) if claim.kind == ClaimKind::Refunds => known.money >= claim.money,
        (true, true) => true,
    }
}

/// How many credits are asked back, of what is claimed of the money: their share of what was paid,
/// rounded towards the customer.
fn asked(cx: &Context<'_>, seen: &PaymentState, claims: &Claims) -> Result<Amount, Refusal> {
    let paid = paid(seen).ok_or_else(|| {
        let why = "is not known of this payment, so no share of it is either: claw it back by hand";
        Problem::invalid("paid", why)
    })?;
    let back = claimed(claims, paid.currency).ok_or_else(|| {
        let why = format!("claims to a payment in {} are in {0}", paid.currency);
        Problem::invalid("money", why)
    })?;
    let smallest = cx.terms()?.contract.credit.smallest;
    let share = if back.trillionths() >= paid.trillionths() {
        seen.credits
    } else {
        share(seen.credits, back, paid)
            .and_then(|a| a.round_down(smallest))
            .ok_or_else(too_large)?
    };
    Ok(share.max(seen.by_hand))
}

/// What was paid for it; None: not known, or nothing.
fn paid(seen: &PaymentState) -> Option<Money> {
    let (number, currency) = seen.paid.as_deref()?.split_once(' ')?;
    Money::parse(Currency::parse(currency)?, number).filter(|paid| paid.is_positive())
}

/// All that is claimed. Refunds are known one by one, or as a running sum, or both: then whichever
/// says more, of the sum what did not fail since.
fn claimed(claims: &Claims, currency: Currency) -> Option<Money> {
    let sum = |kind, stands| {
        let of_kind = claims.values().filter(|c| c.kind == kind && c.stands == stands);
        of_kind.map(|claim| claim.money).try_fold(Money::zero(currency), Money::plus)
    };
    let running = sum(ClaimKind::Refunds, true)?.minus(sum(ClaimKind::Refund, false)?)?;
    let one_by_one = sum(ClaimKind::Refund, true)?;
    let refunds = if running > one_by_one { running } else { one_by_one };
    refunds.plus(sum(ClaimKind::Dispute, true)?)
}

fn share(credits: Amount, part: Money, whole: Money) -> Option<Amount> {
    let product = i128::from(credits.millionths()).checked_mul(part.trillionths())?;
    let share = product.checked_div(whole.trillionths())?;
    Amount::from_millionths(i64::try_from(share).ok()?)
}

/// Less is asked back than before.
struct GivesWay<'a> {
    payment: &'a Name,
    seen: &'a PaymentState,
    grant: GrantId,
    less: Amount,
    claim: &'a Claim,
    reason: Option<&'a str>,
}

fn give_way(cx: &Context<'_>, way: &GivesWay<'_>) -> Result<Decision, Refusal> {
    let terms = cx.terms()?;
    let lives_until = terms.contract.credit.refunds_last_at_least.after(cx.now, terms.zone());
    let grants = way.seen.grants();
    let comes_back = |book: &Book| book.gives_way(&grants, way.seen.clawed_back, way.less).1;
    let restored = |book: &Book, ids| {
        let amount = comes_back(book);
        hold::restore(book, way.grant, amount, lives_until, cx.now, ids)
    };
    let there = |ids: GrantIds| {
        let book = cx.customer.shadow.as_deref()?;
        if comes_back(book).is_zero() {
            return Some(Shadow::default());
        }
        let (made, transfers): (GrantFacts, Vec<Transfer>) = restored(book, ids);
        let grants = Vec::from_iter((made.grant != way.grant).then_some(made));
        Some(Shadow { transfers, grants, ..Shadow::default() })
    };
    let (payment, reason) = (way.payment.clone(), way.reason.map(str::to_owned));
    if comes_back(&cx.customer.real).is_positive() {
        let (grant, real) = restored(&cx.customer.real, cx.command.id.grants());
        // One grant, one id in both books.
        let shadow = there(GrantIds::starting_at(grant.grant));
        let restores = Some(Restored { claim: way.claim.clone(), less: way.less });
        let facts = Granted { grant, reason, payment: Some(payment), paid: None, restores };
        return cx.entry(None, Facts::TopUp(facts), Moves { real, shadow });
    }
    let shadow = there(cx.command.id.shadow_grants());
    let facts = ClawedBack {
        also: way.seen.others.clone(),
        by_hand: None,
        payment,
        grant: way.grant,
        taken: Amount::ZERO,
        later: Amount::ZERO,
        unrecovered: Amount::ZERO,
        less: way.less,
        claim: Some(way.claim.clone()),
        reason,
    };
    cx.entry(None, Facts::ClawBack(facts), Moves { real: Vec::new(), shadow })
}
