//! The writer: one thread that owns the store.
//!
//! It takes what has queued, decides all of it in order, commits once, then answers.

use super::ask::{Answered, Ask, Key, Refused, ToPublish, View, Whose};
use super::beside::{KeyChange, Listed};
use super::counters::Counters;
use super::customers::Customers;
use super::dues::Dues;
use super::facts::Everyone;
use super::handle::Limits;
use super::own::{Own, OwnKeys};
use super::turn::{Books, Last, Turn};
use super::versions::Versions;
use crate::answer::Reply;
use crate::clock::Clock;
use crate::environment::Environment;
use crate::store::{
    ApiKey, Batch, Beginning, CustomerNumber, Publication, Store, StoreError, Written,
};
use probity_core::sums::Sums;
use probity_core::terms::Catalog;
use probity_core::{Name, RunId, Time};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Where an answer goes.
pub(crate) type To<T> = oneshot::Sender<Result<T, Refused>>;

/// What the writer is asked.
pub(crate) enum Job {
    /// A command.
    Ask(Box<Ask>, To<Answered>),
    /// Commands that are decided in order, each on its own, and committed at once.
    AskAll(Vec<Ask>, To<Vec<Result<Answered, Refused>>>),
    /// A customer's state, everything due by then applied.
    View(Environment, Whose, To<View>),
    /// What was answered to a key.
    LookUp(Environment, Name, String, To<Option<Reply>>),
    /// Entries of a customer above a number.
    Entries(Environment, Name, u64, usize, To<Vec<Written>>),
    /// The published versions.
    Catalog(Environment, To<(Arc<Catalog>, Time)>),
    /// Publish a version or a revision.
    Publish(Box<ToPublish>, To<Published>),
    /// Tell an environment something, under a key of its own.
    Own(Environment, Option<Key>, Own, To<Answered>),
    /// Move the sandbox clock forward, or only read it.
    MoveClock(Option<Time>, To<Time>),
    /// A page of a customer's runs, the newest first.
    Runs(Environment, Name, Option<RunId>, usize, To<Listed>),
    /// What was published.
    Publications(Environment, To<Vec<Publication>>),
    /// The keys of the API, after a change to them.
    Keys(KeyChange, To<Vec<ApiKey>>),
    /// A secret by its name; where there is none yet, this becomes it.
    Secret(String, Vec<u8>, To<Vec<u8>>),
    /// Look after some of those whom nobody asks about.
    Sweep(To<usize>),
    /// Decide as if these were the sums over all customers.
    Suppose(Environment, Sums, To<()>),
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

/// An answer that waits for the commit.
enum Waiting {
    Ask(To<Answered>, Box<Result<Answered, Refused>>),
    View(To<View>, Result<View, Refused>, Environment, Whose),
    Catalog(To<(Arc<Catalog>, Time)>, (Arc<Catalog>, Time)),
    Supposed(To<()>),
    Other(Later),
}

/// How an answer is sent once it is known whether the commit went well.
type Later = Box<dyn FnOnce(&Result<(), StoreError>)>;

/// The most commands in one commit.
const LARGEST_BATCH: usize = 1024;

/// The writer's own state.
pub(crate) struct Writer {
    pub(super) turn: Turn,
    clock: Arc<dyn Clock>,
    /// Where the sandbox clock stands, once it was moved.
    sandbox_clock: Option<Time>,
    /// The keys of the API.
    pub(super) keys: Vec<ApiKey>,
    /// The secrets, by name.
    pub(super) secrets: Vec<(String, Vec<u8>)>,
    counters: Arc<Counters>,
}

impl Writer {
    /// Reads what the store knows.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub(crate) fn new(
        mut store: Box<dyn Store>,
        clock: Arc<dyn Clock>,
        limits: Limits,
    ) -> Result<Self, StoreError> {
        let beginning = store.beginning()?;
        let books = |environment| books(&beginning, environment);
        let (live, sandbox) = (books(Environment::Live)?, books(Environment::Sandbox)?);
        let turn = Turn {
            store,
            customers: Customers::new(limits.memory),
            own: OwnKeys::default(),
            live,
            sandbox,
            batch: Batch::default(),
            touched: Vec::new(),
            limits,
            dues: Dues::unknown(beginning.customers),
            pruned: 0,
            last: Last::of(&beginning),
        };
        Ok(Self {
            turn,
            clock,
            sandbox_clock: beginning.clock,
            keys: beginning.keys,
            secrets: beginning.secrets,
            counters: Arc::default(),
        })
    }

    /// What it counts of its work.
    pub(crate) fn counters(&self) -> Arc<Counters> {
        Arc::clone(&self.counters)
    }

