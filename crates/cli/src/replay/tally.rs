//! What a replay adds up: by action, by reason, by refusal, by customer and by day.
//!
//! Sums only, of fixed size for a fixed number of customers. Tallies of several workers are merged;
//! the order does not matter, so that the report is the same on every machine.

use super::actions::ActionIndex;
use super::found::{Example, Examples, Flow, Free, Leak};
use super::row::Row;
use super::spread::Spread;
use probity_core::contract::Contract;
use probity_core::decide::Code;
use probity_core::{Amount, Cost, Currency, Money, Outcome, Time};
use std::collections::BTreeMap;

/// One action.
#[derive(Clone, Debug)]
pub(crate) struct OfAction {
    /// Rows that name it, and what is charged for them today.
    pub(crate) flow: Flow,
    /// How they ended.
    pub(crate) outcomes: BTreeMap<Outcome, u64>,
    /// Runs that the contract charges.
    pub(crate) charged_runs: u64,
    /// What it charges.
    pub(crate) charged: Amount,
    /// Runs that cost nothing, by reason.
    pub(crate) free: BTreeMap<Free, Flow>,
    /// Runs that are refused.
    pub(crate) refused: Flow,
    /// What rows cost, where it is known.
    pub(crate) cost: Cost,
    /// How many rows that is.
    pub(crate) costed: u64,
    /// How it is spread over single rows.
    pub(crate) spread: Spread,
    /// Of the cost, what would not be yours: runs refused, sent twice, or on customers' own keys.
    pub(crate) spared: Cost,
}

/// One refusal's code.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// Rows.
    pub(crate) flow: Flow,
    /// What they would have cost, where that is known.
    pub(crate) needs: Amount,
    /// Customers who meet it.
    pub(crate) customers: u64,
    /// Examples.
    pub(crate) examples: Examples,
    /// The earliest, put into words: its line, and what the customer reads.
    pub(crate) first: Option<(u64, String)>,
}

/// A run that is refused.
#[derive(Clone, Debug)]
pub(crate) struct Denied {
    /// Why.
    pub(crate) code: Code,
    /// What it would have cost; nothing where that is not known.
    pub(crate) needs: Amount,
    /// What the customer reads, where it was asked for.
    pub(crate) words: Option<String>,
}

/// What a customer comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfCustomer {
    /// Who.
    pub(crate) customer: u32,
    /// Their plan at the end, by place.
    pub(crate) plan: u16,
    /// Rows.
    pub(crate) rows: u64,
    /// Charged today.
    pub(crate) today: Money,
    /// Charged under the contract.
    pub(crate) charged: Amount,
    /// Rows refused under it.
    pub(crate) refused: u64,
    /// What the plan's periods and the packs cost.
    pub(crate) bill: Money,
    /// What their rows cost you, where it is known.
    pub(crate) cost: Cost,
    /// How many rows that is.
    pub(crate) costed: u64,
    /// Of that, what would not be yours.
    pub(crate) spared: Cost,
}

/// One day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfDay {
    /// Charged today.
    pub(crate) today: Money,
    /// Charged under the contract.
    pub(crate) charged: Amount,
    /// What rows cost you, where it is known.
    pub(crate) cost: Cost,
    /// How many rows that is.
    pub(crate) costed: u64,
}

/// What the replay had to take as given, and how often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Assumed {
    /// Rows of an action charged once per thing, without a thing: each counts as its own.
    pub(crate) no_artifact: u64,
    /// Rows of a per-quantity action without a quantity: each counts as one unit.
    pub(crate) no_quantity: u64,
    /// Partial results that do not say how much of how much arrived: counted as free.
    pub(crate) no_parts: u64,
    /// Rows that came later than the window reaches: decided at their customer's latest time.
    pub(crate) late: u64,
    /// Runs that would have been asked for agreement first: taken as agreed.
    pub(crate) agreed: u64,
    /// Things not seen for so long that they were forgotten to bound memory.
    pub(crate) forgotten: u64,
}

/// All that is added up.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    currency: Currency,
    /// Rows in all.
    pub(crate) flow: Flow,
    /// Cost of all rows, where it is known.
    pub(crate) cost: Cost,
    /// How many rows that is.
    pub(crate) costed: u64,
    /// How many rows say what is charged for them today.
    pub(crate) told: u64,
    /// The first and the last instant.
    pub(crate) span: Option<(Time, Time)>,
    /// By action, in the order of the contract.
    pub(crate) actions: Vec<OfAction>,
    /// Rows that name no action.
    pub(crate) unmapped: Flow,
    /// By refusal.
    pub(crate) refusals: BTreeMap<Code, Refused>,
    /// Rows refused on a plan that they do not say: another might allow them.
    pub(crate) refused_on_guess: u64,
    /// Charged today though nothing was owed.
    pub(crate) leaks: BTreeMap<Leak, (Flow, Examples)>,
    /// Rows that the contract cannot decide as they are, by what is wrong: how many, the first line.
    pub(crate) undecided: BTreeMap<String, (u64, u64)>,
    /// By day: its number.
    pub(crate) days: BTreeMap<i32, OfDay>,
    /// By customer.
    pub(crate) customers: Vec<OfCustomer>,
    /// Taken as given.
    pub(crate) assumed: Assumed,
}

