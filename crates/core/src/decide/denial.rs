//! A refusal with its numbers. Words and ways forward are worked out elsewhere, from these.

use super::code::Code;
use crate::amount::Amount;
use crate::id::Name;
use crate::time::Time;

/// A run was refused. Nothing was written and nothing charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// Why.
    pub code: Code,
    /// Which action.
    pub action: Name,
    /// What it would cost; None where the question comes before the price.
    pub needs: Option<Amount>,
    /// What can be spent.
    pub has: Amount,
    /// What is set aside.
    pub held: Amount,
    /// What is missing.
    pub missing: Option<Amount>,
    /// When the limit begins anew by itself.
    pub resets_at: Option<Time>,
    /// Which limit, and whose.
    pub limit: Limit,
    /// What else its sentence needs.
    pub about: About,
    /// The last entry the decision has seen.
    pub as_of_seq: u64,
    /// The contract's version it was decided under.
    pub contract: u32,
}

/// A limit, as text in its own unit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Limit {
    /// Whose or what: `wallet`, `plan`, `member`, `customer`, `operator`, `unusual_day`, …
    pub of: &'static str,
    /// The limit.
    pub limit: Option<String>,
    /// What is used of it.
    pub used: Option<String>,
}

impl Limit {
    /// A limit without numbers.
    #[must_use]
    pub const fn of(of: &'static str) -> Self {
        Self { of, limit: None, used: None }
    }

    /// A limit with its numbers.
    #[must_use]
    pub fn with(of: &'static str, limit: impl ToString, used: impl ToString) -> Self {
        Self { of, limit: Some(limit.to_string()), used: Some(used.to_string()) }
    }
}

/// What a denial's sentence needs beside the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Nothing.
    Nothing,
    /// An operator's reason for the pause.
    OperatorPause(String),
    /// The unusual day: what today came to before this run, and the usual day.
    UnusualDay {
        /// Today's credits, charged and set aside.
        today: Amount,
        /// The mean of days with a charge.
        usual: Amount,
    },
    /// The key was refused by its provider.
    KeyRefused,
    /// Which input, and what is wrong with it.
    Input {
        /// Its name.
        field: String,
        /// What is wrong.
        reason: String,
    },
    /// The harsh rule's warning, filled.
    Warning(String),
    /// A price where the action is free within its allowance.
    Beyond,
    /// A priced redo or a fresh run of something owned.
    PaidAgain,
    /// How often it failed in a row.
    Fails(u32),
    /// The caller's bound.
    MaxPrice(Amount),
}
