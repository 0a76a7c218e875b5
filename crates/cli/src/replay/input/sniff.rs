//! What a log is, told by its beginning: format, columns with sample values, direction of time.
//!
//! It reads nothing itself and remembers at most [`ROWS`] rows. What is no log is refused with the
//! command that makes it one.

use super::csv;
use super::records::{Framing, Records};
use crate::replay::columns::Column;
use crate::replay::{numbers, times};
use serde_json::Value;
use std::fmt;

/// How many rows are looked at.
const ROWS: usize = 500;
/// How many values of a column are kept.
const VALUES: usize = 50;
/// How many columns a log may have.
const COLUMNS: usize = 1_000;
/// How deep the objects of a JSON row are looked into.
const DEPTH: usize = 4;

/// How a log is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A header and rows.
    Csv {
        /// What stands between cells.
        separator: u8,
        /// The names of the columns.
        header: Vec<String>,
    },
    /// One object a line.
    JsonLines,
}

/// What a log is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sniffed {
    /// How it is written.
    pub(crate) format: Format,
    /// Its columns, with sample values.
    pub(crate) columns: Vec<Column>,
    /// Does its newest row come first?
    pub(crate) is_newest_first: bool,
    header_lines: u64,
}

impl Sniffed {
    /// Is the first record a header?
    pub(crate) const fn has_header(&self) -> bool {
        matches!(self.format, Format::Csv { .. })
    }

    /// How many lines stand before the first row.
    pub(crate) const fn head_lines(&self) -> u64 {
        self.header_lines
    }
}

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
    /// A file of another kind: what it is, and the command or act that makes it a log.
    OtherFile(&'static str, &'static str),
    /// Newest rows first, from a stream that cannot be read from its end.
    NewestFirstStream,
}

impl Refusal {
    /// What to do about it.
    pub(crate) fn fix(&self) -> String {
        match self {
            Self::Empty | Self::OnlyHeader => {
                "export again with rows in it, or try `probity replay --sample`".into()
            }
            Self::NoHeader { .. } => {
                "put a line with the names of the columns first, such as time,customer,action,status".into()
            }
            Self::TooManyColumns(_) => "leave out the columns that the replay does not need".into(),
            Self::JsonList => "write one object a line: jq -c '.[]' usage.json > usage.jsonl".into(),
            Self::JsonOverLines => "write one object a line: jq -c . usage.json > usage.jsonl".into(),
            Self::Utf16 => "save it as UTF-8: iconv -f UTF-16 -t UTF-8 usage.csv > usage-utf8.csv".into(),
            Self::OtherFile(_, fix) => (*fix).into(),
            Self::NewestFirstStream => "save it to a file and replay the file".into(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::OnlyHeader => f.write_str("it has a header and no rows"),
            Self::NoHeader { value } => {
                write!(f, "its first line has no column names (`{value}` is a value)")
            }
            Self::TooManyColumns(n) => write!(f, "it has {n} columns; at most {COLUMNS} are read"),
            Self::JsonList => f.write_str("it is one JSON list, not one object a line"),
            Self::JsonOverLines => f.write_str("its JSON objects run over several lines"),
            Self::Utf16 => f.write_str("it is UTF-16 text"),
            Self::OtherFile(kind, _) => write!(f, "it is {kind}"),
            Self::NewestFirstStream => {
                f.write_str("its newest rows come first, and a stream cannot be read from its end")
            }
        }
    }
}

/// Tells what a log is from its first bytes; `is_all` says that there are no more.
///
/// # Errors
/// [`Refusal`] where it is none.
pub(crate) fn sniff(beginning: &[u8], is_all: bool) -> Result<Sniffed, Refusal> {
    if let Some(refusal) = other_kind(beginning) {
        return Err(refusal);
    }
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    match text.iter().find(|b| !b.is_ascii_whitespace()) {
        None => Err(Refusal::Empty),
        Some(b'[') => Err(Refusal::JsonList),
        Some(b'{') => json_lines(beginning, is_all),
        Some(_) => comma_separated(beginning, is_all),
    }
}

fn other_kind(bytes: &[u8]) -> Option<Refusal> {
    const KINDS: [(&[u8], &str, &str); 5] = [
        (
            b"\x1f\x8b",
            "compressed (gzip)",
            "unpack it on the way: gunzip -c usage.csv.gz | probity replay -",
        ),
        (
            b"\x28\xb5\x2f\xfd",
            "compressed (zstd)",
            "unpack it on the way: zstd -dc usage.csv.zst | probity replay -",
        ),
        (b"PK\x03\x04", "a spreadsheet or a zip archive", "save the sheet as CSV (UTF-8)"),
        (
            b"PAR1",
            "a Parquet file",
            "write it as CSV: duckdb -c \"COPY 'usage.parquet' TO 'usage.csv'\"",
        ),
        (
            b"SQLite format 3",
            "a SQLite database",
            "export the table: sqlite3 -csv -header usage.db 'select …' > usage.csv",
        ),
    ];
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Some(Refusal::Utf16);
    }
    let (_, kind, fix) = KINDS.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
    Some(Refusal::OtherFile(kind, fix))
}

