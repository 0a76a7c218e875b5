//! The statement: what each entry did to what a customer can use, as items they can read.
//!
//! Nothing is netted: what was charged and what was given back of it are two items, at two instants.
//! Of a run that has ended there is one item, where it ended; of one that is held, one where it began.
//! So the amounts of all items together are what can be used now. It reads one entry at a time, with
//! the one that its run began with; whoever keeps books walks over them.

use super::receipt::{Told, draw_line};
use super::{Desk, DrawLine};
use crate::amount::Amount;
use crate::command::GrantKind;
use crate::contract::why::{self, Came, Gone};
use crate::contract::{Action, Contract, ContractRef, Mode, Outcome};
use crate::entry::{
    Account, Corrected, DecidedBy, Ended, Entry, Facts, GrantFacts, LegEnded, PlanChanged,
    Refunded, Reported, Rule, Started,
};
use crate::id::{GrantId, Name, RunId};
use crate::state::{Leg, RefundNote, Run, RunEnd, RunStatus, held_run, record_end};
use crate::time::Time;
use serde::Serialize;

/// What an item is. Closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A run ended, and was paid for.
    Charged,
    /// A run ended, and cost nothing.
    NotCharged,
    /// A run is at work: this is set aside for it.
    Held,
    /// Charged credits were given back.
    Refund,
    /// It was found out that a run ended otherwise.
    Correction,
    /// A plan or a period of it began, and what it brought.
    Plan,
    /// Credits were given.
    Gift,
    /// Credits were given because we are sorry.
    Goodwill,
    /// Credits were bought.
    Bought,
    /// Credits were taken back with their payment.
    ClawBack,
    /// Credits ran out of time.
    Expiry,
}

impl ItemKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Charged,
        Self::NotCharged,
        Self::Held,
        Self::Refund,
        Self::Correction,
        Self::Plan,
        Self::Gift,
        Self::Goodwill,
        Self::Bought,
        Self::ClawBack,
        Self::Expiry,
    ];

    /// Its stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Charged => "charged",
            Self::NotCharged => "not_charged",
            Self::Held => "held",
            Self::Refund => "refund",
            Self::Correction => "correction",
            Self::Plan => "plan",
            Self::Gift => "gift",
            Self::Goodwill => "goodwill",
            Self::Bought => "bought",
            Self::ClawBack => "claw_back",
            Self::Expiry => "expiry",
        }
    }
}

/// A group of items that is asked for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Runs that were paid for.
    Charged,
    /// Runs that ended and cost nothing.
    NotCharged,
    /// Runs that are at work.
    Held,
    /// What was given back of a charge.
    Refunds,
    /// What came and went beside runs.
    Credits,
}

impl Only {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Charged, Self::NotCharged, Self::Held, Self::Refunds, Self::Credits];

    /// Its stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Charged => "charged",
            Self::NotCharged => "not_charged",
            Self::Held => "held",
            Self::Refunds => "refunds",
            Self::Credits => "credits",
        }
    }

    /// Is an item of this kind in it?
    #[must_use]
    pub const fn holds(self, kind: ItemKind) -> bool {
        let group = match kind {
            ItemKind::Charged => Self::Charged,
            ItemKind::NotCharged => Self::NotCharged,
            ItemKind::Held => Self::Held,
            ItemKind::Refund | ItemKind::Correction => Self::Refunds,
            ItemKind::Plan
            | ItemKind::Gift
            | ItemKind::Goodwill
            | ItemKind::Bought
            | ItemKind::ClawBack
            | ItemKind::Expiry => Self::Credits,
        };
        matches!(
            (self, group),
            (Self::Charged, Self::Charged)
                | (Self::NotCharged, Self::NotCharged)
                | (Self::Held, Self::Held)
                | (Self::Refunds, Self::Refunds)
                | (Self::Credits, Self::Credits)
        )
    }
}

