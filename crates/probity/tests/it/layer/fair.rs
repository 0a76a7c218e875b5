//! Leaving costs no more than staying, breaking off is free, and slowness is whose it is.

use super::{Shop, data, header, next, piecewise, summary};
use http::{HeaderValue, Response};
use probity::core::Outcome;
use probity::core::state::RunStatus;
use probity::core::view::Receipt;
use probity::layer::{Charge, Judge, Seen};
use probity::usage::{Protocol, Verdict};
use std::sync::Arc;

fn events<B>(body: B) -> Response<B> {
    let mut answer = Response::new(body);
    answer.headers_mut().insert("content-type", HeaderValue::from_static("text/event-stream"));
    answer
}

fn chat(file: &str) -> Charge {
    Charge { protocol: Protocol::OpenaiChat, ..summary(file) }
}

/// What is cached is reopened, says a rule of the product's.
fn cached(file: &str) -> Charge {
    let judge: Judge = Arc::new(|seen: &Seen<'_>| {
        let is_hit = seen.headers.get("x-cache")? == "hit";
        let (outcome, parts, quantity, reason) = (Outcome::Reopened, None, None, None);
        is_hit.then_some(Verdict { outcome, parts, quantity, reason })
    });
    Charge { judge: Some(judge), ..summary(file) }
}

/// What a stream comes to that begins so and goes on so, for somebody who stays or leaves between the two.
async fn came_to(
    charge: Charge,
    first: &'static str,
    then: &'static str,
    stays: bool,
) -> (String, String) {
    let shop = Shop::new();
    let (send, body) = piecewise();
    let mut answer = events(body);
    answer.headers_mut().insert("x-cache", HeaderValue::from_static("hit"));
    let answer = shop.charging.run(charge, |_| async { Ok(answer) }).await;
    let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
    send.send(data(first)).await.unwrap();
    next(&mut body).await.unwrap();
    let body = Some(body).filter(|_| stays);
    if !then.is_empty() {
        send.send(data(then)).await.unwrap();
    }
    drop(send);
    if let Some(mut body) = body {
        while next(&mut body).await.is_some() {}
    }
    let receipt = shop.settled(&run).await;
    (receipt.outcome.unwrap().word().to_owned(), receipt.charged.to_string())
}

const HALF: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Ye\"}}]}\n\n";
const FILTERED: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\
                        \"content_filter\"}]}\n\ndata: [DONE]\n\n";
const WHOLE: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

#[tokio::test(flavor = "multi_thread")]
async fn leaving_costs_no_more_than_staying() {
    let cases: [(Charge, &'static str, &'static str, &str, &str); 5] = [
        (chat("a"), HALF, WHOLE, "delivered 1", "abandoned 1"),
        (chat("b"), HALF, "", "failed 0", "failed 0"),
        (chat("c"), HALF, FILTERED, "blocked 0", "blocked 0"),
        (cached("d"), "data: half\n\n", "data: rest\n\n", "reopened 0", "reopened 0"),
        (
            summary("e"),
            "data: half\n\n",
            "event: probity.outcome\ndata: empty\n\n",
            "empty 0",
            "empty 0",
        ),
    ];
    for (charge, first, then, stays, leaves) in cases {
        let told = |(outcome, charged)| format!("{outcome} {charged}");
        assert_eq!(told(came_to(charge.clone(), first, then, true).await), stays);
        assert_eq!(told(came_to(charge, first, then, false).await), leaves, "who stays: {stays}");
    }
}

