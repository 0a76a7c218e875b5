//! States and runs at rest as bytes: for what can be folded anew from the journal, and nobody reads.
//!
//! CBOR (RFC 8949) in which fields and variants are told by their place in place of their name: a
//! quarter of the bytes of JSON, and read in a third of the time. So a field that is added, moved or
//! taken away makes another format, which [`FORMAT`] counts: what was written in another one is left
//! aside, and folded anew.

use crate::store::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The format of what is packed; see the head.
pub(crate) const FORMAT: i64 = 6;

/// A state or a run at rest as bytes; None: it cannot be written so.
pub(crate) fn pack<T: Serialize>(kept: &T) -> Option<Vec<u8>> {
    serde_cbor_2::ser::to_vec_packed(kept).ok()
}

/// Reads one back.
///
/// # Errors
/// [`StoreError::Corrupt`] where it is none.
pub(crate) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    serde_cbor_2::from_slice(bytes).map_err(|error| StoreError::Corrupt(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity_core::journal::sha256_hex;
    use probity_core::state::{Customer, RestingRun};

    /// States of stories that between them hold nearly every field there is.
    const STATES: &str = include_str!("../tests/states/format-6.jsonl");

    /// What they are packed as in this format.
    const PACKED: &str = "96cd65a71ad29b7e6beba5ee352edfd9b9dc3019ffc35ca076f064911a6fb1ba";

    /// If this fails, a field or a variant was added, moved or taken away: count [`FORMAT`] up, bring
    /// the states up to date, and put the digest that is found here.
    #[test]
    fn another_shape_of_states_is_another_format() {
        let states = STATES.lines().map(|line| serde_json::from_str::<Customer>(line).unwrap());
        let packed = states.flat_map(|mut state| {
            let mut all = pack(&state).unwrap();
            assert_eq!(unpack::<Customer>(&all).unwrap(), state);
            for run in state.ended_runs().collect::<Vec<_>>() {
                let resting = state.rest(run).unwrap();
                let packed = pack(&resting).unwrap();
                assert_eq!(unpack::<RestingRun>(&packed).unwrap(), resting);
                all.extend(packed);
            }
            all
        });
        let hex: String = packed.map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((FORMAT, sha256_hex(&hex).as_str()), (6, PACKED));
    }

    #[test]
    fn what_is_none_is_not_taken_for_a_state() {
        let state: Customer = serde_json::from_str(STATES.lines().next().unwrap()).unwrap();
        let packed = pack(&state).unwrap();
        for end in 0..packed.len() {
            assert!(
                matches!(unpack::<Customer>(&packed[..end]), Err(StoreError::Corrupt(_))),
                "{end}"
            );
        }
    }
}
