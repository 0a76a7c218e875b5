//! The handle that applications hold: it queues commands and waits for answers.

use super::ask::{Answered, Ask, Refused, ToPublish, View, Whose};
use super::committer::Events;
use super::counters::{Counters, Work};
use super::job::{Job, Published, To};
use super::reading::{FromState, FromStore, Reading};
use super::sweep::every_second;
use super::turn::Turn;
use super::writer::Writer;
use crate::answer::Reply;
use crate::clock::{Clock, SystemClock};
use crate::environment::Environment;
use crate::store::sqlite::SqliteStore;
use crate::store::{ApiKey, Publication, Reader, Store, StoreError, Written};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{Name, Time};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// How an engine is set up.
pub struct Options {
    /// How many commands may wait; more are refused as overloaded.
    pub queue: usize,
    /// What stays in memory.
    pub limits: Limits,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// Does what is due happen by itself, too? If not, only when somebody asks, with the same
    /// answers.
    pub sweeps: bool,
    /// Keys of the API that this engine knows beside those of its store; they are never written down.
    pub admits: Vec<ApiKey>,
}

/// What stays in memory, and what is kept again beside the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// About how many bytes of customers' states stay in memory.
    pub memory: usize,
    /// A customer's state is kept again after so many entries at the least; 1: after each.
    pub snapshot_after: u32,
    /// How many ended runs stay in a state when others go to rest, which they do once there are more than
    /// twice as many.
    pub awake: usize,
    /// How many requests one commit answers at the most.
    pub batch: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: 256 << 20, snapshot_after: 64, awake: 4, batch: 1024 }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            queue: 8192,
            limits: Limits::default(),
            clock: Arc::new(SystemClock),
            sweeps: true,
            admits: Vec::new(),
        }
    }
}

/// A running engine. Clones lead to the same one; it stops when the last is dropped.
#[derive(Clone)]
pub struct Probity {
    queue: mpsc::Sender<Job>,
    counters: Arc<Counters>,
    pub(super) reader: Arc<Mutex<Box<dyn Reader>>>,
    pub(super) events: Events,
    thread: Arc<Thread>,
}

/// The writer's thread, and what the sweeper's ends with.
struct Thread {
    writer: JoinHandle<()>,
    _sweeper: std::sync::mpsc::Sender<()>,
}

impl std::fmt::Debug for Probity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Probity").finish_non_exhaustive()
    }
}

/// An answer on its way. Await it, or [`Pending::wait`] for it.
#[derive(Debug)]
pub struct Pending<T>(oneshot::Receiver<Result<T, Refused>>);

impl<T> Pending<T> {
    /// Blocks until the answer is there, durable. Not for async code: await it there.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn wait(self) -> Result<T, Refused> {
        self.0.blocking_recv().unwrap_or_else(|_| Err(stopped()))
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Refused>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(|answer| answer.unwrap_or_else(|_| Err(stopped())))
    }
}

/// What was queued may have been applied before the engine stopped.
fn stopped() -> Refused {
    Refused::Unavailable(StoreError::Io("it stopped before it answered".to_owned()))
}

impl Probity {
    /// Opens the embedded database, and makes it where there is none.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be opened.
    pub fn open(database: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::on(Box::new(SqliteStore::open(database.as_ref())?), Options::default())
    }

    /// An engine on a store.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read.
    pub fn on(store: Box<dyn Store>, options: Options) -> Result<Self, StoreError> {
        let reader = Arc::new(Mutex::new(store.reader()?));
        let events = Events::new();
        let told = events.clone();
        let writer = Writer::new(store, options.clock, options.limits, options.admits, told)?;
        let (queue, jobs) = mpsc::channel(options.queue);
        let counters = writer.counters();
        let named = |name: &str| std::thread::Builder::new().name(name.to_owned());
        let io = |error: std::io::Error| StoreError::Io(error.to_string());
        let decides = tokio::runtime::Builder::new_current_thread().build().map_err(io)?;
        let writer = named("probity-writer").spawn(move || decides.block_on(writer.run(jobs)));
        let writer = writer.map_err(io)?;
        let (sweeper, held) = std::sync::mpsc::channel();
        if options.sweeps {
            let queue = queue.downgrade();
            named("probity-sweeper").spawn(move || every_second(&queue, &held)).map_err(io)?;
        }
        let thread = Arc::new(Thread { writer, _sweeper: sweeper });
        Ok(Self { queue, counters, reader, events, thread })
    }

    /// Waits until everything that was asked is answered, and lets go of the store. Handles that are
    /// still about keep it open.
    pub fn close(self) {
        let Self { queue, thread, .. } = self;
        drop(queue);
        if let Some(last) = Arc::into_inner(thread) {
            let _ = last.writer.join();
        }
    }

