//! What is asked of the books: one command, by somebody, about one customer.
//!
//! Commands are plain data. They are not checked here: `decide` says whether one is malformed,
//! denied or applied.

use crate::amount::Amount;
use crate::contract::{Outcome, RunsOn};
use crate::id::{CommandId, GrantId, Name, RunId};
use crate::money::Money;
use crate::provider::{Claim, SubscriptionTold};
use crate::quote::Quote;
use crate::time::{Length, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A command with the id that makes it one, and whoever gave it.
#[derive(Clone, Debug)]
pub struct Command {
    /// Unique and time-ordered; the ids of what it creates are derived from it.
    pub id: CommandId,
    /// Who gave it.
    pub by: Actor,
    /// What is asked.
    pub act: Act,
}

/// Who gives a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name of the key, for the journal.
    pub name: Name,
    /// What kind of key it was.
    pub kind: ActorKind,
    /// The role of the key, for the limits of `who_may`; None: unlimited.
    pub role: Option<Name>,
}

/// What kind of key a command came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// A secret key: the product itself.
    Product,
    /// A customer token.
    Customer,
    /// The engine: things that were due.
    Engine,
}

impl Actor {
    /// The product, by a secret key without a role.
    #[must_use]
    pub fn product() -> Self {
        Self { name: Name::new("product"), kind: ActorKind::Product, role: None }
    }

    /// The customer, by token.
    #[must_use]
    pub fn customer() -> Self {
        Self { name: Name::new("customer"), kind: ActorKind::Customer, role: None }
    }

    /// The engine, for what is due.
    #[must_use]
    pub fn engine() -> Self {
        Self { name: Name::new("probity"), kind: ActorKind::Engine, role: None }
    }

    /// Somebody with a role of `who_may`.
    #[must_use]
    pub fn with_role(role: &str) -> Self {
        Self { name: Name::new(role), kind: ActorKind::Product, role: Some(Name::new(role)) }
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub enum Act {
    /// A new customer.
    OpenCustomer(NewCustomer),
    /// Changes to who they are; a plan change too, where one is named.
    UpdateCustomer(CustomerChanges),
    /// A run is asked for; with a report it is settled in one.
    StartRun(Box<RunRequest>),
    /// A run ended.
    Settle {
        /// Which.
        run: RunId,
        /// How.
        report: Report,
    },
    /// Give the hold back whole.
    Release {
        /// Which run.
        run: RunId,
    },
    /// More time, counted from now.
    Extend {
        /// Which run.
        run: RunId,
        /// How much.
        length: Length,
    },
    /// Give charged credits back.
    Refund {
        /// Which run.
        run: RunId,
        /// How much; None: all that is left of the charge.
        amount: Option<Amount>,
        /// Why, told to the customer.
        reason: Option<String>,
    },
    /// It ended otherwise after all.
    Correct {
        /// Which run.
        run: RunId,
        /// How it really ended; attempts in it are ignored.
        report: Report,
    },
    /// Late usage: the cost book only.
    Attempts {
        /// Which run.
        run: RunId,
        /// The calls.
        attempts: Vec<Attempt>,
    },
    /// Give credits.
    Grant {
        /// Gift or goodwill.
        kind: GrantKind,
        /// How many.
        amount: Amount,
        /// Until when; None: as the contract says for the kind.
        expires: Option<Time>,
        /// Why.
        reason: Option<String>,
    },
    /// Credits were bought.
    TopUp {
        /// The payment's id: unique.
        payment: Name,
        /// How many credits.
        credits: Amount,
        /// What was paid.
        paid: Option<Money>,
    },
    /// A payment was taken back, or unused credits are given back for money.
    ClawBack {
        /// Which payment.
        payment: Name,
        /// How many credits; None: all of its grant.
        credits: Option<Amount>,
        /// Why.
        reason: Option<String>,
    },
    /// A provider tells of a claim to a payment's money, or that one came to nothing.
    Claim {
        /// Which payment.
        payment: Name,
        /// What is claimed.
        claim: Claim,
        /// Why.
        reason: Option<String>,
    },
    /// A provider tells how a subscription stands.
    Subscription(Box<SubscriptionTold>),
    /// A period was paid for.
    Renew {
        /// The payment's id.
        payment: Option<Name>,
    },
    /// The customer's own caps.
    SetCaps(CapChanges),
    /// Special terms, better than the plan.
    Override(OverrideTerms),
    /// Stop this customer's runs.
    Pause {
        /// Why: told to the customer where the contract's words for it do, and never in their events.
        reason: String,
    },
    /// Lift a pause: an operator's, an unusual day's, or that of one item.
    Resume {
        /// The item, by action and artifact; None: the customer.
        item: Option<(Name, Name)>,
    },
    /// An own AI key was stored, removed, or refused by its provider.
    OwnKey {
        /// Whose key.
        provider: Name,
        /// What happened.
        change: KeyChange,
    },
    /// Agree to a quote.
    ConfirmQuote {
        /// Which, opened and verified.
        quote: Box<Quote>,
    },
    /// Something that was due; only the engine gives these, at their own instant.
    Due(Due),
}

/// Things that happen by themselves at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// A run's time is up.
    ExpireRun(RunId),
    /// A grant's time is up.
    ExpireGrant(GrantId),
    /// A period or a month of credits begins (with a plan change or a version, where one waited).
    Renew,
    /// A version of the contract begins for this customer in mid-period.
    BeginVersion,
}

/// A new customer.
#[derive(Clone, Debug, Default)]
pub struct NewCustomer {
    /// Their plan.
    pub plan: Option<Name>,
    /// Their name.
    pub name: Option<String>,
    /// Who acts for them.
    pub members: Vec<Member>,
    /// How periods renew.
    pub renews: Renews,
    /// Free notes of the product, at most 1 KiB.
    pub metadata: BTreeMap<String, String>,
}

/// Changes to a customer: None is unchanged.
#[derive(Clone, Debug, Default)]
pub struct CustomerChanges {
    /// A plan to change to.
    pub plan: Option<Name>,
    /// Their name; `Some(None)` clears it.
    pub name: Option<Option<String>>,
    /// Who acts for them.
    pub members: Option<Vec<Member>>,
    /// How periods renew.
    pub renews: Option<Renews>,
    /// Free notes.
    pub metadata: Option<BTreeMap<String, String>>,
}

/// One who acts for a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Their id within the customer.
    pub id: Name,
    /// Their name.
    pub name: Option<String>,
}

