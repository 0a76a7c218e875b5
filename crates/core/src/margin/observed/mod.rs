//! What runs really cost and brought: added up from the journal, entry by entry.
//!
//! A [`Tally`] is exact integers and can be merged with another of the next stretch of the journal, so
//! that it does not matter how the journal is cut. What is not known is counted beside, never as
//! nothing. Runs that were enforced and runs that only would have been are never added up together.

mod funds;
mod report;
mod seen;

pub use report::{Above, Expected, Left, Observed, Report, Tail};
pub use seen::{Earlier, Seen};

use crate::contract::{Mode, Percent};
use crate::entry::AttemptFacts;
use crate::id::Name;
use crate::money::Cost;
use serde::Serialize;
use std::collections::BTreeMap;

/// Whose books a run's charge is looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Books {
    /// It was enforced: what was charged.
    Enforced,
    /// Shadow or announce: what would have been charged.
    WouldBe,
}

impl Books {
    /// Where a run of this mode counts.
    #[must_use]
    pub const fn of(mode: Mode) -> Self {
        match mode {
            Mode::Enforce => Self::Enforced,
            Mode::Shadow | Mode::Announce => Self::WouldBe,
        }
    }

    /// Its stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enforced => "enforced",
            Self::WouldBe => "would_be",
        }
    }
}

/// Why a run brought nothing. Closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// It was a trial run.
    Experiment,
    /// Another try of something owned.
    Redo,
    /// Owned already, or the same again.
    Reopened,
    /// It failed.
    Failed,
    /// Nobody said in time how it ended.
    Expired,
    /// Its hold was given back.
    Released,
    /// Nothing was found.
    Empty,
    /// It was not workable.
    BadInput,
    /// A safety rule stopped it.
    Blocked,
    /// The customer stopped it before anything arrived.
    Cancelled,
    /// The customer left.
    Abandoned,
    /// It was delivered and is free by the plan: a free action, an allowance, a key of theirs.
    Plan,
    /// What was reported after a run that brought nothing had ended; how it ended is not looked up.
    ReportedLater,
}

impl Cause {
    /// Its stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Experiment => "experiment",
            Self::Redo => "redo",
            Self::Reopened => "reopened",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Released => "released",
            Self::Empty => "empty",
            Self::BadInput => "bad_input",
            Self::Blocked => "blocked",
            Self::Cancelled => "cancelled",
            Self::Abandoned => "abandoned",
            Self::Plan => "plan",
            Self::ReportedLater => "reported_later",
        }
    }
}

/// What some attempts cost, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// The sum of those whose cost is known.
    pub cost: Cost,
    /// How many there were.
    pub attempts: u64,
    /// Of so many the cost is not known.
    pub unknown: u64,
    /// Runs that ended without any attempt reported by then: what they cost is not known either.
    pub silent: u64,
}

impl Spent {
    /// The sum of what is known; None where nothing is.
    #[must_use]
    pub fn known(&self) -> Option<Cost> {
        let is_known = self.attempts > self.unknown || self.silent == 0 && self.attempts == 0;
        is_known.then_some(self.cost)
    }

    /// Is everything known?
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.unknown == 0 && self.silent == 0
    }

    fn add(&mut self, cost: Option<Cost>) {
        self.attempts = self.attempts.saturating_add(1);
        match cost.and_then(|cost| self.cost.plus(cost)) {
            Some(sum) => self.cost = sum,
            None => self.unknown = self.unknown.saturating_add(1),
        }
    }

    fn merge(&mut self, other: &Self) {
        self.attempts = self.attempts.saturating_add(other.attempts);
        self.unknown = self.unknown.saturating_add(other.unknown);
        self.silent = self.silent.saturating_add(other.silent);
        match self.cost.plus(other.cost) {
            Some(sum) => self.cost = sum,
            None => self.unknown = self.unknown.saturating_add(1),
        }
    }

    /// The attempts that we pay, and those that customers' own keys pay.
    fn of(attempts: &[AttemptFacts]) -> (Self, Self) {
        let (mut ours, mut theirs) = (Self::default(), Self::default());
        for attempt in attempts {
            if attempt.own_key { &mut theirs } else { &mut ours }.add(attempt.cost);
        }
        (ours, theirs)
    }
}

/// Credits that came in and went back, in millionths: sums over everybody may be beyond an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Earned {
    /// What was charged.
    pub charged: u128,
    /// What of charges was given back.
    pub refunded: u128,
    /// Of what was charged: credits that were bought, or came with a plan that has a price.
    pub paid: u128,
    /// Of what was given back: the same.
    pub paid_back: u128,
    /// Of what was charged: credits of which it is not known whether anybody pays for them.
    pub unclear: u128,
}

