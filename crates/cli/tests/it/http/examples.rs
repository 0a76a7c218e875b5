//! One example of each route, as the page at `/docs` and the OpenAPI show it: played against a server,
//! so that none of them can be wrong. `UPDATE=1` writes `crates/cli/src/http/examples.json` anew.

use super::served::Served;
use crate::webhooks::receiver::Receiver;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Plays requests, and keeps what was sent and answered by route.
struct Player<'a> {
    served: &'a Served,
    played: Map<String, Value>,
}

impl Player<'_> {
    fn plays(&mut self, route: &str, path: &str, sent: &Value, status: u16) -> Value {
        let (method, _) = route.split_once(' ').unwrap();
        let key = match path {
            "/v1/sandbox/clock" => &self.served.sandbox,
            // They are sent to this machine, which live ones never are by http.
            hooks if hooks.starts_with("/v1/webhook-endpoints") => &self.served.sandbox,
            _ => &self.served.live,
        };
        let answered = self.served.call_as(key, method, path, sent).is(status);
        self.keeps(route, (path, status), sent, &answered);
        answered
    }

    /// An event that Stripe signed, to a server that knows its secret.
    fn told_by_stripe(&mut self, route: &str, event: &Value) {
        let shop = crate::stripe::shop();
        shop.put("/v1/customers/ana", &json!({"plan": "pro"})).is(201);
        let answered = crate::stripe::tells(&shop, event).is(200);
        self.keeps(route, ("/v1/stripe/webhook", 200), event, &answered);
    }

    fn keeps(&mut self, route: &str, (path, status): (&str, u16), sent: &Value, answered: &Value) {
        let mut told = json!({ "path": path, "status": status, "answer": shortened(answered) });
        if !sent.is_null() {
            told["sent"] = shortened(sent);
        }
        let told: Value = serde_json::from_str(&masked(&told.to_string())).unwrap();
        let before = self.played.insert(route.to_owned(), told);
        assert!(before.is_none(), "{route} is played twice");
    }
}

/// Lists of one thing or two, sentences as they are.
fn shortened(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let most = if items.iter().all(Value::is_object) { 1 } else { 3 };
            Value::Array(items.iter().take(most).map(shortened).collect())
        }
        Value::Object(fields) => {
            let most = if fields.values().all(Value::is_object) { 2 } else { usize::MAX };
            let fields = fields.iter().take(most);
            fields.map(|(key, value)| (key.clone(), shortened(value))).collect()
        }
        Value::String(text) if text.len() > 300 && !text.contains("qt_") => {
            let start: String = text.chars().take(60).collect();
            format!("{start}…").into()
        }
        other => other.clone(),
    }
}

/// What differs each time is cut to its beginning.
fn masked(text: &str) -> String {
    let mut parts = text.split("http://127.0.0.1:");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        text.push_str("https://example.com");
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    for start in ["qt_", "ct_", "q_", "ov_", "grant_", "run_", "evt_", "we_", "whsec_"] {
        let mut parts = text.split(start);
        let mut out = parts.next().unwrap().to_owned();
        for part in parts {
            let more = if start == "whsec_" { "+/=" } else { "-_." };
            let is_id = |c: char| c.is_ascii_alphanumeric() || more.contains(c);
            let end = part.find(|c| !is_id(c)).unwrap_or(part.len());
            out.push_str(start);
            match end {
                0..=12 => out.push_str(part),
                _ => {
                    out.push('…');
                    out.push_str(&part[end..]);
                }
            }
        }
        text = out;
    }
    let mut parts = text.split("\"hash\":\"");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out.push_str("\"hash\":\"");
        out.push_str(&part[..8]);
        out.push('…');
        out.push_str(&part[64..]);
    }
    out
}

