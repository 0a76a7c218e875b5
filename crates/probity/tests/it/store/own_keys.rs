//! Customers' own AI keys at rest: sealed, with their entry, and gone when they are removed.

use super::shop::{open, publish};
use probity::core::Name;
use probity::core::command::{Act, Actor, KeyChange};
use probity::engine::{Ask, Doing, Options, Refused, Resealed, Whose};
use probity::sealing::{Label, NotOpened, SealingKeys, Secret};
use probity::store::sqlite::{SqliteStore, back_up, restore, verify};
use probity::store::{MemoryStore, Store};
use probity::{Environment, Probity};
use rusqlite::Connection;
use std::path::Path;

const KEY: &str = "sk-canary-0123456789abcdefghijklmnopqrstuvwxyz";

fn engine(store: Box<dyn Store>) -> Probity {
    let probity = Probity::on(store, Options::default()).unwrap();
    if probity.publications(Environment::Live).unwrap().wait().unwrap().is_empty() {
        publish(&probity, Environment::Live);
        ["ana", "ben"].into_iter().for_each(|who| open(&probity, who, 0));
    }
    probity
}

fn on(path: &Path) -> Probity {
    engine(Box::new(SqliteStore::open(path).unwrap()))
}

fn label<'a>(customer: &'a Name, provider: &'a Name) -> Label<'a> {
    Label { environment: Environment::Live, customer, provider }
}

/// Stores a key of a customer, and says how it is sealed.
fn store(probity: &Probity, keys: &SealingKeys, customer: &str, key: &str) -> Vec<u8> {
    let (whose, provider) = (Name::new(customer), Name::new("openai"));
    let secret = Secret::new(key).unwrap();
    let sealed = keys.seal(&secret, &label(&whose, &provider)).unwrap();
    let ends_with = secret.ends_with().to_owned();
    let doing = Doing::StoreKey { provider, ends_with, sealed: sealed.clone() };
    ask(probity, customer, doing).unwrap();
    sealed
}

fn ask(probity: &Probity, customer: &str, doing: Doing) -> Result<(), Refused> {
    let ask = Ask {
        environment: Environment::Live,
        whose: Whose::Customer(Name::new(customer)),
        doing,
        by: Actor::product(),
        only_if: None,
        key: None,
        render: None,
    };
    probity.ask(ask)?.wait().map(drop)
}

fn told(change: KeyChange) -> Doing {
    Doing::Act(Act::OwnKey { provider: Name::new("openai"), change })
}

/// What is kept, opened; None: nothing is.
fn opened(probity: &Probity, keys: &SealingKeys, customer: &str) -> Option<Secret> {
    let (customer, provider) = (Name::new(customer), Name::new("openai"));
    let label = label(&customer, &provider);
    let kept = probity.own_key(&label).unwrap()?;
    Some(keys.open(&kept.sealed, &label).unwrap())
}

/// Do these bytes stand in the database, or in its log?
fn stands_in(path: &Path, bytes: &[u8]) -> bool {
    let log = path.with_extension("db-wal");
    let mut files = [path.to_owned(), log].into_iter().filter_map(|file| std::fs::read(file).ok());
    files.any(|file| file.windows(bytes.len()).any(|part| part == bytes))
}

#[test]
fn a_key_comes_and_goes_with_its_entry_on_every_store() {
    let keys = SealingKeys::new([7; 32]);
    let folder = tempfile::tempdir().unwrap();
    let sqlite = SqliteStore::open(&folder.path().join("probity.db")).unwrap();
    let stores: [Box<dyn Store>; 2] = [Box::new(sqlite), Box::<MemoryStore>::default()];
    for probity in stores.map(engine) {
        assert_eq!(opened(&probity, &keys, "ana"), None);
        assert!(!probity.keeps_own_keys().unwrap());
        store(&probity, &keys, "ana", "another-key-of-ana");
        store(&probity, &keys, "ana", KEY);
        assert_eq!(opened(&probity, &keys, "ana").unwrap().reveal(), KEY);
        assert_eq!(opened(&probity, &keys, "ben"), None);
        let whose = Whose::Customer(Name::new("ana"));
        let view = || probity.view(Environment::Live, whose.clone()).unwrap().wait().unwrap();
        let state = view().customer.own_keys[&Name::new("openai")].clone();
        assert_eq!((state.ends_with.as_str(), state.refused_at), ("wxyz", None));
        // Refused, it stays: whether it is tried again is not the store's to say.
        ask(&probity, "ana", told(KeyChange::Refused)).unwrap();
        assert!(opened(&probity, &keys, "ana").is_some());
        assert!(view().customer.own_keys[&Name::new("openai")].refused_at.is_some());
        ask(&probity, "ana", told(KeyChange::Removed)).unwrap();
        assert_eq!(opened(&probity, &keys, "ana"), None);
        assert!(ask(&probity, "ana", told(KeyChange::Removed)).is_err());
        // Who is nobody has no key.
        let doing = Doing::StoreKey {
            provider: Name::new("openai"),
            ends_with: String::new(),
            sealed: vec![1; 80],
        };
        assert!(ask(&probity, "nobody", doing).is_err());
        assert!(!probity.keeps_own_keys().unwrap());
        // One that is kept elsewhere is only told of: what was sealed before is another's place.
        store(&probity, &keys, "ana", KEY);
        ask(&probity, "ana", told(KeyChange::Stored("9999".to_owned()))).unwrap();
        assert_eq!(opened(&probity, &keys, "ana"), None);
        probity.close();
    }
}

