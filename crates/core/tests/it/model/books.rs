//! The core, driven: journals in memory, what is due applied before each command or at every instant.

use probity_core::command::{Act, Actor, Command, Due};
use probity_core::decide::{Decision, Refusal, decide, next_due, open_customer};
use probity_core::entry::Entry;
use probity_core::state::{self, Customer};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{CommandId, Contract, Name, Operations, Time};
use std::collections::BTreeMap;

/// Something that happens to books, in full: it can be played again on others.
#[derive(Clone, Debug)]
pub enum Event {
    Command { customer: Name, by: Actor, act: Act, id: CommandId },
    Publish { contract: Box<Contract>, operations: Box<Operations>, adverse: bool },
    Operate(Box<Operations>),
    Sums(Sums),
}

/// When things that are due are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Just before a command to the same customer.
    Lazy,
    /// For everybody, at every instant at which anything could be due, and just before and after.
    Swept,
}

/// One customer's journal and the state folded from it.
#[derive(Clone, Debug)]
pub struct Account {
    pub journal: Vec<Entry>,
    pub state: Customer,
}

/// The books of one environment.
#[derive(Clone, Debug)]
pub struct Books {
    pub catalog: Catalog,
    pub sums: Sums,
    pub accounts: BTreeMap<Name, Account>,
    policy: Policy,
    now: Time,
}

/// What an event came to.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Entries of things that were due before it, and its own.
    pub wrote: Vec<Entry>,
    /// What the command was answered; None for what is not a command.
    pub decision: Option<Result<Decision, Refusal>>,
}

impl Books {
    pub fn new(catalog: Catalog, policy: Policy, now: Time) -> Self {
        Self { catalog, sums: Sums::default(), accounts: BTreeMap::new(), policy, now }
    }

    /// Plays one event at `at`, not before the last one.
    pub fn play(&mut self, at: Time, event: &Event) -> Answer {
        self.pass(at);
        match event {
            Event::Command { customer, by, act, id } => {
                let command = Command { id: *id, by: by.clone(), act: act.clone() };
                self.command(customer, &command, at)
            }
            Event::Publish { contract, operations, adverse } => {
                // What is due at this very instant was due before the new version was there.
                for customer in self.accounts.keys().cloned().collect::<Vec<_>>() {
                    self.catch_up(&customer, at);
                }
                // A notice that is owed is for the catalog's own tests; here nothing is published.
                let (contract, operations) =
                    (contract.as_ref().clone(), operations.as_ref().clone());
                let _ = self.catalog.publish(contract, operations, *adverse, at);
                Answer { wrote: Vec::new(), decision: None }
            }
            Event::Operate(operations) => {
                self.catalog.publish_operations((**operations).clone()).expect("a version");
                Answer { wrote: Vec::new(), decision: None }
            }
            Event::Sums(sums) => {
                self.sums = sums.clone();
                Answer { wrote: Vec::new(), decision: None }
            }
        }
    }

    /// Time passes until `at`.
    pub fn pass(&mut self, at: Time) {
        assert!(self.now <= at, "time goes on");
        if self.policy == Policy::Swept {
            self.sweep(at);
        }
        self.now = at;
    }

    fn command(&mut self, customer: &Name, command: &Command, at: Time) -> Answer {
        let mut wrote = self.catch_up(customer, at);
        let decision = match (&command.act, self.accounts.get(customer)) {
            (Act::OpenCustomer(new), None) => {
                open_customer(&self.catalog, customer, new, command, at)
            }
            (_, account) => {
                let state = account.map(|a| &a.state);
                decide(&self.catalog, &self.sums, state, command, at)
            }
        };
        if let Ok(Decision { entry: Some(entry), .. }) = &decision {
            self.append(customer, entry);
            wrote.push(entry.clone());
        }
        Answer { wrote, decision: Some(decision) }
    }

    fn append(&mut self, customer: &Name, entry: &Entry) {
        match self.accounts.get_mut(customer) {
            Some(account) => {
                state::apply(&mut account.state, entry);
                account.journal.push(entry.clone());
            }
            None => {
                let state = state::open(entry).expect("the first entry opens a customer");
                let account = Account { journal: vec![entry.clone()], state };
                self.accounts.insert(customer.clone(), account);
            }
        }
    }

    /// Applies everything due for a customer by `at`, each at its own instant.
    pub fn catch_up(&mut self, customer: &Name, at: Time) -> Vec<Entry> {
        let mut wrote = Vec::new();
        while let Some((due_at, due)) = self.next_due(customer, at) {
            let state = &self.accounts[customer].state;
            let id = due_id(due_at, state.seq);
            let command = Command { id, by: Actor::engine(), act: Act::Due(due) };
            let decision = decide(&self.catalog, &self.sums, Some(state), &command, due_at)
                .unwrap_or_else(|no| panic!("{customer}: {due:?} at {due_at} was refused: {no:?}"));
            let entry = decision.entry.unwrap_or_else(|| panic!("{due:?} wrote nothing"));
            self.append(customer, &entry);
            wrote.push(entry);
        }
        wrote
    }

    fn next_due(&self, customer: &Name, at: Time) -> Option<(Time, Due)> {
        let account = self.accounts.get(customer)?;
        let (due_at, due) = next_due(&self.catalog, &account.state, at)?;
        assert!(due_at <= at, "{customer}: {due:?} of {due_at} is not due at {at}");
        Some((due_at, due))
    }

    fn sweep(&mut self, until: Time) {
        let customers: Vec<Name> = self.accounts.keys().cloned().collect();
        for customer in customers {
            while let Some(next) = self.next_instant(&customer, until) {
                for instant in [next.plus_micros(-1), next, next.plus_micros(1)] {
                    self.catch_up(&customer, instant.min(until));
                }
            }
            self.catch_up(&customer, until);
        }
    }

    /// The next instant, up to `until`, at which something is still due or changes for a customer.
    fn next_instant(&self, customer: &Name, until: Time) -> Option<Time> {
        let state = &self.accounts[customer].state;
        let (due, _) = next_due(&self.catalog, state, until)?;
        instants(state).into_iter().filter(|t| *t <= until).chain([due]).filter(|t| *t >= due).min()
    }

    pub fn now(&self) -> Time {
        self.now
    }
}

/// Ids of what happens by itself: the same whenever it is applied.
fn due_id(at: Time, seq: u64) -> CommandId {
    id_at(at, u128::from(seq))
}

/// A time-ordered id; `number` is below 2^31.
pub fn id_at(at: Time, number: u128) -> CommandId {
    let micros = u128::from(at.micros().unsigned_abs());
    CommandId::new((micros << 48) | (number << 16))
}

/// Instants at which something of a customer changes by itself.
pub fn instants(state: &Customer) -> Vec<Time> {
    let runs = state.runs.values().filter(|r| r.end.is_none()).map(|r| r.expires_at);
    let grants = state.real.grants.iter().chain(&state.shadow_book().grants);
    let overrides = state.overrides.iter().map(|o| o.ends);
    let items = state.items.values().filter_map(|i| i.failed_at).map(|t| t.plus_seconds(86_400));
    runs.chain(grants.filter_map(|g| g.expires))
        .chain(overrides)
        .chain(items)
        .chain([state.period.until, state.credits_for.until])
        .collect()
}
