//! The second half: how runs ended is told to the engine, by tasks that outlive every request.
//!
//! What cannot be told because the store is away is spooled, and told once it is back.

use super::charge::Charge;
use super::rounds::{self, Rounds};
use super::spool::Spool;
use crate::engine::{Answered, Ask, Doing, Probity, Refused, View, Whose};
use crate::environment::Environment;
use probity_core::command::{Act, Actor, Attempt, Report};
use probity_core::contract::{Mode, Outcome};
use probity_core::decide::Problem;
use probity_core::terms::Catalog;
use probity_core::{Length, Name, RunId, Time};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};
use tokio::time::Instant;

/// How long the engine may take to say whether a run may begin.
const BEGINS_IN: Duration = Duration::from_secs(10);
/// How many answers are read at once that nobody waits for.
const READ_ON_AT_ONCE: usize = 256;
/// How long the mode of a request is looked for.
const LOOKS_FOR: Duration = Duration::from_millis(250);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(50);
/// How long the store is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Until a request goes on undecided where nothing is enforced.
    pub watched: Duration,
    /// Until an end is spooled, and whoever waits for it goes on.
    pub told: Duration,
    /// Between two tries to tell what is spooled.
    pub between: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let watched = Duration::from_millis(500);
        Self { watched, told: Duration::from_secs(2), between: Duration::from_secs(5) }
    }
}

/// How a run ended, on its way to the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settling {
    /// In which books.
    pub environment: Environment,
    /// Which run.
    pub run: RunId,
    /// How it ended.
    pub report: Report,
}

/// How telling it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It is in the journal, with this outcome.
    Told(Outcome),
    /// It was told otherwise before, by the product itself.
    Before,
    /// The store is away: it is kept, and told once.
    Spooled,
    /// It was refused, or the store is away and there is nowhere to keep it: the run ends free when its
    /// time is up.
    Lost,
}

/// A run that did not begin.
#[derive(Debug)]
pub(super) struct NotBegun {
    pub(super) why: Refused,
    /// The mode it would live in, where that was looked for.
    pub(super) mode: Option<Mode>,
}

impl From<Refused> for NotBegun {
    fn from(why: Refused) -> Self {
        Self { why, mode: None }
    }
}

/// What the layer has done, counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    outcomes: [AtomicU64; Outcome::ALL.len()],
    undecided: AtomicU64,
    refused: AtomicU64,
    spooled: AtomicU64,
    posted: AtomicU64,
}

/// The same at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Ends that are told, by outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [u64; Outcome::ALL.len()],
    /// Requests that went on though nothing could be decided about them.
    pub undecided: u64,
    /// Requests that were refused because the store was away.
    pub refused: u64,
    /// Ends that were spooled.
    pub spooled: u64,
    /// Ends that were spooled, and are told.
    pub posted: u64,
}

