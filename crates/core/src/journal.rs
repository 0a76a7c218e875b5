//! Entries as canonical JSON, and the chain of hashes that ties a journal together.
//!
//! `hash` = SHA-256 (hex) of the previous entry's hash and the entry as canonical JSON (RFC 8785)
//! without `hash`. Keys are sorted by their UTF-16 units; numbers are integers only.

use crate::entry::Entry;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// An entry as it stands in the journal, without its hash.
#[must_use]
pub fn to_json(entry: &Entry) -> Value {
    serde_json::to_value(entry).unwrap_or_default()
}

/// An entry as canonical JSON: what stands in a journal and is hashed.
#[must_use]
pub fn body(entry: &Entry) -> String {
    canonical(&to_json(entry))
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
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// SHA-256 of a text, in hex.
#[must_use]
pub fn sha256_hex(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()).into())
}

/// Writes JSON as RFC 8785 has it: sorted keys, no spaces, shortest escapes.
///
/// ```
/// use probity_core::journal::canonical;
/// assert_eq!(canonical(&serde_json::json!({"b": 1, "a": "\u{e9}\n"})), "{\"a\":\"\u{e9}\\n\",\"b\":1}");
/// ```
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write_canonical(value, &mut out);
    out
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => write_object(map, out),
        // serde_json writes strings with the shortest escapes and integers plainly.
        plain => out.push_str(&plain.to_string()),
    }
}

fn write_object(map: &Map<String, Value>, out: &mut String) {
    let mut pairs: Vec<(&String, &Value)> = map.iter().collect();
    pairs.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    out.push('{');
    for (i, (key, value)) in pairs.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push_str(&Value::from(key.as_str()).to_string());
        out.push(':');
        write_canonical(value, out);
    }
    out.push('}');
}
