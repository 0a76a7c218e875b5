//! The shadow report: what would be charged and refused, beside what today's billing did.

use super::served::{Served, holds, sample};
use probity::Environment;
use probity::store::MemoryStore;
use serde_json::{Value, json};

/// A service on which nothing is enforced; `gate` stands in `enforce_when`.
fn watched(gate: &str) -> Served {
    let served = Served::on(Box::<MemoryStore>::default());
    let mut files = sample("jobscout");
    let text = files.operations.unwrap();
    let text = text.replace("default: enforce", "default: shadow");
    let asked = "{ days: 14, runs: 2000, mismatches_below: 0.1%, bills_more_than_doubled: 0 }";
    assert!(text.contains(asked));
    files.operations = Some(text.replace(asked, gate));
    served.publish(Environment::Live, files);
    served
}

/// A tailored document that ended, with what today's billing did.
fn tailored(served: &Served, customer: &str, artifact: &str, outcome: &str, now: Value) -> Value {
    let run = json!({"customer": customer, "action": "tailor_document", "artifact": artifact,
        "outcome": outcome, "now": now});
    served.post("/v1/runs", &run).is(201)
}

fn report(served: &Served, query: &str) -> Value {
    served.get(&format!("/v1/reports/shadow{query}")).is(200)
}

/// One week of Ana and Ben, on whom today's billing takes 5 for each document, whatever comes of it.
fn a_week(served: &Served) {
    served.opens("ana", "pro");
    served.opens("ben", "discovery");
    let takes = |n: &str| json!({"charged": n, "allowed": true});
    tailored(served, "ana", "d1", "delivered", takes("5"));
    tailored(served, "ana", "d1", "delivered", takes("5"));
    tailored(served, "ana", "d2", "failed", takes("5"));
    tailored(served, "ana", "d3", "delivered", takes("2"));
    tailored(served, "ana", "d4", "delivered", json!({"allowed": false}));
    tailored(served, "ana", "d5", "delivered", Value::Null);
    for n in 0..5 {
        tailored(served, "ben", &format!("b{n}"), "delivered", takes("1"));
    }
    tailored(served, "ben", "b5", "delivered", json!({"charged": "1"}));
}

