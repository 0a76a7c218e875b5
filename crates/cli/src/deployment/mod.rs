//! The deployment, `probity.yaml`: where calls come in and where they go on to.
//!
//! It is no contract and promises nothing to customers: it says which action a route is, and where in
//! a request its customer, artifact and quantity stand. Types without positions in files; `file` reads
//! them with the machinery that reads contracts, and `matching` finds the route of a request.

mod file;
mod matching;
mod problems;
mod secrets;

pub use file::{Reading, keys, read, schema};
pub use matching::{Named, is_same_word};
pub use problems::{Problem, about};
pub use secrets::hide as hide_secrets;

use crate::stripe::Selling;
use axum::http::{HeaderName, Method};
use probity::Environment;
use probity::usage::Protocol;
use probity_core::{Name, Outcome};
use std::net::SocketAddr;
use std::time::Duration;

/// The largest body taken where the file is silent, in bytes: 10 MiB.
pub const LARGEST_BODY: u64 = 10 << 20;

/// Everything `probity.yaml` says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Deployment {
    /// Key `gateway`; None: no calls are taken for others.
    pub gateway: Option<Gateway>,
    /// Key `stripe`; None: nothing is sold with Stripe, or nothing needs saying of it.
    pub stripe: Option<Stripe>,
}

/// What is sold with Stripe.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stripe {
    /// Key `signing_secrets`: where each environment's are; several while one is replaced.
    pub signing_secrets: Vec<(Environment, SecretAt)>,
    /// Keys `prices` and `without_subscription`.
    pub selling: Selling,
}

/// Where a secret stands that belongs in no file of this kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SecretAt {
    /// In this environment variable.
    Env(String),
    /// In this file; beside the deployment where the path is not whole.
    File(String),
}

/// What stands in front of a backend or an AI provider.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gateway {
    /// Key `listen`: where calls come in.
    pub listen: SocketAddr,
    /// Key `environment`: in whose books runs are kept.
    pub environment: Environment,
    /// Key `routes`: the first that matches a call is the one.
    pub routes: Vec<Route>,
}

/// What calls of one path are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// Key `match`.
    pub matches: Match,
    /// Key `upstream`: who does the work.
    pub upstream: Upstream,
    /// Key `protocol`.
    pub protocol: Protocol,
    /// Key `action`; None only where `free: true` is written: passed on, nothing is decided.
    pub action: Option<Name>,
    /// Key `customer`: by what the customer is known.
    pub customer: Whose,
    /// Key `artifact`: what the run is made for.
    pub artifact: Option<From_>,
    /// Key `model`: the model asked for.
    pub model: Option<From_>,
    /// Key `quantity`: how many units are asked for.
    pub quantity: Option<From_>,
    /// Key `member`: who of the customer's people asks.
    pub member: Option<From_>,
    /// Key `inputs`: where what the action needs stands; each must be there and not be empty.
    pub inputs: Vec<(Name, From_)>,
    /// Key `outcome`: the first that holds says how the run ended.
    pub outcome: Vec<Rule>,
    /// Key `upstream_key`: the environment variable that has our key for the upstream.
    pub key: Option<String>,
    /// Key `provider`: whose own keys of customers are for this route; the protocol's where it has one.
    pub provider: Option<Name>,
    /// Key `takes_own_keys`: customers' own keys go to this upstream, whatever its host.
    pub takes_own_keys: bool,
    /// Key `forward`: headers passed on besides those that always are.
    pub forward: Forward,
    /// Key `times`: how long the upstream is waited for.
    pub times: Times,
    /// Key `retries`: how often a call is repeated while nothing of an answer came.
    pub retries: u32,
    /// Key `largest_body`: the most bytes taken of a request's body.
    pub largest_body: u64,
}

/// Which calls a route is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    /// The method; None: any.
    pub method: Option<Method>,
    /// The path, piece by piece between its slashes.
    pub path: Vec<Segment>,
}

/// One piece of a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Segment {
    /// This text.
    Fixed(String),
    /// `{name}`, or `{name}:generate`: any text that is not empty, before this end.
    Named {
        /// What it is called.
        name: String,
        /// What must follow it within the piece; mostly nothing.
        end: String,
    },
    /// `*`, at the end: whatever else, also nothing.
    Rest,
}

/// Where calls go on to. Has no user, password or query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upstream {
    /// `http` or `https`.
    pub scheme: Scheme,
    /// The host's name in small letters, or its address; of version 6 without its brackets.
    pub host: String,
    /// The port; that of the scheme where none is written.
    pub port: u16,
    /// What is put before the path of each call: empty, or with a slash before it and none behind.
    pub base: String,
}

/// How an upstream is spoken to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
    /// In the open.
    Http,
    /// Encrypted.
    Https,
}

/// By what the customer of a call is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whose {
    /// A header that the product's own front sets.
    Header(HeaderName),
    /// A verified customer token.
    Token,
}

/// Where a value stands in a request (or, in rules, in an answer).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum From_ {
    /// In the JSON body, at this pointer.
    Body(JsonPointer),
    /// In this header.
    Header(HeaderName),
    /// The piece of the path of this name.
    Path(String),
}

/// A JSON pointer (RFC 6901), such as `/document/id`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JsonPointer {
    written: String,
    steps: Vec<String>,
}

/// How a run ended, where this holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// Key `when`.
    pub when: When,
    /// Key `then`.
    pub then: Outcome,
    /// Key `parts`: where the answer says how many parts there are; only of `partial`.
    pub parts: Option<From_>,
    /// Key `reason`: what the receipt says.
    pub reason: Option<String>,
}

/// What is looked at in an answer, and what it must be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct When {
    /// What is looked at.
    pub what: What,
    /// What it must be.
    pub is: Test,
}

/// What a rule looks at in an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A value of the JSON body.
    Body(JsonPointer),
    /// A header.
    Header(HeaderName),
    /// The status.
    Status,
}

/// What a value must be for a rule to hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    /// `[]`, `{}`, `""`, null, or not there.
    Empty,
    /// Not there.
    Missing,
    /// There, and not null.
    Present,
    /// This text, number, `true` or `false`.
    Is(String),
    /// A status of this hundred: 4 for `4xx`.
    Hundred(u16),
}

/// Headers that are passed on besides those that always are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Forward {
    /// To the upstream.
    pub request: Vec<HeaderName>,
    /// To the client.
    pub response: Vec<HeaderName>,
}

/// How long an upstream is waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    /// Key `connect`: until it takes the connection.
    pub connect: Duration,
    /// Key `first_byte`: until its answer begins.
    pub first_byte: Duration,
    /// Key `idle`: between two pieces of its answer.
    pub idle: Duration,
}

impl Times {
    /// What holds where the file is silent.
    pub const DEFAULT: Self = Self {
        connect: Duration::from_secs(10),
        first_byte: Duration::from_secs(120),
        idle: Duration::from_secs(120),
    };
}

impl Default for Times {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Scheme {
    /// The port where none is written.
    #[must_use]
    pub const fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl Upstream {
    /// The host as it stands in a `Host` header: with the port where it is not the scheme's own.
    #[must_use]
    pub fn authority(&self) -> String {
        let host =
            if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == self.scheme.port() { host } else { format!("{host}:{}", self.port) }
    }
}
