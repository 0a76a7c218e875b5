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
use std::sync::Arc;

/// How long a key is remembered: 7 days and an hour.
const KEY_LASTS: u64 = (7 * 24 + 1) * 3600;

impl Turn {
    /// The answer that was given to the same request before.
    pub(super) fn repeated(
        &mut self,
        kept: &Kept,
        key: &Key,
        now: Time,
    ) -> Result<Option<Answered>, Refused> {
        let Some(found) = self.answered(kept, &key.key, now)? else { return Ok(None) };
        if found.fingerprint != key.fingerprint {
            return Err(Refused::KeyReused);
        }
        let reply = Some(Reply { status: found.status, body: found.body.clone() });
        Ok(Some(Answered { answer: None, reply, replayed: true }))
    }

    /// What was answered to a key of a customer; None: nothing was applied under it.
    pub(crate) fn look_up(
        &mut self,
        environment: Environment,
        customer: &Name,
        key: &str,
    ) -> Result<Option<Reply>, Refused> {
        let now = self.now(environment);
        let kept = self.whose(environment, &Whose::Customer(customer.clone()))?;
        let found = self.answered(&kept, key, now);
        self.put_back(kept);
        Ok(found?.map(|answer| Reply { status: answer.status, body: answer.body.clone() }))
    }

    /// The answer to a key, of this draft or before, as long as it lasts.
    fn answered(
        &mut self,
        kept: &Kept,
        key: &str,
        now: Time,
    ) -> Result<Option<Arc<KeptAnswer>>, StoreError> {
        let Some(number) = kept.keys.answer(key) else { return Ok(None) };
        let mut drafted = self.glimpse.answers.iter().chain(&self.draft.batch.answers);
        let found = match drafted.find(|answer| answer.number == number) {
            Some(answer) => Some(Arc::clone(answer)),
            None => self.store.answer(number)?.map(Arc::new),
        };
        let lasts = |answer: &Arc<KeptAnswer>| now < answer.at.plus_seconds(KEY_LASTS);
        Ok(found.filter(|answer| answer.key == key && lasts(answer)))
    }

    /// Keeps an answer for the same request again.
    pub(super) fn keep_answer(&mut self, kept: &mut Kept, key: Key, reply: &Reply, now: Time) {
        super::own::introduce(&mut self.draft.batch, &mut self.last.customer, kept);
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
        kept.remember(&answer, self.first_answer);
        self.draft.batch.answers.push(Arc::new(answer));
        self.is_touched(kept);
    }
}
