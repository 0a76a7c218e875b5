//! `probity init`: four questions, a minimal contract, the next command.
//!
//! Writes `contract.yaml` and `operations.yaml` whole or not at all, and never over a file that is
//! there already.

mod draft;
mod write;

use super::questions::Questions;
use super::with_path;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::render::style::{DIM, GOOD};
use crate::terminal;
use clap::ValueEnum;
use draft::Draft;
use std::path::{Path, PathBuf};

/// Write a first contract: four questions, two files
///
/// Asks four questions on a terminal. Give the answers as flags to run it unattended;
/// --yes takes the usual answer for everything that no flag says.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder to write to; it is made if it is missing
    #[arg(default_value = ".")]
    dir: PathBuf,

    /// What you sell: one thing a customer can press
    #[arg(long, value_name = "TEXT")]
    action: Option<String>,

    /// What one of them is called
    #[arg(long, value_name = "TEXT")]
    unit: Option<String>,

    /// Who pays for the AI
    #[arg(long, value_enum, value_name = "WHO")]
    runs_on: Option<RunsOn>,

    /// What it costs when nothing is found
    #[arg(long, value_enum, value_name = "WHAT")]
    nothing_found: Option<NothingFound>,

    /// Ask nothing: take the usual answer for what no flag says
    #[arg(long, short)]
    yes: bool,
}

/// Who pays for the AI.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum RunsOn {
    /// The customer buys credits
    Credits,
    /// The customer brings an AI key
    OwnKey,
    /// We do: free of charge, up to an allowance
    Us,
}

/// What it costs when nothing is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum NothingFound {
    /// Nothing
    Free,
    /// The price: declared, shown and agreed to each time
    Charged,
}

const USUAL_ACTION: &str = "Summarize a file";
const USUAL_UNIT: &str = "summary";

pub(crate) fn run(args: Args, json: bool) -> Result<Answer, Failure> {
    write::refuse_if_there(&args.dir)?;
    let dir = args.dir.clone();
    let draft = Draft { name: draft::slug(&folder_name(&dir), "my_product"), ..answers(args)? };
    let written = write::both(&dir, &draft.contract(), &draft.operations())?;
    let check = with_path("probity check", &dir);
    if json {
        let result = serde_json::json!({ "written": written, "next": check });
        return Ok(Answer::new(crate::render::json(&result)));
    }
    let mut said = format!(
        "{GOOD}Wrote{GOOD:#} {}. Nothing is charged yet: the roll-out is shadow.\n",
        written.join(" and ")
    );
    said.push_str(&format!(
        "{DIM}Change the prices to yours; `{}` says what they mean for a customer.{DIM:#}\n",
        with_path("probity explain", &dir)
    ));
    Ok(Answer::new(said).with_next(&check))
}

/// The answers: from flags, by asking, or the usual ones.
fn answers(args: Args) -> Result<Draft, Failure> {
    let asks = !args.yes && terminal::can_ask();
    if !asks && !args.yes && args.action.is_none() {
        return Err(Failure::new(
            Exit::USAGE,
            "no_answers",
            "there is no terminal to ask on, and no flag says what you sell",
            "give --action \"Summarize a file\", or --yes for an example to change",
        ));
    }
    let ask = Questions { asks };
    let action =
        ask.text("What do you sell? One thing a customer can press", args.action, USUAL_ACTION)?;
    let usual_unit = if action == USUAL_ACTION { USUAL_UNIT } else { "result" };
    let unit = ask.text("And one of them is called", args.unit, usual_unit)?;
    let runs_on = ask.choice("Who pays for the AI?", args.runs_on, RunsOn::Credits)?;
    let nothing = match (runs_on, args.nothing_found) {
        (RunsOn::Us, None) => NothingFound::Free,
        (RunsOn::Us, Some(NothingFound::Charged)) => return Err(nothing_to_charge()),
        (_, given) => {
            ask.choice("What does it cost when nothing is found?", given, NothingFound::Free)?
        }
    };
    Ok(Draft { name: String::new(), action, unit, runs_on, nothing })
}

fn nothing_to_charge() -> Failure {
    Failure::new(
        Exit::USAGE,
        "nothing_to_charge",
        "on a plan that runs on us nothing is ever charged, also when nothing is found",
        "leave out --nothing-found, or choose --runs-on credits",
    )
}

fn folder_name(dir: &Path) -> String {
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
