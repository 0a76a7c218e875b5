//! The writer: one thread that decides.
//!
//! It takes what has queued and decides all of it in order; what was decided is handed to the
//! committer, at once where that is free. What comes meanwhile is decided for the next commit.

use super::ask::{Refused, ToPublish};
use super::committer::{Committer, Events, Landing, Order, Waiting};
use super::counters::Counters;
use super::draft::Draft;
use super::ends::Ends;
use super::fetch::Fetchers;
use super::job::{Job, Published};
use super::reading::{Reading, Shelf, search_all};
use super::snapshots::{Made, ToKeep, keep_all};
use super::turn::Turn;
use crate::environment::Environment;
use crate::store::{ApiKey, Beginning, CustomerNumber, Publication, StoreError};
use probity_core::decide::Problem;
use probity_core::{RunId, Time};
use std::sync::Arc;
use std::sync::mpsc::{Sender, SyncSender};
use std::thread::JoinHandle;
use tokio::sync::mpsc;

/// What is with the committer now.
struct Flying {
    turn: u64,
    touched: Vec<CustomerNumber>,
    to_keep: Vec<ToKeep>,
    /// Runs that are at rest once it has landed.
    resting: Vec<(CustomerNumber, Vec<(RunId, u64)>)>,
    publication: u64,
    event: u64,
    clock: Option<Time>,
}

/// The sandbox clock on its way: everybody is caught up, some at a time.
struct Moving {
    after: CustomerNumber,
    done: Moved,
}

/// How it is told that everybody was caught up with a clock.
pub(super) type Moved = Box<dyn FnOnce(Result<Time, Refused>) -> Waiting + Send>;

/// The writer's own state.
pub(crate) struct Writer {
    pub(super) turn: Turn,
    /// The keys of the API, and those of them that the store does not have.
    pub(super) keys: Vec<ApiKey>,
    pub(super) admits: Vec<ApiKey>,
    /// The secrets, by name.
    pub(super) secrets: Vec<(String, Vec<u8>)>,
    waiting: Vec<Waiting>,
    resting: Vec<(CustomerNumber, Vec<(RunId, u64)>)>,
    flying: Option<Flying>,
    moving: Vec<Moving>,
    /// Why it is not known what the store knows; nothing is decided until that is found out.
    lost: Option<StoreError>,
    /// Was it tried to find out, for those who wait now?
    is_tried: bool,
    threads: Threads,
    counters: Arc<Counters>,
}

/// Those who work for the writer.
struct Threads {
    orders: Sender<Order>,
    landings: mpsc::UnboundedReceiver<Landing>,
    to_keep: SyncSender<(ToKeep, u64)>,
    made: mpsc::UnboundedReceiver<Made>,
    shelf: Shelf,
    fetchers: Fetchers,
    /// One of them has ended before it was asked to.
    ended: mpsc::UnboundedReceiver<()>,
    running: Vec<JoinHandle<()>>,
}

/// From so many entries in one commit on, only requests add to it.
const ENOUGH: usize = 4096;

/// So many states wait to be kept at the most; others are kept another time.
const TO_KEEP: usize = 256;

impl Threads {
    fn start(
        store: Box<dyn crate::store::Store>,
        awake: usize,
        counters: Arc<Counters>,
        events: Events,
    ) -> Result<Self, StoreError> {
        let (ends, ended) = Ends::new();
        let (shelf, [short, long]) = Shelf::new();
        let fetchers = Fetchers::start(&*store, &ends)?;
        let (reader, walker) = (store.reader()?, store.reader()?);
        let reads = ends.spawn("probity-reader", move || search_all(reader, &short))?;
        let walks = ends.spawn("probity-walker", move || search_all(walker, &long))?;
        let (orders, ordered) = std::sync::mpsc::channel();
        let (landed, landings) = mpsc::unbounded_channel();
        let committer = Committer { store, shelf: shelf.clone(), counters, events };
        let commits = ends.spawn("probity-committer", move || committer.run(&ordered, &landed))?;
        let (to_keep, keeping) = std::sync::mpsc::sync_channel(TO_KEEP);
        let (kept, made) = mpsc::unbounded_channel();
        let keeps = ends.spawn("probity-keeper", move || keep_all(&keeping, awake, &kept))?;
        let running = vec![reads, walks, commits, keeps];
        Ok(Self { orders, landings, to_keep, made, shelf, fetchers, ended, running })
    }
}

