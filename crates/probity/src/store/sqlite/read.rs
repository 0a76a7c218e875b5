//! Reading: by place, never by a search through the journal.

use super::heads::Head;
use super::write::CLOCK;
use crate::environment::Environment;
use crate::packed::FORMAT;
use crate::store::{
    Beginning, CustomerNumber, Instants, KeptAnswer, Publication, Recalled, Rested, Snapshot,
    StoreError, Written,
};
use probity_core::{Name, RunId, Time};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::VecDeque;

pub(super) fn beginning(connection: &Connection) -> Result<Beginning, StoreError> {
    let last = |table: &str| {
        let sql = format!("SELECT coalesce(max(number), 0) FROM {table}");
        connection.query_row(&sql, [], |row| row.get::<_, u64>(0))
    };
    let mut sums = connection.prepare_cached("SELECT environment, body FROM sums")?;
    let sums = sums.query_map([], |row| Ok((environment(row, 0)?, row.get(1)?)))?;
    let clock = connection
        .query_row("SELECT value FROM marks WHERE name = ?1", [CLOCK], |row| row.get(0))
        .optional()?;
    Ok(Beginning {
        entries: last("journal")?,
        answers: last("answers")?,
        customers: u32::try_from(last("customers")?).unwrap_or(u32::MAX),
        publications: publications(connection)?,
        sums: sums.collect::<Result<_, _>>()?,
        clock: clock.map(Time::from_micros),
        keys: super::keys::keys(connection)?,
        secrets: super::keys::secrets(connection)?,
        events: super::events::last(connection)?,
        endpoints: super::events::endpoints(connection)?,
        decided_at: decided_at(connection)?,
    })
}

/// The last instant of each environment that anything was decided at.
fn decided_at(connection: &Connection) -> Result<Option<Instants>, StoreError> {
    let last = "SELECT live, sandbox FROM touched ORDER BY entry DESC, answer DESC LIMIT 1";
    let last = connection.query_row(last, [], |row| {
        let (live, sandbox) = (row.get(0)?, row.get(1)?);
        Ok(Instants { live: Time::from_micros(live), sandbox: Time::from_micros(sandbox) })
    });
    Ok(last.optional()?)
}

pub(super) fn publications(connection: &Connection) -> Result<Vec<Publication>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT number, environment, contract, operations, prices, adverse, reason, by, at
         FROM publications ORDER BY number",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Publication {
            number: row.get(0)?,
            environment: environment(row, 1)?,
            contract: row.get(2)?,
            operations: row.get(3)?,
            prices: row.get(4)?,
            adverse: row.get(5)?,
            reason: row.get(6)?,
            by: Name::new(&row.get::<_, String>(7)?),
            at: Time::from_micros(row.get(8)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn number_of(
    connection: &Connection,
    environment: Environment,
    id: &str,
) -> Result<Option<CustomerNumber>, StoreError> {
    let mut query = connection
        .prepare_cached("SELECT number FROM customers WHERE environment = ?1 AND customer = ?2")?;
    let number = query.query_row([environment.word(), id], |row| row.get(0)).optional()?;
    Ok(number.map(CustomerNumber))
}

pub(super) fn recall(
    connection: &Connection,
    customer: CustomerNumber,
    head: Head,
    whole: bool,
) -> Result<Recalled, StoreError> {
    let mut query = connection
        .prepare_cached("SELECT environment, customer FROM customers WHERE number = ?1")?;
    let (environment, id): (Environment, String) =
        query.query_row([customer.0], |row| Ok((environment(row, 0)?, row.get(1)?)))?;
    let snapshot = if whole { None } else { snapshot(connection, customer)? };
    let (entry, answer) = snapshot.as_ref().map_or((0, 0), |s| (s.entry, s.answer));
    Ok(Recalled {
        environment,
        id: Name::new(&id),
        snapshot,
        entries: walk_back(connection, head.entry, |written| written.number > entry)?,
        answers: answers_after(connection, head.answer, answer)?,
    })
}

fn snapshot(
    connection: &Connection,
    customer: CustomerNumber,
) -> Result<Option<Snapshot>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT entry, hash, answer, state, keys FROM snapshots
         WHERE customer = ?1 AND format = ?2",
    )?;
    let found = query.query_row((customer.0, FORMAT), |row| {
        Ok(Snapshot {
            customer,
            entry: row.get(0)?,
            hash: row.get(1)?,
            answer: row.get(2)?,
            state: row.get(3)?,
            keys: row.get(4)?,
        })
    });
    Ok(found.optional()?)
}

/// The entries of one customer from the one at `last` back, as long as they are wanted; oldest
/// first.
fn walk_back(
    connection: &Connection,
    last: u64,
    is_wanted: impl Fn(&Written) -> bool,
) -> Result<Vec<Written>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT number, customer, seq, previous, body, hash FROM journal WHERE number = ?1",
    )?;
    let mut found = Vec::new();
    let mut at = last;
    while at > 0 {
        let written = query.query_row([at], written)?;
        if !is_wanted(&written) {
            break;
        }
        at = written.previous;
        found.push(written);
    }
    found.reverse();
    Ok(found)
}

/// The entry at a place; None: there is none.
pub(super) fn entry(connection: &Connection, place: u64) -> Result<Option<Written>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT number, customer, seq, previous, body, hash FROM journal WHERE number = ?1",
    )?;
    Ok(query.query_row([place], written).optional()?)
}

