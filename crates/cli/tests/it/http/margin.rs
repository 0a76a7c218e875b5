//! What runs cost and brought, added up from the journal and held against receipts.

use super::served::{Served, holds, sample};
use crate::support::{assert_as_written, needs_nothing, probity};
use probity::Environment;
use probity::margin::{Walk, Wanted};
use probity::store::sqlite::SqliteStore;
use probity::store::{MemoryStore, StoreError};
use probity_core::{Amount, Cost, Time};
use serde_json::{Value, json};

/// A call of gpt-4.1: 1,000 tokens read at $2 and 100 written at $8 a million, $0.0028.
fn call() -> Value {
    json!({"asked": "gpt-4.1", "model": "gpt-4.1-2025-04-14", "source": "provider",
        "usage": {"input": 1000, "output": 100}})
}

/// One of Claude Sonnet 4.5, $0.0045.
fn dearer() -> Value {
    json!({"asked": "claude-sonnet-4-5", "usage": {"input": 1000, "output": 100},
        "model": "claude-sonnet-4-5"})
}

fn unknown() -> Value {
    json!({"model": "nobody-knows", "usage": {"input": 1, "output": 1}})
}

fn runs(served: &Served, customer: &str, action: &str, artifact: &str, ends: &Value) -> Value {
    let mut run = json!({"customer": customer, "action": action, "artifact": artifact});
    for (key, value) in ends.as_object().unwrap() {
        run[key] = value.clone();
    }
    served.post("/v1/runs", &run).is(201)
}

fn report(served: &Served, query: &str) -> Value {
    served.get(&format!("/v1/reports/margin{query}")).is(200)
}

fn row<'r>(report: &'r Value, plan: &str, action: &str) -> &'r Value {
    let rows = report["rows"].as_array().unwrap();
    let mut found = rows.iter().filter(|row| row["plan"] == plan && row["action"] == action);
    let row = found.next().unwrap_or_else(|| panic!("no {action} on {plan}: {report:#}"));
    assert!(found.next().is_none());
    row
}

fn opens_with_credits(served: &Served, customer: &str, plan: &str) {
    served.opens(customer, plan);
    let gift = json!({"kind": "gift", "amount": "100", "reason": "to try"});
    served.post(&format!("/v1/customers/{customer}/grants"), &gift).is(201);
}

#[test]
fn the_report_is_a_page_that_needs_and_runs_nothing() {
    let served = Served::new();
    two_weeks(&served);
    // What a model is called comes from outside.
    let call = json!({"model": "<b>me</b>", "usage": {"input": 1, "output": 1}});
    let search = json!({"outcome": "delivered", "attempts": [call]});
    runs(&served, "ana", "map_market", "g", &search);
    let folder = tempfile::tempdir().unwrap();
    let url = format!("http://{}", served.address());
    let asked = ["margin", "--url", &url, "--key", &served.live, "--html", "margin.html"];
    let out = probity(folder.path(), &[asked.as_slice(), &["--until", "2026-11-24"]].concat());
    assert!(out.status.success(), "{out:?}");
    let page = std::fs::read_to_string(folder.path().join("margin.html")).unwrap();
    assert_as_written(&page, "margin.html");
    needs_nothing(&page);
    assert!(!page.contains("<b>me"), "escaped");
    for landmark in ["<html lang=\"en\">", "<header>", "<main", "<footer>", "scope=\"row\""] {
        assert!(page.contains(landmark), "{landmark}");
    }
    let again = probity(folder.path(), &asked);
    assert_eq!(again.status.code(), Some(74), "written over nothing: {again:?}");
    let rows = probity(folder.path(), &["margin", "contracts", "--html", "other.html"]);
    assert_eq!(rows.status.code(), Some(64), "of a contract nothing came out: {rows:?}");
}

