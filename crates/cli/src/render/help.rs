//! The page that `probity --help` shows: what it is, the commands in groups, examples.
//!
//! Names and one-line descriptions come from the commands themselves, so the page cannot disagree
//! with them; a test proves that no command is left out.

use super::style::{BOLD, DIM, HELP};
use crate::exit;
use clap::Command;
use std::fmt::Write;

/// The commands in the order of a first hour with Probity.
const GROUPS: &[(&str, &[&str])] = &[
    ("See it work", &["demo"]),
    ("Write a contract", &["init", "check", "schema"]),
    ("Understand it", &["explain"]),
    ("Serve it", &["serve", "keys", "publish", "backup", "restore", "verify", "bench"]),
    ("Tell others", &["webhooks", "listen", "trigger"]),
    ("Move in and out", &["adopt", "leave"]),
    ("Look into the books", &["customers", "wallet", "runs", "exceptions", "questions"]),
    ("Roll it out", &["shadow", "compare", "rollout"]),
    ("Know what it costs", &["margin", "prices"]),
    ("Prove it", &["try", "test", "replay", "sample-log", "fake-upstream"]),
];

const EXAMPLES: &[(&str, &str)] = &[
    ("probity demo", "a whole story, and then a service to try"),
    ("probity init", "four questions, and you have a contract"),
    ("probity check", "every problem at once, each with a fix"),
    ("probity explain", "the contract in plain words"),
    ("probity explain --format html > prices.html", "the same as a page for your customers"),
    ("probity replay usage.csv", "what your customers would have paid under it"),
    ("probity replay --sample --contract DIR", "the same of a made-up log, under any contract"),
];

/// How wide its prose is.
const WIDTH: usize = 85;

/// The page, with ANSI colours.
pub(crate) fn page(command: &Command) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{BOLD}probity{BOLD:#} makes what your AI product charges for a file, and keeps it.\n\n\
         contract.yaml says what a customer can press, what it costs, and what is free:\n\
         what fails, what finds nothing, what was paid for already. Probity reads it,\n\
         checks it, and explains it to people.\n\n\
         {BOLD}Usage:{BOLD:#} probity <COMMAND> [OPTIONS]"
    );
    for (title, names) in GROUPS {
        let _ = writeln!(out, "\n{BOLD}{title}{BOLD:#}");
        for name in *names {
            let about = command.find_subcommand(name).and_then(Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(out, "  {HELP}{name:<13}{HELP:#} {about}");
        }
    }
    let _ = writeln!(out, "\n{BOLD}Examples{BOLD:#}");
    for (line, what) in EXAMPLES {
        let _ = writeln!(out, "  {HELP}{line:<44}{HELP:#} {DIM}{what}{DIM:#}");
    }
    let exits = exit::told(|_| true);
    let streams = format!("Results go to standard output, notes to standard error. {exits}");
    let _ = writeln!(
        out,
        "\n{BOLD}Options{BOLD:#}\n  \
         {HELP}--json{HELP:#}         Answer in JSON, on standard output\n  \
         {HELP}--color <WHEN>{HELP:#} auto, always or never; NO_COLOR is respected\n  \
         {HELP}--help{HELP:#}         This page; after a command, the page of that command\n  \
         {HELP}--version{HELP:#}      The version of probity\n\n\
         {}\n\n\
         Start with {BOLD}probity demo{BOLD:#}, or write your own: {BOLD}probity init{BOLD:#}",
        textwrap::fill(&streams, WIDTH)
    );
    out
}

/// The commands, each with the codes it may end with below its page.
pub(crate) fn with_exit_codes(command: Command) -> Command {
    exit::OF_COMMANDS.iter().fold(command, |command, (name, exits)| {
        let told = exit::told(|exit| exits.contains(&exit));
        command.mut_subcommand(name, |command| command.after_help(told))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_command_stands_in_exactly_one_group() {
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
        grouped.sort_unstable();
        let command = crate::Cli::command();
        let mut all: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        all.sort_unstable();
        assert_eq!(grouped, all);
        let mut ending: Vec<&str> = exit::OF_COMMANDS.iter().map(|(name, _)| *name).collect();
        ending.sort_unstable();
        assert_eq!(ending, all);
    }

    #[test]
    fn every_command_is_documented_with_an_example() {
        let docs = include_str!("../../../../docs/cli.md");
        for command in crate::Cli::command().get_subcommands() {
            let title = format!("\n## probity {}\n", command.get_name());
            let (_, section) = docs.split_once(&title).unwrap_or_else(|| panic!("no{title}"));
            let section = section.split("\n## ").next().unwrap_or_default();
            assert!(section.contains("$ probity "), "{title}");
        }
    }
}
