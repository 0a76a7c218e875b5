//! Adding up what was watched: of everything, of each action, plan and day, and of each cause.
//!
//! Its size does not grow with runs or customers: it holds a line for each action, plan, day, code
//! and cause, and a few examples of each.

use super::cause::{Cause, Verdict, compare};
use super::fact::{Ended, Fact, How, Unforeseen};
use super::total::{Total, count};
use crate::contract::{Mode, Outcome};
use crate::decide::Code;
use crate::id::Name;
use crate::time::{Time, Zone};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many runs are kept as examples of one cause.
pub(super) const EXAMPLES: usize = 3;

/// Sums of runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// They began.
    pub began: u64,
    /// They ended: everything below is of these.
    pub runs: u64,
    /// In shadow.
    pub shadow: u64,
    /// Announced.
    pub announce: u64,
    /// Enforced.
    pub enforce: u64,
    /// For which something would be charged.
    pub charged_runs: u64,
    /// What would be charged.
    pub charged: Total,
    /// They would be refused.
    pub denied: u64,
    /// What those would cost.
    pub denied_price: Total,
    /// Refunds and corrections that would give something back.
    pub refunds: u64,
    /// What they would give back.
    pub given_back: Total,
    /// Of which it is known what today's billing did.
    pub compared: u64,
    /// Nothing would be otherwise.
    pub same: u64,
    /// The contract takes more.
    pub more: u64,
    /// The contract takes less.
    pub less: u64,
    /// The contract refuses what is allowed today.
    pub would_stop: u64,
    /// The contract allows what is refused today.
    pub would_not_stop: u64,
    /// What today's billing charged, where it says so.
    pub today: Total,
    /// What would be charged for the same runs.
    pub beside_today: Total,
}

impl Sums {
    /// Runs of which it is not known what today's billing did.
    #[must_use]
    pub const fn unknown(&self) -> u64 {
        self.runs.saturating_sub(self.compared)
    }

    /// Runs that today's billing and the contract do not agree on.
    #[must_use]
    pub const fn mismatches(&self) -> u64 {
        self.compared.saturating_sub(self.same)
    }

    /// Adds others.
    pub fn merge(&mut self, other: &Self) {
        let numbers: [(&mut u64, u64); 14] = [
            (&mut self.began, other.began),
            (&mut self.runs, other.runs),
            (&mut self.shadow, other.shadow),
            (&mut self.announce, other.announce),
            (&mut self.enforce, other.enforce),
            (&mut self.charged_runs, other.charged_runs),
            (&mut self.denied, other.denied),
            (&mut self.refunds, other.refunds),
            (&mut self.compared, other.compared),
            (&mut self.same, other.same),
            (&mut self.more, other.more),
            (&mut self.less, other.less),
            (&mut self.would_stop, other.would_stop),
            (&mut self.would_not_stop, other.would_not_stop),
        ];
        for (mine, theirs) in numbers {
            *mine = mine.saturating_add(theirs);
        }
        self.charged.merge(other.charged);
        self.denied_price.merge(other.denied_price);
        self.given_back.merge(other.given_back);
        self.today.merge(other.today);
        self.beside_today.merge(other.beside_today);
    }

    fn end(&mut self, ended: &Ended, verdict: Option<Verdict>) {
        if ended.how != How::Late {
            count(&mut self.runs, 1);
            let mode = match ended.mode {
                Mode::Shadow => &mut self.shadow,
                Mode::Announce => &mut self.announce,
                Mode::Enforce => &mut self.enforce,
            };
            count(mode, 1);
            count(&mut self.charged_runs, u64::from(ended.charged.is_positive()));
            self.charged.add(ended.charged);
            if ended.denial.is_some() {
                count(&mut self.denied, 1);
                self.denied_price.add(ended.price);
            }
        }
        let Some(verdict) = verdict else { return };
        count(&mut self.compared, 1);
        let place = match verdict {
            Verdict::Same => &mut self.same,
            Verdict::More => &mut self.more,
            Verdict::Less => &mut self.less,
            Verdict::WouldStop => &mut self.would_stop,
            Verdict::WouldNotStop => &mut self.would_not_stop,
        };
        count(place, 1);
        if let Some(today) = ended.today.as_ref().and_then(|today| today.charged) {
            self.today.add(today);
            self.beside_today.add(ended.charged);
        }
    }
}

/// Runs that would be refused for one reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Denied {
    /// How many.
    pub runs: u64,
    /// What they would cost.
    pub price: Total,
}

/// Runs that are otherwise for one cause, or that the contract did not foresee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// How many.
    pub runs: u64,
    /// What today's billing charged for them.
    pub today: Total,
    /// What would be charged for them.
    pub would: Total,
    /// A few of them, as they were met.
    pub examples: Vec<Ended>,
}

