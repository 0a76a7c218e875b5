//! The example of an axum application does what it says.

#[allow(dead_code)]
#[path = "../../../../../examples/axum.rs"]
mod axum_app;

use super::{Shop, header, text};
use axum::body::Body;
use http::Request;
use tower_service::Service;

async fn ask(app: &mut axum::Router, file: &str, customer: &str) -> http::Response<Body> {
    let request = Request::post(format!("/summaries/{file}")).header("x-customer-id", customer);
    app.call(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_lines_protect_a_route() {
    let shop = Shop::new();
    let mut app = axum_app::app(shop.charging.clone());
    let first = ask(&mut app, "report.pdf", "ana").await;
    let (run, status) = (header(&first, "probity-run"), first.status());
    assert_eq!((status.as_u16(), header(&first, "probity-price").as_str()), (200, "1"));
    assert!(text(first).await.contains("Three main points."));
    let receipt = shop.told(&run).await;
    assert_eq!(
        (receipt.charged.to_string().as_str(), receipt.wallet.available.to_string().as_str()),
        ("1", "99")
    );

    let again = ask(&mut app, "report.pdf", "ana").await;
    let run = header(&again, "probity-run");
    assert!(text(again).await.contains("Three main points."));
    assert_eq!(shop.told(&run).await.charged.to_string(), "0");

    let missing = ask(&mut app, "missing.pdf", "ana").await;
    let (run, status) = (header(&missing, "probity-run"), missing.status());
    assert_eq!((status.as_u16(), text(missing).await.as_str()), (404, ""));
    let receipt = shop.told(&run).await;
    assert_eq!(
        (receipt.outcome.unwrap().word(), receipt.charged.to_string().as_str()),
        ("failed", "0")
    );

    let nobody = ask(&mut app, "report.pdf", "nobody").await;
    assert_eq!(nobody.status().as_u16(), 404);
    assert!(text(nobody).await.contains("There is no such customer"));
}
