//! A database that may not be written to: it is told at once and clearly, reading goes on where it can,
//! nothing is lost, and once it may be written to again all is as before.
//!
//! Root may write anything. So where these tests run as root, whoever opens the database is somebody
//! else (`setpriv`), and files that are open already are made immutable (`chattr +i`). Where a machine
//! can do neither, that is said, and there is nothing to see.

use super::full::{COPY, Told, child_of};
use super::shop::{open, publish};
use probity::store::sqlite::verify;
use probity::{Environment, Probity};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Who owns nothing else.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn worked(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// Files that nobody may write to, not even who has them open, until they are let go.
struct Immutable(Vec<PathBuf>);

impl Immutable {
    /// None where this machine cannot.
    fn make(files: &[PathBuf]) -> Option<Self> {
        let immutable = Self(files.to_vec());
        worked(Command::new("chattr").arg("+i").args(files)).then_some(immutable)
    }
}

impl Drop for Immutable {
    fn drop(&mut self) {
        worked(Command::new("chattr").arg("-i").args(&self.0));
    }
}

fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn begin(database: &Path) {
    let probity = Probity::open(database).unwrap();
    publish(&probity, Environment::Live);
    open(&probity, "ana", 1_000);
    probity.close();
}

#[test]
fn files_that_become_read_only_under_a_running_engine_are_survived() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("immutable.db");
    begin(&database);
    let mut child = Told::start(&mut child_of("sh", &["-c", "exec \"$0\" \"$@\""]), &database);
    assert_eq!(child.ask("write 0"), "written");
    // What is in memory and shared with readers is left: to write to it would be a bus error.
    let Some(immutable) = Immutable::make(&[database.clone(), beside(&database, "-wal")]) else {
        println!("note: files cannot be made immutable here (chattr +i); nothing was tried");
        return child.end();
    };
    assert_eq!(child.ask("write 1"), "unavailable");
    assert_eq!(child.ask("read"), "3");
    assert_eq!(child.ask("write 2"), "unavailable");
    assert_eq!(child.ask("read"), "3");
    drop(immutable);
    // The ones that were not known are asked again by their keys, and applied once.
    assert_eq!(child.ask("write 1"), "written");
    assert_eq!(child.ask("write 1"), "repeated");
    assert_eq!(child.ask("write 0"), "repeated");
    assert_eq!(child.ask("read"), "4");
    child.end();
    verify(&database).unwrap();
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Somebody who may not do more than the permissions say; None where this machine cannot.
fn somebody(database: &Path) -> Option<Command> {
    if !is_root() {
        return Some(child_of("env", &[]));
    }
    chown(database.parent().unwrap(), Some(NOBODY), Some(NOBODY)).unwrap();
    for ending in ["", "-lock"] {
        chown(beside(database, ending), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let id = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
    let mut whether = Command::new("setpriv");
    whether.args(id).arg(std::env::current_exe().unwrap()).arg("--list");
    worked(&mut whether).then(|| child_of("setpriv", &id))
}

#[test]
fn a_database_that_may_not_be_written_to_is_refused_and_opens_once_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("permitted.db");
    begin(&database);
    let lock = beside(&database, "-lock");
    for (file, locks, within) in
        [(0o444, 0o444, 0o555), (0o444, 0o644, 0o755), (0o644, 0o644, 0o555)]
    {
        set_mode(&database, file);
        set_mode(&lock, locks);
        set_mode(folder.path(), within);
        let Some(mut child) = somebody(&database) else {
            return println!("note: nobody else can be had here (setpriv); nothing was tried");
        };
        let said = Told::start(&mut child, &database).said();
        assert!(
            said.starts_with("the database cannot be written to"),
            "{file:o} {within:o}: {said}"
        );
        set_mode(&database, 0o644);
        set_mode(&lock, 0o644);
        set_mode(folder.path(), 0o755);
        let mut child = Told::start(&mut somebody(&database).unwrap(), &database);
        assert_eq!(child.ask("read"), "2", "{file:o} {within:o}");
        child.end();
    }
    // A copy of it is made also while it may only be read.
    set_mode(&database, 0o444);
    let copy = folder.path().join("copy.db");
    let mut child = Told::start(somebody(&database).unwrap().env(COPY, copy), &database);
    assert!(child.said().ends_with("copied"));
    set_mode(&database, 0o644);
    // Taken from who has it open it is theirs until they close it: what was permitted goes on.
    let mut child = Told::start(&mut somebody(&database).unwrap(), &database);
    assert_eq!(child.ask("write 0"), "written");
    for path in [&database, &beside(&database, "-wal"), &lock] {
        set_mode(path, 0o444);
    }
    set_mode(folder.path(), 0o555);
    assert_eq!(child.ask("write 1"), "written");
    assert_eq!(child.ask("read"), "4");
    child.end();
    set_mode(folder.path(), 0o755);
}
