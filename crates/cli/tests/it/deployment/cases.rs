//! Every kind of problem, in `problems.txt`: edits of `everything.yaml` and exactly what is said.
//!
//! After a change of wording run the test with `UPDATE=1` and read the difference.

use super::{EVERYTHING, all_said, beside_jobscout};
use probity_cli::deployment::Problem;

const CASES: &str = include_str!("problems.txt");
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/deployment/problems.txt");

/// One case: a title, edits, and what is said.
struct Case<'a> {
    title: &'a str,
    edits: Vec<&'a str>,
    expected: String,
}

fn cases() -> Vec<Case<'static>> {
    let blocks = CASES.split("=== ").skip(1).map(|block| {
        let (head, expected) = block.split_once(">>>").expect("a case has >>>");
        let mut lines = head.lines();
        let title = lines.next().expect("a title");
        Case { title, edits: lines.collect(), expected: expected.trim().to_owned() }
    });
    blocks.collect()
}

/// Applies `- old` / `+ new` edits; `~` in a line stands for a line break.
fn edited(case: &Case<'_>) -> String {
    let mut text = EVERYTHING.to_owned();
    for pair in case.edits.chunks(2) {
        let [old, new] = pair else { panic!("{}: an edit is a pair of lines", case.title) };
        let old = old.strip_prefix("- ").expect("- old").replace('~', "\n");
        let new = new.strip_prefix("+ ").expect("+ new").replace('~', "\n");
        assert!(text.contains(&old), "{}: no line has `{old}`", case.title);
        text = text.replacen(&old, &new, 1);
    }
    text
}

fn outcome(case: &Case<'_>) -> String {
    let text = edited(case);
    all_said(&beside_jobscout(&text), &text).trim_end().to_owned()
}

#[test]
fn each_problem_is_said_at_its_place_with_its_fix() {
    if std::env::var("UPDATE").is_ok() {
        let (head, _) = CASES.split_once("=== ").expect("a case");
        let mut text = head.to_owned();
        for case in cases() {
            let edits = case.edits.join("\n");
            text.push_str(&format!("=== {}\n{edits}\n>>>\n{}\n\n", case.title, outcome(&case)));
        }
        std::fs::write(PATH, text.trim_end().to_owned() + "\n").unwrap();
        return;
    }
    for case in cases() {
        assert!(!case.expected.is_empty(), "{}: nothing is said", case.title);
        assert_eq!(outcome(&case), case.expected, "{}", case.title);
    }
}

#[test]
fn each_kind_of_problem_has_a_case() {
    for problem in Problem::ALL {
        assert!(CASES.contains(&format!(" {} ", problem.id())), "{} has no case", problem.id());
    }
}

#[test]
fn a_secret_in_the_file_is_not_repeated_in_what_is_said() {
    for (old, new) in [
        ("{ env: OPENAI_API_KEY }", "sk-proj-0123456789abcdefghij"),
        ("{ env: OPENAI_API_KEY }", "{ env: sk-proj-0123456789abcdefghij }"),
        ("https://api.openai.com", "https://me:sk-proj-0123456789@api.openai.com"),
        ("https://api.openai.com", "sk-proj-0123456789@api.openai.com"),
    ] {
        let reading = beside_jobscout(&EVERYTHING.replacen(old, new, 1));
        assert!(reading.findings.iter().any(|found| found.id == "D14"), "{new}");
        for found in reading.findings {
            let said = format!("{} {}", found.message, found.fix);
            assert!(!said.contains("0123456789"), "{said}");
        }
    }
}
