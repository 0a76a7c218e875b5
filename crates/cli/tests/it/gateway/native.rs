//! AI providers behind the gateway: every protocol with every fault comes to its outcome, and its bytes
//! pass as they are.

use super::got;
use crate::http::served::{Served, sample};
use probity::Environment;
use probity::scenario::Files;
use probity::store::MemoryStore;
use probity_cli::fake_upstream::{self, Options};
use serde_json::{Value, json};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use tokio::net::TcpListener;

/// A fake upstream on a port of its own, as long as the process lives.
pub(super) fn fake(options: Options) -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            fake_upstream::serve(listener, options, std::future::pending()).await;
        });
    });
    told.recv().unwrap()
}

/// The sample of an assistant in this mode, behind it a fake upstream; ana is on the large plan.
pub(super) fn assistant(mode: &str, upstream: SocketAddr) -> (Served, SocketAddr) {
    assistant_with("", mode, upstream)
}

/// The same, with lines added to each route.
pub(super) fn assistant_with(
    lines: &str,
    mode: &str,
    upstream: SocketAddr,
) -> (Served, SocketAddr) {
    let now = probity_core::Time::parse(crate::http::served::NOW).unwrap();
    let served = Served::at(Box::<MemoryStore>::default(), now);
    let files = sample("assistant");
    let operations =
        files.operations.unwrap().replace("default: shadow", &format!("default: {mode}"));
    for environment in Environment::ALL {
        let files = Files { operations: Some(operations.clone()), ..sample("assistant") };
        served.publish(environment, files);
    }
    served.opens("ana", "team");
    served.opens("tria", "trial");
    let folder = crate::support::repository().join("contracts/assistant/probity.yaml");
    let deployment = std::fs::read_to_string(folder).unwrap();
    let deployment = deployment.replace("127.0.0.1:8788", &upstream.to_string());
    let deployment = deployment.replace("      action:", &format!("{lines}      action:"));
    let address = served.gateway_for(&deployment, &[]);
    (served, address)
}

const CHAT: &str = "/v1/chat/completions";
const RESPONSES: &str = "/v1/responses";
const MESSAGES: &str = "/v1/messages";

