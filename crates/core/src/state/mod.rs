//! A customer's state: the fold of their entries, and nothing else.
//!
//! [`Customer`] holds who they are and what their runs are; a [`Book`] holds the credits. There are
//! two books: the real one, and the shadow book, in which everything is decided as if enforced;
//! they are one until a run begins in another mode. Nothing here decides; [`apply`] only adds up.

mod book;
mod counters;
mod fold;
mod fold_claims;
mod fold_runs;
mod map;
mod rest;

pub use book::{Book, Bought, Grant, Leg, Used};
pub use counters::{DayCounts, Spend};
pub use fold::{apply, open};
pub(crate) use fold_runs::{held_run, record_end, take_from_last};
pub use map::Map;
pub use rest::RestingRun;

use crate::amount::Amount;
use crate::command::{Member, Purpose, Renews, Today};
use crate::contract::{Mode, Outcome};
use crate::entry::{
    AttemptFacts, CapsSet, Confirmation, DecidedBy, OverrideFacts, QuoteUsed, Reported, RunKind,
};
use crate::id::{Name, RunId};
use crate::money::Cost;
use crate::provider::{Claim, Standing};
use crate::serial::{Word, serde_of_a_word};
use crate::time::{Time, Window};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Everything one customer's decisions may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Their id.
    pub id: Name,
    /// The number of their last entry.
    pub seq: u64,
    /// When they began.
    pub opened_at: Time,
    /// Their name.
    pub name: Option<String>,
    /// Who acts for them.
    pub members: Vec<Member>,
    /// How periods renew.
    pub renews: Renews,
    /// Free notes of the product.
    pub metadata: BTreeMap<String, String>,
    /// Their plan.
    pub plan: Name,
    /// A plan that waits for the period's end.
    pub next_plan: Option<Name>,
    /// When they last came to a plan, or said which one is to be next.
    pub plan_since: Time,
    /// 00:00 of the day the plan began.
    pub anchor: Time,
    /// The paid period.
    pub period: Window,
    /// The stretch that the last plan credits are for.
    pub credits_for: Window,
    /// Is the period paid, or needs it no payment?
    pub paid: bool,
    /// How many periods still to begin are paid already, for who renews when paid.
    pub paid_ahead: u32,
    /// The contract's version they live under.
    pub contract: u32,
    /// Every version they have lived under, with when each began for them, the oldest first.
    pub versions: Vec<(u32, Time)>,
    /// Runs: open ones, and ended ones that may still be asked about.
    pub runs: Map<RunId, Arc<Run>>,
    /// Things that results belong to, by action and artifact: all that were charged, failed or answered.
    pub items: Map<ItemKey, Item>,
    /// How many runs are open.
    pub open_runs: u32,
    /// When each open run expires.
    pub expiries: BTreeSet<(Time, RunId)>,
    /// Caps.
    pub caps: CapsSet,
    /// Special terms.
    pub overrides: Vec<OverrideFacts>,
    /// An operator's pause: its reason.
    pub pause: Option<String>,
    /// The day on which an unusual day stays silent.
    pub silent_day: Option<i32>,
    /// Own AI keys by provider.
    pub own_keys: BTreeMap<Name, OwnKeyState>,
    /// Quotes confirmed or used, until they expire.
    pub quotes: BTreeMap<Name, QuoteState>,
    /// Payments seen, by id.
    pub payments: Map<Name, PaymentState>,
    /// Subscriptions that a payment provider told of, by id.
    pub subscriptions: BTreeMap<Name, SubscriptionState>,
    /// What runs that cost the customer nothing cost us, and what their own key cost them.
    pub costs: CostCounters,
    /// The entry since which allowances and limits count anew: the last plan that began at once.
    pub counts_since: u64,
    /// The real books.
    pub real: Book,
    /// The shadow books, once they differ.
    pub shadow: Option<Box<Book>>,
}

impl Customer {
    /// The shadow book: the real one as long as they do not differ.
    #[must_use]
    pub fn shadow_book(&self) -> &Book {
        self.shadow.as_deref().unwrap_or(&self.real)
    }

    /// The book that says what a run of this mode costs, or would.
    #[must_use]
    pub fn book_of(&self, mode: Mode) -> &Book {
        match mode {
            Mode::Enforce => &self.real,
            Mode::Shadow | Mode::Announce => self.shadow_book(),
        }
    }
}

