//! The reasons, findings and examples that a replay counts rows under.

use super::actions::ActionIndex;
use super::row::Row;
use probity_core::{Currency, Money, Outcome};
use std::cmp::Reverse;

/// How many examples of each finding are kept.
const EXAMPLES: usize = 5;

/// Why a run that was not refused costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Free {
    /// The action is free.
    Action,
    /// Within the plan's allowance.
    Allowance,
    /// Owned already.
    Reopened,
    /// The log calls it reopened, but names nothing that could be owned.
    SaidReopened,
    /// The same again within its window.
    SameAgain,
    /// The same request, sent again.
    SameRequest,
    /// A free redo.
    Redo,
    /// The customer's own key pays.
    OnYourKey,
    /// In part, and the log does not say how much.
    PartUntold,
    /// This ending is free.
    Ending(Outcome),
}

impl Free {
    /// Its stable word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Action => "free_action",
            Self::Allowance => "allowance",
            Self::Reopened => "reopened",
            Self::SaidReopened => "said_reopened",
            Self::SameAgain => "same_again",
            Self::SameRequest => "same_request",
            Self::Redo => "redo",
            Self::OnYourKey => "on_your_key",
            Self::PartUntold => "part_untold",
            Self::Ending(outcome) => outcome.word(),
        }
    }
}

/// What today's billing charges for, though nothing was owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Leak {
    /// Runs that ended in a way that is free.
    Failures,
    /// Requests sent twice and double clicks.
    Duplicates,
    /// The same result again.
    Repeats,
    /// What the log calls reopened without naming what could be owned.
    Reopenings,
}

impl Leak {
    /// All of them, in the order they are told.
    pub(crate) const ALL: [Self; 4] =
        [Self::Failures, Self::Duplicates, Self::Repeats, Self::Reopenings];

    /// Its stable word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Failures => "failures",
            Self::Duplicates => "duplicates",
            Self::Repeats => "repeats",
            Self::Reopenings => "reopenings",
        }
    }
}

/// Rows, and what today's billing charges for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// How many rows.
    pub(crate) rows: u64,
    /// How many of them are charged today.
    pub(crate) charged_today: u64,
    /// Today's charges.
    pub(crate) today: Money,
}

impl Flow {
    /// Nothing, in a currency.
    pub(crate) const fn none(currency: Currency) -> Self {
        Self { rows: 0, charged_today: 0, today: Money::zero(currency) }
    }

    /// Counts a row.
    pub(crate) fn add(&mut self, today: Money) {
        self.rows += 1;
        self.charged_today += u64::from(today.is_positive());
        self.today = self.today.plus(today).unwrap_or(self.today);
    }

    /// Adds what another counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.charged_today += other.charged_today;
        self.today = self.today.plus(other.today).unwrap_or(self.today);
    }
}

/// A row shown as an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// Its line.
    pub(crate) line: u64,
    /// Who.
    pub(crate) customer: u32,
    /// What.
    pub(crate) action: Option<ActionIndex>,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// What today's billing charges, in trillionths.
    pub(crate) today: i64,
    /// It was owned already: nobody doubts that nothing was owed.
    pub(crate) is_owned: bool,
}

impl Example {
    /// Of a row.
    pub(crate) fn of(row: &Row) -> Self {
        let Row { line, customer, action, outcome, .. } = *row;
        Self { line, customer, action, outcome, today: row.charged.unwrap_or(0), is_owned: false }
    }
}

/// The few examples that are charged most today, of what was owned before all others; the earlier
/// first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Examples(Vec<Example>);

impl Examples {
    /// Keeps it if it is among them.
    pub(crate) fn add(&mut self, example: Example) {
        let rank = |example: &Example| (Reverse((example.is_owned, example.today)), example.line);
        let is_better = |last: &Example| rank(&example) < rank(last);
        if self.0.len() < EXAMPLES || self.0.last().is_some_and(is_better) {
            let at = self.0.partition_point(|own| rank(own) < rank(&example));
            self.0.insert(at, example);
            self.0.truncate(EXAMPLES);
        }
    }

    /// Adds those of another.
    pub(crate) fn merge(&mut self, other: Self) {
        other.0.into_iter().for_each(|example| self.add(example));
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Example] {
        &self.0
    }
}
