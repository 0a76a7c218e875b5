//! One set of books: grants, holds, what is owed, and the counters that limits look at.

use super::counters::{DayCounts, Spend};
use super::{ItemKey, Map};
use crate::amount::Amount;
use crate::command::{GrantKind, Purpose};
use crate::entry::{Draw, GrantFacts, LegEnded, LegStarted};
use crate::id::{GrantId, Name, RunId};
use crate::time::Time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A wallet and all that is counted beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Open grants, in the order they are drawn.
    pub grants: Vec<Grant>,
    /// Owed on a credit line.
    pub owed: Amount,
    /// Set aside for all runs.
    held: Amount,
    /// What each run is here.
    pub legs: Map<RunId, Arc<Leg>>,
    /// How many runs are at work here: in the real books those that are enforced, in the shadow
    /// books those that would not have been refused.
    pub open_runs: u32,
    /// How many of them work on one item: more than one only where nothing is refused.
    pub in_flight: BTreeMap<ItemKey, u32>,
    /// Units of allowances used, by action.
    pub used: BTreeMap<Name, Used>,
    /// Trial runs used.
    pub tried: Used,
    /// What items were charged.
    pub bought: Map<ItemKey, Bought>,
    /// Spending of the customer's month.
    pub month: Spend,
    /// Spending within the contract's own cap window, where that is not the month.
    pub cap: Spend,
    /// Spending of each member's month.
    pub members: BTreeMap<Name, Spend>,
    /// Charges by day.
    pub days: DayCounts,
    /// Charged since the period began, less what was given back of it.
    pub charged_in_period: Amount,
}

/// Credits put in a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Its kind.
    pub kind: GrantKind,
    /// What was given.
    pub amount: Amount,
    /// What can be drawn.
    pub available: Amount,
    /// What is set aside for runs.
    pub held: Amount,
    /// From when.
    pub effective: Time,
    /// Until before when; None: for ever.
    pub expires: Option<Time>,
    /// What was paid for it, as text.
    pub paid: Option<String>,
    /// Its payment was taken back: this much of what holds give back goes too.
    pub to_claw: Amount,
    /// So much of it went with its payment.
    pub clawed: Amount,
}

impl Grant {
    /// Can it be drawn at `now`?
    #[must_use]
    pub fn is_live(&self, now: Time) -> bool {
        self.expires.is_none_or(|e| now < e)
    }

    /// Does it live at least until `instant`?
    #[must_use]
    pub fn lives_until(&self, instant: Time) -> bool {
        self.expires.is_none_or(|e| instant <= e)
    }

    /// Is there anything in it, to be drawn or set aside?
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.available.is_positive() || self.held.is_positive()
    }

    /// Drawn soonest-to-expire first; ties: gift, goodwill, plan, bought, older.
    fn drawing_order(&self) -> (Time, GrantKind, Time, GrantId) {
        (self.expires.unwrap_or(Time::MAX), self.kind, self.effective, self.id)
    }
}

/// Units used of an allowance, within the window that began at `from`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// When the window began.
    pub from: Option<Time>,
    /// How many.
    pub units: u64,
}

impl Used {
    /// Units used in the window that began at `from`.
    #[must_use]
    pub fn within(&self, from: Time) -> u64 {
        if self.from == Some(from) { self.units } else { 0 }
    }

    fn take(&mut self, from: Time, units: u64) {
        self.units = self.within(from).saturating_add(units);
        self.from = Some(from);
    }

    fn give_back(&mut self, from: Time, units: u64) {
        if self.from == Some(from) {
            self.units = self.units.saturating_sub(units);
        }
    }
}

/// What an item was charged, as long as it counts: for ever where it is charged once, else until
/// the window of "the same again" is over; then it starts anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    /// Net of refunds.
    pub charged: Amount,
    /// The first charge that counts.
    pub since: Option<Time>,
    /// The last charge.
    pub last: Option<Time>,
    /// It was charged in full once, and not all of it was given back.
    pub in_full: bool,
}

impl Bought {
    /// Counts a charge; what was charged before counts no longer where the run began anew.
    fn charge(&mut self, charged: Amount, started: &LegStarted, about: &AboutRun<'_>) {
        if !charged.is_positive() {
            return;
        }
        if started.anew && self.last.is_none_or(|last| last < about.opened_at) {
            *self = Self::default();
        }
        self.charged = self.charged.plus(charged).unwrap_or(self.charged);
        self.in_full |= self.charged >= started.full;
        self.since = self.since.or(Some(about.at));
        self.last = Some(about.at);
    }
}

