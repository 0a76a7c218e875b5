//! Backups: whole while somebody writes, refused where they are not, and back to what they were.

use super::shop::{delivered, open, publish, send, summary};
use probity::engine::Answered;
use probity::store::StoreError;
use probity::store::sqlite::{Verified, back_up, restore, verify};
use probity::{Environment, Probity};
use rusqlite::Connection;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A summary that is delivered.
fn sell(probity: &Probity, customer: &str, n: u64) {
    let key = format!("{customer}-{n}");
    let Answered { answer, .. } = send(probity, customer, summary(&key), &key).unwrap();
    let run = answer.unwrap().run.unwrap();
    send(probity, customer, delivered(run), &format!("{key}-end")).unwrap();
}

/// Bodies and hashes of the journal, in order.
fn journal(database: &Path) -> Vec<(String, Vec<u8>)> {
    let connection = Connection::open(database).unwrap();
    let mut query = connection.prepare("SELECT body, hash FROM journal ORDER BY number").unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// A shop that has sold a little, and is closed.
fn sold(database: &Path, n: u64) {
    let probity = Probity::open(database).unwrap();
    publish(&probity, Environment::Live);
    open(&probity, "ana", 1000);
    (0..n).for_each(|n| sell(&probity, "ana", n));
    probity.close();
}

#[test]
fn a_backup_under_load_is_a_state_that_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let probity = Probity::open(at("live.db")).unwrap();
    publish(&probity, Environment::Live);
    let (stop, written) = (AtomicBool::new(false), AtomicU64::new(0));
    let backups: Vec<Verified> = std::thread::scope(|scope| {
        for customer in ["ana", "ben", "dora"] {
            let (probity, stop, written) = (&probity, &stop, &written);
            open(probity, customer, 1_000_000);
            scope.spawn(move || {
                let numbers = (0..).take_while(|_| !stop.load(Ordering::Relaxed));
                numbers.for_each(|n| {
                    sell(probity, customer, n);
                    written.fetch_add(1, Ordering::Relaxed);
                });
            });
        }
        let taken = (0..4).map(|n| {
            // Each while more was written than before the last one.
            let before = written.load(Ordering::Relaxed);
            while written.load(Ordering::Relaxed) < before + 10 {
                std::thread::yield_now();
            }
            back_up(&at("live.db"), &at(&format!("{n}.db"))).unwrap()
        });
        let taken = taken.collect();
        stop.store(true, Ordering::Relaxed);
        taken
    });
    probity.close();
    let whole = journal(&at("live.db"));
    assert!(backups.windows(2).all(|two| two[0].entries < two[1].entries), "{backups:?}");
    for (n, backup) in backups.iter().enumerate() {
        assert_eq!(backup.customers, 3);
        let copied = journal(&at(&format!("{n}.db")));
        assert_eq!(copied.len() as u64, backup.entries);
        assert_eq!(copied, whole[..copied.len()]);
    }
}

#[test]
fn what_is_restored_is_what_was_backed_up_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (database, copy) = (folder.path().join("live.db"), folder.path().join("copy.db"));
    sold(&database, 3);
    let taken = back_up(&database, &copy).unwrap();
    let then = journal(&database);
    let probity = Probity::open(&database).unwrap();
    sell(&probity, "ana", 77);
    // Somebody has it open: it is not replaced under them.
    assert_eq!(restore(&copy, &database), Err(StoreError::InUse));
    probity.close();
    assert_ne!(journal(&database), then);
    assert_eq!(restore(&copy, &database), Ok(taken));
    assert_eq!(journal(&database), then);
    let probity = Probity::open(&database).unwrap();
    sell(&probity, "ana", 78);
    probity.close();
    assert!(verify(&database).unwrap().entries > taken.entries);
    let left = std::fs::read_dir(folder.path()).unwrap().flatten();
    assert!(
        left.map(|file| file.file_name()).all(|name| !name.to_string_lossy().contains("draft"))
    );
}

#[test]
fn what_is_not_whole_is_no_backup_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    sold(&at("live.db"), 2);
    let before = journal(&at("live.db"));
    let wrong = |change: &str| {
        std::fs::copy(at("live.db"), at("wrong.db")).unwrap();
        Connection::open(at("wrong.db")).unwrap().execute_batch(change).unwrap();
        let refused = restore(&at("wrong.db"), &at("live.db"));
        assert_eq!(back_up(&at("wrong.db"), &at("copy.db")), refused);
        assert!(!at("copy.db").exists());
        assert_eq!(journal(&at("live.db")), before);
        refused.unwrap_err()
    };
    let changed = "DROP TRIGGER journal_is_never_changed;
         UPDATE journal SET body = replace(body, 'ana', 'bob') WHERE number = 3;";
    let deleted = "DROP TRIGGER journal_is_never_deleted;
         DELETE FROM journal WHERE number = (SELECT max(number) FROM journal);";
    for change in [changed, deleted, "PRAGMA application_id = 7;"] {
        assert!(matches!(wrong(change), StoreError::Corrupt(_)), "{change}");
    }
    assert_eq!(wrong("UPDATE migrations SET version = 99 WHERE version = 1;"), StoreError::Newer);
    std::fs::write(at("text"), "hello, this is no database at all").unwrap();
    assert!(matches!(restore(&at("text"), &at("live.db")), Err(StoreError::Corrupt(_))));
    assert_eq!(journal(&at("live.db")), before);
}
