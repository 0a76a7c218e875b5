//! One turn of the writer: commands are decided one after the other into one draft.
//!
//! States in memory run ahead of the disk, by the turn that is being committed and the one that is
//! being decided. If a commit fails, everybody who was touched in either is dropped from memory and
//! read from the store again.

use super::act::run_of;
use super::ask::{Answered, Ask, Doing, Done, Refused, Render, View, Whose};
use super::customers::{Customers, recall};
use super::draft::{Draft, Glimpse};
use super::dues::Dues;
use super::handle::Limits;
use super::kept::Kept;
use super::own::OwnKeys;
use super::owners::Owners;
use super::snapshots::ToKeep;
use super::standing::{Books, Last};
use crate::answer::Reply;
use crate::books::Answer;
use crate::clock::Clock;
use crate::environment::Environment;
use crate::number;
use crate::store::{Beginning, CustomerNumber, Endpoint, Instants, Reader, StoreError};
use probity_core::decide::{Problem, quiet_until};
use probity_core::state::Customer;
use probity_core::view::Desk;
use probity_core::{RunId, Time};
use std::sync::Arc;

/// Everything that decisions need, and the draft they fill.
pub(crate) struct Turn {
    pub(crate) store: Box<dyn Reader>,
    pub(crate) customers: Customers,
    /// The keys of what is about no customer.
    pub(crate) own: OwnKeys,
    pub(super) owners: Owners,
    pub(crate) live: Books,
    pub(crate) sandbox: Books,
    pub(super) clock: Arc<dyn Clock>,
    /// Where the sandbox clock stands, once it was moved.
    pub(super) sandbox_clock: Option<Time>,
    pub(crate) draft: Draft,
    /// What is being committed.
    pub(crate) glimpse: Glimpse,
    pub(crate) touched: Vec<CustomerNumber>,
    pub(crate) limits: Limits,
    pub(crate) dues: Dues,
    /// Up to where old answers were looked for, and the oldest that is kept.
    pub(crate) pruned: u64,
    pub(crate) first_answer: u64,
    /// Up to where old events are gone, and when the next is old.
    pub(crate) pruned_events: u64,
    pub(crate) events_old_at: Time,
    /// Where events are sent, in both environments.
    pub(crate) endpoints: Vec<Endpoint>,
    /// The places of what is written last, in this draft too.
    pub(crate) last: Last,
    /// The number of this turn, from 1, and of the last one that is on disk.
    pub(crate) number: u64,
    pub(crate) landed: u64,
    /// The last publication and the last event that are on disk.
    pub(crate) landed_publication: u64,
    pub(crate) landed_event: u64,
    /// Where the sandbox clock stands on disk.
    pub(crate) landed_clock: Option<Time>,
    /// Was anything looked at that is not on disk yet?
    pub(crate) saw_unwritten: bool,
}

impl Turn {
    /// The first turn, from what the store knows.
    ///
    /// # Errors
    /// [`StoreError`] where that cannot be read.
    pub(crate) fn new(
        store: Box<dyn Reader>,
        clock: Arc<dyn Clock>,
        limits: Limits,
        beginning: &Beginning,
    ) -> Result<Self, StoreError> {
        let last = Last::of(beginning);
        Ok(Self {
            store,
            customers: Customers::new(limits.memory),
            own: OwnKeys::default(),
            owners: Owners::default(),
            live: Books::of(beginning, Environment::Live, None)?,
            sandbox: Books::of(beginning, Environment::Sandbox, None)?,
            clock,
            sandbox_clock: beginning.clock,
            draft: Draft::default(),
            glimpse: Glimpse::default(),
            touched: Vec::new(),
            limits,
            dues: Dues::unknown(beginning.customers),
            pruned: 0,
            first_answer: 0,
            pruned_events: 0,
            events_old_at: Time::MIN,
            endpoints: beginning.endpoints.clone(),
            last,
            number: 1,
            landed: 0,
            landed_publication: last.publication,
            landed_event: last.event,
            landed_clock: beginning.clock,
            saw_unwritten: false,
        })
    }

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

    /// The last instants that anything was decided at.
    pub(super) const fn instants(&self) -> Instants {
        Instants { live: self.live.now, sandbox: self.sandbox.now }
    }

    /// The present instant of an environment; it never goes back.
    pub(super) fn now(&mut self, environment: Environment) -> Time {
        let moved = self.sandbox_clock.filter(|_| environment == Environment::Sandbox);
        self.saw_unwritten |= moved != self.landed_clock && moved.is_some();
        let now = moved.unwrap_or_else(|| self.clock.now());
        let turn = self.number;
        let books = self.books_mut(environment);
        let is_first = std::mem::replace(&mut books.looked_at_in, turn) != turn;
        books.now = books.now.max(now);
        let now = books.now;
        // Days and months end also when nobody does anything.
        let ended = books.sums.supplier_window_ends.is_none_or(|ends| ends <= now);
        if (ended || (books.stale && is_first))
            && let Some(zone) = books.versions.zone(now).cloned()
        {
            books.add_up(now, &zone);
        }
        now
    }

