//! How many streams of events are open: so many that nobody's pages take the connections that runs need.
//!
//! Of one customer there are so many at the most: a new one ends the oldest. Whoever leaves a page is
//! noticed only when they are next written to, and the page that they open then must hear.

use probity::Environment;
use probity_core::Name;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// So many of one customer, by their tokens: each page that is open has one.
const OF_ONE: usize = 16;
/// So many of all: half of the connections there may be.
const OF_ALL: usize = 5_000;

/// Whose a stream is; None: a secret key's.
type Whose = Option<(Environment, Name)>;

/// The streams that are open.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenStreams(Arc<Mutex<Open>>);

#[derive(Debug, Default)]
struct Open {
    all: usize,
    /// What ends each of a customer's, the oldest first.
    of: HashMap<(Environment, Name), VecDeque<Arc<Notify>>>,
}

/// One open stream, for as long as this is kept.
#[derive(Debug)]
pub(crate) struct OpenStream {
    streams: OpenStreams,
    whose: Whose,
    ends: Arc<Notify>,
}

impl OpenStreams {
    /// One more; None: there are too many.
    pub(crate) fn one_more(&self, whose: Whose) -> Option<OpenStream> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.all >= OF_ALL {
            return None;
        }
        open.all += 1;
        let ends = Arc::new(Notify::new());
        if let Some(whose) = &whose {
            let of = open.of.entry(whose.clone()).or_default();
            of.push_back(Arc::clone(&ends));
            if of.len() > OF_ONE
                && let Some(oldest) = of.pop_front()
            {
                oldest.notify_one();
            }
        }
        drop(open);
        Some(OpenStream { streams: self.clone(), whose, ends })
    }
}

impl OpenStream {
    /// Until it makes room for another.
    pub(crate) async fn makes_room(&self) {
        self.ends.notified().await;
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.all = open.all.saturating_sub(1);
        let Some(whose) = &self.whose else { return };
        let Some(of) = open.of.get_mut(whose) else { return };
        of.retain(|ends| !Arc::ptr_eq(ends, &self.ends));
        if of.is_empty() {
            open.of.remove(whose);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Waker};

    fn is_ended(stream: &OpenStream) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        pin!(stream.makes_room()).poll(&mut context).is_ready()
    }

    #[test]
    fn one_customer_has_so_many_and_a_new_one_ends_the_oldest() {
        let streams = OpenStreams::default();
        let ana = || Some((Environment::Live, Name::new("ana")));
        let open: Vec<_> = (0..OF_ONE).map(|_| streams.one_more(ana()).unwrap()).collect();
        let others = streams.one_more(Some((Environment::Live, Name::new("ben")))).unwrap();
        assert!(streams.one_more(None).is_some() && !is_ended(&open[0]));
        let more = [(); 2].map(|()| streams.one_more(ana()).unwrap());
        let ended: Vec<_> = open.iter().chain(&more).map(is_ended).collect();
        assert_eq!(ended.iter().position(|ended| !ended), Some(2));
        assert_eq!(ended.iter().filter(|ended| **ended).count(), 2);
        assert!(!is_ended(&others));
        drop((open, more, others));
        let left = streams.0.lock().unwrap();
        assert!(left.of.is_empty() && left.all == 0);
    }
}
