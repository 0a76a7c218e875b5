//! Calls on the customer's own AI key: with it, to its provider, or not at all.

use super::upstream::{Does, answer};
use super::{Front, Got, Upstream, got, post};
use crate::http::served::{NOW, Served, sample};
use probity::Environment;
use probity::engine::Options;
use probity::sealing::SealingKeys;
use probity::store::MemoryStore;
use probity_core::Time;
use serde_json::{Value, json};
use std::io::Write;

const KEY: &str = "sk-own-canary-0123456789-abcd";
const OTHER: &str = "sk-per-request-canary-9876543210";

/// A draft is tailored by a provider; the key of ours that stands there must never be seen.
const CHAT: &str = "
    - match: POST /v1/chat/completions
      upstream: http://UPSTREAM
      protocol: openai_chat
      action: tailor_document
      customer: { header: x-customer-id }
      artifact: { header: x-draft }
      upstream_key: { env: CARGO_PKG_NAME }
      takes_own_keys: true
";
pub(super) const DONE: &str = r#"{"id":"c1","object":"chat.completion","model":"gpt-4.1","choices":[{"index":0,
    "message":{"role":"assistant","content":"Done."},"finish_reason":"stop"}],
    "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}}"#;
/// What is sent where a key is wrong; it tells parts of the key again, and is not to be passed on.
const WRONG: &str = r#"{"error":{"message":"Incorrect API key provided: sk-own***abcd.","type":
    "invalid_request_error","code":"invalid_api_key"}}"#;

fn done() -> Upstream {
    Upstream::answering("200 OK", "", DONE)
}

/// Ana is on the plan that runs on own keys, with or without one.
fn front(routes: &str, upstream: Upstream, key: Option<&str>) -> Front {
    let served = Served::new();
    served.opens("ana", "byok");
    if let Some(key) = key {
        stores(&served, key);
    }
    Front::of(served, routes, upstream)
}

fn stores(served: &Served, key: &str) {
    served.put("/v1/customers/ana/own-keys/openai", &json!({"key": key})).is(200);
}