impl Earned {
    fn merge(&mut self, other: &Self) {
        for (sum, more) in [
            (&mut self.charged, other.charged),
            (&mut self.refunded, other.refunded),
            (&mut self.paid, other.paid),
            (&mut self.paid_back, other.paid_back),
            (&mut self.unclear, other.unclear),
        ] {
            *sum = sum.saturating_add(more);
        }
    }

    /// Of what was charged: credits that were given, and nobody pays for.
    #[must_use]
    pub const fn given(&self) -> u128 {
        self.charged.saturating_sub(self.paid).saturating_sub(self.unclear)
    }
}

/// Runs that brought nothing, and what they cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gratis {
    /// How many.
    pub runs: u64,
    /// What they cost us.
    pub spent: Spent,
}

/// What was seen of an action on a plan, or of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Runs that began.
    pub runs: u64,
    /// Runs that ended, each counted once.
    pub ended: u64,
    /// Of those: delivered, some of it, nothing found, our failure.
    pub delivered: u64,
    /// A part arrived.
    pub partial: u64,
    /// Nothing was found.
    pub empty: u64,
    /// It failed, or its time was up.
    pub failed: u64,
    /// Units that customers got or paid for, in millionths: a part of a result is its share, and an
    /// ending that is charged though nothing came counts. Redos and what is opened again do not: they
    /// are part of what the unit before costs.
    pub units: u128,
    /// The credits.
    pub earned: Earned,
    /// What we pay.
    pub ours: Spent,
    /// What customers' own keys pay.
    pub own_key: Spent,
    /// Runs that brought nothing, by why.
    pub gratis: BTreeMap<Cause, Gratis>,
    /// The same of runs with attempts reported.
    pub units_told: u128,
    /// Runs that ended with attempts reported.
    pub told: u64,
    /// Of those: with more than one attempt.
    pub retried: u64,
    /// Attempts on another model than the attempt before.
    pub fallbacks: u64,
}

impl Cell {
    /// Adds another.
    pub fn merge(&mut self, other: &Self) {
        let counts = [
            (&mut self.runs, other.runs),
            (&mut self.ended, other.ended),
            (&mut self.delivered, other.delivered),
            (&mut self.partial, other.partial),
            (&mut self.empty, other.empty),
            (&mut self.failed, other.failed),
            (&mut self.told, other.told),
            (&mut self.retried, other.retried),
            (&mut self.fallbacks, other.fallbacks),
        ];
        for (count, more) in counts {
            *count = count.saturating_add(more);
        }
        self.units = self.units.saturating_add(other.units);
        self.units_told = self.units_told.saturating_add(other.units_told);
        self.earned.merge(&other.earned);
        self.ours.merge(&other.ours);
        self.own_key.merge(&other.own_key);
        for (cause, gratis) in &other.gratis {
            let there = self.gratis.entry(*cause).or_default();
            there.runs = there.runs.saturating_add(gratis.runs);
            there.spent.merge(&gratis.spent);
        }
    }

    /// Of runs that looked for something: the share that found nothing.
    #[must_use]
    pub fn empty_rate(&self) -> Option<Percent> {
        let looked = self.delivered.saturating_add(self.partial).saturating_add(self.empty);
        let share = self.empty.checked_mul(1_000_000)?.checked_div(looked)?;
        u32::try_from(share).ok().map(Percent)
    }

    /// What all runs that brought nothing cost us.
    #[must_use]
    pub fn gratis_in_all(&self) -> Gratis {
        let mut all = Gratis::default();
        for gratis in self.gratis.values() {
            all.runs = all.runs.saturating_add(gratis.runs);
            all.spent.merge(&gratis.spent);
        }
        all
    }
}

/// One customer, as far as money goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Runs that ended.
    pub runs: u64,
    /// The credits.
    pub earned: Earned,
    /// What we pay for them.
    pub ours: Spent,
}

impl Account {
    fn merge(&mut self, other: &Self) {
        self.runs = self.runs.saturating_add(other.runs);
        self.earned.merge(&other.earned);
        self.ours.merge(&other.ours);
    }
}

/// So many customers are kept at once: beyond, those who cost least are let go.
const CUSTOMERS: usize = 100_000;
/// So many names of models without a price are kept.
const MODELS: usize = 200;

/// What was added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By action, plan and books.
    pub cells: BTreeMap<(Name, Name, Books), Cell>,
    /// By customer.
    pub customers: BTreeMap<(Books, Name), Account>,
    /// Customers were let go: of those who came back later only the later part is known.
    pub let_go: bool,
    /// Models of attempts whose cost is not known, with how many; unnamed: without a model.
    pub unknown_models: BTreeMap<String, u64>,
}

