//! A key of a command's own, for as long as it runs: known to the API in this process, and never
//! written down.

use probity::Environment;
use probity::store::{
    ApiKey, Batch, Beginning, CustomerNumber, KeptAnswer, Reader, Recalled, Rested, Store,
    StoreError, Written,
};
use probity_core::RunId;

/// A store that knows one more key.
pub(super) struct Admitting {
    pub(super) store: Box<dyn Store>,
    pub(super) key: ApiKey,
}

impl Store for Admitting {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        let mut beginning = self.store.beginning()?;
        beginning.keys.push(self.key.clone());
        Ok(beginning)
    }

    fn number_of(
        &mut self,
        environment: Environment,
        id: &str,
    ) -> Result<Option<CustomerNumber>, StoreError> {
        self.store.number_of(environment, id)
    }

    fn recall(&mut self, customer: CustomerNumber, whole: bool) -> Result<Recalled, StoreError> {
        self.store.recall(customer, whole)
    }

    fn owner(&mut self, entry: u64) -> Result<Option<CustomerNumber>, StoreError> {
        self.store.owner(entry)
    }

    fn rested(&mut self, run: RunId) -> Result<Option<Rested>, StoreError> {
        self.store.rested(run)
    }

    fn rested_before(
        &mut self,
        customer: CustomerNumber,
        place: u64,
        limit: usize,
    ) -> Result<Vec<Rested>, StoreError> {
        self.store.rested_before(customer, place, limit)
    }

    fn first_answer(&mut self) -> Result<u64, StoreError> {
        self.store.first_answer()
    }

    fn customers(
        &mut self,
        environment: Environment,
        after: CustomerNumber,
        limit: usize,
    ) -> Result<Vec<CustomerNumber>, StoreError> {
        self.store.customers(environment, after, limit)
    }

    fn answer(&mut self, number: u64) -> Result<Option<KeptAnswer>, StoreError> {
        self.store.answer(number)
    }

    fn entries(
        &mut self,
        customer: CustomerNumber,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Written>, StoreError> {
        self.store.entries(customer, after, limit)
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        self.store.reader()
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.store.commit(batch)
    }
}