    /// Works until nobody can ask any more.
    pub(crate) fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        while let Some(first) = queue.blocking_recv() {
            let mut waiting = vec![self.begin(first)];
            while waiting.len() < LARGEST_BATCH
                && let Ok(job) = queue.try_recv()
            {
                waiting.push(self.begin(job));
            }
            Counters::add(&self.counters.turns, 1);
            Counters::add(&self.counters.jobs, waiting.len());
            let committed = self.commit();
            waiting.into_iter().for_each(|waiting| self.answer(waiting, &committed));
            self.turn.customers.shrink();
        }
    }

    /// The present instant of an environment; it never goes back.
    pub(super) fn now(&mut self, environment: Environment) -> Time {
        let moved = self.sandbox_clock.filter(|_| environment == Environment::Sandbox);
        let now = moved.unwrap_or_else(|| self.clock.now());
        let is_first = self.turn.batch.is_empty();
        let books = self.turn.books_mut(environment);
        books.now = books.now.max(now);
        let now = books.now;
        // Days and months end also when nobody does anything.
        let ended = books.sums.supplier_window_ends.is_none_or(|ends| ends <= now);
        if (ended || (books.stale && is_first))
            && let Some(zone) = books.versions.zone(now).cloned()
        {
            books.add_up(now, &zone);
        }
        now
    }

    fn begin(&mut self, job: Job) -> Waiting {
        match job {
            Job::Ask(ask, to) => {
                let now = self.now(ask.environment);
                Waiting::Ask(to, Box::new(self.turn.ask(*ask, now)))
            }
            Job::AskAll(asks, to) => {
                let decided = asks.into_iter().map(|ask| {
                    let now = self.now(ask.environment);
                    self.turn.ask(ask, now)
                });
                let decided = decided.collect();
                later(to, Ok(decided))
            }
            Job::View(environment, whose, to) => {
                let now = self.now(environment);
                let view = self.turn.view(environment, &whose, now);
                Waiting::View(to, view, environment, whose)
            }
            Job::LookUp(environment, customer, key, to) => {
                let now = self.now(environment);
                later(to, self.turn.look_up(environment, &customer, &key, now))
            }
            Job::Entries(environment, customer, after, limit, to) => {
                let now = self.now(environment);
                let found = self.turn.entries(environment, &customer, after, limit, now);
                later(to, found)
            }
            Job::Catalog(environment, to) => {
                let now = self.now(environment);
                let catalog = Arc::clone(&self.turn.books(environment).versions.catalog);
                Waiting::Catalog(to, (catalog, now))
            }
            Job::Publish(publish, to) => later(to, self.publish(*publish)),
            Job::Own(environment, key, what, to) => later(to, self.tell(environment, key, what)),
            Job::MoveClock(moved, to) => later(to, self.move_clock(moved)),
            Job::Runs(environment, customer, before, limit, to) => {
                let now = self.now(environment);
                later(to, self.turn.runs(environment, &customer, before, limit, now))
            }
            Job::Publications(environment, to) => later(to, self.publications(environment)),
            Job::Keys(change, to) => later(to, self.keys(change)),
            Job::Secret(name, new, to) => later(to, self.secret(name, new)),
            Job::Sweep(to) => later(to, self.sweep()),
            Job::Suppose(environment, sums, to) => {
                self.turn.books_mut(environment).suppose(sums);
                Waiting::Supposed(to)
            }
        }
    }

    pub(super) fn publish(&mut self, publish: ToPublish) -> Result<Published, Refused> {
        let ToPublish { publication, dry_run, compare } = publish;
        let environment = publication.environment;
        let now = self.now(environment);
        let number = self.turn.last.publication + 1;
        let mut publication = Publication { number, at: now, ..publication };
        let mut versions = self.turn.books(environment).versions.clone();
        if compare {
            publication.adverse = versions.is_adverse(&publication);
        }
        versions.publish(&publication).map_err(Refused::Publish)?;
        let published = Published {
            catalog: Arc::clone(&versions.catalog),
            operations: versions.revision(),
            now,
        };
        if !dry_run {
            self.turn.books_mut(environment).versions = versions;
            self.turn.last.publication = number;
            self.turn.batch.publications.push(publication);
        }
        Ok(published)
    }

    pub(super) fn move_clock(&mut self, to: Option<Time>) -> Result<Time, Refused> {
        let now = self.now(Environment::Sandbox);
        let Some(to) = to else { return Ok(now) };
        if to < now {
            let reason = format!("the sandbox clock moves forward only; it shows {now}");
            return Err(probity_core::decide::Problem::invalid("to", reason).into());
        }
        self.sandbox_clock = Some(to);
        self.turn.batch.clock = Some(to);
        let now = self.now(Environment::Sandbox);
        self.turn.catch_everyone_up(Environment::Sandbox, now)?;
        Ok(now)
    }

    /// Makes durable what was decided; on an error everything of it is forgotten.
    fn commit(&mut self) -> Result<(), StoreError> {
        self.turn.take_snapshots();
        self.turn.note_sums();
        self.turn.prune()?;
        let batch = std::mem::take(&mut self.turn.batch);
        let touched = std::mem::take(&mut self.turn.touched);
        if batch.is_empty() {
            return Ok(());
        }
        let committed = self.turn.store.commit(&batch);
        match &committed {
            Ok(()) => {
                Counters::add(&self.counters.commits, 1);
                Counters::add(&self.counters.entries, batch.entries.len());
            }
            Err(_) => Counters::add(&self.counters.failed_commits, 1),
        }
        if let Err(error) = &committed {
            self.begin_anew(touched).map_err(|_| error.clone())?;
        }
        committed
    }

    /// Whatever is on disk now is what counts: whoever was touched is read again when asked about, and
    /// how far the store reaches, and what was published, at once.
    fn begin_anew(&mut self, touched: Vec<CustomerNumber>) -> Result<(), StoreError> {
        for number in touched {
            self.turn.customers.take(number);
            self.turn.dues.forget(number);
        }
        self.turn.own = OwnKeys::default();
        let beginning = self.turn.store.beginning()?;
        self.turn.dues.forget_after(beginning.customers);
        self.turn.last = Last::of(&beginning);
        self.sandbox_clock = beginning.clock;
        self.keys.clone_from(&beginning.keys);
        self.secrets.clone_from(&beginning.secrets);
        for environment in Environment::ALL {
            let Books { mut now, supposed, sums, .. } = self.turn.books(environment).clone();
            if environment == Environment::Sandbox {
                // Where it was moved to is not where it stands, if that failed.
                now = beginning.clock.unwrap_or_else(|| self.clock.now());
            }
            let mut anew = Books { now, ..books(&beginning, environment)? };
            if supposed {
                anew.suppose((*sums).clone());
            }
            *self.turn.books_mut(environment) = anew;
        }
        Ok(())
    }

    fn answer(&mut self, waiting: Waiting, committed: &Result<(), StoreError>) {
        match waiting {
            Waiting::Ask(to, answered) => send(to, *answered, committed),
            Waiting::Supposed(to) => drop(to.send(Ok(()))),
            Waiting::Other(later) => later(committed),
            Waiting::Catalog(to, catalog) => drop(to.send(Ok(catalog))),
            // Reading goes on when writing fails: then what is due is applied for this reader only.
            Waiting::View(to, _, environment, whose) if committed.is_err() => {
                let now = self.now(environment);
                let view = self.turn.view(environment, &whose, now);
                let touched = std::mem::take(&mut self.turn.touched);
                self.turn.batch = Batch::default();
                // Where even that fails, the next turn says so.
                let _ = self.begin_anew(touched);
                let _ = to.send(view);
            }
            Waiting::View(to, view, ..) => drop(to.send(view)),
        }
    }
}

