//! Customers' own AI keys over the API: what is taken, what is told, and that a key is told to nobody.

use super::served::{NOW, Served, holds, sample};
use crate::support::repository;
use probity::engine::Options;
use probity::sealing::SealingKeys;
use probity::store::MemoryStore;
use probity::store::sqlite::SqliteStore;
use probity::{Environment, Probity};
use probity_core::Time;
use serde_json::{Value, json};

const KEY: &str = "sk-proj-0123456789-canary-abcd";
const PLACE: &str = "/v1/customers/kim/own-keys/openai";

/// Kim is on the plan that runs on own keys.
fn kim() -> Served {
    let served = Served::new();
    served.opens("kim", "byok");
    served
}

fn asks(served: &Served) -> super::served::Got {
    let run = json!({"customer": "kim", "action": "tailor_document", "artifact": "d"});
    served.post("/v1/check", &run)
}

#[test]
fn a_key_is_stored_told_of_by_its_last_letters_and_forgotten() {
    let served = kim();
    assert_eq!(asks(&served).is(200)["denial"]["code"], "own_key_missing");
    let stored = served.put(PLACE, &json!({"key": KEY})).is(200);
    holds(
        &stored,
        &json!({"provider": "openai", "stored_at": NOW, "ends_with": "abcd",
        "refused": null, "seq": 2}),
    );
    let kept = served.get(PLACE).is(200);
    let known = json!({"provider": "openai", "stored_at": NOW, "ends_with": "abcd",
        "refused": null, "as_of_seq": 2});
    assert_eq!(kept, known);
    served.get("/v1/customers/kim/own-keys/gemini").refused(404, "not_found");
    served.get("/v1/customers/kim/own-keys/Open%20AI").refused(422, "invalid_request");
    served.get_as(&served.token("kim", None), PLACE).refused(403, "forbidden");
    assert_eq!(asks(&served).is(200)["allowed"], true);
    // Another in its place.
    served.now("2026-11-23T11:00:00Z");
    let stored = served.put(PLACE, &json!({"key": "another-key-1234"})).is(200);
    holds(&stored, &json!({"stored_at": "2026-11-23T11:00:00Z", "ends_with": "1234", "seq": 3}));
    let gone = served.call_as(&served.live, "DELETE", PLACE, &Value::Null).is(200);
    holds(&gone, &json!({"provider": "openai", "stored_at": null, "ends_with": null, "seq": 4}));
    assert_eq!(asks(&served).is(200)["denial"]["code"], "own_key_missing");
    served.get(PLACE).refused(404, "not_found");
    served.call_as(&served.live, "DELETE", PLACE, &Value::Null).refused(404, "not_found");
}

#[test]
fn what_is_no_key_is_refused_and_not_repeated() {
    let served = kim();
    let long = "k".repeat(513);
    let told = |got: Value| {
        let text = got.to_string();
        assert!(!text.contains("canary") && !text.contains("kkkk"), "{text}");
        got["field"].as_str().unwrap_or_default().to_owned()
    };
    for body in [
        json!({}),
        json!({"key": null}),
        json!({"key": "canary"}),
        json!({"key": "a canary with spaces"}),
        json!({"key": "canary-canary-é"}),
        json!({"key": long}),
        json!({"key": ["canary-canary"]}),
        json!({"key": {"canary-canary": 1}}),
        json!({"canary-canary": 1}),
        json!({"key": KEY, "canary-canary": 1}),
    ] {
        assert_eq!(told(served.put(PLACE, &body).refused(422, "invalid_request")), "key");
    }
    for provider in ["OpenAI", "canary.canary", "%C3%A9", &"p".repeat(65)] {
        let place = format!("/v1/customers/kim/own-keys/{provider}");
        let refused = served.put(&place, &json!({"key": KEY})).refused(422, "invalid_request");
        assert_eq!(told(refused), "provider");
    }
    let nobody = served.put("/v1/customers/nobody/own-keys/openai", &json!({"key": KEY}));
    told(nobody.refused(404, "not_found"));
    let body = json!({"key": KEY});
    served.call_as(&served.live, "DELETE", PLACE, &body).refused(422, "invalid_request");
    // Neither a customer, nor anybody in other books.
    let token = served.token("kim", None);
    served.call_as(&token, "PUT", PLACE, &body).refused(403, "forbidden");
    served.call_as(&token, "DELETE", PLACE, &Value::Null).refused(403, "forbidden");
    served.call_as("", "PUT", PLACE, &body).refused(401, "unauthenticated");
    served.call_as(&served.sandbox, "PUT", PLACE, &body).refused(404, "not_found");
    assert_eq!(asks(&served).is(200)["denial"]["code"], "own_key_missing");
}

