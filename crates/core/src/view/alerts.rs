//! Alerts: what a customer is told before a limit is hit. Used, runs out at their own pace, expires.
//!
//! These say what holds now; that each is told once per threshold and period is for whoever tells.

use super::words::say;
use super::{Alert, Desk};
use crate::amount::Amount;
use crate::contract::words::State;
use crate::contract::{Percent, share_of};
use crate::id::GrantId;
use crate::phrase;
use crate::time::{Time, TimeUnit};

/// The days that the pace is taken over.
const PACE_DAYS: u64 = 28;

impl Desk<'_> {
    /// The alerts that hold now, in the order used, runs out, expires.
    #[must_use]
    pub fn alerts(&self) -> Vec<Alert> {
        let used = self.used_alert();
        let runs_out = self.runs_out_alert();
        let expires = self.expiry_alerts().into_iter().map(|(_, alert)| alert);
        used.into_iter().chain(runs_out).chain(expires).collect()
    }

    /// The highest threshold reached: charged this period ÷ (charged this period + available).
    pub(super) fn used_so_far(&self) -> Option<Percent> {
        let book = &self.customer.real;
        let charged = book.charged_in_period;
        let whole = charged.plus(book.available().less(Amount::ZERO))?;
        let share = share_of(charged, whole)?;
        let reached = |threshold: &&Percent| **threshold <= share;
        self.terms.contract.limits.alerts.used.iter().filter(reached).max().copied()
    }

    pub(super) fn used_alert(&self) -> Option<Alert> {
        let threshold = self.used_so_far()?;
        let values = [
            ("percent", Some(threshold.to_string())),
            ("available", Some(phrase::credits(self.customer.real.available()))),
        ];
        let words = say(self.terms.contract, None, State::AlertUsed, &values);
        Some(Alert {
            alert: "used",
            at: Some(threshold.to_string()),
            on: None,
            amount: None,
            words,
        })
    }

    /// When the credits are gone at the customer's own pace of the last 28 days; None: not in sight.
    #[must_use]
    pub fn runs_out_on(&self) -> Option<Time> {
        let zone = self.terms.zone();
        let today = zone.day_number(self.now);
        let days = &self.customer.real.days;
        // The 28 days that end with today; fewer where the customer is newer, today counted.
        let charged = days.before(today.saturating_add(1)).0;
        if !charged.is_positive() {
            return None;
        }
        let opened = zone.day_number(self.customer.opened_at);
        let known = today.saturating_sub(opened).saturating_add(1).max(1);
        let over = u64::try_from(known).ok()?.min(PACE_DAYS);
        let available = self.customer.real.available().less(Amount::ZERO);
        let left = available.times(over)?.how_many(charged)?;
        let left = u32::try_from(left).ok()?;
        Some(crate::Length::new(left, TimeUnit::Day).after(zone.day(self.now).from, zone))
    }

    /// When the credits are gone, where that is within the contract's warning.
    pub(super) fn runs_out_soon(&self) -> Option<Time> {
        let ahead = self.terms.contract.limits.alerts.runs_out?;
        self.runs_out_on().filter(|on| *on <= ahead.after(self.now, self.terms.zone()))
    }

    pub(super) fn runs_out_alert(&self) -> Option<Alert> {
        let on = self.runs_out_soon()?;
        let values = [
            ("date", Some(self.when(on))),
            ("available", Some(phrase::credits(self.customer.real.available()))),
        ];
        let words = say(self.terms.contract, None, State::AlertRunsOut, &values);
        Some(Alert { alert: "runs_out", at: None, on: Some(on), amount: None, words })
    }

    /// Each grant that expires within the widest of the warnings, with the narrowest it is within.
    pub(super) fn expiry_alerts(&self) -> Vec<(GrantId, Alert)> {
        let zone = self.terms.zone();
        let mut warnings = self.terms.contract.limits.alerts.expires.clone();
        warnings.sort_by_key(|length| length.roughly_seconds());
        let alert = |grant: &crate::state::Grant| {
            let expires = grant.expires.filter(|at| *at > self.now)?;
            let within = warnings.iter().find(|length| length.before(expires, zone) <= self.now)?;
            let values = [
                ("amount", Some(phrase::credits(grant.available))),
                ("date", Some(self.when(expires))),
            ];
            let words = say(self.terms.contract, None, State::AlertExpires, &values);
            let (at, amount) = (Some(within.to_string()), Some(grant.available));
            Some((grant.id, Alert { alert: "expires", at, on: Some(expires), amount, words }))
        };
        let open = self.customer.real.grants.iter().filter(|g| g.available.is_positive());
        open.filter_map(alert).collect()
    }
}
