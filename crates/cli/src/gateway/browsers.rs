//! Calls from browsers: what customers call with tokens, pages of allowed origins may call. What a
//! browser asks before is answered here, and reaches no upstream.

use super::Gateway;
use crate::deployment::Whose;
use crate::http::{Origin, origins_of_the_gateway};
use axum::Router;
use axum::body::Body;
use axum::http::header::ACCESS_CONTROL_REQUEST_METHOD;
use axum::http::{HeaderName, Method, Request, Response};
use axum::middleware::{Next, from_fn};
use std::sync::Arc;

/// The same router, where no origin is allowed; else one that tells browsers who is.
pub(super) fn allowed(router: Router, gateway: Arc<Gateway>, origins: &[Origin]) -> Router {
    let Some(layer) = origins_of_the_gateway(origins) else { return router };
    // An upstream says nothing of origins beside what is said here.
    let plain = router.clone();
    let told = router.layer(from_fn(without_theirs)).layer(layer);
    Router::new().fallback(move |request: Request<Body>| {
        let router = if gateway.is_for_pages(&request) { told.clone() } else { plain.clone() };
        ask(router, request)
    })
}

async fn ask(mut router: Router, request: Request<Body>) -> Response<Body> {
    use tower_service::Service;
    match router.call(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

async fn without_theirs(request: Request<Body>, next: Next) -> Response<Body> {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let is_of_origins = |name: &&HeaderName| name.as_str().starts_with("access-control-");
    let theirs: Vec<HeaderName> = headers.keys().filter(is_of_origins).cloned().collect();
    for name in theirs {
        headers.remove(name);
    }
    answer
}

impl Gateway {
    /// Is it a call with a customer token, or what a browser asks before one?
    fn is_for_pages(&self, request: &Request<Body>) -> bool {
        let asked = request.headers().get(ACCESS_CONTROL_REQUEST_METHOD);
        let asked = asked.and_then(|method| Method::from_bytes(method.as_bytes()).ok());
        let method = match request.method() {
            &Method::OPTIONS => asked.as_ref(),
            method => Some(method),
        };
        let Some(method) = method else { return false };
        let path = request.uri().path();
        let found = self.routes.iter().find(|ready| ready.route.matches.of(method, path).is_some());
        found.is_some_and(|ready| {
            ready.route.action.is_some() && ready.route.customer == Whose::Token
        })
    }
}
