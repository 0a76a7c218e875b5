//! A table of somebody else's: a CSV file, or a table of a PostgreSQL database. Read row by row, as often as
//! it is asked, in bounded memory; never written.

mod csv;
mod postgres;

use crate::adopt::Columns;
use crate::answer::Failure;
use csv::Csv;
use postgres::Postgres;
use std::path::Path;

/// A row as it stands in the table.
pub(crate) struct Raw {
    /// Its line in a file, or its number in a table; from 1.
    pub(crate) place: u64,
    /// Its cells by role, `None` where there is nothing; or why it cannot be read.
    pub(crate) cells: Result<[Option<String>; 5], String>,
}

/// Takes a row; a failure ends the reading.
pub(crate) type Take<'t> = dyn FnMut(Raw) -> Result<(), Failure> + 't;

/// A table that is open.
pub(crate) enum Table {
    /// A file.
    Csv(Csv),
    /// A table of a database, as it was at one moment.
    Postgres(Box<Postgres>),
}

impl Table {
    /// Opens what was typed: `postgres://…` with a table's name, a file, or `-` for standard input.
    ///
    /// # Errors
    /// It is not there, or is no table.
    pub(crate) fn open(typed: &str, table: Option<&str>) -> Result<Self, Failure> {
        if Self::is_database(typed) {
            return Postgres::open(typed, table).map(|own| Self::Postgres(Box::new(own)));
        }
        Csv::open(Path::new(typed)).map(Self::Csv)
    }

    /// Is it the address of a database?
    pub(crate) fn is_database(typed: &str) -> bool {
        typed.starts_with("postgres://") || typed.starts_with("postgresql://")
    }

    /// The names of its columns.
    pub(crate) fn header(&self) -> &[String] {
        match self {
            Self::Csv(own) => own.header(),
            Self::Postgres(own) => own.header(),
        }
    }

    /// What one of its rows is called: `line 3`, `row 3`.
    pub(crate) const fn row_word(&self) -> &'static str {
        match self {
            Self::Csv(_) => "line",
            Self::Postgres(_) => "row",
        }
    }

    /// Gives every row, from the first on.
    ///
    /// # Errors
    /// It can no longer be read, or what the taker says.
    pub(crate) fn each(&mut self, columns: &Columns, take: &mut Take<'_>) -> Result<(), Failure> {
        match self {
            Self::Csv(own) => own.each(columns, take),
            Self::Postgres(own) => own.each(columns, take),
        }
    }
}
