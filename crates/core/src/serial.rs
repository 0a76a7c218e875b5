//! How values of one word are serialised: as their text wherever people may read it, which is JSON
//! everywhere; as a number where nobody does, which is snapshots. Both are read, whichever comes.
//!
//! Text is read where it stands: no copy is made of it.

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;
use std::fmt;

/// A value that has a text, and may have a number that says the same.
pub(crate) trait Word: Sized + fmt::Display {
    /// What it is, for whoever wrote something else.
    const WHAT: &'static str;

    /// Reads its text.
    fn of_text(text: &str) -> Option<Self>;

    /// Its text, where it is kept as one.
    fn text(&self) -> Option<&str> {
        None
    }

    /// Its number, where it has one.
    fn number(&self) -> Option<i64> {
        None
    }

    /// Reads its number.
    fn of_number(_: i64) -> Option<Self> {
        None
    }

    /// Its 128 bits, where it has them.
    fn bits(&self) -> Option<u128> {
        None
    }

    /// Reads its 128 bits.
    fn of_bits(_: u128) -> Option<Self> {
        None
    }
}

/// Writes one down.
pub(crate) fn write<T: Word, S: Serializer>(value: &T, s: S) -> Result<S::Ok, S::Error> {
    if let Some(text) = value.text() {
        return s.serialize_str(text);
    }
    if !s.is_human_readable() {
        if let Some(number) = value.number() {
            return s.serialize_i64(number);
        }
        if let Some(bits) = value.bits() {
            return s.serialize_bytes(&bits.to_be_bytes());
        }
    }
    s.collect_str(value)
}

/// Reads one back.
pub(crate) fn read<'de, T: Word, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    let reading = Reading(std::marker::PhantomData);
    if d.is_human_readable() { d.deserialize_str(reading) } else { d.deserialize_any(reading) }
}

struct Reading<T>(std::marker::PhantomData<T>);

impl<T: Word> Visitor<'_> for Reading<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::WHAT)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::of_text(text).ok_or_else(|| E::custom(format_args!("not {}", T::WHAT)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::of_number(number).ok_or_else(|| E::custom(format_args!("not {}", T::WHAT)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let number = i64::try_from(number);
        self.visit_i64(number.map_err(|_| E::custom(format_args!("not {}", T::WHAT)))?)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<T, E> {
        let bits = bytes.try_into().ok().map(u128::from_be_bytes).and_then(T::of_bits);
        bits.ok_or_else(|| E::custom(format_args!("not {}", T::WHAT)))
    }
}

/// The serde of a word.
macro_rules! serde_of_a_word {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                crate::serial::write(self, s)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                crate::serial::read(d)
            }
        }
    };
}
pub(crate) use serde_of_a_word;
