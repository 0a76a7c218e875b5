//! Who hears which events: an event wakes the streams of its own customer and those of everybody, and no
//! other. One task hears them all; it decides nothing, and sends nothing itself.
//!
//! A stream that reads slowly, and one whose events perhaps were stored though nobody heard of them, is
//! told that it missed some: then it reads on from the store.

use probity::store::Told;
use probity::{Environment, Probity};
use probity_core::Name;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, mpsc};

/// So many events wait for a stream that reads slowly.
const AHEAD: usize = 64;

/// Whose events: one customer's, or everybody's in both environments.
type Whose = Option<(Environment, Name)>;

/// The streams that hear.
#[derive(Debug, Default)]
pub(crate) struct Hearers {
    all: Mutex<All>,
    next: AtomicU64,
}

#[derive(Debug, Default)]
struct All {
    by_whose: HashMap<Whose, HashMap<u64, Ear>>,
    /// The task that hears is there.
    is_heard: bool,
    /// There is nothing more to hear.
    is_over: bool,
}

/// Where a stream is told.
#[derive(Debug)]
struct Ear {
    told: mpsc::Sender<Arc<Told>>,
    missed: Arc<Notify>,
}

/// What comes to a stream.
#[derive(Debug)]
pub(crate) enum Heard {
    /// An event.
    Told(Arc<Told>),
    /// Some may have passed unheard: the store has them.
    Missed,
}

/// One stream that hears, for as long as this is kept.
#[derive(Debug)]
pub(crate) struct Hearing {
    hearers: Arc<Hearers>,
    whose: Whose,
    number: u64,
    told: mpsc::Receiver<Arc<Told>>,
    missed: Arc<Notify>,
}

impl Hearers {
    fn all(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more hears, from now on.
    pub(crate) fn one_more(self: &Arc<Self>, probity: &Probity, whose: Whose) -> Hearing {
        let (tell, told) = mpsc::channel(AHEAD);
        let missed = Arc::<Notify>::default();
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let mut all = self.all();
        if !all.is_over {
            let ear = Ear { told: tell, missed: Arc::clone(&missed) };
            all.by_whose.entry(whose.clone()).or_default().insert(number, ear);
        }
        if !std::mem::replace(&mut all.is_heard, true) {
            // Listened to before anybody relies on it.
            let (mut heard, mut in_doubt) = (probity.listen(), probity.events_in_doubt());
            let hearers = Arc::clone(self);
            tokio::spawn(async move {
                loop {
                    tokio::select! {
                        told = heard.recv() => match told {
                            Ok(told) => hearers.tell(&told),
                            Err(RecvError::Lagged(_)) => hearers.missed(),
                            Err(RecvError::Closed) => break,
                        },
                        Ok(()) = in_doubt.changed() => hearers.missed(),
                    }
                }
                hearers.ends();
            });
        }
        drop(all);
        Hearing { hearers: Arc::clone(self), whose, number, told, missed }
    }

    fn tell(&self, told: &Arc<Told>) {
        let all = self.all();
        let of_one = Some((told.environment, told.whose.clone()));
        for ears in [all.by_whose.get(&None), all.by_whose.get(&of_one)].into_iter().flatten() {
            for ear in ears.values() {
                if ear.told.try_send(Arc::clone(told)).is_err() {
                    ear.missed.notify_one();
                }
            }
        }
    }

    fn missed(&self) {
        for ear in self.all().by_whose.values().flat_map(HashMap::values) {
            ear.missed.notify_one();
        }
    }

    fn ends(&self) {
        let mut all = self.all();
        all.is_over = true;
        all.by_whose.clear();
    }
}

impl Hearing {
    /// What comes next; None: nothing will.
    pub(crate) async fn next(&mut self) -> Option<Heard> {
        tokio::select! {
            biased;
            () = self.missed.notified() => {
                // Those that wait stand in the store as well.
                while self.told.try_recv().is_ok() {}
                Some(Heard::Missed)
            }
            told = self.told.recv() => told.map(Heard::Told),
        }
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        let mut all = self.hearers.all();
        if let Some(ears) = all.by_whose.get_mut(&self.whose) {
            ears.remove(&self.number);
            if ears.is_empty() {
                all.by_whose.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity::engine::Options;
    use probity::store::{CustomerNumber, MemoryStore};
    use probity_core::Time;
    use probity_core::event::EventKind;

    fn told(number: u64, whose: &str) -> Arc<Told> {
        let at = Time::from_micros(1);
        Arc::new(Told {
            number,
            environment: Environment::Live,
            customer: CustomerNumber(1),
            whose: Name::new(whose),
            kind: EventKind::ALL[0],
            at,
            told_at: at,
            once: None,
            data: probity::store::Data::Whole("{}".to_owned()),
        })
    }

    #[tokio::test]
    async fn an_event_wakes_the_streams_of_its_customer_and_of_everybody() {
        let probity = Probity::on(Box::<MemoryStore>::default(), Options::default()).unwrap();
        let hearers = Arc::<Hearers>::default();
        let of = |whose: &str| Some((Environment::Live, Name::new(whose)));
        let mut ana = hearers.one_more(&probity, of("ana"));
        let mut ben = hearers.one_more(&probity, of("ben"));
        let mut all = hearers.one_more(&probity, None);
        hearers.tell(&told(1, "ana"));
        for hears in [&mut ana, &mut all] {
            assert!(matches!(hears.next().await, Some(Heard::Told(told)) if told.number == 1));
        }
        assert!(ben.told.try_recv().is_err());
        // Whoever reads slowly is told that there was more, once, and forgets what waits.
        for number in 2..=200 {
            hearers.tell(&told(number, "ben"));
        }
        assert!(matches!(ben.next().await, Some(Heard::Missed)));
        assert!(ben.told.try_recv().is_err());
        hearers.missed();
        assert!(matches!(ana.next().await, Some(Heard::Missed)));
        drop((ana, ben));
        assert_eq!(hearers.all().by_whose.len(), 1);
        hearers.ends();
        assert!(matches!(all.next().await, Some(Heard::Missed)));
        assert!(all.next().await.is_none());
    }
}
