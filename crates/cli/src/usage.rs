//! What is wrong with a command line, as other failures are told: for scripts that ask for JSON.

use crate::answer::Failure;
use crate::exit::Exit;
use clap::Command;
use clap::error::ErrorKind;
use std::ffi::OsString;

/// Do the raw arguments ask for JSON, where they could not be parsed as a whole?
pub(crate) fn asks_for_json(args: &[OsString]) -> bool {
    args.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--json")
}

/// The failure that these arguments of a command are.
pub(crate) fn failure(said: &clap::Error, command: &Command, args: &[OsString]) -> Failure {
    let named = args.iter().skip(1).find_map(|arg| command.find_subcommand(arg));
    let name = command.get_name();
    let page = named.map_or_else(|| name.to_owned(), |sub| format!("{name} {}", sub.get_name()));
    let is_missing = matches!(
        said.kind(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let text = said.render().to_string();
    let message = if is_missing { String::from("no command is named") } else { first(&text) };
    let tips = text.lines().filter_map(|line| line.trim().strip_prefix("tip: "));
    let mut fix: Vec<_> = tips.map(ToOwned::to_owned).collect();
    fix.push(format!("see `{page} --help`"));
    Failure::new(Exit::USAGE, "usage", message, fix.join("; "))
}

/// The first paragraph on one line.
fn first(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let paragraph = paragraph.strip_prefix("error: ").unwrap_or(paragraph);
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
