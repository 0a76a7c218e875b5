//! Randomness: keys, secrets and ids. The only place that asks the operating system for it.

use probity_core::{Name, Time};

/// So many random bytes.
///
/// # Errors
/// The operating system has none to give.
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A number by chance, where it matters little: 0 where there is none to be had.
pub(crate) fn number() -> u32 {
    bytes().map_or(0, u32::from_ne_bytes)
}

/// Bytes in hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// An id of ours: the prefix and a UUID of version 7 (RFC 9562), in order of time.
///
/// # Errors
/// As [`bytes`].
pub(crate) fn id(prefix: &str, now: Time) -> Result<Name, getrandom::Error> {
    let random = u128::from_be_bytes(bytes::<16>()?);
    let millis = u128::from(now.micros().max(0).unsigned_abs() / 1000);
    let bits = (millis << 80) | (0b0111 << 76) | (random >> 116 << 64) | (0b10 << 62);
    let bits = bits | (random & ((1 << 62) - 1));
    Ok(Name::new(&format!("{prefix}{bits:032x}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_version_7_and_differ() {
        let now = Time::parse("2026-11-26T10:00:00Z").unwrap();
        let (first, second) = (id("q_", now).unwrap(), id("q_", now).unwrap());
        assert_ne!(first, second);
        assert_eq!(first.len(), 34);
        assert_eq!(&first[14..15], "7");
        assert!("89ab".contains(&first[18..19]));
        assert!(id("q_", now.plus_micros(1000)).unwrap() > first);
    }
}
