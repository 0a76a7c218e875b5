//! A customer's own runs, priced by another version of their contract: what a change comes to for them.
//!
//! Each run is decided anew by the core, with the ending it had, on the plan they are on: allowances,
//! shares and what is the same again count as they do. Limits are left aside: they say how much may be
//! run, not what it costs.

use super::Desk;
use super::suppose::Supposed;
use crate::amount::Amount;
use crate::command::{Act, Actor, Again, GrantKind, Purpose, Report, RunRequest};
use crate::contract::{Contract, Limits, Operations, Outcome, Rollout};
use crate::decide::Refusal;
use crate::entry::RunKind;
use crate::id::{Name, RunId};
use crate::state::{Book, Customer, ItemKey, Run};
use crate::sums::Sums;
use crate::terms::{Catalog, Version};
use crate::time::Time;
use serde::Serialize;

/// What runs come to under the version in force and under the one that is coming.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// Runs from this instant on.
    pub from: Time,
    /// Runs until before this instant.
    pub until: Time,
    /// How many ended in that time.
    pub runs: u64,
    /// What they come to under the version in force.
    pub now: Amount,
    /// The same in money.
    pub now_money: Option<String>,
    /// What they would come to under the version that is coming.
    pub then: Amount,
    /// The same in money.
    pub then_money: Option<String>,
    /// So many of them would be refused then: they are in neither sum.
    pub refused: u64,
    /// So many of them cannot be priced by both versions: they are in neither sum.
    pub not_priced: u64,
}

/// More than so many runs of a customer are never priced for one bill: of more the newest.
pub const RUNS: usize = 1_000;

/// How long back a bill reaches, in microseconds: 30 days.
pub const REACH: i64 = 30 * 24 * 3600 * 1_000_000;

/// What one run comes to.
enum Comes {
    To(Amount),
    Refused,
    Unknown,
}

impl Desk<'_> {
    /// The bill of these runs, which are awake, under a version; `cut`: there are older ones in the
    /// time that it reaches back.
    pub(super) fn bill(&self, runs: &[RunId], cut: bool, version: &Version) -> Option<Bill> {
        let since = self.now.plus_micros(-REACH);
        let all = runs.iter().filter_map(|id| Some((*id, &**self.customer.runs.get(id)?)));
        let ended = all.filter(|(_, run)| run.end.is_some() && run.opened_at >= since);
        let mut ended: Vec<_> = ended.collect();
        ended.sort_by_key(|(id, run)| (run.opened_at, *id));
        let oldest = ended.first().map_or(self.now, |(_, run)| run.opened_at);
        let mut bill = Bill {
            from: if cut { oldest } else { since },
            until: self.now,
            runs: ended.len() as u64,
            now: Amount::ZERO,
            now_money: None,
            then: Amount::ZERO,
            then_money: None,
            refused: 0,
            not_priced: 0,
        };
        let operations = version.operations.last()?;
        let here = shop(self.terms.contract, self.terms.operations);
        let there = shop(&version.contract, operations);
        let sums = Sums::default();
        let mut now = self.as_new(&here, &sums, self.terms.contract, oldest);
        let mut then = self.as_new(&there, &sums, &version.contract, oldest);
        for (_, run) in ended {
            match (now.comes(run), then.comes(run)) {
                (Comes::To(was), Comes::To(is)) => {
                    bill.now = bill.now.plus(was)?;
                    bill.then = bill.then.plus(is)?;
                }
                (Comes::To(_), Comes::Refused) => bill.refused = bill.refused.saturating_add(1),
                _ => bill.not_priced = bill.not_priced.saturating_add(1),
            }
        }
        bill.now_money = self.money(bill.now);
        bill.then_money = version.contract.money(bill.then).map(|money| money.to_string());
        Some(bill)
    }

    /// The customer with nothing behind them and more credits than they can spend.
    fn as_new<'c>(
        &self,
        catalog: &'c Catalog,
        sums: &'c Sums,
        contract: &Contract,
        oldest: Time,
    ) -> Supposed<'c> {
        let mut customer: Customer = self.customer.clone();
        customer.contract = contract.version;
        customer.real = Book::default();
        customer.shadow = None;
        customer.runs = crate::state::Map::default();
        customer.items = crate::state::Map::default();
        customer.quotes.clear();
        customer.costs = crate::state::CostCounters::default();
        customer.expiries.clear();
        customer.open_runs = 0;
        customer.pause = None;
        customer.paid = true;
        customer.caps = crate::entry::CapsSet::default();
        if oldest < customer.anchor {
            customer.anchor = contract.zone.day(oldest).from;
        }
        let mut supposed = Supposed::of_customer(catalog, sums.clone(), customer, oldest);
        let grant = Act::Grant {
            kind: GrantKind::Gift,
            amount: Amount::credits(1_000_000_000),
            expires: Some(self.now.plus_seconds(366 * 24 * 3600)),
            reason: None,
        };
        supposed.submit(grant, Actor::product());
        supposed
    }
}

