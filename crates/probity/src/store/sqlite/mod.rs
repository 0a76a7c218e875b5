//! The journal on SQLite: one file, written by one process, append-only.
//!
//! Rows of the journal only ever go to the end of its table; nothing in the way of a write has a
//! random key. The last entry of each customer is known in memory (`heads`) and found again from
//! narrow lists after a restart.

mod backup;
mod error;
mod heads;
mod keys;
mod lock;
mod migrate;
mod people;
mod read;
mod reader;
mod write;

pub use backup::{Verified, back_up, restore, verify};
pub use people::customers;

use super::{
    Batch, Beginning, CustomerNumber, KeptAnswer, Reader, Recalled, Rested, Store, StoreError,
    Written,
};
use crate::environment::Environment;
use heads::Heads;
use lock::Lock;
use probity_core::RunId;
use reader::SqliteReader;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The store on one SQLite database.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    heads: Heads,
    path: PathBuf,
    /// Held as long as the store is open.
    _lock: Lock,
}

impl SqliteStore {
    /// Opens a database, and makes it where there is none.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another process has it open, [`StoreError::Newer`] where a newer
    /// version wrote it, or what storage says.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = Lock::take(path)?;
        make_private(path)?;
        let mut connection = Connection::open(path)?;
        prepare(&connection)?;
        migrate::to_newest(&mut connection)?;
        let heads = Heads::read(&connection)?;
        Ok(Self { connection, heads, path: path.to_owned(), _lock: lock })
    }

    /// Where the database is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A new database is its owner's alone: what signs quotes and tokens stands in it.
fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Io(error.to_string()))
        }
        _ => Ok(()),
    }
}

/// A commit is on disk when it is answered; readers are never in its way.
fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16384;
         PRAGMA wal_autocheckpoint = 4000;",
    )?;
    Ok(())
}

impl Store for SqliteStore {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        read::beginning(&self.connection)
    }

    fn number_of(
        &mut self,
        environment: Environment,
        id: &str,
    ) -> Result<Option<CustomerNumber>, StoreError> {
        read::number_of(&self.connection, environment, id)
    }

    fn recall(&mut self, customer: CustomerNumber, whole: bool) -> Result<Recalled, StoreError> {
        read::recall(&self.connection, customer, self.heads.of(customer), whole)
    }

    fn owner(&mut self, entry: u64) -> Result<Option<CustomerNumber>, StoreError> {
        read::owner(&self.connection, entry)
    }

    fn rested(&mut self, run: RunId) -> Result<Option<Rested>, StoreError> {
        read::rested(&self.connection, run)
    }

    fn rested_before(
        &mut self,
        customer: CustomerNumber,
        place: u64,
        limit: usize,
    ) -> Result<Vec<Rested>, StoreError> {
        read::rested_before(&self.connection, customer, place, limit)
    }

    fn first_answer(&mut self) -> Result<u64, StoreError> {
        read::first_answer(&self.connection)
    }

    fn customers(
        &mut self,
        environment: Environment,
        after: CustomerNumber,
        limit: usize,
    ) -> Result<Vec<CustomerNumber>, StoreError> {
        read::customers(&self.connection, environment, after, limit)
    }

    fn answer(&mut self, number: u64) -> Result<Option<KeptAnswer>, StoreError> {
        read::answer(&self.connection, number)
    }

    fn entries(
        &mut self,
        customer: CustomerNumber,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Written>, StoreError> {
        read::entries(&self.connection, self.heads.of(customer), after, limit)
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        Ok(Box::new(SqliteReader::at(self.path.clone())))
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        write::commit(&mut self.connection, &self.heads, batch)?;
        self.heads.follow(batch);
        Ok(())
    }
}
