//! The literal examples of the published shapes: credits, controls, denials, books, clock.

use super::served::{Served, holds};
use serde_json::{Value, json};

#[test]
fn credits_are_given_bought_and_taken_back() {
    let served = Served::new();
    served.ana();
    let goodwill = json!({"kind": "goodwill", "amount": "10", "reason": "sorry", "expires": null});
    let grant = served.post("/v1/customers/ana/grants", &goodwill).is(201);
    holds(
        &grant,
        &json!({"kind": "goodwill", "amount": "10", "expires": "2027-02-21T10:00:00Z", "seq": 2,
            "wallet": {"available": "130"}}),
    );
    assert!(grant["grant"].as_str().unwrap().starts_with("grant_"));
    let paid = json!({"payment": "pi_1", "credits": "100",
        "paid": {"amount": "10.00", "currency": "USD"}});
    let bought = served.post("/v1/customers/ana/top-ups", &paid).is(201);
    holds(&bought, &json!({"kind": "bought", "amount": "100", "seq": 3}));
    // The same payment with the same content answers as before.
    let again = served.post("/v1/customers/ana/top-ups", &paid).is(201);
    assert_eq!((&again["grant"], &again["seq"]), (&bought["grant"], &bought["seq"]));
    let other = json!({"payment": "pi_1", "credits": "90"});
    served.post("/v1/customers/ana/top-ups", &other).refused(409, "payment_reused");
    let wallet = served.get("/v1/customers/ana/wallet").is(200);
    let bought = wallet["grants"].as_array().unwrap().iter().find(|g| g["kind"] == "bought");
    assert_eq!(bought.unwrap()["paid"], "10.00 USD");
    let back = json!({"credits": null, "reason": "dispute"});
    let back = served.post("/v1/customers/ana/top-ups/pi_1/claw-back", &back).is(200);
    holds(&back, &json!({"taken": "100", "later": "0", "unrecovered": "0", "seq": 4}));
}

#[test]
fn caps_special_terms_pauses_and_renewals() {
    let served = Served::new();
    served.ana();
    let caps = json!({"month": "200", "members": {"m1": "50"},
        "auto_top_up": {"below": "10", "credits": "50", "month_at_most": "200"}});
    let set = served.put("/v1/customers/ana/caps", &caps).is(200);
    holds(&set, &json!({ "caps": caps, "seq": 2 }));
    let gone = served.put("/v1/customers/ana/caps", &json!({"members": {"m1": null}})).is(200);
    holds(&gone, &json!({"caps": {"month": "200", "members": {}}}));
    let terms = json!({"prices": {"enrich_market_map": "7"}, "allowances": {}, "best_model": null,
        "credit_line": "300", "at_once": 50, "until": "2027-06-30", "reason": "pilot"});
    let special = served.post("/v1/customers/ana/overrides", &terms).is(201);
    holds(&special, &terms);
    holds(&special, &json!({"by": "key name", "seq": 4}));
    assert!(special["override"].as_str().unwrap().starts_with("ov_"));
    let map = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "m"});
    holds(&served.post("/v1/runs", &map).is(201), &json!({"price": "7"}));
    let paused = served.post("/v1/customers/ana/pause", &json!({"reason": "fraud check"})).is(200);
    holds(&paused, &json!({"customer": "ana", "paused": "fraud check", "seq": 6}));
    let tailor = json!({"customer": "ana", "action": "tailor_document", "artifact": "d"});
    served.post("/v1/runs", &tailor).refused(403, "paused");
    let resumed = served.post("/v1/customers/ana/resume", &json!({"artifact": null})).is(200);
    holds(&resumed, &json!({"customer": "ana", "paused": null, "seq": 7}));
    let when_paid = json!({"plan": "pro", "renews": "when_paid"});
    served.put("/v1/customers/bo", &when_paid).is(201);
    let renewed = served.post("/v1/customers/bo/renewals", &json!({"payment": "in_7"})).is(200);
    assert!(renewed["period"]["from"].is_string() && renewed["grants"].is_array(), "{renewed}");
    assert!(renewed["seq"].is_u64());
}

#[test]
fn a_failing_artifact_is_resumed_by_its_name() {
    let served = Served::new();
    served.ana();
    let fails = json!({"customer": "ana", "action": "tailor_document", "artifact": "d",
        "outcome": "failed"});
    let mut refused = Value::Null;
    for _ in 0..10 {
        let got = served.post("/v1/runs", &fails);
        if got.status != 201 {
            refused = got.refused(403, "item_paused");
            break;
        }
    }
    assert_eq!(refused["code"], "item_paused");
    served.post("/v1/customers/ana/resume", &json!({"artifact": "d"})).is(200);
    served.post("/v1/runs", &fails).is(201);
    let unknown = json!({"artifact": "nothing"});
    served.post("/v1/customers/ana/resume", &unknown).refused(404, "not_found");
}

