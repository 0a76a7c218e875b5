//! A key for an upstream. It is shown nowhere, and wiped when it is no longer needed.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use probity::usage::Protocol;
use std::fmt;

/// A key for an upstream.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Credential(String);

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("credential")
    }
}

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
const GOOGLE_KEY: HeaderName = HeaderName::from_static("x-goog-api-key");

/// Where callers put a key, ours or an upstream's.
pub(super) const PLACES: [HeaderName; 3] = [AUTHORIZATION, API_KEY, GOOGLE_KEY];

impl Credential {
    /// A key as it was written; `Bearer` before it is left out.
    pub(super) fn new(text: &str) -> Self {
        let text = text.trim();
        let bare = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        Self(bare.map_or(text, |(_, key)| key.trim()).to_owned())
    }

    /// Puts it where this protocol has it, in place of whatever key stands there.
    pub(super) fn attach(&self, protocol: Protocol, headers: &mut HeaderMap) {
        for place in PLACES {
            headers.remove(place);
        }
        let (name, text) = match protocol {
            Protocol::Anthropic => (API_KEY, self.0.clone()),
            Protocol::Gemini => (GOOGLE_KEY, self.0.clone()),
            Protocol::Http | Protocol::OpenaiChat | Protocol::OpenaiResponses => {
                (AUTHORIZATION, format!("Bearer {}", self.0))
            }
        };
        if let Ok(mut value) = HeaderValue::from_str(&text) {
            value.set_sensitive(true);
            headers.insert(name, value);
        }
    }
}
