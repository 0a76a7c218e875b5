//! What a turn decided, on its way to the store. Entries become text, and are tied to the ones before
//! them, by whoever commits them: the turn goes on meanwhile.

use crate::environment::Environment;
use crate::store::{
    Batch, CustomerNumber, Data, KeptAnswer, Newcomer, ProviderId, Thin, Told, Written,
};
use probity_core::entry::Entry;
use probity_core::event::Event;
use probity_core::{Time, journal, json};
use std::sync::{Arc, OnceLock};

/// The hash of an entry: known once it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Link(Arc<OnceLock<[u8; 32]>>);

impl Link {
    /// That of an entry that is written.
    pub(crate) fn known(hash: [u8; 32]) -> Self {
        Self(Arc::new(OnceLock::from(hash)))
    }

    /// The hash; None as long as the entry is not written.
    pub(crate) fn hash(&self) -> Option<&[u8; 32]> {
        self.0.get()
    }
}

/// An entry that was decided.
#[derive(Clone, Debug)]
pub(crate) struct Drafted {
    pub(crate) number: u64,
    pub(crate) customer: CustomerNumber,
    /// The place of the customer's entry before it; 0 for the first.
    pub(crate) previous: u64,
    pub(crate) entry: Arc<Entry>,
    /// The hash of that one; None for the first.
    pub(crate) after: Option<Link>,
    /// Its own.
    pub(crate) link: Link,
}

impl Drafted {
    fn written(&self) -> Written {
        let body = journal::body(&self.entry);
        let after = self.after.as_ref().and_then(Link::hash);
        let hash = *self.link.0.get_or_init(|| journal::link(after, &body));
        let Self { number, customer, previous, .. } = *self;
        Written { number, customer, seq: self.entry.seq, previous, body, hash }
    }

    fn provider_id(&self) -> Option<ProviderId> {
        let id = self.entry.facts.provider_id()?.clone();
        Some(ProviderId { id, customer: self.customer })
    }
}

/// An event that others will be told.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    pub(crate) number: u64,
    pub(crate) environment: Environment,
    pub(crate) customer: CustomerNumber,
    /// By the computer's clock.
    pub(crate) told_at: Time,
    pub(crate) event: Event,
    /// What is kept of it, where entries say the rest.
    pub(crate) thin: Option<Thin>,
}

impl Happened {
    fn told(self) -> Arc<Told> {
        let Self { number, environment, customer, told_at, event, thin } = self;
        let (kind, at, whose) = (event.kind, event.at, event.customer.clone());
        let once = event.once.clone();
        let data = match thin {
            Some(thin) => Data::OfRun(Box::new(event), thin),
            None => Data::Whole(json::plain(&event)),
        };
        Arc::new(Told { number, environment, customer, whose, kind, at, told_at, once, data })
    }
}

/// What one commit will make durable.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) entries: Vec<Drafted>,
    pub(crate) events: Vec<Happened>,
    /// Everything else.
    pub(crate) batch: Batch,
}

/// How far a draft was filled: to cut it back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    newcomers: usize,
    entries: usize,
    events: usize,
    deliveries: usize,
}

impl Draft {
    /// Is there nothing to make durable?
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.events.is_empty() && self.batch.is_empty()
    }

    /// How far it is filled with newcomers, entries, and what is told of them.
    pub(crate) const fn mark(&self) -> Mark {
        Mark {
            newcomers: self.batch.newcomers.len(),
            entries: self.entries.len(),
            events: self.events.len(),
            deliveries: self.batch.deliveries.len(),
        }
    }

    /// Takes out the newcomers and entries that came after a mark, and what is told of them.
    pub(crate) fn cut_back(&mut self, mark: Mark) {
        self.batch.newcomers.truncate(mark.newcomers);
        self.entries.truncate(mark.entries);
        self.events.truncate(mark.events);
        self.batch.deliveries.truncate(mark.deliveries);
    }

    /// What of it is asked about before it is on disk.
    pub(crate) fn glimpse(&self) -> Glimpse {
        Glimpse {
            newcomers: self.batch.newcomers.clone(),
            entries: self.entries.clone(),
            answers: self.batch.answers.clone(),
            events: self.events.iter().filter(|one| one.event.once.is_some()).cloned().collect(),
        }
    }

    /// As the store takes it.
    pub(crate) fn into_batch(self) -> Batch {
        let entries = self.entries.iter().map(Drafted::written).collect();
        let provider_ids = self.entries.iter().filter_map(Drafted::provider_id).collect();
        let events = self.events.into_iter().map(Happened::told).collect();
        Batch { entries, events, provider_ids, ..self.batch }
    }
}

/// What is being written, for as long as it cannot be read from the store.
#[derive(Debug, Default)]
pub(crate) struct Glimpse {
    pub(crate) newcomers: Vec<Newcomer>,
    pub(crate) entries: Vec<Drafted>,
    pub(crate) answers: Vec<Arc<KeptAnswer>>,
    /// Only those that are told once.
    pub(crate) events: Vec<Happened>,
}
