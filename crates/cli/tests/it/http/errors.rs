//! The closed list of problems, each with its status; and what comes with them.

use super::served::Served;
use probity::Environment;
use serde_json::{Value, json};

#[test]
fn without_a_valid_key_everything_else_is_401() {
    let served = Served::new();
    served.ana();
    for path in ["/v1/customers/ana", "/v1/contracts", "/metrics", "/v1/nowhere", "/nowhere"] {
        let got = served.get_as("", path);
        assert_eq!(got.header("www-authenticate"), "Bearer");
        got.refused(401, "unauthenticated");
    }
    for key in ["sk_live_0", "ct_x.y", "nonsense", &format!("{}x", served.live)] {
        served.get_as(key, "/v1/customers/ana").refused(401, "unauthenticated");
    }
    served
        .call("GET", "/v1/customers/ana", &[("authorization", "Basic eDp5")], "")
        .refused(401, "unauthenticated");
    for path in ["/healthz", "/readyz", "/docs", "/problems/not_found", "/v1/contract"] {
        assert_eq!(served.get_as("", path).status, 200, "{path}");
    }
}

#[test]
fn what_is_not_there_and_what_may_not_be_asked_so() {
    let served = Served::new();
    served.get("/v1/nowhere").refused(404, "not_found");
    served.get("/v1/customers/nobody").refused(404, "not_found");
    served.get("/v1/customers/no%20id/wallet").refused(404, "not_found");
    served.get("/v1/customers/%ff/wallet").refused(404, "not_found");
    served.get("/v1/runs/run_0").refused(404, "not_found");
    let unknown = "/v1/runs/run_01a2195a4c1071af8000000000020000";
    served.get(unknown).refused(404, "not_found");
    served
        .post(&format!("{unknown}/settle"), &json!({"outcome": "failed"}))
        .refused(404, "not_found");
    let got = served.call_as(&served.live, "DELETE", "/v1/customers/ana", &Value::Null);
    assert_eq!(got.header("allow"), "PUT, GET");
    got.refused(405, "method_not_allowed");
    served.call_as("", "POST", "/healthz", &Value::Null).refused(405, "method_not_allowed");
    served.call_as("", "DELETE", "/v1/customers/ana", &Value::Null).refused(401, "unauthenticated");
    served.put("/v1/customers/no%20id", &json!({"plan": "pro"})).refused(422, "invalid_request");
    let asked = json!({"customer": "ana", "action": "tailor_documents"});
    served.put("/v1/customers/ana", &json!({"plan": "pro"}));
    let said = served.post("/v1/check", &asked).refused(404, "not_found");
    let detail = said["detail"].as_str().unwrap();
    let nearest = "no action `tailor_documents` here: there are `tailor_document`, ";
    assert!(detail.contains(nearest) && said["field"] == "action", "{said:#}");
    let plan = served.put("/v1/customers/bo", &json!({"plan": "none"})).refused(404, "not_found");
    assert_eq!(plan["field"], "plan");
}

/// What nobody sees in a name, a program cannot be asked about again, and SQL may cut off.
#[test]
fn control_characters_are_refused_with_their_field() {
    let served = Served::new();
    served.ana();
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "draft_1"});
    let with = |field: &str, value: Value| {
        let mut body = run.clone();
        body[field] = value;
        body
    };
    let runs = [
        ("artifact", with("artifact", json!("draft\u{0}1"))),
        ("artifact", with("artifact", json!("draft\n1"))),
        ("model", with("model", json!("gpt-4.1\u{1b}[2J"))),
        ("member", with("member", json!("m1\u{0}"))),
        ("customer", with("customer", json!("ana\u{0}"))),
        ("metadata.note", with("metadata", json!({"note": "a\u{8}b"}))),
        ("metadata", with("metadata", json!({"no\u{0}te": "ab"}))),
    ];
    for (field, body) in &runs {
        for door in ["/v1/runs", "/v1/check"] {
            let is_asked = door == "/v1/runs" || !field.starts_with("metadata");
            if is_asked {
                let refused = served.post(door, body).refused(422, "invalid_request");
                assert_eq!(refused["field"], **field, "{door} {body}");
            }
        }
    }
    let customer = json!({"plan": "pro", "name": "B\u{0}b"});
    let refused = served.put("/v1/customers/bob", &customer).refused(422, "invalid_request");
    assert_eq!(refused["field"], "name");
    let pause = json!({"reason": "fraud\u{0}"});
    let refused = served.post("/v1/customers/ana/pause", &pause).refused(422, "invalid_request");
    assert_eq!(refused["field"], "reason");
    // A sentence may have lines; what is in the path is no customer.
    served.post("/v1/customers/ana/pause", &json!({"reason": "fraud check\nby Sam"})).is(200);
    served.put("/v1/customers/a%00b", &json!({"plan": "pro"})).refused(422, "invalid_request");
    served.get("/v1/customers/a%00b").refused(404, "not_found");
    let keyed = json!({"items": [{"do": "run", "key": "k\u{0}1", "body": run}]});
    let got = served.post("/v1/batch", &keyed).is(200);
    assert_eq!(got["items"][0]["status"], 422, "{got:#}");
}

