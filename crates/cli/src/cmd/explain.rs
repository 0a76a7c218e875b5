//! `probity explain`: the contract in plain words, as a customer would read it.

use super::with_path;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::load::load;
use crate::render;
use clap::ValueEnum;
use probity_core::Contract;
use probity_core::explain::{ActionPage, Explanation, said};
use std::path::{Path, PathBuf};

/// Explain a contract in plain words, as a customer would read it
///
/// What is free, what is paid, what is paid even if nothing is found; what each action
/// costs however it ends; plans; what may change, and when.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The contract's folder, or its file
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    path: PathBuf,

    /// Only this action
    action: Option<String>,

    /// How to show it
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    format: Format,

    /// The words a customer reads in each state, with examples
    #[arg(long, conflicts_with = "action")]
    states: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum Format {
    /// For this terminal
    #[default]
    Terminal,
    /// Markdown, with tables
    Markdown,
    /// One page for the web: no scripts, nothing to load
    Html,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let (path, action) = asked(args);
    let loaded = load(path)?;
    let contract = loaded.reading.contract.as_ref().ok_or_else(|| refused(path))?;
    if args.states {
        let answer = words(args.format, json, contract)?;
        return Ok(answer.with_next(&with_path("probity explain", path)));
    }
    let page = Explanation::of(contract, &|key| loaded.writes(key));
    let only = action.map(|action| find(&page, action)).transpose()?;
    let text = match (json, args.format) {
        (true, _) => only.map_or_else(|| render::json(&page), render::json),
        (_, Format::Terminal) => render::explain::terminal(&page, only, crate::terminal::width()),
        (_, Format::Markdown) => render::explain::markdown(&page, only),
        (_, Format::Html) => render::explain::html(&page, only)?,
    };
    Ok(Answer::new(text).with_next(&next(path, only)))
}

/// One word that is no path is an action of the contract in this folder, where there is one.
fn asked(args: &Args) -> (&Path, Option<&str>) {
    let typed = args.path.to_str().filter(|typed| !typed.contains(['/', '.']));
    match (typed, &args.action) {
        (Some(word), None) if !args.path.exists() && is_contract_here() => {
            (Path::new("."), Some(word))
        }
        (_, action) => (&args.path, action.as_deref()),
    }
}

fn is_contract_here() -> bool {
    Path::new("contract.yaml").exists()
}

fn words(format: Format, json: bool, contract: &Contract) -> Result<Answer, Failure> {
    let words = said(contract);
    Ok(Answer::new(match (json, format) {
        (true, _) => render::json(&words),
        (_, Format::Terminal) => {
            render::explain::terminal_of_words(&words, crate::terminal::width())
        }
        (_, Format::Markdown) => render::explain::markdown_of_words(&words),
        (_, Format::Html) => render::explain::html_of_words(&contract.reference(), &words)?,
    }))
}

fn find<'p>(page: &'p Explanation, action: &str) -> Result<&'p ActionPage, Failure> {
    page.actions.iter().find(|page| page.action.as_str() == action).ok_or_else(|| {
        let names: Vec<&str> = page.actions.iter().map(|page| page.action.as_str()).collect();
        Failure::new(
            Exit::USAGE,
            "unknown_action",
            format!("the contract has no action called {action}"),
            format!("choose one of: {}", names.join(", ")),
        )
    })
}

fn refused(path: &Path) -> Failure {
    Failure::new(
        Exit::ERRORS,
        "contract_refused",
        "the contract has errors, so there is nothing to explain yet",
        format!("see them all: {}", with_path("probity check", path)),
    )
}

/// From the whole to one action, from there to the words.
fn next(path: &Path, only: Option<&ActionPage>) -> String {
    match only {
        None => with_path("probity explain --states", path),
        Some(_) => with_path("probity explain", path),
    }
}
