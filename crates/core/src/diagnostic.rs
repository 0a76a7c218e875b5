//! What is wrong with a contract, said so that it can be mended: id, place, why, fix.
//!
//! A [`Diagnostic`] is data; how it looks (terminal, JSON, SARIF) is decided where it is shown.
//! Everything that reads or judges a contract file speaks in these.

use std::ops::Range;

/// One of the files that were read together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FileKind {
    /// `contract.yaml`.
    Contract,
    /// `operations.yaml`.
    Operations,
    /// The price map that operations name.
    Prices,
    /// `probity.yaml`: where the contract is put to use. Its keys are not known here.
    Deployment,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Needs a waiver with reason, owner and end date, or mending.
    Warning,
    /// The contract is refused (or may not be enforced).
    Error,
}

/// A stretch of a file's text, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Which file.
    pub file: FileKind,
    /// Bytes from its start; empty at the end of the file where nothing is underlined.
    pub span: Range<usize>,
}

/// One finding about a contract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Stable id, such as `O03` (lint) or `F02` (reading the file). Documented under `docs/checks.md`.
    pub id: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What is wrong, in one sentence, naming the thing.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What stands under the underlined text; may be empty.
    pub label: String,
    /// Other places that belong to it, each with its label.
    pub related: Vec<(Place, String)>,
    /// Why it matters: the public case behind it, or the rule. May be empty.
    pub why: String,
    /// What to do. Never empty.
    pub fix: String,
    /// Somebody has accepted it until a day; the message says who.
    pub waived: bool,
}

impl Diagnostic {
    /// A finding with only what every finding has; the rest is added by the `with_` methods.
    #[must_use]
    pub fn new(
        id: &'static str,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            id,
            severity,
            message: message.into(),
            place,
            label: String::new(),
            related: Vec::new(),
            why: String::new(),
            fix: fix.into(),
            waived: false,
        }
    }

    /// With a note under the underlined text.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With the reason it matters.
    #[must_use]
    pub fn with_why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn with_related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }
}

/// Line and column of a byte in a text, both counted from 1; columns count characters.
///
/// ```
/// use probity_core::diagnostic::line_column;
/// assert_eq!(line_column("a: é\nb: 2\n", 9), (2, 4)); // é takes two bytes
/// ```
#[must_use]
pub fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    let before = text.get(..end).unwrap_or_default();
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count());
    (line, column.saturating_add(1))
}
