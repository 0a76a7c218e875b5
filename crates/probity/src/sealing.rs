//! Sealing: customers' own AI keys, as they rest in a store and as they are opened for one call.
//!
//! The keys that seal come from the application and stand in no store. What is sealed says which of
//! them sealed it, so that they can be exchanged, and opens only for the environment, customer and
//! provider it was sealed for. It stores nothing and decides nothing.

use crate::environment::Environment;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use probity_core::Name;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// A customer's own key, in the open: shown by nothing, and wiped when it is no longer needed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

/// The fewest and the most letters of an own key.
const LETTERS: std::ops::RangeInclusive<usize> = 8..=512;

impl Secret {
    /// A key as its provider gave it: 8 to 512 visible letters of ASCII, without spaces; else None.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = LETTERS.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The key itself. Never to be logged, answered or kept.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Its last letters, to know it again by: four, and of a short one no more than a quarter.
    #[must_use]
    pub fn ends_with(&self) -> &str {
        let shown = (self.0.len() / 4).min(4);
        self.0.get(self.0.len() - shown..).unwrap_or_default()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("secret")
    }
}

/// May a provider be called so? 1 to 64 of a-z 0-9 _ -.
#[must_use]
pub fn is_provider(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-');
    (1..=64).contains(&name.len()) && name.bytes().all(fits)
}

/// Whose key it is, and for whom: what is sealed opens for nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// In which books.
    pub environment: Environment,
    /// Whose.
    pub customer: &'a Name,
    /// For which provider.
    pub provider: &'a Name,
}

/// The format of what is sealed, its first byte.
const FORMAT: u8 = 1;
/// The bytes of a sealing key's id, of a nonce, of what proves a text whole.
const ID: usize = 8;
const NONCE: usize = 24;
const TAG: usize = 16;
/// Before the sealed text: format, id, nonce.
const HEAD: usize = 1 + ID + NONCE;

/// Is this in a format that is known, and long enough to hold a key? Opening it takes its sealing key.
#[must_use]
pub fn is_well_formed(sealed: &[u8]) -> bool {
    let letters = sealed.len().saturating_sub(HEAD + TAG);
    sealed.first() == Some(&FORMAT) && LETTERS.contains(&letters)
}

/// One key that seals: 32 bytes.
#[derive(Clone)]
struct SealingKey {
    id: [u8; ID],
    bytes: Zeroizing<[u8; 32]>,
}

impl SealingKey {
    fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        let digest = Sha256::new().chain_update("probity sealing key\0").chain_update(*bytes);
        let mut id = [0; ID];
        id.copy_from_slice(digest.finalize().get(..ID).unwrap_or(&[0; ID]));
        Self { id, bytes }
    }

    /// What it is bound to beside its text: its own head, and whose it is. Ids hold no zero byte.
    fn bound(head: &[u8], label: &Label<'_>) -> Vec<u8> {
        let Label { environment, customer, provider } = label;
        let whose = format!("probity own key\0{environment}\0{customer}\0{provider}");
        [head, whose.as_bytes()].concat()
    }
}

/// The keys that seal. The first seals; each opens what it has sealed.
#[derive(Clone)]
pub struct SealingKeys {
    first: SealingKey,
    older: Vec<SealingKey>,
}

impl fmt::Debug for SealingKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sealing keys")
    }
}

/// Why something cannot be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// The key that sealed it is not among those that are known.
    UnknownKey,
    /// It was altered, or sealed for somebody else.
    NotWhole,
    /// There is no randomness to be had.
    NoRandomness,
}

impl fmt::Display for NotOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownKey => "the key that sealed it is not known here",
            Self::NotWhole => "it was altered, or sealed for somebody else",
            Self::NoRandomness => "there is no randomness to be had",
        })
    }
}

impl std::error::Error for NotOpened {}

/// What is wrong with the text of sealing keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoKeys {
    /// Nothing stands there.
    Nothing,
    /// This one, counted from 1, is not 32 bytes in hex or base64.
    Malformed(usize),
    /// This one, counted from 1, is one and the same byte all over.
    NotRandom(usize),
}

impl fmt::Display for NoKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("it holds no key"),
            Self::Malformed(n) => write!(f, "key {n} in it is not 32 bytes in hex or base64"),
            Self::NotRandom(n) => write!(f, "key {n} in it is not random"),
        }
    }
}

impl std::error::Error for NoKeys {}

