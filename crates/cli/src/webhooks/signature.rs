//! Secrets of endpoints and what they sign, as Standard Webhooks has it: <https://www.standardwebhooks.com>.
//!
//! A secret is worked out of the environment's own one, the endpoint's id and the number of the secret:
//! none is stored, and a rotation is the next number.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Starts every secret.
pub(crate) const PREFIX: &str = "whsec_";

/// What signs for one endpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("secret")
    }
}

impl Secret {
    /// Of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// An endpoint's secret of a number.
    pub(crate) fn derived(environment: &[u8; 32], endpoint: &str, number: u32) -> Self {
        Self(hmac(environment, &[b"webhook\n", endpoint.as_bytes(), b"\n", &number.to_be_bytes()]))
    }

    /// A secret as it was given; None: it is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim().strip_prefix(PREFIX)?).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As whoever verifies is given it.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0))
    }

    fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let timestamp = timestamp.to_string();
        let parts = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body.as_bytes()];
        format!("v1,{}", STANDARD.encode(hmac(&self.0, &parts)))
    }
}

/// The `webhook-signature` of a message: one signature for each secret.
#[must_use]
pub fn signature(secrets: &[Secret], id: &str, timestamp: i64, body: &str) -> String {
    let all: Vec<String> = secrets.iter().map(|one| one.sign(id, timestamp, body)).collect();
    all.join(" ")
}

/// It takes keys of any length.
fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { return [0; 32] };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries, whose secret has 24 bytes; HMAC fills keys up
    /// with zeros, so it is the same key of 32.
    #[test]
    fn the_example_of_the_specification_is_signed_as_it_says() {
        let given = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let mut bytes = [0; 32];
        bytes[..given.len()].copy_from_slice(&given);
        let (id, at, body) =
            ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(
            signature(&[Secret::new(bytes)], id, at, body),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn every_endpoint_number_and_environment_has_a_secret_of_its_own() {
        let all = [
            Secret::derived(&[1; 32], "we_1", 1),
            Secret::derived(&[1; 32], "we_1", 2),
            Secret::derived(&[1; 32], "we_2", 1),
            Secret::derived(&[2; 32], "we_1", 1),
        ];
        for (i, one) in all.iter().enumerate() {
            assert!(one.text().starts_with(PREFIX) && one.text().len() == 50, "{}", one.text());
            assert!(all.iter().skip(i + 1).all(|other| other != one));
        }
        assert_eq!(all[0], Secret::derived(&[1; 32], "we_1", 1));
        let both = signature(&all[..2], "evt_1", 7, "{}");
        assert_eq!(both.split(' ').count(), 2);
    }
}