fn customers(player: &mut Player<'_>) {
    let ana = json!({"plan": "pro", "name": "Ana", "members": [{"id": "m1", "name": "Ana"}]});
    player.plays("PUT /v1/customers/{id}", "/v1/customers/ana", &ana, 201);
    player.plays("GET /v1/customers", "/v1/customers?limit=2", &Value::Null, 200);
    player.plays("GET /v1/customers/{id}", "/v1/customers/ana", &Value::Null, 200);
    let minutes = json!({"lasts": "30 minutes"});
    let path = "/v1/customers/{id}/tokens";
    player.plays(&format!("POST {path}"), "/v1/customers/ana/tokens", &minutes, 201);
    let of_ana = [
        ("POST", "grants", json!({"kind": "goodwill", "amount": "10", "reason": "sorry"}), 201),
        (
            "POST",
            "top-ups",
            json!({"payment": "pi_1", "credits": "100",
                "paid": {"amount": "10.00", "currency": "USD"}}),
            201,
        ),
        ("GET", "wallet", Value::Null, 200),
        ("GET", "prices", Value::Null, 200),
        ("PUT", "caps", json!({"month": "200", "members": {"m1": "50"}}), 200),
        (
            "POST",
            "overrides",
            json!({"prices": {"enrich_market_map": "7"}, "until": "2027-06-30",
                "reason": "pilot"}),
            201,
        ),
        ("POST", "pause", json!({"reason": "until your last invoice is paid"}), 200),
        ("POST", "resume", json!({}), 200),
    ];
    for (method, what, sent, status) in of_ana {
        let route = format!("{method} /v1/customers/{{id}}/{what}");
        player.plays(&route, &format!("/v1/customers/ana/{what}"), &sent, status);
    }
    let path = "/v1/customers/ana/own-keys/openai";
    let own = json!({"key": "sk-proj-not-a-real-key-abcd"});
    player.plays("PUT /v1/customers/{id}/own-keys/{provider}", path, &own, 200);
    player.plays("GET /v1/customers/{id}/own-keys/{provider}", path, &Value::Null, 200);
    player.plays("DELETE /v1/customers/{id}/own-keys/{provider}", path, &Value::Null, 200);
    let back = json!({"reason": "dispute"});
    let route = "POST /v1/customers/{id}/top-ups/{payment}/claw-back";
    player.plays(route, "/v1/customers/ana/top-ups/pi_1/claw-back", &back, 200);
    player.served.put("/v1/customers/ben", &json!({"plan": "pro", "renews": "when_paid"})).is(201);
    let paid = json!({"payment": "in_7"});
    let route = "POST /v1/customers/{id}/renewals";
    player.plays(route, "/v1/customers/ben/renewals", &paid, 200);
}

fn runs(player: &mut Player<'_>) {
    let tailor = json!({"customer": "ana", "action": "tailor_document", "artifact": "draft_9"});
    player.plays("POST /v1/check", "/v1/check", &tailor, 200);
    let email = json!({"customer": "ana", "action": "find_contact_email",
        "inputs": {"full_name": "X Y", "company_domain": "x.org"}});
    let quote = player.plays("POST /v1/quotes", "/v1/quotes", &email, 201);
    let path = format!("/v1/quotes/{}/confirm", quote["quote"].as_str().unwrap());
    player.plays("POST /v1/quotes/{quote}/confirm", &path, &json!({}), 200);
    let map = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "map_42"});
    let run = player.plays("POST /v1/runs", "/v1/runs", &map, 201);
    let path = format!("/v1/runs/{}", run["run"].as_str().unwrap());
    let usage = json!({"input": 20000, "output": 3000});
    let attempts = json!([{"provider": "openai", "asked": "gpt-4.1", "model": "gpt-4.1",
        "usage": usage, "source": "provider"}]);
    let of_run = [
        ("extend", json!({"for": "5 minutes"}), 200),
        ("settle", json!({"outcome": "partial", "parts": 5, "attempts": attempts}), 200),
        ("attempts", json!({"attempts": attempts}), 200),
        ("refund", json!({"amount": "1", "reason": "goodwill"}), 200),
        ("correct", json!({"outcome": "failed", "reason": "file was empty"}), 200),
        ("question", json!({"text": "I paid for an empty file"}), 202),
    ];
    for (what, sent, status) in of_run {
        let route = format!("POST /v1/runs/{{id}}/{what}");
        player.plays(&route, &format!("{path}/{what}"), &sent, status);
    }
    let other = player.served.starts(&tailor);
    let release = format!("/v1/runs/{other}/release");
    player.plays("POST /v1/runs/{id}/release", &release, &json!({}), 200);
    player.plays("GET /v1/runs/{id}", &path, &Value::Null, 200);
    let all = "/v1/customers/ana/runs?limit=1";
    player.plays("GET /v1/customers/{id}/runs", all, &Value::Null, 200);
    let books = "/v1/customers/ana/entries?after=0&limit=1";
    player.plays("GET /v1/customers/{id}/entries", books, &Value::Null, 200);
    let statement = "/v1/customers/ana/statement?only=charged&limit=1";
    player.plays("GET /v1/customers/{id}/statement", statement, &Value::Null, 200);
    player.plays("GET /v1/customers/{id}/terms", "/v1/customers/ana/terms", &Value::Null, 200);
    let search = json!({"customer": "ana", "action": "search_roles"});
    let batch = json!({"items": [{"do": "run", "key": "k1", "body": search}]});
    player.plays("POST /v1/batch", "/v1/batch", &batch, 200);
    let key = "/v1/idempotency/k1?customer=ana";
    player.plays("GET /v1/idempotency/{key}", key, &Value::Null, 200);
}

