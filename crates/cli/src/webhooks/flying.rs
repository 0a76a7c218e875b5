//! What is on its way just now, and what of it somebody wants sent again meanwhile: that is not to be
//! overwritten by what comes of the try that was on its way already. It sends nothing.

use probity::store::Delivery;
use probity_core::Name;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// By endpoint and event.
type All = HashMap<Name, HashMap<u64, One>>;

/// One on its way, or one of which it is still open whether it is to be sent again.
#[derive(Debug, Default)]
struct One {
    /// So many ask for it to be sent again, and it is not known yet whether that stands.
    asked: u32,
    /// It is to be sent again, whatever comes of this try.
    again: bool,
    /// What came of the try, where that is over, and somebody asks.
    came: Option<Delivery>,
    /// The try is over.
    is_over: bool,
}

impl One {
    const fn is_again(&self) -> bool {
        self.again || self.asked > 0
    }
}

/// What is on its way.
#[derive(Debug, Default)]
pub(crate) struct Flying(Mutex<All>);

impl Flying {
    fn all(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is on its way to an endpoint.
    pub(crate) fn to(&self, endpoint: &Name) -> HashSet<u64> {
        self.all().get(endpoint).map(|there| there.keys().copied().collect()).unwrap_or_default()
    }

    /// One begins, unless it is on its way, or so many are.
    pub(crate) fn begins(&self, endpoint: &Name, event: u64, most: usize) -> bool {
        let mut all = self.all();
        let there = all.entry(endpoint.clone()).or_default();
        if there.len() >= most || there.contains_key(&event) {
            return false;
        }
        there.insert(event, One::default());
        true
    }

    /// Is nothing on its way?
    pub(crate) fn is_empty(&self) -> bool {
        self.all().values().all(HashMap::is_empty)
    }

    /// Somebody asks for these to be sent again: said before it is written down. It must be said what
    /// became of it, to what this gives.
    pub(crate) fn again(&self, endpoint: &Name, events: impl Iterator<Item = u64>) -> Asked<'_> {
        let mut all = self.all();
        let mut asked = Vec::new();
        if let Some(there) = all.get_mut(endpoint) {
            for event in events {
                if let Some(one) = there.get_mut(&event) {
                    one.asked = one.asked.saturating_add(1);
                    asked.push(event);
                }
            }
        }
        Asked { flying: self, endpoint: endpoint.clone(), events: asked }
    }

    /// Has written down what came of these tries, but for those that are to be sent again: whoever says
    /// so only now has it written down after this.
    pub(crate) fn noting<T>(&self, tried: &[Delivery], note: impl FnOnce(Vec<Delivery>) -> T) -> T {
        let mut all = self.all();
        let mut noted = Vec::new();
        for delivery in tried {
            let there = all.get_mut(&delivery.endpoint);
            match there.and_then(|there| there.get_mut(&delivery.event)) {
                Some(one) if one.is_again() => one.came = Some(delivery.clone()),
                _ => noted.push(delivery.clone()),
            }
        }
        note(noted)
    }

    /// These are over. True of each: what came of it counts.
    pub(crate) fn over(&self, tried: &[Delivery]) -> Vec<bool> {
        let mut all = self.all();
        let ends = |delivery: &Delivery| {
            let Some(there) = all.get_mut(&delivery.endpoint) else { return true };
            match there.get_mut(&delivery.event) {
                // Until it is known whether it is sent again, it is not sent.
                Some(one) if one.asked > 0 => {
                    one.is_over = true;
                    false
                }
                _ => there.remove(&delivery.event).is_none_or(|one| !one.again),
            }
        };
        tried.iter().map(ends).collect()
    }
}

/// What somebody asked to be sent again, until it is known whether that is written down. Where nothing is
/// said of it, it is taken for written down: then it is perhaps sent once more, and never not at all.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    flying: &'a Flying,
    endpoint: Name,
    events: Vec<u64>,
}

