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
    waiting: usize,
}

/// `{problems: […], errors, warnings, infos, passed, waiting}`; `passed` counts the checks that found
/// nothing, `waiting` those that can be asked only once the errors are mended.
pub(crate) fn json(
    problems: &[Diagnostic],
    (passed, waiting): (usize, usize),
    files: &Files,
) -> String {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    crate::render::json(&Report {
        problems: problems.iter().map(|found| Problem::of(found, files)).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
        passed,
        waiting,
    })
}
