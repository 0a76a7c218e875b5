//! The README, played: the commands of its sections as they stand. What asks for another terminal runs
//! beside, and what somebody copies out of an answer is copied.

use super::{Block, Stage, script};
use crate::support::repository;
use std::fs;

const OF_RUN: &str = r#"$(sed -n 's/.*"run":"\(run_[^"]*\)".*/\1/p' run.json)"#;

/// The commands below a heading.
fn commands(heading: &str) -> String {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let (_, section) = readme.split_once(&format!("\n## {heading}\n")).expect("it is there");
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("\n```").skip(1).step_by(2);
    blocks
        .filter_map(|block| block.strip_prefix("sh\n"))
        .fold(String::new(), |all, block| format!("{all}{block}\n"))
}

/// As they are typed by somebody with several terminals.
fn typed(commands: &str) -> String {
    let line = |line: &str| {
        let command = line.split(" # ").next().unwrap().trim_end();
        if command.starts_with("probity serve") {
            return format!("{command} > keys.txt &\n");
        }
        if command.starts_with("probity fake-upstream") {
            return format!("{command} &\n");
        }
        if command.starts_with("ask POST /v1/runs -d") {
            return format!("{command} | tee run.json\n");
        }
        format!("{command}\n")
    };
    let key = |of: &str| format!("$(sed -n 's/^{of} key: //p' keys.txt)");
    let typed: String = commands.lines().map(line).collect();
    typed
        .replace("../my-product", "my-product")
        .replace("sk_sandbox_…", &key("sandbox"))
        .replace("sk_live_…", &key("live"))
        .replace("run_…", OF_RUN)
}

/// What all of it says.
fn plays(stage: &Stage, commands: &str) -> String {
    let block = Block { commands: typed(commands), says: Vec::new() };
    fs::write(stage.folder.path().join("recipe.sh"), script(&[block], &stage.ports)).unwrap();
    stage.said()
}

#[track_caller]
fn says(said: &str, words: &[&str]) {
    for words in words {
        assert!(said.contains(words), "`{words}` is not said: {said}");
    }
}

#[test]
fn a_contract_of_ones_own_is_served_and_asked() {
    let stage = Stage::new();
    let said = plays(&stage, &(commands("Your own") + &commands("Your own service")));
    // In shadow nothing is taken.
    says(&said, &[r#""outcome":"delivered""#, r#""available":"100""#, "Of 1 run"]);
    assert!(!said.contains("not_found"), "{said}");
}

#[test]
fn a_gateway_stands_in_front_of_what_there_is() {
    let stage = Stage::new();
    stage.has("contracts/assistant");
    let said = plays(&stage, &commands("In front of what you have"));
    says(&said, &["Hello from the fake upstream", "Of 1 run", "ask_assistant: enforce"]);
}
