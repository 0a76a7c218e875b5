//! Backups: a copy as of one instant, taken while the service runs; and the way back.
//!
//! A copy counts only once it was read again: that SQLite finds no damage, that its schema is known,
//! and that every entry follows from the one before by its hash. It is made beside its place and
//! moved there, so what bears the name is whole.

use super::heads::Heads;
use super::lock::{Lock, itself};
use super::migrate;
use crate::store::StoreError;
use probity_core::journal::link;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a copy is tried while somebody locks the whole database, 10 ms apart.
const TRIES: u32 = 500;

/// A database that was read through and found whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Entries in the journal.
    pub entries: u64,
    /// Customers, in both environments.
    pub customers: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Copies a database as of now, also while a service writes to it, and reads the copy through. What
/// was at `to` is replaced at the very end, in one step.
///
/// # Errors
/// [`StoreError`] where it cannot be read or written, or the copy is not whole; nothing is left of
/// it then.
pub fn back_up(database: &Path, to: &Path) -> Result<Verified, StoreError> {
    let to = &itself(to);
    // Nor may it take the place of a database that somebody has open.
    let in_place = beside(to, "-lock").exists().then(|| Lock::take(to)).transpose()?;
    let draft = Draft::beside(to);
    copy(database, &draft.0)?;
    let verified = verify(&draft.0)?;
    if in_place.is_some() {
        put_away_log(to)?;
    }
    draft.persist(to)?;
    Ok(verified)
}

/// Puts a backup in the place of a database, or where there is none, after it was read through.
///
/// # Errors
/// [`StoreError::InUse`] where a process has the database open; [`StoreError`] where the backup is
/// not whole, or cannot be put there: then the database is as it was.
pub fn restore(from: &Path, database: &Path) -> Result<Verified, StoreError> {
    let database = &itself(database);
    let lock = Lock::take(database)?;
    let draft = Draft::beside(database);
    copy(from, &draft.0)?;
    let verified = verify(&draft.0)?;
    put_away_log(database)?;
    draft.persist(database)?;
    drop(lock);
    Ok(verified)
}

/// Reads a database through: SQLite's own check, the schema, the chain of hashes.
///
/// # Errors
/// [`StoreError::Corrupt`] with what is wrong, [`StoreError::Newer`], or what storage says.
pub fn verify(database: &Path) -> Result<Verified, StoreError> {
    let connection = open(database)?;
    migrate::is_known(&connection)?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(StoreError::Corrupt(found));
    }
    let entries = follow(&connection)?;
    Heads::read(&connection)?;
    let customers =
        connection.query_row("SELECT count(*) FROM customers WHERE customer <> ''", [], |row| {
            row.get(0)
        })?;
    let bytes = fs::metadata(database).map_err(|error| io(&error))?.len();
    Ok(Verified { entries, customers, bytes })
}

/// Follows the journals of all customers, each entry from the one before.
fn follow(connection: &Connection) -> Result<u64, StoreError> {
    let mut last: HashMap<u32, (u64, u64, [u8; 32])> = HashMap::new();
    let mut entries = 0;
    let mut query = connection.prepare(
        "SELECT number, customer, seq, previous, body, hash FROM journal ORDER BY number",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (number, customer): (u64, u32) = (row.get(0)?, row.get(1)?);
        let (seq, previous): (u64, u64) = (row.get(2)?, row.get(3)?);
        let hash: [u8; 32] = row.get(5)?;
        entries += 1;
        let before = last.get(&customer);
        let (at, seq_before) = before.map_or((0, 0), |(at, seq, _)| (*at, *seq));
        let body = row.get_ref(4)?.as_str().map_err(|error| io(&error))?;
        let follows = number == entries && previous == at && seq == seq_before + 1;
        if !follows || hash != link(before.map(|(_, _, hash)| hash), body) {
            let what = format!("entry {number} of the journal does not follow from the one before");
            return Err(StoreError::Corrupt(what));
        }
        last.insert(customer, (number, seq, hash));
    }
    Ok(entries)
}

/// Copies everything in one step: a copy as of one instant, in no writer's way.
fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let source = open(from)?;
    let mut copy = Connection::open(to)?;
    {
        let backup = Backup::new(&source, &mut copy)?;
        let mut tries = 0;
        while backup.step(-1)? != StepResult::Done {
            tries += 1;
            if tries == TRIES {
                return Err(StoreError::InUse);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    // One file, without a log beside it: it may be moved about.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.close().map_err(|(_, error)| error)?;
    // Who may read the one may read the other, and nobody else.
    let sealed = fs::metadata(from).and_then(|from| fs::set_permissions(to, from.permissions()));
    sealed.and_then(|()| File::open(to)?.sync_all()).map_err(|error| io(&error))
}

/// A connection that changes nothing.
pub(super) fn open(database: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;")?;
    Ok(connection)
}

/// What stands in the log beside a database goes into it, and the log away: another database in its
/// place must not meet it.
fn put_away_log(database: &Path) -> Result<(), StoreError> {
    if database.exists()
        && let Ok(connection) = Connection::open(database)
    {
        // One that is damaged is to be replaced anyway.
        let _ = connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()));
    }
    for ending in ["-wal", "-shm"] {
        match fs::remove_file(beside(database, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(&error)),
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A file that is not whole yet; taken away where it never gets its name.
struct Draft(PathBuf);

impl Draft {
    fn beside(path: &Path) -> Self {
        let draft = Self(beside(path, &format!("-draft-{}", std::process::id())));
        draft.clear();
        draft
    }

    fn clear(&self) {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&self.0, ending));
        }
    }

    fn persist(self, to: &Path) -> Result<(), StoreError> {
        fs::rename(&self.0, to).map_err(|error| io(&error))?;
        // The name is on disk when its folder is.
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.clear();
    }
}

fn io(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Io(error.to_string())
}
