//! `probity prices import`: the prices of a contract's models, out of a list of thousands.

use crate::answer::{Answer, Failure};
use crate::clock;
use crate::exit::Exit;
use crate::load::{self, Loaded, shown};
use crate::output::{self, Output};
use crate::render;
use crate::render::style::{BOLD, DIM, ERROR, GOOD, WARNING};
use probity_core::contract::file::prices::{Change, Cut, Difference, Wanted, cut};
use probity_core::diagnostic::FileKind;
use probity_core::{Cost, phrase};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// Take the prices of a contract's models out of LiteLLM's list
///
/// Reads model_prices_and_context_window.json, which LiteLLM publishes; nothing is fetched. Writes the
/// price map that operations name, and says what changes.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The list, or - for standard input
    #[arg(value_name = "FILE", required_unless_present = "snapshot")]
    file: Option<PathBuf>,

    /// Take the list that comes with this program: common models, as of August 2026
    #[arg(long, conflicts_with = "file")]
    snapshot: bool,

    /// The contract's folder, or its file
    #[arg(long, default_value = ".", value_name = "DIR|FILE")]
    contract: PathBuf,

    /// These models; otherwise those that the contract names in its classes
    #[arg(long, value_name = "A,B", value_delimiter = ',', conflicts_with = "all")]
    models: Vec<String>,

    /// Every model that has a price
    #[arg(long)]
    all: bool,

    /// Write there; otherwise the file that operations name as costs.prices
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write over the file that --output names
    #[arg(long, requires = "output")]
    force: bool,

    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
}

/// Where the price map goes where operations name none.
const USUAL: &str = "model-prices.json";

pub(super) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let needs_contract = args.output.is_none() || (args.models.is_empty() && !args.all);
    let loaded = needs_contract.then(|| load::load(&args.contract)).transpose()?;
    let target = target(args, loaded.as_ref());
    let models = models(args, loaded.as_ref())?;
    let wanted = if args.all { Wanted::All } else { Wanted::Models(&models) };
    let output = Output {
        flag: "output",
        path: &target,
        // What operations name is there to be written anew: what changes is said.
        force: args.force || args.output.is_none(),
    };
    let inputs: Vec<&Path> = args.file.iter().map(PathBuf::as_path).collect();
    output::refuse(&[output], &inputs)?;
    let source = match &args.file {
        Some(file) => load::price_list(file)?,
        None => super::SNAPSHOT.to_owned(),
    };
    let before = if target.is_file() { Some(load::price_list(&target)?) } else { None };
    let cut = cut(&source, before.as_deref(), wanted).map_err(|why| {
        let file = args.file.as_deref().map(shown).unwrap_or_default();
        let what = format!("{file} cannot be read as a list of prices: {}", why.0);
        let fix = "take LiteLLM's model_prices_and_context_window.json as it is";
        Failure::new(Exit::NO_INPUT, "not_a_price_map", what, fix)
    })?;
    if cut.models.is_empty() {
        let what = "none of the models that are wanted has a price there; nothing was written";
        let fix = "name them as LiteLLM does: --models gpt-4.1,claude-sonnet-4-5, or take --all";
        return Err(Failure::new(Exit::ERRORS, "no_prices", what, fix));
    }
    if !args.dry_run {
        output.write(|to| to.write_all(cut.text.as_bytes()))?;
    }
    let is_new = before.is_none();
    let result =
        if json { as_json(&cut, args, &target) } else { told(&cut, args, &target, is_new) };
    let exit = if cut.missing.is_empty() && (args.all || cut.unpriced.is_empty()) {
        Exit::CLEAN
    } else {
        Exit::ERRORS
    };
    let answer = Answer::new(result).with_exit(exit);
    if args.dry_run {
        return Ok(answer.with_note("Nothing was written: --dry-run."));
    }
    Ok(match loaded {
        Some(loaded) if args.output.is_none() => {
            let next = super::super::with_path("probity publish", &args.contract);
            answer.with_note(&reminder(&loaded)).with_next(&next)
        }
        _ => answer,
    })
}

/// The file to write.
fn target(args: &Args, loaded: Option<&Loaded>) -> PathBuf {
    if let Some(output) = &args.output {
        return output.clone();
    }
    let named = loaded.and_then(|loaded| {
        let places = &loaded.reading.places;
        places.text(FileKind::Operations, &["costs", "prices"]).map(Path::new)
    });
    // Nothing outside the folder is read as a price map, so nothing is written there.
    let is_inside = |file: &&Path| {
        let mut parts = file.components();
        parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
    };
    let file = named.filter(is_inside).unwrap_or(Path::new(USUAL));
    let is_folder = args.contract.is_dir();
    let folder = if is_folder { Some(&*args.contract) } else { args.contract.parent() };
    folder.map_or_else(|| file.to_path_buf(), |folder| folder.join(file))
}

