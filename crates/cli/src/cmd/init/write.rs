//! Two files, whole or not at all, never over one that is there.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::output::is_full;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

const NAMES: [&str; 2] = ["contract.yaml", "operations.yaml"];

/// Refuses early, before anything is asked, where a file is there already.
pub(super) fn refuse_if_there(dir: &Path) -> Result<(), Failure> {
    if dir.is_file() {
        return Err(is_file(dir));
    }
    match NAMES.iter().map(|name| dir.join(name)).find(|path| path.symlink_metadata().is_ok()) {
        Some(path) => Err(is_there(&path)),
        None => Ok(()),
    }
}

/// Writes both files beside their places, then moves both there. Gives their paths.
pub(super) fn both(dir: &Path, contract: &str, operations: &str) -> Result<Vec<String>, Failure> {
    fs::create_dir_all(dir).map_err(|e| cannot(dir, &e))?;
    let drafts = [beside(dir, contract)?, beside(dir, operations)?];
    let mut moved: Vec<PathBuf> = Vec::new();
    for (draft, name) in drafts.into_iter().zip(NAMES) {
        let path = dir.join(name);
        if let Err(failed) = draft.persist_noclobber(&path) {
            for done in &moved {
                // We made it a moment ago; where even this fails, the message names the other file.
                let _ = fs::remove_file(done);
            }
            let there = failed.error.kind() == io::ErrorKind::AlreadyExists;
            return Err(if there { is_there(&path) } else { cannot(&path, &failed.error) });
        }
        moved.push(path);
    }
    Ok(moved.iter().map(|path| crate::load::shown(path)).collect())
}

/// A text in a nameless file of the folder, on the disk.
fn beside(dir: &Path, text: &str) -> Result<NamedTempFile, Failure> {
    let write = || -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let mut file = builder.prefix(".probity-").tempfile_in(dir)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    write().map_err(|e| cannot(dir, &e))
}

fn is_there(path: &Path) -> Failure {
    Failure::new(
        Exit::CANNOT_WRITE,
        "already_there",
        format!("{} is there already; nothing was written", crate::load::shown(path)),
        "edit it, or name another folder: probity init FOLDER",
    )
}

fn is_file(path: &Path) -> Failure {
    Failure::new(
        Exit::CANNOT_WRITE,
        "already_there",
        format!("{} is a file; nothing was written", crate::load::shown(path)),
        "choose another folder: probity init FOLDER",
    )
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        Exit::CANNOT_WRITE,
        "cannot_write",
        format!("{} cannot be written: {error}", path.display()),
        if is_full(error.kind()) {
            "make room, or choose a folder on another disk"
        } else {
            "choose a folder that you may write to"
        },
    )
}
