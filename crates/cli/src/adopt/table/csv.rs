//! A table as CSV: a header, and rows below it, with any of `, ; tab |` between cells.
//!
//! An empty cell is nothing, as databases export their nulls; so is `NULL` and `\N`.

use super::{Raw, Take};
use crate::adopt::Columns;
use crate::adopt::columns::Role;
use crate::answer::Failure;
use crate::exit::Exit;
use crate::load::shown;
use crate::replay::input::csv;
use crate::replay::input::records::{Framing, Records};
use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};

/// A file that is open.
pub(crate) struct Csv {
    file: File,
    path: PathBuf,
    separator: u8,
    header: Vec<String>,
}

/// How much of a file is looked at for its header.
const LOOKED_AT: u64 = 1 << 20;

impl Csv {
    /// Opens a file; what can be read only once, such as standard input, is copied aside first.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let mut file = regular(path).map_err(|error| unreadable(path, &error))?;
        let mut start = Vec::new();
        let looked = file.by_ref().take(LOOKED_AT).read_to_end(&mut start);
        looked.map_err(|error| unreadable(path, &error))?;
        let (separator, header) = header(&start).map_err(|why| no_table(path, why))?;
        Ok(Self { file, path: path.to_owned(), separator, header })
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    pub(super) fn each(&mut self, columns: &Columns, take: &mut Take<'_>) -> Result<(), Failure> {
        let unreadable = |error: &io::Error| unreadable(&self.path, error);
        self.file.rewind().map_err(|error| unreadable(&error))?;
        let mut records = Records::new(&self.file, Framing::Separated(self.separator), 1);
        records.next().map_err(|error| unreadable(&error))?;
        while let Some(record) = records.next().map_err(|error| unreadable(&error))? {
            let place = record.line;
            let cells = match record.text {
                Ok(text) => self.cells(text, columns),
                Err(reason) => Err(reason.to_string()),
            };
            take(Raw { place, cells })?;
        }
        Ok(())
    }

    fn cells(&self, text: &str, columns: &Columns) -> Result<[Option<String>; 5], String> {
        let mut cells: [Option<String>; 5] = Default::default();
        let has = csv::cells(text, self.separator, |place, cell| {
            let role = Role::ALL.into_iter().find(|role| columns.place(*role) == Some(place));
            if let Some(slot) = role.and_then(|role| cells.get_mut(role as usize)) {
                let cell = cell.trim();
                *slot = (!matches!(cell, "" | "NULL" | "\\N")).then(|| cell.to_owned());
            }
        });
        if has == self.header.len() {
            return Ok(cells);
        }
        let header = self.header.len();
        Err(format!(
            "has {}, the header has {header}",
            probity_core::phrase::count(has as u64, "cell")
        ))
    }
}

fn regular(path: &Path) -> io::Result<File> {
    let source: Box<dyn io::Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let file = File::open(path)?;
        if file.metadata()?.is_file() {
            return Ok(file);
        }
        Box::new(file)
    };
    let mut aside = tempfile::tempfile()?;
    io::copy(&mut { source }, &mut aside)?;
    aside.rewind()?;
    Ok(aside)
}

/// The separator and the names of the columns.
fn header(start: &[u8]) -> Result<(u8, Vec<String>), &'static str> {
    let kinds: [(&[u8], &str); 4] = [
        (b"\x1f\x8b", "it is compressed: unpack it first"),
        (b"PK\x03\x04", "it is a spreadsheet or an archive: save it as CSV (UTF-8)"),
        (b"SQLite format 3", "it is a SQLite database: export the table with sqlite3 -csv -header"),
        (
            b"PGDMP",
            "it is a dump of PostgreSQL: restore it, or export the table with \\copy … csv header",
        ),
    ];
    if let Some((_, why)) = kinds.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Err(why);
    }
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let times = |separator: &u8| first.iter().filter(|byte| *byte == separator).count();
    let separator = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(times).unwrap_or(b',');
    let mut records = Records::new(start, Framing::Separated(separator), 1);
    let Ok(Some(record)) = records.next() else { return Err("there is nothing in it") };
    let text = record.text.map_err(|_| "its first line is no text (UTF-8)")?;
    let mut names = Vec::new();
    csv::cells(text, separator, |_, cell| names.push(cell.trim().to_owned()));
    Ok((separator, names))
}

fn no_table(path: &Path, why: &str) -> Failure {
    let what = format!("{} is no table that can be read: {why}", shown(path));
    let fix = "give a CSV file whose first line names its columns, or postgres://… with --table";
    Failure::new(Exit::NO_INPUT, "no_table", what, fix)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let what = format!("{} cannot be read: {error}", shown(path));
    Failure::new(Exit::NO_INPUT, "cannot_read", what, "check its name and that you may read it")
}
