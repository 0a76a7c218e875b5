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

/// Runs it; it must succeed.
#[track_caller]
pub(crate) fn must(command: &mut Command, install: &str) {
    let out = command.output().unwrap_or_else(|error| panic!("{error}: {install}"));
    assert!(out.status.success(), "{install}\n{}", String::from_utf8_lossy(&out.stderr));
}

/// The folder that holds what the `package.json` of a folder of tests names.
pub(crate) fn npm(name: &str, of: &Path) -> PathBuf {
    let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    let list = of.join("package.json");
    let folder = cache(name, &list);
    if !folder.join("whole").exists() {
        fs::create_dir_all(&folder).unwrap();
        fs::copy(&list, folder.join("package.json")).unwrap();
        let wanted = "these tests need Node.js 20 or later with npm: apt install nodejs npm";
        let npm = ["install", "--no-audit", "--no-fund", "--silent"];
        must(Command::new("npm").args(npm).current_dir(&folder), wanted);
        fs::write(folder.join("whole"), "").unwrap();
    }
    folder
}

/// The interpreter that has what the `requirements.txt` of a folder of tests names.
pub(crate) fn pypi(name: &str, of: &Path) -> PathBuf {
    let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    let list = of.join("requirements.txt");
    let folder = cache(name, &list);
    let python = folder.join("bin/python");
    if !folder.join("whole").exists() {
        let wanted = "these tests need Python 3.9 or later with venv: apt install python3-venv";
        must(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder), wanted);
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        let install = "they come from PyPI: is it reached?";
        must(Command::new(&python).args(pip).arg(&list), install);
        fs::write(folder.join("whole"), "").unwrap();
    }
    python
}
