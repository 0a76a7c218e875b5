//! The store in memory: for tests and for trying out. Nothing of it outlives the process.

use super::{
    ApiKey, Asked, Batch, Beginning, CustomerNumber, Delivery, DeliveryState, Endpoint,
    EndpointChange, Instants, KeptAnswer, LOOKED_AT, Newcomer, OwnKeyChange, ProviderId, Prune,
    Publication, Question, QuestionReply, Reader, Recalled, Replied, Rested, SealedKey, Snapshot,
    Store, StoreError, TheirKey, Theirs, Told, Undelivered, Written,
};
use crate::environment::Environment;
use probity_core::{Name, RunId, Time};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A journal in memory. Clones are the same store.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<Shelf>>);

/// What it keeps.
#[derive(Debug, Default)]
struct Shelf {
    customers: Vec<Newcomer>,
    entries: Vec<Written>,
    answers: Vec<Arc<KeptAnswer>>,
    snapshots: BTreeMap<CustomerNumber, Snapshot>,
    rested: BTreeMap<RunId, Rested>,
    publications: Vec<Publication>,
    sums: BTreeMap<Environment, String>,
    clock: Option<Time>,
    keys: Vec<ApiKey>,
    secrets: BTreeMap<String, Vec<u8>>,
    questions: Vec<Question>,
    replies: Vec<QuestionReply>,
    own_keys: BTreeMap<(CustomerNumber, Name), SealedKey>,
    events: Vec<Arc<Told>>,
    endpoints: Vec<Endpoint>,
    deliveries: BTreeMap<(u64, Name), Delivery>,
    provider_ids: Vec<ProviderId>,
    decided_at: Option<Instants>,
}

impl MemoryStore {
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn beginning(&mut self) -> Result<Beginning, StoreError> {
        let shelf = self.shelf();
        Ok(Beginning {
            entries: shelf.entries.len() as u64,
            answers: shelf.answers.last().map_or(0, |answer| answer.number),
            customers: u32::try_from(shelf.customers.len()).unwrap_or(u32::MAX),
            publications: shelf.publications.clone(),
            sums: shelf.sums.iter().map(|(at, sums)| (*at, sums.clone())).collect(),
            clock: shelf.clock,
            keys: shelf.keys.clone(),
            secrets: shelf.secrets.clone().into_iter().collect(),
            events: shelf.events.last().map_or(0, |told| told.number),
            endpoints: shelf.endpoints.clone(),
            decided_at: shelf.decided_at,
        })
    }

    fn reader(&self) -> Result<Box<dyn Reader>, StoreError> {
        Ok(Box::new(self.clone()))
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.shelf().take_in(batch);
        Ok(())
    }
}

impl Reader for MemoryStore {
    fn number_of(
        &mut self,
        environment: Environment,
        id: &str,
    ) -> Result<Option<CustomerNumber>, StoreError> {
        let shelf = self.shelf();
        let theirs = |c: &&Newcomer| c.environment == environment && c.id.as_str() == id;
        Ok(shelf.customers.iter().find(theirs).map(|c| c.number))
    }

    fn recall(&mut self, customer: CustomerNumber, whole: bool) -> Result<Recalled, StoreError> {
        let shelf = self.shelf();
        let who = shelf.customers.iter().find(|c| c.number == customer);
        let who = who.ok_or_else(|| StoreError::Corrupt("no such customer".to_owned()))?;
        let snapshot = shelf.snapshots.get(&customer).filter(|_| !whole).cloned();
        let (entry, answer) = snapshot.as_ref().map_or((0, 0), |s| (s.entry, s.answer));
        let entries = shelf.entries.iter().filter(|e| e.customer == customer && e.number > entry);
        let answers = shelf.answers.iter().filter(|a| a.customer == customer && a.number > answer);
        Ok(Recalled {
            environment: who.environment,
            id: who.id.clone(),
            entries: entries.cloned().collect(),
            answers: answers.map(|a| KeptAnswer { body: String::new(), ..(**a).clone() }).collect(),
            snapshot,
        })
    }

    fn owner(&mut self, entry: u64) -> Result<Option<CustomerNumber>, StoreError> {
        let shelf = self.shelf();
        Ok(at(&shelf.entries, entry).map(|e| e.customer))
    }

    fn rested(
        &mut self,
        customer: CustomerNumber,
        run: RunId,
    ) -> Result<Option<Rested>, StoreError> {
        let shelf = self.shelf();
        Ok(shelf.rested.get(&run).filter(|rested| rested.customer == customer).cloned())
    }

