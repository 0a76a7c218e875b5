//! `probity init`: what it writes, and that it never writes over anything.

use crate::support::{assert_as_written, probity};
use std::fs;
use tempfile::TempDir;

fn written(args: &[&str]) -> (TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    let out = probity(dir.path(), &[&["init", "hello"], args].concat());
    assert!(out.status.success(), "{out:?}");
    let check = probity(dir.path(), &["check", "hello"]);
    assert!(check.status.success(), "what init writes passes check: {check:?}");
    let text = fs::read_to_string(dir.path().join("hello/contract.yaml")).unwrap();
    (dir, text)
}

#[test]
fn each_answer_has_its_contract() {
    let (dir, credits) = written(&["--action", "Summarize a file", "--unit", "summary", "--yes"]);
    assert_as_written(&credits, "init_credits.yaml");
    let operations = fs::read_to_string(dir.path().join("hello/operations.yaml")).unwrap();
    assert_as_written(&operations, "init_operations.yaml");
    let harsh = ["--action", "Find an address", "--nothing-found", "charged", "--yes"];
    assert_as_written(&written(&harsh).1, "init_charged.yaml");
    assert_as_written(&written(&["--yes", "--runs-on", "own_key"]).1, "init_own_key.yaml");
    assert_as_written(&written(&["--yes", "--runs-on", "us"]).1, "init_us.yaml");
    written(&["--yes", "--runs-on", "own_key", "--nothing-found", "charged"]);
}

#[test]
fn words_that_yaml_would_misread_are_quoted() {
    let (_dir, text) = written(&["--action", "Yes: no # off", "--unit", "no", "--yes"]);
    assert!(text.contains("name: \"Yes: no # off\"\n"), "{text}");
    assert!(text.contains("unit: \"no\"\n"), "{text}");
    let (_dir, text) = written(&["--action", "要約", "--yes"]);
    assert!(text.contains("  first_action:\n    name: \"要約\"\n"), "{text}");
}

#[test]
fn nothing_is_ever_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let operations = dir.path().join("operations.yaml");
    fs::write(&operations, "mine").unwrap();
    let out = probity(dir.path(), &["init", "--yes"]);
    assert_eq!(out.status.code(), Some(74));
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("operations.yaml is there already; nothing was written"), "{said}");
    assert_eq!(fs::read_to_string(&operations).unwrap(), "mine");
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left behind");
}

#[test]
fn a_file_in_place_of_the_folder_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("good.csv"), "a file").unwrap();
    let out = probity(dir.path(), &["init", "good.csv", "--yes"]);
    assert_eq!(out.status.code(), Some(74));
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("good.csv is a file; nothing was written"), "{said}");
    assert!(said.contains("choose another folder: probity init FOLDER"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("taken"), "a file").unwrap();
    let out = probity(dir.path(), &["init", "taken/inside", "--yes", "--json"]);
    assert_eq!(out.status.code(), Some(74));
    assert!(String::from_utf8_lossy(&out.stdout).contains("\"code\": \"cannot_write\""), "{out:?}");
}

#[test]
fn the_answer_names_the_files_and_the_next_command() {
    let dir = tempfile::tempdir().unwrap();
    let out = probity(dir.path(), &["init", "hello", "--yes", "--json"]);
    let said: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(said["written"][0], "hello/contract.yaml");
    assert_eq!(said["next"], "probity check hello");
}
