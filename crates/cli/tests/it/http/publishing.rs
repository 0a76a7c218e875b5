//! Publishing over HTTP: lint, diff, notice; and what is public of it.

use super::served::{Served, holds, sample};
use serde_json::{Value, json};

/// The sample contract as its next version, with one thing said otherwise.
fn next(from: &str, to: &str) -> String {
    let text = sample("jobscout").contract;
    assert!(text.contains(from), "{from}");
    text.replace("version: 3", "version: 4").replacen(from, to, 1)
}

#[test]
fn a_better_version_is_published_and_one_that_is_worse_owes_notice() {
    let served = Served::new();
    let better = next("Tailor a document", "Tailor any document");
    let dry = "/v1/contracts?dry_run=true";
    let judged = served.post(dry, &json!({"contract": better, "reason": "a name"})).is(200);
    holds(&judged, &json!({"contract": "jobscout@4", "operations": 8, "class": "neutral"}));
    assert!(judged["lint"].is_array() && judged["effective"].is_string(), "{judged:#}");
    let changes = judged["changes"].as_array().unwrap();
    assert!(changes.iter().any(|change| change["key"] == "actions.tailor_document.name"));
    assert_eq!(served.get("/v1/contracts").is(200)["items"].as_array().unwrap().len(), 1);
    let published = served.post("/v1/contracts", &json!({"contract": better})).is(201);
    assert_eq!(published["changes"], judged["changes"]);
    let listed = served.get("/v1/contracts").is(200)["items"].clone();
    holds(&listed[0], &json!({"contract": "jobscout@3", "by": "test"}));
    holds(
        &listed[1],
        &json!({"contract": "jobscout@4", "by": "key name",
            "published_at": "2026-11-23T10:00:00Z"}),
    );
    assert_eq!(listed[1]["hash"].as_str().unwrap().len(), 64);
    let other = better.replacen("Tailor any document", "Tailor each document", 1);
    let refused = served.post("/v1/contracts", &json!({"contract": other}));
    let detail = refused.refused(422, "contract_refused")["detail"].clone();
    assert!(detail.as_str().unwrap().contains("set `version` to 5 or more"), "{detail}");
}

#[test]
fn what_was_published_last_is_published_already() {
    let served = Served::new();
    let sent = sample("jobscout");
    let all = json!({"contract": sent.contract, "operations": sent.operations});
    for body in [&all, &json!({"contract": sent.contract}), &json!({"operations": sent.operations})]
    {
        let said = served.post("/v1/contracts", body).is(200);
        holds(
            &said,
            &json!({"contract": "jobscout@3", "operations": 7, "class": "neutral", "changes": [],
                "notice": "", "nothing_new": true}),
        );
    }
    assert_eq!(served.get("/v1/contracts").is(200)["items"].as_array().unwrap().len(), 1);
    // Under the key it was published with, the answer is the one it got.
    let four = json!({"contract": next("Tailor a document", "Tailor any document")});
    let publish = || served.call_with(&served.live, "POST", "/v1/contracts", &four, Some("k"));
    assert_eq!(publish().is(201)["nothing_new"], false);
    assert_eq!(publish().is(201)["nothing_new"], false);
    assert_eq!(served.post("/v1/contracts", &four).is(200)["nothing_new"], true);
}

