//! Who is believed: what Stripe signed for the right environment, lately, and nothing else.

use super::events::{event, intent};
use super::{LIVE, SANDBOX, SECONDS, secret, sends, shop, tells};
use crate::http::served::Served;
use probity_cli::stripe::sign;
use serde_json::{Value, json};

fn paid() -> Value {
    event(1, 0, "payment_intent.succeeded", &intent("pi_1", "ana", "100", 1000))
}

fn signed(event: &Value, by: &str, at: i64) -> (String, String) {
    let body = event.to_string();
    let signature = sign(body.as_bytes(), at, &secret(by));
    (body, signature)
}

#[test]
fn only_what_is_signed_lately_by_the_right_secret_is_believed() {
    let served = shop();
    served.put("/v1/customers/ana", &json!({ "plan": "byok" })).is(201);
    let (body, good) = signed(&paid(), LIVE, SECONDS);
    let forged = sign(body.as_bytes(), SECONDS, &secret("whsec_of_nobody"));
    let old = sign(body.as_bytes(), SECONDS - 301, &secret(LIVE));
    let early = sign(body.as_bytes(), SECONDS + 301, &secret(LIVE));
    let other = body.replace("\"100\"", "\"100000\"");
    for (body, signature, says) in [
        (&body, "", "is missing"),
        (&body, "t=1,v2=3", "none of the signing secrets"),
        (&body, "nonsense", "cannot be read"),
        (&body, forged.as_str(), "none of the signing secrets"),
        (&body, old.as_str(), "older than 5 minutes"),
        (&body, early.as_str(), "still to come"),
        (&other, good.as_str(), "none of the signing secrets"),
    ] {
        let refused = sends(&served, body, signature).refused(401, "unauthenticated");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains(says) && detail.ends_with("Nothing was applied."), "{detail}");
    }
    assert_eq!(served.get("/v1/customers/ana/wallet").is(200)["balance"], "0");
    let booked = sends(&served, &body, &good).is(200);
    let (did, whose) = (json!("top_up"), json!("ana"));
    assert_eq!(
        (&booked["did"], &booked["customer"], &booked["event"]),
        (&did, &whose, &json!("evt_1"))
    );
    assert_eq!(served.get("/v1/customers/ana/wallet").is(200)["balance"], "100");
    // A secret key is not asked for, and does not help.
    let key = format!("Bearer {}", served.live);
    let headers = [("authorization", key.as_str()), ("content-type", "application/json")];
    served.call("POST", "/v1/stripe/webhook", &headers, body).refused(401, "unauthenticated");
}

#[test]
fn each_environment_has_its_own_endpoint_and_books() {
    let served = shop();
    for key in [&served.live, &served.sandbox] {
        let path = "/v1/customers/ana";
        served.call_as(key, "PUT", path, &json!({ "plan": "byok" })).is(201);
    }
    let mut test = paid();
    test["livemode"] = json!(false);
    for (event, by) in [(paid(), SANDBOX), (test.clone(), LIVE)] {
        let (body, signature) = signed(&event, by, SECONDS);
        let refused = sends(&served, &body, &signature).refused(403, "forbidden");
        assert!(refused["detail"].as_str().unwrap().contains("`livemode`"));
    }
    // A payment of a trial is never to be booked where real money is counted.
    let listed = served.get("/v1/reports/exceptions?kind=payment_not_taken").is(200);
    let next = listed["items"][0]["next"].as_str().unwrap();
    assert!(next.contains("do not book it here"), "{next}");
    let (body, signature) = signed(&test, SANDBOX, SECONDS);
    sends(&served, &body, &signature).is(200);
    let balance =
        |key: &str| served.get_as(key, "/v1/customers/ana/wallet").is(200)["balance"].clone();
    assert_eq!((balance(&served.live), balance(&served.sandbox)), (json!("0"), json!("100")));
}

#[test]
fn without_a_secret_nothing_is_taken_and_it_is_said_what_to_set() {
    let served = Served::new();
    let (body, signature) = signed(&paid(), LIVE, SECONDS);
    let refused = sends(&served, &body, &signature).refused(403, "forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("PROBITY_STRIPE_SIGNING_SECRET"));
}

#[test]
fn bodies_that_cannot_be_read_are_told_as_such() {
    let served = shop();
    let sends = |body: &str| sends(&served, body, &sign(body.as_bytes(), SECONDS, &secret(LIVE)));
    for bad in ["{", "[]", "\"x\"", "{\"id\":1,\"id\":2}"] {
        sends(bad).refused(400, "invalid_json");
    }
    sends(&format!("{{\"a\":\"{}\"}}", "x".repeat(1 << 20))).refused(413, "too_large");
    for (field, to) in [
        ("id", json!(7)),
        ("type", Value::Null),
        ("created", json!("today")),
        ("created", json!(-1)),
        ("created", json!(u64::MAX)),
        ("livemode", json!("yes")),
        ("data", json!([])),
    ] {
        let mut event = paid();
        event[field] = to;
        assert_eq!(sends(&event.to_string()).refused(422, "invalid_request")["field"], field);
    }
    for (field, to, named) in [
        ("amount_received", json!(10.5), "data.object.amount_received"),
        ("amount_received", json!(-1), "data.object.amount_received"),
        ("currency", json!("usdollars"), "data.object.amount_received"),
        ("id", json!("pi 1"), "data.object.id"),
        ("metadata", json!({ "probity_credits": "100" }), "data.object.metadata.probity_customer"),
        ("metadata", json!({ "probity_customer": "ana" }), "data.object.metadata.probity_credits"),
        (
            "metadata",
            json!({ "probity_customer": "ana", "probity_credits": "1e3" }),
            "data.object.metadata.probity_credits",
        ),
        (
            "metadata",
            json!({ "probity_customer": "a b", "probity_credits": "1" }),
            "data.object.metadata.probity_customer",
        ),
        (
            "metadata",
            json!({ "probity_customer": "ana", "probity_price": "price_pro" }),
            "data.object.metadata.probity_price",
        ),
    ] {
        let mut event = paid();
        event["data"]["object"][field] = to;
        let refused = sends(&event.to_string()).refused(422, "invalid_request");
        assert_eq!(refused["field"], named);
    }
    let refused = tells(&served, &paid()).refused(404, "not_found");
    assert_eq!(refused["field"], "customer");
}
