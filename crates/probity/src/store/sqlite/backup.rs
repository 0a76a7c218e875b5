//! Backups: a copy as of one instant, taken while the service runs; and the way back.
//!
//! A copy counts only once it was read through (`verify`). It is made beside its place and moved there,
//! so what bears the name is whole.

use super::lock::{Lock, itself};
use super::verify::{Verified, verify};
use crate::store::StoreError;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a copy is tried while somebody locks the whole database, 10 ms apart.
const TRIES: u32 = 500;

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
