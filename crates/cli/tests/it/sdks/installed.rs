//! What comes from package registries: installed once, into the user's cache folder, by pinned lists.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Only one installs at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A folder of the user's cache for what these lists name.
fn cache(name: &str, list: &Path) -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").expect("a home")).join(".cache");
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from);
    let digest = fs::read(list).unwrap().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    cache.join("probity").join(format!("{name}-{digest:016x}"))
}

/// Runs it, or says what is needed.
#[track_caller]
pub(crate) fn must(command: &mut Command, wanted: &str) {
    let out = command.output().unwrap_or_else(|error| panic!("{error}: {wanted}"));
    assert!(out.status.success(), "{wanted}\n{}", String::from_utf8_lossy(&out.stderr));
}

/// The folder that has what a list names; filled by `install` where it has not.
pub(crate) fn folder(name: &str, list: &Path, install: impl FnOnce(&Path)) -> PathBuf {
    let _one = INSTALLING.lock().unwrap();
    let folder = cache(name, list);
    if !folder.join("whole").exists() {
        install(&folder);
        fs::write(folder.join("whole"), "").unwrap();
    }
    folder
}

/// An interpreter with the packages of a list.
pub(crate) fn python(name: &str, list: &Path) -> PathBuf {
    let folder = folder(name, list, |folder| {
        let wanted = "these tests need Python 3.10 or later with venv: apt install python3-venv";
        must(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder), wanted);
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        must(
            Command::new(folder.join("bin/python")).args(pip).arg(list),
            "the packages come from PyPI: is it reached?",
        );
    });
    folder.join("bin/python")
}
