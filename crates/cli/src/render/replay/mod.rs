//! How a replay's report looks: on a terminal, and as a page with pictures.

mod chart;
pub(crate) mod figures;
mod headline;
mod html;
pub(crate) mod table;
mod terminal;

pub(crate) use figures::{count, many};
pub(crate) use html::html;
pub(crate) use terminal::terminal;

use super::style::{BOLD, DIM, ERROR, HELP};
use super::{one_line, plain};
use crate::replay::columns::{Source, said};
use crate::replay::report::{CustomerLine, DayLine, Report};
use crate::replay::{Columns, Role};
use probity_core::{Cost, Money};
use std::collections::BTreeMap;
use std::fmt::Write;
use table::cut;
use textwrap::core::display_width;

/// Which column plays which role: `--columns`.
pub(crate) fn columns(columns: &Columns, json: bool) -> String {
    let missing = columns.missing();
    if json {
        let roles =
            columns.chosen().filter_map(|(role, own)| Some((role.word(), own.first()?.text())));
        let others: BTreeMap<_, Vec<_>> = columns
            .chosen()
            .filter(|(_, own)| own.len() > 1)
            .map(|(role, own)| (role.word(), own.iter().skip(1).map(Source::text).collect()))
            .collect();
        return super::json(&serde_json::json!({
            "shape": columns.shape,
            "roles": roles.collect::<BTreeMap<_, _>>(),
            "where_empty": others,
            "missing": missing.iter().map(|role| role.word()).collect::<Vec<_>>(),
            "repeated": columns.repeated(),
            "not_used": columns.unused(),
        }));
    }
    let mut out = String::new();
    if let Some(name) = columns.shape.name() {
        let _ = writeln!(out, "{BOLD}{name}{BOLD:#}");
    }
    for role in Role::ALL {
        let said = match columns.chosen().find(|(own, _)| *own == role) {
            Some((_, own)) => format!("← {}", plain(&said(own))),
            None if missing.contains(&role) => format!("– {ERROR}missing{ERROR:#}"),
            None => format!("{DIM}–{DIM:#}"),
        };
        let _ = writeln!(out, "  {HELP}{:<13}{HELP:#} {said}", role.word());
    }
    if !columns.unused().is_empty() {
        let _ = writeln!(out, "  {DIM}not used: {}{DIM:#}", plain(&columns.unused().join(", ")));
    }
    out
}

/// The same in few lines, for standard error. A made-up log needs no such note.
pub(crate) fn columns_note(columns: &Columns, is_sample: bool, width: usize) -> String {
    if is_sample {
        return String::new();
    }
    let mut lines = vec![columns.shape.name().map_or("Read as:", |name| name).to_owned()];
    let mut pieces = columns.each();
    if !columns.unused().is_empty() {
        pieces.push(format!("not used: {}", columns.unused().join(", ")));
    }
    let last = pieces.len().saturating_sub(1);
    let mut line = String::from(" ");
    for (n, piece) in pieces.iter().enumerate() {
        let piece = one_line(piece) + if n < last { "," } else { "" };
        if display_width(&line) + 1 + display_width(&piece) > width && line.len() > 1 {
            lines.push(std::mem::replace(&mut line, String::from(" ")));
        }
        line = line + " " + &piece;
    }
    lines.push(line);
    lines.iter().map(|line| format!("{DIM}{}{DIM:#}\n", cut(line, width))).collect()
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

/// The first and the last day of a log, in the contract's zone.
fn span(report: &Report) -> String {
    let day = |line: Option<&DayLine>| line.map(|line| line.day.clone()).unwrap_or_default();
    let (first, last) = (day(report.days.first()), day(report.days.last()));
    if first == last { first } else { format!("{first} to {last}") }
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
