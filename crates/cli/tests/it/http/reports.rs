//! Lists and reports over everybody.

use super::served::{Served, holds, sample};
use probity::Environment;
use probity::store::sqlite::SqliteStore;
use serde_json::{Value, json};

/// The lines of a report, page by page.
fn lines(served: &Served, query: &str, limit: usize) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/reports/exceptions?limit={limit}{query}{cursor}");
        let page = served.get(&path).is(200);
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn run(customer: &str, artifact: &str) -> Value {
    json!({"customer": customer, "action": "enrich_market_map", "artifact": artifact})
}

fn settle(served: &Served, run: &str, report: &Value) -> Value {
    served.post(&format!("/v1/runs/{run}/settle"), report).is(200)
}

/// Something of every kind that the sample contract can bring about.
fn a_bad_week(served: &Served) {
    served.ana();
    let failed = served.starts(&run("ana", "a"));
    let attempts: Vec<Value> = (0..4)
        .map(|_| json!({"model": "nobody-knows", "usage": {"input": 1, "output": 1}}))
        .collect();
    let report = json!({"outcome": "failed", "reason": "time-out", "attempts": attempts});
    settle(served, &failed, &report);
    let question = json!({"text": "I paid for <nothing>"});
    served.post(&format!("/v1/runs/{failed}/question"), &question).is(202);
    let late = served.starts(&run("ana", "b"));
    served.now("2026-11-24T10:00:00Z");
    settle(served, &late, &json!({"outcome": "delivered"}));
    let top_up = json!({"payment": "pi_1", "credits": "100",
        "paid": {"amount": "10.00", "currency": "EUR"}});
    served.post("/v1/customers/ana/top-ups", &top_up).is(201);
    let pack = json!({"payment": "pi_2", "credits": "50",
        "paid": {"amount": "5.00", "currency": "USD"}});
    served.post("/v1/customers/ana/top-ups", &pack).is(201);
    served.opens("ben", "pro");
    let terms = json!({"credit_line": "300", "until": "2027-06-30", "reason": "pilot"});
    served.post("/v1/customers/ben/overrides", &terms).is(201);
    let dear = json!({"customer": "ben", "action": "enrich_market_map", "artifact": "x",
        "outcome": "delivered"});
    for n in 0..13 {
        let mut dear = dear.clone();
        dear["artifact"] = format!("x{n}").into();
        served.post("/v1/runs", &dear).is(201);
    }
}

#[test]
fn what_needs_a_person_says_whose_which_run_how_much_and_what_next() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("p.db")).unwrap();
    let kept = Served::on(Box::new(store));
    kept.publish(Environment::Live, sample("jobscout"));
    for served in [Served::new(), kept] {
        a_bad_week(&served);
        let all = lines(&served, "", 100);
        let kinds: Vec<&str> = all.iter().map(|line| line["kind"].as_str().unwrap()).collect();
        assert_eq!(
            kinds,
            [
                "owed",
                "override",
                "odd_top_up",
                "late",
                "expired",
                "question",
                "our_failure",
                "unknown_cost",
                "too_many_attempts"
            ]
        );
        let of = |kind: &str| all.iter().find(|line| line["kind"] == kind).unwrap();
        holds(
            of("our_failure"),
            &json!({"at": "2026-11-23T10:00:00Z", "customer": "ana", "amount": "10",
                "action": "enrich_market_map", "artifact": "a", "by": "key name", "money": "$1.00",
                "what": "It failed (time-out). 10 credits were not charged."}),
        );
        holds(of("owed"), &json!({"customer": "ben", "amount": "10", "artifact": "x12"}));
        holds(
            of("expired"),
            &json!({"amount": "10", "by": "probity", "at": "2026-11-23T10:10:00Z",
                "what": "Nobody said in time how it ended: 10 credits were given back."}),
        );
        let odd = of("odd_top_up");
        holds(
            odd,
            &json!({"amount": "100", "run": null,
                "what": "100 credits were booked for 10.00 EUR; the contract sells in USD."}),
        );
        let asked = of("question");
        holds(asked, &json!({"artifact": "a", "seq": null, "amount": null}));
        assert!(asked["what"].as_str().unwrap().contains("I paid for <nothing>"));
        assert_eq!(asked["run"], of("our_failure")["run"]);
        for line in &all {
            assert!(line["what"].as_str().unwrap().ends_with(['.', '"']), "{line}");
            assert!(line["next"].as_str().unwrap().ends_with('.'), "{line}");
        }
        // In pages of any size it is the same.
        for limit in [1, 2, 4] {
            assert_eq!(lines(&served, "", limit), all);
        }
        let late = lines(&served, "&kind=late", 1);
        assert_eq!(late.iter().collect::<Vec<_>>(), [of("late")]);
        let asked = lines(&served, "&kind=question&since=2026-11-24T00:00:00Z", 10);
        assert_eq!(asked, Vec::<Value>::new());
        let since = lines(&served, "&since=2026-11-24T00:00:00Z", 10);
        assert_eq!(since, all[..4]);
        let bad = served.get("/v1/reports/exceptions?cursor=x").refused(422, "invalid_request");
        assert_eq!(bad["field"], "cursor");
        let bad = served.get("/v1/reports/exceptions?kind=all").refused(422, "invalid_request");
        assert_eq!(bad["field"], "kind");
        assert_eq!(
            served.get_as(&served.sandbox, "/v1/reports/exceptions").is(200)["items"],
            json!([])
        );
        let token = served.token("ana", None);
        served.get_as(&token, "/v1/reports/exceptions").refused(403, "forbidden");
    }
}

