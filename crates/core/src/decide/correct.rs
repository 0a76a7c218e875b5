//! Afterwards: refunds, corrections towards the customer, and late usage.

use super::charge::{self, Deal};
use super::problem::Problem;
use super::settle::{deal, entry, find, terms_of};
use super::{Context, Decision, Moves, Refusal, costs, grants, hold};
use crate::amount::Amount;
use crate::command::{Attempt, Report};
use crate::entry::{Corrected, Facts, LegStarted, Refunded, RunKind, Shadow};
use crate::id::RunId;
use crate::state::{ItemKey, Run, RunEnd, RunStatus};
use crate::terms::Terms;
use crate::time::{Length, TimeUnit};

/// How long usage may still be reported after a run has ended.
const ATTEMPTS_OPEN: Length = Length::new(7, TimeUnit::Day);

/// Gives back all that is left of a charge, or a part of it.
pub(super) fn refund(
    cx: &Context<'_>,
    id: RunId,
    amount: Option<Amount>,
    reason: Option<&str>,
) -> Result<Decision, Refusal> {
    let run = find(cx, id)?;
    let terms = terms_of(cx, run)?;
    let left = cx.customer.real.legs.get(&id).map_or(Amount::ZERO, |leg| leg.net());
    if left.is_zero() {
        return Err(Problem::NothingToRefund.into());
    }
    let amount = amount.unwrap_or(left);
    if !amount.is_positive() || !amount.is_multiple_of(terms.contract.credit.smallest) {
        let smallest = terms.contract.credit.smallest;
        return Err(
            Problem::invalid("amount", format!("a multiple of {smallest} above nothing")).into()
        );
    }
    if amount > left {
        return Err(Problem::RefundExceedsCharged(left).into());
    }
    grants::check_role(cx, &terms, amount)?;
    let there = cx.customer.shadow_book().legs.get(&id).map_or(Amount::ZERO, |leg| leg.net());
    let back = Back { real: amount, shadow: amount.min(there) };
    let (refunded, moves) = give_back(cx, &terms, run, id, back, reason);
    Ok(entry(cx, run, id, Facts::Refund(refunded), moves))
}

/// How much is given back in each of the books.
#[derive(Clone, Copy)]
struct Back {
    real: Amount,
    shadow: Amount,
}

/// What giving back a part of a run's charge moves.
fn give_back(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    run: &Run,
    id: RunId,
    amounts: Back,
    reason: Option<&str>,
) -> (Refunded, Moves) {
    let promised = (terms.contract.credit.refunds_last_at_least, terms.zone());
    let back = |book: &crate::state::Book, amount, ids| {
        let drawn = book.legs.get(&id).map(|leg| leg.drawn.clone()).unwrap_or_default();
        hold::refund(
            book,
            &hold::Refund { action: &run.action, drawn: &drawn, promised },
            amount,
            cx.now,
            ids,
        )
    };
    let real = back(&cx.customer.real, amounts.real, cx.command.id.grants());
    let shadow = cx.customer.shadow.as_deref().map(|book| {
        let closed = back(book, amounts.shadow, cx.command.id.shadow_grants());
        Shadow { transfers: closed.transfers, grants: closed.grants, ..Shadow::default() }
    });
    let refunded = Refunded {
        amount: amounts.real,
        reason: reason.map(str::to_owned),
        drawn: real.drawn,
        usable_until: usable_until(&cx.customer.real, &real.transfers, &real.grants),
        grants: real.grants,
    };
    (refunded, Moves { real: real.transfers, shadow })
}

/// The earliest expiry among the grants that credits went to; None: for ever.
fn usable_until(
    book: &crate::state::Book,
    transfers: &[crate::entry::Transfer],
    made: &[crate::entry::GrantFacts],
) -> Option<crate::Time> {
    use crate::entry::Account;
    let expires = |to: &Account| match to {
        Account::Available(id) => match made.iter().find(|g| g.grant == *id) {
            Some(facts) => facts.expires,
            None => book.grant(*id).and_then(|g| g.expires),
        },
        _ => None,
    };
    transfers.iter().filter_map(|t| expires(&t.to)).min()
}

