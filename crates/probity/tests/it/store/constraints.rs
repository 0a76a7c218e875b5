//! What the database refuses, whoever asks.

use super::shop::{delivered, open, publish, send, summary};
use probity::store::sqlite::SqliteStore;
use probity::store::{Store, StoreError};
use probity::{Environment, Probity};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A database with a little in it.
fn database() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("probity.db");
    let probity = Probity::open(&path).unwrap();
    publish(&probity, Environment::Live);
    open(&probity, "ana", 0);
    open(&probity, "ben", 100);
    let run = send(&probity, "ana", summary("draft_1"), "k1").unwrap().answer.unwrap().run;
    send(&probity, "ana", delivered(run.unwrap()), "k2").unwrap();
    probity.close();
    (folder, path)
}

fn refusal(path: &Path, sql: &str) -> String {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap_err().to_string()
}

#[test]
fn entries_are_neither_changed_nor_deleted_nor_put_in_between() {
    let (_folder, path) = database();
    let insert = |values: &str| {
        let columns = "number, customer, seq, previous, body, hash";
        format!("INSERT INTO journal ({columns}) VALUES ({values}, '{{}}', zeroblob(32))")
    };
    for (sql, why) in [
        ("UPDATE journal SET body = '{}' WHERE number = 1".to_owned(), "never changed"),
        ("DELETE FROM journal WHERE number = 5".to_owned(), "never deleted"),
        // A gap in the whole, and one in a customer's own journal.
        (insert("7, 1, 4, 5"), "right after the last"),
        (insert("6, 1, 5, 5"), "names the one before it"),
        (insert("6, 2, 4, 5"), "names the one before it"),
        (insert("6, 3, 2, 0"), "names the one before it"),
        ("UPDATE publications SET adverse = 1".to_owned(), "never changed"),
        ("DELETE FROM publications".to_owned(), "never deleted"),
        ("INSERT INTO customers VALUES (9, 'live', 'ana')".to_owned(), "UNIQUE"),
        ("INSERT INTO customers VALUES (9, 'test', 'cid')".to_owned(), "CHECK"),
    ] {
        let said = refusal(&path, &sql);
        assert!(said.contains(why), "{sql}: {said}");
    }
}

#[test]
fn the_books_can_be_read_with_sql() {
    let (_folder, path) = database();
    let connection = Connection::open(&path).unwrap();
    let row = |sql: &str| -> String { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(
        row("SELECT group_concat(command, ' ') FROM entries WHERE customer = 'ana'"),
        "open_customer start_run settle"
    );
    // 100 credits of the plan less 1 for the summary, and nothing is lost between accounts.
    let available = "SELECT available_millionths || ' ' || held_millionths FROM wallets";
    assert_eq!(row(&format!("{available} WHERE customer = 'ana'")), "99000000 0");
    assert_eq!(row(&format!("{available} WHERE customer = 'ben'")), "200000000 0");
    assert_eq!(row("SELECT sum(millionths) || '' FROM balances"), "0");
    let earned = "SELECT millionths || '' FROM balances WHERE account = 'earned/summarize_file'";
    assert_eq!(row(earned), "1000000");
}

#[test]
fn a_second_process_and_a_newer_or_foreign_database_are_refused() {
    let (folder, path) = database();
    let first = SqliteStore::open(&path).unwrap();
    assert_eq!(SqliteStore::open(&path).err(), Some(StoreError::InUse));
    drop(first);
    let newer = "INSERT INTO migrations (version, name, checksum) VALUES (999, 'later', 'x')";
    Connection::open(&path).unwrap().execute_batch(newer).unwrap();
    assert_eq!(SqliteStore::open(&path).err(), Some(StoreError::Newer));
    let altered =
        "DELETE FROM migrations WHERE version = 999; UPDATE migrations SET checksum = 'x'";
    Connection::open(&path).unwrap().execute_batch(altered).unwrap();
    assert!(matches!(SqliteStore::open(&path).err(), Some(StoreError::Corrupt(_))));
    let foreign = folder.path().join("foreign.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    assert!(matches!(SqliteStore::open(&foreign).err(), Some(StoreError::Corrupt(_))));
    let no_database = folder.path().join("text.db");
    std::fs::write(&no_database, "not a database, but a text that is long enough").unwrap();
    assert!(matches!(SqliteStore::open(&no_database).err(), Some(StoreError::Corrupt(_))));
}

#[cfg(unix)]
#[test]
fn a_database_by_another_name_is_the_same_database() {
    let (folder, path) = database();
    let link = folder.path().join("link.db");
    let name = path.file_name().unwrap().to_str().unwrap();
    let dots = Path::new(&format!("{}/./{name}", folder.path().display())).to_owned();
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let first = SqliteStore::open(&path).unwrap();
    for other in [&link, &dots] {
        assert_eq!(SqliteStore::open(other).err(), Some(StoreError::InUse), "{other:?}");
    }
    drop(first);
    let _first = SqliteStore::open(&link).unwrap();
    assert_eq!(SqliteStore::open(&path).err(), Some(StoreError::InUse));
}

#[cfg(unix)]
#[test]
fn a_new_database_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = database();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_can_be_rebuilt_may_be_thrown_away() {
    let (_folder, path) = database();
    let state = |path: &Path| {
        let probity = Probity::open(path).unwrap();
        let whose = probity::engine::Whose::Customer("ana".into());
        let view = probity.view(Environment::Live, whose).unwrap().wait().unwrap();
        let again = send(&probity, "ana", summary("draft_1"), "k1").unwrap();
        assert!(again.replayed);
        probity.close();
        (*view.customer).clone()
    };
    let before = state(&path);
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("DELETE FROM snapshots; DELETE FROM rested").unwrap();
    drop(connection);
    assert_eq!(state(&path), before);
}

#[test]
fn an_entry_that_was_altered_behind_its_back_is_found_when_it_is_read() {
    let (_folder, path) = database();
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "DROP TRIGGER journal_is_never_changed;
             UPDATE journal SET body = replace(body, '\"100\"', '\"999\"') WHERE number = 1",
        )
        .unwrap();
    drop(connection);
    let store = SqliteStore::open(&path).unwrap();
    let mut reader = store.reader().unwrap();
    let ana = reader.number_of(Environment::Live, "ana").unwrap().unwrap();
    assert!(reader.recall(ana, true).unwrap().entries[0].body.contains("999"));
    drop((reader, store));
    let probity = Probity::open(&path).unwrap();
    let whose = probity::engine::Whose::Customer("ana".into());
    let read = probity.view(Environment::Live, whose).unwrap().wait();
    assert!(matches!(read, Err(probity::engine::Refused::Unavailable(StoreError::Corrupt(_)))));
}