/// Two weeks of a customer, by hand.
fn two_weeks(served: &Served) {
    served.ana();
    let twice = json!({"outcome": "delivered", "attempts": [call(), dearer()]});
    let first = runs(served, "ana", "enrich_market_map", "a", &twice);
    let part = json!({"outcome": "partial", "parts": 4, "attempts": [call()]});
    runs(served, "ana", "enrich_market_map", "b", &part);
    let failed = json!({"outcome": "failed", "attempts": [call(), call()]});
    runs(served, "ana", "enrich_market_map", "c", &failed);
    // Opened again: nothing is done for it.
    runs(served, "ana", "enrich_market_map", "a", &json!({"outcome": "delivered"}));
    let back = format!("/v1/runs/{}/refund", first["run"].as_str().unwrap());
    served.post(&back, &json!({"amount": "4", "reason": "goodwill"})).is(200);
    // A redo is free, and part of what the draft costs.
    let draft = json!({"outcome": "delivered", "attempts": [call()]});
    runs(served, "ana", "tailor_document", "d", &draft);
    let again = json!({"outcome": "delivered", "again": "redo", "attempts": [dearer()]});
    runs(served, "ana", "tailor_document", "d", &again);
    runs(
        served,
        "ana",
        "tailor_document",
        "e",
        &json!({"outcome": "delivered", "attempts": [unknown()]}),
    );
    runs(served, "ana", "tailor_document", "f", &json!({"outcome": "delivered"}));
}

#[test]
fn each_action_on_each_plan_with_what_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Served::on(Box::new(SqliteStore::open(&folder.path().join("p.db")).unwrap()));
    kept.publish(Environment::Live, sample("jobscout"));
    for served in [Served::new(), kept] {
        two_weeks(&served);
        let all = report(&served, "");
        holds(&all, &json!({"contract": "jobscout@3", "credit": "$0.088", "keep_margin": "35%"}));
        // 10 and 5 of 10 credits, 4 back: $1.32 − $0.352. 0.0073 + 0.0028 + 0.0056 for 1.5 units.
        holds(
            row(&all, "pro", "enrich_market_map"),
            &json!({"books": "enforced", "runs": 4, "ended": 4, "delivered": 1, "partial": 1,
                "failed": 1, "units": "1.5", "charged": "15", "refunded": "4", "attempts": 5,
                "cost": "0.0157", "unknown": 0, "silent": 0, "whole": true, "revenue": "0.968",
                "unit_cost": "0.010466666666666666", "typical": "0.305", "worst": "0.53",
                "above": null, "told": 3, "retried": 2, "fallbacks": 1,
                "free": {"runs": 2, "cost": "0.0056", "attempts": 2, "unknown": 0},
                "profit": "0.8071", "margin": "83.3%", "expected_margin": "50.3%", "below": false}),
        );
        let by: Vec<_> = row(&all, "pro", "enrich_market_map")["free_by"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| (line["cause"].as_str().unwrap(), line["cost"].as_str().unwrap()))
            .collect();
        assert_eq!(by, [("failed", "0.0056"), ("reopened", "0")]);
        // Of three drafts one is known, with its redo; one has a model without price, one no calls.
        holds(
            row(&all, "pro", "tailor_document"),
            &json!({"ended": 4, "delivered": 4, "units": "3", "charged": "15", "cost": "0.0073",
                "attempts": 3, "unknown": 1, "silent": 1, "whole": false,
                "unit_cost": "0.00365", "free_by": [{"cause": "redo", "runs": 1,
                    "cost": "0.0045", "attempts": 1, "unknown": 0, "silent": 0}]}),
        );
        let total = &all["totals"][0];
        holds(
            total,
            &json!({"action": null, "books": "enforced", "charged": "30", "cost": "0.023"}),
        );
        assert_eq!(all["unknown_models"], json!([{"model": "nobody-knows", "attempts": 1}]));
        let ana = &all["customers"][0];
        holds(ana, &json!({"customer": "ana", "ended": 8, "charged": "30", "cost": "0.023"}));
    }
}

