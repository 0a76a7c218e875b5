//! The customer's own AI key for one call: found, opened, and held back from every upstream that is
//! not its provider's. Where a run needs one and there is none, it stops; ours never takes its place.

use super::credential::Credential;
use super::{Gateway, Ready};
use crate::deployment::{Route, Scheme};
use axum::http::HeaderMap;
use probity::Environment;
use probity::engine::{Ask, Doing, Whose};
use probity::layer::{Begun, NoAnswer};
use probity::problem::Trouble;
use probity::sealing::{Label, Secret};
use probity::usage::{End, Verdict};
use probity_core::command::{Act, Actor, KeyChange};
use probity_core::contract::{Mode, Outcome};
use probity_core::decide::Problem;
use probity_core::entry::OWN_KEY_REFUSED;
use probity_core::{Name, Time};
use std::time::Duration;

/// The hosts of providers that are known: an own key goes there, by TLS, without being asked for it.
const HOSTS: [(&str, &str); 3] = [
    ("openai", "api.openai.com"),
    ("anthropic", "api.anthropic.com"),
    ("gemini", "generativelanguage.googleapis.com"),
];

/// How long the books are waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A customer's own key, for one call.
pub(super) struct Theirs {
    pub(super) credential: Credential,
    /// Since when it is stored; None: it came with the call.
    stored_at: Option<Time>,
}

impl Theirs {
    /// Is it kept here, and did not come with the call?
    pub(super) const fn is_stored(&self) -> bool {
        self.stored_at.is_some()
    }
}

/// Whose run it is.
pub(super) struct Owner {
    pub(super) environment: Environment,
    pub(super) customer: Name,
}

/// Do own keys go to where this route leads?
pub(super) fn may_go(route: &Route) -> bool {
    let Some(provider) = &route.provider else { return false };
    let to = &route.upstream;
    let is_its_own = HOSTS.contains(&(provider.as_str(), to.host.as_str()));
    route.takes_own_keys || is_its_own && to.scheme == Scheme::Https && to.port == 443
}

/// The key that came with a call; what is none is refused, and not repeated.
pub(super) fn sent(route: &Route, headers: &mut HeaderMap) -> Result<Option<Theirs>, Trouble> {
    const HEADER: &str = "probity-provider-authorization";
    let wrong = |why| Err(Trouble::invalid("Probity-Provider-Authorization", why));
    let mut all = headers.get_all(HEADER).iter();
    let (first, more) = (all.next().cloned(), all.next().is_some());
    headers.remove(HEADER);
    let Some(sent) = first else { return Ok(None) };
    if !may_go(route) {
        return wrong(
            "no own keys are taken here: this does not lead to their provider's own host",
        );
    }
    let text = sent.to_str().unwrap_or_default();
    match Secret::new(Credential::bare(text)).filter(|_| !more) {
        Some(key) => Ok(Some(Theirs { credential: Credential::of(&key), stored_at: None })),
        None => wrong("one key as its provider gave it, 8 to 512 visible letters"),
    }
}

/// Why there is no key to attach.
enum NoKey {
    /// None is stored that works.
    Missing,
    /// It cannot be read or opened now.
    Unopened,
}

impl Gateway {
    /// The customer's own key that this call goes on with; None: it is no call on an own key.
    pub(super) async fn own_key(
        &self,
        ready: &Ready,
        begun: Option<&Begun>,
        whose: &Owner,
    ) -> Result<Option<Theirs>, NoAnswer> {
        let route = &ready.route;
        let Some(begun) = begun.filter(|begun| begun.on_your_key) else { return Ok(None) };
        let takes = may_go(route);
        // A backend of the product's own has its own ways, unless it says that it takes keys.
        if !takes && !route.protocol.is_native() {
            return Ok(None);
        }
        let provider = route.provider.clone().unwrap_or_else(|| Name::new(""));
        let found = if takes { self.stored(whose, &provider).await } else { Err(NoKey::Missing) };
        match found {
            Ok(key) => Ok(Some(key)),
            // Before anything is enforced nothing is stopped either.
            Err(_) if begun.mode != Mode::Enforce => Ok(None),
            // Nothing was tried, so nothing has failed.
            Err(NoKey::Missing) => {
                Err(stopped(Trouble::no_key_for(&provider), Outcome::Cancelled, "own_key_missing"))
            }
            Err(NoKey::Unopened) => {
                Err(stopped(Trouble::own_key_unopened(), Outcome::Failed, "own_key_unopened"))
            }
        }
    }

