//! Packages of npm and PyPI that tests use: installed once, into the user's cache folder, from pinned
//! lists.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Only one installs at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A folder of the user's cache for what this list names.
fn cache(name: &str, list: &Path) -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").expect("a home")).join(".cache");
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from);
    let digest = fs::read(list).unwrap().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    cache.join("probity").join(format!("{name}-{digest:016x}"))
}

/// Runs it; it must succeed, or it is said what is wanted.
#[track_caller]
pub(crate) fn must(command: &mut Command, wanted: &str) {
    let out = command.output().unwrap_or_else(|error| panic!("{error}: {wanted}"));
    assert!(out.status.success(), "{wanted}\n{}", String::from_utf8_lossy(&out.stderr));
}

/// The folder that holds what a list names; filled by `install` where it does not.
pub(crate) fn folder(name: &str, list: &Path, install: impl FnOnce(&Path)) -> PathBuf {
    let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = cache(name, list);
    if !folder.join("whole").exists() {
        install(&folder);
        fs::write(folder.join("whole"), "").unwrap();
    }
    folder
}

/// The folder that holds what the `package.json` of a folder of tests names.
pub(crate) fn npm(name: &str, of: &Path) -> PathBuf {
    let list = of.join("package.json");
    folder(name, &list, |folder| {
        fs::create_dir_all(folder).unwrap();
        fs::copy(&list, folder.join("package.json")).unwrap();
        let wanted = "these tests need Node.js 20 or later with npm: apt install nodejs npm";
        let npm = ["install", "--no-audit", "--no-fund", "--silent"];
        must(Command::new("npm").args(npm).current_dir(folder), wanted);
    })
}

/// The interpreter that has what a list of requirements names.
pub(crate) fn pypi(name: &str, list: &Path) -> PathBuf {
    let folder = folder(name, list, |folder| {
        let wanted = "these tests need Python 3.10 or later with venv: apt install python3-venv";
        must(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder), wanted);
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        let install = "the packages come from PyPI: is it reached?";
        must(Command::new(folder.join("bin/python")).args(pip).arg(list), install);
    });
    folder.join("bin/python")
}