    /// Comes when the writer, or a thread that works for it, has ended before anybody asked it to: it
    /// has a fault, and nothing is decided any more. What was not answered may or may not have been applied.
    pub async fn failed(&self) {
        self.queue.closed().await;
    }

    pub(super) fn send<T>(&self, job: impl FnOnce(To<T>) -> Job) -> Result<Pending<T>, Refused> {
        let (to, answer) = oneshot::channel();
        match self.queue.try_send(job(to)) {
            Ok(()) => Ok(Pending(answer)),
            Err(mpsc::error::TrySendError::Full(_)) => Err(Refused::Overloaded),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(Refused::Stopped),
        }
    }

    /// What the engine has done since it began, and how much waits.
    #[must_use]
    pub fn work(&self) -> Work {
        let waiting = self.queue.max_capacity() - self.queue.capacity();
        self.counters.work(waiting, self.queue.max_capacity())
    }

    pub(super) fn question<T, R: Reading + 'static>(
        &self,
        reading: impl FnOnce(To<T>) -> R,
    ) -> Result<Pending<T>, Refused> {
        self.send(|to| Job::Read(Box::new(reading(to))))
    }

    /// Queues a command.
    ///
    /// # Errors
    /// [`Refused::Overloaded`] at once where the queue is full; other refusals come with the answer.
    pub fn ask(&self, ask: Ask) -> Result<Pending<Answered>, Refused> {
        self.send(|to| Job::Ask(Box::new(ask), to))
    }

    /// Queues commands that are decided in their order, each on its own: one that is refused takes no
    /// other with it. All are made durable at once.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn ask_all(
        &self,
        asks: Vec<Ask>,
    ) -> Result<Pending<Vec<Result<Answered, Refused>>>, Refused> {
        self.send(|to| Job::AskAll(asks, to))
    }

    /// The state of a customer, everything due by now applied, never less than what was answered.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn view(&self, environment: Environment, whose: Whose) -> Result<Pending<View>, Refused> {
        let find = move |turn: &mut Turn| Ok(turn.view(environment, &whose)?.1);
        self.question(|to| FromState::new(to, find))
    }

    /// What was answered to a customer's request with this key; None: nothing was applied under it.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn look_up(
        &self,
        environment: Environment,
        customer: Name,
        key: String,
    ) -> Result<Pending<Option<Reply>>, Refused> {
        let find = move |turn: &mut Turn| turn.look_up(environment, &customer, &key);
        self.question(|to| FromState::new(to, find))
    }

    /// Entries of a customer with a number above `after`, oldest first.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn entries(
        &self,
        environment: Environment,
        customer: Name,
        after: u64,
        limit: usize,
    ) -> Result<Pending<Vec<Written>>, Refused> {
        let whose = Whose::Customer(customer);
        let find = move |turn: &mut Turn| Ok(turn.view(environment, &whose)?.0);
        self.question(|to| {
            FromStore::new(to, find, move |number, store| Ok(store.entries(number, after, limit)?))
        })
    }

    /// Every published version, and the present instant.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn catalog(
        &self,
        environment: Environment,
    ) -> Result<Pending<(Arc<Catalog>, Time)>, Refused> {
        let find = move |turn: &mut Turn| Ok(turn.catalog(environment));
        self.question(|to| FromState::new(to, find))
    }

    /// Publishes a version of the contract, or a revision of operations. Its number and instant are
    /// given here. With `dry_run` it is only judged.
    ///
    /// # Errors
    /// As [`Probity::ask`]; [`Refused::Publish`] with the answer.
    pub fn publish(
        &self,
        publication: Publication,
        dry_run: bool,
    ) -> Result<Pending<Published>, Refused> {
        let publish = ToPublish { publication, dry_run, compare: false, expected: None };
        self.send(|to| Job::Publish(Box::new(publish), to))
    }

    /// The same, but whether it is adverse is found by comparing it with the version before.
    ///
    /// # Errors
    /// As [`Probity::publish`].
    pub fn publish_compared(
        &self,
        publication: Publication,
        dry_run: bool,
    ) -> Result<Pending<Published>, Refused> {
        let publish = ToPublish { publication, dry_run, compare: true, expected: None };
        self.send(|to| Job::Publish(Box::new(publish), to))
    }

    /// Decides from now on as if these were the sums over all customers, whatever is counted: for
    /// stories and drills of a surge or a budget that is used up.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn suppose(&self, environment: Environment, sums: Sums) -> Result<Pending<()>, Refused> {
        self.send(|to| Job::Suppose(environment, sums, to))
    }

    /// Moves the clock of the sandbox forward, and answers when everything due is applied; None only
    /// reads it.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn move_clock(&self, to: Option<Time>) -> Result<Pending<Time>, Refused> {
        match to {
            Some(time) => self.send(|to| Job::MoveClock(time, to)),
            None => {
                self.question(|to| FromState::new(to, |turn| Ok(turn.now(Environment::Sandbox))))
            }
        }
    }
}