    /// Decides one command; what it writes is in the draft then.
    pub(crate) fn ask(&mut self, ask: Ask, now: Time) -> Result<Answered, Refused> {
        let mut kept = self.whose(ask.environment, &ask.whose)?;
        let decided = self.ask_about(&mut kept, ask, now);
        self.put_back(kept);
        decided
    }

    pub(super) fn view_of(
        &self,
        environment: Environment,
        customer: Arc<Customer>,
        now: Time,
    ) -> View {
        let books = self.books(environment);
        let (catalog, sums) = (Arc::clone(&books.versions.catalog), Arc::clone(&books.sums));
        View { customer, catalog, sums, now }
    }

    /// Takes the customer out of the working set; [`Turn::put_back`] puts them back.
    pub(super) fn whose(
        &mut self,
        environment: Environment,
        whose: &Whose,
    ) -> Result<Box<Kept>, Refused> {
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
            return Ok(Box::new(Kept::newcomer(environment, next, id.clone())));
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

    /// Whose entry stands at a place, in this draft or before.
    fn owner(&mut self, entry: u64) -> Result<Option<CustomerNumber>, StoreError> {
        match self.owners.of(entry) {
            Some(owner) => Ok(Some(owner)),
            None => self.store.owner(entry),
        }
    }

    /// Somebody of whom nothing is written is nobody.
    pub(super) fn put_back(&mut self, mut kept: Box<Kept>) {
        self.saw_unwritten |= kept.written_in > self.landed;
        if kept.state.is_none() {
            return self.own.put(*kept);
        }
        self.note_due(&mut kept);
        self.customers.put(kept);
    }

    /// Notes when something is next due for a customer.
    pub(super) fn note_due(&mut self, kept: &mut Kept) {
        let ahead_at = self.ahead_at(kept);
        let Some(state) = &kept.state else { return };
        let catalog = &self.books(kept.environment).versions.catalog;
        let until = quiet_until(catalog, state).min(ahead_at);
        self.dues.note(kept.number, kept.environment, until);
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
        self.catch_up(kept, now);
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

    /// Fills the draft with what goes with every commit.
    pub(crate) fn close(&mut self) {
        self.note_sums();
        self.prune();
        self.prune_events();
        if !self.draft.is_empty() {
            self.draft.batch.decided_at = Some(self.instants());
        }
    }

    /// Puts the sums of whoever they changed for into the draft.
    fn note_sums(&mut self) {
        for environment in Environment::ALL {
            let books = self.books_mut(environment);
            if std::mem::take(&mut books.counted)
                && let Ok(body) = serde_json::to_string(&books.everyone)
            {
                self.draft.batch.sums.push((environment, body));
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

    /// Something of theirs is not on disk yet.
    pub(super) fn is_touched(&mut self, kept: &mut Kept) {
        kept.written_in = self.number;
        self.touched.push(kept.number);
    }

    /// The states of whoever was touched and has a long journal behind the last snapshot.
    pub(crate) fn keep_aside(&mut self) -> Vec<ToKeep> {
        self.touched.sort_unstable();
        self.touched.dedup();
        let after = self.limits.snapshot_after;
        let touched = self.touched.iter();
        touched.filter_map(|number| self.customers.get_mut(*number)?.keep_aside(after)).collect()
    }

    /// Whoever was touched is read again when asked about.
    pub(crate) fn forget(&mut self, touched: &[CustomerNumber]) {
        self.own = OwnKeys::default();
        self.customers.forget(touched);
        for number in touched {
            self.dues.forget(*number);
        }
    }

    /// Begins with what is on disk; whoever was touched is forgotten already.
    ///
    /// # Errors
    /// [`StoreError`] where what was published cannot be read.
    pub(crate) fn begin_anew(&mut self, beginning: &Beginning) -> Result<(), StoreError> {
        self.draft = Draft::default();
        self.glimpse = Glimpse::default();
        self.dues.forget_after(beginning.customers);
        self.sandbox_clock = beginning.clock;
        self.landed_clock = beginning.clock;
        let last = Last::of(beginning);
        let is_published = last.publication == self.last.publication;
        for environment in Environment::ALL {
            let before = self.books(environment).clone();
            let known = is_published.then(|| before.versions.clone());
            let mut books = Books::of(beginning, environment, known)?;
            // Where the sandbox clock was moved to is not where it stands, if that failed.
            books.now = match (environment, beginning.clock) {
                (Environment::Sandbox, Some(clock)) => clock,
                (Environment::Sandbox, None) => books.now.max(self.clock.now()),
                (Environment::Live, _) => before.now,
            };
            if before.supposed {
                books.suppose((*before.sums).clone());
            }
            *self.books_mut(environment) = books;
        }
        self.last = last;
        self.endpoints.clone_from(&beginning.endpoints);
        self.owners.forget_from(last.entry + 1);
        self.landed_publication = last.publication;
        self.landed_event = last.event;
        // What was to be deleted is perhaps still there: it is looked for from the beginning.
        self.pruned_events = 0;
        self.events_old_at = Time::MIN;
        self.landed = self.number;
        self.number += 1;
        Ok(())
    }

    /// Brings a run that rests back into its customer's state.
    fn wake(&mut self, kept: &mut Kept, run: RunId) -> Result<(), Refused> {
        let number = kept.number;
        kept.wake(run, &mut |run| self.store.rested(number, run)).map_err(Refused::from)
    }
}