impl Tally {
    /// Nothing yet, under a contract.
    pub(crate) fn new(contract: &Contract) -> Self {
        let currency = contract.currency;
        let action = OfAction {
            flow: Flow::none(currency),
            outcomes: BTreeMap::new(),
            charged_runs: 0,
            charged: Amount::ZERO,
            free: BTreeMap::new(),
            refused: Flow::none(currency),
            cost: Cost::ZERO,
            costed: 0,
            spread: Spread::default(),
            spared: Cost::ZERO,
        };
        Self {
            currency,
            flow: Flow::none(currency),
            cost: Cost::ZERO,
            costed: 0,
            told: 0,
            span: None,
            actions: vec![action; contract.actions.len()],
            unmapped: Flow::none(currency),
            refusals: BTreeMap::new(),
            refused_on_guess: 0,
            leaks: BTreeMap::new(),
            undecided: BTreeMap::new(),
            days: BTreeMap::new(),
            customers: Vec::new(),
            assumed: Assumed::default(),
        }
    }

    /// What today's billing charges for a row.
    pub(crate) fn today(&self, row: &Row) -> Money {
        Money::of_trillionths(self.currency, i128::from(row.charged.unwrap_or(0)))
    }

    /// Counts a row as it stands in the log.
    pub(crate) fn row(&mut self, row: &Row, day: i32) {
        let today = self.today(row);
        let cost = row.cost.map(Cost::of_trillionths);
        self.flow.add(today);
        self.told += u64::from(row.charged.is_some());
        let (first, last) = self.span.unwrap_or((row.at, row.at));
        self.span = Some((first.min(row.at), last.max(row.at)));
        let of_day = self.day(day);
        grow(&mut of_day.today, today);
        if let Some(cost) = cost {
            grow_cost(&mut of_day.cost, cost);
            of_day.costed += 1;
            grow_cost(&mut self.cost, cost);
            self.costed += 1;
        }
        let Some(action) = self.action(row.action) else {
            self.unmapped.add(today);
            return;
        };
        action.flow.add(today);
        *action.outcomes.entry(row.outcome).or_default() += 1;
        if let (Some(cost), Some(trillionths)) = (cost, row.cost) {
            grow_cost(&mut action.cost, cost);
            action.costed += 1;
            action.spread.add(trillionths);
        }
    }

    /// Counts a run that the contract charges.
    pub(crate) fn charge(&mut self, row: &Row, day: i32, charged: Amount) {
        grow_amount(&mut self.day(day).charged, charged);
        if let Some(action) = self.action(row.action) {
            action.charged_runs += 1;
            grow_amount(&mut action.charged, charged);
        }
    }

    /// Counts a run that costs nothing.
    pub(crate) fn free(&mut self, row: &Row, why: Free) {
        let (today, none) = (self.today(row), Flow::none(self.currency));
        if let Some(action) = self.action(row.action) {
            action.free.entry(why).or_insert(none).add(today);
            if matches!(why, Free::OnYourKey | Free::SameRequest) {
                action.spare(row);
            }
        }
    }

    /// Counts a run that is refused; `is_first`: the first of this code for its customer.
    pub(crate) fn refuse(&mut self, row: &Row, denied: Denied, is_first: bool) {
        let (today, none) = (self.today(row), Flow::none(self.currency));
        if let Some(action) = self.action(row.action) {
            action.refused.add(today);
            action.spare(row);
        }
        let is_guess = row.plan.is_none() && denied.code != Code::BadInput;
        self.refused_on_guess += u64::from(is_guess);
        let refused = self.refusals.entry(denied.code).or_insert_with(|| Refused {
            flow: none,
            needs: Amount::ZERO,
            customers: 0,
            examples: Examples::default(),
            first: None,
        });
        refused.flow.add(today);
        grow_amount(&mut refused.needs, denied.needs);
        refused.customers += u64::from(is_first);
        refused.examples.add(Example::of(row));
        if let Some(words) = denied.words {
            refused.first = Some((row.line, words));
        }
    }

