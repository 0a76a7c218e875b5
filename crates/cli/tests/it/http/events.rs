//! Events as clients meet them: a stream that goes on, a list of what was told, and their schemas.

use super::served::Served;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A stream of events that is being read.
pub(super) struct Stream {
    lines: BufReader<TcpStream>,
    /// Where whoever comes back goes on, as long as there was no event.
    opened_at: String,
}

/// One message of it.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) id: String,
    pub(super) event: String,
    pub(super) data: Value,
}

impl Stream {
    pub(super) fn open(served: &Served, key: &str, path: &str, last: Option<&str>) -> Self {
        let mut stream = TcpStream::connect(served.address()).unwrap();
        // A test that waits for what never comes fails.
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let last = last.map(|id| format!("last-event-id: {id}\r\n")).unwrap_or_default();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n{last}\
             accept: text/event-stream\r\n\r\n"
        )
        .unwrap();
        let mut stream = Self { lines: BufReader::new(stream), opened_at: String::new() };
        let head = stream.lines_until(str::is_empty);
        assert!(head[0].contains(" 200 "), "{head:?}");
        assert!(head.iter().any(|line| line == "content-type: text/event-stream"), "{head:?}");
        let opening = stream.lines_until(|line| line == ": the events follow");
        let id = opening.iter().find_map(|line| line.strip_prefix("id: "));
        stream.opened_at = id.expect("where to go on").to_owned();
        if path.starts_with("/v1/customers/") {
            let opened = stream.next();
            assert_eq!((opened.event.as_str(), opened.id.as_str()), ("stream.opened", ""));
            assert!(opened.data["data"]["seq"].as_u64() > Some(0), "{opened:?}");
        }
        stream
    }

    fn lines_until(&mut self, is_last: impl Fn(&str) -> bool) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).unwrap();
            assert!(read > 0, "it ended after {lines:?}");
            let line = line.trim_end();
            if is_last(line) {
                return lines.into_iter().chain([line.to_owned()]).collect();
            }
            lines.push(line.to_owned());
        }
    }

    /// The next message.
    pub(super) fn next(&mut self) -> Message {
        let mut message = Message::default();
        loop {
            let lines = self.lines_until(|line| line.starts_with("data: "));
            for line in &lines {
                match line.split_once(": ") {
                    Some(("id", id)) => id.clone_into(&mut message.id),
                    Some(("event", event)) => event.clone_into(&mut message.event),
                    Some(("data", data)) => message.data = serde_json::from_str(data).unwrap(),
                    _ => {}
                }
            }
            if !message.data.is_null() {
                return message;
            }
        }
    }

    /// The last chunk, which is empty.
    fn ends(mut self) {
        self.lines_until(|line| line == "0");
    }
}

fn tailored(served: &Served, customer: &str, draft: &str) {
    let run = json!({"customer": customer, "action": "tailor_document", "artifact": draft,
        "outcome": "delivered"});
    served.post("/v1/runs", &run).is(201);
}

#[test]
fn a_customers_page_hears_of_its_own_customer_only() {
    let served = Served::new();
    served.ana();
    served.opens("ben", "pro");
    let token = served.token("ana", None);
    let mut stream = Stream::open(&served, &token, "/v1/customers/ana/events", None);
    tailored(&served, "ben", "draft_1");
    tailored(&served, "ana", "draft_1");
    let heard = stream.next();
    assert_eq!((heard.event.as_str(), &heard.data["type"]), ("run.settled", &json!("run.settled")));
    assert_eq!(heard.data["id"], heard.id);
    let data = &heard.data["data"];
    assert_eq!((&data["customer"], &data["run"]["charged"]), (&json!("ana"), &json!("5")));
    assert_eq!(data["wallet"]["available"], "115");
    let others = served.get_as(&token, "/v1/customers/ben/events");
    others.refused(404, "not_found");
    served.get_as(&token, "/v1/events").refused(403, "forbidden");
    served.get_as(&served.sandbox, "/v1/customers/ana/events").refused(404, "not_found");
}

#[test]
fn an_operators_reasons_are_not_for_the_customer() {
    let served = Served::new();
    served.ana();
    let token = served.token("ana", None);
    let mut stream = Stream::open(&served, &token, "/v1/customers/ana/events", None);
    let reason = json!({"reason": "suspected card fraud"});
    served.post("/v1/customers/ana/pause", &reason).is(200);
    assert_eq!(stream.next().data["data"]["change"]["reason"], Value::Null);
    let list = "/v1/customers/ana/events?types=customer.paused";
    assert!(!served.get_as(&token, list).text.contains("fraud"));
    assert!(served.get(list).text.contains("fraud"));
}

