//! A product's own backend behind the gateway: found, charged by what it did, told whose run it is.

use super::{Front, TAILOR, Upstream};
use serde_json::json;

#[test]
fn what_the_backend_did_is_what_is_charged() {
    let cases = [
        ("200 OK", "", r#"{"result":["x"]}"#, "delivered", "5"),
        ("200 OK", "", r#"{"result":[]}"#, "empty", "0"),
        ("200 OK", "", "no json at all", "delivered", "5"),
        ("200 OK", "x-cache: HIT\r\n", r#"{"result":["x"]}"#, "reopened", "0"),
        ("422 Unprocessable", "", r#"{"error":"locked"}"#, "bad_input", "0"),
        ("404 Not Found", "", "{}", "failed", "0"),
        ("500 Oops", "", r#"{"result":["x"]}"#, "failed", "0"),
        ("302 Found", "location: http://127.0.0.1:1/\r\n", r#"{"result":["x"]}"#, "failed", "0"),
        (
            "200 OK",
            "probity-outcome: failed; reason=\"no space\"\r\n",
            r#"{"result":["x"]}"#,
            "failed",
            "0",
        ),
        ("200 OK", "probity-outcome: delivered\r\n", r#"{"result":[]}"#, "delivered", "5"),
    ];
    for (status, headers, body, outcome, charged) in cases {
        let front = Front::new(TAILOR, Upstream::answering(status, headers, body));
        let got = front.tailor("", "d1");
        assert_eq!(got.status().to_string(), status[..3]);
        assert_eq!(got.text(), body);
        let expected = (outcome.to_owned(), charged.to_owned());
        assert_eq!(front.came_to(&got), expected, "{status} {headers} {body}");
        assert_eq!(front.upstream.count(), 1, "redirects are not followed");
    }
}

#[test]
fn both_sides_are_told_of_the_run_and_nobody_can_tell_it_for_the_other() {
    let front = Front::new(
        TAILOR,
        Upstream::answering("200 OK", "probity-run: mine\r\n", "{\"result\":1}"),
    );
    let theirs = "probity-run: run_1\r\nprobity-mode: shadow\r\nProbity-Outcome: failed\r\nprobity-run-kind: reopened\r\n\
                  probity-now-charged: 7\r\n";
    let got = front.tailor(theirs, "d1");
    let run = got.header("probity-run").to_owned();
    assert!(run.starts_with("run_0"), "{run}");
    let told = ["probity-action", "probity-price", "probity-available", "probity-mode"];
    let told = told.map(|name| got.header(name));
    assert_eq!(told, ["tailor_document", "5", "115", "enforce"]);
    assert_eq!(got.header("probity-contract"), "jobscout@3");
    assert_eq!(front.upstream.last().header("probity-run"), run);
    assert_eq!(front.upstream.last().header("probity-mode"), "enforce");
    for name in ["probity-outcome", "probity-run-kind", "probity-now-charged"] {
        assert_eq!(front.upstream.last().header(name), "");
    }
    assert_eq!(front.came_to(&got), ("delivered".to_owned(), "5".to_owned()));
    // The same draft again is the customer's own: free, and the backend is told so.
    let again = front.tailor("", "d1");
    assert_eq!(front.upstream.last().header("probity-run-kind"), "reopened");
    assert_eq!((again.header("probity-price"), again.header("probity-outcome")), ("0", "reopened"));
}

#[test]
fn what_todays_billing_charged_rides_along() {
    let front = Front::new(
        TAILOR,
        Upstream::answering("200 OK", "probity-now-charged: 7.5\r\n", "{\"result\":1}"),
    );
    let got = front.tailor("", "d1");
    assert_eq!(got.header("probity-now-charged"), "");
    front.came_to(&got);
    let entries = front.served.get("/v1/customers/ana/entries?limit=1000").is(200);
    assert!(entries.to_string().contains("\"charged\":\"7.5\""), "{entries:#}");
}

#[test]
fn a_refusal_has_ways_forward_and_the_backend_does_not_hear_of_it() {
    let front = Front::new(TAILOR, Upstream::answering("200 OK", "", "{}"));
    let dear = front.tailor("probity-max-price: 4\r\n", "d1");
    let body = dear.refused(402, "price_above_max");
    let ways = body["ways_forward"].as_array().unwrap();
    assert!(ways.iter().any(|way| way["do"] == "raise_max_price"), "{body:#}");
    let above = front.post("/api/tailor", "", r#"{"draft":"d1","model":"gpt-4.5-grand"}"#);
    let body = above.refused(403, "model_above_plan");
    assert!(body["words"].as_str().unwrap().contains("GPT-4.1 or Claude Sonnet"), "{body:#}");
    assert_eq!(body["ways_forward"][0]["do"], "smaller_model");
    front.tailor("probity-max-price: lots\r\n", "d1").refused(422, "invalid_request");
    front.tailor("probity-again: please\r\n", "d1").refused(422, "invalid_request");
    front.tailor("probity-quote: qt_made_up\r\n", "d1").refused(422, "quote_invalid");
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn a_quote_is_honoured() {
    let front = Front::new(TAILOR, Upstream::answering("200 OK", "", "{\"result\":1}"));
    let asked = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1"});
    let quote = front.served.post("/v1/quotes", &asked).is(201);
    let quote = quote["quote"].as_str().unwrap();
    let got = front.tailor(&format!("probity-quote: {quote}\r\n"), "d1");
    assert_eq!(front.came_to(&got).1, "5");
    let other = front.tailor(&format!("probity-quote: {quote}\r\n"), "d2");
    other.refused(409, "quote_used");
}

#[test]
fn the_same_key_is_charged_once_and_a_failure_begins_anew() {
    let front = Front::new(TAILOR, Upstream::answering("200 OK", "", "{\"result\":1}"));
    let key = "idempotency-key: k1\r\n";
    let first = front.tailor(key, "d1");
    assert_eq!(front.came_to(&first).1, "5");
    let again = front.tailor(key, "d1").refused(409, "already_done");
    assert_eq!(again["receipt"]["run"], first.header("probity-run"));
    front.tailor(key, "d2").refused(422, "idempotency_key_reused");
    assert_eq!(front.upstream.count(), 1);

    let front = Front::new(TAILOR, Upstream::answering("500 Oops", "", "{}"));
    let runs: Vec<_> = (0..3).map(|_| front.tailor(key, "d1")).collect();
    for got in &runs {
        assert_eq!(front.came_to(got), ("failed".to_owned(), "0".to_owned()));
    }
    // It stops by itself after failing too often.
    front.tailor(key, "d1").refused(403, "item_paused");
    assert_eq!(front.upstream.count(), 3);
}

#[test]
fn a_redirect_is_passed_on_and_means_what_the_route_says() {
    let seen = || Upstream::answering("303 See Other", "location: /done\r\n", "{}");
    let front = Front::new(TAILOR, seen());
    let got = front.tailor("", "d1");
    assert_eq!((got.status(), got.header("location")), (303, "/done"));
    assert_eq!(front.came_to(&got), ("failed".to_owned(), "0".to_owned()));
    let routes = TAILOR
        .replace("outcome:", "outcome:\n        - { when: { status: 303 }, then: delivered }");
    let front = Front::new(&routes, seen());
    assert_eq!(front.came_to(&front.tailor("", "d1")), ("delivered".to_owned(), "5".to_owned()));
}
