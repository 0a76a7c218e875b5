//! Ending a run: settle, release, expire, late reports; and giving it more time.

use super::charge::{self, Deal, Ending};
use super::problem::Problem;
use super::{Context, Decision, Moves, Refusal, costs, hold};
use crate::amount::Amount;
use crate::command::Report;
use crate::contract::{Mode, Outcome};
use crate::entry::{
    DecidedBy, Ended, Facts, LegEnded, LegStarted, Reported, Rule, RunKind, Shadow, Transfer,
};
use crate::id::{GrantIds, RunId};
use crate::state::{Book, Run, RunStatus};
use crate::terms::Terms;
use crate::time::{Length, Time};

/// A run ended: the first report wins.
pub(super) fn settle(cx: &Context<'_>, id: RunId, report: &Report) -> Result<Decision, Refusal> {
    let run = find(cx, id)?;
    if run.kind == RunKind::Reopened {
        return Ok(Context::stands(id));
    }
    let terms = terms_of(cx, run)?;
    let deal = deal(&terms, run)?;
    match run.status {
        RunStatus::Held => {}
        RunStatus::Expired if run.end.as_ref().is_some_and(|e| !e.late) => {
            return late(cx, &terms, id, &deal, report);
        }
        RunStatus::Settled | RunStatus::Expired if is_same(run, &deal, report) => {
            return Ok(Context::stands(id));
        }
        _ => return Err(Problem::AlreadySettled.into()),
    }
    let ending = charge::read_report(&deal, report)?;
    let attempts = costs::attempts(&terms, &report.attempts)?;
    let (legs, moves) = close(cx, id, run, &deal, &ending);
    let mut ended = legs.ended(cx, &terms, run, ending.outcome);
    ended.reported = reported(report);
    ended.reason.clone_from(&report.reason);
    let told = (run.attempts.as_slice(), attempts.as_slice());
    let units = costs::units(&terms, deal.action, ending.quantity, run.quantity);
    ended.costs = costs::at_end(cx, &terms, deal.action, told, units, legs.would_charge);
    ended.attempts = attempts;
    ended.today.clone_from(&report.today);
    ended.decided_by = DecidedBy::Product;
    Ok(entry(cx, run, id, Facts::Settle(Box::new(ended)), moves))
}

/// Give the hold back whole.
pub(super) fn release(cx: &Context<'_>, id: RunId) -> Result<Decision, Refusal> {
    let run = find(cx, id)?;
    match run.status {
        RunStatus::Held => {}
        RunStatus::Released => return Ok(Context::stands(id)),
        RunStatus::Settled | RunStatus::Expired => return Err(Problem::AlreadySettled.into()),
    }
    let (ended, moves) = free(cx, id, run, Outcome::Cancelled, Rule::OutcomeFree)?;
    Ok(entry(cx, run, id, Facts::Release(Box::new(ended)), moves))
}

/// Its time is up: free.
pub(super) fn expire(cx: &Context<'_>, id: RunId) -> Result<Decision, Refusal> {
    let run = find(cx, id)?;
    if run.status != RunStatus::Held || cx.now < run.expires_at {
        return Ok(Context::stands(id));
    }
    let (mut ended, moves) = free(cx, id, run, Outcome::Failed, Rule::TooSlow)?;
    // Nobody said what it came to, and it was at work: what is typical counts until somebody does.
    let terms = terms_of(cx, run)?;
    let action = deal(&terms, run)?.action;
    let units = costs::units(&terms, action, None, run.quantity);
    ended.costs = costs::at_end(cx, &terms, action, (&run.attempts, &[]), units, Amount::ZERO);
    Ok(entry(cx, run, id, Facts::ExpireRun(Box::new(ended)), moves))
}

/// More time, counted from now, cut at the latest instant; never less than it had.
pub(super) fn extend(cx: &Context<'_>, id: RunId, length: Length) -> Result<Decision, Refusal> {
    let run = find(cx, id)?;
    if run.status != RunStatus::Held {
        return Err(Problem::AlreadySettled.into());
    }
    if length.count == 0 {
        return Err(Problem::invalid("for", "more than nothing").into());
    }
    let terms = terms_of(cx, run)?;
    let asked_for = length.after(cx.now, terms.zone()).min(run.latest_at);
    let facts = Facts::Extend { expires_at: asked_for.max(run.expires_at) };
    Ok(entry(cx, run, id, facts, Moves::NONE))
}

/// Reported after its time was up: nothing is charged, what was delivered is the customer's.
fn late(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    id: RunId,
    deal: &Deal<'_>,
    report: &Report,
) -> Result<Decision, Refusal> {
    let run = find(cx, id)?;
    let ending = charge::read_report(deal, report)?;
    let attempts = costs::attempts(terms, &report.attempts)?;
    let ended = Ended {
        outcome: ending.outcome,
        reported: reported(report),
        late: true,
        reason: report.reason.clone(),
        decided_by: DecidedBy::Product,
        answers: charge::is_answer(deal.action, ending.outcome),
        // What was reported before, or what is typical, counted when the run's time was up.
        costs: costs::reported(cx, terms, (run, deal.action), &attempts, Amount::ZERO),
        attempts,
        today: report.today.clone(),
        day: terms.zone().day_number(cx.now),
        leg: LegEnded::nothing(Rule::TooSlow),
    };
    Ok(entry(cx, run, id, Facts::Settle(Box::new(ended)), Moves::NONE))
}

