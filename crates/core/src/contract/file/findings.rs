//! The problems of one file, collected: reading goes on after each, so that all are told at once.
//!
//! The list is bounded: a hostile file cannot make it grow without end.

use super::problems::{Documented, Problem};
use crate::diagnostic::{Diagnostic, FileKind, Place, Severity};
use std::ops::Range;

/// Most problems listed for one file.
const MOST: usize = 1_000;

/// The problems found in one file so far.
#[derive(Debug)]
pub struct Findings {
    file: FileKind,
    list: Vec<Diagnostic>,
    unlisted: usize,
    refused: bool,
}

impl Findings {
    /// None yet.
    pub(super) const fn of(file: FileKind) -> Self {
        Self { file, list: Vec::new(), unlisted: 0, refused: false }
    }

    /// Which file they are about.
    pub const fn file(&self) -> FileKind {
        self.file
    }

    /// Adds an error. The message names the thing; the fix says what to do.
    pub fn add(
        &mut self,
        problem: impl Documented,
        span: Range<usize>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) {
        let finding = self.finding(problem, Severity::Error, span, message, fix);
        self.push(finding);
    }

    /// A finding of this file, to be completed and pushed.
    pub fn finding(
        &self,
        problem: impl Documented,
        severity: Severity,
        span: Range<usize>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Diagnostic {
        let place = self.place(span);
        Diagnostic::new(problem.id(), severity, place, message, fix)
            .with_label(problem.label())
            .with_why(problem.why())
    }

    /// A place in this file.
    pub const fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.file, span }
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.refused |= finding.severity == Severity::Error;
        if self.list.len() < MOST {
            self.list.push(finding);
        } else {
            self.unlisted = self.unlisted.saturating_add(1);
        }
    }

    /// Takes back what was found of one kind: something else says it once.
    pub(super) fn withdraw(&mut self, problem: Problem) {
        self.list.retain(|finding| finding.id != problem.id());
    }

    /// Is the list full, so that more would only be counted?
    pub(super) const fn is_full(&self) -> bool {
        self.list.len() >= MOST
    }

    /// Must the file be refused?
    pub(super) const fn refused(&self) -> bool {
        self.refused
    }

    /// All of them, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|d| (d.place.span.start, d.place.span.end));
        if self.unlisted > 0 {
            let message = format!("There are {} more problems in this file.", self.unlisted);
            let fix = "Mend the first ones and check again.";
            let end = self.list.last().map_or(0..0, |d| d.place.span.clone());
            let rest = self.finding(Problem::TooMany, Severity::Error, end, message, fix);
            self.list.push(rest);
        }
        self.list
    }
}
