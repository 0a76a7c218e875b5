//! What stands beside the books: who may ask, and what signs.

use super::read::environment;
use crate::store::{ApiKey, Batch, StoreError};
use probity_core::{Name, Time};
use rusqlite::{Connection, Transaction, params};

pub(super) fn keys(connection: &Connection) -> Result<Vec<ApiKey>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT id, environment, role, name, hash, created_at, revoked_at
         FROM api_keys ORDER BY created_at, id",
    )?;
    let rows = query.query_map([], |row| {
        Ok(ApiKey {
            id: Name::new(&row.get::<_, String>(0)?),
            environment: environment(row, 1)?,
            role: row.get::<_, Option<String>>(2)?.map(|role| Name::new(&role)),
            name: Name::new(&row.get::<_, String>(3)?),
            hash: row.get(4)?,
            created_at: Time::from_micros(row.get(5)?),
            revoked_at: row.get::<_, Option<i64>>(6)?.map(Time::from_micros),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn secrets(connection: &Connection) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let mut query = connection.prepare_cached("SELECT name, value FROM secrets ORDER BY name")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes what a batch has of them.
pub(super) fn write(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    for key in &batch.keys {
        transaction.execute(
            "INSERT OR REPLACE INTO api_keys
               (id, environment, role, name, hash, created_at, revoked_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                key.id.as_str(),
                key.environment.word(),
                key.role.as_ref().map(Name::as_str),
                key.name.as_str(),
                key.hash.as_slice(),
                key.created_at.micros(),
                key.revoked_at.map(Time::micros)
            ],
        )?;
    }
    for (name, value) in &batch.secrets {
        transaction
            .execute("INSERT INTO secrets (name, value) VALUES (?1, ?2)", params![name, value])?;
    }
    Ok(())
}
