//! The sweeper: what is due by itself happens also for customers whom nobody asks about.
//!
//! Runs and grants expire, periods renew, plan changes and versions begin; and with each commit some
//! answers whose keys are forgotten are deleted. Every piece of it is done by the same commands as when somebody asks, so
//! it may run at any time, twice or never.

use super::ask::Refused;
use super::customers::recall;
use super::handle::{Pending, Probity};
use super::job::Job;
use super::turn::Turn;
use crate::environment::Environment;
use crate::store::{CustomerNumber, Instants, Newcomer, Prune, StoreError};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// How many customers one sweep looks after: it holds up nobody for long.
pub(super) const AT_ONCE: usize = 32;
/// How much one sweep writes: what is left is for the next. Whoever asks meanwhile finds all of it
/// done, because what is due for somebody is applied before anything is decided about them.
const WRITTEN: usize = 512;
/// How often it comes, where the last one found nobody.
const EVERY: Duration = Duration::from_secs(1);
/// Answers are kept at least seven days; a day more is nobody's harm.
const ANSWERS_LAST: Duration = Duration::from_secs(8 * 24 * 3600);

impl Turn {
    /// One sweep: how many customers were looked after.
    pub(super) fn sweep(&mut self) -> usize {
        let (live, sandbox) = (self.now(Environment::Live), self.now(Environment::Sandbox));
        let now = Instants { live, sandbox };
        let found = self.dues.sweep(|environment| now.of(environment), AT_ONCE);
        let full = self.draft.entries.len() + WRITTEN;
        for (n, number) in found.iter().enumerate() {
            // One who cannot be read keeps nobody else waiting; whoever asks about them is told.
            if self.look_after(*number, now, full) == Ok(false) {
                self.dues.go_on_with(*number);
                return n + 1;
            }
        }
        found.len()
    }

    /// Applies what is due for one customer, by the clock of their environment, until the draft has so
    /// many entries; says whether that was all. Who was not in memory and has nothing due takes
    /// nobody's place there.
    fn look_after(
        &mut self,
        number: CustomerNumber,
        now: Instants,
        full: usize,
    ) -> Result<bool, StoreError> {
        let in_memory = self.customers.take(number);
        let is_known = in_memory.is_some();
        let found = match in_memory {
            Some(kept) => Ok(kept),
            None => recall(&mut *self.store, number),
        };
        let mut kept = match found {
            Ok(kept) => kept,
            Err(error) => {
                self.dues.no_sooner_than(number, now.live.max(now.sandbox).plus_seconds(60));
                return Err(error);
            }
        };
        let environment = kept.environment;
        let is_all = self.catch_up_until(&mut kept, now.of(environment), full);
        self.look_ahead(&mut kept, now.of(environment));
        if is_known || kept.written_in > self.landed {
            self.put_back(kept);
        } else {
            self.note_due(&mut kept);
        }
        if is_all {
            // An instant that was only a bound is not looked at again at once.
            self.dues.no_sooner_than(number, now.of(environment).plus_seconds(60));
        }
        Ok(is_all)
    }

    /// Applies what is due for the next customers of an environment, from `after` on, and says whether
    /// there may be more.
    pub(super) fn catch_some_up(
        &mut self,
        environment: Environment,
        after: &mut CustomerNumber,
    ) -> Result<bool, Refused> {
        let time = self.now(environment);
        let now = Instants { live: time, sandbox: time };
        let known = self.store.customers(environment, *after, AT_ONCE)?;
        let new = self.glimpse.newcomers.iter().chain(&self.draft.batch.newcomers);
        let is_next = |new: &&Newcomer| {
            new.environment == environment && new.number > *after && !new.id.is_empty()
        };
        let new = new.filter(is_next);
        let numbers: Vec<_> =
            if known.is_empty() { new.map(|new| new.number).collect() } else { known };
        let full = self.draft.entries.len() + WRITTEN;
        for number in &numbers {
            if !self.look_after(*number, now, full)? {
                return Ok(true);
            }
            *after = *number;
        }
        Ok(!numbers.is_empty())
    }

    /// Deletes answers that are too old by the clock of their environment, looking at twice as many
    /// as are new, from the oldest on and round again.
    pub(super) fn prune(&mut self) {
        let new = self.draft.batch.answers.len() as u64;
        if new == 0 {
            return;
        }
        // The last of all stays.
        let last = self.last.answer.saturating_sub(1);
        // As fast as answers come in, so that the end is reached while they do.
        if self.pruned == 0 || self.pruned + new >= last {
            // Where it cannot be read now, another commit prunes.
            let Ok(first) = self.store.first_answer() else { return };
            self.first_answer = first;
            self.pruned = first.saturating_sub(1);
        }
        let from = self.pruned + 1;
        let to = (from + 2 * new).min(last);
        if to < from {
            return;
        }
        let days = i64::try_from(ANSWERS_LAST.as_micros()).unwrap_or(i64::MAX);
        let Instants { live, sandbox } = self.instants();
        let before =
            Instants { live: live.plus_micros(-days), sandbox: sandbox.plus_micros(-days) };
        self.pruned = to;
        self.draft.batch.prune = Some(Prune { from, to, before });
    }
}

impl Probity {
    /// Applies what is due for some of the customers whom nobody asks about, and says for how many.
    /// It happens by itself every second; answers are the same whether it does or not.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn sweep(&self) -> Result<Pending<usize>, Refused> {
        self.send(Job::Sweep)
    }
}

/// Sweeps until nobody holds the engine any more.
pub(super) fn every_second(queue: &mpsc::WeakSender<Job>, held: &Receiver<()>) {
    let mut pause = EVERY;
    while held.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let Some(queue) = queue.upgrade() else { return };
        let (to, swept) = oneshot::channel();
        // Where the queue is full there is more urgent work.
        let begun = Instant::now();
        let is_asked = queue.try_send(Job::Sweep(to)).is_ok();
        drop(queue);
        let found = if is_asked { swept.blocking_recv().ok() } else { None };
        let may_be_more = matches!(found, Some(Ok(1..)));
        // Others get as much of the writer as the sweep took, and more.
        pause = if may_be_more { (2 * begun.elapsed()).min(EVERY) } else { EVERY };
    }
}
