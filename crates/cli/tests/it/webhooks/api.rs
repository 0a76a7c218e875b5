//! Endpoints over the API: made, changed, stopped and removed; the secret shown once.

use crate::http::served::{Served, holds};
use serde_json::{Value, json};

const ALL: &str = "/v1/webhook-endpoints";

fn add(served: &Served, body: &Value) -> Value {
    served.call_as(&served.live, "POST", ALL, body).is(201)
}

#[test]
fn an_endpoint_is_made_changed_stopped_and_removed() {
    let served = Served::new();
    let sent = json!({"url": "https://example.com/hooks", "events": ["run.settled"],
        "description": "the CRM"});
    let made = add(&served, &sent);
    holds(&made, &sent);
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    let at = format!("{ALL}/{}", made["id"].as_str().unwrap());
    let known = served.get(&at).is(200);
    assert_eq!((&known["secret"], &known["stopped"]), (&Value::Null, &Value::Null));
    assert_eq!(served.get(ALL).is(200)["items"], json!([known]));
    let changed = served.put(&at, &json!({"events": []})).is(200);
    holds(
        &changed,
        &json!({"url": "https://example.com/hooks", "events": [],
        "description": "the CRM"}),
    );
    let to = |what: &str| format!("{at}/{what}");
    let stopped = served.post(&to("stop"), &json!({"reason": "they move house"})).is(200);
    assert_eq!(stopped["stopped"], "they move house");
    assert_eq!(served.post(&to("start"), &json!({})).is(200)["stopped"], Value::Null);
    // Another environment knows nothing of it.
    assert_eq!(served.get_as(&served.sandbox, ALL).is(200)["items"], json!([]));
    served.get_as(&served.sandbox, &at).refused(404, "not_found");
    served.call_as(&served.sandbox, "DELETE", &at, &Value::Null).refused(404, "not_found");
    served.call_as(&served.live, "DELETE", &at, &Value::Null).is(200);
    served.get(&at).refused(404, "not_found");
    served.get(&to("deliveries")).refused(404, "not_found");
}

#[test]
fn a_secret_is_shown_once_and_again_only_to_the_same_request() {
    let served = Served::new();
    let sent = json!({"url": "https://example.com/hooks"});
    let made = |key: &str| served.call_with(&served.live, "POST", ALL, &sent, Some(key));
    let first = made("k1");
    let again = made("k1");
    assert_eq!((again.status, again.header("probity-replayed")), (201, "true"));
    assert_eq!(again.body, first.body);
    let other = made("k2").is(201);
    assert_ne!(other["secret"], first.body["secret"]);
    assert_eq!(served.get(ALL).is(200)["items"].as_array().unwrap().len(), 2);
    let rotate = format!("{ALL}/{}/rotate", first.body["id"].as_str().unwrap());
    let rotated = served.post(&rotate, &json!({"old_lasts": "2 hours"})).is(200);
    assert_ne!(rotated["secret"], first.body["secret"]);
    assert_eq!(rotated["old_secret_until"], "2026-11-23T12:00:00Z");
    served.post(&rotate, &json!({"old_lasts": "8 days"})).refused(422, "invalid_request");
    let sooner = served.post(&rotate, &json!({"old_lasts": "0 hours"}));
    assert!(sooner.status == 422 || sooner.body["old_secret_until"].is_null());
}

#[test]
fn what_does_not_fit_is_refused_with_its_reason() {
    let served = Served::new();
    let refused = |body: Value| {
        let key = &served.live;
        let body = served.call_as(key, "POST", ALL, &body).refused(422, "invalid_request");
        (body["field"].clone(), body["detail"].as_str().unwrap().to_owned())
    };
    for url in [
        "http://example.com/",
        "https://me:pw@example.com/",
        "https://169.254.169.254/latest",
        "https://example.com:22/",
        "nonsense",
    ] {
        let (field, why) = refused(json!({"url": url}));
        assert_eq!(field, "url", "{url}");
        assert!(why.contains("the address"), "{why}");
    }
    assert_eq!(refused(json!({})).0, "url");
    let (field, why) = refused(json!({"url": "https://example.com", "events": ["run.done"]}));
    assert!(field == "events" && why.contains("run.settled"), "{why}");
    let token = served.ana();
    drop(token);
    let token = served.token("ana", None);
    served.get_as(&token, ALL).refused(403, "forbidden");
    let support = served.key(probity::Environment::Live, "support", Some("support"));
    let body = json!({"url": "https://example.com"});
    served.call_as(&support, "POST", ALL, &body).refused(403, "forbidden");
    served.get_as(&support, ALL).is(200);
    for _ in 0..16 {
        add(&served, &body);
    }
    served.call_as(&served.live, "POST", ALL, &body).refused(422, "invalid_request");
}