/// How periods renew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renews {
    /// At their end.
    #[default]
    ByItself,
    /// When a payment for the period is reported; until then runs are refused.
    WhenPaid,
}

/// Production, or trying out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The customer's own work.
    #[default]
    Production,
    /// A trial: free, marked, never drawn from the wallet.
    Experiment,
}

/// Asked again of something that is owned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// Another try of the same: free while the free redos last.
    Redo,
    /// A fresh run, paid in full.
    Fresh,
}

/// A run is asked for.
#[derive(Clone, Debug, Default)]
pub struct RunRequest {
    /// Which action.
    pub action: Name,
    /// The customer's own thing that the result belongs to.
    pub artifact: Option<Name>,
    /// How many units, where the price is by quantity.
    pub quantity: Option<u64>,
    /// Which model it will use.
    pub model: Option<Name>,
    /// Inputs by name; those that the action `needs` must be there and not empty.
    pub inputs: BTreeMap<String, String>,
    /// A quote, opened and verified.
    pub quote: Option<Box<Quote>>,
    /// The most the caller will pay.
    pub max_price: Option<Amount>,
    /// The product says that the customer agreed (secret keys only).
    pub confirmed: bool,
    /// A redo or a fresh run.
    pub again: Option<Again>,
    /// The call brings a working key of its own.
    pub own_key: bool,
    /// Production or experiment.
    pub purpose: Purpose,
    /// Which member asks.
    pub member: Option<Name>,
    /// How long to hold, at most `too_slow_after`.
    pub hold_for: Option<Length>,
    /// What today's billing does, for comparison.
    pub today: Option<Today>,
    /// Free notes of the product, at most 1 KiB.
    pub metadata: BTreeMap<String, String>,
    /// With it: hold and settle in one.
    pub report: Option<Box<Report>>,
}

