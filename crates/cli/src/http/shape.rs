//! Shapes of JSON as tables: what a request may hold and what an answer holds.
//!
//! One table checks requests, names the field that is wrong, and makes the OpenAPI. It reads no
//! values: that is `read`. What a field means to the books is decided in the core.

use probity_core::id::is_caller_id;
use probity_core::{Amount, Length, Time};
use serde_json::{Map, Value};

/// What stands in a field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// An id that callers choose: 1–128 of `[A-Za-z0-9._:@-]`.
    Id,
    /// Text of at most so many bytes; lines of it may end, and tabs stand in it.
    Text(usize),
    /// Text of at most so many bytes, on one line: names of things.
    Line(usize),
    /// Credits: a decimal string.
    Credits,
    /// A whole number, 0 and up.
    Count,
    /// `true` or `false`.
    Flag,
    /// An instant in RFC 3339.
    Time,
    /// A day, `2027-06-30`.
    Day,
    /// A length in words, `10 minutes`.
    Length,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object of this shape.
    Of(&'static Shape),
    /// An array of at most so many.
    List(&'static Self, usize),
    /// An object with any keys; its values may be null where the flag says so.
    Map(&'static Self, bool),
    /// A price: credits, or an object by quantity.
    Price(&'static Shape),
    /// Units per window: `150 a month`, or an object.
    Allowance(&'static Shape),
    /// An object, looked at later.
    Object,
    /// An object of this shape, looked at later.
    Later(&'static Shape),
    /// Any JSON.
    Anything,
}

/// A field of a shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// In requests: must be there. In answers: is there and not null.
    pub(crate) required: bool,
    pub(crate) says: &'static str,
}

/// The shape of an object.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
    pub(crate) fields: &'static [Field],
}

/// A field that must be there.
pub(crate) const fn must(name: &'static str, kind: Kind, says: &'static str) -> Field {
    Field { name, kind, required: true, says }
}

/// A field that may be left out, or null.
pub(crate) const fn may(name: &'static str, kind: Kind, says: &'static str) -> Field {
    Field { name, kind, required: false, says }
}

/// What is wrong with a value, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invalid {
    pub(crate) field: String,
    pub(crate) reason: String,
}

impl Invalid {
    pub(crate) fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into() }
    }
}

/// The largest number that every reader of JSON keeps exactly.
const COUNT_AT_MOST: u64 = (1 << 53) - 1;

impl Shape {
    /// Is this object of the shape? `at` is where it stands: empty for the whole body.
    ///
    /// # Errors
    /// The first field that is not.
    pub(crate) fn check(&self, object: &Map<String, Value>, at: &str) -> Result<(), Invalid> {
        for key in object.keys() {
            if !self.fields.iter().any(|field| field.name == key) {
                return Err(Invalid::new(place(at, key), self.unknown(key)));
            }
        }
        for field in self.fields {
            let place = || place(at, field.name);
            match object.get(field.name) {
                None | Some(Value::Null) if field.required => {
                    return Err(Invalid::new(place(), format!("is missing: {}", field.says)));
                }
                None | Some(Value::Null) => {}
                Some(value) => field.kind.check(value, &place())?,
            }
        }
        Ok(())
    }

    fn unknown(&self, key: &str) -> String {
        let names = self.fields.iter().map(|field| field.name);
        let near = names.map(|name| (strsim::damerau_levenshtein(key, name), name)).min();
        match near {
            Some((distance, name)) if is_near(distance, name) => {
                format!("is no field here; did you mean `{name}`?")
            }
            _ if self.fields.is_empty() => "is no field here: nothing is taken".to_owned(),
            _ => {
                let names: Vec<_> = self.fields.iter().map(|field| field.name).collect();
                format!("is no field here; there are {}", names.join(", "))
            }
        }
    }
}

/// Do so few letters differ, for a name so long, that it was meant?
const fn is_near(distance: usize, name: &str) -> bool {
    distance * 3 <= name.len() || (distance <= 2 && distance * 2 <= name.len())
}

fn place(at: &str, name: &str) -> String {
    let name: String = name.chars().take(64).collect();
    if at.is_empty() { name } else { format!("{at}.{name}") }
}

