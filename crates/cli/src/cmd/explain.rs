//! `probity explain`: the contract in plain words, as a customer would read it.

use super::with_path;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::load::load;
use crate::render;
use clap::ValueEnum;
use probity_cli::deployment;
use probity_core::Contract;
use probity_core::explain::{ActionPage, Explanation, Said, said, said_of};
use probity_core::lint;
use std::path::{Path, PathBuf};

/// Explain a contract in plain words, as a customer would read it
///
/// What is free, what is paid, what is paid even if nothing is found; what each action
/// costs however it ends; plans; what may change, and when. The id of a check, such as O03,
/// explains that check instead.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The contract's folder, or its file
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    path: PathBuf,

    /// Only this action; or the id of a check
    #[arg(value_name = "ACTION|ID")]
    action: Option<String>,

    /// How to show it
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    format: Format,

    /// The words a customer reads in each state, with examples; of one action, where one is named
    #[arg(long)]
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
    if let Some(id) = action.filter(|word| lint::is_id(word) && !is_action(path, word)) {
        return check(id, args, json);
    }
    let loaded = load(path)?;
    let contract = loaded.reading.contract.as_ref().ok_or_else(|| refused(path))?;
    let page = Explanation::of(contract, &|key| loaded.writes(key));
    let only = action.map(|action| find(&page, action)).transpose()?;
    if args.states {
        let words = match only {
            Some(only) => said_of(contract, &only.action),
            None => said(contract),
        };
        let answer = self::words(args.format, json, contract, &words)?;
        return Ok(answer.with_next(&with_path("probity explain", path)));
    }
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
        (Some(word), None) if !args.path.exists() && (is_contract_here() || lint::is_id(word)) => {
            (Path::new("."), Some(word))
        }
        (_, action) => (&args.path, action.as_deref()),
    }
}

fn is_contract_here() -> bool {
    Path::new("contract.yaml").exists()
}

/// Has the contract an action of this name? It then comes before a check's id in small letters.
fn is_action(path: &Path, word: &str) -> bool {
    let contract = load(path).ok().and_then(|loaded| loaded.reading.contract);
    contract.is_some_and(|contract| contract.actions.position(word).is_some())
}

/// A check explained in place: why, the public case, the fix.
fn check(id: &str, args: &Args, json: bool) -> Result<Answer, Failure> {
    if args.states {
        let what = "--states is about the words of a contract, and this is a check";
        let fix = format!("ask for one of them: probity explain {id}");
        return Err(Failure::new(Exit::USAGE, "not_together", what, fix));
    }
    let check = lint::about(id).or_else(|| deployment::about(id)).ok_or_else(|| {
        let what = format!("there is no check called {id}");
        let fix = "take an id that `probity check` prints, such as O03";
        Failure::new(Exit::USAGE, "unknown_check", what, fix)
    })?;
    Ok(Answer::new(match (json, args.format) {
        (true, _) => render::json(&check),
        (_, Format::Terminal) => {
            render::explain::terminal_of_check(&check, crate::terminal::width())
        }
        (_, Format::Markdown) => render::explain::markdown_of_check(&check),
        (_, Format::Html) => {
            let what = "a check has no page of its own";
            let fix = format!("take Markdown: probity explain {id} --format markdown");
            return Err(Failure::new(Exit::USAGE, "no_page", what, fix));
        }
    }))
}

fn words(
    format: Format,
    json: bool,
    contract: &Contract,
    words: &[Said],
) -> Result<Answer, Failure> {
    Ok(Answer::new(match (json, format) {
        (true, _) => render::json(&words),
        (_, Format::Terminal) => {
            render::explain::terminal_of_words(words, crate::terminal::width())
        }
        (_, Format::Markdown) => render::explain::markdown_of_words(words),
        (_, Format::Html) => render::explain::html_of_words(&contract.reference(), words)?,
    }))
}

fn find<'p>(page: &'p Explanation, action: &str) -> Result<&'p ActionPage, Failure> {
    page.actions.iter().find(|page| page.action.as_str() == action).ok_or_else(|| {
        let names: Vec<&str> = page.actions.iter().map(|page| page.action.as_str()).collect();
        let near = nearest(action, &names);
        let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        Failure::new(
            Exit::USAGE,
            "unknown_action",
            format!("the contract has no action called {action}"),
            format!("{near}choose one of: {}", names.join(", ")),
        )
    })
}

/// The name that somebody who typed a word most likely meant.
fn nearest<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    // Nobody mistypes a paragraph.
    let word: String = word.chars().take(60).collect::<String>().to_lowercase().replace('-', "_");
    let allowed = word.chars().count().div_ceil(3).min(4);
    let far = |name: &&str| strsim::damerau_levenshtein(&word, name);
    names.iter().copied().filter(|name| far(name) <= allowed).min_by_key(far)
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
