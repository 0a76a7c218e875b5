//! Tables of SQLite updated in place, as a product would write them by hand: a balance, and one row
//! for each run found by a key at random.

use super::{BenchError, Filling, Kept, Load, Told, customer_of, failed, tell};
use rusqlite::{Connection, params};
use std::ops::Range;
use std::path::Path;

/// Its cache is as large as what the engine keeps of customers in memory.
const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -262144;
    CREATE TABLE IF NOT EXISTS wallets (
      customer INTEGER PRIMARY KEY, available INTEGER NOT NULL, held INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS runs (
      key BLOB PRIMARY KEY, customer INTEGER NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS ledger (
      id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, amount INTEGER NOT NULL, run BLOB NOT NULL
    ) STRICT;";

/// What fills it quickly: durable only in the end.
const FILLING: &str = "PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576;";
/// Runs in one commit while it is filled.
const AT_ONCE: u64 = 20_000;

pub(super) struct InPlace(Connection);

type Step = fn(&Connection, u32, &[u8; 16]) -> rusqlite::Result<()>;

impl InPlace {
    /// Opens it, and makes it where there is none.
    pub(super) fn open(path: &Path) -> Result<Self, BenchError> {
        let connection = Connection::open(path).map_err(failed)?;
        connection.execute_batch(SCHEMA).map_err(failed)?;
        Ok(Self(connection))
    }

    /// One commit: the same steps for some runs.
    fn commit(&mut self, customers: u32, runs: Range<u64>, steps: &[Step]) -> rusqlite::Result<()> {
        let transaction = self.0.transaction()?;
        for n in runs {
            for step in steps {
                step(&transaction, customer_of(n, customers), &key_of(n))?;
            }
        }
        transaction.commit()
    }
}

impl Kept for InPlace {
    fn customers(&mut self, ids: Range<u32>) -> Result<(), BenchError> {
        let opened = self.0.transaction().map_err(failed)?;
        for customer in ids {
            opened
                .prepare_cached("INSERT INTO wallets VALUES (?1, 1000000000, 0)")
                .and_then(|mut insert| insert.execute([customer]))
                .map_err(failed)?;
        }
        opened.commit().map_err(failed)
    }

    fn batch(&mut self, load: &Load, from: u64) -> Result<(), BenchError> {
        let runs = from..from + u64::from(load.batch);
        self.commit(load.customers, runs.clone(), &[hold]).map_err(failed)?;
        self.commit(load.customers, runs, &[settle]).map_err(failed)
    }

    fn fill(&mut self, filling: Filling, told: Told<'_>) -> Result<u64, BenchError> {
        self.0.execute_batch(FILLING).map_err(failed)?;
        self.customers(0..filling.customers)?;
        let mut runs = 0;
        while 2 * runs < filling.entries {
            let next = runs..(runs + AT_ONCE).min(filling.entries.div_ceil(2));
            runs = next.end;
            self.commit(filling.customers, next, &[hold, settle]).map_err(failed)?;
            tell(told, 2 * runs)?;
        }
        let durable = "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE);";
        self.0.execute_batch(durable).map_err(failed)?;
        Ok(runs)
    }

    fn close(self: Box<Self>) {}
}

/// A key without an order, as clients make them.
fn key_of(n: u64) -> [u8; 16] {
    let half = |salt: u64| (n ^ salt).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
    let mut key = [0; 16];
    key[..8].copy_from_slice(&half(0x5bd1_e995));
    key[8..].copy_from_slice(&half(0xc2b2_ae35));
    key
}

fn hold(connection: &Connection, customer: u32, key: &[u8; 16]) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE wallets SET available = available - 1, held = held + 1
             WHERE customer = ?1 AND available >= 1",
        )?
        .execute([customer])?;
    connection
        .prepare_cached("INSERT INTO runs VALUES (?1, ?2, 1, 'held')")?
        .execute(params![key, customer])?;
    Ok(())
}

fn settle(connection: &Connection, customer: u32, key: &[u8; 16]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE runs SET state = 'settled' WHERE key = ?1 AND state = 'held'")?
        .execute([key])?;
    connection
        .prepare_cached("UPDATE wallets SET held = held - 1 WHERE customer = ?1")?
        .execute([customer])?;
    connection
        .prepare_cached("INSERT INTO ledger (customer, amount, run) VALUES (?1, 1, ?2)")?
        .execute(params![customer, key])?;
    Ok(())
}