/// What one run is in one set of books.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// As it began.
    pub started: LegStarted,
    /// As it ended.
    pub ended: Option<LegEnded>,
    /// Given back after it was charged.
    pub refunded: Amount,
    /// What is left of the charge, by where it was drawn.
    pub drawn: Vec<Draw>,
}

impl Leg {
    /// Set aside now.
    #[must_use]
    pub const fn held(&self) -> Amount {
        if self.ended.is_none() { self.started.price } else { Amount::ZERO }
    }

    /// Charged when it ended.
    #[must_use]
    pub fn charged(&self) -> Amount {
        self.ended.as_ref().map_or(Amount::ZERO, |e| e.charged)
    }

    /// Does it count in the customer's period? What was there before an upgrade does not any more.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.started.month.is_some()
    }

    /// Charged less what was given back since.
    #[must_use]
    pub fn net(&self) -> Amount {
        self.charged().less(self.refunded)
    }
}

impl Book {
    /// What can be spent: what grants have, less what is owed; may be negative.
    #[must_use]
    pub fn available(&self) -> Amount {
        let grants = Amount::sum(self.grants.iter().map(|g| g.available));
        grants.and_then(|sum| sum.minus(self.owed)).unwrap_or(Amount::ZERO)
    }

    /// What is set aside.
    #[must_use]
    pub const fn held(&self) -> Amount {
        self.held
    }

    /// The grant of this id.
    #[must_use]
    pub fn grant(&self, id: GrantId) -> Option<&Grant> {
        self.grants.iter().find(|g| g.id == id)
    }

    pub(super) fn grant_mut(&mut self, id: GrantId) -> Option<&mut Grant> {
        self.grants.iter_mut().find(|g| g.id == id)
    }

    /// Adds a grant, or joins it to the open one of its id. Its credits come by transfers.
    pub(super) fn add_grant(&mut self, facts: &GrantFacts, paid: Option<&str>) {
        if let Some(open) = self.grant_mut(facts.grant) {
            open.amount = open.amount.plus(facts.amount).unwrap_or(open.amount);
            return;
        }
        let grant = Grant {
            id: facts.grant,
            kind: facts.kind,
            amount: facts.amount,
            available: Amount::ZERO,
            held: Amount::ZERO,
            effective: facts.effective,
            expires: facts.expires,
            paid: paid.map(str::to_owned),
            to_claw: Amount::ZERO,
            clawed: Amount::ZERO,
        };
        let at = self.grants.partition_point(|g| g.drawing_order() < grant.drawing_order());
        self.grants.insert(at, grant);
    }

    /// Grants whose time is up and that hold nothing are gone, but for those of which some was taken
    /// back: it may have to come back.
    pub(super) fn drop_dead_grants(&mut self, now: Time) {
        self.grants.retain(|g| {
            let is_open = !g.available.is_zero() || !g.held.is_zero();
            g.is_live(now) || is_open || g.clawed.is_positive()
        });
    }

    pub(super) fn start(&mut self, run: RunId, about: &AboutRun<'_>, leg: LegStarted) {
        for draw in &leg.drawn {
            if let Some(grant) = draw.grant.and_then(|id| self.grant_mut(id)) {
                grant.held = grant.held.plus(draw.amount).unwrap_or(grant.held);
            }
        }
        if let Some(from) = leg.allowance_from {
            self.used_mut(about).take(from, leg.units_free);
        }
        if let Some(month) = leg.month {
            self.month.add(month, leg.price);
            if let Some(member) = about.member {
                self.members.entry(member.clone()).or_default().add(month, leg.price);
            }
        }
        if let Some(window) = leg.cap_window {
            self.cap.add(window, leg.price);
        }
        self.held = self.held.plus(leg.price).unwrap_or(self.held);
        self.legs.insert(run, Arc::new(Leg { started: leg, ..Leg::default() }));
    }

    /// A run is at work here, on an item where it is tracked.
    pub(super) fn begin_work(&mut self, item: Option<&ItemKey>) {
        self.open_runs = self.open_runs.saturating_add(1);
        if let Some(item) = item {
            let runs = self.in_flight.entry(item.clone()).or_default();
            *runs = runs.saturating_add(1);
        }
    }

