//! Reading a usage log: CSV (any of `, ; tab |`) and JSON lines, from a file or standard input.
//!
//! In bounded memory and row by row. A file whose newest rows come first is read from its end. What
//! is neither CSV nor JSON lines is refused with the command that makes it one.

pub(crate) mod csv;
mod json;
pub(crate) mod records;
mod refusal;
mod reverse;
mod sniff;

pub(crate) use refusal::Refusal;
pub(crate) use sniff::{Format, Sniffed};

use super::columns::{Columns, Source};
use super::role::Role;
use super::row::{Fields, Reason};
use json::Wanted;
use records::{Framing, Record, Records};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

/// How much of a log is looked at before it is read, in bytes.
const LOOKED_AT: u64 = 1 << 20;

/// A log that is open, with what its beginning tells.
#[derive(Debug)]
pub(crate) struct Input {
    origin: Origin,
    /// Its size in bytes, where that is known.
    pub(crate) size: Option<u64>,
    /// What it is and which columns it has.
    pub(crate) sniffed: Sniffed,
}

#[derive(Debug)]
enum Origin {
    File(File),
    Stream(Stream),
}

/// What was looked at, and what follows it.
struct Stream(Box<dyn Read + Send>);

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stream")
    }
}

/// A row as it is given to the replay.
pub(crate) struct RawRow<'a> {
    /// Its line, counted from 1.
    pub(crate) line: u64,
    /// Its cells, or why there are none.
    pub(crate) fields: Result<&'a Fields<'a>, Reason>,
    /// How many bytes of the log have been read with it.
    pub(crate) read: u64,
}

/// Takes rows; stops the reading by answering false.
pub(crate) type Take<'t> = dyn FnMut(RawRow<'_>) -> bool + 't;

/// Why a log cannot be opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    /// The system says no.
    Io(io::Error),
    /// It is no log that we read.
    Refused(Refusal),
}

impl From<io::Error> for OpenError {
    fn from(e: io::Error) -> Self {
        Self::Io(e)
    }
}

impl From<Refusal> for OpenError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Input {
    /// Opens a file.
    ///
    /// # Errors
    /// [`OpenError`]
    pub(crate) fn open(path: &Path) -> Result<Self, OpenError> {
        let mut file = File::open(path)?;
        let about = file.metadata()?;
        if !about.is_file() {
            return Self::of_stream(file);
        }
        let mut beginning = Vec::new();
        (&mut file).take(LOOKED_AT).read_to_end(&mut beginning)?;
        let size = about.len();
        let sniffed = sniff::sniff(&beginning, size <= LOOKED_AT)?;
        Ok(Self { origin: Origin::File(file), size: Some(size), sniffed })
    }

    /// Reads from a stream, such as standard input.
    ///
    /// # Errors
    /// [`OpenError`]
    pub(crate) fn of_stream(mut stream: impl Read + Send + 'static) -> Result<Self, OpenError> {
        let mut beginning = Vec::new();
        (&mut stream).take(LOOKED_AT).read_to_end(&mut beginning)?;
        let is_all = (beginning.len() as u64) < LOOKED_AT;
        let sniffed = sniff::sniff(&beginning, is_all)?;
        if sniffed.is_newest_first && !is_all {
            return Err(Refusal::NewestFirstStream.into());
        }
        let stream = Stream(Box::new(Cursor::new(beginning).chain(stream)));
        Ok(Self { origin: Origin::Stream(stream), size: None, sniffed })
    }

    /// Gives every row's cells, in the order of time where the file is newest first.
    ///
    /// # Errors
    /// What reading the file says.
    pub(crate) fn each_row(self, columns: &Columns, each: &mut Take<'_>) -> io::Result<()> {
        let cells = Cells::new(&self.sniffed.format, columns);
        let framing = cells.framing();
        match self.origin {
            Origin::File(file) if self.sniffed.is_newest_first => reverse::each_record(
                file,
                framing,
                self.sniffed.head_lines(),
                &mut |record, read| cells.give(&record, read, each),
            ),
            Origin::File(file) => forward(rewound(file)?, &cells, self.sniffed.has_header(), each),
            Origin::Stream(stream) => forward(stream.0, &cells, self.sniffed.has_header(), each),
        }
    }
}

fn rewound(mut file: File) -> io::Result<File> {
    io::Seek::rewind(&mut file)?;
    Ok(file)
}

fn forward(
    source: impl Read,
    cells: &Cells,
    has_header: bool,
    each: &mut Take<'_>,
) -> io::Result<()> {
    let mut records = Records::new(source, cells.framing(), 1);
    if has_header {
        records.next()?;
    }
    while let Some(record) = records.next()? {
        let read = record.taken;
        if !cells.give(&record, read, each) {
            break;
        }
    }
    Ok(())
}

