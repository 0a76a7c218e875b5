//! Secret keys: 256 random bits, shown once; only their SHA-256 is kept.

use super::random;
use probity::Environment;
use probity::clock::{Clock, SystemClock};
use probity::store::ApiKey;
use probity_core::Name;
use sha2::{Digest, Sha256};

/// A new key: its text, which is shown once, and what is kept of it.
///
/// # Errors
/// There is no randomness to be had.
pub fn new(
    environment: Environment,
    name: &str,
    role: Option<&str>,
) -> Result<(String, ApiKey), getrandom::Error> {
    let now = SystemClock.now();
    let text = format!("sk_{environment}_{}", random::hex(&random::bytes::<32>()?));
    let key = ApiKey {
        id: random::id("key_", now)?,
        environment,
        role: role.map(Name::new),
        name: Name::new(name),
        hash: digest(&text),
        created_at: now,
        revoked_at: None,
    };
    Ok((text, key))
}

/// What a key is found by.
pub(crate) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