    /// Counts what is charged today though nothing was owed; `is_owned`: for what was owned already.
    pub(crate) fn leak(&mut self, row: &Row, leak: Leak, is_owned: bool) {
        let (today, none) = (self.today(row), Flow::none(self.currency));
        let (flow, examples) =
            self.leaks.entry(leak).or_insert_with(|| (none, Examples::default()));
        flow.add(today);
        if today.is_positive() {
            examples.add(Example { is_owned, ..Example::of(row) });
        }
    }

    /// Counts a row that the contract cannot decide as it is.
    pub(crate) fn undecided(&mut self, row: &Row, why: String) {
        let (n, first) = self.undecided.entry(why).or_insert((0, row.line));
        *n += 1;
        *first = row.line.min(*first);
    }

    fn action(&mut self, index: Option<ActionIndex>) -> Option<&mut OfAction> {
        self.actions.get_mut(usize::from(index?))
    }

    fn day(&mut self, day: i32) -> &mut OfDay {
        let none = Money::zero(self.currency);
        let empty = OfDay { today: none, charged: Amount::ZERO, cost: Cost::ZERO, costed: 0 };
        self.days.entry(day).or_insert(empty)
    }

    /// Adds what another worker added up.
    pub(crate) fn merge(&mut self, other: Self) {
        let none = Flow::none(self.currency);
        self.flow.merge(&other.flow);
        grow_cost(&mut self.cost, other.cost);
        self.costed += other.costed;
        self.told += other.told;
        self.span = match (self.span, other.span) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (own, others) => own.or(others),
        };
        for (own, others) in self.actions.iter_mut().zip(&other.actions) {
            own.merge(others, none);
        }
        self.unmapped.merge(&other.unmapped);
        self.refused_on_guess += other.refused_on_guess;
        for (code, others) in other.refusals {
            match self.refusals.entry(code) {
                std::collections::btree_map::Entry::Vacant(free) => drop(free.insert(others)),
                std::collections::btree_map::Entry::Occupied(mut own) => {
                    own.get_mut().merge(others)
                }
            }
        }
        for (leak, (flow, examples)) in other.leaks {
            let own = self.leaks.entry(leak).or_insert_with(|| (none, Examples::default()));
            own.0.merge(&flow);
            own.1.merge(examples);
        }
        for (why, (n, first)) in other.undecided {
            let own = self.undecided.entry(why).or_insert((0, first));
            own.0 += n;
            own.1 = own.1.min(first);
        }
        for (day, others) in other.days {
            let own = self.day(day);
            grow(&mut own.today, others.today);
            grow_amount(&mut own.charged, others.charged);
            grow_cost(&mut own.cost, others.cost);
            own.costed += others.costed;
        }
        self.customers.extend(other.customers);
        self.assumed.merge(other.assumed);
    }
}

impl OfAction {
    fn spare(&mut self, row: &Row) {
        if let Some(cost) = row.cost {
            grow_cost(&mut self.spared, Cost::of_trillionths(cost));
        }
    }

    fn merge(&mut self, other: &Self, none: Flow) {
        self.flow.merge(&other.flow);
        for (outcome, n) in &other.outcomes {
            *self.outcomes.entry(*outcome).or_default() += n;
        }
        self.charged_runs += other.charged_runs;
        grow_amount(&mut self.charged, other.charged);
        for (why, flow) in &other.free {
            self.free.entry(*why).or_insert(none).merge(flow);
        }
        self.refused.merge(&other.refused);
        grow_cost(&mut self.cost, other.cost);
        self.costed += other.costed;
        self.spread.merge(&other.spread);
        grow_cost(&mut self.spared, other.spared);
    }
}

impl Refused {
    fn merge(&mut self, other: Self) {
        self.flow.merge(&other.flow);
        grow_amount(&mut self.needs, other.needs);
        self.customers += other.customers;
        self.examples.merge(other.examples);
        self.first = match (self.first.take(), other.first) {
            (Some(own), Some(others)) => Some(own.min(others)),
            (own, others) => own.or(others),
        };
    }
}

impl Assumed {
    const fn merge(&mut self, other: Self) {
        self.no_artifact += other.no_artifact;
        self.no_quantity += other.no_quantity;
        self.no_parts += other.no_parts;
        self.late += other.late;
        self.agreed += other.agreed;
        self.forgotten += other.forgotten;
    }
}

/// Adds to a sum; beyond what can be counted it stays where it is (no log reaches that).
pub(crate) fn grow(sum: &mut Money, more: Money) {
    *sum = sum.plus(more).unwrap_or(*sum);
}

/// Adds to a sum of credits.
pub(crate) fn grow_amount(sum: &mut Amount, more: Amount) {
    *sum = sum.plus(more).unwrap_or(*sum);
}

/// Adds to a sum of costs.
pub(crate) fn grow_cost(sum: &mut Cost, more: Cost) {
    *sum = sum.plus(more).unwrap_or(*sum);
}
