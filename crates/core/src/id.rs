//! Names and ids: what callers choose ([`Name`]) and what we make ([`RunId`], [`GrantId`]).
//!
//! Ids that we make are a prefix and a time-ordered UUID (RFC 9562 version 7). The core makes no
//! randomness: every command brings its own [`CommandId`], and ids are derived from it.

use crate::serial::{Word, serde_of_a_word};
use std::fmt;
use std::sync::Arc;

/// The name of an action, plan, member, model…: cheap to copy, compared as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// A name of this text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Bytes in hex, written into `room`, which must be twice as long.
pub(crate) fn hex<'a>(bytes: &[u8], room: &'a mut [u8]) -> &'a str {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0');
    for (pair, byte) in room.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    std::str::from_utf8(room).unwrap_or_default()
}

/// A digest of some texts, eight bytes at a time, each text closed by its rest and its length.
///
/// Only for finding things fast in memory: never stored, and no answer depends on its order.
#[must_use]
pub(crate) fn digest(texts: &[&str]) -> u64 {
    let mix =
        |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    texts.iter().fold(0, |hash, text| {
        let (words, rest) = text.as_bytes().as_chunks();
        let hash = words.iter().fold(hash, |hash, word| mix(hash, u64::from_le_bytes(*word)));
        let rest = rest.iter().fold(text.len() as u64, |n, byte| (n << 8) | u64::from(*byte));
        mix(hash, rest)
    })
}

impl std::borrow::Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

impl Word for Name {
    const WHAT: &'static str = "a name";

    fn of_text(text: &str) -> Option<Self> {
        Some(Self::new(text))
    }

    fn text(&self) -> Option<&str> {
        Some(&self.0)
    }
}

serde_of_a_word!(Name);

/// Is `text` an id that a caller may choose: 1–128 of `[A-Za-z0-9._:@-]`?
#[must_use]
pub fn is_caller_id(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._:@-".contains(&b))
}

/// The id that a command brings: unique, time-ordered, made by the engine (a UUID of version 7).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(u128);

/// The bits of a [`CommandId`] that number what the command makes.
const NUMBERING: u128 = 0xffff;

impl CommandId {
    /// The id of these 128 bits; the last 16 are cleared, they number what the command makes.
    #[must_use]
    pub const fn new(bits: u128) -> Self {
        Self(bits & !NUMBERING)
    }

    /// The run that this command starts.
    #[must_use]
    pub const fn run(self) -> RunId {
        RunId(self.0)
    }

    /// The event that is numbered as this command would be.
    #[must_use]
    pub const fn event(self) -> EventId {
        EventId(self.0)
    }

    /// The override that this command makes.
    #[must_use]
    pub const fn over(self) -> OverrideId {
        OverrideId(self.0)
    }

    /// The grants that this command makes, one after the other.
    #[must_use]
    pub const fn grants(self) -> GrantIds {
        GrantIds { next: self.0 }
    }

    /// The grants that this command makes in the shadow books only.
    #[must_use]
    pub const fn shadow_grants(self) -> GrantIds {
        GrantIds { next: self.0 | 0x8000 }
    }
}

/// Ids for the grants of one command.
#[derive(Clone, Copy, Debug)]
pub struct GrantIds {
    next: u128,
}

impl GrantIds {
    /// Ids from `first` on: for booking the same grant in another book.
    pub(crate) const fn starting_at(first: GrantId) -> Self {
        Self { next: first.0 }
    }

    /// The next id.
    pub const fn next_grant(&mut self) -> GrantId {
        let id = GrantId(self.next);
        self.next = self.next.wrapping_add(1);
        id
    }
}

macro_rules! prefixed_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// The id of these 128 bits.
            #[must_use]
            pub const fn new(bits: u128) -> Self {
                Self(bits)
            }

            /// Its 128 bits.
            #[must_use]
            pub const fn bits(self) -> u128 {
                self.0
            }

            /// Reads its text; `None` for anything else.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let hex = text.strip_prefix($prefix)?;
                let lower = hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
                let (high, low) = hex.split_at_checked(16).filter(|_| lower)?;
                let half = |hex: &str| match hex.len() {
                    16 => u64::from_str_radix(hex, 16).ok().map(u128::from),
                    _ => None,
                };
                Some(Self(half(high)? << 64 | half(low)?))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($prefix)?;
                f.write_str(hex(&self.0.to_be_bytes(), &mut [0; 32]))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }

        impl Word for $name {
            const WHAT: &'static str = concat!("an id of the form ", $prefix, "…");

            fn of_text(text: &str) -> Option<Self> {
                Self::parse(text)
            }

            fn bits(&self) -> Option<u128> {
                Some(self.0)
            }

            fn of_bits(bits: u128) -> Option<Self> {
                Some(Self(bits))
            }
        }

        serde_of_a_word!($name);
    };
}

prefixed_id!(
    /// A run, from the first answer to its receipt: `run_…`.
    RunId, "run_"
);
prefixed_id!(
    /// A grant of credits: `grant_…`.
    GrantId, "grant_"
);
prefixed_id!(
    /// Special terms for one customer: `ov_…`.
    OverrideId, "ov_"
);

prefixed_id!(
    /// An event that others are told: `evt_…`.
    EventId, "evt_"
);

impl fmt::Debug for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cmd_{:032x}", self.0)
    }
}
