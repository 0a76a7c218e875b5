//! A tally held against what the contract says a unit costs and brings.

use super::{Account, Books, Cause, Cell, Earned, Gratis, Spent, Tally};
use crate::amount::Amount;
use crate::contract::{Contract, Operations, Percent};
use crate::id::Name;
use crate::margin::{ActionMargin, CreditValue, Earning, HarshPair, Margin};
use crate::money::Cost;
use std::collections::BTreeMap;

/// What the contract in force says of an action on a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Typical cost of a unit. None: unknown.
    pub typical: Option<Cost>,
    /// Its cost at worst. None: unknown.
    pub worst: Option<Cost>,
    /// What is left of the usual price at the typical cost.
    pub margin: Option<Margin>,
    /// What is left at worst.
    pub worst_margin: Option<Margin>,
}

/// What is left of what came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Charges less what was given back, of credits that were paid for, at the lowest value of a credit.
    /// None: nothing says what a credit is worth in dollars.
    pub revenue: Option<Cost>,
    /// Revenue less overhead less the cost that is known. None: nothing of it is.
    pub profit: Option<Cost>,
    /// Profit as a share of revenue; None: there is no revenue. Where a cost is not known it is less.
    pub margin: Option<Margin>,
}

/// How high the cost of a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Above {
    /// No more than is typical, or it cannot be said.
    Nothing,
    /// More than is typical.
    Typical,
    /// More than it costs at worst.
    Worst,
}

/// A line of the report.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Which action; None: all of them.
    pub action: Option<Name>,
    /// On which plan; None: all of them.
    pub plan: Option<Name>,
    /// In which books.
    pub books: Books,
    /// What was seen.
    pub cell: Cell,
    /// What is left.
    pub left: Left,
    /// What a unit cost, redos, failures and all, as far as costs are known: of the runs that calls
    /// were reported of. None: there is none.
    pub unit_cost: Option<Cost>,
    /// What the contract says.
    pub expected: Expected,
    /// The pair behind a harsh rule at the rate that was seen.
    pub pair: Option<HarshPair>,
}

impl Observed {
    /// How high the cost of a unit is against what the contract says.
    #[must_use]
    pub fn above(&self) -> Above {
        let over = |most: Option<Cost>| self.unit_cost.zip(most).is_some_and(|(is, m)| is > m);
        if over(self.expected.worst) {
            Above::Worst
        } else if over(self.expected.typical) {
            Above::Typical
        } else {
            Above::Nothing
        }
    }

    /// Is everything known that it cost?
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.cell.ours.is_whole()
    }
}

/// A customer of the tail.
#[derive(Clone, Debug)]
pub struct Tail {
    /// Who.
    pub customer: Name,
    /// In which books.
    pub books: Books,
    /// What was seen.
    pub account: Account,
    /// What is left.
    pub left: Left,
}

/// The whole report.
#[derive(Clone, Debug)]
pub struct Report {
    /// The lowest value of a credit; None where nothing says what one is worth.
    pub credit: Option<CreditValue>,
    /// The margin to keep, `keep_margin.typical`.
    pub keep: Option<Percent>,
    /// Each action on each plan, by books.
    pub rows: Vec<Observed>,
    /// All together, for each of the books that anything was seen in.
    pub totals: Vec<Observed>,
    /// The customers who cost more than they bring, those first who lose us most; then those who cost
    /// us most.
    pub tail: Vec<Tail>,
    /// Of some customers only a part is known: there were too many.
    pub let_go: bool,
    /// Models of attempts whose cost is not known, with how many.
    pub unknown_models: BTreeMap<String, u64>,
}

impl Report {
    /// Holds a tally against the contract and operations in force, with at most so many customers.
    #[must_use]
    pub fn of(tally: &Tally, contract: &Contract, operations: &Operations, tail: usize) -> Self {
        let judge = Judge { contract, operations, credit: CreditValue::lowest(contract) };
        let mut totals: BTreeMap<Books, Cell> = BTreeMap::new();
        let mut rows = Vec::new();
        for ((action, plan, books), cell) in &tally.cells {
            totals.entry(*books).or_default().merge(cell);
            rows.push(judge.row(action, plan, *books, cell.clone()));
        }
        let totals = totals.into_iter().map(|(books, cell)| judge.total(books, cell)).collect();
        Self {
            keep: operations.costs.as_ref().and_then(|costs| costs.keep_typical),
            rows,
            totals,
            tail: judge.tail(tally, tail),
            let_go: tally.let_go,
            unknown_models: tally.unknown_models.clone(),
            credit: judge.credit,
        }
    }
}

