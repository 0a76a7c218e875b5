//! What is read, and what is refused before it is read: sizes, pipes, places outside the folder.

use crate::support::{fresh, probity};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Exit code and stable word of the failure.
fn refusal(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    let out = probity(dir, &[args, &["--json"]].concat());
    let said: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    (out.status.code(), said["error"]["code"].as_str().unwrap_or_default().to_owned())
}

fn with_prices(dir: &Path, named: &str) {
    let path = dir.join("operations.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}costs: {{ as_of: 2026-11-20, prices: {named} }}\n")).unwrap();
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let dir = fresh();
    let file = fs::OpenOptions::new().write(true).open(dir.path().join("contract.yaml")).unwrap();
    file.set_len(4 * 1024 * 1024 * 1024).unwrap();
    assert_eq!(refusal(dir.path(), &["check"]), (Some(66), "too_large".into()));
}

#[test]
fn an_endless_file_is_cut_off() {
    let dir = fresh();
    assert_eq!(refusal(dir.path(), &["check", "/dev/zero"]), (Some(66), "too_large".into()));
}

#[test]
fn a_pipe_may_be_typed_but_never_stands_in_for_a_file() {
    let dir = fresh();
    let binary = snapbox::cmd::cargo_bin!("probity");
    let line = format!("cat contract.yaml | {} check /dev/stdin", binary.display());
    let out = Command::new("sh").current_dir(dir.path()).args(["-c", &line]).output().unwrap();
    assert!(out.status.success(), "{out:?}");
    fs::remove_file(dir.path().join("operations.yaml")).unwrap();
    let made = Command::new("mkfifo").current_dir(dir.path()).arg("operations.yaml").status();
    assert!(made.unwrap().success());
    assert_eq!(refusal(dir.path(), &["check"]), (Some(66), "not_a_file".into()));
}

#[test]
fn a_folder_in_place_of_a_file_is_told() {
    let dir = fresh();
    fs::remove_file(dir.path().join("contract.yaml")).unwrap();
    fs::create_dir(dir.path().join("contract.yaml")).unwrap();
    assert_eq!(refusal(dir.path(), &["explain"]), (Some(66), "not_a_file".into()));
}

#[test]
fn a_price_map_is_read_from_the_folder_and_from_nowhere_else() {
    let dir = fresh();
    let home = dir.path().join("home");
    fs::create_dir(&home).unwrap();
    for name in ["contract.yaml", "operations.yaml"] {
        fs::rename(dir.path().join(name), home.join(name)).unwrap();
    }
    fs::write(dir.path().join("prices.json"), "{}").unwrap();
    with_prices(&home, "./prices.json");
    let out = probity(&home, &["check"]);
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(0), "a missing map hides nothing: {said}");
    assert!(said.contains("warning[F30]") && said.contains("operations.yaml:"), "{said}");
    std::os::unix::fs::symlink("../prices.json", home.join("prices.json")).unwrap();
    assert_eq!(refusal(&home, &["check"]), (Some(66), "outside_the_folder".into()));
    fs::remove_file(home.join("prices.json")).unwrap();
    fs::write(home.join("prices.json"), "{}").unwrap();
    assert_eq!(probity(&home, &["check"]).status.code(), Some(0));
}

#[test]
fn a_price_map_that_is_there_is_read_whatever_else_is_wrong() {
    let dir = fresh();
    fs::write(dir.path().join("prices.json"), "{}").unwrap();
    with_prices(dir.path(), "./prices.json");
    for (file, from, to) in [
        ("operations.yaml", "as_of: 2026-11-20", "as_of: yesterday"),
        ("contract.yaml", "version: 1", "version: one"),
    ] {
        let path = dir.path().join(file);
        let whole = fs::read_to_string(&path).unwrap();
        assert!(whole.contains(from), "{whole}");
        fs::write(&path, whole.replace(from, to)).unwrap();
        let out = probity(dir.path(), &["check"]);
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert_eq!(out.status.code(), Some(1), "{said}");
        assert!(!said.contains("F30"), "{said}");
        fs::write(&path, whole).unwrap();
    }
}

#[test]
fn the_operations_or_the_contract_may_be_named_instead_of_the_folder() {
    let dir = fresh();
    for path in ["contract.yaml", "operations.yaml", "./contract.yaml"] {
        let out = probity(dir.path(), &["check", path]);
        assert!(out.status.success(), "{out:?}");
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(said.contains("\noperations.yaml: 1 note"), "{said}");
    }
}
