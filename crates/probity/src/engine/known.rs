//! The idempotency keys of one customer: which answer each got. Sixteen bytes a key, in a few sorted
//! stretches that double in length, so that many are copied, searched and kept cheaply.

use std::sync::Arc;

/// A key that was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    /// The first eight bytes of its SHA-256.
    digest: u64,
    /// The place of its answer.
    answer: u64,
}

/// All keys of a customer that may still be repeated.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownKeys {
    /// The longest, and oldest, first.
    sorted: Vec<Arc<[Known]>>,
    /// In the order they came.
    recent: Vec<Known>,
}

/// So many are looked through one by one.
const RECENT: usize = 64;
/// Bytes of one key as it is kept.
pub(crate) const WIDTH: usize = 16;

impl KnownKeys {
    /// Where the answer to a request with this key is.
    pub(crate) fn answer(&self, key: &str) -> Option<u64> {
        let digest = digest(key);
        let recent = self.recent.iter().rev().find(|known| known.digest == digest);
        let sorted = || self.sorted.iter().rev().find_map(|stretch| last(stretch, digest));
        recent.copied().or_else(sorted).map(|known| known.answer)
    }

    /// Remembers a key; those whose answers are kept no longer go, now and then.
    pub(crate) fn remember(&mut self, key: &str, answer: u64, first_answer: u64) {
        self.recent.push(Known { digest: digest(key), answer });
        if self.recent.len() >= RECENT {
            let mut new = std::mem::take(&mut self.recent);
            while let Some(before) = self.sorted.pop_if(|before| before.len() <= 2 * new.len()) {
                new.extend_from_slice(&before);
            }
            new.retain(|known| known.answer >= first_answer);
            new.sort_unstable();
            self.sorted.push(new.into());
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.recent.len() + self.sorted.iter().map(|stretch| stretch.len()).sum::<usize>()
    }

    /// As bytes, those left out whose answers are kept no longer.
    pub(crate) fn to_bytes(&self, first_answer: u64) -> Vec<u8> {
        let all = self.sorted.iter().flat_map(|stretch| stretch.iter()).chain(&self.recent);
        let mut kept: Vec<&Known> = all.filter(|known| known.answer >= first_answer).collect();
        kept.sort_unstable();
        kept.iter()
            .flat_map(|known| [known.digest, known.answer])
            .flat_map(u64::to_le_bytes)
            .collect()
    }

    /// Back from bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        let (keys, _) = bytes.as_chunks::<WIDTH>();
        let number = |half: &[u8]| half.iter().rev().fold(0, |n, byte| (n << 8) | u64::from(*byte));
        let known = keys.iter().map(|key| {
            let (digest, answer) = key.split_at(WIDTH / 2);
            Known { digest: number(digest), answer: number(answer) }
        });
        let sorted: Arc<[Known]> = known.collect();
        Self {
            sorted: if sorted.is_empty() { Vec::new() } else { vec![sorted] },
            recent: Vec::new(),
        }
    }
}

/// The last answer to a key in a sorted stretch.
fn last(stretch: &[Known], digest: u64) -> Option<Known> {
    let after = stretch.partition_point(|known| known.digest <= digest);
    stretch.get(after.checked_sub(1)?).filter(|known| known.digest == digest).copied()
}

/// A key's digest: the first eight bytes of its SHA-256.
fn digest(key: &str) -> u64 {
    use sha2::{Digest as _, Sha256};
    let digest: [u8; 32] = Sha256::digest(key.as_bytes()).into();
    digest.iter().take(8).fold(0, |n, byte| (n << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_with_its_last_answer_also_after_it_was_kept() {
        let mut keys = KnownKeys::default();
        for n in 1..=1000 {
            keys.remember(&format!("key_{}", n % 900), n, 0);
        }
        let again = KnownKeys::of_bytes(&keys.to_bytes(0));
        for keys in [&keys, &again] {
            assert_eq!(keys.len(), 1000);
            assert_eq!(keys.answer("key_7"), Some(907));
            assert_eq!(keys.answer("key_500"), Some(500));
            assert_eq!(keys.answer("key_901"), None);
        }
        let stretches: Vec<_> = keys.sorted.iter().map(|stretch| stretch.len()).collect();
        assert!(stretches.windows(2).all(|pair| pair[0] > 2 * pair[1]), "{stretches:?}");
    }

    #[test]
    fn keys_whose_answers_are_gone_are_not_kept() {
        let mut keys = KnownKeys::default();
        (1..=9).for_each(|n| keys.remember(&format!("key_{n}"), n, 0));
        let kept = KnownKeys::of_bytes(&keys.to_bytes(7));
        assert_eq!((kept.len(), kept.answer("key_6"), kept.answer("key_7")), (3, None, Some(7)));
        assert_eq!(KnownKeys::of_bytes(&[]).len(), 0);
        let mut keys = KnownKeys::default();
        (1..=100_000).for_each(|n: u64| keys.remember(&format!("{n}"), n, n.saturating_sub(1000)));
        assert!(keys.len() < 4000, "{}", keys.len());
    }
}
