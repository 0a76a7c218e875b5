//! Events, endpoints and deliveries on SQLite.

use super::read::environment;
use crate::environment::Environment;
use crate::store::{
    Batch, CustomerNumber, Data, Delivery, DeliveryState, Endpoint, EndpointChange, LOOKED_AT,
    StoreError, Told, Undelivered,
};
use probity_core::event::EventKind;
use probity_core::{Name, Time};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

const OF_EVENT: &str = "events.number, customers.environment, events.customer,
  customers.customer, events.kind, events.at, events.told_at, events.once, events.data
  FROM events JOIN customers ON customers.number = events.customer";

const OF_DELIVERY: &str = "event, endpoint, state, attempts, due_at, said, changed_at";

/// The place of the last event; 0: there is none.
pub(super) fn last(connection: &Connection) -> Result<u64, StoreError> {
    let last = "SELECT coalesce(max(number), 0) FROM events";
    Ok(connection.query_row(last, [], |row| row.get(0))?)
}

/// The place of the first event after a place that may go, or the last that was looked at; 0: there is none.
pub(super) fn first(connection: &Connection, after: u64) -> Result<u64, StoreError> {
    // Those told once stay for good, and there are more of them each year: so many are looked at.
    let mut query = connection.prepare_cached(
        "SELECT number, once IS NULL FROM events WHERE number > ?1 ORDER BY number LIMIT ?2",
    )?;
    let mut rows = query.query((after, LOOKED_AT))?;
    let mut last = 0;
    while let Some(row) = rows.next()? {
        last = row.get(0)?;
        if row.get(1)? {
            break;
        }
    }
    Ok(last)
}

pub(super) fn is_told(
    connection: &Connection,
    customer: CustomerNumber,
    once: &str,
) -> Result<bool, StoreError> {
    let mut query = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM events WHERE customer = ?1 AND once = ?2)")?;
    Ok(query.query_row((customer.0, once), |row| row.get(0))?)
}

/// Events after a place and up to another, of one environment, and of one customer where one is named.
pub(super) fn after(
    connection: &Connection,
    environment: Environment,
    customer: Option<&str>,
    (after, up_to): (u64, u64),
    limit: usize,
) -> Result<Vec<Told>, StoreError> {
    let mut query = connection.prepare_cached(&format!(
        "SELECT {OF_EVENT} WHERE events.number > ?1 AND events.number <= ?5 AND customers.environment = ?2
         AND (?3 IS NULL OR customers.customer = ?3) ORDER BY events.number LIMIT ?4"
    ))?;
    let rows = query.query_map((after, environment.word(), customer, limit, up_to), kept)?;
    rows.map(|kept| told(connection, kept?)).collect()
}

pub(super) fn at(connection: &Connection, number: u64) -> Result<Option<Told>, StoreError> {
    let mut query =
        connection.prepare_cached(&format!("SELECT {OF_EVENT} WHERE events.number = ?1"))?;
    let found = query.query_row([number], kept).optional()?;
    found.map(|kept| told(connection, kept)).transpose()
}