/// What comes of a backend's stream that breaks after this.
async fn broke_after(file: &str, piece: &'static str) -> (String, String, bool) {
    let shop = Shop::new();
    let (send, body) = piecewise();
    let answer = shop.charging.run(summary(file), |_| async { Ok(events(body)) }).await;
    let run = header(&answer, "probity-run");
    send.send(data(piece)).await.unwrap();
    send.send(Err(std::io::Error::other("reset"))).await.unwrap();
    let seen = http_body_util::BodyExt::collect(answer.into_body()).await;
    let receipt = shop.settled(&run).await;
    (receipt.outcome.unwrap().word().to_owned(), receipt.charged.to_string(), seen.is_err())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_of_a_stream_that_breaks_charges_nothing() {
    for piece in [
        "event: probity.outcome\ndata: delivered\n\ndata: half of the res",
        "data: a\n\nevent: probity.outcome\ndata: delivered",
        "data: a\n\nevent: probity.outcome\ndata: partial;parts=1",
    ] {
        let came_to = broke_after("a", piece).await;
        assert_eq!(came_to, ("failed".to_owned(), "0".to_owned(), true), "{piece}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_reopened_and_cut_is_seen_to_be_cut() {
    let shop = Shop::new();
    super::text(shop.run(summary("own"), 200, "done").await).await;
    let (send, body) = piecewise();
    let answer = shop.charging.run(summary("own"), |_| async { Ok(events(body)) }).await;
    assert_eq!(header(&answer, "probity-outcome"), "reopened");
    send.send(data("data: half of")).await.unwrap();
    send.send(Err(std::io::Error::other("reset"))).await.unwrap();
    assert!(http_body_util::BodyExt::collect(answer.into_body()).await.is_err());
}

fn is_expired(receipt: &Receipt) -> bool {
    receipt.status == RunStatus::Expired
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_take_an_answer_in_time_has_left() {
    let contract = format!("{}failures: {{ too_slow_after: 4 seconds }}\n", super::CONTRACT);
    let shop = Shop::on(super::probity_under(&contract, Box::<super::MemoryStore>::default()));
    let (send, body) = piecewise();
    let answer = shop.charging.run(summary("a"), |_| async { Ok(Response::new(body)) }).await;
    let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
    for _ in 0..3 {
        send.send(data("piece")).await.unwrap();
    }
    // All of it is there, and only a piece of it is taken.
    drop(send);
    next(&mut body).await.unwrap();
    let receipt = loop {
        let receipt = shop.told(&run).await;
        if receipt.outcome.is_some() || is_expired(&receipt) {
            break receipt;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(
        (receipt.outcome.unwrap().word(), receipt.charged.to_string().as_str()),
        ("abandoned", "1")
    );
    // And they get no more of it.
    let more =
        std::future::poll_fn(|cx| http_body::Body::poll_frame(std::pin::Pin::new(&mut body), cx));
    assert!(more.await.unwrap().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_cut_where_nothing_is_enforced() {
    let contract = format!("{}failures: {{ too_slow_after: 2 seconds }}\n", super::CONTRACT);
    for mode in ["shadow", "announce"] {
        let shop = Shop::on(super::probity_under(&contract, Box::<super::MemoryStore>::default()));
        shop.operate(mode).await;
        let (send, body) = piecewise();
        let answer = shop.charging.run(summary("a"), |_| async { Ok(Response::new(body)) }).await;
        let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
        for _ in 0..2 {
            send.send(data("piece")).await.unwrap();
        }
        drop(send);
        next(&mut body).await.unwrap();
        while !is_expired(&shop.told(&run).await) {
            tokio::task::yield_now().await;
        }
        // Their time is up, and they have all of it.
        assert_eq!(next(&mut body).await.unwrap(), "piece");
        assert_eq!(next(&mut body).await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_cut_off_because_we_stop_has_not_left() {
    let shop = Shop::new();
    let (send, body) = piecewise();
    let answer = shop.charging.run(chat("a"), |_| async { Ok(events(body)) }).await;
    let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
    send.send(data(HALF)).await.unwrap();
    next(&mut body).await.unwrap();
    shop.charging.ends();
    drop(body);
    send.send(data(WHOLE)).await.unwrap();
    drop(send);
    let receipt = shop.settled(&run).await;
    assert_eq!(
        (receipt.outcome.unwrap().word(), receipt.charged.to_string().as_str()),
        ("failed", "0")
    );
    assert_eq!(receipt.reason.as_deref(), Some("stopped"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_slow_worker_does_is_not_the_customers_slowness() {
    let contract = format!("{}failures: {{ too_slow_after: 3 seconds }}\n", super::CONTRACT);
    let shop = Shop::on(super::probity_under(&contract, Box::<super::MemoryStore>::default()));
    let (send, body) = piecewise();
    let answer = shop.charging.run(summary("a"), |_| async { Ok(Response::new(body)) }).await;
    let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
    send.send(data("piece")).await.unwrap();
    next(&mut body).await.unwrap();
    // They ask for more, and nothing comes until the time is up.
    let waits = tokio::spawn(async move { next(&mut body).await });
    let receipt = loop {
        let receipt = shop.told(&run).await;
        if receipt.outcome.is_some() || is_expired(&receipt) {
            break receipt;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((is_expired(&receipt), receipt.charged.to_string().as_str()), (true, "0"));
    drop(send);
    waits.await.unwrap();
}
