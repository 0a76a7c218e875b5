//! What a server asks for beside commands: lists of runs and publications, its keys and secrets,
//! questions about receipts. None of it is in the books; all of it goes through the one writer.

use super::ask::{Refused, View, Whose};
use super::handle::{Pending, Probity};
use super::job::Job;
use super::kept::{Kept, wake};
use super::reading::FromStore;
use super::turn::Turn;
use super::writer::Writer;
use crate::books::Answer;
use crate::environment::Environment;
use crate::number;
use crate::packed;
use crate::statement;
use crate::store::{ApiKey, CustomerNumber, Publication, Question, QuestionReply, Reader, Replied};
use probity_core::command::Actor;
use probity_core::decide::Problem;
use probity_core::event::EventKind;
use probity_core::state::RestingRun;
use probity_core::terms::Catalog;
use probity_core::{Name, RunId, Time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many questions about one run are kept.
const QUESTIONS: usize = 20;

/// A page of a customer's runs.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The customer, with all runs of the page awake.
    pub view: View,
    /// The runs, the newest first.
    pub runs: Vec<RunId>,
    /// There are older ones.
    pub more: bool,
}

/// A change to the keys of the API.
#[derive(Clone, Debug)]
pub enum KeyChange {
    /// None: they are only listed.
    List,
    /// A new one; when it was made is set here.
    Add(ApiKey),
    /// The one with this id is refused from now on.
    Revoke(Name),
}

/// Where a page of runs is found: those awake are with the view.
pub(super) struct RunsPage {
    view: View,
    number: CustomerNumber,
    before: Option<RunId>,
    limit: usize,
}

impl RunsPage {
    /// Those at rest are read, and woken for this page only.
    fn read(self, store: &mut dyn Reader) -> Result<Listed, Refused> {
        let Self { view, number, before, limit } = self;
        let place = before.map_or(u64::MAX, number::entry_of);
        let at_rest = store.rested_before(number, place, limit.saturating_add(1))?;
        let is_before = |run: &RunId| before.is_none_or(|before| *run < before);
        let mut found: BTreeMap<RunId, Option<RestingRun>> = BTreeMap::new();
        for rested in at_rest.into_iter().filter(|rested| is_before(&rested.run)) {
            found.insert(rested.run, Some(packed::unpack(&rested.body)?));
        }
        let awake = view.customer.runs.keys().filter(|run| is_before(run));
        found.extend(awake.map(|run| (*run, None)));
        let more = found.len() > limit;
        let mut customer = view.customer;
        let mut runs = Vec::new();
        for (run, resting) in found.into_iter().rev().take(limit) {
            if let Some(resting) = resting {
                Arc::make_mut(&mut customer).wake(run, resting);
            }
            runs.push(run);
        }
        Ok(Listed { view: View { customer, ..view }, runs, more })
    }
}

impl Turn {
    /// The state of a customer with everything due by now applied; the run it is asked about is awake
    /// in it.
    pub(super) fn view(
        &mut self,
        environment: Environment,
        whose: &Whose,
    ) -> Result<(CustomerNumber, View), Refused> {
        let now = self.now(environment);
        let mut kept = self.whose(environment, whose)?;
        self.catch_up(&mut kept, now);
        let number = kept.number;
        let found = kept.state.clone().map(|customer| self.view_of(environment, customer, now));
        self.put_back(kept);
        let mut view = found.ok_or(Problem::NotFound { what: "customer" })?;
        if let Whose::Run(run, _) = whose {
            let rested = &mut |run| self.store.rested(number, run);
            wake(number, &mut view.customer, *run, rested)?;
        }
        self.saw_unwritten |= self.last.publication > self.landed_publication;
        Ok((number, view))
    }

    /// The published versions.
    pub(super) fn catalog(&mut self, environment: Environment) -> (Arc<Catalog>, Time) {
        let now = self.now(environment);
        self.saw_unwritten |= self.last.publication > self.landed_publication;
        (Arc::clone(&self.books(environment).versions.catalog), now)
    }

    /// Keeps a question about a receipt.
    pub(super) fn question(
        &mut self,
        kept: &Kept,
        (id, run, text): (Name, RunId, String),
        by: &Actor,
        at: Time,
    ) -> Result<Answer, Refused> {
        let known = kept.state.as_ref().is_some_and(|state| state.runs.contains_key(&run));
        if !known {
            return Err(Problem::NotFound { what: "run" }.into());
        }
        if self.store.questions_of(kept.number, run)?.len() >= QUESTIONS {
            let reason = format!("{QUESTIONS} questions were asked about this run: they are kept");
            return Err(Problem::invalid("text", reason).into());
        }
        self.tell_question(kept, EventKind::RunQuestioned, (id.clone(), run), at);
        let (customer, by) = (kept.number, by.name.clone());
        self.draft.batch.questions.push(Question { id, customer, run, text, by, at });
        Ok(Answer { entry: None, run: Some(run) })
    }
}

