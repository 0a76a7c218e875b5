//! The statement: everything that happened to a customer's credits, as pages and as a sheet.

use super::served::{Got, Served, holds};
use serde_json::{Value, json};

fn millionths(text: &str) -> i64 {
    let (whole, part) = text.trim_start_matches('-').split_once('.').unwrap_or((text, ""));
    let whole: i64 = whole.trim_start_matches('-').parse().unwrap();
    let part: i64 = format!("{part:0<6}").parse().unwrap();
    let sign = if text.starts_with('-') { -1 } else { 1 };
    sign * (whole * 1_000_000 + part)
}

/// All items that a token sees, page by page.
fn items(served: &Served, key: &str, query: &str) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/customers/ana/statement?limit=2{query}{cursor}");
        let page = served.get_as(key, &path).is(200);
        all.extend(page["items"].as_array().unwrap().clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn kinds(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["kind"].as_str().unwrap()).collect()
}

fn start(served: &Served, action: &str, artifact: &str) -> String {
    served.starts(&json!({"customer": "ana", "action": action, "artifact": artifact}))
}

fn does(served: &Served, run: &str, what: &str, body: &Value) -> Value {
    served.post(&format!("/v1/runs/{run}/{what}"), body).is(200)
}

/// Of everything something.
fn a_story(served: &Served) -> [String; 4] {
    served.ana();
    served.now("2026-11-23T10:01:00Z");
    let map = start(served, "enrich_market_map", "map_42");
    does(served, &map, "settle", &json!({"outcome": "partial", "parts": 5}));
    served.now("2026-11-23T10:02:00Z");
    let failed = start(served, "tailor_document", "draft_1");
    does(served, &failed, "settle", &json!({"outcome": "failed"}));
    served.now("2026-11-23T10:03:00Z");
    let draft = start(served, "tailor_document", "draft_2");
    does(served, &draft, "settle", &json!({"outcome": "delivered"}));
    served.now("2026-11-23T10:04:00Z");
    does(served, &map, "refund", &json!({"amount": "1", "reason": "goodwill"}));
    served.now("2026-11-23T10:05:00Z");
    does(served, &draft, "correct", &json!({"outcome": "failed", "reason": "file was empty"}));
    served.now("2026-11-23T10:06:00Z");
    let gift = json!({"kind": "goodwill", "amount": "10", "reason": "sorry"});
    served.post("/v1/customers/ana/grants", &gift).is(201);
    let bought = json!({"payment": "pi_1", "credits": "100"});
    served.post("/v1/customers/ana/top-ups", &bought).is(201);
    served.now("2026-11-23T10:07:00Z");
    served.post("/v1/customers/ana/top-ups/pi_1/claw-back", &json!({})).is(200);
    let held = start(served, "tailor_document", "draft_3");
    [map, failed, draft, held]
}

#[test]
fn what_was_given_back_stands_beside_what_was_charged_and_all_adds_up() {
    let served = Served::new();
    let [map, failed, draft, held] = a_story(&served);
    let token = served.token("ana", None);
    let all = items(&served, &token, "");
    assert_eq!(
        kinds(&all),
        [
            "held",
            "claw_back",
            "bought",
            "goodwill",
            "correction",
            "refund",
            "charged",
            "not_charged",
            "charged",
            "plan"
        ]
    );
    let sum: i64 = all.iter().map(|item| millionths(item["amount"].as_str().unwrap())).sum();
    let wallet = served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!(sum, millionths(wallet["available"].as_str().unwrap()));
    let of = |kind: &str, run: &str| {
        let found = |item: &&Value| item["kind"] == kind && item["run"] == run;
        all.iter().find(found).unwrap_or_else(|| panic!("{kind} {run}: {all:#?}"))
    };
    holds(
        of("charged", &map),
        &json!({"amount": "-6", "money": "-$0.60", "action": "enrich_market_map",
            "action_name": "Enrich a market map", "artifact": "map_42", "outcome": "partial",
            "rule": "share", "at": "2026-11-23T10:01:00Z", "contract": "jobscout@3",
            "why": "Taken in part: you pay for what was delivered, and not for the rest."}),
    );
    let words = of("charged", &map)["words"].as_str().unwrap();
    assert!(words.starts_with("5 of 8 delivered."), "{words}");
    holds(of("not_charged", &failed), &json!({"amount": "0", "why": "Free: it failed."}));
    holds(
        of("charged", &draft),
        &json!({"amount": "-5", "outcome": "delivered", "rule": "charge",
            "why": "Taken because the tailored document was delivered."}),
    );
    // What they read then: that 114 credits less 5 were left, whatever came since.
    let words = of("charged", &draft)["words"].as_str().unwrap();
    assert!(words.contains("109 credits left"), "{words}");
    holds(
        of("refund", &map),
        &json!({"amount": "1", "reason": "goodwill", "why": "Given back after it was taken."}),
    );
    holds(
        of("correction", &draft),
        &json!({"amount": "5", "outcome": "failed", "reason": "file was empty", "rule": "corrected",
            "why": "Put right: we found out that it had failed."}),
    );
    holds(
        of("held", &held),
        &json!({"amount": "-5", "outcome": null, "rule": null,
            "why": "Set aside while it is running. How it ends says what is taken; the rest comes back."}),
    );
    holds(all.last().unwrap(), &json!({"amount": "120", "run": null, "words": null}));
}

