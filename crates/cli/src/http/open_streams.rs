//! How many streams of events are open: so many that nobody's pages take the connections that runs need.

use probity::Environment;
use probity_core::Name;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// So many of one customer, by their tokens: each page that is open has one.
const OF_ONE: usize = 16;
/// So many of all: half of the connections there may be.
const OF_ALL: usize = 5_000;

/// Whose a stream is; None: a secret key's.
type Whose = Option<(Environment, Name)>;

/// The streams that are open.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenStreams(Arc<Mutex<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    of: HashMap<(Environment, Name), usize>,
}

/// One open stream, for as long as this is kept.
#[derive(Debug)]
pub(crate) struct OpenStream(OpenStreams, Whose);

impl OpenStreams {
    /// One more; None: there are too many.
    pub(crate) fn one_more(&self, whose: Whose) -> Option<OpenStream> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_one = whose.as_ref().and_then(|whose| counts.of.get(whose)).copied().unwrap_or(0);
        if counts.all >= OF_ALL || of_one >= OF_ONE {
            return None;
        }
        counts.all += 1;
        if let Some(whose) = &whose {
            *counts.of.entry(whose.clone()).or_default() += 1;
        }
        drop(counts);
        Some(OpenStream(self.clone(), whose))
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut counts = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.all = counts.all.saturating_sub(1);
        let Some(whose) = &self.1 else { return };
        let left = counts.of.get(whose).copied().unwrap_or(0).saturating_sub(1);
        match left {
            0 => drop(counts.of.remove(whose)),
            left => drop(counts.of.insert(whose.clone(), left)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_has_so_many_and_one_that_ends_makes_room() {
        let streams = OpenStreams::default();
        let ana = || Some((Environment::Live, Name::new("ana")));
        let mut open: Vec<_> = (0..OF_ONE).map(|_| streams.one_more(ana()).unwrap()).collect();
        assert!(streams.one_more(ana()).is_none());
        assert!(streams.one_more(Some((Environment::Live, Name::new("ben")))).is_some());
        assert!(streams.one_more(None).is_some());
        open.pop();
        open.push(streams.one_more(ana()).unwrap());
        drop(open);
        assert!(streams.0.lock().unwrap().of.is_empty());
    }
}