impl Turn {
    /// Keeps what is said to a question.
    pub(super) fn reply(
        &mut self,
        kept: &Kept,
        (question, run, text): (Name, RunId, String),
        by: &Actor,
        at: Time,
    ) -> Result<Answer, Refused> {
        let known = kept.state.as_ref().is_some_and(|state| state.runs.contains_key(&run));
        if !known {
            return Err(Problem::NotFound { what: "run" }.into());
        }
        self.tell_question(kept, EventKind::RunAnswered, (question.clone(), run), at);
        let (customer, by) = (kept.number, by.name.clone());
        let reply = QuestionReply { question, customer, run, text, by, at };
        self.draft.batch.replies.push(reply);
        Ok(Answer { entry: None, run: Some(run) })
    }
}

impl Writer {
    /// Changes the keys of the API, and lists them.
    pub(super) fn keys(&mut self, change: KeyChange) -> Result<Vec<ApiKey>, Refused> {
        let now = self.turn.now(Environment::Live);
        match change {
            KeyChange::List => {}
            KeyChange::Add(key) => {
                let key = ApiKey { created_at: now, ..key };
                self.turn.draft.batch.keys.push(key.clone());
                self.keys.push(key);
            }
            KeyChange::Revoke(id) => {
                let key = self.keys.iter_mut().find(|key| key.id == id);
                let key = key.ok_or(Problem::NotFound { what: "key" })?;
                key.revoked_at = key.revoked_at.or(Some(now));
                if self.admits.iter().all(|admitted| admitted.id != key.id) {
                    self.turn.draft.batch.keys.push(key.clone());
                }
            }
        }
        Ok(self.keys.clone())
    }

    /// A secret by its name; where there is none yet, `new` becomes it.
    pub(super) fn secret(&mut self, name: String, new: Vec<u8>) -> Result<Vec<u8>, Refused> {
        if let Some((_, known)) = self.secrets.iter().find(|(known, _)| *known == name) {
            return Ok(known.clone());
        }
        self.turn.draft.batch.secrets.push((name.clone(), new.clone()));
        self.secrets.push((name, new.clone()));
        Ok(new)
    }
}

impl Probity {
    /// A page of a customer's runs that began before one of them, the newest first.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn runs(
        &self,
        environment: Environment,
        customer: Name,
        before: Option<RunId>,
        limit: usize,
    ) -> Result<Pending<Listed>, Refused> {
        let whose = Whose::Customer(customer);
        let find = move |turn: &mut Turn| {
            let (number, view) = turn.view(environment, &whose)?;
            Ok(RunsPage { view, number, before, limit })
        };
        self.question(|to| FromStore::new(to, find, RunsPage::read))
    }

    /// Whoever has a run, with the questions that were asked about it and what was said to them; with a
    /// name, only if it is theirs.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn questions_about(
        &self,
        environment: Environment,
        run: RunId,
        customer: Option<Name>,
    ) -> Result<Pending<(View, Vec<Replied>)>, Refused> {
        let whose = Whose::Run(run, customer);
        let find = move |turn: &mut Turn| turn.view(environment, &whose);
        self.question(|to| {
            FromStore::new(to, find, move |(number, view), store| {
                Ok((view, store.questions_of(number, run)?))
            })
        })
    }

    /// A page of a customer's statement.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn statement(
        &self,
        environment: Environment,
        customer: Name,
        asked: statement::Asked,
    ) -> Result<Pending<statement::Page>, Refused> {
        let whose = Whose::Customer(customer);
        let find = move |turn: &mut Turn| turn.view(environment, &whose);
        self.question(|to| {
            FromStore::new(to, find, move |(number, view), store| {
                statement::page(store, view, number, asked)
            })
            .that_walks()
        })
    }

    /// Whose payment or subscription an id of a payment provider is; None: it is not known.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn whose(
        &self,
        environment: Environment,
        id: Name,
    ) -> Result<Pending<Option<Name>>, Refused> {
        self.question(|to| {
            FromStore::new(to, |_| Ok(()), move |(), store| Ok(store.whose(environment, &id)?))
        })
    }

    /// What was published, oldest first.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn publications(
        &self,
        environment: Environment,
    ) -> Result<Pending<Vec<Publication>>, Refused> {
        let find = |turn: &mut Turn| {
            turn.saw_unwritten |= turn.last.publication > turn.landed_publication;
            Ok(())
        };
        self.question(|to| {
            FromStore::new(to, find, move |(), store| {
                let mut all = store.publications()?;
                all.retain(|publication| publication.environment == environment);
                Ok(all)
            })
        })
    }

    /// Changes the keys of the API, and lists them, oldest first.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn keys(&self, change: KeyChange) -> Result<Pending<Vec<ApiKey>>, Refused> {
        self.send(|to| Job::Keys(change, to))
    }

    /// A secret of this database by its name; where there is none yet, `new` becomes it.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn secret(&self, name: &str, new: [u8; 32]) -> Result<Pending<Vec<u8>>, Refused> {
        self.send(|to| Job::Secret(name.to_owned(), new.to_vec(), to))
    }
}