/// What a result belongs to: the one key of "the same".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    /// First, so that keys are told apart by one comparison of integers.
    digest: u64,
    action: Name,
    artifact: Name,
}

impl ItemKey {
    /// The item of an action that belongs to the customer's own thing.
    #[must_use]
    pub fn new(action: &Name, artifact: &Name) -> Self {
        let digest = crate::id::digest(&[action, artifact]);
        Self { digest, action: action.clone(), artifact: artifact.clone() }
    }

    /// The action.
    #[must_use]
    pub const fn action(&self) -> &Name {
        &self.action
    }

    /// The customer's own thing.
    #[must_use]
    pub const fn artifact(&self) -> &Name {
        &self.artifact
    }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No action's name has a slash in it.
        write!(f, "{}/{}", self.action, self.artifact)
    }
}

impl Word for ItemKey {
    const WHAT: &'static str = "an item";

    fn of_text(text: &str) -> Option<Self> {
        let (action, artifact) = text.split_once('/')?;
        Some(Self::new(&Name::new(action), &Name::new(artifact)))
    }
}

serde_of_a_word!(ItemKey);

/// What is known of an item, in whatever mode it came about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The last runs that delivered it, in whatever mode, and were not corrected since: owned, where
    /// the action is charged once.
    pub delivered_by: Vec<RunId>,
    /// The delivery that free redos count from.
    pub delivered_at: Option<Time>,
    /// The last settle with an answer that was not itself a reopening.
    pub answered_at: Option<Time>,
    /// The run of that settle.
    pub answered_by: Option<RunId>,
    /// What it answered was that nothing was found.
    pub found_nothing: bool,
    /// Redos delivered.
    pub redos: u32,
    /// Failures in a row.
    pub fails: u32,
    /// The last of them.
    pub failed_at: Option<Time>,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Credits are set aside.
    Held,
    /// It ended.
    Settled,
    /// The hold was given back whole.
    Released,
    /// Its time was up.
    Expired,
}

/// One run, what it is and how it ended, the same in both books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Where it stands.
    pub status: RunStatus,
    /// Which action.
    pub action: Name,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// Is the artifact "the same" for this action?
    pub tracked: bool,
    /// What kind.
    pub kind: RunKind,
    /// A redo that is free.
    pub free_redo: bool,
    /// The mode it began in.
    pub mode: Mode,
    /// Production or experiment.
    pub purpose: Purpose,
    /// By which member.
    pub member: Option<Name>,
    /// Units asked for.
    pub quantity: Option<u64>,
    /// On which model.
    pub model: Option<Name>,
    /// The customer's key pays the model.
    pub on_your_key: bool,
    /// When it began.
    pub opened_at: Time,
    /// Held until before this instant.
    pub expires_at: Time,
    /// No extension goes beyond this instant.
    pub latest_at: Time,
    /// The quote it used.
    pub quote: Option<QuoteUsed>,
    /// What was agreed to.
    pub confirmation: Option<Confirmation>,
    /// Needed agreement that was taken as given.
    pub unconfirmed: bool,
    /// The plan it began on, and stays on.
    pub plan: Name,
    /// The contract's version it lives under.
    pub contract: u32,
    /// The revision of operations it lives under.
    pub operations: u32,
    /// Free notes.
    pub metadata: BTreeMap<String, String>,
    /// What today's billing did.
    pub today: Option<Today>,
    /// Would it have been refused in the shadow books? The code.
    pub would_deny: Option<crate::decide::Code>,
    /// What it would cost then, where it has a price.
    pub denied_price: Option<Amount>,
    /// How it ended.
    pub end: Option<RunEnd>,
    /// What was given back of it, the oldest first; of very many the last [`REFUNDS`].
    pub refunds: Vec<RefundNote>,
    /// Calls made for it.
    pub attempts: Vec<AttemptFacts>,
    /// The typical cost that is counted as long as none are reported.
    pub assumed: Option<crate::entry::Assumed>,
    /// The entry that last changed it.
    pub seq: u64,
    /// What was available right after it began, ended, or something of it was given back: what its
    /// receipt says is left stays what it was.
    pub left: Amount,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunEnd {
    /// In the customer's terms.
    pub outcome: Outcome,
    /// As reported, or as corrected since.
    pub reported: Reported,
    /// The report that settled it, word for word: the same again is no new one.
    pub first: Reported,
    /// A finer reason.
    pub reason: Option<String>,
    /// Who said so.
    pub decided_by: DecidedBy,
    /// When.
    pub at: Time,
    /// It was reported after its time was up.
    pub late: bool,
    /// It was corrected afterwards.
    pub corrected: bool,
}

