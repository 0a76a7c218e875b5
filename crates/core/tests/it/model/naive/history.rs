//! What happened to a customer, as a plain list, and every sum over it, added up when asked.
//!
//! Books are numbered: the real ones, and those in which everything is as if enforced.

use super::purse::Purse;
use super::thing::Thing;
use probity_core::command::{KeyChange, Purpose};
use probity_core::contract::{Action, Mode, Outcome, Override, Tariff};
use probity_core::decide::Code;
use probity_core::entry::{ConfirmedBy, Rule, RunKind};
use probity_core::time::{Window, Zone};
use probity_core::{Cost, Name, RunId, Time};

/// The real books.
pub const REAL: usize = 0;
/// The books in which everything is as if enforced.
pub const SHADOW: usize = 1;
pub const BOTH: [usize; 2] = [REAL, SHADOW];

/// One customer, and all that ever happened to them.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Name,
    pub members: Vec<Name>,
    pub when_paid: bool,
    pub version: u32,
    pub plan: Name,
    pub next_plan: Option<Name>,
    /// When they last came to a plan, or wished for one.
    pub chose: Time,
    pub anchor: Time,
    pub period: Window,
    pub credits_for: Window,
    pub paid: bool,
    /// Periods still to begin that are paid already.
    pub paid_ahead: u32,
    /// Runs before this one do not count in limits and allowances: an upgrade began them anew.
    pub counts_from: usize,
    /// The same for what was reported of costs.
    pub costs_from: usize,
    pub runs: Vec<Run>,
    pub log: Vec<Event>,
    pub purses: [Purse; 2],
    pub specials: Vec<(Override, Time)>,
    pub month_cap: Option<i64>,
    pub member_caps: Vec<(Name, i64)>,
    pub paused: bool,
    pub quiet_days: Vec<i32>,
    pub keys: Vec<(Name, KeyChange)>,
    pub agreed: Vec<(Name, ConfirmedBy)>,
    pub quotes_used: Vec<Name>,
    pub payments: Vec<Payment>,
    pub costs: Vec<CostNote>,
}

/// What happened to runs and things, in order.
#[derive(Clone, Debug)]
pub enum Event {
    Ended(usize),
    Late(usize),
    Back { run: usize, amounts: [i64; 2] },
    Corrected { run: usize, to: Outcome },
    Resumed { action: Name, artifact: Name },
}

/// A payment that was told: of credits, or of a period.
#[derive(Clone, Debug)]
pub struct Payment {
    pub id: Name,
    pub credits: Option<i64>,
    pub asked_back: i64,
}

/// What one report of usage cost us or them, and the windows it counts in.
#[derive(Clone, Debug)]
pub struct CostNote {
    pub run: usize,
    /// What it costs us, if the run turns out to cost the customer nothing.
    pub by_us: Cost,
    pub us_from: Time,
    pub on_key: Cost,
    pub key_from: Time,
    /// Nothing was reported: this is what is typical.
    pub assumed: bool,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Held,
    Settled,
    Released,
    Expired,
}

#[derive(Clone, Debug)]
pub struct Run {
    pub id: RunId,
    pub action: Name,
    pub artifact: Option<Name>,
    pub tracked: bool,
    pub kind: RunKind,
    pub free_redo: bool,
    pub mode: Mode,
    pub purpose: Purpose,
    pub member: Option<Name>,
    pub quantity: Option<u64>,
    pub quote: Option<Name>,
    pub on_key: bool,
    pub began: Time,
    pub expires: Time,
    pub latest: Time,
    pub plan: Name,
    pub version: u32,
    pub revision: u32,
    pub would_deny: Option<Code>,
    /// What it would cost, where it would be refused.
    pub denied_price: Option<i64>,
    pub sides: [Side; 2],
    pub stands: Stands,
    /// The ending as it stands, in the contract's terms: outcome, parts, quantity.
    pub reported: Option<(Outcome, Option<u32>, Option<u64>)>,
    /// The ending that was reported first, whatever it was corrected to.
    pub first: Option<(Outcome, Option<u32>, Option<u64>)>,
    /// In the customer's terms: when it ended, when it was told late, and as it stands.
    pub ended_as: Option<Outcome>,
    pub late_as: Option<Outcome>,
    pub outcome: Option<Outcome>,
    /// Its first ending, and the last report of it.
    pub ended: Option<Time>,
    pub told: Option<Time>,
    pub late: bool,
    pub attempts: usize,
}