impl Writer {
    /// Reads what the store knows.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub(crate) fn new(
        mut store: Box<dyn crate::store::Store>,
        clock: Arc<dyn crate::clock::Clock>,
        limits: super::handle::Limits,
        admits: Vec<ApiKey>,
        events: Events,
    ) -> Result<Self, StoreError> {
        let beginning = store.beginning()?;
        let turn = Turn::new(store.reader()?, clock, limits, &beginning)?;
        let counters = Arc::<Counters>::default();
        let threads = Threads::start(store, limits.awake, Arc::clone(&counters), events)?;
        Ok(Self {
            turn,
            keys: [beginning.keys, admits.clone()].concat(),
            admits,
            secrets: beginning.secrets,
            waiting: Vec::new(),
            resting: Vec::new(),
            flying: None,
            moving: Vec::new(),
            lost: None,
            is_tried: false,
            threads,
            counters,
        })
    }

    /// What it counts of its work.
    pub(crate) fn counters(&self) -> Arc<Counters> {
        Arc::clone(&self.counters)
    }

    /// Works until nobody can ask any more and all is on disk.
    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let most = self.turn.limits.batch;
        let mut is_open = true;
        loop {
            self.is_tried = false;
            let has_room = self.waiting.len() < most;
            let flies = self.flying.is_some();
            let mut first = None;
            tokio::select! {
                biased;
                landing = self.threads.landings.recv(), if flies => match landing {
                    Some(landing) => self.land(landing),
                    // The committer is gone, and with it whatever it was handed.
                    None => return,
                },
                Some(()) = self.threads.ended.recv() => return,
                Some(made) = self.threads.made.recv(), if has_room => self.keep(made),
                () = std::future::ready(()), if has_room && self.may_move_on() => {
                    self.move_on();
                }
                job = queue.recv(), if is_open && has_room => match job {
                    Some(job) => first = Some(job),
                    None => is_open = false,
                },
                else => break,
            }
            self.take_all(first, &mut queue);
            if self.flying.is_none() {
                self.launch();
            }
            if !is_open && self.flying.is_none() && self.moving.is_empty() {
                break;
            }
        }
        self.finish().await;
    }

    /// What is still to be kept is kept, and everybody stops.
    async fn finish(mut self) {
        let (closed, _) = std::sync::mpsc::sync_channel(0);
        self.threads.to_keep = closed;
        while let Some(made) = self.threads.made.recv().await {
            self.keep(made);
        }
        self.launch();
        if self.flying.is_some()
            && let Some(landing) = self.threads.landings.recv().await
        {
            self.land(landing);
        }
        let Threads { orders, shelf, fetchers, running, .. } = self.threads;
        fetchers.stop();
        drop((orders, shelf, self.waiting, self.turn));
        for thread in running {
            let _ = thread.join();
        }
    }

    /// Takes this and what else has queued, as far as there is room.
    fn take_all(&mut self, first: Option<Job>, queue: &mut mpsc::Receiver<Job>) {
        let room = self.turn.limits.batch.saturating_sub(self.waiting.len());
        let mut jobs: Vec<Job> = first.into_iter().collect();
        while jobs.len() < room
            && let Ok(job) = queue.try_recv()
        {
            jobs.push(job);
        }
        if self.lost.is_none() {
            self.threads.fetchers.fetch(&mut self.turn, &jobs);
        }
        for job in jobs {
            self.take(job);
        }
    }

    fn take(&mut self, job: Job) {
        Counters::add(&self.counters.jobs, 1);
        if let Some(error) = self.is_lost() {
            return job.refuse(Refused::Unavailable(error));
        }
        let waiting = match job {
            Job::Ask(ask, to) => {
                let now = self.turn.now(ask.environment);
                Waiting::told(to, self.turn.ask(*ask, now))
            }
            Job::AskAll(asks, to) => {
                let decided = asks.into_iter().map(|ask| {
                    let now = self.turn.now(ask.environment);
                    self.turn.ask(ask, now)
                });
                let decided = decided.collect();
                Waiting::told(to, Ok(decided))
            }
            Job::Read(mut reading) => {
                self.turn.saw_unwritten = false;
                reading.find(&mut self.turn);
                if !self.turn.saw_unwritten {
                    return reading.tell(&self.threads.shelf);
                }
                Waiting::Read(reading)
            }
            Job::Publish(publish, to) => Waiting::told(to, self.publish(*publish)),
            Job::Own(environment, key, what, to) => {
                return self.tell(environment, key, what, to);
            }
            Job::MoveClock(time, to) => match self.set_clock(time) {
                Ok(()) => return self.catch_up(Box::new(|moved| Waiting::told(to, moved))),
                Err(refused) => Waiting::told(to, Err(refused)),
            },
            Job::Keys(change, to) => Waiting::told(to, self.keys(change)),
            Job::Secret(name, new, to) => Waiting::told(to, self.secret(name, new)),
            Job::Reseal(changes, to) => {
                self.turn.draft.batch.own_keys.extend(changes);
                Waiting::told(to, Ok(()))
            }
            Job::Endpoints(change, to) => Waiting::told(to, Ok(self.change_endpoints(change))),
            Job::Deliveries(now, to) => {
                self.turn.draft.batch.deliveries.extend(now);
                Waiting::told(to, Ok(()))
            }
            Job::Sweep(to) => Waiting::told(to, Ok(self.turn.sweep())),
            Job::Suppose(environment, sums, to) => {
                self.turn.books_mut(environment).suppose(sums);
                Waiting::told(to, Ok(()))
            }
        };
        self.waits(waiting);
    }

    /// An answer is told with the next commit.
    pub(super) fn waits(&mut self, waiting: Waiting) {
        self.waiting.push(waiting);
    }

    pub(super) fn publish(&mut self, publish: ToPublish) -> Result<Published, Refused> {
        let ToPublish { publication, dry_run, compare, expected } = publish;
        let environment = publication.environment;
        let now = self.turn.now(environment);
        let number = self.turn.last.publication + 1;
        let mut publication = Publication { number, at: now, ..publication };
        let mut versions = self.turn.books(environment).versions.clone();
        let last = versions.revision();
        if let Some(expected) = expected.filter(|expected| *expected != last) {
            return Err(Refused::PublishedMeanwhile { expected, last });
        }
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
            // Whoever is to be told of it is found by the sweeper.
            self.turn.dues.forget_all(environment);
            self.turn.draft.batch.publications.push(publication);
        }
        Ok(published)
    }

    /// Sets the sandbox clock; [`Writer::catch_up`] takes everybody along.
    pub(super) fn set_clock(&mut self, time: Time) -> Result<(), Refused> {
        let now = self.turn.now(Environment::Sandbox);
        if time < now {
            let reason = format!("the sandbox clock moves forward only; it shows {now}");
            return Err(Problem::invalid("to", reason).into());
        }
        self.turn.sandbox_clock = Some(time);
        self.turn.draft.batch.clock = Some(time);
        Ok(())
    }

    /// Everybody is caught up with the sandbox clock, some at a time; then it is told.
    pub(super) fn catch_up(&mut self, done: Moved) {
        self.moving.push(Moving { after: CustomerNumber(0), done });
    }

    /// Is anybody to be caught up with the sandbox clock, and not too much waits for the commit?
    fn may_move_on(&self) -> bool {
        !self.moving.is_empty() && self.turn.draft.entries.len() < ENOUGH
    }

    /// Catches some more up with the sandbox clock; it is answered when everybody is.
    fn move_on(&mut self) {
        let Some(mut moving) = self.moving.pop() else { return };
        let moved = match self.turn.catch_some_up(Environment::Sandbox, &mut moving.after) {
            Ok(true) => return self.moving.push(moving),
            Ok(false) => Ok(self.turn.now(Environment::Sandbox)),
            Err(refused) => Err(refused),
        };
        let told = (moving.done)(moved);
        self.waits(told);
    }

    /// A state was written down beside.
    fn keep(&mut self, (customer, made): Made) {
        let of = made
            .as_ref()
            .map(|kept| (kept.seq, kept.snapshot.state.len() + kept.snapshot.keys.len()));
        if let Some(kept) = self.turn.customers.get_mut(customer) {
            kept.was_kept(of);
        }
        if let Some(kept) = made {
            self.turn.draft.batch.snapshots.push(kept.snapshot);
            self.turn.draft.batch.rested.extend(kept.rested);
            self.resting.push((customer, kept.resting));
        }
    }

    /// Hands to the committer what was decided since it was last free.
    fn launch(&mut self) {
        if let Some(error) = self.lost.clone() {
            return self.drop_all(&error);
        }
        self.turn.close();
        if self.turn.draft.is_empty() {
            // Nothing of what is told rests on anything that is not on disk.
            for waiting in std::mem::take(&mut self.waiting) {
                waiting.tell(&Ok(()), &self.threads.shelf);
            }
            // Who only reads takes up room as well.
            return self.shrink();
        }
        Counters::add(&self.counters.turns, 1);
        let to_keep = self.turn.keep_aside();
        let draft = std::mem::take(&mut self.turn.draft);
        self.turn.glimpse = draft.glimpse();
        self.flying = Some(Flying {
            turn: self.turn.number,
            touched: std::mem::take(&mut self.turn.touched),
            to_keep,
            resting: std::mem::take(&mut self.resting),
            publication: self.turn.last.publication,
            event: self.turn.last.event,
            clock: self.turn.sandbox_clock,
        });
        self.turn.number += 1;
        // Should the committer be gone, no landing ever comes, and the writer stops.
        let order = Order::Commit(Box::new(draft), std::mem::take(&mut self.waiting));
        let _ = self.threads.orders.send(order);
    }

    fn land(&mut self, landing: Landing) {
        let Some(flying) = self.flying.take() else { return };
        let Err(error) = landing.committed else { return self.landed(flying) };
        let touched = flying.touched.into_iter().chain(std::mem::take(&mut self.turn.touched));
        let touched: Vec<_> = touched.collect();
        self.turn.forget(&touched);
        // What was decided since rests on what is not there.
        self.turn.draft = Draft::default();
        self.turn.glimpse = super::draft::Glimpse::default();
        self.resting.clear();
        let failed = Err(error.clone());
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        let again = waiting.filter_map(|waiting| waiting.tell(&failed, &self.threads.shelf));
        let unread: Vec<_> = landing.unread.into_iter().chain(again).collect();
        for moving in std::mem::take(&mut self.moving) {
            let told = (moving.done)(Err(Refused::Unavailable(error.clone())));
            told.tell(&failed, &self.threads.shelf);
        }
        self.lost = Some(error);
        if let Some(Ok(beginning)) = landing.beginning {
            self.begin_anew(&beginning);
        }
        for reading in unread {
            self.read_again(reading);
        }
        self.shrink();
    }

    /// As long as it is not known what the store knows, nothing goes there.
    fn drop_all(&mut self, error: &StoreError) {
        self.turn.draft = Draft::default();
        self.resting.clear();
        let failed = Err(error.clone());
        for waiting in std::mem::take(&mut self.waiting) {
            if let Some(reading) = waiting.tell(&failed, &self.threads.shelf) {
                reading.refuse(Refused::Unavailable(error.clone()));
            }
        }
    }

    fn landed(&mut self, flying: Flying) {
        self.turn.landed = flying.turn;
        self.turn.landed_publication = flying.publication;
        self.turn.landed_event = flying.event;
        self.turn.landed_clock = flying.clock;
        self.turn.glimpse = super::draft::Glimpse::default();
        for (customer, runs) in &flying.resting {
            if let Some(kept) = self.turn.customers.get_mut(*customer) {
                kept.let_rest(runs);
            }
        }
        let first_answer = self.turn.first_answer;
        for state in flying.to_keep {
            let customer = state.customer;
            if self.threads.to_keep.try_send((state, first_answer)).is_err()
                && let Some(kept) = self.turn.customers.get_mut(customer)
            {
                kept.was_kept(None);
            }
        }
        self.shrink();
    }

    /// Whoever is too much leaves memory.
    fn shrink(&mut self) {
        let (to_keep, first_answer) = (&self.threads.to_keep, self.turn.first_answer);
        let mut keep = |left| drop(to_keep.try_send((left, first_answer)));
        self.turn.customers.shrink(self.turn.landed, &mut keep);
    }

    /// Why nothing can be decided, where that is so: what the store knows has to be found out first.
    fn is_lost(&mut self) -> Option<StoreError> {
        self.lost.as_ref()?;
        // It may take long to fail: once is enough for whoever waits now.
        if std::mem::replace(&mut self.is_tried, true) {
            return self.lost.clone();
        }
        let (to, beginning) = std::sync::mpsc::channel();
        let _ = self.threads.orders.send(Order::Begin(to));
        match beginning.recv() {
            Ok(Ok(beginning)) => self.begin_anew(&beginning),
            Ok(Err(error)) => self.lost = Some(error),
            Err(_) => {}
        }
        self.lost.clone()
    }

    /// What is on disk now is what counts.
    fn begin_anew(&mut self, beginning: &Beginning) {
        self.keys = [beginning.keys.clone(), self.admits.clone()].concat();
        self.secrets.clone_from(&beginning.secrets);
        self.lost = self.turn.begin_anew(beginning).err();
    }

    /// Reading goes on when writing fails: then what is due is applied for this reader only.
    fn read_again(&mut self, mut reading: Box<dyn Reading>) {
        if let Some(error) = self.is_lost() {
            return reading.refuse(Refused::Unavailable(error));
        }
        let (live, sandbox, last) =
            (self.turn.live.clone(), self.turn.sandbox.clone(), self.turn.last);
        reading.find(&mut self.turn);
        reading.tell(&self.threads.shelf);
        let touched = std::mem::take(&mut self.turn.touched);
        self.turn.forget(&touched);
        self.turn.draft = Draft::default();
        (self.turn.live, self.turn.sandbox, self.turn.last) = (live, sandbox, last);
    }
}
