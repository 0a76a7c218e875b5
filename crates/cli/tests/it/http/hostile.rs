//! Bad input gets a problem that names the field; nothing is written, and nothing breaks.

use super::served::Served;
use probity_cli::http::Limits;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

fn run(served: &Served, body: &str) -> super::served::Got {
    let bearer = format!("Bearer {}", served.live);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    served.call("POST", "/v1/runs", &headers, body.to_owned())
}

#[test]
fn what_is_no_json_is_400() {
    let served = Served::new();
    served.ana();
    let twice = r#"{"customer":"ana","customer":"bo","action":"x"}"#;
    let deep = format!("{{\"inputs\":{}", "[".repeat(1_000_000));
    for bad in ["{", "[]", "7", "\"x\"", "null", "{'a':1}", "{\"a\":1e999}", twice, &deep] {
        run(&served, bad).refused(400, "invalid_json");
    }
    let bearer = format!("Bearer {}", served.live);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let bytes = b"{\"customer\":\"\xff\xfe\"}".to_vec();
    served.call("POST", "/v1/runs", &headers, bytes).refused(400, "invalid_json");
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 1);
}

#[test]
fn what_is_too_large_or_no_json_by_its_type() {
    let served = Served::new();
    let large = format!("{{\"customer\":\"{}\"}}", "a".repeat(2 << 20));
    run(&served, &large).refused(413, "too_large");
    let bearer = format!("Bearer {}", served.live);
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
        let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
        served.call("POST", "/v1/runs", &headers, "{}").refused(415, "unsupported_media_type");
    }
    let headers = [("authorization", bearer.as_str())];
    served.call("POST", "/v1/runs", &headers, "{}").refused(415, "unsupported_media_type");
    let kind = "application/json; charset=utf-8";
    let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
    served.call("POST", "/v1/runs", &headers, "{}").refused(422, "invalid_request");
}

#[test]
fn what_is_malformed_names_its_field() {
    let served = Served::new();
    served.ana();
    let cases: &[(Value, &str)] = &[
        (json!({}), "customer"),
        (json!({"customer": 7}), "customer"),
        (json!({"customer": "no id", "action": "tailor_document"}), "customer"),
        (json!({"customer": "ana"}), "action"),
        (json!({"customer": "ana", "action": ["x"]}), "action"),
        (json!({"customer": "ana", "actoin": "x"}), "actoin"),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "max_price": 5}),
            "max_price",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "max_price": "1e3"}),
            "max_price",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "max_price": "-1"}),
            "max_price",
        ),
        (json!({"customer": "ana", "action": "process_documents", "quantity": -1}), "quantity"),
        (json!({"customer": "ana", "action": "process_documents", "quantity": 1.5}), "quantity"),
        (json!({"customer": "ana", "action": "process_documents", "quantity": "3"}), "quantity"),
        (json!({"customer": "ana", "action": "process_documents", "quantity": 0}), "quantity"),
        (
            json!({"customer": "ana", "action": "process_documents", "quantity": u64::MAX}),
            "quantity",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "confirmed": "yes"}),
            "confirmed",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "again": "twice"}),
            "again",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "hold_for": "PT5M"}),
            "hold_for",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "hold_for": "9 years"}),
            "hold_for",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "inputs": []}),
            "inputs",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "parts": 3}),
            "parts",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "now": {"charged": 1}}),
            "now.charged",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "metadata": {"a": 1}}),
            "metadata.a",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "metadata": {"a": "x".repeat(1024)}}),
            "metadata",
        ),
        (json!({"customer": "ana", "action": "tailor_document", "artifact": ""}), "artifact"),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "x".repeat(201)}),
            "artifact",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "outcome": "great"}),
            "outcome",
        ),
        (
            json!({"customer": "ana", "action": "tailor_document", "artifact": "d", "outcome": "failed",
                "attempts": [{}, {"usage": {"input": -1}}]}),
            "attempts[1].usage.input",
        ),
    ];
    for (body, field) in cases {
        let refused = served.post("/v1/runs", body).refused(422, "invalid_request");
        assert_eq!(refused["field"], *field, "{body}");
    }
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 1);
    let refused = served.post("/v1/runs", &json!({"customer": "ana", "actoin": "x"}));
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("did you mean `action`?"), "{detail}");
    let far = run(&served, r#"{"foo": 1}"#).refused(422, "invalid_request");
    let detail = far["detail"].as_str().unwrap();
    assert!(!detail.contains("did you mean") && detail.contains("there are customer,"), "{detail}");
}

