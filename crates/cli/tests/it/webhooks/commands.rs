//! `probity listen`, `trigger` and `webhooks`, asking a real service.

use super::Shop;
use super::receiver::{Got, Receiver};
use probity_core::event::EventKind;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A command that asks a shop.
fn command(shop: &Shop, args: &[&str]) -> Command {
    let mut command = Command::new(snapbox::cmd::cargo_bin!("probity"));
    command.args(args).env("PROBITY_URL", format!("http://{}", shop.started.address));
    command.env("PROBITY_KEY", &shop.key);
    command
}

/// What it says, where it ends well.
fn said(shop: &Shop, args: &[&str]) -> String {
    let out = command(shop, args).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// `probity listen`, which listens already, and what it said before.
fn listens(shop: &Shop, args: &[&str]) -> (Child, Vec<String>) {
    let mut command = command(shop, &["listen"]);
    let command = command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stderr.as_mut().unwrap()).lines().map(Result::unwrap);
    let mut is_there = false;
    let before = lines.take_while(|line| {
        is_there = line.starts_with("Listening");
        !is_there
    });
    let before = before.collect();
    if !is_there {
        let ended = child.wait();
        panic!("it does not listen: {ended:?} {before:?}");
    }
    (child, before)
}

fn ended(child: Child) -> String {
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn what_is_triggered_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::opens(folder.path());
    // First what moves the clock: later there are others whose time would be up.
    let takes_time =
        |kind: &&str| ["run.expired", "grant.expires_soon", "grant.expired"].contains(kind);
    let mut kinds: Vec<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
    kinds.sort_by_key(|kind| !takes_time(kind));
    for kind in kinds {
        // Own keys are not kept by this shop; the others no customer brings about alone.
        let only_shown =
            ["own_key.changed", "customer.unusual_day", "terms.changing", "terms.began"];
        if only_shown.contains(&kind) {
            continue;
        }
        let (child, _) = listens(&shop, &["--events", kind, "--count", "1"]);
        let happened = match takes_time(&kind) {
            true => said(&shop, &["trigger", kind, "--move-clock"]),
            false => said(&shop, &["trigger", kind]),
        };
        let (_, customer) = happened.trim_end().split_once(" happened to ").unwrap();
        let customer = customer.split(',').next().unwrap();
        let heard = ended(child);
        assert!(heard.contains(kind) && heard.contains(customer), "{heard}");
    }
    let (child, _) = listens(&shop, &["--customer", "t1", "--count", "2", "--json"]);
    said(&shop, &["trigger", "customer.opened"]);
    shop.put("/v1/customers/t1", &serde_json::json!({"plan": "pro"}));
    said(&shop, &["trigger", "customer.paused", "--customer", "t1"]);
    let heard: Vec<Value> =
        ended(child).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(heard[0]["type"], "customer.opened");
    assert_eq!(heard[1]["type"], "customer.paused");
    // From there on, also afterwards.
    let after = heard[0]["id"].as_str().unwrap();
    let again =
        said(&shop, &["listen", "--customer", "t1", "--count", "1", "--json", "--after", after]);
    assert_eq!(serde_json::from_str::<Value>(&again).unwrap(), heard[1]);
}

/// Of each type: as its schema has it, and it says that it is one.
#[test]
fn a_sample_has_the_shape_of_its_event_and_stands_in_no_books() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::opens(folder.path());
    let types = shop.get("/v1/event-types");
    for of in types["items"].as_array().unwrap() {
        let shown = said(&shop, &["trigger", of["type"].as_str().unwrap(), "--sample"]);
        let sample: Value = serde_json::from_str(&shown).unwrap();
        let schema = jsonschema::validator_for(&of["schema"]).unwrap();
        let wrong: Vec<_> = schema.iter_errors(&sample).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty() && sample["sample"] == true, "{wrong:?} {sample:#}");
    }
    assert_eq!(shop.get("/v1/customers")["items"].as_array().unwrap().len(), 0);
    let receiver = Receiver::new();
    let send = ["trigger", "terms.changing", "--send-to", &receiver.url()];
    let told = said(&shop, &send);
    assert!(told.contains("signed with whsec_") && told.ends_with(": 200\n"), "{told}");
    let got: Got = receiver.next();
    assert!(got.header("webhook-signature").starts_with("v1,"));
    assert_eq!(got.json()["id"].as_str().unwrap(), got.header("webhook-id"));
    assert_eq!(got.json()["sample"], true);
}

