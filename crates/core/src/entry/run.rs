//! What the journal says of runs: how they began, ended, and were mended afterwards.

use super::GrantFacts;
use crate::amount::Amount;
use crate::command::{ActorKind, Again, GrantKind, Purpose, Today, Usage, UsageSource};
use crate::contract::{Mode, Outcome};
use crate::id::{GrantId, Name, RunId};
use crate::money::Cost;
use crate::time::{Time, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What kind of run it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// The first of its artifact, or one without.
    First,
    /// What was missing after a partial.
    Rest,
    /// Owned already, or the same again.
    Reopened,
    /// Another try of something owned.
    Redo,
    /// A fresh run, paid in full.
    Fresh,
}

/// Why a receipt says what it says. Closed (invariant 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The whole price.
    Charge,
    /// The part that arrived.
    Share,
    /// The quantity that arrived.
    Quantity,
    /// The action is free.
    FreeAction,
    /// Within the allowance.
    Allowance,
    /// Owned already.
    Reopened,
    /// The same again within its window.
    SameAgain,
    /// A free redo.
    Redo,
    /// The customer's key pays.
    OnYourKey,
    /// A trial run.
    Experiment,
    /// This ending is free.
    OutcomeFree,
    /// Harsh, declared, agreed to.
    PaidEvenIf,
    /// Too slow: free.
    TooSlow,
    /// Found out later.
    Corrected,
    /// In shadow nothing is charged.
    Shadow,
    /// In announce nothing is charged.
    Announce,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Charge,
        Self::Share,
        Self::Quantity,
        Self::FreeAction,
        Self::Allowance,
        Self::Reopened,
        Self::SameAgain,
        Self::Redo,
        Self::OnYourKey,
        Self::Experiment,
        Self::OutcomeFree,
        Self::PaidEvenIf,
        Self::TooSlow,
        Self::Corrected,
        Self::Shadow,
        Self::Announce,
    ];
}

/// A run began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// Which action.
    pub action: Name,
    /// Redo or fresh was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// For which artifact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact: Option<Name>,
    /// What was agreed to, by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
    /// Which version the customer's run lives under.
    pub contract: u32,
    /// Held until before this instant.
    pub expires_at: Time,
    /// A redo that is free: it counts once delivered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub free_redo: bool,
    /// What kind.
    pub kind: RunKind,
    /// No extension goes beyond this instant.
    pub latest_at: Time,
    /// What it is in the real books.
    pub leg: LegStarted,
    /// By which member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Name>,
    /// Free notes of the product.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The mode it began in, and keeps.
    pub mode: Mode,
    /// On which model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Name>,
    /// The customer's key pays the model.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_your_key: bool,
    /// Which revision of operations.
    pub operations: u32,
    /// On which plan it began, and stays.
    pub plan: Name,
    /// Production or experiment.
    pub purpose: Purpose,
    /// How many units were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
    /// The quote it used: id and promised price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<QuoteUsed>,
    /// Its id.
    pub run: RunId,
    /// The sums over all customers that allowed a free run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sums_seen: Option<SumsSeen>,
    /// What today's billing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<Today>,
    /// Is the artifact "the same" for this action (owned or same-again)?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tracked: bool,
    /// Needed agreement that was taken as given (shadow, announce).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
}

/// Sums over all customers that a decision looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumsSeen {
    /// Supplier cost in the window of `surge`.
    pub supplier_cost: Cost,
    /// What we paid for free runs of everyone.
    pub we_paid: Cost,
}

/// What a run is in one set of books.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegStarted {
    /// The window of that allowance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowance_from: Option<Time>,
    /// Allowances' windows end there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowance_until: Option<Time>,
    /// What its item was charged before counts no longer: the window of "the same again" is over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anew: bool,
    /// The window of the contract's own cap, where that is not the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_window: Option<Window>,
    /// What was drawn, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<Draw>,
    /// The price by quantity, where it is one: what fewer units will cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<EachPrice>,
    /// The price of the whole, without allowance or what was charged before, under a quote no more
    /// than it promised: paying it is owning it.
    pub full: Amount,
    /// The customer's month that its spending counts in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Window>,
    /// Its price; as much is held.
    pub price: Amount,
    /// Units taken from the allowance.
    pub units_free: u64,
}

/// A price by quantity: clamp(each × n, at_least, at_most).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EachPrice {
    /// The least.
    pub at_least: Amount,
    /// The most.
    pub at_most: Amount,
    /// The price of one.
    pub each: Amount,
}

impl EachPrice {
    /// What `units` cost; nothing for none.
    #[must_use]
    pub fn of(&self, units: u64) -> Amount {
        if units == 0 {
            return Amount::ZERO;
        }
        let exact = self.each.times(units).unwrap_or(self.at_most);
        exact.max(self.at_least).min(self.at_most)
    }
}

/// A part of a hold or charge, by where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// How much.
    pub amount: Amount,
    /// The grant; None: the credit line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantId>,
    /// Its kind; None: the credit line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<GrantKind>,
}

