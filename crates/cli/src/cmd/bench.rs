//! `probity bench`: this binary measured on this machine, beside what it is compared with.

use crate::answer::{Answer, Failure};
use crate::bench::{
    Ending, Line, Machine, Part, Plan, Unmeasured, Wish, measure, serve_bare, serve_provider,
    targets,
};
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::render::bench::{Told, json, name, table};
use crate::terminal::Steps;
use clap::value_parser;
use probity::bench::Filling;
use std::path::PathBuf;

/// Measure Probity on this machine, beside what is done by hand
///
/// Beside it: the usual two transactions on PostgreSQL, a bare HTTP server, tables of SQLite updated in
/// place, a bare log. Every side does the same work, in turns; every commit is on disk before it
/// counts, and an answer that is no yes ends the run. Only the ratios mean anything: machines differ,
/// and so do their neighbours.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What is measured; the same as --parts
    #[arg(value_enum, value_name = "PART", conflicts_with = "parts")]
    named: Vec<Part>,

    /// What is measured
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART,...")]
    #[arg(default_values_t = [Part::Engine, Part::Http, Part::Postgres])]
    parts: Vec<Part>,

    /// How many commands Probity does over HTTP in a round; faster sides do more, slower ones fewer
    #[arg(long, default_value_t = 30_000, value_name = "N")]
    #[arg(value_parser = value_parser!(u32).range(2..=100_000_000))]
    commands: u32,

    /// How many rounds; of each side the measurement in the middle counts
    #[arg(long, default_value_t = 5, value_name = "N")]
    #[arg(value_parser = value_parser!(u32).range(1..=99))]
    rounds: u32,

    /// How many customers the work is spread over
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    #[arg(value_parser = value_parser!(u32).range(1..=10_000_000))]
    customers: u32,

    /// How many connections ask at once
    #[arg(long, default_value_t = 64, value_name = "N")]
    #[arg(value_parser = value_parser!(u32).range(1..=1024))]
    connections: u32,

    /// How many streams are open at once in front of the gateway; its process has two sockets for each
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    #[arg(value_parser = value_parser!(u32).range(1..=10_000))]
    streams: u32,

    /// A PostgreSQL database to measure by hand on, in a schema that is dropped again; else a server is
    /// started where there is one
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,

    /// Entries that `large` fills a database with
    #[arg(long, default_value_t = 10_000_000, value_name = "N")]
    #[arg(value_parser = value_parser!(u64).range(1..=1_000_000_000))]
    entries: u64,

    /// Customers that `large` fills a database with
    #[arg(long, default_value_t = 1_000_000, value_name = "N")]
    #[arg(value_parser = value_parser!(u32).range(1..=100_000_000))]
    filled_customers: u32,

    /// Where the files are made, and removed again
    #[arg(long, default_value = ".", value_name = "DIR")]
    folder: PathBuf,

    /// Write the JSON to a file, too
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write over a file that is there already
    #[arg(long)]
    force: bool,

    /// Be the bare server that this is measured beside
    #[arg(long, hide = true, value_name = "DIR")]
    bare: Option<PathBuf>,

    /// Be the AI provider that the gateway is measured in front of
    #[arg(long, hide = true, conflicts_with = "bare")]
    provider: bool,
}

pub(crate) fn run(args: &Args, as_json: bool) -> Result<Answer, Failure> {
    if let Some(answers) = &args.bare {
        return serve_bare(answers);
    }
    if args.provider {
        return serve_provider();
    }
    let output =
        args.output.as_ref().map(|path| Output { flag: "output", path, force: args.force });
    output::refuse(output.as_slice(), &[])?;
    let wish = wish(args);
    let ending = Ending::listen();
    let mut plan = prepared(&wish, &ending).map_err(failure)?;
    let lines = measured(&mut plan, args.rounds, &ending).map_err(failure)?;
    let targets = targets(&wish, &lines, &plan.missing);
    let told = Told {
        machine: Machine::here(),
        wish: &wish,
        rounds: args.rounds,
        lines: &lines,
        missing: &plan.missing,
        targets: &targets,
    };
    let document = json(&told);
    if let Some(output) = &output {
        output.write(|file| file.write_all(document.as_bytes()))?;
    }
    Ok(Answer::new(if as_json { document } else { table(&told) }))
}

fn wish(args: &Args) -> Wish {
    let mut parts = if args.named.is_empty() { &args.parts } else { &args.named }.clone();
    // Named twice is named once.
    parts.dedup();
    Wish {
        parts,
        commands: args.commands.into(),
        customers: args.customers,
        connections: args.connections,
        streams: args.streams,
        folder: args.folder.clone(),
        postgres: args.postgres.clone(),
        filling: Filling { customers: args.filled_customers, entries: args.entries },
    }
}

/// Makes and starts what it takes, and says how far it is where that takes long.
fn prepared(wish: &Wish, ending: &Ending) -> Result<Plan, Unmeasured> {
    let mut steps: Option<(&'static str, Steps)> = None;
    let plan = Plan::make(wish, ending, &mut |what, done, all| {
        if steps.as_ref().is_none_or(|(of, _)| *of != what) {
            steps = Some((what, Steps::new(all, &format!("Filling {what}"))));
        }
        if let Some((_, steps)) = &steps {
            steps.at(done);
        }
    });
    drop(steps);
    plan
}

/// Every case, round by round.
fn measured(plan: &mut Plan, rounds: u32, ending: &Ending) -> Result<Vec<Line>, Unmeasured> {
    let mut lines: Vec<Line> = plan.cases.iter().map(|case| Line::of(case.as_ref())).collect();
    for round in 1..=rounds {
        let all = plan.cases.len() as u64;
        let steps = Steps::new(all, &format!("Round {round} of {rounds}"));
        for (n, (case, line)) in (0..).zip(plan.cases.iter_mut().zip(&mut lines)) {
            steps.at(n);
            steps.say(&format!("Round {round} of {rounds}: {}", name(line)));
            line.readings.push(measure(case.as_mut(), ending)?);
        }
    }
    Ok(lines)
}

fn failure(why: Unmeasured) -> Failure {
    let cannot =
        |what: String, fix: &str| Failure::new(Exit::CANNOT_WRITE, "cannot_measure", what, fix);
    match why {
        Unmeasured::Folder(why) => cannot(
            format!("nothing can be measured there: {why}"),
            "name a folder with room for some gigabytes, more for `large`: --folder DIR",
        ),
        Unmeasured::Failed(why) => cannot(
            format!("it was ended, and nothing is told of it: {why}"),
            "look at what it says; the files of the run are removed",
        ),
        Unmeasured::BrokenOff => Failure::new(
            Exit::CANNOT_WRITE,
            "broken_off",
            "it was broken off, and nothing is told of it; what it had started is stopped",
            "start it again; fewer --rounds or --commands take less time",
        ),
    }
}
