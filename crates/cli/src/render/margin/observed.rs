//! What runs cost and brought, as the API says it, on a terminal. Enforced runs and those that only
//! would have been stand apart; what is not known is said beside every sum.

use super::{OTHER_CURRENCY, bar, dollars};
use crate::render::books::{credits, day};
use crate::render::replay::table::Table;
use crate::render::style::{BOLD, DIM, WARNING};
use crate::render::{one_line, plain};
use crate::terminal;
use probity_core::{Cost, phrase};
use serde_json::Value;
use std::fmt::Write;

const NONE: &str = "–";

/// The report.
pub(crate) fn observed(report: &Value) -> String {
    let mut out = format!(
        "{BOLD}{}{BOLD:#}: {} to {}\n",
        plain(text(report, "contract")),
        day(text(report, "since")),
        day(text(report, "until"))
    );
    out.push_str(worth(report));
    for total in list(report, "totals") {
        out.push_str(&books(report, total));
    }
    out.push_str(&customers(report));
    out.push_str(&models(report));
    out
}

/// What is to be said of what a credit is worth; empty where that is known in dollars.
pub(super) fn worth(report: &Value) -> &'static str {
    match text(report, "credit") {
        "" => "Nothing says what a credit is worth: what it brings is not known.\n",
        value if !value.starts_with('$') => OTHER_CURRENCY,
        _ => "",
    }
}

/// One of the two books: all together, each action on each plan, what is to be looked at.
fn books(report: &Value, total: &Value) -> String {
    let which = text(total, "books");
    let mut out = format!("\n{BOLD}{}{BOLD:#}\n", title(which));
    out.push_str(&wrapped(&sums(report, total)));
    let rows: Vec<&Value> =
        list(report, "rows").iter().filter(|r| text(r, "books") == which).collect();
    out.push_str(&table(&rows));
    for row in &rows {
        if let (Some(revenue), Some(cost)) = (cost(row, "revenue"), cost(row, "cost"))
            && revenue.is_positive()
        {
            let bar = bar(revenue, cost, row["below"] == true);
            let _ = writeln!(out, "  {bar} {}", name(row));
        }
    }
    for row in &rows {
        for flag in flags(report, row) {
            let said = format!("{}: {flag}", name(row));
            let width = terminal::width().saturating_sub(2);
            let _ = writeln!(out, "{WARNING}!{WARNING:#} {}", textwrap::fill(&said, width));
        }
    }
    let free = free(total);
    if !free.is_empty() {
        out.push_str(&wrapped(&free));
    }
    out
}

/// What one of the two books is called.
pub(super) fn title(books: &str) -> &'static str {
    match books {
        "enforced" => "Enforced",
        _ => "Shadow and announce: what would have been",
    }
}

/// All together, in sentences.
pub(super) fn sums(report: &Value, total: &Value) -> String {
    let mut said = format!(
        "{} began, {} ended, {} of them delivered; {} charged, {} given back. ",
        phrase::count(count(total, "runs"), "run"),
        count(total, "ended"),
        count(total, "delivered"),
        credits(text(total, "charged")),
        text(total, "refunded"),
    );
    let some = |key: &str| Some(text(total, key)).filter(|sum| !matches!(*sum, "" | "0"));
    if let Some(given) = some("given") {
        let _ = write!(said, "Of what was charged nobody paid for {}. ", credits(given));
    }
    if let Some(unclear) = some("unclear") {
        let of = credits(unclear);
        let _ = write!(said, "Whether anybody pays for {of} is not known: a credit line. ");
    }
    if let Some(revenue) = cost(total, "revenue") {
        let value = text(report, "credit");
        let _ = write!(said, "What was paid for is {} at {value} a credit. ", dollars(revenue));
    }
    let _ = write!(said, "Calls cost {}. Left: {}. ", costed(total), margin(total));
    let own = &total["own_key"];
    if count(own, "attempts") > 0 {
        let calls = phrase::count(count(own, "attempts"), "call");
        let _ = write!(said, "Customers' own keys paid {} for {calls}. ", costed(own));
    }
    let told = count(total, "told");
    if told > 0 {
        let _ = write!(
            said,
            "{} of {} took more than one call; {} went to another model. ",
            count(total, "retried"),
            phrase::count(told, "run"),
            phrase::count(count(total, "fallbacks"), "call"),
        );
    }
    if count(total, "silent") > 0 {
        said.push_str("What a run costs is known once its calls are reported, as `attempts`.");
    }
    said.trim_end().to_owned()
}

/// As lines of the terminal, indented by two.
fn wrapped(said: &str) -> String {
    let lines = textwrap::wrap(said, terminal::width().saturating_sub(2));
    lines.iter().fold(String::new(), |out, line| out + "  " + line + "\n")
}

/// What calls cost, and what of it is not known.
pub(super) fn costed(line: &Value) -> String {
    match cost(line, "cost") {
        Some(cost) => dollars(cost) + &unknown(line),
        None => "an unknown sum".to_owned(),
    }
}

/// ` and what is not known of 3 calls`, where it is so.
fn unknown(line: &Value) -> String {
    let mut parts = Vec::new();
    if count(line, "unknown") > 0 {
        parts.push(phrase::count(count(line, "unknown"), "call"));
    }
    if count(line, "silent") > 0 {
        parts.push(format!("{} without calls", phrase::count(count(line, "silent"), "run")));
    }
    match parts.as_slice() {
        [] => String::new(),
        parts => format!(" beside what is not known of {}", phrase::list(parts, "and")),
    }
}

