//! What every request shares: the engine, the keys and secrets, who is being answered.

use super::body;
use super::hearers::Hearers;
use super::in_flight::InFlight;
use super::invoiced::Invoiced;
use super::key;
use super::metrics::Metrics;
use super::my;
use super::open_streams::OpenStreams;
use super::problem::{Trouble, Unproven};
use super::random;
use super::token::{self, Token};
use super::unsigned::AllUnsigned;
use super::untaken::AllUntaken;
use super::webhooks;
use crate::stripe::Stripe;
use crate::webhooks::{Reach, Secret, Webhooks};
use probity::clock::Clock;
use probity::engine::{KeyChange, Refused};
use probity::layer::Charging;
use probity::sealing::SealingKeys;
use probity::store::{ApiKey, StoreError};
use probity::{Environment, Probity};
use probity_core::command::{Actor, ActorKind};
use probity_core::quote::Quote;
use probity_core::view::Reader;
use probity_core::{Name, Time};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, RwLock};
use tokio::sync::Semaphore;

/// The header that says who asks.
const AUTHORIZATION: &str = "Authorization";

/// What every request shares.
#[derive(Debug)]
pub struct App {
    pub(crate) probity: Probity,
    clock: SharedClock,
    keys: RwLock<HashMap<[u8; 32], Arc<ApiKey>>>,
    /// Held while keys change: the list follows the order of the changes.
    changing: tokio::sync::Mutex<()>,
    secrets: Secrets,
    /// What seals customers' own keys; None: none are taken.
    sealing: Option<SealingKeys>,
    /// What is sold with Stripe, and whom its events are believed by.
    stripe: Stripe,
    /// Held while a payment is booked: whose it is must not change meanwhile.
    pub(super) booking: tokio::sync::Mutex<()>,
    /// What was told of payments and not taken.
    pub(crate) untaken: AllUntaken,
    /// Which payments were of invoices.
    pub(crate) invoiced: Invoiced,
    /// How much came that nobody signed.
    pub(crate) unsigned: AllUnsigned,
    pub(crate) in_flight: InFlight,
    /// Room for large bodies.
    pub(crate) large_bodies: Semaphore,
    pub(crate) metrics: Metrics,
    /// What sends events to endpoints.
    pub(crate) webhooks: Webhooks,
    /// The streams of events that are open.
    pub(crate) streams: OpenStreams,
    /// Which of them hear what.
    pub(crate) hearers: Arc<Hearers>,
    /// The service is stopping: what would go on for ever ends.
    stopping: tokio::sync::watch::Sender<bool>,
    /// What charges the gateway's calls, where there is one.
    pub(crate) charging: OnceLock<Charging>,
}

/// The computer's clock, or a test's.
struct SharedClock(Arc<dyn Clock>);

impl std::fmt::Debug for SharedClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("clock")
    }
}

/// What signs, by purpose and environment; made once per database.
struct Secrets {
    quotes: [[u8; 32]; 2],
    tokens: [[u8; 32]; 2],
    webhooks: [[u8; 32]; 2],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("secrets")
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) environment: Environment,
    pub(crate) actor: Actor,
    /// With a customer token: whom it is for.
    pub(crate) bound: Option<Bound>,
}

/// Whom a customer token is for.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) customer: Name,
    pub(crate) member: Option<Name>,
}

impl Caller {
    /// Whom answers are for.
    pub(crate) fn reader(&self) -> Reader {
        match self.actor.kind {
            ActorKind::Customer => Reader::Customer,
            ActorKind::Product | ActorKind::Engine => Reader::Product,
        }
    }

    /// The member that a token is for.
    pub(crate) fn member(&self) -> Option<&Name> {
        self.bound.as_ref()?.member.as_ref()
    }

    /// A customer by the id in a path or a body; one that a token is not for does not exist for it.
    pub(crate) fn customer(&self, id: &str) -> Result<Name, Trouble> {
        match &self.bound {
            Some(bound) if bound.customer.as_str() != id => Err(Trouble::not_found("customer")),
            _ if !probity_core::id::is_caller_id(id) => Err(Trouble::not_found("customer")),
            _ => Ok(Name::new(id)),
        }
    }
}

impl App {
    /// Reads the keys and secrets that the engine keeps; secrets are made where there are none yet.
    ///
    /// # Errors
    /// [`NotBegun`].
    pub async fn new(probity: Probity, clock: Arc<dyn Clock>) -> Result<Self, NotBegun> {
        let none = [[0; 32]; 2];
        let mut secrets = Secrets { quotes: none, tokens: none, webhooks: none };
        for environment in Environment::ALL {
            let i = index(environment);
            secrets.quotes[i] = secret(&probity, "quotes", environment).await?;
            secrets.tokens[i] = secret(&probity, "tokens", environment).await?;
            secrets.webhooks[i] = secret(&probity, "webhooks", environment).await?;
        }
        let app = Self {
            clock: SharedClock(clock),
            keys: RwLock::default(),
            changing: tokio::sync::Mutex::default(),
            secrets,
            sealing: None,
            stripe: Stripe::default(),
            booking: tokio::sync::Mutex::default(),
            untaken: AllUntaken::default(),
            invoiced: Invoiced::default(),
            unsigned: AllUnsigned::default(),
            in_flight: InFlight::default(),
            large_bodies: Semaphore::new(body::LARGE_AT_ONCE),
            metrics: Metrics::default(),
            webhooks: Webhooks::default(),
            streams: OpenStreams::default(),
            hearers: Arc::default(),
            stopping: tokio::sync::watch::Sender::new(false),
            charging: OnceLock::new(),
            probity,
        };
        app.change_keys(KeyChange::List).await?;
        Ok(app)
    }