    fn rested_before(
        &mut self,
        customer: CustomerNumber,
        place: u64,
        limit: usize,
    ) -> Result<Vec<Rested>, StoreError> {
        let shelf = self.shelf();
        let theirs = shelf.rested.values().rev().filter(|rested| rested.customer == customer);
        let before = theirs.filter(|rested| crate::number::entry_of(rested.run) < place);
        Ok(before.take(limit).cloned().collect())
    }

    fn first_answer(&mut self) -> Result<u64, StoreError> {
        let shelf = self.shelf();
        Ok(shelf.answers.first().map_or(0, |answer| answer.number))
    }

    fn customers(
        &mut self,
        environment: Environment,
        after: CustomerNumber,
        limit: usize,
    ) -> Result<Vec<CustomerNumber>, StoreError> {
        let shelf = self.shelf();
        let theirs = shelf.customers.iter().filter(|c| c.environment == environment);
        let later = theirs.map(|c| c.number).filter(|number| *number > after);
        Ok(later.take(limit).collect())
    }

    fn answer(&mut self, number: u64) -> Result<Option<KeptAnswer>, StoreError> {
        let shelf = self.shelf();
        let found = shelf.answers.binary_search_by_key(&number, |answer| answer.number);
        Ok(found.ok().and_then(|i| shelf.answers.get(i)).map(|a| (**a).clone()))
    }

