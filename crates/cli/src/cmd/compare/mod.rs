//! `probity compare`: today's billing in a file of its own, beside the runs of the books.

mod matching;
mod nearest;
mod ours;

use super::shadow::Window;
use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::load::shown;
use crate::output::{self, Page};
use crate::reach::{Reach, Where};
use crate::render;
use crate::render::shadow::Heading;
use crate::replay::{ActionMap, Columns, Input, OpenError};
use crate::terminal;
use matching::Rows;
use ours::File;
use probity_core::contract::file::{self as files, Sources};
use probity_core::rollout::{Bills, Ended, Fact, Shadow, Slice, Tally, Watch};
use probity_core::{Contract, Length, Name, Operations, Time};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// How many rows and runs without a partner are told.
const TOLD: usize = 5;
const HOUR: i64 = 3_600_000_000;
/// How long before now is looked at where nothing says otherwise.
const USUALLY: i64 = 14 * 24 * HOUR;

const EXAMPLES: &str = "\
Examples:
  probity compare ours.csv --columns                      how your file is read
  probity compare ours.csv                                over the time that the file spans
  probity compare ours.csv --map charged=credits_taken    say what a column is
  probity compare ours.csv --html compare.html            the same with pictures";

/// Hold a file of what today's billing charged against the runs: where do the two differ, and why
///
/// For products that cannot send `now` with their runs. Rows are matched to runs by the run's id; else
/// by customer, action and artifact, or time: the nearest two first. What finds no partner is said, on
/// either side. Charges are counted in credits.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The file: CSV or JSON lines
    #[arg(value_name = "OURS")]
    ours: PathBuf,

    #[command(flatten)]
    window: Window,

    /// Only show which column plays which role
    #[arg(long)]
    columns: bool,

    #[command(flatten)]
    billing: Billing,

    #[command(flatten)]
    page: Page,

    #[command(flatten)]
    books: Where,
}

/// How a file of today's billing is read.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Billing {
    /// Say which column plays a role, as customer=user_id
    #[arg(long, value_name = "ROLE=COLUMN", value_parser = super::replay::pair)]
    map: Vec<(String, String)>,

    /// Say which action rows are about, as 'tailor*=tailor_document'
    #[arg(long, value_name = "PATTERN=ACTION")]
    action_map: Vec<String>,

    /// How far apart a row and its run may be; otherwise 1 hour
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    within: Option<Length>,
}

impl Billing {
    /// Is nothing said of it?
    pub(super) const fn is_silent(&self) -> bool {
        self.map.is_empty() && self.action_map.is_empty() && self.within.is_none()
    }

    /// As it was typed, each with a space before it.
    pub(super) fn typed(&self) -> String {
        let map = self.map.iter().map(|(role, column)| format!(" --map {role}={column}"));
        let actions = self.action_map.iter().map(|rule| format!(" --action-map '{rule}'"));
        let within = self.within.map(|within| format!(" --within \"{within}\""));
        map.chain(actions).chain(within).collect()
    }

    /// How far apart a row and its run may be, in microseconds.
    fn micros(&self) -> i64 {
        self.within.map_or(HOUR, |length| {
            i64::try_from(length.roughly_seconds()).unwrap_or(i64::MAX).saturating_mul(1_000_000)
        })
    }
}

fn length(text: &str) -> Result<Length, String> {
    Length::parse(text).ok_or_else(|| "write a length as \"1 hour\"".to_owned())
}

pub(crate) fn run(args: &Args, json: bool) -> Result<Answer, Failure> {
    let output = args.page.output();
    output::refuse(output.as_slice(), &[args.ours.as_path()])?;
    let name = shown(&args.ours);
    let input = Input::open(&args.ours).map_err(|error| unreadable(&name, error))?;
    let reach = args.books.reach()?;
    let done = answer(args, input, &name, &reach, json);
    reach.close();
    let (answer, page) = done?;
    if let (Some(output), Some(page)) = (output, page) {
        output.write(|out| out.write_all(page.as_bytes()))?;
    }
    Ok(answer)
}

