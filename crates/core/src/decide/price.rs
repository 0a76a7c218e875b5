//! What a run would cost in one set of books: allowance first, then the lowest price that applies.
//!
//! Fixed rules of "Price" and "What the same is". Nothing is refused here except what has no price
//! at all: an allowance that is used with nothing for sale beyond.

use super::request::Asked;
use crate::amount::Amount;
use crate::command::{Again, Purpose};
use crate::contract::{Action, Allowance, RunsOn, Tariff};
use crate::entry::{EachPrice, RunKind};
use crate::quote::Quote;
use crate::state::{Book, Bought, Customer, Used};
use crate::terms::Terms;
use crate::time::{Time, Window};

/// What a run would cost, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// What is held.
    pub price: Amount,
    /// The price of the whole, without allowance and without what was charged before; under a quote
    /// no more than it promises.
    pub full: Amount,
    /// Units taken from the allowance.
    pub units_free: u64,
    /// That allowance, with its window and what is used of it.
    pub allowance: Option<AllowanceState>,
    /// Why it is free, where it is.
    pub gratis: Option<Gratis>,
    /// The customer's key pays the model.
    pub on_your_key: bool,
    /// The price by quantity, where it is one.
    pub each: Option<EachPrice>,
    /// First, rest, redo or fresh.
    pub kind: RunKind,
    /// What must be agreed to.
    pub consent: Option<Consent>,
    /// The allowance is used and nothing is for sale beyond.
    pub exhausted: bool,
    /// What the item was charged before counts no longer.
    pub anew: bool,
}

/// An allowance as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllowanceState {
    /// What the plan gives.
    pub allowance: Allowance,
    /// The window it is counted in.
    pub window: Window,
    /// Units used of it.
    pub used: u64,
}

impl AllowanceState {
    /// Units left.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.allowance.units.saturating_sub(self.used)
    }
}

/// Why a run costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gratis {
    /// The action is free.
    FreeAction,
    /// Within the allowance.
    Allowance,
    /// The plan runs on us.
    OnUs,
    /// A trial.
    Experiment,
    /// The customer's key pays.
    OnYourKey,
    /// A free redo.
    Redo,
    /// Charged in full before.
    PaidBefore,
}

impl Gratis {
    /// Do we pay for it, so that surge and budget apply?
    #[must_use]
    pub const fn is_ours_to_pay(self) -> bool {
        matches!(self, Self::FreeAction | Self::Allowance | Self::OnUs | Self::Experiment)
    }
}

/// What must be agreed to before the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// A harsh rule: needs a quote and its confirmation.
    Harsh,
    /// A price on a normally free action.
    Beyond,
    /// A priced redo, or a fresh run of something owned.
    PaidAgain,
}

/// Is the item owned already: delivered, or charged in full in the real books?
pub(crate) fn is_owned(customer: &Customer, asked: &Asked<'_>) -> bool {
    asked.action.same.once_per.is_some()
        && (asked.item.is_some_and(|i| !i.delivered_by.is_empty())
            || bought_in_full(&customer.real, asked))
}

/// Was the item charged in full in this book, and not all of it given back?
fn bought_in_full(book: &Book, asked: &Asked<'_>) -> bool {
    bought(book, asked).is_some_and(|b| b.in_full)
}

/// What the item was charged in this book; nothing is, of an item that nothing is known of.
fn bought<'b>(book: &'b Book, asked: &Asked<'_>) -> Option<&'b Bought> {
    asked.item?;
    book.bought.get(asked.key.as_ref()?)
}

/// Do free units of the allowance count?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// As many as are left.
    FreeUnits,
    /// As if all were used: for a quote's price, which stands whatever is used until then.
    NoFreeUnits,
}

/// The price of what is asked, in one set of books.
pub(crate) fn price(
    terms: &Terms<'_>,
    customer: &Customer,
    book: &Book,
    asked: &Asked<'_>,
    count: Count,
    now: Time,
) -> Option<Priced> {
    if asked.purpose == Purpose::Experiment {
        return Some(experiment(terms, customer, book, now));
    }
    let lowest = lowest_asked(terms, asked, asked.quantity)?;
    let mut priced = Priced {
        price: lowest.price,
        full: lowest.price,
        units_free: 0,
        allowance: None,
        gratis: None,
        on_your_key: lowest.on_your_key,
        each: lowest.each,
        kind: RunKind::First,
        consent: None,
        exhausted: false,
        anew: false,
    };
    if free_redo(terms, asked, now) {
        priced.price = Amount::ZERO;
        priced.kind = RunKind::Redo;
        priced.gratis = Some(Gratis::Redo);
        return Some(priced);
    }
    let allowance = allowance_now(terms, customer, book, asked, count, now);
    within_allowance(terms, asked, allowance, &mut priced)?;
    let before = again(terms, customer, book, asked, now, &mut priced);
    if let Some(quote) = asked.quote {
        honour(quote, before, &mut priced);
    }
    if priced.price.is_positive() && asked.action.is_harsh() {
        priced.consent = Some(Consent::Harsh);
    }
    if priced.price.is_zero() && priced.gratis.is_none() {
        priced.gratis =
            Some(if priced.on_your_key { Gratis::OnYourKey } else { Gratis::FreeAction });
    }
    Some(priced)
}

