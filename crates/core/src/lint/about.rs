//! One check by its id: what it catches, why, and how it is mended. From the tables that also make
//! `docs/checks.md`, so that the command and the page say the same.

use super::{ELSEWHERE, HELD, rule};
use crate::contract::file::Problem;
use crate::diagnostic::Severity;

/// A check, explained.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct About {
    /// Its id: `O03`.
    pub id: &'static str,
    /// What it catches, in a few words.
    pub title: &'static str,
    /// How bad it usually is; None: nothing is ever found under this id.
    pub severity: Option<Severity>,
    /// What it catches, in a paragraph.
    pub explains: String,
    /// The public case behind it, or the reason; may be empty.
    pub why: &'static str,
    /// Where the case can be read; may be empty.
    pub link: &'static str,
    /// How it is mended; may be empty.
    pub fix: &'static str,
    /// Lines that make it fire; may be empty.
    pub example: &'static str,
}

/// The check of this id, in either case: a rule of the lint, a problem of reading, or what the
/// language holds by itself.
#[must_use]
pub fn about(id: &str) -> Option<About> {
    let id = id.to_ascii_uppercase();
    of_rule(&id).or_else(|| of_problem(&id)).or_else(|| of_no_file(&id))
}

/// Has a text the form of a check's id: a letter and two digits?
#[must_use]
pub fn is_id(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, a, b]
        if letter.is_ascii_alphabetic() && a.is_ascii_digit() && b.is_ascii_digit())
}

fn of_rule(id: &str) -> Option<About> {
    let rule = rule(id)?;
    Some(About {
        id: rule.id,
        title: rule.title,
        severity: Some(rule.severity),
        explains: rule.explains.to_owned(),
        why: rule.case,
        link: rule.link,
        fix: rule.fix,
        example: rule.example,
    })
}

fn of_problem(id: &str) -> Option<About> {
    let problem = Problem::ALL.iter().find(|problem| problem.id() == id)?;
    let severity =
        if *problem == Problem::NoPriceMap { Severity::Warning } else { Severity::Error };
    Some(About {
        severity: Some(severity),
        why: problem.why(),
        ..bare(problem.id(), problem.title(), problem.explanation().to_owned())
    })
}

fn of_no_file(id: &str) -> Option<About> {
    let held = HELD.iter().find(|held| held.id == id).map(|held| {
        let explains = format!("It cannot be written: the language holds it. {}", held.because);
        About { why: held.case, link: held.link, ..bare(held.id, held.title, explains) }
    });
    let elsewhere = || {
        let row = ELSEWHERE.iter().find(|row| row.id == id)?;
        let explains = format!("No file alone can show it. {}", row.asked_by);
        Some(About { why: row.case, link: row.link, ..bare(row.id, row.title, explains) })
    };
    held.or_else(elsewhere)
}

fn bare(id: &'static str, title: &'static str, explains: String) -> About {
    let (severity, why, link, fix, example) = (None, "", "", "", "");
    About { id, title, severity, explains, why, link, fix, example }
}