#[test]
fn a_part_of_it_is_asked_for_by_kind_action_and_time() {
    let served = Served::new();
    a_story(&served);
    let kinds_of = |query: &str| {
        let items = items(&served, &served.live, query);
        items.iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kinds_of("&only=charged"), ["charged", "charged"]);
    assert_eq!(kinds_of("&only=not_charged"), ["not_charged"]);
    assert_eq!(kinds_of("&only=held"), ["held"]);
    assert_eq!(kinds_of("&only=refunds"), ["correction", "refund"]);
    assert_eq!(kinds_of("&only=credits"), ["claw_back", "bought", "goodwill", "plan"]);
    assert_eq!(kinds_of("&action=enrich_market_map"), ["refund", "charged"]);
    assert_eq!(kinds_of("&only=charged&action=tailor_document"), ["charged"]);
    let time = "&from=2026-11-23T10:02:00Z&until=2026-11-23T10:04:00Z";
    assert_eq!(kinds_of(time), ["charged", "not_charged"]);
    for (query, field) in [
        ("only=all", "only"),
        ("from=noon", "from"),
        ("cursor=x", "cursor"),
        ("limit=101", "limit"),
    ] {
        let got = served.get(&format!("/v1/customers/ana/statement?{query}"));
        assert_eq!(got.refused(422, "invalid_request")["field"], field);
    }
}

#[test]
fn a_page_looks_at_so_much_and_says_where_to_go_on() {
    let served = Served::new();
    let [.., held] = a_story(&served);
    let item = json!({"do": "extend", "id": held, "body": {"for": "9 minutes"}});
    for _ in 0..3 {
        let done = served.post("/v1/batch", &json!({"items": vec![item.clone(); 1000]})).is(200);
        assert!(done["items"].as_array().unwrap().iter().all(|item| item["status"] == 200));
    }
    let page = served.get("/v1/customers/ana/statement?only=refunds").is(200);
    assert_eq!(page["items"], json!([]));
    assert!(page["next_cursor"].is_string(), "{page:#}");
    assert_eq!(kinds(&items(&served, &served.live, "&only=refunds")), ["correction", "refund"]);
    let charged = sheet(&served, &served.live, "?format=csv&only=charged", None);
    assert_eq!(charged.text.lines().count(), 3);
    // What could be used then is known however far back it was.
    let charged = items(&served, &served.live, "&only=charged");
    assert!(charged[0]["words"].as_str().unwrap().contains("109 credits left"), "{charged:#?}");
}

#[test]
fn a_run_that_ends_between_two_pages_stands_on_one_of_them() {
    let served = Served::new();
    let [.., held] = a_story(&served);
    let newest = served.get("/v1/customers/ana/statement?limit=1").is(200);
    let mut cursor = newest["next_cursor"].as_str().unwrap().to_owned();
    served.post(&format!("/v1/runs/{held}/release"), &json!({})).is(200);
    let mut found = newest["items"].as_array().unwrap().clone();
    loop {
        let path = format!("/v1/customers/ana/statement?limit=1&cursor={cursor}");
        let page = served.get(&path).is(200);
        found.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next_cursor"].as_str() else { break };
        next.clone_into(&mut cursor);
    }
    let of_it: Vec<_> = found.iter().filter(|item| item["run"] == held.as_str()).collect();
    assert_eq!((of_it.len(), &of_it[0]["kind"]), (1, &json!("held")), "{found:#?}");
    // Whoever begins anew sees how it ended.
    let anew = items(&served, &served.live, "");
    let of_it: Vec<_> = anew.iter().filter(|item| item["run"] == held.as_str()).collect();
    assert_eq!((of_it.len(), &of_it[0]["kind"]), (1, &json!("not_charged")), "{anew:#?}");
}

