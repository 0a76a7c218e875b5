//! `probity replay`: what a log of real usage would have cost each customer under a contract.

mod failures;
mod maps;

pub(super) use failures::columns as columns_failure;
pub(super) use maps::pair;

use crate::answer::{Answer, Failure};
use crate::clock;
use crate::load::{Loaded, load, readable};
use crate::output::{self, Output};
use crate::render;
use crate::replay::report::{self, CustomerLine, Report};
use crate::replay::{
    self, Columns, Fund, Input, Maker, OpenError, Role, Rules, STANDARD_INPUT, Typed,
};
use crate::sample::{self, Settings, Shop};
use crate::terminal;
use clap::ValueEnum;
use jiff::civil::Date;
use probity_core::Time;
use probity_core::contract::{Contract, Operations};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

const EXAMPLES: &str = "\
Examples:
  probity replay --sample --contract contracts/jobscout   a made-up log, to see what it looks like
  probity replay usage.csv --columns                      how your log is read
  probity replay usage.csv                                under the contract in this folder
  probity replay usage.csv --contract DIR                 under a contract elsewhere";

/// Replay a log of real usage: what each customer would have paid, and why
///
/// Reads CSV or JSON lines, from a file or from standard input (-), also LiteLLM's spend logs
/// and OpenRouter's activity export. Columns are guessed and shown; nothing else is guessed:
/// what cannot be read or mapped is counted and shown.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The log; - for standard input
    #[arg(value_name = "USAGE")]
    usage: Option<PathBuf>,

    /// The contract's folder, or its file
    #[arg(long, default_value = ".", value_name = "DIR")]
    contract: PathBuf,

    /// Replay a made-up log of 50,000 rows instead (see sample-log)
    #[arg(long, conflicts_with = "usage")]
    sample: bool,

    /// Only show which column plays which role
    #[arg(long)]
    columns: bool,

    /// Say which column plays a role, as customer=user_id; a path into JSON: artifact=metadata.draft
    #[arg(long, value_name = "ROLE=COLUMN", value_parser = maps::pair)]
    map: Vec<(String, String)>,

    /// Say which action rows are about, as '/v1/tailor*=tailor_document', or a file of such lines
    #[arg(long, value_name = "PATTERN=ACTION|FILE")]
    action_map: Vec<String>,

    /// Say what a status word means, as finished=delivered
    #[arg(long, value_name = "WORD=OUTCOME")]
    outcome_map: Vec<String>,

    /// Say which plan a word of the log is, as gold=pro
    #[arg(long, value_name = "WORD=PLAN", value_parser = maps::pair)]
    plan_map: Vec<(String, String)>,

    /// The plan of customers whose plan the log does not say; otherwise the first that runs on credits
    #[arg(long)]
    plan: Option<String>,

    /// Where customers' credits come from
    #[arg(long, value_enum, default_value_t)]
    fund: Fund,

    /// What today's charges are counted in; otherwise told by the name of their column
    #[arg(long, value_enum)]
    charged_in: Option<maps::Unit>,

    /// Count rows after this day as lying in the future; otherwise today
    #[arg(long, value_name = "DAY", value_parser = clock::day)]
    today: Option<Date>,

    /// Write the report with pictures to this file, too
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Write what every single customer comes to, as CSV, to this file, too
    #[arg(long, value_name = "FILE")]
    customers: Option<PathBuf>,

    /// Write over files that are there
    #[arg(long)]
    force: bool,
}

impl Args {
    /// What was typed, but for the files that are to be written.
    fn typed(&self, name: &str) -> Typed {
        let pairs = |(one, other): &(String, String)| format!("{one}={other}");
        let mut flags: Vec<(&'static str, String)> = Vec::new();
        flags.extend(self.map.iter().map(|pair| ("--map", pairs(pair))));
        flags.extend(self.action_map.iter().map(|text| ("--action-map", text.clone())));
        flags.extend(self.outcome_map.iter().map(|text| ("--outcome-map", text.clone())));
        flags.extend(self.plan_map.iter().map(|pair| ("--plan-map", pairs(pair))));
        flags.extend(self.plan.iter().map(|plan| ("--plan", plan.clone())));
        if self.fund == Fund::TopUps {
            flags.push(("--fund", "top_ups".into()));
        }
        let unit = self.charged_in.and_then(|unit| unit.to_possible_value());
        flags.extend(unit.map(|unit| ("--charged-in", unit.get_name().to_owned())));
        flags.extend(self.today.map(|day| ("--today", day.to_string())));
        let is_piped = self.usage.as_deref() == Some(Path::new("-"));
        let log = if is_piped { "-".into() } else { name.into() };
        Typed { log, contract: crate::load::shown(&self.contract), flags }
    }

    /// The latest instant that a row may have: a day from now, for clocks and zones that differ. A
    /// made-up log has days of its own.
    fn latest(&self, contract: &Contract) -> Time {
        let end = |day: Date| day.tomorrow().map_or(Time::MAX, |next| contract.zone.start_of(next));
        if self.sample {
            Time::MAX
        } else {
            self.today.map_or_else(clock::now, end).plus_seconds(DAY)
        }
    }

    /// The files that are to be written.
    fn outputs(&self) -> Vec<Output<'_>> {
        let named = [("html", &self.html), ("customers", &self.customers)];
        let named = named.into_iter().filter_map(|(flag, path)| Some((flag, path.as_deref()?)));
        named.map(|(flag, path)| Output { flag, path, force: self.force }).collect()
    }
}