#[test]
fn the_same_request_again_gets_the_same_answer_and_another_key_does_not() {
    let served = kim();
    let send = |body: &Value| served.call_with(&served.live, "PUT", PLACE, body, Some("k1"));
    let (body, first) = (json!({"key": KEY}), send(&json!({"key": KEY})));
    let again = send(&body);
    assert_eq!((again.status, again.header("probity-replayed")), (200, "true"));
    assert_eq!(again.body, first.is(200));
    send(&json!({"key": "another-key-1234"})).refused(422, "idempotency_key_reused");
    send(&json!({"key": "no"})).refused(422, "idempotency_key_reused");
    let kept = served.get("/v1/idempotency/k1?customer=kim").is(200);
    assert!(kept["body"]["ends_with"] == "abcd" && !kept.to_string().contains(KEY));
}

#[test]
fn without_a_sealing_key_none_is_taken_and_one_that_is_there_can_be_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("probity.db");
    let at = |keys| {
        let store = Box::new(SqliteStore::open(&path).unwrap());
        Served::sealing(store, Time::parse(NOW).unwrap(), Options::default(), keys)
    };
    let served = at(Some(SealingKeys::new([7; 32])));
    served.publish(Environment::Live, sample("jobscout"));
    served.opens("kim", "byok");
    served.put(PLACE, &json!({"key": KEY})).is(200);
    closed(served);
    let served = at(None);
    for idempotency in [None, Some("k1")] {
        let sent = json!({"key": KEY});
        let refused = served.call_with(&served.live, "PUT", PLACE, &sent, idempotency);
        let refused = refused.refused(403, "forbidden");
        assert!(refused["detail"].as_str().unwrap().contains("--own-keys-key"), "{refused}");
    }
    served.call_as(&served.live, "DELETE", PLACE, &Value::Null).is(200);
    closed(served);
}

/// Stops, and lets go of the store.
fn closed(served: Served) {
    let probity: Probity = served.probity.clone();
    drop(served);
    probity.close();
}

/// Whoever has the database can try no guesses of a key: what is kept of a request with a key in it is
/// not made of the request alone.
#[test]
fn what_makes_a_request_the_same_gives_no_key_away() {
    let kept = |keys: [u8; 32]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("probity.db");
        let store = Box::new(SqliteStore::open(&path).unwrap());
        let keys = Some(SealingKeys::new(keys));
        let served = Served::sealing(store, Time::parse(NOW).unwrap(), Options::default(), keys);
        served.publish(Environment::Live, sample("jobscout"));
        served.opens("kim", "byok");
        served.call_with(&served.live, "PUT", PLACE, &json!({"key": KEY}), Some("k1")).is(200);
        let connection = rusqlite::Connection::open(&path).unwrap();
        let query = "SELECT fingerprint FROM answers WHERE key = 'k1'";
        connection.query_row(query, [], |row| row.get::<_, [u8; 32]>(0)).unwrap()
    };
    assert_ne!(kept([7; 32]), kept([8; 32]));
    assert_eq!(kept([7; 32]), kept([7; 32]));
}

#[test]
fn a_store_in_memory_takes_keys_as_well() {
    let store = Box::<MemoryStore>::default();
    let served = Served::on(store);
    served.publish(Environment::Live, sample("jobscout"));
    served.opens("kim", "byok");
    served.put(PLACE, &json!({"key": KEY})).is(200);
    assert_eq!(asks(&served).is(200)["allowed"], true);
}

/// A sealing key that cannot be taken: nothing is served, nothing is made, nothing of it is repeated.
#[cfg(unix)]
#[test]
fn a_sealing_key_is_its_owners_alone_and_32_random_bytes() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let contract = repository().join("contracts/jobscout");
    let good = "00112233445566778899aabbccddeeff".repeat(2);
    let failed = |args: &[&str], env: &str| {
        let output = std::process::Command::new(snapbox::cmd::cargo_bin!("probity"))
            .current_dir(folder.path())
            .args(["serve", contract.to_str().unwrap(), "--listen", "127.0.0.1:0"])
            .args(args)
            .env("PROBITY_OWN_KEYS_KEY", env)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(!folder.path().join("probity.db").exists());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("8899aabb") && !said.contains("canary"), "{said}");
        said
    };
    let file = folder.path().join("own-keys.key");
    let named = ["--own-keys-key", "own-keys.key"];
    assert!(failed(&named, "").contains("cannot be read"));
    for (text, mode, says) in [
        (good.clone(), 0o644, "may be read or changed by others"),
        (good.clone(), 0o604, "chmod 600 own-keys.key"),
        (good.clone(), 0o620, "may be read or changed by others"),
        ("\n".to_owned(), 0o600, "it holds no key"),
        ("canary".to_owned(), 0o600, "key 1 in it is not 32 bytes in hex or base64"),
        (format!("{good}\n{}", &good[2..]), 0o600, "key 2 in it is not 32 bytes"),
        ("0".repeat(64), 0o640, "key 1 in it is not random"),
    ] {
        std::fs::write(&file, text).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let said = failed(&named, "");
        assert!(said.contains(says), "{mode:o}: {said}");
    }
    let said = failed(&[], "a canary");
    assert!(said.contains("PROBITY_OWN_KEYS_KEY cannot seal own keys"), "{said}");
}
