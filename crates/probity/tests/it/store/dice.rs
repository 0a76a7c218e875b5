//! Chance that is the same again for the same seed.

use probity::core::{Amount, Name};

/// Numbers without a pattern.
pub(super) struct Dice(u64);

impl Dice {
    /// Those of a seed.
    pub(super) const fn of(seed: u64) -> Self {
        // Neighbouring seeds begin far apart, and none with nothing.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) const fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    /// Once in so many times.
    pub(super) const fn one_in(&mut self, times: u64) -> bool {
        self.roll(times) == 0
    }

    /// The one thing once in so many times, else the other.
    pub(super) fn rarely<T>(&mut self, times: u64, one: T, other: T) -> T {
        if self.one_in(times) { one } else { other }
    }

    /// One of these.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.index(of.len())]
    }

    /// One of these names.
    pub(super) fn name(&mut self, of: &[&str]) -> Name {
        Name::new(of[self.index(of.len())])
    }

    pub(super) fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.roll(len as u64)).unwrap()
    }

    /// From one number up to before another.
    pub(super) fn within(&mut self, from: i64, before: i64) -> i64 {
        from + i64::try_from(self.roll(u64::try_from(before - from).unwrap())).unwrap()
    }

    /// So many halves of a credit.
    pub(super) fn halves(&mut self, from: i64, before: i64) -> Amount {
        Amount::from_millionths(self.within(from, before) * 500_000).unwrap()
    }

    /// Something once in so many times.
    pub(super) fn maybe<T>(&mut self, times: u64, some: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.one_in(times).then(|| some(self))
    }
}