#[test]
fn malformed_writes_of_other_kinds() {
    let served = Served::new();
    served.ana();
    let of_ana = |what: &str| format!("/v1/customers/ana/{what}");
    let cases: &[(String, Value, &str)] = &[
        (of_ana("grants"), json!({"kind": "plan", "amount": "1"}), "kind"),
        (of_ana("grants"), json!({"kind": "gift", "amount": "-1"}), "amount"),
        (of_ana("grants"), json!({"kind": "gift", "amount": "0.0000001"}), "amount"),
        (of_ana("grants"), json!({"kind": "gift", "amount": "99999999999"}), "amount"),
        (of_ana("grants"), json!({"kind": "gift", "amount": "1", "expires": "soon"}), "expires"),
        (
            of_ana("grants"),
            json!({"kind": "gift", "amount": "1", "expires": "2020-01-01T00:00:00Z"}),
            "expires",
        ),
        (of_ana("top-ups"), json!({"credits": "1"}), "payment"),
        (
            of_ana("top-ups"),
            json!({"payment": "p", "credits": "1", "paid": {"amount": 1, "currency": "USD"}}),
            "paid.amount",
        ),
        (
            of_ana("top-ups"),
            json!({"payment": "p", "credits": "1", "paid": {"amount": "x", "currency": "USD"}}),
            "paid",
        ),
        (of_ana("tokens"), json!({"lasts": "2 hours"}), "lasts"),
        (of_ana("tokens"), json!({"lasts": "0 minutes"}), "lasts"),
        (of_ana("overrides"), json!({"reason": "x"}), "until"),
        (of_ana("overrides"), json!({"reason": "x", "until": "2027-02-30"}), "until"),
        (of_ana("pause"), json!({"reason": " "}), "reason"),
        (of_ana("pause"), json!({}), "reason"),
        (of_ana("resume"), json!({"action": "x"}), "artifact"),
        ("/v1/check".to_owned(), json!({"items": []}), "items"),
        (
            "/v1/check".to_owned(),
            json!({"items": [{"customer": "ana", "action": "x"}, {"customer": "bo", "action": "x"}]}),
            "items[1].customer",
        ),
        ("/v1/contracts".to_owned(), json!({}), "contract"),
        ("/v1/contracts".to_owned(), json!({"contract": 7}), "contract"),
    ];
    for (path, body, field) in cases {
        let refused = served.post(path, body).refused(422, "invalid_request");
        assert_eq!(refused["field"], *field, "{path} {body}");
    }
    let caps = json!({"month": "-1"});
    served.put(&of_ana("caps"), &caps).refused(422, "invalid_request");
    for path in [
        "runs?limit=0",
        "runs?limit=101",
        "runs?limit=x",
        "runs?cursor=x",
        "runs?page=2",
        "entries?after=-1",
    ] {
        served.get(&of_ana(path)).refused(422, "invalid_request");
    }
    served.get("/v1/idempotency/k").refused(422, "invalid_request");
    let spaced = served.call_with(&served.live, "POST", "/v1/runs", &json!({}), Some("a b"));
    assert_eq!(spaced.refused(422, "invalid_request")["field"], "Idempotency-Key");
    let bearer = format!("Bearer {}", served.live);
    let headers = [("authorization", &*bearer), ("idempotency-key", "a"), ("idempotency-key", "b")];
    let two = served.call("POST", "/v1/customers/ana/tokens", &headers, "");
    assert_eq!(two.refused(422, "invalid_request")["field"], "Idempotency-Key");
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 1);
}

