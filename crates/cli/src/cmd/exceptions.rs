//! `probity exceptions`: what needs a person.

use crate::answer::{Answer, Failure};
use crate::reach::{Reach, Where};
use crate::render;
use crate::render::books::day;
use crate::render::style::{BOLD, DIM};
use probity_core::Time;
use probity_core::view::ExceptionKind;
use serde_json::{Value, json};
use std::fmt::Write;

/// List what needs a person: failures of ours, late reports, odd payments, questions
///
/// The newest first, each with whose it is, the run, the credits, and what to do next.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only of this kind
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: Option<String>,

    /// Nothing before this instant or day, as 2026-11-01; otherwise the last 30 days
    #[arg(long, value_name = "TIME", value_parser = since)]
    since: Option<Time>,

    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,

    #[command(flatten)]
    books: Where,
}

fn kinds() -> clap::builder::PossibleValuesParser {
    ExceptionKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().into()
}

pub(super) fn since(text: &str) -> Result<Time, String> {
    let day = || Time::parse(&format!("{text}T00:00:00Z"));
    Time::parse(text).or_else(day).ok_or_else(|| "write it as 2026-11-01".to_owned())
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let reach = args.books.reach()?;
    let found = list(args, &reach);
    reach.close();
    let (lines, more) = found?;
    if json {
        return Ok(Answer::new(render::json(&json!({ "items": lines, "more": more }))));
    }
    let answer = Answer::new(lines.iter().map(told).collect::<String>());
    let older = "There are older ones: --limit N lists more.";
    let answer = if more { answer.with_note(older) } else { answer };
    Ok(match lines.iter().find_map(|line| line["run"].as_str()) {
        Some(run) => answer.with_next(&format!("probity runs {run}")),
        None if lines.is_empty() => answer.with_note("Nothing needs a person."),
        None => answer,
    })
}

fn list(args: &Args, reach: &Reach) -> Result<(Vec<Value>, bool), Failure> {
    let limit = args.limit as usize;
    let mut asked = String::new();
    if let Some(kind) = &args.kind {
        let _ = write!(asked, "&kind={kind}");
    }
    if let Some(since) = &args.since {
        let _ = write!(asked, "&since={since}");
    }
    let (mut lines, mut cursor): (Vec<Value>, _) = (Vec::new(), String::new());
    loop {
        let said = reach.read(&format!("/v1/reports/exceptions?limit=1000{asked}{cursor}"))?;
        lines.extend(said.body["items"].as_array().cloned().unwrap_or_default());
        let next = said.text("/next_cursor");
        if next.is_empty() || lines.len() > limit {
            let more = !next.is_empty() || lines.len() > limit;
            lines.truncate(limit);
            return Ok((lines, more));
        }
        cursor = format!("&cursor={next}");
    }
}

fn told(line: &Value) -> String {
    let text = |key: &str| line[key].as_str().unwrap_or_default();
    let about: Vec<String> = ["action", "artifact", "run"]
        .into_iter()
        .map(|key| render::one_line(text(key)))
        .filter(|text| !text.is_empty())
        .collect();
    let (at, kind, customer) = (day(text("at")), text("kind"), text("customer"));
    let mut out = String::new();
    let _ =
        writeln!(out, "{BOLD}{kind}{BOLD:#}  {at}  {customer}  {DIM}{}{DIM:#}", about.join(" "));
    let width = crate::terminal::width().saturating_sub(2);
    for sentence in [text("what"), text("next")] {
        for line in textwrap::wrap(&render::plain(sentence), width) {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}
