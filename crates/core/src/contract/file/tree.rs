//! A YAML file as a tree in which every key and value knows its bytes.
//!
//! Scalars keep their text exactly as written: nothing is turned into a number here, so that no
//! binary float can ever stand between a file and a price. It knows no keys and judges no values.

use std::collections::BTreeMap;
use std::ops::Range;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Bytes in the file; from the first key to the end of the last value for a mapping.
    pub span: Range<usize>,
    /// Bytes of the key it stands under; its own beginning where there is none.
    pub key: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Value {
    /// A single value.
    Scalar(Scalar),
    /// `[a, b]`, or lines with dashes.
    List(Vec<Node>),
    /// Keys and values.
    Map(Map),
    /// Something that was refused while the tree was built: already reported.
    Refused,
}

/// A single value as written.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// Its text, after escapes.
    pub text: String,
    /// Was it written without quotes?
    pub plain: bool,
}

/// Keys and values in the order of the file; each key once.
#[derive(Clone, Debug, Default)]
pub struct Map {
    entries: Vec<Entry>,
    by_key: BTreeMap<String, usize>,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// The key's bytes.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Node,
}

impl Map {
    /// Adds an entry; where the key is there already, the first stays and its place is given back.
    pub(super) fn push(&mut self, entry: Entry) -> Result<(), Range<usize>> {
        if let Some(first) = self.entry(&entry.key) {
            return Err(first.key_span.clone());
        }
        self.by_key.insert(entry.key.clone(), self.entries.len());
        self.entries.push(entry);
        Ok(())
    }

    /// The entry of this key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.by_key.get(key).and_then(|&n| self.entries.get(n))
    }

    /// All of them, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

impl Node {
    /// A node that stands under no key (yet).
    pub(super) fn new(span: Range<usize>, value: Value) -> Self {
        let key = match &value {
            Value::Map(map) => map.entries().first().map(|e| e.key_span.clone()),
            _ => None,
        };
        Self { key: key.unwrap_or_else(|| span.clone()), span, value }
    }

    /// The entry of this key, if this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(map) => map.entry(key),
            _ => None,
        }
    }

    /// The value of this key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|e| &e.value)
    }

    /// What to underline: a value, but of a section its key.
    pub fn shown(&self) -> Range<usize> {
        match self.value {
            Value::Map(_) => self.key.clone(),
            _ => self.span.clone(),
        }
    }

    /// Is nothing written here?
    pub fn is_nothing(&self) -> bool {
        matches!(&self.value, Value::Scalar(s) if s.plain && self.span.is_empty())
    }
}

impl Scalar {
    /// What YAML readers of either version take a plain text for, if not for text.
    pub fn taken_for(&self) -> Option<&'static str> {
        if self.plain { taken_for(&self.text) } else { None }
    }
}

/// What YAML 1.1 or 1.2 readers make of an unquoted text that is no text to them.
fn taken_for(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "~" | "null" => Some("nothing"),
        "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" => Some("a boolean"),
        _ if looks_like_a_date(text) => Some("a date"),
        _ if looks_like_a_number(&lower) => Some("a number"),
        _ => None,
    }
}

/// `2026-11-01`, also with a time behind it.
fn looks_like_a_date(text: &str) -> bool {
    let shape: String =
        text.chars().take(10).map(|c| if c.is_ascii_digit() { 'd' } else { c }).collect();
    shape == "dddd-dd-dd"
}

/// Integers, decimals, octal, hexadecimal, exponents, infinities and `12:30` of YAML 1.1.
fn looks_like_a_number(lower: &str) -> bool {
    let bare = lower.strip_prefix(['+', '-']).unwrap_or(lower);
    let first = bare.strip_prefix('.').unwrap_or(bare);
    matches!(bare, ".inf" | ".nan")
        || (first.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_hexdigit() || "xo_.:+-".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::taken_for;

    #[test]
    fn words_that_readers_disagree_on_are_known() {
        for text in ["no", "Off", "YES", "y", "true"] {
            assert_eq!(taken_for(text), Some("a boolean"), "{text}");
        }
        for text in ["12", "-1", "0o17", "010", "1e3", "0x1F", "1_000", "12:30", ".5", ".inf"] {
            assert_eq!(taken_for(text), Some("a number"), "{text}");
        }
        assert_eq!(taken_for("2026-11-01"), Some("a date"));
        assert_eq!(taken_for("~"), Some("nothing"));
        for text in ["5 credits", "free", "$0.10", "gpt-4.1", "3 times", "none", "80%", "a"] {
            assert_eq!(taken_for(text), None, "{text}");
        }
    }
}
