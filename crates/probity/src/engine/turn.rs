//! One turn of the writer: commands are decided one after the other into one batch.
//!
//! States in memory run ahead of the disk during a turn. If the commit fails, everybody who was
//! touched is dropped from memory and read from the store again.

use super::ask::{Answered, Ask, Doing, Done, Refused, Render, View, Whose};
use super::customers::{Customers, recall};
use super::dues::Dues;
use super::facts::Everyone;
use super::handle::Limits;
use super::kept::Kept;
use super::own::OwnKeys;
use super::versions::Versions;
use crate::answer::Reply;
use crate::books::Answer;
use crate::environment::Environment;
use crate::number;
use crate::store::{Batch, Beginning, CustomerNumber, Newcomer, Store, StoreError, Written};
use probity_core::command::{Act, Actor, ActorKind, Command, NewCustomer};
use probity_core::decide::{
    Decision, Problem, Refusal, decide, next_due, open_customer, quiet_until,
};
use probity_core::entry::Entry;
use probity_core::state::Customer;
use probity_core::sums::Sums;
use probity_core::view::Desk;
use probity_core::{Name, RunId, Time, Zone, journal};
use std::sync::Arc;

/// The books of one environment, beside its customers.
#[derive(Clone, Debug)]
pub(crate) struct Books {
    pub(crate) versions: Versions,
    pub(crate) everyone: Everyone,
    pub(crate) sums: Arc<Sums>,
    /// Has anything counted since the sums were last kept?
    pub(crate) counted: bool,
    /// Has anything counted that `sums` does not show yet? They are added up once a turn.
    pub(crate) stale: bool,
    /// The sums are what somebody said they are to be, not what was counted.
    pub(crate) supposed: bool,
    /// The last instant that was decided at: time never goes back.
    pub(crate) now: Time,
}

impl Books {
    /// What decisions see of everyone from now on.
    pub(crate) fn add_up(&mut self, now: Time, zone: &Zone) {
        self.stale = false;
        let sums = self.everyone.sums(now, zone);
        if !self.supposed && *self.sums != sums {
            self.sums = Arc::new(sums);
        }
    }

    /// Decides from now on as if these were the sums.
    pub(crate) fn suppose(&mut self, sums: Sums) {
        self.sums = Arc::new(sums);
        self.supposed = true;
    }
}

/// Everything the writer has, and the batch it is filling.
pub(crate) struct Turn {
    pub(crate) store: Box<dyn Store>,
    pub(crate) customers: Customers,
    /// The keys of what is about no customer.
    pub(crate) own: OwnKeys,
    pub(crate) live: Books,
    pub(crate) sandbox: Books,
    pub(crate) batch: Batch,
    pub(crate) touched: Vec<CustomerNumber>,
    pub(crate) limits: Limits,
    pub(crate) dues: Dues,
    /// Up to where old answers were looked for.
    pub(crate) pruned: u64,
    /// The places of what is written last, in this batch too.
    pub(crate) last: Last,
}

/// How far the journal, the answers and the customers reach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Last {
    pub(crate) entry: u64,
    pub(crate) answer: u64,
    pub(crate) customer: u32,
    pub(crate) publication: u64,
}

impl Last {
    pub(crate) fn of(beginning: &Beginning) -> Self {
        Self {
            entry: beginning.entries,
            answer: beginning.answers,
            customer: beginning.customers,
            publication: beginning.publications.last().map_or(0, |p| p.number),
        }
    }
}

impl Turn {
    pub(crate) const fn books(&self, environment: Environment) -> &Books {
        match environment {
            Environment::Live => &self.live,
            Environment::Sandbox => &self.sandbox,
        }
    }

    pub(crate) const fn books_mut(&mut self, environment: Environment) -> &mut Books {
        match environment {
            Environment::Live => &mut self.live,
            Environment::Sandbox => &mut self.sandbox,
        }
    }

    /// Decides one command; what it writes is in the batch then.
    pub(crate) fn ask(&mut self, ask: Ask, now: Time) -> Result<Answered, Refused> {
        let mut kept = self.whose(ask.environment, &ask.whose)?;
        let decided = self.ask_about(&mut kept, ask, now);
        self.put_back(kept);
        decided
    }

    /// The state of a customer with everything due by now applied.
    pub(crate) fn view(
        &mut self,
        environment: Environment,
        whose: &Whose,
        now: Time,
    ) -> Result<View, Refused> {
        let mut kept = self.whose(environment, whose)?;
        let caught_up = self.catch_up(&mut kept, now);
        let woken = match whose {
            Whose::Run(run, _) => self.wake(&mut kept, *run),
            Whose::Customer(_) => Ok(()),
        };
        let view = kept.state.clone().map(|customer| self.view_of(environment, customer, now));
        self.put_back(kept);
        caught_up.and(woken)?;
        view.ok_or_else(|| Problem::NotFound { what: "customer" }.into())
    }