/// The four protocols: where, and with which body.
pub(super) fn calls(streamed: bool) -> [(&'static str, Value); 4] {
    let gemini = match streamed {
        true => "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
        false => "/v1beta/models/gemini-2.5-flash:generateContent",
    };
    let body =
        |model: &str| json!({"model": model, "stream": streamed, "messages": [], "input": ""});
    [
        (CHAT, body("gpt-4o-mini")),
        (RESPONSES, body("gpt-4o-mini")),
        (MESSAGES, body("claude-haiku-4-5")),
        (gemini, json!({"contents": []})),
    ]
}

pub(super) fn ask(address: SocketAddr, path: &str, headers: &str, body: &Value) -> super::Got {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(super::post(path, headers, &body.to_string()).as_bytes()).unwrap();
    got(stream)
}

/// What each fault comes to.
const FAULTS: [(&str, &str); 27] = [
    ("ok", "delivered"),
    ("cached", "delivered"),
    ("no-usage", "delivered"),
    ("zero-usage", "delivered"),
    ("tool-call", "delivered"),
    ("length", "delivered"),
    ("two-terminals", "delivered"),
    ("gzip", "delivered"),
    ("slow-headers", "delivered"),
    ("paced", "delivered"),
    ("truncate", "failed"),
    ("cut", "failed"),
    ("wrong-length", "failed"),
    ("malformed", "failed"),
    ("error-in-200", "failed"),
    ("empty", "failed"),
    ("length-empty", "failed"),
    ("status-400", "failed"),
    ("status-401", "failed"),
    ("status-404", "failed"),
    ("status-429", "failed"),
    ("status-500", "failed"),
    ("status-503", "failed"),
    ("status-529", "failed"),
    ("redirect", "failed"),
    ("refusal", "blocked"),
    ("filter", "blocked"),
];

#[test]
fn every_fault_of_every_protocol_comes_to_its_outcome() {
    let options = || Options { pace: Duration::from_millis(1), ..Options::default() };
    let upstream = fake(options());
    let (served, gateway) = assistant("enforce", upstream);
    let mut charged = 0;
    for streamed in [true, false] {
        for (path, body) in calls(streamed) {
            for (fault, outcome) in FAULTS {
                let headers = format!("fake-fault: {fault}\r\n");
                let got = ask(gateway, path, &headers, &body);
                let run = got.header("probity-run").to_owned();
                let about = format!(
                    "{path} {fault} streamed: {streamed}\n{}\n{}",
                    got.head,
                    String::from_utf8_lossy(&got.body)
                );
                let receipt = ended(&served, &run);
                // A stream that was closed is whole, whatever length was announced.
                let is_closed = fault == "wrong-length" && streamed && !path.contains("gemini");
                let outcome = if is_closed { "delivered" } else { outcome };
                assert_eq!(receipt["outcome"], outcome, "{about}");
                let price = if outcome == "delivered" { "1" } else { "0" };
                assert_eq!(receipt["charged"], price, "{about}");
                charged += i32::from(outcome == "delivered");
                let direct = ask(upstream, path, &headers, &asking_for_usage(path, &body));
                assert_eq!(got.status(), direct.status(), "{about}");
                // What a reset takes with it is a matter of luck.
                let is_cut = matches!(fault, "cut" | "wrong-length" | "malformed");
                let same = is_cut
                    || got.body == direct.body
                    || without_usage(&text(&got)) == without_usage(&text(&direct));
                assert!(same, "{about}\n{}", text(&direct));
            }
        }
    }
    let wallet = served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!(
        (&wallet["balance"], &wallet["held"]),
        (&(1000 - charged).to_string().into(), &"0".into())
    );
}

/// The body as the gateway sends it on: a streamed chat is asked for usage.
fn asking_for_usage(path: &str, body: &Value) -> Value {
    let mut body = body.clone();
    if path == CHAT && body["stream"] == true {
        body["stream_options"] = json!({"include_usage": true});
    }
    body
}

fn text(got: &super::Got) -> String {
    String::from_utf8_lossy(&got.body).into_owned()
}

/// Without the event that nobody asked for.
fn without_usage(text: &str) -> String {
    let events = text.split_inclusive("\n\n");
    events.filter(|event| !event.contains("\"choices\":[],")).collect()
}

/// The receipt once its run has ended.
pub(super) fn ended(served: &Served, run: &str) -> Value {
    loop {
        let receipt = served.get(&format!("/v1/runs/{run}")).is(200);
        if receipt["status"] != "held" {
            return receipt;
        }
        std::thread::yield_now();
    }
}

#[test]
fn what_was_used_is_known_though_the_client_did_not_ask_for_it() {
    let upstream = fake(Options::default());
    let (served, gateway) = assistant("enforce", upstream);
    for (path, body) in calls(true) {
        let got = ask(gateway, path, "fake-fault: cached\r\n", &body);
        assert!(path != CHAT || !got.text().contains("\"usage\":{"), "{}", got.text());
        let receipt = ended(&served, got.header("probity-run"));
        let attempt = &receipt["attempts"][0];
        assert_eq!(
            (&attempt["usage"]["input"], &attempt["usage"]["cache_read"]),
            (&1012.into(), &1000.into()),
            "{path} {attempt:#}"
        );
        assert_eq!(attempt["source"], "provider");
        assert!(attempt["cost"].is_string(), "{attempt:#}");
    }
    let asked = json!({"model": "gpt-4o-mini", "stream": true, "messages": [], "stream_options": {"include_usage": true}});
    let got = ask(gateway, CHAT, "", &asked);
    assert!(got.text().contains("\"usage\":{"), "what was asked for is not taken out");
    let receipt = ended(
        &served,
        ask(gateway, CHAT, "fake-fault: no-usage\r\n", &asked).header("probity-run"),
    );
    assert_eq!(
        (&receipt["cost"], &receipt["attempts"][0]["source"]),
        (&Value::Null, &"none".into())
    );
}

#[test]
fn what_is_refused_is_refused_in_the_providers_own_shape() {
    let (served, gateway) = assistant("enforce", fake(Options::default()));
    let as_tria = |path: &str, body: &Value| {
        let mut stream = TcpStream::connect(gateway).unwrap();
        let request = super::post(path, "", &body.to_string()).replace(": ana", ": tria");
        stream.write_all(request.as_bytes()).unwrap();
        got(stream)
    };
    for _ in 0..3 {
        ended(&served, as_tria(CHAT, &calls(true)[0].1).header("probity-run"));
    }
    for streamed in [true, false] {
        for (path, body) in calls(streamed) {
            let refused = as_tria(path, &body);
            let problem = refused.refused(402, "not_enough_credits");
            assert_eq!(refused.header("x-should-retry"), "false");
            let error = &problem["error"];
            assert_eq!(error["message"], problem["words"], "{path}");
            match path {
                CHAT | RESPONSES => {
                    assert_eq!(error["type"], "insufficient_quota");
                    assert_eq!(error["ways_forward"], problem["ways_forward"]);
                }
                MESSAGES => {
                    assert_eq!(
                        (&problem["type"], &error["type"]),
                        (&"error".into(), &"billing_error".into())
                    );
                    assert_eq!(
                        refused.header("link"),
                        "</problems/not_enough_credits>; rel=\"describedby\""
                    );
                }
                _ => assert_eq!(
                    (&error["code"], &error["status"]),
                    (&402.into(), &"RESOURCE_EXHAUSTED".into())
                ),
            }
        }
    }
    let mut above = calls(false)[0].1.clone();
    above["model"] = "gpt-4.1".into();
    let problem = as_tria(CHAT, &above).refused(403, "model_above_plan");
    assert!(problem["words"].as_str().unwrap().contains("fast everyday models"));
    let page = super::Front::page(gateway, "/problems/not_enough_credits");
    assert_eq!((page.status(), page.header("content-type")), (200, "text/html; charset=utf-8"));
}

#[test]
fn in_shadow_nothing_is_refused_and_nothing_shown_but_to_the_operator() {
    let (served, gateway) = assistant("shadow", fake(Options::default()));
    let (path, body) = calls(false)[0].clone();
    let names = ["probity-price", "probity-available", "probity-would"];
    let mut above = body.clone();
    above["model"] = "gpt-4.1".into();
    let got = ask(gateway, path, "", &above);
    assert_eq!((got.status(), got.header("probity-mode")), (200, "shadow"));
    assert_eq!(names.map(|name| got.header(name)), ["", "", ""]);
    let receipt = ended(&served, got.header("probity-run"));
    assert_eq!(
        (&receipt["charged"], &receipt["would"]["denial"]),
        (&"0".into(), &"model_above_plan".into())
    );
    let operator = format!("probity-authorization: Bearer {}\r\n", served.live);
    let got = ask(gateway, path, &operator, &above);
    assert_eq!(got.header("probity-would"), "deny; code=\"model_above_plan\"");
    let got = ask(gateway, path, &operator, &body);
    assert_eq!(got.header("probity-would"), "allow; price=\"1\"");
    // The same key again blocks nothing.
    for _ in 0..2 {
        assert_eq!(ask(gateway, path, "idempotency-key: k\r\n", &body).status(), 200);
    }
    let (_served, gateway) = assistant("announce", fake(Options::default()));
    let got = ask(gateway, path, "", &body);
    assert_eq!(names.map(|name| got.header(name)), ["0", "1000", "allow; price=\"1\""]);
}

#[test]
fn hostile_upstreams_are_bounded_and_charge_what_arrived_whole() {
    let pace = Duration::from_millis(1);
    let options = Options { pace, huge: 64 << 20, big_event: 8 << 20, ..Options::default() };
    let (served, gateway) = assistant("enforce", fake(options));
    let came_to = |got: &super::Got| {
        let receipt = ended(&served, got.header("probity-run"));
        let text = |key: &str| receipt[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("outcome"), text("charged"))
    };
    for (path, body) in calls(true) {
        let got = ask(gateway, path, "fake-fault: huge\r\n", &body);
        assert!(got.body.len() > 64 << 20);
        assert_eq!(came_to(&got), "delivered 1", "{path}");
        let got = ask(gateway, path, "fake-fault: header-flood\r\n", &body);
        assert_eq!((got.status(), got.header("probity-outcome")), (502, "failed"), "{path}");
        assert_eq!(came_to(&got), "failed 0", "{path}");
        // A large event that is whole is an answer.
        let got = ask(gateway, path, "fake-fault: big-event\r\n", &body);
        assert!(got.body.len() > 8 << 20);
        assert_eq!(came_to(&got), "delivered 1", "{path}");
    }
}

#[test]
fn what_was_enforced_is_no_exception_of_shadow() {
    let (served, gateway) = assistant("shadow", fake(Options::default()));
    let (path, body) = calls(false)[0].clone();
    let as_tria = |fault: &str| {
        let mut stream = TcpStream::connect(gateway).unwrap();
        let headers = format!("fake-fault: {fault}\r\n");
        let request = super::post(path, &headers, &body.to_string()).replace(": ana", ": tria");
        stream.write_all(request.as_bytes()).unwrap();
        ended(&served, got(stream).header("probity-run"))
    };
    // In the shadow books the trial's three credits are used up by these.
    (0..4).for_each(|_| drop(as_tria("ok")));
    let operations = sample("assistant").operations.unwrap();
    let operations = operations.replace("default: shadow", "default: enforce");
    served.post("/v1/contracts", &json!({"operations": operations})).is(201);
    assert_eq!(as_tria("no-usage")["charged"], "1");
    let kinds = |kind: &str| {
        let path = format!("/v1/reports/exceptions?kind={kind}");
        served.get(&path).is(200)["items"].as_array().unwrap().clone()
    };
    assert_eq!(kinds("would_be_denied").len(), 1);
    // Its model has a price; what is missing is what it used.
    let unknown = kinds("unknown_cost");
    assert_eq!(unknown.len(), 1, "{unknown:#?}");
    assert!(unknown[0]["what"].as_str().unwrap().contains("nobody told their tokens"));
}
