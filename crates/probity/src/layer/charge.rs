//! What one request is charged as: whose run of which action it is, and how its end is told.

use crate::engine::Key;
use crate::environment::Environment;
use crate::usage::{Protocol, Verdict};
use http::{HeaderMap, StatusCode};
use probity_core::command::{Actor, RunRequest};
use probity_core::{Amount, Name};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What a judge is shown of an answer that has ended.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its whole body, where it was small enough to be kept.
    pub body: Option<&'a [u8]>,
}

/// Rules of the product's own: None where they have nothing to say of an answer.
pub type Judge = Arc<dyn Fn(&Seen<'_>) -> Option<Verdict> + Send + Sync>;

/// What one request is charged as.
#[derive(Clone)]
pub struct Charge {
    /// In which books.
    pub environment: Environment,
    /// Whose run it is.
    pub customer: Name,
    /// Who says so.
    pub by: Actor,
    /// The run that is asked for.
    pub request: RunRequest,
    /// With it, the same request again is not charged again.
    pub key: Option<Key>,
    /// What is spoken with whoever does the work.
    pub protocol: Protocol,
    /// Rules of the product's own, asked after the verdict of whoever did the work.
    pub judge: Option<Judge>,
    /// May the verdict be told in headers and events of the answer? Not by an AI provider.
    pub takes_verdict: bool,
    /// The answer's usage was asked for by us: it is taken out again.
    pub strips_usage: bool,
    /// Whoever asks is the operator, who is told also what happens in shadow.
    pub tells_operator: bool,
    /// How long the answer may be silent once it has begun.
    pub idle: Option<Duration>,
    /// Whose AI provider does the work, for the books of cost.
    pub provider: Option<Name>,
}

impl fmt::Debug for Charge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { environment, customer, request, protocol, .. } = self;
        let mut shown = f.debug_struct("Charge");
        shown.field("environment", environment).field("customer", customer);
        shown.field("action", &request.action).field("protocol", protocol);
        shown.finish_non_exhaustive()
    }
}

impl Charge {
    /// A run of an action by a customer in the live books, asked for by the product itself.
    #[must_use]
    pub fn of(action: &str, customer: &str) -> Self {
        Self {
            environment: Environment::Live,
            customer: Name::new(customer),
            by: Actor::product(),
            request: RunRequest { action: Name::new(action), ..RunRequest::default() },
            key: None,
            protocol: Protocol::Http,
            judge: None,
            takes_verdict: true,
            strips_usage: false,
            tells_operator: false,
            idle: None,
            provider: None,
        }
    }

    /// The customer's own thing that the result belongs to.
    #[must_use]
    pub fn artifact(mut self, artifact: &str) -> Self {
        self.request.artifact = Some(Name::new(artifact));
        self
    }

    /// How many units are asked for.
    #[must_use]
    pub const fn quantity(mut self, quantity: u64) -> Self {
        self.request.quantity = Some(quantity);
        self
    }

    /// Which model it will use.
    #[must_use]
    pub fn model(mut self, model: &str) -> Self {
        self.request.model = Some(Name::new(model));
        self
    }

    /// The most that whoever asks will pay.
    #[must_use]
    pub const fn max_price(mut self, price: Amount) -> Self {
        self.request.max_price = Some(price);
        self
    }

    /// In other books than the live ones.
    #[must_use]
    pub const fn within(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Is the answer an AI provider's own?
    pub(super) const fn is_native(&self) -> bool {
        self.protocol.is_native()
    }
}
