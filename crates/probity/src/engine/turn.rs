//! One turn of the writer: commands are decided one after the other into one draft.
//!
//! States in memory run ahead of the disk, by the turn that is being committed and the one that is
//! being decided. If a commit fails, everybody who was touched in either is dropped from memory and
//! read from the store again.

use super::ask::{Answered, Ask, Doing, Done, Refused, Render, View, Whose};
use super::customers::{Customers, recall};
use super::draft::{Draft, Drafted, Glimpse, Link};
use super::dues::Dues;
use super::facts::Everyone;
use super::handle::Limits;
use super::kept::Kept;
use super::snapshots::ToKeep;
use super::versions::Versions;
use crate::answer::Reply;
use crate::books::Answer;
use crate::clock::Clock;
use crate::environment::Environment;
use crate::number;
use crate::store::{Beginning, CustomerNumber, Newcomer, Reader, StoreError};
use probity_core::command::{Act, Actor, ActorKind, Command, NewCustomer};
use probity_core::decide::{
    Decision, Problem, Refusal, decide, next_due, open_customer, quiet_until,
};
use probity_core::entry::Entry;
use probity_core::state::Customer;
use probity_core::sums::Sums;
use probity_core::view::Desk;
use probity_core::{RunId, Time, Zone};
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
    /// What a store knows of an environment; `versions`: read already.
    fn of(
        beginning: &Beginning,
        environment: Environment,
        versions: Option<Versions>,
    ) -> Result<Self, StoreError> {
        let of = |(at, body): &&(Environment, String)| *at == environment && !body.is_empty();
        let everyone = match beginning.sums.iter().find(of) {
            Some((_, body)) => {
                serde_json::from_str(body).map_err(|e| StoreError::Corrupt(e.to_string()))?
            }
            None => Everyone::default(),
        };
        let published = beginning.publications.iter().filter(|p| p.environment == environment);
        let published = published.map(|p| p.at).max().unwrap_or(Time::MIN);
        let decided = beginning.decided_at.map_or(Time::MIN, |at| at.of(environment));
        Ok(Self {
            versions: match versions {
                Some(versions) => versions,
                None => Versions::of(environment, &beginning.publications)?,
            },
            everyone,
            sums: Arc::new(Sums::default()),
            counted: false,
            stale: true,
            supposed: false,
            now: published.max(decided),
        })
    }

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

/// Everything that decisions need, and the draft they fill.
pub(crate) struct Turn {
    pub(crate) store: Box<dyn Reader>,
    pub(crate) customers: Customers,
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
    /// The places of what is written last, in this draft too.
    pub(crate) last: Last,
    /// The number of this turn, from 1, and of the last one that is on disk.
    pub(crate) number: u64,
    pub(crate) landed: u64,
    /// The last publication that is on disk.
    pub(crate) landed_publication: u64,
    /// Was anything looked at that is not on disk yet?
    pub(crate) saw_unwritten: bool,
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
            last,
            number: 1,
            landed: 0,
            landed_publication: last.publication,
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

    /// The present instant of an environment; it never goes back.
    pub(super) fn now(&mut self, environment: Environment) -> Time {
        let moved = self.sandbox_clock.filter(|_| environment == Environment::Sandbox);
        let now = moved.unwrap_or_else(|| self.clock.now());
        let is_first = self.draft.is_empty();
        let books = self.books_mut(environment);
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
        match self.drafted(entry) {
            Some(drafted) => Ok(Some(drafted.customer)),
            None => self.store.owner(entry),
        }
    }

    /// An entry that is not on disk yet, by its place.
    fn drafted(&self, place: u64) -> Option<&Drafted> {
        [&self.glimpse.entries, &self.draft.entries].into_iter().find_map(|entries| {
            let i = place.checked_sub(entries.first()?.number)?;
            entries.get(usize::try_from(i).ok()?)
        })
    }

    /// Somebody of whom nothing is written is nobody.
    pub(super) fn put_back(&mut self, kept: Box<Kept>) {
        self.saw_unwritten |= kept.written_in > self.landed;
        if kept.state.is_none() {
            return;
        }
        self.note_due(&kept);
        self.customers.put(kept);
    }

