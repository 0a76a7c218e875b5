//! The sweeper: what is due by itself happens also for customers whom nobody asks about.
//!
//! Runs and grants expire, periods renew, plan changes and versions begin; and with each commit some
//! answers whose keys are forgotten are deleted. Every piece of it is done by the same commands as when somebody asks, so
//! it may run at any time, twice or never.

use super::ask::Refused;
use super::customers::recall;
use super::handle::{Pending, Probity};
use super::turn::{Books, Turn};
use super::writer::{Job, Writer};
use crate::environment::Environment;
use crate::store::{CustomerNumber, Prune, StoreError};
use probity_core::Time;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How many customers one sweep looks after: their commit holds up nobody for long.
const AT_ONCE: usize = 256;
/// How often it comes.
const EVERY: Duration = Duration::from_secs(1);
/// Answers are kept at least seven days; a day more is nobody's harm.
const ANSWERS_LAST: Duration = Duration::from_secs(8 * 24 * 3600);

impl Writer {
    /// One sweep: how many customers were looked after.
    pub(super) fn sweep(&mut self) -> Result<usize, Refused> {
        let (live, sandbox) = (self.now(Environment::Live), self.now(Environment::Sandbox));
        let now = |environment| match environment {
            Environment::Live => live,
            Environment::Sandbox => sandbox,
        };
        let found = self.turn.dues.sweep(now, AT_ONCE);
        for number in &found {
            // One who cannot be read keeps nobody else waiting; whoever asks about them is told.
            let _ = self.turn.look_after(*number, &now);
        }
        Ok(found.len())
    }
}

impl Turn {
    /// Applies what is due for one customer, by the clock of their environment.
    fn look_after(
        &mut self,
        number: CustomerNumber,
        now: &impl Fn(Environment) -> Time,
    ) -> Result<(), Refused> {
        let found = match self.customers.take(number) {
            Some(kept) => Ok(kept),
            None => recall(&mut *self.store, number),
        };
        let mut kept = match found {
            Ok(kept) => kept,
            Err(error) => {
                let live = now(Environment::Live);
                self.dues.no_sooner_than(number, live.plus_seconds(60));
                return Err(error.into());
            }
        };
        let environment = kept.environment;
        let caught_up = self.catch_up(&mut kept, now(environment));
        self.put_back(kept);
        // An instant that was only a bound is not looked at again at once.
        let again = now(environment).plus_seconds(60);
        self.dues.no_sooner_than(number, again);
        caught_up
    }

    /// Applies what is due for every customer of an environment.
    pub(super) fn catch_everyone_up(
        &mut self,
        environment: Environment,
        now: Time,
    ) -> Result<(), Refused> {
        let mut after = CustomerNumber(0);
        loop {
            let known = self.store.customers(environment, after, AT_ONCE)?;
            let new = self.batch.newcomers.iter().filter(|n| n.environment == environment);
            let new = new.map(|n| n.number).filter(|number| *number > after);
            let numbers: Vec<_> = if known.is_empty() { new.collect() } else { known };
            let Some(last) = numbers.last() else { return Ok(()) };
            after = *last;
            for number in numbers {
                self.look_after(number, &|_| now)?;
            }
        }
    }

    /// Deletes answers that are too old by the clock of their environment, looking at twice as many
    /// as are new, from the oldest on and round again.
    pub(super) fn prune(&mut self) -> Result<(), StoreError> {
        let new = self.batch.answers.len() as u64;
        if new == 0 {
            return Ok(());
        }
        if self.pruned == 0 || self.pruned >= self.last.answer {
            self.pruned = self.store.first_answer()?.saturating_sub(1);
        }
        let (from, to) = (self.pruned + 1, self.pruned + 1 + 2 * new);
        let days = i64::try_from(ANSWERS_LAST.as_micros()).unwrap_or(i64::MAX);
        let before = |books: &Books| books.now.plus_micros(-days);
        let (live, sandbox) = (before(&self.live), before(&self.sandbox));
        self.pruned = to;
        self.batch.prune = Some(Prune { from, to, live, sandbox });
        Ok(())
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
    while held.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        let Some(queue) = queue.upgrade() else { return };
        let (to, swept) = oneshot::channel();
        // Where the queue is full there is more urgent work.
        if queue.try_send(Job::Sweep(to)).is_ok() {
            drop(queue);
            let _ = swept.blocking_recv();
        }
    }
}
