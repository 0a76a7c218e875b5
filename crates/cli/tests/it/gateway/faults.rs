//! Upstreams that fail, and clients that leave: nothing that was not delivered is charged.

use super::upstream::{Does, chunk, end, stream_head};
use super::{Front, TAILOR, Upstream, post};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn costs_nothing(upstream: Upstream, routes: &str, status: u16, outcome: &str) -> super::Got {
    let front = Front::new(routes, upstream);
    let got = front.tailor("", "d1");
    assert_eq!(got.status(), status, "{}", got.head);
    assert_eq!(front.came_to(&got), (outcome.to_owned(), "0".to_owned()));
    let wallet = front.served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!((&wallet["available"], &wallet["held"]), (&"120".into(), &"0".into()));
    got
}

#[test]
fn an_upstream_that_is_not_there_is_said_so() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let routes = TAILOR.replace("UPSTREAM", &gone.to_string());
    let got = costs_nothing(Upstream::answering("200 OK", "", "{}"), &routes, 502, "failed");
    let said = got.refused(502, "upstream_failed");
    let detail =
        "The service that does this work could not be reached. Nothing was charged; ask again.";
    assert_eq!(said["detail"], detail);
    assert_eq!(got.header("probity-outcome"), "failed");
}

#[test]
fn an_upstream_that_answers_nothing_is_given_up() {
    let routes =
        TAILOR.replace("      action:", "      times: { first_byte: 1 second }\n      action:");
    let silent = Upstream::new(vec![Does::Waits]);
    costs_nothing(silent, &routes, 504, "failed").refused(504, "upstream_timeout");
}

#[test]
fn what_is_no_answer_is_none() {
    let nonsense = Upstream::new(vec![Does::Sends(b"SSH-2.0-OpenSSH\r\n".to_vec()), Does::Resets]);
    costs_nothing(nonsense, TAILOR, 502, "failed").refused(502, "upstream_failed");
    let closed = Upstream::new(vec![Does::Resets]);
    costs_nothing(closed, TAILOR, 502, "failed").refused(502, "upstream_failed");
    let flood = (0..10_000).map(|n| format!("x-{n}: {n}\r\n")).collect::<String>();
    let flood = Upstream::answering("200 OK", &flood, "{}");
    costs_nothing(flood, TAILOR, 502, "failed").refused(502, "upstream_failed");
}

#[test]
fn what_is_cut_off_costs_nothing() {
    let short = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly half".to_vec();
    let got =
        costs_nothing(Upstream::new(vec![Does::Sends(short), Does::Resets]), TAILOR, 200, "failed");
    assert_eq!(got.text(), "only half");
    let cut = vec![stream_head(), chunk("data: half\n\n"), Does::Resets];
    costs_nothing(Upstream::new(cut), TAILOR, 200, "failed");
}

#[test]
fn what_stops_coming_costs_nothing() {
    let routes = TAILOR.replace("      action:", "      times: { idle: 1 second }\n      action:");
    let stalls = vec![stream_head(), chunk("data: half\n\n"), Does::Waits];
    costs_nothing(Upstream::new(stalls), &routes, 200, "failed");
}

/// Reads from a stream until this has come.
fn until(stream: &mut TcpStream, text: &str) {
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(text.as_bytes()) {
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&seen));
        seen.push(byte[0]);
    }
}

fn last_run(front: &Front) -> serde_json::Value {
    loop {
        let runs = front.served.get("/v1/customers/ana/runs").is(200);
        if runs["items"][0]["status"].as_str().is_some_and(|status| status != "held") {
            return runs["items"][0].clone();
        }
        std::thread::yield_now();
    }
}

#[test]
fn bytes_pass_as_they_come() {
    let script =
        vec![stream_head(), chunk("data: a\n\n"), Does::Waits, chunk("data: b\n\n"), end()];
    let front = Front::new(TAILOR, Upstream::new(script));
    let mut stream = front.connect();
    stream.write_all(post("/api/tailor", "", "{\"draft\":\"d1\"}").as_bytes()).unwrap();
    // The first has arrived here while the upstream still waits to send the second.
    until(&mut stream, "data: a\n\n");
    front.upstream.has_come_so_far();
    front.upstream.goes_on();
    until(&mut stream, "data: b\n\n");
    assert_eq!(last_run(&front)["charged"], "5");
}

#[test]
fn who_leaves_before_anything_came_pays_nothing_and_the_upstream_is_left() {
    let front = Front::new(TAILOR, Upstream::new(vec![Does::Waits]));
    let mut stream = front.connect();
    stream.write_all(post("/api/tailor", "", "{\"draft\":\"d1\"}").as_bytes()).unwrap();
    front.upstream.has_come_so_far();
    drop(stream);
    let run = last_run(&front);
    assert_eq!((&run["outcome"], &run["charged"]), (&"cancelled".into(), &"0".into()));
    front.upstream.goes_on();
    front.upstream.is_left();
}

#[test]
fn who_leaves_in_the_middle_has_abandoned_it() {
    // What is to come is more than lies on the way: whoever sends it sees that nobody takes it.
    let rest = (0..128).map(|_| chunk(&"x".repeat(64 * 1024)));
    let script = [stream_head(), chunk("data: a\n\n"), Does::Waits].into_iter();
    let script = script.chain(rest).chain([end()]).collect();
    let front = Front::new(TAILOR, Upstream::new(script));
    let mut stream = front.connect();
    stream.write_all(post("/api/tailor", "", "{\"draft\":\"d1\"}").as_bytes()).unwrap();
    until(&mut stream, "data: a\n\n");
    front.upstream.has_come_so_far();
    drop(stream);
    front.upstream.goes_on();
    let run = last_run(&front);
    assert_eq!((&run["outcome"], &run["charged"]), (&"abandoned".into(), &"5".into()));
}

/// What an upstream speaks ends with it.
#[test]
fn an_upstream_of_http_1_0_is_answered_as_any_other() {
    let old = b"HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{\"result\":1}".to_vec();
    let routes = format!(
        "{TAILOR}    - {{ match: GET /open, upstream: \"http://UPSTREAM\", free: true }}\n"
    );
    for path in ["/api/tailor", "/open"] {
        let front =
            Front::new(&routes, Upstream::new(vec![Does::Sends(old.clone()), Does::Resets]));
        let got = match path {
            "/open" => front.raw("GET /open HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
            _ => front.tailor("", "d1"),
        };
        assert!(got.head.starts_with("HTTP/1.1 200"), "{}", got.head);
        assert_eq!(got.text(), "{\"result\":1}");
    }
}