#[test]
fn where_nothing_is_known_nothing_is_said_to_be_left() {
    let served = Served::new();
    served.ana();
    runs(&served, "ana", "tailor_document", "f", &json!({"outcome": "delivered"}));
    let all = report(&served, "");
    holds(
        row(&all, "pro", "tailor_document"),
        &json!({"cost": null, "silent": 1, "unit_cost": null, "profit": null, "margin": null,
            "revenue": "0.44", "whole": false}),
    );
    assert_eq!(all["customers"], json!([]));
    let unpriced = json!({"outcome": "delivered", "attempts": [unknown()]});
    runs(&served, "ana", "tailor_document", "g", &unpriced);
    let all = report(&served, "");
    let row = row(&all, "pro", "tailor_document");
    holds(row, &json!({"cost": null, "unknown": 1, "silent": 1, "margin": null}));
}

#[test]
fn a_unit_above_the_worst_and_a_customer_who_loses_us_money_are_told() {
    let served = Served::new();
    served.ana();
    served.opens("ben", "pro");
    let mut huge = dearer();
    huge["usage"] = json!({"input": 1_000_000, "output": 0});
    let dear = json!({"outcome": "delivered", "attempts": [huge]});
    runs(&served, "ben", "tailor_document", "x", &dear);
    let cheap = json!({"outcome": "delivered", "attempts": [call()]});
    runs(&served, "ana", "enrich_market_map", "x", &cheap);
    let all = report(&served, "?limit=2");
    // $3 against $0.44 less 15 %
    holds(
        row(&all, "pro", "tailor_document"),
        &json!({"above": "worst", "below": true, "unit_cost": "3", "profit": "-2.626"}),
    );
    let who: Vec<_> =
        all["customers"].as_array().unwrap().iter().map(|line| line["customer"].clone()).collect();
    assert_eq!(who, ["ben", "ana"]);
    assert_eq!(report(&served, "?limit=1")["customers"].as_array().unwrap().len(), 1);
}

/// Credits that nobody paid for bring nothing, however they are charged; of a credit line nobody knows.
#[test]
fn only_what_was_paid_for_is_revenue() {
    let served = Served::on(Box::<MemoryStore>::default());
    let mut files = sample("jobscout");
    files.contract = files.contract.replace("    price: $4 a month\n", "");
    served.publish(Environment::Live, files);
    let well = json!({"outcome": "delivered", "attempts": [call()]});
    // What expires first is drawn first, and a plan without a price gives its credits away.
    for (customer, plan) in [("ben", "pro"), ("dora", "discovery")] {
        served.opens(customer, plan);
        let gift = json!({"kind": "gift", "amount": "100", "reason": "to try",
            "expires": "2026-11-25T00:00:00Z"});
        served.post(&format!("/v1/customers/{customer}/grants"), &gift).is(201);
        let ran = runs(&served, customer, "tailor_document", "x", &well);
        assert_eq!(ran["charged"], "5");
    }
    served.opens("eve", "discovery");
    runs(&served, "eve", "tailor_document", "x", &well);
    let all = report(&served, "");
    for plan in ["pro", "discovery"] {
        let row = row(&all, plan, "tailor_document");
        let charged = row["charged"].clone();
        holds(row, &json!({"given": charged, "unclear": "0", "revenue": "0", "margin": null}));
        assert!(row["profit"].as_str().unwrap().starts_with('-'), "{row:#}");
    }
    // Ana pays for her plan; what is given back of it is no revenue any more.
    served.ana();
    let paid = runs(&served, "ana", "tailor_document", "a", &well);
    let total = |all: &Value| all["totals"][0].clone();
    holds(
        &total(&report(&served, "")),
        &json!({"charged": "20", "given": "15", "revenue": "0.44"}),
    );
    let back = format!("/v1/runs/{}/refund", paid["run"].as_str().unwrap());
    served.post(&back, &json!({"amount": "2", "reason": "goodwill"})).is(200);
    holds(&total(&report(&served, "")), &json!({"refunded": "2", "revenue": "0.264"}));
    // What is given back of a gift lowers nothing.
    let gift = runs(&served, "ben", "tailor_document", "y", &well);
    let back = format!("/v1/runs/{}/refund", gift["run"].as_str().unwrap());
    served.post(&back, &json!({"reason": "goodwill"})).is(200);
    holds(&total(&report(&served, "")), &json!({"refunded": "7", "revenue": "0.264"}));
    // On a credit line nobody has paid yet.
    served.opens("kim", "pro");
    let terms = json!({"credit_line": "300", "until": "2027-06-30", "reason": "pilot"});
    served.post("/v1/customers/kim/overrides", &terms).is(201);
    for n in 0..13 {
        runs(&served, "kim", "enrich_market_map", &format!("k{n}"), &well);
    }
    let all = report(&served, "");
    let kim = all["customers"].as_array().unwrap().iter().find(|line| line["customer"] == "kim");
    holds(kim.unwrap(), &json!({"charged": "130", "given": "0", "unclear": "10"}));
    assert_eq!(cost(&kim.unwrap()["revenue"]), Cost::parse("10.56").unwrap());
}