#[test]
fn what_would_be_otherwise_is_told_by_cause_with_words_to_read_aloud() {
    let served = watched("{ days: 1 }");
    a_week(&served);
    let report = report(&served, "");
    holds(
        &report,
        &json!({"contract": "jobscout@3", "unknown": 1,
            "rollout": {"default": "shadow", "share": "100%"},
            "sums": {"runs": 12, "began": 12, "shadow": 12, "enforce": 0, "charged": "45",
                "charged_runs": 9, "denied": 1, "denied_price": "5", "compared": 11, "same": 1,
                "more": 6, "less": 2, "would_stop": 1, "would_not_stop": 1, "today": "23",
                "beside_today": "35"},
            "customers": {"customers": 2, "denied": 1, "against_today": {"compared": 2, "less": 1,
                "same": 0, "more": 1, "more_than_doubled": 1}}}),
    );
    let causes: Vec<(&str, &str, u64)> = report["causes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap();
            (text("verdict"), text("cause"), line["runs"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        causes,
        [
            ("more", "price_differs", 6),
            ("less", "owned", 1),
            ("less", "failed_free", 1),
            ("would_stop", "not_enough_credits", 1),
            ("would_not_stop", "price_differs", 1),
        ]
    );
    let words = |n: usize| report["causes"][n]["examples"][0]["words"].as_str().unwrap();
    assert!(words(0).starts_with("Done. 5 credits used ($0.50); 0 credits left."), "{}", words(0));
    assert_eq!(words(2), "That did not work. Nothing was charged.");
    assert_eq!(words(3), "The contract refuses it: not enough credits.");
    holds(
        &report["causes"][1]["examples"][0],
        &json!({"customer": "ana", "artifact": "d1", "today": "5", "would": "0"}),
    );
    holds(
        &report["customers"]["doubled"][0],
        &json!({"customer": "ben", "plan": "discovery", "runs": 6, "denied": 1, "charged": "25",
            "today": "6", "beside_today": "25"}),
    );
    holds(
        &report["denials"][0],
        &json!({"code": "not_enough_credits", "runs": 1, "price": "5",
            "title": "Not enough credits"}),
    );
    let ids: Vec<&str> =
        report["plans"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["discovery", "pro"]);
}

#[test]
fn the_gate_says_what_is_missing() {
    let served =
        watched("{ days: 14, runs: 2000, mismatches_below: 50%, bills_more_than_doubled: 0 }");
    a_week(&served);
    let gate = report(&served, "")["gate"].clone();
    assert_eq!(gate["met"], false);
    let told: Vec<(&str, &str, &str)> = gate["conditions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap();
            (text("what"), text("is"), text("missing"))
        })
        .collect();
    let few = "compare 1989 more runs with today's billing: send `now` with them, or hold its file \
               against them";
    let settle = "5 mismatches too many: settle which side is right, and change them";
    assert_eq!(
        told,
        [
            ("days", "1 day", "watch for 13 more days"),
            ("runs", "12 runs", "watch 1988 more runs"),
            ("compared", "11 of 12", few),
            ("mismatches_below", "10 of 11 (90.909%)", settle),
            ("bills_more_than_doubled", "1", "1 bill too many: see whose, and what they use"),
        ]
    );
    // What is not known is not met.
    let served = watched("{ mismatches_below: 50%, bills_more_than_doubled: 0 }");
    let gate = report(&served, "")["gate"].clone();
    let known = ["0 of 0", "not known", "not known"];
    for (condition, is) in gate["conditions"].as_array().unwrap().iter().zip(known) {
        holds(condition, &json!({"met": false, "is": is}));
    }
    // Where nothing is asked for, nothing is missing.
    let served = watched("{ days: 1 }");
    a_week(&served);
    assert_eq!(report(&served, "")["gate"]["met"], true);
}

#[test]
fn the_hundredth_refusal_is_counted_and_sums_are_those_of_the_receipts() {
    let served = watched("{ days: 1 }");
    served.opens("ben", "discovery");
    let (mut charged, mut denied) = (0, 0);
    for n in 0..105 {
        let receipt = tailored(&served, "ben", &format!("d{n}"), "delivered", Value::Null);
        charged += receipt["would"]["charged"].as_str().unwrap().parse::<u64>().unwrap();
        denied += u64::from(!receipt["would"]["denial"].is_null());
    }
    let report = report(&served, "");
    assert_eq!((charged, denied), (25, 100));
    holds(&report["sums"], &json!({"runs": 105, "denied": 100, "charged": "25"}));
    // The runs it is made of, page by page.
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = served.get(&format!("/v1/reports/shadow/runs?limit=10{cursor}")).is(200);
        assert!(page["items"].as_array().unwrap().len() <= 10);
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(items.len(), 105);
    assert_eq!(items.iter().filter(|run| run["denial"] == "not_enough_credits").count(), 100);
    holds(items.last().unwrap(), &json!({"artifact": "d0", "how": "settled", "charged": "5"}));
}

#[test]
fn a_run_counts_once_where_it_ended_and_windows_that_touch_add_up() {
    let served = watched("{ days: 1 }");
    served.opens("ana", "pro");
    let run = |artifact: &str| json!({"customer": "ana", "action": "tailor_document", "artifact": artifact});
    let (early, silent) = (served.starts(&run("a")), served.starts(&run("b")));
    assert_eq!(report(&served, "")["sums"]["runs"], 0);
    served.now("2026-11-23T10:05:00Z");
    let settled = json!({"outcome": "delivered", "now": {"charged": "5"}});
    served.post(&format!("/v1/runs/{early}/settle"), &settled).is(200);
    served.now("2026-11-24T10:00:00Z");
    let late = json!({"outcome": "delivered", "now": {"charged": "5"}});
    served.post(&format!("/v1/runs/{silent}/settle"), &late).is(200);
    served.post(&format!("/v1/runs/{early}/correct"), &json!({"outcome": "failed"})).is(200);
    let whole = report(&served, "");
    holds(
        &whole,
        &json!({"unknown": 0, "sums": {"began": 2, "runs": 2, "charged": "5", "refunds": 1,
            "given_back": "5", "compared": 2, "same": 1, "less": 1, "today": "10"}}),
    );
    let unforeseen: Vec<&str> = whole["unforeseen"]
        .as_array()
        .unwrap()
        .iter()
        .map(|u| u["what"].as_str().unwrap())
        .collect();
    assert_eq!(unforeseen, ["nobody_said", "too_late"]);
    let split = "2026-11-23T10:07:00Z";
    let before = report(&served, &format!("?until={split}"));
    let after = report(&served, &format!("?since={split}"));
    let number = |report: &Value, key: &str| match &report["sums"][key] {
        Value::String(text) => text.parse::<u64>().unwrap(),
        number => number.as_u64().unwrap(),
    };
    for key in whole["sums"].as_object().unwrap().keys() {
        assert_eq!(number(&before, key) + number(&after, key), number(&whole, key), "{key}");
    }
    assert_eq!([number(&before, "runs"), number(&after, "runs")], [1, 1]);
}

#[test]
fn one_action_or_plan_is_looked_at_alone_and_a_slip_is_told() {
    let served = watched("{ days: 1 }");
    a_week(&served);
    holds(&report(&served, "?plan=discovery")["sums"], &json!({"runs": 6, "denied": 1}));
    holds(&report(&served, "?action=map_market")["sums"], &json!({"runs": 0, "charged": "0"}));
    let slip = |query: &str, field: &str| {
        let path = format!("/v1/reports/shadow{query}");
        let refused = served.get(&path).refused(422, "invalid_request");
        assert_eq!(refused["field"], field, "{refused:#}");
    };
    slip("?action=tailor", "action");
    slip("?plan=gold", "plan");
    slip("?since=2026-11-23T10:00:00Z&until=2026-11-23T10:00:00Z", "until");
    served.get("/v1/reports/shadow/runs?cursor=x").refused(422, "invalid_request");
}

#[test]
fn who_rolled_out_what_and_why_stands_with_the_contract() {
    let served = watched("{ days: 1 }");
    let latest = served.get("/v1/contracts/latest").is(200);
    holds(&latest, &json!({"contract": "jobscout@3", "rollout": {"default": "shadow"}}));
    let text = latest["texts"]["operations"].as_str().unwrap();
    assert!(latest["texts"]["contract"].as_str().unwrap().contains("version: 3"));
    let announced = text.replace("default: shadow", "default: announce");
    let sent = json!({"operations": announced, "reason": "prices are shown"});
    let said = served.post("/v1/contracts", &sent).is(201);
    let listed = served.get("/v1/contracts").is(200)["items"].clone();
    let revisions = listed[0]["revisions"].as_array().unwrap();
    holds(
        revisions.last().unwrap(),
        &json!({"operations": said["operations"], "by": "key name", "reason": "prices are shown",
            "rollout": {"default": "announce"}, "rollout_was": {"default": "shadow"}}),
    );
    assert_eq!(revisions[0]["rollout_was"], Value::Null);
    // Only the bytes of that one word are others.
    let latest = served.get("/v1/contracts/latest").is(200);
    assert_eq!(latest["texts"]["operations"], announced.as_str());
}
