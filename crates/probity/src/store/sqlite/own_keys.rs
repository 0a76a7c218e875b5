//! Customers' own AI keys, as they rest: sealed bytes, which this can neither open nor make.

use super::read::environment;
use crate::environment::Environment;
use crate::store::{Batch, CustomerNumber, OwnKeyChange, SealedKey, StoreError, TheirKey};
use probity_core::{Name, Time};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

pub(super) fn of(
    connection: &Connection,
    environment: Environment,
    customer: &str,
    provider: &str,
) -> Result<Option<SealedKey>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT own_keys.customer, provider, stored_at, sealed
         FROM own_keys JOIN customers ON customers.number = own_keys.customer
         WHERE customers.environment = ?1 AND customers.customer = ?2 AND provider = ?3",
    )?;
    Ok(query.query_row((environment.word(), customer, provider), key).optional()?)
}

pub(super) fn after(
    connection: &Connection,
    (customer, provider): (CustomerNumber, &str),
    limit: usize,
) -> Result<Vec<TheirKey>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT own_keys.customer, provider, stored_at, sealed,
                customers.environment, customers.customer
         FROM own_keys JOIN customers ON customers.number = own_keys.customer
         WHERE (own_keys.customer, provider) > (?1, ?2)
         ORDER BY own_keys.customer, provider LIMIT ?3",
    )?;
    let rows = query.query_map((customer.0, provider, limit), |row| {
        let customer = Name::new(row.get_ref(5)?.as_str()?);
        Ok(TheirKey { environment: environment(row, 4)?, customer, key: key(row)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Is there a place for them? Not in a database from before they were kept.
pub(super) fn are_kept(connection: &Connection) -> Result<bool, StoreError> {
    let table = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'own_keys')";
    Ok(connection.query_row(table, [], |row| row.get(0))?)
}

fn key(row: &Row<'_>) -> rusqlite::Result<SealedKey> {
    Ok(SealedKey {
        customer: CustomerNumber(row.get(0)?),
        provider: Name::new(row.get_ref(1)?.as_str()?),
        stored_at: Time::from_micros(row.get(2)?),
        sealed: row.get(3)?,
    })
}

/// Writes what a batch has of them.
pub(super) fn write(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    for change in &batch.own_keys {
        match change {
            OwnKeyChange::Keep(key) => transaction.execute(
                "INSERT OR REPLACE INTO own_keys (customer, provider, stored_at, sealed)
                 VALUES (?1, ?2, ?3, ?4)",
                params![key.customer.0, key.provider.as_str(), key.stored_at.micros(), key.sealed],
            )?,
            OwnKeyChange::Forget { customer, provider } => transaction.execute(
                "DELETE FROM own_keys WHERE customer = ?1 AND provider = ?2",
                params![customer.0, provider.as_str()],
            )?,
            OwnKeyChange::Reseal { before, sealed } => transaction.execute(
                "UPDATE own_keys SET sealed = ?4
                 WHERE customer = ?1 AND provider = ?2 AND sealed = ?3",
                params![before.customer.0, before.provider.as_str(), before.sealed, sealed],
            )?,
        };
    }
    Ok(())
}
