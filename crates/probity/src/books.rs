//! Books kept in memory: for trying a contract, for replaying a log, for tests.
//!
//! They do what every store must do, in the plainest way: apply what is due, decide, append the
//! entry, fold it. They know no prices and compute no amounts; time is handed in.

use probity_core::command::{Act, Actor, ActorKind, Command, NewCustomer};
use probity_core::decide::{Decision, Problem, Refusal, decide, next_due, open_customer};
use probity_core::entry::Entry;
use probity_core::state::{self, Customer};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{CommandId, Name, RunId, Time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The journals of one environment, kept in memory.
#[derive(Clone, Debug)]
pub struct Books {
    /// Every published version of the contract.
    pub catalog: Catalog,
    /// Sums over all customers; kept by whoever drives these books.
    pub sums: Sums,
    accounts: BTreeMap<Name, Account>,
    commands: u64,
}

/// One customer's journal and the state folded from it.
#[derive(Clone, Debug)]
struct Account {
    journal: Vec<Entry>,
    state: Customer,
}

/// What a command came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The entry it wrote; None: the answer is the one that stood already.
    pub entry: Option<Arc<Entry>>,
    /// The run it is about.
    pub run: Option<RunId>,
}

impl From<Decision> for Answer {
    fn from(decision: Decision) -> Self {
        Self { entry: decision.entry.map(Arc::new), run: decision.run }
    }
}

impl Books {
    /// Empty books under a catalog of contract versions.
    #[must_use]
    pub fn new(catalog: Catalog) -> Self {
        Self { catalog, sums: Sums::default(), accounts: BTreeMap::new(), commands: 0 }
    }

    /// Opens a customer at `now`.
    ///
    /// # Errors
    /// A [`Refusal`]; nothing is written then.
    pub fn open(
        &mut self,
        id: &str,
        new: &NewCustomer,
        by: Actor,
        now: Time,
    ) -> Result<Answer, Refusal> {
        let id = Name::new(id);
        if self.accounts.contains_key(&id) {
            return Err(Problem::AlreadyDone.into());
        }
        let command = self.command(by, Act::OpenCustomer(new.clone()));
        let decision = open_customer(&self.catalog, &id, new, &command, now)?;
        if let Some(entry) = &decision.entry
            && let Some(state) = state::open(entry)
        {
            self.accounts.insert(id, Account { journal: vec![entry.clone()], state });
        }
        Ok(decision.into())
    }

    /// Decides a command about a customer at `now`, after everything due by then.
    ///
    /// A first run of somebody unknown opens them, where the contract has a plan for new customers.
    ///
    /// # Errors
    /// A [`Refusal`]; nothing is written then (what was due stays applied).
    pub fn submit(
        &mut self,
        customer: &str,
        act: Act,
        by: Actor,
        now: Time,
    ) -> Result<Answer, Refusal> {
        self.catch_up(customer, now);
        let opened = self.open_newcomer(customer, &act, &by, now)?;
        let command = self.command(by, act);
        let answer = self.apply(customer, &command, now);
        if let (true, Err(Refusal::Problem(_))) = (opened, &answer) {
            // A malformed request makes nobody a customer.
            self.accounts.remove(customer);
        }
        answer
    }

    fn open_newcomer(
        &mut self,
        customer: &str,
        act: &Act,
        by: &Actor,
        now: Time,
    ) -> Result<bool, Refusal> {
        let welcome =
            self.catalog.in_force(now).is_some_and(|v| v.contract.new_customers.is_some());
        let is_run = matches!(act, Act::StartRun(_)) && by.kind == ActorKind::Product;
        if !is_run || !welcome || self.accounts.contains_key(customer) {
            return Ok(false);
        }
        self.open(customer, &NewCustomer::default(), by.clone(), now).map(|_| true)
    }

    /// Applies everything that is due for a customer by `now`, each at its own instant.
    pub fn catch_up(&mut self, customer: &str, now: Time) {
        while let Some((at, due)) =
            self.accounts.get(customer).and_then(|a| next_due(&self.catalog, &a.state, now))
        {
            let command = self.command(Actor::engine(), Act::Due(due));
            let written = self.apply(customer, &command, at);
            // Something due that writes nothing would be due for ever.
            if !written.is_ok_and(|answer| answer.entry.is_some()) {
                break;
            }
        }
    }

    fn apply(&mut self, customer: &str, command: &Command, now: Time) -> Result<Answer, Refusal> {
        let account = self.accounts.get_mut(customer);
        let state = account.as_ref().map(|a| &a.state);
        let decision = decide(&self.catalog, &self.sums, state, command, now)?;
        if let (Some(account), Some(entry)) = (account, &decision.entry) {
            state::apply(&mut account.state, entry);
            account.journal.push(entry.clone());
        }
        Ok(decision.into())
    }

    fn command(&mut self, by: Actor, act: Act) -> Command {
        self.commands += 1;
        Command { id: CommandId::new(u128::from(self.commands) << 16), by, act }
    }

    /// A customer's state, as of the last command.
    #[must_use]
    pub fn customer(&self, id: &str) -> Option<&Customer> {
        self.accounts.get(id).map(|a| &a.state)
    }

    /// A customer's journal.
    #[must_use]
    pub fn journal(&self, id: &str) -> &[Entry] {
        self.accounts.get(id).map_or(&[], |a| &a.journal)
    }

    /// Every customer's id.
    pub fn customers(&self) -> impl Iterator<Item = &Name> {
        self.accounts.keys()
    }
}
