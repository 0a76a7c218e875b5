//! Events: what the world outside is told of a customer's books.
//!
//! An event says that something happened and how the wallet stands right after; whoever needs more
//! reads the receipt. Most are what an entry says, in the words of the API; some are told ahead of
//! something (`wallet.used`, `terms.changing`), each once. There are no costs in them, and nothing of the
//! shadow books; what else is not for customers is listed here. Whoever tells them is not known.

mod again;
mod kind;

pub use again::Rest;
pub use kind::EventKind;

use crate::amount::Amount;
use crate::command::{AutoTopUpTerms, KeyChange};
use crate::contract::{ContractRef, Mode, Outcome};
use crate::entry::{Account, Entry, Facts, PlanChanged, Resumed, Rule, RunKind};
use crate::id::{GrantId, Name, OverrideId, RunId};
use crate::state::{Customer, RunStatus};
use crate::time::{Time, Window};
use crate::view::WalletLine;
use serde::Serialize;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// What.
    #[serde(skip)]
    pub kind: EventKind,
    /// When.
    #[serde(skip)]
    pub at: Time,
    /// Told only once to each customer, under this name.
    #[serde(skip)]
    pub once: Option<String>,
    /// Whose.
    pub customer: Name,
    /// The member it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Name>,
    /// The entry it follows from; the last one where it follows from none.
    pub seq: u64,
    /// The wallet right after that entry.
    pub wallet: WalletLine,
    /// What it is about, under the name of that.
    #[serde(flatten)]
    pub about: About,
}

/// What an event is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A run.
    Run(OfRun),
    /// Credits.
    Grant(OfGrant),
    /// A claw-back.
    ClawBack {
        /// Of which payment.
        payment: Name,
        /// Taken now.
        taken: Amount,
        /// Spent already.
        unrecovered: Amount,
    },
    /// Something told ahead.
    Alert(crate::view::Alert),
    /// A top-up that is due.
    TopUp(OfTopUp),
    /// The customer.
    #[serde(rename = "change")]
    Customer(OfCustomer),
    /// Their own limits.
    Caps(crate::entry::CapsSet),
    /// Special terms.
    Override {
        /// Which.
        id: OverrideId,
        /// They end before this instant.
        ends: Time,
    },
    /// An own key.
    OwnKey {
        /// For which provider.
        provider: Name,
        /// `stored`, `removed` or `refused`.
        now: &'static str,
    },
    /// A quote.
    Quote {
        /// Which.
        quote: Name,
    },
    /// A question about a run.
    Question {
        /// Which.
        question: Name,
        /// About which run.
        run: RunId,
    },
    /// A version of the contract.
    Terms(OfTerms),
}

/// A run, as its events tell it. The receipt has the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfRun {
    /// Which.
    pub run: RunId,
    /// Which action.
    pub action: Name,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// What kind of run it is.
    pub kind: RunKind,
    /// The mode it began in.
    pub mode: Mode,
    /// Where it stands.
    pub status: RunStatus,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The rule that decided.
    pub rule: Option<Rule>,
    /// Set aside when it began.
    pub held: Amount,
    /// Charged when it ended.
    pub charged: Amount,
    /// Given back since.
    pub refunded: Amount,
    /// Held until before this instant.
    pub expires_at: Time,
}

/// Credits that came, went, or will.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfGrant {
    /// Which.
    pub grant: GrantId,
    /// Their kind.
    pub kind: &'static str,
    /// How much.
    pub amount: Amount,
    /// Usable until before this instant.
    pub expires: Option<Time>,
    /// The payment that bought them.
    pub payment: Option<Name>,
    /// They are not bought anew: they had been taken back, and what took them came to nothing.
    pub restored: bool,
    /// Why.
    pub reason: Option<String>,
}