/// An answer to be sent after the commit.
fn later<T: 'static>(to: To<T>, decided: Result<T, Refused>) -> Waiting {
    Waiting::Other(Box::new(move |committed| send(to, decided, committed)))
}

/// Sends what was decided, if it is durable. A refusal may rest on what others had just done, so it
/// does not stand either where that is not.
fn send<T>(to: To<T>, decided: Result<T, Refused>, committed: &Result<(), StoreError>) {
    let answer = match committed {
        Ok(()) => decided,
        Err(error) => Err(Refused::Unavailable(error.clone())),
    };
    // Whoever asked may be gone; what was done stays done.
    let _ = to.send(answer);
}

fn books(beginning: &Beginning, environment: Environment) -> Result<Books, StoreError> {
    let of = |(at, body): &&(Environment, String)| *at == environment && !body.is_empty();
    let everyone = match beginning.sums.iter().find(of) {
        Some((_, body)) => {
            serde_json::from_str(body).map_err(|e| StoreError::Corrupt(e.to_string()))?
        }
        None => Everyone::default(),
    };
    Ok(Books {
        versions: Versions::of(environment, &beginning.publications)?,
        everyone,
        sums: Arc::new(Sums::default()),
        counted: false,
        stale: true,
        supposed: false,
        now: Time::MIN,
    })
}
