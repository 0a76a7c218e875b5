//! `probity sample-log`: a realistic usage log of a contract, to try `replay` on.

use crate::answer::{Answer, Failure};
use crate::clock;
use crate::exit::Exit;
use crate::load::{load, readable};
use crate::output::{self, Output};
use crate::sample::{self, JsonLines, Settings, Shop};
use crate::terminal;
use jiff::civil::Date;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

/// Make a realistic usage log of a contract, to try `probity replay` on
///
/// Made by chance from a seed: the same seed gives the same log everywhere. CSV; with --json, one
/// JSON object a line.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The contract whose actions are used
    #[arg(long, default_value = ".", value_name = "DIR")]
    contract: PathBuf,

    /// How many rows
    #[arg(long, default_value_t = Settings::default().rows)]
    #[arg(value_parser = whole::<0, { u64::MAX }>)]
    rows: u64,

    /// How many customers at most
    #[arg(long, default_value_t = Settings::default().customers)]
    #[arg(value_parser = whole::<1, 1_000_000>)]
    customers: u64,

    /// Over how many days
    #[arg(long, default_value_t = Settings::default().days)]
    #[arg(value_parser = whole::<1, 3_650>)]
    days: u64,

    /// What chance begins with
    #[arg(long, default_value_t = Settings::default().seed)]
    #[arg(value_parser = whole::<0, { u64::MAX }>)]
    seed: u64,

    /// The first day, in the contract's zone
    #[arg(long, default_value_t = Settings::default().from, value_name = "DAY")]
    #[arg(value_parser = clock::day)]
    from: Date,

    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// Reads a whole number within bounds.
fn whole<const LEAST: u64, const MOST: u64>(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|n| (LEAST..=MOST).contains(n));
    number.ok_or_else(|| match MOST {
        u64::MAX => String::from("write a whole number"),
        _ => format!("write a whole number from {LEAST} to {MOST}"),
    })
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let loaded = load(&args.contract)?;
    let (contract, operations) = readable(&loaded, &args.contract)?;
    let shop = Shop::of(&contract, &operations);
    let Args { rows, customers, days, seed, from, .. } = *args;
    let settings = Settings { rows, customers, days, seed, from };
    let make = |mut out: &mut dyn Write| {
        if json {
            sample::write(&shop, settings, &mut JsonLines::new(out))
        } else {
            sample::write(&shop, settings, &mut out)
        }
    };
    let Some(path) = &args.output else {
        return match terminal::pour(make) {
            Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(unwritten(&e)),
            _ => Ok(Answer::new("")),
        };
    };
    let output = Output { flag: "output", path, force: args.force };
    output::refuse(&[output], &loaded.files.paths())?;
    output.write(make)?;
    let replay = format!("probity replay {} --contract", crate::load::shown(path));
    Ok(Answer::new("").with_next(&format!("{replay} {}", args.contract.display())))
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::new(
        Exit::CANNOT_WRITE,
        "cannot_write",
        format!("the log cannot be written to standard output: {error}"),
        if output::is_full(error.kind()) {
            "write it to a file with --output, or make room"
        } else {
            "write it to a file with --output"
        },
    )
}
