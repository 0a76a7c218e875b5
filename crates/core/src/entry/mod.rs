//! Entries: what one applied command writes in a customer's journal.
//!
//! The journal is the truth and everything else is folded from it (`state::apply`). An entry holds
//! facts, so that the fold needs no contract, and balanced transfers. It must not hold anything
//! that could be worked out differently tomorrow. Fields are declared in the order they are written in:
//! that of their names.

mod customer;
mod read;
mod run;

pub use customer::{
    CapsSet, ClawedBack, GrantFacts, Granted, Opened, OverrideFacts, PlanChanged, PlanStarted,
    Renewed, Restored, Resumed, SubscriptionFacts, Updated,
};
pub use run::{
    Assumed, AttemptFacts, Confirmation, ConfirmedBy, Corrected, Costed, DecidedBy, Draw,
    EachPrice, Ended, LegEnded, LegStarted, OWN_KEY_REFUSED, QuoteUsed, Refunded, Reported, Rule,
    RunKind, Started, SumsSeen,
};

use crate::amount::Amount;
use crate::command::{GrantKind, KeyChange};
use crate::contract::ContractRef;
use crate::id::{GrantId, Name, RunId};
use crate::serial::{Word, serde_of_a_word};
use crate::time::Time;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One entry of a customer's journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The instant of the decision.
    pub at: Time,
    /// The name of the key that gave the command.
    pub by: Name,
    /// The contract's version it was decided under.
    pub contract: ContractRef,
    /// What happened: `command`, its word, and `facts`.
    #[serde(flatten)]
    pub facts: Facts,
    /// The revision of operations it was decided under.
    pub operations: u32,
    /// The run it is about.
    pub run: Option<RunId>,
    /// Its number: dense, from 1.
    pub seq: u64,
    /// What moved in the shadow books, once they differ from the real ones; None: the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shadow: Option<Shadow>,
    /// What moved in the real books.
    pub transfers: Vec<Transfer>,
}

/// The other half of an entry where the shadow books differ from the real ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shadow {
    /// Would the run have been refused there? Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denial: Option<crate::decide::Code>,
    /// How a run ended there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<LegEnded>,
    /// Grants that are new there only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantFacts>,
    /// What a run that was refused there would cost, where it has a price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
    /// What a started run is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<LegStarted>,
    /// What moved there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfers: Vec<Transfer>,
}

/// One amount from one account to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// How much; above nothing.
    pub amount: Amount,
    /// Where it comes from.
    pub from: Account,
    /// Where it goes.
    pub to: Account,
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

impl Account {
    /// Reads what an account is shown as; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let kind = |word: &str| GrantKind::ALL.into_iter().find(|kind| kind.word() == word);
        Some(match text.split_once('/') {
            None if text == "owed" => Self::Owed,
            None if text == "clawed_back" => Self::ClawedBack,
            Some(("available", grant)) => Self::Available(GrantId::parse(grant)?),
            Some(("held", run)) => Self::Held(RunId::parse(run)?),
            Some(("issued", word)) => Self::Issued(kind(word)?),
            Some(("earned", action)) => Self::Earned(Name::new(action)),
            Some(("expired", word)) => Self::Expired(kind(word)?),
            _ => return None,
        })
    }
}

impl Word for Account {
    const WHAT: &'static str = "an account of the books";

    fn of_text(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

serde_of_a_word!(Account);

/// What happened: one variant for each command of the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", content = "facts", rename_all = "snake_case")]
pub enum Facts {
    /// A customer began.
    OpenCustomer(Opened),
    /// Who they are changed.
    UpdateCustomer(Updated),
    /// The plan changed at once, or will at the period's end.
    ChangePlan {
        /// To which plan, and when.
        change: PlanChanged,
        /// What else changed with it.
        #[serde(default, skip_serializing_if = "Updated::is_nothing")]
        updated: Updated,
    },
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
    /// A run ended, or was reported after its time was up.
    Settle(Box<Ended>),
    /// A run was held and ended in one.
    Run {
        /// As it began.
        started: Box<Started>,
        /// As it ended.
        ended: Box<Ended>,
    },
    /// A hold was given back whole.
    Release(Box<Ended>),
    /// A run's time was up.
    ExpireRun(Box<Ended>),
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
    Attempts {
        /// The calls.
        attempts: Vec<AttemptFacts>,
        /// What they add to the costs.
        costs: Costed,
    },
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
    /// The payment or subscription, by a payment provider's id, that this first tells of.
    #[must_use]
    pub fn provider_id(&self) -> Option<&Name> {
        match self {
            Self::TopUp(bought) if bought.restores.is_none() => bought.payment.as_ref(),
            Self::UpdateCustomer(updated) | Self::ChangePlan { updated, .. } => {
                updated.subscription.as_ref().map(|told| &told.id)
            }
            _ => None,
        }
    }

    /// The command's word in the journal.
    #[must_use]
    pub const fn command(&self) -> &'static str {
        match self {
            Self::OpenCustomer(_) => "open_customer",
            Self::UpdateCustomer(_) => "update_customer",
            Self::ChangePlan { .. } => "change_plan",
            Self::Renew(_) => "renew",
            Self::Grant(_) => "grant",
            Self::TopUp(_) => "top_up",
            Self::ClawBack(_) => "claw_back",
            Self::StartRun(_) => "start_run",
            Self::Settle(_) => "settle",
            Self::Run { .. } => "run",
            Self::Release(_) => "release",
            Self::ExpireRun(_) => "expire_run",
            Self::Extend { .. } => "extend",
            Self::Refund(_) => "refund",
            Self::Correct(_) => "correct",
            Self::Attempts { .. } => "attempts",
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