/// A top-up that the customer asked for ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfTopUp {
    /// How many credits to book once they are paid.
    pub credits: Amount,
    /// Because less than this can be used.
    pub below: Amount,
    /// At most so many credits a month.
    pub month_at_most: Amount,
    /// So many were bought in this month already.
    pub bought_this_month: Amount,
}

/// What changed about a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OfCustomer {
    /// Their plan now.
    pub plan: Name,
    /// A plan that waits for the period's end.
    pub next_plan: Option<Name>,
    /// The paid period.
    pub period: Option<Window>,
    /// The payment that paid it.
    pub payment: Option<Name>,
    /// Why they are paused.
    pub reason: Option<String>,
    /// What an unusual day came to before the run, and what is usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<Amount>,
    /// See `today`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual: Option<Amount>,
    /// The item whose pause was lifted, `action/artifact`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

/// A version that will begin, or began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfTerms {
    /// Which.
    pub contract: ContractRef,
    /// Not before this instant.
    pub effective: Time,
    /// `at_once`, or `next_period`: with the first period that begins then or later.
    pub starts: &'static str,
}

/// What an own key is from then on.
const fn key_is(change: &KeyChange) -> &'static str {
    match change {
        KeyChange::Stored(_) => "stored",
        KeyChange::Removed => "removed",
        KeyChange::Refused => "refused",
    }
}

/// The member who did, or is spoken of.
fn member(customer: &Customer, run: Option<RunId>) -> Option<Name> {
    customer.runs.get(&run?)?.member.clone()
}

/// Words of events that are for the product alone: why somebody was paused, or given credits. Customers are
/// told why they are paused where the contract's words do, in their card and in refusals; never by events.
pub const FOR_THE_PRODUCT: [(&str, &str); 2] = [("change", "reason"), ("grant", "reason")];

impl Event {
    /// What an entry says, told of the state right after it; None: nothing that others are told.
    #[must_use]
    pub fn of(entry: &Entry, customer: &Customer, wallet: WalletLine) -> Option<Self> {
        let (kind, about) = told(entry, customer)?;
        Some(Self {
            kind,
            at: entry.at,
            once: None,
            customer: customer.id.clone(),
            member: member(customer, entry.run),
            seq: entry.seq,
            wallet,
            about,
        })
    }
}

fn told(entry: &Entry, customer: &Customer) -> Option<(EventKind, About)> {
    use EventKind as Kind;
    let of_run = || Some(About::Run(run(customer, entry.run?)?));
    Some(match &entry.facts {
        Facts::StartRun(_) => (Kind::RunHeld, of_run()?),
        Facts::Settle(_) | Facts::Run { .. } => (Kind::RunSettled, of_run()?),
        Facts::Release(_) => (Kind::RunReleased, of_run()?),
        Facts::ExpireRun(_) => (Kind::RunExpired, of_run()?),
        Facts::Extend { .. } => (Kind::RunExtended, of_run()?),
        Facts::Refund(_) => (Kind::RunRefunded, of_run()?),
        Facts::Correct(_) => (Kind::RunCorrected, of_run()?),
        Facts::Grant(granted) | Facts::TopUp(granted) => (Kind::GrantAdded, added(granted)),
        // What was asked back by then already, or came to nothing before it was told, took nothing.
        Facts::ClawBack(claw)
            if [claw.taken, claw.later, claw.unrecovered].iter().all(|part| part.is_zero()) =>
        {
            return None;
        }
        Facts::ClawBack(claw) => {
            let (taken, unrecovered) = (claw.taken, claw.unrecovered);
            let payment = claw.payment.clone();
            (Kind::GrantClawedBack, About::ClawBack { payment, taken, unrecovered })
        }
        Facts::ExpireGrant { grant } => (Kind::GrantExpired, expired(entry, *grant)?),
        Facts::SetCaps(caps) => (Kind::CapsChanged, About::Caps(caps.clone())),
        Facts::Override(terms) => {
            (Kind::OverrideBegan, About::Override { id: terms.id, ends: terms.ends })
        }
        Facts::OwnKey { provider, change } => {
            let (provider, now) = (provider.clone(), key_is(change));
            (Kind::OwnKeyChanged, About::OwnKey { provider, now })
        }
        Facts::ConfirmQuote { quote, .. } => {
            (Kind::QuoteConfirmed, About::Quote { quote: quote.clone() })
        }
        Facts::BeginVersion { .. } => {
            let (contract, effective) = (entry.contract.clone(), entry.at);
            let starts = "at_once";
            (Kind::TermsBegan, About::Terms(OfTerms { contract, effective, starts }))
        }
        // The cost book only.
        Facts::Attempts { .. } => return None,
        facts => of_customer(facts, customer)?,
    })
}