/// So many refunds of one run are told in its receipt; all of them stand in the journal.
pub const REFUNDS: usize = 64;

/// What is told of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundNote {
    /// When.
    pub at: Time,
    /// How much.
    pub amount: Amount,
    /// It was found out that the run ended otherwise.
    pub corrected: bool,
    /// Why.
    pub reason: Option<String>,
    /// Usable until before this instant; None: for ever.
    pub usable_until: Option<Time>,
}

/// An own AI key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKeyState {
    /// When it was stored.
    pub stored_at: Time,
    /// Its last letters.
    pub ends_with: String,
    /// When its provider refused it.
    pub refused_at: Option<Time>,
}

/// A quote that was confirmed or used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteState {
    /// Agreed to, by whom and when.
    pub confirmed: Option<(crate::entry::ConfirmedBy, Time)>,
    /// The run that used it.
    pub used_by: Option<RunId>,
    /// It can be forgotten from then on.
    pub expires_at: Time,
}

/// A payment that was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentState {
    /// Its grant, where what comes back goes; None for a renewal's payment.
    pub grant: Option<crate::id::GrantId>,
    /// Others that its credits are in: what came back once went to a new one.
    pub others: Vec<crate::id::GrantId>,
    /// How many credits it bought.
    pub credits: Amount,
    /// What was paid, as text.
    pub paid: Option<String>,
    /// How much of it was asked back, whether it could be taken or not.
    pub clawed_back: Amount,
    /// What people asked back of it: a floor under what claims ask, whichever came first.
    pub by_hand: Amount,
    /// What a provider told of claims to its money, by their ids.
    pub claims: BTreeMap<Name, Claim>,
    /// When it came.
    pub at: Time,
    /// The entry that booked it.
    pub seq: u64,
}

impl PaymentState {
    /// All grants that its credits are in, as far as they are still kept.
    #[must_use]
    pub fn grants(&self) -> Vec<crate::id::GrantId> {
        self.grant.iter().chain(&self.others).copied().collect()
    }
}

/// A subscription, as a payment provider told of it last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionState {
    /// When that was, by the provider's clock.
    pub at: Time,
    /// What was told of that same instant: the provider's clock shows only seconds.
    pub events: Vec<Name>,
    /// It was on once.
    pub began: bool,
    /// It is over for good.
    pub over: bool,
    /// How it stands.
    pub standing: Standing,
}

/// Cost of this customer's runs within one window each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostCounters {
    /// Runs that cost the customer nothing: paid by us.
    pub by_us: CostWindow,
    /// Calls on the customer's own key this month.
    pub on_key: CostWindow,
}

/// A sum that begins anew with each window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostWindow {
    /// When the window it belongs to began.
    pub from: Option<Time>,
    /// The sum of what is known, and of what unknown costs are estimated at.
    pub sum: Cost,
    /// How many more were reported of which not even an estimate is known.
    pub unknown: u32,
}

impl CostWindow {
    /// The sum, if it belongs to the window that began at `from`.
    #[must_use]
    pub fn within(&self, from: Time) -> Cost {
        if self.from == Some(from) { self.sum } else { Cost::ZERO }
    }

    /// How many are unknown in the window that began at `from`.
    #[must_use]
    pub fn unknown_within(&self, from: Time) -> u32 {
        if self.from == Some(from) { self.unknown } else { 0 }
    }

    /// Takes back what was added to the window that began at `from`; an older one is over.
    pub fn take_back(&mut self, from: Time, cost: Cost, unknown: u32) {
        if self.from == Some(from) {
            self.sum = self.sum.minus(cost).unwrap_or(self.sum);
            self.unknown = self.unknown.saturating_sub(unknown);
        }
    }

    /// Adds to the window that began at `from`; an older sum is dropped, an older window is over.
    pub fn add(&mut self, from: Time, cost: Cost, unknown: u32) {
        if self.from.is_some_and(|current| from < current) {
            return;
        }
        self.sum = self.within(from).plus(cost).unwrap_or(self.sum);
        self.unknown = self.unknown_within(from).saturating_add(unknown);
        self.from = Some(from);
    }
}
