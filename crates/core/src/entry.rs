//! Entries: what one applied command writes in a customer's journal.
//!
//! The journal is the truth and everything else is folded from it (`state::apply`). An entry holds
//! facts, so that the fold needs no contract, and balanced transfers. It must not hold anything
//! that could be worked out differently tomorrow.

use crate::amount::Amount;
use crate::command::{
    Again, AutoTopUpTerms, GrantKind, KeyChange, Member, Purpose, Renews, Today, Usage,
};
use crate::contract::{Mode, Outcome};
use crate::id::{GrantId, Name, OverrideId, RunId};
use crate::money::Cost;
use crate::time::{Time, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One entry of a customer's journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number: dense, from 1.
    pub seq: u64,
    /// The instant of the decision.
    pub at: Time,
    /// The name of the key that gave the command.
    pub by: Name,
    /// The run it is about.
    pub run: Option<RunId>,
    /// What happened.
    pub facts: Facts,
    /// What moved in the real books.
    pub transfers: Vec<Transfer>,
    /// What moved in the shadow books, once they differ from the real ones.
    pub shadow: Option<Shadow>,
    /// The contract's version it was decided under.
    pub contract: u32,
    /// The revision of operations it was decided under.
    pub operations: u32,
}

/// The other half of an entry where the shadow books differ from the real ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shadow {
    /// What moved there.
    pub transfers: Vec<Transfer>,
    /// What a started run is there.
    pub started: Option<LegStarted>,
    /// How a run ended there.
    pub ended: Option<LegEnded>,
    /// Grants that are new there only.
    pub grants: Vec<GrantFacts>,
    /// Would the run have been refused there? Its code.
    pub denial: Option<crate::decide::Code>,
}

/// One amount from one account to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// Where it comes from.
    pub from: Account,
    /// Where it goes.
    pub to: Account,
    /// How much; above nothing.
    pub amount: Amount,
}

/// An account of the books of one customer and environment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// A grant's credits that can be used.
    Available(GrantId),
    /// Set aside for a run.
    Held(RunId),
    /// Owed on a credit line.
    Owed,
    /// The house: credits given out.
    Issued(GrantKind),
    /// The house: credits earned by an action.
    Earned(Name),
    /// The house: credits that ran out of time.
    Expired(GrantKind),
    /// The house: credits taken back.
    ClawedBack,
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Available(grant) => write!(f, "available/{grant}"),
            Self::Held(run) => write!(f, "held/{run}"),
            Self::Owed => f.write_str("owed"),
            Self::Issued(kind) => write!(f, "issued/{}", kind.word()),
            Self::Earned(action) => write!(f, "earned/{action}"),
            Self::Expired(kind) => write!(f, "expired/{}", kind.word()),
            Self::ClawedBack => f.write_str("clawed_back"),
        }
    }
}

impl Serialize for Account {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// What happened: one variant for each command of the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Facts {
    /// A customer began.
    OpenCustomer(Opened),
    /// Who they are changed.
    UpdateCustomer(Updated),
    /// The plan changed at once, or will at the period's end.
    ChangePlan(PlanChanged),
    /// A period or a month of credits began.
    Renew(Renewed),
    /// Credits were given.
    Grant(Granted),
    /// Credits were bought.
    TopUp(Granted),
    /// Credits were taken back.
    ClawBack(ClawedBack),
    /// A run is held.
    StartRun(Box<Started>),
    /// A run ended.
    Settle(Box<Ended>),
    /// A run was held and ended in one.
    Run(Box<Started>, Box<Ended>),
    /// A hold was given back whole.
    Release(Box<Ended>),
    /// A run's time was up.
    ExpireRun(Box<Ended>),
    /// An expired run was reported after all.
    SettleLate(Box<Ended>),
    /// A run has more time.
    Extend {
        /// Until.
        expires_at: Time,
    },
    /// Charged credits were given back.
    Refund(Refunded),
    /// It ended otherwise after all.
    Correct(Box<Corrected>),
    /// Late usage.
    Attempts(Vec<AttemptFacts>, Costed),
    /// A grant's time was up.
    ExpireGrant {
        /// Which.
        grant: GrantId,
    },
    /// Caps changed.
    SetCaps(CapsSet),
    /// Special terms began.
    Override(Box<OverrideFacts>),
    /// Paused by an operator.
    Pause {
        /// Why.
        reason: String,
    },
    /// A pause was lifted.
    Resume(Resumed),
    /// An own key changed.
    OwnKey {
        /// Whose key.
        provider: Name,
        /// What happened.
        change: KeyChange,
    },
    /// A quote was agreed to.
    ConfirmQuote {
        /// Which.
        quote: Name,
        /// By whom.
        by: ConfirmedBy,
        /// It can be forgotten from then on.
        expires_at: Time,
    },
    /// A version of the contract began for this customer.
    BeginVersion {
        /// Which.
        version: u32,
    },
}

