//! `sdk/typescript`: its tests, on a copy of it, with this binary as the service.
//!
//! What it is built and tested with is installed once into the user's cache folder, as its lock file
//! has it.

use crate::packages;
use crate::support::repository;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The longest file, in lines, and the longest line, in characters.
const FILE_LINES: usize = 520;
const LINE_CHARS: usize = 100;

/// Where it stands.
pub(crate) fn sources() -> PathBuf {
    repository().join("sdk/typescript").canonicalize().expect("the SDK")
}

/// What it is built and tested with.
pub(crate) fn modules() -> PathBuf {
    let lock = sources().join("package-lock.json");
    let folder = packages::folder("typescript", &lock, |folder| {
        fs::create_dir_all(folder).unwrap();
        for list in ["package.json", "package-lock.json", ".npmrc"] {
            fs::copy(sources().join(list), folder.join(list)).unwrap();
        }
        let wanted = "these tests need Node.js 20 or later with npm: apt install nodejs npm";
        let npm = ["ci", "--silent"];
        packages::must(Command::new("npm").args(npm).current_dir(folder), wanted);
    });
    folder.join("node_modules")
}

/// A copy without what is built, so that the sources stay as they are.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        let is_built = ["node_modules", "dist", ".build"].iter().any(|built| name == *built);
        match path.is_dir() {
            _ if is_built => {}
            true => copy(&path, &to.join(name)),
            false => drop(fs::copy(&path, to.join(name)).unwrap()),
        }
    }
}

/// Builds the package in this folder, as products that use it have it.
pub(crate) fn built(here: &Path) {
    copy(&sources(), here);
    symlink(modules(), here.join("node_modules")).unwrap();
    compiled(here);
}

/// Compiles what a folder's `tsconfig.json` says.
pub(crate) fn compiled(folder: &Path) {
    let tsc = modules().join("typescript/bin/tsc");
    let out = Command::new("node").arg(tsc).current_dir(folder).output().expect("Node runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
}

#[test]
fn the_typescript_sdk_passes_its_tests() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().canonicalize().unwrap();
    copy(&sources(), &here);
    symlink(modules(), here.join("node_modules")).unwrap();
    let mut tests = Command::new("npm");
    tests.args(["test", "--silent"]).current_dir(&here);
    tests.env("PROBITY_BIN", env!("CARGO_BIN_EXE_probity"));
    tests.env("PROBITY_CONTRACTS", repository().join("contracts").canonicalize().unwrap());
    // `UPDATE=1` writes the generated types where they are kept.
    tests.env("PROBITY_SDK_SOURCES", sources());
    for name in ["PROBITY_URL", "PROBITY_KEY"] {
        tests.env_remove(name);
    }
    let out = tests.output().expect("npm runs");
    let said = [out.stdout, out.stderr].concat();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn its_files_say_what_they_are_for_and_fit_the_eye() {
    let mut problems = Vec::new();
    for folder in ["src", "test", "examples", "scripts"] {
        for entry in fs::read_dir(sources().join(folder)).unwrap().map(Result::unwrap) {
            let Ok(text) = fs::read_to_string(entry.path()) else { continue };
            let name = format!("{folder}/{}", entry.file_name().display());
            let is_code = [".ts", ".tsx", ".mjs"].iter().any(|end| name.ends_with(end));
            if is_code && !text.starts_with("//") {
                problems.push(format!("{name} does not open with what it is for"));
            }
            if text.lines().count() > FILE_LINES {
                problems.push(format!("{name}: over {FILE_LINES} lines"));
            }
            for (n, line) in text.lines().enumerate() {
                let is_text =
                    line.contains(['"', '`']) && !line.trim_start().starts_with(['/', '*']);
                if line.chars().count() > LINE_CHARS && !is_text {
                    problems.push(format!("{name}:{}: over {LINE_CHARS} characters", n + 1));
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
