//! What happens by itself: runs and piles run out, periods and versions begin, in order of time.

use super::Naive;
use super::history::{BOTH, Person};
use super::price::n;
use super::purse::Purse;
use probity_core::command::GrantKind;
use probity_core::contract::{Contract, Plan};
use probity_core::time::Window;
use probity_core::{Name, Time};

/// In the order in which things at one instant happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Run(usize),
    Piles,
    Period,
    Version,
}

impl Naive {
    /// Everything that was due for a customer by `now`, each thing at its own instant.
    pub fn catch_up(&mut self, who: &Name, now: Time) {
        while let Some((at, due)) = self.next(who).filter(|(at, _)| *at <= now) {
            match due {
                Due::Run(i) => self.expire(who, i, at),
                Due::Piles => self.person_mut(who).purses.iter_mut().for_each(|p| p.expire(at)),
                Due::Period => self.renew(who, at),
                Due::Version => {
                    let next = self.successor_within(self.person(who), at).expect("one");
                    self.person_mut(who).version = next;
                }
            }
        }
    }

    fn next(&self, who: &Name) -> Option<(Time, Due)> {
        let person = self.people.get(who)?;
        let runs = person.runs.iter().enumerate().filter(|(_, r)| r.is_open());
        let runs = runs.map(|(i, r)| (r.expires, Due::Run(i)));
        let piles = person.purses.iter().filter_map(Purse::next_expiry).map(|at| (at, Due::Piles));
        let period = person.period.until.min(person.credits_for.until);
        let version = self.next_version(person).map(|at| (at, Due::Version));
        runs.chain(piles).chain([(period, Due::Period)]).chain(version).min()
    }

    /// When the first version begins that does not wait for a period.
    fn next_version(&self, person: &Person) -> Option<Time> {
        let mut instants: Vec<Time> =
            self.versions.iter().map(|v| v.effective.max(person.chose)).collect();
        instants.sort_unstable();
        instants.into_iter().find(|at| {
            let Some(next) = self.successor_within(person, *at) else { return false };
            let later = self
                .versions
                .iter()
                .filter(|v| (person.version + 1..=next).contains(&v.contract.version));
            later.into_iter().all(|v| !v.waits)
        })
    }

    /// In the middle of a period: it has their plan, and the one they wish for.
    fn successor_within(&self, person: &Person, at: Time) -> Option<u32> {
        let plans: Vec<&Name> = [&person.plan].into_iter().chain(&person.next_plan).collect();
        self.successor(person, &plans, at)
    }

    /// The latest version in force that a customer can move to: it has all these plans.
    pub fn successor(&self, person: &Person, plans: &[&Name], at: Time) -> Option<u32> {
        let later = self.versions.iter().filter(|v| {
            v.effective <= at
                && v.contract.version > person.version
                && plans.iter().all(|plan| v.contract.plans.get(plan).is_some())
        });
        later.map(|v| v.contract.version).max()
    }

    /// A period, or a stretch of credits within it, begins.
    fn renew(&mut self, who: &Name, at: Time) {
        let mut person = self.person(who).clone();
        let whole = person.period.until <= at;
        if whole {
            let plan = person.next_plan.as_ref().unwrap_or(&person.plan);
            person.version = self.successor(&person, &[plan], at).unwrap_or(person.version);
            let ahead = person.when_paid && person.paid_ahead > 0;
            person.paid = !person.when_paid || ahead;
            person.paid_ahead -= u32::from(ahead);
        }
        let contract = &self.version(person.version).contract;
        if whole && let Some(plan) = person.next_plan.take() {
            person.plan = plan;
            person.chose = at;
            person.anchor = contract.zone.day(at).from;
        }
        let plan = contract.plans.get(&person.plan).expect("a plan");
        person.begin_windows(contract, plan, at);
        if person.paid {
            person.bring_credits(contract, plan, at);
        }
        *self.person_mut(who) = person;
    }
}

impl Person {
    pub fn begin_windows(&mut self, contract: &Contract, plan: &Plan, at: Time) {
        let window = |per| contract.zone.window(self.anchor, per, at);
        let (period, credits_for): (Window, Window) =
            (window(plan.period()), window(plan.credits_per));
        (self.period, self.credits_for) = (period, credits_for);
    }

    /// min(credits, keep_at_most − plan credits there), in both books.
    pub fn bring_credits(&mut self, contract: &Contract, plan: &Plan, at: Time) {
        let end = self.credits_for.until;
        let rolls = contract.credit.plan_rolls_over;
        let expires = rolls.map_or(end, |length| length.after(end, &contract.zone));
        for book in BOTH {
            let there: i64 = (0..self.purses[book].piles.len())
                .filter(|i| self.purses[book].piles[*i].kind == GrantKind::Plan)
                .filter(|i| self.purses[book].piles[*i].is_live(at))
                .map(|i| self.purses[book].piles[i].has + self.held_of(book, i))
                .sum();
            let room = contract.credit.plan_keep_at_most.map_or(i64::MAX, |most| n(most) - there);
            let credits = plan.credits.map_or(0, n).min(room);
            if credits > 0 {
                self.purses[book].grant(GrantKind::Plan, credits, Some(expires), at, None);
            }
        }
    }
}
