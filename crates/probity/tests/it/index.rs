//! What the corpus proves: every word of the closed lists stands in a story that expects it.
//!
//! `docs/proof.md` is made from this; `UPDATE=1 cargo test -p probity` writes it anew.

use crate::library::{StoryFile, corpus, root};
use probity_core::contract::Outcome;
use probity_core::contract::file::keys;
use probity_core::decide::{Code, Problem};
use probity_core::terms::PublishError;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

const RULES: &[&str] = &[
    "charge",
    "share",
    "quantity",
    "free_action",
    "allowance",
    "reopened",
    "same_again",
    "redo",
    "on_your_key",
    "experiment",
    "outcome_free",
    "paid_even_if",
    "too_slow",
    "corrected",
    "shadow",
    "announce",
];
const KINDS: &[&str] = &["first", "rest", "reopened", "redo", "fresh"];
const MODES: &[&str] = &["shadow", "announce", "enforce"];
const STATUS: &[&str] = &["held", "settled", "released", "expired"];
const WAYS: &[&str] = &[
    "wait",
    "top_up",
    "switch_plan",
    "use_own_key",
    "fix_own_key",
    "smaller_model",
    "other_action",
    "resume",
    "raise_cap",
    "raise_max_price",
    "confirm",
    "fix_input",
    "finish_running",
    "contact",
];
const COMMANDS: &[&str] = &[
    "open_customer",
    "update_customer",
    "change_plan",
    "renew",
    "grant",
    "top_up",
    "claw_back",
    "start_run",
    "settle",
    "run",
    "release",
    "expire_run",
    "extend",
    "refund",
    "correct",
    "attempts",
    "expire_grant",
    "set_caps",
    "override",
    "pause",
    "resume",
    "own_key",
    "confirm_quote",
    "begin_version",
];

/// A closed list of words, and how a story expects one of them.
struct Closed {
    title: &'static str,
    words: Vec<&'static str>,
    /// What stands before the word; the word itself may stand anywhere in the same expectation.
    before: &'static [&'static str],
}

fn lists() -> Vec<Closed> {
    let list =
        |title, words: &[&'static str], before| Closed { title, words: words.to_vec(), before };
    vec![
        list("Outcomes", &Outcome::ALL.map(Outcome::word), &["ends ", "ending ", "outcome "]),
        list("Rules of receipts", RULES, &["rule "]),
        list("Denials", &Code::ALL.map(Code::word), &["denied "]),
        list("Ways forward", WAYS, &["ways ", "way "]),
        list("Other refusals", &Problem::WORDS, &["refused "]),
        list("Publishing", &PublishError::WORDS, &["refused "]),
        list("Kinds of run", KINDS, &["kind "]),
        list("Modes", MODES, &["mode "]),
        list("Status", STATUS, &["status "]),
        list("Entries", COMMANDS, &["writes "]),
    ]
}

/// A story's lines, with its title and file.
struct Told {
    title: String,
    file: String,
    lines: Vec<String>,
}

fn told(file: &StoryFile) -> Vec<Told> {
    let lines: Vec<&str> = file.text.lines().collect();
    let stories = file.stories.iter().enumerate();
    let of_story = stories.map(|(n, story)| {
        let next = file.stories.get(n + 1).map_or(lines.len(), |next| next.line - 1);
        let lines = lines[story.line..next].iter().map(|line| (*line).to_owned()).collect();
        Told { title: story.title.clone(), file: file.shown.clone(), lines }
    });
    of_story.collect()
}

/// Does a line expect this word: in an expectation that begins so, among its words?
fn expects(line: &str, before: &[&str], word: &str) -> bool {
    line.split([',', '>']).map(str::trim).any(|part| {
        let is_word = |said: &str| said == word || said.split(':').next() == Some(word);
        before.iter().any(|start| {
            let at = part.find(start).map(|at| at + start.len());
            at.is_some_and(|at| part[at..].split_whitespace().any(is_word))
        })
    })
}

fn page() -> (String, Vec<String>) {
    let files = corpus();
    let stories: Vec<Told> = files.iter().flat_map(told).collect();
    let mut missing = Vec::new();
    let mut page = String::from(
        "# What the stories prove\n\nMade from the stories by a test: every word of the closed lists, and a story that \
         expects it. The stories stand in\n[`scenarios`](../scenarios) and beside the sample contracts; \
         [its README](../scenarios/README.md) explains how to read them.\n",
    );
    for list in lists() {
        let _ = writeln!(
            page,
            "\n## {}\n\n| word | a story that expects it |\n| --- | --- |",
            list.title
        );
        for word in &list.words {
            let is_proof =
                |story: &&Told| story.lines.iter().any(|l| expects(l, list.before, word));
            match stories.iter().find(is_proof) {
                None => missing.push(format!("{}: `{word}` stands in no story", list.title)),
                Some(Told { title, file, .. }) => {
                    let _ = writeln!(page, "| `{word}` | [{title}](../{file}) |");
                }
            }
        }
    }
    rules(&files, &mut page, &mut missing);
    (page, missing)
}

/// Which files prove the rules that keys of the two files feed.
fn rules(files: &[StoryFile], page: &mut String, missing: &mut Vec<String>) {
    let mut proofs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for file in files {
        let line = file.text.lines().find_map(|line| line.strip_prefix("Proves: "));
        for rule in line.unwrap_or_default().split("; ").filter(|rule| !rule.is_empty()) {
            proofs.entry(rule.trim().to_owned()).or_default().push(&file.shown);
        }
    }
    let _ = writeln!(page, "\n## Rules\n\n| rule | stories |\n| --- | --- |");
    for (rule, files) in &proofs {
        let links: Vec<String> = files.iter().map(|f| format!("[`{f}`](../{f})")).collect();
        let _ = writeln!(page, "| {rule} | {} |", links.join(", "));
    }
    // What is not about runs is proved by other tests: the language, its words, costs.
    let elsewhere = ["The contract language", "Unit cost and margin", "Words"];
    let mut fed: Vec<&str> = keys().iter().map(|key| key.rule).collect();
    fed.sort_unstable();
    fed.dedup();
    for rule in fed {
        if !proofs.contains_key(rule) && !elsewhere.contains(&rule) {
            missing.push(format!("the rule “{rule}” is proved by no file of stories"));
        }
    }
}

#[test]
fn every_word_of_the_closed_lists_stands_in_a_story() {
    let (_, missing) = page();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn the_page_of_proofs_is_current() {
    let path = root().join("docs/proof.md");
    let (page, _) = page();
    if std::env::var("UPDATE").is_ok() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/proof.md is not current: UPDATE=1 cargo test -p probity");
}

#[test]
fn every_numbered_scenario_is_listed_where_it_stands() {
    let readme = fs::read_to_string(root().join("scenarios/README.md")).unwrap();
    let number = |word: &str| {
        let digits = word.strip_prefix('S').unwrap_or_default();
        digits.len() >= 2 && digits.as_bytes()[..2].iter().all(u8::is_ascii_digit)
    };
    for file in corpus() {
        let name = file.shown.rsplit('/').next().unwrap_or_default().to_owned();
        for story in &file.stories {
            for word in story.title.split_whitespace().take_while(|word| number(word)) {
                let row = readme.lines().find(|line| line.contains(&format!("({name})")));
                let listed = row.is_some_and(|row| row.split_whitespace().any(|w| w == word));
                assert!(listed, "scenarios/README.md does not list {word} at {name}");
            }
        }
    }
}