fn unreadable(name: &str, error: OpenError) -> Failure {
    let (what, fix) = match error {
        OpenError::Io(error) => (format!("{name} cannot be read: {error}"), "check the path"),
        OpenError::Refused(refusal) => (
            format!("{name} cannot be compared: {refusal}"),
            "export it as CSV with a first line of headers: customer, action, artifact, time, charged",
        ),
    };
    Failure::new(Exit::NO_INPUT, "not_readable", what, fix)
}

type Told = (Answer, Option<String>);

fn answer(
    args: &Args,
    input: Input,
    name: &str,
    reach: &Reach,
    json: bool,
) -> Result<Told, Failure> {
    let (contract, operations) = terms(reach)?;
    let ids: Vec<Name> = contract.actions.names().cloned().collect();
    let columns = columns(&input, name, &ids, &args.billing)?;
    if args.columns {
        return Ok((Answer::new(render::replay::columns(&columns, json)), None));
    }
    let file = File { name, columns: &columns, actions: &ids };
    let mut rows = rows(&file, input, &args.billing)?;
    let watch = watch(args, &rows);
    let now = watch.until.unwrap_or_else(crate::clock::now);
    let report = compared(&mut rows, &watch, (&contract, &operations), now, reach)?;
    let body = told(report, &rows, name);
    let heading = Heading { report: &body, file: Some(name) };
    let page = args.page.output().map(|_| render::shadow::html(heading)).transpose()?;
    if json {
        return Ok((Answer::new(render::json(&body)), page));
    }
    let answer = Answer::new(render::shadow::terminal(heading, terminal::width()));
    let with = format!(" --compared {}{}", shown(&args.ours), args.billing.typed());
    Ok((answer.with_next(&super::shadow::next(&body, &with)), page))
}

/// What a file says of today's billing, held against what a shadow report is about: its action or plan,
/// from its first instant until now.
pub(super) fn held(
    path: &Path,
    billing: &Billing,
    report: &Value,
    reach: &Reach,
) -> Result<Value, Failure> {
    let name = shown(path);
    let input = Input::open(path).map_err(|error| unreadable(&name, error))?;
    let (contract, operations) = terms(reach)?;
    let ids: Vec<Name> = contract.actions.names().cloned().collect();
    let columns = columns(&input, &name, &ids, billing)?;
    let mut rows = rows(&File { name: &name, columns: &columns, actions: &ids }, input, billing)?;
    let time = |key: &str| report[key].as_str().and_then(Time::parse);
    let id = |key: &str| report[key].as_str().map(Name::new);
    let until = time("until").unwrap_or_else(crate::clock::now);
    let since = time("since").unwrap_or(until);
    let watch = Watch { since, until: None, action: id("action"), plan: id("plan") };
    let report = compared(&mut rows, &watch, (&contract, &operations), until, reach)?;
    Ok(told(report, &rows, &name))
}

/// Which column is what.
fn columns(
    input: &Input,
    name: &str,
    actions: &[Name],
    billing: &Billing,
) -> Result<Columns, Failure> {
    let words: Vec<&str> = actions.iter().map(Name::as_str).collect();
    let columns = Columns::choose(&input.sniffed.columns, &words, &billing.map);
    columns.map_err(|error| super::replay::columns_failure(&error, name))
}

fn rows(file: &File<'_>, input: Input, billing: &Billing) -> Result<Rows, Failure> {
    file.suffices()?;
    let mut map = ActionMap::new(file.actions.iter().map(Name::as_str));
    for rule in &billing.action_map {
        map.add(rule).map_err(|why| {
            let fix = "mend the flag; `probity compare --help` shows how it is written";
            Failure::new(Exit::USAGE, "wrong_map", format!("--action-map: {why}"), fix)
        })?;
    }
    Ok(Rows::new(file.rows(input, map)?, billing.micros()))
}

