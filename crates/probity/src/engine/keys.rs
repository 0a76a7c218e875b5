//! Idempotency keys: the same request again gets the answer it got.
//!
//! Keys belong to a customer and are remembered with them, so that no index over all keys is kept;
//! the answers stand apart, in the order they were given.

use super::ask::{Answered, Key, Refused, Whose};
use super::kept::Kept;
use super::turn::Turn;
use crate::answer::Reply;
use crate::environment::Environment;
use crate::store::{KeptAnswer, StoreError};
use probity_core::{Name, Time};

impl Turn {
    /// The answer that was given to the same request before.
    pub(super) fn repeated(
        &mut self,
        kept: &Kept,
        key: &Key,
        now: Time,
    ) -> Result<Option<Answered>, Refused> {
        let Some(number) = kept.known(&key.key, now) else { return Ok(None) };
        let Some(found) = self.kept_answer(number)?.filter(|answer| answer.key == key.key) else {
            return Ok(None);
        };
        if found.fingerprint != key.fingerprint {
            return Err(Refused::KeyReused);
        }
        let reply = Some(Reply { status: found.status, body: found.body });
        Ok(Some(Answered { answer: None, reply, replayed: true }))
    }

    /// What was answered to a key of a customer; None: nothing was applied under it.
    pub(crate) fn look_up(
        &mut self,
        environment: Environment,
        customer: &Name,
        key: &str,
        now: Time,
    ) -> Result<Option<Reply>, Refused> {
        let kept = self.whose(environment, &Whose::Customer(customer.clone()))?;
        let number = kept.known(key, now);
        self.put_back(kept);
        let Some(number) = number else { return Ok(None) };
        let found = self.kept_answer(number)?.filter(|answer| answer.key == key);
        Ok(found.map(|answer| Reply { status: answer.status, body: answer.body }))
    }

    /// An answer of this batch or before.
    fn kept_answer(&mut self, number: u64) -> Result<Option<KeptAnswer>, StoreError> {
        match self.batch.answers.iter().find(|answer| answer.number == number) {
            Some(answer) => Ok(Some(answer.clone())),
            None => self.store.answer(number),
        }
    }

    /// Keeps an answer for the same request again.
    pub(super) fn keep_answer(&mut self, kept: &mut Kept, key: Key, reply: &Reply, now: Time) {
        super::own::introduce(&mut self.batch, &mut self.last.customer, kept);
        self.last.answer += 1;
        let answer = KeptAnswer {
            number: self.last.answer,
            customer: kept.number,
            previous: kept.answer,
            at: now,
            key: key.key,
            fingerprint: key.fingerprint,
            status: reply.status,
            body: reply.body.clone(),
        };
        kept.remember(&answer);
        self.batch.answers.push(answer);
        self.touched.push(kept.number);
    }
}
