//! SARIF 2.1.0, as code hosts read it: the schema of all that may stand in a log, and the essentials.

use crate::support::{probity, repository};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn log_of(folder: &str) -> Value {
    let folder = format!("{}/tests/cmd/contracts.in", env!("CARGO_MANIFEST_DIR")) + folder;
    log(Path::new(&folder), "broken", 1)
}

/// The log of checking a path from a folder; every log is held against the schema.
fn log(from: &Path, path: &str, code: i32) -> Value {
    let out = probity(from, &["check", path, "--format", "sarif"]);
    assert_eq!(out.status.code(), Some(code), "{path}");
    let log: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let schema = serde_json::from_str(include_str!("../sarif.schema.json")).expect("JSON");
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    let validator = options.build(&schema).expect("a schema");
    let wrong: Vec<String> =
        validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{path}: {wrong:#?}");
    log
}

fn uris(log: &Value) -> BTreeSet<&str> {
    let results = list(&log["runs"][0], "results").iter();
    let places = results.map(|result| &result["locations"][0]["physicalLocation"]);
    places.map(|place| place["artifactLocation"]["uri"].as_str().unwrap()).collect()
}

#[test]
fn the_log_of_every_contract_of_the_tests_is_valid() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/contracts.in");
    let (mut valid, mut refused) = (0, 0);
    for folder in [tests, repository().join("contracts")] {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let code = probity(&folder, &["check", &name]).status.code().unwrap();
            if code > 1 {
                continue; // no contract in there: nothing is read, and no log written
            }
            log(&folder, &name, code);
            if code == 0 { valid += 1 } else { refused += 1 }
        }
    }
    assert!(valid >= 4 && refused >= 3, "{valid} and {refused}");
}

#[test]
fn places_below_the_working_folder_are_relative_and_others_are_whole() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().canonicalize().unwrap();
    let folder = home.join("what we sell");
    std::fs::create_dir_all(home.join("elsewhere")).unwrap();
    assert!(probity(&home, &["init", "what we sell", "--yes"]).status.success());
    let whole = folder.to_str().unwrap();
    let relative = BTreeSet::from(["what%20we%20sell/operations.yaml"]);
    for path in ["what we sell", "./what we sell/", whole] {
        assert_eq!(uris(&log(&home, path, 0)), relative, "{path}");
    }
    let there = format!("file://{}", whole.replace(' ', "%20")) + "/operations.yaml";
    assert_eq!(uris(&log(&home.join("elsewhere"), whole, 0)), BTreeSet::from([there.as_str()]));
    let up = BTreeSet::from(["../what%20we%20sell/operations.yaml"]);
    assert_eq!(uris(&log(&home.join("elsewhere"), "../what we sell", 0)), up);
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("no list {key} in {value}"))
}

fn is_text(value: &Value) -> bool {
    value["text"].as_str().is_some_and(|text| !text.trim().is_empty())
}

#[test]
fn the_log_has_what_every_reader_needs() {
    let log = log_of("");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let [run] = list(&log, "runs").as_slice() else { panic!("one run") };
    assert_eq!(run["tool"]["driver"]["name"], "probity");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
}

#[test]
fn the_log_says_that_checks_wait_until_errors_are_mended() {
    let log = log_of("");
    let [invocation] = list(&log["runs"][0], "invocations").as_slice() else { panic!("one") };
    assert_eq!(invocation["executionSuccessful"], true);
    let [note] = list(invocation, "toolExecutionNotifications").as_slice() else { panic!("one") };
    assert_eq!(note["level"], "note");
    let text = note["message"]["text"].as_str().unwrap();
    assert!(text.ends_with("checks wait until the errors are mended"), "{text}");
}

#[test]
fn each_rule_is_told_once_with_its_explanation() {
    let log = log_of("");
    let rules = list(&log["runs"][0]["tool"]["driver"], "rules");
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len());
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        // A relative address would point into the repository that is checked.
        assert!(rule["helpUri"].is_null());
        let help = &rule["help"];
        assert!(help["text"].as_str().unwrap().ends_with(&format!("probity explain {id}")));
        assert!(help["markdown"].as_str().unwrap().starts_with(&format!("## {id} ")));
        assert!(is_text(&rule["shortDescription"]) && is_text(&rule["fullDescription"]));
        assert!(is_text(&rule["help"]));
    }
}

#[test]
fn each_result_names_its_rule_and_its_region() {
    let log = log_of("");
    let run = &log["runs"][0];
    let rules = list(&run["tool"]["driver"], "rules");
    let results = list(run, "results");
    assert!(results.len() >= 3);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(is_text(&result["message"]));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "broken/contract.yaml");
        let at = |key: &str| place["region"][key].as_u64().unwrap();
        assert!(at("startLine") >= 1 && at("startColumn") >= 1);
        let (start, end) = ((at("startLine"), at("startColumn")), (at("endLine"), at("endColumn")));
        assert!(start <= end, "{place}");
    }
    let with_related = results.iter().filter(|result| result["relatedLocations"].is_array());
    assert!(with_related.count() >= 1, "the first of the two keys is a related place");
}