/// One item of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementItem {
    /// Its id: the number of its entry, with a second number where the entry says more than one thing.
    pub item: String,
    /// When it happened.
    pub at: Time,
    /// What it is.
    pub kind: ItemKind,
    /// What it did to what can be used; below nothing: it took something.
    pub amount: Amount,
    /// The same in money.
    pub money: Option<String>,
    /// Which action.
    pub action: Option<Name>,
    /// What the button says.
    pub action_name: Option<String>,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// By which member.
    pub member: Option<Name>,
    /// Which run; its receipt says all of it.
    pub run: Option<RunId>,
    /// Which grant.
    pub grant: Option<GrantId>,
    /// How the run ended, or ended after all.
    pub outcome: Option<Outcome>,
    /// The rule that decided.
    pub rule: Option<Rule>,
    /// What the charge was drawn from.
    pub drawn: Vec<DrawLine>,
    /// Why, in one sentence.
    pub why: String,
    /// What the customer read then; null for what has no receipt.
    pub words: Option<String>,
    /// A finer reason.
    pub reason: Option<String>,
    /// What came can be used until before this instant; null: for ever, or nothing came.
    pub usable_until: Option<Time>,
    /// The version that decided.
    pub contract: ContractRef,
    /// The entry of the books that says it.
    pub seq: u64,
}

/// What an entry did to what can be used; None: that cannot be counted.
#[must_use]
pub fn moved(entry: &Entry) -> Option<Amount> {
    let is_theirs = |account: &Account| matches!(account, Account::Available(_) | Account::Owed);
    entry.transfers.iter().try_fold(Amount::ZERO, |sum, transfer| {
        let sum = if is_theirs(&transfer.to) { sum.plus(transfer.amount)? } else { sum };
        if is_theirs(&transfer.from) { sum.minus(transfer.amount) } else { Some(sum) }
    })
}

/// The run that an entry ends, which may have begun in another entry.
#[must_use]
pub const fn ended(entry: &Entry) -> Option<&Ended> {
    match &entry.facts {
        Facts::Settle(ended)
        | Facts::Release(ended)
        | Facts::ExpireRun(ended)
        | Facts::Run { ended, .. }
            if !ended.late =>
        {
            Some(ended)
        }
        _ => None,
    }
}

/// The kind of what an entry says first; None: nothing that stands in a statement.
#[must_use]
pub fn kind(entry: &Entry) -> Option<ItemKind> {
    if let Some(ended) = ended(entry) {
        let is_charged = ended.leg.charged.is_positive();
        return Some(if is_charged { ItemKind::Charged } else { ItemKind::NotCharged });
    }
    Some(match &entry.facts {
        Facts::StartRun(_) => ItemKind::Held,
        Facts::Refund(_) => ItemKind::Refund,
        Facts::Correct(_) => ItemKind::Correction,
        Facts::OpenCustomer(_)
        | Facts::Renew(_)
        | Facts::ChangePlan { change: PlanChanged::Now(_), .. } => ItemKind::Plan,
        Facts::Grant(granted) | Facts::TopUp(granted) => match granted.grant.kind {
            GrantKind::Gift => ItemKind::Gift,
            GrantKind::Goodwill => ItemKind::Goodwill,
            GrantKind::Bought => ItemKind::Bought,
            GrantKind::Plan => ItemKind::Plan,
        },
        // What was spent by then, or asked back already, moves nothing.
        Facts::ClawBack(_) if !entry.transfers.is_empty() => ItemKind::ClawBack,
        // Perhaps only in the shadow books.
        Facts::ExpireGrant { .. } if !entry.transfers.is_empty() => ItemKind::Expiry,
        _ => return None,
    })
}

/// An entry, with what is needed to say what it did.
#[derive(Clone, Copy, Debug)]
pub struct Posted<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// The entry that the run began with which it is about, itself perhaps.
    pub began: Option<&'a Entry>,
    /// What could be used right after it.
    pub available: Amount,
    /// Where it begins a run: that run is still held.
    pub is_held: bool,
}

/// A run as one entry tells of it.
struct Tells<'a> {
    posted: &'a Posted<'a>,
    id: RunId,
    started: &'a Started,
    contract: &'a Contract,
}