/// The lower of the price now and the quote's. What it promised for nothing was promised with a price
/// that was paid, so nothing that pauses what is free stands in its way. Whoever pays the price that
/// it promised, after what was charged `before`, has paid in full.
fn honour(quote: &Quote, before: Amount, priced: &mut Priced) {
    if quote.price.is_positive() {
        let whole = quote.price.plus(before).unwrap_or(priced.full);
        priced.full = priced.full.min(whole);
    }
    if priced.price <= quote.price {
        return;
    }
    priced.price = quote.price;
    if quote.price.is_zero() {
        let redo = priced.kind == RunKind::Redo;
        priced.gratis = Some(if redo { Gratis::Redo } else { Gratis::PaidBefore });
    }
}

/// The lowest price for `units`; under a quote no higher than the rule it binds.
fn lowest_asked(terms: &Terms<'_>, asked: &Asked<'_>, units: Option<u64>) -> Option<Lowest> {
    let now = lowest(terms, asked.action, units)?;
    let Some(each) = asked.quote.and_then(|quote| quote.each) else { return Some(now) };
    let quoted = units.map_or(each.at_most, |units| each.of(units));
    if quoted > now.price {
        return Some(now);
    }
    Some(Lowest { price: quoted, each: Some(each), ..now })
}

/// The lowest of the override's, the plan's and the action's price for `units`.
pub(crate) fn lowest(terms: &Terms<'_>, action: &Action, units: Option<u64>) -> Option<Lowest> {
    let priced = terms.tariffs(action).filter_map(|q| Some((tariff_price(q.tariff, units)?, q)));
    // What no tariff takes has a price all the same: it is refused for its quantity, not for that.
    let lowest = priced.min_by_key(|(price, q)| (!takes(q.tariff, units), *price, q.on_your_key));
    lowest.map(|(price, q)| Lowest {
        price,
        on_your_key: q.on_your_key,
        each: each_price(q.tariff),
    })
}

/// Is this quantity within what the tariff takes?
fn takes(tariff: &Tariff, units: Option<u64>) -> bool {
    match (tariff, units) {
        (Tariff::Each { up_to: Some(most), .. }, Some(units)) => units <= *most,
        _ => true,
    }
}

/// The price that applies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lowest {
    pub(crate) price: Amount,
    pub(crate) on_your_key: bool,
    pub(crate) each: Option<EachPrice>,
}

fn each_price(tariff: &Tariff) -> Option<EachPrice> {
    match tariff {
        Tariff::Each { each, at_least, at_most, .. } => Some(EachPrice {
            each: *each,
            at_least: at_least.unwrap_or(Amount::ZERO),
            at_most: at_most.unwrap_or(Amount::MAX),
        }),
        Tariff::Free | Tariff::Fixed(_) => None,
    }
}

/// What a tariff asks for `units` (None: not known yet, so the most it can be).
pub(crate) fn tariff_price(tariff: &Tariff, units: Option<u64>) -> Option<Amount> {
    match tariff {
        Tariff::Free => Some(Amount::ZERO),
        Tariff::Fixed(amount) => Some(*amount),
        Tariff::Each { each, at_least, at_most, up_to } => match units.or(*up_to) {
            None => *at_most,
            Some(_) if units.is_none() && at_most.is_some() => *at_most,
            Some(n) => {
                let exact = each.times(n);
                let most = at_most.unwrap_or(Amount::MAX);
                let price = exact.unwrap_or(most).max(at_least.unwrap_or(Amount::ZERO));
                Some(price.min(most))
            }
        },
    }
}

/// Does a redo cost nothing still?
fn free_redo(terms: &Terms<'_>, asked: &Asked<'_>, now: Time) -> bool {
    let (Some(Again::Redo), Some(rule), Some(item)) =
        (asked.again, asked.action.free_redo, asked.item)
    else {
        return false;
    };
    let in_time = item.delivered_at.is_some_and(|at| now < rule.within.after(at, terms.zone()));
    item.redos < rule.times && in_time
}

/// The allowance as it stands; None where there is none.
fn allowance_now(
    terms: &Terms<'_>,
    customer: &Customer,
    book: &Book,
    asked: &Asked<'_>,
    count: Count,
    now: Time,
) -> Option<AllowanceState> {
    let allowance = terms.allowance(&asked.action.id)?;
    let used = book.used.get(&asked.action.id).copied().unwrap_or_default();
    let mut state = allowance_state(terms, customer, allowance, used, now);
    if count == Count::NoFreeUnits {
        state.used = state.allowance.units;
    }
    Some(state)
}

