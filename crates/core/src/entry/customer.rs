//! What the journal says of customers: plans, periods, grants, special terms, control.

use crate::amount::Amount;
use crate::command::{AutoTopUpTerms, GrantKind, Member, Renews};
use crate::id::{GrantId, Name, OverrideId};
use crate::provider::{Claim, Standing};
use crate::time::{Time, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A grant of credits, as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantFacts {
    /// How much was given, before what was owed took its part.
    pub amount: Amount,
    /// From when.
    pub effective: Time,
    /// Until before when; None: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Time>,
    /// Its id: new, or that of an open grant of equal kind and expiry that it joins.
    pub grant: GrantId,
    /// Its kind.
    pub kind: GrantKind,
}

/// A customer began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Their id.
    pub customer: Name,
    /// Who acts for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// Free notes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their plan and its periods.
    pub plan: PlanStarted,
    /// How periods renew.
    pub renews: Renews,
}

/// A plan begins: new anchor, period and credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStarted {
    /// 00:00 of the day it began: periods are counted from it.
    pub anchor: Time,
    /// The stretch that the credits are for.
    pub credits_for: Window,
    /// The credits, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantFacts>,
    /// The paid period.
    pub period: Window,
    /// Which.
    pub plan: Name,
    /// A version that waited for the next period begins with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

/// Changes to who a customer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Updated {
    /// Who acts for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<Member>>,
    /// Free notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Their name; `Some(None)` cleared it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub name: Option<Option<String>>,
    /// How periods renew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Renews>,
    /// What was told of a subscription.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription: Option<SubscriptionFacts>,
}

impl Updated {
    /// Does nothing change?
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        let Self { name, members, renews, metadata, subscription } = self;
        let who = name.is_none() && members.is_none();
        who && renews.is_none() && metadata.is_none() && subscription.is_none()
    }
}

/// What a payment provider told of a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionFacts {
    /// When that was, by the provider's clock.
    pub at: Time,
    /// The provider's id of what it told.
    pub event: Name,
    /// The provider's id of the subscription.
    pub id: Name,
    /// It is over for good.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub over: bool,
    /// How it stands.
    pub standing: Standing,
}

/// A plan change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanChanged {
    /// At once: an upgrade.
    Now(PlanStarted),
    /// At the end of the period, instead of what waited before.
    Later {
        /// Which plan.
        plan: Name,
        /// When.
        on: Time,
    },
    /// What waited is called off: the present plan stays.
    Stay,
}

/// A period, or a month of credits in it, began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewed {
    /// The stretch that the credits are for.
    pub credits_for: Window,
    /// The credits, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantFacts>,
    /// It is paid, or needs no payment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paid: bool,
    /// Payments that came for periods still to begin.
    #[serde(default, skip_serializing_if = "is_none_ahead")]
    pub paid_ahead: u32,
    /// The payment that paid it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Name>,
    /// The paid period.
    pub period: Window,
    /// A plan that waited begins, and periods are counted from its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<(Name, Time)>,
    /// A version that waited begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_none_ahead(periods: &u32) -> bool {
    *periods == 0
}

/// Credits were given or bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// The grant.
    pub grant: GrantFacts,
    /// What was paid, as text with its currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<String>,
    /// The payment, for bought ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Name>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// They are not bought anew: they were taken back, and what took them came to nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restores: Option<Restored>,
}

/// Why credits of a payment come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// What came to nothing.
    pub claim: Claim,
    /// So much less is asked of the payment, whether it could be taken or not.
    pub less: Amount,
}

/// Credits were taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClawedBack {
    /// Other grants that credits of the payment are in, and were taken from as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<GrantId>,
    /// So much was asked for by hand, where claims had asked for as much or more already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<Amount>,
    /// What a provider told, for which it is; None: somebody asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// Its grant.
    pub grant: GrantId,
    /// To be taken as holds end.
    pub later: Amount,
    /// So much less is asked of the payment than before, and none of it had been taken.
    #[serde(default, skip_serializing_if = "Amount::is_nothing")]
    pub less: Amount,
    /// Of which payment.
    pub payment: Name,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Taken now.
    pub taken: Amount,
    /// Spent already: reported, never a debt.
    pub unrecovered: Amount,
}

/// Caps as they are from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapsSet {
    /// Automatic top-ups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_top_up: Option<AutoTopUpTerms>,
    /// Members', a month.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub members: BTreeMap<Name, Amount>,
    /// The customer's own, a month; None: the contract's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Amount>,
}

/// Special terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideFacts {
    /// Who agreed.
    pub by: Name,
    /// They end before this instant.
    pub ends: Time,
    /// Their id.
    pub id: OverrideId,
    /// The terms.
    pub terms: crate::contract::Override,
}

/// A pause was lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resumed {
    /// The customer: an operator's pause and the unusual day.
    Customer {
        /// The operator's pause was lifted too.
        operator: bool,
        /// The day on which an unusual day stays silent.
        day: i32,
    },
    /// One item.
    Item {
        /// Its action.
        action: Name,
        /// Its artifact.
        artifact: Name,
    },
}

/// A field that is there but null clears what it names; one that is not there leaves it.
fn cleared<'de, D, T>(d: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(d).map(Some)
}
