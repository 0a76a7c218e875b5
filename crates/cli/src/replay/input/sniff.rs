//! What a log is, told by its beginning: format, columns with sample values, direction of time.
//!
//! It reads nothing itself and remembers at most [`ROWS`] rows. What is no log is refused with the
//! command that makes it one.

use super::csv;
use super::records::{Framing, Records};
use super::refusal::Refusal;
use crate::replay::columns::Column;
use crate::replay::row::Reason;
use crate::replay::{numbers, times};
use serde_json::Value;

/// How many rows are looked at.
const ROWS: usize = 500;
/// How many values of a column are kept.
const VALUES: usize = 50;
/// How many columns a log may have.
pub(super) const COLUMNS: usize = 1_000;
/// How far a NUL byte is looked for in what is no text.
const LOOKED_FOR_NUL: usize = 1_024;
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
    const CHOOSE: &str = "choose the file that holds the log: CSV, or one JSON object a line";
    const KINDS: [(&[u8], &str, &str); 8] = [
        (b"\x1f\x8b", "compressed (gzip)", "unpack it on the way: gunzip -c {log} | {piped}"),
        (
            b"\x28\xb5\x2f\xfd",
            "compressed (zstd)",
            "unpack it on the way: zstd -dc {log} | {piped}",
        ),
        (b"PK\x03\x04", "a spreadsheet or a zip archive", "save the sheet as CSV (UTF-8)"),
        (b"\xd0\xcf\x11\xe0", "a spreadsheet", "save the sheet as CSV (UTF-8)"),
        (b"PAR1", "a Parquet file", "write it as CSV: duckdb -c \"COPY '{log}' TO 'usage.csv'\""),
        (
            b"SQLite format 3",
            "a SQLite database",
            "export the table: sqlite3 -csv -header {log} 'select …' > usage.csv",
        ),
        (b"\x89PNG", "a picture", CHOOSE),
        (b"%PDF", "a PDF file", CHOOSE),
    ];
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Some(Refusal::Utf16);
    }
    let (_, kind, fix) = KINDS.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
    Some(Refusal::OtherFile(kind, fix))
}

/// What can be read of a beginning.
#[derive(Default)]
struct Beginning {
    /// The rows that are whole, as text.
    rows: Vec<(u64, String)>,
    /// The first line that cannot be read, and whether it is the first of all.
    broken: Option<(u64, Reason, bool)>,
    /// The line that runs on beyond the beginning.
    cut: Option<u64>,
}

impl Beginning {
    fn of(bytes: &[u8], framing: Framing, is_all: bool) -> Self {
        let mut records = Records::new(bytes, framing, 1);
        let mut own = Self::default();
        while own.rows.len() <= ROWS
            && let Ok(Some(record)) = records.next()
        {
            let is_whole = is_all || record.taken < bytes.len() as u64;
            match record.text {
                _ if !is_whole => own.cut = Some(record.line),
                Ok(text) => {
                    own.rows.push((record.line, text.trim_start_matches('\u{feff}').to_owned()));
                }
                Err(reason) => {
                    own.broken.get_or_insert((record.line, reason, own.rows.is_empty()));
                }
            }
        }
        own
    }

    /// Why nothing can be read, where the first line or all rows cannot.
    fn why_not(&self, bytes: &[u8], needs: usize) -> Option<Refusal> {
        match self.broken {
            Some((line, reason, is_first)) if is_first || self.rows.len() < needs => {
                let is_binary = bytes.iter().take(LOOKED_FOR_NUL).any(|byte| *byte == 0);
                Some(match reason {
                    Reason::HasNul | Reason::NotUtf8 if is_first && is_binary => Refusal::Binary,
                    Reason::NotUtf8 => Refusal::NotUtf8 { line },
                    reason => Refusal::Unreadable { line, reason },
                })
            }
            _ if self.rows.len() < needs => self.cut.map(|line| Refusal::LongLine { line }),
            _ => None,
        }
    }
}

fn comma_separated(beginning: &[u8], is_all: bool) -> Result<Sniffed, Refusal> {
    let first = beginning.split(|b| *b == b'\n').next().unwrap_or_default();
    let times = |separator: &u8| first.iter().filter(|b| *b == separator).count();
    let separator = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(times).unwrap_or(b',');
    let seen = Beginning::of(beginning, Framing::Separated(separator), is_all);
    if let Some(refusal) = seen.why_not(beginning, 1) {
        return Err(refusal);
    }
    let mut rows = seen.rows.iter();
    let (_, head) = rows.next().ok_or(Refusal::Empty)?;
    let mut header = Vec::new();
    csv::cells(head, separator, |_, cell| header.push(cell.trim().to_owned()));
    if header.len() > COLUMNS {
        return Err(Refusal::TooManyColumns(header.len()));
    }
    if let Some(value) = header.iter().find(|name| is_value(name)) {
        return Err(Refusal::NoHeader { value: value.clone() });
    }
    if let Some(refusal) = seen.why_not(beginning, 2) {
        return Err(refusal);
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
    if !any {
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
    let seen = Beginning::of(beginning, Framing::Lines, is_all);
    if let Some(refusal) = seen.why_not(beginning, 1) {
        return Err(refusal);
    }
    let mut columns = Vec::new();
    let mut times = Direction::default();
    let mut objects = 0;
    for (_, row) in &seen.rows {
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
    use crate::replay::typed::Typed;

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
            (b"\x1f\x8b\x08", "gzip", "gunzip -c 'my log' | probity replay - --contract shop"),
            (b"PK\x03\x04", "spreadsheet", "CSV"),
            (b"\0\0\x01\0\n\0\0\n", "no text", "choose the file"),
            (b"\x89PNG\r\n\x1a\n\0\0", "a picture", "choose the file"),
            (b"time,customer,a\0b\n2026-11-01,ana,x\n", "no text", "choose the file"),
            (b"time,customer,Gr\xf6\xdfe\n2026-11-01,ana,x\n", "line 1 is not UTF-8", "LATIN1"),
            (b"time,customer\n2026-11-01,Andr\xe9\n", "line 2 is not UTF-8", "'my log' >"),
            (b"time,customer\n\n\"2026-11-01,ana\n", "line 3 opens a quote", "close the quote"),
        ] {
            let flags = Vec::new();
            let typed = Typed { log: "my log".into(), contract: "shop".into(), flags };
            let refusal = sniff(bytes, true).unwrap_err();
            assert!(refusal.to_string().contains(says), "{refusal}");
            assert!(refusal.fix(&typed).contains(fix), "{}", refusal.fix(&typed));
        }
        let long = |head: &str| format!("{head}{}", "x".repeat(9_000));
        let refused = |text: String| sniff(text.as_bytes(), false).unwrap_err();
        assert_eq!(refused(long("time,customer\n")), Refusal::LongLine { line: 2 });
        assert_eq!(refused(long("{\"time\":\"")), Refusal::LongLine { line: 1 });
        let wide = format!("{}\n", "a,".repeat(2_000));
        assert_eq!(sniff(wide.as_bytes(), true), Err(Refusal::TooManyColumns(2_001)));
    }
}
