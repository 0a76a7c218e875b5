//! `probity try`: a story of one line, with what the customer pays and reads at each step.

use super::with_path;
use crate::answer::{Answer, Failure};
use crate::clock;
use crate::exit::Exit;
use crate::load::load;
use crate::render;
use probity::scenario::{self, Memory, Moment, Turn};
use probity_core::{Contract, Time};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Try a contract: tell a story in one line, and read what the customer pays
///
/// Steps stand between commas: "ana on pro runs enrich_market_map, 5 of 8 parts arrive". What
/// the story leaves out is filled in; what must be agreed to is quoted and agreed to.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The story: who does what, and what happens
    #[arg(value_name = "STORY", required = true)]
    story: Vec<String>,

    /// The contract's folder, or its file
    #[arg(long, default_value = ".", value_name = "DIR|FILE")]
    contract: PathBuf,

    /// When it begins, as "2026-11-23 10:00"; otherwise now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,

    /// As if the roll-out were over: nothing in shadow or announce
    #[arg(long)]
    enforce: bool,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let loaded = load(&args.contract)?;
    let Some(contract) = &loaded.reading.contract else {
        return Err(refused(args));
    };
    let now = begins(args, contract)?;
    let story = args.story.join(" ");
    let files = loaded.files.texts();
    let files = if args.enforce { scenario::enforced(files) } else { files };
    let turns = scenario::tell(&story, files, now, &mut Memory::default())
        .map_err(|fault| not_understood(&fault))?;
    let text = if json {
        render::json(&turns.iter().map(StepAnswer::of).collect::<Vec<_>>())
    } else {
        let operations = loaded.reading.operations.as_ref();
        render::told::story(contract, operations, &turns, crate::terminal::width())
    };
    Ok(Answer::new(text).with_next(&next(&args.contract)))
}

/// Plays the stories beside the contract; where there are none yet, explains it.
fn next(contract: &Path) -> String {
    let folder = if contract.is_file() { contract.parent() } else { Some(contract) };
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let has_stories = super::test::has_stories(folder);
    with_path(if has_stories { "probity test" } else { "probity explain" }, folder)
}

/// One step as scripts read it.
#[derive(Serialize)]
struct StepAnswer<'t> {
    step: &'t str,
    at: Time,
    done: bool,
    answer: &'t serde_json::Value,
}

impl<'t> StepAnswer<'t> {
    fn of(turn: &'t Turn) -> Self {
        Self { step: &turn.text, at: turn.at, done: turn.told.done, answer: &turn.told.body }
    }
}

/// A minute in microseconds: stories begin at a whole one.
const MINUTE: i64 = 60_000_000;

fn begins(args: &Args, contract: &Contract) -> Result<Time, Failure> {
    let Some(text) = &args.at else {
        let now = clock::now();
        return Ok(now.plus_micros(-now.micros().rem_euclid(MINUTE)));
    };
    let moment = Moment::parse(text).ok_or_else(|| {
        Failure::new(
            Exit::USAGE,
            "no_time",
            format!("`{text}` is not a time"),
            "write it as \"2026-11-23 10:00\"; it is read in the contract's zone",
        )
    })?;
    Ok(moment.at(&contract.zone))
}

fn refused(args: &Args) -> Failure {
    Failure::new(
        Exit::ERRORS,
        "contract_refused",
        "the contract has errors, so nothing can be tried yet",
        format!("see them all: {}", with_path("probity check", &args.contract)),
    )
}

fn not_understood(fault: &scenario::Fault) -> Failure {
    let line = render::plain(&fault.text);
    let meant = fault.text.get(fault.span.clone()).unwrap_or_default();
    let width = meant.chars().count().max(1);
    let marks = format!("{}{}", " ".repeat(fault.column() - 1), "^".repeat(width));
    Failure::new(
        Exit::USAGE,
        "not_understood",
        format!("{}\n  | {line}\n  | {marks}", fault.message),
        fault.fix.clone(),
    )
}
