//! What the journal says of customers: plans, periods, grants, special terms, control.

use crate::amount::Amount;
use crate::command::{AutoTopUpTerms, GrantKind, Member, Renews};
use crate::id::{GrantId, Name, OverrideId};
use crate::time::{Time, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A grant of credits, as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantFacts {
    /// Its id: new, or that of an open grant of equal kind and expiry that it joins.
    pub grant: GrantId,
    /// Its kind.
    pub kind: GrantKind,
    /// How much was given, before what was owed took its part.
    pub amount: Amount,
    /// From when.
    pub effective: Time,
    /// Until before when; None: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Time>,
}

/// A customer began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Their id.
    pub customer: Name,
    /// Their plan and its periods.
    pub plan: PlanStarted,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who acts for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// How periods renew.
    pub renews: Renews,
    /// Free notes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// A plan begins: new anchor, period and credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStarted {
    /// Which.
    pub plan: Name,
    /// 00:00 of the day it began: periods are counted from it.
    pub anchor: Time,
    /// The paid period.
    pub period: Window,
    /// The stretch that the credits are for.
    pub credits_for: Window,
    /// The credits, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantFacts>,
    /// A version that waited for the next period begins with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

/// Changes to who a customer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Updated {
    /// Their name; `Some(None)` cleared it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "cleared")]
    pub name: Option<Option<String>>,
    /// Who acts for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<Member>>,
    /// How periods renew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Renews>,
    /// Free notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
}

impl Updated {
    /// Does nothing change?
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        let Self { name, members, renews, metadata } = self;
        name.is_none() && members.is_none() && renews.is_none() && metadata.is_none()
    }
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
    /// The paid period.
    pub period: Window,
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
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The payment, for bought ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Name>,
    /// What was paid, as text with its currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<String>,
}

/// Credits were taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClawedBack {
    /// Of which payment.
    pub payment: Name,
    /// Its grant.
    pub grant: GrantId,
    /// Taken now.
    pub taken: Amount,
    /// To be taken as holds end.
    pub later: Amount,
    /// Spent already: reported, never a debt.
    pub unrecovered: Amount,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Caps as they are from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapsSet {
    /// The customer's own, a month; None: the contract's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Amount>,
    /// Members', a month.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub members: BTreeMap<Name, Amount>,
    /// Automatic top-ups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_top_up: Option<AutoTopUpTerms>,
}

/// Special terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideFacts {
    /// Their id.
    pub id: OverrideId,
    /// The terms.
    pub terms: crate::contract::Override,
    /// They end before this instant.
    pub ends: Time,
    /// Who agreed.
    pub by: Name,
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
