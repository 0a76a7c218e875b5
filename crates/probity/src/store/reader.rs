//! Reading beside the writer: what is committed, for lists and reports. It holds nobody up.

use super::{Question, StoreError, Written};
use crate::environment::Environment;
use probity_core::Name;

/// Whose entry it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theirs {
    /// In which books.
    pub environment: Environment,
    /// Whose.
    pub customer: Name,
    /// The entry.
    pub written: Written,
}

/// A question about a receipt, with who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its place among the questions of the store: from 1.
    pub number: u64,
    /// Who.
    pub customer: Name,
    /// What.
    pub question: Question,
}

/// Reads what is committed, also while the writer writes.
pub trait Reader: Send {
    /// Entries whose place is below `below`, of both environments, the newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn journal_below(&mut self, below: u64, limit: usize) -> Result<Vec<Theirs>, StoreError>;

    /// The entry at a place; None: there is none yet.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn entry(&mut self, place: u64) -> Result<Option<Written>, StoreError>;

    /// Questions of an environment whose number is below `below`, the newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn questions_below(
        &mut self,
        environment: Environment,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Asked>, StoreError>;

    /// Ids of customers of an environment that come after one, in their order, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn customers_after(
        &mut self,
        environment: Environment,
        after: &str,
        limit: usize,
    ) -> Result<Vec<Name>, StoreError>;
}