#[test]
fn a_run_moves_from_held_to_how_it_ended() {
    let served = Served::new();
    let [.., held] = a_story(&served);
    served.now("2026-11-23T11:30:00Z");
    let all = items(&served, &served.live, "");
    let of_it: Vec<_> = all.iter().filter(|item| item["run"] == held.as_str()).collect();
    assert_eq!(of_it.len(), 1, "{of_it:#?}");
    holds(
        of_it[0],
        &json!({"kind": "not_charged", "amount": "0", "outcome": "failed", "rule": "too_slow",
            "why": "Free: it was not finished in time."}),
    );
}

fn sheet(served: &Served, key: &str, query: &str, accept: Option<&str>) -> Got {
    let bearer = format!("Bearer {key}");
    let mut headers = vec![("authorization", bearer.as_str())];
    headers.extend(accept.map(|accept| ("accept", accept)));
    served.call("GET", &format!("/v1/customers/ana/statement{query}"), &headers, "")
}

#[test]
fn all_of_it_is_one_sheet_and_no_cell_of_it_is_a_formula() {
    let served = Served::new();
    a_story(&served);
    for n in 0..600 {
        let artifact = format!("=HYPERLINK(\"http://x\",\"{n}\")");
        let body = json!({"customer": "ana", "action": "search_roles", "artifact": artifact,
            "outcome": "failed", "reason": "-1, \"so\""});
        served.post("/v1/runs", &body).is(201);
    }
    let token = served.token("ana", None);
    let got = sheet(&served, &token, "", Some("text/csv, application/json;q=0.5"));
    assert_eq!(got.status, 200);
    assert_eq!(got.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(got.header("cache-control"), "no-store");
    assert!(got.header("content-disposition").starts_with("attachment"));
    assert!(got.text.contains("\r\n") && !got.text.replace("\r\n", "").contains('\n'));
    let mut lines = csv::Reader::from_reader(got.text.as_bytes());
    let head = lines.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let lines: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    let all = items(&served, &token, "");
    assert_eq!(lines.len(), all.len());
    for (line, item) in lines.iter().zip(&all) {
        for column in ["item", "at", "kind", "amount", "run"] {
            assert_eq!(&line[at(column)], item[column].as_str().unwrap_or_default(), "{item:#}");
        }
        for (i, cell) in line.iter().enumerate() {
            let is_number = i == at("amount") || i == at("money");
            assert!(is_number || !cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    assert!(lines[0][at("artifact")].starts_with("'=HYPERLINK"));
    assert_eq!(&lines[0][at("reason")], "'-1, \"so\"");
    let sum: i64 = lines.iter().map(|line| millionths(&line[at("amount")])).sum();
    let wallet = served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!(sum, millionths(wallet["available"].as_str().unwrap()));
    // By the query, too, and only what is wanted; the query has the last word.
    let charged = sheet(&served, &token, "?format=csv&only=charged", Some("application/json"));
    assert_eq!(charged.text.lines().count(), 3);
    assert!(sheet(&served, &token, "?format=json", Some("text/csv")).body.is_object());
    let refused = sheet(&served, &token, "?format=csv&limit=3", None);
    assert_eq!(refused.refused(422, "invalid_request")["field"], "limit");
}

#[test]
fn a_statement_is_its_customers_and_a_member_sees_what_the_runs_show() {
    let served = Served::new();
    a_story(&served);
    served.opens("bo", "pro");
    let foreign = served.token("bo", None);
    let path = "/v1/customers/ana/statement";
    served.get_as(&foreign, path).refused(404, "not_found");
    served.get_as(&foreign, &format!("{path}?format=csv")).refused(404, "not_found");
    served.get("/v1/customers/nobody/statement").refused(404, "not_found");
    served.get_as("", path).refused(401, "unauthenticated");
    let member = served.token("ana", Some("m1"));
    assert_eq!(items(&served, &member, ""), items(&served, &served.live, ""));
    let runs = |key: &str| served.get_as(key, "/v1/customers/ana/runs").is(200)["items"].clone();
    assert_eq!(
        runs(&member).as_array().unwrap().len(),
        runs(&served.live).as_array().unwrap().len()
    );
}

#[test]
fn a_receipt_goes_on_saying_what_was_left_then() {
    let served = Served::new();
    served.ana();
    let run = start(&served, "tailor_document", "draft_1");
    let path = format!("/v1/runs/{run}");
    let words = |body: &Value| body["words"].as_str().unwrap().to_owned();
    let then = words(&does(&served, &run, "settle", &json!({"outcome": "delivered"})));
    assert!(then.contains("115 credits left"), "{then}");
    let bought = json!({"payment": "pi_1", "credits": "50",
        "paid": {"amount": "5.00", "currency": "USD"}});
    served.post("/v1/customers/ana/top-ups", &bought).is(201);
    start(&served, "tailor_document", "draft_2");
    let attempt = json!({"attempts": [{"model": "gpt-5", "usage": {"input": 10, "output": 5}}]});
    served.post(&format!("{path}/attempts"), &attempt).is(200);
    assert_eq!(words(&served.get(&path).is(200)), then);
    let listed = served.get("/v1/customers/ana/runs").is(200);
    let listed = listed["items"].as_array().unwrap().iter().find(|one| one["run"] == run.as_str());
    assert_eq!(words(listed.unwrap()), then);
    let item =
        items(&served, &served.live, "").into_iter().find(|item| item["run"] == run.as_str());
    assert_eq!(words(&item.unwrap()), then);
}

#[test]
fn a_receipt_says_why_what_came_back_and_what_was_asked_and_answered() {
    let served = Served::new();
    let [map, _, draft, _] = a_story(&served);
    let token = served.token("ana", None);
    let receipt = |run: &str| served.get_as(&token, &format!("/v1/runs/{run}")).is(200);
    let of_map = receipt(&map);
    assert_eq!(
        of_map["why"],
        "Taken in part: you pay for what was delivered, and not for the rest."
    );
    holds(
        &of_map["refunds"][0],
        &json!({"at": "2026-11-23T10:04:00Z", "amount": "1", "reason": "goodwill",
            "corrected": false, "usable_until": "2027-01-23T00:00:00Z"}),
    );
    assert_eq!(of_map["drawn"][0]["kind"], "plan");
    assert_eq!(of_map["questions"], json!([]));
    holds(
        &receipt(&draft)["refunds"][0],
        &json!({"amount": "5", "reason": "file was empty", "corrected": true}),
    );
    let ask = json!({"text": "why 6?"});
    let path = format!("/v1/runs/{map}/question");
    let asked = served.call_as(&token, "POST", &path, &ask).is(202)["question"].clone();
    let open = "/v1/reports/exceptions?kind=question";
    assert_eq!(served.get(open).is(200)["items"].as_array().unwrap().len(), 1);
    holds(
        &receipt(&map)["questions"][0],
        &json!({"question": asked, "at": "2026-11-23T10:07:00Z", "text": "why 6?", "answers": []}),
    );
    served.now("2026-11-23T12:00:00Z");
    let said = json!({"text": "5 of 8 sections came: 6 of 10 credits."});
    let answer = format!("/v1/runs/{map}/answer");
    let member = served.token("ana", Some("m1"));
    served.call_as(&member, "POST", &answer, &said).refused(403, "forbidden");
    assert_eq!(served.post(&answer, &said).is(201)["question"], asked);
    let receipt = served.get_as(&member, &format!("/v1/runs/{map}")).is(200);
    let told = json!([{"at": "2026-11-23T12:00:00Z", "text": said["text"]}]);
    assert_eq!(receipt["questions"][0]["answers"], told);
    assert_eq!(served.get(open).is(200)["items"], json!([]));
    // Of what was not asked nothing is answered.
    served.post(&format!("/v1/runs/{draft}/answer"), &said).refused(404, "not_found");
    let other = json!({"text": "so", "question": "q_other"});
    served.post(&answer, &other).refused(404, "not_found");
    let empty = served.post(&answer, &json!({"text": " "}));
    assert_eq!(empty.refused(422, "invalid_request")["field"], "text");
}
