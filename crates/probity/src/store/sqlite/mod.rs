//! The journal on SQLite: one file, written by one process, append-only.
//!
//! Rows of the journal only ever go to the end of its table; nothing in the way of a write has a
//! random key. The last entry of each customer is known in memory (`heads`) and found again from
//! narrow lists after a restart.

mod backup;
mod checkpoint;
mod error;
mod events;
mod heads;
mod keys;
mod lock;
mod migrate;
mod own_keys;
mod people;
mod provider_ids;
mod published;
mod questions;
mod read;
mod reader;
mod verify;
mod write;

pub use backup::{back_up, restore};
pub use people::{customers, has_contract};
pub use verify::{Verified, verify};

use super::{Batch, Beginning, Reader, Store, StoreError};
use checkpoint::Checkpoints;
use heads::Heads;
use lock::Lock;
use reader::SqliteReader;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// The store on one SQLite database.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    heads: Arc<RwLock<Heads>>,
    checkpoints: Checkpoints,
    /// A commit failed, or may not have: what is on disk is to be looked at.
    is_in_doubt: bool,
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
        // Before anything is written beside it: that would stay as read-only as the database is now.
        if connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(StoreError::ReadOnly("it may only be read".to_owned()));
        }
        permit_as(path);
        prepare(&connection)?;
        migrate::to_newest(&mut connection)?;
        let heads = Arc::new(RwLock::new(Heads::read(&connection)?));
        let checkpoints = Checkpoints::of(path.to_owned())?;
        Ok(Self {
            connection,
            heads,
            checkpoints,
            is_in_doubt: false,
            path: path.to_owned(),
            _lock: lock,
        })
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
            Err(error::of_file(&error))
        }
        _ => Ok(()),
    }
}

/// What SQLite left beside a database while that could only be read is as writable now as it is.
/// Where it cannot be made so, SQLite says what is wrong.
fn permit_as(path: &Path) {
    let path = lock::itself(path);
    let Ok(of) = std::fs::metadata(&path) else { return };
    for ending in ["-wal", "-shm"] {
        let left = backup::beside(&path, ending);
        if std::fs::metadata(&left).is_ok_and(|left| left.permissions().readonly()) {
            let _ = std::fs::set_permissions(&left, of.permissions());
        }
    }
}

/// A commit is on disk when it is answered; readers are never in its way.
fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(checkpoint::PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16384;",
    )?;
    connection.pragma_update(None, "wal_autocheckpoint", checkpoint::LONGEST)?;
    connection.pragma_update(None, "journal_size_limit", i64::from(checkpoint::LONGEST) * 4096)?;
    Ok(())
}

impl Store for SqliteStore {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        if self.is_in_doubt {
            let heads = Heads::read(&self.connection)?;
            *self.heads.write().unwrap_or_else(PoisonError::into_inner) = heads;
            self.is_in_doubt = false;
        }
        read::beginning(&self.connection)
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        Ok(Box::new(SqliteReader::at(self.path.clone(), Arc::clone(&self.heads))))
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let heads = self.heads.read().unwrap_or_else(PoisonError::into_inner);
        let committed = write::commit(&mut self.connection, &heads, batch);
        drop(heads);
        self.is_in_doubt |= committed.is_err();
        committed?;
        self.checkpoints.follow(batch, &self.connection);
        if !batch.own_keys.is_empty() {
            self.checkpoints.owes_emptying();
        }
        self.checkpoints.empty_log(&self.connection);
        self.heads.write().unwrap_or_else(PoisonError::into_inner).follow(batch);
        Ok(())
    }
}