/// An ending that costs nothing whatever was held.
fn free(
    cx: &Context<'_>,
    id: RunId,
    run: &Run,
    outcome: Outcome,
    rule: Rule,
) -> Result<(Ended, Moves), Refusal> {
    let terms = terms_of(cx, run)?;
    let deal = deal(&terms, run)?;
    let ending = Ending { outcome, parts: None, quantity: None };
    let (mut legs, mut moves) = close(cx, id, run, &deal, &ending);
    legs.real.rule = mode_rule(run.mode).unwrap_or(rule);
    if let Some(ended) = moves.shadow.as_mut().and_then(|s| s.ended.as_mut()) {
        ended.rule = rule;
    }
    Ok((legs.ended(cx, &terms, run, outcome), moves))
}

const fn mode_rule(mode: Mode) -> Option<Rule> {
    match mode {
        Mode::Shadow => Some(Rule::Shadow),
        Mode::Announce => Some(Rule::Announce),
        Mode::Enforce => None,
    }
}

/// How a run ends in the real books, and what it would have cost if enforced.
struct Legs {
    real: LegEnded,
    would_charge: Amount,
}

impl Legs {
    fn ended(&self, cx: &Context<'_>, terms: &Terms<'_>, run: &Run, outcome: Outcome) -> Ended {
        let action = terms.contract.actions.get(&run.action);
        Ended {
            outcome,
            reported: Reported { outcome, parts: None, quantity: None },
            late: false,
            reason: None,
            decided_by: DecidedBy::Contract,
            attempts: Vec::new(),
            today: None,
            answers: action.is_some_and(|action| charge::is_answer(action, outcome)),
            costs: costs::unreported(cx, terms, action, &run.attempts),
            day: terms.zone().day_number(cx.now),
            leg: self.real.clone(),
        }
    }
}

/// Closes a run's leg in both books.
fn close(
    cx: &Context<'_>,
    id: RunId,
    run: &Run,
    deal: &Deal<'_>,
    ending: &Ending,
) -> (Legs, Moves) {
    let closing = Closing { cx, run: id, held_at: run.opened_at, unposted: false };
    let customer = cx.customer;
    let started = |book: &Book| book.legs.get(&id).map(|leg| leg.started.clone());
    let leg = started(&customer.real).unwrap_or_default();
    let real = close_leg(&closing, &customer.real, deal, &leg, ending, cx.command.id.grants());
    let mut legs = Legs { would_charge: real.leg.charged, real: real.leg };
    let shadow = customer.shadow.as_deref().map(|book| {
        let Some(leg) = started(book) else { return Shadow::default() };
        let ids = cx.command.id.shadow_grants();
        let closed = close_leg(&closing, book, &deal.enforced(), &leg, ending, ids);
        if run.mode != Mode::Enforce {
            legs.would_charge = closed.leg.charged;
        }
        Shadow { transfers: closed.transfers, ended: Some(closed.leg), ..Shadow::default() }
    });
    (legs, Moves { real: real.transfers, shadow })
}

/// What closing one leg came to.
pub(super) struct ClosedLeg {
    pub(super) leg: LegEnded,
    pub(super) transfers: Vec<Transfer>,
}

/// A run that is closing.
pub(super) struct Closing<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) run: RunId,
    pub(super) held_at: Time,
    pub(super) unposted: bool,
}

/// Takes the charge of one leg and gives the rest back.
pub(super) fn close_leg(
    closing: &Closing<'_>,
    book: &Book,
    deal: &Deal<'_>,
    started: &LegStarted,
    ending: &Ending,
    ids: GrantIds,
) -> ClosedLeg {
    let taken = charge::charge(deal, started, ending);
    let hold = hold::Hold {
        run: closing.run,
        action: &deal.action.id,
        drawn: &started.drawn,
        held_at: closing.held_at,
        unposted: closing.unposted,
    };
    let closed = hold::close(book, &hold, taken.amount, closing.cx.now, ids);
    let leg = LegEnded {
        rule: taken.rule,
        charged: taken.amount,
        released: started.price.less(taken.amount),
        units_free: taken.units_free,
        drawn: closed.drawn,
        grants: closed.grants,
        clawed_back: closed.clawed_back,
    };
    ClosedLeg { leg, transfers: closed.transfers }
}

pub(super) fn find<'a>(cx: &Context<'a>, id: RunId) -> Result<&'a Run, Problem> {
    cx.customer.runs.get(&id).map(|run| &**run).ok_or(Problem::NotFound { what: "run" })
}

/// The terms a run began under: its version, its revision and its plan.
pub(super) fn terms_of<'a>(cx: &Context<'a>, run: &Run) -> Result<Terms<'a>, Refusal> {
    cx.terms_on(&run.plan, run.contract, Some(run.operations))
}

pub(super) fn deal<'a>(terms: &Terms<'a>, run: &Run) -> Result<Deal<'a>, Refusal> {
    let action = terms.contract.actions.get(&run.action);
    let action = action.ok_or(Problem::NotFound { what: "action" })?;
    Ok(Deal::of_run(action, run, terms.contract.credit.smallest))
}

/// An entry about a run, under the terms it began with.
pub(super) fn entry(
    cx: &Context<'_>,
    run: &Run,
    id: RunId,
    facts: Facts,
    moves: Moves,
) -> Decision {
    cx.entry_under(run.contract, run.operations, Some(id), facts, moves)
}

/// The report, word for word.
pub(super) const fn reported(report: &Report) -> Reported {
    Reported { outcome: report.outcome, parts: report.parts, quantity: report.quantity }
}

/// Is it the report that settled the run, also after a correction?
fn is_same(run: &Run, deal: &Deal<'_>, report: &Report) -> bool {
    let again = charge::read_report(deal, report);
    let first = run.end.as_ref().map(|end| end.first);
    again.is_ok_and(|again| first.is_some_and(|first| charge::is_ending(deal, first, &again)))
}
