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
use crate::replay::report::Report;
use crate::replay::{Columns, Role};
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
