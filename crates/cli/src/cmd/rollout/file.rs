//! The same change in a folder's `operations.yaml`: made before anything is published, written after.

use super::unread;
use crate::answer::Failure;
use crate::exit::Exit;
use crate::load::{load, shown};
use crate::output::Output;
use probity_core::contract::file::{CannotEdit, RolloutChange, Sources, with_rollout};
use std::path::{Path, PathBuf};

/// A file that is to be written.
pub(super) struct Edited {
    path: PathBuf,
    text: String,
}

/// The operations of a folder with the change.
pub(super) fn edited(folder: &Path, change: &RolloutChange) -> Result<Edited, Failure> {
    let loaded = load(folder)?;
    let texts = loaded.files.texts();
    let sources = Sources {
        contract: texts.contract.as_bytes(),
        operations: texts.operations.as_deref().map(str::as_bytes),
        prices: texts.prices.as_deref().map(str::as_bytes),
    };
    let text = with_rollout(&sources, change).map_err(|why| {
        let (what, fix) = match why {
            CannotEdit::NotRead => ("has errors", "see them all: probity check"),
            CannotEdit::ByHand => (
                "cannot be changed without touching anything else",
                "change `rollout` in it by hand",
            ),
        };
        let what = format!("the contract in {} {what}; nothing was changed", shown(folder));
        Failure { exit: Exit::ERRORS, code: "by_hand", message: what, fix: fix.to_owned() }
    })?;
    let folder = if folder.is_dir() { folder } else { folder.parent().ok_or_else(unread)? };
    Ok(Edited { path: folder.join("operations.yaml"), text })
}

impl Edited {
    /// Writes it, whole or not at all.
    pub(super) fn write(&self) -> Result<(), Failure> {
        let output = Output { flag: "write", path: &self.path, force: true };
        output.write(|out| out.write_all(self.text.as_bytes()))
    }
}
