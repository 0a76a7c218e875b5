//! Moving in: a credits table written by hand becomes grants in the books.
//!
//! The table is read twice, row by row: once to find ids that stand in it twice (`survey`), once to have
//! each row judged (`row`) and brought into the books some hundred at a time (`work`). What was adopted
//! before is read from the customers' own entries (`before`), never from a memory beside them: so the same
//! again changes nothing, whenever it is run and wherever it was interrupted. Nothing is decided here; every
//! change is a request of the API.

mod before;
mod columns;
mod row;
mod sum;
pub(crate) mod table;
mod tally;
mod terms;
mod work;

pub(crate) use columns::Columns;
pub(crate) use row::Bad;
pub(crate) use sum::Sum;
pub(crate) use table::Table;
pub(crate) use tally::Tally;
pub(crate) use terms::Terms;
pub(crate) use work::{Work, survey};

use clap::ValueEnum;
use probity_core::Time;
use std::collections::BTreeMap;

/// What kind of credits an opening balance becomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Kind {
    /// Bought: they last as the contract promises for bought ones, and a later import can lower them
    Bought,
    /// A gift: until a day that you say; a later import cannot lower it
    Gift,
    /// Goodwill: as a gift, named so to the customer
    Goodwill,
    /// Plan credits: they come with the plan itself, and cannot be given
    #[value(hide = true)]
    Plan,
}

impl Kind {
    /// Its word in the books.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Bought => "bought",
            Self::Gift => "gift",
            Self::Goodwill => "goodwill",
            Self::Plan => "plan",
        }
    }
}

/// What the credits are that a plan gives when a customer is opened on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum PlanCredits {
    /// The table's balance holds them already: only the rest is granted
    Included,
    /// They come on top of the table's balance
    Extra,
}

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The adoption's name: what was adopted under it is known again.
    pub(crate) name: String,
    /// What kind of credits.
    pub(crate) kind: Kind,
    /// Until when, for gifts and goodwill; None: as the contract says.
    pub(crate) expires: Option<Time>,
    /// The plan of rows that say none.
    pub(crate) plan: Option<String>,
    /// Their words for plans, and ours.
    pub(crate) plans: BTreeMap<String, String>,
    /// Are a plan's first credits part of the balance?
    pub(crate) plan_credits: PlanCredits,
    /// What is finer than the contract counts is rounded up, not refused.
    pub(crate) rounds_up: bool,
    /// What differs from before is followed.
    pub(crate) delta: bool,
    /// Nothing is written.
    pub(crate) dry_run: bool,
}

impl Asked {
    /// The id of the nth payment, and the key of the request that books it.
    pub(crate) fn mark(&self, n: u32) -> String {
        format!("adopt.{}.{n}", self.name)
    }

    /// Why credits were given, for the books: the mark stands in it.
    pub(crate) fn reason(&self, n: u32) -> String {
        format!("opening balance ({})", self.mark(n))
    }

    /// The number of a mark of this adoption.
    pub(crate) fn number(&self, mark: &str) -> Option<u32> {
        let rest = mark.strip_prefix("adopt.")?.strip_prefix(&self.name)?.strip_prefix('.')?;
        rest.parse().ok()
    }

    /// The number of a reason of this adoption.
    pub(crate) fn reason_number(&self, reason: &str) -> Option<u32> {
        self.number(reason.strip_prefix("opening balance (")?.strip_suffix(')')?)
    }

    /// Why credits were taken back, for the books.
    pub(crate) fn lowers(&self) -> String {
        format!("the table went down since ({})", self.mark(0))
    }
}
