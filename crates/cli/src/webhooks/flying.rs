//! What is on its way just now, and what of it somebody wants sent again meanwhile: that is not to be
//! overwritten by what comes of the try that was on its way already. It sends nothing.

use probity::store::Delivery;
use probity_core::Name;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// By endpoint and event: is it to be sent again, whatever comes of this try?
type All = HashMap<Name, HashMap<u64, bool>>;

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
        there.insert(event, false);
        true
    }

    /// Is nothing on its way?
    pub(crate) fn is_empty(&self) -> bool {
        self.all().values().all(HashMap::is_empty)
    }

    /// These are to be sent again. Said before it is written down.
    pub(crate) fn again(&self, endpoint: &Name, events: impl Iterator<Item = u64>) {
        let mut all = self.all();
        let Some(there) = all.get_mut(endpoint) else { return };
        for event in events {
            if let Some(again) = there.get_mut(&event) {
                *again = true;
            }
        }
    }

    /// Has written down what came of these tries, but for those that are to be sent again: whoever says
    /// so only now has it written down after this.
    pub(crate) fn noting<T>(&self, tried: &[Delivery], note: impl FnOnce(Vec<Delivery>) -> T) -> T {
        let all = self.all();
        let is_again = |one: &&Delivery| {
            all.get(&one.endpoint).and_then(|there| there.get(&one.event)) == Some(&true)
        };
        note(tried.iter().filter(|one| !is_again(one)).cloned().collect())
    }

    /// These are over. True of each: what came of it counts.
    pub(crate) fn over(&self, tried: &[Delivery]) -> Vec<bool> {
        let mut all = self.all();
        let mut ends = |one: &Delivery| all.get_mut(&one.endpoint)?.remove(&one.event);
        tried.iter().map(|one| ends(one) != Some(true)).collect()
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
        flying.again(&endpoint, [2, 3].into_iter());
        let tried = [delivery(1), delivery(2)];
        assert_eq!(flying.noting(&tried, |noted| noted), [delivery(1)]);
        assert_eq!(flying.over(&tried), [true, false]);
        assert!(flying.is_empty() && flying.to(&endpoint).is_empty());
        assert!(flying.begins(&endpoint, 2, 2), "it is sent again");
        assert_eq!(flying.noting(&tried, |noted| noted).len(), 2);
    }
}