impl Difference {
    fn add(&mut self, ended: &Ended) {
        count(&mut self.runs, 1);
        self.would.add(ended.charged);
        if let Some(charged) = ended.today.as_ref().and_then(|today| today.charged) {
            self.today.add(charged);
        }
        if self.examples.len() < EXAMPLES {
            self.examples.push(ended.clone());
        }
    }

    fn merge(&mut self, other: Self) {
        count(&mut self.runs, other.runs);
        self.today.merge(other.today);
        self.would.merge(other.would);
        self.examples.extend(other.examples);
        self.examples.truncate(EXAMPLES);
    }
}

/// What was watched in a window, added up.
#[derive(Clone, Debug)]
pub struct Tally {
    zone: Zone,
    /// Everything.
    pub all: Sums,
    /// Of these, what is not enforced: what the gate is about.
    pub watched: Sums,
    /// When the first of those ended.
    pub watched_from: Option<Time>,
    /// By action.
    pub actions: BTreeMap<Name, Sums>,
    /// By plan.
    pub plans: BTreeMap<Name, Sums>,
    /// By day.
    pub days: BTreeMap<Date, Sums>,
    /// Would-be refusals, in the order of the questions.
    pub denials: BTreeMap<Code, Denied>,
    /// What would be otherwise, and why.
    pub causes: BTreeMap<(Verdict, Cause), Difference>,
    /// Endings that the contract does not speak of, by action.
    pub unforeseen: BTreeMap<(Unforeseen, Name, Outcome), Difference>,
}

impl Tally {
    /// Of nothing yet; days are those of this zone.
    #[must_use]
    pub fn new(zone: Zone) -> Self {
        Self {
            zone,
            all: Sums::default(),
            watched: Sums::default(),
            watched_from: None,
            actions: BTreeMap::new(),
            plans: BTreeMap::new(),
            days: BTreeMap::new(),
            denials: BTreeMap::new(),
            causes: BTreeMap::new(),
            unforeseen: BTreeMap::new(),
        }
    }

    /// Adds what an entry of this instant says.
    pub fn add(&mut self, at: Time, fact: &Fact) {
        match fact {
            Fact::Began { action, plan } => {
                self.each(at, action, plan, |sums| count(&mut sums.began, 1));
            }
            Fact::GivenBack { action, plan, amount, .. } => {
                self.each(at, action, plan, |sums| {
                    count(&mut sums.refunds, 1);
                    sums.given_back.add(*amount);
                });
            }
            Fact::Ended(ended) => self.ended(at, ended),
        }
    }

    fn each(&mut self, at: Time, action: &Name, plan: &Name, change: impl Fn(&mut Sums)) {
        change(&mut self.all);
        change(self.actions.entry(action.clone()).or_default());
        change(self.plans.entry(plan.clone()).or_default());
        change(self.days.entry(self.zone.date(at)).or_default());
    }

    fn ended(&mut self, at: Time, ended: &Ended) {
        let otherwise = compare(ended, ended.today.as_ref());
        let verdict = otherwise.map(|(verdict, _)| verdict);
        self.each(at, &ended.action, &ended.plan, |sums| sums.end(ended, verdict));
        if ended.mode != Mode::Enforce {
            self.watched.end(ended, verdict);
            let first = self.watched_from.map_or(at, |first| first.min(at));
            self.watched_from = Some(first);
        }
        if let Some(code) = ended.denial.filter(|_| ended.how != How::Late) {
            let denied = self.denials.entry(code).or_default();
            count(&mut denied.runs, 1);
            denied.price.add(ended.price);
        }
        if let Some((verdict, cause)) = otherwise.filter(|(verdict, _)| *verdict != Verdict::Same) {
            self.causes.entry((verdict, cause)).or_default().add(ended);
        }
        if let Some(unforeseen) = ended.unforeseen {
            let key = (unforeseen, ended.action.clone(), ended.outcome);
            self.unforeseen.entry(key).or_default().add(ended);
        }
    }

    /// Adds what was watched in another window, which does not overlap this one.
    pub fn merge(&mut self, other: Self) {
        self.all.merge(&other.all);
        self.watched.merge(&other.watched);
        self.watched_from = [self.watched_from, other.watched_from].into_iter().flatten().min();
        for (mine, theirs) in [(&mut self.actions, other.actions), (&mut self.plans, other.plans)] {
            for (name, sums) in theirs {
                mine.entry(name).or_default().merge(&sums);
            }
        }
        for (day, sums) in other.days {
            self.days.entry(day).or_default().merge(&sums);
        }
        for (code, denied) in other.denials {
            let mine = self.denials.entry(code).or_default();
            count(&mut mine.runs, denied.runs);
            mine.price.merge(denied.price);
        }
        for (key, difference) in other.causes {
            self.causes.entry(key).or_default().merge(difference);
        }
        for (key, difference) in other.unforeseen {
            self.unforeseen.entry(key).or_default().merge(difference);
        }
    }
}