/// Seconds of a day.
const DAY: u64 = 86_400;

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    if args.usage.is_none() && !args.sample {
        return Err(failures::no_log());
    }
    let loaded = load(&args.contract)?;
    let (contract, operations) = readable(&loaded, &args.contract)?;
    output::refuse(&args.outputs(), &inputs(args, &loaded))?;
    let (name, input) = open(args, &contract, &operations)?;
    let columns = columns(args, &contract, &input, &name)?;
    let complete = columns.complete(&input.sniffed.columns);
    let complete = complete.map_err(|e| failures::columns(&e, &name));
    if args.columns {
        let shown = render::replay::columns(&columns, json);
        return Ok(match complete {
            Ok(()) => Answer::new(shown),
            Err(missing) => failures::beside(missing, shown, json),
        });
    }
    complete?;
    if !json {
        let note = render::replay::columns_note(&columns, args.sample, terminal::width());
        terminal::note(&note);
    }
    let mut maker = maps::maker(args, &contract, &columns)?;
    maker.latest = args.latest(&contract);
    let rules = Rules::new(contract, operations, args.plan.as_deref(), args.fund)
        .map_err(|e| failures::no_plan(&e, &loaded))?;
    let (report, customers) = replayed(args, &rules, input, &columns, maker, &name)?;
    for output in args.outputs() {
        let text = if output.flag == "html" {
            render::replay::html(&report)?
        } else {
            render::replay::table_of_customers(&customers)
        };
        output.write(|out| out.write_all(text.as_bytes()))?;
    }
    Ok(answer(&report, json))
}

/// What is read: none of it may be written over.
fn inputs<'a>(args: &'a Args, loaded: &'a Loaded) -> Vec<&'a Path> {
    let maps = args.action_map.iter().map(Path::new);
    args.usage.iter().map(PathBuf::as_path).chain(maps).chain(loaded.files.paths()).collect()
}

fn answer(report: &Report, json: bool) -> Answer {
    if json {
        return Answer::new(render::json(report));
    }
    Answer::new(render::replay::terminal(report, terminal::width()))
        .with_note(&render::replay::next(report))
}

fn open(
    args: &Args,
    contract: &Contract,
    operations: &Operations,
) -> Result<(String, Input), Failure> {
    let Some(path) = &args.usage else {
        let mut log = Vec::new();
        let shop = Shop::of(contract, operations);
        let name = String::from("--sample");
        let made = sample::write(&shop, Settings::default(), &mut log).map_err(OpenError::from);
        let input = made.and_then(|()| Input::of_stream(Cursor::new(log)));
        return match input {
            Ok(input) => Ok((name, input)),
            Err(e) => Err(failures::unreadable(&name, &e, &args.typed(&name))),
        };
    };
    let (name, input) = if path == Path::new("-") {
        (STANDARD_INPUT.to_owned(), Input::of_stream(std::io::stdin()))
    } else {
        (crate::load::shown(path), Input::open(path))
    };
    match input {
        Ok(input) => Ok((name, input)),
        Err(e) => Err(failures::unreadable(&name, &e, &args.typed(&name))),
    }
}

fn columns(
    args: &Args,
    contract: &Contract,
    input: &Input,
    name: &str,
) -> Result<Columns, Failure> {
    let ids: Vec<&str> = contract.actions.names().map(|id| id.as_str()).collect();
    Columns::choose(&input.sniffed.columns, &ids, &args.map)
        .map_err(|e| failures::columns(&e, name))
}

fn replayed(
    args: &Args,
    rules: &Rules,
    input: Input,
    columns: &Columns,
    maker: Maker,
    name: &str,
) -> Result<(Report, Vec<CustomerLine>), Failure> {
    let workers = available_parallelism().map_or(2, |n| n.get()).min(8);
    let bar = terminal::progress(input.size);
    let done =
        replay::replay(input, columns, maker, rules, workers, &mut |read| bar.set_position(read));
    bar.finish_and_clear();
    let done =
        done.map_err(|stop| failures::stopped(&stop, name, columns.source(Role::Customer)))?;
    let report = report::make(rules, &done, columns, &args.typed(name));
    if report.rows.all == report.rows.broken {
        return Err(failures::nothing(&report));
    }
    let is_wanted = args.customers.is_some();
    let customers = if is_wanted { report::customers(rules, &done, columns) } else { Vec::new() };
    Ok((report, customers))
}

/// A contract's plans by name, for saying which there are.
fn plans(loaded: &Loaded) -> Vec<String> {
    let contract = loaded.reading.contract.as_ref();
    contract.map(|c| c.plans.names().map(ToString::to_string).collect()).unwrap_or_default()
}
