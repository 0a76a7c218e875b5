//! One check explained, for a terminal and in Markdown.

use crate::render::style::{BOLD, DIM};
use probity_core::diagnostic::Severity;
use probity_core::lint::About;
use std::fmt::Write;

/// For a terminal.
pub(crate) fn terminal_of_check(check: &About, width: usize) -> String {
    let mut out = String::new();
    let severity = check.severity.map(|severity| format!(" {DIM}({}){DIM:#}", word(severity)));
    let severity = severity.unwrap_or_default();
    let _ = writeln!(out, "{BOLD}{} · {}{BOLD:#}{severity}\n", check.id, check.title);
    paragraph(&mut out, "", &check.explains, width);
    if !check.why.is_empty() {
        paragraph(&mut out, "why: ", check.why, width);
    }
    if !check.link.is_empty() {
        // An address stays in one piece, however narrow the terminal is.
        let _ = writeln!(out, "     {DIM}{}{DIM:#}", check.link);
    }
    if !check.fix.is_empty() {
        paragraph(&mut out, "fix: ", check.fix, width);
    }
    if !check.example.is_empty() {
        let _ = writeln!(out, "\n{DIM}Lines that make it fire:{DIM:#}");
        for line in check.example.lines() {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

/// In Markdown, as on the page of checks.
pub(crate) fn markdown_of_check(check: &About) -> String {
    let severity = check.severity.map(|severity| format!("*{}.* ", word(severity)));
    let mut out = format!(
        "## {} {}\n\n{}{}\n",
        check.id,
        check.title,
        severity.unwrap_or_default(),
        check.explains
    );
    if !check.why.is_empty() {
        let link = check.link;
        let source = if link.is_empty() { String::new() } else { format!(" ([source]({link}))") };
        let _ = writeln!(out, "\n**Why.** {}{source}", check.why);
    }
    if !check.fix.is_empty() {
        let _ = writeln!(out, "\n**Mend it.** {}", check.fix);
    }
    if !check.example.is_empty() {
        let _ = writeln!(out, "\n```yaml\n{}\n```", check.example);
    }
    out
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Info",
    }
}

/// A text in lines; a label before it stands out.
fn paragraph(out: &mut String, label: &str, text: &str, width: usize) {
    if !label.is_empty() {
        out.push('\n');
    }
    let _ = write!(out, "{BOLD}{label}{BOLD:#}");
    let indent = " ".repeat(label.len());
    let room = width.saturating_sub(label.len()).max(24);
    let options = textwrap::Options::new(room).break_words(false);
    let lines: Vec<String> = text
        .lines()
        .flat_map(|line| textwrap::wrap(line, &options))
        .map(std::borrow::Cow::into_owned)
        .collect();
    let _ = writeln!(out, "{}", lines.join(&format!("\n{indent}")));
}
