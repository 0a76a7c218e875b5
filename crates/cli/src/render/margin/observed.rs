//! What runs cost and brought, as the API says it, on a terminal. Enforced runs and those that only
//! would have been stand apart; what is not known is said beside every sum.

use super::{bar, dollars};
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
    if text(report, "credit").is_empty() {
        out.push_str("Nothing says what a credit is worth in dollars: revenue is not known.\n");
    }
    for total in list(report, "totals") {
        out.push_str(&books(report, total));
    }
    out.push_str(&customers(report));
    out.push_str(&models(report));
    out
}

/// One of the two books: all together, each action on each plan, what is to be looked at.
fn books(report: &Value, total: &Value) -> String {
    let which = text(total, "books");
    let title = match which {
        "enforced" => "Enforced",
        _ => "Shadow and announce: what would have been",
    };
    let mut out = format!("\n{BOLD}{title}{BOLD:#}\n");
    out.push_str(&sums(report, total));
    let rows: Vec<&Value> =
        list(report, "rows").iter().filter(|r| text(r, "books") == which).collect();
    out.push_str(&table(&rows));
    for row in &rows {
        if let (Some(revenue), Some(cost)) = (cost(row, "revenue"), cost(row, "cost")) {
            if revenue.is_positive() {
                let bar = bar(revenue, cost, row["below"] == true);
                let _ = writeln!(out, "  {bar} {}", name(row));
            }
        }
    }
    for row in &rows {
        for flag in flags(report, row) {
            let said = format!("{}: {flag}", name(row));
            let width = terminal::width().saturating_sub(2);
            let _ = writeln!(out, "{WARNING}!{WARNING:#} {}", textwrap::fill(&said, width));
        }
    }
    out.push_str(&free(total));
    out
}

fn sums(report: &Value, total: &Value) -> String {
    let mut out = format!(
        "  {} began, {} ended, {} of them delivered; {} charged, {} given back.\n",
        phrase::count(count(total, "runs"), "run"),
        count(total, "ended"),
        count(total, "delivered"),
        credits(text(total, "charged")),
        text(total, "refunded"),
    );
    let known = dollars(cost(total, "cost").unwrap_or_default());
    let _ = match cost(total, "revenue") {
        Some(revenue) => writeln!(
            out,
            "  That is {} at {} a credit. Calls cost {known}{}. Left: {}.",
            dollars(revenue),
            text(report, "credit"),
            unknown(total),
            margin(total),
        ),
        None => writeln!(out, "  Calls cost {known}{}.", unknown(total)),
    };
    let own = &total["own_key"];
    if count(own, "attempts") > 0 {
        let _ = writeln!(
            out,
            "  Customers' own keys paid {} of {} more{}.",
            dollars(cost(own, "cost").unwrap_or_default()),
            phrase::count(count(own, "attempts"), "call"),
            unknown(own),
        );
    }
    let told = count(total, "told");
    if told > 0 {
        let _ = writeln!(
            out,
            "  {DIM}{} of {} took more than one call; {} went to another model.{DIM:#}",
            count(total, "retried"),
            phrase::count(told, "run"),
            phrase::count(count(total, "fallbacks"), "call"),
        );
    }
    out
}

/// ` and more: the cost of 3 calls is not known`, where it is so.
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
        parts => format!(" and what is not known of {}", phrase::list(parts, "and")),
    }
}

fn margin(line: &Value) -> String {
    let most = if line["whole"] == true { "" } else { "at most " };
    match text(line, "margin") {
        "" => NONE.to_owned(),
        margin => format!("{most}{margin}"),
    }
}

fn table(rows: &[&Value]) -> String {
    let mut table = Table::new(&[
        ("action on plan", 9),
        ("ended", 4),
        ("units", 5),
        ("a unit cost", 8),
        ("typical", 6),
        ("worst", 5),
        ("cost", 6),
        ("brought", 6),
        ("left", 9),
        ("reckoned", 3),
    ]);
    for row in rows {
        let sum = |key: &str| cost(row, key).map_or_else(|| NONE.to_owned(), dollars);
        let word = |key: &str| match text(row, key) {
            "" => NONE.to_owned(),
            word => word.to_owned(),
        };
        table.row(vec![
            name(row),
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

/// What of a line is to be looked at.
fn flags(report: &Value, row: &Value) -> Vec<String> {
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
    if row["whole"] != true {
        let known = unknown(row);
        let known = known.trim_start_matches(" and what is not known of ");
        flags.push(format!("its cost is not whole: what is not known is that of {known}."));
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

fn free(total: &Value) -> String {
    let all = &total["free"];
    if count(all, "runs") == 0 && count(all, "attempts") == 0 {
        return String::new();
    }
    let by = list(total, "free_by").iter().map(|line| {
        let sum = dollars(cost(line, "cost").unwrap_or_default());
        format!("{} {} ({sum}{})", text(line, "cause"), count(line, "runs"), unknown(line))
    });
    let said = format!(
        "{} brought nothing and cost us {}{}: {}.",
        phrase::count(count(all, "runs"), "run"),
        dollars(cost(all, "cost").unwrap_or_default()),
        unknown(all),
        by.collect::<Vec<_>>().join(", "),
    );
    let width = terminal::width().saturating_sub(2);
    let lines = textwrap::wrap(&said, width);
    lines.iter().fold(String::new(), |out, line| out + "  " + line + "\n")
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
        let sum = |key: &str| cost(line, key).map_or_else(|| NONE.to_owned(), dollars);
        let more = if count(line, "unknown") > 0 { "+" } else { "" };
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

fn models(report: &Value) -> String {
    let mut out = String::new();
    for line in list(report, "unknown_models") {
        let model = match text(line, "model") {
            "" => "calls that name no model, or a service".to_owned(),
            model => one_line(model),
        };
        let calls = phrase::count(count(line, "attempts"), "call");
        let _ = writeln!(out, "{WARNING}cost unknown{WARNING:#} {model}: {calls}");
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}

fn name(row: &Value) -> String {
    one_line(&format!("{} on {}", text(row, "action"), text(row, "plan")))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn count(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or(0)
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A sum of dollars as the API writes it, losses included.
fn cost(value: &Value, key: &str) -> Option<Cost> {
    let text = value[key].as_str()?;
    match text.strip_prefix('-') {
        Some(loss) => Cost::ZERO.minus(Cost::parse(loss)?),
        None => Cost::parse(text),
    }
}