    /// A run that was at work here has ended.
    pub(super) fn end_work(&mut self, item: Option<&ItemKey>) {
        self.open_runs = self.open_runs.saturating_sub(1);
        if let Some(item) = item
            && let Some(runs) = self.in_flight.get_mut(item)
        {
            *runs = runs.saturating_sub(1);
            if *runs == 0 {
                self.in_flight.remove(item);
            }
        }
    }

    /// The counter of the allowance that a run takes from.
    fn used_mut(&mut self, about: &AboutRun<'_>) -> &mut Used {
        match about.purpose {
            Purpose::Experiment => &mut self.tried,
            Purpose::Production => self.used.entry(about.action.clone()).or_default(),
        }
    }

    pub(super) fn end(&mut self, run: RunId, about: &AboutRun<'_>, ended: &LegEnded) {
        let Some(mut leg) = self.legs.remove(&run) else { return };
        self.held = self.held.less(leg.held());
        for draw in &leg.started.drawn {
            if let Some(grant) = draw.grant.and_then(|id| self.grant_mut(id)) {
                grant.held = grant.held.less(draw.amount);
            }
        }
        for draw in &ended.clawed_back {
            if let Some(grant) = draw.grant.and_then(|id| self.grant_mut(id)) {
                grant.to_claw = grant.to_claw.less(draw.amount);
                grant.clawed = grant.clawed.plus(draw.amount).unwrap_or(grant.clawed);
            }
        }
        for draw in &leg.started.drawn {
            if let Some(grant) = draw.grant.and_then(|id| self.grant_mut(id)) {
                grant.to_claw = grant.to_claw.min(grant.held);
            }
        }
        let back = leg.started.units_free.saturating_sub(ended.units_free);
        self.return_allowance(about, &leg.started, back);
        self.return_spending(about.member, &leg.started, ended.released);
        self.days.add(about.day, ended.charged);
        if leg.counts() {
            let charged = self.charged_in_period.plus(ended.charged);
            self.charged_in_period = charged.unwrap_or(self.charged_in_period);
        }
        if let Some(item) = about.item {
            self.charge_item(item, ended.charged, &leg.started, about);
        }
        let ending = Arc::make_mut(&mut leg);
        ending.drawn.clone_from(&ended.drawn);
        ending.ended = Some(ended.clone());
        self.legs.insert(run, leg);
    }

    /// Counts a charge of an item; what was charged nothing is not kept.
    fn charge_item(
        &mut self,
        item: &ItemKey,
        charged: Amount,
        started: &LegStarted,
        about: &AboutRun<'_>,
    ) {
        let is_empty = self.bought.change(item, |bought| {
            bought.charge(charged, started, about);
            *bought == Bought::default()
        });
        if is_empty {
            self.bought.remove(item);
        }
    }

    /// These grants, in the order they are drawn.
    fn among<'a>(&'a self, these: &'a [GrantId]) -> impl Iterator<Item = &'a Grant> {
        self.grants.iter().filter(|grant| these.contains(&grant.id))
    }

    /// What is left of these grants, up to so much, soonest-to-expire first.
    #[must_use]
    pub fn left_of(&self, these: &[GrantId], most: Amount) -> Vec<(GrantId, Amount)> {
        let mut rest = most;
        let parts = self.among(these).map(|grant| {
            let part = grant.available.min(rest);
            rest = rest.less(part);
            (grant.id, part)
        });
        parts.filter(|(_, part)| part.is_positive()).collect()
    }

    /// How much holds have of these grants that would not go as they end.
    #[must_use]
    pub fn held_of(&self, these: &[GrantId]) -> Amount {
        let held = self.among(these).map(|grant| grant.held.less(grant.to_claw));
        Amount::sum(held).unwrap_or(Amount::ZERO)
    }

    /// A payment was taken back: this much of its grants goes as holds end, no more than they hold.
    pub(super) fn claw_later(&mut self, these: &[GrantId], amount: Amount) {
        let mut rest = amount;
        for grant in self.grants.iter_mut().filter(|grant| these.contains(&grant.id)) {
            let part = grant.held.less(grant.to_claw).min(rest);
            rest = rest.less(part);
            grant.to_claw = grant.to_claw.plus(part).unwrap_or(grant.held);
        }
    }