impl SealingKeys {
    /// One that seals and opens.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { first: SealingKey::new(Zeroizing::new(key)), older: Vec::new() }
    }

    /// Keys as they are written: 32 bytes each in hex or base64, with spaces, commas or ends of lines
    /// between them. The first seals; the others open what they have sealed before.
    ///
    /// # Errors
    /// [`NoKeys`], which repeats nothing of the text.
    pub fn parse(text: &str) -> Result<Self, NoKeys> {
        let pieces = text.split(|c: char| c.is_whitespace() || c == ',');
        let pieces = pieces.filter(|piece| !piece.is_empty());
        let mut keys = Vec::new();
        for (piece, n) in pieces.zip(1..) {
            let bytes = bytes(piece).ok_or(NoKeys::Malformed(n))?;
            if bytes.iter().all(|b| Some(b) == bytes.first()) {
                return Err(NoKeys::NotRandom(n));
            }
            keys.push(SealingKey::new(bytes));
        }
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or(NoKeys::Nothing)?;
        Ok(Self { first, older: keys.collect() })
    }

    /// Seals a key for whom the label says.
    ///
    /// # Errors
    /// [`NotOpened::NoRandomness`].
    pub fn seal(&self, secret: &Secret, label: &Label<'_>) -> Result<Vec<u8>, NotOpened> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| NotOpened::NoRandomness)?;
        let mut sealed = Vec::with_capacity(HEAD + secret.0.len() + TAG);
        sealed.push(FORMAT);
        sealed.extend(self.first.id);
        sealed.extend(nonce);
        let aad = SealingKey::bound(&sealed, label);
        let payload = Payload { msg: secret.0.as_bytes(), aad: &aad };
        let cipher = XChaCha20Poly1305::new(&(*self.first.bytes).into());
        let text = cipher.encrypt(&XNonce::from(nonce), payload);
        sealed.extend(text.map_err(|_| NotOpened::NotWhole)?);
        Ok(sealed)
    }

    /// Opens what was sealed for whom the label says.
    ///
    /// # Errors
    /// [`NotOpened`].
    pub fn open(&self, sealed: &[u8], label: &Label<'_>) -> Result<Secret, NotOpened> {
        let key = self.key_of(sealed).ok_or(NotOpened::UnknownKey)?;
        let (head, text) = sealed.split_at_checked(HEAD).ok_or(NotOpened::NotWhole)?;
        let nonce = head.get(1 + ID..).and_then(|nonce| <[u8; NONCE]>::try_from(nonce).ok());
        let nonce = XNonce::from(nonce.ok_or(NotOpened::NotWhole)?);
        let aad = SealingKey::bound(head, label);
        let cipher = XChaCha20Poly1305::new(&(*key.bytes).into());
        let opened = cipher.decrypt(&nonce, Payload { msg: text, aad: &aad });
        let opened = Zeroizing::new(opened.map_err(|_| NotOpened::NotWhole)?);
        let text = std::str::from_utf8(&opened).ok().and_then(Secret::new);
        text.ok_or(NotOpened::NotWhole)
    }

    /// The same, sealed by the first key; None where it is already.
    ///
    /// # Errors
    /// As [`SealingKeys::open`].
    pub fn reseal(&self, sealed: &[u8], label: &Label<'_>) -> Result<Option<Vec<u8>>, NotOpened> {
        if id_of(sealed) == Some(&self.first.id[..]) {
            return Ok(None);
        }
        self.seal(&self.open(sealed, label)?, label).map(Some)
    }

    /// What makes a request that holds an own key the same: nobody who has only the store can try
    /// guesses of the key against it.
    #[must_use]
    pub fn fingerprint(&self, parts: &[&[u8]]) -> [u8; 32] {
        let purpose = mac(&self.first.bytes, &[b"fingerprints of requests with own keys"]);
        mac(&purpose, parts)
    }

    fn key_of(&self, sealed: &[u8]) -> Option<&SealingKey> {
        let id = id_of(sealed)?;
        std::iter::once(&self.first).chain(&self.older).find(|key| key.id == id)
    }
}

