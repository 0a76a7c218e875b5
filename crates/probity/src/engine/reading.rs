//! Questions that change nothing. They are found from the state as it will be once the commit on its
//! way is done, and told after it; where that fails they are found again from what is durable, so that
//! reading goes on. Pages of the journal are read beside the writer, on a thread of their own; statements,
//! which may look at thousands of entries for one page, on another.

use super::ask::Refused;
use super::job::To;
use super::turn::Turn;
use crate::store::Reader;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError};

/// A question.
pub(crate) trait Reading: Send {
    /// Finds the answer from the state.
    fn find(&mut self, turn: &mut Turn);

    /// Tells what was found.
    fn tell(self: Box<Self>, shelf: &Shelf);

    /// Tells that it cannot be answered.
    fn refuse(self: Box<Self>, why: Refused);
}

/// One whose answer is in the state.
pub(crate) struct FromState<T, F> {
    find: F,
    found: Option<Result<T, Refused>>,
    to: To<T>,
}

impl<T, F: FnMut(&mut Turn) -> Result<T, Refused>> FromState<T, F> {
    pub(crate) const fn new(to: To<T>, find: F) -> Self {
        Self { find, found: None, to }
    }
}

impl<T: Send, F: FnMut(&mut Turn) -> Result<T, Refused> + Send> Reading for FromState<T, F> {
    fn find(&mut self, turn: &mut Turn) {
        self.found = Some((self.find)(turn));
    }

    fn tell(self: Box<Self>, _: &Shelf) {
        // Whoever asked may be gone.
        let _ = self.to.send(self.found.unwrap_or(Err(Refused::Stopped)));
    }

    fn refuse(self: Box<Self>, why: Refused) {
        let _ = self.to.send(Err(why));
    }
}

/// One whose answer is in the store, at a place that the state knows.
pub(crate) struct FromStore<K, T, F, R> {
    find: F,
    found: Option<Result<K, Refused>>,
    read: R,
    to: To<T>,
    walks: bool,
}

impl<K, T, F, R> FromStore<K, T, F, R>
where
    F: FnMut(&mut Turn) -> Result<K, Refused>,
    R: FnOnce(K, &mut dyn Reader) -> Result<T, Refused>,
{
    pub(crate) const fn new(to: To<T>, find: F, read: R) -> Self {
        Self { find, found: None, read, to, walks: false }
    }

    /// It looks at many entries for its answer: nobody else's waits for it.
    pub(crate) const fn that_walks(mut self) -> Self {
        self.walks = true;
        self
    }
}

impl<K, T, F, R> Reading for FromStore<K, T, F, R>
where
    K: Send + 'static,
    T: Send + 'static,
    F: FnMut(&mut Turn) -> Result<K, Refused> + Send,
    R: FnOnce(K, &mut dyn Reader) -> Result<T, Refused> + Send + 'static,
{
    fn find(&mut self, turn: &mut Turn) {
        self.found = Some((self.find)(turn));
    }

    fn tell(self: Box<Self>, shelf: &Shelf) {
        let Self { found, read, to, walks, .. } = *self;
        let place = match found.unwrap_or(Err(Refused::Stopped)) {
            Ok(place) => place,
            Err(refused) => return drop(to.send(Err(refused))),
        };
        shelf.search(walks, move |store| match store {
            // Whoever asked may be gone by the time it is their turn.
            Some(_) if to.is_closed() => {}
            Some(store) => drop(to.send(read(place, store))),
            None => drop(to.send(Err(Refused::Overloaded))),
        });
    }

    fn refuse(self: Box<Self>, why: Refused) {
        let _ = self.to.send(Err(why));
    }
}

/// What is looked up in the store; without one where too many wait already.
type Search = Box<dyn FnOnce(Option<&mut dyn Reader>) + Send>;

/// Where searches queue for the threads that read: what is found at one place, and what is walked to.
#[derive(Clone)]
pub(crate) struct Shelf {
    at_once: SyncSender<Search>,
    walks: SyncSender<Search>,
}

/// So many searches may wait.
const SEARCHES: usize = 1024;

impl Shelf {
    /// The shelf, and what two [`search_all`] work off.
    pub(crate) fn new() -> (Self, [Receiver<Search>; 2]) {
        let (at_once, short) = std::sync::mpsc::sync_channel(SEARCHES);
        let (walks, long) = std::sync::mpsc::sync_channel(SEARCHES);
        (Self { at_once, walks }, [short, long])
    }

    fn search(&self, walks: bool, search: impl FnOnce(Option<&mut dyn Reader>) + Send + 'static) {
        let queue = if walks { &self.walks } else { &self.at_once };
        match queue.try_send(Box::new(search)) {
            Err(TrySendError::Full(search)) => search(None),
            // Who reads is gone, and so is the engine at once: whoever asked hears that from it.
            Ok(()) | Err(TrySendError::Disconnected(_)) => {}
        }
    }
}

/// Searches until nobody asks any more.
pub(crate) fn search_all(mut store: Box<dyn Reader>, queue: &Receiver<Search>) {
    while let Ok(search) = queue.recv() {
        search(Some(&mut *store));
    }
}
