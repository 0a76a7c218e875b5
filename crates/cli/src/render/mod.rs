//! How answers look: terminal, JSON, SARIF, Markdown, HTML. Nothing in here reads files or decides.

pub(crate) mod adopt;
pub(crate) mod bench;
pub(crate) mod books;
pub(crate) mod explain;
pub(crate) mod help;
pub(crate) mod margin;
pub(crate) mod page;
pub(crate) mod problems;
pub(crate) mod replay;
pub(crate) mod shadow;
pub(crate) mod stories;
pub(crate) mod style;
pub(crate) mod told;

use crate::answer::Failure;
use anstyle::Style;
use std::fmt::Write as _;
use style::{BOLD, ERROR, HELP};

/// A value as JSON for people and programs: indented, with a line end.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|_| String::from("null"));
    text.push('\n');
    text
}

/// A cell of a CSV file.
pub(crate) fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

/// A failure in words: what happened, what to do.
pub(crate) fn failure(failure: &Failure) -> String {
    let Failure { code, message, fix, .. } = failure;
    format!(
        "{ERROR}error[{code}]{ERROR:#}{BOLD}: {message}{BOLD:#}\n  {HELP}fix{HELP:#}: {fix}\n",
        message = plain(message),
        fix = plain(fix),
    )
}

/// The same for a place that has one line: line ends become visible marks, too.
pub(crate) fn one_line(text: &str) -> String {
    plain(text).replace("\r\n", "␊").replace(['\n', '\r'], "␊")
}

/// A paragraph of a report, as wide as the terminal; dates and names stay whole. An empty text is none.
pub(crate) fn paragraph(out: &mut String, width: usize, indent: usize, text: &str, style: Style) {
    if text.is_empty() {
        return;
    }
    let room = width.saturating_sub(indent).max(24);
    let how = textwrap::Options::new(room).word_splitter(textwrap::WordSplitter::NoHyphenation);
    for line in textwrap::wrap(&plain(text), how) {
        let _ = writeln!(out, "{:indent$}{style}{line}{style:#}", "");
    }
}

/// A text from a file, harmless on a terminal: control characters become visible marks.
pub(crate) fn plain(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(text)
}
