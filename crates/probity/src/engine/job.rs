//! What the writer is asked, and where each answer goes.

use super::ask::{Answered, Ask, Key, Refused, ToPublish};
use super::beside::KeyChange;
use super::own::Own;
use super::reading::Reading;
use crate::environment::Environment;
use crate::store::{ApiKey, Delivery, Endpoint, EndpointChange, OwnKeyChange};
use probity_core::Time;
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use std::sync::Arc;
use tokio::sync::oneshot;

/// Where an answer goes.
pub(crate) type To<T> = oneshot::Sender<Result<T, Refused>>;

/// What the writer is asked.
pub(crate) enum Job {
    /// A command.
    Ask(Box<Ask>, To<Answered>),
    /// Commands that are decided in order, each on its own, and committed at once.
    AskAll(Vec<Ask>, To<Vec<Result<Answered, Refused>>>),
    /// A question.
    Read(Box<dyn Reading>),
    /// Publish a version or a revision.
    Publish(Box<ToPublish>, To<Published>),
    /// Tell an environment something, under a key of its own.
    Own(Environment, Option<Key>, Own, To<Answered>),
    /// Move the sandbox clock forward.
    MoveClock(Time, To<Time>),
    /// The keys of the API, after a change to them.
    Keys(KeyChange, To<Vec<ApiKey>>),
    /// A secret by its name; where there is none yet, this becomes it.
    Secret(String, Vec<u8>, To<Vec<u8>>),
    /// Own keys of customers are sealed anew.
    Reseal(Vec<OwnKeyChange>, To<()>),
    /// Where events are sent, after a change to that.
    Endpoints(Option<EndpointChange>, To<Vec<Endpoint>>),
    /// Deliveries are as these now.
    Deliveries(Vec<Delivery>, To<()>),
    /// Look after some of those whom nobody asks about.
    Sweep(To<usize>),
    /// Decide as if these were the sums over all customers.
    Suppose(Environment, Sums, To<()>),
}

impl Job {
    /// The commands in it.
    pub(super) fn asks(&self) -> &[Ask] {
        match self {
            Self::Ask(ask, _) => std::slice::from_ref(ask),
            Self::AskAll(asks, _) => asks,
            _ => &[],
        }
    }

    /// Nothing can be decided now.
    pub(super) fn refuse(self, why: Refused) {
        match self {
            Self::Ask(_, to) => drop(to.send(Err(why))),
            Self::AskAll(_, to) => drop(to.send(Err(why))),
            Self::Read(reading) => reading.refuse(why),
            Self::Publish(_, to) => drop(to.send(Err(why))),
            Self::Reseal(_, to) => drop(to.send(Err(why))),
            Self::Own(.., to) => drop(to.send(Err(why))),
            Self::MoveClock(_, to) => drop(to.send(Err(why))),
            Self::Keys(_, to) => drop(to.send(Err(why))),
            Self::Secret(_, _, to) => drop(to.send(Err(why))),
            Self::Endpoints(_, to) => drop(to.send(Err(why))),
            Self::Deliveries(_, to) => drop(to.send(Err(why))),
            Self::Sweep(to) => drop(to.send(Err(why))),
            Self::Suppose(_, _, to) => drop(to.send(Err(why))),
        }
    }
}

/// What publishing came to.
#[derive(Clone, Debug)]
pub struct Published {
    /// All versions, the new one too.
    pub catalog: Arc<Catalog>,
    /// The last revision of operations.
    pub operations: u32,
    /// The instant.
    pub now: Time,
}
