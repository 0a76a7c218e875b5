//! Steps become commands with ids and instants; the core answers.

mod acts;
mod asking;
mod publishing;

use super::books::{Account, Books, Event, Policy, id_at, instants};
use super::play::{Moment, Story, World, catalog};
use super::recipe::Private;
use super::step::{By, Do, Step, Wait};
use probity_core::command::{Act, Actor};
use probity_core::quote::Quote;
use probity_core::state::Customer;
use probity_core::{Contract, Name, RunId, Time};
use std::collections::BTreeMap;

/// Who turns the steps of a world into commands, and keeps what came of them.
pub struct Player<'a> {
    world: &'a World,
    private: Private,
    books: Books,
    moments: Vec<Moment>,
    runs: BTreeMap<Name, Vec<RunId>>,
    quotes: Vec<Quote>,
    given: u128,
    revision: u32,
}

impl<'a> Player<'a> {
    pub fn new(world: &'a World) -> Self {
        let start = Time::parse(world.starts).expect("an instant");
        Self {
            world,
            private: world.recipe.private.clone(),
            books: Books::new(catalog(world), Policy::Lazy, start),
            moments: Vec::new(),
            runs: BTreeMap::new(),
            quotes: Vec::new(),
            given: 1 << 24,
            revision: 1,
        }
    }

    pub fn step(&mut self, step: &Step) {
        let customer = Name::new(&format!("customer_{}", step.who));
        let at = self.when(step.wait, &customer);
        let Some(event) = self.event(step, &customer, at) else { return };
        let state = |books: &Books| books.accounts.get(&customer).map(|a| a.state.clone());
        let before = state(&self.books);
        let answer = self.books.play(at, &event);
        let after = state(&self.books);
        if let Some(Ok(decision)) = &answer.decision
            && let Some(run) = decision.run
        {
            let runs = self.runs.entry(customer).or_default();
            if !runs.contains(&run) {
                runs.push(run);
            }
        }
        self.moments.push(Moment { at, event, answer, before, after });
    }

    /// Two of the three customers are there from the beginning.
    pub fn open(&mut self) {
        for who in 0..2 {
            let plan = if self.world.recipe.plans.len() > 1 { who } else { 0 };
            let what = Do::Open { plan, when_paid: who == 1 };
            self.step(&Step { wait: Wait::None, who, by: By::Product, what });
        }
    }

    pub fn story(self) -> Story {
        Story { books: self.books, moments: self.moments }
    }

    fn account(&self, customer: &Name) -> Option<&Account> {
        self.books.accounts.get(customer)
    }

    fn when(&self, wait: Wait, customer: &Name) -> Time {
        let now = self.books.now();
        match wait {
            Wait::None => now,
            Wait::Micros(n) => now.plus_micros(n.into()),
            Wait::Seconds(n) => now.plus_seconds(n.into()),
            Wait::Hours(n) => now.plus_seconds(u64::from(n) * 3_600),
            Wait::Days(n) => now.plus_seconds(u64::from(n) * 86_400),
            Wait::To(n, off) => {
                let mut ahead = self.instants(customer);
                ahead.retain(|t| *t > now.plus_micros(1) && *t < Time::MAX);
                ahead.sort_unstable();
                ahead.dedup();
                let at = ahead.get(usize::from(n) % ahead.len().max(1)).copied().unwrap_or(now);
                at.plus_micros(off.into()).max(now)
            }
        }
    }

    fn instants(&self, customer: &Name) -> Vec<Time> {
        let Some(account) = self.account(customer) else { return Vec::new() };
        let state = &account.state;
        let contract = self.contract(state);
        let zone = &contract.zone;
        let mut all = instants(state);
        all.push(zone.day(self.books.now()).until);
        all.extend(self.quotes.iter().map(|q| q.expires_at));
        for item in state.items.iter().map(|(key, item)| (contract.actions.get(key.action()), item))
        {
            let (Some(action), item) = item else { continue };
            let same = action.same.free_for.zip(item.answered_at);
            all.extend(same.map(|(length, from)| length.after(from, zone)));
            let redo = action.free_redo.zip(item.delivered_at);
            all.extend(redo.map(|(redo, from)| redo.within.after(from, zone)));
        }
        let corrections = contract.failures.corrections;
        let ended = state.runs.values().filter_map(|r| r.end.as_ref());
        all.extend(ended.map(|end| corrections.after(end.at, zone)));
        all
    }

    fn contract(&self, state: &Customer) -> &Contract {
        &self.books.catalog.version(state.contract).expect("their version").contract
    }

    fn event(&mut self, step: &Step, customer: &Name, at: Time) -> Option<Event> {
        let act = match &step.what {
            Do::Operate(private) => return Some(self.operate(private)),
            Do::Publish { action, halves, adverse, plans } => {
                return Some(self.publish(*action, *halves, *adverse, *plans));
            }
            Do::Sums { surge, spent } => {
                return Some(Event::Sums(publishing::sums(*surge, *spent)));
            }
            Do::Quote(ask) => {
                self.quote(customer, ask, at);
                return None;
            }
            Do::Start(ask) => Act::StartRun(Box::new(self.request(customer, ask))),
            Do::Confirm { quote } => Act::ConfirmQuote { quote: Box::new(self.quoted(*quote)?) },
            other => self.act(other, customer, at),
        };
        self.given += 1;
        let by = match step.by {
            By::Product => Actor::product(),
            By::Support => Actor::with_role("support"),
            By::Customer => Actor::customer(),
        };
        Some(Event::Command { customer: customer.clone(), by, act, id: id_at(at, self.given) })
    }
}
