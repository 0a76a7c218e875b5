//! Every kind of problem, in `problems.txt`: edits of the sample contract and exactly what is said.
//!
//! After a change of wording run the test with `UPDATE=1` and read the difference.

use crate::samples::{JOBSCOUT, read_texts, said};
use probity_core::contract::file::Problem;

const CASES: &str = include_str!("problems.txt");
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/language/problems.txt");

/// One case: a title, edits, and what is said.
struct Case<'a> {
    title: &'a str,
    edits: Vec<&'a str>,
    expected: String,
}

fn cases() -> Vec<Case<'static>> {
    CASES
        .split("=== ")
        .skip(1)
        .map(|block| {
            let (head, expected) = block.split_once(">>>\n").expect("a case has >>>");
            let mut lines = head.lines();
            let title = lines.next().expect("a title");
            Case { title, edits: lines.collect(), expected: expected.trim_end().to_owned() }
        })
        .collect()
}

/// Applies `- old` / `+ new` edits; `~` in a line stands for a line break.
fn edited(title: &str, edits: &[&str]) -> [String; 3] {
    let mut files = [JOBSCOUT.contract, JOBSCOUT.operations.unwrap(), JOBSCOUT.prices.unwrap()]
        .map(String::from);
    for pair in edits.chunks(2) {
        let [old, new] = pair else { panic!("{title}: an edit is a pair of lines") };
        let old = old.strip_prefix("- ").expect("- old").replace('~', "\n");
        let new = new.strip_prefix('+').expect("+ new");
        let new = new.strip_prefix(' ').unwrap_or(new).replace('~', "\n");
        let file = files.iter_mut().find(|file| file.contains(&old));
        let file = file.unwrap_or_else(|| panic!("{title}: no file has `{old}`"));
        *file = file.replacen(&old, &new, 1);
    }
    files
}

fn outcome(case: &Case<'_>) -> String {
    let [contract, operations, prices] = edited(case.title, &case.edits);
    let reading = read_texts(&contract, Some(&operations), Some(&prices));
    let lines = reading.findings.iter().map(|f| said(f, &contract, &operations, &prices));
    lines.collect::<String>().trim_end().to_owned()
}

#[test]
#[allow(clippy::disallowed_methods)]
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
        assert_eq!(outcome(&case), case.expected, "{}", case.title);
    }
}

#[test]
fn each_kind_of_problem_has_a_case() {
    // Those that no edit of a sample can cause have their tests among the hostile files.
    let elsewhere = [
        Problem::TooLarge,
        Problem::NotText,
        Problem::TooDeep,
        Problem::NoPriceMap,
        Problem::TooMany,
    ];
    for problem in Problem::ALL.iter().filter(|p| !elsewhere.contains(p)) {
        assert!(CASES.contains(&format!(" {} ", problem.id())), "{} has no case", problem.id());
    }
}
