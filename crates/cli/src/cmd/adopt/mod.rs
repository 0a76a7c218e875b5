//! `probity adopt`: takes over from a credits table that was written by hand.

mod answers;

use crate::adopt::{Columns, Kind, PlanCredits, Table, Tally, Terms, Work, survey};
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::reach::{Reach, Where};
use crate::render;
use crate::render::adopt::Heading;
use std::io::Write;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  probity adopt users.csv --dry-run                  what would be adopted, and what not
  probity adopt users.csv --kind bought --plan-credits included
  probity adopt postgres://app@db/app --table users --columns customer=id,balance=credits,plan=tier
  probity adopt users.csv --kind bought --plan-credits included --delta    what changed since";

/// Move in: opening balances from a credits table, in CSV or PostgreSQL
///
/// Opens every customer of the table whom the books do not know, and grants what the table says they have.
/// Everything is accounted for at the end: what was granted, what was refused and why, with its row. The same
/// again changes nothing; with --delta, what changed in the table since is brought in.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A CSV file, `-` for standard input, or postgres://…
    #[arg(value_name = "TABLE")]
    from: String,

    /// The table in the database: users, or billing.users
    #[arg(long, value_name = "NAME")]
    table: Option<String>,

    /// Which column is what: customer=user_id,balance=credits,plan=tier,name=-,email=-
    #[arg(long, value_name = "ROLE=COLUMN,…", value_delimiter = ',', value_parser = pair)]
    columns: Vec<(String, String)>,

    /// The adoption's name: what was adopted under it is known again
    #[arg(long = "as", value_name = "NAME", default_value = "opening", value_parser = name)]
    name: String,

    /// What kind of credits they become; asked, where nobody says
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<Kind>,

    /// Until when gifts and goodwill last: never, 2027-06-30, or "90 days"; asked, where nobody says
    #[arg(long, value_name = "WHEN")]
    expires: Option<String>,

    /// The plan of rows that say none
    #[arg(long, value_name = "PLAN")]
    plan: Option<String>,

    /// The table's words for plans, and the contract's: free=discovery,premium=pro
    #[arg(long, value_name = "THEIRS=OURS,…", value_delimiter = ',', value_parser = pair)]
    plans: Vec<(String, String)>,

    /// Are the credits that a plan brings at once part of the balance? Asked, where nobody says
    #[arg(long, value_enum, value_name = "WORD")]
    plan_credits: Option<PlanCredits>,

    /// Round what is finer than the contract counts up, instead of refusing it
    #[arg(long)]
    round_up: bool,

    /// Bring in what changed in the table since
    #[arg(long)]
    delta: bool,

    /// Say everything, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Write every row that is refused or differs to this file, as CSV
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    books: Where,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (word, value) = text.split_once('=').ok_or("write it as WORD=VALUE")?;
    let (word, value) = (word.trim(), value.trim());
    if word.is_empty() || value.is_empty() {
        return Err("write it as WORD=VALUE; `-` for none".to_owned());
    }
    Ok((word.to_owned(), value.to_owned()))
}

/// A name that fits into the id of a payment, with room for numbers.
fn name(text: &str) -> Result<String, String> {
    match probity_core::id::is_caller_id(text) && text.len() <= 64 {
        true => Ok(text.to_owned()),
        false => Err("a name has 1 to 64 letters, digits and . _ : @ -".to_owned()),
    }
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let refused = args.refused.as_deref();
    let refused = refused.map(|path| Output { flag: "refused", path, force: args.force });
    let reads = Path::new(&args.from);
    output::refuse(refused.as_slice(), &[reads])?;
    let mut table = Table::open(&args.from, args.table.as_deref())?;
    let columns = Columns::choose(table.header(), &args.columns)?;
    let reach = args.books.reach()?;
    let done = answer(args, &mut table, &columns, &reach, json);
    reach.close();
    let (answer, tally, row_word) = done?;
    if let Some(refused) = refused {
        refused.write(|out| rows(out, &tally, row_word))?;
    }
    Ok(answer)
}

