//! The literal examples of the published shapes: runs, from the check to the receipt.

use super::served::{Served, holds, sample};
use probity::store::sqlite::SqliteStore;
use probity::store::{MemoryStore, Store};
use serde_json::{Value, json};

#[test]
fn a_customer() {
    let served = Served::new();
    let whole = json!({"customer": "ana", "plan": "pro", "next_plan": null, "changes_on": null,
        "name": "Ana", "members": [{"id": "m1", "name": "Ana"}], "renews": "by_itself",
        "contract": "jobscout@3", "paused": null, "metadata": {}, "seq": 1,
        "period": {"from": "2026-11-23T00:00:00Z", "until": "2026-12-23T00:00:00Z"}});
    holds(&served.ana(), &whole);
    let got = served.get("/v1/customers/ana");
    assert_eq!(got.header("cache-control"), "no-store");
    let read = got.is(200);
    holds(&read, &whole);
    assert_eq!(read["as_of_seq"], 1);
}

#[test]
fn a_customer_is_merged() {
    let served = Served::new();
    served.ana();
    let path = "/v1/customers/ana";
    let merged = served.put(path, &json!({"metadata": {"team": "red"}})).is(200);
    holds(
        &merged,
        &json!({"name": "Ana", "plan": "pro", "metadata": {"team": "red"}, "seq": 2,
            "members": [{"id": "m1", "name": "Ana"}]}),
    );
    let cleared = json!({"name": null, "members": null, "metadata": null, "renews": null});
    let cleared = served.put(path, &cleared).is(200);
    holds(&cleared, &json!({"name": null, "members": [], "metadata": {}, "plan": "pro"}));
    let waits = served.put(path, &json!({"plan": "byok"})).is(200);
    holds(
        &waits,
        &json!({"plan": "pro", "next_plan": "byok", "changes_on": "2026-12-23T00:00:00Z"}),
    );
}

#[test]
fn the_wallet() {
    let served = Served::new();
    served.ana();
    let got = served.get("/v1/customers/ana/wallet");
    assert_eq!(got.header("cache-control"), "no-store");
    let wallet = got.is(200);
    holds(
        &wallet,
        &json!({"customer": "ana", "balance": "120", "held": "0", "available": "120",
            "owed": "0", "money": "$12.00", "runs_out_on": null, "alerts": [], "as_of_seq": 1,
            "allowances": {
                "search_roles": {"per": "month", "units": 800, "used": 0,
                    "resets_at": "2026-12-23T00:00:00Z"},
                "map_market": {"per": "month", "units": 100, "used": 0,
                    "resets_at": "2026-12-23T00:00:00Z"}},
            "caps": {"month": "400", "used": "0", "members": {}, "auto_top_up": null},
            "enough_for": {"tailor_document": 24, "enrich_market_map": 12},
            "period": {"from": "2026-11-23T00:00:00Z", "until": "2026-12-23T00:00:00Z"}}),
    );
    holds(
        &wallet["grants"][0],
        &json!({"kind": "plan", "amount": "120", "available": "120", "held": "0",
            "expires": "2027-01-23T00:00:00Z", "paid": null}),
    );
    assert!(wallet["grants"][0]["grant"].as_str().unwrap().starts_with("grant_"));
}

fn tailored(artifact: &str) -> Value {
    json!({"customer": "ana", "action": "tailor_document", "artifact": artifact, "model": null,
        "quantity": null, "inputs": {}, "purpose": "production", "member": null})
}

#[test]
fn what_was_not_reported_is_unknown_and_never_nothing() {
    let served = Served::new();
    served.ana();
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d",
        "outcome": "delivered"});
    let receipt = served.post("/v1/runs", &run).is(201);
    assert_eq!([&receipt["attempts"], &receipt["cost"]], [&json!([]), &Value::Null]);
    let path = format!("/v1/runs/{}/attempts", receipt["run"].as_str().unwrap());
    let late = served.post(&path, &json!({"attempts": []}));
    assert!(late.status == 422 || late.body["cost"].is_null(), "{late:?}");
}

#[test]
fn a_check() {
    let served = Served::new();
    served.ana();
    let check = served.post("/v1/check", &tailored("draft_9")).is(200);
    holds(
        &check,
        &json!({"allowed": true, "action": "tailor_document", "price": "5", "money": "$0.50",
            "ask": false, "reopened": false, "would": null, "denial": null,
            "words": "Tailor a document: 5 credits ($0.50), taken only if it is delivered. You can use 120 credits: enough for 24.",
            "contract": "jobscout@3", "as_of_seq": 1}),
    );
    let items: Vec<Value> = (0..3).map(|n| tailored(&format!("draft_{n}"))).collect();
    let checks = served.post("/v1/check", &json!({ "items": items })).is(200);
    holds(&checks, &json!({"total": "15", "fits": 3, "ask": true, "as_of_seq": 1}));
    assert_eq!(checks["items"][2]["price"], "5");
}

