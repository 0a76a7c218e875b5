//! The same request again gets the answer it got.

use super::served::{Served, sample};
use serde_json::{Value, json};

fn map(artifact: &str) -> Value {
    json!({"customer": "ana", "action": "enrich_market_map", "artifact": artifact})
}

#[test]
fn the_same_request_again_gets_the_same_answer() {
    let served = Served::new();
    served.ana();
    let run = |key: &str, body: &Value| {
        served.call_with(&served.live, "POST", "/v1/runs", body, Some(key))
    };
    let first = run("k1", &map("a"));
    assert_eq!(first.header("probity-replayed"), "");
    let again = run("k1", &map("a"));
    assert_eq!(again.header("probity-replayed"), "true");
    assert_eq!((again.status, again.body), (first.status, first.body));
    let other = run("k1", &map("b"));
    assert_eq!(other.header("x-should-retry"), "false");
    other.refused(422, "idempotency_key_reused");
    // Another query, another path: another request.
    let elsewhere = served.call_with(&served.live, "POST", "/v1/runs?", &map("a"), Some("k1"));
    elsewhere.refused(422, "idempotency_key_reused");
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 2);
}

#[test]
fn the_key_is_looked_up_before_anything_is_found_wrong() {
    let served = Served::new();
    served.ana();
    let bearer = format!("Bearer {}", served.live);
    let run = |body: &str| {
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", "k1"),
        ];
        served.call("POST", "/v1/runs", &headers, body.to_owned())
    };
    run("{").refused(400, "invalid_json");
    let refused = run(r#"{"customer":"ana","actoin":"x"}"#).refused(422, "invalid_request");
    assert_eq!(refused["field"], "actoin");
    // Neither used the key.
    run(&map("a").to_string()).is(201);
    run(r#"{"customer":"ana","actoin":"x"}"#).refused(422, "idempotency_key_reused");
    run("{").refused(400, "invalid_json");
}

#[test]
fn a_version_is_published_once_under_a_key() {
    let served = Served::new();
    let text = sample("jobscout").contract;
    let four = text.replace("version: 3", "version: 4").replace("Tailor a doc", "Tailor any doc");
    let publish = |body: &Value, key: &str| {
        served.call_with(&served.live, "POST", "/v1/contracts", body, Some(key))
    };
    let body = json!({"contract": four});
    let first = publish(&body, "k");
    let again = publish(&body, "k");
    assert_eq!(again.header("probity-replayed"), "true");
    assert_eq!((again.status, again.body), (first.status, first.is(201)));
    publish(&json!({"contract": text}), "k").refused(422, "idempotency_key_reused");
    publish(&json!({"contract": 1}), "k").refused(422, "idempotency_key_reused");
    // Nor is it anybody else's key.
    served.ana();
    served.call_with(&served.live, "POST", "/v1/runs", &map("a"), Some("k")).is(201);
    assert_eq!(served.get("/v1/contracts").is(200)["items"].as_array().unwrap().len(), 2);
}

#[test]
fn the_sandbox_clock_is_moved_once_under_a_key() {
    let served = Served::new();
    let moved = |by: &str, key: &str| {
        let by = json!({"by": by});
        served.call_with(&served.sandbox, "POST", "/v1/sandbox/clock", &by, Some(key))
    };
    let first = moved("1 day", "k").is(200);
    assert_eq!(first["now"], "2026-11-24T10:00:00Z");
    let again = moved("1 day", "k");
    assert_eq!(again.header("probity-replayed"), "true");
    assert_eq!(again.is(200), first);
    moved("2 days", "k").refused(422, "idempotency_key_reused");
    assert_eq!(moved("1 day", "other").is(200)["now"], "2026-11-25T10:00:00Z");
    // Keys live by this clock: after a month it may be used anew.
    moved("1 month", "third").is(200);
    assert_eq!(moved("2 days", "k").is(200)["now"], "2026-12-27T10:00:00Z");
}

/// A key is forgotten after a week: "not applied" says since when, and never more than that.
#[test]
fn a_forgotten_key_was_not_applied_since() {
    let served = Served::new();
    let sandbox = |method: &str, path: &str, body: &Value, key: Option<&str>| {
        served.call_with(&served.sandbox, method, path, body, key)
    };
    let state = || sandbox("GET", "/v1/idempotency/k?customer=ana", &Value::Null, None).is(200);
    sandbox("PUT", "/v1/customers/ana", &json!({"plan": "pro"}), None).is(201);
    sandbox("POST", "/v1/sandbox/clock", &json!({"to": "2026-12-01T10:00:00Z"}), None).is(200);
    let unknown = state();
    let since = "2026-11-24T10:00:00Z";
    assert_eq!((&unknown["state"], &unknown["since"]), (&json!("not_applied"), &json!(since)));
    let detail = unknown["detail"].as_str().unwrap();
    assert!(detail.contains(since) && detail.contains("7 days"), "{detail}");
    sandbox("POST", "/v1/runs", &map("a"), Some("k")).is(201);
    assert_eq!((&state()["state"], &state()["since"]), (&json!("applied"), &Value::Null));
    // As long as `since` covers it, it is known.
    sandbox("POST", "/v1/sandbox/clock", &json!({"by": "7 days"}), None).is(200);
    assert_eq!(state()["state"], "applied");
    sandbox("POST", "/v1/sandbox/clock", &json!({"by": "2 hours"}), None).is(200);
    let forgotten = state();
    assert_eq!(forgotten["state"], "not_applied");
    assert_eq!(forgotten["since"], "2026-12-01T12:00:00Z", "the run is older");
}

#[test]
fn a_denial_uses_no_key() {
    let served = Served::new();
    served.ana();
    served.post("/v1/customers/ana/pause", &json!({"reason": "x"})).is(200);
    let run = || served.call_with(&served.live, "POST", "/v1/runs", &map("a"), Some("k"));
    run().refused(403, "paused");
    served.post("/v1/customers/ana/resume", &json!({})).is(200);
    run().is(201);
    served.post("/v1/customers/ana/pause", &json!({"reason": "x"})).is(200);
    assert_eq!(run().header("probity-replayed"), "true");
}

#[test]
fn keys_belong_to_their_customer() {
    let served = Served::new();
    served.ana();
    served.opens("bo", "pro");
    let mut body = map("a");
    let run = |body: &Value| served.call_with(&served.live, "POST", "/v1/runs", body, Some("k"));
    run(&body).is(201);
    body["customer"] = json!("bo");
    let got = run(&body);
    assert_eq!(got.header("probity-replayed"), "");
    got.is(201);
}

#[test]
fn tokens_quotes_and_questions_have_keys_too() {
    let served = Served::new();
    served.ana();
    let run = served.starts(&map("a"));
    let question = format!("/v1/runs/{run}/question");
    let cases = [
        ("/v1/customers/ana/tokens", json!({}), 201),
        (
            "/v1/quotes",
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d"}),
            201,
        ),
        (question.as_str(), json!({"text": "why?"}), 202),
    ];
    for (n, (path, body, status)) in cases.iter().enumerate() {
        let key = format!("k{n}");
        let ask = |body: &Value| served.call_with(&served.live, "POST", path, body, Some(&key));
        let first = ask(body);
        served.now("2026-11-23T10:01:00Z");
        let again = ask(body);
        assert_eq!((first.status, again.header("probity-replayed")), (*status, "true"), "{path}");
        assert_eq!(again.body, first.body, "{path}");
        let mut other = body.clone();
        other["more"] = json!(1);
        ask(&other).refused(422, "idempotency_key_reused");
    }
    // What is kept opens nothing: a token is signed on its way out.
    let token =
        served.call_with(&served.live, "POST", "/v1/customers/ana/tokens", &json!({}), Some("k0"));
    let text = token.body["token"].as_str().unwrap().to_owned();
    served.get_as(&text, "/v1/customers/ana").is(200);
    let kept = served.probity.look_up(probity::Environment::Live, "ana".into(), "k0".to_owned());
    let kept = kept.unwrap().wait().unwrap().unwrap().body;
    assert!(!kept.contains(&text) && kept.contains(text.split('.').next().unwrap()));
}

#[test]
fn many_at_once_are_one() {
    let served = std::sync::Arc::new(Served::new());
    served.ana();
    let threads: Vec<_> = (0..16)
        .map(|_| {
            let served = std::sync::Arc::clone(&served);
            std::thread::spawn(move || {
                let live = served.live.clone();
                served.call_with(&live, "POST", "/v1/runs", &map("a"), Some("k")).is(201)
            })
        })
        .collect();
    let answers: Vec<Value> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 2);
}