    async fn stored(&self, whose: &Owner, provider: &Name) -> Result<Theirs, NoKey> {
        let Owner { environment, customer } = whose;
        let probity = &self.app.probity;
        let asked = Whose::Customer(customer.clone());
        let view = probity.view(*environment, asked).map_err(|_| NoKey::Unopened)?;
        let view = tokio::time::timeout(PATIENCE, view).await.map_err(|_| NoKey::Unopened)?;
        let view = view.map_err(|_| NoKey::Unopened)?;
        let known = view.customer.own_keys.get(provider).filter(|key| key.refused_at.is_none());
        known.ok_or(NoKey::Missing)?;
        let (reads, label) = (probity.clone(), (*environment, customer.clone(), provider.clone()));
        let read = tokio::task::spawn_blocking(move || {
            let (environment, customer, provider) = &label;
            reads.own_key(&Label { environment: *environment, customer, provider })
        });
        let kept = match read.await {
            Ok(Ok(Some(kept))) => kept,
            Ok(Ok(None)) => return Err(NoKey::Missing),
            Ok(Err(error)) => {
                tracing::error!(%error, "an own key cannot be read");
                return Err(NoKey::Unopened);
            }
            Err(_) => return Err(NoKey::Unopened),
        };
        let label = Label { environment: *environment, customer, provider };
        let opened = match self.app.sealing_keys() {
            Some(keys) => keys.open(&kept.sealed, &label).map_err(|why| why.to_string()),
            None => Err("the service was started without --own-keys-key".to_owned()),
        };
        match opened {
            Ok(key) => {
                let stored_at = Some(kept.stored_at);
                Ok(Theirs { credential: Credential::of(&key), stored_at })
            }
            Err(why) => {
                tracing::error!(%customer, %provider, %why, "an own key cannot be opened");
                Err(NoKey::Unopened)
            }
        }
    }

    /// The journal says that a stored key was refused, also where whoever asked has left meanwhile: if it
    /// is still the key that was tried.
    pub(super) async fn note_refused(&self, whose: Owner, provider: Name, key: &Theirs) {
        let Some(stored_at) = key.stored_at else { return };
        let Owner { environment, customer } = whose;
        let tried = provider.clone();
        let ask = Ask {
            environment,
            whose: Whose::Customer(customer),
            doing: Doing::Act(Act::OwnKey { provider, change: KeyChange::Refused }),
            by: Actor { name: "gateway".into(), ..Actor::product() },
            only_if: Some(Box::new(move |customer| {
                let known = customer.own_keys.get(&tried);
                let is_it =
                    known.is_some_and(|k| k.stored_at == stored_at && k.refused_at.is_none());
                if is_it { Ok(()) } else { Err(Problem::AlreadyDone) }
            })),
            key: None,
            render: None,
        };
        let Ok(pending) = self.app.probity.ask(ask) else {
            tracing::warn!("that a provider refused an own key could not be kept");
            return;
        };
        // It is queued: whoever leaves now leaves nothing undone.
        let _ = tokio::time::timeout(PATIENCE, pending).await;
    }
}

/// What is said where a provider refused the customer's own key: what the provider said is not passed on.
pub(super) fn refused(provider: &str) -> NoAnswer {
    stopped(Trouble::key_refused(provider), Outcome::Failed, OWN_KEY_REFUSED)
}

/// A run that is stopped by us, not by whoever does its work.
pub(super) fn stopped(trouble: Trouble, outcome: Outcome, reason: &str) -> NoAnswer {
    let verdict = Verdict { outcome, parts: None, quantity: None, reason: Some(reason.to_owned()) };
    NoAnswer { end: End::NoConnection, trouble, verdict: Some(verdict) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deployment;

    fn route(lines: &str) -> Route {
        let file = format!(
            "gateway:\n  listen: 127.0.0.1:8787\n  routes:\n    - match: POST /v1/x\n      \
             action: ask\n      customer: token\n{lines}"
        );
        let reading = deployment::read(file.as_bytes(), None);
        let found = format!("{:#?}", reading.findings);
        reading.deployment.and_then(|all| all.gateway).expect(&found).routes.remove(0)
    }

    #[test]
    fn own_keys_go_to_their_providers_host_by_tls_and_nowhere_else_unasked() {
        let cases = [
            ("openai_chat", "https://api.openai.com", true),
            ("openai_chat", "https://API.OpenAI.com:443/base", true),
            ("openai_responses", "https://api.openai.com", true),
            ("anthropic", "https://api.anthropic.com", true),
            ("gemini", "https://generativelanguage.googleapis.com", true),
            ("openai_chat", "http://api.openai.com", false),
            ("openai_chat", "https://api.openai.com:8443", false),
            ("openai_chat", "https://api.openai.com.example.org", false),
            ("openai_chat", "https://openai.com", false),
            ("openai_chat", "https://api.anthropic.com", false),
            ("openai_chat", "https://api.mistral.ai", false),
            ("http", "https://api.openai.com", false),
        ];
        for (protocol, upstream, goes) in cases {
            let lines = format!("      protocol: {protocol}\n      upstream: {upstream}\n");
            assert_eq!(may_go(&route(&lines)), goes, "{lines}");
        }
        let other = "      protocol: openai_chat\n      upstream: https://api.mistral.ai\n      \
                     provider: mistral\n";
        assert!(!may_go(&route(other)));
        assert!(may_go(&route(&format!("{other}      takes_own_keys: true\n"))));
        let named = "      upstream: https://api.openai.com\n      provider: openai\n";
        assert!(may_go(&route(named)));
    }
}