/// A quote that a run used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteUsed {
    /// It can be forgotten from then on.
    pub expires_at: Time,
    /// Its id.
    pub id: Name,
    /// The price it promised.
    pub price: Amount,
}

/// Who agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedBy {
    /// The customer, by token.
    Customer,
    /// The product, by secret key, on their behalf.
    Product,
}

impl ConfirmedBy {
    /// Whose word a command is that came with such a key.
    #[must_use]
    pub const fn of(kind: ActorKind) -> Self {
        match kind {
            ActorKind::Customer => Self::Customer,
            ActorKind::Product | ActorKind::Engine => Self::Product,
        }
    }
}

/// What was agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// When.
    pub confirmed_at: Time,
    /// By whom.
    pub confirmed_by: ConfirmedBy,
    /// The sentence that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// Its SHA-256, hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_hash: Option<String>,
}

/// The reason of a run that failed because the customer's AI provider refused the customer's own key.
pub const OWN_KEY_REFUSED: &str = "own_key_refused";

/// A run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// It is an answer: asked again within the window, it is the same again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answers: bool,
    /// Calls made for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<AttemptFacts>,
    /// What the attempts add to the cost counters.
    pub costs: Costed,
    /// The number of the calendar day it ended on.
    pub day: i32,
    /// Who said so: the product, or Probity (too slow, reopened).
    pub decided_by: DecidedBy,
    /// It was reported after its time was up: nothing moves any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// How it ended in the real books.
    pub leg: LegEnded,
    /// How, in the customer's terms (a `delivered` with fewer parts is `partial` here).
    pub outcome: Outcome,
    /// A finer reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was reported, word for word: outcome, parts, quantity.
    pub reported: Reported,
    /// What today's billing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<Today>,
}

/// The report that settled a run, for telling the same from a contradiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The outcome.
    pub outcome: Outcome,
    /// The parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<u32>,
    /// The quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
}

/// Who said how a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The product's report.
    Product,
    /// The contract, by itself.
    Contract,
}

/// How a run ended in one set of books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegEnded {
    /// What was charged.
    pub charged: Amount,
    /// What went with a grant that was clawed back meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clawed_back: Vec<Draw>,
    /// What the charge was drawn from, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<Draw>,
    /// Grants made because the one drawn from has expired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantFacts>,
    /// What was given back.
    pub released: Amount,
    /// The rule that decided.
    pub rule: Rule,
    /// Units of the allowance that were used up.
    pub units_free: u64,
}

impl LegEnded {
    /// Nothing was held, and nothing is taken.
    #[must_use]
    pub const fn nothing(rule: Rule) -> Self {
        Self {
            rule,
            charged: Amount::ZERO,
            released: Amount::ZERO,
            units_free: 0,
            drawn: Vec::new(),
            grants: Vec::new(),
            clawed_back: Vec::new(),
        }
    }
}

/// What attempts add to the cost counters of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Costed {
    /// For us, where the run cost the customer nothing.
    pub by_us: Cost,
    /// Of so many reports not even an estimate is known.
    #[serde(default, skip_serializing_if = "is_none_unknown")]
    pub by_us_unknown: u32,
    /// What was assumed as long as nothing was reported counts no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Assumed>,
    /// The customer's month it counts in.
    pub key_from: Time,
    /// For the customer's own key.
    pub on_key: Cost,
    /// Of so many calls not even an estimate is known.
    #[serde(default, skip_serializing_if = "is_none_unknown")]
    pub on_key_unknown: u32,
    /// The window of `we_pay_at_most.a_customer` it counts in.
    pub us_from: Time,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_none_unknown(count: &u32) -> bool {
    *count == 0
}

/// A typical cost that was counted because no attempts were reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumed {
    /// The cost.
    pub by_us: Cost,
    /// It was not known: one of those that are only counted.
    #[serde(default, skip_serializing_if = "is_none_unknown")]
    pub unknown: u32,
    /// The window it was counted in.
    pub us_from: Time,
}

/// One attempt with its cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptFacts {
    /// Which model was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Name>,
    /// What it cost; None: unknown, never zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Which model answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Name>,
    /// Who pays it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_key: bool,
    /// Whose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Name>,
    /// Calls to suppliers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub services: BTreeMap<Name, u64>,
    /// Where its tokens are known from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<UsageSource>,
    /// Its tokens.
    pub usage: Usage,
}

/// Charged credits were given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    /// How much.
    pub amount: Amount,
    /// What is left of the charge, by where it was drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<Draw>,
    /// Grants made for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantFacts>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Usable until, of what came back; None: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usable_until: Option<Time>,
}

/// It ended otherwise after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// It is an answer still.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answers: bool,
    /// How it really ended.
    pub outcome: Outcome,
    /// Parts that really arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<u32>,
    /// Quantity that really arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was given back.
    pub refund: Refunded,
    /// The same in the shadow books, where they differ from the real ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow_units_free: Option<u64>,
    /// Units of the allowance that stay used.
    pub units_free: u64,
}
