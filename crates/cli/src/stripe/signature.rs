//! `Stripe-Signature: t=…,v1=…`: HMAC-SHA256 of the time, a point and the body, by the endpoint's
//! secret. Compared in constant time; one that is too old, or of the future, proves nothing.

use hmac::{Hmac, KeyInit, Mac};
use probity::Environment;
use sha2::Sha256;
use zeroize::Zeroizing;

/// How far the time of a signature may be from now, in seconds.
const TOLERANCE: u64 = 300;
/// The longest header that is looked at.
const LONGEST_HEADER: usize = 4096;
/// The most signatures that are compared: one for each secret of an endpoint.
const SIGNATURES: usize = 16;
/// The fewest letters of a secret.
const SHORTEST: usize = 8;

/// What an endpoint's events are signed with. Shown nowhere.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A secret; None where it is too short to be one, or has spaces in it.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = text.len() >= SHORTEST && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// Is it the same?
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }

    fn mac(&self, time: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.as_bytes()).ok()?;
        mac.update(time.as_bytes());
        mac.update(b".");
        mac.update(body);
        Some(mac)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("secret")
    }
}

/// What is wrong with a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsigned {
    /// There is none.
    Missing,
    /// It is not written as signatures are.
    Malformed,
    /// None of the secrets made it.
    NotOurs,
    /// It is too old.
    Old,
    /// Its time is still to come.
    Early,
}

impl Unsigned {
    /// What it is, and what to do.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Missing => {
                "`Stripe-Signature` is missing: only what Stripe signed is believed. Have Stripe send it."
            }
            Self::Malformed => {
                "`Stripe-Signature` cannot be read: it is written `t=…,v1=…`. Send it as Stripe did."
            }
            Self::NotOurs => {
                "`Stripe-Signature` was made by none of the signing secrets, or the body was changed on \
                 its way. Compare the endpoint's secret with the one that is set, and pass the body on \
                 as it came."
            }
            Self::Old => {
                "`Stripe-Signature` is older than 5 minutes. Have Stripe send it again, and compare this \
                 computer's clock."
            }
            Self::Early => {
                "`Stripe-Signature` is of a time that is still to come. Compare this computer's clock."
            }
        }
    }
}

/// Whose secret signed a body. `now` is in seconds since 1970.
///
/// # Errors
/// [`Unsigned`].
pub fn signed_by(
    header: &str,
    body: &[u8],
    now: i64,
    secrets: &[(Environment, Secret)],
) -> Result<Environment, Unsigned> {
    if header.trim().is_empty() {
        return Err(Unsigned::Missing);
    }
    let (time, signatures) = taken_apart(header).ok_or(Unsigned::Malformed)?;
    let at: i64 = time.parse().map_err(|_| Unsigned::Malformed)?;
    let signer = secrets.iter().find(|(_, secret)| {
        signatures.iter().any(|signature| {
            secret.mac(time, body).is_some_and(|mac| mac.verify_slice(signature).is_ok())
        })
    });
    let (environment, _) = signer.ok_or(Unsigned::NotOurs)?;
    match at {
        at if now.abs_diff(at) <= TOLERANCE => Ok(*environment),
        at if at < now => Err(Unsigned::Old),
        _ => Err(Unsigned::Early),
    }
}

/// The time as it is written, and the signatures; of other schemes nothing is taken.
fn taken_apart(header: &str) -> Option<(&str, Vec<[u8; 32]>)> {
    if header.len() > LONGEST_HEADER {
        return None;
    }
    let (mut time, mut signatures) = (None, Vec::new());
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", _) if time.is_some() => return None,
            ("t", text) => time = Some(text),
            // What is no signature could not be the right one either.
            ("v1", text) if signatures.len() < SIGNATURES => signatures.extend(bytes(text)),
            _ => {}
        }
    }
    let is_plain =
        |text: &&str| (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    Some((time.filter(is_plain)?, signatures))
}

/// 64 hexadecimal digits as bytes.
fn bytes(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    // `from_str_radix` also takes a sign.
    text.bytes().all(|b| b.is_ascii_hexdigit()).then_some(bytes)
}

