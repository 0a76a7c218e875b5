//! Reading on a connection of its own: in WAL nobody waits for it, and it for nobody.

use super::backup::open;
use super::heads::{Head, Heads};
use super::people;
use super::provider_ids;
use super::questions;
use super::read::{self, environment, written};
use super::{events, own_keys};
use crate::environment::Environment;
use crate::store::{
    Asked, CustomerNumber, Delivery, DeliveryState, KeptAnswer, Publication, Reader, Recalled,
    Replied, Rested, SealedKey, StoreError, TheirKey, Theirs, Told, Undelivered, Written,
};
use probity_core::{Name, RunId, Time};
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

/// Opened when it is first asked.
#[derive(Debug)]
pub(super) struct SqliteReader {
    path: PathBuf,
    heads: Arc<RwLock<Heads>>,
    connection: Option<Connection>,
}

impl SqliteReader {
    pub(super) const fn at(path: PathBuf, heads: Arc<RwLock<Heads>>) -> Self {
        Self { path, heads, connection: None }
    }

    fn head(&self, customer: CustomerNumber) -> Head {
        self.heads.read().unwrap_or_else(PoisonError::into_inner).of(customer)
    }

    fn connection(&mut self) -> Result<&Connection, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => open(&self.path)?,
        };
        Ok(self.connection.insert(connection))
    }
}

/// SQLite counts in 63 bits.
fn bounded(n: u64) -> u64 {
    n.min(1 << 62)
}

impl Reader for SqliteReader {
    fn number_of(
        &mut self,
        environment: Environment,
        id: &str,
    ) -> Result<Option<CustomerNumber>, StoreError> {
        read::number_of(self.connection()?, environment, id)
    }

    fn recall(&mut self, customer: CustomerNumber, whole: bool) -> Result<Recalled, StoreError> {
        let head = self.head(customer);
        let together = self.connection()?.unchecked_transaction()?;
        let recalled = read::recall(&together, customer, head, whole)?;
        together.commit()?;
        Ok(recalled)
    }

    fn owner(&mut self, entry: u64) -> Result<Option<CustomerNumber>, StoreError> {
        read::owner(self.connection()?, entry)
    }

    fn rested(
        &mut self,
        customer: CustomerNumber,
        run: RunId,
    ) -> Result<Option<Rested>, StoreError> {
        read::rested(self.connection()?, customer, run)
    }

    fn rested_before(
        &mut self,
        customer: CustomerNumber,
        place: u64,
        limit: usize,
    ) -> Result<Vec<Rested>, StoreError> {
        read::rested_before(self.connection()?, customer, bounded(place), limit)
    }

    fn first_answer(&mut self) -> Result<u64, StoreError> {
        read::first_answer(self.connection()?)
    }

    fn customers(
        &mut self,
        environment: Environment,
        after: CustomerNumber,
        limit: usize,
    ) -> Result<Vec<CustomerNumber>, StoreError> {
        read::customers(self.connection()?, environment, after, limit)
    }

    fn answer(&mut self, number: u64) -> Result<Option<KeptAnswer>, StoreError> {
        read::answer(self.connection()?, number)
    }

    fn entries(
        &mut self,
        customer: CustomerNumber,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Written>, StoreError> {
        let head = self.head(customer);
        read::entries(self.connection()?, (customer, head), after, limit)
    }

    fn publications(&mut self) -> Result<Vec<Publication>, StoreError> {
        read::publications(self.connection()?)
    }

    fn journal_below(&mut self, below: u64, limit: usize) -> Result<Vec<Theirs>, StoreError> {
        let mut query = self.connection()?.prepare_cached(
            "SELECT journal.number, journal.customer, seq, previous, body, hash,
                    customers.environment, customers.customer
             FROM journal JOIN customers ON customers.number = journal.customer
             WHERE journal.number < ?1 ORDER BY journal.number DESC LIMIT ?2",
        )?;
        let rows = query.query_map((bounded(below), limit), |row| {
            let customer = Name::new(row.get_ref(7)?.as_str()?);
            Ok(Theirs { environment: environment(row, 6)?, customer, written: written(row)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn entry(&mut self, place: u64) -> Result<Option<Written>, StoreError> {
        read::entry(self.connection()?, bounded(place))
    }

    fn questions_below(
        &mut self,
        of: Environment,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Asked>, StoreError> {
        questions::open_below(self.connection()?, of, bounded(below), limit)
    }

    fn questions_of(
        &mut self,
        customer: CustomerNumber,
        run: RunId,
    ) -> Result<Vec<Replied>, StoreError> {
        questions::of_run(self.connection()?, customer, run)
    }

    fn customers_after(
        &mut self,
        environment: Environment,
        after: &str,
        limit: usize,
    ) -> Result<Vec<Name>, StoreError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let ids = people::listed(self.connection()?, environment, after, limit)?;
        Ok(ids.iter().map(|id| Name::new(id)).collect())
    }

    fn whose(&mut self, environment: Environment, id: &str) -> Result<Option<Name>, StoreError> {
        provider_ids::whose(self.connection()?, environment, id)
    }

    fn own_key(
        &mut self,
        environment: Environment,
        customer: &str,
        provider: &str,
    ) -> Result<Option<SealedKey>, StoreError> {
        own_keys::of(self.connection()?, environment, customer, provider)
    }

    fn own_keys_after(
        &mut self,
        after: (CustomerNumber, &str),
        limit: usize,
    ) -> Result<Vec<TheirKey>, StoreError> {
        own_keys::after(self.connection()?, after, limit)
    }

    fn is_told(&mut self, customer: CustomerNumber, once: &str) -> Result<bool, StoreError> {
        events::is_told(self.connection()?, customer, once)
    }

    fn events_after(
        &mut self,
        environment: Environment,
        customer: Option<&str>,
        (after, up_to): (u64, u64),
        limit: usize,
    ) -> Result<Vec<Told>, StoreError> {
        let stretch = (bounded(after), bounded(up_to));
        events::after(self.connection()?, environment, customer, stretch, limit)
    }

    fn event(&mut self, place: u64) -> Result<Option<Told>, StoreError> {
        events::at(self.connection()?, bounded(place))
    }

    fn last_event(&mut self) -> Result<u64, StoreError> {
        events::last(self.connection()?)
    }

    fn first_event(&mut self, after: u64) -> Result<u64, StoreError> {
        events::first(self.connection()?, bounded(after))
    }

    fn told_since(&mut self, since: Time) -> Result<Option<u64>, StoreError> {
        events::told_since(self.connection()?, since)
    }

    fn deliveries_due(
        &mut self,
        endpoint: &str,
        now: Time,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        events::due(self.connection()?, endpoint, now, limit)
    }

    fn next_delivery(&mut self, endpoint: &str, after: Time) -> Result<Option<Time>, StoreError> {
        events::next_due(self.connection()?, endpoint, after)
    }

    fn undelivered(&mut self) -> Result<Undelivered, StoreError> {
        events::undelivered(self.connection()?)
    }

    fn deliveries_below(
        &mut self,
        endpoint: &str,
        state: Option<DeliveryState>,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        events::below(self.connection()?, endpoint, state, below, limit)
    }
}
