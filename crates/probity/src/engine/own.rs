//! What an environment is told beside its customers: what is published, and where its clock stands.
//!
//! Its idempotency keys are the environment's own. They are kept as a customer's are, for a customer
//! without a name, whom nobody can ask about, and without entries.

use super::ask::{Answered, Key, Refused, ToPublish, Whose};
use super::committer::Waiting;
use super::events::DecideSending;
use super::handle::{Pending, Probity};
use super::job::{Job, Published, To};
use super::kept::Kept;
use super::writer::Writer;
use crate::answer::Reply;
use crate::books::Answer;
use crate::environment::Environment;
use crate::store::{Batch, Newcomer, Publication};
use probity_core::{Name, Time};

/// How it is told what came of something.
pub type Tell<T> = Box<dyn FnOnce(&T) -> Reply + Send>;

/// What an environment is told.
pub(crate) enum Own {
    /// A version of the contract, or a revision of operations.
    Publish(Box<ToPublish>, Tell<Published>),
    /// Something that changes nothing.
    Say(Reply),
    /// Where events are sent, and which.
    Sending(DecideSending),
    /// Where the sandbox clock is to stand; None only reads it.
    MoveClock(Option<Time>, Tell<Time>),
}

impl Whose {
    /// Nobody's: the environment's own.
    #[must_use]
    pub fn nobody() -> Self {
        Self::Customer(Name::new(""))
    }

    /// Is it the environment's own?
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        matches!(self, Self::Customer(id) if id.is_empty())
    }
}

/// The keys of both environments, once they are used.
#[derive(Debug, Default)]
pub(crate) struct OwnKeys(Vec<Kept>);

impl OwnKeys {
    /// Takes out those of an environment.
    pub(super) fn take(&mut self, environment: Environment, whose: &Whose) -> Option<Box<Kept>> {
        let is_it = |kept: &Kept| kept.environment == environment;
        let place = self.0.iter().position(is_it).filter(|_| whose.is_nobody())?;
        Some(Box::new(self.0.swap_remove(place)))
    }

    /// Puts them back; of two, those that know the last answer stay.
    pub(super) fn put(&mut self, kept: Kept) {
        if !kept.id.is_empty() || kept.answer == 0 {
            return;
        }
        let same = |known: &&mut Kept| known.environment == kept.environment;
        match self.0.iter_mut().find(same) {
            Some(known) if known.answer > kept.answer => {}
            Some(known) => *known = kept,
            None => self.0.push(kept),
        }
    }
}

/// Before its first answer, whoever has no entries is made known to the store.
pub(super) fn introduce(batch: &mut Batch, last: &mut u32, kept: &Kept) {
    if kept.state.is_none() && kept.number.0 > *last {
        *last = kept.number.0;
        let (number, environment, id) = (kept.number, kept.environment, kept.id.clone());
        batch.newcomers.push(Newcomer { number, environment, id });
    }
}

impl Writer {
    /// Tells an environment something; the same again, by its key, gets the same answer.
    pub(super) fn tell(
        &mut self,
        environment: Environment,
        key: Option<Key>,
        what: Own,
        to: To<Answered>,
    ) {
        let told = match self.repeated(environment, key.as_ref()) {
            Ok(Some(repeated)) => Ok(repeated),
            Err(refused) => Err(refused),
            Ok(None) => match what {
                Own::MoveClock(Some(time), tell) => {
                    // The clock and the answer to its key are one commit; it is told later.
                    let set = self.set_clock(time);
                    let told = set.and_then(|()| self.told(environment, key, tell(&time)));
                    if told.is_ok() {
                        let done = |moved: Result<Time, _>| Waiting::told(to, moved.and(told));
                        return self.catch_up(Box::new(done));
                    }
                    told
                }
                Own::MoveClock(None, tell) => {
                    let now = self.turn.now(environment);
                    self.told(environment, key, tell(&now))
                }
                Own::Say(reply) => self.told(environment, key, reply),
                Own::Sending(decide) => {
                    let reply = self.decide_sending(decide);
                    reply.and_then(|reply| self.told(environment, key, reply))
                }
                Own::Publish(publish, tell) => {
                    let reply = self.publish(*publish).map(|done| tell(&done));
                    reply.and_then(|reply| self.told(environment, key, reply))
                }
            },
        };
        self.waits(Waiting::told(to, told));
    }

    /// The answer that was given to the same request before.
    fn repeated(
        &mut self,
        environment: Environment,
        key: Option<&Key>,
    ) -> Result<Option<Answered>, Refused> {
        let Some(key) = key else { return Ok(None) };
        let now = self.turn.now(environment);
        let own = self.turn.whose(environment, &Whose::nobody())?;
        let repeated = self.turn.repeated(&own, key, now);
        self.turn.put_back(own);
        repeated
    }

    /// Something was told: it is kept as the answer to its key.
    fn told(
        &mut self,
        environment: Environment,
        key: Option<Key>,
        reply: Reply,
    ) -> Result<Answered, Refused> {
        if let Some(key) = key {
            // A clock that was moved is the one its keys live by.
            let now = self.turn.now(environment);
            let mut own = self.turn.whose(environment, &Whose::nobody())?;
            self.turn.keep_answer(&mut own, key, &reply, now);
            self.turn.put_back(own);
        }
        let answer = Some(Answer { entry: None, run: None });
        Ok(Answered { answer, reply: Some(reply), replayed: false })
    }
}

impl Probity {
    /// As [`Probity::publish_compared`], but the same request again, by its key, gets the answer that
    /// the first one got. `expected`: the revision of operations that was seen to be the last.
    ///
    /// # Errors
    /// As [`Probity::publish`]; [`Refused::PublishedMeanwhile`] where another revision is the last.
    pub fn publish_told(
        &self,
        publication: Publication,
        expected: Option<u32>,
        dry_run: bool,
        key: Option<Key>,
        tell: Tell<Published>,
    ) -> Result<Pending<Answered>, Refused> {
        let environment = publication.environment;
        let publish = Box::new(ToPublish { publication, dry_run, compare: true, expected });
        self.send(|to| Job::Own(environment, key, Own::Publish(publish, tell), to))
    }

    /// Tells something that changes nothing, and keeps it as the answer to its key; the same request
    /// again gets the answer that the first one got.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn tell(
        &self,
        environment: Environment,
        reply: Reply,
        key: Option<Key>,
    ) -> Result<Pending<Answered>, Refused> {
        self.send(|to| Job::Own(environment, key, Own::Say(reply), to))
    }

    /// As [`Probity::move_clock`], but the same request again, by its key, gets the answer that the
    /// first one got, and moves nothing.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn move_clock_told(
        &self,
        moved: Option<Time>,
        key: Option<Key>,
        tell: Tell<Time>,
    ) -> Result<Pending<Answered>, Refused> {
        let moved = Own::MoveClock(moved, tell);
        self.send(|to| Job::Own(Environment::Sandbox, key, moved, to))
    }
}