impl Asked<'_> {
    /// It was not written down: all is as it was. What came of tries that are over meanwhile is to be
    /// noted after all.
    pub(crate) fn undo(mut self) -> Vec<Delivery> {
        self.ends(false)
    }

    fn ends(&mut self, is_done: bool) -> Vec<Delivery> {
        let mut all = self.flying.all();
        let mut came = Vec::new();
        let Some(there) = all.get_mut(&self.endpoint) else { return came };
        for event in std::mem::take(&mut self.events) {
            let Some(one) = there.get_mut(&event) else { continue };
            one.asked = one.asked.saturating_sub(1);
            one.again |= is_done;
            if one.is_again() {
                continue;
            }
            came.extend(one.came.take());
            if one.is_over {
                there.remove(&event);
            }
        }
        there.retain(|_, one| !one.is_over || one.asked > 0);
        came
    }
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        self.ends(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity::store::DeliveryState;
    use probity_core::Time;

    fn delivery(event: u64) -> Delivery {
        let at = Time::from_micros(1);
        Delivery {
            event,
            endpoint: Name::new("we_1"),
            state: DeliveryState::Dead,
            attempts: 10,
            due_at: at,
            said: None,
            changed_at: at,
        }
    }

    #[test]
    fn what_is_to_be_sent_again_is_not_overwritten_by_the_try_before() {
        let (flying, endpoint) = (Flying::default(), Name::new("we_1"));
        assert!(flying.begins(&endpoint, 1, 2) && flying.begins(&endpoint, 2, 2));
        assert!(!flying.begins(&endpoint, 1, 9) && !flying.begins(&endpoint, 3, 2));
        drop(flying.again(&endpoint, [2, 3].into_iter()));
        let tried = [delivery(1), delivery(2)];
        assert_eq!(flying.noting(&tried, |noted| noted), [delivery(1)]);
        assert_eq!(flying.over(&tried), [true, false]);
        assert!(flying.is_empty() && flying.to(&endpoint).is_empty());
        assert!(flying.begins(&endpoint, 2, 2), "it is sent again");
        assert_eq!(flying.noting(&tried, |noted| noted).len(), 2);
    }

    #[test]
    fn what_could_not_be_asked_for_leaves_all_as_it_was() {
        let (flying, endpoint) = (Flying::default(), Name::new("we_1"));
        assert!(flying.begins(&endpoint, 1, 2) && flying.begins(&endpoint, 2, 2));
        let asked = flying.again(&endpoint, [1, 2].into_iter());
        // One is over meanwhile, and not noted; nor is it sent, as long as it is open what is asked.
        assert_eq!(flying.noting(&[delivery(1)], |noted| noted), []);
        assert_eq!(flying.over(&[delivery(1)]), [false]);
        assert!(!flying.begins(&endpoint, 1, 9));
        assert_eq!(asked.undo(), [delivery(1)], "what came of it is noted after all");
        // The other goes on as if nobody had asked.
        assert_eq!(flying.noting(&[delivery(2)], |noted| noted), [delivery(2)]);
        assert_eq!(flying.over(&[delivery(2)]), [true]);
        assert!(flying.is_empty());
    }

    #[test]
    fn who_asks_too_is_not_forgotten_over_who_could_not() {
        let (flying, endpoint) = (Flying::default(), Name::new("we_1"));
        assert!(flying.begins(&endpoint, 1, 2));
        let one = flying.again(&endpoint, [1].into_iter());
        let other = flying.again(&endpoint, [1].into_iter());
        assert_eq!(flying.noting(&[delivery(1)], |noted| noted), []);
        assert_eq!(flying.over(&[delivery(1)]), [false]);
        assert_eq!(one.undo(), []);
        assert!(!flying.is_empty());
        drop(other);
        assert!(flying.is_empty() && flying.begins(&endpoint, 1, 2), "it is sent again");
    }
}
