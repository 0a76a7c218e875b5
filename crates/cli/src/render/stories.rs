//! How stories went: those that failed with what was expected and what was there, and a count.

use super::plain;
use super::style::{BOLD, DIM, ERROR, GOOD, HELP};
use crate::cmd::test::{Before, Failed, Results, StoryResult};
use probity::scenario::Mismatch;
use std::fmt::Write;

/// Every story in a line, failed ones with the reason, and the count.
pub(crate) fn results(results: &Results) -> String {
    let mut out = String::new();
    let mut file = "";
    for story in &results.stories {
        if story.file != file {
            file = &story.file;
            let _ = writeln!(out, "{BOLD}{}{BOLD:#}", plain(file));
        }
        line(&mut out, story);
    }
    let stories = |n: usize| if n == 1 { "1 story".to_owned() } else { format!("{n} stories") };
    let passed = stories(results.passed);
    let _ = match results.failed {
        0 => writeln!(out, "\n{GOOD}{passed} passed{GOOD:#}."),
        failed => writeln!(out, "\n{ERROR}{} failed{ERROR:#}, {passed} passed.", stories(failed)),
    };
    out
}

fn line(out: &mut String, story: &StoryResult) {
    let title = plain(&story.title);
    let Some(failure) = &story.failure else {
        let _ = writeln!(out, "  {GOOD}ok{GOOD:#}     {title}");
        return;
    };
    let _ = writeln!(out, "  {ERROR}failed{ERROR:#} {title}");
    match failure {
        Failed::Fault { text, .. } => {
            for line in text.lines() {
                let _ = writeln!(out, "         {}", plain(line));
            }
        }
        Failed::Otherwise { line, step, mismatches, lenient } => {
            let width = line.to_string().len();
            for Before { line, step } in &story.before {
                let _ = writeln!(out, "         {DIM}{line:>width$} | {}{DIM:#}", plain(step));
            }
            let _ = writeln!(out, "         {line:>width$} | {BOLD}{}{BOLD:#}", plain(step));
            for mismatch in mismatches {
                differs(out, mismatch, width);
            }
            if let Some(mode) = lenient {
                let _ = writeln!(out, "         {HELP}note{HELP:#}: {}", not_enforced(mode));
            }
        }
    }
}

/// Why a run charges nothing that was expected to, and how to see it charge.
fn not_enforced(mode: &str) -> String {
    format!(
        "this run is in {mode}, so nothing is charged; `rollout.default = enforce` in an \
         `operations` block of the story enforces it"
    )
}

fn differs(out: &mut String, mismatch: &Mismatch, width: usize) {
    let Mismatch { line, text, expected, actual } = mismatch;
    let margin = " ".repeat(width);
    let _ = writeln!(out, "         {line:>width$} |   {HELP}{}{HELP:#}", plain(text));
    let _ = writeln!(out, "         {margin} |     {ERROR}expected{ERROR:#} {}", plain(expected));
    let _ = writeln!(out, "         {margin} |     {GOOD}actual{GOOD:#}   {}", plain(actual));
}