    /// Where `less` is asked back of a payment's grants of which `asked` was: how much of it is no longer
    /// waited for, and how much comes back. What was spent could never be taken, so it goes first; a grant
    /// that is gone gives nothing.
    #[must_use]
    pub fn gives_way(&self, these: &[GrantId], asked: Amount, less: Amount) -> (Amount, Amount) {
        let clawed = Amount::sum(self.among(these).map(|grant| grant.clawed));
        let waits = Amount::sum(self.among(these).map(|grant| grant.to_claw));
        let (Some(clawed), Some(waits)) = (clawed, waits) else {
            return (Amount::ZERO, Amount::ZERO);
        };
        let spent = asked.less(clawed).less(waits);
        let rest = less.less(spent);
        let waited = rest.min(waits);
        (waited, rest.less(waited).min(clawed))
    }

    /// So much less is asked back of a payment's grants; what came back stands in `into`, and what has
    /// not is asked back there from then on.
    pub(super) fn give_way(
        &mut self,
        these: &[GrantId],
        into: GrantId,
        asked: Amount,
        less: Amount,
    ) {
        let (mut waited, mut back) = self.gives_way(these, asked, less);
        let is_new = !these.contains(&into) && self.grant(into).is_some();
        let mut moved = Amount::ZERO;
        for grant in self.grants.iter_mut().filter(|grant| these.contains(&grant.id)) {
            let (no_more, came) = (waited.min(grant.to_claw), back.min(grant.clawed));
            (waited, back) = (waited.less(no_more), back.less(came));
            grant.to_claw = grant.to_claw.less(no_more);
            grant.clawed = grant.clawed.less(came);
            if is_new {
                let stays = std::mem::replace(&mut grant.clawed, Amount::ZERO);
                moved = moved.plus(stays).unwrap_or(moved);
            }
        }
        if let Some(grant) = self.grant_mut(into) {
            grant.clawed = grant.clawed.plus(moved).unwrap_or(moved);
        }
    }

    /// So much of a grant went with its payment.
    pub(super) fn claw(&mut self, id: GrantId, taken: Amount) {
        if let Some(grant) = self.grant_mut(id) {
            grant.clawed = grant.clawed.plus(taken).unwrap_or(grant.clawed);
        }
    }

    /// Allowances and limits count from nothing; what is held still, and what it comes to, counts
    /// in what was before.
    pub(super) fn begin_counting_anew(&mut self) {
        self.used.clear();
        self.tried = Used::default();
        self.month = Spend::default();
        self.cap = Spend::default();
        self.members.clear();
        self.legs.change_each(|leg| Arc::make_mut(leg).count_no_longer());
    }

    /// Takes a refund into the leg, the item and the counters. True if the item's charge is all back.
    pub(super) fn refund(
        &mut self,
        run: RunId,
        about: &AboutRun<'_>,
        amount: Amount,
        drawn: &[Draw],
    ) -> bool {
        let Some(mut leg) = self.legs.remove(&run) else { return false };
        let given_back = Arc::make_mut(&mut leg);
        given_back.refunded = given_back.refunded.plus(amount).unwrap_or(given_back.refunded);
        given_back.drawn = drawn.to_vec();
        self.return_spending(about.member, &leg.started, amount);
        self.legs.insert(run, leg);
        let Some(item) = about.item else { return false };
        let Some(bought) = self.bought.get_mut(item) else { return false };
        if bought.since.is_some_and(|since| about.at < since) {
            return false;
        }
        bought.charged = bought.charged.less(amount);
        let all_back = amount.is_positive() && bought.charged.is_zero();
        if all_back {
            self.bought.remove(item);
        }
        all_back
    }

    pub(super) fn return_allowance(&mut self, about: &AboutRun<'_>, leg: &LegStarted, units: u64) {
        if let Some(from) = leg.allowance_from {
            self.used_mut(about).give_back(from, units);
        }
    }

    fn return_spending(&mut self, member: Option<&Name>, leg: &LegStarted, amount: Amount) {
        if let Some(month) = leg.month {
            self.month.take_back(month, amount);
            if let Some(spend) = member.and_then(|m| self.members.get_mut(m)) {
                spend.take_back(month, amount);
            }
        }
        if let Some(window) = leg.cap_window {
            self.cap.take_back(window, amount);
        }
    }
}

/// What the books need to know of a run.
pub(super) struct AboutRun<'a> {
    pub(super) action: &'a Name,
    pub(super) member: Option<&'a Name>,
    /// The item, where it is tracked.
    pub(super) item: Option<&'a ItemKey>,
    pub(super) purpose: Purpose,
    /// The number of the calendar day it ends on.
    pub(super) day: i32,
    /// When it began.
    pub(super) opened_at: Time,
    /// When it ended.
    pub(super) at: Time,
}