fn chat(front: &Front, headers: &str, draft: &str) -> Got {
    let headers = format!("x-draft: {draft}\r\n{headers}");
    front.post("/v1/chat/completions", &headers, r#"{"model":"gpt-4.1","messages":[]}"#)
}

/// The refusal in the shape that OpenAI's client libraries read, and nothing of a key in it.
#[track_caller]
fn refused(got: &Got, status: u16, code: &str, says: &str) -> Value {
    let body = got.refused(status, code);
    assert_eq!(body["error"]["code"], code, "{body:#}");
    assert!(body["error"]["message"].as_str().unwrap().contains(says), "{body:#}");
    assert!(!got.text().contains("canary") && !got.text().contains("sk-own"), "{}", got.text());
    assert!(!got.head.contains("canary"), "{}", got.head);
    body
}

fn leads(body: &Value, way: &str) -> bool {
    body["error"]["ways_forward"].as_array().unwrap().iter().any(|listed| listed["do"] == way)
}

#[test]
fn a_stored_key_does_the_work_and_its_owner_pays_nothing_to_us() {
    let front = front(CHAT, done(), Some(KEY));
    let got = chat(&front, "authorization: Bearer somebody\r\nx-api-key: else\r\n", "d1");
    assert_eq!((got.status(), got.text()), (200, DONE));
    let asked = front.upstream.last();
    assert_eq!(asked.header("authorization"), format!("Bearer {KEY}"));
    assert_eq!(asked.header("x-api-key"), "");
    let receipt = front.ended(got.header("probity-run"));
    assert_eq!((&receipt["rule"], &receipt["charged"]), (&json!("on_your_key"), &json!("0")));
    let attempt = &receipt["attempts"][0];
    assert_eq!((&attempt["own_key"], &attempt["paid_by"]), (&json!(true), &json!("customer")));
    assert_eq!((&attempt["provider"], &attempt["usage"]["input"]), (&json!("openai"), &json!(100)));
}

#[test]
fn each_protocol_has_its_place_for_a_key() {
    for (protocol, provider, place, before) in [
        ("openai_responses", "openai", "authorization", "Bearer "),
        ("anthropic", "anthropic", "x-api-key", ""),
        ("gemini", "gemini", "x-goog-api-key", ""),
        ("anthropic", "proxy-of-ours", "x-api-key", ""),
    ] {
        let routes = CHAT.replace("openai_chat", protocol);
        let named = format!("provider: {provider}\n      takes_own_keys");
        let front = front(&routes.replace("takes_own_keys", &named), done(), None);
        let place_of_key = format!("/v1/customers/ana/own-keys/{provider}");
        front.served.put(&place_of_key, &json!({"key": KEY})).is(200);
        chat(&front, "", "d1");
        assert_eq!(front.upstream.last().header(place), format!("{before}{KEY}"), "{protocol}");
    }
}

#[test]
fn without_a_key_it_does_not_begin_and_ours_is_not_taken() {
    let front = front(CHAT, done(), None);
    let body = refused(&chat(&front, "", "d1"), 403, "own_key_missing", "add one to start");
    assert!(leads(&body, "use_own_key"), "{body:#}");
    assert_eq!(front.upstream.count(), 0);
    let runs = front.served.get("/v1/customers/ana/runs").is(200);
    assert_eq!(runs["items"], json!([]));
}

#[test]
fn a_key_for_another_provider_is_no_key_for_this_one() {
    let front = front(CHAT, done(), None);
    front.served.put("/v1/customers/ana/own-keys/anthropic", &json!({"key": KEY})).is(200);
    // However often: nothing was tried, so nothing has failed.
    for _ in 0..5 {
        let got = chat(&front, "", "d1");
        let body = refused(&got, 403, "own_key_missing", "none for openai that works");
        assert_eq!(body["ways_forward"][0]["do"], "use_own_key");
        assert_eq!(front.came_to(&got), ("cancelled".to_owned(), "0".to_owned()));
        assert_eq!(front.receipt(got.header("probity-run"))["reason"], "own_key_missing");
    }
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn a_key_that_its_provider_refuses_is_not_tried_again_and_nothing_is_charged() {
    for (status, draft) in [("401 Unauthorized", "d1"), ("403 Forbidden", "d2")] {
        let front = front(CHAT, Upstream::answering(status, "", WRONG), Some(KEY));
        let got = chat(&front, "", draft);
        let says = "Your AI provider refused your key. Nothing was charged by us.";
        let body = refused(&got, 403, "own_key_missing", says);
        assert_eq!(body["error"]["ways_forward"][0]["do"], "fix_own_key");
        assert_eq!(front.came_to(&got), ("failed".to_owned(), "0".to_owned()));
        assert_eq!(front.receipt(got.header("probity-run"))["reason"], "own_key_refused");
        // The books know, so the next one does not begin.
        let entries = front.served.get("/v1/customers/ana/entries").is(200).to_string();
        assert!(entries.contains("refused") && !entries.contains(KEY), "{entries}");
        let body = refused(&chat(&front, "", "d3"), 403, "own_key_missing", says);
        assert!(leads(&body, "fix_own_key"), "{body:#}");
        assert_eq!(front.upstream.count(), 1);
        // With one of another provider it begins, and stops before it goes to this one.
        front.served.put("/v1/customers/ana/own-keys/gemini", &json!({"key": KEY})).is(200);
        refused(&chat(&front, "", "d3"), 403, "own_key_missing", "none for openai that works");
        assert_eq!(front.upstream.count(), 1);
        stores(&front.served, "sk-own-another-canary");
        chat(&front, "", "d3");
        assert_eq!(front.upstream.last().header("authorization"), "Bearer sk-own-another-canary");
    }
}

/// Whose failure it was is told to the operator: not ours.
#[test]
fn a_refused_key_is_no_failure_of_ours() {
    let front = front(CHAT, Upstream::answering("401 Unauthorized", "", WRONG), Some(KEY));
    front.came_to(&chat(&front, "", "d1"));
    let report = front.served.get("/v1/reports/exceptions").is(200);
    let kinds: Vec<&str> =
        report["items"].as_array().unwrap().iter().filter_map(|l| l["kind"].as_str()).collect();
    assert!(kinds.contains(&"key_refused") && !kinds.contains(&"our_failure"), "{report:#}");
    let line = report["items"].as_array().unwrap().iter().find(|l| l["kind"] == "key_refused");
    let next = line.unwrap()["next"].as_str().unwrap();
    assert!(next.contains("another key") && next.contains("PUT /v1/customers"), "{next}");
    let kept = front.served.get("/v1/customers/ana/own-keys/openai").is(200);
    assert_eq!((&kept["refused"], &kept["ends_with"]), (&json!(NOW), &json!("abcd")));
}

/// Gemini says within a 400 that a key is wrong; another 400 is the client's, and passes as it is.
#[test]
fn gemini_refuses_a_key_in_its_own_way() {
    const INVALID: &str = r#"{"error":{"code":400,"message":"API key not valid.","status":
        "INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",
        "reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}"#;
    let routes = CHAT.replace("openai_chat", "gemini");
    let front_of = |body: &str| {
        let front = front(&routes, Upstream::answering("400 Bad Request", "", body), None);
        front.served.put("/v1/customers/ana/own-keys/gemini", &json!({"key": KEY})).is(200);
        front
    };
    let front = front_of(INVALID);
    let got = chat(&front, "", "d1");
    let body = got.refused(403, "own_key_missing");
    assert_eq!(body["ways_forward"][0]["do"], "fix_own_key", "{body:#}");
    assert_eq!(front.receipt(got.header("probity-run"))["reason"], "own_key_refused");
    let kept = front.served.get("/v1/customers/ana/own-keys/gemini").is(200);
    assert_eq!(kept["refused"], NOW);
    let long = INVALID.replace("API_KEY_INVALID", &"x".repeat(200_000));
    for other in [INVALID.replace("API_KEY_INVALID", "FIELD_INVALID"), "{".to_owned(), long] {
        let front = front_of(&other);
        let got = chat(&front, "", "d1");
        assert_eq!((got.status(), got.text() == other), (400, true));
        assert_eq!(front.came_to(&got), ("failed".to_owned(), "0".to_owned()));
        let kept = front.served.get("/v1/customers/ana/own-keys/gemini").is(200);
        assert_eq!(kept["refused"], Value::Null);
    }
}

#[test]
fn a_key_that_was_exchanged_meanwhile_is_not_the_one_that_was_refused() {
    let script = vec![Does::Waits, Does::Sends(answer("401 Unauthorized", "", WRONG))];
    let front = front(CHAT, Upstream::new(script), Some(KEY));
    let mut stream = front.connect();
    let request = post("/v1/chat/completions", "x-draft: d1\r\n", "{\"model\":\"gpt-4.1\"}");
    stream.write_all(request.as_bytes()).unwrap();
    front.upstream.has_come_so_far();
    front.served.now("2026-11-23T10:00:01Z");
    stores(&front.served, OTHER);
    front.upstream.goes_on();
    refused(&got(stream), 403, "own_key_missing", "refused your key");
    let ask = json!({"customer": "ana", "action": "tailor_document", "artifact": "d2"});
    assert_eq!(front.served.post("/v1/check", &ask).is(200)["allowed"], true);
}

#[test]
fn a_key_per_request_goes_before_the_stored_one_and_is_kept_nowhere() {
    for (stored, sent) in [
        (None, OTHER.to_owned()),
        (Some(KEY), format!("Bearer {OTHER}")),
        (Some(KEY), format!("bearer  {OTHER} ")),
    ] {
        let front = front(CHAT, done(), stored);
        let header = format!("probity-provider-authorization: {sent}\r\n");
        let got = chat(&front, &header, "d1");
        assert_eq!(front.upstream.last().header("authorization"), format!("Bearer {OTHER}"));
        assert_eq!(front.upstream.last().header("probity-provider-authorization"), "");
        let attempt = front.ended(got.header("probity-run"))["attempts"][0].clone();
        assert_eq!(attempt["own_key"], true);
        let entries = front.served.get("/v1/customers/ana/entries?limit=1000").is(200);
        assert!(!entries.to_string().contains("canary"));
    }
    // Refused, it says nothing of the stored one.
    let front = front(CHAT, Upstream::answering("401 Unauthorized", "", WRONG), Some(KEY));
    let header = format!("probity-provider-authorization: {OTHER}\r\n");
    let got = chat(&front, &header, "d1");
    refused(&got, 403, "own_key_missing", "refused your key");
    assert_eq!(front.came_to(&got), ("failed".to_owned(), "0".to_owned()));
    let ask = json!({"customer": "ana", "action": "tailor_document", "artifact": "d2"});
    assert_eq!(front.served.post("/v1/check", &ask).is(200)["allowed"], true);
}

#[test]
fn what_is_no_key_per_request_is_refused_and_not_repeated() {
    let front = front(CHAT, done(), None);
    let twice = format!("{OTHER}\r\nprobity-provider-authorization: {OTHER}");
    for sent in ["", "Bearer ", "canary", "canary canary canary", "Basic canary:canary", &twice] {
        let header = format!("probity-provider-authorization: {sent}\r\n");
        let body = refused(&chat(&front, &header, "d1"), 422, "invalid_request", "Nothing was");
        assert_eq!(body["field"], "Probity-Provider-Authorization");
    }
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn no_key_goes_to_a_host_that_is_not_its_providers() {
    let routes = CHAT.replace("      takes_own_keys: true\n", "");
    let front = front(&routes, done(), Some(KEY));
    let got = chat(&front, "", "d1");
    refused(&got, 403, "own_key_missing", "Nothing was charged");
    assert_eq!(front.came_to(&got), ("cancelled".to_owned(), "0".to_owned()));
    let header = format!("probity-provider-authorization: {OTHER}\r\n");
    refused(&chat(&front, &header, "d1"), 422, "invalid_request", "no own keys are taken here");
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn a_key_that_cannot_be_opened_stops_the_run() {
    let store = MemoryStore::default();
    let on = |keys: Option<[u8; 32]>| {
        let keys = keys.map(SealingKeys::new);
        let (now, options) = (Time::parse(NOW).unwrap(), Options::default());
        Served::sealing(Box::new(store.clone()), now, options, keys)
    };
    let served = on(Some([7; 32]));
    served.publish(Environment::Live, sample("jobscout"));
    served.opens("ana", "byok");
    stores(&served, KEY);
    let probity = served.probity.clone();
    drop(served);
    probity.close();
    for keys in [Some([8; 32]), None] {
        let front = Front::of(on(keys), CHAT, done());
        let got = chat(&front, "", "d1");
        refused(&got, 503, "billing_unavailable", "cannot be opened");
        assert_eq!(got.header("retry-after"), "5");
        assert_eq!(front.came_to(&got), ("failed".to_owned(), "0".to_owned()));
        assert_eq!(front.receipt(got.header("probity-run"))["reason"], "own_key_unopened");
        assert_eq!(front.upstream.count(), 0);
        let probity = front.served.probity.clone();
        drop(front);
        probity.close();
    }
}

#[test]
fn what_their_provider_bills_is_capped() {
    let much = DONE.replace("\"prompt_tokens\":100", "\"prompt_tokens\":10000000");
    let front = front(CHAT, Upstream::answering("200 OK", "", &much), Some(KEY));
    front.came_to(&chat(&front, "", "d1"));
    let body = refused(&chat(&front, "", "d2"), 403, "own_key_cap", "$20");
    assert_eq!(body["limit"]["of"], "own_key");
    let header = format!("probity-provider-authorization: {OTHER}\r\n");
    refused(&chat(&front, &header, "d2"), 403, "own_key_cap", "$20");
    assert_eq!(front.upstream.count(), 1);
}

/// In shadow nothing is stopped: a stored key is taken, and without one it goes on as it does today.
#[test]
fn before_it_is_enforced_nothing_is_stopped() {
    let routes = CHAT.replace("tailor_document", "process_documents");
    let routes = routes.replace("artifact: { header: x-draft }", "quantity: { header: x-draft }");
    let front = front(&routes, done(), None);
    let got = chat(&front, "", "3");
    assert_eq!((got.status(), got.text()), (200, DONE));
    assert_eq!(front.upstream.last().header("authorization"), "Bearer probity-cli");
    let attempt = front.ended(got.header("probity-run"))["attempts"][0].clone();
    assert_eq!((&attempt["own_key"], &attempt["paid_by"]), (&Value::Null, &json!("us")));
    stores(&front.served, KEY);
    let got = chat(&front, "", "3");
    assert_eq!(front.upstream.last().header("authorization"), format!("Bearer {KEY}"));
    let attempt = front.ended(got.header("probity-run"))["attempts"][0].clone();
    assert_eq!((&attempt["own_key"], &attempt["paid_by"]), (&json!(true), &json!("customer")));
}

/// The product's own backend does it: it is handed the key beside what it knows the customer by.
#[test]
fn a_backend_gets_the_key_only_where_it_is_said_to_take_it() {
    let plain = CHAT.replace("protocol: openai_chat", "provider: openai");
    let plain = plain.replace("      upstream_key: { env: CARGO_PKG_NAME }\n", "");
    let front_of = |routes: &str| front(routes, done(), Some(KEY));
    let session = "authorization: Bearer session\r\n";
    let takes = front_of(&plain);
    assert_eq!(chat(&takes, session, "d1").status(), 200);
    let asked = takes.upstream.last();
    assert_eq!(asked.header("authorization"), "Bearer session");
    assert_eq!(asked.header("probity-provider-authorization"), format!("Bearer {KEY}"));
    let other = front_of(&plain.replace("      takes_own_keys: true\n", ""));
    assert_eq!(chat(&other, session, "d1").status(), 200);
    let asked = other.upstream.last();
    assert_eq!(asked.header("authorization"), "Bearer session");
    assert!(!asked.head.contains("canary"));
    // What a backend refuses is its own affair, and says nothing of the key.
    let front = front(&plain, Upstream::answering("403 Forbidden", "", "{\"no\":1}"), Some(KEY));
    let got = chat(&front, session, "d1");
    assert_eq!((got.status(), got.text()), (403, "{\"no\":1}"));
    let ask = json!({"customer": "ana", "action": "tailor_document", "artifact": "d2"});
    assert_eq!(front.served.post("/v1/check", &ask).is(200)["allowed"], true);
}