/// The rows at the beginning that are whole, as text.
fn rows(beginning: &[u8], framing: Framing, is_all: bool) -> Vec<(u64, String)> {
    let mut records = Records::new(beginning, framing, 1);
    let mut rows = Vec::new();
    while rows.len() <= ROWS
        && let Ok(Some(record)) = records.next()
    {
        let is_whole = is_all || record.taken < beginning.len() as u64;
        if let (Ok(text), true) = (record.text, is_whole) {
            rows.push((record.line, text.trim_start_matches('\u{feff}').to_owned()));
        }
    }
    rows
}

fn comma_separated(beginning: &[u8], is_all: bool) -> Result<Sniffed, Refusal> {
    let first = beginning.split(|b| *b == b'\n').next().unwrap_or_default();
    let times = |separator: &u8| first.iter().filter(|b| *b == separator).count();
    let separator = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(times).unwrap_or(b',');
    let rows = rows(beginning, Framing::Separated(separator), is_all);
    let mut rows = rows.iter();
    let (_, head) = rows.next().ok_or(Refusal::Empty)?;
    let mut header = Vec::new();
    csv::cells(head, separator, |_, cell| header.push(cell.trim().to_owned()));
    if header.len() > COLUMNS {
        return Err(Refusal::TooManyColumns(header.len()));
    }
    if let Some(value) = header.iter().find(|name| is_value(name)) {
        return Err(Refusal::NoHeader { value: value.clone() });
    }
    let header_lines = head.matches('\n').count() as u64 + 1;
    let mut columns: Vec<_> =
        header.iter().map(|name| Column { name: name.clone(), sample: Vec::new() }).collect();
    let mut times = Direction::default();
    let mut any = false;
    for (_, row) in rows {
        any = true;
        csv::cells(row, separator, |n, cell| {
            if let Some(column) = columns.get_mut(n) {
                times.see(n, &cell);
                keep(column, &cell);
            }
        });
    }
    if !any && is_all {
        return Err(Refusal::OnlyHeader);
    }
    let is_newest_first = times.is_newest_first();
    Ok(Sniffed {
        format: Format::Csv { separator, header },
        columns,
        is_newest_first,
        header_lines,
    })
}

fn json_lines(beginning: &[u8], is_all: bool) -> Result<Sniffed, Refusal> {
    let rows = rows(beginning, Framing::Lines, is_all);
    let mut columns = Vec::new();
    let mut times = Direction::default();
    let mut objects = 0;
    for (_, row) in &rows {
        if let Ok(object @ Value::Object(_)) = serde_json::from_str(row) {
            objects += 1;
            flatten(&object, "", 0, &mut columns, &mut times);
        }
    }
    if objects == 0 {
        return Err(Refusal::JsonOverLines);
    }
    let is_newest_first = times.is_newest_first();
    Ok(Sniffed { format: Format::JsonLines, columns, is_newest_first, header_lines: 0 })
}

/// Every value of a JSON row as a column, named by the keys that lead to it.
fn flatten(
    value: &Value,
    name: &str,
    depth: usize,
    columns: &mut Vec<Column>,
    times: &mut Direction,
) {
    if let (Value::Object(map), true) = (value, depth < DEPTH) {
        for (key, inner) in map {
            let inner_name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
            flatten(inner, &inner_name, depth + 1, columns, times);
        }
        return;
    }
    let place = columns.iter().position(|c| c.name == name).unwrap_or_else(|| {
        if columns.len() < COLUMNS {
            columns.push(Column { name: name.to_owned(), sample: Vec::new() });
        }
        columns.len() - 1
    });
    let cell = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if let Some(column) = columns.get_mut(place) {
        times.see(place, &cell);
        keep(column, &cell);
    }
}