fn webhooks(player: &mut Player<'_>) {
    let receiver = Receiver::new();
    let sent = json!({"url": receiver.url(), "events": ["grant.added"], "description": "the CRM"});
    let made = player.plays("POST /v1/webhook-endpoints", "/v1/webhook-endpoints", &sent, 201);
    let none = Value::Null;
    player.plays("GET /v1/webhook-endpoints", "/v1/webhook-endpoints", &none, 200);
    let at = format!("/v1/webhook-endpoints/{}", made["id"].as_str().unwrap());
    let one = "/v1/webhook-endpoints/{id}";
    player.plays(&format!("GET {one}"), &at, &none, 200);
    let changes = json!({"events": ["grant.added", "run.settled"]});
    player.plays(&format!("PUT {one}"), &at, &changes, 200);
    let test = format!("{at}/test");
    player.plays(&format!("POST {one}/test"), &test, &json!({}), 200);
    let key = player.served.sandbox.clone();
    let ana = json!({"plan": "pro"});
    player.served.call_as(&key, "PUT", "/v1/customers/ana", &ana).is(201);
    let gift = json!({"kind": "gift", "amount": "10", "reason": "welcome"});
    player.served.call_as(&key, "POST", "/v1/customers/ana/grants", &gift).is(201);
    let waiting = format!("{at}/deliveries?state=waiting");
    player.plays(&format!("GET {one}/deliveries"), &waiting, &none, 200);
    for (what, sent) in [
        ("replay", json!({"since": "2026-11-23T00:00:00Z"})),
        ("rotate", json!({"old_lasts": "24 hours"})),
        ("stop", json!({"reason": "they move house"})),
        ("start", json!({})),
    ] {
        player.plays(&format!("POST {one}/{what}"), &format!("{at}/{what}"), &sent, 200);
    }
    player.plays(&format!("DELETE {one}"), &at, &none, 200);
}

fn service(player: &mut Player<'_>) {
    let report = "/v1/reports/exceptions?kind=question";
    player.plays("GET /v1/reports/exceptions", report, &Value::Null, 200);
    let asked = player.served.get(report).is(200)["items"][0]["run"].clone();
    let said = json!({"text": "You are right: the file was empty, and all of it is given back."});
    let path = format!("/v1/runs/{}/answer", asked.as_str().unwrap());
    player.plays("POST /v1/runs/{id}/answer", &path, &said, 201);
    let watched = json!({"customer": "ana", "action": "process_documents", "quantity": 8,
        "outcome": "failed", "now": {"charged": "4", "allowed": true}});
    let watched = player.served.post("/v1/runs", &watched).is(201);
    let words = format!("/v1/reports/shadow/runs/{}", watched["run"].as_str().unwrap());
    player.plays("GET /v1/reports/shadow/runs/{id}", &words, &Value::Null, 200);
    let of_it = "/v1/reports/shadow?action=process_documents";
    player.plays("GET /v1/reports/shadow", of_it, &Value::Null, 200);
    let runs = "/v1/reports/shadow/runs?action=process_documents&limit=1";
    player.plays("GET /v1/reports/shadow/runs", runs, &Value::Null, 200);
    let margin = "/v1/reports/margin?action=enrich_market_map";
    player.plays("GET /v1/reports/margin", margin, &Value::Null, 200);
    let of_ana = "/v1/customers/ana/events?types=run.settled&limit=1";
    player.plays("GET /v1/customers/{id}/events", of_ana, &Value::Null, 200);
    let of_all = "/v1/events?types=grant.added&limit=1";
    player.plays("GET /v1/events", of_all, &Value::Null, 200);
    player.plays("GET /v1/event-types", "/v1/event-types", &Value::Null, 200);
    player.plays("GET /v1/contract", "/v1/contract", &Value::Null, 200);
    player.plays("GET /v1/contracts", "/v1/contracts", &Value::Null, 200);
    player.plays("GET /v1/contracts/latest", "/v1/contracts/latest", &Value::Null, 200);
    let text = super::served::sample("jobscout").contract;
    let four = text.replace("version: 3", "version: 4").replacen("Tailor a", "Tailor any", 1);
    let sent = json!({"contract": four, "reason": "a better name"});
    player.plays("POST /v1/contracts", "/v1/contracts?dry_run=true", &sent, 200);
    let told = crate::stripe::an_event();
    player.told_by_stripe("POST /v1/stripe/webhook", &told);
    player.plays("POST /v1/sandbox/clock", "/v1/sandbox/clock", &json!({"by": "1 month"}), 200);
}

#[test]
fn every_route_has_an_example_that_is_so() {
    let served = Served::new();
    let mut player = Player { served: &served, played: Map::new() };
    customers(&mut player);
    runs(&mut player);
    webhooks(&mut player);
    service(&mut player);
    let played = serde_json::to_string_pretty(&player.played).unwrap() + "\n";
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/examples.json");
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(&place, &played).unwrap();
    }
    let written = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(written == played, "examples.json is not current: UPDATE=1 cargo test -p probity-cli");
    let api = served.get_as("", "/openapi.json").is(200);
    for (path, operations) in api["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let route = format!("{} {path}", method.to_uppercase());
            let is_page = !path.starts_with("/v1/");
            assert!(is_page || player.played.contains_key(&route), "{route} has no example");
        }
    }
}