/// The contract and operations published last.
fn terms(reach: &Reach) -> Result<(Contract, Operations), Failure> {
    let body = reach.read("/v1/contracts/latest")?.body;
    let text = |key: &str| body["texts"][key].as_str().map(str::as_bytes);
    let reading = files::read(&Sources {
        contract: text("contract").unwrap_or_default(),
        operations: text("operations"),
        prices: text("prices"),
    });
    let contract = reading.contract.ok_or_else(|| {
        let what = "what was published last cannot be read by this version of probity";
        Failure::new(Exit::ERRORS, "not_read", what, "use the version that the service runs")
    })?;
    let revision = body["operations"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
    let operations = reading.operations.unwrap_or_else(|| Operations::none(&contract.name));
    Ok((contract, Operations { revision, ..operations }))
}

/// What was said; else the time that the file spans, and as much around it as rows may be off.
fn watch(args: &Args, rows: &Rows) -> Watch {
    let within = args.billing.micros();
    let span = rows.span();
    let usual = || crate::clock::now().plus_micros(-USUALLY);
    let since = args.window.since;
    let from = || span.map_or_else(usual, |(first, _)| first.plus_micros(within.saturating_neg()));
    let since = since.unwrap_or_else(from);
    let until = span.map(|(_, last)| last.plus_micros(within.saturating_add(1)));
    let name = |text: &Option<String>| text.as_deref().map(Name::new);
    Watch {
        since,
        until: args.window.until.or(until),
        action: name(&args.window.action),
        plan: name(&args.window.plan),
    }
}

/// Every run of the window with the row it finds, added up.
fn compared(
    rows: &mut Rows,
    watch: &Watch,
    (contract, operations): (&Contract, &Operations),
    now: Time,
    reach: &Reach,
) -> Result<Shadow, Failure> {
    let window = Window {
        since: Some(watch.since),
        until: watch.until,
        action: watch.action.as_ref().map(ToString::to_string),
        plan: watch.plan.as_ref().map(ToString::to_string),
    };
    let (query, mut cursor) = (window.query(), String::new());
    // Everything is kept at once: the rows are, too.
    let mut runs: Vec<Ended> = Vec::new();
    loop {
        let path = format!("/v1/reports/shadow/runs{query}&limit=1000{cursor}");
        let page = reach.read(&path)?;
        for item in page.body["items"].as_array().into_iter().flatten() {
            let ended = serde_json::from_value(item.clone()).map_err(|error| {
                let what = format!("a run cannot be read: {error}");
                let fix = "use the version that the service runs";
                Failure::new(Exit::ERRORS, "not_read", what, fix)
            })?;
            runs.push(ended);
        }
        match page.text("/next_cursor") {
            "" => break,
            next => cursor = format!("&cursor={next}"),
        }
    }
    rows.tell(&mut runs);
    let mut tally = Tally::new(contract.zone.clone());
    let (mut slice, mut bills) = (Slice::first(usize::MAX), Bills::default());
    for ended in runs {
        let (at, fact) = (ended.at, Fact::Ended(Box::new(ended)));
        tally.add(at, &fact);
        slice.add(&fact);
    }
    let _ = slice.close(&mut bills);
    let mut report = Shadow::of(watch, &tally, bills, (contract, operations), now);
    for example in report.examples().filter(|example| example.words.is_none()) {
        let said = reach.read(&format!("/v1/reports/shadow/runs/{}", example.run))?;
        example.words = said.body["words"].as_str().map(str::to_owned);
    }
    Ok(report)
}

/// The report, and what became of the rows; without what a file says nothing of.
fn told(report: Shadow, rows: &Rows, name: &str) -> Value {
    let mut body = serde_json::to_value(report).unwrap_or_default();
    without(&mut body, &["began", "refunds", "given_back"]);
    let left: Vec<_> = rows.left().collect();
    let first = left.iter().take(TOLD).map(|(row, why)| {
        json!({
            "line": row.line, "customer": row.customer, "action": row.action,
            "artifact": row.artifact, "charged": row.today.charged, "why": why,
        })
    });
    body["file"] = json!({
        "name": name, "rows": rows.len(), "found": rows.found,
        "rows_without_run": left.len(), "first": first.collect::<Vec<_>>(),
        "runs_without_row": body["unknown"],
    });
    body
}

/// Takes fields out wherever they stand.
fn without(value: &mut Value, keys: &[&str]) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, _| !keys.contains(&key.as_str()));
            fields.values_mut().for_each(|value| without(value, keys));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| without(value, keys)),
        _ => {}
    }
}
