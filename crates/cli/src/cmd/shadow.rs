//! `probity shadow`: what would be charged and refused, beside what today's billing did.

use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::output::{self, Page};
use crate::reach::{Reach, Where};
use crate::render;
use crate::render::shadow::Heading;
use crate::terminal;
use probity_core::Time;
use serde_json::Value;

/// Watch before you enforce: what would be charged and refused, beside today's billing
///
/// Of the last 14 days, where nothing else is said: what each action and plan would bring, whose bill
/// would more than double, what today's billing does otherwise and why, what the contract did not
/// foresee, and what `rollout.enforce_when` still asks for.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(super) window: Window,

    #[command(flatten)]
    page: Page,

    #[command(flatten)]
    books: Where,
}

/// Which runs are watched.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Window {
    /// From this instant or day on, as 2026-11-01; otherwise 14 days, or as many as the gate asks for
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(super) since: Option<Time>,

    /// Until before this instant or day; otherwise now
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(super) until: Option<Time>,

    /// Only this action
    #[arg(long, value_name = "ACTION", value_parser = id)]
    pub(super) action: Option<String>,

    /// Only this plan
    #[arg(long, value_name = "PLAN", value_parser = id)]
    pub(super) plan: Option<String>,
}

fn instant(text: &str) -> Result<Time, String> {
    let day = || Time::parse(&format!("{text}T00:00:00Z"));
    Time::parse(text).or_else(day).ok_or_else(|| "write it as 2026-11-01".to_owned())
}

/// An id as it may stand in a path.
pub(super) fn id(text: &str) -> Result<String, String> {
    match probity_core::id::is_caller_id(text) {
        true => Ok(text.to_owned()),
        false => Err("an id has letters, digits, and . _ : @ -".to_owned()),
    }
}

impl Window {
    /// As a query, with its question mark; empty where nothing is said.
    pub(super) fn query(&self) -> String {
        let pairs = [
            ("since", self.since.map(|at| at.to_string())),
            ("until", self.until.map(|at| at.to_string())),
            ("action", self.action.clone()),
            ("plan", self.plan.clone()),
        ];
        let said = pairs.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value?)));
        format!("?{}", said.collect::<Vec<_>>().join("&"))
    }
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let output = args.page.output();
    output::refuse(output.as_slice(), &[])?;
    let reach = args.books.reach()?;
    let found = report(&args.window, &reach);
    reach.close();
    let report = found?;
    let heading = Heading { report: &report, file: None };
    if let Some(output) = output {
        let page = render::shadow::html(heading)?;
        output.write(|out| out.write_all(page.as_bytes()))?;
    }
    if json {
        return Ok(Answer::new(render::json(&report)));
    }
    let next = next(&report, "");
    Ok(Answer::new(render::shadow::terminal(heading, terminal::width())).with_next(&next))
}

fn report(window: &Window, reach: &Reach) -> Result<Value, Failure> {
    let said = reach.ask("GET", &format!("/v1/reports/shadow{}", window.query()), &Value::Null)?;
    let fix = match said.text("/field") {
        "action" | "plan" => "name one of those: probity explain",
        _ => return said.or_failure().map(|said| said.body),
    };
    let failure = said.or_failure().err();
    let failure =
        failure.map(|failure| Failure { fix: fix.to_owned(), exit: Exit::USAGE, ..failure });
    failure.map_or(Ok(Value::Null), Err)
}

/// Where the gate is open, the next mode; else, one of the runs that differ, or announcing. `with`: the
/// flags that say what it was compared with.
pub(super) fn next(report: &Value, with: &str) -> String {
    let of = match (report["action"].as_str(), report["plan"].as_str()) {
        (Some(action), _) => action.to_owned(),
        (None, Some(plan)) => format!("--plan {plan}"),
        (None, None) => "--default".to_owned(),
    };
    let is_met = report["gate"]["met"] == true;
    let example = report["causes"][0]["examples"][0]["run"].as_str();
    match (is_met, example) {
        (false, Some(run)) => format!("probity runs {run}"),
        (true, _) => format!("probity rollout {of} next{with} --dry-run"),
        (false, None) => format!("probity rollout{with}"),
    }
}