/// Every column that is read, with its role, and its place where several may fill that.
fn ranked(columns: &Columns) -> impl Iterator<Item = (Role, Option<u8>, &Source)> {
    columns.chosen().flat_map(|(role, own)| {
        let rank = move |n| (own.len() > 1).then_some(n);
        (0..u8::MAX).zip(own).map(move |(n, source)| (role, rank(n), source))
    })
}

/// Where the wanted cells of a record are.
enum Cells {
    Csv { separator: u8, header: usize, wanted: Vec<Option<Wanted>> },
    Json(Wanted),
}

impl Cells {
    fn new(format: &Format, columns: &Columns) -> Self {
        match format {
            Format::Csv { separator, header } => {
                let mut wanted = vec![None; header.len()];
                for (role, rank, source) in ranked(columns) {
                    let place = header.iter().position(|name| *name == source.column);
                    if let Some(slot) = place.and_then(|place| wanted.get_mut(place)) {
                        slot.get_or_insert_with(Wanted::default).add(&source.path, role, rank);
                    }
                }
                Self::Csv { separator: *separator, header: header.len(), wanted }
            }
            Format::JsonLines => {
                let mut wanted = Wanted::default();
                for (role, rank, source) in ranked(columns) {
                    let first = std::slice::from_ref(&source.column);
                    wanted.add(&[first, &source.path].concat(), role, rank);
                }
                Self::Json(wanted)
            }
        }
    }

    const fn framing(&self) -> Framing {
        match self {
            Self::Csv { separator, .. } => Framing::Separated(*separator),
            Self::Json(_) => Framing::Lines,
        }
    }

    fn give(&self, record: &Record<'_>, read: u64, each: &mut Take<'_>) -> bool {
        let fields = record.text.and_then(|text| self.read(text));
        each(RawRow { line: record.line, fields: fields.as_ref().map_err(|reason| *reason), read })
    }

    fn read<'a>(&self, text: &'a str) -> Result<Fields<'a>, Reason> {
        let mut fields = Fields::default();
        match self {
            Self::Csv { separator, header, wanted } => {
                let has = csv::cells(text, *separator, |n, cell| {
                    if let Some(Some(wanted)) = wanted.get(n) {
                        wanted.read_cell(cell, &mut fields);
                    }
                });
                if has != *header {
                    return Err(Reason::Cells { has, header: *header });
                }
            }
            Self::Json(wanted) => {
                let text = text.trim_start_matches('\u{feff}');
                wanted.read_object(text, &mut fields).map_err(|_| Reason::NotJson)?;
            }
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn rows(text: &str) -> Vec<(u64, Result<String, Reason>)> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let from_file = read(Input::open(file.path()).unwrap());
        let from_stream = read(Input::of_stream(Cursor::new(text.to_owned())).unwrap());
        if !Input::open(file.path()).unwrap().sniffed.is_newest_first {
            assert_eq!(from_file, from_stream);
        }
        from_file
    }

    fn read(input: Input) -> Vec<(u64, Result<String, Reason>)> {
        let columns = Columns::choose(&input.sniffed.columns, &[], &[]).unwrap();
        let mut rows = Vec::new();
        input
            .each_row(&columns, &mut |row| {
                rows.push((row.line, row.fields.map(|f| f.get(Role::Customer).to_owned())));
                true
            })
            .unwrap();
        rows
    }

    #[test]
    fn csv_rows_with_what_is_broken_among_them() {
        let text =
            "time,customer,note\n1795428000,ana,\"a\nb\"\n1795428001,bo\n1795428002,\"c,d\",x\n";
        let expected = [
            (2, Ok("ana".into())),
            (4, Err(Reason::Cells { has: 2, header: 3 })),
            (5, Ok("c,d".into())),
        ];
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn json_rows_with_what_is_broken_among_them() {
        let text = "\u{feff}{\"ts\":1795428000,\"user\":\"ana\"}\n{\"ts\":\n{\"ts\":1795428002,\"user\":\"bo\"}";
        let expected = [(1, Ok("ana".into())), (2, Err(Reason::NotJson)), (3, Ok("bo".into()))];
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn a_file_with_its_newest_row_first_is_read_from_its_end() {
        let text: String = (0..20).rev().map(|n| format!("{},u{n}\n", 1_795_428_000 + n)).collect();
        let rows = rows(&format!("time,customer\n{text}"));
        let expected: Vec<_> = (0..20).map(|n| (21 - n, Ok(format!("u{n}")))).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_long_stream_with_its_newest_row_first_is_refused() {
        let row = |n: i64| format!("{},u{n},{}\n", 1_795_428_000 + n, "x".repeat(2_000));
        let text: String = (0..1_000).rev().map(row).collect();
        let stream = Cursor::new(format!("time,customer,note\n{text}"));
        let refused = Input::of_stream(stream).unwrap_err();
        assert!(matches!(refused, OpenError::Refused(Refusal::NewestFirstStream)), "{refused:?}");
    }
}
