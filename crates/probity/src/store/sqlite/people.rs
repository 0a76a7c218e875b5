//! Who has a journal in a database, and whether anything is published in it: read beside whoever
//! writes to it.

use super::backup::open;
use crate::environment::Environment;
use crate::store::StoreError;
use rusqlite::Connection;
use std::path::Path;

/// Ids of customers in an environment that come after one, in their order, at most `limit`; also
/// while a service has the database open.
///
/// # Errors
/// [`StoreError`] where it cannot be read.
pub fn customers(
    database: &Path,
    environment: Environment,
    after: &str,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    listed(&open(database)?, environment, after, limit)
}

/// The same, on a connection.
pub(super) fn listed(
    connection: &Connection,
    environment: Environment,
    after: &str,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT customer FROM customers WHERE environment = ?1 AND customer > ?2
         ORDER BY customer LIMIT ?3",
    )?;
    let rows = query.query_map((environment.word(), after, limit), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Is a contract published in a database, in any environment? Also while a service has it open.
///
/// # Errors
/// [`StoreError`] where it cannot be read.
pub fn has_contract(database: &Path) -> Result<bool, StoreError> {
    let any = "SELECT EXISTS (SELECT 1 FROM publications WHERE contract IS NOT NULL)";
    Ok(open(database)?.query_row(any, [], |row| row.get(0))?)
}
