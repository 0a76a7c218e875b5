//! Reading values out of an object whose shape was checked: what does not fit is not there.

use probity_core::contract::{Allowance, Price, Tariff};
use probity_core::{Amount, Length, Name, Per, Time};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// An object of a shape that was checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read<'a>(pub(crate) &'a Map<String, Value>);

impl<'a> Read<'a> {
    fn value(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// It is there, as null or as something.
    pub(crate) fn has(self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn text(self, name: &str) -> Option<&'a str> {
        self.value(name)?.as_str()
    }

    pub(crate) fn string(self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    pub(crate) fn name(self, name: &str) -> Option<Name> {
        self.text(name).map(Name::new)
    }

    pub(crate) fn credits(self, name: &str) -> Option<Amount> {
        Amount::parse(self.text(name)?).ok()
    }

    pub(crate) fn count(self, name: &str) -> Option<u64> {
        self.value(name)?.as_u64()
    }

    /// A count that is kept in 32 bits; what is larger is too large anyway.
    pub(crate) fn small(self, name: &str) -> Option<u32> {
        self.count(name).map(|n| u32::try_from(n).unwrap_or(u32::MAX))
    }

    pub(crate) fn flag(self, name: &str) -> Option<bool> {
        self.value(name)?.as_bool()
    }

    pub(crate) fn time(self, name: &str) -> Option<Time> {
        Time::parse(self.text(name)?)
    }

    pub(crate) fn length(self, name: &str) -> Option<Length> {
        Length::parse(self.text(name)?)
    }

    pub(crate) fn object(self, name: &str) -> Option<Self> {
        self.value(name)?.as_object().map(Self)
    }

    /// The objects of an array; nothing where there is none.
    pub(crate) fn objects(self, name: &str) -> impl Iterator<Item = Self> {
        let items = self.value(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(|item| item.as_object().map(Self))
    }

    /// The values of an array.
    pub(crate) fn list(self, name: &str) -> Option<&'a [Value]> {
        self.value(name)?.as_array().map(Vec::as_slice)
    }

    /// It is there, as something.
    pub(crate) fn is(self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// The objects in an object, by their keys.
    pub(crate) fn objects_of(self, name: &str) -> impl Iterator<Item = (&'a String, Self)> {
        self.pairs(name).filter_map(|(key, value)| Some((key, Self(value.as_object()?))))
    }

    /// The keys and values of an object; nothing where there is none.
    pub(crate) fn pairs(self, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.object(name).into_iter().flat_map(|object| object.0.iter())
    }

    /// An object of texts; what is no text is written as JSON, nulls are left out.
    pub(crate) fn texts(self, name: &str) -> BTreeMap<String, String> {
        let texts = self.pairs(name).filter_map(|(key, value)| match value {
            Value::Null => None,
            Value::String(text) => Some((key.clone(), text.clone())),
            other => Some((key.clone(), other.to_string())),
        });
        texts.collect()
    }

    /// A word of an enumeration that serde reads.
    pub(crate) fn word<T: serde::de::DeserializeOwned>(self, name: &str) -> Option<T> {
        serde_json::from_value(self.value(name)?.clone()).ok()
    }
}

/// `150 a month`, or an object of units and window.
pub(crate) fn allowance_of(value: &Value) -> Option<Allowance> {
    match value {
        Value::String(text) => allowance(text),
        Value::Object(object) => {
            let read = Read(object);
            let per = Per::parse(read.text("per")?)?;
            Some(Allowance { units: read.count("units")?, per })
        }
        _ => None,
    }
}

/// `150 a month`.
pub(crate) fn allowance(text: &str) -> Option<Allowance> {
    let (units, per) = text.split_once(" a ")?;
    let is_plain = units.bytes().all(|b| b.is_ascii_digit());
    Some(Allowance { units: units.parse().ok().filter(|_| is_plain)?, per: Per::parse(per)? })
}

/// Credits, or an object by quantity.
pub(crate) fn price(value: &Value) -> Option<Price> {
    let (credits, on_your_key) = match value {
        Value::String(text) => (Tariff::Fixed(Amount::parse(text).ok()?), false),
        Value::Object(object) => {
            let read = Read(object);
            let tariff = match (read.credits("each"), read.credits("credits")) {
                (Some(each), _) => Tariff::Each {
                    each,
                    at_least: read.credits("at_least"),
                    at_most: read.credits("at_most"),
                    up_to: read.count("up_to"),
                },
                (None, Some(fixed)) => Tariff::Fixed(fixed),
                (None, None) => Tariff::Free,
            };
            (tariff, read.flag("on_your_key").unwrap_or(false))
        }
        _ => return None,
    };
    let credits = if credits == Tariff::Fixed(Amount::ZERO) { Tariff::Free } else { credits };
    Some(Price { credits, on_your_key })
}