/// Which key sealed it; None where its format is not known.
fn id_of(sealed: &[u8]) -> Option<&[u8]> {
    sealed.get(1..=ID).filter(|_| sealed.first() == Some(&FORMAT))
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// 32 bytes in hex or base64.
fn bytes(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    if text.len() == 64 {
        let text = text.as_bytes().chunks_exact(2);
        for (byte, pair) in bytes.iter_mut().zip(text) {
            let digit = |n: usize| char::from(*pair.get(n)?).to_digit(16);
            *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
        }
        return Some(bytes);
    }
    let padded = format!("{}=", text.trim_end_matches('='));
    let decoded = Zeroizing::new(STANDARD.decode(Zeroizing::new(padded).as_bytes()).ok()?);
    if decoded.len() != bytes.len() {
        return None;
    }
    bytes.copy_from_slice(&decoded);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sk-canary-0123456789abcdef";

    fn label<'a>(customer: &'a Name, provider: &'a Name) -> Label<'a> {
        Label { environment: Environment::Live, customer, provider }
    }

    #[test]
    fn what_is_sealed_opens_for_whom_it_was_sealed_and_nobody_else() {
        let (ana, ben) = (Name::new("ana"), Name::new("ben"));
        let (openai, gemini) = (Name::new("openai"), Name::new("gemini"));
        let keys = SealingKeys::new([7; 32]);
        let sealed = keys.seal(&Secret::new(KEY).unwrap(), &label(&ana, &openai)).unwrap();
        assert!(is_well_formed(&sealed));
        assert!(!sealed.windows(4).any(|four| KEY.as_bytes().windows(4).any(|of| of == four)));
        assert_eq!(keys.open(&sealed, &label(&ana, &openai)).unwrap().reveal(), KEY);
        let sandbox = Label { environment: Environment::Sandbox, ..label(&ana, &openai) };
        for other in [label(&ben, &openai), label(&ana, &gemini), sandbox] {
            assert_eq!(keys.open(&sealed, &other), Err(NotOpened::NotWhole));
        }
        for n in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[n] ^= 1;
            assert!(keys.open(&altered, &label(&ana, &openai)).is_err(), "byte {n}");
            assert!(keys.open(&sealed[..n], &label(&ana, &openai)).is_err(), "cut at {n}");
        }
        // Twice the same key is not twice the same bytes.
        let again = keys.seal(&Secret::new(KEY).unwrap(), &label(&ana, &openai)).unwrap();
        assert_ne!(again, sealed);
    }

    #[test]
    fn a_sealing_key_is_exchanged_for_another() {
        let (ana, openai) = (Name::new("ana"), Name::new("openai"));
        let label = label(&ana, &openai);
        let (old, new) = ("0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4));
        let before = SealingKeys::parse(&old).unwrap();
        let sealed = before.seal(&Secret::new(KEY).unwrap(), &label).unwrap();
        assert_eq!(before.reseal(&sealed, &label), Ok(None));
        let only_new = SealingKeys::parse(&new).unwrap();
        assert_eq!(only_new.open(&sealed, &label), Err(NotOpened::UnknownKey));
        let both = SealingKeys::parse(&format!("{new}\n{old}\n")).unwrap();
        assert_eq!(both.open(&sealed, &label).unwrap().reveal(), KEY);
        let anew = both.reseal(&sealed, &label).unwrap().unwrap();
        assert_eq!(only_new.open(&anew, &label).unwrap().reveal(), KEY);
        assert_eq!(both.reseal(&anew, &label), Ok(None));
    }

    #[test]
    fn keys_are_read_in_hex_and_base64_and_bad_ones_are_not_repeated() {
        let hex = "00112233445566778899aabbccddeeff".repeat(2);
        let same = "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=";
        let (ana, openai) = (Name::new("ana"), Name::new("openai"));
        let secret = Secret::new(KEY).unwrap();
        let hexed = SealingKeys::parse(&hex).unwrap();
        let sealed = hexed.seal(&secret, &label(&ana, &openai)).unwrap();
        for text in [same, same.trim_end_matches('=')] {
            let other = SealingKeys::parse(&format!(" {text}\r\n")).unwrap();
            assert!(other.open(&sealed, &label(&ana, &openai)).is_ok());
            assert_eq!(other.fingerprint(&[b"a"]), hexed.fingerprint(&[b"a"]));
        }
        let refused = |text: &str| SealingKeys::parse(text).unwrap_err();
        assert_eq!(refused(" \n"), NoKeys::Nothing);
        assert_eq!(refused("secret"), NoKeys::Malformed(1));
        assert_eq!(refused(&format!("{hex},{}g", &hex[..63])), NoKeys::Malformed(2));
        assert_eq!(refused(&"0".repeat(64)), NoKeys::NotRandom(1));
        assert_ne!(hexed.fingerprint(&[b"ab", b"c"]), hexed.fingerprint(&[b"a", b"bc"]));
    }

    #[test]
    fn a_key_shows_nothing_of_itself() {
        assert_eq!(format!("{:?}", Secret::new(KEY).unwrap()), "secret");
        assert_eq!(format!("{:?}", SealingKeys::new([7; 32])), "sealing keys");
        assert_eq!(Secret::new(KEY).unwrap().ends_with(), "cdef");
        assert_eq!(Secret::new("12345678").unwrap().ends_with(), "78");
        for bad in ["", "1234567", "with space", "tab\tinside", "non-ascii-é", &"a".repeat(513)] {
            assert_eq!(Secret::new(bad), None);
        }
    }
}