fn answer(
    args: &Args,
    table: &mut Table,
    columns: &Columns,
    reach: &Reach,
    json: bool,
) -> Result<(Answer, Tally, &'static str), Failure> {
    let terms = Terms::ask(reach)?;
    let asked = answers::asked(args, &terms, columns)?;
    let rows = survey(table, columns)?;
    let mut work = Work::new(&asked, &terms, &rows, reach);
    let ended = work.all(table, columns);
    let tally = work.tally;
    if let Err(failure) = ended {
        return Err(stopped(failure, &tally, rows.count));
    }
    let heading = Heading {
        asked: &asked,
        terms: &terms,
        columns: columns.told(),
        from: shown(&args.from),
        place: args.books.place(),
        row_word: table.row_word(),
        tally: &tally,
    };
    if !tally.unaccounted().is_zero() {
        let what = format!("{} credits of the table are not accounted for", tally.unaccounted());
        let fix =
            "nothing is lost: report this with the flags and the kinds of rows that led to it";
        return Err(Failure::new(Exit::INTERNAL, "unaccounted", what, fix));
    }
    let exit = if tally.is_whole() { Exit::CLEAN } else { Exit::ERRORS };
    let text = if json { render::json(&heading.data()) } else { heading.told() };
    let mut answer = Answer::new(text).with_exit(exit);
    if !json && let Some(next) = next(args, &asked, &tally) {
        answer = answer.with_next(&next);
    }
    Ok((answer, tally, table.row_word()))
}

/// What was typed, without a password that may stand in it.
fn shown(from: &str) -> String {
    if !Table::is_database(from) {
        return from.to_owned();
    }
    let (scheme, rest) = from.split_once("://").unwrap_or_default();
    let rest = rest.split('?').next().unwrap_or_default();
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{place}")
        }
        None => format!("{scheme}://{rest}"),
    }
}

/// It ended before the table did.
fn stopped(failure: Failure, tally: &Tally, all: u64) -> Failure {
    if tally.rows == 0 {
        return failure;
    }
    let message = format!(
        "stopped at row {} of {all}: {}; {} credits were granted by then",
        tally.rows, failure.message, tally.granted
    );
    let fix = format!(
        "{}; then run the same again: what was adopted is known, and nothing is adopted twice",
        failure.fix
    );
    Failure { message, fix, ..failure }
}

/// The command that is worth typing next.
fn next(args: &Args, asked: &crate::adopt::Asked, tally: &Tally) -> Option<String> {
    if !asked.dry_run {
        return Some("probity customers".to_owned());
    }
    if args.from == "-" || Table::is_database(&args.from) || tally.rows == tally.refused {
        return None;
    }
    let mut line = format!("probity adopt {}", crate::load::shown(Path::new(&args.from)));
    let pairs = |pairs: &[(String, String)]| {
        let each: Vec<String> =
            pairs.iter().map(|(word, value)| format!("{word}={value}")).collect();
        each.join(",")
    };
    if !args.columns.is_empty() {
        line.push_str(&format!(" --columns {}", pairs(&args.columns)));
    }
    if args.name != "opening" {
        line.push_str(&format!(" --as {}", args.name));
    }
    line.push_str(&format!(" --kind {}", asked.kind.word()));
    if let Some(expires) = args.expires.as_ref().filter(|_| asked.kind != Kind::Bought) {
        line.push_str(&format!(" --expires \"{expires}\""));
    }
    if let Some(plan) = &args.plan {
        line.push_str(&format!(" --plan {plan}"));
    }
    if !args.plans.is_empty() {
        line.push_str(&format!(" --plans {}", pairs(&args.plans)));
    }
    let word = match asked.plan_credits {
        PlanCredits::Included => "included",
        PlanCredits::Extra => "extra",
    };
    line.push_str(&format!(" --plan-credits {word}"));
    for (flag, is_said) in [(" --round-up", args.round_up), (" --delta", args.delta)] {
        line.push_str(if is_said { flag } else { "" });
    }
    Some(line)
}

/// What was refused, row by row.
fn rows(out: &mut dyn Write, tally: &Tally, row_word: &str) -> std::io::Result<()> {
    writeln!(out, "{row_word},customer,balance,code,why")?;
    for bad in &tally.bad {
        let balance = bad.balance.map(|balance| balance.to_string()).unwrap_or_default();
        let (customer, why) = (render::cell(&bad.customer), render::cell(&bad.why));
        writeln!(out, "{},{customer},{balance},{},{why}", bad.row, bad.code)?;
    }
    Ok(())
}
