//! The customers of a short story: who is there, on which plan, with how many credits.

use super::{Short, amount_of};
use crate::scenario::fault::{Wrong, instead_of};
use probity_core::contract::{Action, Plan, RunsOn};
use probity_core::id::is_caller_id;
use probity_core::{Amount, Contract};

/// A customer of a story.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// The plan they are on, then those they changed to.
    plans: Vec<String>,
    /// The line that opened them; None: they are not there yet.
    opened_by: Option<usize>,
    has_run: bool,
}

/// A line of the grammar.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Line {
    /// Where the clause that it comes from stands among all.
    pub(in crate::scenario) clause: usize,
    pub(in crate::scenario) text: String,
    /// An edit of the contract under which this line alone is played.
    pub(in crate::scenario) under: Option<String>,
    /// A line to be played right after it.
    pub(in crate::scenario) then: Option<String>,
}

impl Line {
    pub(super) const fn of(clause: usize, text: String) -> Self {
        Self { clause, text, under: None, then: None }
    }
}

impl<'c> Short<'c> {
    /// From here on this customer acts.
    pub(super) fn turn_to(&mut self, name: &str) -> Result<(), Wrong> {
        if !is_caller_id(name) {
            let fix = "Write a customer's name in letters A to Z, digits and `.` `_` `:` `@` `-`.";
            return Err(Wrong::new(0..0, format!("`{name}` cannot be a customer's name"), fix));
        }
        name.clone_into(&mut self.customer);
        Ok(())
    }

    fn person(&mut self) -> &mut Person {
        self.people.entry(self.customer.clone()).or_default()
    }

    /// Whoever acts is on this plan: said before they open, or once more.
    pub(super) fn is_on(&mut self, plan: &str) -> Result<(), Wrong> {
        let customer = self.customer.clone();
        let person = self.person();
        if person.opened_by.is_none() {
            person.plans = vec![plan.to_owned()];
            return Ok(());
        }
        match person.plans.last() {
            Some(other) if !person.plans.iter().any(|own| own == plan) => {
                let message = format!("{customer} is on {other}, not on `{plan}`");
                let fix = format!("Write `{customer} changes to {plan}`.");
                Err(Wrong::new(0..0, message, fix))
            }
            _ => Ok(()),
        }
    }

    /// `changes to PLAN`.
    pub(super) fn moves_to(&mut self, plan: &str) -> Result<(), Wrong> {
        let plan = self.plan_called(plan)?;
        self.open(None)?;
        self.person().plans.push(plan.to_owned());
        self.say(format!("{} changes plan to {plan}", self.customer));
        Ok(())
    }

    /// Whoever acts opens where they are not there yet: on the plan that was said, or the one that
    /// fits what they want to run.
    pub(super) fn open(&mut self, to_run: Option<&Action>) -> Result<(), Wrong> {
        if self.person().opened_by.is_some() { Ok(()) } else { self.opening(to_run, "") }
    }

    /// `opens [on PLAN] [named …] [with members …]`, as it is written.
    pub(super) fn opens(&mut self, how: &[&str]) -> Result<(), Wrong> {
        let mut how = how.to_vec();
        if let Some(at) = how.windows(2).position(|two| two.first() == Some(&"on")) {
            let plan = self.plan_called(how.get(at + 1).copied().unwrap_or_default())?;
            self.is_on(plan)?;
            how.drain(at..at + 2);
        }
        let how: String = how.iter().map(|word| format!(" {word}")).collect();
        self.opening(None, &how)
    }

    fn opening(&mut self, to_run: Option<&Action>, how: &str) -> Result<(), Wrong> {
        if self.person().plans.is_empty() {
            let plan = self.plan_for(to_run).map(str::to_owned);
            self.person().plans.extend(plan);
        }
        let on = self.person().plans.first().map(|plan| format!(" on {plan}")).unwrap_or_default();
        self.say(format!("{} opens{on}{how}", self.customer));
        self.person().opened_by = Some(self.lines.len().saturating_sub(1));
        match self.left.take() {
            Some((_, credits)) => self.leave(credits),
            None => Ok(()),
        }
    }

    /// Whoever acts has run something.
    pub(super) fn has_run(&mut self) {
        self.person().has_run = true;
    }

