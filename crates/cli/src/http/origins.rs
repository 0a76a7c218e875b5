//! Which pages of other origins may call the API from a browser: CORS, answered by tower-http.
//!
//! Customer tokens are for browsers. Nothing here lets anybody do more than their key does: it only
//! tells browsers whose pages may read the answers. Cookies play no part.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, Uri};
use std::str::FromStr;
use std::time::Duration;
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer};

/// How long a browser may remember what is allowed.
const REMEMBERED: Duration = Duration::from_secs(600);

/// Where pages come from: `https://app.example.org`; or `*`, anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(HeaderValue);

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("`{text}` is no origin; it looks like https://app.example.org, or `*` for any")
        };
        let uri = text.parse::<Uri>().map_err(|_| wrong())?;
        let scheme = uri.scheme_str().unwrap_or_default();
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        // As browsers send it: no path, not even `/`, nobody's name, small letters.
        let as_sent = format!("{scheme}://{authority}").to_ascii_lowercase();
        let is_origin = matches!(scheme, "http" | "https")
            && !authority.is_empty()
            && !authority.contains(['@', '*'])
            && as_sent == text;
        if text != "*" && !is_origin {
            return Err(wrong());
        }
        HeaderValue::from_str(text).map(Self).map_err(|_| wrong())
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.to_str().unwrap_or_default())
    }
}

/// Whom browsers are told of; None where no origin is allowed: then nothing is said about it.
fn allowed(origins: &[Origin]) -> Option<CorsLayer> {
    let from = match origins {
        [] => return None,
        all if all.iter().any(|origin| origin.0 == "*") => AllowOrigin::any(),
        some => AllowOrigin::list(some.iter().map(|origin| origin.0.clone())),
    };
    Some(CorsLayer::new().allow_origin(from).max_age(REMEMBERED))
}

/// What a customer's page may read of the gateway's answers.
const TOLD_BY_THE_GATEWAY: [&str; 12] = [
    "retry-after",
    "x-request-id",
    "x-should-retry",
    "probity-action",
    "probity-available",
    "probity-contract",
    "probity-mode",
    "probity-outcome",
    "probity-price",
    "probity-replayed",
    "probity-run",
    "probity-would",
];

/// The same for the gateway's calls: clients of providers send headers of their own, and what passes on
/// is decided elsewhere.
pub(crate) fn of_the_gateway(origins: &[Origin]) -> Option<CorsLayer> {
    let layer = allowed(origins)?
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(TOLD_BY_THE_GATEWAY.map(HeaderName::from_static));
    Some(layer)
}

/// What answers browsers; None where no origin is allowed.
pub(super) fn layer(origins: &[Origin]) -> Option<CorsLayer> {
    let key = HeaderName::from_static("idempotency-key");
    let last_event = HeaderName::from_static("last-event-id");
    let told = [
        RETRY_AFTER,
        HeaderName::from_static("probity-replayed"),
        HeaderName::from_static("x-should-retry"),
    ];
    let layer = allowed(origins)?
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, key, last_event])
        .expose_headers(told);
    Some(layer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_browsers_send() {
        for good in ["*", "https://app.example.org", "http://localhost:3000", "http://[::1]:8080"] {
            assert!(good.parse::<Origin>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "app.example.org",
            "https://app.example.org/",
            "https://App.example.org",
            "https://*.example.org/x",
            "https://ana@example.org",
            "ftp://example.org",
            "null",
        ] {
            let said = bad.parse::<Origin>().unwrap_err();
            assert!(said.contains("https://app.example.org"), "{bad}: {said}");
        }
    }
}
