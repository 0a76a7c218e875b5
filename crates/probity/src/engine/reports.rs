//! Reports and lists are read beside the writer: they hold up nobody who starts or settles a run.

use super::handle::Probity;
use crate::store::{Reader, StoreError};
use std::sync::PoisonError;

impl Probity {
    /// Reads what is committed, beside the writer: what was answered is there. It blocks, and one
    /// reads at a time: not for async code.
    ///
    /// # Errors
    /// What `with` says.
    pub fn read<T, E: From<StoreError>>(
        &self,
        with: impl FnOnce(&mut dyn Reader) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        with(&mut **reader)
    }
}