#[test]
fn who_comes_back_gets_what_was_missed_in_order_and_once() {
    let served = Served::new();
    served.ana();
    let path = "/v1/customers/ana/events";
    let mut stream = Stream::open(&served, &served.live, path, None);
    tailored(&served, "ana", "draft_1");
    let first = stream.next();
    drop(stream);
    for n in 2..=4 {
        tailored(&served, "ana", &format!("draft_{n}"));
    }
    let mut again = Stream::open(&served, &served.live, path, Some(&first.id));
    tailored(&served, "ana", "draft_5");
    let artifacts: Vec<_> =
        (0..4).map(|_| again.next().data["data"]["run"]["artifact"].clone()).collect();
    assert_eq!(artifacts, ["draft_2", "draft_3", "draft_4", "draft_5"]);
    let after = format!("/v1/events?after={}&types=run.settled&customer=ana", first.id);
    let mut of_all = Stream::open(&served, &served.live, &after, None);
    assert_eq!(of_all.next().data["data"]["run"]["artifact"], "draft_2");
    served.get("/v1/events?after=evt_7").refused(422, "invalid_request");
    let wrong = served.get("/v1/events?types=run.setled").refused(422, "invalid_request");
    assert!(wrong["detail"].as_str().unwrap().contains("run.settled"), "{wrong:#}");
}

#[test]
fn who_comes_back_before_there_was_an_event_misses_none() {
    let served = Served::new();
    served.ana();
    let stream = Stream::open(&served, &served.live, "/v1/events", None);
    let opened_at = stream.opened_at.clone();
    drop(stream);
    tailored(&served, "ana", "draft_1");
    let mut again = Stream::open(&served, &served.live, "/v1/events", Some(&opened_at));
    assert_eq!(again.next().data["data"]["run"]["artifact"], "draft_1");
}

#[test]
fn a_stream_ends_when_the_service_stops() {
    let served = Served::new();
    served.ana();
    let stream = Stream::open(&served, &served.live, "/v1/customers/ana/events", None);
    served.ends_streams();
    stream.ends();
}