/// What changes who a customer is, or what they may.
fn of_customer(facts: &Facts, customer: &Customer) -> Option<(EventKind, About)> {
    let mut is = OfCustomer {
        plan: customer.plan.clone(),
        next_plan: customer.next_plan.clone(),
        period: Some(customer.period),
        ..OfCustomer::default()
    };
    let kind = match facts {
        Facts::OpenCustomer(_) => EventKind::CustomerOpened,
        Facts::UpdateCustomer(_) => EventKind::CustomerChanged,
        Facts::ChangePlan { change, .. } => {
            if let PlanChanged::Now(started) = change {
                is.period = Some(started.period);
            }
            EventKind::CustomerPlanChanged
        }
        Facts::Renew(renewed) => {
            is.payment.clone_from(&renewed.payment);
            EventKind::CustomerRenewed
        }
        Facts::Pause { reason } => {
            is.reason = Some(reason.clone());
            EventKind::CustomerPaused
        }
        Facts::Resume(resumed) => {
            if let Resumed::Item { action, artifact } = resumed {
                is.item = Some(format!("{action}/{artifact}"));
            }
            EventKind::CustomerResumed
        }
        _ => return None,
    };
    Some((kind, About::Customer(is)))
}

fn run(customer: &Customer, id: RunId) -> Option<OfRun> {
    let run = customer.runs.get(&id)?;
    let leg = customer.real.legs.get(&id);
    let zero = Amount::ZERO;
    Some(OfRun {
        run: id,
        action: run.action.clone(),
        artifact: run.artifact.clone(),
        kind: run.kind,
        mode: run.mode,
        status: run.status,
        outcome: run.end.as_ref().map(|end| end.outcome),
        rule: leg.and_then(|leg| leg.ended.as_ref()).map(|ended| ended.rule),
        held: leg.map_or(zero, |leg| leg.started.price),
        charged: leg.map_or(zero, |leg| leg.charged()),
        refunded: leg.map_or(zero, |leg| leg.refunded),
        expires_at: run.expires_at,
    })
}

fn added(granted: &crate::entry::Granted) -> About {
    About::Grant(OfGrant {
        grant: granted.grant.grant,
        kind: granted.grant.kind.word(),
        amount: granted.grant.amount,
        expires: granted.grant.expires,
        payment: granted.payment.clone(),
        restored: granted.restores.is_some(),
        reason: granted.reason.clone(),
    })
}

/// What moved is all that was left; where nothing did, it expired in the shadow books only.
fn expired(entry: &Entry, grant: GrantId) -> Option<About> {
    let moved = entry.transfers.first()?;
    let Account::Expired(kind) = moved.to else { return None };
    Some(About::Grant(OfGrant {
        grant,
        kind: kind.word(),
        amount: moved.amount,
        expires: Some(entry.at),
        payment: None,
        restored: false,
        reason: None,
    }))
}

impl OfTopUp {
    /// What a customer's own terms ask for.
    #[must_use]
    pub const fn of(terms: AutoTopUpTerms, bought_this_month: Amount) -> Self {
        let AutoTopUpTerms { below, credits, month_at_most } = terms;
        Self { credits, below, month_at_most, bought_this_month }
    }
}
