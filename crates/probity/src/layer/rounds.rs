//! Once a second: what is published is looked up, so that it is known while the engine is too busy to say,
//! and runs are looked after whose customers keep them waiting.

use super::settle::Settler;
use super::work::Slot;
use crate::environment::Environment;
use probity_core::Time;
use probity_core::terms::Catalog;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

/// Between two rounds.
const EVERY: Duration = Duration::from_secs(1);

type Published = (Arc<Catalog>, Time);

/// What is gone round to.
#[derive(Default)]
pub(super) struct Rounds {
    runs: Mutex<Vec<Weak<Slot>>>,
    published: Mutex<Vec<(Environment, Published)>>,
}

impl Rounds {
    /// This is published.
    pub(super) fn know(&self, environment: Environment, known: &Published) {
        if let Ok(mut all) = self.published.lock() {
            all.retain(|(of, _)| *of != environment);
            all.push((environment, known.clone()));
        }
    }

    /// What was published when last it was told.
    pub(super) fn known(&self, environment: Environment) -> Option<Published> {
        let all = self.published.lock().ok()?;
        all.iter().find(|(of, _)| *of == environment).map(|(_, known)| known.clone())
    }

    fn watch(&self, run: &Arc<Slot>) {
        if let Ok(mut runs) = self.runs.lock() {
            runs.push(Arc::downgrade(run));
        }
    }

    /// Those that customers keep waiting; those that are over are forgotten. Whoever adds one meanwhile
    /// does not wait.
    fn kept_waiting(&self) -> Vec<Arc<Slot>> {
        let mut all =
            self.runs.lock().map(|mut runs| std::mem::take(&mut *runs)).unwrap_or_default();
        let mut waiting = Vec::new();
        all.retain(|run| {
            let Some(run) = run.upgrade() else { return false };
            match run.is_kept_waiting() {
                None => false,
                Some(false) => true,
                Some(true) => {
                    waiting.push(run);
                    false
                }
            }
        });
        if let Ok(mut runs) = self.runs.lock() {
            runs.append(&mut all);
        }
        waiting
    }
}

impl Settler {
    /// Looks after a run from now on.
    pub(super) fn watch(&self, run: &Arc<Slot>) {
        self.rounds.watch(run);
    }
}

/// Goes round until the settler is gone, without holding on to it.
pub(super) async fn begin(settler: Weak<Settler>) {
    loop {
        let Some(settler) = settler.upgrade() else { return };
        for run in settler.rounds.kept_waiting() {
            run.cut(&settler);
        }
        for environment in Environment::ALL {
            let _ = settler.catalog(environment).await;
        }
        drop(settler);
        tokio::time::sleep(EVERY).await;
    }
}
