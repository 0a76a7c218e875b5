//! Quotes: a price promised to one customer for one run, signed, not stored.
//!
//! A quote's text carries all it binds and an HMAC-SHA256 over it; the key is an argument, never
//! held here. Whether a quote may still be used is decided in `decide`.

use crate::amount::Amount;
use crate::command::{Again, Purpose};
use crate::entry::EachPrice;
use crate::id::Name;
use crate::time::Time;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// What a quote binds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Makes it one of its kind: the command that asked for it.
    pub id: Name,
    /// For whom.
    pub customer: Name,
    /// For which action.
    pub action: Name,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// For which quantity.
    pub quantity: Option<u64>,
    /// For which model.
    pub model: Option<Name>,
    /// For which member.
    pub member: Option<Name>,
    /// For which purpose.
    pub purpose: Purpose,
    /// Redo or fresh.
    pub again: Option<Again>,
    /// The price, free units not counted.
    pub price: Amount,
    /// The price by quantity that it binds, where it is one: what fewer units will cost. Quotes of
    /// before that was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<EachPrice>,
    /// The contract's version.
    pub contract: u32,
    /// The revision of operations.
    pub operations: u32,
    /// The warning that was shown, if one was.
    pub warning: Option<String>,
    /// Made at.
    pub made_at: Time,
    /// Honoured until before this instant.
    pub expires_at: Time,
}

/// Starts every quote's text.
const PREFIX: &str = "qt_";

impl Quote {
    /// Its text: `qt_`, the quote, a point, the signature; letters, digits, `-` and `_` only.
    #[must_use]
    pub fn sign(&self, key: &[u8]) -> String {
        let body = base64url(&serde_json::to_vec(self).unwrap_or_default());
        let tag = mac(key, body.as_bytes()).map(|m| m.finalize().into_bytes());
        let tag = tag.map(|t| base64url(&t)).unwrap_or_default();
        format!("{PREFIX}{body}.{tag}")
    }

    /// Reads a quote's text; None for altered, foreign or malformed ones. Compares in constant time.
    #[must_use]
    pub fn open(text: &str, key: &[u8]) -> Option<Self> {
        let (body, tag) = text.strip_prefix(PREFIX)?.split_once('.')?;
        mac(key, body.as_bytes())?.verify_slice(&unbase64url(tag)?).ok()?;
        serde_json::from_slice(&unbase64url(body)?).ok()
    }
}

fn mac(key: &[u8], body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).ok()?;
    mac.update(body);
    Some(mac)
}

/// RFC 4648 base64url without padding.
fn base64url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn unbase64url(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote() -> Quote {
        Quote {
            id: "q1".into(),
            customer: "ana".into(),
            action: "find_contact_email".into(),
            artifact: None,
            quantity: None,
            model: None,
            member: None,
            purpose: Purpose::Production,
            again: None,
            price: Amount::credits(3),
            each: None,
            contract: 3,
            operations: 7,
            warning: Some("Costs 3 credits even if no email is found.".to_owned()),
            made_at: Time::from_micros(0),
            expires_at: Time::from_micros(1),
        }
    }

    #[test]
    fn a_signed_quote_opens_with_its_key() {
        let text = quote().sign(b"key");
        assert_eq!(Quote::open(&text, b"key"), Some(quote()));
    }

    #[test]
    fn a_quote_binds_its_price_by_quantity_and_one_of_before_opens_still() {
        let half = Amount::from_millionths(500_000).unwrap();
        let each = EachPrice { each: half, at_least: half, at_most: Amount::credits(10) };
        let bound = Quote { each: Some(each), ..quote() };
        assert_eq!(Quote::open(&bound.sign(b"key"), b"key"), Some(bound));
        assert!(!serde_json::to_string(&quote()).unwrap().contains("each"));
    }

    #[test]
    fn altered_and_foreign_quotes_do_not_open() {
        let text = quote().sign(b"key");
        assert_eq!(Quote::open(&text, b"other"), None);
        for i in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(bytes).unwrap();
            assert_ne!(
                Quote::open(&altered, b"key").as_ref().map(|q| q.price),
                Some(Amount::credits(4))
            );
            assert!(Quote::open(&altered, b"key").is_none_or(|q| q == quote()));
        }
    }
}
