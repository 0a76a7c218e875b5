//! The committer: one thread that has the store. It writes down what a turn decided, makes it durable
//! with one commit, and only then tells the answers, while the next turn is being decided.

use super::ask::Refused;
use super::counters::Counters;
use super::draft::Draft;
use super::events::HEARD;
use super::job::To;
use super::reading::{Reading, Shelf};
use crate::store::{Batch, Beginning, Store, StoreError, Told};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{broadcast, watch};

/// How a commit went.
pub(crate) type Committed = Result<(), StoreError>;

/// An answer that waits for the commit.
pub(crate) enum Waiting {
    Told(Box<dyn FnOnce(&Committed) + Send>),
    Read(Box<dyn Reading>),
}

impl Waiting {
    /// What was decided is told if it is durable. A refusal may rest on what others had just done, so
    /// it does not stand either where that is not.
    pub(crate) fn told<T: Send + 'static>(to: To<T>, decided: Result<T, Refused>) -> Self {
        Self::Told(Box::new(move |committed| {
            let answer = match committed {
                Ok(()) => decided,
                Err(error) => Err(Refused::Unavailable(error.clone())),
            };
            // Whoever asked may be gone; what was done stays done.
            let _ = to.send(answer);
        }))
    }

    /// Tells it; a question that has to be found again comes back.
    pub(crate) fn tell(self, committed: &Committed, shelf: &Shelf) -> Option<Box<dyn Reading>> {
        match self {
            Self::Told(tell) => tell(committed),
            Self::Read(reading) if committed.is_err() => return Some(reading),
            Self::Read(reading) => reading.tell(shelf),
        }
        None
    }
}

/// What the committer is asked.
pub(crate) enum Order {
    /// Make this durable, then tell the answers.
    Commit(Box<Draft>, Vec<Waiting>),
    /// What does the store know?
    Begin(Sender<Result<Beginning, StoreError>>),
}

/// What came of a commit.
pub(crate) struct Landing {
    pub(crate) committed: Committed,
    /// Where it failed: what the store knows now, and the questions to be found again.
    pub(crate) beginning: Option<Result<Beginning, StoreError>>,
    pub(crate) unread: Vec<Box<dyn Reading>>,
}

/// The thread's own state.
pub(crate) struct Committer {
    pub(crate) store: Box<dyn Store>,
    pub(crate) shelf: Shelf,
    pub(crate) counters: Arc<Counters>,
    /// To whoever listens.
    pub(crate) events: Events,
}

/// Events, once they are durable.
#[derive(Clone)]
pub(crate) struct Events {
    pub(crate) told: broadcast::Sender<Arc<Told>>,
    /// How often it was not known whether some are: who listens reads on from the store.
    pub(crate) in_doubt: watch::Sender<u64>,
}

impl Events {
    pub(crate) fn new() -> Self {
        Self { told: broadcast::channel(HEARD).0, in_doubt: watch::Sender::new(0) }
    }

    /// A commit failed, as far as was told, and what is stored is known again: perhaps it was durable.
    fn are_in_doubt(&self) {
        self.in_doubt.send_modify(|times| *times = times.wrapping_add(1));
    }
}

impl Committer {
    /// Works until there is nothing more to commit.
    pub(crate) fn run(mut self, orders: &Receiver<Order>, landings: &UnboundedSender<Landing>) {
        while let Ok(order) = orders.recv() {
            match order {
                Order::Commit(draft, waiting) => {
                    let committed = self.commit(&draft.into_batch());
                    if landings.send(self.land(committed, waiting)).is_err() {
                        return;
                    }
                }
                Order::Begin(to) => drop(to.send(self.begins_anew())),
            }
        }
    }

    fn commit(&mut self, batch: &Batch) -> Committed {
        let committed = self.store.commit(batch);
        match &committed {
            Ok(()) => {
                Counters::add(&self.counters.commits, 1);
                Counters::add(&self.counters.entries, batch.entries.len());
                for told in &batch.events {
                    // Where nobody listens, nobody hears.
                    let _ = self.events.told.send(Arc::clone(told));
                }
            }
            Err(_) => Counters::add(&self.counters.failed_commits, 1),
        }
        committed
    }

    fn land(&mut self, committed: Committed, waiting: Vec<Waiting>) -> Landing {
        let told = waiting.into_iter().filter_map(|one| one.tell(&committed, &self.shelf));
        let unread = told.collect();
        let beginning = committed.is_err().then(|| self.begins_anew());
        Landing { committed, beginning, unread }
    }

    /// What the store knows, after a commit that failed.
    fn begins_anew(&mut self) -> Result<Beginning, StoreError> {
        let beginning = self.store.beginning();
        if beginning.is_ok() {
            self.events.are_in_doubt();
        }
        beginning
    }
}