#[test]
fn what_shadow_would_refuse_or_take_otherwise_is_told() {
    let served = Served::on(Box::<probity::store::MemoryStore>::default());
    let mut files = sample("jobscout");
    files.operations = files.operations.map(|text| {
        let enforced = text.find("rollout:").unwrap();
        let end = text[enforced..].find("\n\n").map_or(text.len(), |end| enforced + end);
        text.replace(&text[enforced..end], "rollout:\n  default: shadow\n")
    });
    served.publish(Environment::Live, files);
    served.ana();
    for n in 0..13 {
        let run = json!({"customer": "ana", "action": "enrich_market_map",
            "artifact": format!("x{n}"), "outcome": "delivered", "now": {"charged": "7"}});
        served.post("/v1/runs", &run).is(201);
    }
    let all = lines(&served, "", 100);
    let of = |kind: &str| all.iter().filter(|line| line["kind"] == kind).count();
    assert_eq!((of("would_be_denied"), of("differs")), (1, 13), "{all:#?}");
    let line = all.iter().find(|line| line["kind"] == "would_be_denied").unwrap();
    holds(line, &json!({"artifact": "x12", "amount": "10"}));
    let line = all.last().unwrap();
    assert_eq!(line["what"], "Today's billing took 7 credits; the contract takes 10 credits.");
}

#[test]
fn customers_are_listed_in_the_order_of_their_ids() {
    let served = Served::new();
    for id in ["dora", "ana", "carl", "ben"] {
        served.opens(id, "pro");
    }
    let page = |query: &str| served.get(&format!("/v1/customers{query}")).is(200);
    let ids = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|item| item["customer"].as_str().unwrap().to_owned()).collect()
    };
    let all = page("");
    assert_eq!(
        (ids(&all).join(" "), &all["next_cursor"]),
        ("ana ben carl dora".to_owned(), &Value::Null)
    );
    holds(
        &all["items"][0],
        &json!({"plan": "pro", "as_of_seq": 1, "wallet": {"available": "120"}}),
    );
    let first = page("?limit=3");
    assert_eq!((ids(&first).len(), &first["next_cursor"]), (3, &json!("carl")));
    assert_eq!(ids(&page("?limit=3&cursor=carl")), ["dora"]);
    assert_eq!(served.get_as(&served.sandbox, "/v1/customers").is(200)["items"], json!([]));
    served.get_as(&served.token("ana", None), "/v1/customers").refused(403, "forbidden");
}
