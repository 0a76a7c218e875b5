//! Whoever goes away, and when: before anything came, in the middle, after the end.

use super::{Answer, Piecewise, Shop, data, header, next, piecewise, summary};
use http::Response;
use serde_json::Value;
use std::future::pending;

#[tokio::test(flavor = "multi_thread")]
async fn left_before_anything_came_it_is_cancelled() {
    let shop = Shop::new();
    let (began, run) = tokio::sync::oneshot::channel();
    let charging = shop.charging.clone();
    let waiting = tokio::spawn(async move {
        let call = |told: probity::layer::Told| async move {
            let _ = began.send(told.begun().unwrap().run.to_string());
            pending::<Answer<Piecewise>>().await
        };
        charging.run(summary("a"), call).await
    });
    let run = run.await.unwrap();
    waiting.abort();
    let _ = waiting.await;
    let receipt = shop.settled(&run).await;
    let outcome = receipt.outcome.unwrap().word();
    assert_eq!((outcome, receipt.charged.to_string().as_str()), ("cancelled", "0"));
}

async fn streamed(
    shop: &Shop,
) -> (
    String,
    super::Body<Piecewise>,
    tokio::sync::mpsc::Sender<Result<http_body::Frame<bytes::Bytes>, std::io::Error>>,
) {
    let (send, body) = piecewise();
    let answer = shop.charging.run(summary("b"), |_| async { Ok(Response::new(body)) }).await;
    (header(&answer, "probity-run"), answer.into_body(), send)
}