impl Facts {
    /// The command's word in the journal.
    #[must_use]
    pub const fn command(&self) -> &'static str {
        match self {
            Self::OpenCustomer(_) => "open_customer",
            Self::UpdateCustomer(_) => "update_customer",
            Self::ChangePlan(_) => "change_plan",
            Self::Renew(_) => "renew",
            Self::Grant(_) => "grant",
            Self::TopUp(_) => "top_up",
            Self::ClawBack(_) => "claw_back",
            Self::StartRun(_) => "start_run",
            Self::Settle(_) | Self::SettleLate(_) => "settle",
            Self::Run(..) => "run",
            Self::Release(_) => "release",
            Self::ExpireRun(_) => "expire_run",
            Self::Extend { .. } => "extend",
            Self::Refund(_) => "refund",
            Self::Correct(_) => "correct",
            Self::Attempts(..) => "attempts",
            Self::ExpireGrant { .. } => "expire_grant",
            Self::SetCaps(_) => "set_caps",
            Self::Override(_) => "override",
            Self::Pause { .. } => "pause",
            Self::Resume(_) => "resume",
            Self::OwnKey { .. } => "own_key",
            Self::ConfirmQuote { .. } => "confirm_quote",
            Self::BeginVersion { .. } => "begin_version",
        }
    }
}

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
    pub expires: Option<Time>,
}

/// A customer began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// Their id.
    pub customer: Name,
    /// Their plan and its periods.
    pub plan: PlanStarted,
    /// Their name.
    pub name: Option<String>,
    /// Who acts for them.
    pub members: Vec<Member>,
    /// How periods renew.
    pub renews: Renews,
    /// Free notes.
    pub metadata: BTreeMap<String, String>,
}

/// A plan begins: new anchor, period and credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    pub grant: Option<GrantFacts>,
}

/// Changes to who a customer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Updated {
    /// Their name; `Some(None)` cleared it.
    pub name: Option<Option<String>>,
    /// Who acts for them.
    pub members: Option<Vec<Member>>,
    /// How periods renew.
    pub renews: Option<Renews>,
    /// Free notes.
    pub metadata: Option<BTreeMap<String, String>>,
}

/// A plan change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Renewed {
    /// The paid period.
    pub period: Window,
    /// The stretch that the credits are for.
    pub credits_for: Window,
    /// The credits, if any.
    pub grant: Option<GrantFacts>,
    /// It is paid, or needs no payment.
    pub paid: bool,
    /// The payment that paid it.
    pub payment: Option<Name>,
    /// A plan that waited begins.
    pub plan: Option<Name>,
    /// A version that waited begins.
    pub version: Option<u32>,
}

/// Credits were given or bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Granted {
    /// The grant.
    pub grant: GrantFacts,
    /// Why.
    pub reason: Option<String>,
    /// The payment, for bought ones.
    pub payment: Option<Name>,
    /// What was paid, as text with its currency.
    pub paid: Option<String>,
}

/// Credits were taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    pub reason: Option<String>,
}

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

/// A run began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Started {
    /// Its id.
    pub run: RunId,
    /// Which action.
    pub action: Name,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// Is the artifact "the same" for this action (owned or same-again)?
    pub tracked: bool,
    /// What kind.
    pub kind: RunKind,
    /// The mode it began in, and keeps.
    pub mode: Mode,
    /// Production or experiment.
    pub purpose: Purpose,
    /// By which member.
    pub member: Option<Name>,
    /// How many units were asked for.
    pub quantity: Option<u64>,
    /// Held until before this instant.
    pub expires_at: Time,
    /// No extension goes beyond this instant.
    pub latest_at: Time,
    /// On which model.
    pub model: Option<Name>,
    /// The customer's key pays the model.
    pub on_your_key: bool,
    /// The price by quantity, where it is one: what fewer units will cost.
    pub each: Option<EachPrice>,
    /// What it is in the real books.
    pub leg: LegStarted,
    /// The quote it used: id and promised price.
    pub quote: Option<QuoteUsed>,
    /// What was agreed to, by whom.
    pub confirmation: Option<Confirmation>,
    /// Needed agreement that was taken as given (shadow, announce).
    pub unconfirmed: bool,
    /// Free notes of the product.
    pub metadata: BTreeMap<String, String>,
    /// What today's billing did.
    pub today: Option<Today>,
    /// Redo or fresh was asked.
    pub again: Option<Again>,
    /// A redo that is free: it counts once delivered.
    pub free_redo: bool,
    /// The sums over all customers that allowed a free run.
    pub sums_seen: Option<SumsSeen>,
    /// Which version the customer's run lives under.
    pub contract: u32,
    /// Which revision of operations.
    pub operations: u32,
}

/// Sums over all customers that a decision looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SumsSeen {
    /// Supplier cost in the window of `surge`.
    pub supplier_cost: Cost,
    /// What we paid for free runs of everyone.
    pub we_paid: Cost,
}

