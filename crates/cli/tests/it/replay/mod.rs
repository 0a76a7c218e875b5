//! Replays as people start them: logs of many kinds, good, bad and hostile.

mod made_up;
mod read;
mod report;

use crate::support::{probity, repository};
use serde_json::Value;
use std::io::Write;
use std::process::Output;

const CONTRACT: &str = "--contract=contracts/jobscout";

const LOGS: &str = "crates/cli/tests/logs";

/// The day on which the logs here are replayed.
const TODAY: &str = "--today=2026-11-24";

fn replay(args: &[&str]) -> Output {
    probity(&repository(), &[&["replay", CONTRACT, TODAY], args].concat())
}

/// Replays a text as a file and gives exit code and the failure's code, message and fix.
fn refused(bytes: &[u8], args: &[&str]) -> (i32, String, String, String) {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("room");
    let path = file.path().to_str().expect("a path").to_owned();
    let out = replay(&[&[path.as_str(), "--json"], args].concat());
    let answer: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let text = |key: &str| answer["error"][key].as_str().unwrap_or_default().to_owned();
    (out.status.code().expect("a code"), text("code"), text("message"), text("fix"))
}

fn json(args: &[&str]) -> Value {
    let out = replay(&[args, &["--json"]].concat());
    assert!(out.status.success(), "{out:?}");
    serde_json::from_slice(&out.stdout).expect("JSON")
}

/// Replays a text as a file and gives the report.
fn report_of(log: &str, args: &[&str]) -> Value {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(log.as_bytes()).expect("room");
    json(&[&[file.path().to_str().expect("a path")], args].concat())
}

/// Replays a text as a file and gives what is shown, on one line.
fn shown_of(log: &str, args: &[&str]) -> String {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(log.as_bytes()).expect("room");
    let out = replay(&[&[file.path().to_str().expect("a path")], args].concat());
    String::from_utf8(out.stdout).expect("UTF-8").replace('\n', " ")
}

const BILLED: &str = "time,customer,action,status,charged\n";
