//! One process at a time: a lock on a file beside the database.

use super::error::of_file;
use crate::store::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Held until it is dropped; the operating system lets go of it when the process ends, however.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
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
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(StoreError::Io(error.to_string())),
        }
    }
}

impl Drop for Lock {
    /// Closing the file would leave it locked as long as a process that was just forked has it, too.
    fn drop(&mut self) {
        // What cannot be unlocked is when it is closed.
        let _ = self.file.unlock();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_let_go_of_also_where_a_forked_process_has_the_file_still() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("forked.db");
        let lock = Lock::take(&database).unwrap();
        let as_forked = lock.file.try_clone().unwrap();
        assert!(matches!(Lock::take(&database), Err(StoreError::InUse)));
        drop(lock);
        assert!(Lock::take(&database).is_ok());
        drop(as_forked);
    }
}