/// Only what says what things cost.
fn shop(contract: &Contract, operations: &Operations) -> Catalog {
    let Limits { batch_when_short, .. } = contract.limits;
    let limits = Limits {
        ask_from: None,
        spend_cap: None,
        at_once: u32::MAX,
        batch_when_short,
        unusual_day: None,
        alerts: crate::contract::Alerts::default(),
    };
    let contract = Contract { limits, ..contract.clone() };
    let operations = Operations { rollout: Rollout::default(), ..operations.clone() };
    Catalog::of(contract, operations)
}

impl Supposed<'_> {
    /// What a run of theirs comes to here, with the ending it had.
    fn comes(&mut self, run: &Run) -> Comes {
        let Some(end) = &run.end else { return Comes::Unknown };
        // What never costs costs nothing here, too; and it is not to count as a failure of this one.
        let is_free = run.purpose == Purpose::Experiment || end.outcome.never_charges();
        let item = run.artifact.as_ref().map(|artifact| ItemKey::new(&run.action, artifact));
        let is_known = item.is_some_and(|item| self.has_item(&item));
        let is_reopened = run.kind == RunKind::Reopened || end.outcome == Outcome::Reopened;
        // Of what was owned before the first of these runs nothing is known: it stays free.
        if (is_free && !is_reopened) || (is_reopened && !is_known) {
            return Comes::To(Amount::ZERO);
        }
        let again = match run.kind {
            RunKind::Redo => Some(Again::Redo),
            RunKind::Fresh => Some(Again::Fresh),
            RunKind::First | RunKind::Rest | RunKind::Reopened => None,
        };
        let reported = match is_reopened {
            true => Report::of(Outcome::Delivered),
            false => Report {
                parts: end.reported.parts,
                quantity: end.reported.quantity,
                ..Report::of(end.outcome)
            },
        };
        let request = RunRequest {
            action: run.action.clone(),
            artifact: run.artifact.clone(),
            quantity: run.quantity,
            model: run.model.clone(),
            again: again.filter(|_| is_known),
            own_key: true,
            confirmed: true,
            report: Some(Box::new(reported)),
            ..RunRequest::default()
        };
        self.now = run.opened_at;
        match self.run_in_one(request) {
            Ok(charged) => Comes::To(charged),
            Err(Refusal::Denied(_)) => Comes::Refused,
            Err(Refusal::Problem(_)) => Comes::Unknown,
        }
    }
}

/// Runs of the last 30 days of one action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LastDays {
    /// How many ended.
    pub runs: u64,
    /// What they were charged, less what was given back.
    pub charged: Amount,
}

impl Desk<'_> {
    /// What these runs, which are awake, come to by action, as far as they began within 30 days.
    #[must_use]
    pub fn last_days(&self, runs: &[RunId]) -> std::collections::BTreeMap<Name, LastDays> {
        let since = self.now.plus_micros(-REACH);
        let mut all = std::collections::BTreeMap::<Name, LastDays>::new();
        for id in runs {
            let Some(run) = self.customer.runs.get(id) else { continue };
            let counts = run.end.is_some() && run.purpose == Purpose::Production;
            if !counts || run.opened_at < since {
                continue;
            }
            let net = self.customer.real.legs.get(id).map_or(Amount::ZERO, |leg| leg.net());
            let of = all.entry(run.action.clone()).or_default();
            of.runs = of.runs.saturating_add(1);
            of.charged = of.charged.plus(net).unwrap_or(of.charged);
        }
        all
    }
}
