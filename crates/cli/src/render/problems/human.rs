//! Problems for people: the source line underlined, why it matters, what to do.

use crate::load::{File, Files};
use crate::render::plain;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use probity_core::diagnostic::{Diagnostic, Place, Severity, line_column};
use std::cmp::Reverse;
use std::ops::Range;

/// More problems than this are counted, not shown: nobody reads them.
const SHOWN_AT_MOST: usize = 100;

/// Lines of source are cut here where no terminal says how wide it is.
const WIDEST: usize = 140;
/// Reasons and fixes are wrapped here: lines longer than this are hard to read.
const PROSE: usize = 88;

/// The problems one after the other: errors, warnings, notes, then what was waived, each in the order
/// of the files.
pub(crate) fn human(problems: &[Diagnostic], files: &Files) -> String {
    let width = crate::terminal::columns().map_or(WIDEST, |columns| columns.clamp(80, WIDEST));
    let renderer = Renderer::styled().term_width(width);
    let mut out = String::new();
    let mut problems: Vec<&Diagnostic> = problems.iter().collect();
    problems.sort_by_key(|found| (Reverse(found.severity), found.waived));
    for found in problems.iter().take(SHOWN_AT_MOST) {
        out.push_str(&renderer.render(&[group(found, files)]));
        out.push_str("\n\n");
    }
    let hidden = problems.len().saturating_sub(SHOWN_AT_MOST);
    if hidden > 0 {
        out.push_str(&format!("… and {hidden} more; `--json` lists them all.\n\n"));
    }
    out
}

/// `2 errors and 1 warning`; `1 note and 2 waived`; `no problems`.
pub(crate) fn counted<'a>(problems: impl Iterator<Item = &'a Diagnostic>) -> String {
    let problems: Vec<&Diagnostic> = problems.collect();
    let open = |severity| problems.iter().filter(|p| p.severity == severity && !p.waived).count();
    let waived = problems.iter().filter(|p| p.waived).count();
    let parts: Vec<String> = [
        (open(Severity::Error), "error", "errors"),
        (open(Severity::Warning), "warning", "warnings"),
        (open(Severity::Info), "note", "notes"),
        (waived, "waived", "waived"),
    ]
    .into_iter()
    .filter(|(n, _, _)| *n > 0)
    .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
    .collect();
    match parts.split_last() {
        None => String::from("no problems"),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

fn group<'a>(found: &'a Diagnostic, files: &'a Files) -> Group<'a> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = Group::with_title(level.primary_title(plain(&found.message)).id(found.id));
    for places in by_file(found) {
        group = group.element(snippet(&places, files));
    }
    if !found.why.is_empty() {
        group = group.element(Level::NOTE.with_name("why").message(wrapped(&found.why)));
    }
    group.element(Level::HELP.with_name("fix").message(wrapped(&found.fix)))
}

/// A text in lines that fit beside `= fix: `.
fn wrapped(text: &str) -> String {
    textwrap::wrap(&plain(text), PROSE).join("\n")
}

/// A place with its label, and whether it is the main one.
type Marked<'a> = (&'a Place, &'a str, AnnotationKind);

/// The places of a finding, those of one file together, the main one's file first.
fn by_file(found: &Diagnostic) -> Vec<Vec<Marked<'_>>> {
    let mut files: Vec<Vec<Marked<'_>>> =
        vec![vec![(&found.place, found.label.as_str(), AnnotationKind::Primary)]];
    for (place, label) in &found.related {
        let marked = (place, label.as_str(), AnnotationKind::Context);
        let same = |others: &&mut Vec<Marked<'_>>| {
            others.first().is_some_and(|(first, _, _)| first.file == place.file)
        };
        match files.iter_mut().find(same) {
            Some(others) => others.push(marked),
            None => files.push(vec![marked]),
        }
    }
    files
}

/// The lines around some places of one file, underlined.
fn snippet<'a>(places: &[Marked<'a>], files: &'a Files) -> Snippet<'a, Annotation<'a>> {
    let file = places.first().map(|(place, _, _)| files.of(place.file)).unwrap_or(&files.contract);
    let spans = || places.iter().map(|(place, _, _)| within(&place.span, file));
    let first = spans().map(|s| s.start).min().unwrap_or(0);
    let last = spans().map(|s| s.end).max().unwrap_or(0);
    let lines = lines_around(first..last, &file.text);
    let annotations = places.iter().map(|(place, label, kind)| {
        let span = within(&place.span, file);
        kind.span(span.start - lines.start..span.end - lines.start)
            .label((!label.is_empty()).then(|| plain(label)))
    });
    Snippet::source(file.text.get(lines.clone()).unwrap_or_default())
        .line_start(line_column(&file.text, lines.start).0)
        .path(plain(&file.shown))
        .annotations(annotations.collect::<Vec<_>>())
}

/// The span cut to the text and to whole characters.
fn within(span: &Range<usize>, file: &File) -> Range<usize> {
    let start = file.text.floor_char_boundary(span.start);
    let end = file.text.floor_char_boundary(span.end).max(start);
    start..end
}

/// The whole lines that a span touches.
fn lines_around(span: Range<usize>, text: &str) -> Range<usize> {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    let end = after.find('\n').map_or(text.len(), |i| span.end + i);
    start..end
}
