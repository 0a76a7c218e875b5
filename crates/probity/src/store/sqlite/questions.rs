//! Questions about receipts, and what was said to them.

use crate::environment::Environment;
use crate::store::{Asked, Batch, CustomerNumber, Question, QuestionReply, Replied, StoreError};
use probity_core::{Name, RunId, Time};
use rusqlite::{Connection, Row, Transaction, params};

/// Writes what a batch has of them.
pub(super) fn write(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), StoreError> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO questions (question, customer, run, text, by, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for q in &batch.questions {
        let (id, run, by) = (q.id.as_str(), q.run.to_string(), q.by.as_str());
        put.execute(params![id, q.customer.0, run, q.text, by, q.at.micros()])?;
    }
    let mut put = transaction.prepare_cached(
        "INSERT INTO replies (question, customer, run, text, by, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for r in &batch.replies {
        let (id, run, by) = (r.question.as_str(), r.run.to_string(), r.by.as_str());
        put.execute(params![id, r.customer.0, run, r.text, by, r.at.micros()])?;
    }
    Ok(())
}

/// Questions to which nothing was said yet, below a number, the newest first.
pub(super) fn open_below(
    connection: &Connection,
    of: Environment,
    below: u64,
    limit: usize,
) -> Result<Vec<Asked>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT question, questions.customer, run, text, by, at, questions.number,
                customers.customer
         FROM questions JOIN customers ON customers.number = questions.customer
         WHERE customers.environment = ?1 AND questions.number < ?2
           AND NOT EXISTS (SELECT 1 FROM replies WHERE replies.question = questions.question)
         ORDER BY questions.number DESC LIMIT ?3",
    )?;
    let rows = query.query_map((of.word(), below, limit), |row| {
        let customer = Name::new(row.get_ref(7)?.as_str()?);
        Ok(Asked { number: row.get(6)?, customer, question: question(row)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The questions about a run with what was said to each, the oldest first.
pub(super) fn of_run(
    connection: &Connection,
    customer: CustomerNumber,
    run: RunId,
) -> Result<Vec<Replied>, StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT question, customer, run, text, by, at FROM questions
         WHERE customer = ?1 AND run = ?2 ORDER BY number",
    )?;
    let asked = query.query_map((customer.0, run.to_string()), question)?;
    let asked: Vec<Question> = asked.collect::<Result<_, _>>()?;
    let mut query = connection.prepare_cached(
        "SELECT question, customer, run, text, by, at FROM replies
         WHERE question = ?1 AND customer = ?2 ORDER BY number",
    )?;
    let mut all = Vec::new();
    for question in asked {
        let said = query.query_map((question.id.as_str(), customer.0), |row| {
            let Question { id, customer, run, text, by, at } = self::question(row)?;
            Ok(QuestionReply { question: id, customer, run, text, by, at })
        })?;
        let replies = said.collect::<Result<_, _>>()?;
        all.push(Replied { question, replies });
    }
    Ok(all)
}

fn question(row: &Row<'_>) -> rusqlite::Result<Question> {
    let run = RunId::parse(row.get_ref(2)?.as_str()?);
    Ok(Question {
        id: Name::new(row.get_ref(0)?.as_str()?),
        customer: CustomerNumber(row.get(1)?),
        run: run.ok_or(rusqlite::Error::InvalidQuery)?,
        text: row.get(3)?,
        by: Name::new(row.get_ref(4)?.as_str()?),
        at: Time::from_micros(row.get(5)?),
    })
}
