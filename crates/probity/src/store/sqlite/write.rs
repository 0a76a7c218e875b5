//! Writing: one batch, one transaction, one sync.

use super::heads::{Heads, list};
use super::published;
use super::read::STEP;
use crate::packed::FORMAT;
use crate::store::{Batch, Instants, StoreError};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

/// The name under which the sandbox clock stands among the marks.
pub(super) const CLOCK: &str = "sandbox_clock";

/// Makes a batch durable.
pub(super) fn commit(
    connection: &mut Connection,
    heads: &Heads,
    batch: &Batch,
) -> Result<(), StoreError> {
    // What is sealed is overwritten when it goes.
    let wipes = !batch.own_keys.is_empty();
    if wipes {
        connection.pragma_update(None, "secure_delete", true)?;
    }
    let committed = write(connection, heads, batch);
    if wipes {
        connection.pragma_update(None, "secure_delete", false)?;
    }
    committed
}

fn write(connection: &mut Connection, heads: &Heads, batch: &Batch) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    newcomers(&transaction, batch)?;
    journal(&transaction, batch)?;
    answers(&transaction, batch)?;
    prune(&transaction, batch)?;
    touched(&transaction, heads, batch)?;
    rebuildable(&transaction, batch)?;
    publications(&transaction, batch)?;
    super::keys::write(&transaction, batch)?;
    super::questions::write(&transaction, batch)?;
    super::own_keys::write(&transaction, batch)?;
    super::events::write(&transaction, batch)?;
    super::provider_ids::write(&transaction, batch)?;
    transaction.commit()?;
    Ok(())
}

fn newcomers(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO customers (number, environment, customer) VALUES (?1, ?2, ?3)",
    )?;
    for new in &batch.newcomers {
        put.execute(params![new.number.0, new.environment.word(), new.id.as_str()])?;
    }
    Ok(())
}

fn journal(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO journal (number, customer, seq, previous, body, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut step = transaction
        .prepare_cached("INSERT INTO steps (customer, step, number) VALUES (?1, ?2, ?3)")?;
    for entry in &batch.entries {
        let customer = entry.customer.0;
        if entry.seq.is_multiple_of(STEP) {
            step.execute(params![customer, entry.seq / STEP, entry.number])?;
        }
        put.execute(params![
            entry.number,
            customer,
            entry.seq,
            entry.previous,
            entry.body,
            entry.hash.as_slice()
        ])?;
    }
    Ok(())
}

fn answers(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO answers (number, customer, previous, at, key, fingerprint, status, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for answer in &batch.answers {
        put.execute(params![
            answer.number,
            answer.customer.0,
            answer.previous,
            answer.at.micros(),
            answer.key,
            answer.fingerprint.as_slice(),
            answer.status,
            answer.body
        ])?;
    }
    Ok(())
}

/// Deletes answers that are too old.
fn prune(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let Some(prune) = batch.prune else { return Ok(()) };
    let mut delete = transaction.prepare_cached(
        "DELETE FROM answers WHERE number BETWEEN ?1 AND ?2
         AND at < CASE (SELECT environment FROM customers WHERE number = answers.customer)
           WHEN 'sandbox' THEN ?4 ELSE ?3 END",
    )?;
    let (live, sandbox) = (prune.before.live.micros(), prune.before.sandbox.micros());
    delete.execute(params![prune.from, prune.to, live, sandbox])?;
    Ok(())
}

/// Whose entries and answers these are.
fn touched(transaction: &Transaction<'_>, heads: &Heads, batch: &Batch) -> Result<(), StoreError> {
    if batch.entries.is_empty() && batch.answers.is_empty() {
        return Ok(());
    }
    let next = |sql: &str| transaction.query_row(sql, [], |row| row.get::<_, u64>(0));
    let entry = match batch.entries.first() {
        Some(first) => first.number,
        None => next("SELECT coalesce(max(number), 0) + 1 FROM journal")?,
    };
    let answer = match batch.answers.first() {
        Some(first) => first.number,
        None => next("SELECT coalesce(max(number), 0) + 1 FROM answers")?,
    };
    heads.write(transaction, entry, answer)?;
    let mut put = transaction.prepare_cached(
        "INSERT INTO touched (entry, answer, entries, answers, live, sandbox)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let entries = list(batch.entries.iter().map(|e| e.customer));
    let answers = list(batch.answers.iter().map(|a| a.customer));
    let Instants { live, sandbox } = batch.decided_at.unwrap_or(Instants::MIN);
    put.execute(params![entry, answer, entries, answers, live.micros(), sandbox.micros()])?;
    Ok(())
}

/// What could be folded anew.
fn rebuildable(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let mut put = transaction.prepare_cached(
        "INSERT OR REPLACE INTO snapshots (customer, format, entry, hash, answer, state, keys)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for s in &batch.snapshots {
        let hash = s.hash.as_slice();
        put.execute(params![s.customer.0, FORMAT, s.entry, hash, s.answer, s.state, s.keys])?;
    }
    let mut put = transaction.prepare_cached(
        "INSERT OR REPLACE INTO rested (customer, entry, run, format, body)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for r in &batch.rested {
        let entry = crate::number::entry_of(r.run);
        put.execute(params![r.customer.0, entry, r.run.to_string(), FORMAT, r.body])?;
    }
    let mut put = transaction
        .prepare_cached("INSERT OR REPLACE INTO sums (environment, body) VALUES (?1, ?2)")?;
    for (environment, body) in &batch.sums {
        put.execute(params![environment.word(), body])?;
    }
    Ok(())
}

fn publications(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO publications
           (number, environment, contract, operations, prices, adverse, reason, by, at, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let is_any = !batch.publications.is_empty();
    let mut last = if is_any { published::last(transaction)? } else { None };
    for p in &batch.publications {
        let hash = published::link(last.as_ref(), p);
        last = Some(hash);
        put.execute(params![
            p.number,
            p.environment.word(),
            p.contract,
            p.operations,
            p.prices,
            p.adverse,
            p.reason,
            p.by.as_str(),
            p.at.micros(),
            hash
        ])?;
    }
    if let Some(clock) = batch.clock {
        transaction.execute(
            "INSERT OR REPLACE INTO marks (name, value) VALUES (?1, ?2)",
            params![CLOCK, clock.micros()],
        )?;
    }
    Ok(())
}
