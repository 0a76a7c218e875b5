//! Customers' own AI keys in the engine: a sealed key comes and goes in the commit of its entry. What
//! is sealed is not looked into here.

use super::ask::Refused;
use super::handle::Probity;
use super::job::Job;
use super::kept::Kept;
use super::turn::Turn;
use crate::books::Answer;
use crate::sealing::{Label, SealingKeys};
use crate::store::{CustomerNumber, OwnKeyChange, SealedKey, StoreError, TheirKey};
use probity_core::command::{Act, Actor, KeyChange};
use probity_core::{Name, Time};

/// What sealing own keys anew came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// How many were sealed anew by the first key.
    pub anew: usize,
    /// How many were sealed by it already.
    pub before: usize,
    /// How many none of the keys opens.
    pub unopened: usize,
}

/// How many are read at once.
const PAGE: usize = 256;

impl Turn {
    /// An own key was stored, removed or refused: the sealed key follows its entry.
    pub(super) fn own_key(
        &mut self,
        kept: &mut Kept,
        (provider, change, sealed): (Name, KeyChange, Option<Vec<u8>>),
        by: Actor,
        now: Time,
    ) -> Result<Answer, Refused> {
        let is_refused = matches!(change, KeyChange::Refused);
        let act = Act::OwnKey { provider: provider.clone(), change };
        let answer = self.act(kept, act, by, now)?;
        let Some(entry) = answer.entry.as_ref().filter(|_| !is_refused) else { return Ok(answer) };
        let (customer, stored_at) = (kept.number, entry.at);
        let change = match sealed {
            Some(sealed) => OwnKeyChange::Keep(SealedKey { customer, provider, stored_at, sealed }),
            // Whoever keeps a key elsewhere tells only that there is one.
            None => OwnKeyChange::Forget { customer, provider },
        };
        self.draft.batch.own_keys.push(change);
        Ok(answer)
    }
}

impl Probity {
    /// A customer's own AI key for a provider, sealed; None: none is kept. It blocks, as
    /// [`Probity::read`] does.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn own_key(&self, label: &Label<'_>) -> Result<Option<SealedKey>, StoreError> {
        let Label { environment, customer, provider } = *label;
        self.read(|store| store.own_key(environment, customer, provider))
    }

    /// Seals every own key anew that was sealed by an older key. It blocks; one that a customer
    /// exchanges meanwhile stays as it was stored.
    ///
    /// # Errors
    /// As [`Probity::ask`].
    pub fn reseal(&self, keys: &SealingKeys) -> Result<Resealed, Refused> {
        let mut done = Resealed::default();
        let mut after = (CustomerNumber(0), Name::new(""));
        loop {
            let page: Result<_, StoreError> =
                self.read(|store| store.own_keys_after((after.0, &after.1), PAGE));
            let page = page?;
            let Some(last) = page.last() else { return Ok(done) };
            after = (last.key.customer, last.key.provider.clone());
            let changes = page.into_iter().filter_map(|theirs| resealed(keys, theirs, &mut done));
            let changes: Vec<_> = changes.collect();
            if !changes.is_empty() {
                self.send(|to| Job::Reseal(changes, to))?.wait()?;
            }
        }
    }

    /// Are own keys kept sealed, in any environment? It blocks.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be read.
    pub fn keeps_own_keys(&self) -> Result<bool, StoreError> {
        self.read(|store| Ok(!store.own_keys_after((CustomerNumber(0), ""), 1)?.is_empty()))
    }
}

fn resealed(keys: &SealingKeys, theirs: TheirKey, done: &mut Resealed) -> Option<OwnKeyChange> {
    let TheirKey { environment, customer, key } = theirs;
    let label = Label { environment, customer: &customer, provider: &key.provider };
    match keys.reseal(&key.sealed, &label) {
        Ok(Some(sealed)) => {
            done.anew += 1;
            Some(OwnKeyChange::Reseal { before: key, sealed })
        }
        Ok(None) => {
            done.before += 1;
            None
        }
        Err(_) => {
            done.unopened += 1;
            None
        }
    }
}
