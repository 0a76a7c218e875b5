//! What applies to a customer, and what a run would cost in one of the books.

use super::history::Person;
use super::thing::Thing;
use probity_core::command::{Again, Purpose, RunRequest};
use probity_core::contract::*;
use probity_core::entry::RunKind;
use probity_core::quote::Quote;
use probity_core::time::Window;
use probity_core::{Amount, Name, Per, Time};

/// Contract, operations and plan that something is decided under.
#[derive(Clone, Copy)]
pub struct Under<'a> {
    pub contract: &'a Contract,
    pub operations: &'a Operations,
    pub plan: &'a Plan,
    pub person: &'a Person,
    pub now: Time,
}

/// What is asked for, the quote's fields filled in.
pub struct Wish<'a> {
    pub request: &'a RunRequest,
    pub action: &'a Action,
    pub artifact: Option<Name>,
    pub quantity: Option<u64>,
    pub model: Option<Name>,
    pub member: Option<Name>,
    pub purpose: Purpose,
    pub again: Option<Again>,
    pub quote: Option<&'a Quote>,
    /// What is known of the thing, where it can be "the same".
    pub thing: Option<Thing>,
    /// It comes with the customer's own token.
    pub by_customer: bool,
}

/// What must be agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    Harsh,
    Priced,
}

/// What a run would cost.
#[derive(Clone, Debug)]
pub struct Bill {
    pub price: i64,
    pub full: i64,
    pub units_free: u64,
    pub kind: RunKind,
    pub on_key: bool,
    pub free_redo: bool,
    pub tariff: Option<Tariff>,
    pub consent: Option<Consent>,
    /// Free, and we pay for it: surge and budget apply.
    pub ours: bool,
    /// The allowance is used and nothing is for sale beyond.
    pub nothing_left: bool,
}

pub fn n(amount: Amount) -> i64 {
    amount.millionths()
}

impl<'a> Under<'a> {
    pub fn window(&self, per: Per) -> Window {
        self.contract.zone.window(self.person.anchor, per, self.now)
    }

