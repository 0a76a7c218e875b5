//! Whose payment or subscription an id of a payment provider is.

use crate::environment::Environment;
use crate::store::{Batch, StoreError};
use probity_core::Name;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

pub(super) fn whose(
    connection: &Connection,
    environment: Environment,
    id: &str,
) -> Result<Option<Name>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT customers.customer
         FROM provider_ids JOIN customers ON customers.number = provider_ids.customer
         WHERE provider_ids.environment = ?1 AND provider_ids.id = ?2",
    )?;
    let found =
        query.query_row((environment.word(), id), |row| Ok(Name::new(row.get_ref(0)?.as_str()?)));
    Ok(found.optional()?)
}

/// Writes what a batch has of them; an id stays whose it was first.
pub(super) fn write(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    if batch.provider_ids.is_empty() {
        return Ok(());
    }
    let mut put = transaction.prepare_cached(
        "INSERT OR IGNORE INTO provider_ids (environment, id, customer)
         SELECT environment, ?2, number FROM customers WHERE number = ?1",
    )?;
    for told in &batch.provider_ids {
        put.execute(params![told.customer.0, told.id.as_str()])?;
    }
    Ok(())
}
