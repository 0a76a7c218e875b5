//! The official client libraries, unmodified, against the gateway: answers arrive as ever, refusals in
//! their own error types.
//!
//! They are installed once, into the user's cache folder, from the pinned lists in `tests/sdk`.

use super::native::{assistant, fake};
use crate::packages;
use probity_cli::fake_upstream::Options;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

const HELLO: &str = "Hello from the fake upstream.";

fn scripts() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "sdk"].iter().collect()
}

/// The interpreter with the Python clients.
pub(crate) fn python() -> PathBuf {
    packages::pypi("python", &scripts().join("requirements.txt"))
}

/// The script with the JavaScript client beside it.
fn javascript() -> PathBuf {
    let script = javascript_folder().join("said.mjs");
    fs::copy(scripts().join("said.mjs"), &script).unwrap();
    script
}

/// Where scripts find the JavaScript clients.
pub(crate) fn javascript_folder() -> PathBuf {
    packages::npm("javascript", &scripts())
}

/// What a client shows of each of these calls: which, model, streamed, fault.
fn said(mut client: Command, calls: &[(&str, &str, bool, &str)]) -> Vec<Value> {
    let mut child = client.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let (mut asks, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    for call in calls {
        writeln!(asks, "{}", json!(call)).unwrap();
    }
    drop(asks);
    let lines = BufReader::new(answers).lines();
    let said = lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    assert!(child.wait().unwrap().success());
    said
}

/// Does the error count as this one, in the client's own words?
fn is(said: &Value, kind: &str, status: u16) -> bool {
    said["error"].as_array().is_some_and(|kinds| kinds.iter().any(|k| k == kind))
        && said["status"] == status
}

/// Three calls that the trial pays for, then two that it does not, of each kind.
fn plays(client: impl Fn() -> Command, kinds: &[(&str, &str)], denied: &str) {
    let (served, gateway) = assistant("enforce", fake(Options::default()));
    let url = format!("http://{gateway}");
    for (n, (call, model)) in kinds.iter().enumerate() {
        let customer = format!("{call}{n}");
        served.opens(&customer, "trial");
        let mut command = client();
        command.arg(&url).arg(&customer);
        let calls = [
            (*call, *model, false, "ok"),
            (*call, *model, true, "ok"),
            (*call, *model, true, "truncate"),
            (*call, *model, false, "status-500"),
            (*call, *model, false, "gzip"),
            (*call, *model, true, "ok"),
            (*call, *model, false, "ok"),
            (*call, "gpt-4.1", true, "ok"),
        ];
        let said = said(command, &calls);
        for n in [0, 1, 4] {
            assert_eq!(said[n]["text"], HELLO, "{call}: {:#}", said[n]);
        }
        assert!(is(&said[3], "InternalServerError", 500), "{:#}", said[3]);
        for refused in &said[5..7] {
            assert!(is(refused, denied, 402), "{call}: {refused:#}");
            let message = refused["message"].as_str().unwrap();
            assert!(message.contains("you can use 0 credits"), "{message}");
            let ways = &refused["body"]["ways_forward"];
            assert_eq!(ways[0]["do"], "switch_plan", "{refused:#}");
        }
        assert!(is(&said[7], "PermissionDeniedError", 403), "{:#}", said[7]);
        let runs = served.get(&format!("/v1/customers/{customer}/runs")).is(200);
        let outcomes: Vec<_> = runs["items"]
            .as_array()
            .unwrap()
            .iter()
            .rev()
            .map(|run| run["outcome"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(outcomes, ["delivered", "delivered", "failed", "failed", "delivered"], "{call}");
    }
}

#[test]
fn the_python_clients_show_answers_and_refusals_as_ever() {
    let interpreter = python();
    let client = || {
        let mut command = Command::new(&interpreter);
        command.arg(scripts().join("said.py"));
        command
    };
    let openai = [("chat", "gpt-4o-mini"), ("responses", "gpt-4o-mini")];
    plays(client, &openai, "APIStatusError");
    plays(client, &[("messages", "claude-haiku-4-5")], "APIStatusError");
}

#[test]
fn the_javascript_client_shows_answers_and_refusals_as_ever() {
    let script = javascript();
    let client = || {
        let mut command = Command::new("node");
        command.arg(&script);
        command
    };
    plays(client, &[("chat", "gpt-4o-mini")], "APIError");
}
