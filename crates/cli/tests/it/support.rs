//! Running the binary, and comparing what it says with files under `tests/snapshots`.

use snapbox::Data;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The folder that holds `contracts/`.
pub(crate) fn repository() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", ".."].iter().collect()
}

/// Runs `probity` in a folder, as in a pipe.
pub(crate) fn probity(dir: &Path, args: &[&str]) -> Output {
    let binary = snapbox::cmd::cargo_bin!("probity");
    let mut command = Command::new(binary);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "PROBITY_URL", "PROBITY_KEY"]
    {
        command.env_remove(name);
    }
    command.current_dir(dir).args(args).output().expect("the binary runs")
}

/// A folder with the contract that `init --yes` writes.
pub(crate) fn fresh() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    assert!(probity(dir.path(), &["init", ".", "--yes"]).status.success());
    dir
}

/// What `probity` says in the repository's folder; it must succeed.
pub(crate) fn said(args: &[&str]) -> String {
    let out = probity(&repository(), args);
    assert!(out.status.success(), "{args:?}: {out:?}");
    String::from_utf8(out.stdout).expect("UTF-8")
}

/// `SNAPSHOTS=overwrite cargo test -p probity-cli` writes the files anew; read the difference.
pub(crate) fn assert_as_written(text: &str, name: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/snapshots", name].iter().collect();
    let written = Data::read_from(&path, Some(snapbox::data::DataFormat::Text));
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(Data::text(text).raw(), written.raw());
}

/// A page that loads nothing, runs nothing, and says so to browsers.
#[track_caller]
pub(crate) fn needs_nothing(page: &str) {
    for never in [
        "<script",
        "http-equiv=\"refresh\"",
        "<link",
        "<img",
        " style=\"",
        "url(",
        "onclick",
        "javascript:",
    ] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("Content-Security-Policy"));
}