pub(super) fn margin(line: &Value) -> String {
    let most = if line["whole"] == true { "" } else { "at most " };
    match text(line, "margin") {
        "" if line["action"].is_null() => "not known".to_owned(),
        "" => NONE.to_owned(),
        margin => format!("{most}{margin}"),
    }
}

fn table(rows: &[&Value]) -> String {
    let mut table = Table::new(&[
        ("action", 9),
        ("plan", 9),
        ("ended", 6),
        ("units", 3),
        ("a unit cost", 8),
        ("typical", 7),
        ("worst", 5),
        ("cost", 5),
        ("brought", 4),
        ("left", 9),
        ("reckoned", 2),
    ]);
    for row in rows {
        let sum = |key: &str| sum(row, key);
        let word = |key: &str| word(row, key);
        table.row(vec![
            text(row, "action").to_owned(),
            text(row, "plan").to_owned(),
            count(row, "ended").to_string(),
            word("units"),
            sum("unit_cost"),
            sum("typical"),
            sum("worst"),
            sum("cost"),
            sum("revenue"),
            margin(row),
            word("expected_margin"),
        ]);
    }
    table.lines(terminal::width())
}

/// A sum of dollars, where it is known.
pub(super) fn sum(line: &Value, key: &str) -> String {
    cost(line, key).map_or_else(|| NONE.to_owned(), dollars)
}

/// A word or a number, where there is one.
pub(super) fn word(line: &Value, key: &str) -> String {
    match text(line, key) {
        "" => NONE.to_owned(),
        word => word.to_owned(),
    }
}

/// What of a line is to be looked at.
pub(super) fn flags(report: &Value, row: &Value) -> Vec<String> {
    let mut flags = Vec::new();
    if let Some(above @ ("typical" | "worst")) = row["above"].as_str() {
        let bound = dollars(cost(row, above).unwrap_or_default());
        let is = dollars(cost(row, "unit_cost").unwrap_or_default());
        let at = if above == "worst" { "the worst" } else { "the typical" };
        flags.push(format!("a unit cost {is}, more than {at} cost, {bound}."));
    }
    if row["below"] == true {
        let keep = text(report, "keep_margin");
        flags.push(format!("{} is left; {keep} is to be kept.", text(row, "margin")));
    }
    if count(row, "unknown") > 0 {
        let calls = phrase::count(count(row, "unknown"), "call");
        flags.push(format!("the cost of {calls} is not known, so it cost more than is said."));
    }
    let pair = &row["pair"];
    if !text(pair, "soft").is_empty() && !text(pair, "empty").starts_with("0%") {
        flags.push(format!(
            "{} found nothing and were charged: {} would earn the same if those were free.",
            text(pair, "empty"),
            credits(text(pair, "soft")),
        ));
    }
    flags
}

pub(super) fn free(total: &Value) -> String {
    let all = &total["free"];
    if count(all, "runs") == 0 && count(all, "attempts") == 0 {
        return String::new();
    }
    let by = list(total, "free_by")
        .iter()
        .map(|line| format!("{} {} ({})", text(line, "cause"), count(line, "runs"), costed(line)));
    format!(
        "{} brought nothing and cost us {}: {}.",
        phrase::count(count(all, "runs"), "run"),
        costed(all),
        by.collect::<Vec<_>>().join(", "),
    )
}

fn customers(report: &Value) -> String {
    let all = list(report, "customers");
    if all.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[
        ("customer", 9),
        ("books", 2),
        ("ended", 3),
        ("cost", 7),
        ("brought", 6),
        ("left", 8),
    ]);
    for line in all {
        let sum = |key: &str| sum(line, key);
        let more = more(line);
        table.row(vec![
            text(line, "customer").to_owned(),
            text(line, "books").to_owned(),
            count(line, "ended").to_string(),
            sum("cost") + more,
            sum("revenue"),
            sum("profit"),
        ]);
    }
    let mut out = format!("\n{BOLD}Who costs more than they bring, then who costs most{BOLD:#}\n");
    out.push_str(&table.lines(terminal::width()));
    if report["customers_whole"] != true {
        let _ = writeln!(out, "  {DIM}Of some only a part is known: there were too many.{DIM:#}");
    }
    out
}

/// Stands behind a sum of which only a part is known.
pub(super) fn more(line: &Value) -> &'static str {
    if count(line, "unknown") + count(line, "silent") > 0 { "+" } else { "" }
}

fn models(report: &Value) -> String {
    let mut out = String::new();
    for line in list(report, "unknown_models") {
        let model = model(line);
        let calls = phrase::count(count(line, "attempts"), "call");
        let _ = writeln!(out, "{WARNING}cost unknown{WARNING:#} {model}: {calls}");
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}

/// A model whose cost is not known.
pub(super) fn model(line: &Value) -> String {
    match text(line, "model") {
        "" => "calls that name no model, or a service".to_owned(),
        model => one_line(model),
    }
}

pub(super) fn name(row: &Value) -> String {
    one_line(&format!("{} on {}", text(row, "action"), text(row, "plan")))
}

pub(super) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

pub(super) fn count(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or(0)
}

pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A sum of dollars as the API writes it, losses included.
pub(super) fn cost(value: &Value, key: &str) -> Option<Cost> {
    let text = value[key].as_str()?;
    match text.strip_prefix('-') {
        Some(loss) => Cost::ZERO.minus(Cost::parse(loss)?),
        None => Cost::parse(text),
    }
}
