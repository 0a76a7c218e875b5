//! The last entry and answer of every customer: 16 bytes each in memory.
//!
//! On disk they are pages of 256 customers as of some place in the journal, brought up to date now
//! and then, and after that place the lists of whose entries each commit wrote.

use crate::store::{Batch, CustomerNumber, StoreError};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// The last entry and answer of one customer; 0: none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) entry: u64,
    pub(super) answer: u64,
}

/// Those of all customers, by number.
#[derive(Debug, Default)]
pub(super) struct Heads {
    heads: Vec<Head>,
    /// Pages that changed since they were last on disk.
    stale: BTreeSet<usize>,
    /// How many entries and answers were written since then.
    since: u64,
}

/// Customers in one page.
const PAGE: usize = 256;
/// Bytes of one head.
const WIDTH: usize = 16;
/// After so many entries and answers the pages are written. Reading the lists of as many back takes
/// some hundredths of a second.
const WRITE_EVERY: u64 = 1 << 20;

impl Heads {
    pub(super) fn of(&self, customer: CustomerNumber) -> Head {
        place(customer).and_then(|i| self.heads.get(i)).copied().unwrap_or_default()
    }

    /// Takes in what a commit wrote.
    pub(super) fn follow(&mut self, batch: &Batch) {
        if batch.entries.is_empty() && batch.answers.is_empty() {
            return;
        }
        // Then the commit wrote the pages, as of before this batch.
        if self.is_time_to_write() {
            self.stale.clear();
            self.since = 0;
        }
        for entry in &batch.entries {
            self.at(entry.customer).entry = entry.number;
        }
        for answer in &batch.answers {
            self.at(answer.customer).answer = answer.number;
        }
        self.since += (batch.entries.len() + batch.answers.len()) as u64;
    }

    fn at(&mut self, customer: CustomerNumber) -> &mut Head {
        let place = place(customer).unwrap_or(0);
        if self.heads.len() <= place {
            self.heads.resize(place + 1, Head::default());
        }
        self.stale.insert(place / PAGE);
        &mut self.heads[place]
    }

    const fn is_time_to_write(&self) -> bool {
        self.since >= WRITE_EVERY
    }

    /// Writes the stale pages where it is time, within a commit that begins after `entries` and
    /// `answers`: the lists up to there are needed no longer.
    pub(super) fn write(
        &self,
        transaction: &Transaction<'_>,
        entries: u64,
        answers: u64,
    ) -> Result<(), StoreError> {
        if !self.is_time_to_write() {
            return Ok(());
        }
        let mut put = transaction
            .prepare_cached("INSERT OR REPLACE INTO heads (page, heads) VALUES (?1, ?2)")?;
        for page in &self.stale {
            let heads = self.heads.chunks(PAGE).nth(*page).unwrap_or_default();
            let bytes: Vec<u8> = heads.iter().flat_map(|head| head.bytes()).collect();
            put.execute(params![*page as u64, bytes])?;
        }
        transaction.execute(
            "DELETE FROM touched WHERE entry <= ?1 AND answer <= ?2",
            params![entries, answers],
        )?;
        Ok(())
    }

    /// Reads them back.
    pub(super) fn read(connection: &Connection) -> Result<Self, StoreError> {
        let mut all = Self::default();
        let mut pages = connection.prepare("SELECT page, heads FROM heads ORDER BY page")?;
        let mut rows = pages.query([])?;
        while let Some(row) = rows.next()? {
            let page: usize = row.get(0)?;
            let bytes: Vec<u8> = row.get(1)?;
            all.heads.resize(page * PAGE, Head::default());
            all.heads.extend(bytes.chunks_exact(WIDTH).map(Head::of_bytes));
        }
        let mut touched = connection.prepare(
            "SELECT entry, answer, entries, answers FROM touched ORDER BY entry, answer",
        )?;
        let mut rows = touched.query([])?;
        while let Some(row) = rows.next()? {
            let (entry, answer): (u64, u64) = (row.get(0)?, row.get(1)?);
            let (entries, answers): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(3)?);
            for (customer, number) in customers(&entries).zip(entry..) {
                all.at(customer).entry = number;
                all.since += 1;
            }
            for (customer, number) in customers(&answers).zip(answer..) {
                all.at(customer).answer = number;
                all.since += 1;
            }
        }
        all.is_at_the_end(connection)?;
        Ok(all)
    }

    /// The lists must reach as far as the journal does.
    fn is_at_the_end(&self, connection: &Connection) -> Result<(), StoreError> {
        let last = "SELECT number, customer FROM journal ORDER BY number DESC LIMIT 1";
        let last: Option<(u64, u32)> =
            connection.query_row(last, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        match last {
            Some((number, customer)) if self.of(CustomerNumber(customer)).entry != number => Err(
                StoreError::Corrupt("the lists of whose entries stand where end early".to_owned()),
            ),
            _ => Ok(()),
        }
    }
}

impl Head {
    fn bytes(self) -> impl Iterator<Item = u8> {
        self.entry.to_le_bytes().into_iter().chain(self.answer.to_le_bytes())
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        let number = |half: &[u8]| half.iter().rev().fold(0, |n, byte| (n << 8) | u64::from(*byte));
        let (entry, answer) = bytes.split_at(WIDTH / 2);
        Self { entry: number(entry), answer: number(answer) }
    }
}

fn place(customer: CustomerNumber) -> Option<usize> {
    usize::try_from(customer.0.checked_sub(1)?).ok()
}

/// A list of customers as bytes.
pub(super) fn list(customers: impl Iterator<Item = CustomerNumber>) -> Vec<u8> {
    customers.flat_map(|customer| customer.0.to_le_bytes()).collect()
}

fn customers(list: &[u8]) -> impl Iterator<Item = CustomerNumber> {
    let (numbers, _) = list.as_chunks();
    numbers.iter().map(|bytes| CustomerNumber(u32::from_le_bytes(*bytes)))
}
