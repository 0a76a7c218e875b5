//! Who asks: the operator or the customer by a key of ours, or nobody that we know.
//!
//! A key of ours may stand where the client has its key for the upstream; it never goes on.

use super::Gateway;
use super::credential::PLACES;
use crate::http::Caller;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Uri};
use percent_encoding::percent_decode_str;
use probity::Environment;
use probity::problem::Trouble;
use probity::usage::Protocol;
use probity_core::command::Actor;

/// Where a key of ours stands when the usual places have the upstream's.
const OURS: HeaderName = HeaderName::from_static("probity-authorization");
/// The same, as it is written for people.
pub(super) const SEND: &str = "Probity-Authorization";

impl Gateway {
    /// Who asks, their keys of ours taken out; None: nobody that we know.
    pub(super) async fn caller(&self, head: &mut Parts) -> Result<Option<Caller>, Trouble> {
        let Some(Ours { text, at }) = take_ours(head) else { return Ok(None) };
        let caller = self.app.caller_by(&text, at, SEND).await?;
        if caller.environment != self.environment {
            // Its upstream is the real one, and its books are not.
            return Err(Trouble::other_books(self.environment));
        }
        Ok(Some(caller))
    }

    /// In whose books, and by whom, where nobody that we know asks.
    pub(super) fn nobody(&self) -> (Environment, Actor) {
        (self.environment, Actor { name: "gateway".into(), ..Actor::product() })
    }
}

/// A key of ours, and where it stood.
pub(super) struct Ours {
    text: String,
    at: &'static str,
}

impl Ours {
    fn new(text: &str, at: &'static str) -> Self {
        Self { text: text.to_owned(), at }
    }
}

/// Takes every key of ours out of a request, wherever it stands: none goes on. The first of them.
pub(super) fn take_ours(head: &mut Parts) -> Option<Ours> {
    let said = head.headers.remove(OURS);
    let mut found: Vec<Ours> =
        said.iter().map(|said| Ours::new(bare(said.to_str().unwrap_or_default()), SEND)).collect();
    for (place, at) in PLACES {
        let all: Vec<HeaderValue> = head.headers.get_all(&place).iter().cloned().collect();
        let (ours, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|value| value.to_str().is_ok_and(|text| is_ours(bare(text))));
        if ours.is_empty() {
            continue;
        }
        found.extend(
            ours.iter().filter_map(|value| Some(Ours::new(bare(value.to_str().ok()?), at))),
        );
        head.headers.remove(&place);
        for other in others {
            head.headers.append(place.clone(), other);
        }
    }
    found.extend(take_from_query(&mut head.uri));
    found.into_iter().next()
}

/// Gemini's clients may have their key in the query.
fn take_from_query(uri: &mut Uri) -> Vec<Ours> {
    let mut found = Vec::new();
    without(uri, |name, value| {
        let is_one = name == "key" && is_ours(value);
        found.extend(is_one.then(|| Ours::new(value, "key")));
        is_one
    });
    found
}

/// Takes every other key for the provider out of the query: with the one that is attached there would be
/// two.
pub(super) fn without_keys(protocol: Protocol, uri: &mut Uri) {
    if protocol.is_native() {
        without(uri, |name, _| matches!(name, "key" | "access_token"));
    }
}

/// Takes what this says out of the query, by its name and value as they are meant; all else stays as it
/// is written.
fn without(uri: &mut Uri, mut is_one: impl FnMut(&str, &str) -> bool) {
    let Some(query) = uri.query() else { return };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (ones, others): (Vec<&str>, Vec<&str>) = query.split('&').partition(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        is_one(&decoded(name), &decoded(value))
    });
    if ones.is_empty() {
        return;
    }
    let rest = if others.is_empty() { String::new() } else { format!("?{}", others.join("&")) };
    // The host of an address that has one stays.
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = format!("{}{rest}", uri.path()).parse().ok();
    if let Ok(without) = Uri::from_parts(parts) {
        *uri = without;
    }
}

fn bare(text: &str) -> &str {
    let scheme = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    scheme.map_or(text, |(_, key)| key).trim()
}

fn is_ours(key: &str) -> bool {
    ["sk_live_", "sk_sandbox_", "ct_"].iter().any(|begin| key.starts_with(begin))
}
