//! Why something is no log, in words, and the command that makes it one.

use crate::replay::row::Reason;
use crate::replay::typed::{Typed, quoted};
use std::fmt;

/// Why something is no log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is nothing in it.
    Empty,
    /// A header, and nothing below it.
    OnlyHeader,
    /// The first line holds values, not names.
    NoHeader {
        /// The value that is no name.
        value: String,
    },
    /// More columns than a log has.
    TooManyColumns(usize),
    /// One JSON list instead of one object a line.
    JsonList,
    /// JSON over many lines instead of one object a line.
    JsonOverLines,
    /// UTF-16 text.
    Utf16,
    /// No text at all.
    Binary,
    /// Text that is not UTF-8, such as Latin-1.
    NotUtf8 {
        /// The first such line.
        line: u64,
    },
    /// Its first line, or every row at its beginning, cannot be read.
    Unreadable {
        /// The first such line.
        line: u64,
        /// Why.
        reason: Reason,
    },
    /// A line that does not end within what is looked at.
    LongLine {
        /// Which.
        line: u64,
    },
    /// A file of another kind: what it is, and the command or act that makes it a log.
    OtherFile(&'static str, &'static str),
    /// Newest rows first, from a stream that cannot be read from its end.
    NewestFirstStream,
}

impl Refusal {
    /// What to do about it, in a replay that was asked for like this.
    pub(crate) fn fix(&self, typed: &Typed) -> String {
        self.how().replace("{log}", &named(typed)).replace("{piped}", &typed.piped())
    }

    /// The same with places for the log's name and for the command that reads it from a pipe.
    const fn how(&self) -> &'static str {
        match self {
            Self::Empty | Self::OnlyHeader => {
                "export again with rows in it, or try `probity replay --sample`"
            }
            Self::NoHeader { .. } => {
                "put a line with the names of the columns first, such as time,customer,action,status"
            }
            Self::TooManyColumns(_) => "leave out the columns that the replay does not need",
            Self::JsonList => "write one object a line: jq -c '.[]' {log} > usage.jsonl",
            Self::JsonOverLines => "write one object a line: jq -c . {log} > usage.jsonl",
            Self::Utf16 => "save it as UTF-8: iconv -f UTF-16 -t UTF-8 {log} > usage-utf8.csv",
            Self::NotUtf8 { .. } => {
                "save it as UTF-8; if it is Latin-1: iconv -f LATIN1 -t UTF-8 {log} > usage-utf8.csv"
            }
            Self::Binary => "choose the file that holds the log: CSV, or one JSON object a line",
            Self::Unreadable { reason: Reason::OpenQuote, .. } => {
                "close the quote, or export again: quotes inside cells are doubled"
            }
            Self::Unreadable { .. } => "export again as CSV or as one JSON object a line, in UTF-8",
            Self::LongLine { .. } => {
                "leave out the column that holds whole texts, or close a quote that is still open"
            }
            Self::OtherFile(_, fix) => fix,
            Self::NewestFirstStream => "save it to a file and replay the file",
        }
    }
}

/// The log's name in a command; what came from a pipe has none.
fn named(typed: &Typed) -> String {
    if typed.log == "-" { "usage.csv".into() } else { quoted(&typed.log) }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::OnlyHeader => f.write_str("it has a header and no rows"),
            Self::NoHeader { value } => {
                write!(f, "its first line has no column names (`{value}` is a value)")
            }
            Self::TooManyColumns(n) => {
                write!(f, "it has {n} columns; at most {} are read", super::sniff::COLUMNS)
            }
            Self::JsonList => f.write_str("it is one JSON list, not one object a line"),
            Self::JsonOverLines => f.write_str("its JSON objects run over several lines"),
            Self::Utf16 => f.write_str("it is UTF-16 text"),
            Self::Binary => f.write_str("it is no text (it holds NUL bytes)"),
            Self::NotUtf8 { line } => write!(f, "line {line} is not UTF-8 text"),
            Self::Unreadable { line, reason } => write!(f, "line {line} {reason}"),
            Self::LongLine { line } => write!(f, "line {line} runs on for over 1 MiB"),
            Self::OtherFile(kind, _) => write!(f, "it is {kind}"),
            Self::NewestFirstStream => {
                f.write_str("its newest rows come first, and a stream cannot be read from its end")
            }
        }
    }
}
