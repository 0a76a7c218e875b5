//! `probity margin`: what is left of each action, as reckoned from a contract or as it came out.

use super::exceptions::since;
use crate::answer::{Answer, Failure};
use crate::clock;
use crate::load;
use crate::output::{self, Page};
use crate::reach::Where;
use crate::render::{self, margin as shown};
use probity_core::Time;
use probity_core::margin::margins;
use std::fmt::Write;
use std::path::PathBuf;

/// Tell what is left of each action: reckoned from a contract, or as it came out
///
/// With a folder: each action's price at the lowest value of a credit, against its typical and worst
/// cost. Without: what runs cost and brought, in the books, by action and plan.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A contract's folder, or its file: reckon from it, without any books
    #[arg(value_name = "DIR|FILE", conflicts_with_all = ["since", "until", "action", "plan", "top", "html", "force", "database", "url", "key", "env"])]
    path: Option<PathBuf>,

    /// Nothing before this instant or day, as 2026-11-01; otherwise the last 30 days
    #[arg(long, value_name = "TIME", value_parser = since)]
    since: Option<Time>,

    /// Nothing from this instant or day on; otherwise until now
    #[arg(long, value_name = "TIME", value_parser = since)]
    until: Option<Time>,

    /// Only of this action
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,

    /// Only on this plan
    #[arg(long, value_name = "PLAN")]
    plan: Option<String>,

    /// How many customers to list: who cost more than they bring, then who cost most; otherwise 10
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    top: Option<u32>,

    #[command(flatten)]
    page: Page,

    #[command(flatten)]
    books: Where,
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    match &args.path {
        Some(path) => reckoned(path, json),
        None => observed(args, json),
    }
}

fn reckoned(path: &std::path::Path, json: bool) -> Result<Answer, Failure> {
    let loaded = load::load(path)?;
    let (contract, operations) = load::readable(&loaded, path)?;
    let margins = margins(&contract, &operations);
    let text = if json {
        render::json(&shown::reckoned_json(&contract, &operations, &margins))
    } else {
        let today = contract.zone.date(clock::now());
        shown::reckoned(&contract, &operations, &margins, today)
    };
    Ok(Answer::new(text).with_next("probity margin --database FILE"))
}

fn observed(args: &Args, json: bool) -> Result<Answer, Failure> {
    let output = args.page.output();
    output::refuse(output.as_slice(), &[])?;
    let mut asked = format!("/v1/reports/margin?limit={}", args.top.unwrap_or(10));
    for (name, value) in [
        ("since", args.since.map(|at| at.to_string())),
        ("until", args.until.map(|at| at.to_string())),
        ("action", args.action.clone()),
        ("plan", args.plan.clone()),
    ] {
        if let Some(value) = value {
            let value =
                percent_encoding::utf8_percent_encode(&value, percent_encoding::NON_ALPHANUMERIC);
            let _ = write!(asked, "&{name}={value}");
        }
    }
    let reach = args.books.reach()?;
    let said = reach.read(&asked);
    reach.close();
    let said = said?;
    if let Some(output) = output {
        let page = shown::html(&said.body)?;
        output.write(|out| out.write_all(page.as_bytes()))?;
    }
    if json {
        return Ok(Answer::new(render::json(&said.body)));
    }
    let answer = Answer::new(shown::observed(&said.body));
    Ok(if said.body["totals"].as_array().is_some_and(Vec::is_empty) {
        answer.with_note("No run was seen in that time.")
    } else if said.body["unknown_models"].as_array().is_some_and(|models| !models.is_empty()) {
        answer.with_next("probity prices import model_prices_and_context_window.json")
    } else {
        answer.with_next("probity exceptions --kind unknown_cost")
    })
}