#[test]
fn own_keys_are_apart_and_harsh_pairs_use_what_was_seen() {
    let served = Served::new();
    opens_with_credits(&served, "ben", "byok");
    let mut theirs = call();
    theirs["own_key"] = true.into();
    let ours = json!({"services": {"company_data": 5}});
    let both = json!({"outcome": "delivered", "own_key": true, "attempts": [theirs, ours]});
    runs(&served, "ben", "enrich_market_map", "x", &both);
    served.ana();
    for (n, outcome) in ["empty", "delivered", "delivered", "delivered"].iter().enumerate() {
        let inputs = json!({"full_name": format!("X {n}"), "company_domain": "x.org"});
        let asked = json!({"customer": "ana", "action": "find_contact_email", "inputs": inputs});
        let quote = served.post("/v1/quotes", &asked).is(201)["quote"].clone();
        let confirm = format!("/v1/quotes/{}/confirm", quote.as_str().unwrap());
        served.post(&confirm, &json!({})).is(200);
        let run = json!({"customer": "ana", "quote": quote, "inputs": inputs, "outcome": outcome,
            "attempts": [{"services": {"email_lookup": 1}}]});
        served.post("/v1/runs", &run).is(201);
    }
    let all = report(&served, "");
    holds(
        row(&all, "byok", "enrich_market_map"),
        &json!({"cost": "0.2", "attempts": 1, "own_key": {"cost": "0.0028", "attempts": 1}}),
    );
    // A quarter finds nothing: 3 × 0.75 softly, 3 ÷ 0.75 to earn as much.
    holds(
        row(&all, "pro", "find_contact_email"),
        &json!({"empty": 1, "empty_rate": "25%", "units": "4", "unit_cost": "0.12",
            "pair": {"harsh": "3", "harsh_price_softly": "2.25", "soft": "4"}}),
    );
    let of = report(&served, "?action=find_contact_email&plan=pro");
    assert_eq!(of["rows"].as_array().unwrap().len(), 1);
    assert_eq!(report(&served, "?plan=discovery")["rows"], json!([]));
}

#[test]
fn what_was_reported_before_the_end_and_after_it_belongs_to_its_run() {
    let served = Served::new();
    served.ana();
    let begun = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "x"});
    let run = served.starts(&begun);
    let late = format!("/v1/runs/{run}/attempts");
    served.post(&late, &json!({"attempts": [call()]})).is(200);
    served.post(&format!("/v1/runs/{run}/settle"), &json!({"outcome": "failed"})).is(200);
    served.post(&late, &json!({"attempts": [dearer()]})).is(200);
    let all = report(&served, "");
    let row = row(&all, "pro", "enrich_market_map");
    holds(row, &json!({"cost": "0.0073", "attempts": 2, "told": 1, "silent": 0}));
    holds(&row["free"], &json!({"runs": 1, "cost": "0.0073"}));
    let by: Vec<_> =
        row["free_by"].as_array().unwrap().iter().map(|l| l["cause"].clone()).collect();
    assert_eq!(by, ["reported_later", "failed"]);
}

