//! What `probity check` counts: what passed was asked, and what was not asked waits.

use crate::support::{fresh, probity};
use probity_core::contract::file::Problem;
use probity_core::lint::{Needs, rules};
use std::fs;
use std::path::Path;

/// What checking says of a contract in which one text was replaced: its last line.
fn summary_with(file: &str, from: &str, to: &str) -> String {
    let dir = fresh();
    let path = dir.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    let out = probity(dir.path(), &["check"]);
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    said.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn nothing_passes_where_the_contract_cannot_be_taken_apart() {
    let said = summary_with("contract.yaml", "version: 1", "version: [1");
    assert!(said.ends_with("checks wait until the errors are mended."), "{said}");
    assert!(!said.contains("passed"), "{said}");
}

#[test]
fn checks_that_were_not_made_are_not_counted() {
    for (file, from, to) in [
        ("contract.yaml", "version: 1", "version: one"),
        ("operations.yaml", "operates:", "operates: ["),
        ("operations.yaml", "operates:", "operated:"),
    ] {
        let refused = summary_with(file, from, to);
        assert!(refused.contains(" checks passed; "), "{refused}");
        assert!(refused.ends_with("checks wait until the errors are mended."), "{refused}");
    }
}

/// What `check --json` counts: passed, waiting, and what it waits for.
fn counted(dir: &Path) -> (usize, usize, serde_json::Value) {
    let out = probity(dir, &["check", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let number = |key: &str| usize::try_from(report[key].as_u64().unwrap()).unwrap();
    (number("passed"), number("waiting"), report["waits_for"].clone())
}

/// How many rules of the lint need more than the contract, and how many more than operations.
fn needing_more() -> (usize, usize) {
    let count = |known: &[Needs]| rules().filter(|rule| !known.contains(&rule.needs)).count();
    (count(&[Needs::Contract]), count(&[Needs::Contract, Needs::Operations]))
}

#[test]
fn beside_broken_operations_what_needs_only_the_contract_is_asked_and_counted() {
    let dir = fresh();
    fs::write(dir.path().join("operations.yaml"), "operated: hello\n").unwrap();
    let (passed, waiting, waits_for) = counted(dir.path());
    assert_eq!((waiting, waits_for), (needing_more().0, "errors".into()));
    assert!(passed > Problem::ALL.len(), "{passed}");
}

#[test]
fn without_costs_what_needs_them_waits() {
    let dir = fresh();
    for has_operations in [true, false] {
        if !has_operations {
            fs::remove_file(dir.path().join("operations.yaml")).unwrap();
        }
        let (passed, waiting, waits_for) = counted(dir.path());
        assert_eq!((waiting, waits_for), (needing_more().1, "costs".into()));
        let all = Problem::ALL.len() + rules().count();
        assert_eq!(passed + waiting + 1, all, "all but M03, which was found");
        let out = probity(dir.path(), &["check"]);
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        let end = "checks wait until operations.yaml says what actions cost.";
        assert!(said.trim_end().ends_with(end), "{said}");
    }
}

#[test]
fn a_case_is_promised_only_where_a_rule_of_the_lint_has_one() {
    let dir = fresh();
    let path = dir.path().join("contract.yaml");
    let good = fs::read_to_string(&path).unwrap();
    let note = |from: &str, to: &str| {
        assert!(good.contains(from), "{good}");
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        String::from_utf8(probity(dir.path(), &["check"]).stderr).unwrap()
    };
    let unread = note("version: 1", "version: one");
    assert!(unread.starts_with("Each id is explained: probity explain F"), "{unread}");
    let unfair = note("delivered_when:", "# delivered_when:");
    assert!(unfair.starts_with("Each id is explained, with the case behind it: "), "{unfair}");
}