#[test]
fn a_quote_and_its_confirmation() {
    let served = Served::new();
    served.ana();
    let asked = json!({"customer": "ana", "action": "find_contact_email",
        "inputs": {"full_name": "X Y", "company_domain": "x.org"}});
    let quote = served.post("/v1/quotes", &asked).is(201);
    holds(
        &quote,
        &json!({"price": "3", "now": "3", "money": "$0.30", "expires_at": "2026-11-23T10:15:00Z",
            "sufficient": true, "denial": null, "needs_confirmation": true,
            "if": {"delivered": "3", "partial": "0", "empty": "3", "failed": "0", "bad_input": "0",
                "blocked": "0", "cancelled": "0", "abandoned": "3", "reopened": "0"},
            "warning": "Costs 3 credits even if no email is found. We do not know yet how often this finds something.",
            "contract": "jobscout@3", "operations": 7, "as_of_seq": 1}),
    );
    let text = quote["quote"].as_str().unwrap();
    assert!(text.starts_with("qt_"));
    let token = served.token("ana", None);
    let confirm = format!("/v1/quotes/{text}/confirm");
    let confirmed = served.call_as(&token, "POST", &confirm, &json!({})).is(200);
    holds(
        &confirmed,
        &json!({"quote": text, "confirmed_at": "2026-11-23T10:00:00Z",
            "confirmed_by": "customer", "seq": 2}),
    );
    let run = json!({"customer": "ana", "quote": text, "outcome": "empty",
        "inputs": {"full_name": "X Y", "company_domain": "x.org"}});
    let receipt = served.post("/v1/runs", &run).is(201);
    holds(
        &receipt,
        &json!({"charged": "3", "rule": "paid_even_if", "quoted": "3", "action": "find_contact_email",
            "confirmation": {"confirmed_by": "customer"}}),
    );
    served.post("/v1/runs", &run).refused(409, "quote_used");
}

#[test]
fn a_run_and_its_receipt() {
    let served = Served::new();
    served.ana();
    let asked = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "map_42",
        "quantity": null, "model": "gpt-4.1", "inputs": {}, "quote": null, "max_price": null,
        "confirmed": false, "again": null, "own_key": false, "purpose": "production",
        "member": null, "hold_for": null, "now": null, "metadata": {}});
    let held = served.post("/v1/runs", &asked).is(201);
    holds(
        &held,
        &json!({"status": "held", "kind": "first", "price": "10", "held": "10", "mode": "enforce",
            "would": null, "models_allowed": ["gpt-4o-mini", "gpt-4.1", "claude-sonnet-4-5"],
            "expires_at": "2026-11-23T10:10:00Z",
            "words": "10 credits set aside. Taken only when all 8 sections are filled; fewer is partial.",
            "wallet": {"balance": "120", "held": "10", "available": "110", "owed": "0"},
            "contract": "jobscout@3", "seq": 2}),
    );
    let run = held["run"].as_str().unwrap();
    assert!(run.starts_with("run_"));
    let report = json!({"outcome": "partial", "parts": 5, "quantity": null, "reason": null,
        "attempts": [{"provider": "openai", "model": "gpt-4.1", "usage": {"input": 20000,
            "cache_read": 0, "cache_write": 0, "output": 3000, "reasoning": 0},
            "services": {"company_data": 5}, "own_key": false}], "now": null});
    let receipt = served.post(&format!("/v1/runs/{run}/settle"), &report).is(200);
    let expected = json!({"run": run, "status": "settled", "customer": "ana", "member": null,
        "action": "enrich_market_map", "artifact": "map_42", "purpose": "production",
        "mode": "enforce", "kind": "first", "outcome": "partial", "reason": null,
        "decided_by": "product", "rule": "share", "quoted": null, "held": "10", "charged": "6",
        "refunded": "0", "released": "4", "quantity": null, "parts": 5, "parts_total": 8,
        "units_free": 0, "contract": "jobscout@3", "operations": 7, "quote": null,
        "confirmation": null, "late": false, "would": null, "cost": "0.264",
        "words": format!("5 of 8 delivered. You paid for those: 6 credits instead of 10 credits. Receipt {run}"),
        "wallet": {"balance": "114", "held": "0", "available": "114", "owed": "0"}, "seq": 3});
    holds(&receipt, &expected);
    holds(&receipt["drawn"][0], &json!({"kind": "plan", "amount": "6"}));
    let attempt = json!({"cost": "0.264", "cost_known": true, "paid_by": "us", "model": "gpt-4.1"});
    holds(&receipt["attempts"][0], &attempt);
    let read = served.get(&format!("/v1/runs/{run}")).is(200);
    holds(&read, &expected);
    assert_eq!(read["as_of_seq"], 3);
    // Only secret keys are told what it cost us.
    let token = served.token("ana", None);
    let read = served.get_as(&token, &format!("/v1/runs/{run}")).is(200);
    assert!(read.get("cost").is_none() && read.get("attempts").is_none(), "{read:#}");
}

