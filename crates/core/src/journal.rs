//! Entries as canonical JSON, and the chain of hashes that ties a journal together.
//!
//! `hash` = SHA-256 (hex) of the previous entry's hash and the entry as canonical JSON (RFC 8785)
//! without `hash`. Keys are sorted by their UTF-16 units; numbers are integers only.

use crate::entry::Entry;
pub use crate::json::canonical;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// An entry as it stands in the journal, without its hash.
#[must_use]
pub fn to_json(entry: &Entry) -> Value {
    serde_json::to_value(entry).unwrap_or_default()
}

/// An entry as canonical JSON: what stands in a journal and is hashed.
#[must_use]
pub fn body(entry: &Entry) -> String {
    canonical(entry)
}

/// The hash of a body after the entry whose hash is `previous` (None for the first).
#[must_use]
pub fn link(previous: Option<&[u8; 32]>, body: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(previous.map(hex).unwrap_or_default());
    hash.update(body);
    hash.finalize().into()
}

/// Bytes in hex, as hashes are shown.
#[must_use]
pub fn hex(bytes: &[u8; 32]) -> String {
    crate::id::hex(bytes, &mut [0; 64]).to_owned()
}

/// SHA-256 of a text, in hex.
#[must_use]
pub fn sha256_hex(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()).into())
}
