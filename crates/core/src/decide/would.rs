//! What would happen: the same questions, without an entry. For checks, quotes and ways forward.

use super::admit::{Admitted, Asking, ConsentMode};
use super::denial::Denial;
use super::price::{self, Count, Priced};
use super::request::{self, Asked};
use super::{Context, Refusal, start, too_large};
use crate::amount::Amount;
use crate::command::{Purpose, RunRequest};
use crate::contract::Mode;
use crate::entry::EachPrice;
use crate::state::Book;
use crate::terms::Terms;

/// What asking for a run now would come to.
#[derive(Clone, Debug)]
pub(crate) enum Would {
    /// Owned or the same again: free at once.
    Reopen,
    /// It would start, or be refused, in this mode; in shadow and announce it starts all the same.
    Run {
        /// The mode.
        mode: Mode,
        /// As enforced.
        enforced: Result<Box<Admitted>, Box<Denial>>,
    },
}

/// Asks every question under given terms, consent taken as given or not.
pub(crate) fn would_start<'a>(
    cx: &Context<'a>,
    terms: &Terms<'a>,
    request: &'a RunRequest,
    consent_given: bool,
) -> Result<Would, Refusal> {
    let asked = request::read(cx, terms, request)?;
    if start::owned_or_same(cx, terms, &asked).is_some() {
        return Ok(Would::Reopen);
    }
    let mode = terms.mode(&asked.action.id);
    let book = cx.customer.book_of(mode);
    let consent = if consent_given { ConsentMode::Given } else { ConsentMode::Needed };
    let enforced = match start::ask(cx, terms, book, &asked, consent) {
        Ok(admitted) => Ok(Box::new(admitted)),
        Err(Refusal::Denied(denial)) => Err(denial),
        Err(problem) => return Err(problem),
    };
    Ok(Would::Run { mode, enforced })
}

/// What a run that is refused would have cost; None where it has no price at all.
pub(crate) fn would_have_cost<'a>(
    cx: &Context<'a>,
    terms: &Terms<'a>,
    request: &'a RunRequest,
    denial: &Denial,
) -> Option<Amount> {
    let asked = request::read(cx, terms, request).ok()?;
    let book = cx.customer.book_of(terms.mode(&asked.action.id));
    price_refused(cx, terms, book, &asked, denial)
}

/// The same in one set of books: what the refusal says, else the price whatever refuses it; of what
/// the plan leaves out, the price elsewhere.
pub(super) fn price_refused(
    cx: &Context<'_>,
    terms: &Terms<'_>,
    book: &Book,
    asked: &Asked<'_>,
    denial: &Denial,
) -> Option<Amount> {
    if denial.needs.is_some() {
        return denial.needs;
    }
    let trial = asked.purpose == Purpose::Experiment;
    if !trial && !terms.is_offered(&asked.action.id) {
        return Some(price::lowest(terms, asked.action, asked.quantity)?.price);
    }
    let priced = price::price(terms, cx.customer, book, asked, Count::FreeUnits, cx.now)?;
    Some(priced.price)
}

/// What a quote would promise.
pub(crate) struct Quotable<'a> {
    pub(crate) asked: Asked<'a>,
    /// Free units not counted.
    pub(crate) promised: Priced,
    /// What it would cost this moment.
    pub(crate) now: Priced,
    /// Why it could not start now, for reasons that may pass.
    pub(crate) denial: Option<Box<Denial>>,
    pub(crate) mode: Mode,
}

impl Quotable<'_> {
    /// The price by quantity that the quote binds, never above the whole that it promises.
    pub(crate) fn bound_each(&self) -> Option<EachPrice> {
        let Priced { each, full, .. } = self.promised;
        each.map(|each| EachPrice { at_most: each.at_most.min(full), ..each })
    }
}

/// The price of a quote. What the plan, the model, the key or the input forbids gets no quote.
pub(crate) fn quoted<'a>(
    cx: &Context<'a>,
    terms: &Terms<'a>,
    request: &'a RunRequest,
) -> Result<Quotable<'a>, Refusal> {
    let asked = request::read(cx, terms, request)?;
    let mode = terms.mode(&asked.action.id);
    let book = &cx.customer.real;
    let price =
        |count| price::price(terms, cx.customer, book, &asked, count, cx.now).ok_or_else(too_large);
    let (promised, now) = (price(Count::NoFreeUnits)?, price(Count::FreeUnits)?);
    if start::owned_or_same(cx, terms, &asked).is_some() {
        let (promised, now) = (reopened(promised), reopened(now));
        return Ok(Quotable { asked, promised, now, denial: None, mode });
    }
    let asking = Asking { cx, terms, book, asked: &asked, consent: ConsentMode::Given };
    if mode == Mode::Enforce {
        asking.is_quotable()?;
    }
    let denial = match asking.admit() {
        Ok(_) => None,
        Err(Refusal::Denied(denial)) => Some(denial),
        Err(problem) => return Err(problem),
    };
    Ok(Quotable { asked, promised, now, denial, mode })
}

/// Owned already, or the same again: free, whatever it costs otherwise.
fn reopened(priced: Priced) -> Priced {
    Priced { price: Amount::ZERO, consent: None, ..priced }
}