#[test]
fn what_is_owned_is_reopened() {
    let served = Served::new();
    served.ana();
    let mut map = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "map_1"});
    map["outcome"] = json!("delivered");
    let receipt = served.post("/v1/runs", &map).is(201);
    holds(&receipt, &json!({"status": "settled", "charged": "10", "outcome": "delivered"}));
    map.as_object_mut().unwrap().remove("outcome");
    let again = served.post("/v1/runs", &map).is(201);
    holds(
        &again,
        &json!({"status": "settled", "kind": "reopened", "price": "0", "held": "0",
            "outcome": "reopened"}),
    );
}

#[test]
fn what_comes_after_a_run() {
    let served = Served::new();
    served.ana();
    let map = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "map_1"});
    let run = served.starts(&map);
    let at = |what: &str| format!("/v1/runs/{run}/{what}");
    let more = served.post(&at("extend"), &json!({"for": "20 minutes"})).is(200);
    holds(&more, &json!({"run": run, "expires_at": "2026-11-23T10:20:00Z", "seq": 3}));
    let released = served.post(&at("release"), &json!({})).is(200);
    holds(&released, &json!({"status": "released", "outcome": "cancelled", "charged": "0"}));
    let again = served.post(&at("release"), &Value::Null).is(200);
    assert_eq!(again["seq"], released["seq"]);

    let run = served.starts(&map);
    let at = |what: &str| format!("/v1/runs/{run}/{what}");
    served.post(&at("settle"), &json!({"outcome": "delivered"})).is(200);
    let refund = json!({"amount": "4", "reason": "goodwill"});
    let refunded = served.post(&at("refund"), &refund).is(200);
    holds(&refunded, &json!({"charged": "10", "refunded": "4"}));
    let correct = json!({"outcome": "failed", "parts": null, "reason": "file was empty"});
    let corrected = served.post(&at("correct"), &correct).is(200);
    holds(&corrected, &json!({"outcome": "failed", "rule": "corrected", "refunded": "10"}));
    let attempts = json!({"attempts": [{"provider": "openai", "model": "gpt-4.1",
        "usage": {"input": 1000, "output": 100}}]});
    let booked = served.post(&at("attempts"), &attempts).is(200);
    holds(&booked, &json!({"run": run, "cost_known": true}));
    assert!(booked["cost"].is_string() && booked["seq"].is_u64(), "{booked}");
    let question = served.post(&at("question"), &json!({"text": "why 10?"})).is(202);
    assert!(question["question"].as_str().unwrap().starts_with("q_"));
    let refund = json!({"amount": null, "reason": "goodwill"});
    served.post(&at("refund"), &refund).refused(422, "nothing_to_refund");
}

#[test]
fn runs_are_listed_the_newest_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("probity.db")).unwrap();
    for store in [Box::<MemoryStore>::default() as Box<dyn Store>, Box::new(store)] {
        runs_are_listed_on(store);
    }
}

fn runs_are_listed_on(store: Box<dyn Store>) {
    let served = Served::on(store);
    served.publish(probity::Environment::Live, sample("jobscout"));
    served.ana();
    let run = |n: usize| {
        served.starts(&json!({"customer": "ana", "action": "search_roles",
            "artifact": format!("search_{n}"), "outcome": "delivered"}))
    };
    // More than stay awake: older ones rest in the store.
    let mut runs: Vec<String> = (0..75).map(run).collect();
    runs.reverse();
    let mut listed = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/v1/customers/ana/runs?cursor={cursor}&limit=20");
        let page = served.get(&path).is(200);
        assert_eq!(page["as_of_seq"], 76);
        let items = page["items"].as_array().unwrap();
        listed.extend(items.iter().map(|item| item["run"].as_str().unwrap().to_owned()));
        assert!(items.iter().all(|item| item["rule"] == "allowance"), "{page:#}");
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(listed, runs);
    // The books come in pages too, oldest first.
    let mut after = String::from("0");
    let mut seqs = Vec::new();
    loop {
        let path = format!("/v1/customers/ana/entries?after={after}&limit=30");
        let page = served.get(&path).is(200);
        let items = page["items"].as_array().unwrap();
        seqs.extend(items.iter().map(|item| item["seq"].as_u64().unwrap()));
        match page["next_cursor"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }
    assert!(seqs.iter().copied().eq(1..=76), "{seqs:?}");
}
