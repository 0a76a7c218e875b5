//! A database that was altered by hand is told from one that was not, and by what was altered.

use super::shop::{delivered, first_version, open, publish, send, summary};
use probity::engine::KeyChange;
use probity::store::ApiKey;
use probity::store::sqlite::verify;
use probity::{Environment, Probity};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A shop that has sold, on two versions and with a key.
fn sold() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("probity.db");
    let probity = Probity::open(&path).unwrap();
    publish(&probity, Environment::Live);
    open(&probity, "ana", 100);
    let mut second = first_version("minimal", Environment::Live);
    second.contract = second.contract.map(|text| text.replace("version: 1", "version: 2"));
    probity.publish(second, false).unwrap().wait().unwrap();
    open(&probity, "ben", 100);
    let run = send(&probity, "ana", summary("draft_1"), "k1").unwrap().answer.unwrap().run;
    send(&probity, "ana", delivered(run.unwrap()), "k2").unwrap();
    let at = super::shop::at("2026-11-23T10:00:00Z");
    let key = ApiKey {
        id: "key_1".into(),
        environment: Environment::Live,
        role: None,
        name: "live".into(),
        hash: [7; 32],
        created_at: at,
        revoked_at: Some(at),
    };
    probity.keys(KeyChange::Add(key)).unwrap().wait().unwrap();
    probity.secret("quotes live", [1; 32]).unwrap().wait().unwrap();
    probity.close();
    (folder, path)
}

/// SQL that a trigger is in the way of, with the trigger put back after it.
fn past(path: &Path, trigger: &str, sql: &str) -> String {
    let connection = Connection::open(path).unwrap();
    let made = "SELECT sql FROM sqlite_schema WHERE name = ?1";
    let again: String = connection.query_row(made, [trigger], |row| row.get(0)).unwrap();
    format!("DROP TRIGGER {trigger}; {sql}; {again};")
}

#[test]
fn what_was_altered_by_hand_is_named() {
    let (folder, path) = sold();
    let whole = verify(&path).unwrap();
    assert_eq!((whole.customers, whole.publications), (2, 2));
    let change = |sql: &str| past(&path, "publications_are_never_changed", sql);
    let delete = |sql: &str| past(&path, "publications_are_never_deleted", sql);
    let text = "contract = replace(contract, '1 credit', '2 credits')";
    let altered = folder.path().join("altered.db");
    for (sql, says) in [
        (change(&format!("UPDATE publications SET {text} WHERE number = 1")), "publication 1"),
        (change(&format!("UPDATE publications SET {text} WHERE number = 2")), "publication 2 is"),
        (change("UPDATE publications SET at = at - 1 WHERE number = 2"), "publication 2 is not as"),
        (change("UPDATE publications SET hash = NULL WHERE number = 2"), "has lost its hash"),
        (change("UPDATE publications SET number = 3 WHERE number = 2"), "publication 2 is missing"),
        (delete("DELETE FROM publications WHERE number = 1"), "publication 1 is missing"),
        (delete("DELETE FROM publications WHERE number = 2"), "live under hello@2"),
        (
            "DROP TRIGGER journal_is_dense; DROP VIEW wallets".to_owned(),
            "the trigger `journal_is_dense` is missing, the view `wallets` is missing",
        ),
        (
            past(&path, "journal_is_never_changed", "SELECT 1").replace("'entries", "'no entries"),
            "the trigger `journal_is_never_changed` was altered",
        ),
        (
            "CREATE TRIGGER mine AFTER INSERT ON journal BEGIN SELECT 1; END".to_owned(),
            "the trigger `mine` is not Probity's",
        ),
        ("ALTER TABLE api_keys ADD COLUMN note TEXT".to_owned(), "table `api_keys` was altered"),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE api_keys SET hash = x'00'".to_owned(),
            "CHECK constraint failed in api_keys",
        ),
        ("UPDATE secrets SET value = x'00'".to_owned(), "`quotes live` has 1 bytes, not 32"),
        ("DELETE FROM customers WHERE customer = 'ben'".to_owned(), "is nobody's"),
    ] {
        std::fs::copy(&path, &altered).unwrap();
        Connection::open(&altered).unwrap().execute_batch(&sql).unwrap();
        let said = verify(&altered).expect_err(&sql).to_string();
        assert!(said.contains(says), "{sql}: {said}");
    }
    // What somebody puts beside it is theirs.
    let beside =
        "CREATE TABLE notes (x); CREATE VIEW mine AS SELECT 1; CREATE INDEX i ON notes (x);
         ANALYZE";
    Connection::open(&path).unwrap().execute_batch(beside).unwrap();
    assert_eq!(verify(&path).unwrap().entries, whole.entries);
}

/// Publications from before they were tied together are covered by the next one.
#[test]
fn a_database_from_before_publications_were_chained_goes_on() {
    let (_folder, path) = sold();
    let before = "ALTER TABLE publications DROP COLUMN hash; DROP TABLE own_keys;
         DROP TABLE events; DROP TABLE webhook_endpoints; DROP TABLE deliveries;
         DROP TABLE replies; DROP TABLE provider_ids; DROP INDEX questions_of_a_run;
         DELETE FROM migrations WHERE version >= 2";
    Connection::open(&path).unwrap().execute_batch(before).unwrap();
    assert_eq!(verify(&path).unwrap().publications, 2, "whole, as it was then");
    let probity = Probity::open(&path).unwrap();
    let mut third = first_version("minimal", Environment::Sandbox);
    third.reason = Some("anew".to_owned());
    probity.publish(third, false).unwrap().wait().unwrap();
    probity.close();
    assert_eq!(verify(&path).unwrap().publications, 3);
    let sql = "UPDATE publications SET by = 'somebody' WHERE number = 1";
    let sql = past(&path, "publications_are_never_changed", sql);
    Connection::open(&path).unwrap().execute_batch(&sql).unwrap();
    let said = verify(&path).unwrap_err().to_string();
    assert!(said.contains("publication 3, or one before it, is not as it was published"), "{said}");
}
