//! Who asks: the operator or the customer by a key of ours, or nobody that we know.
//!
//! A key of ours may stand where the client has its key for the upstream; it never goes on.

use super::Gateway;
use super::credential::PLACES;
use crate::http::Caller;
use axum::http::{HeaderMap, HeaderName};
use probity::Environment;
use probity::problem::Trouble;
use probity_core::command::Actor;

/// Where a key of ours stands when the usual places have the upstream's.
const OURS: HeaderName = HeaderName::from_static("probity-authorization");

impl Gateway {
    /// Who asks, their key of ours taken out of the headers; None: nobody that we know.
    pub(super) async fn caller(&self, headers: &mut HeaderMap) -> Result<Option<Caller>, Trouble> {
        if let Some(sent) = headers.remove(OURS) {
            let text = sent.to_str().unwrap_or_default();
            return self.known(text).await.map(Some);
        }
        for place in PLACES {
            let text = headers.get(&place).and_then(|value| value.to_str().ok());
            let Some(text) = text.filter(|text| is_ours(bare(text))).map(ToOwned::to_owned) else {
                continue;
            };
            headers.remove(place);
            return self.known(&text).await.map(Some);
        }
        Ok(None)
    }

    async fn known(&self, text: &str) -> Result<Caller, Trouble> {
        self.app.caller(Some(&format!("Bearer {}", bare(text)))).await
    }

    /// In whose books, and by whom, where nobody that we know asks.
    pub(super) fn nobody(&self) -> (Environment, Actor) {
        (self.environment, Actor { name: "gateway".into(), ..Actor::product() })
    }
}

fn bare(text: &str) -> &str {
    let scheme = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    scheme.map_or(text, |(_, key)| key).trim()
}

fn is_ours(key: &str) -> bool {
    ["sk_live_", "sk_sandbox_", "ct_"].iter().any(|begin| key.starts_with(begin))
}
