//! Starting a run: hold its price, in the real books and in the shadow books.

use super::admit::{Admitted, Asking, ConsentMode};
use super::charge::{self, Deal};
use super::price;
use super::request::{self, Asked};
use super::{Code, Context, Decision, Moves, Refusal, costs, hold, settle, would};
use crate::amount::Amount;
use crate::command::{Purpose, Report, RunRequest};
use crate::contract::{Mode, Outcome};
use crate::entry::{
    DecidedBy, Ended, Facts, LegEnded, LegStarted, QuoteUsed, Reported, Rule, RunKind, Shadow,
    Started, SumsSeen,
};
use crate::state::Book;
use crate::terms::Terms;
use crate::time::Time;

/// A run is asked for.
pub(super) fn start_run(cx: &Context<'_>, request: &RunRequest) -> Result<Decision, Refusal> {
    let terms = terms_of(cx, request)?;
    let asked = request::read(cx, &terms, request)?;
    if let Some(rule) = owned_or_same(cx, &terms, &asked) {
        return Ok(reopen(cx, &terms, &asked, rule));
    }
    let mode = terms.mode(&asked.action.id);
    let real = match mode {
        Mode::Enforce => Some(ask(cx, &terms, &cx.customer.real, &asked, ConsentMode::Needed)?),
        Mode::Shadow | Mode::Announce => None,
    };
    let apart = mode != Mode::Enforce || cx.customer.shadow.is_some();
    let shadow =
        apart.then(|| ask(cx, &terms, cx.customer.shadow_book(), &asked, ConsentMode::Given));
    let shadow = match shadow {
        Some(Err(Refusal::Problem(problem))) => return Err(problem.into()),
        Some(Err(Refusal::Denied(denial))) => {
            let book = cx.customer.shadow_book();
            let price = would::price_refused(cx, &terms, book, &asked, &denial);
            Some(Err(Refused { code: denial.code, price }))
        }
        Some(Ok(admitted)) => Some(Ok(admitted)),
        None => None,
    };
    let started = started(cx, &terms, &asked, mode, real.as_ref(), shadow.as_ref());
    let moves = moves(cx, &started, shadow.as_ref());
    match &request.report {
        None => Ok(cx.entry_under(
            started.contract,
            started.operations,
            Some(started.run),
            Facts::StartRun(started),
            moves,
        )),
        Some(report) => in_one(cx, &terms, &asked, started, moves, report),
    }
}

/// A run that would be refused in the shadow books.
struct Refused {
    code: Code,
    /// What it would cost; None where it has no price at all.
    price: Option<Amount>,
}

/// The terms a request lives under: the quote's, else the customer's.
fn terms_of<'a>(cx: &Context<'a>, request: &RunRequest) -> Result<Terms<'a>, Refusal> {
    match &request.quote {
        Some(quote) => cx.terms_of(quote.contract, Some(quote.operations)),
        None => cx.terms(),
    }
}

/// Question 0: owned already, or the same again within its window (and not asked `again`).
pub(super) fn owned_or_same(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    asked: &Asked<'_>,
) -> Option<Rule> {
    if asked.again.is_some() || asked.key.is_none() {
        return None;
    }
    if price::is_owned(cx.customer, asked) {
        return Some(Rule::Reopened);
    }
    let window = asked.action.same.free_for?;
    let answered = asked.item?.answered_at?;
    (cx.now < window.after(answered, terms.zone())).then_some(Rule::SameAgain)
}

pub(super) fn ask(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    book: &Book,
    asked: &Asked<'_>,
    consent: ConsentMode,
) -> Result<Admitted, Refusal> {
    Asking { cx, terms, book, asked, consent }.admit()
}

/// Owned already: held, ended and free in one.
fn reopen(cx: &Context<'_>, terms: &Terms<'_>, asked: &Asked<'_>, rule: Rule) -> Decision {
    let mode = terms.mode(&asked.action.id);
    let mut started = blank(cx, terms, asked, mode);
    started.kind = RunKind::Reopened;
    let leg = LegEnded::nothing(rule);
    let (contract, operations, run) = (started.contract, started.operations, started.run);
    let ended = Ended {
        outcome: Outcome::Reopened,
        reported: Reported { outcome: Outcome::Reopened, parts: None, quantity: None },
        late: false,
        reason: None,
        decided_by: DecidedBy::Contract,
        attempts: Vec::new(),
        today: asked.request.report.as_ref().and_then(|report| report.today.clone()),
        answers: false,
        costs: costs::nothing(cx, terms),
        day: terms.zone().day_number(cx.now),
        leg: leg.clone(),
    };
    let facts = Facts::Run { started, ended: Box::new(ended) };
    let shadow = cx.customer.shadow.as_ref().map(|_| Shadow {
        started: Some(LegStarted::default()),
        ended: Some(leg),
        ..Shadow::default()
    });
    cx.entry_under(contract, operations, Some(run), facts, Moves { real: Vec::new(), shadow })
}

