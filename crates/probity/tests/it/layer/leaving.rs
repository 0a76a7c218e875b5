//! Whoever goes away, and when: before anything came, in the middle, after the end.

use super::{Answer, Piecewise, Shop, data, header, next, piecewise, summary};
use http::Response;
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
    let receipt = shop.settled(&run).await;
    let outcome = receipt.outcome.unwrap().word();
    assert_eq!((outcome, receipt.charged.to_string().as_str()), ("abandoned", "1"));
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