impl Tally {
    /// Adds another.
    pub fn merge(&mut self, other: Self) {
        for (of, cell) in &other.cells {
            self.cells.entry(of.clone()).or_default().merge(cell);
        }
        for (who, account) in other.customers {
            self.customers.entry(who).or_default().merge(&account);
        }
        for (model, attempts) in other.unknown_models {
            self.unpriced(&model, attempts);
        }
        self.let_go |= other.let_go;
        self.make_room();
    }

    fn unpriced(&mut self, model: &str, attempts: u64) {
        if self.unknown_models.len() < MODELS || self.unknown_models.contains_key(model) {
            let count = self.unknown_models.entry(model.to_owned()).or_default();
            *count = count.saturating_add(attempts);
        }
    }

    fn make_room(&mut self) {
        if self.customers.len() > CUSTOMERS {
            self.let_go_of_half(CUSTOMERS);
        }
    }

    /// Lets the half of the customers go who cost least; at most so many stay.
    fn let_go_of_half(&mut self, most: usize) {
        let mut costs: Vec<Cost> = self.customers.values().map(|a| a.ours.cost).collect();
        let middle = costs.len() / 2;
        let (_, least, _) = costs.select_nth_unstable(middle);
        let least = *least;
        let mut room = most;
        self.customers.retain(|_, account| {
            let stays = account.ours.cost >= least && room > 0;
            room = room.saturating_sub(usize::from(stays));
            stays
        });
        self.let_go = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(text: &str) -> Cost {
        Cost::parse(text).unwrap()
    }

    fn spent(costs: &[Option<&str>]) -> Spent {
        let mut spent = Spent::default();
        costs.iter().for_each(|text| spent.add(text.map(cost)));
        spent
    }

    #[test]
    fn what_is_not_known_is_counted_and_never_nothing() {
        let some = spent(&[Some("1.5"), None, Some("0")]);
        assert_eq!((some.cost, some.attempts, some.unknown), (cost("1.5"), 3, 1));
        assert_eq!((some.known(), some.is_whole()), (Some(cost("1.5")), false));
        assert_eq!(spent(&[None]).known(), None);
        assert_eq!(spent(&[]).known(), Some(Cost::ZERO));
        assert_eq!(Spent { silent: 1, ..Spent::default() }.known(), None);
        assert_eq!(spent(&[Some("0")]).known(), Some(Cost::ZERO));
    }

    #[test]
    fn the_rate_of_nothing_found_is_of_those_that_looked() {
        let cell = Cell { delivered: 2, partial: 1, empty: 1, failed: 9, ..Cell::default() };
        assert_eq!(cell.empty_rate(), Some(Percent(250_000)));
        assert_eq!(Cell { failed: 3, ..Cell::default() }.empty_rate(), None);
    }

    #[test]
    fn those_who_cost_most_stay_where_there_are_too_many() {
        let mut tally = Tally::default();
        for n in 0_u32..100 {
            let ours = spent(&[Some(&n.to_string())]);
            let who = (Books::Enforced, Name::new(&format!("c{n}")));
            tally.customers.insert(who, Account { ours, ..Account::default() });
        }
        tally.let_go_of_half(60);
        assert!(tally.let_go);
        assert_eq!(tally.customers.len(), 50);
        assert!(tally.customers.values().all(|account| account.ours.cost >= cost("50")));
        // All alike: no more than there is room for.
        tally.customers.values_mut().for_each(|account| *account = Account::default());
        tally.let_go_of_half(20);
        assert_eq!(tally.customers.len(), 20);
    }

    #[test]
    fn merging_is_adding_up() {
        let mut one = Tally::default();
        let of = (Name::new("a"), Name::new("p"), Books::WouldBe);
        let gratis = Gratis { runs: 1, spent: spent(&[Some("2")]) };
        let cell = Cell {
            runs: 1,
            ended: 1,
            units: 5,
            units_told: 4,
            earned: Earned { charged: 7, refunded: 2, paid: 4, paid_back: 1, unclear: 2 },
            ours: spent(&[Some("2"), None]),
            gratis: BTreeMap::from([(Cause::Failed, gratis)]),
            ..Cell::default()
        };
        one.cells.insert(of.clone(), cell);
        one.unpriced("m", 3);
        let mut both = one.clone();
        both.merge(one);
        let cell = &both.cells[&of];
        assert_eq!((cell.runs, cell.ended, cell.units, cell.units_told), (2, 2, 10, 8));
        let sums = Earned { charged: 14, refunded: 4, paid: 8, paid_back: 2, unclear: 4 };
        assert_eq!((cell.earned, cell.earned.given()), (sums, 2));
        assert_eq!((cell.ours.cost, cell.ours.unknown), (cost("4"), 2));
        assert_eq!(cell.gratis_in_all().runs, 2);
        assert_eq!(both.unknown_models["m"], 6);
    }
}
