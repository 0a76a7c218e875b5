//! The shapes of answers, as they leave the program in JSON. Field names and meanings are fixed.

use super::receipt::RefundLine;
use crate::amount::Amount;
use crate::command::{Member, Purpose, Renews};
use crate::contract::{Allowance, ContractRef, Mode, Outcome};
use crate::decide::Limit;
use crate::entry::{AttemptFacts, Confirmation, DecidedBy, Rule, RunKind};
use crate::id::{GrantId, Name, RunId};
use crate::money::Cost;
use crate::state::RunStatus;
use crate::time::{Time, Window};
use serde::Serialize;
use std::collections::BTreeMap;

/// The wallet in one line, in the answer to a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WalletLine {
    /// Settled, less what is owed.
    pub balance: Amount,
    /// Set aside for runs.
    pub held: Amount,
    /// What can be spent, before any credit line; below nothing by what of that line is used.
    pub available: Amount,
    /// Owed on a credit line.
    pub owed: Amount,
    /// How far below nothing `available` may go; left out where it may not.
    #[serde(skip_serializing_if = "is_nothing")]
    pub credit_line: Amount,
}

impl WalletLine {
    /// Of what there is, with what follows from that.
    #[must_use]
    pub fn of(available: Amount, held: Amount, owed: Amount, credit_line: Amount) -> Self {
        let balance = available.plus(held).unwrap_or(available);
        Self { balance, held, available, owed, credit_line }
    }
}

fn is_nothing(amount: &Amount) -> bool {
    amount.is_zero()
}

/// A customer's wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wallet {
    /// Whose.
    pub customer: Name,
    /// The four numbers.
    #[serde(flatten)]
    pub line: WalletLine,
    /// The balance in money.
    pub money: Option<String>,
    /// Open grants, in the order they are drawn.
    pub grants: Vec<GrantLine>,
    /// Allowances by action.
    pub allowances: BTreeMap<Name, AllowanceLine>,
    /// Caps.
    pub caps: CapsLine,
    /// How many runs of each priced action that the plan offers.
    pub enough_for: BTreeMap<Name, u64>,
    /// When the credits are gone at the customer's own pace; null: not in sight.
    pub runs_out_on: Option<Time>,
    /// What the customer is told before a limit is hit.
    pub alerts: Vec<Alert>,
    /// The paid period.
    pub period: Window,
    /// The last entry this has seen.
    pub as_of_seq: u64,
}

/// Something told before a limit is hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// `used`, `runs_out` or `expires`.
    pub alert: &'static str,
    /// The threshold that was reached: a share of the credits, or how long before.
    pub at: Option<String>,
    /// The instant it is about.
    pub on: Option<Time>,
    /// The credits it is about.
    pub amount: Option<Amount>,
    /// What the customer reads.
    pub words: String,
}

/// A grant in the wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GrantLine {
    /// Its id.
    pub grant: GrantId,
    /// Its kind.
    pub kind: &'static str,
    /// What was given.
    pub amount: Amount,
    /// What can be drawn.
    pub available: Amount,
    /// What is set aside.
    pub held: Amount,
    /// From when.
    pub effective: Time,
    /// Until before when; null: for ever.
    pub expires: Option<Time>,
    /// What was paid for it.
    pub paid: Option<String>,
}

/// An allowance as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AllowanceLine {
    /// Units and window.
    #[serde(flatten)]
    pub allowance: Allowance,
    /// Units used.
    pub used: u64,
    /// When it begins anew.
    pub resets_at: Time,
}

/// Caps as they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CapsLine {
    /// The cap that applies to the customer a month; null: none, or by another window.
    pub month: Option<Amount>,
    /// Used of it.
    pub used: Amount,
    /// Members' caps.
    pub members: BTreeMap<Name, Amount>,
    /// Automatic top-ups.
    pub auto_top_up: Option<crate::command::AutoTopUpTerms>,
}

/// Who a customer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustomerCard {
    /// Their id.
    pub customer: Name,
    /// Their plan.
    pub plan: Name,
    /// A plan that waits.
    pub next_plan: Option<Name>,
    /// When it begins.
    pub changes_on: Option<Time>,
    /// Their name.
    pub name: Option<String>,
    /// Who acts for them.
    pub members: Vec<Member>,
    /// How periods renew.
    pub renews: Renews,
    /// The version they live under.
    pub contract: ContractRef,
    /// An operator's pause.
    pub paused: Option<String>,
    /// The paid period.
    pub period: Window,
    /// Free notes.
    pub metadata: BTreeMap<String, String>,
    /// Their last entry.
    pub seq: u64,
}

/// A run that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunCard {
    /// Its id.
    pub run: RunId,
    /// Where it stands.
    pub status: RunStatus,
    /// What kind it is.
    pub kind: RunKind,
    /// What it costs if delivered.
    pub price: Amount,
    /// What is set aside.
    pub held: Amount,
    /// The mode it lives in.
    pub mode: Mode,
    /// Only where it was ended at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What would be, in shadow and announce.
    pub would: Option<WouldBe>,
    /// The models it may use; null: any.
    pub models_allowed: Option<Vec<String>>,
    /// Held until before this instant.
    pub expires_at: Time,
    /// What the customer reads.
    pub words: String,
    /// What the contract tells of runs on the customer's own key; null elsewhere.
    pub tell: Option<String>,
    /// The wallet after it.
    pub wallet: WalletLine,
    /// The version it lives under.
    pub contract: ContractRef,
    /// Its entry.
    pub seq: u64,
}

/// What would be if it were enforced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WouldBe {
    /// The price.
    pub price: Amount,
    /// What would be charged; null while it runs.
    pub charged: Option<Amount>,
    /// The code of the refusal, if it would be refused.
    pub denial: Option<&'static str>,
    /// Agreement that would be needed was taken as given.
    pub confirmation: bool,
}