#[test]
fn whoever_asks_for_the_sandbox_clock_with_a_live_key_is_told_so() {
    let served = Served::new();
    let refused = served.post("/v1/sandbox/clock", &json!({})).refused(403, "forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("sk_sandbox_"), "{refused}");
}

#[test]
fn the_contract_says_whether_it_is_enforced() {
    let served = Served::on(Box::<probity::store::MemoryStore>::default());
    let mut files = sample("jobscout");
    let shadow = |text: String| text.replace("default: enforce", "default: shadow");
    files.operations = files.operations.map(shadow);
    served.publish(probity::Environment::Live, files);
    let ours = served.get("/v1/contract").is(200);
    assert_eq!(ours["mode"], "shadow");
    assert!(ours["rollout"].as_str().unwrap().starts_with("in shadow: "), "{ours:#}");
    let public = served.get_as("", "/v1/contract").is(200);
    assert_eq!([&public["mode"], &public["rollout"]], [&Value::Null, &Value::Null]);
    assert_eq!(Served::new().get_as("", "/v1/contract").is(200)["mode"], "enforce");
}

#[test]
fn one_that_is_worse_owes_notice() {
    let served = Served::new();
    let price = "price: 5 credits";
    let worse = next(price, "price: 6 credits");
    let refused = served.post("/v1/contracts", &json!({"contract": worse}));
    let refused = refused.refused(409, "notice_owed");
    holds(
        &refused,
        &json!({"earliest": "2026-12-23T10:00:00Z", "earliest_day": "2026-12-24",
            "class": "adverse", "effective": "2026-12-24T00:00:00Z"}),
    );
    // What changes, and what customers are to be told, is there all the same.
    assert!(refused["notice"].as_str().unwrap().starts_with("From 24 December 2026: "));
    assert!(!refused["changes"].as_array().unwrap().is_empty());
    let first = worse.replace("effective: 2026-11-01", "effective: 2026-12-23");
    let refused = served.post("/v1/contracts?dry_run=true", &json!({"contract": first}));
    assert_eq!(refused.refused(409, "notice_owed")["earliest_day"], "2026-12-24");
    let first = worse.replace("effective: 2026-11-01", "effective: 2026-12-24");
    served.post("/v1/contracts?dry_run=true", &json!({"contract": first})).is(200);
    let later = worse.replace("effective: 2026-11-01", "effective: 2027-06-01");
    let dated = served.post("/v1/contracts", &json!({"contract": later})).is(201);
    holds(&dated, &json!({"class": "adverse", "effective": "2027-06-01T00:00:00Z"}));
    let notice = dated["notice"].as_str().unwrap();
    assert!(notice.starts_with("From 1 June 2027: "), "{notice}");
    // It waits; what is public is what is in force.
    let public = served.get_as("", "/v1/contract").is(200);
    holds(&public, &json!({"contract": "jobscout@3", "name": "jobscout", "version": 3}));
}

#[test]
fn what_cannot_be_read_is_refused_with_every_problem() {
    let served = Served::new();
    let bad = json!({"contract": "contract: jobscout\nversion: 4\nprcies: 5\n"});
    let refused = served.post("/v1/contracts", &bad).refused(422, "contract_refused");
    let lint = refused["lint"].as_array().unwrap();
    assert!(lint.iter().any(|l| l["severity"] == "error" && l["line"].is_u64()), "{refused:#}");
    let operations = json!({"operations": "operates: other\n"});
    served.post("/v1/contracts", &operations).refused(422, "contract_refused");
    let operations = json!({"operations": sample("jobscout").operations});
    assert_eq!(served.post("/v1/contracts", &operations).is(200)["operations"], 7);
    let text = sample("jobscout").operations.unwrap() + "\n# Another revision.\n";
    let revised = served.post("/v1/contracts", &json!({"operations": text})).is(201);
    holds(
        &revised,
        &json!({"contract": "jobscout@3", "operations": 8, "class": "neutral",
        "changes": [], "notice": ""}),
    );
}

#[test]
fn each_environment_has_its_own() {
    let served = Served::new();
    let better = json!({"contract": next("Tailor a document", "Tailor any document")});
    served.call_as(&served.sandbox, "POST", "/v1/contracts", &better).is(201);
    let public = |key: &str| served.get_as(key, "/v1/contract").is(200)["contract"].clone();
    assert_eq!(public(""), "jobscout@3");
    assert_eq!(public(&served.live), "jobscout@3");
    assert_eq!(public(&served.sandbox), "jobscout@4");
    served.get_as("sk_live_0", "/v1/contract").refused(401, "unauthenticated");
    let empty = Served::on(Box::<probity::store::MemoryStore>::default());
    empty.get_as("", "/v1/contract").refused(404, "not_found");
    empty.put("/v1/customers/ana", &Value::Object(Default::default())).refused(404, "not_found");
}

/// A better version may not overtake a worse one that waits for its notice; the answer says so.
#[test]
fn a_better_version_behind_one_that_waits_says_what_it_waits_for() {
    let served = Served::new();
    let dated = |text: String, day: &str| text.replace("effective: 2026-11-01", day);
    let worse = next("price: 5 credits", "price: 7 credits");
    let worse = dated(worse, "effective: 2027-01-20");
    let said = served.post("/v1/contracts", &json!({"contract": worse})).is(201);
    assert_eq!(said["waits_for"], Value::Null, "it waits for its own day");
    let better = worse.replace("version: 4", "version: 5").replace("price: 7", "price: 6");
    let better = better.replace("effective: 2027-01-20", "effective: 2026-11-26");
    for (door, status) in [("/v1/contracts?dry_run=true", 200), ("/v1/contracts", 201)] {
        let said = served.post(door, &json!({"contract": better})).is(status);
        holds(
            &said,
            &json!({"class": "better", "waits_for": "jobscout@4",
                "effective": "2027-01-20T00:00:00Z"}),
        );
    }
    let later = better.replace("version: 5", "version: 6").replace("2026-11-26", "2027-02-01");
    let later = later.replace("price: 6", "price: 5");
    let said = served.post("/v1/contracts", &json!({"contract": later})).is(201);
    assert_eq!(said["waits_for"], Value::Null, "it starts on its own day, which is later");
}

/// The gate from shadow to enforce is said, and what it asks for, where a revision passes it.
#[test]
fn what_enforces_more_says_what_the_gate_asks_for() {
    let served = Served::new();
    let operations = sample("jobscout").operations.unwrap();
    let publish = |from: &str, to: &str| {
        assert!(operations.contains(from), "{from}");
        let text = operations.replace(from, to);
        served.post("/v1/contracts", &json!({"operations": text})).is(201)["enforce_when"].clone()
    };
    let all = "actions: { process_documents: shadow }";
    let gate = publish(all, "actions: {}");
    let gate = gate.as_str().unwrap();
    for part in ["14 days watched", "2000 runs watched", "today below 0.1%", "0 bills more than"] {
        assert!(gate.contains(part), "{gate}");
    }
    assert_eq!(publish("default: enforce ", "default: announce "), Value::Null);
    assert_eq!(publish("share: 100%", "share: 10%"), gate, "some are enforced again");
    assert_eq!(publish("share: 100%", "share: 20%"), gate, "more customers");
    assert_eq!(publish("share: 100%", "share: 5%"), Value::Null, "fewer customers");
    assert_eq!(publish(all, "actions: { tailor_document: shadow }"), gate);
    let no_gate = operations.lines().filter(|line| !line.contains("enforce_when"));
    let no_gate = no_gate.collect::<Vec<_>>().join("\n");
    let said = served.post("/v1/contracts", &json!({"operations": no_gate})).is(201);
    assert_eq!(said["enforce_when"], gate, "taken away with the same stroke");
    let said = served.post("/v1/contracts", &json!({"operations": no_gate + "\n"})).is(201);
    assert_eq!(said["enforce_when"], Value::Null);
}

/// What was published meanwhile is not written over where the revision that is expected is named.
#[test]
fn what_came_in_between_is_not_written_over() {
    let served = Served::new();
    let operations = sample("jobscout").operations.unwrap();
    let sent = |note: &str, expected: u64| json!({"operations": format!("{operations}\n# {note}\n"), "expected_operations": expected});
    let latest = served.get("/v1/contracts/latest").is(200);
    assert_eq!(latest["operations"], 7);
    let publish =
        |body: &Value, key| served.call_with(&served.live, "POST", "/v1/contracts", body, key);
    assert_eq!(publish(&sent("one", 7), Some("k")).is(201)["operations"], 8);
    for door in ["/v1/contracts", "/v1/contracts?dry_run=true"] {
        let refused = served.post(door, &sent("two", 7)).refused(409, "published_meanwhile");
        holds(&refused, &json!({"expected_operations": 7, "operations": 8, "applied": false}));
    }
    // What was published last is the same, and yet not what was expected.
    served.post("/v1/contracts", &sent("one", 7)).refused(409, "published_meanwhile");
    served.post("/v1/contracts", &sent("one", 9)).refused(409, "published_meanwhile");
    assert_eq!(served.post("/v1/contracts", &sent("one", 8)).is(200)["nothing_new"], true);
    // The same request again has the answer that it got.
    assert_eq!(publish(&sent("one", 7), Some("k")).is(201)["operations"], 8);
    assert_eq!(served.get("/v1/contracts/latest").is(200)["operations"], 8);
    let wrong = json!({"operations": operations, "expected_operations": "7"});
    served.post("/v1/contracts", &wrong).refused(422, "invalid_request");
}
