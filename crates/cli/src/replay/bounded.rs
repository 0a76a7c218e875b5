//! A memory of bounded size that forgets what was used longest ago.
//!
//! Two generations: what is used moves to the young one; when that is full the old one is dropped.
//! So it never holds more than it may, and forgets nothing that was used within its last half.

use foldhash::fast::RandomState;
use std::collections::HashMap;

/// A map from fingerprints that holds at most so many.
#[derive(Debug)]
pub(crate) struct Bounded<T> {
    young: HashMap<u64, T, RandomState>,
    old: HashMap<u64, T, RandomState>,
    half: usize,
    forgotten: u64,
}

impl<T> Bounded<T> {
    /// A memory of at most `most` things.
    pub(crate) fn new(most: usize) -> Self {
        let half = (most / 2).max(1);
        Self { young: HashMap::default(), old: HashMap::default(), half, forgotten: 0 }
    }

    /// Takes a thing out.
    pub(crate) fn take(&mut self, key: u64) -> Option<T> {
        self.young.remove(&key).or_else(|| self.old.remove(&key))
    }

    /// Puts a thing in, as the one used last.
    pub(crate) fn put(&mut self, key: u64, thing: T) {
        if self.young.len() >= self.half {
            self.forgotten += self.old.len() as u64;
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(key, thing);
    }

    /// How many things were forgotten to make room.
    pub(crate) const fn forgotten(&self) -> u64 {
        self.forgotten
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_holds_more_and_keeps_what_is_used() {
        let mut memory = Bounded::new(100);
        for key in 0..1_000 {
            let own = memory.take(0).unwrap_or(7);
            memory.put(0, own);
            memory.put(key + 1, 1);
            assert!(memory.young.len() + memory.old.len() <= 101);
        }
        assert_eq!(memory.take(0), Some(7));
        assert_eq!(memory.take(1), None);
        assert_eq!(memory.take(1_000), Some(1));
        assert!(memory.forgotten() > 800);
    }
}
