//! `probity questions`: what customers ask about their receipts, and answering them.

use crate::answer::{Answer, Failure};
use crate::reach::{Reach, Said, Where};
use crate::render;
use crate::render::books::{day, field};
use crate::render::style::{BOLD, DIM};
use probity_core::RunId;
use serde_json::{Value, json};
use std::fmt::Write;

/// List the questions that nobody has answered yet, or answer one
///
/// The newest first. An answer is kept beside the question, and the customer reads it in the receipt.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    does: Option<Does>,

    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,

    #[command(flatten)]
    books: Where,
}

#[derive(clap::Subcommand)]
enum Does {
    /// Answer a question about a receipt
    Answer(Told),
}

/// An answer.
#[derive(clap::Args)]
struct Told {
    /// The run whose receipt it is about
    #[arg(value_name = "RUN", value_parser = run_id)]
    run: String,

    /// What the customer will read
    #[arg(value_name = "TEXT")]
    text: String,

    /// Which question, `q_…`; otherwise the last one about the run
    #[arg(long, value_name = "Q")]
    question: Option<String>,

    #[command(flatten)]
    books: Where,
}

fn run_id(text: &str) -> Result<String, String> {
    let is_run = RunId::parse(text).is_some();
    is_run.then(|| text.to_owned()).ok_or_else(|| "a run's id begins with run_".to_owned())
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    match &args.does {
        None => list(args, json),
        Some(Does::Answer(told)) => answer(told, json),
    }
}

fn list(args: &Args, json: bool) -> Result<Answer, Failure> {
    let reach = args.books.reach()?;
    // However old: what nobody has answered is open.
    let since = "1970-01-01T00:00:00Z";
    let path = format!("/v1/reports/exceptions?kind=question&since={since}&limit={}", args.limit);
    let said = reach.read(&path);
    reach.close();
    let said = said?;
    let items = said.body["items"].as_array().cloned().unwrap_or_default();
    let more = !said.text("/next_cursor").is_empty();
    if json {
        return Ok(Answer::new(render::json(&json!({ "items": items, "more": more }))));
    }
    let answer = Answer::new(items.iter().map(line).collect::<String>());
    let older = "There are older ones: --limit N lists more.";
    let answer = if more { answer.with_note(older) } else { answer };
    Ok(match items.first().and_then(|item| item["run"].as_str()) {
        Some(run) => answer.with_next(&format!("probity questions answer {run} \"…\"")),
        None => answer.with_note("No question is open."),
    })
}

fn line(item: &Value) -> String {
    let text = |key: &str| item[key].as_str().unwrap_or_default();
    let about: Vec<String> = ["action", "artifact", "run"]
        .into_iter()
        .map(|key| render::one_line(text(key)))
        .filter(|text| !text.is_empty())
        .collect();
    let (at, customer) = (day(text("at")), text("customer"));
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}{customer}{BOLD:#}  {at}  {DIM}{}{DIM:#}", about.join(" "));
    let width = crate::terminal::width().saturating_sub(2);
    for line in textwrap::wrap(&render::plain(text("what")), width) {
        let _ = writeln!(out, "  {line}");
    }
    out
}

fn answer(told: &Told, json: bool) -> Result<Answer, Failure> {
    let reach = told.books.reach()?;
    let said = send(told, &reach);
    reach.close();
    let (said, receipt) = said?;
    if json {
        return Ok(Answer::new(render::json(&said.body)));
    }
    let mut out = String::new();
    let question = said.text("/question");
    let asked = receipt.body["questions"].as_array().into_iter().flatten();
    for asked in asked.filter(|asked| asked["question"] == question) {
        let text = |value: &Value| render::one_line(value["text"].as_str().unwrap_or_default());
        out.push_str(&field("asked", &format!("“{}”", text(asked))));
        for answer in asked["answers"].as_array().into_iter().flatten() {
            out.push_str(&field("answered", &format!("“{}”", text(answer))));
        }
    }
    Ok(Answer::new(out).with_next("probity questions"))
}

fn send(told: &Told, reach: &Reach) -> Result<(Said, Said), Failure> {
    let body = json!({ "text": told.text, "question": told.question });
    let said = reach.ask("POST", &format!("/v1/runs/{}/answer", told.run), &body)?.or_failure()?;
    let receipt = reach.read(&format!("/v1/runs/{}", told.run))?;
    Ok((said, receipt))
}
