//! What a customer token may, and what it may not.

use super::served::{Served, sample};
use serde_json::{Value, json};

#[test]
fn a_token_reads_its_own_customer_only() {
    let served = Served::new();
    served.ana();
    served.opens("bo", "pro");
    let token = served.token("ana", None);
    let map = json!({"customer": "bo", "action": "enrich_market_map", "artifact": "m"});
    let foreign = served.starts(&map);
    for what in ["", "/wallet", "/prices", "/runs"] {
        served.get_as(&token, &format!("/v1/customers/ana{what}")).is(200);
        served.get_as(&token, &format!("/v1/customers/bo{what}")).refused(404, "not_found");
        served.get_as(&token, &format!("/v1/customers/no{what}")).refused(404, "not_found");
    }
    served.get_as(&token, &format!("/v1/runs/{foreign}")).refused(404, "not_found");
    let question = format!("/v1/runs/{foreign}/question");
    let text = json!({"text": "why?"});
    served.call_as(&token, "POST", &question, &text).refused(404, "not_found");
    served.call_as(&token, "POST", "/v1/check", &map).refused(404, "not_found");
    served.call_as(&token, "POST", "/v1/quotes", &map).refused(404, "not_found");
    let quote = served.post("/v1/quotes", &map);
    assert_eq!(quote.status, 201);
    let path = format!("/v1/quotes/{}/confirm", quote.body["quote"].as_str().unwrap());
    served.call_as(&token, "POST", &path, &json!({})).refused(404, "not_found");
    served.get_as(&token, "/v1/contract").is(200);
}

#[test]
fn a_token_checks_quotes_confirms_caps_resumes_and_asks() {
    let served = Served::new();
    served.ana();
    let token = served.token("ana", None);
    let post = |path: &str, body: &Value| served.call_as(&token, "POST", path, body);
    // Whose it is goes without saying.
    let asked = json!({"action": "tailor_document", "artifact": "d"});
    assert_eq!(post("/v1/check", &asked).is(200)["allowed"], true);
    let items = json!({"items": [asked, asked]});
    post("/v1/check", &items).is(200);
    let mut quoted = asked.clone();
    quoted["customer"] = json!("ana");
    let quote = post("/v1/quotes", &quoted).is(201)["quote"].as_str().unwrap().to_owned();
    let confirmed = post(&format!("/v1/quotes/{quote}/confirm"), &json!({})).is(200);
    assert_eq!(confirmed["confirmed_by"], "customer");
    let caps = json!({"month": "100", "members": {"m1": "40"}});
    served.call_as(&token, "PUT", "/v1/customers/ana/caps", &caps).is(200);
    post("/v1/customers/ana/resume", &json!({})).is(200);
    let map = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "m"});
    let run = served.starts(&map);
    post(&format!("/v1/runs/{run}/question"), &json!({"text": "why?"})).is(202);
    served.post("/v1/customers/ana/pause", &json!({"reason": "fraud check"})).is(200);
    post("/v1/customers/ana/resume", &json!({})).refused(403, "forbidden");
}

#[test]
fn why_somebody_is_paused_is_for_our_side_unless_the_words_say_it() {
    let told = |sentence: &str| {
        let served = Served::on(Box::<probity::store::MemoryStore>::default());
        let mut files = sample("jobscout");
        let first = "  find_contact_email.empty_paid:";
        let with = files.contract.replace(first, &format!("{sentence}{first}"));
        files.contract = with;
        served.publish(probity::Environment::Live, files);
        served.ana();
        let token = served.token("ana", None);
        served.post("/v1/customers/ana/pause", &json!({"reason": "fraud check"})).is(200);
        assert_eq!(served.get("/v1/customers/ana").is(200)["paused"], "fraud check");
        let card = served.get_as(&token, "/v1/customers/ana").is(200);
        let check = json!({"action": "tailor_document", "artifact": "d"});
        let check = served.call_as(&token, "POST", "/v1/check", &check).is(200);
        (card["paused"].clone(), check.to_string().contains("fraud"))
    };
    assert_eq!(told(""), (json!("fraud check"), true));
    let silent = "  paused_by_us: \"This account is paused. {ways_forward}\"\n";
    assert_eq!(told(silent), (json!("paused"), false));
}

