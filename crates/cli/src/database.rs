//! The embedded database, as commands open it, and what is said where it cannot be opened.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::load::shown;
use probity::store::sqlite::SqliteStore;
use probity::store::{Store, StoreError};
use std::path::Path;

/// Opens a database, and makes it where there is none.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Store>, Failure> {
    match SqliteStore::open(path) {
        Ok(store) => Ok(Box::new(store)),
        Err(error) => Err(failure(path, &error)),
    }
}

/// What is said where it cannot be opened.
pub(crate) fn failure(path: &Path, error: &StoreError) -> Failure {
    let shown = shown(path);
    let (exit, code, fix) = match error {
        StoreError::InUse => (
            Exit::UNAVAILABLE,
            "database_in_use",
            "stop the other one, or take another file: --database FILE",
        ),
        StoreError::Newer => (Exit::NO_INPUT, "database_newer", "take that version of Probity"),
        StoreError::Corrupt(_) => {
            (Exit::NO_INPUT, "database_corrupt", "check that this is the right file, or restore it")
        }
        StoreError::ReadOnly(_) | StoreError::Io(_) => {
            (Exit::CANNOT_WRITE, "database", "look at the disk, the folder and its permissions")
        }
    };
    Failure::new(exit, code, format!("{shown}: {error}"), fix)
}
