//! Problems for programs: one object.

use super::data::Problem;
use crate::load::Files;
use probity_core::diagnostic::{Diagnostic, Severity};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    problems: Vec<Problem<'a>>,
    errors: usize,
    warnings: usize,
    infos: usize,
    passed: usize,
}

/// `{problems: […], errors, warnings, infos, passed}`; `passed` counts the checks that found nothing.
pub(crate) fn json(problems: &[Diagnostic], passed: usize, files: &Files) -> String {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    crate::render::json(&Report {
        problems: problems.iter().map(|found| Problem::of(found, files)).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
        passed,
    })
}
