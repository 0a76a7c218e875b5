//! Decides what is asked, and writes what was decided into the draft. What the rules are stands in the
//! core; here they are only asked in their order.

use super::ask::{Doing, Refused};
use super::draft::{Drafted, Link};
use super::kept::Kept;
use super::turn::Turn;
use crate::books::Answer;
use crate::number;
use crate::store::{Newcomer, StoreError};
use probity_core::command::{Act, Actor, ActorKind, Command, KeyChange, NewCustomer};
use probity_core::decide::{Decision, Problem, Refusal, decide, next_due, open_customer};
use probity_core::entry::Entry;
use probity_core::{RunId, Time};
use std::sync::Arc;

impl Turn {
    pub(super) fn do_it(
        &mut self,
        kept: &mut Kept,
        doing: Doing,
        by: Actor,
        now: Time,
    ) -> Result<Answer, Refused> {
        match doing {
            Doing::Act(Act::OpenCustomer(new)) => self.open(kept, &new, by, now),
            Doing::Act(Act::OwnKey { provider, change }) => {
                self.own_key(kept, (provider, change, None), by, now)
            }
            Doing::StoreKey { provider, ends_with, sealed } => {
                let stored = (provider, KeyChange::Stored(ends_with), Some(sealed));
                self.own_key(kept, stored, by, now)
            }
            Doing::Act(act) => self.act(kept, act, by, now),
            Doing::Put(new, _) if kept.state.is_none() => self.open(kept, &new, by, now),
            Doing::Put(_, changes) => self.act(kept, Act::UpdateCustomer(changes), by, now),
            Doing::Question { id, run, text } => self.question(kept, (id, run, text), &by, now),
            Doing::Reply { question, run, text } => {
                self.reply(kept, (question, run, text), &by, now)
            }
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

    pub(super) fn act(
        &mut self,
        kept: &mut Kept,
        act: Act,
        by: Actor,
        now: Time,
    ) -> Result<Answer, Refused> {
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
        if let Err(Refusal::Denied(denial)) = &decided {
            self.tell_refused(kept, denial, now);
        }
        let decision = decided.map_err(|refusal| self.refused(kept, refusal, now))?;
        let stands = decision.entry.is_none() && decision.run.is_none();
        let mut answer = self.apply(kept, decision);
        if stands {
            answer.entry = self.booked_before(kept, &command.act)?;
        }
        Ok(answer)
    }

    /// The entry that booked the same payment before.
    pub(super) fn booked_before(
        &mut self,
        kept: &Kept,
        act: &Act,
    ) -> Result<Option<Arc<Entry>>, Refused> {
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
    pub(crate) fn catch_up(&mut self, kept: &mut Kept, now: Time) {
        self.catch_up_until(kept, now, usize::MAX);
    }

    /// The same, but only until the draft has so many entries. Is nothing due any more?
    pub(super) fn catch_up_until(&mut self, kept: &mut Kept, now: Time, full: usize) -> bool {
        while let Some(state) = &kept.state {
            if self.draft.entries.len() >= full {
                return next_due(&self.books(kept.environment).versions.catalog, state, now)
                    .is_none();
            }
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
        true
    }

    /// Writes a decision's entry into the draft and folds it.
    fn apply(&mut self, kept: &mut Kept, decision: Decision) -> Answer {
        let answer = Answer::from(decision);
        if let Some(entry) = &answer.entry {
            self.count(kept, entry);
            self.write(kept, entry);
            self.tell_of(kept, entry);
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
        self.owners.note(drafted.number, kept.number);
        self.draft.entries.push(drafted);
        self.is_touched(kept);
    }
}

/// The run that a command names.
pub(super) const fn run_of(doing: &Doing) -> Option<RunId> {
    match doing {
        Doing::Act(
            Act::Settle { run, .. }
            | Act::Release { run }
            | Act::Extend { run, .. }
            | Act::Refund { run, .. }
            | Act::Correct { run, .. }
            | Act::Attempts { run, .. },
        )
        | Doing::Question { run, .. }
        | Doing::Reply { run, .. } => Some(*run),
        _ => None,
    }
}
