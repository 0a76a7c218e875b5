//! What SQLite says, in the words of stores.

use crate::store::StoreError;
use rusqlite::{Error, ErrorCode};
use std::io::ErrorKind;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let code = error.sqlite_error_code();
        let text = error.to_string();
        match code {
            Some(ErrorCode::DiskFull) => Self::ReadOnly("the disk is full".to_owned()),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(text),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(text),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
            _ => Self::Io(text),
        }
    }
}

/// What the operating system says of a file that is to be written.
pub(super) fn of_file(error: &std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::StorageFull => {
            StoreError::ReadOnly(error.to_string())
        }
        _ => StoreError::Io(error.to_string()),
    }
}
