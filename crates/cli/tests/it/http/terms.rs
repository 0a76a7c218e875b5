//! My terms: what a customer agreed to, and what is changing.

use super::served::{Served, holds, sample};
use serde_json::{Value, json};

/// The sample contract as its next version, with things said otherwise.
pub(crate) fn four(effective: &str, changes: &[(&str, &str)]) -> String {
    let text = sample("jobscout").contract.replace("version: 3", "version: 4");
    let text = text.replace("effective: 2026-11-01", &format!("effective: {effective}"));
    changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

pub(crate) const DEARER: (&str, &str) = ("price: 5 credits", "price: 6 credits");

fn terms(served: &Served) -> Value {
    let token = served.token("ana", None);
    served.get_as(&token, "/v1/customers/ana/terms").is(200)
}

fn tailors(served: &Served, artifact: &str, outcome: &str) {
    let body = json!({"customer": "ana", "action": "tailor_document", "artifact": artifact,
        "outcome": outcome});
    served.post("/v1/runs", &body).is(201);
}

#[test]
fn what_was_agreed_is_told_in_plain_words_and_nothing_is_changing() {
    let served = Served::new();
    served.ana();
    let special = json!({"prices": {"enrich_market_map": "7"}, "credit_line": "30",
        "until": "2027-06-30", "reason": "a secret of ours"});
    served.post("/v1/customers/ana/overrides", &special).is(201);
    let page = terms(&served);
    holds(
        &page,
        &json!({"customer": "ana", "contract": "jobscout@3", "since": "2026-11-23T10:00:00Z",
            "plan": "pro", "plan_name": "Pro", "price": "$12 a month", "renews": "by_itself",
            "changing": null, "kept": null,
            "history": [{"contract": "jobscout@3", "from": "2026-11-23T10:00:00Z"}]}),
    );
    let facts = page["plan_words"].as_array().unwrap();
    let said =
        |label: &str| facts.iter().find(|fact| fact["label"] == label).unwrap()["text"].clone();
    assert_eq!(said("Tailor a document"), "5 credits ($0.50)");
    assert!(said("Credits").as_str().unwrap().starts_with("120 credits"), "{page:#}");
    assert_eq!(page["overrides"][0]["until"], "2027-07-01T00:00:00Z");
    let words = page["overrides"][0]["words"].as_array().unwrap();
    assert_eq!(words[0], "Enrich a market map: 7 credits ($0.70).");
    assert!(!page.to_string().contains("secret"), "{page:#}");
}

#[test]
fn what_gets_dearer_is_told_with_the_own_bill_before_and_after_and_every_choice() {
    let served = Served::new();
    served.ana();
    let bought = json!({"payment": "pi_1", "credits": "100",
        "paid": {"amount": "10.00", "currency": "USD"}});
    served.post("/v1/customers/ana/top-ups", &bought).is(201);
    for n in 0..3 {
        tailors(&served, &format!("draft_{n}"), "delivered");
    }
    tailors(&served, "draft_9", "failed");
    // Opened again: free under both.
    tailors(&served, "draft_0", "delivered");
    let contract = four(
        "2026-12-24",
        &[
            DEARER,
            ("allowances: { search_roles: 150 a month", "allowances: { search_roles: 9 a month"),
        ],
    );
    served.post("/v1/contracts", &json!({"contract": contract})).is(201);
    let page = terms(&served);
    assert_eq!(page["contract"], "jobscout@3");
    let changing = &page["changing"];
    // The period that begins on the 23rd is not over then: it begins with the next one.
    holds(
        changing,
        &json!({"contract": "jobscout@4", "starts": "2027-01-23T00:00:00Z",
            "notice_until": "2026-12-24T00:00:00Z", "plan_price_now": "$12 a month",
            "plan_price_then": "$12 a month"}),
    );
    // What other plans lose is not theirs.
    let words = "Tailor a document costs 6 credits instead of 5 credits.";
    assert_eq!(changing["changes"], json!([{"words": words, "worse": true}]));
    holds(
        &changing["bill"],
        &json!({"from": "2026-10-24T10:00:00Z", "until": "2026-11-23T10:00:00Z", "runs": 5,
            "now": "15", "now_money": "$1.50", "then": "18", "then_money": "$1.80",
            "refused": 0, "not_priced": 0}),
    );
    let choices = changing["choices"].as_array().unwrap();
    let does: Vec<_> = choices.iter().map(|way| way["do"].as_str().unwrap()).collect();
    assert_eq!(does, ["stay", "switch_plan", "switch_plan", "leave", "contact"]);
    let way = |act: &str, to: Option<&str>| {
        let is = |way: &&Value| way["do"] == act && to.is_none_or(|to| way["to"] == to);
        choices.iter().find(is).unwrap()
    };
    holds(way("stay", None), &json!({"from": "2027-01-23T00:00:00Z"}));
    holds(
        way("switch_plan", Some("byok")),
        &json!({"needs": "own_key", "plan_price": "$9 a month", "from": "2026-12-23T00:00:00Z",
            "href": "/billing/plans",
            "words": "Switch to Own key ($9 a month, with your own AI key), from 23 December."}),
    );
    holds(
        way("leave", None),
        &json!({"credits": "100", "money": "$10.00",
            "words": "Leave before 23 January 2027: the 100 credits that you bought and have not used \
                      are paid back, $10.00."}),
    );
}

#[test]
fn a_version_waits_for_the_next_period_and_then_stands_in_the_history() {
    let served = Served::new();
    served.ana();
    let contract = four("2026-12-24", &[DEARER]);
    served.post("/v1/contracts", &json!({"contract": contract})).is(201);
    served.now("2027-01-05T10:00:00Z");
    let changing = terms(&served)["changing"].clone();
    holds(
        &changing,
        &json!({"starts": "2027-01-23T00:00:00Z", "notice_until": null, "bill": null}),
    );
    // It is in force, but not for her yet: her pages show the prices that she pays.
    let shown = |served: &Served| {
        let token = served.token("ana", None);
        [served.get("/v1/contract"), served.get_as(&token, "/v1/contract")]
            .map(|got| got.is(200)["version"].clone())
    };
    assert_eq!(shown(&served), [4, 3]);
    served.now("2027-01-23T00:00:00Z");
    assert_eq!(shown(&served), [4, 4]);
    let page = terms(&served);
    holds(&page, &json!({"contract": "jobscout@4", "since": "2027-01-23T00:00:00Z"}));
    assert_eq!(page["changing"], Value::Null);
    let history = json!([{"contract": "jobscout@4", "from": "2027-01-23T00:00:00Z"},
        {"contract": "jobscout@3", "from": "2026-11-23T10:00:00Z"}]);
    assert_eq!(page["history"], history);
}

#[test]
fn a_plan_that_waits_for_the_next_period_is_told_with_what_it_costs_and_brings() {
    let served = Served::new();
    served.ana();
    assert_eq!(terms(&served)["next_plan"], Value::Null);
    served.put("/v1/customers/ana", &json!({"plan": "discovery"})).is(200);
    let page = terms(&served);
    holds(
        &page["next_plan"],
        &json!({"plan": "discovery", "plan_name": "Discovery", "starts": "2026-12-23T00:00:00Z",
            "price": "$4 a month"}),
    );
    let words = page["next_plan"]["plan_words"].to_string();
    assert!(words.contains("credits"), "{words}");
    holds(&page, &json!({"plan": "pro", "price": "$12 a month", "changing": null}));
}

#[test]
fn a_plan_that_ceases_is_kept_by_who_has_it() {
    let served = Served::new();
    served.opens("ana", "pro");
    served.opens("bo", "byok");
    let text = four("2026-12-24", &[DEARER]);
    let (before, rest) = text.split_once("  byok:\n").unwrap();
    let (_, after) = rest.split_once("\noutcomes:").unwrap();
    let without = format!("{before}\noutcomes:{after}").replace(", { switch_to: byok }", "");
    let sent = json!({"contract": without, "operations": sample("jobscout").operations});
    let published = served.post("/v1/contracts", &sent);
    assert_eq!(published.status, 201, "{:#}", published.body);
    let page = served.get("/v1/customers/bo/terms").is(200);
    assert_eq!(page["changing"], Value::Null);
    let words = "Version 4 has no plan Own key, so it does not apply to you: you keep your plan, \
                 under version 3.";
    assert_eq!(page["kept"], words);
    served.now("2027-03-01T00:00:00Z");
    assert_eq!(served.get("/v1/customers/bo/terms").is(200)["contract"], "jobscout@3");
    // Whoever may not choose it any more is not told that they lose what they never had.
    let page = served.get("/v1/customers/ana/terms").is(200);
    assert_eq!(page["contract"], "jobscout@4");
}

#[test]
fn terms_live_by_the_sandbox_clock_and_are_their_customers() {
    let served = Served::new();
    served.ana();
    let put = json!({"plan": "pro"});
    served.call_as(&served.sandbox, "PUT", "/v1/customers/sam", &put).is(201);
    let contract = json!({"contract": four("2026-12-24", &[DEARER])});
    served.call_as(&served.sandbox, "POST", "/v1/contracts", &contract).is(201);
    let read = || served.get_as(&served.sandbox, "/v1/customers/sam/terms").is(200);
    assert_eq!(read()["changing"]["contract"], "jobscout@4");
    let clock = json!({"to": "2027-02-01T00:00:00Z"});
    served.call_as(&served.sandbox, "POST", "/v1/sandbox/clock", &clock).is(200);
    let page = read();
    assert_eq!((&page["contract"], &page["changing"]), (&json!("jobscout@4"), &Value::Null));
    // Live has seen nothing of it.
    assert_eq!(terms(&served)["changing"], Value::Null);
    let token = served.token("ana", Some("m1"));
    served.put("/v1/customers/bo", &put).is(201);
    served.get_as(&token, "/v1/customers/bo/terms").refused(404, "not_found");
}

#[test]
fn prices_tell_what_somebody_ran_lately_where_it_is_asked_for() {
    let served = Served::new();
    served.ana();
    tailors(&served, "draft_1", "delivered");
    tailors(&served, "draft_2", "failed");
    let token = served.token("ana", None);
    let prices = |query: &str| {
        let path = format!("/v1/customers/ana/prices{query}");
        served.get_as(&token, &path).is(200)["items"].as_array().unwrap().clone()
    };
    assert!(prices("").iter().all(|item| item["last_30_days"].is_null()));
    for item in prices("?last_30_days=true") {
        let lately = match item["action"].as_str() {
            Some("tailor_document") => json!({"runs": 2, "charged": "5"}),
            _ => json!({"runs": 0, "charged": "0"}),
        };
        assert_eq!(item["last_30_days"], lately);
    }
    served.now("2026-12-24T10:00:00Z");
    let token = served.token("ana", None);
    let path = "/v1/customers/ana/prices?last_30_days=true";
    let later = served.get_as(&token, path).is(200);
    let none = json!({"runs": 0, "charged": "0"});
    assert!(later["items"].as_array().unwrap().iter().all(|item| item["last_30_days"] == none));
}
