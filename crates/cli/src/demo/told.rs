//! How the story looks on a terminal.

use super::stage::{Chapter, Of, Scene};
use crate::render::plain;
use crate::render::style::{BOLD, DIM, ERROR, GOOD, HELP};
use std::fmt::Write;

/// A heading.
pub(crate) fn heading(title: &str) -> String {
    format!("\n{BOLD}{}{BOLD:#}\n", title.to_uppercase())
}

/// A paragraph.
pub(crate) fn prose(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in textwrap::wrap(text, width) {
        let _ = writeln!(out, "{line}");
    }
    out
}

/// A whole chapter.
pub(crate) fn chapter(chapter: &Chapter, number: usize, width: usize) -> String {
    let mut out = heading(&format!("{number}  {}", chapter.title));
    out.push_str(&prose(&chapter.about, width));
    for scene in &chapter.scenes {
        out.push('\n');
        tell(&mut out, scene, width);
    }
    out.push('\n');
    for promise in &chapter.promises {
        let mark = if promise.kept {
            format!("{GOOD}✓{GOOD:#}")
        } else {
            format!("{ERROR}✗ not kept:{ERROR:#}")
        };
        let options = textwrap::Options::new(width.saturating_sub(4)).subsequent_indent("    ");
        let _ = writeln!(out, "  {mark} {}", textwrap::fill(&promise.words, options));
    }
    out
}

fn tell(out: &mut String, scene: &Scene, width: usize) {
    let (does, asks) = (plain(&scene.does), asked(&plain(&scene.asks)));
    let room = width.saturating_sub(2 + does.chars().count());
    if asks.is_empty() {
        let _ = writeln!(out, "{HELP}▸{HELP:#} {BOLD}{does}{BOLD:#}");
    } else if room > asks.chars().count() + 2 {
        let _ = writeln!(out, "{HELP}▸{HELP:#} {BOLD}{does}{BOLD:#}{DIM}{asks:>room$}{DIM:#}");
    } else {
        let options = textwrap::Options::new(width).subsequent_indent("  ");
        let _ = writeln!(out, "{}", textwrap::fill(&format!("▸ {does}"), options));
        let _ = writeln!(out, "  {DIM}{asks}{DIM:#}");
    }
    let mut last = None;
    for fact in &scene.facts {
        let (label, style) = label(fact.of);
        // A label stands once for all that follows under it.
        let label = if last.replace(fact.of) == Some(fact.of) { "" } else { label };
        let is_said = fact.of == Of::Reads && !fact.words.starts_with('(');
        let (open, close) = if is_said { ("“", "”") } else { ("", "") };
        let words = format!("{open}{}{close}", plain(&fact.words));
        let options = textwrap::Options::new(width.saturating_sub(12));
        for (n, line) in textwrap::wrap(&words, options).iter().enumerate() {
            let label = if n == 0 { label } else { "" };
            let _ = writeln!(out, "    {style}{label:<7}{style:#} {line}");
        }
    }
}

fn label(of: Of) -> (&'static str, anstyle::Style) {
    match of {
        Of::Gets => ("gets", BOLD),
        Of::Reads => ("reads", BOLD),
        Of::Books => ("books", DIM),
        Of::Why => ("why", DIM),
        Of::Way => ("way on", GOOD),
        Of::Price => ("price", DIM),
        Of::Us => ("we see", DIM),
    }
}

/// What is asked, with the ids of runs left out.
fn asked(asks: &str) -> String {
    let parts = asks.split('/').map(|part| if part.starts_with("run_") { "{run}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
