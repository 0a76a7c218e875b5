//! A connection of its own for lists and reports: in WAL nobody waits for it, and it for nobody.

use super::backup::open;
use super::people;
use super::read::{environment, written};
use crate::environment::Environment;
use crate::store::{Asked, CustomerNumber, Question, Reader, StoreError, Theirs, Written};
use probity_core::{Name, RunId, Time};
use rusqlite::{Connection, OptionalExtension};
use std::path::PathBuf;

/// Opened when it is first asked.
#[derive(Debug)]
pub(super) struct SqliteReader {
    path: PathBuf,
    connection: Option<Connection>,
}

impl SqliteReader {
    pub(super) const fn at(path: PathBuf) -> Self {
        Self { path, connection: None }
    }

    fn connection(&mut self) -> Result<&Connection, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => open(&self.path)?,
        };
        Ok(self.connection.insert(connection))
    }
}

/// SQLite counts in 63 bits.
fn bounded(n: u64) -> u64 {
    n.min(1 << 62)
}

impl Reader for SqliteReader {
    fn journal_below(&mut self, below: u64, limit: usize) -> Result<Vec<Theirs>, StoreError> {
        let mut query = self.connection()?.prepare_cached(
            "SELECT journal.number, journal.customer, seq, previous, body, hash,
                    customers.environment, customers.customer
             FROM journal JOIN customers ON customers.number = journal.customer
             WHERE journal.number < ?1 ORDER BY journal.number DESC LIMIT ?2",
        )?;
        let rows = query.query_map((bounded(below), limit), |row| {
            let customer = Name::new(row.get_ref(7)?.as_str()?);
            Ok(Theirs { environment: environment(row, 6)?, customer, written: written(row)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn entry(&mut self, place: u64) -> Result<Option<Written>, StoreError> {
        let mut query = self.connection()?.prepare_cached(
            "SELECT number, customer, seq, previous, body, hash FROM journal WHERE number = ?1",
        )?;
        Ok(query.query_row([bounded(place)], written).optional()?)
    }

    fn questions_below(
        &mut self,
        of: Environment,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Asked>, StoreError> {
        let mut query = self.connection()?.prepare_cached(
            "SELECT questions.number, customers.customer, question, questions.customer, run, text,
                    by, at
             FROM questions JOIN customers ON customers.number = questions.customer
             WHERE customers.environment = ?1 AND questions.number < ?2
             ORDER BY questions.number DESC LIMIT ?3",
        )?;
        let rows = query.query_map((of.word(), bounded(below), limit), |row| {
            let run = RunId::parse(row.get_ref(4)?.as_str()?);
            let question = Question {
                id: Name::new(row.get_ref(2)?.as_str()?),
                customer: CustomerNumber(row.get(3)?),
                run: run.ok_or(rusqlite::Error::InvalidQuery)?,
                text: row.get(5)?,
                by: Name::new(row.get_ref(6)?.as_str()?),
                at: Time::from_micros(row.get(7)?),
            };
            let customer = Name::new(row.get_ref(1)?.as_str()?);
            Ok(Asked { number: row.get(0)?, customer, question })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn customers_after(
        &mut self,
        environment: Environment,
        after: &str,
        limit: usize,
    ) -> Result<Vec<Name>, StoreError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let ids = people::listed(self.connection()?, environment, after, limit)?;
        Ok(ids.iter().map(|id| Name::new(id)).collect())
    }
}