pub(super) fn endpoints(connection: &Connection) -> Result<Vec<Endpoint>, StoreError> {
    let mut query = connection.prepare(
        "SELECT id, environment, url, kinds, description, secret, old_until, created_at, stopped
         FROM webhook_endpoints ORDER BY created_at, id",
    )?;
    let rows = query.query_map([], endpoint)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The first event told at an instant or later: places follow the clock, so it is halved in on.
pub(super) fn told_since(connection: &Connection, since: Time) -> Result<Option<u64>, StoreError> {
    let mut next = connection.prepare_cached(
        "SELECT number, told_at FROM events WHERE number >= ?1 ORDER BY number LIMIT 1",
    )?;
    let first = "SELECT coalesce(min(number), 0) FROM events";
    let first = connection.query_row(first, [], |row| row.get(0))?;
    let (mut from, mut to): (u64, u64) = (first, last(connection)? + 1);
    let end = to;
    while from < to {
        let middle = from + (to - from) / 2;
        let found: Option<(u64, i64)> =
            next.query_row([middle], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        match found {
            Some((number, told_at)) if told_at < since.micros() => from = number + 1,
            _ => to = middle,
        }
    }
    let found: Option<u64> = next.query_row([from], |row| row.get(0)).optional()?;
    Ok(found.filter(|_| from < end))
}

/// What is due at an endpoint by an instant, the longest due first.
pub(super) fn due(
    connection: &Connection,
    endpoint: &str,
    now: Time,
    limit: usize,
) -> Result<Vec<Delivery>, StoreError> {
    let mut query = connection.prepare_cached(&format!(
        "SELECT {OF_DELIVERY} FROM deliveries WHERE endpoint = ?1 AND state = 'waiting' AND due_at <= ?2
         ORDER BY due_at LIMIT ?3"
    ))?;
    let rows = query.query_map((endpoint, now.micros(), limit), delivery)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the next is due at an endpoint, after an instant.
pub(super) fn next_due(
    connection: &Connection,
    endpoint: &str,
    after: Time,
) -> Result<Option<Time>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT min(due_at) FROM deliveries
         WHERE endpoint = ?1 AND state = 'waiting' AND due_at > ?2",
    )?;
    let next: Option<i64> = query.query_row((endpoint, after.micros()), |row| row.get(0))?;
    Ok(next.map(Time::from_micros))
}

/// How many wait, and how many are dead. The states stand in the text, where the indexes see them.
pub(super) fn undelivered(connection: &Connection) -> Result<Undelivered, StoreError> {
    let counts = "SELECT (SELECT count(*) FROM deliveries WHERE state = 'waiting'),
       (SELECT count(*) FROM deliveries WHERE state = 'dead')";
    let mut query = connection.prepare_cached(counts)?;
    let count = |row: &Row<'_>| Ok(Undelivered { waiting: row.get(0)?, dead: row.get(1)? });
    Ok(query.query_row([], count)?)
}

/// Deliveries to an endpoint of events below a place, the newest first.
pub(super) fn below(
    connection: &Connection,
    endpoint: &str,
    state: Option<DeliveryState>,
    below: u64,
    limit: usize,
) -> Result<Vec<Delivery>, StoreError> {
    // A state stands in the text, where the indexes see it.
    let state = state.map(|state| format!("AND state = '{state}'")).unwrap_or_default();
    let mut query = connection.prepare_cached(&format!(
        "SELECT {OF_DELIVERY} FROM deliveries WHERE endpoint = ?1 AND event < ?2 {state}
         ORDER BY event DESC LIMIT ?3"
    ))?;
    let below = i64::try_from(below).unwrap_or(i64::MAX);
    let rows = query.query_map((endpoint, below, limit), delivery)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn unknown(column: usize, what: &str) -> rusqlite::Error {
    let why = format!("`{what}` is not known to this program");
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, why.into())
}

fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<EventKind> {
    let word = row.get_ref(column)?.as_str()?;
    EventKind::of(word).ok_or_else(|| unknown(column, word))
}

/// An event as it is told, from the row and what is kept of it.
fn told(connection: &Connection, (told, kept): (Told, String)) -> Result<Told, StoreError> {
    let mut entry_at = |place| super::read::entry(connection, place);
    let data = Data::told_again(kept, &told.whose, &mut entry_at)?;
    Ok(Told { data, ..told })
}

/// The row of an event, and what is kept of what it is about.
fn kept(row: &Row<'_>) -> rusqlite::Result<(Told, String)> {
    let told = Told {
        number: row.get(0)?,
        environment: environment(row, 1)?,
        customer: CustomerNumber(row.get(2)?),
        whose: Name::new(row.get_ref(3)?.as_str()?),
        kind: kind(row, 4)?,
        at: Time::from_micros(row.get(5)?),
        told_at: Time::from_micros(row.get(6)?),
        once: row.get(7)?,
        data: Data::Whole(String::new()),
    };
    Ok((told, row.get(8)?))
}

fn endpoint(row: &Row<'_>) -> rusqlite::Result<Endpoint> {
    let words: String = row.get(3)?;
    let kinds = words.split_whitespace();
    let kinds = kinds.map(|word| EventKind::of(word).ok_or_else(|| unknown(3, word)));
    let time = |micros: Option<i64>| micros.map(Time::from_micros);
    Ok(Endpoint {
        id: Name::new(row.get_ref(0)?.as_str()?),
        environment: environment(row, 1)?,
        url: row.get(2)?,
        kinds: kinds.collect::<Result<_, _>>()?,
        description: row.get(4)?,
        secret: row.get(5)?,
        old_until: time(row.get(6)?),
        created_at: Time::from_micros(row.get(7)?),
        stopped: row.get(8)?,
    })
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let state = row.get_ref(2)?.as_str()?;
    Ok(Delivery {
        event: row.get(0)?,
        endpoint: Name::new(row.get_ref(1)?.as_str()?),
        state: DeliveryState::of(state).ok_or_else(|| unknown(2, state))?,
        attempts: row.get(3)?,
        due_at: Time::from_micros(row.get(4)?),
        said: row.get(5)?,
        changed_at: Time::from_micros(row.get(6)?),
    })
}

/// Writes what a batch has of them.
pub(super) fn write(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO events (number, customer, at, told_at, kind, once, data)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for told in &batch.events {
        put.execute(params![
            told.number,
            told.customer.0,
            told.at.micros(),
            told.told_at.micros(),
            told.kind.word(),
            told.once,
            told.data.kept()
        ])?;
    }
    for change in &batch.endpoints {
        match change {
            EndpointChange::Put(endpoint) => put_endpoint(transaction, endpoint)?,
            EndpointChange::Remove(id) => remove_endpoint(transaction, id)?,
        }
    }
    deliveries(transaction, &batch.deliveries)?;
    prune(transaction, batch)
}

fn put_endpoint(transaction: &Transaction<'_>, endpoint: &Endpoint) -> Result<(), StoreError> {
    let kinds: Vec<_> = endpoint.kinds.iter().map(|kind| kind.word()).collect();
    transaction.execute(
        "INSERT OR REPLACE INTO webhook_endpoints
         (id, environment, url, kinds, description, secret, old_until, created_at, stopped)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            endpoint.id.as_str(),
            endpoint.environment.word(),
            endpoint.url,
            kinds.join(" "),
            endpoint.description,
            endpoint.secret,
            endpoint.old_until.map(Time::micros),
            endpoint.created_at.micros(),
            endpoint.stopped
        ],
    )?;
    Ok(())
}

