//! A key for an upstream. It is shown nowhere, and wiped when it is no longer needed.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use probity::sealing::Secret;
use probity::usage::Protocol;
use std::fmt;
use zeroize::Zeroizing;

/// A key for an upstream.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Credential(Zeroizing<String>);

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("credential")
    }
}

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// Where a customer's own key comes in.
const PROVIDER_KEY: HeaderName = HeaderName::from_static("probity-provider-authorization");
const GOOGLE_KEY: HeaderName = HeaderName::from_static("x-goog-api-key");

/// Where callers put a key, ours or an upstream's; and what people are told of it as.
pub(super) const PLACES: [(HeaderName, &str); 3] =
    [(AUTHORIZATION, "Authorization"), (API_KEY, "x-api-key"), (GOOGLE_KEY, "x-goog-api-key")];

impl Credential {
    /// A key as it was written; `Bearer` before it is left out.
    pub(super) fn new(text: &str) -> Self {
        Self(Zeroizing::new(Self::bare(text).to_owned()))
    }

    /// A customer's own key.
    pub(super) fn of(key: &Secret) -> Self {
        Self(Zeroizing::new(key.reveal().to_owned()))
    }

    /// A key without `Bearer` before it.
    pub(super) fn bare(text: &str) -> &str {
        let text = text.trim();
        let bare = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        bare.map_or(text, |(_, key)| key.trim())
    }

    /// Puts it where this protocol has it, in place of whatever key stands there.
    pub(super) fn attach(&self, protocol: Protocol, headers: &mut HeaderMap) {
        for (place, _) in PLACES {
            headers.remove(place);
        }
        match protocol {
            Protocol::Anthropic => self.put(API_KEY, "", headers),
            Protocol::Gemini => self.put(GOOGLE_KEY, "", headers),
            Protocol::Http | Protocol::OpenaiChat | Protocol::OpenaiResponses => {
                self.put(AUTHORIZATION, "Bearer ", headers);
            }
        }
    }

    /// The same for a customer's own key. The product's own backend gets it beside what it knows the
    /// customer by, for its calls to their provider.
    pub(super) fn attach_theirs(&self, protocol: Protocol, headers: &mut HeaderMap) {
        match protocol {
            Protocol::Http => self.put(PROVIDER_KEY, "Bearer ", headers),
            _ => self.attach(protocol, headers),
        }
    }

    fn put(&self, name: HeaderName, before: &str, headers: &mut HeaderMap) {
        let text = Zeroizing::new([before, &self.0].concat());
        if let Ok(mut value) = HeaderValue::from_str(&text) {
            value.set_sensitive(true);
            headers.insert(name, value);
        }
    }
}