impl Default for Name {
    fn default() -> Self {
        Self::new("")
    }
}

/// What the product's present billing did: `now` in requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// What it charged, in credits.
    pub charged: Option<Amount>,
    /// Whether it allowed the run.
    pub allowed: Option<bool>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// One of the nine.
    pub outcome: Outcome,
    /// How many parts arrived.
    pub parts: Option<u32>,
    /// How many units arrived.
    pub quantity: Option<u64>,
    /// A finer reason, for the receipt.
    pub reason: Option<String>,
    /// Calls to models and suppliers.
    pub attempts: Vec<Attempt>,
    /// What today's billing does, for comparison.
    pub today: Option<Today>,
}

impl Report {
    /// A report of only an outcome.
    #[must_use]
    pub const fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            parts: None,
            quantity: None,
            reason: None,
            attempts: Vec::new(),
            today: None,
        }
    }
}

/// One call to a model or supplier made for a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempt {
    /// Whose.
    pub provider: Option<Name>,
    /// Which model was asked for; providers answer with another name of it, or with another model.
    pub asked: Option<Name>,
    /// Which model answered.
    pub model: Option<Name>,
    /// Tokens; zero is not missing.
    pub usage: Usage,
    /// Where the tokens are known from; None: whoever reports did not say.
    pub source: Option<UsageSource>,
    /// Calls to suppliers, by service.
    pub services: BTreeMap<Name, u64>,
    /// Made with the customer's own key: theirs to pay.
    pub own_key: bool,
}

/// Tokens of one call. Zero is not missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Read by the model, cache included.
    pub input: Option<u64>,
    /// Of those, read from the cache.
    pub cache_read: Option<u64>,
    /// Of those, written to the cache.
    pub cache_write: Option<u64>,
    /// Written by the model, reasoning included.
    pub output: Option<u64>,
    /// Of those, reasoning.
    pub reasoning: Option<u64>,
}

/// Where the tokens of a call are known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UsageSource {
    /// The provider said them, whole.
    Provider,
    /// The provider said some of them, or said them before the end.
    Partial,
    /// Somebody guessed them.
    Estimated,
    /// They are not known.
    None,
}

impl UsageSource {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Provider, Self::Partial, Self::Estimated, Self::None];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Partial => "partial",
            Self::Estimated => "estimated",
            Self::None => "none",
        }
    }
}

/// The kinds of credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    /// Given.
    Gift,
    /// Given because we are sorry.
    Goodwill,
    /// Brought by the plan.
    Plan,
    /// Paid for.
    Bought,
}

impl GrantKind {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Gift, Self::Goodwill, Self::Plan, Self::Bought];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Goodwill => "goodwill",
            Self::Plan => "plan",
            Self::Bought => "bought",
        }
    }
}

/// Changes to caps: outer None is unchanged, inner None takes the cap away.
#[derive(Clone, Debug, Default)]
pub struct CapChanges {
    /// The customer's cap a month.
    pub month: Option<Option<Amount>>,
    /// Members' caps a month.
    pub members: BTreeMap<Name, Option<Amount>>,
    /// Automatic top-ups, only if asked.
    pub auto_top_up: Option<Option<AutoTopUpTerms>>,
}

/// Automatic top-ups: asked for, and always capped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutoTopUpTerms {
    /// When available falls below this.
    pub below: Amount,
    /// Buy this much.
    pub credits: Amount,
    /// At most this much a month.
    pub month_at_most: Amount,
}

/// Special terms asked for through the API.
#[derive(Clone, Debug, Default)]
pub struct OverrideTerms {
    /// The terms; `by` and `plan` in it are not used.
    pub terms: crate::contract::Override,
}

/// What happened to an own key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyChange {
    /// It was stored; its last letters.
    Stored(String),
    /// It was removed.
    Removed,
    /// The provider refused it.
    Refused,
}

impl RunsOn {
    /// Are runs of this plan ever paid from the wallet?
    #[must_use]
    pub const fn draws_on_wallet(self) -> bool {
        matches!(self, Self::Credits | Self::OwnKey)
    }
}