    /// Notes when something is next due for a customer.
    pub(super) fn note_due(&mut self, kept: &Kept) {
        let Some(state) = &kept.state else { return };
        let catalog = &self.books(kept.environment).versions.catalog;
        let until = quiet_until(catalog, state);
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

    /// Fills the draft with what goes with every commit.
    pub(crate) fn close(&mut self) {
        self.note_sums();
        self.prune();
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
        let before = (self.draft.mark(), self.last, kept.clone());
        self.open(kept, &NewCustomer::default(), by.clone(), now)?;
        let decided = self.decide(kept, act, by, now);
        if let Err(Refused::Problem(_)) = &decided {
            self.draft.cut_back(before.0);
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
    fn booked_before(&mut self, kept: &Kept, act: &Act) -> Result<Option<Arc<Entry>>, Refused> {
        let payment = match act {
            Act::TopUp { payment, .. } => payment,
            Act::Renew { payment: Some(payment) } => payment,
            _ => return Ok(None),
        };
        let state = kept.state.as_ref();
        let Some(seq) = state.and_then(|s| s.payments.get(payment)).map(|p| p.seq) else {
            return Ok(None);
        };
        let drafted = self.glimpse.entries.iter().chain(&self.draft.entries);
        let is_it = |d: &&Drafted| d.customer == kept.number && d.entry.seq == seq;
        if let Some(drafted) = drafted.into_iter().find(is_it) {
            return Ok(Some(Arc::clone(&drafted.entry)));
        }
        let found = self.store.entries(kept.number, seq.saturating_sub(1), 1)?;
        let entry = found.first().map(|written| serde_json::from_str(&written.body)).transpose();
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

    /// Writes a decision's entry into the draft and folds it.
    fn apply(&mut self, kept: &mut Kept, decision: Decision) -> Answer {
        let answer = Answer::from(decision);
        if let Some(entry) = &answer.entry {
            self.count(kept, entry);
            self.write(kept, entry);
        }
        answer
    }

    fn count(&mut self, kept: &Kept, entry: &Entry) {
        let books = self.books_mut(kept.environment);
        let Some(zone) = books.versions.zone(entry.at).cloned() else { return };
        if books.everyone.count(kept.state.as_deref(), entry, &zone) {
            books.counted = true;
            books.stale = true;
        }
    }

    fn write(&mut self, kept: &mut Kept, entry: &Arc<Entry>) {
        if kept.state.is_none() {
            self.last.customer = kept.number.0;
            let (environment, id) = (kept.environment, kept.id.clone());
            self.draft.batch.newcomers.push(Newcomer { number: kept.number, environment, id });
        }
        self.last.entry += 1;
        let drafted = Drafted {
            number: self.last.entry,
            customer: kept.number,
            previous: kept.entry,
            entry: Arc::clone(entry),
            after: kept.link.clone(),
            link: Link::default(),
        };
        kept.follow(entry, drafted.number, drafted.link.clone());
        self.draft.entries.push(drafted);
        self.is_touched(kept);
    }

    /// Something of theirs is not on disk yet.
    pub(super) fn is_touched(&mut self, kept: &mut Kept) {
        kept.written_in = self.number;
        self.touched.push(kept.number);
    }

    /// The states of whoever was touched and has a long journal behind the last snapshot.
    pub(crate) fn to_keep(&mut self) -> Vec<ToKeep> {
        self.touched.sort_unstable();
        self.touched.dedup();
        let after = self.limits.snapshot_after;
        let touched = self.touched.iter();
        touched.filter_map(|number| self.customers.get_mut(*number)?.to_keep(after)).collect()
    }

    /// Whoever was touched is read again when asked about.
    pub(crate) fn forget(&mut self, touched: &[CustomerNumber]) {
        for number in touched {
            self.customers.forget(*number);
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
        let last = Last::of(beginning);
        let is_published = last.publication == self.last.publication;
        for environment in Environment::ALL {
            let before = self.books(environment).clone();
            let known = is_published.then(|| before.versions.clone());
            let mut books = Books::of(beginning, environment, known)?;
            // Where the sandbox clock was moved to is not where it stands, if that failed.
            books.now = match (environment, beginning.clock) {
                (Environment::Sandbox, Some(clock)) => clock,
                (Environment::Sandbox, None) => self.clock.now(),
                (Environment::Live, _) => before.now,
            };
            if before.supposed {
                books.suppose((*before.sums).clone());
            }
            *self.books_mut(environment) = books;
        }
        self.last = last;
        self.landed_publication = last.publication;
        self.landed = self.number;
        self.number += 1;
        Ok(())
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