/// What a run is in one of the books.
#[derive(Clone, Debug, Default)]
pub struct Side {
    pub price: i64,
    pub full: i64,
    pub tariff: Option<Tariff>,
    pub units_free: u64,
    pub drawn: Vec<(Option<usize>, i64)>,
    pub charged: i64,
    pub units_used: u64,
    pub refunded: i64,
    pub rule: Option<Rule>,
}

impl Run {
    pub fn is_open(&self) -> bool {
        self.stands == Stands::Held
    }

    /// Held + charged − refunded.
    pub fn spends(&self, book: usize) -> i64 {
        let side = &self.sides[book];
        if self.is_open() { side.price } else { side.charged - side.refunded }
    }

    /// The books that say what it would cost.
    pub fn leading(&self) -> usize {
        if self.mode == Mode::Enforce { REAL } else { SHADOW }
    }

    fn costs_nothing(&self) -> bool {
        !self.is_open() && self.sides[self.leading()].charged == 0
    }

    fn units(&self, book: usize) -> u64 {
        let side = &self.sides[book];
        if self.is_open() { side.units_free } else { side.units_used }
    }

    fn is_of(&self, action: &Name, artifact: &Name) -> bool {
        self.tracked && self.action == *action && self.artifact.as_ref() == Some(artifact)
    }
}

impl Person {
    pub fn run(&self, id: RunId) -> Option<usize> {
        self.runs.iter().position(|r| r.id == id)
    }

    pub fn held(&self, book: usize) -> i64 {
        self.runs.iter().filter(|r| r.is_open()).map(|r| r.sides[book].price).sum()
    }

    /// What is held of one pile.
    pub fn held_of(&self, book: usize, pile: usize) -> i64 {
        let open = self.runs.iter().filter(|r| r.is_open());
        let draws = open.flat_map(|r| &r.sides[book].drawn);
        draws.filter(|(from, _)| *from == Some(pile)).map(|(_, amount)| amount).sum()
    }

    /// What goes with a payment that was taken back goes as holds end: no more than is held.
    pub fn forget_claws(&mut self) {
        for book in BOTH {
            for i in 0..self.purses[book].piles.len() {
                let held = self.held_of(book, i);
                let pile = &mut self.purses[book].piles[i];
                pile.to_claw = pile.to_claw.min(held);
            }
        }
    }

    pub fn open_runs(&self) -> usize {
        self.runs.iter().filter(|r| r.is_open()).count()
    }

    /// Runs at work in one of the books: enforced in the real ones, not refused in the others.
    pub fn open_in(&self, book: usize) -> impl Iterator<Item = &Run> {
        let works = move |r: &&Run| match book {
            REAL => r.mode == Mode::Enforce,
            _ => r.would_deny.is_none(),
        };
        self.runs.iter().filter(|r| r.is_open()).filter(works)
    }

    fn counting(&self, window: Window) -> impl Iterator<Item = &Run> {
        let counted = self.runs.iter().skip(self.counts_from);
        counted.filter(move |r| window.contains(r.began))
    }

    /// Spending within a window, of everybody or of one member.
    pub fn spent(&self, book: usize, window: Window, member: Option<&Name>) -> i64 {
        self.counting(window)
            .filter(|r| r.purpose == Purpose::Production)
            .filter(|r| member.is_none() || r.member.as_ref() == member)
            .map(|r| r.spends(book))
            .sum()
    }

