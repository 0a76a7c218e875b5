//! How a replay's report looks: on a terminal, and as a page with pictures.

mod chart;
mod figures;
mod html;
mod table;
mod terminal;

pub(crate) use html::html;
pub(crate) use terminal::terminal;

use super::plain;
use super::style::{BOLD, DIM, HELP};
use crate::replay::report::{CustomerLine, Report};
use crate::replay::{Columns, Role};
use probity_core::{Cost, Money};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Which column plays which role: `--columns`.
pub(crate) fn columns(columns: &Columns, json: bool) -> String {
    if json {
        let roles: BTreeMap<_, _> =
            columns.chosen().map(|(role, source)| (role.word(), source.text())).collect();
        return super::json(&serde_json::json!({
            "shape": columns.shape,
            "roles": roles,
            "not_used": columns.unused(),
        }));
    }
    let mut out = String::new();
    if let Some(name) = columns.shape.name() {
        let _ = writeln!(out, "{BOLD}{name}{BOLD:#}");
    }
    for role in Role::ALL {
        let said = match columns.source(role) {
            Some(source) => format!("← {}", plain(&source.text())),
            None => format!("{DIM}–{DIM:#}"),
        };
        let _ = writeln!(out, "  {HELP}{:<13}{HELP:#} {said}", role.word());
    }
    if !columns.unused().is_empty() {
        let _ = writeln!(out, "  {DIM}not used: {}{DIM:#}", plain(&columns.unused().join(", ")));
    }
    out
}

/// The same in one line, for standard error.
pub(crate) fn columns_note(columns: &Columns) -> String {
    let shape = columns.shape.name().map(|name| format!("{name}: ")).unwrap_or_default();
    format!("{DIM}{shape}{}{DIM:#}\n", plain(&columns.describe()))
}

/// Every customer as a line of CSV, sums exact: `--customers`.
pub(crate) fn table_of_customers(lines: &[CustomerLine]) -> String {
    let mut out = String::from(
        "customer,plan,runs,refused,charged_today,credits_here,use_here,bill_here,cost,cost_here\n",
    );
    let number = |sum: Option<Money>| sum.map(Money::number).unwrap_or_default();
    let cost = |sum: Option<Cost>| sum.map(|cost| cost.to_string()).unwrap_or_default();
    for line in lines {
        let CustomerLine { plan, runs, refused, charged, .. } = line;
        let name = cell(&line.customer);
        let (today, worth) = (number(line.today), number(line.worth));
        let (bill, costs) = (line.bill.number(), cost(line.cost));
        let here = cost(line.cost_here);
        let _ = writeln!(
            out,
            "{name},{plan},{runs},{refused},{today},{charged},{worth},{bill},{costs},{here}"
        );
    }
    out
}

/// A text as a cell of CSV. What a spreadsheet would take for a formula is kept a text.
fn cell(text: &str) -> String {
    let text =
        if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.into() };
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

/// What to try next, for standard error.
pub(crate) fn next(report: &Report) -> String {
    let mut out = format!("{DIM}Next:{DIM:#}");
    for next in &report.next {
        let _ = write!(
            out,
            "\n  {DIM}{}{DIM:#}\n    {BOLD}{}{BOLD:#}",
            plain(&next.why),
            plain(&next.command)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells() {
        assert_eq!(cell("ana"), "ana");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
    }
}
