//! What was published, tied together by hashes as entries are: a text that is altered by hand is
//! found, and so is one that is taken away.

use super::read::publications;
use crate::store::{Publication, StoreError};
use probity_core::journal;
use rusqlite::Connection;

/// The hash of a publication after the one whose hash is `before` (None for the first).
pub(super) fn link(before: Option<&[u8; 32]>, publication: &Publication) -> [u8; 32] {
    let Publication { number, environment, contract, operations, prices, .. } = publication;
    let Publication { adverse, reason, by, at, .. } = publication;
    let texts = (contract, operations, prices);
    let said = (number, environment.word(), texts, adverse, reason, by.as_str(), at.micros());
    journal::link(before, &serde_json::to_string(&said).unwrap_or_default())
}

/// The hash of the last publication; None: nothing is published.
pub(super) fn last(connection: &Connection) -> Result<Option<[u8; 32]>, StoreError> {
    let all = publications(connection)?;
    Ok(all.iter().fold(None, |before, publication| Some(link(before.as_ref(), publication))))
}

/// Everything that was published, each after the one before by its hash.
///
/// # Errors
/// [`StoreError::Corrupt`] with the first that is not as it was published.
pub(super) fn follow(connection: &Connection) -> Result<Vec<Publication>, StoreError> {
    let all = publications(connection)?;
    let kept = kept(connection, all.len())?;
    let (mut before, mut is_chained) = (None, false);
    for ((publication, kept), expected) in all.iter().zip(kept).zip(1..) {
        let hash = link(before.as_ref(), publication);
        let number = publication.number;
        if number != expected {
            return corrupt(format!("publication {expected} is missing"));
        }
        match kept {
            Some(kept) if kept != hash => {
                let of = if is_chained || number == 1 { "" } else { ", or one before it," };
                return corrupt(format!("publication {number}{of} is not as it was published"));
            }
            None if is_chained => {
                return corrupt(format!("publication {number} has lost its hash"));
            }
            _ => is_chained = kept.is_some(),
        }
        before = Some(hash);
    }
    Ok(all)
}

/// The hash of each as it was kept; those from before hashes were kept have none.
fn kept(connection: &Connection, publications: usize) -> Result<Vec<Option<[u8; 32]>>, StoreError> {
    let column =
        "SELECT EXISTS (SELECT 1 FROM pragma_table_info('publications') WHERE name = 'hash')";
    if !connection.query_row(column, [], |row| row.get(0))? {
        return Ok(vec![None; publications]);
    }
    let mut query = connection.prepare("SELECT hash FROM publications ORDER BY number")?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn corrupt<T>(what: String) -> Result<T, StoreError> {
    Err(StoreError::Corrupt(what))
}