#[test]
fn a_denial_has_ways_forward() {
    let served = Served::new();
    served.ana();
    for n in 0..23 {
        let run = json!({"customer": "ana", "action": "tailor_document",
            "artifact": format!("draft_{n}"), "outcome": "delivered"});
        served.post("/v1/runs", &run).is(201);
    }
    let asked = json!({"customer": "ana", "action": "find_contact_email",
        "inputs": {"full_name": "X Y", "company_domain": "x.org"}});
    let quote = served.post("/v1/quotes", &asked).is(201)["quote"].clone();
    let mut run = asked.clone();
    run["quote"] = quote;
    run["confirmed"] = json!(true);
    run["outcome"] = json!("empty");
    served.post("/v1/runs", &run).is(201);
    let tailor = json!({"customer": "ana", "action": "tailor_document", "artifact": "draft_x"});
    let got = served.post("/v1/runs", &tailor);
    assert_eq!(got.header("cache-control"), "no-store");
    assert_eq!(got.header("x-should-retry"), "false");
    let denial = got.refused(402, "not_enough_credits");
    holds(
        &denial,
        &json!({"type": "/problems/not_enough_credits", "title": "Not enough credits",
            "status": 402, "applied": false, "as_of_seq": 25, "retry_helps": false,
            "action": "tailor_document", "needs": "5", "has": "2", "held": "0", "missing": "3",
            "charged": "0", "resets_at": "2026-12-23T00:00:00Z", "contract": "jobscout@3",
            "detail": "Tailor a document needs 5 credits; you can use 2 credits. Nothing was charged.",
            "limit": {"of": "wallet", "limit": null, "used": null}}),
    );
    let ways = &denial["ways_forward"];
    holds(
        &ways[0],
        &json!({"do": "wait", "until": "2026-12-23T00:00:00Z", "then": "120 credits",
            "words": "Wait until 23 December: 120 credits come with your plan."}),
    );
    holds(
        &ways[1],
        &json!({"do": "top_up", "credits": "50", "money": "$5.00", "href": "/billing/top-up"}),
    );
    holds(
        &ways[2],
        &json!({"do": "switch_plan", "to": "byok", "needs": "own_key", "plan_price": "$9 a month",
            "price_there": "0", "from": "2026-12-23T00:00:00Z",
            "also": "your AI provider bills about $0.07", "href": "/billing/plans"}),
    );
    holds(&ways[3], &json!({"do": "contact", "href": "/help"}));
    // Nothing was written, and its key is free still.
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 25);
}

#[test]
fn prices_and_the_books() {
    let served = Served::new();
    served.ana();
    let prices = served.get("/v1/customers/ana/prices").is(200);
    assert_eq!(prices["as_of_seq"], 1);
    let items = prices["items"].as_array().unwrap();
    let line = items.iter().find(|item| item["action"] == "tailor_document").unwrap();
    holds(
        line,
        &json!({"name": "Tailor a document", "unit": "tailored document", "price": "5",
            "money": "$0.50", "free": false, "harsh": false, "allowed": true, "denial": null,
            "left": null}),
    );
    let books = served.get("/v1/customers/ana/entries?after=0").is(200);
    assert_eq!((&books["next_cursor"], &books["as_of_seq"]), (&Value::Null, &json!(1)));
    let entry = &books["items"][0];
    holds(
        entry,
        &json!({"seq": 1, "at": "2026-11-23T10:00:00Z", "command": "open_customer",
            "by": "key name", "run": null, "contract": "jobscout@3"}),
    );
    assert_eq!(entry["transfers"][0]["from"], "issued/plan");
    assert_eq!(entry["transfers"][0]["amount"], "120");
    assert_eq!(entry["hash"].as_str().unwrap().len(), 64);
    let page = served.get("/v1/customers/ana/entries?after=1&limit=1").is(200);
    assert_eq!(page["items"], json!([]));
}

#[test]
fn a_token_and_a_look_up() {
    let served = Served::new();
    served.ana();
    let asked = json!({"member": null, "lasts": "30 minutes"});
    let token = served.post("/v1/customers/ana/tokens", &asked).is(201);
    assert!(token["token"].as_str().unwrap().starts_with("ct_"));
    assert_eq!(token["expires_at"], "2026-11-23T10:30:00Z");
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d"});
    let look_up = "/v1/idempotency/k1?customer=ana";
    holds(&served.get(look_up).is(200), &json!({"state": "not_applied"}));
    let held = served.call_with(&served.live, "POST", "/v1/runs", &run, Some("k1")).is(201);
    let found = served.get(look_up).is(200);
    assert_eq!(found, json!({"state": "applied", "status": 201, "body": held}));
}

