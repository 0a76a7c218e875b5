//! Where the books of one environment stand, beside its customers: versions, sums, the last instant;
//! and how far the store reaches.

use super::facts::Everyone;
use super::versions::Versions;
use crate::environment::Environment;
use crate::store::{Beginning, StoreError};
use probity_core::sums::Sums;
use probity_core::{Time, Zone};
use std::sync::Arc;

/// The books of one environment, beside its customers.
#[derive(Clone, Debug)]
pub(crate) struct Books {
    pub(crate) versions: Versions,
    pub(crate) everyone: Everyone,
    pub(crate) sums: Arc<Sums>,
    /// Has anything counted since the sums were last kept?
    pub(crate) counted: bool,
    /// Has anything counted that `sums` does not show yet? They are added up once a turn.
    pub(crate) stale: bool,
    /// The last turn that anything was asked in.
    pub(crate) looked_at_in: u64,
    /// The sums are what somebody said they are to be, not what was counted.
    pub(crate) supposed: bool,
    /// The last instant that was decided at: time never goes back.
    pub(crate) now: Time,
}

impl Books {
    /// What a store knows of an environment; `versions`: read already.
    pub(super) fn of(
        beginning: &Beginning,
        environment: Environment,
        versions: Option<Versions>,
    ) -> Result<Self, StoreError> {
        let of = |(at, body): &&(Environment, String)| *at == environment && !body.is_empty();
        let everyone = match beginning.sums.iter().find(of) {
            Some((_, body)) => {
                serde_json::from_str(body).map_err(|e| StoreError::Corrupt(e.to_string()))?
            }
            None => Everyone::default(),
        };
        let published = beginning.publications.iter().filter(|p| p.environment == environment);
        let published = published.map(|p| p.at).max().unwrap_or(Time::MIN);
        let decided = beginning.decided_at.map_or(Time::MIN, |at| at.of(environment));
        Ok(Self {
            versions: match versions {
                Some(versions) => versions,
                None => Versions::of(environment, &beginning.publications)?,
            },
            everyone,
            sums: Arc::new(Sums::default()),
            counted: false,
            stale: true,
            looked_at_in: 0,
            supposed: false,
            now: published.max(decided),
        })
    }

    /// What decisions see of everyone from now on.
    pub(crate) fn add_up(&mut self, now: Time, zone: &Zone) {
        self.stale = false;
        let sums = self.everyone.sums(now, zone);
        if !self.supposed && *self.sums != sums {
            self.sums = Arc::new(sums);
        }
    }

    /// Decides from now on as if these were the sums.
    pub(crate) fn suppose(&mut self, sums: Sums) {
        self.sums = Arc::new(sums);
        self.supposed = true;
    }
}

/// How far the journal, the answers and the customers reach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Last {
    pub(crate) entry: u64,
    pub(crate) answer: u64,
    pub(crate) customer: u32,
    pub(crate) publication: u64,
    pub(crate) event: u64,
}

impl Last {
    pub(crate) fn of(beginning: &Beginning) -> Self {
        Self {
            entry: beginning.entries,
            answer: beginning.answers,
            customer: beginning.customers,
            publication: beginning.publications.last().map_or(0, |p| p.number),
            event: beginning.events,
        }
    }
}
