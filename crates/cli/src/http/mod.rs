//! The HTTP API: doors to the engine, in JSON. It decides nothing, and keeps nothing of its own.
//!
//! A request goes from `accept` (connections) through `handle` (keys, bodies, idempotency) to what its
//! route says (`routes`): `writes` make orders for the engine, `reads` answer from a customer's state.
//! `wire` is what stands in bodies, `problem` what is refused.

mod accept;
mod app;
mod asked;
mod batch;
mod body;
mod contracts;
mod docs;
mod elements;
mod event_schemas;
mod events;
mod handle;
mod hearers;
mod in_flight;
mod invoiced;
mod json;
mod key;
mod margin;
mod metrics;
mod my;
mod open;
mod open_streams;
mod openapi;
mod order;
mod origins;
mod own_keys;
mod packed;
mod pages;
mod problem;
mod problems;
mod publish;
mod random;
mod read;
mod reads;
mod reports;
mod routes;
mod sandbox;
mod shadow;
mod shape;
mod standing_troubles;
mod statement;
mod stripe;
mod terms;
mod token;
mod unsigned;
mod untaken;
mod webhooks;
mod wire;
mod writes;

pub use accept::{Ended, Limits, serve, serve_and_tell};
pub(crate) use app::Caller;
pub use app::{App, NotBegun};
pub(crate) use body::is_json;
pub use contracts::{rollout, to_publish};
pub(crate) use handle::{fingerprint, key};
pub(crate) use json::value as json_value;
pub use key::new as new_key;
pub(crate) use open::problem_page;
pub use origins::Origin;
pub(crate) use origins::of_the_gateway as origins_of_the_gateway;
pub use publish::published_in_words;
pub use random::bytes as random_bytes;
pub(crate) use random::number as random_number;

use axum::Router;
use axum::body::Body;
use axum::extract::RawPathParams;
use axum::extract::rejection::RawPathParamsRejection;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use axum::routing::{MethodFilter, on};
use problem::Trouble;
use routes::{Does, ROUTES, Route, Who};
use std::sync::Arc;
use std::time::Instant;

/// Everything that is served, for browsers only to pages of these origins.
pub fn router(app: Arc<App>, origins: &[Origin]) -> Router {
    let router = routed(app, origins);
    match origins::layer(origins) {
        Some(layer) => router.layer(layer),
        None => router,
    }
}

fn routed(app: Arc<App>, origins: &[Origin]) -> Router {
    let named = my::Named::of(origins);
    let mut router = Router::new();
    for route in ROUTES {
        let (app, named) = (Arc::clone(&app), named.clone());
        let handler = move |ids: Result<RawPathParams, RawPathParamsRejection>,
                            mut request: Request<Body>| {
            let app = Arc::clone(&app);
            if matches!(route.does, Does::Page) {
                request.extensions_mut().insert(named.clone());
            }
            async move { counted(&app, route, ids.ok(), request).await }
        };
        router = router.route(route.path, on(filter(route.method), handler));
    }
    let nowhere = move |request: Request<Body>| {
        let app = Arc::clone(&app);
        let path = request.uri().path().to_owned();
        let sent = request.headers().get(AUTHORIZATION).cloned();
        let named = (request.method() == Method::GET).then(|| named.clone());
        async move {
            let for_people = named.and_then(|named| nothing_for_people(&path, &named));
            match for_people {
                Some(response) => response,
                None => nowhere(&app, &path, sent).await.into_response().map(Body::from),
            }
        }
    };
    router.method_not_allowed_fallback(nowhere.clone()).fallback(nowhere)
}

fn filter(method: &str) -> MethodFilter {
    match method {
        "PUT" => MethodFilter::PUT,
        "POST" => MethodFilter::POST,
        "DELETE" => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    }
}

async fn counted(
    app: &Arc<App>,
    route: &'static Route,
    ids: Option<RawPathParams>,
    request: Request<Body>,
) -> Response<Body> {
    let began = Instant::now();
    let ids = ids.map(|ids| ids.iter().map(|(_, id)| id.to_owned()).collect());
    let response = handle::handle(app, route, ids, request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.metrics.count(route.method, route.path, status, took);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::warn!(method = route.method, route = route.path, status, micros, "answered");
    } else {
        tracing::debug!(method = route.method, route = route.path, status, micros, "answered");
    }
    response
}

/// What a person's browser finds where there is nothing.
fn nothing_for_people(path: &str, named: &my::Named) -> Option<Response<Body>> {
    if path == "/favicon.ico" {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NO_CONTENT;
        return Some(response);
    }
    path.strip_prefix(my::HOME)?.starts_with('/').then(|| my::no_page(named))
}

/// No such path, or not with this method; who has no key is not told which.
async fn nowhere(app: &App, path: &str, sent: Option<HeaderValue>) -> Trouble {
    let here: Vec<&Route> = ROUTES.iter().filter(|route| is_at(route.path, path)).collect();
    if !here.iter().any(|route| route.who == Who::Anyone) {
        let sent = sent.as_ref().and_then(|sent| sent.to_str().ok());
        if let Err(trouble) = app.caller(sent).await {
            return trouble;
        }
    }
    if here.is_empty() {
        return Trouble::not_found("path");
    }
    let methods: Vec<&str> = here.iter().map(|route| route.method).collect();
    Trouble::wrong_method(methods.join(", "))
}

/// Is this path of the form `/v1/runs/{id}`?
fn is_at(form: &str, path: &str) -> bool {
    let (mut parts, mut forms) = (path.split('/'), form.split('/'));
    loop {
        match (parts.next(), forms.next()) {
            (None, None) => return true,
            (Some(part), Some(form)) if form == part => {}
            (Some(part), Some(form)) if form.starts_with('{') && !part.is_empty() => {}
            _ => return false,
        }
    }
}