/// The header that a body is sent with at `now`, in seconds since 1970: for samples.
#[must_use]
pub fn sign(body: &[u8], now: i64, secret: &Secret) -> String {
    let time = now.to_string();
    let code = secret.mac(&time, body).map(|mac| mac.finalize().into_bytes());
    let hex: String = code.iter().flatten().map(|byte| format!("{byte:02x}")).collect();
    format!("t={time},v1={hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id": "evt_1", "type": "payment_intent.succeeded"}"#;
    const AT: i64 = 1_700_000_000;

    fn secrets() -> Vec<(Environment, Secret)> {
        let of = |environment, text| (environment, Secret::new(text).unwrap());
        vec![
            of(Environment::Live, "whsec_live_new"),
            of(Environment::Live, "whsec_live_old"),
            of(Environment::Sandbox, "whsec_sandbox"),
        ]
    }

    fn by(header: &str, body: &[u8], now: i64) -> Result<Environment, Unsigned> {
        signed_by(header, body, now, &secrets())
    }

    #[test]
    fn each_secret_says_whose_books_they_are() {
        for (environment, secret) in &secrets() {
            assert_eq!(by(&sign(BODY, AT, secret), BODY, AT), Ok(*environment));
        }
    }

    #[test]
    fn one_of_several_signatures_is_enough_and_other_schemes_are_none() {
        let [(_, new), (_, old), _] = &secrets()[..] else { unreachable!() };
        let other = Secret::new("whsec_other").unwrap();
        let good = sign(BODY, AT, old);
        let v1 = good.split_once(',').unwrap().1;
        let wrong = sign(BODY, AT, &other);
        assert_eq!(by(&format!("{wrong},{v1}"), BODY, AT), Ok(Environment::Live));
        assert_eq!(by(&format!("{good},v0=abc,v1=zz"), BODY, AT), Ok(Environment::Live));
        assert_eq!(by(&wrong, BODY, AT), Err(Unsigned::NotOurs));
        let v0 = sign(BODY, AT, new).replace("v1=", "v0=");
        assert_eq!(by(&v0, BODY, AT), Err(Unsigned::NotOurs));
    }

    #[test]
    fn a_change_of_the_body_the_time_or_a_letter_is_seen() {
        let (_, secret) = &secrets()[0];
        let header = sign(BODY, AT, secret);
        assert_eq!(by(&header, b"{}", AT), Err(Unsigned::NotOurs));
        let later = header.replace("1700000000", "1700000001");
        assert_eq!(by(&later, BODY, AT), Err(Unsigned::NotOurs));
        for at in header.find("v1=").unwrap() + 3..header.len() {
            let mut changed = header.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(by(&changed, BODY, AT), Err(Unsigned::NotOurs), "{changed}");
        }
    }

    #[test]
    fn five_minutes_are_the_most_in_both_directions() {
        let (_, secret) = &secrets()[0];
        let header = sign(BODY, AT, secret);
        assert!(by(&header, BODY, AT + 300).is_ok() && by(&header, BODY, AT - 300).is_ok());
        assert_eq!(by(&header, BODY, AT + 301), Err(Unsigned::Old));
        assert_eq!(by(&header, BODY, AT - 301), Err(Unsigned::Early));
    }

    #[test]
    fn what_is_no_signature_is_told_from_a_wrong_one() {
        assert_eq!(by("", BODY, AT), Err(Unsigned::Missing));
        let long = format!("t={AT}{}", ",v1=0".repeat(2000));
        for bad in ["t", "v1=00", "t=,v1=00", "t=1,t=1,v1=00", "t=+1,v1=0", "t=-1", "a=b", &long] {
            assert_eq!(by(bad, BODY, AT), Err(Unsigned::Malformed), "{bad}");
        }
        assert!(Secret::new("short").is_none() && Secret::new("with a space").is_none());
        assert_eq!(format!("{:?}", Secret::new("whsec_abcdef")), "Some(secret)");
    }
}