impl Counts {
    fn told(&self, outcome: Outcome) {
        let counts = Outcome::ALL.into_iter().zip(&self.outcomes);
        for (_, count) in counts.filter(|(known, _)| *known == outcome) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(super) fn went_on_undecided(&self) {
        self.undecided.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn refused_away(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }
}

/// Tells the engine how runs ended.
pub struct Settler {
    probity: Probity,
    on: Handle,
    spool: Option<Spool>,
    patience: Patience,
    pub(super) counts: Counts,
    /// Everything that is under way holds one; all are gone when nothing is.
    under_way: mpsc::WeakSender<()>,
    spooled: Arc<Notify>,
    /// Room to read answers that nobody waits for.
    reads_on: Arc<Semaphore>,
    /// True from when on it is being ended.
    stops: watch::Receiver<bool>,
    pub(super) rounds: Rounds,
    /// Connections are about to be cut by us.
    is_ending: AtomicBool,
}

/// What ends the settler.
pub struct Stop {
    last: mpsc::Sender<()>,
    gone: mpsc::Receiver<()>,
    stopping: watch::Sender<bool>,
}

impl Stop {
    /// Waits until everything under way is told, but no longer than this; true if all was. For half of it,
    /// also what nobody waits for is read on.
    pub async fn drained(self, most: Duration) -> bool {
        let Self { last, mut gone, stopping } = self;
        drop(last);
        let (whole, rest) = (most / 2, most - most / 2);
        if tokio::time::timeout(whole, gone.recv()).await.is_ok() {
            return true;
        }
        let _ = stopping.send(true);
        tokio::time::timeout(rest, gone.recv()).await.is_ok()
    }
}

impl std::fmt::Debug for Settler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settler").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl Settler {
    /// Begins; what is in the spool from before is told first. Within a runtime.
    pub(super) fn new(
        probity: Probity,
        spool: Option<Spool>,
        patience: Patience,
    ) -> (Arc<Self>, Stop) {
        let (last, gone) = mpsc::channel(1);
        let (under_way, on) = (last.downgrade(), Handle::current());
        let (counts, spooled) = (Counts::default(), Arc::new(Notify::new()));
        let reads_on = Arc::new(Semaphore::new(READ_ON_AT_ONCE));
        let (stopping, stops) = watch::channel(false);
        let rounds = Rounds::default();
        let settler = Self {
            probity,
            on,
            spool,
            patience,
            counts,
            under_way,
            spooled,
            reads_on,
            stops,
            rounds,
            is_ending: AtomicBool::new(false),
        };
        let settler = Arc::new(settler);
        settler.on.spawn(rounds::begin(Arc::downgrade(&settler)));
        if settler.spool.is_some() {
            let (posts, spooled) = (Arc::downgrade(&settler), Arc::clone(&settler.spooled));
            spooled.notify_one();
            // It waits without holding on to the engine, which can be closed meanwhile.
            settler.on.spawn(async move {
                loop {
                    spooled.notified().await;
                    let Some(settler) = posts.upgrade() else { return };
                    let is_left = settler.post_spooled().await;
                    drop(settler);
                    if is_left {
                        tokio::time::sleep(patience.between).await;
                        spooled.notify_one();
                    }
                }
            });
        }
        (settler, Stop { last, gone, stopping })
    }

    /// What it has done so far.
    #[must_use]
    pub fn counted(&self) -> Counted {
        let Counts { outcomes, undecided, refused, spooled, posted } = &self.counts;
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Counted {
            outcomes: outcomes.each_ref().map(read),
            undecided: read(undecided),
            refused: read(refused),
            spooled: read(spooled),
            posted: read(posted),
        }
    }

    /// Runs something that is waited for when the settler ends.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let under_way = self.under_way.upgrade();
        self.on.spawn(async move {
            task.await;
            drop(under_way);
        });
    }

