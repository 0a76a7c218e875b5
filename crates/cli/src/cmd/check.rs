//! `probity check`: every problem of a contract at once, each with its place and a fix.

use crate::answer::{Answer, Failure};
use crate::clock;
use crate::exit::Exit;
use crate::load::{Loaded, with_deployment};
use crate::render::problems::{self, Counted};
use crate::render::style::{DIM, ERROR, GOOD, WARNING};
use clap::ValueEnum;
use jiff::civil::Date;
use probity_cli::deployment;
use probity_core::contract::file::Problem;
use probity_core::diagnostic::{Diagnostic, FileKind, Severity};
use probity_core::lint::{self, Waiting, WaitsFor};
use probity_core::{Zone, phrase};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

/// Check a contract: every problem at once, each with a fix
///
/// Reads contract.yaml, operations.yaml beside it, the price map which that names, and probity.yaml,
/// which puts the contract to use.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The contract's folder, or its file
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    path: PathBuf,

    /// Warnings count, too
    #[arg(long)]
    strict: bool,

    /// Judge ages and waivers as of this day, as 2026-11-24; otherwise today
    #[arg(long, value_name = "DAY", value_parser = clock::day)]
    today: Option<Date>,

    /// How to show the problems
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let (loaded, deployment) = with_deployment(&args.path)?;
    let (found, passed) = problems_of(&loaded, deployment.as_ref(), args.today);
    let exit = exit(&found, args.strict);
    let format = if json { Format::Json } else { args.format };
    let result = match format {
        Format::Json => problems::json(&found, passed.counted(), &loaded.files),
        Format::Sarif => problems::sarif(&found, passed.waits(), &loaded.files),
        Format::Human => {
            problems::human(&found, &loaded.files) + &summary(&loaded, &found, &passed)
        }
    };
    let answer = Answer::new(result).with_exit(exit);
    if format != Format::Human {
        return Ok(answer);
    }
    Ok(match found.iter().map(|problem| problem.severity).max() {
        Some(worst @ (Severity::Error | Severity::Warning)) => {
            let first = found.iter().find(|problem| problem.severity == worst);
            let id = first.map_or("O03", |problem| problem.id);
            // Only the rules of the lint have a public case; what cannot be read has a reason.
            let has_case = found.iter().any(|problem| lint::rule(problem.id).is_some());
            let case = if has_case { ", with the case behind it" } else { "" };
            answer
                .with_note(&format!("{DIM}Each id is explained{case}: probity explain {id}{DIM:#}"))
        }
        _ => answer.with_next(&super::with_path("probity explain", &args.path)),
    })
}

/// What reading found, then what the lint finds in a contract that could be read; and what passed.
fn problems_of(
    loaded: &Loaded,
    deployment: Option<&deployment::Reading>,
    today: Option<Date>,
) -> (Vec<Diagnostic>, Passed) {
    let mut found = loaded.reading.findings.clone();
    let zone = loaded.reading.contract.as_ref().map_or(Zone::UTC, |c| c.zone.clone());
    let linted = lint::lint(&loaded.reading, today.unwrap_or_else(|| zone.date(clock::now())));
    found.extend(linted.findings);
    found.extend(deployment.into_iter().flat_map(|reading| reading.findings.clone()));
    found.sort_by_key(|problem| (problem.place.file, problem.place.span.start));
    let passed = Passed::of(&found, &linted.waiting, loaded, deployment);
    (found, passed)
}

/// How many checks were asked and found nothing, and how many could not be asked.
struct Passed {
    checks: usize,
    waiting: usize,
    waits_for: WaitsFor,
}

