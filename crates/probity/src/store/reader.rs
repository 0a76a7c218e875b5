//! Reading: what is committed, also while the committer writes. It holds nobody up.

use super::{
    CustomerNumber, Delivery, DeliveryState, KeptAnswer, Publication, Question, QuestionReply,
    Recalled, Rested, SealedKey, StoreError, TheirKey, Told, Undelivered, Written,
};
use crate::environment::Environment;
use probity_core::{Name, RunId, Time};

/// So many events that stay are looked at, at once, for one that may go.
pub const LOOKED_AT: usize = 1000;

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

/// A question about a receipt, with what was said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replied {
    /// What is asked.
    pub question: Question,
    /// What was said, the oldest first.
    pub replies: Vec<QuestionReply>,
}

/// What reads a store: everything that is committed, and nothing else.
pub trait Reader: Send {
    /// The number of a customer; None: never seen.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn number_of(
        &mut self,
        environment: Environment,
        id: &str,
    ) -> Result<Option<CustomerNumber>, StoreError>;

    /// What is kept of a customer, from their snapshot on; `whole`: from their first entry on, all
    /// snapshots left aside.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read, or there is no such customer.
    fn recall(&mut self, customer: CustomerNumber, whole: bool) -> Result<Recalled, StoreError>;

    /// Whose entry stands at this place; None: there is none yet.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn owner(&mut self, entry: u64) -> Result<Option<CustomerNumber>, StoreError>;

    /// A run of a customer at rest.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn rested(
        &mut self,
        customer: CustomerNumber,
        run: RunId,
    ) -> Result<Option<Rested>, StoreError>;

    /// Runs of a customer at rest that began before this place, the newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn rested_before(
        &mut self,
        customer: CustomerNumber,
        place: u64,
        limit: usize,
    ) -> Result<Vec<Rested>, StoreError>;

    /// The place of the oldest kept answer; 0: there is none.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn first_answer(&mut self) -> Result<u64, StoreError>;

    /// Customers of an environment with a number above `after`, in order, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn customers(
        &mut self,
        environment: Environment,
        after: CustomerNumber,
        limit: usize,
    ) -> Result<Vec<CustomerNumber>, StoreError>;

    /// A kept answer; None: there is none, or it was too old to be kept.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn answer(&mut self, number: u64) -> Result<Option<KeptAnswer>, StoreError>;

    /// Entries of a customer with a number above `after`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn entries(
        &mut self,
        customer: CustomerNumber,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Written>, StoreError>;

    /// What was published, in both environments, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn publications(&mut self) -> Result<Vec<Publication>, StoreError>;

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

    /// Questions of an environment to which nothing was said yet, whose number is below `below`, the
    /// newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn questions_below(
        &mut self,
        environment: Environment,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Asked>, StoreError>;

    /// The questions about a run of a customer, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn questions_of(
        &mut self,
        customer: CustomerNumber,
        run: RunId,
    ) -> Result<Vec<Replied>, StoreError>;

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

    /// Whose payment or subscription an id of a payment provider is; None: it is not known.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn whose(&mut self, environment: Environment, id: &str) -> Result<Option<Name>, StoreError>;

    /// A customer's own AI key for a provider, sealed; None: none is kept.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn own_key(
        &mut self,
        environment: Environment,
        customer: &str,
        provider: &str,
    ) -> Result<Option<SealedKey>, StoreError>;

    /// Sealed keys of both environments that come after one, in the order of customers' numbers and
    /// providers, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn own_keys_after(
        &mut self,
        after: (CustomerNumber, &str),
        limit: usize,
    ) -> Result<Vec<TheirKey>, StoreError>;

    /// Was a customer told this already, which is told once?
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn is_told(&mut self, customer: CustomerNumber, once: &str) -> Result<bool, StoreError>;

    /// Events of an environment after a place and up to another, oldest first, at most `limit`; of one
    /// customer only, where one is named. No others are looked at.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn events_after(
        &mut self,
        environment: Environment,
        customer: Option<&str>,
        stretch: (u64, u64),
        limit: usize,
    ) -> Result<Vec<Told>, StoreError>;

    /// The event at a place; None: there is none, or it was too old to be kept.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn event(&mut self, place: u64) -> Result<Option<Told>, StoreError>;

    /// The place of the last event; 0: there is none.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn last_event(&mut self) -> Result<u64, StoreError>;

    /// The place of the oldest event after a place that may go. Those told once stay: after looking at
    /// [`LOOKED_AT`] of them it is the place of the last, and the next look goes on there. 0: there is none.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn first_event(&mut self, after: u64) -> Result<u64, StoreError>;

    /// The place of the first event told at an instant of the computer's clock or later; None: there is
    /// none yet.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn told_since(&mut self, since: Time) -> Result<Option<u64>, StoreError>;

    /// Deliveries to an endpoint that are due, the longest due first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn deliveries_due(
        &mut self,
        endpoint: &str,
        now: Time,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError>;

    /// When the next delivery to an endpoint is due after an instant; None: none is.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn next_delivery(&mut self, endpoint: &str, after: Time) -> Result<Option<Time>, StoreError>;

    /// How many deliveries wait, and how many are dead.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be counted.
    fn undelivered(&mut self) -> Result<Undelivered, StoreError>;

    /// Deliveries to an endpoint of events below a place, the newest first, at most `limit`; only those
    /// in a state, where one is named.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    fn deliveries_below(
        &mut self,
        endpoint: &str,
        state: Option<DeliveryState>,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError>;
}
