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
    if !said.is_done() {
        return Ok(not_published(args, said, json));
    }
    let next = if args.dry_run {
        with_path("probity publish", &args.path)
    } else {
        with_path("probity explain", &args.path)
    };
    let next = Some(next).filter(|_| said.body["nothing_new"] != true);
    let text = if json { render::json(&said.body) } else { told(args, &said) };
    let answer = Answer::new(text);
    Ok(match next {
        Some(next) => answer.with_next(&next),
        None => answer,
    })
}

/// Where notice is owed, what changes and the notice are told all the same: it is what somebody who
/// must wait wants to send.
fn not_published(args: &Args, said: Said, json: bool) -> Answer {
    let is_owed = said.text("/code") == "notice_owed";
    let text = if is_owed && !json { changes_and_notice(&said) } else { String::new() };
    let fix = match (is_owed, said.body.get("lint")) {
        (true, _) => {
            Some(format!("set `effective: {}` in the contract", said.text("/earliest_day")))
        }
        (false, Some(_)) => Some(refused(args).fix),
        (false, None) => None,
    };
    let body = said.body.clone();
    let Err(failure) = said.or_failure() else { return Answer::new(text) };
    let failure = Failure { fix: fix.unwrap_or(failure.fix), ..failure };
    let refused = failure.into_answer(json);
    if !json {
        return Answer { result: text, ..refused };
    }
    // For machines the refusal has what the API said beside it.
    let mut told: Value = serde_json::from_str(&refused.result).unwrap_or_default();
    if is_owed {
        told["refused"] = body;
    }
    Answer { result: render::json(&told), ..refused }
}

fn publish(args: &Args, loaded: &Loaded, reach: &Reach) -> Result<Said, Failure> {
    let texts = loaded.files.texts();
    let known = reach.read("/v1/contracts")?;
    let last = known.body["items"].as_array().and_then(|items| items.last());
    let is_new = last.is_none_or(|last| last["hash"] != sha256_hex(&texts.contract).as_str());
    let mut sent = json!({
        "operations": texts.operations, "prices": texts.prices, "reason": args.reason,
    });
    // A version that was published last is left out, unless there is nothing else to say.
    if is_new || texts.operations.is_none() {
        sent["contract"] = texts.contract.into();
    }
    if let Value::Object(fields) = &mut sent {
        fields.retain(|_, value| !value.is_null());
    }
    let dry_run = if args.dry_run { "?dry_run=true" } else { "" };
    let said = reach.ask("POST", &format!("/v1/contracts{dry_run}"), &sent)?;
    match said.text("/code") {
        "notice_owed" | "contract_refused" => Ok(said),
        _ => said.or_failure(),
    }
}

fn told(args: &Args, said: &Said) -> String {
    let mut out = String::new();
    if said.body["nothing_new"] == true {
        let _ = writeln!(
            out,
            "Nothing changes: {} with revision {} of its operations is what was published last.",
            said.text("/contract"),
            said.body["operations"]
        );
        return out;
    }
    let done = if args.dry_run { "would be published" } else { "is published" };
    let enforced = said.text("/rollout_was");
    let class = match said.text("/class") {
        "neutral" if !enforced.is_empty() => {
            format!("{WARNING}the terms stay as they are, what is enforced changes{WARNING:#}")
        }
        "neutral" => format!("{GOOD}nothing that customers pay or may do changes{GOOD:#}"),
        "better" => format!("{GOOD}nobody is worse off{GOOD:#}"),
        "forbidden" => format!("{ERROR}it breaks a promise{ERROR:#}"),
        _ => format!("{WARNING}somebody is worse off, and is to be told{WARNING:#}"),
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
    let waits_for = said.text("/waits_for");
    if !waits_for.is_empty() {
        let _ = writeln!(
            out,
            "It waits for {waits_for}, which was announced before it: no version overtakes the one it is \
             compared with."
        );
    }
    if said.body["at_once"] == true {
        let _ = writeln!(
            out,
            "{WARNING}It holds at once{WARNING:#}: the contract promises no notice of what is worse \
             (`changes: {{ worse: … }}`)."
        );
    }
    if !said.text("/rollout").is_empty() {
        let _ = writeln!(out, "It is {}.", said.text("/rollout"));
    }
    if !enforced.is_empty() {
        let _ = writeln!(out, "Before, it was {enforced}.");
    }
    let gate = said.text("/enforce_when");
    if !gate.is_empty() {
        let _ = writeln!(
            out,
            "{WARNING}It enforces what was not enforced{WARNING:#}: {gate}. What differs so far: probity \
             exceptions --kind would_be_denied, and --kind differs."
        );
    }
    out.push_str(&changes_and_notice(said));
    out
}

fn changes_and_notice(said: &Said) -> String {
    let mut out = String::new();
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
