//! What a read shows, and in which order.

use super::served::Served;
use serde_json::{Value, json};

#[test]
fn every_write_says_its_seq_and_every_read_what_it_has_seen() {
    let served = Served::new();
    served.ana();
    for n in 2..12 {
        let run = json!({"customer": "ana", "action": "tailor_document",
            "artifact": format!("d{n}"), "outcome": "delivered"});
        let wrote = served.post("/v1/runs", &run).is(201);
        assert_eq!(wrote["seq"], n);
        let wallet = served.get("/v1/customers/ana/wallet").is(200);
        assert_eq!(wallet["as_of_seq"], n);
        assert_eq!(wallet["available"], wrote["wallet"]["available"]);
    }
}

#[test]
fn the_wallet_in_an_answer_is_the_one_at_that_very_seq() {
    let served = std::sync::Arc::new(Served::new());
    served.opens("ana", "pro");
    let threads: Vec<_> = (0..8)
        .map(|n| {
            let served = std::sync::Arc::clone(&served);
            std::thread::spawn(move || {
                let grant = json!({"kind": "gift", "amount": (n + 1).to_string()});
                served.post("/v1/customers/ana/grants", &grant).is(201)
            })
        })
        .collect();
    let mut answers: Vec<Value> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    answers.sort_by_key(|answer| answer["seq"].as_u64());
    let mut available = 120;
    for answer in &answers {
        available += answer["amount"].as_str().unwrap().parse::<u64>().unwrap();
        assert_eq!(answer["wallet"]["available"], available.to_string());
    }
}

#[test]
fn a_read_shows_what_is_due_by_now() {
    let served = Served::new();
    served.ana();
    let run =
        served.starts(&json!({"customer": "ana", "action": "enrich_market_map", "artifact": "m"}));
    served.now("2026-11-23T10:10:00Z");
    let receipt = served.get(&format!("/v1/runs/{run}")).is(200);
    assert_eq!((&receipt["status"], &receipt["charged"]), (&json!("expired"), &json!("0")));
    assert_eq!(served.get("/v1/customers/ana/wallet").is(200)["available"], "120");
    let late = served.post(&format!("/v1/runs/{run}/settle"), &json!({"outcome": "delivered"}));
    let late = late.is(200);
    assert_eq!((&late["status"], &late["late"]), (&json!("expired"), &json!(true)));
    served.now("2026-12-23T00:00:00Z");
    let books = served.get("/v1/customers/ana/entries?limit=1000").is(200);
    let commands: Vec<_> =
        books["items"].as_array().unwrap().iter().map(|e| &e["command"]).collect();
    assert_eq!(commands, ["open_customer", "start_run", "expire_run", "settle", "renew"]);
}
