//! What is wrong with a command line, told as every other failure is.
//!
//! The parser of the command line knows what is wrong; the words are ours.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::render;
use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::ffi::OsString;
use std::net::AddrParseError;
use std::num::ParseIntError;

/// Do the raw arguments ask for JSON, where they could not be parsed as a whole?
pub(crate) fn asks_for_json(args: &[OsString]) -> bool {
    args.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--json")
}

/// The failure that these arguments of a command are.
pub(crate) fn failure(said: &clap::Error, command: &Command, args: &[OsString]) -> Failure {
    let (named, page) = named(command, args);
    let fix = match (meant(said), fix(said, named, &page)) {
        (Some(meant), Some(fix)) => format!("did you mean `{meant}`? {fix}"),
        (Some(meant), None) => format!("did you mean `{meant}`? see `{page} --help`"),
        (None, Some(fix)) => fix,
        (None, None) => format!("see `{page} --help`"),
    };
    Failure::new(Exit::USAGE, "usage", message(said, &page), fix)
}

/// The command that is named, also one within another, and what it is called.
fn named<'c>(command: &'c Command, args: &[OsString]) -> (&'c Command, String) {
    let called = command.get_name().to_owned();
    args.iter().skip(1).fold((command, called), |(command, called), arg| {
        match command.find_subcommand(arg) {
            Some(sub) => (sub, format!("{called} {}", sub.get_name())),
            None => (command, called),
        }
    })
}

/// What happened.
fn message(said: &clap::Error, page: &str) -> String {
    let arg = || flag(said, ContextKind::InvalidArg);
    let value = || text(said, ContextKind::InvalidValue);
    match said.kind() {
        ErrorKind::MissingSubcommand => String::from("no command is named"),
        ErrorKind::InvalidSubcommand => {
            let typed = text(said, ContextKind::InvalidSubcommand);
            match page.contains(' ') {
                true => format!("`{page}` has no command `{typed}`"),
                false => format!("there is no command `{typed}`"),
            }
        }
        ErrorKind::UnknownArgument if arg().starts_with('-') => {
            format!("`{page}` has no flag `{}`", arg())
        }
        ErrorKind::UnknownArgument => format!("`{page}` has no use for `{}`", arg()),
        ErrorKind::InvalidValue if value().is_empty() => format!("`{}` lacks its value", arg()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{}` cannot be `{}`", arg(), value())
        }
        ErrorKind::TooManyValues => format!("`{}` takes no value", arg()),
        ErrorKind::MissingRequiredArgument => format!("`{}` is missing", arg()),
        ErrorKind::ArgumentConflict => match flag(said, ContextKind::PriorArg) {
            prior if prior == arg() => format!("`{prior}` is there twice"),
            prior => format!("`{}` and `{prior}` do not go together", arg()),
        },
        _ => first(&said.render().to_string()),
    }
}

/// What to do, where that can be said in a few words.
fn fix(said: &clap::Error, command: &Command, page: &str) -> Option<String> {
    match said.kind() {
        // Of all commands the page of help says more.
        ErrorKind::InvalidSubcommand if page.contains(' ') => {
            let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
            Some(format!("choose one of: {}", names.join(", ")))
        }
        ErrorKind::InvalidValue => {
            let values = listed(said, ContextKind::ValidValue);
            (!values.is_empty()).then(|| format!("choose one of: {}", values.join(", ")))
        }
        ErrorKind::ValueValidation => said.source().map(|why| would_fit(why, page)),
        ErrorKind::ArgumentConflict => Some(String::from("leave one of them out")),
        ErrorKind::TooManyValues => Some(String::from("leave the value out")),
        _ => None,
    }
}

/// What would fit: our own parsers say it, of others it is known by what they found.
fn would_fit(why: &(dyn Error + 'static), page: &str) -> String {
    if why.is::<ParseIntError>() {
        return format!("write a whole number; see `{page} --help`");
    }
    if why.is::<AddrParseError>() {
        return String::from("write an address with its port, such as 127.0.0.1:4242");
    }
    let why = why.to_string();
    let range = why.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
    match range {
        Some((least, most)) => format!("write a whole number from {least} to {most}"),
        None => why,
    }
}

/// What somebody who mistyped most likely meant: the parser lists the likeliest last.
fn meant(said: &clap::Error) -> Option<String> {
    use ContextKind::{SuggestedArg, SuggestedSubcommand, SuggestedValue};
    let kinds = [SuggestedSubcommand, SuggestedArg, SuggestedValue];
    kinds.into_iter().find_map(|kind| listed(said, kind).pop())
}

/// A flag as it is typed, `--today` of `--today <DAY>`; or the name of what stands without one,
/// `STORY` of `<STORY>...`.
fn flag(said: &clap::Error, kind: ContextKind) -> String {
    let text = text(said, kind);
    match text.split_once(" <") {
        Some((flag, _)) => flag.to_owned(),
        None => text.trim_end_matches('.').trim_matches(['<', '>', '[', ']']).to_owned(),
    }
}

fn text(said: &clap::Error, kind: ContextKind) -> String {
    render::one_line(&listed(said, kind).join(" "))
}

fn listed(said: &clap::Error, kind: ContextKind) -> Vec<String> {
    match said.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(many)) => many.clone(),
        _ => Vec::new(),
    }
}

/// The first paragraph of the parser's own words, on one line: for what cannot happen today.
fn first(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let paragraph = paragraph.strip_prefix("error: ").unwrap_or(paragraph);
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
