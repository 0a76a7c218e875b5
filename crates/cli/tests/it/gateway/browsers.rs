//! Pages of other origins that call the gateway from a browser, with customer tokens.

use super::{Front, Got, TAILOR, Upstream};
use crate::http::served::Served;

const PAGE: &str = "https://app.example.org";

/// By token, by header and free, before an upstream that speaks of origins itself.
fn front(origins: &[&str]) -> Front {
    let served = Served::new();
    served.ana();
    let by_token = TAILOR.replace("{ header: x-customer-id }", "token");
    let by_header = TAILOR.replace("/api/tailor", "/internal/tailor");
    let free = "    - { match: GET /open, upstream: \"http://UPSTREAM\", free: true }\n";
    let headers = "access-control-allow-origin: https://theirs.example\r\n\
                   access-control-allow-credentials: true\r\n";
    let upstream = Upstream::answering("200 OK", headers, "{\"result\":1}");
    let routes = format!("{by_token}{}{free}", by_header.trim_start_matches('\n'));
    Front::for_pages(served, &routes, upstream, origins)
}

fn asks(front: &Front, path: &str, origin: &str, method: &str) -> Got {
    front.raw(&format!(
        "OPTIONS {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\norigin: {origin}\r\n\
         access-control-request-method: {method}\r\n\
         access-control-request-headers: probity-authorization,x-stainless-os\r\n\r\n"
    ))
}

#[test]
fn a_browser_is_told_who_may_before_anything_reaches_the_upstream() {
    let front = front(&[PAGE, "http://localhost:3000"]);
    let got = asks(&front, "/api/tailor", PAGE, "POST");
    assert_eq!((got.status(), got.header("access-control-allow-origin")), (200, PAGE));
    assert_eq!(got.header("access-control-allow-methods"), "POST");
    let headers = got.header("access-control-allow-headers");
    assert_eq!(headers, "probity-authorization,x-stainless-os");
    assert_eq!(got.header("access-control-allow-credentials"), "");
    assert!(got.header("vary").contains("origin"), "{}", got.head);
    // Another page may not, nor any where no token says who asks.
    let other = asks(&front, "/api/tailor", "https://other.example", "POST");
    assert_eq!(other.header("access-control-allow-origin"), "");
    for (path, method) in [("/internal/tailor", "POST"), ("/open", "GET"), ("/api/tailor", "GET")] {
        let got = asks(&front, path, PAGE, method);
        assert_eq!(got.header("access-control-allow-origin"), "", "{path}");
        got.refused(405, "method_not_allowed");
    }
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn a_page_reads_its_answer_and_what_is_told_of_the_run() {
    let front = front(&[PAGE]);
    let token = front.served.token("ana", None);
    let sent = format!("origin: {PAGE}\r\nprobity-authorization: Bearer {token}\r\n");
    let got = front.tailor(&sent, "d1");
    assert_eq!((got.status(), got.header("access-control-allow-origin")), (200, PAGE));
    assert_eq!(got.head.matches("access-control-allow-origin").count(), 1, "{}", got.head);
    assert_eq!(got.header("access-control-allow-credentials"), "");
    let told = got.header("access-control-expose-headers");
    let headers = got.head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let of_ours = headers.map(|(name, _)| name).filter(|name| name.starts_with("probity-"));
    let of_ours: Vec<&str> = of_ours.collect();
    assert!(of_ours.contains(&"probity-run") && of_ours.contains(&"probity-available"));
    for name in of_ours.into_iter().chain(["probity-outcome"]) {
        assert!(told.split(',').any(|told| told == name), "{name}: {told}");
    }
    // What is refused can be read as well.
    let refused = front.tailor(&format!("origin: {PAGE}\r\n"), "d1");
    assert_eq!(refused.header("access-control-allow-origin"), PAGE);
    refused.refused(401, "unauthenticated");
    // A route by header says what its upstream says, as ever.
    let got = front.post("/internal/tailor", &format!("origin: {PAGE}\r\n"), "{\"draft\":\"d2\"}");
    assert_eq!(got.header("access-control-allow-origin"), "https://theirs.example");
}

#[test]
fn nothing_is_said_of_origins_where_none_is_allowed() {
    let front = front(&[]);
    let got = asks(&front, "/api/tailor", PAGE, "POST");
    assert_eq!(got.header("access-control-allow-origin"), "");
    got.refused(405, "method_not_allowed");
    let any = self::front(&["*"]);
    let got = asks(&any, "/api/tailor", "https://other.example", "POST");
    assert_eq!(got.header("access-control-allow-origin"), "*");
    assert_eq!(got.header("access-control-allow-credentials"), "");
}
