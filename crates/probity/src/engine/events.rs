//! Events for whoever listens: as they happen, read again, and on their way to endpoints.

use super::ask::{Answered, Key, Refused};
use super::handle::{Pending, Probity};
use super::job::Job;
use super::own::Own;
use super::writer::Writer;
use crate::answer::Reply;
use crate::environment::Environment;
use crate::number;
use crate::store::{
    Delivery, DeliveryState, Endpoint, EndpointChange, StoreError, Told, Undelivered,
};
use probity_core::Time;
use probity_core::id::EventId;
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

/// Events as they happen. Whoever falls behind is told so, and reads what was missed from the store.
pub type Listening = broadcast::Receiver<Arc<Told>>;

/// So many events wait for who listens slowly.
pub(super) const HEARD: usize = 4096;

/// What is to be sent, where, and how that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// What becomes of endpoints.
    pub endpoints: Vec<EndpointChange>,
    /// What becomes of deliveries.
    pub deliveries: Vec<Delivery>,
    /// How it is told.
    pub reply: Reply,
}

/// What becomes of endpoints, decided of all there are.
pub type DecideSending = Box<dyn FnOnce(&[Endpoint]) -> Result<Sending, Refused> + Send>;

impl Writer {
    /// Decides what is to be sent and where, and writes that down.
    pub(super) fn decide_sending(&mut self, decide: DecideSending) -> Result<Reply, Refused> {
        let Sending { endpoints, deliveries, reply } = decide(&self.turn.endpoints)?;
        for change in endpoints {
            self.change_endpoints(Some(change));
        }
        self.turn.draft.batch.deliveries.extend(deliveries);
        Ok(reply)
    }

    /// Changes where events are sent, and says where they are.
    pub(super) fn change_endpoints(&mut self, change: Option<EndpointChange>) -> Vec<Endpoint> {
        if let Some(change) = change {
            match &change {
                EndpointChange::Put(new) => {
                    let all = &mut self.turn.endpoints;
                    match all.iter_mut().find(|known| known.id == new.id) {
                        Some(known) => *known = new.clone(),
                        None => all.push(new.clone()),
                    }
                }
                EndpointChange::Remove(id) => self.turn.endpoints.retain(|known| known.id != *id),
            }
            self.turn.draft.batch.endpoints.push(change);
        }
        self.turn.endpoints.clone()
    }
}

impl Probity {
    /// Listens to events of both environments, from now on: each once it is durable.
    #[must_use]
    pub fn listen(&self) -> Listening {
        self.events.told.subscribe()
    }

    /// Changes each time that a commit failed and perhaps did not: whoever listens reads on from the
    /// store then, since what was told in it is not heard.
    #[must_use]
    pub fn events_in_doubt(&self) -> watch::Receiver<u64> {
        self.events.in_doubt.subscribe()
    }

    /// Events of an environment after a place, oldest first; of one customer only, where one is named.
    /// It blocks, as [`Probity::read`] does.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    pub fn events_after(
        &self,
        environment: Environment,
        customer: Option<&str>,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Told>, StoreError> {
        self.read(|store| store.events_after(environment, customer, (after, u64::MAX), limit))
    }

    /// The event of an id; None: there is none, or it is too old to be kept. It blocks.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn event(&self, id: EventId) -> Result<Option<Told>, StoreError> {
        let found = self.read(|store| store.event(number::place_of(id)))?;
        Ok(found.filter(|told| told.id() == id))
    }

    /// The event at a place among all. It blocks.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn event_at(&self, place: u64) -> Result<Option<Told>, StoreError> {
        self.read(|store| store.event(place))
    }

    /// Where events are sent, in both environments, after a change to that.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn endpoints(
        &self,
        change: Option<EndpointChange>,
    ) -> Result<Pending<Vec<Endpoint>>, Refused> {
        self.send(|to| Job::Endpoints(change, to))
    }

    /// Where events of an environment are sent is changed, as is found right when it is: nobody else
    /// changes it meanwhile. The same request again, by its key, gets the answer that the first one got.
    ///
    /// # Errors
    /// As [`Probity::ask`]; what `decide` refuses with.
    pub fn endpoints_told(
        &self,
        environment: Environment,
        key: Option<Key>,
        decide: DecideSending,
    ) -> Result<Pending<Answered>, Refused> {
        self.send(|to| Job::Own(environment, key, Own::Sending(decide), to))
    }

    /// Deliveries are as these now.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn note_deliveries(&self, now: Vec<Delivery>) -> Result<Pending<()>, Refused> {
        self.send(|to| Job::Deliveries(now, to))
    }

    /// The place of the first event told at an instant of the computer's clock or later; None: there is
    /// none yet. It blocks.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn told_since(&self, since: Time) -> Result<Option<u64>, StoreError> {
        self.read(|store| store.told_since(since))
    }

    /// Deliveries to an endpoint that are due by an instant of the computer's clock, the longest due
    /// first. It blocks.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    pub fn deliveries_due(
        &self,
        endpoint: &str,
        now: Time,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.read(|store| store.deliveries_due(endpoint, now, limit))
    }

    /// When the next delivery to an endpoint is due after an instant; None: none is. It blocks.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn next_delivery(&self, endpoint: &str, after: Time) -> Result<Option<Time>, StoreError> {
        self.read(|store| store.next_delivery(endpoint, after))
    }

    /// How many deliveries wait, and how many are dead. It blocks.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be counted.
    pub fn undelivered(&self) -> Result<Undelivered, StoreError> {
        self.read(|store| store.undelivered())
    }

    /// Deliveries to an endpoint of events below a place, the newest first. It blocks.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    pub fn deliveries_below(
        &self,
        endpoint: &str,
        state: Option<DeliveryState>,
        below: u64,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.read(|store| store.deliveries_below(endpoint, state, below, limit))
    }
}