#[test]
fn a_special_price_says_one_thing() {
    let served = Served::new();
    served.ana();
    let cases = [
        // Without a word about what it costs it would be free.
        (json!({}), "prices.enrich_market_map"),
        (json!({"at_most": "5"}), "prices.enrich_market_map"),
        (json!({"credits": "5", "each": "1"}), "prices.enrich_market_map.each"),
        (json!({"credits": "5", "up_to": 3}), "prices.enrich_market_map.up_to"),
        (json!({"each": "1", "up_to": 0}), "prices.enrich_market_map.up_to"),
        (
            json!({"each": "1", "at_least": "3", "at_most": "2"}),
            "prices.enrich_market_map.at_least",
        ),
    ];
    for (price, field) in cases {
        let terms = json!({"prices": {"enrich_market_map": price}, "until": "2027-06-30",
            "reason": "x"});
        let refused = served.post("/v1/customers/ana/overrides", &terms);
        assert_eq!(refused.refused(422, "invalid_request")["field"], field, "{terms}");
    }
    assert_eq!(served.get("/v1/customers/ana").is(200)["seq"], 1);
    let free = json!({"prices": {"enrich_market_map": "0"}, "until": "2027-06-30", "reason": "x"});
    served.post("/v1/customers/ana/overrides", &free).is(201);
}

#[test]
fn who_has_said_all_and_listens_still_is_answered() {
    let served = Served::new();
    served.ana();
    let body = r#"{"customer":"ana","action":"tailor_document","artifact":"d"}"#;
    let head = format!(
        "POST /v1/runs HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        served.live,
        body.len()
    );
    let mut stream = asks(served.address(), &head);
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
}

#[test]
fn who_sends_no_http_is_sent_away_and_others_are_served() {
    let served = Served::new();
    let mut stream = TcpStream::connect(served.address()).unwrap();
    stream.write_all(b"\x16\x03\x01 nonsense\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let head = format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(1 << 17));
    let mut stream = TcpStream::connect(served.address()).unwrap();
    let _ = stream.write_all(head.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
    assert_eq!(served.get("/healthz").status, 200);
}

fn asks(address: SocketAddr, head: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

#[test]
fn who_does_not_finish_a_head_is_sent_away() {
    let served = Served::new();
    let header = Duration::from_millis(50);
    let address = served.listen(Limits { header, ..Limits::default() });
    for head in ["", "GET /healthz HTTP/1.1\r\nhost: x\r\n"] {
        let mut answer = String::new();
        let _ = asks(address, head).read_to_string(&mut answer);
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    assert_eq!(served.get("/healthz").status, 200);
}

#[test]
fn who_does_not_read_is_sent_away() {
    let served = Served::new();
    let writing = Duration::from_millis(50);
    let address = served.listen(Limits { connections: 1, writing, ..Limits::default() });
    // More answers than fit on the way, and none of them is read.
    let mut deaf = TcpStream::connect(address).unwrap();
    let many = "GET /openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(400);
    deaf.write_all(many.as_bytes()).unwrap();
    // The next one is let in once the first was sent away; far sooner than this.
    let head = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let mut second = asks(address, head);
    second.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = String::new();
    second.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn there_is_room_for_so_many_connections() {
    let served = Served::new();
    let address = served.listen(Limits { connections: 1, ..Limits::default() });
    let head = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    let mut first = asks(address, head);
    let mut start = [0; 12];
    first.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
    // The next one is answered once the first has gone.
    let mut second = asks(address, &head.replace("x\r\n", "x\r\nconnection: close\r\n"));
    drop(first);
    let mut answer = String::new();
    second.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