    fn view_of(&self, environment: Environment, customer: Arc<Customer>, now: Time) -> View {
        let books = self.books(environment);
        let (catalog, sums) = (Arc::clone(&books.versions.catalog), Arc::clone(&books.sums));
        View { customer, catalog, sums, now }
    }

    /// Takes the customer out of the working set; [`Turn::put_back`] puts them back.
    pub(super) fn whose(
        &mut self,
        environment: Environment,
        whose: &Whose,
    ) -> Result<Kept, Refused> {
        if let Some(own) = self.own.take(environment, whose) {
            return Ok(own);
        }
        let (found, name) = match whose {
            Whose::Customer(id) => {
                let found = self.customers.find(&mut *self.store, environment, id)?;
                (found, Some(id))
            }
            Whose::Run(run, name) => (self.owner(number::entry_of(*run))?, name.as_ref()),
        };
        let no_run = || Refused::from(Problem::NotFound { what: "run" });
        let Some(number) = found else {
            let Whose::Customer(id) = whose else { return Err(no_run()) };
            let next = CustomerNumber(self.last.customer + 1);
            return Ok(Kept::newcomer(environment, next, id.clone()));
        };
        let kept = match self.customers.take(number) {
            Some(kept) => kept,
            None => recall(&mut *self.store, number)?,
        };
        let is_theirs = kept.environment == environment && name.is_none_or(|name| *name == kept.id);
        if is_theirs {
            return Ok(kept);
        }
        self.put_back(kept);
        Err(no_run())
    }

    /// Whose entry stands at a place, in this batch or before.
    fn owner(&mut self, entry: u64) -> Result<Option<CustomerNumber>, StoreError> {
        let pending = self.batch.entries.first().map_or(u64::MAX, |first| first.number);
        match entry.checked_sub(pending) {
            Some(i) => {
                let i = usize::try_from(i).unwrap_or(usize::MAX);
                Ok(self.batch.entries.get(i).map(|entry| entry.customer))
            }
            None => self.store.owner(entry),
        }
    }

    /// Somebody of whom nothing is written is nobody.
    pub(super) fn put_back(&mut self, kept: Kept) {
        let Some(state) = &kept.state else { return self.own.put(kept) };
        let catalog = &self.books(kept.environment).versions.catalog;
        let until = quiet_until(catalog, state);
        self.dues.note(kept.number, kept.environment, until);
        self.customers.put(kept);
    }

    fn ask_about(&mut self, kept: &mut Kept, ask: Ask, now: Time) -> Result<Answered, Refused> {
        if let Some(key) = &ask.key
            && let Some(repeated) = self.repeated(kept, key, now)?
        {
            return Ok(repeated);
        }
        if matches!(ask.doing, Doing::LookUp) {
            return Ok(Answered { answer: None, reply: None, replayed: false });
        }
        self.catch_up(kept, now)?;
        if let Some(run) = run_of(&ask.doing).or(match &ask.whose {
            Whose::Run(run, _) => Some(*run),
            Whose::Customer(_) => None,
        }) {
            self.wake(kept, run)?;
        }
        if let (Some(only_if), Some(customer)) = (ask.only_if, &kept.state) {
            only_if(customer)?;
        }
        let known = kept.state.is_some();
        let answer = self.do_it(kept, ask.doing, ask.by, now)?;
        let reply = match ask.render {
            Some(render) => Some(self.render(kept, render, &answer, !known, now)?),
            None => None,
        };
        if let (Some(key), Some(reply)) = (ask.key, &reply) {
            self.keep_answer(kept, key, reply, now);
        }
        Ok(Answered { answer: Some(answer), reply, replayed: false })
    }

    /// Entries of a customer above a number, those of this batch too, oldest first.
    pub(crate) fn entries(
        &mut self,
        environment: Environment,
        customer: &Name,
        after: u64,
        limit: usize,
        now: Time,
    ) -> Result<Vec<Written>, Refused> {
        let mut kept = self.whose(environment, &Whose::Customer(customer.clone()))?;
        let caught_up = self.catch_up(&mut kept, now);
        let (number, known) = (kept.number, kept.state.is_some());
        self.put_back(kept);
        caught_up?;
        if !known {
            return Err(Problem::NotFound { what: "customer" }.into());
        }
        let mut found = self.store.entries(number, after, limit)?;
        let pending = self.batch.entries.iter();
        found.extend(pending.filter(|e| e.customer == number && e.seq > after).cloned());
        found.truncate(limit);
        Ok(found)
    }

