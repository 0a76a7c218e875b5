//! One row of a usage log in the form it is replayed in: small, fixed in size, without texts.
//!
//! Names are numbers given by the reader, artifacts and ids are fingerprints. A row that cannot be
//! read is a [`Reason`], never a guess.

use super::actions::ActionIndex;
use super::role::Role;
use probity_core::{Outcome, Time, phrase};
use std::borrow::Cow;
use std::fmt;
use std::num::NonZeroU64;

/// The cells of one row by role, as text; empty where the log has none.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    cells: [Cow<'a, str>; Role::COUNT],
    /// Which of a role's columns each comes from.
    ranks: [u8; Role::COUNT],
}

impl Default for Fields<'_> {
    fn default() -> Self {
        Self { cells: [const { Cow::Borrowed("") }; Role::COUNT], ranks: [u8::MAX; Role::COUNT] }
    }
}

impl<'a> Fields<'a> {
    /// The cell of a role, without the spaces around it.
    pub(crate) fn get(&self, role: Role) -> &str {
        let cell = self.cells.get(role as usize).map_or("", |cell| cell);
        match cell.as_bytes() {
            // Nearly every cell has none, and this is asked of every cell.
            [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => cell,
            _ => cell.trim(),
        }
    }

    /// Takes over the cells that `found` has, as texts of its own.
    pub(crate) fn take_owned(&mut self, found: &Fields<'_>) {
        for role in Role::ALL {
            let cell = found.get(role);
            if !cell.is_empty() {
                let rank = found.ranks.get(role as usize).copied().unwrap_or(0);
                let cell = Cow::Owned(cell.to_owned());
                if rank == u8::MAX {
                    self.set(role, cell)
                } else {
                    self.set_one_of(role, rank, cell)
                }
            }
        }
    }

    /// Sets the cell of a role.
    pub(crate) fn set(&mut self, role: Role, cell: Cow<'a, str>) {
        if let Some(slot) = self.cells.get_mut(role as usize) {
            *slot = cell;
        }
    }

    /// Sets the cell of a role that several columns may fill: the first that is not empty holds.
    pub(crate) fn set_one_of(&mut self, role: Role, rank: u8, cell: Cow<'a, str>) {
        let Some(own) = self.ranks.get_mut(role as usize) else { return };
        if rank < *own && !cell.trim().is_empty() {
            *own = rank;
            self.set(role, cell);
        }
    }
}

/// One use of an action, as the log tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its line in the log, counted from 1.
    pub(crate) line: u64,
    /// When.
    pub(crate) at: Time,
    /// Who, in the order of first appearance.
    pub(crate) customer: u32,
    /// The plan, by its place in the contract; None: the log does not say.
    pub(crate) plan: Option<u16>,
    /// What, by its place in the contract; None: nothing names an action.
    pub(crate) action: Option<ActionIndex>,
    /// The model, in the order of first appearance; None: the log does not say.
    pub(crate) model: Option<u16>,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// The artifact's fingerprint.
    pub(crate) artifact: Option<NonZeroU64>,
    /// The request id's fingerprint.
    pub(crate) id: Option<NonZeroU64>,
    /// How many units.
    pub(crate) quantity: Option<u32>,
    /// How many parts arrived, or units.
    pub(crate) parts: Option<u32>,
    /// Tokens, where the log counts them.
    pub(crate) tokens: Option<TokenUse>,
    /// What it cost you, in trillionths of a US dollar.
    pub(crate) cost: Option<i64>,
    /// What the customer is charged for it today, in trillionths of the contract's currency.
    pub(crate) charged: Option<i64>,
}

/// Tokens of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TokenUse {
    /// Read by the model, cached ones included.
    pub(crate) input: u32,
    /// Written by it.
    pub(crate) output: u32,
    /// Of those read, from a cache.
    pub(crate) cached: u32,
}

/// Why a row cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// A NUL byte.
    HasNul,
    /// Longer than a row can be.
    TooLong,
    /// A quote that is never closed.
    OpenQuote,
    /// More or fewer cells than the header.
    Cells {
        /// In this row.
        has: usize,
        /// In the header.
        header: usize,
    },
    /// Not a JSON object.
    NotJson,
    /// An empty cell that a row cannot do without.
    Missing(Role),
    /// A cell that is not what its role needs.
    Unreadable(Role),
    /// A number with a comma that groups no thousands: it may stand for a decimal point.
    OddComma(Role),
    /// A time that has not come yet.
    InFuture,
}

impl Reason {
    /// Its stable word in the JSON report.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::NotUtf8 => "not_utf8",
            Self::HasNul => "has_nul",
            Self::TooLong => "too_long",
            Self::OpenQuote => "open_quote",
            Self::Cells { .. } => "wrong_cell_count",
            Self::NotJson => "not_json",
            Self::Missing(_) => "missing",
            Self::Unreadable(Role::Outcome) => "unknown_outcome",
            Self::Unreadable(_) => "unreadable",
            Self::OddComma(_) => "odd_comma",
            Self::InFuture => "in_future",
        }
    }

    /// The role whose cell is to blame, where it is one.
    pub(crate) const fn role(self) -> Option<Role> {
        match self {
            Self::Missing(role) | Self::Unreadable(role) | Self::OddComma(role) => Some(role),
            Self::InFuture => Some(Role::Time),
            _ => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => f.write_str("is not UTF-8 text"),
            Self::HasNul => f.write_str("has a NUL byte"),
            Self::TooLong => f.write_str("is longer than 8 MiB"),
            Self::OpenQuote => f.write_str("opens a quote that is never closed"),
            Self::Cells { has, header } => {
                write!(f, "has {}, the header has {header}", phrase::count(*has as u64, "cell"))
            }
            Self::NotJson => f.write_str("is not a JSON object"),
            Self::Missing(role) => write!(f, "has no {}", role.word()),
            Self::Unreadable(Role::Time) => {
                f.write_str("has a time that cannot be read (RFC 3339, or since 1970)")
            }
            Self::Unreadable(Role::Outcome) => {
                f.write_str("has an outcome that we do not know (--outcome-map WORD=OUTCOME)")
            }
            Self::Unreadable(
                role @ (Role::Quantity
                | Role::Parts
                | Role::TokensIn
                | Role::TokensOut
                | Role::TokensCached),
            ) => write!(f, "{} is not a whole number from 0 on", role.word()),
            Self::Unreadable(role @ (Role::CacheHit | Role::Cancelled)) => {
                write!(f, "{} is neither yes nor no", role.word())
            }
            Self::OddComma(role) => {
                write!(f, "{} needs a decimal point, not a comma", role.word())
            }
            Self::InFuture => f.write_str("lies in the future"),
            Self::Unreadable(role) => write!(f, "{} is not a number we can read", role.word()),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A row that says as little as a row can.
    pub(crate) fn row() -> Row {
        Row {
            line: 1,
            at: Time::from_micros(0),
            customer: 0,
            plan: None,
            action: None,
            model: None,
            outcome: Outcome::Delivered,
            artifact: None,
            id: None,
            quantity: None,
            parts: None,
            tokens: None,
            cost: None,
            charged: None,
        }
    }

    #[test]
    fn a_row_is_small() {
        assert!(size_of::<Row>() <= 128, "{} bytes", size_of::<Row>());
    }
}
