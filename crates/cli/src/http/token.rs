//! Customer tokens, for browsers: signed, not stored; one customer, at most an hour.
//!
//! A token's text carries whom it is for and until when, and an HMAC-SHA256 over it. What it may do
//! is said where routes are listed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use probity::Environment;
use probity_core::{Name, Time};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Starts every token.
pub(crate) const PREFIX: &str = "ct_";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) environment: Environment,
    pub(crate) customer: Name,
    pub(crate) member: Option<Name>,
    pub(crate) expires_at: Time,
}

impl Token {
    /// Its text without a signature: can be kept, opens nothing.
    pub(crate) fn unsigned(&self) -> String {
        let claims = serde_json::to_vec(self).unwrap_or_default();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(claims))
    }

    /// Reads a token; None for altered, foreign or malformed ones. Whether it has expired is not
    /// looked at. Compares in constant time.
    pub(crate) fn open(text: &str, secret: impl Fn(Environment) -> [u8; 32]) -> Option<Self> {
        let (body, tag) = text.split_once('.')?;
        let claims = URL_SAFE_NO_PAD.decode(body.strip_prefix(PREFIX)?).ok()?;
        let token: Self = serde_json::from_slice(&claims).ok()?;
        let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
        mac(&secret(token.environment), body)?.verify_slice(&tag).ok()?;
        Some(token)
    }
}

/// The signed text of an unsigned one.
pub(crate) fn sign(unsigned: &str, secret: &[u8; 32]) -> String {
    let tag = mac(secret, unsigned).map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
    format!("{unsigned}.{}", tag.unwrap_or_default())
}

fn mac(secret: &[u8; 32], body: &str) -> Option<Hmac<Sha256>> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret).ok()?;
    mac.update(body.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn altered_and_foreign_tokens_do_not_open() {
        let token = Token {
            environment: Environment::Live,
            customer: "ana".into(),
            member: None,
            expires_at: Time::from_micros(7),
        };
        let text = sign(&token.unsigned(), &[1; 32]);
        assert_eq!(Token::open(&text, |_| [1; 32]), Some(token.clone()));
        assert_eq!(Token::open(&text, |_| [2; 32]), None);
        assert_eq!(Token::open(&token.unsigned(), |_| [1; 32]), None);
        for i in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(bytes).unwrap();
            assert!(Token::open(&altered, |_| [1; 32]).is_none_or(|found| found == token));
        }
    }
}
