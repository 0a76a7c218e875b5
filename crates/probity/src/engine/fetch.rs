//! Fetching: whoever is asked about and is not in memory is read from the store before a turn decides,
//! by several threads at once. It only saves time: who was not fetched is read when their turn comes.

use super::ask::{Ask, Whose};
use super::customers::recall;
use super::ends::Ends;
use super::job::Job;
use super::kept::Kept;
use super::turn::Turn;
use crate::environment::Environment;
use crate::number;
use crate::store::{CustomerNumber, Reader, Store, StoreError};
use probity_core::Name;
use std::collections::HashSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

/// Somebody who is not in memory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Wanted {
    Number(CustomerNumber),
    Named(Environment, Name),
    /// Whose entry stands there.
    Entry(u64),
}

impl Wanted {
    /// Reads them; None: nobody is there, or they cannot be read, which whoever asks will find too.
    fn read(&self, store: &mut dyn Reader) -> Option<Kept> {
        let number = match self {
            Self::Number(number) => *number,
            Self::Named(environment, id) => store.number_of(*environment, id).ok()??,
            Self::Entry(place) => store.owner(*place).ok()??,
        };
        recall(store, number).ok().map(|kept| *kept)
    }
}

/// The threads that read beside the writer.
pub(super) struct Fetchers {
    fetchers: Vec<Fetcher>,
}

struct Fetcher {
    wanted: Sender<Vec<Wanted>>,
    found: Receiver<Vec<Kept>>,
    thread: JoinHandle<()>,
}

/// More at once than this the store does not serve faster.
const MOST: usize = 8;

/// So few are read sooner than others are told to.
const FEW: usize = 4;

impl Fetchers {
    /// One for each processor but the writer's own.
    pub(super) fn start(store: &dyn Store, ends: &Ends) -> Result<Self, StoreError> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let start = |_| -> Result<Fetcher, StoreError> {
            let mut reader = store.reader()?;
            let (wanted, to_fetch) = channel::<Vec<Wanted>>();
            let (fetched, found) = channel();
            let fetch = move || {
                while let Ok(wanted) = to_fetch.recv() {
                    let read = wanted.iter().filter_map(|one| one.read(&mut *reader));
                    if fetched.send(read.collect()).is_err() {
                        return;
                    }
                }
            };
            let thread = ends.spawn("probity-fetcher", fetch)?;
            Ok(Fetcher { wanted, found, thread })
        };
        let fetchers = (1..processors.min(MOST)).map(start).collect::<Result<_, _>>()?;
        Ok(Self { fetchers })
    }

    /// Reads whoever these jobs are about into the working set.
    pub(super) fn fetch(&self, turn: &mut Turn, jobs: &[Job]) {
        let asks = jobs.iter().flat_map(Job::asks);
        let wanted: HashSet<Wanted> = asks.filter_map(|ask| turn.wanted(ask)).collect();
        if self.fetchers.is_empty() || wanted.len() < FEW {
            return;
        }
        let wanted: Vec<Wanted> = wanted.into_iter().collect();
        let mut shares = wanted.chunks(wanted.len().div_ceil(self.fetchers.len() + 1));
        let own = shares.next().unwrap_or_default();
        let mut asked = Vec::new();
        for (fetcher, share) in self.fetchers.iter().zip(shares) {
            if fetcher.wanted.send(share.to_vec()).is_ok() {
                asked.push(fetcher);
            }
        }
        for one in own {
            let found = one.read(&mut *turn.store);
            turn.customers.put_found(found);
        }
        for fetcher in asked {
            let found = fetcher.found.recv().unwrap_or_default();
            turn.customers.put_found(found);
        }
    }

    /// Ends the threads.
    pub(super) fn stop(self) {
        for Fetcher { wanted, thread, .. } in self.fetchers {
            drop(wanted);
            // It only ever read.
            let _ = thread.join();
        }
    }
}

impl Turn {
    /// Who has to be read for this to be decided.
    fn wanted(&self, ask: &Ask) -> Option<Wanted> {
        match &ask.whose {
            // What is about no customer has keys of its own.
            nobody if nobody.is_nobody() => None,
            Whose::Customer(id) if self.customers.knows(ask.environment, id) => None,
            Whose::Customer(id) => Some(Wanted::Named(ask.environment, id.clone())),
            Whose::Run(run, _) => {
                let place = number::entry_of(*run);
                match self.owners.of(place) {
                    Some(owner) if self.customers.has(owner) => None,
                    Some(owner) => Some(Wanted::Number(owner)),
                    None => Some(Wanted::Entry(place)),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::engine::{Doing, Limits};
    use crate::store::MemoryStore;
    use probity_core::RunId;
    use probity_core::command::Actor;
    use std::sync::Arc;

    fn look_up(whose: Whose) -> Ask {
        Ask {
            environment: Environment::Live,
            whose,
            doing: Doing::LookUp,
            by: Actor::product(),
            only_if: None,
            key: None,
            render: None,
        }
    }

    #[test]
    fn whoever_is_not_in_memory_is_wanted_but_never_the_environments_own() {
        let mut store = MemoryStore::default();
        let (reader, beginning) = (store.reader().unwrap(), store.beginning().unwrap());
        let mut turn =
            Turn::new(reader, Arc::new(SystemClock), Limits::default(), &beginning).unwrap();
        let ana = Name::new("ana");
        let ask = look_up(Whose::Customer(ana.clone()));
        assert_eq!(turn.wanted(&ask), Some(Wanted::Named(Environment::Live, ana.clone())));
        turn.customers.put_found([Kept::newcomer(Environment::Live, CustomerNumber(1), ana)]);
        assert_eq!(turn.wanted(&ask), None);
        assert_eq!(turn.wanted(&look_up(Whose::nobody())), None);
        let run = look_up(Whose::Run(RunId::new(7 << 16), None));
        assert_eq!(turn.wanted(&run), Some(Wanted::Entry(7)));
        turn.owners.note(7, CustomerNumber(1));
        assert_eq!(turn.wanted(&run), None);
        turn.owners.note(8, CustomerNumber(2));
        let other = look_up(Whose::Run(RunId::new(8 << 16), None));
        assert_eq!(turn.wanted(&other), Some(Wanted::Number(CustomerNumber(2))));
    }
}
