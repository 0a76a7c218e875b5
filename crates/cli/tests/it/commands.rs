//! Commands with their whole answers, as text files: `tests/cmd`, the page on the command line, and
//! the recipes.
//!
//! `TRYCMD=overwrite cargo test -p probity-cli` writes the answers anew; read the difference.

use crate::support::repository;
use std::fs;
use std::path::Path;

#[test]
fn every_command_answers_as_written() {
    let cases = format!("{}/tests/cmd/*.trycmd", env!("CARGO_MANIFEST_DIR"));
    let page = repository().join("docs/cli.md").canonicalize().expect("the page");
    let recipes = repository().join("docs/recipes").canonicalize().expect("the recipes");
    let contracts = repository().join("contracts").canonicalize().expect("the samples");
    let home = tempfile::tempdir().expect("a folder");
    copy(&contracts, &home.path().join("contracts"));
    let ours = format!("{}/tests/cmd/ours.csv", env!("CARGO_MANIFEST_DIR"));
    fs::copy(ours, home.path().join("ours.csv")).expect("a copy");
    // The page's examples start in a folder of their own; all other tests name their folders.
    let before = std::env::current_dir().expect("a folder");
    std::env::set_current_dir(home.path()).expect("a folder");
    let users = format!("{}/tests/cmd/users.csv", env!("CARGO_MANIFEST_DIR"));
    fs::copy(users, "users.csv").expect("a copy");
    let tests = trycmd::TestCases::new();
    tests.env("COLUMNS", "").env("PROBITY_URL", "").env("PROBITY_KEY", "").case(cases).case(page);
    tests.case(format!("{}/*.md", recipes.display()));
    tests.run();
    std::env::set_current_dir(before).expect("a folder");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