    /// Puts the sums of whoever they changed for into the batch.
    pub(crate) fn note_sums(&mut self) {
        for environment in Environment::ALL {
            let books = self.books_mut(environment);
            if std::mem::take(&mut books.counted)
                && let Ok(body) = serde_json::to_string(&books.everyone)
            {
                self.batch.sums.push((environment, body));
            }
        }
    }

    fn render(
        &self,
        kept: &Kept,
        render: Render,
        answer: &Answer,
        opened: bool,
        now: Time,
    ) -> Result<Reply, Refused> {
        let books = self.books(kept.environment);
        let customer = kept.state.as_deref().ok_or(Problem::NotFound { what: "customer" })?;
        let desk = Desk::new(&books.versions.catalog, &books.sums, customer, now)
            .ok_or(Problem::NotFound { what: "contract version" })?;
        Ok(render(&Done { desk, customer, answer, opened, now })?)
    }

    fn do_it(
        &mut self,
        kept: &mut Kept,
        doing: Doing,
        by: Actor,
        now: Time,
    ) -> Result<Answer, Refused> {
        match doing {
            Doing::Act(Act::OpenCustomer(new)) => self.open(kept, &new, by, now),
            Doing::Act(act) => self.act(kept, act, by, now),
            Doing::Put(new, _) if kept.state.is_none() => self.open(kept, &new, by, now),
            Doing::Put(_, changes) => self.act(kept, Act::UpdateCustomer(changes), by, now),
            Doing::Question { id, run, text } => self.question(kept, (id, run, text), &by, now),
            Doing::Tell | Doing::LookUp => Ok(Answer { entry: None, run: None }),
        }
    }

    fn open(
        &mut self,
        kept: &mut Kept,
        new: &NewCustomer,
        by: Actor,
        now: Time,
    ) -> Result<Answer, Refused> {
        if kept.state.is_some() {
            return Err(Problem::AlreadyDone.into());
        }
        let command = self.command(by, Act::OpenCustomer(new.clone()), now);
        let catalog = &self.books(kept.environment).versions.catalog;
        let decided = open_customer(catalog, &kept.id, new, &command, now);
        let decision = decided.map_err(|refusal| self.refused(kept, refusal, now))?;
        Ok(self.apply(kept, decision))
    }

    fn act(&mut self, kept: &mut Kept, act: Act, by: Actor, now: Time) -> Result<Answer, Refused> {
        if kept.state.is_some() {
            return self.decide(kept, act, by, now);
        }
        let books = self.books(kept.environment);
        let in_force = books.versions.catalog.in_force(now);
        let welcome = in_force.is_some_and(|version| version.contract.new_customers.is_some());
        let is_run = matches!(act, Act::StartRun(_)) && by.kind == ActorKind::Product;
        if !is_run || !welcome {
            return Err(Problem::NotFound { what: "customer" }.into());
        }
        // A first run of somebody unknown opens them; a malformed request makes nobody a customer.
        let before = (self.batch.mark(), self.last, kept.clone());
        self.open(kept, &NewCustomer::default(), by.clone(), now)?;
        let decided = self.decide(kept, act, by, now);
        if let Err(Refused::Problem(_)) = &decided {
            self.batch.cut_back(before.0);
            (self.last, *kept) = (before.1, before.2);
        }
        decided
    }

    fn decide(
        &mut self,
        kept: &mut Kept,
        act: Act,
        by: Actor,
        now: Time,
    ) -> Result<Answer, Refused> {
        let command = self.command(by, act, now);
        let books = self.books(kept.environment);
        let state = kept.state.as_deref();
        let decided = decide(&books.versions.catalog, &books.sums, state, &command, now);
        let decision = decided.map_err(|refusal| self.refused(kept, refusal, now))?;
        let stands = decision.entry.is_none() && decision.run.is_none();
        let mut answer = self.apply(kept, decision);
        if stands {
            answer.entry = self.booked_before(kept, &command.act)?;
        }
        Ok(answer)
    }