#[test]
fn who_cannot_be_triggered_is_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::opens(folder.path());
    let refused = |shop: &Shop, args: &[&str]| {
        let out = command(shop, args).output().unwrap();
        assert!(!out.status.success(), "{args:?}");
        String::from_utf8(out.stderr).unwrap()
    };
    let told = refused(&shop, &["trigger", "run.held", "--customer", "nobody"]);
    assert!(told.contains("no customer nobody in the sandbox"), "{told}");
    let told = refused(&shop, &["trigger", "own_key.changed"]);
    assert!(told.contains("--own-keys-key") && told.contains("--sample"), "{told}");
    let told = refused(&shop, &["trigger", "terms.began", "--move-clock"]);
    assert!(told.contains("trigger terms.began --sample"), "{told}");
    let live = Shop { key: "sk_live_0".to_owned(), ..shop };
    let told = refused(&live, &["trigger", "run.held"]);
    assert!(told.contains("take the sandbox key"), "{told}");
}

#[test]
fn it_goes_on_where_it_was_when_the_service_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::opens(folder.path());
    let address = shop.started.address.clone();
    let (child, _) = listens(&shop, &["--events", "customer.opened", "--count", "2", "--json"]);
    said(&shop, &["trigger", "customer.opened"]);
    let shop = shop.killed_at(folder.path(), &address);
    said(&shop, &["trigger", "customer.opened"]);
    let heard = ended(child);
    let ids: std::collections::BTreeSet<String> = heard
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].to_string())
        .collect();
    assert_eq!(ids.len(), 2, "{heard}");
}

#[test]
fn what_is_heard_is_sent_on_signed() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::opens(folder.path());
    let receiver = Receiver::new();
    let url = receiver.url();
    let args = ["--events", "run.settled", "--count", "1", "--forward-to", &url];
    let (child, before) = listens(&shop, &args);
    assert!(before[0].contains(&url) && before[0].contains("whsec_"), "{before:?}");
    said(&shop, &["trigger", "run.settled"]);
    let heard = ended(child);
    assert!(heard.trim_end().ends_with("→ 200"), "{heard}");
    let got: Got = receiver.next();
    assert_eq!(got.json()["type"], "run.settled");
    assert!(got.header("webhook-signature").starts_with("v1,"));
}

#[test]
fn endpoints_are_looked_after_by_command() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::opens(folder.path());
    let receiver = Receiver::new();
    let url = receiver.url();
    let made = said(&shop, &["webhooks", "add", &url, "--events", "run.settled", "--json"]);
    let made: Value = serde_json::from_str(&made).unwrap();
    let id = made["id"].as_str().unwrap();
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
    assert_eq!(said(&shop, &["webhooks", "test", id]), "It arrived: 200\n");
    receiver.next();
    said(&shop, &["trigger", "run.settled"]);
    let event = receiver.next().header("webhook-id").to_owned();
    let listed = said(&shop, &["webhooks"]);
    assert!(listed.contains(id) && listed.contains("run.settled"), "{listed}");
    let replayed = said(&shop, &["webhooks", "replay", id, "--event", &event]);
    assert_eq!(replayed, "1 events are sent again.\n");
    assert_eq!(receiver.next().header("webhook-id"), event);
    let since = said(&shop, &["webhooks", "replay", id, "--since", "2026-01-01T00:00:00Z"]);
    assert_eq!(since, "1 events are sent again.\n");
    receiver.next();
    let dead = said(&shop, &["webhooks", "replay", id, "--dead"]);
    assert_eq!(dead, "0 events are sent again.\n");
    assert!(said(&shop, &["webhooks", "deliveries", id]).contains(&event));
    assert!(said(&shop, &["webhooks", "rotate", id]).contains("whsec_"));
    assert!(said(&shop, &["webhooks", "stop", id]).contains("stopped: by sandbox"));
    assert!(!said(&shop, &["webhooks", "start", id]).contains("stopped"));
    said(&shop, &["webhooks", "remove", id]);
    assert_eq!(said(&shop, &["webhooks", "list"]), "Nothing is sent anywhere.\n");
}
