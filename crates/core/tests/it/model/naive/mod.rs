//! A second model of deciding, written from its text and sharing nothing with how the core decides:
//! a plain list of what happened, every sum added up again whenever it is asked.
//!
//! It predicts, for every command: applied or refused and why, what a refused run needs, has and
//! lacks, what is held, charged, released and given back, free units, kind, rule and outcome, the
//! wallet, the period, the plan, the version; in the real books and in those where everything is as
//! if enforced.
//!
//! It does not judge: words, limits and resets of denials, ways forward, checks, quotes as they are
//! made (only as they are used), receipts, alerts, automatic top-ups, special terms written in the
//! file, a budget of ours whose window changes, and the bound of 1,000 grants.

mod acts;
pub mod agree;
mod ask;
mod ending;
mod history;
mod plans;
mod price;
mod purse;
mod runs;
mod said;
mod thing;
mod time;

use super::books::Event as Happening;
use ask::{Key, Published, Word};
use history::Person;
use price::Under;
use probity_core::command::{Act, ActorKind, Attempt};
use probity_core::contract::{Action, Contract, Costs, ModelPrice, Operations, Starts};
use probity_core::sums::Sums;
use probity_core::{Cost, Name, Per, Time};
use said::Said;
use std::collections::BTreeMap;

/// Everything, as the naive model knows it.
#[derive(Clone, Debug)]
pub struct Naive {
    versions: Vec<Published>,
    sums: Sums,
    people: BTreeMap<Name, Person>,
}

impl Naive {
    pub fn new(contract: Contract, operations: Operations) -> Self {
        let first = Published {
            contract,
            operations: vec![operations],
            effective: Time::MIN,
            waits: false,
        };
        Self { versions: vec![first], sums: Sums::default(), people: BTreeMap::new() }
    }

    /// Something happens at `at`; what a command is answered.
    pub fn play(&mut self, at: Time, happening: &Happening) -> Option<Said> {
        match happening {
            Happening::Command { customer, by, act, id } => {
                self.catch_up(customer, at);
                let key = Key { is_customer: by.kind == ActorKind::Customer };
                let said = match act {
                    Act::StartRun(request) if self.people.contains_key(customer) => {
                        self.start(customer, request, id.run(), key, at)
                    }
                    _ => self.act(customer, act, key, by.role.as_ref(), at),
                };
                return Some(said.unwrap_or_else(Said::Wrong));
            }
            Happening::Publish { contract, operations, adverse } => {
                for customer in self.people.keys().cloned().collect::<Vec<_>>() {
                    self.catch_up(&customer, at);
                }
                self.publish(contract, operations, *adverse, at);
            }
            Happening::Operate(operations) => {
                for version in &mut self.versions {
                    version.operations.push((**operations).clone());
                }
            }
            Happening::Sums(sums) => self.sums = sums.clone(),
        }
        None
    }

    /// An adverse version needs the notice that the contract before it promises.
    fn publish(&mut self, contract: &Contract, operations: &Operations, adverse: bool, at: Time) {
        let before = self.versions.last().expect("one");
        let last = &before.contract;
        if contract.name != last.name || contract.version <= last.version {
            return;
        }
        let start = contract.effective.map_or(at, |date| contract.zone.start_of(date)).max(at);
        let start = start.max(before.effective);
        let worse = last.changes.worse.filter(|_| adverse);
        if worse.is_some_and(|worse| start < worse.notice.after(at, &last.zone)) {
            return;
        }
        let starts = match (adverse, worse) {
            (false, _) => last.changes.better_starts,
            (true, worse) => worse.map_or(Starts::AtOnce, |w| w.starts),
        };
        self.versions.push(Published {
            contract: contract.clone(),
            operations: vec![operations.clone()],
            effective: start,
            waits: starts == Starts::NextPeriod,
        });
    }

    fn person(&self, who: &Name) -> &Person {
        &self.people[who]
    }

    fn person_mut(&mut self, who: &Name) -> &mut Person {
        self.people.get_mut(who).expect("a customer")
    }

    fn version(&self, number: u32) -> &Published {
        self.versions.iter().find(|v| v.contract.version == number).expect("a version")
    }