#[test]
fn the_sandbox_clock_stands_still_once_it_was_moved() {
    let served = Served::new();
    let clock = "/v1/sandbox/clock";
    served.post(clock, &json!({})).refused(403, "forbidden");
    let sandbox = |body: &Value| served.call_as(&served.sandbox, "POST", clock, body);
    assert_eq!(sandbox(&json!({})).is(200), json!({"now": "2026-11-23T10:00:00Z"}));
    let ana = json!({"plan": "pro"});
    served.call_as(&served.sandbox, "PUT", "/v1/customers/ana", &ana).is(201);
    let moved = sandbox(&json!({"by": "1 month"})).is(200);
    assert_eq!(moved, json!({"now": "2026-12-23T10:00:00Z"}));
    served.now("2026-11-25T00:00:00Z");
    assert_eq!(sandbox(&json!({})).is(200), moved);
    let ana = served.get_as(&served.sandbox, "/v1/customers/ana").is(200);
    holds(&ana, &json!({"seq": 2, "period": {"from": "2026-12-23T00:00:00Z"}}));
    sandbox(&json!({"to": "2026-12-24T00:00:00Z"})).is(200);
    let back = sandbox(&json!({"to": "2026-12-23T00:00:00Z"})).refused(422, "invalid_request");
    assert_eq!(back["field"], "to");
    for by in ["4000000000 years", "0 days"] {
        let refused = sandbox(&json!({"by": by})).refused(422, "invalid_request");
        assert_eq!(refused["field"], "by");
    }
    // Tokens of the sandbox live by its clock.
    let tokens = "/v1/customers/ana/tokens";
    let token = served.call_as(&served.sandbox, "POST", tokens, &json!({})).is(201);
    assert_eq!(token["expires_at"], "2026-12-24T01:00:00Z");
    let token = token["token"].as_str().unwrap();
    served.get_as(token, "/v1/customers/ana").is(200);
    sandbox(&json!({"by": "1 hour"})).is(200);
    served.get_as(token, "/v1/customers/ana").refused(401, "unauthenticated");
}

#[test]
fn a_batch() {
    let served = Served::new();
    served.ana();
    let run = |artifact: &str| {
        json!({"do": "run", "key": format!("k-{artifact}"), "body": {"customer": "ana",
            "action": "enrich_market_map", "artifact": artifact}})
    };
    let bad = json!({"do": "run", "key": "k", "body": {"customer": "ana", "actoin": "x"}});
    let items = json!({"items": [run("a"), bad, run("b"), {"do": "fly"}]});
    let answers = served.post("/v1/batch", &items).is(200)["items"].clone();
    let statuses: Vec<_> = (0..4).map(|n| answers[n]["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [201, 422, 201, 422]);
    assert_eq!(answers[1]["body"]["field"], "actoin");
    assert_eq!((&answers[0]["body"]["seq"], &answers[2]["body"]["seq"]), (&json!(2), &json!(3)));
    let id = answers[0]["body"]["run"].clone();
    let items = json!({"items": [run("a"), {"do": "settle", "id": id, "key": "k2",
        "body": {"outcome": "delivered"}}, {"do": "refund", "id": id, "body": {"amount": "1"}}]});
    let answers = served.post("/v1/batch", &items).is(200)["items"].clone();
    holds(&answers[0], &json!({"status": 201, "replayed": true, "body": {"run": id}}));
    holds(&answers[1], &json!({"status": 200, "body": {"charged": "10"}}));
    assert!(answers[1].get("replayed").is_none());
    holds(&answers[2], &json!({"status": 200, "body": {"refunded": "1"}}));
    // The order of fields is no difference; other content is.
    let other = json!({"items": [{"body": {"artifact": "a", "action": "enrich_market_map",
        "customer": "ana"}, "key": "k-a", "do": "run"},
        {"do": "run", "key": "k-a", "body": {"customer": "ana", "action": "tailor_document"}}]});
    let answers = served.post("/v1/batch", &other).is(200)["items"].clone();
    assert_eq!(answers[0]["replayed"], true);
    holds(&answers[1], &json!({"status": 422, "body": {"code": "idempotency_key_reused"}}));
    let many = vec![json!({"do": "release"}); 1001];
    let refused = served.post("/v1/batch", &json!({"items": many})).refused(422, "invalid_request");
    assert_eq!(refused["field"], "items");
}