    /// Room to read one more answer that nobody waits for; None: there is none.
    pub(super) fn place_to_read_on(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.reads_on).try_acquire_owned().ok()
    }

    /// From now on whoever goes away may be cut off by us.
    pub(super) fn ends(&self) {
        self.is_ending.store(true, Ordering::Release);
    }

    pub(super) fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Acquire)
    }

    /// Until it is being ended.
    pub(super) fn stopping(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stops = self.stops.clone();
        async move {
            if stops.wait_for(|stops| *stops).await.is_err() {
                // Nobody is there who could end it.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Asks the engine, which answers in time or is away.
    pub(super) async fn ask(&self, ask: Ask) -> Result<Answered, Refused> {
        let answer = self.probity.ask(ask)?;
        tokio::time::timeout(BEGINS_IN, answer).await.unwrap_or(Err(Refused::Overloaded))
    }

    /// Asks for a run. Where the answer comes too late, nobody is there for the run any more: it is given
    /// back.
    pub(super) async fn start(&self, ask: Ask, charge: &Charge) -> Result<Answered, NotBegun> {
        let environment = ask.environment;
        let mut pending = self.probity.ask(ask)?;
        let watched = self.patience.watched;
        if let Ok(answered) = tokio::time::timeout(watched, &mut pending).await {
            return Ok(answered?);
        }
        let mode = self.mode_of(environment, &charge.customer, &charge.request.action).await;
        if mode == Mode::Enforce
            && let Ok(answered) = tokio::time::timeout(BEGINS_IN, &mut pending).await
        {
            return Ok(answered?);
        }
        let probity = self.probity.clone();
        self.spawn(async move {
            let Ok(Answered { answer: Some(answer), .. }) = pending.await else { return };
            let Some(run) = answer.run else { return };
            let report = Report::of(Outcome::Cancelled);
            if let Ok(told) = probity.ask(settle(&Settling { environment, run, report })) {
                let _ = told.await;
            }
        });
        Err(NotBegun { why: Refused::Overloaded, mode: Some(mode) })
    }

    /// Calls of a run that has ended already.
    pub(super) fn attempts(&self, environment: Environment, run: RunId, attempts: Vec<Attempt>) {
        if !attempts.is_empty() {
            self.tell_aside(of_run(environment, run, Act::Attempts { run, attempts }));
        }
    }

    /// A run whose answer keeps coming gets more time; where that cannot be kept, it gets none.
    pub(super) fn more_time(&self, environment: Environment, run: RunId, length: Length) {
        self.tell_aside(of_run(environment, run, Act::Extend { run, length }));
    }

    /// Nobody waits for it, and nothing is lost that is owed where it cannot be told.
    fn tell_aside(&self, ask: Ask) {
        if let Ok(told) = self.probity.ask(ask) {
            self.spawn(async move {
                if let Err(why) = told.await {
                    tracing::debug!(%why, "something could not be told of a run");
                }
            });
        }
    }

    /// Every published version, and the present instant, as they are told now; else as they were when
    /// last they were.
    pub(super) async fn catalog(&self, environment: Environment) -> Option<(Arc<Catalog>, Time)> {
        if let Ok(catalog) = self.probity.catalog(environment)
            && let Ok(Ok(known)) = tokio::time::timeout(LOOKS_FOR, catalog).await
        {
            self.rounds.know(environment, &known);
            return Some(known);
        }
        self.rounds.known(environment)
    }

    pub(super) async fn view(
        &self,
        environment: Environment,
        whose: Whose,
    ) -> Result<View, Refused> {
        let view = self.probity.view(environment, whose)?;
        tokio::time::timeout(BEGINS_IN, view).await.unwrap_or(Err(Refused::Overloaded))
    }

    /// The mode that a request would live in, as far as it can be told while the store is away: the
    /// customer's own where their state is still in memory; else their plan is not known, and the
    /// strictest holds of those that they may be on.
    pub(super) async fn mode_of(
        &self,
        environment: Environment,
        customer: &Name,
        action: &Name,
    ) -> Mode {
        let whose = Whose::Customer(customer.clone());
        if let Ok(view) = self.probity.view(environment, whose)
            && let Ok(Ok(view)) = tokio::time::timeout(LOOKS_FOR, view).await
            && let Ok(desk) = view.desk()
        {
            return desk.terms().mode(action);
        }
        match self.catalog(environment).await {
            Some((catalog, now)) => catalog.strictest_mode(customer, action, now),
            None => Mode::Enforce,
        }
    }

    /// Is it enforced for anybody, as far as can be told?
    pub(super) async fn is_enforced_for_anybody(
        &self,
        environment: Environment,
        action: &Name,
    ) -> bool {
        let known = self.catalog(environment).await;
        known.is_none_or(|(catalog, now)| catalog.is_enforced_for_anybody(action, now))
    }

    /// Tells how a run ended, and whoever waits when it is durable or kept.
    pub(super) fn settle(self: &Arc<Self>, settling: Settling, tell: oneshot::Sender<Settled>) {
        let settler = Arc::clone(self);
        self.spawn(async move {
            let settled = settler.tell_or_keep(settling).await;
            let _ = tell.send(settled);
        });
    }

    async fn tell_or_keep(&self, settling: Settling) -> Settled {
        let until = Instant::now() + self.patience.told;
        loop {
            match tokio::time::timeout_at(until, self.tell(&settling)).await {
                Ok(Some(settled)) => return settled,
                Ok(None) if Instant::now() + PAUSE < until => tokio::time::sleep(PAUSE).await,
                Ok(None) | Err(_) => return self.keep(settling).await,
            }
        }
    }

    /// None: the store is away.
    async fn tell(&self, settling: &Settling) -> Option<Settled> {
        let Settling { run, report, .. } = settling;
        match self.ask(settle(settling)).await {
            Ok(_) => {
                self.counts.told(report.outcome);
                Some(Settled::Told(report.outcome))
            }
            Err(refused) if refused.is_away() => None,
            Err(Refused::Problem(Problem::AlreadySettled | Problem::NotFound { .. })) => {
                Some(Settled::Before)
            }
            Err(refused) if report.outcome == Outcome::Failed => {
                tracing::error!(%run, %refused, "an end could not be told");
                Some(Settled::Lost)
            }
            // A report that does not fit the action is our side's mistake: free.
            Err(refused) => {
                tracing::warn!(%run, outcome = report.outcome.word(), %refused, "told as failed");
                let reason = Some(UNFIT.to_owned());
                let attempts = report.attempts.clone();
                let report = Report { reason, attempts, ..Report::of(Outcome::Failed) };
                let failed = Settling { report, ..settling.clone() };
                match self.ask(settle(&failed)).await {
                    Ok(_) => Some(Settled::Told(Outcome::Failed)),
                    Err(refused) if refused.is_away() => None,
                    Err(refused) => {
                        tracing::error!(%run, %refused, "an end could not be told");
                        Some(Settled::Lost)
                    }
                }
            }
        }
    }

    async fn keep(&self, settling: Settling) -> Settled {
        let run = settling.run;
        let Some(spool) = self.spool.clone() else {
            tracing::error!(%run, "the store is away and there is no spool: the run will end free");
            return Settled::Lost;
        };
        let kept = tokio::task::spawn_blocking(move || spool.keep(&settling)).await;
        match kept {
            Ok(Ok(())) => {
                self.counts.spooled.fetch_add(1, Ordering::Relaxed);
                self.spooled.notify_one();
                Settled::Spooled
            }
            Ok(Err(error)) => {
                tracing::error!(%run, %error, "an end could not be spooled: the run will end free");
                Settled::Lost
            }
            Err(_) => Settled::Lost,
        }
    }

    /// Tells what is spooled; true if something is left.
    async fn post_spooled(&self) -> bool {
        let Some(spool) = self.spool.clone() else { return false };
        let reads = spool.clone();
        let Ok(kept) = tokio::task::spawn_blocking(move || reads.kept()).await else { return true };
        let mut is_left = false;
        for settling in kept {
            if self.tell(&settling).await.is_none() {
                // It is still away: the others wait, too.
                is_left = true;
                break;
            }
            let (forgets, run) = (spool.clone(), settling.run);
            let _ = tokio::task::spawn_blocking(move || forgets.forget(run)).await;
            self.counts.posted.fetch_add(1, Ordering::Relaxed);
        }
        is_left
    }
}

/// Why a report that did not fit was told as failed.
const UNFIT: &str = "report_did_not_fit";

fn settle(settling: &Settling) -> Ask {
    let Settling { environment, run, report } = settling.clone();
    of_run(environment, run, Act::Settle { run, report })
}

fn of_run(environment: Environment, run: RunId, act: Act) -> Ask {
    Ask {
        environment,
        whose: Whose::Run(run, None),
        doing: Doing::Act(act),
        by: Actor::product(),
        only_if: None,
        key: None,
        render: None,
    }
}