#[test]
fn anything_else_is_forbidden() {
    let served = Served::new();
    served.ana();
    let token = served.token("ana", None);
    let map = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "m"});
    let run = served.starts(&map);
    let cases = [
        ("POST", "/v1/runs".to_owned(), map),
        ("POST", format!("/v1/runs/{run}/settle"), json!({"outcome": "failed"})),
        ("POST", format!("/v1/runs/{run}/release"), json!({})),
        ("POST", format!("/v1/runs/{run}/extend"), json!({"for": "1 minute"})),
        ("POST", format!("/v1/runs/{run}/refund"), json!({})),
        ("POST", format!("/v1/runs/{run}/correct"), json!({"outcome": "failed"})),
        ("POST", format!("/v1/runs/{run}/attempts"), json!({"attempts": [{}]})),
        ("POST", "/v1/batch".to_owned(), json!({"items": []})),
        ("PUT", "/v1/customers/ana".to_owned(), json!({"plan": "pro"})),
        ("POST", "/v1/customers/ana/tokens".to_owned(), json!({})),
        ("POST", "/v1/customers/ana/grants".to_owned(), json!({"kind": "gift", "amount": "9"})),
        ("POST", "/v1/customers/ana/top-ups".to_owned(), json!({"payment": "p", "credits": "9"})),
        ("POST", "/v1/customers/ana/top-ups/p/claw-back".to_owned(), json!({})),
        ("POST", "/v1/customers/ana/renewals".to_owned(), json!({})),
        ("POST", "/v1/customers/ana/overrides".to_owned(), json!({})),
        ("POST", "/v1/customers/ana/pause".to_owned(), json!({"reason": "x"})),
        ("GET", "/v1/customers/ana/entries".to_owned(), Value::Null),
        ("GET", "/v1/idempotency/k?customer=ana".to_owned(), Value::Null),
        ("GET", "/v1/contracts".to_owned(), Value::Null),
        ("POST", "/v1/contracts".to_owned(), json!({"contract": "x"})),
        ("POST", "/v1/sandbox/clock".to_owned(), json!({})),
        ("GET", "/metrics".to_owned(), Value::Null),
    ];
    for (method, path, body) in cases {
        served.call_as(&token, method, &path, &body).refused(403, "forbidden");
    }
}

#[test]
fn a_member_lowers_its_own_cap_and_nothing_else() {
    let served = Served::new();
    let members = json!({"plan": "pro", "members": [{"id": "m1"}, {"id": "m2"}]});
    served.put("/v1/customers/ana", &members).is(201);
    served.post("/v1/customers/ana/tokens", &json!({"member": "m9"})).refused(404, "not_found");
    let token = served.token("ana", Some("m1"));
    let caps = |body: &Value| served.call_as(&token, "PUT", "/v1/customers/ana/caps", body);
    caps(&json!({"members": {"m1": "50"}})).is(200);
    caps(&json!({"members": {"m1": "20"}})).is(200);
    for more in [
        json!({"members": {"m1": "21"}}),
        json!({"members": {"m1": null}}),
        json!({"members": {"m2": "1"}}),
        json!({"month": "1"}),
        json!({"auto_top_up": null}),
    ] {
        caps(&more).refused(403, "forbidden");
    }
    // It asks as itself.
    let other = json!({"action": "tailor_document", "artifact": "d", "member": "m2"});
    served.call_as(&token, "POST", "/v1/check", &other).refused(403, "forbidden");
    let own = json!({"action": "tailor_document", "artifact": "d", "member": "m1"});
    served.call_as(&token, "POST", "/v1/check", &own).is(200);
}

#[test]
fn a_token_ends() {
    let served = Served::new();
    served.ana();
    let token = served.post("/v1/customers/ana/tokens", &json!({"lasts": "5 minutes"})).is(201);
    let token = token["token"].as_str().unwrap();
    served.now("2026-11-23T10:04:59Z");
    served.get_as(token, "/v1/customers/ana").is(200);
    served.now("2026-11-23T10:05:00Z");
    let over = served.get_as(token, "/v1/customers/ana").refused(401, "unauthenticated");
    let detail = over["detail"].as_str().unwrap();
    assert!(detail.contains("token in `Authorization` has expired"), "{detail}");
    assert!(
        detail.contains("POST /v1/customers/ID/tokens") && !detail.contains("ct_e"),
        "{detail}"
    );
}

#[test]
fn who_is_not_known_is_told_what_is_wrong_with_what_was_sent() {
    let served = Served::new();
    let revoked = served.key(probity::Environment::Live, "old", None);
    served.revokes("old");
    let bearer = |key: &str| format!("Bearer {key}");
    for (sent, says) in [
        (None, "`Authorization` is missing"),
        (Some("sk_live_1".to_owned()), "does not begin with `Bearer`"),
        (Some("Basic c2VjcmV0".to_owned()), "does not begin with `Bearer`"),
        (Some(bearer("sk_live_canary")), "key in `Authorization` is not known here"),
        (Some(bearer(&revoked)), "key in `Authorization` was revoked"),
        (Some(bearer("ct_canary.x")), "token in `Authorization` is not known here"),
    ] {
        let headers: Vec<_> = sent.iter().map(|sent| ("authorization", sent.as_str())).collect();
        let got = served.call("GET", "/v1/customers/ana", &headers, "");
        let refused = got.refused(401, "unauthenticated");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains(says) && detail.contains("`Authorization: Bearer"), "{detail}");
        assert!(!detail.contains("canary") && !detail.contains(&revoked), "{detail}");
    }
}