impl Desk<'_> {
    /// The items of an entry, in the order in which they stand; none where nothing happened to the
    /// customer's credits.
    #[must_use]
    pub fn statement_items(&self, posted: &Posted<'_>) -> Vec<StatementItem> {
        let entry = posted.entry;
        let Some(kind) = kind(entry) else { return Vec::new() };
        match kind {
            ItemKind::Held if !posted.is_held => Vec::new(),
            ItemKind::Held
            | ItemKind::Charged
            | ItemKind::NotCharged
            | ItemKind::Refund
            | ItemKind::Correction => self.of_run(kind, posted).unwrap_or_default(),
            _ => self.of_credits(kind, entry).into_iter().collect(),
        }
    }

    fn blank(&self, kind: ItemKind, entry: &Entry, contract: &Contract) -> StatementItem {
        StatementItem {
            item: entry.seq.to_string(),
            at: entry.at,
            kind,
            amount: Amount::ZERO,
            money: contract.money(Amount::ZERO).map(|money| money.to_string()),
            action: None,
            action_name: None,
            artifact: None,
            member: None,
            run: None,
            grant: None,
            outcome: None,
            rule: None,
            drawn: Vec::new(),
            why: String::new(),
            words: None,
            reason: None,
            usable_until: None,
            contract: contract.reference(),
            seq: entry.seq,
        }
    }

    fn of_credits(&self, kind: ItemKind, entry: &Entry) -> Option<StatementItem> {
        let contract = &self.catalog.version(entry.contract.version)?.contract;
        let mut item = self.blank(kind, entry, contract);
        item.amount = moved(entry)?;
        item.money = contract.money(item.amount).map(|money| money.to_string());
        let mut came = |grant: Option<&GrantFacts>, how: Came| {
            item.grant = grant.map(|grant| grant.grant);
            item.usable_until = grant.and_then(|grant| grant.expires);
            item.why = why::came(how).to_owned();
        };
        match &entry.facts {
            Facts::OpenCustomer(opened) => {
                let grant = opened.plan.grant.as_ref();
                came(grant, Came::PlanBegan(grant.is_some()));
            }
            Facts::ChangePlan { change: PlanChanged::Now(started), .. } => {
                came(started.grant.as_ref(), Came::PlanBegan(started.grant.is_some()));
            }
            Facts::Renew(renewed) => {
                came(renewed.grant.as_ref(), Came::Renewed(renewed.grant.is_some()));
            }
            Facts::Grant(granted) | Facts::TopUp(granted) => {
                let how = match granted.grant.kind {
                    _ if granted.restores.is_some() => Came::Restored,
                    GrantKind::Gift => Came::Gift,
                    GrantKind::Goodwill => Came::Goodwill,
                    GrantKind::Bought => Came::Bought,
                    GrantKind::Plan => Came::Renewed(true),
                };
                came(Some(&granted.grant), how);
            }
            Facts::ClawBack(claw) => {
                item.grant = Some(claw.grant);
                item.why = why::gone(Gone::ClawedBack).to_owned();
            }
            Facts::ExpireGrant { grant } => {
                item.grant = Some(*grant);
                item.why = why::gone(Gone::Expired).to_owned();
            }
            _ => return None,
        }
        Some(item)
    }

    fn of_run(&self, kind: ItemKind, posted: &Posted<'_>) -> Option<Vec<StatementItem>> {
        let (id, started) = match &posted.began?.facts {
            Facts::StartRun(started) | Facts::Run { started, .. } => (started.run, &**started),
            _ => return None,
        };
        let contract = &self.catalog.version(started.contract)?.contract;
        let tells = Tells { posted, id, started, contract };
        let action = contract.actions.get(&started.action);
        let mut item = self.blank(kind, posted.entry, contract);
        item.run = Some(id);
        item.action = Some(started.action.clone());
        item.action_name = action.map(|action| action.name.clone());
        item.artifact.clone_from(&started.artifact);
        item.member.clone_from(&started.member);
        let mut items = match &posted.entry.facts {
            Facts::Refund(refunded) => vec![self.given_back(item, &tells, refunded, None)],
            Facts::Correct(corrected) => {
                vec![self.given_back(item, &tells, &corrected.refund, Some(corrected))]
            }
            _ => match ended(posted.entry) {
                Some(ended) => self.ended_item(item, &tells, ended, action)?,
                None => vec![self.held_item(item, &tells)],
            },
        };
        for item in &mut items {
            item.money = contract.money(item.amount).map(|money| money.to_string());
        }
        Some(items)
    }

    fn held_item(&self, mut item: StatementItem, tells: &Tells<'_>) -> StatementItem {
        let price = tells.started.leg.price;
        let run = tells.run();
        let leg = Leg { started: tells.started.leg.clone(), ..Leg::default() };
        let would = tells.would(None);
        item.amount = Amount::ZERO.minus(price).unwrap_or(Amount::ZERO);
        item.drawn = tells.started.leg.drawn.iter().map(draw_line).collect();
        item.why = why::held(price).to_owned();
        item.words =
            Some(self.receipt_words(&tells.told(&run, &leg, would.as_ref()), tells.contract));
        item
    }

    /// The run; and what went with a payment that was taken back while it was held.
    fn ended_item(
        &self,
        mut item: StatementItem,
        tells: &Tells<'_>,
        ended: &Ended,
        action: Option<&Action>,
    ) -> Option<Vec<StatementItem>> {
        let LegEnded { charged, rule, .. } = ended.leg;
        let mut run = tells.run();
        run.status = match &tells.posted.entry.facts {
            Facts::Release(_) => RunStatus::Released,
            Facts::ExpireRun(_) => RunStatus::Expired,
            _ => RunStatus::Settled,
        };
        record_end(&mut run, tells.posted.entry, ended);
        let leg = Leg {
            started: tells.started.leg.clone(),
            ended: Some(ended.leg.clone()),
            ..Leg::default()
        };
        let would = tells.would(Some(ended));
        item.amount = Amount::ZERO.minus(charged)?;
        item.drawn = ended.leg.drawn.iter().map(draw_line).collect();
        item.outcome = Some(ended.outcome);
        item.rule = Some(rule);
        item.reason.clone_from(&ended.reason);
        let unit = action.map_or("result", |action| action.unit.as_str());
        item.why = why::ended(rule, ended.outcome, charged, unit);
        item.words =
            Some(self.receipt_words(&tells.told(&run, &leg, would.as_ref()), tells.contract));
        let clawed = Amount::sum(ended.leg.clawed_back.iter().map(|draw| draw.amount))?;
        let mut items = vec![item];
        if clawed.is_positive() {
            let mut gone = self.blank(ItemKind::ClawBack, tells.posted.entry, tells.contract);
            gone.item = format!("{}.2", tells.posted.entry.seq);
            gone.amount = Amount::ZERO.minus(clawed)?;
            gone.run = Some(tells.id);
            gone.grant = ended.leg.clawed_back.first().and_then(|draw| draw.grant);
            gone.why = why::gone(Gone::ClawedBackLater).to_owned();
            items.push(gone);
        }
        Some(items)
    }

    fn given_back(
        &self,
        mut item: StatementItem,
        tells: &Tells<'_>,
        refunded: &Refunded,
        corrected: Option<&Corrected>,
    ) -> StatementItem {
        let outcome = corrected.map(|corrected| corrected.outcome);
        let entry = tells.posted.entry;
        let mut run = tells.run();
        run.status = RunStatus::Settled;
        run.end = Some(end_of(entry.at, outcome));
        run.refunds.push(RefundNote {
            at: entry.at,
            amount: refunded.amount,
            corrected: corrected.is_some(),
            reason: refunded.reason.clone(),
            usable_until: refunded.usable_until,
        });
        let leg =
            Leg { started: tells.started.leg.clone(), refunded: refunded.amount, ..Leg::default() };
        item.amount = refunded.amount;
        item.outcome = outcome;
        item.rule = corrected.map(|_| Rule::Corrected);
        item.reason.clone_from(&refunded.reason);
        item.usable_until = refunded.usable_until.filter(|_| refunded.amount.is_positive());
        item.why = why::given_back(outcome).to_owned();
        let is_any = refunded.amount.is_positive();
        let words = || self.receipt_words(&tells.told(&run, &leg, None), tells.contract);
        item.words = is_any.then(words);
        item
    }
}

