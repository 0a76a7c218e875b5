//! What a payment provider tells of money that was paid: claims to it, and how subscriptions stand.
//!
//! Plain data, as commands are; `decide` says what it does to a customer's books. Providers tell the
//! same thing twice, late and out of order: so each claim has an id of its own and is a state that
//! only ever goes one way, and each word about a subscription says what stood before it.

use crate::id::Name;
use crate::money::Money;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Somebody's claim to the money of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The provider's id of it: the same claim is counted once.
    pub id: Name,
    /// What it is.
    pub kind: ClaimKind,
    /// How much of the payment.
    pub money: Money,
    /// Does it hold? One that came to nothing never holds again.
    pub stands: bool,
}

/// What a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// Money that was given back, once.
    Refund,
    /// All that was given back so far, as one sum: it only grows, and the refunds are part of it.
    Refunds,
    /// A payment that its payer's bank takes back.
    Dispute,
}

impl ClaimKind {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Refunds => "refunds",
            Self::Dispute => "dispute",
        }
    }
}

/// What is known of a subscription at one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// It ends with the period that is paid.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends: bool,
    /// It is on: whoever has it is served.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub live: bool,
    /// The plan that it pays for; None: none of the contract's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Name>,
    /// The provider's ids of its prices, in their order; none where that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<Name>,
}

impl Standing {
    /// Is it paid for as that one is? What a price brings is ours to say, and may be said otherwise
    /// since; the price is what somebody subscribed to.
    #[must_use]
    pub fn pays_as(&self, other: &Self) -> bool {
        self.plan == other.plan || self.has_prices_of(other)
    }

    /// Are its prices known, and the same?
    #[must_use]
    pub fn has_prices_of(&self, other: &Self) -> bool {
        !self.prices.is_empty() && self.prices == other.prices
    }
}

/// What a provider tells of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionTold {
    /// The provider's id of the subscription.
    pub id: Name,
    /// The provider's id of what it tells.
    pub event: Name,
    /// When that was, by the provider's clock.
    pub at: Time,
    /// How it stood until then.
    pub before: Before,
    /// How it stands since.
    pub now: Standing,
    /// What was told before may still be on its way: where `before` is not what is known, this
    /// waits for it.
    pub waits: bool,
    /// That it began may still be on its way, where nothing is known of it.
    pub began_lately: bool,
    /// The plan of whoever has no subscription any more; None: the one they are on.
    pub otherwise: Option<Name>,
}

/// How a subscription stood before what is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// There was none: it begins.
    Nothing,
    /// Like this.
    Was(Standing),
    /// It is over for good; until then it was paid for like this.
    Over(Standing),
}
