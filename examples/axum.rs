//! An axum application whose route is charged by outcome. Run it:
//!
//! ```text
//! cargo run -p probity --example axum
//! curl -i -X POST localhost:3000/summaries/report.pdf -H 'x-customer-id: ana'
//! ```
//!
//! Press it twice: the same file is not charged twice. Ask for `missing.pdf`: nothing is charged.

use axum::extract::Path;
use axum::http::{StatusCode, request::Parts};
use axum::routing::post;
use axum::{Json, Router};
use probity::Probity;
use probity::layer::{Charge, ChargeLayer, Charging};
use probity::problem::Trouble;
use serde_json::{Value, json};
use std::error::Error;
use std::time::Duration;

/// What the product does; it knows nothing of credits.
async fn summarize(Path(file): Path<String>) -> Result<Json<Value>, StatusCode> {
    if file.starts_with("missing") {
        return Err(StatusCode::NOT_FOUND);
    }
    Ok(Json(json!({ "file": file, "summary": "Three main points." })))
}

/// The route, protected: whose run it is, and which file it is about.
pub(crate) fn app(charging: Charging) -> Router {
    let charged = ChargeLayer::new(charging, |request: &Parts| {
        let customer = request.headers.get("x-customer-id").and_then(|id| id.to_str().ok());
        let customer = customer.ok_or_else(Trouble::unauthenticated)?;
        let file = request.uri.path().rsplit('/').next().unwrap_or_default();
        Ok(Charge::of("summarize_file", customer).artifact(file))
    });
    Router::new().route("/summaries/{file}", post(summarize).layer(charged))
}

/// The books, with one customer in them.
fn books(database: &str) -> Result<Probity, Box<dyn Error>> {
    let probity = Probity::open(database)?;
    probity.publish_files(include_str!("../contracts/minimal/contract.yaml"), None)?;
    let starter =
        probity::core::command::NewCustomer { plan: Some("starter".into()), ..Default::default() };
    let _known_already = probity.open_customer("ana", starter);
    Ok(probity)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let probity =
        tokio::task::spawn_blocking(|| books("axum-example.db").map_err(|e| e.to_string()))
            .await??;
    let (charging, stop) = Charging::new(probity, None);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("POST http://127.0.0.1:3000/summaries/report.pdf with `x-customer-id: ana`");
    axum::serve(listener, app(charging)).with_graceful_shutdown(ended()).await?;
    // What is still under way is settled before the process ends.
    stop.drained(Duration::from_secs(30)).await;
    Ok(())
}

async fn ended() {
    let _ = tokio::signal::ctrl_c().await;
}