/// The facts of a run without its price.
fn blank(cx: &Context<'_>, terms: &Terms<'_>, asked: &Asked<'_>, mode: Mode) -> Box<Started> {
    let zone = terms.zone();
    let length = asked.request.hold_for.unwrap_or(asked.action.too_slow_after);
    let expires_at = length.after(cx.now, zone);
    let latest = terms.contract.failures.at_latest.after(cx.now, zone);
    Box::new(Started {
        run: cx.command.id.run(),
        action: asked.action.id.clone(),
        artifact: asked.artifact.cloned(),
        tracked: asked.key.is_some(),
        kind: RunKind::First,
        mode,
        purpose: asked.purpose,
        member: asked.member.cloned(),
        quantity: asked.quantity,
        expires_at,
        latest_at: latest.max(expires_at),
        model: asked.model.cloned(),
        on_your_key: false,
        leg: LegStarted::default(),
        quote: asked.quote.map(|q| QuoteUsed {
            id: q.id.clone(),
            price: q.price,
            expires_at: q.expires_at,
        }),
        confirmation: None,
        unconfirmed: false,
        metadata: asked.request.metadata.clone(),
        today: asked.request.today.clone(),
        again: asked.again,
        free_redo: false,
        sums_seen: None,
        plan: terms.plan.id.clone(),
        contract: terms.contract.version,
        operations: terms.operations.revision,
    })
}

/// The facts of a run that may start.
fn started(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    asked: &Asked<'_>,
    mode: Mode,
    real: Option<&Admitted>,
    shadow: Option<&Result<Admitted, Refused>>,
) -> Box<Started> {
    let mut started = blank(cx, terms, asked, mode);
    let would = shadow.and_then(|s| s.as_ref().ok());
    let Some(admitted) = real.or(would) else { return started };
    let priced = &admitted.priced;
    started.kind = priced.kind;
    started.on_your_key = priced.on_your_key;
    started.free_redo = priced.gratis == Some(price::Gratis::Redo);
    started.confirmation.clone_from(&admitted.confirmation);
    started.unconfirmed = priced.consent.is_some() && admitted.confirmation.is_none();
    if priced.gratis.is_some_and(price::Gratis::is_ours_to_pay) {
        started.sums_seen =
            Some(SumsSeen { supplier_cost: cx.sums.supplier_cost, we_paid: cx.sums.we_paid });
    }
    if let Some(admitted) = real {
        started.leg = leg(&cx.customer.real, admitted, asked.purpose, cx.now);
    }
    started
}

/// What an admitted run is in one set of books.
fn leg(book: &Book, admitted: &Admitted, purpose: Purpose, now: Time) -> LegStarted {
    let priced = &admitted.priced;
    let window = priced.allowance.map(|a| a.window).filter(|_| priced.units_free > 0);
    LegStarted {
        price: priced.price,
        units_free: priced.units_free,
        allowance_from: window.map(|w| w.from),
        allowance_until: window.map(|w| w.until),
        drawn: hold::draw(book, priced.price, now),
        full: priced.full,
        each: priced.each,
        anew: priced.anew,
        month: (purpose == Purpose::Production).then_some(admitted.month),
        cap_window: admitted.cap_window,
    }
}

/// What starting it moves in both books.
fn moves(cx: &Context<'_>, started: &Started, shadow: Option<&Result<Admitted, Refused>>) -> Moves {
    let real = hold::hold(started.run, &started.leg.drawn);
    let shadow = shadow.map(|result| match result {
        Ok(admitted) => {
            let leg = leg(cx.customer.shadow_book(), admitted, started.purpose, cx.now);
            Shadow {
                transfers: hold::hold(started.run, &leg.drawn),
                started: Some(leg),
                ..Shadow::default()
            }
        }
        Err(refused) => {
            Shadow { denial: Some(refused.code), price: refused.price, ..Shadow::default() }
        }
    });
    Moves { real, shadow }
}

/// Held and ended in one entry: as start and settle.
fn in_one(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    asked: &Asked<'_>,
    started: Box<Started>,
    mut moves: Moves,
    report: &Report,
) -> Result<Decision, Refusal> {
    let deal = Deal::of_started(asked.action, &started, terms.contract.credit.smallest);
    let ending = charge::read_report(&deal, report)?;
    let real = settle::close_leg(
        &settle::Closing { cx, run: started.run, held_at: cx.now, unposted: true },
        &cx.customer.real,
        &deal,
        &started.leg,
        &ending,
        cx.command.id.grants(),
    );
    moves.real.extend(real.transfers);
    let mut would_charge = real.leg.charged;
    let enforced = started.mode == Mode::Enforce;
    if let Some(shadow) = &mut moves.shadow
        && let Some(leg) = &shadow.started
    {
        let closed = settle::close_leg(
            &settle::Closing { cx, run: started.run, held_at: cx.now, unposted: true },
            cx.customer.shadow_book(),
            &deal.enforced(),
            leg,
            &ending,
            cx.command.id.shadow_grants(),
        );
        shadow.transfers.extend(closed.transfers);
        if !enforced {
            would_charge = closed.leg.charged;
        }
        shadow.ended = Some(closed.leg);
    }
    let attempts = costs::attempts(terms, &report.attempts)?;
    let units = costs::units(terms, asked.action, ending.quantity, asked.quantity);
    let told = ([].as_slice(), attempts.as_slice());
    let costs = costs::at_end(cx, terms, asked.action, told, units, would_charge);
    let ended = Ended {
        outcome: ending.outcome,
        reported: settle::reported(report),
        late: false,
        reason: report.reason.clone(),
        decided_by: DecidedBy::Product,
        attempts,
        today: report.today.clone(),
        answers: charge::is_answer(asked.action, ending.outcome),
        costs,
        day: terms.zone().day_number(cx.now),
        leg: real.leg,
    };
    let (contract, operations, run) = (started.contract, started.operations, started.run);
    let facts = Facts::Run { started, ended: Box::new(ended) };
    Ok(cx.entry_under(contract, operations, Some(run), facts, moves))
}
