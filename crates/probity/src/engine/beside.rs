//! What a server asks for beside commands: lists of runs and publications, its keys and secrets,
//! questions about receipts. None of it is in the books; all of it goes through the one writer.

use super::ask::{Refused, View, Whose};
use super::handle::{Pending, Probity};
use super::kept::Kept;
use super::turn::Turn;
use super::writer::{Job, Writer};
use crate::books::Answer;
use crate::environment::Environment;
use crate::number;
use crate::store::{ApiKey, Publication, Question, StoreError};
use probity_core::command::Actor;
use probity_core::decide::Problem;
use probity_core::state::RestingRun;
use probity_core::{Name, RunId, Time};
use std::collections::BTreeMap;
use std::sync::Arc;

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

impl Turn {
    /// A page of a customer's runs that began before one of them: those awake, and those at rest.
    pub(super) fn runs(
        &mut self,
        environment: Environment,
        customer: &Name,
        before: Option<RunId>,
        limit: usize,
        now: Time,
    ) -> Result<Listed, Refused> {
        let view = self.view(environment, &Whose::Customer(customer.clone()), now)?;
        let number = self.customers.find(&mut *self.store, environment, customer)?;
        let place = before.map_or(u64::MAX, number::entry_of);
        let at_rest = match number {
            Some(number) => self.store.rested_before(number, place, limit.saturating_add(1))?,
            None => Vec::new(),
        };
        let is_before = |run: &RunId| before.is_none_or(|before| *run < before);
        let mut found: BTreeMap<RunId, Option<RestingRun>> = BTreeMap::new();
        for rested in at_rest.into_iter().filter(|rested| is_before(&rested.run)) {
            let run = serde_json::from_str(&rested.body);
            let run = run.map_err(|e| StoreError::Corrupt(e.to_string()))?;
            found.insert(rested.run, Some(run));
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
        let (customer, by) = (kept.number, by.name.clone());
        self.batch.questions.push(Question { id, customer, run, text, by, at });
        Ok(Answer { entry: None, run: Some(run) })
    }
}

impl Writer {
    /// What was published in an environment, oldest first, in this batch too.
    pub(super) fn publications(
        &mut self,
        environment: Environment,
    ) -> Result<Vec<Publication>, Refused> {
        let mut all = self.turn.store.beginning()?.publications;
        all.extend(self.turn.batch.publications.iter().cloned());
        all.retain(|publication| publication.environment == environment);
        Ok(all)
    }

    /// Changes the keys of the API, and lists them.
    pub(super) fn keys(&mut self, change: KeyChange) -> Result<Vec<ApiKey>, Refused> {
        let now = self.now(Environment::Live);
        match change {
            KeyChange::List => {}
            KeyChange::Add(key) => {
                let key = ApiKey { created_at: now, ..key };
                self.turn.batch.keys.push(key.clone());
                self.keys.push(key);
            }
            KeyChange::Revoke(id) => {
                let key = self.keys.iter_mut().find(|key| key.id == id);
                let key = key.ok_or(Problem::NotFound { what: "key" })?;
                key.revoked_at = key.revoked_at.or(Some(now));
                self.turn.batch.keys.push(key.clone());
            }
        }
        Ok(self.keys.clone())
    }

    /// A secret by its name; where there is none yet, `new` becomes it.
    pub(super) fn secret(&mut self, name: String, new: Vec<u8>) -> Result<Vec<u8>, Refused> {
        if let Some((_, known)) = self.secrets.iter().find(|(known, _)| *known == name) {
            return Ok(known.clone());
        }
        self.turn.batch.secrets.push((name.clone(), new.clone()));
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
        self.send(|to| Job::Runs(environment, customer, before, limit, to))
    }

    /// What was published, oldest first.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn publications(
        &self,
        environment: Environment,
    ) -> Result<Pending<Vec<Publication>>, Refused> {
        self.send(|to| Job::Publications(environment, to))
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
    pub fn secret(&self, name: &str, new: Vec<u8>) -> Result<Pending<Vec<u8>>, Refused> {
        self.send(|to| Job::Secret(name.to_owned(), new, to))
    }
}
