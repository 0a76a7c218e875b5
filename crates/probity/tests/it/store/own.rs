//! Keys of what an environment is told: they are as durable as what they stand for.

use super::shop::publish;
use probity::core::Time;
use probity::engine::{Answered, Key, Options, Refused, Tell};
use probity::store::sqlite::{self, SqliteStore};
use probity::{Environment, Probity, answer};
use std::path::Path;

fn engine(path: &Path) -> Probity {
    Probity::on(Box::new(SqliteStore::open(path).unwrap()), Options::default()).unwrap()
}

/// Moves the sandbox clock a day on from where it stands, under a key.
fn moved(probity: &Probity, key: &str) -> Result<Answered, Refused> {
    let now = probity.move_clock(None).unwrap().wait().unwrap();
    let to = now.plus_seconds(24 * 3600);
    let tell: Tell<Time> =
        Box::new(|now| answer::Reply { status: 200, body: format!("\"{now}\"") });
    let key = Key { key: key.to_owned(), fingerprint: [1; 32] };
    probity.move_clock_told(Some(to), Some(key), tell)?.wait()
}

#[test]
fn a_key_is_known_after_a_restart_and_stands_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.db");
    let probity = engine(&path);
    publish(&probity, Environment::Sandbox);
    let first = moved(&probity, "a").unwrap();
    assert!(moved(&probity, "a").unwrap().replayed);
    probity.close();
    let probity = engine(&path);
    let again = moved(&probity, "a").unwrap();
    assert_eq!((again.replayed, again.reply), (true, first.reply));
    assert!(!moved(&probity, "b").unwrap().replayed);
    // Many at once are one.
    let tell = |n: u16| -> Tell<Time> {
        Box::new(move |_| answer::Reply { status: n, body: String::new() })
    };
    let key = || Some(Key { key: "c".to_owned(), fingerprint: [1; 32] });
    let pending: Vec<_> =
        (200..210).map(|n| probity.move_clock_told(None, key(), tell(n)).unwrap()).collect();
    let told: Vec<_> = pending.into_iter().map(|p| p.wait().unwrap().reply.unwrap()).collect();
    assert!(told.iter().all(|reply| reply.status == 200), "{told:?}");
    probity.close();
    let listed = sqlite::customers(&path, Environment::Sandbox, "", 10).unwrap();
    assert_eq!(listed, Vec::<String>::new());
    assert_eq!(sqlite::verify(&path).unwrap().customers, 0);
}
