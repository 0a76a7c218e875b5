//! Problems for programs: one object.

use super::data::Problem;
use crate::load::Files;
use probity_core::diagnostic::{Diagnostic, Severity};
use probity_core::lint::WaitsFor;
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    problems: Vec<Problem<'a>>,
    errors: usize,
    warnings: usize,
    infos: usize,
    #[serde(flatten)]
    checks: Counted,
}

/// What became of the checks.
#[derive(Serialize)]
pub(crate) struct Counted {
    /// How many were asked and found nothing.
    pub(crate) passed: usize,
    /// How many could not be asked.
    pub(crate) waiting: usize,
    /// What those wait for.
    pub(crate) waits_for: Option<WaitsFor>,
}

/// `{problems: […], errors, warnings, infos, passed, waiting, waits_for}`.
pub(crate) fn json(problems: &[Diagnostic], checks: Counted, files: &Files) -> String {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    crate::render::json(&Report {
        problems: problems.iter().map(|found| Problem::of(found, files)).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
        checks,
    })
}
