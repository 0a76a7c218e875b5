//! Who gets in and where to: keys, tokens, paths, methods, headers, lengths.

use super::{Front, TAILOR, Upstream, got, post};
use std::io::Write;

fn done() -> Upstream {
    Upstream::answering(
        "200 OK",
        "x-secret: 1\r\nset-cookie: a=b\r\nx-mine: yes\r\n",
        "{\"result\":1}",
    )
}

#[test]
fn what_no_route_names_goes_nowhere() {
    let front = Front::new(TAILOR, done());
    for path in [
        "/",
        "/api",
        "/api/tailor/",
        "/api/tailor/x",
        "/api//tailor",
        "/api/%74ailor",
        "/api/x/../tailor",
    ] {
        front.post(path, "", "{}").refused(404, "not_found");
    }
    // A client of OpenAI shows what stands in `error`.
    let nowhere = front.post("/v1/embeddings", "", "{}").refused(404, "not_found");
    let message = nowhere["error"]["message"].as_str().unwrap();
    assert!(message.contains("takes POST /v1/embeddings"), "{message}");
    let wrong = front.raw("GET /api/tailor HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    wrong.refused(405, "method_not_allowed");
    assert_eq!(wrong.header("allow"), "POST");
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn only_listed_headers_pass_and_no_hop_by_hop_ones() {
    let routes = TAILOR.replace(
        "      action:",
        "      forward: { request: [x-mine], response: [x-mine] }\n      action:",
    );
    let front = Front::new(&routes, done());
    let sent = "x-secret: 1\r\nx-mine: yes\r\ncookie: a=b\r\nte: trailers\r\nproxy-authorization: Basic x\r\n\
                keep-alive: 5\r\nauthorization: Bearer theirs\r\ntraceparent: \
                00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\ntracestate: v=1\r\n";
    let got = front.tailor(sent, "d1");
    let asked = front.upstream.last();
    for gone in ["x-secret", "te", "proxy-authorization", "keep-alive"] {
        assert_eq!(asked.header(gone), "", "{}", asked.head);
    }
    let stays = [
        ("x-mine", "yes"),
        ("cookie", "a=b"),
        ("authorization", "Bearer theirs"),
        ("x-customer-id", "ana"),
        ("tracestate", "v=1"),
    ];
    for (name, value) in stays {
        assert_eq!(asked.header(name), value, "{}", asked.head);
    }
    let trace = asked.header("traceparent");
    assert!(
        trace.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-")
            && !trace.contains("00f067aa0ba902b7")
    );
    assert_eq!(asked.header("host"), front.upstream.address.to_string());
    assert_eq!(
        (got.header("x-secret"), got.header("set-cookie"), got.header("x-mine")),
        ("", "a=b", "yes")
    );
    // What `Connection` names belongs to the hop, whatever is listed; what is put in here does not.
    let request = post("/api/tailor", "x-mine: yes\r\n", "{\"draft\":\"d2\"}");
    front.raw(&request.replace("connection: close", "connection: close, x-mine"));
    assert_eq!(front.upstream.last().header("x-mine"), "");
    let named = "connection: close, probity-run, probity-run-kind, probity-mode";
    front.raw(&request.replace("connection: close", named));
    let asked = front.upstream.last();
    assert!(asked.header("probity-run").starts_with("run_"), "{}", asked.head);
    let told = [asked.header("probity-run-kind"), asked.header("probity-mode")];
    assert_eq!(told, ["reopened", "enforce"]);
    let customer = request.replace("connection: close", "connection: close, x-customer-id");
    front.raw(&customer).refused(422, "invalid_request");
}

#[test]
fn keys_of_ours_say_who_asks_and_go_no_further() {
    let front = Front::new(TAILOR, done());
    front.served.opens("bo", "pro");
    let token = front.served.token("bo", None);
    // By token it is bo, whatever the header says.
    let got = front.tailor(&format!("authorization: Bearer {token}\r\n"), "d1");
    assert_eq!(front.receipt(got.header("probity-run"))["customer"], "bo");
    assert_eq!(front.upstream.last().header("authorization"), "");
    let got =
        front.tailor(&format!("x-api-key: {token}\r\nauthorization: Bearer theirs\r\n"), "d2");
    assert_eq!(front.receipt(got.header("probity-run"))["customer"], "bo");
    assert_eq!(front.upstream.last().header("authorization"), "Bearer theirs");
    assert_eq!(front.upstream.last().header("x-api-key"), "");
    let live = front.served.live.clone();
    let twice = format!(
        "probity-authorization: Bearer {live}\r\nx-api-key: {live}\r\n\
         authorization: Bearer theirs\r\nauthorization: Bearer {token}\r\n"
    );
    front.tailor(&twice, "d2");
    let asked = front.upstream.last();
    assert!(!asked.head.contains(&live) && !asked.head.contains(&token), "{}", asked.head);
    assert_eq!(asked.header("authorization"), "Bearer theirs");
    // A key of the sandbox opens nothing here: behind this is the real upstream.
    let sandbox = front.served.sandbox.clone();
    let refused = front.tailor(&format!("probity-authorization: Bearer {sandbox}\r\n"), "d1");
    refused.refused(403, "forbidden");
    for (unknown, says) in [
        ("authorization: Bearer sk_live_00\r\n", "The key in `Authorization` is not known"),
        ("x-api-key: ct_forged\r\n", "The customer token in `x-api-key` is not known"),
        ("probity-authorization: x\r\n", "The key in `Probity-Authorization` is not known"),
    ] {
        let refused = front.tailor(unknown, "d3").refused(401, "unauthenticated");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains(says), "{detail}");
        assert!(detail.contains("`Probity-Authorization: Bearer"), "{detail}");
        assert!(!detail.contains("sk_live_00") && !detail.contains("forged"), "{detail}");
    }
    assert_eq!(front.upstream.count(), 3);
}

#[test]
fn whose_run_it_is_must_be_said() {
    let front = Front::new(TAILOR, done());
    let request = post("/api/tailor", "", "{\"draft\":\"d1\"}");
    let without = front.raw(&request.replace("x-customer-id: ana\r\n", ""));
    assert_eq!(without.refused(422, "invalid_request")["field"], "x-customer-id");
    for malformed in ["a b", "", "é", &"a".repeat(129)] {
        let sent = request.replace("x-customer-id: ana", &format!("x-customer-id: {malformed}"));
        let refused = front.raw(&sent).refused(422, "invalid_request");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains("is no customer's id: those have 1 to 128 of"), "{detail}");
    }
    front
        .raw(&request.replace("x-customer-id: ana", "x-customer-id: nobody"))
        .refused(404, "not_found");
    // A front that adds its header beside the client's own says nothing.
    for twice in ["x-customer-id: carl\r\n", "idempotency-key: a\r\nidempotency-key: b\r\n"] {
        front.tailor(twice, "d1").refused(422, "invalid_request");
    }
    assert_eq!(front.upstream.count(), 0);
    let by_token = TAILOR.replace("{ header: x-customer-id }", "token");
    let front = Front::new(&by_token, done());
    let none = front.tailor("", "d1").refused(401, "unauthenticated");
    assert!(none["detail"].as_str().unwrap().contains("with a customer token, and none came"));
    let live = format!("probity-authorization: Bearer {}\r\n", front.served.live);
    let key = front.tailor(&live, "d1").refused(401, "unauthenticated");
    assert!(key["detail"].as_str().unwrap().contains("and a secret key came"), "{key}");
    let token = front.served.token("ana", Some("m1"));
    let got = front.tailor(&format!("authorization: Bearer {token}\r\n"), "d1");
    assert_eq!(front.receipt(got.header("probity-run"))["member"], "m1");
}

