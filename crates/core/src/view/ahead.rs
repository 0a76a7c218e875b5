//! What is told ahead, each once: alerts, terms that will change, top-ups that were asked for.
//!
//! Here is only found what holds now; the name that each is told under says when it is told anew: with
//! another threshold, period, grant or version. Whether it was told is for whoever tells.

use super::{Alert, Desk};
use crate::amount::Amount;
use crate::contract::{Percent, Starts};
use crate::decide::{About as Why, Denial};
use crate::event::{About, Event, EventKind, OfCustomer, OfTerms, OfTopUp};
use crate::time::Time;

/// How near the limits a customer is: cheap to find out, and as long as it stays the same there is
/// nothing new to be told of the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearness {
    /// The beginning of the period it is counted in.
    since: Time,
    used: Option<Percent>,
    runs_out_soon: bool,
    /// What tells one wish for a top-up from the next: payments so far, and the day.
    wants_top_up: Option<(usize, Time)>,
}

impl Desk<'_> {
    /// How near the limits the customer is.
    #[must_use]
    pub fn nearness(&self) -> Nearness {
        let top_up = self.wanted_top_up();
        Nearness {
            since: self.customer.period.from,
            used: self.used_so_far(),
            runs_out_soon: self.runs_out_soon().is_some(),
            wants_top_up: top_up.map(|_| (self.customer.payments.len(), self.today())),
        }
    }

    /// What is told ahead of the wallet: what follows from what was used.
    #[must_use]
    pub fn ahead_of_limits(&self) -> Vec<Event> {
        let period = self.customer.period.from;
        let used = self.used_alert().map(|alert| {
            let once = format!("used/{}/{period}", alert.at.as_deref().unwrap_or_default());
            self.alert(EventKind::WalletUsed, once, alert)
        });
        let runs_out = self.runs_out_alert().map(|alert| {
            self.alert(EventKind::WalletRunsOutSoon, format!("runs_out/{period}"), alert)
        });
        used.into_iter().chain(runs_out).chain(self.top_up_wanted()).collect()
    }

    /// What is told ahead because time passes: grants that expire, versions that will begin, a top-up
    /// that came to nothing the day before.
    #[must_use]
    pub fn ahead_of_time(&self) -> Vec<Event> {
        let expiring = self.expiry_alerts().into_iter().map(|(grant, alert)| {
            let once = format!("expires/{grant}/{}", alert.at.as_deref().unwrap_or_default());
            self.alert(EventKind::GrantExpiresSoon, once, alert)
        });
        expiring.chain(self.terms_changing()).chain(self.top_up_wanted()).collect()
    }

    /// The next instant at which time alone brings something to tell; [`Time::MAX`]: none is in sight.
    #[must_use]
    pub fn next_ahead(&self) -> Time {
        let zone = self.terms.zone();
        let warnings = &self.terms.contract.limits.alerts.expires;
        let open = self.customer.real.grants.iter().filter(|grant| grant.available.is_positive());
        let expiring = open.filter_map(|grant| grant.expires);
        let instants =
            expiring.flat_map(|at| warnings.iter().map(move |length| length.before(at, zone)));
        let next = instants.filter(|at| *at > self.now).min().unwrap_or(Time::MAX);
        match self.wanted_top_up() {
            Some(_) => next.min(zone.day(self.now).until),
            None => next,
        }
    }

    /// A run was refused because the day is unusual; None: for another reason.
    #[must_use]
    pub fn unusual_day(&self, denial: &Denial) -> Option<Event> {
        let Why::UnusualDay { today, usual } = denial.about else { return None };
        let is = OfCustomer {
            plan: self.customer.plan.clone(),
            next_plan: self.customer.next_plan.clone(),
            period: Some(self.customer.period),
            today: Some(today),
            usual: Some(usual),
            ..OfCustomer::default()
        };
        let once = format!("unusual_day/{}", self.today());
        Some(self.event(EventKind::CustomerUnusualDay, Some(once), About::Customer(is)))
    }

    /// Something about a customer that follows from no entry.
    #[must_use]
    pub fn event(&self, kind: EventKind, once: Option<String>, about: About) -> Event {
        Event {
            kind,
            at: self.now,
            once,
            customer: self.customer.id.clone(),
            member: None,
            seq: self.customer.seq,
            wallet: self.wallet_line(),
            about,
        }
    }

    /// The first instant of the day.
    fn today(&self) -> Time {
        self.terms.zone().day(self.now).from
    }

    fn alert(&self, kind: EventKind, once: String, alert: Alert) -> Event {
        self.event(kind, Some(once), About::Alert(alert))
    }

    /// Versions that will begin for the customer, later than now.
    fn terms_changing(&self) -> impl Iterator<Item = Event> {
        let later = self.catalog.versions().iter().filter(|version| {
            version.contract.version > self.customer.contract
                && version.contract.plans.get(&self.customer.plan).is_some()
                && (version.effective > self.now || version.starts == Starts::NextPeriod)
        });
        later.map(|version| {
            let contract = version.contract.reference();
            let once = format!("terms/{contract}");
            let starts = match version.starts {
                Starts::AtOnce => "at_once",
                Starts::NextPeriod => "next_period",
            };
            let terms = OfTerms { contract, effective: version.effective, starts };
            self.event(EventKind::TermsChanging, Some(once), About::Terms(terms))
        })
    }

    /// The top-up that the customer asked for, where it is due and their monthly cap has room for it:
    /// once for each payment that came, and again the next day where none did.
    fn top_up_wanted(&self) -> Option<Event> {
        let wanted = self.wanted_top_up()?;
        let once = format!("top_up/{}/{}", self.customer.payments.len(), self.today());
        Some(self.event(EventKind::TopUpWanted, Some(once), About::TopUp(wanted)))
    }

    fn wanted_top_up(&self) -> Option<OfTopUp> {
        let terms = self.customer.caps.auto_top_up?;
        // What was asked for on another plan, or under another version, may not be sold here; and
        // nobody whom an operator paused is charged for more.
        let is_sold = self.terms.plan.top_ups && self.terms.contract.top_ups.auto.is_some();
        if !is_sold || self.customer.pause.is_some() {
            return None;
        }
        if self.customer.real.available() >= terms.below {
            return None;
        }
        let month = self.terms.zone().month(self.now);
        let payments = self.customer.payments.iter().map(|(_, payment)| payment);
        let bought = payments.filter(|p| p.grant.is_some() && month.contains(p.at));
        let bought = Amount::sum(bought.map(|payment| payment.credits))?;
        let after = bought.plus(terms.credits)?;
        (after <= terms.month_at_most).then(|| OfTopUp::of(terms, bought))
    }
}