fn keep(column: &mut Column, cell: &str) {
    let cell = cell.trim();
    if column.sample.len() < VALUES && !cell.is_empty() {
        column.sample.push(cell.to_owned());
    }
}

/// Is this cell of a header a value rather than a name?
fn is_value(cell: &str) -> bool {
    times::time(cell).is_some() || numbers::trillionths(cell).is_some()
}

/// In which direction the times of the first column that holds any run.
#[derive(Default)]
struct Direction {
    column: Option<usize>,
    last: Option<probity_core::Time>,
    up: u32,
    down: u32,
}

impl Direction {
    fn see(&mut self, column: usize, cell: &str) {
        if self.column.is_some_and(|own| own != column) {
            return;
        }
        let Some(time) = times::time(cell) else { return };
        self.column = Some(column);
        match self.last.replace(time) {
            Some(last) if time > last => self.up += 1,
            Some(last) if time < last => self.down += 1,
            _ => {}
        }
    }

    /// Nine of ten changes go back in time.
    const fn is_newest_first(&self) -> bool {
        self.down > 0 && self.down >= self.up.saturating_mul(9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sniffed: &Sniffed) -> Vec<&str> {
        sniffed.columns.iter().map(|c| c.name.as_str()).collect()
    }

    #[test]
    fn separators_and_headers() {
        for text in
            ["time,who\n1,2\n", "time;who\r\n1;2", "\u{feff}time\twho\n1\t2\n", "time|\"who\"\n1|2"]
        {
            let sniffed = sniff(text.as_bytes(), true).unwrap();
            assert_eq!(names(&sniffed), ["time", "who"], "{text:?}");
            assert_eq!(sniffed.columns[1].sample, ["2"]);
            assert!(sniffed.has_header() && sniffed.head_lines() == 1);
        }
        let over_lines = sniff(b"\"time\nof day\",who\n1,2\n", true).unwrap();
        assert_eq!((names(&over_lines)[0], over_lines.head_lines()), ("time\nof day", 2));
    }

    #[test]
    fn json_rows_are_flattened() {
        let text = r#"{"t":"2026-11-01","user":{"id":7},"tags":["a"],"none":null}
            {"t":"2026-11-02","usage":{"in":{"n":5}}}
            not json
        "#;
        let sniffed = sniff(text.as_bytes(), true).unwrap();
        assert_eq!(names(&sniffed), ["none", "t", "tags", "user.id", "usage.in.n"]);
        assert_eq!(sniffed.columns[1].sample, ["2026-11-01", "2026-11-02"]);
        assert_eq!(sniffed.columns[2].sample, [r#"["a"]"#]);
        assert!(!sniffed.has_header());
    }

    #[test]
    fn the_direction_of_time_is_seen() {
        let csv = |days: &mut dyn Iterator<Item = u32>| {
            let rows = days.map(|d| format!("x,2026-11-{d:02}\n")).collect::<String>();
            sniff(format!("id,time\n{rows}").as_bytes(), true).unwrap().is_newest_first
        };
        assert!(csv(&mut (1..30).rev()));
        assert!(!csv(&mut (1..30)));
        assert!(!csv(&mut [3, 3, 3].into_iter()));
        assert!(!csv(&mut [5, 1, 6, 2, 7, 3].into_iter()));
    }

    #[test]
    fn what_is_no_log_is_refused_with_what_to_do() {
        for (bytes, says, fix) in [
            (&b""[..], "empty", "--sample"),
            (b" \n\n", "empty", "--sample"),
            (b"time,customer\n", "no rows", "--sample"),
            (b"2026-11-01,ana\n2026-11-02,bo\n", "`2026-11-01` is a value", "names of the columns"),
            (b"[{\"a\":1}]", "JSON list", "jq -c '.[]'"),
            (b"{\n\"a\": 1\n}\n", "several lines", "jq -c ."),
            (b"\xff\xfet\0i\0", "UTF-16", "iconv"),
            (b"\x1f\x8b\x08", "gzip", "gunzip"),
            (b"PK\x03\x04", "spreadsheet", "CSV"),
        ] {
            let refusal = sniff(bytes, true).unwrap_err();
            assert!(refusal.to_string().contains(says), "{refusal}");
            assert!(refusal.fix().contains(fix), "{}", refusal.fix());
        }
        let wide = format!("{}\n", "a,".repeat(2_000));
        assert_eq!(sniff(wide.as_bytes(), true), Err(Refusal::TooManyColumns(2_001)));
    }
}