    /// The service is stopping: streams end, so that nobody waits for them.
    pub fn ends_streams(&self) {
        self.stopping.send_replace(true);
    }

    /// Comes when the service is stopping.
    pub(crate) fn stops(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopping = self.stopping.subscribe();
        async move { drop(stopping.wait_for(|stopping| *stopping).await) }
    }

    /// The same, with what seals customers' own AI keys.
    #[must_use]
    pub fn sealing(mut self, keys: SealingKeys) -> Self {
        self.sealing = Some(keys);
        self
    }

    /// The same, events going so far and no further.
    #[must_use]
    pub fn webhooks_reaching(mut self, reach: Reach) -> Self {
        self.webhooks = Webhooks::reaching(reach);
        self
    }

    /// The same, with what is sold with Stripe.
    #[must_use]
    pub fn selling_with(mut self, stripe: Stripe) -> Self {
        self.stripe = stripe;
        self
    }

    /// What is sold with Stripe, and whom its events are believed by.
    pub(crate) const fn stripe(&self) -> &Stripe {
        &self.stripe
    }

    /// What seals customers' own AI keys; None: none are taken.
    pub(crate) const fn sealing_keys(&self) -> Option<&SealingKeys> {
        self.sealing.as_ref()
    }

    /// Changes the keys, and answers with all of them, oldest first.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn change_keys(&self, change: KeyChange) -> Result<Vec<ApiKey>, Refused> {
        let _in_turn = self.changing.lock().await;
        let all = match self.probity.keys(change)?.await {
            Ok(all) => all,
            Err(refused) => {
                // It may have been done all the same: what is kept now counts.
                let known = self.probity.keys(KeyChange::List)?.await?;
                self.know(&known);
                return Err(refused);
            }
        };
        self.know(&all);
        Ok(all)
    }

    /// These are the keys from now on. Those that were revoked open nothing, and are told so.
    fn know(&self, all: &[ApiKey]) {
        let known = all.iter().map(|key| (key.hash, Arc::new(key.clone()))).collect();
        if let Ok(mut keys) = self.keys.write() {
            *keys = known;
        }
    }

    /// The roles that the operations published last name in `who_may`.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn roles(&self, environment: Environment) -> Result<Vec<Name>, Refused> {
        let (catalog, _) = self.probity.catalog(environment)?.await?;
        let operations = catalog.versions().last().and_then(|version| version.operations.last());
        Ok(operations.map(|all| all.who_may.keys().cloned().collect()).unwrap_or_default())
    }

    /// Who asks, by what stands after `Authorization`.
    pub(crate) async fn caller(&self, authorization: Option<&str>) -> Result<Caller, Trouble> {
        let wrong = |found| Err(Trouble::unproven(found, AUTHORIZATION, AUTHORIZATION));
        let Some(sent) = authorization else { return wrong(Unproven::Missing) };
        match sent.split_once(' ') {
            Some((scheme, text)) if scheme.eq_ignore_ascii_case("bearer") => {
                self.caller_by(text.trim(), AUTHORIZATION, AUTHORIZATION).await
            }
            _ => wrong(Unproven::NotBearer),
        }
    }

    /// Who asks, by a secret key or a customer token that stood in the header `at`; where it is wrong,
    /// one is to be sent in the header `send`.
    pub(crate) async fn caller_by(
        &self,
        text: &str,
        at: &str,
        send: &str,
    ) -> Result<Caller, Trouble> {
        let wrong = |found| Trouble::unproven(found, at, send);
        if text.starts_with(token::PREFIX) {
            return self.customer(text).await?.map_err(wrong);
        }
        let digest = key::digest(text);
        let found = self.keys.read().ok().and_then(|keys| keys.get(&digest).cloned());
        let key = found.ok_or_else(|| wrong(Unproven::UnknownKey))?;
        if key.revoked_at.is_some() {
            return Err(wrong(Unproven::RevokedKey));
        }
        let (name, role) = (key.name.clone(), key.role.clone());
        let actor = Actor { name, kind: ActorKind::Product, role };
        Ok(Caller { environment: key.environment, actor, bound: None })
    }

    async fn customer(&self, text: &str) -> Result<Result<Caller, Unproven>, Refused> {
        let secret = |environment| self.secrets.tokens[index(environment)];
        let Some(token) = Token::open(text, secret) else {
            return Ok(Err(Unproven::UnknownToken));
        };
        if token.expires_at <= self.now(token.environment).await? {
            return Ok(Err(Unproven::ExpiredToken));
        }
        let bound = Bound { customer: token.customer, member: token.member };
        let (environment, actor) = (token.environment, Actor::customer());
        Ok(Ok(Caller { environment, actor, bound: Some(bound) }))
    }

    /// The present instant of an environment: the sandbox has a clock of its own.
    pub(crate) async fn now(&self, environment: Environment) -> Result<Time, Refused> {
        match environment {
            Environment::Live => Ok(self.clock.0.now()),
            Environment::Sandbox => self.probity.move_clock(None)?.await,
        }
    }

    /// What the computer's clock shows: for ids, which are only in order of time.
    pub(crate) fn clock(&self) -> Time {
        self.clock.0.now()
    }

    /// What signs an environment's quotes.
    pub(crate) const fn quote_key(&self, environment: Environment) -> &[u8; 32] {
        &self.secrets.quotes[index(environment)]
    }

    /// Opens a quote's signed text.
    pub(crate) fn quote(&self, environment: Environment, text: &str) -> Option<Quote> {
        Quote::open(text, self.quote_key(environment))
    }

    /// The secret of a number that signs for an endpoint.
    pub(crate) fn webhook_secret(&self, of: Environment, endpoint: &str, number: u32) -> Secret {
        Secret::derived(&self.secrets.webhooks[index(of)], endpoint, number)
    }

    /// Puts in what an answer shows and is never kept: a token's signature and where it
    /// opens pages, an endpoint's secret.
    pub(crate) fn sign(&self, environment: Environment, body: String) -> String {
        let has_secret = body.contains(webhooks::UNTOLD);
        if !has_secret && !body.contains("\"token\":\"ct_") {
            return body;
        }
        let Ok(mut answer) = serde_json::from_str::<serde_json::Value>(&body) else { return body };
        if has_secret && let Some((endpoint, number)) = webhooks::untold(&answer) {
            answer["secret"] = self.webhook_secret(environment, &endpoint, number).text().into();
        }
        let secret = &self.secrets.tokens[index(environment)];
        if let Some(unsigned) = answer.get("token").and_then(serde_json::Value::as_str) {
            let signed = token::sign(unsigned, secret);
            answer["page"] = format!("{}#{signed}", my::HOME).into();
            answer["token"] = signed.into();
        }
        answer.to_string()
    }
}

