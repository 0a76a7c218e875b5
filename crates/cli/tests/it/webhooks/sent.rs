//! What is sent, when again, and when no more: by a clock that the test moves.

use super::receiver::Receiver;
use crate::http::served::{Got, Served};
use probity_core::Time;
use serde_json::{Value, json};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

const ALL: &str = "/v1/webhook-endpoints";

/// A server that sends, its sandbox with a customer.
struct Shop(Served);

impl Shop {
    fn new() -> Self {
        let served = Served::new();
        served.delivers();
        let shop = Self(served);
        shop.ask("PUT", "/v1/customers/ana", &json!({"plan": "pro"})).is(201);
        shop
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Got {
        self.0.call_as(&self.0.sandbox, method, path, body)
    }

    /// Events of a type go there; the path of the endpoint.
    fn sends(&self, to: &Receiver, kind: &str) -> String {
        let made = self.ask("POST", ALL, &json!({"url": to.url(), "events": [kind]})).is(201);
        format!("{ALL}/{}", made["id"].as_str().unwrap())
    }

    fn runs(&self, artifact: &str) {
        let run = json!({"customer": "ana", "action": "map_market", "artifact": artifact,
            "outcome": "delivered"});
        self.ask("POST", "/v1/runs", &run).is(201);
    }

    /// Asks until the newest delivery was tried so often; it is written down after each try.
    #[track_caller]
    fn tried(&self, at: &str, attempts: u64) -> Value {
        loop {
            let all = self.ask("GET", &format!("{at}/deliveries"), &Value::Null).is(200);
            if all["items"][0]["attempts"] == attempts {
                return all["items"][0].clone();
            }
        }
    }

    /// Asks until the endpoint is stopped; says why.
    fn stopped(&self, at: &str) -> String {
        loop {
            let endpoint = self.ask("GET", at, &Value::Null).is(200);
            if let Some(why) = endpoint["stopped"].as_str() {
                return why.to_owned();
            }
        }
    }

    /// Moves the clock to when a delivery is tried next, and a little further.
    fn waits_for(&self, delivery: &Value, at: &str) {
        let next = Time::parse(delivery["next_try"].as_str().unwrap()).unwrap();
        // Times are told to the second.
        self.0.clock.set(next.plus_seconds(1));
        // The computer's clock moves by itself; this one wakes nobody.
        self.ask("PUT", at, &json!({})).is(200);
    }
}

#[test]
fn what_fails_is_tried_ten_times_over_three_days_and_can_be_replayed() {
    let well = Arc::new(Mutex::new(false));
    let answers = Arc::clone(&well);
    let receiver = Receiver::answering(move |_| {
        if *answers.lock().unwrap() { "204 No Content" } else { "503 Busy" }.to_owned()
    });
    let shop = Shop::new();
    let at = shop.sends(&receiver, "run.settled");
    shop.runs("m1");
    let first = receiver.next();
    let id = first.header("webhook-id").to_owned();
    assert_eq!(first.json()["id"], id.as_str());
    for attempts in 1..10 {
        let waiting = shop.tried(&at, attempts);
        assert_eq!((&waiting["state"], &waiting["answered"]), (&json!("waiting"), &json!("503")));
        shop.waits_for(&waiting, &at);
        let again = receiver.next();
        assert_eq!((again.header("webhook-id"), &again.body), (id.as_str(), &first.body));
        assert!(again.header("webhook-timestamp") > first.header("webhook-timestamp"));
    }
    let dead = shop.tried(&at, 10);
    assert_eq!((&dead["state"], &dead["next_try"]), (&json!("dead"), &Value::Null));
    let why = shop.stopped(&at);
    assert!(why.contains("three days") && why.contains("503"), "{why}");
    // Whoever looks after it sees it, with the way forward; once it is mended it is gone from there.
    let fails = || {
        let path = "/v1/reports/exceptions?kind=webhook_fails";
        shop.ask("GET", path, &Value::Null).is(200)["items"].as_array().unwrap().clone()
    };
    let listed = fails();
    assert_eq!((listed.len(), &listed[0]["kind"]), (1, &json!("webhook_fails")));
    let (what, next) = (listed[0]["what"].as_str().unwrap(), listed[0]["next"].as_str().unwrap());
    assert!(what.contains("One event did not arrive") && what.contains("503"), "{what}");
    assert!(next.contains("probity webhooks replay we_") && next.contains("--dead"), "{next}");
    let metrics = shop.ask("GET", "/metrics", &Value::Null).text;
    for line in ["probity_webhooks_failed_total 10", "probity_webhooks_dead 1"] {
        assert!(metrics.lines().any(|found| found == line), "{line}\n{metrics}");
    }
    // Somebody mends it, starts it again, and has what it missed sent, also what happened meanwhile.
    *well.lock().unwrap() = true;
    shop.runs("m2");
    shop.ask("POST", &format!("{at}/start"), &json!({})).is(200);
    let replay = |body: Value| shop.ask("POST", &format!("{at}/replay"), &body).is(200);
    assert_eq!(replay(json!({"dead": true})), json!({"replayed": 1, "next_after": null}));
    assert_eq!(receiver.next().header("webhook-id"), id);
    shop.tried(&at, 1);
    assert_eq!(fails(), [] as [Value; 0]);
    let all = replay(json!({"since": "2026-11-23T00:00:00Z"}));
    assert_eq!(all["replayed"], 2);
    let mut came: Vec<String> =
        (0..2).map(|_| receiver.next().header("webhook-id").to_owned()).collect();
    came.sort();
    assert!(came[0] == id && came[1] != id, "{came:?}");
    let again = replay(json!({"events": [id]}));
    assert_eq!(again["replayed"], 1);
    assert_eq!(receiver.next().header("webhook-id"), id);
    let path = format!("{at}/replay");
    shop.ask("POST", &path, &json!({})).refused(422, "invalid_request");
    let both = json!({"dead": true, "since": "2026-11-23T00:00:00Z"});
    shop.ask("POST", &path, &both).refused(422, "invalid_request");
    let none = json!({"events": ["evt_0190c9e5f3a87b3c9d1e2f3a4b5c6d7e"]});
    shop.ask("POST", &path, &none).refused(404, "not_found");
}

#[test]
fn who_is_gone_is_stopped_and_nobody_is_followed_elsewhere() {
    let shop = Shop::new();
    let gone = Receiver::answering(|_| "410 Gone".to_owned());
    let elsewhere = Receiver::new();
    let location = elsewhere.url();
    let moved = Receiver::answering(move |_| format!("307 Elsewhere\r\nlocation: {location}"));
    let (gone_at, moved_at) = (shop.sends(&gone, "run.settled"), shop.sends(&moved, "run.settled"));
    shop.runs("m1");
    gone.next();
    moved.next();
    assert!(shop.stopped(&gone_at).contains("410 Gone"));
    let dead = shop.tried(&gone_at, 1);
    assert_eq!(dead["state"], "dead");
    let waiting = shop.tried(&moved_at, 1);
    assert_eq!(waiting["state"], "waiting");
    assert!(waiting["answered"].as_str().unwrap().starts_with("307"), "{waiting:#}");
    assert!(elsewhere.so_far().is_empty());
    // Where one is stopped, nothing new waits for it.
    shop.runs("m2");
    moved.next();
    let all = shop.ask("GET", &format!("{gone_at}/deliveries"), &Value::Null).is(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
}

#[test]
fn who_asks_for_patience_gets_it() {
    let shop = Shop::new();
    let busy = Receiver::answering(|_| "429 Busy\r\nretry-after: 3600".to_owned());
    let at = shop.sends(&busy, "run.settled");
    shop.runs("m1");
    busy.next();
    let waiting = shop.tried(&at, 1);
    assert_eq!(waiting["next_try"], "2026-11-23T11:00:00Z", "{waiting:#}");
}

#[test]
fn one_who_is_slow_holds_up_nobody_else() {
    let shop = Shop::new();
    let (opens, open) = channel::<()>();
    let open = Mutex::new(open);
    // It answers nobody until the end.
    let slow = Receiver::answering(move |_| {
        let _ = open.lock().unwrap().recv();
        "200 OK".to_owned()
    });
    let quick = Receiver::new();
    shop.sends(&slow, "run.settled");
    shop.sends(&quick, "run.settled");
    for n in 0..40 {
        shop.runs(&format!("m{n}"));
    }
    let came: std::collections::BTreeSet<String> =
        (0..40).map(|_| quick.next().header("webhook-id").to_owned()).collect();
    assert_eq!(came.len(), 40);
    // At most a few are on their way to it.
    (0..8).for_each(|_| drop(slow.next()));
    assert!(slow.so_far().is_empty());
    drop(opens);
}

#[test]
fn a_test_is_sent_at_once_and_says_what_came_of_it() {
    let shop = Shop::new();
    let receiver = Receiver::answering(|n| if n == 0 { "200 OK" } else { "500 No" }.to_owned());
    let at = shop.sends(&receiver, "run.settled");
    let test = || shop.ask("POST", &format!("{at}/test"), &json!({})).is(200);
    let tested = test();
    assert_eq!((&tested["delivered"], &tested["answered"]), (&json!(true), &json!("200")));
    let came = receiver.next();
    assert_eq!(came.json()["type"], "webhook.test");
    assert_eq!(came.header("webhook-id"), tested["event"]);
    assert_eq!(came.header("content-type"), "application/json");
    assert!(came.header("user-agent").starts_with("Probity-Webhooks/"));
    let tested = test();
    assert_eq!((&tested["delivered"], &tested["answered"]), (&json!(false), &json!("500")));
}
