//! What is wrong with the text of a story: the place, what is there, what could be there instead.
//!
//! A fault is about the writing. That a story turns out otherwise than it says is a failure, and
//! stands in its report.

use std::fmt;
use std::ops::Range;

/// A place in a story's file that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named when it was read.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The text of that line.
    pub text: String,
    /// What is meant, in bytes of the line.
    pub span: Range<usize>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write instead. Never empty.
    pub fix: String,
}

impl Fault {
    /// The column, counted from 1 in characters.
    #[must_use]
    pub fn column(&self) -> usize {
        self.text.get(..self.span.start).map_or(1, |before| before.chars().count() + 1)
    }
}

impl fmt::Display for Fault {
    /// `file:line:column: message`, the line with what is meant underlined, and the fix.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, text, message, fix, .. } = self;
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let meant = self.text.get(self.span.clone()).map_or(1, |t| t.chars().count().max(1));
        let indent = " ".repeat(self.column() - 1);
        let marks = "^".repeat(meant);
        writeln!(f, "{file}:{line}:{column}: {message}", column = self.column())?;
        writeln!(f, " {margin} |")?;
        writeln!(f, " {number} | {text}")?;
        writeln!(f, " {margin} | {indent}{marks}")?;
        write!(f, " {margin} = fix: {fix}")
    }
}

/// A fault within one line, before it is known where that line stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) fix: String,
}

impl Wrong {
    pub(super) fn new(
        span: Range<usize>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self { span, message: message.into(), fix: fix.into() }
    }

    /// At a line of a file.
    pub(super) fn at(self, file: &str, line: usize, text: &str) -> Fault {
        let Self { span, message, fix } = self;
        Fault { file: file.to_owned(), line, text: text.to_owned(), span, message, fix }
    }
}

/// What to write instead of an unknown word: the nearest of the list, or all of it.
pub(super) fn instead_of<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let lower = word.to_lowercase();
    let near = known
        .iter()
        .map(|k| (strsim::damerau_levenshtein(&lower, k), *k))
        .filter(|(distance, k)| *distance <= 1 + k.len() / 4)
        .min();
    match near {
        Some((_, best)) => format!("Did you mean `{best}`?"),
        None => format!("Write one of: {}.", known.join(", ")),
    }
}