const fn index(environment: Environment) -> usize {
    match environment {
        Environment::Live => 0,
        Environment::Sandbox => 1,
    }
}

async fn secret(
    probity: &Probity,
    purpose: &str,
    environment: Environment,
) -> Result<[u8; 32], NotBegun> {
    let new = random::bytes::<32>().map_err(|error| NotBegun::NoRandomness(error.to_string()))?;
    let kept = probity.secret(&format!("{purpose}/{environment}"), new)?.await?;
    let corrupt = || StoreError::Corrupt("a secret has another length".to_owned());
    kept.try_into().map_err(|_| Refused::from(corrupt()).into())
}

/// Why it cannot begin.
#[derive(Clone, Debug)]
pub enum NotBegun {
    /// The operating system has no randomness, so no secret can be made: in its words.
    NoRandomness(String),
    /// The engine cannot keep keys and secrets.
    Refused(Refused),
}

impl From<Refused> for NotBegun {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl std::fmt::Display for NotBegun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoRandomness(why) => {
                write!(f, "the operating system gives no randomness to make secrets of: {why}")
            }
            Self::Refused(refused) => refused.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity::clock::SystemClock;
    use probity::engine::Options;
    use probity::store::MemoryStore;
    use std::task::{Context, Waker};

    #[test]
    fn the_list_of_keys_follows_the_order_of_the_changes() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let store = Box::<MemoryStore>::default();
        let probity = Probity::on(store, Options::default()).unwrap();
        let app = App::new(probity.clone(), Arc::new(SystemClock));
        let app = runtime.block_on(app).unwrap();
        let (first, kept) = super::super::new_key(Environment::Live, "first", None).unwrap();
        let mut one = Box::pin(app.change_keys(KeyChange::Add(kept)));
        let (second, kept) = super::super::new_key(Environment::Live, "second", None).unwrap();
        let mut two = Box::pin(app.change_keys(KeyChange::Add(kept)));
        let mut cx = Context::from_waker(Waker::noop());
        // Both ask; from then on whoever is second hears of it first.
        let mut waiting = (one.as_mut().poll(&mut cx).is_pending(), true);
        while waiting.0 || waiting.1 {
            probity.keys(KeyChange::List).unwrap().wait().unwrap();
            waiting.1 = waiting.1 && two.as_mut().poll(&mut cx).is_pending();
            waiting.0 = waiting.0 && one.as_mut().poll(&mut cx).is_pending();
        }
        for key in [first, second] {
            runtime.block_on(app.caller(Some(&format!("Bearer {key}")))).unwrap();
        }
    }
}
