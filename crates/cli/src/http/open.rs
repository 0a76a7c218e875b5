//! What is for anybody: health, documentation, problems, the public contract.

use super::app::{App, Caller};
use super::contracts;
use super::handle::json_response;
use super::packed;
use super::pages;
use super::problem::Trouble;
use super::routes::Later;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use probity::Environment;
use probity::answer::Reply;
use probity_core::journal::sha256_hex;
use std::sync::OnceLock;

fn text(kind: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A page that loads nothing and runs nothing.
fn html(body: String) -> Response<Body> {
    let mut response = text("text/html; charset=utf-8", body);
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    );
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    response
}

pub(super) fn healthz(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async { Ok(text("text/plain; charset=utf-8", "ok\n")) })
}

pub(super) fn readyz(app: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async {
        app.probity.catalog(Environment::Live)?.await?;
        Ok(text("text/plain; charset=utf-8", "ready\n"))
    })
}

pub(super) fn contract(
    app: &App,
    caller: Option<Caller>,
    _: Vec<String>,
) -> Later<'_, Response<Body>> {
    Box::pin(async move {
        let reply = contracts::in_force(app, caller.as_ref()).await?;
        let text = reply.body.clone();
        let mark = HeaderValue::try_from(format!("\"{}\"", &sha256_hex(&text)[..16]));
        let mut response = json_response(reply);
        let cache = HeaderValue::from_static("no-cache");
        response.headers_mut().insert(CACHE_CONTROL, cache);
        response.headers_mut().insert(ETAG, mark.unwrap_or(HeaderValue::from_static("\"\"")));
        packed::may_be_packed(&mut response, text);
        Ok(response)
    })
}

pub(super) fn docs(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async { Ok(html(docs_page().to_owned())) })
}

/// Made once.
fn docs_page() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(super::docs::docs)
}

/// The elements to embed, as one script.
pub(super) fn elements(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async { Ok(super::elements::served()) })
}

/// Whoever comes with a browser wants to read.
pub(super) fn home(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async { Ok(leads_to("/docs")) })
}

/// All problems are listed with the routes.
pub(super) fn problems(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async { Ok(leads_to("/docs#problems")) })
}

fn leads_to(place: &'static str) -> Response<Body> {
    let mut response = text("text/plain; charset=utf-8", format!("See {place}.\n"));
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(LOCATION, HeaderValue::from_static(place));
    response
}

pub(super) fn openapi(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async {
        let body = super::openapi::document().to_string();
        Ok(json_response(Reply { status: 200, body }))
    })
}

pub(super) fn problem(_: &App, _: Option<Caller>, ids: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async move {
        let code = ids.first().map_or("", String::as_str);
        problem_page(code).ok_or_else(|| Trouble::not_found("problem"))
    })
}

/// The page of a problem; None where there is no such problem.
pub(crate) fn problem_page(code: &str) -> Option<Response<Body>> {
    pages::problem(code).map(html)
}
