//! One process at a time: a lock on a file beside the database.

use super::error::of_file;
use crate::store::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Held until it is dropped; the operating system lets go of it when the process ends, however.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a database.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another process has it.
    pub(super) fn take(database: &Path) -> Result<Self, StoreError> {
        let mut name = itself(database).into_os_string();
        name.push("-lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&name);
        let file = file.map_err(|error| of_file(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(StoreError::Io(error.to_string())),
        }
    }
}

/// The file that a path leads to, by whatever name: links are followed, also where there is no such
/// file yet.
pub(super) fn itself(database: &Path) -> PathBuf {
    if let Ok(itself) = database.canonicalize() {
        return itself;
    }
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    match (folder, database.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => database.to_owned(),
    }
}
