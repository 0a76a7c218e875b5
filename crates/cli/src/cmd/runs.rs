//! `probity runs`: a customer's runs, or one receipt.

use super::customers::path;
use crate::answer::{Answer, Failure};
use crate::demo::rule_words;
use crate::reach::{Reach, Said, Where};
use crate::render;
use crate::render::books::{credits, day, field};
use crate::render::style::{BOLD, DIM};
use probity_core::RunId;
use serde_json::{Value, json};
use std::fmt::Write;

/// List a customer's runs, or show the receipt of one
///
/// The newest first, also those that cost nothing.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Whose runs; or one run, by its id
    #[arg(value_name = "CUSTOMER|RUN")]
    of: String,

    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,

    #[command(flatten)]
    books: Where,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    if RunId::parse(&args.of).is_some() {
        return receipt(args, json);
    }
    let path = path(&args.of, "/runs")?;
    let reach = args.books.reach()?;
    let found = list(&reach, &path, args.limit as usize);
    reach.close();
    let (runs, more) = found.map_err(|failure| as_a_run(&args.of, failure))?;
    let text = if json {
        render::json(&json!({ "items": runs, "more": more }))
    } else {
        runs.iter().map(line).collect()
    };
    let answer = Answer::new(text);
    let older = "There are older ones: --limit N lists more.";
    let answer = if more { answer.with_note(older) } else { answer };
    Ok(match runs.first().and_then(|run| run["run"].as_str()) {
        Some(run) => answer.with_next(&format!("probity runs {run}")),
        None => answer.with_note(&format!("{} has had no run yet.", args.of)),
    })
}

/// What looks like a run's id is most likely meant as one, though a customer may be called so.
fn as_a_run(of: &str, failure: Failure) -> Failure {
    if failure.code != "not_found" || !of.starts_with("run_") {
        return failure;
    }
    let message = format!("There is no such run, `{of}`, and no customer of that id.");
    Failure { message, ..failure }
}

/// The largest page that the API gives.
const PAGE: usize = 100;

fn list(reach: &Reach, path: &str, limit: usize) -> Result<(Vec<Value>, bool), Failure> {
    let mut runs: Vec<Value> = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = (limit - runs.len()).min(PAGE);
        let said = reach.read(&format!("{path}?limit={page}{cursor}"))?;
        runs.extend(said.body["items"].as_array().cloned().unwrap_or_default());
        let next = said.text("/next_cursor");
        if next.is_empty() || runs.len() >= limit {
            return Ok((runs, !next.is_empty()));
        }
        cursor = format!("&cursor={next}");
    }
}

fn line(run: &Value) -> String {
    let text = |key: &str| run[key].as_str().unwrap_or_default();
    let ended = if text("outcome").is_empty() { text("status") } else { text("outcome") };
    let about = match text("artifact") {
        "" => text("action").to_owned(),
        artifact => format!("{} {}", text("action"), render::one_line(artifact)),
    };
    let (at, id) = (day(text("opened_at")), text("run"));
    let amount = credits(text(if ended == "held" { "held" } else { "charged" }));
    let back = match text("refunded") {
        "" | "0" => None,
        back => Some(format!("{} given back", credits(back))),
    };
    let reason = Some(render::one_line(text("reason"))).filter(|reason| !reason.is_empty());
    let would = would(run).map(|would| format!("would {would}"));
    let notes: Vec<String> = [back, reason, would].into_iter().flatten().collect();
    let notes = match notes.is_empty() {
        true => String::new(),
        false => format!(" ({})", notes.join("; ")),
    };
    format!("{at:<16}  {DIM}{id}{DIM:#}  {ended:<10} {amount:>12}  {about}{notes}\n")
}

/// What a run that is not enforced would come to if it were: `charge 5 credits`, `be refused: …`.
fn would(run: &Value) -> Option<String> {
    let would = run["would"].as_object()?;
    let text = |key: &str| would.get(key).and_then(Value::as_str);
    Some(match (text("denial"), text("charged"), text("price")) {
        (Some(code), _, _) => format!("be refused: {code}"),
        (None, Some("0"), _) => "charge nothing".to_owned(),
        (None, Some(charged), _) => format!("charge {}", credits(charged)),
        (None, None, price) => format!("charge {} at the most", credits(price.unwrap_or("0"))),
    })
}

