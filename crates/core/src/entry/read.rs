//! Reading entries back: what happened is read as it comes, because its word stands before it. The
//! way that is derived would keep all of it in between, for each entry of every customer.

use super::{Entry, Facts};
use crate::id::Name;
use serde::de::value::{BorrowedStrDeserializer, CowStrDeserializer, MapAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_map(Reading)
    }
}

struct Reading;

/// A word, borrowed from the text where it can be.
struct Word<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Word<'de> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = Word<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word")
            }

            fn visit_borrowed_str<E>(self, word: &'de str) -> Result<Word<'de>, E> {
                Ok(Word(Cow::Borrowed(word)))
            }

            fn visit_str<E>(self, word: &str) -> Result<Word<'de>, E> {
                Ok(Word(Cow::Owned(word.to_owned())))
            }
        }
        d.deserialize_str(Words)
    }
}

impl<'de> Visitor<'de> for Reading {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entry")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
        let (mut at, mut by, mut run, mut shadow) = (None, None::<Name>, None, None);
        let (mut contract, mut operations, mut seq, mut transfers) = (None, None, None, None);
        let (mut command, mut facts) = (None::<Word<'de>>, None);
        while let Some(Word(key)) = map.next_key()? {
            match &*key {
                "at" => at = Some(map.next_value()?),
                "by" => by = Some(map.next_value()?),
                "command" => command = Some(map.next_value()?),
                "contract" => contract = Some(map.next_value()?),
                "facts" => {
                    let Word(word) =
                        command.take().ok_or_else(|| A::Error::missing_field("command"))?;
                    let happened = Happened { word: Some(word), facts: Some(&mut map) };
                    facts = Some(Facts::deserialize(MapAccessDeserializer::new(happened))?);
                }
                "operations" => operations = Some(map.next_value()?),
                "run" => run = map.next_value()?,
                "seq" => seq = Some(map.next_value()?),
                "shadow" => shadow = map.next_value()?,
                "transfers" => transfers = Some(map.next_value()?),
                _ => drop(map.next_value::<serde::de::IgnoredAny>()?),
            }
        }
        let missing = A::Error::missing_field;
        Ok(Entry {
            at: at.ok_or_else(|| missing("at"))?,
            by: by.ok_or_else(|| missing("by"))?,
            contract: contract.ok_or_else(|| missing("contract"))?,
            facts: facts.ok_or_else(|| missing("facts"))?,
            operations: operations.ok_or_else(|| missing("operations"))?,
            run,
            seq: seq.ok_or_else(|| missing("seq"))?,
            shadow,
            transfers: transfers.ok_or_else(|| missing("transfers"))?,
        })
    }
}

/// The command's word and then what stands under `facts`, as an object of these two.
struct Happened<'m, 'de, A> {
    word: Option<Cow<'de, str>>,
    facts: Option<&'m mut A>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Happened<'_, 'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let key = match (&self.word, &self.facts) {
            (Some(_), _) => "command",
            (None, Some(_)) => "facts",
            (None, None) => return Ok(None),
        };
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match (self.word.take(), self.facts.take()) {
            (Some(word), facts) => {
                self.facts = facts;
                seed.deserialize(CowStrDeserializer::new(word))
            }
            (None, Some(facts)) => facts.next_value_seed(seed),
            (None, None) => Err(A::Error::custom("nothing is left of it")),
        }
    }
}
