//! How values are spread: counts and sums in buckets that grow with the value, of fixed size.
//!
//! A quantile read from it is the mean of its bucket: exact where all values there are equal, else
//! less than an eighth off. Good for "typically" and for tails, never used where a sum is told.

use probity_core::Cost;

/// Buckets for each doubling.
const STEPS: u32 = 8;
/// Buckets in all: one for nothing, then those of 63 doublings.
const BUCKETS: usize = 1 + 64 * STEPS as usize;

/// How many values fell where, and their sum there.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    buckets: Vec<(u64, u128)>,
    n: u64,
}

impl Default for Spread {
    fn default() -> Self {
        Self { buckets: vec![(0, 0); BUCKETS], n: 0 }
    }
}

impl Spread {
    /// Counts a value, in trillionths; below nothing counts as nothing.
    pub(crate) fn add(&mut self, value: i64) {
        let value = u64::try_from(value).unwrap_or(0);
        if let Some((count, sum)) = self.buckets.get_mut(bucket(value)) {
            *count += 1;
            *sum += u128::from(value);
            self.n += 1;
        }
    }

    /// Counts all that another counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (own, others) in self.buckets.iter_mut().zip(&other.buckets) {
            own.0 += others.0;
            own.1 += others.1;
        }
        self.n += other.n;
    }

    /// About the value that `percent` of all do not exceed; None where there is none.
    pub(crate) fn quantile(&self, percent: u64) -> Option<Cost> {
        let rank = (self.n * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let (count, sum) = self.buckets.iter().find(|(count, _)| {
            seen += count;
            seen >= rank
        })?;
        let mean = sum.checked_div(u128::from(*count))?;
        i64::try_from(mean).ok().map(Cost::of_trillionths)
    }
}

fn bucket(value: u64) -> usize {
    if value == 0 {
        return 0;
    }
    let doublings = value.ilog2();
    let within =
        if doublings >= 3 { value >> (doublings - 3) } else { value << (3 - doublings) } & 7;
    1 + (doublings * STEPS) as usize + usize::try_from(within).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_grow_by_less_than_an_eighth() {
        let values =
            (1..5_000).chain((6..62).flat_map(|n| [1u64 << n, (1 << n) - 1, (1 << n) + 7]));
        for value in values {
            assert!(bucket(value) < BUCKETS);
            assert!(bucket(value + value / 7 + 1) > bucket(value), "{value}");
            assert!(bucket(value - 1) <= bucket(value), "{value}");
        }
        assert!(bucket(u64::MAX) < BUCKETS);
    }

    #[test]
    fn quantiles() {
        let mut spread = Spread::default();
        assert_eq!(spread.quantile(50), None);
        (0..90).for_each(|_| spread.add(2_000_000_000));
        let mut others = Spread::default();
        (0..5).for_each(|_| others.add(0));
        (0..5).for_each(|_| others.add(264_000_000_000));
        spread.merge(&others);
        let cost = |percent| spread.quantile(percent).unwrap().to_string();
        assert_eq!([5, 50, 95, 96].map(cost), ["0", "0.002", "0.002", "0.264"]);
    }
}
