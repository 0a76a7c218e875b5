//! The versions of one environment's contract: read from what was published, in order.

use crate::environment::Environment;
use crate::store::{Publication, StoreError};
use probity_core::contract::file::{self, Reading, Sources};
use probity_core::diff::diff;
use probity_core::terms::{Catalog, PublishError};
use probity_core::{Operations, Time, Zone};
use std::sync::Arc;

/// What is published in one environment.
#[derive(Clone, Debug)]
pub(crate) struct Versions {
    pub(crate) catalog: Arc<Catalog>,
    /// The last revision of operations.
    revision: u32,
    /// The texts that stand: for whoever publishes only one of them.
    latest: Texts,
}

/// The texts of a contract's files.
#[derive(Clone, Debug, Default)]
struct Texts {
    contract: String,
    operations: Option<String>,
    prices: Option<String>,
}

impl Versions {
    /// Everything that was published in an environment.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where it can be published no more.
    pub(crate) fn of(
        environment: Environment,
        publications: &[Publication],
    ) -> Result<Self, StoreError> {
        let mut all = Self { catalog: Arc::default(), revision: 0, latest: Texts::default() };
        for publication in publications.iter().filter(|p| p.environment == environment) {
            all.publish(publication).map_err(|error| {
                let what = format!("publication {}: {}", publication.number, error.detail());
                StoreError::Corrupt(what)
            })?;
        }
        Ok(all)
    }

    /// Publishes one more; nothing changes on an error.
    ///
    /// # Errors
    /// [`PublishError`].
    pub(crate) fn publish(&mut self, publication: &Publication) -> Result<(), PublishError> {
        let texts = self.texts(publication);
        let reading = texts.read();
        let revision = self.revision + 1;
        let numbered = |operations: Operations| Operations { revision, ..operations };
        let mut catalog = (*self.catalog).clone();
        if publication.contract.is_some() {
            let contract = reading.contract.ok_or(PublishError::UnknownVersion)?;
            let none = || Operations::none(&contract.name);
            let operations = numbered(reading.operations.unwrap_or_else(none));
            catalog.publish(contract, operations, publication.adverse, publication.at)?;
        } else {
            let operations = reading.operations.ok_or(PublishError::UnknownVersion)?;
            catalog.publish_operations(numbered(operations))?;
        }
        *self = Self { catalog: Arc::new(catalog), revision, latest: texts };
        Ok(())
    }

    /// Is it worse for anybody than the version published last? What cannot be read is refused anyway.
    pub(crate) fn is_adverse(&self, publication: &Publication) -> bool {
        let before = self.catalog.versions().last().filter(|_| publication.contract.is_some());
        let Some(before) = before else { return false };
        let after = self.texts(publication).read().contract;
        after.is_some_and(|after| diff(&before.contract, &after).is_adverse())
    }

    fn texts(&self, publication: &Publication) -> Texts {
        let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
        Texts {
            contract: publication.contract.clone().unwrap_or_else(|| self.latest.contract.clone()),
            operations: or(&publication.operations, &self.latest.operations),
            prices: or(&publication.prices, &self.latest.prices),
        }
    }

    /// The last revision of operations; 0: nothing is published.
    pub(crate) const fn revision(&self) -> u32 {
        self.revision
    }

    /// The zone that days and months of everyone are counted in.
    pub(crate) fn zone(&self, now: Time) -> Option<&Zone> {
        self.catalog.in_force(now).map(|version| &version.contract.zone)
    }
}

impl Texts {
    fn read(&self) -> Reading {
        file::read(&Sources {
            contract: self.contract.as_bytes(),
            operations: self.operations.as_deref().map(str::as_bytes),
            prices: self.prices.as_deref().map(str::as_bytes),
        })
    }
}