#[test]
fn lists_page_through_everything_that_was_told() {
    let served = Served::new();
    served.ana();
    for n in 1..=7 {
        tailored(&served, "ana", &format!("draft_{n}"));
    }
    let (mut path, mut seen) = ("/v1/events?limit=3".to_owned(), Vec::new());
    loop {
        let page = served.get(&path).is(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|told| told["id"].clone()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/events?limit=3&after={next}");
    }
    let known = seen.len();
    seen.dedup();
    assert_eq!((seen.len(), known), (9, 9), "one of them tells that the credits end soon");
}

/// Everything that can happen, held to the schemas that are published.
#[test]
fn every_event_is_as_its_schema_says() {
    let served = Served::new();
    let types = served.get_as("", "/v1/event-types").is(200);
    let mut heard = served.probity.listen();
    played(&served);
    let mut seen = std::collections::BTreeSet::new();
    while let Ok(told) = heard.try_recv() {
        let event: Value = serde_json::from_str(&told.body()).unwrap();
        let of = |known: &&Value| known["type"] == event["type"];
        let of = types["items"].as_array().unwrap().iter().find(of).unwrap();
        let schema = jsonschema::validator_for(&of["schema"]).unwrap();
        let wrong: Vec<_> = schema.iter_errors(&event).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{event:#}\n{wrong:#?}");
        seen.insert(event["type"].as_str().unwrap().to_owned());
    }
    let all = types["items"].as_array().unwrap().iter().map(|of| of["type"].as_str().unwrap());
    let unseen: Vec<_> = all.filter(|word| !seen.contains(*word)).collect();
    // Versions are published in the engine's own tests.
    assert_eq!(unseen, ["terms.changing", "terms.began"]);
}

fn played(served: &Served) {
    served.ana();
    let of = |what: &str| format!("/v1/customers/ana/{what}");
    let grant = json!({"kind": "gift", "amount": "1", "reason": "hello"});
    served.post(&of("grants"), &grant).is(201);
    let paid =
        json!({"payment": "pi_1", "credits": "50", "paid": {"amount": "5", "currency": "USD"}});
    served.post(&of("top-ups"), &paid).is(201);
    served.post(&of("top-ups/pi_1/claw-back"), &json!({"reason": "dispute"})).is(200);
    let auto = json!({"below": "200", "credits": "10", "month_at_most": "100"});
    served.put(&of("caps"), &json!({"members": {"m1": "90"}, "auto_top_up": auto})).is(200);
    let until = json!({"at_once": 9, "until": "2027-06-30", "reason": "pilot"});
    served.post(&of("overrides"), &until).is(201);
    served.put(&of("own-keys/openai"), &json!({"key": "sk-proj-not-a-real-key-abcd"})).is(200);
    served.post(&of("pause"), &json!({"reason": "checked"})).is(200);
    served.post(&of("resume"), &json!({})).is(200);
    served.put("/v1/customers/ana", &json!({"name": "Ana Maria"})).is(200);
    let quote = json!({"customer": "ana", "action": "find_contact_email",
        "inputs": {"full_name": "X Y", "company_domain": "x.org"}});
    let quote = served.post("/v1/quotes", &quote).is(201);
    let confirm = format!("/v1/quotes/{}/confirm", quote["quote"].as_str().unwrap());
    served.post(&confirm, &json!({})).is(200);
    let tailor = |draft: &str| {
        served.starts(&json!({"customer": "ana", "action": "tailor_document", "artifact": draft}))
    };
    let run = tailor("draft_1");
    let on = |run: &str, what: &str, body: Value| {
        let answer = served.post(&format!("/v1/runs/{run}/{what}"), &body);
        assert!(answer.status < 300, "{:#}", answer.body);
    };
    on(&run, "extend", json!({"for": "5 minutes"}));
    on(&run, "settle", json!({"outcome": "delivered"}));
    on(&run, "question", json!({"text": "why?"}));
    on(&run, "answer", json!({"text": "it was delivered"}));
    on(&run, "refund", json!({"amount": "1", "reason": "goodwill"}));
    on(&run, "correct", json!({"outcome": "failed"}));
    on(&tailor("draft_2"), "release", json!({}));
    tailor("draft_3");
    let map = json!({"customer": "ana", "action": "enrich_market_map", "confirmed": true});
    for n in 0..7 {
        let mut map = map.clone();
        map["artifact"] = format!("map_{n}").into();
        let run = served.starts(&map);
        on(&run, "settle", json!({"outcome": "delivered"}));
    }
    // Days with one small run, then one that is like none before.
    for day in 24..28 {
        served.now(&format!("2026-11-{day}T10:00:00Z"));
        tailored(served, "ana", &format!("daily_{day}"));
    }
    served
        .post(&of("grants"), &json!({"kind": "gift", "amount": "1000", "reason": "more"}))
        .is(201);
    served.now("2026-11-28T10:00:00Z");
    let sudden = (10..60).map(|n| {
        let mut map = map.clone();
        map["artifact"] = format!("map_{n}").into();
        map["outcome"] = "delivered".into();
        served.post("/v1/runs", &map).body["code"].clone()
    });
    assert!(sudden.into_iter().any(|code| code == "paused"));
    let change = json!({"plan": "discovery"});
    served.put("/v1/customers/ana", &change).is(200);
    for day in ["2027-02-15", "2027-04-20"] {
        served.now(&format!("{day}T10:00:00Z"));
        while served.probity.sweep().unwrap().wait().unwrap() > 0 {}
    }
}

/// Whoever reads the events of somebody rare looks at so many of everybody's, and goes on by the cursor.
#[test]
fn a_list_looks_at_so_many_events_and_goes_on_by_its_cursor() {
    let now = probity_core::Time::parse(super::served::NOW).unwrap();
    let told = |number| probity::store::Told {
        number,
        environment: probity::Environment::Live,
        customer: probity::store::CustomerNumber(1),
        whose: "zoe".into(),
        kind: probity_core::event::EventKind::RunHeld,
        at: now,
        told_at: now,
        once: None,
        data: probity::store::Data::Whole("{}".to_owned()),
    };
    let mut store = Box::<probity::store::MemoryStore>::default();
    let events = (1..=20_500).map(|number| std::sync::Arc::new(told(number))).collect();
    let batch = probity::store::Batch { events, ..probity::store::Batch::default() };
    probity::store::Store::commit(&mut *store, &batch).unwrap();
    let served = Served::on(store);
    served.publish(probity::Environment::Live, super::served::sample("jobscout"));
    served.opens("ana", "pro");
    let first = served.get("/v1/customers/ana/events").is(200);
    assert_eq!(first["items"], json!([]));
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = served.get(&format!("/v1/customers/ana/events?after={cursor}")).is(200);
    assert_eq!(rest["items"][0]["type"], "customer.opened");
    assert_eq!(rest["next_cursor"], Value::Null);
}