    /// The entry that booked the same payment before.
    fn booked_before(&mut self, kept: &Kept, act: &Act) -> Result<Option<Entry>, Refused> {
        let payment = match act {
            Act::TopUp { payment, .. } => payment,
            Act::Renew { payment: Some(payment) } => payment,
            _ => return Ok(None),
        };
        let state = kept.state.as_ref();
        let Some(seq) = state.and_then(|s| s.payments.get(payment)).map(|p| p.seq) else {
            return Ok(None);
        };
        let is_it = |written: &&Written| written.customer == kept.number && written.seq == seq;
        let body = match self.batch.entries.iter().find(is_it) {
            Some(written) => Some(written.body.clone()),
            None => {
                let found = self.store.entries(kept.number, seq.saturating_sub(1), 1)?;
                found.into_iter().next().map(|written| written.body)
            }
        };
        let entry = body.map(|body| serde_json::from_str(&body)).transpose();
        entry.map_err(|error| StoreError::Corrupt(error.to_string()).into())
    }

    fn refused(&self, kept: &Kept, refusal: Refusal, now: Time) -> Refused {
        match (refusal, &kept.state) {
            (Refusal::Denied(denial), Some(state)) => {
                let view = self.view_of(kept.environment, Arc::clone(state), now);
                Refused::Denied(denial, Box::new(view))
            }
            (Refusal::Denied(_), None) => Problem::NotFound { what: "customer" }.into(),
            (Refusal::Problem(problem), _) => problem.into(),
        }
    }

    fn command(&self, by: Actor, act: Act, now: Time) -> Command {
        Command { id: number::command(now, self.last.entry + 1), by, act }
    }

    /// Applies everything that is due by `now`, each thing at its own instant.
    pub(crate) fn catch_up(&mut self, kept: &mut Kept, now: Time) -> Result<(), Refused> {
        while let Some(state) = &kept.state {
            let books = self.books(kept.environment);
            let Some((at, due)) = next_due(&books.versions.catalog, state, now) else { break };
            let command = self.command(Actor::engine(), Act::Due(due), at);
            let decided = decide(&books.versions.catalog, &books.sums, Some(state), &command, at);
            match decided {
                Ok(decision) if decision.entry.is_some() => self.apply(kept, decision),
                // Something due that writes nothing would be due for ever.
                _ => break,
            };
        }
        Ok(())
    }

    /// Writes a decision's entry into the batch and folds it.
    fn apply(&mut self, kept: &mut Kept, decision: Decision) -> Answer {
        if let Some(entry) = &decision.entry {
            self.count(kept, entry);
            self.write(kept, entry);
        }
        decision.into()
    }

    fn count(&mut self, kept: &Kept, entry: &Entry) {
        let books = self.books_mut(kept.environment);
        let Some(zone) = books.versions.zone(entry.at).cloned() else { return };
        if books.everyone.count(kept.state.as_deref(), entry, &zone) {
            books.counted = true;
            books.stale = true;
        }
    }

    fn write(&mut self, kept: &mut Kept, entry: &Entry) {
        if kept.state.is_none() {
            self.last.customer = kept.number.0;
            let (environment, id) = (kept.environment, kept.id.clone());
            self.batch.newcomers.push(Newcomer { number: kept.number, environment, id });
        }
        let body = journal::body(entry);
        let hash = journal::link(kept.entry_hash(), &body);
        self.last.entry += 1;
        let (number, previous) = (self.last.entry, kept.entry);
        let written =
            Written { number, customer: kept.number, seq: entry.seq, previous, body, hash };
        kept.follow(entry, &written);
        self.batch.entries.push(written);
        self.touched.push(kept.number);
    }

    /// Snapshots of whoever was touched and has a long journal behind the last one; with them, and
    /// only with them, runs go to rest.
    pub(crate) fn take_snapshots(&mut self) {
        self.touched.sort_unstable();
        self.touched.dedup();
        for number in self.touched.clone() {
            let Some(mut kept) = self.customers.take(number) else { continue };
            if kept.is_snapshot_due(self.limits.snapshot_after) {
                self.batch.rested.extend(kept.rest(self.limits.awake));
                // Keys live by the clock of their own environment.
                let now = self.books(kept.environment).now;
                self.batch.snapshots.extend(kept.snapshot(now));
            }
            self.customers.put(kept);
        }
    }

    /// Brings a run that rests back into its customer's state.
    fn wake(&mut self, kept: &mut Kept, run: RunId) -> Result<(), Refused> {
        kept.wake(run, &mut |run| self.store.rested(run)).map_err(Refused::from)
    }
}

/// The run that a command names.
const fn run_of(doing: &Doing) -> Option<RunId> {
    match doing {
        Doing::Act(
            Act::Settle { run, .. }
            | Act::Release { run }
            | Act::Extend { run, .. }
            | Act::Refund { run, .. }
            | Act::Correct { run, .. }
            | Act::Attempts { run, .. },
        )
        | Doing::Question { run, .. } => Some(*run),
        _ => None,
    }
}
