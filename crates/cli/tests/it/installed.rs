//! What tests need of other languages, installed once into the user's cache folder from pinned lists.
//! What it is used for is not known here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Only one installs at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// Whoever holds it may install.
pub(crate) fn one_at_a_time() -> MutexGuard<'static, ()> {
    INSTALLING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder of the user's cache for what this list names.
pub(crate) fn cache(name: &str, list: &Path) -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").expect("a home")).join(".cache");
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from);
    let digest = fs::read(list).unwrap().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    cache.join("probity").join(format!("{name}-{digest:016x}"))
}

/// Runs a command that has to succeed; `install` says what is missing where it does not.
#[track_caller]
pub(crate) fn must(command: &mut Command, install: &str) {
    let out = command.output().unwrap_or_else(|error| panic!("{error}: {install}"));
    assert!(out.status.success(), "{install}\n{}", String::from_utf8_lossy(&out.stderr));
}