pub(super) fn written(row: &Row<'_>) -> rusqlite::Result<Written> {
    Ok(Written {
        number: row.get(0)?,
        customer: CustomerNumber(row.get(1)?),
        seq: row.get(2)?,
        previous: row.get(3)?,
        body: row.get(4)?,
        hash: row.get(5)?,
    })
}

fn answers_after(
    connection: &Connection,
    last: u64,
    after: u64,
) -> Result<Vec<KeptAnswer>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT number, customer, previous, at, key, fingerprint, status, '' FROM answers
         WHERE number = ?1",
    )?;
    let mut found = Vec::new();
    let mut at = last;
    while at > after {
        // Old answers are deleted: then the chain ends.
        let Some(answer) = query.query_row([at], kept_answer).optional()? else { break };
        at = answer.previous;
        found.push(answer);
    }
    found.reverse();
    Ok(found)
}

pub(super) fn answer(
    connection: &Connection,
    number: u64,
) -> Result<Option<KeptAnswer>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT number, customer, previous, at, key, fingerprint, status, body FROM answers
         WHERE number = ?1",
    )?;
    Ok(query.query_row([number], kept_answer).optional()?)
}

fn kept_answer(row: &Row<'_>) -> rusqlite::Result<KeptAnswer> {
    Ok(KeptAnswer {
        number: row.get(0)?,
        customer: CustomerNumber(row.get(1)?),
        previous: row.get(2)?,
        at: Time::from_micros(row.get(3)?),
        key: row.get(4)?,
        fingerprint: row.get(5)?,
        status: row.get(6)?,
        body: row.get(7)?,
    })
}

pub(super) fn first_answer(connection: &Connection) -> Result<u64, StoreError> {
    let mut query = connection.prepare_cached("SELECT coalesce(min(number), 0) FROM answers")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

pub(super) fn customers(
    connection: &Connection,
    environment: Environment,
    after: CustomerNumber,
    limit: usize,
) -> Result<Vec<CustomerNumber>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT number FROM customers NOT INDEXED WHERE environment = ?1 AND number > ?2
         ORDER BY number LIMIT ?3",
    )?;
    let rows = query.query_map((environment.word(), after.0, limit), |row| row.get(0))?;
    Ok(rows.map(|number| number.map(CustomerNumber)).collect::<Result<_, _>>()?)
}

pub(super) fn owner(
    connection: &Connection,
    entry: u64,
) -> Result<Option<CustomerNumber>, StoreError> {
    let mut query = connection.prepare_cached("SELECT customer FROM journal WHERE number = ?1")?;
    let found = query.query_row([entry], |row| row.get(0)).optional()?;
    Ok(found.map(CustomerNumber))
}

pub(super) fn rested(
    connection: &Connection,
    customer: CustomerNumber,
    run: RunId,
) -> Result<Option<Rested>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT body FROM rested WHERE customer = ?1 AND entry = ?2 AND run = ?3 AND format = ?4",
    )?;
    let place = crate::number::entry_of(run);
    let found = query.query_row((customer.0, place, run.to_string(), FORMAT), |row| {
        Ok(Rested { run, customer, body: row.get(0)? })
    });
    Ok(found.optional()?)
}

pub(super) fn rested_before(
    connection: &Connection,
    customer: CustomerNumber,
    place: u64,
    limit: usize,
) -> Result<Vec<Rested>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT run, body FROM rested WHERE customer = ?1 AND entry < ?2 AND format = ?3
         ORDER BY entry DESC LIMIT ?4",
    )?;
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let rows = query.query_map((customer.0, place, FORMAT, limit), |row| {
        let run = RunId::parse(row.get_ref(0)?.as_str()?);
        let run = run.ok_or(rusqlite::Error::InvalidQuery)?;
        Ok(Rested { run, customer, body: row.get(1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every so many entries of a customer the place is written down, to begin a walk back at.
pub(super) const STEP: u64 = 256;

pub(super) fn entries(
    connection: &Connection,
    (customer, head): (CustomerNumber, Head),
    after: u64,
    limit: usize,
) -> Result<Vec<Written>, StoreError> {
    // Back over numbers only; of these the oldest are wanted, and no more are kept.
    let mut step =
        connection.prepare_cached("SELECT seq, previous FROM journal WHERE number = ?1")?;
    let mut oldest = VecDeque::new();
    let last = after.saturating_add(limit as u64);
    let mut at = step_from(connection, customer, last)?.unwrap_or(head.entry);
    while at > 0 {
        let (seq, previous): (u64, u64) = step.query_row([at], |r| Ok((r.get(0)?, r.get(1)?)))?;
        if seq <= after {
            break;
        }
        oldest.push_front(at);
        oldest.truncate(limit);
        at = previous;
    }
    let mut read = connection.prepare_cached(
        "SELECT number, customer, seq, previous, body, hash FROM journal WHERE number = ?1",
    )?;
    oldest.into_iter().map(|number| Ok(read.query_row([number], written)?)).collect()
}

/// The first place written down of a customer's entries from number `seq` on.
fn step_from(
    connection: &Connection,
    customer: CustomerNumber,
    seq: u64,
) -> Result<Option<u64>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT number FROM steps WHERE customer = ?1 AND step >= ?2 ORDER BY step LIMIT 1",
    )?;
    let step = seq.div_ceil(STEP).min(1 << 46);
    Ok(query.query_row((customer.0, step), |row| row.get(0)).optional()?)
}

pub(super) fn environment(row: &Row<'_>, column: usize) -> rusqlite::Result<Environment> {
    let word: String = row.get(column)?;
    Environment::parse(&word).ok_or(rusqlite::Error::InvalidQuery)
}