#[tokio::test(flavor = "multi_thread")]
async fn left_in_the_middle_it_is_abandoned() {
    let shop = Shop::new();
    let (run, mut body, send) = streamed(&shop).await;
    send.send(data("half of ")).await.unwrap();
    assert_eq!(next(&mut body).await.unwrap(), "half of ");
    drop(body);
    // It is paid for, so it is finished.
    send.send(data("the rest")).await.unwrap();
    drop(send);
    let receipt = shop.settled(&run).await;
    let outcome = receipt.outcome.unwrap().word();
    assert_eq!((outcome, receipt.charged.to_string().as_str()), ("abandoned", "1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_what_fails_in_the_end_pays_nothing() {
    let shop = Shop::new();
    let (send, body) = piecewise();
    let mut answer = Response::new(body);
    let events = http::HeaderValue::from_static("text/event-stream");
    answer.headers_mut().insert("content-type", events);
    let answer = shop.charging.run(summary("g"), |_| async { Ok(answer) }).await;
    let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
    send.send(data("data: half\n\n")).await.unwrap();
    assert_eq!(next(&mut body).await.unwrap(), "data: half\n\n");
    drop(body);
    send.send(data("event: probity.outcome\ndata: failed\n\n")).await.unwrap();
    drop(send);
    let receipt = shop.settled(&run).await;
    let outcome = receipt.outcome.unwrap().word();
    assert_eq!((outcome, receipt.charged.to_string().as_str()), ("failed", "0"));
}

/// Whether the rest is read once they left.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rest {
    Read,
    TooLong,
}

const LEAVING: &str = include_str!("../../../../../sdk/fixtures/leaving.json");
/// As long as nobody reads on when the customer left.
static LONG: [u8; 17 << 20] = [b'x'; 17 << 20];

/// Where files are counted by the page, or else have parts: as many as came, where all was delivered.
fn counted(by_page: bool, said: &Value) -> Shop {
    let price = match (by_page, said["outcome"] == "delivered") {
        (true, _) => "{ each: 1 credit, up_to: 100 }",
        (false, true) => "8 credits\n    parts: 5",
        (false, false) => "8 credits\n    parts: 8",
    };
    let contract = super::CONTRACT.replace("price: 1 credit", &format!("price: {price}"));
    Shop::on(super::probity_under(&contract, Box::<super::MemoryStore>::default()))
}

/// How work ended whose customer left, by what was said of it in the head: outcome, charged.
async fn left_by(case: &Value, rest: Rest) -> (Option<String>, String) {
    let said = &case["said"];
    let by_page = said["quantity"].is_u64();
    let shop = counted(by_page, said);
    let verdict = said["outcome"].as_str().map(|outcome| {
        let count = |name| said[name].as_u64().map(|n| format!(";{name}={n}")).unwrap_or_default();
        format!("{outcome}{}{}", count("parts"), count("quantity"))
    });
    let (send, body) = piecewise();
    let mut answer = Response::new(body);
    if let Some(verdict) = verdict {
        answer.headers_mut().insert("probity-outcome", verdict.parse().unwrap());
    }
    let status = u16::try_from(case["status"].as_u64().unwrap_or(200)).unwrap();
    *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
    let mut charge = summary("h");
    charge.request.quantity = by_page.then_some(10);
    let answer = shop.charging.run(charge, |_| async { Ok(answer) }).await;
    let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
    if case["begun"] == true {
        send.send(data("half")).await.unwrap();
        assert_eq!(next(&mut body).await.unwrap(), "half");
    }
    drop(body);
    if rest == Rest::TooLong {
        // Nobody reads it where nothing had come.
        let _ = send.send(Ok(http_body::Frame::data(bytes::Bytes::from_static(&LONG)))).await;
        send.closed().await;
    }
    drop(send);
    let receipt = shop.settled(&run).await;
    (receipt.outcome.map(|outcome| outcome.word().to_owned()), receipt.charged.to_string())
}

/// The table that the tests of the SDKs read, too. What a status alone comes to is not the same here: a
/// proxy says of 422 that it failed.
#[tokio::test(flavor = "multi_thread")]
async fn leaving_never_costs_more_than_staying() {
    let table: Value = serde_json::from_str(LEAVING).unwrap();
    for rest in [Rest::Read, Rest::TooLong] {
        let cases = table["cases"].as_array().unwrap();
        for case in cases.iter().filter(|case| case["status"] != 422) {
            let (outcome, charged) = left_by(case, rest).await;
            let ends = case["ends"]["outcome"].as_str();
            assert_eq!(outcome.as_deref(), ends, "{rest:?} {case}");
            if let Some(quantity) = case["ends"]["quantity"].as_u64() {
                assert_eq!(charged, quantity.to_string(), "{rest:?} {case}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_durable_before_the_end_can_be_seen() {
    let shop = Shop::new();
    let (run, mut body, send) = streamed(&shop).await;
    send.send(data("all of it")).await.unwrap();
    assert_eq!(next(&mut body).await.unwrap(), "all of it");
    assert_eq!(shop.told(&run).await.outcome, None);
    drop(send);
    assert_eq!(next(&mut body).await, None);
    let receipt = shop.told(&run).await;
    let outcome = receipt.outcome.unwrap().word();
    assert_eq!((outcome, receipt.charged.to_string().as_str()), ("delivered", "1"));
    drop(body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_off_costs_nothing_and_is_seen_to_break_off() {
    let shop = Shop::new();
    let (run, mut body, send) = streamed(&shop).await;
    send.send(data("half of ")).await.unwrap();
    send.send(Err(std::io::Error::other("reset"))).await.unwrap();
    assert_eq!(next(&mut body).await.unwrap(), "half of ");
    let broken =
        std::future::poll_fn(|cx| http_body::Body::poll_frame(std::pin::Pin::new(&mut body), cx));
    assert!(broken.await.unwrap().is_err());
    let receipt = shop.settled(&run).await;
    let outcome = receipt.outcome.unwrap().word();
    assert_eq!((outcome, receipt.charged.to_string().as_str()), ("failed", "0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_whole_ends_though_nobody_closes_it() {
    let shop = Shop::new();
    let (send, body) = piecewise();
    let charge = probity::layer::Charge {
        protocol: probity::usage::Protocol::OpenaiChat,
        idle: Some(std::time::Duration::from_millis(10)),
        ..summary("c")
    };
    let mut answer = Response::new(body);
    let events = http::HeaderValue::from_static("text/event-stream");
    answer.headers_mut().insert("content-type", events);
    let answer = shop.charging.run(charge, |_| async { Ok(answer) }).await;
    let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
    let said = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}]}\n\n";
    send.send(data(said)).await.unwrap();
    send.send(data("data: [DONE]\n\n")).await.unwrap();
    let mut seen = String::new();
    while let Some(piece) = next(&mut body).await {
        seen.push_str(&piece);
    }
    assert_eq!(seen, format!("{said}data: [DONE]\n\n"));
    assert_eq!(shop.told(&run).await.outcome.unwrap().word(), "delivered");
    drop(send);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_length_of_a_body_that_does_not_come_is_not_missed() {
    let shop = Shop::new();
    let mut answer = Response::new(super::Full::default());
    answer.headers_mut().insert("content-length", http::HeaderValue::from_static("100"));
    let answer = shop.charging.run(summary("d"), |_| async { Ok(answer) }).await;
    let run = header(&answer, "probity-run");
    assert_eq!(super::text(answer).await, "");
    assert_eq!(shop.told(&run).await.outcome.unwrap().word(), "delivered");
}

/// A chat that is answered by these pieces; what it came to once the customer has left after the last.
async fn left_after(kind: &'static str, pieces: &[&'static str]) -> (String, String) {
    let shop = Shop::new();
    let (send, body) = piecewise();
    let charge =
        probity::layer::Charge { protocol: probity::usage::Protocol::OpenaiChat, ..summary("e") };
    let mut answer = Response::new(body);
    answer.headers_mut().insert("content-type", http::HeaderValue::from_static(kind));
    let answer = shop.charging.run(charge, |_| async { Ok(answer) }).await;
    let (run, mut body) = (header(&answer, "probity-run"), answer.into_body());
    for piece in pieces {
        send.send(data(piece)).await.unwrap();
        next(&mut body).await.unwrap();
    }
    drop((body, send));
    let receipt = shop.settled(&run).await;
    (receipt.outcome.unwrap().word().to_owned(), receipt.charged.to_string())
}

const HALF: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Ye\"}}]}\n\n";
const ERROR: &str = "data: {\"error\":{\"message\":\"overloaded\"}}\n\n";

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_because_an_error_came_pays_nothing() {
    let came_to = left_after("text/event-stream", &[HALF, ERROR]).await;
    assert_eq!(came_to, ("failed".to_owned(), "0".to_owned()));
}

/// A chat that is answered as one document, this way: what the customer sees, and what it comes to.
async fn document(
    length: Option<&'static str>,
    pieces: Vec<Result<http_body::Frame<bytes::Bytes>, std::io::Error>>,
) -> (Result<String, String>, String) {
    let shop = Shop::new();
    let (send, body) = piecewise();
    let charge = probity::layer::Charge {
        protocol: probity::usage::Protocol::OpenaiChat,
        idle: Some(std::time::Duration::from_millis(10)),
        ..summary("f")
    };
    let mut answer = Response::new(body);
    let json = http::HeaderValue::from_static("application/json");
    answer.headers_mut().insert("content-type", json);
    if let Some(length) = length {
        let length = http::HeaderValue::from_static(length);
        answer.headers_mut().insert("content-length", length);
    }
    let answer = shop.charging.run(charge, |_| async { Ok(answer) }).await;
    let run = header(&answer, "probity-run");
    for piece in pieces {
        send.send(piece).await.unwrap();
    }
    // The end of a length is its end; without one nobody says that there is no more.
    let open = length.is_none().then_some(send);
    let seen = http_body_util::BodyExt::collect(answer.into_body()).await;
    let seen = seen.map(|seen| String::from_utf8(seen.to_bytes().to_vec()).unwrap());
    drop(open);
    let outcome = shop.settled(&run).await.outcome.unwrap().word().to_owned();
    (seen.map_err(|error| error.to_string()), outcome)
}

const WHOLE: &str = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Yes.\"},\
                     \"finish_reason\":\"stop\"}]}";

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_whole_when_its_transport_says_so() {
    let delivered = |text: &str| (Ok(text.to_owned()), "delivered".to_owned());
    // What comes after the last bracket counts, too.
    let pieces = vec![data(WHOLE), data("\n")];
    let length = (WHOLE.len() + 1).to_string().leak();
    assert_eq!(document(Some(length), pieces).await, delivered(&format!("{WHOLE}\n")));
    // All of it came, and then the connection was lost or forgotten: it ends well.
    let lost = vec![data(WHOLE), Err(std::io::Error::other("reset"))];
    assert_eq!(document(None, lost).await, delivered(WHOLE));
    assert_eq!(document(None, vec![data(WHOLE)]).await, delivered(WHOLE));
    // Less came than was announced: it is seen to break off, and is free.
    let short = vec![data(WHOLE), Err(std::io::Error::other("reset"))];
    let (seen, outcome) = document(Some("9999"), short).await;
    assert_eq!((seen.is_err(), outcome.as_str()), (true, "failed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_keeps_coming_gets_more_time() {
    let contract = format!(
        "{}failures: {{ too_slow_after: 4 seconds, at_latest: 1 hour }}\n",
        super::CONTRACT
    );
    let shop = Shop::on(super::probity_under(&contract, Box::<super::MemoryStore>::default()));
    let (run, mut body, send) = streamed(&shop).await;
    let first = shop.time_of(&run).await;
    while shop.time_of(&run).await <= first {
        assert_eq!(shop.told(&run).await.status, probity::core::state::RunStatus::Held);
        send.send(data("more")).await.unwrap();
        assert_eq!(next(&mut body).await.unwrap(), "more");
    }
    drop(send);
    assert_eq!(next(&mut body).await, None);
    assert_eq!(shop.told(&run).await.outcome.unwrap().word(), "delivered");
}
