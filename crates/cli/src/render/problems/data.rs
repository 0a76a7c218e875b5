//! A problem with its place in lines and columns: what JSON and SARIF are made of.

use crate::load::Files;
use probity_core::diagnostic::{Diagnostic, Place, Severity, line_column};
use serde::Serialize;

/// Where the explanation of a finding stands: `docs/checks.md#o03`.
fn docs(id: &str) -> String {
    format!("docs/checks.md#{}", id.to_ascii_lowercase())
}

/// A stretch of a file; lines and columns count from 1, columns count characters.
#[derive(Serialize)]
pub(super) struct Stretch<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl<'a> Stretch<'a> {
    pub(super) fn of(place: &Place, files: &'a Files) -> Self {
        let file = files.of(place.file);
        let (line, column) = line_column(&file.text, place.span.start);
        let (end_line, end_column) = line_column(&file.text, place.span.end);
        Self { file: &file.shown, line, column, end_line, end_column }
    }
}

/// One problem, ready to be written as an object.
#[derive(Serialize)]
pub(super) struct Problem<'a> {
    pub(super) id: &'a str,
    pub(super) severity: Severity,
    #[serde(flatten)]
    pub(super) at: Stretch<'a>,
    pub(super) message: &'a str,
    pub(super) label: &'a str,
    pub(super) related: Vec<Related<'a>>,
    pub(super) why: &'a str,
    pub(super) fix: &'a str,
    pub(super) docs: String,
}

/// Another place that belongs to a problem.
#[derive(Serialize)]
pub(super) struct Related<'a> {
    #[serde(flatten)]
    pub(super) at: Stretch<'a>,
    pub(super) label: &'a str,
}

impl<'a> Problem<'a> {
    pub(super) fn of(found: &'a Diagnostic, files: &'a Files) -> Self {
        let related = found
            .related
            .iter()
            .map(|(place, label)| Related { at: Stretch::of(place, files), label })
            .collect();
        Self {
            id: found.id,
            severity: found.severity,
            at: Stretch::of(&found.place, files),
            message: &found.message,
            label: &found.label,
            related,
            why: &found.why,
            fix: &found.fix,
            docs: docs(found.id),
        }
    }
}