#[test]
fn a_body_that_must_be_read_is_json_within_its_bound() {
    let routes = TAILOR.replace("      action:", "      largest_body: 1 KiB\n      action:");
    let front = Front::new(&routes, done());
    front.post("/api/tailor", "", "{").refused(400, "invalid_json");
    front.post("/api/tailor", "", "").refused(400, "invalid_json");
    let long = format!("{{\"draft\":\"{}\"}}", "x".repeat(2000));
    front.post("/api/tailor", "", &long).refused(413, "too_large");
    let deep = format!("{{\"draft\":{}1{}}}", "[".repeat(200), "]".repeat(200));
    front.post("/api/tailor", "", &deep).refused(400, "invalid_json");
    let twice = "{\"draft\":\"mine\",\"draft\":\"other\"}";
    front.post("/api/tailor", "", twice).refused(400, "invalid_json");
    // A form that looks like JSON would be read otherwise behind.
    let form = post("/api/tailor", "", "{\"draft\":\"d1\",\"x\":\"&draft=d2&y=\"}");
    let form = form.replace("application/json", "application/x-www-form-urlencoded");
    front.raw(&form).refused(415, "unsupported_media_type");
    for wrong in ["{\"draft\":{\"a\":1}}", "{\"draft\":1.5}", "{\"draft\":\"a\\u0000b\"}"] {
        front.post("/api/tailor", "", wrong).refused(422, "invalid_request");
    }
    let got = front.post("/api/tailor", "", "{\"draft\":7,\"model\":null}");
    assert_eq!(front.receipt(got.header("probity-run"))["artifact"], "7");
    assert_eq!(front.upstream.last().body, b"{\"draft\":7,\"model\":null}");
    assert_eq!(front.upstream.count(), 1);
}

#[test]
fn two_lengths_are_refused() {
    let front = Front::new(TAILOR, done());
    let both = "POST /api/tailor HTTP/1.1\r\nhost: x\r\nx-customer-id: ana\r\ncontent-length: 4\r\n\
                transfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nhost: x\r\n\r\n";
    let twice = "POST /api/tailor HTTP/1.1\r\nhost: x\r\nx-customer-id: ana\r\ncontent-length: 2\r\n\
                 content-length: 3\r\n\r\n{}x";
    let folded = "POST /api/tailor HTTP/1.1\r\nhost: x\r\nx-customer-id: ana\r\nx-a: b\r\n c: d\r\n\
                  content-length: 2\r\n\r\n{}";
    for request in [both, twice, folded] {
        let mut stream = front.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let got = got(stream);
        assert!((400..500).contains(&got.status()), "{}", got.head);
        assert!(!got.text().contains("admin"));
    }
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn a_free_route_passes_on_and_decides_nothing() {
    let free = "\n    - { match: GET /v1/models, upstream: \"http://UPSTREAM\", free: true }\n";
    let front = Front::new(free, done());
    let got = front.raw(
        "GET /v1/models?x=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\nprobity-run: x\r\n\r\n",
    );
    assert_eq!((got.status(), got.header("probity-run")), (200, ""));
    assert!(front.upstream.last().head.starts_with("GET /v1/models?x=1 HTTP/1.1"));
    assert_eq!(front.upstream.last().header("probity-run"), "");
    let (key, head) = (&front.served.live, "host: x\r\nconnection: close\r\n");
    let ours = format!(
        "GET /v1/models?a=1&k%65y={key}&b HTTP/1.1\r\n{head}authorization: Bearer {key}\r\n\r\n"
    );
    assert_eq!(front.raw(&ours).status(), 200);
    let asked = front.upstream.last();
    assert!(asked.head.starts_with("GET /v1/models?a=1&b HTTP/1.1"), "{}", asked.head);
    assert!(!asked.head.contains("sk_live"), "{}", asked.head);
}