    /// The terms that a customer has under a version and revision (None: its latest).
    fn under<'a>(
        &'a self,
        person: &'a Person,
        version: u32,
        revision: Option<u32>,
        now: Time,
    ) -> Option<Under<'a>> {
        self.under_on(&person.plan, person, version, revision, now)
    }

    /// The same on a plan that need not be theirs any more. A version that has no such plan offers
    /// nothing on it; it is as the next version has it that does, else as the last before.
    fn under_on<'a>(
        &'a self,
        plan: &Name,
        person: &'a Person,
        version: u32,
        revision: Option<u32>,
        now: Time,
    ) -> Option<Under<'a>> {
        let at = self.versions.iter().position(|v| v.contract.version == version)?;
        let (before, after) = self.versions.split_at(at);
        let version = &self.versions[at];
        let operations = ask::revision(&version.operations, revision)?;
        let mut near = after.iter().chain(before.iter().rev());
        let plan = near.find_map(|v| v.contract.plans.get(plan))?;
        Some(Under { contract: &version.contract, operations, plan, person, now })
    }

    /// May a key with this role give so much in one act?
    fn may_give(
        &self,
        version: u32,
        revision: Option<u32>,
        role: Option<&Name>,
        amount: i64,
    ) -> Result<(), Word> {
        let Some(role) = role else { return Ok(()) };
        let operations = &self.version(version).operations;
        let operations = ask::revision(operations, revision).ok_or("not_found")?;
        let limit = operations.who_may.get(role).map_or(0, |limit| price::n(*limit));
        if amount > limit { Err("above_your_limit") } else { Ok(()) }
    }

    /// Notes what calls for a run cost; at a settle without any, what is typical.
    fn cost(&mut self, who: &Name, run: usize, calls: &[Attempt], settles: bool, now: Time) {
        let person = self.person(who).clone();
        let of = &person.runs[run];
        let revision = Some(of.revision);
        let under = self.under_on(&of.plan, &person, of.version, revision, now).expect("its terms");
        let costs = under.operations.costs.as_ref();
        let action = under.contract.actions.get(&of.action).expect("an action");
        let known = |own: bool| {
            let calls = calls.iter().filter(|c| c.own_key == own);
            let guess = |c: &Attempt| estimate(costs?, &under, action, c);
            let costs = calls.filter_map(|c| call_cost(costs?, c).or_else(|| guess(c)));
            costs.fold(Cost::ZERO, |sum, cost| sum.plus(cost).expect("small"))
        };
        let arrived = of.first.and_then(|(_, _, quantity)| quantity).or(of.quantity);
        let most = under.up_to(action).filter(|_| action.is_per_quantity());
        let units = arrived.or(most).unwrap_or(1);
        let typical = || {
            let services = &costs?.actions.get(&of.action)?.services;
            let each =
                services.iter().map(|(id, used)| costs?.services.get(id)?.times(used.typical));
            let each = each.into_iter().try_fold(Cost::ZERO, |sum, cost| sum.plus(cost?));
            each?.times(units)
        };
        let per =
            costs.and_then(|c| c.we_pay_at_most.a_customer).map_or(Per::Month, |(_, per)| per);
        let (us_from, key_from) = (under.window(per).from, under.window(Per::Month).from);
        let assumed = settles && calls.is_empty();
        let note = history::CostNote {
            run,
            by_us: if assumed { typical().unwrap_or(Cost::ZERO) } else { known(false) },
            us_from,
            on_key: known(true),
            key_from,
            assumed,
        };
        let ends_now = of.ended == Some(now) && of.told == Some(now);
        let person = self.person_mut(who);
        person.runs[run].attempts += calls.len();
        if ends_now {
            // Whether a run costs anything is known when it ends: then its cost counts.
            person.costs.iter_mut().filter(|n| n.run == run).for_each(|n| n.us_from = us_from);
        }
        person.costs.push(note);
    }
}

/// What one call cost; None where a price or a count is unknown.
pub fn call_cost(costs: &Costs, call: &Attempt) -> Option<Cost> {
    let mut sum = Cost::ZERO;
    for (service, times) in &call.services {
        sum = sum.plus(costs.services.get(service)?.times(*times)?)?;
    }
    let Some(model) = &call.model else {
        let none = call.usage.input.unwrap_or(0) + call.usage.output.unwrap_or(0) == 0;
        return none.then_some(sum);
    };
    let price = costs.prices.price_of(model)?;
    sum.plus(tokens(price, call)?)
}

/// What a call of unknown cost counts as: on the dearest model that the run may use, as far as known.
fn estimate(costs: &Costs, under: &Under<'_>, of: &Action, call: &Attempt) -> Option<Cost> {
    let mut sum = Cost::ZERO;
    for (service, times) in &call.services {
        sum = sum.plus(costs.services.get(service)?.times(*times)?)?;
    }
    let own = call.model.as_ref().and_then(|m| costs.prices.price_of(m));
    if let Some(known) = own.and_then(|price| tokens(price, call)) {
        return sum.plus(known);
    }
    let classes = &under.contract.models;
    let named = [of.model.as_ref(), under.plan.best_model.as_ref()].into_iter().flatten();
    let best = named.map(|name| classes.position(name).expect("a class")).min();
    let class = classes.at(best.unwrap_or(classes.len() - 1)).expect("a class");
    let all = || costs.prices.models.keys().cloned().collect();
    let models: Vec<String> = if class.any { all() } else { class.are.clone() };
    let prices = models.iter().filter_map(|m| costs.prices.price_of(m));
    sum.plus(prices.filter_map(|price| tokens(price, call)).max()?)
}

fn tokens(price: &ModelPrice, call: &Attempt) -> Option<Cost> {
    let mut sum = Cost::ZERO;
    let tokens = [(call.usage.input?, price.input), (call.usage.output?, price.output)];
    for (count, price) in tokens {
        if count > 0 {
            sum = sum.plus(price?.times(count)?)?;
        }
    }
    Some(sum)
}