fn receipt(args: &Args, json: bool) -> Result<Answer, Failure> {
    let reach = args.books.reach()?;
    let said = read(&reach, &args.of);
    reach.close();
    let (said, would_read) = said?;
    let next = format!("probity wallet {}", said.text("/customer"));
    let text = if json { render::json(&said.body) } else { told(&said, would_read.as_deref()) };
    Ok(Answer::new(text).with_next(&next))
}

/// The receipt; of what is in shadow also what its customer would have read, who reads nothing of it.
fn read(reach: &Reach, run: &str) -> Result<(Said, Option<String>), Failure> {
    let said = reach.read(&format!("/v1/runs/{run}"))?;
    if said.text("/mode") != "shadow" {
        return Ok((said, None));
    }
    let words = reach.read(&format!("/v1/reports/shadow/runs/{run}"))?;
    Ok((said, Some(words.text("/words").to_owned())))
}

/// Why it came to what it did.
fn why(run: &Said, rule: &str) -> &'static str {
    // Nobody knows that it was too slow: whoever did the work may have been gone.
    if run.text("/status") == "expired" && run.body["late"] != true {
        return "its end was not told before its time was up, so it counts as our failure";
    }
    match (rule, run.text("/outcome"), run.text("/reason")) {
        ("charge", "abandoned", _) => "the contract takes the price once it has begun to arrive",
        ("charge", _, "length_limit") => "it arrived up to its length limit, so its price is taken",
        _ => rule_words(rule),
    }
}

fn told(run: &Said, would_read: Option<&str>) -> String {
    let mut out = String::new();
    let artifact = match run.text("/artifact") {
        "" => String::new(),
        artifact => format!(" for {}", render::one_line(artifact)),
    };
    let (customer, action) = (run.text("/customer"), run.text("/action"));
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}\n{customer}: {action}{artifact}", run.text("/run"));
    let amounts = ["charged", "refunded", "released"].into_iter().filter_map(|key| {
        let amount = run.body[key].as_str()?;
        (amount != "0" || key == "charged").then(|| format!("{} {key}", credits(amount)))
    });
    let ended = match run.text("/outcome") {
        _ if run.text("/status") == "expired" && run.body["late"] != true => {
            format!("expired, {}: nobody told how", day(run.text("/ended_at")))
        }
        "" => run.text("/status").to_owned(),
        outcome => {
            let reason = match run.text("/reason") {
                "" => String::new(),
                reason => format!(" ({})", render::one_line(reason)),
            };
            format!("{outcome}{reason}, {}", day(run.text("/ended_at")))
        }
    };
    out.push_str(&field("began", &day(run.text("/opened_at"))));
    out.push_str(&field("ended", &ended));
    out.push_str(&field("credits", &amounts.collect::<Vec<_>>().join(", ")));
    let rule = run.text("/rule");
    let why = why(run, rule);
    if !rule.is_empty() {
        out.push_str(&field("why", &format!("{why} ({rule})")));
    }
    if let Some(would) = would(&run.body) {
        out.push_str(&field("would", &format!("{would}, if it were enforced")));
    }
    for drawn in run.body["drawn"].as_array().into_iter().flatten() {
        let text = |key: &str| drawn[key].as_str().unwrap_or_default();
        let line = format!("{} of {} {}", text("amount"), text("kind"), text("grant"));
        out.push_str(&field("from", line.trim()));
    }
    let (contract, operations) = (run.text("/contract"), &run.body["operations"]);
    out.push_str(&field(
        "under",
        &format!("{contract}, operations {operations}, {}", run.text("/mode")),
    ));
    if let Some(cost) = run.body["cost"].as_str() {
        out.push_str(&field("cost us", &format!("${cost}")));
    }
    let (label, words) = match would_read {
        Some(words) => ("would read", words),
        None => ("reads", run.text("/words")),
    };
    if !words.is_empty() {
        out.push_str(&field(label, &format!("“{}”", render::plain(words))));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_whose_end_was_never_told_is_not_called_slow() {
        let receipt = |late: bool| {
            let body = json!({"run": "run_1", "customer": "ana", "action": "ask", "status": "expired",
                "outcome": "failed", "rule": "too_slow", "late": late, "charged": "0",
                "opened_at": "2026-11-23T10:00:00Z", "ended_at": "2026-11-23T10:10:00Z"});
            told(&Said { status: 200, body }, None)
        };
        let untold = receipt(false);
        assert!(untold.contains("its end was not told before its time was up"), "{untold}");
        assert!(untold.contains("nobody told how") && !untold.contains("slow counts"), "{untold}");
        assert!(receipt(true).contains("too slow counts as our failure"));
    }
}
