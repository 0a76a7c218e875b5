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
    served.post("/v1/contracts", &json!({"contract": better})).refused(422, "contract_refused");
}

#[test]
fn one_that_is_worse_owes_notice() {
    let served = Served::new();
    let price = "price: 5 credits";
    let worse = next(price, "price: 6 credits");
    let refused = served.post("/v1/contracts", &json!({"contract": worse}));
    let refused = refused.refused(409, "notice_owed");
    assert!(refused["earliest"].is_string(), "{refused}");
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
    let revised = served.post("/v1/contracts", &operations).is(201);
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
