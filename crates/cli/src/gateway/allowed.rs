//! Which headers pass: lists of what may, both ways. What is not listed does not.
//!
//! Hop-by-hop headers (RFC 9110 §7.6.1) never pass, nor what `Connection` names.

use crate::deployment::Route;
use axum::http::header::{CONNECTION, HeaderName};
use axum::http::{HeaderMap, HeaderValue};

/// What may pass to any upstream.
const REQUEST: &[&str] = &[
    "accept",
    "accept-language",
    "baggage",
    "content-encoding",
    "content-language",
    "content-type",
    "idempotency-key",
    "traceparent",
    "tracestate",
    "user-agent",
    "x-request-id",
];
/// What may also pass to a product's own backend.
const REQUEST_OWN: &[&str] = &[
    "authorization",
    "cookie",
    "forwarded",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "origin",
    "range",
    "referer",
    "x-csrf-token",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-requested-with",
];
/// What may also pass to an AI provider, keys among them.
const REQUEST_NATIVE: &[&str] =
    &["authorization", "x-api-key", "x-goog-api-key", "http-referer", "x-title"];
/// Beginnings of what may also pass to an AI provider.
const REQUEST_NATIVE_BEGINS: &[&str] = &["anthropic-", "openai-", "x-goog-", "x-stainless-"];

/// What may come back from any upstream.
const RESPONSE: &[&str] = &[
    "accept-ranges",
    "age",
    "cache-control",
    "cache-status",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-type",
    "date",
    "deprecation",
    "etag",
    "expires",
    "last-modified",
    "link",
    "location",
    "pragma",
    "request-id",
    "retry-after",
    "retry-after-ms",
    "server-timing",
    "sunset",
    "vary",
    "www-authenticate",
    "x-accel-buffering",
    "x-cache",
    "x-content-type-options",
    "x-request-id",
    "x-should-retry",
];
/// What may also come back from a product's own backend.
const RESPONSE_OWN: &[&str] = &["content-security-policy", "set-cookie", "x-frame-options"];
/// Beginnings of what may also come back.
const RESPONSE_BEGINS: &[&str] =
    &["access-control-", "anthropic-", "openai-", "ratelimit", "x-goog-", "x-ratelimit-"];

/// Never passed on, whatever a file says.
const HOP_BY_HOP: &[&str] = &[
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The headers of a request that go on to an upstream. Probity's own are put in by the layer, before.
pub(super) fn request(route: &Route, sent: &HeaderMap) -> HeaderMap {
    let is_native = route.protocol.is_native();
    let (mine, begins) = match is_native {
        true => (REQUEST_NATIVE, REQUEST_NATIVE_BEGINS),
        false => (REQUEST_OWN, &[][..]),
    };
    let named = |name: &HeaderName| route.names(name) && !is_native;
    filtered(sent, |name| {
        let text = name.as_str();
        REQUEST.contains(&text)
            || mine.contains(&text)
            || begins.iter().any(|begin| text.starts_with(begin))
            || (text.starts_with("probity-run") || text == "probity-mode") && !is_native
            || route.forward.request.contains(name)
            || named(name)
            // Compressed answers are only asked for where nobody has to read them on the way.
            || text == "accept-encoding" && !is_native && route.action.is_none()
    })
}

/// The headers of an answer that go on to whoever asked; Probity's own are read by the layer.
pub(super) fn response(route: &Route, sent: &HeaderMap) -> HeaderMap {
    let is_own = !route.protocol.is_native();
    filtered(sent, |name| {
        let text = name.as_str();
        RESPONSE.contains(&text)
            || RESPONSE_BEGINS.iter().any(|begin| text.starts_with(begin))
            || is_own && (RESPONSE_OWN.contains(&text) || text.starts_with("probity-"))
            || route.forward.response.contains(name)
    })
}

/// Takes out what names accounts at the provider, and how much of their limits is left: with our key they
/// are ours.
pub(super) fn without_accounts(headers: &mut HeaderMap) {
    const NAMES: &[&str] = &[
        "openai-organization",
        "openai-project",
        "anthropic-organization-id",
        "x-goog-user-project",
    ];
    const BEGINS: &[&str] = &["anthropic-ratelimit-", "x-ratelimit-", "ratelimit"];
    let named = |name: &&HeaderName| {
        let text = name.as_str();
        NAMES.contains(&text) || BEGINS.iter().any(|begin| text.starts_with(begin))
    };
    let all: Vec<HeaderName> = headers.keys().filter(named).cloned().collect();
    for name in all {
        headers.remove(name);
    }
}

/// Takes out what belongs to the hop that a message came by, before anything is read of it or put in:
/// whoever sends it cannot name what is put in later.
pub(super) fn end_of_hop(headers: &mut HeaderMap) {
    let named = named_by_connection(headers);
    let all = HOP_BY_HOP.iter().map(|name| HeaderName::from_static(name)).chain(named);
    for name in all {
        headers.remove(name);
    }
}

fn named_by_connection(sent: &HeaderMap) -> Vec<HeaderName> {
    let all = sent.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    let names = all.flat_map(|names| names.split(','));
    names.filter_map(|name| name.trim().parse().ok()).collect()
}

fn filtered(sent: &HeaderMap, passes: impl Fn(&HeaderName) -> bool) -> HeaderMap {
    let named_by_connection = named_by_connection(sent);
    let mut kept: HeaderMap<HeaderValue> = HeaderMap::with_capacity(sent.len());
    for (name, value) in sent {
        let stays = HOP_BY_HOP.contains(&name.as_str()) || named_by_connection.contains(name);
        if !stays && passes(name) {
            kept.append(name.clone(), value.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_our_key_nobody_chooses_or_sees_our_accounts() {
        let mut headers = HeaderMap::new();
        let ours = ["openai-project", "anthropic-organization-id", "x-ratelimit-remaining-tokens"];
        for name in ours.iter().chain(&["openai-processing-ms", "anthropic-version"]) {
            headers.insert(*name, HeaderValue::from_static("1"));
        }
        without_accounts(&mut headers);
        assert!(ours.iter().all(|name| !headers.contains_key(*name)) && headers.len() == 2);
    }
}
