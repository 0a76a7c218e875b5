//! Changing plans, and paying for periods.

use super::Naive;
use super::ask::Word;
use super::history::Payment;
use super::said::{NOTHING_NEW, Said, WROTE};
use probity_core::{Name, Time};

impl Naive {
    /// A higher monthly price is an upgrade, at once; else the change waits for the period's end.
    pub fn change_plan(&mut self, who: &Name, to: &Name, now: Time) -> Result<Said, Word> {
        let mut person = self.person(who).clone();
        let contract = &self.version(person.version).contract;
        let plan = contract.plans.get(to).ok_or("not_found")?;
        let before = contract.plans.get(&person.plan).expect("their plan");
        if plan.id == before.id {
            if person.next_plan.is_none() {
                return NOTHING_NEW;
            }
            person.next_plan = None;
        } else if yearly(plan) > yearly(before) {
            person.plan = plan.id.clone();
            person.next_plan = None;
            person.anchor = contract.zone.day(now).from;
            person.paid = true;
            person.counts_from = person.runs.len();
            person.costs_from = person.costs.len();
            person.version = self.successor(&person, &[to], now).unwrap_or(person.version);
            let contract = &self.version(person.version).contract;
            let plan = contract.plans.get(to).expect("their plan");
            person.begin_windows(contract, plan, now);
            person.bring_credits(contract, plan, now);
        } else {
            person.next_plan = Some(plan.id.clone());
        }
        person.chose = now;
        *self.person_mut(who) = person;
        WROTE
    }

    /// A payment for the period was reported.
    pub fn renew_paid(
        &mut self,
        who: &Name,
        payment: Option<&Name>,
        now: Time,
    ) -> Result<Said, Word> {
        let mut person = self.person(who).clone();
        let seen = payment.and_then(|id| person.payments.iter().find(|p| p.id == *id));
        if seen.is_some_and(|p| p.credits.is_some()) {
            return Err("payment_reused");
        }
        let ahead = person.paid && person.when_paid && payment.is_some();
        if seen.is_some() || (person.paid && !ahead) {
            return NOTHING_NEW;
        }
        let contract = &self.version(person.version).contract;
        if ahead {
            person.paid_ahead += 1;
        } else {
            person.paid = true;
            person.bring_credits(contract, contract.plans.get(&person.plan).expect("a plan"), now);
        }
        person.payments.extend(payment.map(|id| Payment {
            id: id.clone(),
            credits: None,
            asked_back: 0,
        }));
        *self.person_mut(who) = person;
        WROTE
    }
}

/// A plan's price for a year.
fn yearly(plan: &probity_core::contract::Plan) -> i128 {
    use probity_core::Per;
    let Some(price) = plan.price else { return 0 };
    let times = match price.per {
        Per::Day => 365,
        Per::Week => 52,
        Per::Month => 12,
        Per::Year => 1,
    };
    let cost = probity_core::Cost::of_money(price.money).expect("dollars");
    let cents = cost.ratio_millionths(probity_core::Cost::parse("0.01").expect("plain"));
    cents.expect("a ratio") * times
}
