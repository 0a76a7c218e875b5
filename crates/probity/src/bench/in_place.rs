//! Tables of SQLite updated in place, as a product would write them by hand: a balance, and one row
//! for each run found by a key at random.

use super::{BenchError, Load, Sample, customer_of, failed, timed};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -16384;
    CREATE TABLE wallets (
      customer INTEGER PRIMARY KEY, available INTEGER NOT NULL, held INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE runs (
      key BLOB PRIMARY KEY, customer INTEGER NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ledger (
      id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, amount INTEGER NOT NULL, run BLOB NOT NULL
    ) STRICT;";

pub(super) fn measure(load: Load, folder: &Path) -> Result<Sample, BenchError> {
    let path = folder.join("in-place.db");
    let files = [path.clone(), wal_of(&path)];
    files.iter().for_each(|file| drop(std::fs::remove_file(file)));
    let mut connection = Connection::open(&path).map_err(failed)?;
    connection.execute_batch(SCHEMA).map_err(failed)?;
    let opened = connection.transaction().map_err(failed)?;
    for customer in 0..load.customers {
        opened
            .execute("INSERT INTO wallets VALUES (?1, 1000000000, 0)", [customer])
            .map_err(failed)?;
    }
    opened.commit().map_err(failed)?;
    timed(load, &files, || {
        let mut done = 0;
        while done < load.commands {
            half(&mut connection, load, done / 2, hold).map_err(failed)?;
            half(&mut connection, load, done / 2, settle).map_err(failed)?;
            done += 2 * load.batch;
        }
        Ok(u64::from(done))
    })
}

fn wal_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

type Step = fn(&Connection, u32, &[u8; 16]) -> rusqlite::Result<()>;

/// One commit: the same step for a batch of runs.
fn half(connection: &mut Connection, load: Load, from: u32, step: Step) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for n in from..from + load.batch {
        step(&transaction, customer_of(n, load), &key_of(n))?;
    }
    transaction.commit()
}

/// A key without an order, as clients make them.
fn key_of(n: u32) -> [u8; 16] {
    let half = |salt: u64| (u64::from(n) ^ salt).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
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