/// What a run is in one set of books.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegStarted {
    /// Its price; as much is held.
    pub price: Amount,
    /// Units taken from the allowance.
    pub units_free: u64,
    /// The window of that allowance.
    pub allowance_from: Option<Time>,
    /// Allowances' windows end there.
    pub allowance_until: Option<Time>,
    /// What was drawn, in order.
    pub drawn: Vec<Draw>,
    /// The price of the whole, without allowance or what was charged before: paying it is owning it.
    pub full: Amount,
    /// The customer's month that its spending counts in.
    pub month: Option<Window>,
    /// The window of the contract's own cap, where that is not the month.
    pub cap_window: Option<Window>,
}

/// A price by quantity: clamp(each × n, at_least, at_most).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EachPrice {
    /// The price of one.
    pub each: Amount,
    /// The least.
    pub at_least: Amount,
    /// The most.
    pub at_most: Amount,
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
    /// The grant; None: the credit line.
    pub grant: Option<GrantId>,
    /// Its kind; None: the credit line.
    pub kind: Option<GrantKind>,
    /// How much.
    pub amount: Amount,
}

/// A quote that a run used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteUsed {
    /// Its id.
    pub id: Name,
    /// The price it promised.
    pub price: Amount,
    /// It can be forgotten from then on.
    pub expires_at: Time,
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

/// What was agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// By whom.
    pub confirmed_by: ConfirmedBy,
    /// When.
    pub confirmed_at: Time,
    /// The sentence that was shown.
    pub shown: Option<String>,
    /// Its SHA-256, hex.
    pub shown_hash: Option<String>,
}

/// A run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// How, in the customer's terms (a `delivered` with fewer parts is `partial` here).
    pub outcome: Outcome,
    /// What was reported, word for word: outcome, parts, quantity.
    pub reported: Reported,
    /// A finer reason.
    pub reason: Option<String>,
    /// Who said so: the product, or Probity (too slow, reopened).
    pub decided_by: DecidedBy,
    /// Calls made for it.
    pub attempts: Vec<AttemptFacts>,
    /// What today's billing did.
    pub today: Option<Today>,
    /// What the attempts add to the cost counters.
    pub costs: Costed,
    /// The number of the calendar day it ended on.
    pub day: i32,
    /// How it ended in the real books.
    pub leg: LegEnded,
}

/// The report that settled a run, for telling the same from a contradiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The outcome.
    pub outcome: Outcome,
    /// The parts.
    pub parts: Option<u32>,
    /// The quantity.
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
    /// The rule that decided.
    pub rule: Rule,
    /// What was charged.
    pub charged: Amount,
    /// What was given back.
    pub released: Amount,
    /// Units of the allowance that were used up.
    pub units_free: u64,
    /// What the charge was drawn from, in order.
    pub drawn: Vec<Draw>,
    /// Grants made because the one drawn from has expired.
    pub grants: Vec<GrantFacts>,
    /// What went with a grant that was clawed back meanwhile.
    pub clawed_back: Vec<Draw>,
}

/// What attempts add to the cost counters of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Costed {
    /// For us, where the run cost the customer nothing.
    pub by_us: Cost,
    /// The window of `we_pay_at_most.a_customer` it counts in.
    pub us_from: Time,
    /// For the customer's own key.
    pub on_key: Cost,
    /// The customer's month it counts in.
    pub key_from: Time,
}

/// One attempt with its cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttemptFacts {
    /// Whose.
    pub provider: Option<Name>,
    /// Which model.
    pub model: Option<Name>,
    /// Its tokens.
    pub usage: Usage,
    /// Calls to suppliers.
    pub services: BTreeMap<Name, u64>,
    /// What it cost; None: unknown, never zero.
    pub cost: Option<Cost>,
    /// Who pays it.
    pub own_key: bool,
}

/// Charged credits were given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refunded {
    /// How much.
    pub amount: Amount,
    /// Why.
    pub reason: Option<String>,
    /// What is left of the charge, by where it was drawn.
    pub drawn: Vec<Draw>,
    /// Grants made for it.
    pub grants: Vec<GrantFacts>,
    /// Usable until, of what came back; None: for ever.
    pub usable_until: Option<Time>,
}

/// It ended otherwise after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Corrected {
    /// How it really ended.
    pub outcome: Outcome,
    /// Parts that really arrived.
    pub parts: Option<u32>,
    /// Quantity that really arrived.
    pub quantity: Option<u64>,
    /// Why.
    pub reason: Option<String>,
    /// What was given back.
    pub refund: Refunded,
    /// Units of the allowance that stay used.
    pub units_free: u64,
}

/// Caps as they are from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapsSet {
    /// The customer's own, a month; None: the contract's.
    pub month: Option<Amount>,
    /// Members', a month.
    pub members: BTreeMap<Name, Amount>,
    /// Automatic top-ups.
    pub auto_top_up: Option<AutoTopUpTerms>,
}

/// Special terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