/// A run explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Its run.
    pub run: RunId,
    /// Where it stands.
    pub status: RunStatus,
    /// Whose.
    pub customer: Name,
    /// By which member.
    pub member: Option<Name>,
    /// Which action.
    pub action: Name,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// Production or experiment.
    pub purpose: Purpose,
    /// The mode it lives in.
    pub mode: Mode,
    /// What kind it is.
    pub kind: RunKind,
    /// How it ended; null while it runs.
    pub outcome: Option<Outcome>,
    /// A finer reason.
    pub reason: Option<String>,
    /// Who said so.
    pub decided_by: Option<DecidedBy>,
    /// The rule that decided; null while it runs.
    pub rule: Option<Rule>,
    /// The rule in one sentence.
    pub why: String,
    /// The price a quote promised.
    pub quoted: Option<Amount>,
    /// What was set aside.
    pub held: Amount,
    /// What was charged.
    pub charged: Amount,
    /// What was given back since.
    pub refunded: Amount,
    /// Each time that something was given back, the oldest first.
    pub refunds: Vec<RefundLine>,
    /// What was released when it ended.
    pub released: Amount,
    /// Units that arrived, or were asked for.
    pub quantity: Option<u64>,
    /// Parts that arrived.
    pub parts: Option<u32>,
    /// Parts of the whole.
    pub parts_total: Option<u32>,
    /// Units the allowance covered.
    pub units_free: u64,
    /// What the charge was drawn from.
    pub drawn: Vec<DrawLine>,
    /// The version it lives under.
    pub contract: ContractRef,
    /// The revision of operations.
    pub operations: u32,
    /// The quote it used.
    pub quote: Option<Name>,
    /// What was agreed to.
    pub confirmation: Option<Confirmation>,
    /// It was reported after its time was up.
    pub late: bool,
    /// What would be, in shadow and announce.
    pub would: Option<WouldBe>,
    /// When it began.
    pub opened_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// What the customer reads.
    pub words: String,
    /// Calls made for it; only for the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<Vec<AttemptLine>>,
    /// What they cost us; only for the product, null where unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Option<Cost>>,
    /// The wallet.
    pub wallet: WalletLine,
    /// The entry that last changed it.
    pub seq: u64,
}

/// A part of a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrawLine {
    /// The grant; null: the credit line.
    pub grant: Option<GrantId>,
    /// Its kind, or `owed`.
    pub kind: &'static str,
    /// How much.
    pub amount: Amount,
}

/// One call with its cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttemptLine {
    /// The call.
    #[serde(flatten)]
    pub attempt: AttemptFacts,
    /// Is the cost known?
    pub cost_known: bool,
    /// SHA-256 of the price map that its tokens were priced with, hex; left out where none was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prices: Option<String>,
    /// Who pays: `us` or `customer`.
    pub paid_by: &'static str,
}

/// A price promised for one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuoteCard {
    /// The signed quote.
    pub quote: String,
    /// Its id, by which receipts and the books name it.
    pub id: Name,
    /// The price promised, free units not counted.
    pub price: Amount,
    /// What it would cost this moment.
    pub now: Amount,
    /// The price in money.
    pub money: Option<String>,
    /// Honoured until before this instant.
    pub expires_at: Time,
    /// Could it start now?
    pub sufficient: bool,
    /// Why not.
    pub denial: Option<DenialCard>,
    /// What each ending would cost; null where it depends on what arrives.
    #[serde(rename = "if")]
    pub outcomes: BTreeMap<&'static str, Option<Amount>>,
    /// The sentence to be agreed to: the harsh rule's warning, or that the allowance is used.
    pub warning: Option<String>,
    /// It must be confirmed before it is used.
    pub needs_confirmation: bool,
    /// What would be, in shadow and announce.
    pub would: Option<WouldBe>,
    /// What the contract tells of runs on the customer's own key; null elsewhere.
    pub tell: Option<String>,
    /// The version it binds.
    pub contract: ContractRef,
    /// The revision of operations it binds.
    pub operations: u32,
}

/// A refusal with its numbers, words and ways forward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DenialCard {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in one line.
    pub detail: String,
    /// Its code.
    pub code: &'static str,
    /// Never: a refusal writes nothing.
    pub applied: bool,
    /// The last entry it has seen.
    pub as_of_seq: u64,
    /// Does asking again soon help?
    pub retry_helps: bool,
    /// Which action.
    pub action: Name,
    /// What it would cost.
    pub needs: Option<Amount>,
    /// What can be spent.
    pub has: Amount,
    /// What is set aside.
    pub held: Amount,
    /// What is missing.
    pub missing: Option<Amount>,
    /// What was charged: nothing.
    pub charged: Amount,
    /// When the limit begins anew.
    pub resets_at: Option<Time>,
    /// The version it was judged under.
    pub contract: ContractRef,
    /// The limit and whose it is.
    pub limit: Limit,
    /// What the customer reads.
    pub words: String,
    /// What can be done.
    pub ways_forward: Vec<Way>,
}

/// One way forward: taken, this run would be allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Way {
    /// What to do.
    #[serde(rename = "do")]
    pub act: &'static str,
    /// Until when to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
    /// What there will be then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<String>,
    /// How many credits to buy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits: Option<Amount>,
    /// For how much money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<String>,
    /// Which plan, action, model or cap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What it needs besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// Agreement is asked for once it is taken, before the run starts; left out where it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub asks: bool,
    /// What the plan costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_price: Option<String>,
    /// What the run costs there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_there: Option<Amount>,
    /// From when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Time>,
    /// What else it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// In words.
    pub words: String,
}