#[test]
fn a_role_gives_no_more_than_it_may() {
    let served = Served::new();
    served.ana();
    let support = served.key(Environment::Live, "sam", Some("support"));
    let gift = |amount: &str| {
        let body = json!({"kind": "goodwill", "amount": amount});
        served.call_as(&support, "POST", "/v1/customers/ana/grants", &body)
    };
    gift("1").is(201);
    let books = served.get("/v1/customers/ana/entries?after=1").is(200);
    assert_eq!(books["items"][0]["by"], "sam");
    gift("1000000").refused(403, "above_your_limit");
    let nobody = served.key(Environment::Live, "eve", Some("nobody"));
    let body = json!({"kind": "goodwill", "amount": "1"});
    served
        .call_as(&nobody, "POST", "/v1/customers/ana/grants", &body)
        .refused(403, "above_your_limit");
}

#[test]
fn environments_are_apart() {
    let served = Served::new();
    served.ana();
    served.get_as(&served.sandbox, "/v1/customers/ana").refused(404, "not_found");
    let map = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "m"});
    let run = served.starts(&map);
    served.get_as(&served.sandbox, &format!("/v1/runs/{run}")).refused(404, "not_found");
    let asked = json!({"customer": "ana", "action": "tailor_document", "artifact": "d"});
    let quote = served.post("/v1/quotes", &asked).is(201)["quote"].clone();
    served.call_as(&served.sandbox, "PUT", "/v1/customers/ana", &json!({"plan": "pro"})).is(201);
    let other = json!({"customer": "ana", "action": "tailor_document", "quote": quote});
    served.call_as(&served.sandbox, "POST", "/v1/runs", &other).refused(422, "quote_invalid");
}

#[test]
fn problems_of_runs() {
    let served = Served::new();
    served.ana();
    served.opens("bo", "pro");
    let map = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "m"});
    let run = served.starts(&map);
    let again = served.post("/v1/runs", &map);
    assert_eq!(again.header("retry-after"), "1");
    assert_eq!(again.header("x-should-retry"), "");
    again.refused(409, "in_progress");
    let at = |what: &str| format!("/v1/runs/{run}/{what}");
    served.post(&at("settle"), &json!({"outcome": "delivered"})).is(200);
    // The same again is no contradiction; anything else is.
    served.post(&at("settle"), &json!({"outcome": "delivered"})).is(200);
    let other = served.post(&at("settle"), &json!({"outcome": "failed"}));
    assert_eq!(other.header("x-should-retry"), "false");
    other.refused(409, "already_settled");
    served.post(&at("release"), &json!({})).refused(409, "already_settled");
    let failed = json!({"customer": "ana", "action": "tailor_document", "artifact": "d",
        "outcome": "failed"});
    let failed = served.starts(&failed);
    let worse = json!({"outcome": "delivered"});
    let worse = served.post(&format!("/v1/runs/{failed}/correct"), &worse);
    worse.refused(422, "correction_not_in_favour");
    let much = served.post(&at("refund"), &json!({"amount": "11"}));
    assert_eq!(much.refused(422, "refund_exceeds_charged")["left"], "10");
    served.now("2027-11-23T10:00:00Z");
    let late = json!({"outcome": "failed"});
    served.post(&at("correct"), &late).refused(409, "too_late_to_correct");
}

#[test]
fn problems_of_quotes() {
    let served = Served::new();
    served.ana();
    served.opens("bo", "pro");
    let asked = json!({"customer": "ana", "action": "tailor_document", "artifact": "d"});
    let quote = served.post("/v1/quotes", &asked).is(201)["quote"].clone();
    let text = quote.as_str().unwrap();
    let run = |customer: &str, quote: &str| {
        let body = json!({"customer": customer, "action": "tailor_document", "quote": quote});
        served.post("/v1/runs", &body)
    };
    run("ana", &text[..text.len() - 4]).refused(422, "quote_invalid");
    run("ana", "qt_nonsense").refused(422, "quote_invalid");
    run("bo", text).refused(404, "not_found");
    let mut other = asked.clone();
    other["quote"] = quote.clone();
    other["artifact"] = json!("e");
    let mismatch = served.post("/v1/runs", &other).refused(422, "quote_mismatch");
    assert_eq!(mismatch["field"], "artifact");
    served.post("/v1/quotes/qt_x/confirm", &json!({})).refused(422, "quote_invalid");
    served.now("2026-11-23T11:00:00Z");
    run("ana", text).refused(410, "quote_expired");
    let model =
        json!({"customer": "ana", "action": "tailor_document", "artifact": "e", "model": "gpt-99"});
    served.post("/v1/quotes", &model).refused(403, "model_above_plan");
}

#[test]
fn problems_of_credits_and_terms() {
    let served = Served::new();
    served.ana();
    served.opens("di", "discovery");
    let top_up = json!({"payment": "pi_9", "credits": "50"});
    served.post("/v1/customers/di/top-ups", &top_up).refused(403, "top_ups_not_offered");
    let gone = served.post("/v1/customers/ana/top-ups/pi_none/claw-back", &json!({}));
    gone.refused(404, "not_found");
    let worse =
        json!({"prices": {"enrich_market_map": "70"}, "until": "2027-06-30", "reason": "x"});
    let refused = served.post("/v1/customers/ana/overrides", &worse);
    assert_eq!(refused.refused(422, "override_not_better")["field"], "prices");
    let map = json!({"customer": "di", "action": "enrich_market_map", "artifact": "m"});
    served.post("/v1/runs", &map).refused(403, "not_in_plan");
    let harsh = json!({"customer": "ana", "action": "find_contact_email",
        "inputs": {"full_name": "X", "company_domain": "x.org"}});
    served.post("/v1/runs", &harsh).refused(428, "confirmation_needed");
}