#[test]
fn what_was_removed_or_replaced_stands_nowhere_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("probity.db");
    let keys = SealingKeys::new([7; 32]);
    let probity = on(&path);
    let first = store(&probity, &keys, "ana", KEY);
    assert!(stands_in(&path, &first));
    let second = store(&probity, &keys, "ana", KEY);
    assert!(stands_in(&path, &second) && !stands_in(&path, &first));
    ask(&probity, "ana", told(KeyChange::Removed)).unwrap();
    assert!(!stands_in(&path, &second));
    // Many, so that pages of the table are split and given back.
    let sealed: Vec<_> = (0..60)
        .map(|n| {
            let customer = format!("c{n}");
            open(&probity, &customer, 0);
            store(&probity, &keys, &customer, &KEY.repeat(8))
        })
        .collect();
    for n in 0..60 {
        ask(&probity, &format!("c{n}"), told(KeyChange::Removed)).unwrap();
    }
    probity.close();
    assert!(!sealed.iter().any(|sealed| stands_in(&path, &sealed[9..])));
    verify(&path).unwrap();
}

#[test]
fn keys_outlive_restarts_backups_and_the_key_that_sealed_them() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("probity.db"), folder.path().join("copy.db"));
    let (old, new) = ("0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4));
    let (before, after) = (SealingKeys::parse(&old).unwrap(), SealingKeys::parse(&new).unwrap());
    let both = SealingKeys::parse(&format!("{new}\n{old}")).unwrap();
    let probity = on(&path);
    let sealed = store(&probity, &before, "ana", KEY);
    store(&probity, &before, "ben", KEY);
    let counted = |anew, before, unopened| Resealed { anew, before, unopened };
    assert_eq!(probity.reseal(&before).unwrap(), counted(0, 2, 0));
    assert_eq!(probity.reseal(&after).unwrap(), counted(0, 0, 2));
    back_up(&path, &copy).unwrap();
    assert_eq!(probity.reseal(&both).unwrap(), counted(2, 0, 0));
    assert_eq!(probity.reseal(&both).unwrap(), counted(0, 2, 0));
    assert_eq!(opened(&probity, &after, "ana").unwrap().reveal(), KEY);
    assert!(!stands_in(&path, &sealed));
    let (ana, openai) = (Name::new("ana"), Name::new("openai"));
    let kept = probity.own_key(&label(&ana, &openai)).unwrap().unwrap();
    let refused = before.open(&kept.sealed, &label(&ana, &openai));
    assert_eq!(refused, Err(NotOpened::UnknownKey));
    probity.close();
    verify(&path).unwrap();
    let probity = on(&path);
    assert_eq!(opened(&probity, &after, "ben").unwrap().reveal(), KEY);
    probity.close();
    restore(&copy, &path).unwrap();
    let probity = on(&path);
    assert_eq!(opened(&probity, &before, "ben").unwrap().reveal(), KEY);
    probity.close();
}

#[test]
fn sealed_keys_that_no_entry_tells_of_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("probity.db");
    let keys = SealingKeys::new([7; 32]);
    let probity = on(&path);
    store(&probity, &keys, "ana", KEY);
    store(&probity, &keys, "ben", KEY);
    ask(&probity, "ben", told(KeyChange::Removed)).unwrap();
    probity.close();
    verify(&path).unwrap();
    for (sql, says) in [
        ("UPDATE own_keys SET customer = 2", "own key of ben for openai is kept, and no entry"),
        ("UPDATE own_keys SET provider = 'xai'", "own key of ana for xai is kept, and no entry"),
        ("UPDATE own_keys SET stored_at = 1", "own key of ana for openai is not as it was stored"),
        ("UPDATE own_keys SET sealed = zeroblob(80)", "own key of ana for openai is not as it was"),
    ] {
        let altered = folder.path().join("altered.db");
        std::fs::copy(&path, &altered).unwrap();
        Connection::open(&altered).unwrap().execute_batch(sql).unwrap();
        let error = verify(&altered).unwrap_err().to_string();
        assert!(error.contains(says), "{sql}: {error}");
    }
}
