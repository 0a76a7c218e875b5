//! Events that are too old: they go, though a commit failed in which they were to go; and looking for the
//! oldest that may go is bounded, however many stay for good.

use super::shop::{at, gift, open, publish};
use probity::clock::ManualClock;
use probity::engine::Options;
use probity::store::sqlite::SqliteStore;
use probity::store::{Batch, Beginning, LOOKED_AT, MemoryStore, Reader, Store, StoreError};
use probity::{Environment, Probity};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A store that writes nothing while it is full.
struct Full(MemoryStore, Arc<AtomicBool>);

impl Store for Full {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        self.0.beginning()
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        self.0.reader()
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if self.1.load(Ordering::SeqCst) {
            return Err(StoreError::ReadOnly("the disk is full".to_owned()));
        }
        self.0.commit(batch)
    }
}

#[test]
fn what_was_to_go_with_a_commit_that_failed_goes_with_another() {
    let clock = Arc::new(ManualClock::at(at("2026-11-26T10:00:00Z")));
    let is_full = Arc::<AtomicBool>::default();
    let store = Box::new(Full(MemoryStore::default(), Arc::clone(&is_full)));
    let options =
        Options { clock: Arc::<ManualClock>::clone(&clock), sweeps: false, ..Options::default() };
    let probity = Probity::on(store, options).unwrap();
    publish(&probity, Environment::Live);
    open(&probity, "ana", 20);
    (0..9).for_each(|_| drop(probity.act("ana", gift(1)).unwrap()));
    let later = at("2026-12-27T10:00:00Z");
    clock.set(later);
    probity.act("ana", gift(1)).unwrap();
    is_full.store(true, Ordering::SeqCst);
    probity.act("ana", gift(1)).unwrap_err();
    is_full.store(false, Ordering::SeqCst);
    while probity.act("ana", gift(1)).is_err() {}
    (0..20).for_each(|_| drop(probity.act("ana", gift(1)).unwrap()));
    let told = probity.events_after(Environment::Live, None, 0, 999).unwrap();
    // The last stretch goes once all of it is old.
    let old = told.iter().filter(|told| told.number < 10 && told.once.is_none());
    assert_eq!(old.map(|told| told.number).collect::<Vec<_>>(), [0; 0]);
}

#[test]
fn looking_for_what_may_go_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.db");
    let store = SqliteStore::open(&path).unwrap();
    let mut reader = store.reader().unwrap();
    assert_eq!(reader.first_event(0).unwrap(), 0);
    let raw = rusqlite::Connection::open(&path).unwrap();
    let stay = u64::try_from(LOOKED_AT).unwrap() + 500;
    raw.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO events (number, customer, at, told_at, kind, once, data)
         SELECT i, 1, 0, 0, 'terms.changing', 'once ' || i, '{}' FROM n",
        [stay],
    )
    .unwrap();
    raw.execute(
        "INSERT INTO events (number, customer, at, told_at, kind, once, data)
         VALUES (?1, 1, 0, 0, 'run.held', NULL, '{}')",
        [stay + 1],
    )
    .unwrap();
    let looked = reader.first_event(0).unwrap();
    assert_eq!(looked, stay - 500);
    assert_eq!(reader.first_event(looked).unwrap(), stay + 1);
}