    /// Units of an allowance used within a window; of trials without an action.
    pub fn used(&self, book: usize, action: Option<&Name>, window: Window) -> u64 {
        let trial = action.is_none();
        self.counting(window)
            .filter(|r| (r.purpose == Purpose::Experiment) == trial)
            .filter(|r| action.is_none_or(|a| r.action == *a))
            .map(|r| r.units(book))
            .sum()
    }

    /// What was charged on each day that had a charge, among `days`.
    pub fn charged_on(&self, book: usize, zone: &Zone, days: std::ops::Range<i32>) -> Vec<i64> {
        let mut sums = std::collections::BTreeMap::<i32, i64>::new();
        for run in &self.runs {
            let day = run.ended.map(|at| zone.day_number(at));
            if let Some(day) = day.filter(|d| days.contains(d) && run.sides[book].charged > 0) {
                *sums.entry(day).or_default() += run.sides[book].charged;
            }
        }
        sums.into_values().collect()
    }

    /// A stored key that was not refused since.
    pub fn has_working_key(&self) -> bool {
        self.keys.iter().any(|(provider, _)| {
            let last = self.keys.iter().rev().find(|(p, _)| p == provider);
            last.is_some_and(|(_, change)| matches!(change, KeyChange::Stored(_)))
        })
    }

    pub fn knows_key(&self, provider: &Name) -> bool {
        let last = self.keys.iter().rev().find(|(p, _)| p == provider);
        last.is_some_and(|(_, change)| !matches!(change, KeyChange::Removed))
    }

    fn notes(&self) -> impl Iterator<Item = &CostNote> {
        self.costs.iter().skip(self.costs_from)
    }

    pub fn cost_on_key(&self, from: Time) -> Cost {
        sum(self.notes().filter(|n| n.key_from == from).map(|n| n.on_key))
    }

    /// What runs that cost them nothing cost us: an assumed cost only where nothing was reported.
    pub fn cost_by_us(&self, from: Time) -> Cost {
        let counts = |n: &&CostNote| {
            let run = &self.runs[n.run];
            run.costs_nothing() && (!n.assumed || run.attempts == 0)
        };
        sum(self.notes().filter(|n| n.us_from == from).filter(counts).map(|n| n.by_us))
    }

    /// All that is known of a thing.
    pub fn thing(&self, action: &Action, artifact: &Name, zone: &Zone) -> Thing {
        let mut thing = Thing::default();
        for event in &self.log {
            self.note(&mut thing, event, action, artifact, zone);
        }
        thing.in_flight =
            BOTH.map(|book| self.open_in(book).any(|r| r.is_of(&action.id, artifact)));
        thing.owned = action.same.once_per.is_some()
            && (!thing.delivered_by.is_empty() || thing.in_full[REAL]);
        thing
    }

    fn note(&self, thing: &mut Thing, event: &Event, of: &Action, artifact: &Name, zone: &Zone) {
        let is_its = |run: &usize| self.runs[*run].is_of(&of.id, artifact);
        match event {
            Event::Ended(i) if is_its(i) && self.runs[*i].kind != RunKind::Reopened => {
                thing.end(*i, &self.runs[*i], of, zone);
            }
            Event::Late(i) if is_its(i) => thing.late(*i, &self.runs[*i]),
            Event::Back { run, amounts } if is_its(run) => {
                BOTH.into_iter().for_each(|book| thing.back(*run, book, amounts[book]));
            }
            Event::Corrected { run, to } if is_its(run) => {
                thing.corrected(*run, &self.runs[*run], *to, of);
            }
            Event::Resumed { action, artifact: thing_resumed }
                if *action == of.id && thing_resumed == artifact =>
            {
                (thing.fails, thing.failed_at) = (0, None);
            }
            _ => {}
        }
    }
}

fn sum(costs: impl Iterator<Item = Cost>) -> Cost {
    costs.fold(Cost::ZERO, |sum, cost| sum.plus(cost).expect("small"))
}