/// The models that are wanted: those named, else those of the contract's classes.
fn models(args: &Args, loaded: Option<&Loaded>) -> Result<Vec<String>, Failure> {
    if args.all || !args.models.is_empty() {
        return Ok(args.models.iter().map(|model| model.trim().to_owned()).collect());
    }
    let contract = loaded.and_then(|loaded| loaded.reading.contract.as_ref());
    let Some(contract) = contract else {
        let what = "the contract has errors, so its models are not known";
        let fix = format!("see them all: probity check {}", shown(&args.contract));
        return Err(Failure::new(Exit::ERRORS, "contract_refused", what, fix));
    };
    let models: Vec<String> =
        contract.models.iter().flat_map(|class| class.are.iter().cloned()).collect();
    if models.is_empty() {
        let what = "the contract names no models in its classes";
        let fix = "say which are wanted: --models gpt-4.1,claude-sonnet-4-5, or --all";
        return Err(Failure::new(Exit::USAGE, "no_models", what, fix));
    }
    Ok(models)
}

/// What is still to be written by hand.
fn reminder(loaded: &Loaded) -> String {
    let today = jiff::tz::TimeZone::UTC.to_datetime(stamp()).date();
    let operations = loaded.reading.operations.as_ref();
    let names = operations.and_then(|o| o.costs.as_ref()).and_then(|c| c.prices_file.as_ref());
    match names {
        Some(_) => format!("Write `as_of: {today}` under `costs` of operations.yaml."),
        None => format!(
            "Write `prices: ./{USUAL}` and `as_of: {today}` under `costs` of operations.yaml."
        ),
    }
}

fn stamp() -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(clock::now().micros()).unwrap_or_default()
}

fn told(cut: &Cut, args: &Args, target: &Path, is_new: bool) -> String {
    let file = render::plain(&shown(target));
    let verb = if args.dry_run { "would have" } else { "has" };
    let mut out = format!(
        "{BOLD}{file}{BOLD:#} {verb} prices of {}.\n",
        phrase::count(cut.models.len() as u64, "model")
    );
    for change in &cut.changes {
        out.push_str(&line(change));
    }
    if cut.changes.is_empty() && !is_new {
        let _ = writeln!(out, "  {DIM}No price changes.{DIM:#}");
    }
    let names = |models: &[String]| render::plain(&models.join(", "));
    if args.all && !cut.unpriced.is_empty() {
        let n = phrase::count(cut.unpriced.len() as u64, "model");
        let _ = writeln!(out, "  {DIM}{n} without a whole price left out.{DIM:#}");
    } else if !cut.unpriced.is_empty() {
        let models = names(&cut.unpriced);
        let _ = writeln!(out, "{ERROR}no price{ERROR:#} for what it reads or writes: {models}");
    }
    if !cut.kept.is_empty() {
        let models = names(&cut.kept);
        let _ = writeln!(out, "{WARNING}kept{WARNING:#} as before, not in the list: {models}");
    }
    if !cut.missing.is_empty() {
        let models = names(&cut.missing);
        let _ = writeln!(out, "{ERROR}not listed{ERROR:#}, so the cost stays unknown: {models}");
    }
    out
}

fn line(change: &Change) -> String {
    let model = render::one_line(&change.model);
    match &change.what {
        Difference::New => format!("  {GOOD}new{GOOD:#}      {model}\n"),
        Difference::Gone => {
            format!("  {WARNING}gone{WARNING:#}     {model}: what it costs will be unknown\n")
        }
        Difference::Price(key, was, is) => {
            let how = match change.what.is_dearer() {
                Some(true) => format!("{WARNING}dearer{WARNING:#} "),
                Some(false) => format!("{GOOD}cheaper{GOOD:#}"),
                None if is.is_some() => "added  ".to_owned(),
                None => "removed".to_owned(),
            };
            let sum = |cost: &Option<Cost>| match cost {
                Some(cost) => super::list::a_million(*cost),
                None => "none".to_owned(),
            };
            format!("  {how}  {model} {key}: {} → {} a million\n", sum(was), sum(is))
        }
    }
}

fn as_json(cut: &Cut, args: &Args, target: &Path) -> String {
    let changes = cut.changes.iter().map(|change| {
        let (what, key, was, is) = match &change.what {
            Difference::New => ("new", None, None, None),
            Difference::Gone => ("gone", None, None, None),
            Difference::Price(key, was, is) => {
                let what = match change.what.is_dearer() {
                    Some(true) => "dearer",
                    Some(false) => "cheaper",
                    None if is.is_some() => "added",
                    None => "removed",
                };
                (what, Some(key), *was, *is)
            }
        };
        json!({ "model": change.model, "what": what, "key": key, "was": was, "is": is })
    });
    let changes: Vec<Value> = changes.collect();
    render::json(&json!({
        "file": shown(target),
        "written": !args.dry_run,
        "models": cut.models,
        "changes": changes,
        "unpriced": cut.unpriced,
        "missing": cut.missing,
        "kept": cut.kept,
    }))
}
