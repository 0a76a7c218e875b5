//! Refusals, verdicts and repeated requests around a service.

use super::{Full, Shop, header, summary, text};
use bytes::Bytes;
use http::{HeaderValue, Response};
use probity::core::Amount;
use probity::engine::Key;
use probity::layer::{Charge, NoAnswer};
use probity::problem::Trouble;
use probity::usage::End;

/// An answer with these headers.
fn answer(headers: &[(&'static str, &'static str)]) -> Response<Full> {
    let mut answer = Response::new(Full::from("done"));
    for (name, value) in headers {
        answer.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_not_done() {
    let shop = Shop::new();
    let cheap = summary("a").max_price(Amount::parse("0.5").unwrap());
    let refused = shop
        .charging
        .run(cheap, |_| async { panic!("it was refused") as Result<Response<Full>, NoAnswer> })
        .await;
    assert_eq!(refused.status().as_u16(), 402);
    let body: serde_json::Value = serde_json::from_str(&text(refused).await).unwrap();
    assert_eq!(body["code"], "price_above_max");
    assert!(!body["ways_forward"].as_array().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_the_work_says_how_it_ended() {
    let shop = Shop::new();
    let said = [
        ("delivered", "delivered", "1"),
        ("empty", "empty", "0"),
        ("failed; reason=\"no space\"", "failed", "0"),
        ("nonsense", "delivered", "1"),
    ];
    for (n, (verdict, outcome, charged)) in said.into_iter().enumerate() {
        let file = format!("file{n}");
        let done = answer(&[("probity-outcome", verdict), ("probity-now-charged", "2")]);
        let answer = shop.charging.run(summary(&file), |_| async { Ok(done) }).await;
        let (run, told) = (header(&answer, "probity-run"), header(&answer, "probity-outcome"));
        assert_eq!(told, if verdict == "nonsense" { "" } else { outcome });
        assert_eq!(header(&answer, "probity-now-charged"), "");
        assert_eq!(text(answer).await, "done");
        let receipt = shop.told(&run).await;
        assert_eq!(receipt.outcome.unwrap().word(), outcome);
        assert_eq!(receipt.charged.to_string(), charged);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_may_come_after_the_answer_in_trailers() {
    let shop = Shop::new();
    let (send, body) = super::piecewise();
    let answer = shop.charging.run(summary("a"), |_| async { Ok(Response::new(body)) }).await;
    let run = header(&answer, "probity-run");
    send.send(super::data("looked everywhere")).await.unwrap();
    let mut trailers = http::HeaderMap::new();
    trailers.insert("probity-outcome", HeaderValue::from_static("empty"));
    trailers.insert("x-checksum", HeaderValue::from_static("abc"));
    send.send(Ok(http_body::Frame::trailers(trailers))).await.unwrap();
    drop(send);
    let collected = http_body_util::BodyExt::collect(answer.into_body()).await.unwrap();
    let trailers = collected.trailers().unwrap();
    assert!(trailers.contains_key("x-checksum") && !trailers.contains_key("probity-outcome"));
    assert_eq!(shop.told(&run).await.outcome.unwrap().word(), "empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_charged_once_and_begins_anew_after_a_failure() {
    let shop = Shop::new();
    let with_key = |fingerprint: u8| Charge {
        key: Some(Key { key: "k1".to_owned(), fingerprint: [fingerprint; 32] }),
        ..summary("a")
    };
    let failed = shop.run(with_key(1), 500, "no").await;
    let first = header(&failed, "probity-run");
    text(failed).await;
    assert_eq!(shop.told(&first).await.charged, Amount::ZERO);

    let done = shop.run(with_key(1), 200, "yes").await;
    let second = header(&done, "probity-run");
    assert_ne!(first, second);
    assert_eq!(text(done).await, "yes");
    assert_eq!(shop.told(&second).await.charged.to_string(), "1");

    let refused = shop.run(with_key(1), 200, "again").await;
    assert_eq!(refused.status().as_u16(), 409);
    let body: serde_json::Value = serde_json::from_str(&text(refused).await).unwrap();
    assert_eq!((&body["code"], &body["receipt"]["run"]), (&"already_done".into(), &second.into()));

    let other = shop.run(with_key(2), 200, "again").await;
    assert_eq!(other.status().as_u16(), 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_at_once_is_done_once() {
    let shop = Shop::new();
    let with_key =
        || Charge { key: Some(Key { key: "k1".to_owned(), fingerprint: [1; 32] }), ..summary("a") };
    let (send, body) = super::piecewise();
    let first = shop.charging.run(with_key(), |_| async { Ok(Response::new(body)) }).await;
    let second = shop.run(with_key(), 200, "twice").await;
    assert_eq!(second.status().as_u16(), 409);
    assert_eq!(header(&second, "retry-after"), "1");
    drop(send);
    text(first).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_gives_no_answer_costs_nothing() {
    let shop = Shop::new();
    let none = NoAnswer {
        end: End::NoConnection,
        trouble: Trouble::not_answered("upstream_failed", 502, "Nothing was charged."),
        verdict: None,
    };
    let failed = async { Err(none) as Result<Response<Full>, _> };
    let answer = shop.charging.run(summary("a"), |_| failed).await;
    assert_eq!(answer.status().as_u16(), 502);
    assert_eq!(header(&answer, "probity-outcome"), "failed");
    let receipt = shop.told(&header(&answer, "probity-run")).await;
    assert_eq!((receipt.outcome.unwrap().word(), receipt.charged), ("failed", Amount::ZERO));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_was_asked_may_bill_though_it_did_not_answer() {
    for (end, calls) in [(End::NoConnection, 0), (End::TimedOut, 1)] {
        let shop = Shop::new();
        let trouble = Trouble::not_answered("upstream_timeout", 504, "Nothing was charged.");
        let failed =
            async { Err(NoAnswer { end, trouble, verdict: None }) as Result<Response<Full>, _> };
        let charge = Charge { protocol: probity::usage::Protocol::Anthropic, ..summary("a") };
        let answer = shop.charging.run(charge, |_| failed).await;
        let receipt = shop.told(&header(&answer, "probity-run")).await;
        let attempts = receipt.attempts.unwrap();
        assert_eq!(attempts.len(), calls, "{end:?}");
        assert!(attempts.iter().all(|line| !line.cost_known));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_length_that_was_said_holds_and_the_last_bytes_wait_for_the_books() {
    let shop = Shop::new();
    let mut done = Response::new(Full::from(Bytes::from_static(b"done")));
    done.headers_mut().insert("content-length", HeaderValue::from_static("4"));
    let answer = shop.charging.run(summary("a"), |_| async { Ok(done) }).await;
    let run = header(&answer, "probity-run");
    let mut body = answer.into_body();
    assert_eq!(http_body::Body::size_hint(&body).exact(), Some(4));
    assert_eq!(super::next(&mut body).await.unwrap(), "done");
    // Nobody asked for the end yet, and it is told.
    assert_eq!(shop.told(&run).await.outcome.unwrap().word(), "delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_shadow_begins_anew_once_it_is_enforced() {
    let shop = Shop::new();
    shop.operate("shadow").await;
    let with_key =
        || Charge { key: Some(Key { key: "k1".to_owned(), fingerprint: [1; 32] }), ..summary("a") };
    text(shop.run(with_key(), 200, "watched").await).await;
    // In shadow the same again goes on, undecided and counted.
    let again = shop.run(with_key(), 200, "again").await;
    assert_eq!((header(&again, "probity-run").as_str(), text(again).await.as_str()), ("", "again"));
    assert_eq!(shop.charging.counted().undecided, 1);
    shop.operate("enforce").await;
    let enforced = shop.run(with_key(), 200, "enforced").await;
    assert!(header(&enforced, "probity-run").starts_with("run_"));
    assert_eq!(header(&enforced, "probity-mode"), "enforce");
    text(enforced).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_backend_tells_in_its_stream_is_never_shown() {
    const SAID: &str =
        "data: {\"a\":1}\n\nevent: probity.outcome\ndata: delivered\n\ndata: end\n\n";
    let shop = Shop::new();
    let answer = || {
        let mut answer = Response::new(Full::from(SAID));
        let events = HeaderValue::from_static("text/event-stream");
        answer.headers_mut().insert("content-type", events);
        answer
    };
    // Decided, owned already, and undecided.
    shop.run(summary("owned"), 200, "done").await.into_body();
    text(shop.run(summary("owned"), 200, "done").await).await;
    for (file, mode) in [("new", "enforce"), ("owned", "enforce")] {
        shop.operate(mode).await;
        let seen = shop.charging.run(summary(file), |_| async { Ok(answer()) }).await;
        assert_eq!(text(seen).await, "data: {\"a\":1}\n\ndata: end\n\n", "{file}");
    }
    shop.operate("shadow").await;
    let with_key = || Charge {
        key: Some(Key { key: "k2".to_owned(), fingerprint: [1; 32] }),
        ..summary("watched")
    };
    for _ in 0..2 {
        let seen = shop.charging.run(with_key(), |_| async { Ok(answer()) }).await;
        assert_eq!(text(seen).await, "data: {\"a\":1}\n\ndata: end\n\n");
    }
    assert_eq!(shop.charging.counted().undecided, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_on_keeps_its_hold_until_whoever_finishes_it_tells() {
    let shop = Shop::new();
    let accepted = shop.run(summary("a"), 202, "queued").await;
    let run = header(&accepted, "probity-run");
    assert_eq!(
        (text(accepted).await.as_str(), status_of(&shop, &run).await.as_str()),
        ("queued", "held")
    );
    // A verdict says more than the status.
    let mut told = answer(&[("probity-outcome", "delivered")]);
    *told.status_mut() = http::StatusCode::ACCEPTED;
    let told = shop.charging.run(summary("b"), |_| async { Ok(told) }).await;
    let run = header(&told, "probity-run");
    text(told).await;
    assert_eq!(status_of(&shop, &run).await, "settled");
}

async fn status_of(shop: &Shop, run: &str) -> String {
    serde_json::to_value(shop.told(run).await.status).unwrap().as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_enforced_nothing_is_stopped() {
    let shop = Shop::new();
    let nobody = || Charge { customer: "stranger".into(), ..summary("a") };
    assert_eq!(shop.run(nobody(), 200, "done").await.status().as_u16(), 404);
    for mode in ["shadow", "announce"] {
        shop.operate(mode).await;
        let went_on = shop.run(nobody(), 200, "done").await;
        assert_eq!(header(&went_on, "probity-run"), "");
        assert_eq!((went_on.status().as_u16(), text(went_on).await.as_str()), (200, "done"));
    }
    assert_eq!(shop.charging.counted().undecided, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn repeats_are_attempts_of_one_run() {
    let shop = Shop::new();
    let charge = Charge { protocol: probity::usage::Protocol::OpenaiChat, ..summary("a") };
    let answer = shop.charging.run(charge, |told| async move {
        told.repeats(http::StatusCode::TOO_MANY_REQUESTS);
        let said = r#"{"choices":[{"index":0,"message":{"content":"Yes."},"finish_reason":"stop"}],
                       "usage":{"prompt_tokens":3,"completion_tokens":4}}"#;
        let mut answer = Response::new(Full::from(said));
        let json = HeaderValue::from_static("application/json");
        answer.headers_mut().insert("content-type", json);
        Ok(answer)
    });
    let answer = answer.await;
    let run = header(&answer, "probity-run");
    text(answer).await;
    let receipt = shop.told(&run).await;
    assert_eq!(
        (receipt.outcome.unwrap().word(), receipt.charged),
        ("delivered", Amount::credits(1))
    );
    let used: Vec<_> = receipt
        .attempts
        .unwrap()
        .iter()
        .map(|a| (a.attempt.usage.input, a.attempt.usage.output))
        .collect();
    // Nothing is billed for what was refused.
    assert_eq!(used, [(Some(0), Some(0)), (Some(3), Some(4))]);
}
