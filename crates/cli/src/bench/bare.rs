//! A bare HTTP server to compare with: the same runtime, the same accept loop, the same JSON in and
//! out; it checks nothing, decides nothing and keeps nothing.

use crate::answer::{Answer, Failure};
use crate::exit::Exit;
use crate::terminal;
use axum::body::{Body, Bytes};
use axum::extract::Path as InPath;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use probity_cli::http::{self, Limits};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;

/// The files with the answers, made by the service itself.
pub(super) const ANSWERS: [&str; 2] = ["hold.json", "settle.json"];

#[derive(Deserialize)]
struct Hold {
    customer: String,
    action: String,
    artifact: Option<String>,
}

#[derive(Deserialize)]
struct Settle {
    outcome: String,
}

/// Serves until it is asked to end.
pub(crate) fn run(folder: &Path) -> Result<Answer, Failure> {
    let [hold, settle] = ANSWERS.map(|name| read(&folder.join(name)));
    let (hold, settle) = (hold?, settle?);
    listen(router(hold, settle), Limits::default())
}

/// Says where it listens, and serves until it is asked to end.
pub(super) fn listen(router: axum::Router, limits: Limits) -> Result<Answer, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| cannot(&error))?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|error| cannot(&error))?;
        let address = listener.local_addr().map_err(|error| cannot(&error))?;
        let stop = crate::cmd::serve::stop().map_err(|error| cannot(&error))?;
        terminal::note(&format!("Listening on http://{address}\n"));
        http::serve(listener, router, limits, stop).await;
        Ok(Answer::new(""))
    })
}

fn router(hold: Value, settle: Value) -> axum::Router {
    let (hold, settle) = (Arc::new(hold), Arc::new(settle));
    let begin = move |body: Bytes| {
        let answer = Arc::clone(&hold);
        async move {
            match serde_json::from_slice::<Hold>(&body) {
                Ok(asked) => {
                    answered(201, &answer, &[asked.customer, asked.action], asked.artifact)
                }
                Err(error) => refused(&error),
            }
        }
    };
    let end = move |InPath(run): InPath<String>, body: Bytes| {
        let answer = Arc::clone(&settle);
        async move {
            match serde_json::from_slice::<Settle>(&body) {
                Ok(asked) => answered(200, &answer, &[asked.outcome], Some(run)),
                Err(error) => refused(&error),
            }
        }
    };
    axum::Router::new()
        .route("/readyz", get(|| async { "ready\n" }))
        .route("/v1/runs", post(begin))
        .route("/v1/runs/{id}/settle", post(end))
}

/// What was asked is looked at, so that reading it is not left out.
fn answered(status: u16, answer: &Value, asked: &[String], more: Option<String>) -> Response<Body> {
    let is_empty = asked.iter().chain(&more).any(String::is_empty);
    let status = if is_empty { 400 } else { status };
    json(status, serde_json::to_vec(answer).unwrap_or_default())
}

fn refused(error: &serde_json::Error) -> Response<Body> {
    json(400, error.to_string().into_bytes())
}

pub(super) fn json(status: u16, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    let kind = axum::http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn read(path: &Path) -> Result<Value, Failure> {
    let text = std::fs::read(path).map_err(|error| cannot(&error))?;
    serde_json::from_slice(&text).map_err(|error| cannot(&error))
}

fn cannot(why: &dyn std::fmt::Display) -> Failure {
    let what = format!("the bare server cannot begin: {why}");
    Failure::new(Exit::CANNOT_WRITE, "cannot_measure", what, "let probity bench start it")
}