#[test]
fn shadow_is_what_would_have_been_and_stands_apart() {
    let served = Served::on(Box::<MemoryStore>::default());
    let mut files = sample("jobscout");
    files.operations = files
        .operations
        .map(|text| text.replace("{ process_documents: shadow }", "{ enrich_market_map: shadow }"));
    served.publish(Environment::Live, files);
    served.ana();
    let well = json!({"outcome": "delivered", "attempts": [call()]});
    let shadow = runs(&served, "ana", "enrich_market_map", "x", &well);
    assert_eq!(shadow["charged"], "0");
    runs(&served, "ana", "tailor_document", "x", &well);
    let all = report(&served, "");
    holds(
        row(&all, "pro", "enrich_market_map"),
        &json!({"books": "would_be", "charged": "10", "cost": "0.0028", "free": {"runs": 0}}),
    );
    holds(row(&all, "pro", "tailor_document"), &json!({"books": "enforced", "charged": "5"}));
    let books: Vec<_> =
        all["totals"].as_array().unwrap().iter().map(|total| total["books"].clone()).collect();
    assert_eq!(books, ["enforced", "would_be"]);
}

#[test]
fn a_window_holds_what_was_booked_in_it() {
    let served = Served::new();
    served.ana();
    let well = json!({"outcome": "delivered", "attempts": [call()]});
    for day in 24..=30 {
        served.now(&format!("2026-11-{day}T12:00:00Z"));
        runs(&served, "ana", "tailor_document", &format!("d{day}"), &well);
    }
    let ended = |query: &str| {
        let all = report(&served, query);
        all["totals"][0]["ended"].as_u64().unwrap_or(0)
    };
    assert_eq!(ended(""), 7);
    for (since, until, runs) in [
        ("2026-11-24T12:00:00Z", "2026-11-30T12:00:00Z", 6),
        ("2026-11-24T12:00:01Z", "2026-11-30T12:00:01Z", 6),
        ("2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z", 1),
        ("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z", 0),
        ("2020-01-01T00:00:00Z", "2026-11-01T00:00:00Z", 0),
    ] {
        assert_eq!(ended(&format!("?since={since}&until={until}")), runs, "{since}");
    }
    let empty = "/v1/reports/margin?since=2026-11-24T12:00:00Z&until=2026-11-24T12:00:00Z";
    assert_eq!(served.get(empty).refused(422, "invalid_request")["field"], "until");
    let token = served.token("ana", None);
    served.get_as(&token, "/v1/reports/margin").refused(403, "forbidden");
    let sandbox = served.get_as(&served.sandbox, "/v1/reports/margin").is(200);
    assert_eq!(sandbox["rows"], json!([]));
}

