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
    assert_eq!(passed(&with), passed(&without) + 19);
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
fn the_file_that_has_the_problems_is_named_in_the_end() {
    let dir = folder(&EVERYTHING.replace("action: tailor_document", "action: tailor_documents"));
    let said = text(&probity(dir.path(), &["check", "--today", "2026-11-24"]).stdout);
    let last = said.trim().lines().last().unwrap();
    let told = "probity.yaml: 1 error, contract.yaml: 2 notes, operations.yaml: 1 note; ";
    assert!(last.starts_with(told), "{last}");
    std::fs::write(dir.path().join("probity.yaml"), EVERYTHING).unwrap();
    let said = text(&probity(dir.path(), &["check", "--today", "2026-11-24"]).stdout);
    let last = said.trim().lines().last().unwrap();
    assert!(last.starts_with("contract.yaml: 2 notes, operations.yaml: 1 note; "), "{last}");
}

#[test]
fn errors_come_first_and_what_was_waived_last() {
    let dir = folder(&EVERYTHING.replace("action: tailor_document", "action: tailor_documents"));
    let contract = dir.path().join("contract.yaml");
    let waived = "\nwaive:\n  E04: { because: we know, by: ana, until: 2027-01-31 }\n";
    let with = std::fs::read_to_string(&contract).unwrap() + waived;
    std::fs::write(&contract, with).unwrap();
    let said = text(&probity(dir.path(), &["check", "--today", "2026-11-24"]).stdout);
    assert!(said.starts_with("error[F18]"), "{said}");
    let waived = said.find("info[E04]").unwrap();
    assert!(said.find("info[E08]").unwrap() < waived && said.find("info[O11]").unwrap() < waived);
    let last = said.trim().lines().last().unwrap();
    assert!(
        last.contains("contract.yaml: 1 note and 1 waived, operations.yaml: 1 note; "),
        "{last}"
    );
}

#[test]
fn a_secret_in_the_file_is_shown_by_nothing_that_is_said_of_it() {
    const KEY: &str = "sk-live-canary-0123456789";
    for line in [
        format!("upstream_key: {KEY}"),
        format!("upstream_key: {{ env: {KEY} }}"),
        format!("upstream_key: {{ env: OPENAI_API_KEY, nev: {KEY} }}"),
        format!("forward: {{ request: {{ authorization: \"Bearer {KEY}\" }} }}"),
        format!("protocol: {KEY}"),
        format!("customer: {KEY}"),
        format!("times: {{ idle: 5, conect: {KEY} }}"),
    ] {
        let dir = folder(&format!(
            "gateway:\n  listen: 127.0.0.1:8787\n  routes:\n    - match: GET /a\n      upstream: \
             http://ana:{KEY}@127.0.0.1:1\n      {line}\n"
        ));
        for args in [&["check"][..], &["check", "--json"], &["check", "--format", "sarif"]] {
            let out = probity(dir.path(), args);
            assert_eq!(out.status.code(), Some(1), "{out:?}");
            let said = text(&out.stdout) + &text(&out.stderr);
            assert!(!said.contains("canary"), "{line}: {said}");
        }
        let said = text(&probity(dir.path(), &["check"]).stdout);
        assert!(said.contains("D14") && said.contains("***"), "{line}: {said}");
    }
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
    assert!(text(&out.stdout).contains("contract.yaml: 2 notes, "), "{out:?}");
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