impl Passed {
    fn of(
        found: &[Diagnostic],
        waiting: &[Waiting],
        loaded: &Loaded,
        deployment: Option<&deployment::Reading>,
    ) -> Self {
        let fired: BTreeSet<&str> = found.iter().map(|problem| problem.id).collect();
        let waits: BTreeSet<&str> = waiting.iter().map(|waiting| waiting.rule.id).collect();
        let silent = |id: &&str| !fired.contains(id) && !waits.contains(id);
        let of_reading = Problem::ALL.iter().map(|problem| problem.id()).filter(silent).count();
        let of_lint = lint::rules().map(|rule| rule.id).filter(silent).count();
        let of_deployment = deployment.map_or(0, |_| {
            deployment::Problem::ALL.iter().map(|problem| problem.id()).filter(silent).count()
        });
        let (of_deployment, waiting_too) = match deployment {
            Some(reading) if !reading.is_taken_apart => (0, of_deployment),
            _ => (of_deployment, 0),
        };
        // What a file holds is checked only where the file can be taken apart.
        let (asked, unasked) =
            if is_all_taken_apart(loaded) { (of_reading, 0) } else { (0, of_reading) };
        let is_error = |waiting: &Waiting| waiting.waits_for == WaitsFor::Errors;
        let for_errors = unasked + waiting_too > 0 || waiting.iter().any(is_error);
        Self {
            checks: asked + of_lint + of_deployment,
            waiting: unasked + waits.len() + waiting_too,
            waits_for: if for_errors { WaitsFor::Errors } else { WaitsFor::Costs },
        }
    }

    /// As numbers: how many passed, how many wait, and for what.
    fn counted(&self) -> Counted {
        let waits_for = (self.waiting > 0).then_some(self.waits_for);
        Counted { passed: self.checks, waiting: self.waiting, waits_for }
    }

    /// What waits and until when, in words.
    fn waits(&self) -> Option<String> {
        let s = if self.waiting == 1 { "s" } else { "" };
        let checks = phrase::count(self.waiting as u64, "check");
        (self.waiting > 0).then(|| format!("{checks} wait{s} {}", self.waits_for.until()))
    }
}

/// Could each file that is there be read as keys and values, whatever is wrong with them?
fn is_all_taken_apart(loaded: &Loaded) -> bool {
    let places = &loaded.reading.places;
    let has_operations = loaded.files.operations.is_some();
    places.has_file(FileKind::Contract)
        && (!has_operations || places.has_file(FileKind::Operations))
}

impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let passed = format!("{} passed", phrase::count(self.checks as u64, "check"));
        match (self.checks, self.waits()) {
            (0, Some(waits)) => f.write_str(&waits),
            (_, Some(waits)) => write!(f, "{passed}; {waits}"),
            (_, None) => f.write_str(&passed),
        }
    }
}

fn exit(found: &[Diagnostic], strict: bool) -> Exit {
    let has = |severity| found.iter().any(|problem| problem.severity == severity);
    if has(Severity::Error) {
        Exit::ERRORS
    } else if strict && has(Severity::Warning) {
        Exit::WARNINGS
    } else {
        Exit::CLEAN
    }
}

/// `jobscout/probity.yaml: 1 error, jobscout/contract.yaml: 2 notes; 61 checks passed.` Each file with what
/// it has, the worst first; the contract's where all is well.
fn summary(loaded: &Loaded, found: &[Diagnostic], passed: &Passed) -> String {
    let mut kinds: Vec<FileKind> = found.iter().map(|problem| problem.place.file).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        kinds.push(FileKind::Contract);
    }
    let in_file = |kind: FileKind| found.iter().filter(move |problem| problem.place.file == kind);
    let worst = |kind: FileKind| in_file(kind).map(|problem| problem.severity).max();
    kinds.sort_by_key(|kind| Reverse(worst(*kind)));
    let told = kinds.into_iter().map(|kind| {
        let style = match worst(kind) {
            Some(Severity::Error) => ERROR,
            Some(Severity::Warning) => WARNING,
            _ => GOOD,
        };
        let counted = problems::counted(in_file(kind));
        let shown = crate::render::plain(&loaded.files.of(kind).shown);
        format!("{shown}: {style}{counted}{style:#}")
    });
    format!("{}; {passed}.\n", told.collect::<Vec<_>>().join(", "))
}