    fn entries(
        &mut self,
        customer: CustomerNumber,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Written>, StoreError> {
        let shelf = self.shelf();
        let theirs = shelf.entries.iter().filter(|e| e.customer == customer && e.seq > after);
        Ok(theirs.take(limit).cloned().collect())
    }

    fn publications(&mut self) -> Result<Vec<Publication>, StoreError> {
        Ok(self.shelf().publications.clone())
    }

    fn journal_below(&mut self, below: u64, limit: usize) -> Result<Vec<Theirs>, StoreError> {
        let books = self.shelf();
        let older = books.entries.iter().rev().filter(|entry| entry.number < below);
        let theirs = older.take(limit).filter_map(|written| {
            let (environment, customer) = books.who(written.customer)?;
            Some(Theirs { environment, customer, written: written.clone() })
        });
        Ok(theirs.collect())
    }

    fn entry(&mut self, place: u64) -> Result<Option<Written>, StoreError> {
        Ok(at(&self.shelf().entries, place).cloned())
    }

    fn questions_below(
        &mut self,
        environment: Environment,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Asked>, StoreError> {
        let books = self.shelf();
        let is_open = |question: &Question| books.replies.iter().all(|r| r.question != question.id);
        let numbered = (1_u64..).zip(&books.questions).filter(|(number, _)| *number < below);
        let numbered = numbered.filter(|(_, question)| is_open(question));
        let mut theirs: Vec<Asked> = numbered
            .filter_map(|(number, question)| {
                let (found, customer) = books.who(question.customer)?;
                let question = question.clone();
                (found == environment).then_some(Asked { number, customer, question })
            })
            .collect();
        theirs.reverse();
        theirs.truncate(limit);
        Ok(theirs)
    }

    fn questions_of(
        &mut self,
        customer: CustomerNumber,
        run: RunId,
    ) -> Result<Vec<Replied>, StoreError> {
        let shelf = self.shelf();
        let asked = shelf.questions.iter().filter(|q| q.customer == customer && q.run == run);
        let with_replies = asked.map(|question| {
            let said = shelf.replies.iter().filter(|reply| reply.question == question.id);
            Replied { question: question.clone(), replies: said.cloned().collect() }
        });
        Ok(with_replies.collect())
    }

    fn customers_after(
        &mut self,
        environment: Environment,
        after: &str,
        limit: usize,
    ) -> Result<Vec<Name>, StoreError> {
        let books = self.shelf();
        let theirs = books.customers.iter().filter(|c| c.environment == environment);
        let mut ids: Vec<Name> =
            theirs.map(|c| c.id.clone()).filter(|id| id.as_str() > after).collect();
        ids.sort_unstable();
        ids.truncate(limit);
        Ok(ids)
    }

    fn whose(&mut self, environment: Environment, id: &str) -> Result<Option<Name>, StoreError> {
        let shelf = self.shelf();
        let numbers = shelf.provider_ids.iter().filter(|told| told.id.as_str() == id);
        let mut found = numbers.filter_map(|told| shelf.who(told.customer));
        Ok(found.find(|(of, _)| *of == environment).map(|(_, customer)| customer))
    }

    fn own_key(
        &mut self,
        environment: Environment,
        customer: &str,
        provider: &str,
    ) -> Result<Option<SealedKey>, StoreError> {
        let number = self.number_of(environment, customer)?;
        let key = number.map(|number| (number, Name::new(provider)));
        let shelf = self.shelf();
        Ok(key.and_then(|key| shelf.own_keys.get(&key)).cloned())
    }

    fn own_keys_after(
        &mut self,
        after: (CustomerNumber, &str),
        limit: usize,
    ) -> Result<Vec<TheirKey>, StoreError> {
        let shelf = self.shelf();
        let later = shelf.own_keys.values().filter(|k| (k.customer, k.provider.as_str()) > after);
        let theirs = later.take(limit).filter_map(|key| {
            let (environment, customer) = shelf.who(key.customer)?;
            Some(TheirKey { environment, customer, key: key.clone() })
        });
        Ok(theirs.collect())
    }

    fn is_told(&mut self, customer: CustomerNumber, once: &str) -> Result<bool, StoreError> {
        let is_it =
            |told: &Arc<Told>| told.customer == customer && told.once.as_deref() == Some(once);
        Ok(self.shelf().events.iter().any(is_it))
    }

    fn events_after(
        &mut self,
        environment: Environment,
        customer: Option<&str>,
        (after, up_to): (u64, u64),
        limit: usize,
    ) -> Result<Vec<Told>, StoreError> {
        let shelf = self.shelf();
        let later = shelf.events.iter().filter(|told| {
            told.number > after
                && told.number <= up_to
                && told.environment == environment
                && customer.is_none_or(|customer| told.whose.as_str() == customer)
        });
        Ok(later.take(limit).map(|told| (**told).clone()).collect())
    }

    fn event(&mut self, place: u64) -> Result<Option<Told>, StoreError> {
        let shelf = self.shelf();
        Ok(shelf.events.iter().find(|told| told.number == place).map(|told| (**told).clone()))
    }

    fn last_event(&mut self) -> Result<u64, StoreError> {
        Ok(self.shelf().events.last().map_or(0, |told| told.number))
    }

    fn first_event(&mut self, after: u64) -> Result<u64, StoreError> {
        let shelf = self.shelf();
        let mut later = shelf.events.iter().filter(|told| told.number > after).take(LOOKED_AT);
        let mut last = None;
        let first = later.find(|told| {
            last = Some(*told);
            told.once.is_none()
        });
        let first = first.or(last);
        Ok(first.map_or(0, |told| told.number))
    }

    fn told_since(&mut self, since: Time) -> Result<Option<u64>, StoreError> {
        let shelf = self.shelf();
        Ok(shelf.events.iter().find(|told| told.told_at >= since).map(|told| told.number))
    }

    fn deliveries_due(
        &mut self,
        endpoint: &str,
        now: Time,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        let shelf = self.shelf();
        let is_due = |d: &&Delivery| waits_for(d, endpoint) && d.due_at <= now;
        let mut due: Vec<_> = shelf.deliveries.values().filter(is_due).cloned().collect();
        due.sort_by_key(|one| one.due_at);
        due.truncate(limit);
        Ok(due)
    }

    fn next_delivery(&mut self, endpoint: &str, after: Time) -> Result<Option<Time>, StoreError> {
        let shelf = self.shelf();
        let waiting = shelf.deliveries.values().filter(|d| waits_for(d, endpoint));
        Ok(waiting.map(|one| one.due_at).filter(|due_at| *due_at > after).min())
    }

    fn undelivered(&mut self) -> Result<Undelivered, StoreError> {
        let shelf = self.shelf();
        let count = |state| shelf.deliveries.values().filter(|d| d.state == state).count() as u64;
        let (waiting, dead) = (count(DeliveryState::Waiting), count(DeliveryState::Dead));
        Ok(Undelivered { waiting, dead })
    }

    fn deliveries_below(
        &mut self,
        endpoint: &str,
        state: Option<DeliveryState>,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        let shelf = self.shelf();
        let is_one = |d: &&Delivery| {
            d.endpoint.as_str() == endpoint
                && d.event < below
                && state.is_none_or(|state| d.state == state)
        };
        Ok(shelf.deliveries.values().rev().filter(is_one).take(limit).cloned().collect())
    }
}

impl Shelf {
    /// Takes in what a batch has of events.
    fn take_in_events(&mut self, batch: &Batch) {
        self.events.extend(batch.events.iter().cloned());
        for change in &batch.endpoints {
            let id = match change {
                EndpointChange::Put(endpoint) => &endpoint.id,
                EndpointChange::Remove(id) => id,
            };
            let place = self.endpoints.iter().position(|known| known.id == *id);
            match (change, place) {
                (EndpointChange::Put(new), Some(place)) => self.endpoints[place] = new.clone(),
                (EndpointChange::Put(new), None) => self.endpoints.push(new.clone()),
                (EndpointChange::Remove(_), place) => {
                    self.deliveries.retain(|(_, endpoint), _| endpoint != id);
                    place.map(|place| self.endpoints.remove(place));
                }
            }
        }
        for one in &batch.deliveries {
            if self.endpoints.iter().any(|known| known.id == one.endpoint) {
                self.deliveries.insert((one.event, one.endpoint.clone()), one.clone());
            }
        }
        if let Some(prune) = batch.prune_events {
            let is_old =
                |told: &Told| (prune.from..=prune.to).contains(&told.number) && told.once.is_none();
            let old: BTreeSet<u64> =
                self.events.iter().filter(|told| is_old(told)).map(|told| told.number).collect();
            self.events.retain(|told| !old.contains(&told.number));
            self.deliveries.retain(|(event, _), _| !(prune.from..=prune.to).contains(event));
        }
    }

    fn who(&self, number: CustomerNumber) -> Option<(Environment, Name)> {
        let found = self.customers.iter().find(|c| c.number == number)?;
        Some((found.environment, found.id.clone()))
    }

    fn take_in(&mut self, batch: &Batch) {
        self.take_in_events(batch);
        self.customers.extend(batch.newcomers.iter().cloned());
        self.entries.extend(batch.entries.iter().cloned());
        self.answers.extend(batch.answers.iter().cloned());
        if let Some(Prune { from, to, before: Instants { live, sandbox } }) = batch.prune {
            let customers = &self.customers;
            let before = |number: CustomerNumber| {
                let who = customers.iter().find(|c| c.number == number);
                let is_sandbox = who.is_some_and(|c| c.environment == Environment::Sandbox);
                if is_sandbox { sandbox } else { live }
            };
            let is_old = |answer: &Arc<KeptAnswer>| {
                (from..=to).contains(&answer.number) && answer.at < before(answer.customer)
            };
            self.answers.retain(|answer| !is_old(answer));
        }
        self.snapshots.extend(batch.snapshots.iter().map(|s| (s.customer, s.clone())));
        self.rested.extend(batch.rested.iter().map(|r| (r.run, r.clone())));
        self.publications.extend(batch.publications.iter().cloned());
        self.sums.extend(batch.sums.iter().cloned());
        self.clock = batch.clock.or(self.clock);
        for key in &batch.keys {
            self.keys.retain(|known| known.id != key.id);
            self.keys.push(key.clone());
        }
        self.secrets.extend(batch.secrets.iter().cloned());
        self.questions.extend(batch.questions.iter().cloned());
        self.replies.extend(batch.replies.iter().cloned());
        self.provider_ids.extend(batch.provider_ids.iter().cloned());
        for change in &batch.own_keys {
            self.take_in_key(change);
        }
        self.decided_at = batch.decided_at.or(self.decided_at);
    }
}

impl Shelf {
    fn take_in_key(&mut self, change: &OwnKeyChange) {
        match change {
            OwnKeyChange::Keep(key) => {
                self.own_keys.insert((key.customer, key.provider.clone()), key.clone());
            }
            OwnKeyChange::Forget { customer, provider } => {
                self.own_keys.remove(&(*customer, provider.clone()));
            }
            OwnKeyChange::Reseal { before, sealed } => {
                let at = (before.customer, before.provider.clone());
                if let Some(kept) = self.own_keys.get_mut(&at).filter(|kept| *kept == before) {
                    kept.sealed.clone_from(sealed);
                }
            }
        }
    }
}

/// Does a delivery wait for an endpoint?
fn waits_for(delivery: &Delivery, endpoint: &str) -> bool {
    delivery.state == DeliveryState::Waiting && delivery.endpoint.as_str() == endpoint
}

/// What stands at a place counted from 1.
fn at<T>(items: &[T], place: u64) -> Option<&T> {
    items.get(usize::try_from(place.checked_sub(1)?).ok()?)
}