impl Kind {
    fn check(&self, value: &Value, at: &str) -> Result<(), Invalid> {
        match self {
            Self::Of(shape) => shape.check(object(value, at)?, at),
            Self::List(kind, most) => list(kind, *most, value, at),
            Self::Map(kind, nullable) => map(kind, *nullable, value, at),
            Self::Price(shape) if value.is_object() => shape.check(object(value, at)?, at),
            Self::Price(_) => Self::Credits.check(value, at),
            Self::Allowance(shape) if value.is_object() => shape.check(object(value, at)?, at),
            Self::Object => object(value, at).map(|_| ()),
            Self::Anything | Self::Later(_) => Ok(()),
            plain => plain.wrong(value).map_or(Ok(()), |reason| Err(Invalid::new(at, reason))),
        }
    }

    /// What is wrong with a value that is no object and no array; None: nothing.
    fn wrong(&self, value: &Value) -> Option<String> {
        let text = value.as_str();
        match self {
            Self::Id => {
                let fits = text.is_some_and(is_caller_id);
                (!fits).then(|| "an id is text of 1 to 128 of A-Z a-z 0-9 . _ : @ -".to_owned())
            }
            Self::Text(most) => {
                let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
                short(text, *most, "text", is_control)
            }
            Self::Line(most) => short(text, *most, "text on one line", char::is_control),
            Self::Credits => match (value, text) {
                (Value::Number(n), _) => {
                    Some(format!("credits are decimal strings: write \"{n}\" in quotes"))
                }
                (_, Some(text)) => Amount::parse(text).err().map(|error| error.to_string()),
                _ => Some("credits are decimal strings, such as \"12.5\"".to_owned()),
            },
            Self::Count => {
                let fits = value.as_u64().is_some_and(|n| n <= COUNT_AT_MOST);
                (!fits).then(|| format!("a whole number from 0 to {COUNT_AT_MOST}"))
            }
            Self::Flag => (!value.is_boolean()).then(|| "true or false".to_owned()),
            Self::Time => {
                let fits = text.and_then(Time::parse).is_some();
                (!fits).then(|| "a time such as \"2026-12-24T00:00:00Z\"".to_owned())
            }
            Self::Day => {
                let fits = text.is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok());
                (!fits).then(|| "a day such as \"2027-06-30\"".to_owned())
            }
            Self::Length => {
                let fits = text.and_then(Length::parse).is_some();
                (!fits).then(|| "a length of time in words, such as \"20 minutes\"".to_owned())
            }
            Self::Word(words) => {
                let fits = text.is_some_and(|text| words.contains(&text));
                (!fits).then(|| format!("one of {}", words.join(", ")))
            }
            Self::Allowance(_) => {
                let fits = text.is_some_and(|text| super::read::allowance(text).is_some());
                (!fits).then(|| "units per window, such as \"150 a month\"".to_owned())
            }
            _ => None,
        }
    }
}

/// What is wrong with text that is to be short, and without letters that nobody sees.
fn short(text: Option<&str>, most: usize, what: &str, unseen: fn(char) -> bool) -> Option<String> {
    match text.filter(|text| text.len() <= most) {
        None => Some(format!("{what} of at most {most} bytes")),
        Some(text) if text.contains(unseen) => {
            Some(format!("{what}, without control characters: leave them out"))
        }
        Some(_) => None,
    }
}

fn object<'a>(value: &'a Value, at: &str) -> Result<&'a Map<String, Value>, Invalid> {
    value.as_object().ok_or_else(|| Invalid::new(at, "an object"))
}

fn list(kind: &Kind, most: usize, value: &Value, at: &str) -> Result<(), Invalid> {
    let items = value.as_array().ok_or_else(|| Invalid::new(at, "an array"))?;
    if items.len() > most {
        return Err(Invalid::new(at, format!("at most {most}")));
    }
    let mut items = items.iter().enumerate();
    items.try_for_each(|(i, item)| kind.check(item, &format!("{at}[{i}]")))
}

fn map(kind: &Kind, nullable: bool, value: &Value, at: &str) -> Result<(), Invalid> {
    for (key, value) in object(value, at)? {
        if key.is_empty() || key.len() > 200 {
            return Err(Invalid::new(at, "keys have 1 to 200 bytes"));
        }
        if key.contains(char::is_control) {
            return Err(Invalid::new(at, "keys have no control characters: leave them out"));
        }
        if !(nullable && value.is_null()) {
            kind.check(value, &place(at, key))?;
        }
    }
    Ok(())
}
