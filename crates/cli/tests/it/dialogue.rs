//! `probity init` on a terminal: it asks, takes words and numbers, asks again, and can be left.

use rexpect::session::{PtySession, spawn_command};
use std::path::Path;
use std::process::Command;

/// How long an answer may take, in milliseconds.
const PATIENCE: u64 = 20_000;

fn init(dir: &Path) -> PtySession {
    let mut command = Command::new(snapbox::cmd::cargo_bin!("probity"));
    command.current_dir(dir).args(["init", "hello"]).env("NO_COLOR", "1");
    spawn_command(command, Some(PATIENCE)).expect("a terminal")
}

/// Waits for a question and answers it.
fn answer(session: &mut PtySession, question: &str, said: &str) {
    session.exp_string(question).expect(question);
    session.send_line(said).expect("it reads");
}

/// It ends by itself, with this code.
fn ends_with(session: &mut PtySession, code: i32) {
    let status = format!("{:?}", session.process().wait().expect("it ends"));
    assert!(status.ends_with(&format!(", {code})")), "{status}");
}

#[test]
fn three_questions_make_a_contract() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = init(dir.path());
    answer(&mut session, "What do you sell?", "Find an address");
    answer(&mut session, "one of them is called [result]", "address lookup");
    answer(&mut session, "Who pays for the AI?", "2");
    answer(&mut session, "What does it cost when nothing is found?", "perhaps");
    answer(&mut session, "One of these, please", "charged");
    session.exp_string("Next: probity check hello").unwrap();
    ends_with(&mut session, 0);
    let text = std::fs::read_to_string(dir.path().join("hello/contract.yaml")).unwrap();
    for expected in ["find_an_address:", "unit: address lookup", "runs_on: own_key", "empty:"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn enter_takes_the_usual_answer() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = init(dir.path());
    answer(&mut session, "What do you sell?", "");
    answer(&mut session, "one of them is called [summary]", "");
    answer(&mut session, "Who pays for the AI?", "");
    answer(&mut session, "What does it cost when nothing is found?", "");
    session.exp_string("Wrote").unwrap();
    ends_with(&mut session, 0);
    let text = std::fs::read_to_string(dir.path().join("hello/contract.yaml")).unwrap();
    assert!(text.contains("name: Summarize a file"), "{text}");
}

#[test]
fn the_end_of_the_input_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = init(dir.path());
    answer(&mut session, "What do you sell?", "Find an address");
    session.exp_string("one of them is called").unwrap();
    session.send_control('d').unwrap();
    session.exp_string("no_answers").unwrap();
    ends_with(&mut session, 64);
    assert!(!dir.path().join("hello").exists(), "nothing is written");
}