fn remove_endpoint(transaction: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM webhook_endpoints WHERE id = ?1", [id])?;
    transaction.execute("DELETE FROM deliveries WHERE endpoint = ?1", [id])?;
    Ok(())
}

/// What was delivered meanwhile to an endpoint that is gone is not kept.
fn deliveries(transaction: &Transaction<'_>, all: &[Delivery]) -> Result<(), StoreError> {
    let mut put = transaction.prepare_cached(
        "INSERT OR REPLACE INTO deliveries
         (event, endpoint, state, attempts, due_at, said, changed_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
         WHERE EXISTS (SELECT 1 FROM webhook_endpoints WHERE id = ?2)",
    )?;
    for one in all {
        put.execute(params![
            one.event,
            one.endpoint.as_str(),
            one.state.word(),
            one.attempts,
            one.due_at.micros(),
            one.said,
            one.changed_at.micros()
        ])?;
    }
    Ok(())
}

fn prune(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let Some(prune) = batch.prune_events else { return Ok(()) };
    let stretch = params![prune.from, prune.to];
    transaction
        .prepare_cached("DELETE FROM deliveries WHERE event BETWEEN ?1 AND ?2")?
        .execute(stretch)?;
    transaction
        .prepare_cached("DELETE FROM events WHERE number BETWEEN ?1 AND ?2 AND once IS NULL")?
        .execute(stretch)?;
    Ok(())
}
