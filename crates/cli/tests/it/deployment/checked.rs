//! `probity check`, `schema` and `explain` with a probity.yaml beside the contract.

use super::EVERYTHING;
use crate::support::{fresh, probity, repository, said};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder with the sample contract and a deployment beside it.
fn folder(deployment: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let sample = repository().join("contracts/jobscout");
    for name in ["contract.yaml", "operations.yaml", "model-prices.json"] {
        std::fs::copy(sample.join(name), dir.path().join(name)).unwrap();
    }
    std::fs::write(dir.path().join("probity.yaml"), deployment).unwrap();
    dir
}

#[test]
fn a_good_one_is_counted_among_what_passed() {
    let dir = folder(EVERYTHING);
    let out = probity(dir.path(), &["check", "--json", "--today", "2026-11-24"]);
    assert!(out.status.success(), "{out:?}");
    let with: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    std::fs::remove_file(dir.path().join("probity.yaml")).unwrap();
    let out = probity(dir.path(), &["check", "--json", "--today", "2026-11-24"]);
    let without: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let passed = |said: &serde_json::Value| said["passed"].as_u64().unwrap();
    assert_eq!(passed(&with), passed(&without) + 14);
    assert_eq!(with["problems"], without["problems"]);
}

#[test]
fn its_problems_stand_among_the_others_with_their_file() {
    let dir = folder(&EVERYTHING.replace("action: tailor_document", "action: tailor_documents"));
    let out = probity(dir.path(), &["check"]);
    assert_eq!(out.status.code(), Some(1), "{out:?}");
    let said = text(&out.stdout);
    assert!(said.contains("There is no action `tailor_documents`."), "{said}");
    assert!(said.contains("probity.yaml:8:15"), "{said}");
    assert!(said.contains("Did you mean `tailor_document`?"), "{said}");
    let out = probity(dir.path(), &["check", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let problems = json["problems"].as_array().unwrap();
    let files: Vec<&str> = problems.iter().filter_map(|p| p["file"].as_str()).collect();
    assert_eq!(files.iter().filter(|file| **file == "probity.yaml").count(), 1, "{files:?}");
}

#[test]
fn its_warnings_count_where_they_are_asked_for() {
    let dir = folder(&EVERYTHING.replace("127.0.0.1:3000/internal", "backend:3000"));
    assert_eq!(probity(dir.path(), &["check"]).status.code(), Some(0));
    assert_eq!(probity(dir.path(), &["check", "--strict"]).status.code(), Some(2));
    let sarif = text(&probity(dir.path(), &["check", "--format", "sarif"]).stdout);
    let title = "An upstream that is spoken to in the open";
    assert!(sarif.contains("\"D04\"") && sarif.contains(title), "{sarif}");
}

#[test]
fn naming_it_checks_the_folder_that_it_is_in() {
    let dir = folder(EVERYTHING);
    let out = probity(dir.path(), &["check", "probity.yaml"]);
    assert!(out.status.success(), "{out:?}");
    assert!(
        text(&out.stdout).contains("contract.yaml: no problems")
            || text(&out.stdout).contains("contract.yaml: ")
    );
}

#[test]
fn a_folder_in_its_place_is_told_as_such() {
    let dir = fresh();
    std::fs::create_dir(dir.path().join("probity.yaml")).unwrap();
    let out = probity(dir.path(), &["check"]);
    assert_eq!(out.status.code(), Some(66), "{out:?}");
    assert!(text(&out.stderr).contains("probity.yaml is not a file"), "{out:?}");
}

#[test]
fn its_schema_is_printed_and_its_checks_are_explained() {
    let schema: serde_json::Value = serde_json::from_str(&said(&["schema", "deployment"])).unwrap();
    assert_eq!(schema, probity_cli::deployment::schema());
    let explained = said(&["explain", "d02"]);
    assert!(explained.contains("A route that no call reaches"), "{explained}");
}
