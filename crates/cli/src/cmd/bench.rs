//! `probity bench`: the engine measured on this machine, beside what it is compared with.

use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::render::bench::{Line, json, table};
use crate::terminal;
use probity::bench::{Load, Sample, Side, measure};
use std::path::{Path, PathBuf};

/// Measure the engine on this machine, beside a database updated in place and a bare log
///
/// Every side does the same work, in turns, on new files; every commit is on disk before it counts.
/// Only the ratios mean anything: machines differ, and so do their neighbours.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many commands each side does in a round
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    commands: u32,

    /// How many rounds; the one in the middle counts
    #[arg(long, default_value_t = 5, value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=99))]
    rounds: u32,

    /// How many customers the work is spread over
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    customers: u32,

    /// Where the files are made, and removed again
    #[arg(long, default_value = ".", value_name = "DIR")]
    folder: PathBuf,
}

const SIDES: [Side; 3] = [Side::Engine, Side::InPlace, Side::Log];

pub(crate) fn run(args: &Args, as_json: bool) -> Result<Answer, Failure> {
    let folder = tempfile::tempdir_in(&args.folder).map_err(|error| cannot(&error))?;
    let (spread, hot) = (args.customers, 1);
    let loads = [(spread, 1024), (spread, 64), (hot, 1024)];
    let loads = loads.map(|(customers, batch)| Load { customers, batch, commands: args.commands });
    let mut lines = Vec::new();
    for load in loads {
        for side in SIDES {
            lines.push(Line {
                side,
                load,
                sample: middle(args.rounds, side, load, folder.path())?,
            });
        }
    }
    if as_json {
        return Ok(Answer::new(json(&lines)));
    }
    let note = format!("{} rounds; the one in the middle of each side.", args.rounds);
    Ok(Answer::new(table(&lines)).with_note(&note))
}

/// The sample in the middle, by speed.
fn middle(rounds: u32, side: Side, load: Load, folder: &Path) -> Result<Sample, Failure> {
    let mut samples = Vec::new();
    for round in 1..=rounds {
        let Load { customers, batch, .. } = load;
        terminal::note(&format!(
            "{side:?}, {customers} customers, {batch} a commit: round {round} of {rounds}\n"
        ));
        samples.push(measure(side, load, folder).map_err(|error| cannot(&error))?);
    }
    samples.sort_by_key(Sample::per_second);
    samples.get(samples.len() / 2).copied().ok_or_else(|| cannot(&"no round was done"))
}

fn cannot(why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::CANNOT_WRITE,
        "cannot_measure",
        format!("nothing can be measured there: {why}"),
        "name a folder with room for some hundred megabytes: --folder DIR",
    )
}
