//! The small summary of everyone in one environment: what suppliers cost us today, what we paid for
//! free runs this month, how often each action found something in the last 30 days.
//!
//! It is added up from entries as they are written and kept beside the journal. What belongs to a day
//! or a month that is over, because it was noticed or reported only later, counts in none.

use probity_core::contract::Outcome;
use probity_core::entry::{AttemptFacts, Costed, Ended, Entry, Facts};
use probity_core::state::{Customer, Run};
use probity_core::sums::{Found, Sums};
use probity_core::{Cost, Name, Time, Zone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days that a found rate looks back.
const FOUND_DAYS: i32 = 30;

/// What is added up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Everyone {
    /// The calendar day that `supplier` is of.
    day: i32,
    supplier: Cost,
    /// Where the calendar month that `we_paid` is of began.
    month: Option<Time>,
    we_paid: Cost,
    /// By action and day: found something, of so many.
    found: BTreeMap<Name, BTreeMap<i32, (u64, u64)>>,
}

impl Everyone {
    /// Counts an entry, `before` being its customer as they were; true if it counted for anything.
    pub(crate) fn count(&mut self, before: Option<&Customer>, entry: &Entry, zone: &Zone) -> bool {
        self.begin_windows(entry.at, zone);
        match &entry.facts {
            Facts::Run { started, ended } => self.ending(&started.action, ended, entry.at, zone),
            Facts::Settle(ended) | Facts::Release(ended) | Facts::ExpireRun(ended) => {
                let run = run_of(before, entry);
                let action = run.map(|run| run.action.clone()).unwrap_or_default();
                self.no_longer_assumed(run, &ended.costs, zone);
                self.ending(&action, ended, entry.at, zone)
            }
            Facts::Attempts { attempts, costs } => {
                self.no_longer_assumed(run_of(before, entry), costs, zone);
                self.spent(attempts, costs, entry.at, zone);
                true
            }
            _ => false,
        }
    }

    fn ending(&mut self, action: &Name, ended: &Ended, at: Time, zone: &Zone) -> bool {
        self.spent(&ended.attempts, &ended.costs, at, zone);
        let found = match ended.outcome {
            Outcome::Delivered | Outcome::Partial => 1,
            Outcome::Empty => 0,
            _ => return true,
        };
        let today = zone.day_number(at);
        let days = self.found.entry(action.clone()).or_default();
        let day = days.entry(today).or_default();
        *day = (day.0 + found, day.1 + 1);
        days.retain(|day, _| today - *day < FOUND_DAYS);
        true
    }

    /// Adds calls to the day, and what we pay to the month.
    fn spent(&mut self, attempts: &[AttemptFacts], costs: &Costed, at: Time, zone: &Zone) {
        if !attempts.is_empty() && zone.day_number(at) == self.day {
            let ours = attempts.iter().filter(|attempt| !attempt.own_key).filter_map(|a| a.cost);
            self.supplier = ours.fold(self.supplier, |sum, cost| sum.plus(cost).unwrap_or(sum));
        }
        if costs.by_us.is_positive() && self.is_this_month(at, zone) {
            self.we_paid = self.we_paid.plus(costs.by_us).unwrap_or(self.we_paid);
        }
    }

    /// Takes back what was assumed of a run when it ended, if that was this month.
    fn no_longer_assumed(&mut self, run: Option<&Run>, costs: &Costed, zone: &Zone) {
        let (Some(assumed), Some(run)) = (costs.instead_of, run) else { return };
        // One that is reported late ended when its time was up.
        let ended = run.end.as_ref().map(|end| end.at.min(run.expires_at));
        if ended.is_some_and(|at| self.is_this_month(at, zone)) {
            let rest = self.we_paid.minus(assumed.by_us).unwrap_or(self.we_paid);
            self.we_paid = rest.max(Cost::ZERO);
        }
    }

    fn is_this_month(&self, at: Time, zone: &Zone) -> bool {
        self.month == Some(zone.month(at).from)
    }

    fn begin_windows(&mut self, now: Time, zone: &Zone) {
        let (day, month) = (zone.day_number(now), zone.month(now).from);
        if day > self.day {
            (self.day, self.supplier) = (day, Cost::ZERO);
        }
        if self.month.is_none_or(|current| current < month) {
            (self.month, self.we_paid) = (Some(month), Cost::ZERO);
        }
    }

    /// What decisions see of it at `now`.
    pub(crate) fn sums(&mut self, now: Time, zone: &Zone) -> Sums {
        self.begin_windows(now, zone);
        let today = zone.day_number(now);
        let found = self.found.iter().map(|(action, days)| {
            let days = days.iter().filter(|(day, _)| today - **day < FOUND_DAYS);
            let sum = days.fold((0, 0), |sum, (_, day)| (sum.0 + day.0, sum.1 + day.1));
            (action.clone(), Found { found: sum.0, of: sum.1 })
        });
        Sums {
            supplier_cost: self.supplier,
            supplier_window_ends: Some(zone.day(now).until),
            we_paid: self.we_paid,
            we_paid_window_ends: Some(zone.month(now).until),
            found: found.collect(),
        }
    }
}

/// The run that an entry is about, as it was before.
fn run_of<'a>(before: Option<&'a Customer>, entry: &Entry) -> Option<&'a Run> {
    before?.runs.get(&entry.run?).map(AsRef::as_ref)
}
