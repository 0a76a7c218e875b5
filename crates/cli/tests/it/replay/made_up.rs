//! Logs that are made up: the sample and `probity sample-log`.

use super::{CONTRACT, TODAY, replay, report_of};
use crate::support::{probity, repository, said};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

#[test]
fn the_sample_is_the_same_everywhere() {
    let rows = said(&["sample-log", CONTRACT, "--rows=5000", "--seed=7"]);
    assert_eq!(rows.lines().count(), 5_001);
    let hash: String = Sha256::digest(rows.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hash, "d6bc9147c57186eceb6245e64dd1adff8fc3d72f77b9b332e2527ce9db228df8");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("usage.csv");
    let to_file = format!("--output={}", file.display());
    assert!(
        probity(&repository(), &["sample-log", CONTRACT, "--rows=5000", "--seed=7", &to_file])
            .status
            .success()
    );
    assert_eq!(std::fs::read_to_string(&file).expect("the log"), rows);
    let nowhere =
        probity(&repository(), &["sample-log", CONTRACT, "--output=/no/such/folder/x.csv"]);
    assert_eq!(nowhere.status.code(), Some(74));
}

#[test]
fn a_made_up_log_is_json_lines_too() {
    let made = ["sample-log", CONTRACT, "--rows=500", "--seed=7"];
    let (rows, lines) = (said(&made), said(&[&made[..], &["--json"]].concat()));
    let first: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert!(first["user_id"].is_string() && first.get("charged_usd").is_some(), "{first}");
    assert!(lines.contains("\"input_tokens\":null"), "what is not known is null");
    assert_eq!(lines.lines().count(), 500);
    let (mut table, mut list) = (report_of(&rows, &[]), report_of(&lines, &[]));
    assert_eq!(table["rows"], list["rows"]);
    assert_eq!(table["money"].take(), list["money"].take());
}

#[test]
fn a_made_up_log_has_the_days_asked_for_whatever_the_zone() {
    for entry in std::fs::read_dir(repository().join("contracts")).expect("the samples") {
        let contract = format!("--contract={}", entry.expect("an entry").path().display());
        let report: Value =
            serde_json::from_str(&said(&["replay", &contract, "--sample", "--json"]))
                .expect("JSON");
        assert_eq!(report["log"]["days"], 30, "{contract}");
        assert_eq!(report["days"][0]["day"], "2026-10-01", "{contract}");
    }
    // In New York, the clocks of March and November 2026 are changed.
    for (from, first, last) in [
        ("2026-03-01", "2026-03-01T05:", "2026-04-01T03:"),
        ("2026-11-01", "2026-11-01T04:", "2026-12-02T04:"),
    ] {
        let from = format!("--from={from}");
        let contract = "--contract=contracts/image-studio";
        let rows = said(&["sample-log", contract, "--rows=9000", "--days=31", &from]);
        let rows: Vec<_> = rows.lines().skip(1).collect();
        assert!(rows[0].starts_with(first), "{}", rows[0]);
        assert!(rows[8999].starts_with(last), "{}", rows[8999]);
    }
}

#[test]
fn every_sample_contract_has_a_log_that_replays() {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(repository().join("contracts")).expect("the samples") {
        let contract = entry.expect("an entry").path();
        let flag = format!("--contract={}", contract.display());
        let log = folder.path().join("usage.csv");
        let to_file = format!("--output={}", log.display());
        let made =
            probity(Path::new("."), &["sample-log", &flag, "--rows=2000", "--force", &to_file]);
        assert!(made.status.success(), "{}: {made:?}", contract.display());
        let log = log.display().to_string();
        let out = probity(Path::new("."), &["replay", &log, &flag, TODAY, "--json"]);
        assert!(out.status.success(), "{}: {out:?}", contract.display());
        let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        let rows = &report["rows"];
        let left_out = [&rows["broken"], &rows["not_mapped"], &rows["not_decided"]];
        assert_eq!(
            (&rows["all"], left_out),
            (&2_000.into(), [&0.into(); 3]),
            "{}",
            contract.display()
        );
    }
}

#[test]
fn a_replay_of_nothing_names_the_sample() {
    let out = probity(&repository(), &["replay", "--json"]);
    assert_eq!(out.status.code(), Some(64));
    let answer: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let fix = answer["error"]["fix"].as_str().expect("a fix");
    assert!(fix.contains("--sample --contract"), "{fix}");
}

#[test]
fn a_made_up_log_is_replayed_without_a_file() {
    let shown = said(&["replay", CONTRACT, "--sample"]);
    assert!(
        shown.starts_with("You charge $") && shown.contains("under this contract they cost"),
        "{shown}"
    );
    assert!(shown.contains("A made-up log under jobscout@3: 50,000 rows, 650 customers"));
    let said = replay(&["--sample"]).stderr;
    assert!(said.starts_with(b"Next:"), "{}", String::from_utf8_lossy(&said));
}