/// Takes what the allowance covers; the rest is priced.
fn within_allowance(
    terms: &Terms<'_>,
    asked: &Asked<'_>,
    allowance: Option<AllowanceState>,
    priced: &mut Priced,
) -> Option<()> {
    let on_us = terms.plan.runs_on == RunsOn::Us;
    let free_on_key = priced.on_your_key && priced.price.is_zero();
    let Some(state) = allowance.filter(|_| !free_on_key) else {
        if on_us {
            priced.price = Amount::ZERO;
            priced.exhausted = true;
        }
        return Some(());
    };
    let units = units_at_most(terms, asked);
    priced.units_free = units.min(state.left());
    priced.allowance = Some(state);
    let rest = units.saturating_sub(priced.units_free);
    if rest == 0 {
        priced.price = Amount::ZERO;
        priced.gratis = Some(if on_us { Gratis::OnUs } else { Gratis::Allowance });
        return Some(());
    }
    let free_action = priced.full.is_zero();
    match asked.action.after_allowance {
        // Only an action without a price has one beyond its allowance.
        Some(each) if !on_us && terms.plan.top_ups => {
            priced.price = each.times(rest)?;
            priced.full = each.times(units)?;
            priced.consent = Some(Consent::Beyond);
        }
        _ if free_action || on_us => {
            priced.price = Amount::ZERO;
            priced.exhausted = true;
        }
        _ => {
            let known = asked.quantity.map(|_| rest);
            let lowest = lowest_asked(terms, asked, known)?;
            (priced.price, priced.each) = (lowest.price, lowest.each);
        }
    }
    Some(())
}

/// Units asked for; where they are not known yet, as many as there can be.
fn units_at_most(terms: &Terms<'_>, asked: &Asked<'_>) -> u64 {
    let most = if asked.action.is_per_quantity() {
        terms.up_to(asked.action).unwrap_or(u64::MAX)
    } else {
        1
    };
    asked.quantity.unwrap_or(most)
}

pub(crate) fn allowance_state(
    terms: &Terms<'_>,
    customer: &Customer,
    allowance: Allowance,
    used: Used,
    now: Time,
) -> AllowanceState {
    let window = window(terms, customer, allowance.per, now);
    AllowanceState { allowance, window, used: used.within(window.from) }
}

/// The customer's window of `per` around `now`; their period where it is the same, which is known
/// only of the terms that it was counted by.
pub(crate) fn window(
    terms: &Terms<'_>,
    customer: &Customer,
    per: crate::time::Per,
    now: Time,
) -> Window {
    let same = terms.are_present() && terms.plan.period() == per && per != crate::time::Per::Day;
    if same && customer.period.contains(now) {
        return customer.period;
    }
    terms.zone().window(customer.anchor, per, now)
}

/// Redo, fresh, or what is missing after a partial: then what was charged of it before.
fn again(
    terms: &Terms<'_>,
    customer: &Customer,
    book: &Book,
    asked: &Asked<'_>,
    now: Time,
    priced: &mut Priced,
) -> Amount {
    let before = bought(book, asked);
    let counts = before.filter(|b| is_counting(terms, asked, b, now));
    priced.anew = before.is_some() && counts.is_none();
    let charged = counts.map_or(Amount::ZERO, |b| b.charged);
    match asked.again {
        Some(Again::Redo) => {
            priced.kind = RunKind::Redo;
            if priced.price.is_positive() {
                priced.consent = Some(Consent::PaidAgain);
            }
        }
        Some(Again::Fresh) => {
            let owned = is_owned(customer, asked)
                || (asked.action.same.once_per.is_some() && bought_in_full(book, asked));
            let answered = asked.item.is_some_and(|i| i.answered_at.is_some());
            if owned || charged.is_positive() || answered {
                priced.kind = RunKind::Fresh;
            }
            if owned && priced.price.is_positive() {
                priced.consent = Some(Consent::PaidAgain);
            }
        }
        None if charged.is_positive() => {
            priced.kind = RunKind::Rest;
            priced.price = priced.price.less(charged);
            if priced.price.is_zero() && priced.gratis.is_none() {
                priced.gratis = Some(Gratis::PaidBefore);
            }
            return charged;
        }
        None => {}
    }
    Amount::ZERO
}

/// Does what the item was charged count still? Where it is charged once, for ever; else within the
/// window of "the same again", from the last charge.
fn is_counting(terms: &Terms<'_>, asked: &Asked<'_>, bought: &Bought, now: Time) -> bool {
    let same = &asked.action.same;
    let in_window = || {
        let window = same.free_for?;
        Some(now < window.after(bought.last?, terms.zone()))
    };
    same.once_per.is_some() || in_window().unwrap_or(false)
}

/// A trial: free within the experiments' own allowance.
fn experiment(terms: &Terms<'_>, customer: &Customer, book: &Book, now: Time) -> Priced {
    let state = terms
        .contract
        .experiments
        .as_ref()
        .map(|e| allowance_state(terms, customer, e.allowance, book.tried, now));
    Priced {
        price: Amount::ZERO,
        full: Amount::ZERO,
        units_free: 1,
        allowance: state,
        gratis: Some(Gratis::Experiment),
        on_your_key: false,
        each: None,
        kind: RunKind::First,
        consent: None,
        exhausted: state.is_none_or(|s| s.left() == 0),
        anew: false,
    }
}
