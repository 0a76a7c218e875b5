//! The schema, step by step. A step that was once released is never changed: its checksum is kept.

use crate::store::StoreError;
use probity_core::journal::sha256_hex;
use rusqlite::{Connection, TransactionBehavior, params};

/// One step.
struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

/// All steps, in order, numbered from 1.
const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "journal",
        sql: include_str!("../../../migrations/0001_journal.sql"),
    },
    Migration {
        version: 2,
        name: "publications_are_chained",
        sql: include_str!("../../../migrations/0002_publications_are_chained.sql"),
    },
    Migration {
        version: 3,
        name: "own_keys_are_sealed",
        sql: include_str!("../../../migrations/0003_own_keys_are_sealed.sql"),
    },
    Migration {
        version: 4,
        name: "events",
        sql: include_str!("../../../migrations/0004_events.sql"),
    },
    Migration {
        version: 5,
        name: "questions_are_answered",
        sql: include_str!("../../../migrations/0005_questions_are_answered.sql"),
    },
    Migration {
        version: 6,
        name: "provider_ids",
        sql: include_str!("../../../migrations/0006_provider_ids.sql"),
    },
    Migration {
        version: 7,
        name: "webhook_queues",
        sql: include_str!("../../../migrations/0007_webhook_queues.sql"),
    },
];

/// Brings a database to the newest schema, each step whole or not at all.
///
/// # Errors
/// [`StoreError::Newer`] where it is newer than this program, [`StoreError::Corrupt`] where a step
/// was not the one this program knows.
pub(super) fn to_newest(connection: &mut Connection) -> Result<(), StoreError> {
    // Marks the file as ours: "prob".
    let ours: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if ours != APPLICATION && tables > 0 {
        return Err(StoreError::Corrupt("it is no database of Probity".to_owned()));
    }
    connection.execute_batch(&format!("PRAGMA application_id = {APPLICATION}; {STEPS}"))?;
    for step in MIGRATIONS.iter().skip(known_steps(connection)?) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step.sql)?;
        transaction.execute(
            "INSERT INTO migrations (version, name, checksum) VALUES (?1, ?2, ?3)",
            params![step.version, step.name, sha256_hex(step.sql)],
        )?;
        transaction.commit()?;
    }
    Ok(())
}

/// Is this a database of ours, of a schema that this program knows? Changes nothing.
///
/// # Errors
/// As [`to_newest`].
pub(super) fn is_known(connection: &Connection) -> Result<(), StoreError> {
    let ours: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if ours != APPLICATION {
        return Err(StoreError::Corrupt("it is no database of Probity".to_owned()));
    }
    known_steps(connection).map(drop)
}

/// How many steps were applied, each of them one that this program knows.
fn known_steps(connection: &Connection) -> Result<usize, StoreError> {
    let applied = applied(connection)?;
    for (version, checksum) in &applied {
        let known = MIGRATIONS.iter().find(|m| m.version == *version).ok_or(StoreError::Newer)?;
        if *checksum != sha256_hex(known.sql) {
            let what = format!("step {version} of its schema is not the one that was released");
            return Err(StoreError::Corrupt(what));
        }
    }
    Ok(applied.len())
}

/// A database in memory, empty, made by as many steps as this one was.
///
/// # Errors
/// [`StoreError`] where the steps applied to this one cannot be read, or SQLite has no memory.
pub(super) fn made_anew(connection: &Connection) -> Result<Connection, StoreError> {
    let anew = Connection::open_in_memory()?;
    anew.execute_batch(STEPS)?;
    for step in MIGRATIONS.iter().take(applied(connection)?.len()) {
        anew.execute_batch(step.sql)?;
    }
    Ok(anew)
}

const APPLICATION: i64 = 0x7072_6f62;

/// Which steps were applied.
const STEPS: &str = "CREATE TABLE IF NOT EXISTS migrations (
           version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,
           applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ'))
         ) STRICT;";

fn applied(connection: &Connection) -> Result<Vec<(i64, String)>, StoreError> {
    let mut query =
        connection.prepare("SELECT version, checksum FROM migrations ORDER BY version")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
