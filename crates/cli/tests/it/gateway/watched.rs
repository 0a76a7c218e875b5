//! Where nothing is enforced nothing is stopped, whatever is wrong with a call; and nothing is charged.

use super::{Front, TAILOR, Upstream, post};
use crate::http::served::{Served, sample};
use probity::Environment;
use probity::scenario::Files;
use std::io::Write;

/// Everything in shadow, in front of a backend that answers; bodies above 1 KiB are too large.
fn watched(routes: &str) -> Front {
    rolled_out(routes, "plans: {}")
}

/// Everything in shadow but these plans.
fn rolled_out(routes: &str, plans: &str) -> Front {
    let served = Served::new();
    served.ana();
    let operations = sample("jobscout").operations.unwrap();
    let operations =
        operations.replace("default: enforce", "default: shadow").replace("plans: {}", plans);
    served.publish_operations(
        Environment::Live,
        Files { operations: Some(operations), ..sample("jobscout") },
    );
    let routes = routes.replace("      action:", "      largest_body: 1 KiB\n      action:");
    Front::of(served, &routes, Upstream::answering("200 OK", "", "{\"result\":1}"))
}

#[test]
fn what_cannot_be_asked_for_goes_on_as_it_came() {
    let front = watched(TAILOR);
    let usual = "{\"draft\":\"d1\"}";
    let (long, long_in_chunks) =
        (format!("{{\"draft\":\"{}\"}}", "x".repeat(2000)), "y".repeat(2000));
    let chunked = format!(
        "POST /api/tailor HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-customer-id: ana\r\n\
         transfer-encoding: chunked\r\n\r\n{:x}\r\n{long_in_chunks}\r\n3\r\nend\r\n0\r\n\r\n",
        long_in_chunks.len()
    );
    let with = |headers: &str, body: &str| post("/api/tailor", headers, body);
    let without_customer = with("", usual).replace("x-customer-id: ana\r\n", "");
    let odd_customer = with("", usual).replace("x-customer-id: ana", "x-customer-id: a b");
    let nobody = with("", usual).replace("x-customer-id: ana", "x-customer-id: nobody");
    let calls = [
        (without_customer, usual.to_owned()),
        (odd_customer, usual.to_owned()),
        (nobody, usual.to_owned()),
        (with("", "{"), "{".to_owned()),
        (with("", "{\"draft\":1,\"draft\":2}"), "{\"draft\":1,\"draft\":2}".to_owned()),
        (with("", &long), long.clone()),
        (chunked, format!("{long_in_chunks}end")),
        (with("probity-max-price: lots\r\n", usual), usual.to_owned()),
        (with("probity-quote: qt_made_up\r\n", usual), usual.to_owned()),
        (with("idempotency-key: a b\r\n", usual), usual.to_owned()),
    ];
    for (n, (call, body)) in calls.iter().enumerate() {
        let got = front.raw(call);
        assert_eq!((got.status(), got.text()), (200, "{\"result\":1}"), "{n}: {}", got.head);
        assert_eq!(got.header("probity-run"), "", "{n}");
        let asked = front.upstream.last();
        assert_eq!(String::from_utf8(asked.body.clone()).unwrap(), *body, "{n}");
        assert!(!asked.head.to_lowercase().contains("probity-"), "{n}: {}", asked.head);
    }
    assert_eq!(front.upstream.count(), calls.len());
    let metrics = front.served.get("/metrics").text;
    let counted = format!("probity_gateway_undecided_total {}\n", calls.len());
    assert!(metrics.contains(&counted), "{metrics}");
    // What can be asked for is a run all the same.
    assert!(front.tailor("", "d1").header("probity-run").starts_with("run_"));
}

#[test]
fn who_somebody_is_must_be_known_though_nothing_is_enforced() {
    let front = watched(&TAILOR.replace("{ header: x-customer-id }", "token"));
    front.tailor("", "d1").refused(401, "unauthenticated");
    front.tailor("authorization: Bearer ct_forged\r\n", "d1").refused(401, "unauthenticated");
    assert_eq!(front.upstream.count(), 0);
}

#[test]
fn half_of_a_request_goes_nowhere() {
    let front = watched(TAILOR);
    let half =
        post("/api/tailor", "idempotency-key: k1\r\n", "{\"draft\":\"d1\"}").replace("d1\"}", "");
    let mut stream = front.connect();
    stream.write_all(half.as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Both).unwrap();
    drop(stream);
    // Whatever comes next comes after it.
    assert_eq!(front.tailor("", "d2").status(), 200);
    assert_eq!(front.upstream.count(), 1);
}

#[test]
fn whose_own_mode_is_shadow_is_not_stopped_by_that_of_others() {
    let front = rolled_out(TAILOR, "plans: { pro: enforce }");
    // Ana is on pro: who may be she is not let through unread.
    front.post("/api/tailor", "", "{").refused(400, "invalid_json");
    front.served.opens("dora", "discovery");
    let as_dora = post("/api/tailor", "", "{").replace("x-customer-id: ana", "x-customer-id: dora");
    assert_eq!(front.raw(&as_dora).status(), 200);
}
