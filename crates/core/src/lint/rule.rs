//! What a rule is, what it is asked about, and what it finds.

use super::needs::Needs;
use crate::contract::file::{Places, Reading};
use crate::contract::{Contract, Costs, Operations};
use crate::diagnostic::{Diagnostic, FileKind, Place, Severity};
use crate::margin::{self, Margins};
use jiff::civil::Date;
use std::borrow::Cow;

/// One rule of the lint: its words, and the question it asks of a contract.
pub struct Rule {
    /// Stable id: a letter for the group and two digits.
    pub id: &'static str,
    /// How bad it usually is; single findings may be milder or worse.
    pub severity: Severity,
    /// What it must know before it can be asked.
    pub needs: Needs,
    /// What it catches, in a few words.
    pub title: &'static str,
    /// What it catches and why that matters, in a paragraph.
    pub explains: &'static str,
    /// The public case behind it.
    pub case: &'static str,
    /// Where the case can be read.
    pub link: &'static str,
    /// How it is mended.
    pub fix: &'static str,
    /// Lines of a contract that make it fire.
    pub example: &'static str,
    pub(super) check: fn(&Subject<'_>) -> Vec<Finding>,
}

/// Something that a rule would catch, but that cannot be written in the first place.
pub struct Held {
    /// The id it would have.
    pub id: &'static str,
    /// What it would catch.
    pub title: &'static str,
    /// Why it cannot be written.
    pub because: &'static str,
    /// The public case behind it; may be empty.
    pub case: &'static str,
    /// Where the case can be read; empty where there is none.
    pub link: &'static str,
}

/// Something that no file alone can show: where it is asked instead.
pub struct Elsewhere {
    /// Its id.
    pub id: &'static str,
    /// What it catches.
    pub title: &'static str,
    /// What asks it, or would: a sentence.
    pub asked_by: &'static str,
    /// The public case behind it.
    pub case: &'static str,
    /// Where the case can be read.
    pub link: &'static str,
}

/// What the rules are asked about: both files compiled, with their places and margins.
pub(super) struct Subject<'r> {
    pub(super) contract: &'r Contract,
    pub(super) operations: Cow<'r, Operations>,
    /// Operations were given, but could not be read: nothing can be said about what they lack.
    pub(super) operations_are_broken: bool,
    pub(super) margins: Margins,
    pub(super) today: Date,
    places: &'r Places,
}

impl<'r> Subject<'r> {
    /// None where the contract could not be compiled.
    pub(super) fn of(reading: &'r Reading, today: Date) -> Option<Self> {
        let contract = reading.contract.as_ref()?;
        let operations = reading
            .operations
            .as_ref()
            .map_or_else(|| Cow::Owned(Operations::none(&contract.name)), Cow::Borrowed);
        let margins = margin::margins(contract, &operations);
        let is_error = |d: &Diagnostic| d.severity == Severity::Error;
        let operations_are_broken = reading.operations.is_none()
            && reading.findings.iter().any(|d| d.place.file != FileKind::Contract && is_error(d));
        let places = &reading.places;
        Some(Self { contract, operations, operations_are_broken, margins, today, places })
    }

    /// The place of a value of `contract.yaml`, or of what is nearest where it is not written.
    pub(super) fn at(&self, path: &[&str]) -> Place {
        self.places.value(FileKind::Contract, path)
    }

    /// The place of a key of `contract.yaml`: for what holds more than one line, or lacks one.
    pub(super) fn key(&self, path: &[&str]) -> Place {
        self.places.key(FileKind::Contract, path)
    }

    /// The place of a value of `operations.yaml`.
    pub(super) fn at_operations(&self, path: &[&str]) -> Place {
        self.places.value(FileKind::Operations, path)
    }

    /// The place of a key of `operations.yaml`.
    pub(super) fn operations_key(&self, path: &[&str]) -> Place {
        self.places.key(FileKind::Operations, path)
    }

    /// Was there an `operations.yaml` that could be read as a file?
    pub(super) fn has_operations(&self) -> bool {
        self.places.has_file(FileKind::Operations)
    }

    /// The costs, where there are any.
    pub(super) fn costs(&self) -> Option<&Costs> {
        self.operations.costs.as_ref()
    }
}

/// One thing that a rule found.
pub(super) struct Finding {
    place: Place,
    message: String,
    severity: Option<Severity>,
    label: String,
    related: Vec<(Place, String)>,
    fix: Option<String>,
}

impl Finding {
    pub(super) fn new(place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            message: message.into(),
            severity: None,
            label: String::new(),
            related: Vec::new(),
            fix: None,
        }
    }

    /// With another severity than the rule's usual one.
    pub(super) fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// With a note under the underlined text.
    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With another place that belongs to it.
    pub(super) fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// With a fix that names more than the rule's own.
    pub(super) fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    pub(super) fn into_diagnostic(self, rule: &Rule) -> Diagnostic {
        let severity = self.severity.unwrap_or(rule.severity);
        let fix = self.fix.unwrap_or_else(|| rule.fix.to_owned());
        Diagnostic {
            waived: false,
            related: self.related,
            ..Diagnostic::new(rule.id, severity, self.place, self.message, fix)
                .with_label(self.label)
                .with_why(rule.case)
        }
    }
}
