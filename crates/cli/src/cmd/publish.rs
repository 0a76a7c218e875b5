//! `probity publish`: a contract version, or a revision of operations, to one environment.

use super::with_path;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::load::{Loaded, load, shown};
use crate::reach::{Reach, Said, Where};
use crate::render;
use crate::render::style::{BOLD, DIM, ERROR, GOOD, WARNING};
use probity_core::journal::sha256_hex;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;

/// Publish a contract: what changes for customers, and from when
///
/// Compares it with the version published last. Where it is worse for anybody, the notice that the
/// contract promises is owed: an earlier day is refused, and the earliest named.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The contract's folder, or its file
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    path: PathBuf,

    /// Only say what it would be
    #[arg(long)]
    dry_run: bool,

    /// Why, for the books
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    books: Where,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let loaded = load(&args.path)?;
    if loaded.reading.contract.is_none() {
        return Err(refused(args));
    }
    let reach = args.books.reach()?;
    let said = publish(args, &loaded, &reach);
    reach.close();
    let said = said?;
    let next = if args.dry_run {
        format!("{}{}", with_path("probity publish", &args.path), args.books.again())
    } else {
        with_path("probity explain", &args.path)
    };
    if json {
        return Ok(Answer::new(render::json(&said.body)).with_next(&next));
    }
    Ok(Answer::new(told(args, &said)).with_next(&next))
}

fn publish(args: &Args, loaded: &Loaded, reach: &Reach) -> Result<Said, Failure> {
    let known = reach.read("/v1/contracts")?;
    let last = known.body["items"].as_array().and_then(|items| items.last());
    let texts = loaded.files.texts();
    let is_new = last.is_none_or(|last| last["hash"] != sha256_hex(&texts.contract).as_str());
    if !is_new && texts.operations.is_none() {
        let what = format!("{} is published already", last_of(last));
        let fix = "change it, and raise its `version`";
        return Err(Failure::new(Exit::ERRORS, "nothing_new", what, fix));
    }
    let mut sent = json!({
        "operations": texts.operations, "prices": texts.prices, "reason": args.reason,
    });
    if is_new {
        sent["contract"] = texts.contract.into();
    }
    if let Value::Object(fields) = &mut sent {
        fields.retain(|_, value| !value.is_null());
    }
    let dry_run = if args.dry_run { "?dry_run=true" } else { "" };
    let said = reach.ask("POST", &format!("/v1/contracts{dry_run}"), &sent)?;
    said.or_failure().map_err(|failure| match failure.code {
        "contract_refused" => Failure { fix: refused(args).fix, ..failure },
        _ => failure,
    })
}

fn last_of(last: Option<&Value>) -> &str {
    last.and_then(|last| last["contract"].as_str()).unwrap_or("it")
}

fn told(args: &Args, said: &Said) -> String {
    let mut out = String::new();
    let done = if args.dry_run { "would be published" } else { "is published" };
    let class = match said.text("/class") {
        "neutral" => format!("{GOOD}nothing that customers pay or may do changes{GOOD:#}"),
        "better" => format!("{GOOD}nobody is worse off{GOOD:#}"),
        "forbidden" => format!("{ERROR}it breaks a promise{ERROR:#}"),
        _ => format!("{WARNING}somebody is worse off, so notice is owed{WARNING:#}"),
    };
    let _ = writeln!(
        out,
        "{BOLD}{} with revision {} of its operations {done}{BOLD:#}: {class}.",
        said.text("/contract"),
        said.body["operations"]
    );
    let effective = said.text("/effective");
    if !effective.is_empty() {
        let _ = writeln!(out, "In force from {effective}.");
    }
    let changes = said.body["changes"].as_array().cloned().unwrap_or_default();
    if !changes.is_empty() {
        let _ = writeln!(out, "\n{BOLD}WHAT CHANGES{BOLD:#}");
    }
    let width = crate::terminal::width().saturating_sub(15);
    for change in &changes {
        let text = |key: &str| change[key].as_str().unwrap_or_default();
        let words = render::plain(text("words"));
        for (n, line) in textwrap::wrap(&words, width).iter().enumerate() {
            let class = if n == 0 { text("class") } else { "" };
            let _ = writeln!(out, "  {DIM}{class:<12}{DIM:#} {line}");
        }
    }
    let notice = said.text("/notice");
    if !notice.is_empty() {
        let _ = writeln!(out, "\n{BOLD}THE NOTICE TO CUSTOMERS, A DRAFT{BOLD:#}");
        for line in notice.lines() {
            let _ = writeln!(out, "{}", textwrap::fill(line, crate::terminal::width()));
        }
    }
    out
}

fn refused(args: &Args) -> Failure {
    Failure::new(
        Exit::ERRORS,
        "contract_refused",
        format!("the contract in {} has errors, so it cannot be published", shown(&args.path)),
        format!("see them all: {}", with_path("probity check", &args.path)),
    )
}