struct Judge<'a> {
    contract: &'a Contract,
    operations: &'a Operations,
    credit: Option<CreditValue>,
}

impl Judge<'_> {
    fn row(&self, action: &Name, plan: &Name, books: Books, cell: Cell) -> Observed {
        let known = self.contract.actions.get(action);
        let expected = known.zip(self.contract.plans.get(plan)).map(|(action, plan)| {
            let credit = self.credit.as_ref();
            let margin = ActionMargin::of(self.contract, self.operations, action, plan, credit);
            Expected {
                typical: margin.cost.typical,
                worst: margin.cost.worst,
                margin: margin.typical.and_then(|earning| earning.margin),
                worst_margin: margin.worst.and_then(|earning| earning.margin),
            }
        });
        let smallest = self.contract.credit.smallest;
        Observed {
            pair: known.and_then(|action| HarshPair::of(action, smallest, cell.empty_rate())),
            expected: expected.unwrap_or_default(),
            action: Some(action.clone()),
            plan: Some(plan.clone()),
            unit_cost: unit_cost(&cell),
            ..self.total(books, cell)
        }
    }

    fn total(&self, books: Books, cell: Cell) -> Observed {
        Observed {
            action: None,
            plan: None,
            books,
            left: self.left(&cell.earned, &cell.ours),
            unit_cost: None,
            expected: Expected::default(),
            pair: None,
            cell,
        }
    }

    fn left(&self, earned: &Earned, ours: &Spent) -> Left {
        let revenue = self.revenue(earned);
        let overhead = super::super::overhead(self.operations);
        let known = revenue.zip(ours.known());
        let earning = known.and_then(|(revenue, cost)| Earning::of(revenue, cost, overhead));
        Left {
            revenue,
            profit: earning.map(|earning| earning.profit),
            margin: earning.filter(|e| e.income.is_positive()).and_then(|earning| earning.margin),
        }
    }

    /// What came in less what went back, at the lowest value of a credit. What nobody paid for brings
    /// nothing, and what perhaps somebody pays for counts once it is known.
    fn revenue(&self, earned: &Earned) -> Option<Cost> {
        let worth = |millionths: u128| {
            let amount = Amount::from_millionths(i64::try_from(millionths).ok()?)?;
            self.credit.as_ref()?.worth(amount)
        };
        worth(earned.paid)?.minus(worth(earned.paid_back)?)
    }

    /// Who loses us most, then who costs us most.
    fn tail(&self, tally: &Tally, most: usize) -> Vec<Tail> {
        let mut all: Vec<(Cost, Cost, &(Books, Name), &Account)> = tally
            .customers
            .iter()
            .filter(|(_, account)| account.ours.attempts > 0)
            .map(|(who, account)| {
                let profit = self.left(&account.earned, &account.ours).profit;
                let loss = profit.filter(|profit| *profit < Cost::ZERO).unwrap_or_default();
                (loss, account.ours.cost, who, account)
            })
            .collect();
        let by_loss = |a: &(Cost, Cost, &(Books, Name), &Account), b: &(Cost, Cost, _, _)| {
            a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then_with(|| a.2.cmp(b.2))
        };
        all.sort_by(by_loss);
        all.truncate(most);
        let tail = all.into_iter().map(|(_, _, (books, customer), account)| Tail {
            customer: customer.clone(),
            books: *books,
            account: *account,
            left: self.left(&account.earned, &account.ours),
        });
        tail.collect()
    }
}

/// What a unit cost; None where there was none.
fn unit_cost(cell: &Cell) -> Option<Cost> {
    let units = u64::try_from(cell.units_told).ok()?;
    cell.ours.known()?.share(1_000_000, units)
}

impl Cell {
    /// Runs that brought nothing, the dearest cause first.
    #[must_use]
    pub fn gratis_by_cost(&self) -> Vec<(Cause, Gratis)> {
        let mut all: Vec<_> = self.gratis.iter().map(|(cause, gratis)| (*cause, *gratis)).collect();
        all.sort_by(|a, b| b.1.spent.cost.cmp(&a.1.spent.cost).then(a.0.cmp(&b.0)));
        all
    }
}