/// It ended otherwise after all: towards the customer only.
pub(super) fn correct(cx: &Context<'_>, id: RunId, report: &Report) -> Result<Decision, Refusal> {
    let run = find(cx, id)?;
    let terms = terms_of(cx, run)?;
    if run.kind == RunKind::Reopened {
        charge::read_report(&deal(&terms, run)?, report)?;
        return Err(Problem::OpenedAgain(delivered_before(cx, run, id)).into());
    }
    let was_reported = |end: &&RunEnd| run.status == RunStatus::Settled || end.late;
    let Some(end) = run.end.as_ref().filter(was_reported) else {
        return Err(Problem::CorrectionNotInFavour.into());
    };
    let until = terms.contract.failures.corrections.after(end.at, terms.zone());
    if until <= cx.now {
        return Err(Problem::TooLateToCorrect(until).into());
    }
    let deal = deal(&terms, run)?;
    let ending = charge::read_report(&deal, report)?;
    let leg = cx.customer.real.legs.get(&id).cloned().unwrap_or_default();
    if charge::is_ending(&deal, end.reported, &ending) {
        return Ok(Context::stands(id));
    }
    // What came too late costs nothing, whatever it turns out to be.
    let judge = |deal: &Deal<'_>, leg: &LegStarted| {
        if end.late { charge::Taken::NOTHING } else { charge::charge(deal, leg, &ending) }
    };
    let taken = judge(&deal, &leg.started);
    let net = leg.net();
    if taken.amount > net || (taken.amount == net && net.is_positive()) {
        return Err(Problem::CorrectionNotInFavour.into());
    }
    let there = cx.customer.shadow_book().legs.get(&id).cloned().unwrap_or_default();
    let taken_there = judge(&deal.enforced(), &there.started);
    let back = Back { real: net.less(taken.amount), shadow: there.net().less(taken_there.amount) };
    let (refund, moves) = give_back(cx, &terms, run, id, back, report.reason.as_deref());
    let answers = charge::is_answer(deal.action, ending.outcome);
    let corrected = Corrected {
        outcome: ending.outcome,
        parts: report.parts,
        quantity: report.quantity,
        reason: report.reason.clone(),
        refund,
        units_free: taken.units_free,
        shadow_units_free: cx.customer.shadow.as_ref().map(|_| taken_there.units_free),
        answers,
    };
    Ok(entry(cx, run, id, Facts::Correct(Box::new(corrected)), moves))
}

/// The run that delivered what this one opened again, as far as it is remembered.
fn delivered_before(cx: &Context<'_>, run: &Run, id: RunId) -> Option<RunId> {
    let key = ItemKey::new(&run.action, run.artifact.as_ref()?);
    let item = cx.customer.items.get(&key)?;
    let delivered = item.delivered_by.iter().chain(&item.answered_by);
    delivered.filter(|run| **run < id).max().copied()
}

/// Late usage: the cost book only, for 7 days after the end.
pub(super) fn attempts(
    cx: &Context<'_>,
    id: RunId,
    attempts: &[Attempt],
) -> Result<Decision, Refusal> {
    let run = find(cx, id)?;
    let terms = terms_of(cx, run)?;
    let closed = run.end.as_ref().map(|end| ATTEMPTS_OPEN.after(end.at, terms.zone()));
    if closed.is_some_and(|until| until <= cx.now) {
        return Err(Problem::TooLateToCorrect(closed.unwrap_or(cx.now)).into());
    }
    if attempts.is_empty() {
        return Err(Problem::invalid("attempts", "at least one").into());
    }
    let facts = costs::attempts(&terms, attempts)?;
    let charged =
        cx.customer.book_of(run.mode).legs.get(&id).map_or(Amount::ZERO, |leg| leg.charged());
    let action = deal(&terms, run)?.action;
    let costs = costs::reported(cx, &terms, (run, action), &facts, charged);
    Ok(entry(cx, run, id, Facts::Attempts { attempts: facts, costs }, Moves::NONE))
}