#[test]
fn however_the_time_is_cut_the_sums_are_the_same() {
    let served = Served::new();
    served.ana();
    for day in 24..=28 {
        served.now(&format!("2026-11-{day}T12:00:00Z"));
        let calls = [call(), unknown(), dearer()];
        let ends = json!({"outcome": "delivered", "attempts": calls[..day % 4]});
        runs(&served, "ana", "tailor_document", &format!("d{day}"), &ends);
    }
    let (catalog, _) = served.probity.catalog(Environment::Live).unwrap().wait().unwrap();
    let walked = |from: usize, to: usize| {
        let day = |day| Time::parse(&format!("2026-11-{day}T00:00:00Z")).unwrap();
        let (environment, since, until) = (Environment::Live, day(from), day(to));
        let wanted = Wanted { environment, since, until, action: None, plan: None };
        let mut walk = Walk::default();
        let read: Result<(), StoreError> = served.probity.read(|reader| {
            while !walk.go_on(reader, &catalog, &wanted)? {}
            Ok(())
        });
        read.unwrap();
        walk.tally
    };
    let whole = walked(24, 29);
    assert_eq!(whole.cells.values().map(|cell| cell.ended).sum::<u64>(), 5);
    for cut in 24..=29 {
        let mut both = walked(24, cut);
        both.merge(walked(cut, 29));
        assert_eq!(both, whole, "{cut}");
    }
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn amount(text: &Value) -> Amount {
    Amount::parse(text.as_str().unwrap_or("0")).unwrap()
}

fn cost(text: &Value) -> Cost {
    Cost::parse(text.as_str().unwrap()).unwrap()
}

#[test]
fn sums_are_those_over_all_receipts() {
    for seed in 0..4 {
        let served = Served::new();
        let mut dice = Dice(seed);
        let plans = [("ana", "pro"), ("ben", "byok"), ("dora", "discovery")];
        for (customer, plan) in plans {
            opens_with_credits(&served, customer, plan);
        }
        for n in 0..60 {
            let (customer, _) = plans[usize::try_from(dice.below(3)).unwrap()];
            let action = ["tailor_document", "enrich_market_map", "map_market"];
            let action = action[usize::try_from(dice.below(3)).unwrap()];
            let outcome = ["delivered", "failed", "empty", "abandoned", "cancelled", "bad_input"];
            let outcome = outcome[usize::try_from(dice.below(6)).unwrap()];
            let calls: Vec<Value> = (0..dice.below(4))
                .map(|_| {
                    let mut call = [call(), dearer(), unknown()]
                        [usize::try_from(dice.below(3)).unwrap()]
                    .clone();
                    call["usage"]["input"] = dice.below(5_000).into();
                    call["own_key"] = (customer == "ben" && dice.below(2) == 0).into();
                    call
                })
                .collect();
            let run = json!({"customer": customer, "action": action, "attempts": calls,
                "artifact": format!("a{}", dice.below(40)), "outcome": outcome,
                "own_key": customer == "ben", "metadata": {"n": n.to_string()}});
            let ran = served.post("/v1/runs", &run);
            if ran.status != 201 {
                continue;
            }
            if ran.body["charged"] != "0" && dice.below(2) == 0 {
                let path = format!("/v1/runs/{}/refund", ran.body["run"].as_str().unwrap());
                served.post(&path, &json!({"reason": "goodwill"})).is(200);
            }
        }
        held_against_receipts(&served, &plans.map(|(customer, _)| customer));
    }
}

/// The report's totals are what the receipts of these customers come to.
fn held_against_receipts(served: &Served, customers: &[&str]) {
    let (mut ours, mut theirs, mut unknown) = (Cost::ZERO, Cost::ZERO, 0);
    let (mut charged, mut refunded, mut runs) = (Amount::ZERO, Amount::ZERO, 0);
    for customer in customers {
        let page = served.get(&format!("/v1/customers/{customer}/runs?limit=100")).is(200);
        for receipt in page["items"].as_array().unwrap() {
            runs += 1;
            charged = charged.plus(amount(&receipt["charged"])).unwrap();
            refunded = refunded.plus(amount(&receipt["refunded"])).unwrap();
            for attempt in receipt["attempts"].as_array().into_iter().flatten() {
                let is_theirs = attempt["paid_by"] == "customer";
                let sum = if is_theirs { &mut theirs } else { &mut ours };
                match attempt["cost_known"].as_bool().unwrap() {
                    true => *sum = sum.plus(cost(&attempt["cost"])).unwrap(),
                    false if !is_theirs => unknown += 1,
                    false => {}
                }
            }
        }
    }
    let all = report(served, "");
    let total = &all["totals"][0];
    assert_eq!((&total["ended"], &total["unknown"]), (&json!(runs), &json!(unknown)));
    assert_eq!((cost(&total["cost"]), cost(&total["own_key"]["cost"])), (ours, theirs));
    assert_eq!((amount(&total["charged"]), amount(&total["refunded"])), (charged, refunded));
    let seen = [charged.is_positive(), refunded.is_positive(), runs > 20, unknown > 0];
    assert_eq!(seen, [true; 4], "{total:#}");
    assert!(ours.is_positive() && theirs.is_positive());
    // The rows and the customers come to the same as the whole.
    for list in ["rows", "customers"] {
        let sum = all[list].as_array().unwrap().iter().fold(Cost::ZERO, |sum, line| {
            let known = line["cost"].as_str().map_or(Cost::ZERO, |text| Cost::parse(text).unwrap());
            sum.plus(known).unwrap()
        });
        assert_eq!(sum, ours, "{list}");
    }
}
