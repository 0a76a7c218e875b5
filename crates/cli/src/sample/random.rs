//! Chance that is the same everywhere: xoshiro256** in whole numbers, from a seed.
//!
//! For sample data only. The same seed gives the same numbers on every machine and in every
//! version; the test pins them.

/// A source of chance.
#[derive(Clone, Debug)]
pub(crate) struct Random([u64; 4]);

impl Random {
    /// From a seed, spread by splitmix64 as its authors advise.
    pub(crate) fn new(seed: u64) -> Self {
        let mut state = seed;
        Self([(); 4].map(|()| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }))
    }

    /// The next 64 bits.
    pub(crate) const fn next(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.0;
        let out = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        out
    }

    /// A number below `n`; 0 for 0. The bias is below n ÷ 2^64.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        let product = u128::from(self.next()) * u128::from(n);
        u64::try_from(product >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both possible.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True so many times in a thousand.
    pub(crate) fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1_000) < per_mille
    }

    /// One of these.
    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(usize::try_from(self.below(all.len() as u64)).ok()?)
    }
}

/// Things with weights, to be picked by chance.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weighted {
    /// The sum of the weights up to and with each.
    sums: Vec<u64>,
}

impl Weighted {
    /// Of these weights.
    pub(crate) fn new(weights: impl IntoIterator<Item = u64>) -> Self {
        let sums = weights.into_iter().scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// The place of one of them.
    pub(crate) fn pick(&self, random: &mut Random) -> usize {
        let at = random.below(self.total());
        self.sums.partition_point(|sum| *sum <= at)
    }

    /// The sum of all weights.
    pub(crate) fn total(&self) -> u64 {
        self.sums.last().copied().unwrap_or(0)
    }

    /// Shares `n` out by weight, exactly: how many fall to the place.
    pub(crate) fn share(&self, n: u64, place: usize) -> u64 {
        let until = |sum: Option<&u64>| {
            let part = u128::from(sum.copied().unwrap_or(0)) * u128::from(n);
            u64::try_from(part / u128::from(self.total().max(1))).unwrap_or(0)
        };
        let before = place.checked_sub(1).and_then(|before| self.sums.get(before));
        until(self.sums.get(place)) - until(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_never_change() {
        // Published for splitmix64 from the seed 1234567 (the first), then for this generator.
        let mut random = Random::new(1_234_567);
        assert_eq!(random.0[0], 6_457_827_717_110_365_317);
        assert_eq!(random.0[1], 3_203_168_211_198_807_973);
        let mut known = Random([1, 2, 3, 4]);
        let first: Vec<_> = (0..5).map(|_| known.next()).collect();
        assert_eq!(
            first,
            [11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360]
        );
        assert_eq!(random.below(10), Random::new(1_234_567).below(10));
    }

    #[test]
    fn chances_are_what_they_say() {
        let mut random = Random::new(7);
        let hits = (0..100_000).filter(|_| random.chance(390)).count();
        assert!((38_500..39_500).contains(&hits), "{hits}");
        assert!((0..10_000).map(|_| random.between(3, 5)).all(|n| (3..=5).contains(&n)));
        assert_eq!(random.below(0), 0);
        assert_eq!(random.one_of::<u8>(&[]), None);
        let weighted = Weighted::new([0, 3, 0, 1]);
        let picks: Vec<_> = (0..4_000).map(|_| weighted.pick(&mut random)).collect();
        let ones = picks.iter().filter(|p| **p == 1).count();
        assert!(
            picks.iter().all(|p| [1, 3].contains(p)) && (2_800..3_200).contains(&ones),
            "{ones}"
        );
    }

    #[test]
    fn sharing_out_is_exact() {
        let weighted = Weighted::new([5, 0, 7, 3, 1]);
        let shares: Vec<_> = (0..5).map(|i| weighted.share(1_001, i)).collect();
        assert_eq!(shares.iter().sum::<u64>(), 1_001);
        assert_eq!(shares[1], 0);
    }
}