    pub fn specials(&self) -> impl Iterator<Item = &'a Override> {
        let now = self.now;
        self.person.specials.iter().filter(move |(_, ends)| now < *ends).map(|(terms, _)| terms)
    }

    pub fn offers(&self, action: &Name) -> bool {
        let special = |o: &Override| {
            o.prices.get(action).is_some_and(|p| self.counts(p))
                || o.allowances.contains_key(action)
        };
        self.contract.plans.get(&self.plan.id).is_some()
            && (self.plan.offers.get(action).is_some() || self.specials().any(special))
    }

    pub fn allowance(&self, action: &Name) -> Option<Allowance> {
        let mut best = self.plan.allowances.get(action).copied();
        for other in self.specials().filter_map(|o| o.allowances.get(action)) {
            match &mut best {
                Some(best) => best.units = best.units.max(other.units),
                None => best = Some(*other),
            }
        }
        best
    }

    pub fn credit_line(&self) -> i64 {
        self.specials().filter_map(|o| o.credit_line).map(n).max().unwrap_or(0)
    }

    pub fn at_once(&self) -> u32 {
        let special = self.specials().filter_map(|o| o.at_once).max().unwrap_or(0);
        special.max(self.contract.limits.at_once)
    }

    /// Where the best model class stands; None: no ceiling.
    pub fn ceiling(&self) -> Option<usize> {
        let rank = |class: &Name| self.contract.models.position(class).expect("a class");
        let planned = rank(self.plan.best_model.as_ref()?);
        let special = self.specials().filter_map(|o| o.best_model.as_ref()).map(rank).max();
        Some(planned.max(special.unwrap_or(0)))
    }

    /// Every tariff that may apply, and whether the customer's key pays the model.
    fn tariffs(&self, action: &'a Action) -> Vec<(&'a Tariff, bool)> {
        let listed = self.plan.prices.get(&action.id).into_iter();
        let listed = listed.chain(self.specials().filter_map(|o| o.prices.get(&action.id)));
        let mut all = vec![(&action.price, false)];
        all.extend(listed.filter(|p| self.counts(p)).map(|p| (&p.credits, p.on_your_key)));
        all
    }

    /// A price on the customer's key is one only where there is a key.
    pub fn counts(&self, price: &Price) -> bool {
        !price.on_your_key || self.plan.runs_on == RunsOn::OwnKey
    }

    /// The largest quantity that any of them takes, where one says so.
    pub fn up_to(&self, action: &'a Action) -> Option<u64> {
        self.tariffs(action).into_iter().filter_map(|(tariff, _)| most_units(tariff)).max()
    }

    /// The lowest price that applies to so many units (None: not known yet).
    pub fn lowest(&self, action: &'a Action, units: Option<u64>) -> (i64, bool, &'a Tariff) {
        let takes = |t: &Tariff| match (most_units(t), units) {
            (Some(most), Some(units)) => units <= most,
            _ => true,
        };
        self.tariffs(action)
            .into_iter()
            .map(|(tariff, on_key)| (price_of(tariff, units), on_key, tariff))
            .min_by_key(|(price, on_key, tariff)| (!takes(tariff), *price, *on_key))
            .expect("the action's own")
    }

    pub fn bill(&self, wish: &Wish<'a>, book: usize) -> Bill {
        if wish.purpose == Purpose::Experiment {
            return self.trial(book);
        }
        let (price, on_key, tariff) = self.lowest(wish.action, wish.quantity);
        let mut bill = Bill {
            price,
            full: price,
            units_free: 0,
            kind: RunKind::First,
            on_key,
            free_redo: false,
            tariff: Some(tariff.clone()),
            consent: None,
            ours: false,
            nothing_left: false,
        };
        if wish.again == Some(Again::Redo) && self.is_redo_free(wish) {
            bill.price = 0;
            bill.kind = RunKind::Redo;
            bill.free_redo = true;
            return bill;
        }
        let covered = self.within_allowance(wish, book, &mut bill);
        let paid_before = self.again(wish, book, &mut bill);
        let mut promised_free = false;
        if let Some(quote) = wish.quote {
            promised_free = bill.price > 0 && n(quote.price) == 0;
            let thing = wish.thing.as_ref().filter(|_| bill.kind == RunKind::Rest);
            let before = thing.map_or(0, |thing| thing.charged(book));
            if n(quote.price) > 0 {
                bill.full = bill.full.min(before + n(quote.price));
            }
            bill.price = bill.price.min(n(quote.price));
        }
        bill.free_redo = promised_free && bill.kind == RunKind::Redo;
        let harsh = |h: &Harsh| wish.action.outcomes.of(h.outcome) != Treatment::Free;
        if bill.price > 0 && wish.action.paid_even_if.iter().any(harsh) {
            bill.consent = Some(Consent::Harsh);
        }
        bill.ours = covered || (bill.price == 0 && !paid_before && !on_key && !promised_free);
        bill
    }

    /// Free within the experiments' own allowance.
    fn trial(&self, book: usize) -> Bill {
        let allowance = self.contract.experiments.as_ref().map(|e| e.allowance);
        let left = allowance.map_or(0, |a| {
            a.units.saturating_sub(self.person.used(book, None, self.window(a.per)))
        });
        Bill {
            price: 0,
            full: 0,
            units_free: 1,
            kind: RunKind::First,
            on_key: false,
            free_redo: false,
            tariff: None,
            consent: None,
            ours: true,
            nothing_left: left == 0,
        }
    }

    fn is_redo_free(&self, wish: &Wish<'_>) -> bool {
        let (Some(rule), Some(thing)) = (wish.action.free_redo, &wish.thing) else { return false };
        let in_time = |at: Time| self.now < rule.within.after(at, &self.contract.zone);
        thing.redos.len() < rule.times as usize && thing.delivered_at.is_some_and(in_time)
    }

    /// First min(left, n) units free, the rest priced. Is it covered whole?
    fn within_allowance(&self, wish: &Wish<'a>, book: usize, bill: &mut Bill) -> bool {
        let on_us = self.plan.runs_on == RunsOn::Us;
        let action = wish.action;
        let allowance = self.allowance(&action.id).filter(|_| !bill.on_key || bill.price > 0);
        let Some(allowance) = allowance else {
            if on_us {
                (bill.price, bill.nothing_left) = (0, true);
            }
            return false;
        };
        let one = if action.is_per_quantity() { self.up_to(action).unwrap_or(u64::MAX) } else { 1 };
        let units = wish.quantity.unwrap_or(one);
        let used = self.person.used(book, Some(&action.id), self.window(allowance.per));
        bill.units_free = units.min(allowance.units.saturating_sub(used));
        let rest = units - bill.units_free;
        if rest == 0 {
            bill.price = 0;
            return true;
        }
        match action.after_allowance {
            Some(each) if bill.full == 0 && !on_us && self.plan.top_ups => {
                bill.price = n(each) * rest.cast_signed();
                bill.full = n(each) * units.cast_signed();
                bill.consent = Some(Consent::Priced);
            }
            _ if bill.full == 0 || on_us => (bill.price, bill.nothing_left) = (0, true),
            _ => {
                let (price, _, tariff) = self.lowest(action, wish.quantity.map(|_| rest));
                (bill.price, bill.tariff) = (price, Some(tariff.clone()));
            }
        }
        false
    }

    /// Redo, fresh, or what is missing. Is it free because it was paid before?
    fn again(&self, wish: &Wish<'_>, book: usize, bill: &mut Bill) -> bool {
        let Some(thing) = &wish.thing else { return false };
        let counts = thing.counts(book, self.now, wish.action, &self.contract.zone);
        let charged = if counts { thing.charged(book) } else { 0 };
        let once = wish.action.same.once_per.is_some();
        let owned = thing.owned || (once && thing.in_full[book]);
        match wish.again {
            Some(Again::Redo) => {
                bill.kind = RunKind::Redo;
                if bill.price > 0 {
                    bill.consent = Some(Consent::Priced);
                }
            }
            Some(Again::Fresh) => {
                if owned || charged > 0 || thing.answered_at.is_some() {
                    bill.kind = RunKind::Fresh;
                }
                if owned && bill.price > 0 {
                    bill.consent = Some(Consent::Priced);
                }
            }
            None if charged > 0 => {
                bill.kind = RunKind::Rest;
                bill.price = (bill.price - charged).max(0);
                return bill.price == 0;
            }
            None => {}
        }
        false
    }

    /// Is the thing the customer's already, or the same again?
    pub fn is_reopened(&self, wish: &Wish<'_>) -> Option<bool> {
        let thing = wish.thing.as_ref().filter(|_| wish.again.is_none())?;
        if thing.owned {
            return Some(true);
        }
        let window = wish.action.same.free_for?;
        let until = window.after(thing.answered_at?, &self.contract.zone);
        (self.now < until).then_some(false)
    }

    /// The unusual day, recomputed.
    pub fn is_unusual(&self, bill: &Bill, book: usize) -> bool {
        let Some(rule) = self.contract.limits.unusual_day else { return false };
        let zone = &self.contract.zone;
        let today = zone.day_number(self.now);
        let past = self.person.charged_on(book, zone, today - 28..today);
        if past.len() < 3 || self.person.quiet_days.contains(&today) {
            return false;
        }
        let so_far: i64 = self.person.charged_on(book, zone, today..today + 1).iter().sum();
        let day = so_far + self.person.held(book) + bill.price;
        let days = past.len() as i64;
        let usual: i64 = past.iter().sum();
        day * days > usual * i64::from(rule.times_usual) && day > n(rule.and_over)
    }

    /// The most lenient mode of what is listed; customers outside the share are in shadow.
    pub fn mode(&self, action: &Name) -> Mode {
        let rollout = &self.operations.rollout;
        let hash = probity_core::journal::sha256_hex(&format!(
            "{}\0{}",
            self.contract.name, self.person.id
        ));
        let first = u64::from_str_radix(&hash[..16], 16).expect("hexadecimal");
        let share = u64::from(rollout.share.millionths());
        if share < 1_000_000 && first % 10_000 * 100 >= share {
            return Mode::Shadow;
        }
        let rank = |mode: Mode| match mode {
            Mode::Shadow => 0,
            Mode::Announce => 1,
            Mode::Enforce => 2,
        };
        let listed = [rollout.actions.get(action), rollout.plans.get(&self.plan.id)];
        let listed = listed.into_iter().flatten().copied().min_by_key(|mode| rank(*mode));
        listed.unwrap_or(rollout.default)
    }
}

fn most_units(tariff: &Tariff) -> Option<u64> {
    match tariff {
        Tariff::Each { up_to, .. } => *up_to,
        Tariff::Free | Tariff::Fixed(_) => None,
    }
}

/// clamp(each × n, at_least, at_most); without n the most it can be.
pub fn price_of(tariff: &Tariff, units: Option<u64>) -> i64 {
    match tariff {
        Tariff::Free => 0,
        Tariff::Fixed(amount) => n(*amount),
        Tariff::Each { each, at_least, at_most, up_to } => {
            let clamp = |units: u64| {
                let exact = n(*each).saturating_mul(units.min(1 << 40).cast_signed());
                let least = exact.max(at_least.map_or(0, n));
                at_most.map_or(least, |most| least.min(n(most)))
            };
            match (units, at_most) {
                (Some(units), _) => clamp(units),
                (None, Some(most)) => n(*most),
                (None, None) => clamp(up_to.expect("a bound")),
            }
        }
    }
}