    /// Somebody whom an operator's clause is about opens where they are not there yet.
    pub(super) fn is_there(&mut self, name: &str) -> Result<(), Wrong> {
        let nobody_is = self.people.is_empty();
        let acting = self.customer.clone();
        self.turn_to(name)?;
        self.open(None)?;
        if !nobody_is {
            self.customer = acting;
        }
        Ok(())
    }

    /// `only 2 credits left`, said before the first run: of whoever acts, or will.
    pub(super) fn is_left(&mut self, credits: &str) -> Result<(), Wrong> {
        let amount = amount_of(credits);
        let smallest = self.contract.credit.smallest;
        let amount = amount.filter(|amount| amount.is_multiple_of(smallest)).ok_or_else(|| {
            let message = format!("`{credits}` credits are finer than the contract's smallest");
            Wrong::new(0..0, message, format!("Write a multiple of {smallest}."))
        })?;
        if self.person().has_run {
            let fix = format!("Say it first: `only {credits} credits left, …`.");
            return Err(Wrong::new(0..0, "what is left is said before the first run", fix));
        }
        if self.person().opened_by.is_some() {
            return self.leave(amount);
        }
        self.left = Some((self.clause, amount));
        Ok(())
    }

    /// The opening brings fewer credits, or a gift comes right after it.
    fn leave(&mut self, wanted: Amount) -> Result<(), Wrong> {
        let customer = self.customer.clone();
        let person = self.person();
        let plan = person.plans.first().cloned().unwrap_or_default();
        let at = person.opened_by;
        let plan = self.contract.plans.get(&plan);
        let brings = brought(self.contract, plan);
        let Some(line) = at.and_then(|at| self.lines.get_mut(at)) else { return Ok(()) };
        (line.under, line.then) = (None, None);
        if let (Some(plan), true) = (plan, wanted < brings) {
            let per = plan.credits_per.word();
            line.under = Some(format!("plans.{}.credits = {wanted} a {per}", plan.id));
        } else if wanted > brings {
            line.then = Some(format!("grant {customer} {} gift", wanted.less(brings)));
        }
        Ok(())
    }

    /// Does whoever acts run this on their own AI key?
    pub(super) fn is_on_own_key(&mut self, action: &Action) -> bool {
        let Some(plan) = self.person().plans.last().cloned() else { return false };
        let price = self.contract.plans.get(&plan).and_then(|plan| plan.prices.get(&action.id));
        price.is_some_and(|price| price.on_your_key)
    }

    /// The id of a plan, however its letters are written.
    pub(super) fn plan_called(&self, plan: &str) -> Result<&'c str, Wrong> {
        let ids = || self.contract.plans.names().map(|name| name.as_str());
        ids().find(|id| id.eq_ignore_ascii_case(plan)).ok_or_else(|| {
            let message = format!("there is no plan called `{plan}`");
            Wrong::new(0..0, message, instead_of(plan, ids()))
        })
    }

    /// The plan of whoever acts where none is said: of their special deal, else the contract's for
    /// new customers, else the first that offers the action and pays from credits, else the first
    /// that offers it.
    fn plan_for(&self, action: Option<&Action>) -> Option<&'c str> {
        let deal = self.operations.and_then(|o| o.overrides.get(self.customer.as_str()));
        let given = deal.and_then(|deal| deal.plan.as_ref());
        if let Some(plan) = given.or(self.contract.new_customers.as_ref()) {
            return self.contract.plans.get(plan).map(|plan| plan.id.as_str());
        }
        let offers = |plan: &&Plan| action.is_none_or(|action| plan.is_offering(&action.id));
        let plans: Vec<&Plan> = self.contract.plans.iter().filter(offers).collect();
        let on_credits = plans.iter().find(|plan| plan.runs_on == RunsOn::Credits);
        on_credits.or(plans.first()).map(|plan| plan.id.as_str())
    }
}

/// What a plan brings on the day it begins.
fn brought(contract: &Contract, plan: Option<&Plan>) -> Amount {
    let credits = plan.and_then(|plan| plan.credits).unwrap_or(Amount::ZERO);
    credits.min(contract.credit.plan_keep_at_most.unwrap_or(Amount::MAX))
}

/// The customer whom an operator's clause is about.
pub(super) fn about<'w>(words: &[&'w str]) -> Option<&'w str> {
    match words {
        ["grant" | "pause" | "resume" | "override", name, ..]
        | ["claw", "back", _, "of", name, ..]
        | ["key", _, "of", name, ..] => Some(name),
        _ => None,
    }
}