impl<'a> Tells<'a> {
    /// The run as it began.
    fn run(&self) -> Run {
        held_run(self.posted.began.unwrap_or(self.posted.entry), self.started)
    }

    /// What it is where everything is enforced; it is only told in announce.
    fn would(&self, ended: Option<&Ended>) -> Option<Leg> {
        if self.started.mode != Mode::Announce {
            return None;
        }
        let there = self.posted.began.and_then(|began| began.shadow.as_ref());
        let started = there.map_or(Some(&self.started.leg), |shadow| shadow.started.as_ref())?;
        let ended = ended.and_then(|ended| match &self.posted.entry.shadow {
            Some(shadow) => shadow.ended.clone(),
            None => Some(ended.leg.clone()),
        });
        Some(Leg { started: started.clone(), ended, ..Leg::default() })
    }

    fn told<'t>(&self, run: &'t Run, leg: &'t Leg, would: Option<&'t Leg>) -> Told<'t> {
        Told { id: self.id, run, leg, would, available: self.posted.available }
    }
}

/// That a run has ended, as far as the words of what was given back depend on it.
fn end_of(at: Time, corrected: Option<Outcome>) -> RunEnd {
    let outcome = corrected.unwrap_or(Outcome::Delivered);
    let reported = Reported { outcome, parts: None, quantity: None };
    RunEnd {
        outcome,
        reported,
        first: reported,
        reason: None,
        decided_by: DecidedBy::Product,
        at,
        late: false,
        corrected: corrected.is_some(),
    }
}
