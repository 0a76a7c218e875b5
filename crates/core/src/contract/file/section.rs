//! A section of a file, opened by its table of keys.
//!
//! Opening reports the keys that do not belong and those that are missing; getting reads one key.

use super::literals::Literal;
use super::problems::Problem;
use super::reader::Reader;
use super::shape::{Key, Keys, Kind, Shape, Word};
use super::suggest::{listed, quoted};
use super::tree::{Entry, Map, Node};
use crate::id::Name;

/// An opened section.
#[derive(Clone, Copy)]
pub struct Section<'t> {
    node: &'t Node,
    map: &'t Map,
    keys: &'static Keys,
}

impl<'t> Section<'t> {
    /// Opens a node as a section with these keys; None where it is no section.
    pub fn open(r: &mut Reader<'_>, node: &'t Node, keys: &'static Keys) -> Option<Self> {
        let map = r.map(node, keys.of, &keys.names())?;
        let is_unknown = |entry: &&Entry| keys.list.iter().all(|key| key.name != entry.key);
        let mut meant = Vec::new();
        for entry in map.entries().iter().filter(is_unknown) {
            meant.extend(unknown_key(r, entry, keys));
        }
        for key in keys.list.iter().filter(|key| key.required && !meant.contains(&key.name)) {
            if map.entry(key.name).is_none() {
                missing_key(r, node, key, keys);
            }
        }
        Some(Self { node, map, keys })
    }

    /// The value of a key, if it is written.
    pub fn at(&self, key: &str) -> Option<&'t Node> {
        self.map.entry(key).map(|e| &e.value)
    }

    /// The value of a key, or the whole section where it is not written: to point at.
    pub fn near(&self, key: &str) -> &'t Node {
        self.at(key).unwrap_or(self.node)
    }

    /// Has it keys that do not belong? They are reported.
    #[must_use]
    pub fn has_unknown_keys(&self) -> bool {
        let is_known = |name: &str| self.keys.list.iter().any(|key| key.name == name);
        self.map.entries().iter().any(|entry| !is_known(&entry.key))
    }

    /// Reads a key; None where it is not written or was refused.
    pub fn get<T>(
        &self,
        r: &mut Reader<'_>,
        key: &str,
        read: impl FnOnce(&mut Reader<'_>, &'t Node) -> Option<T>,
    ) -> Option<T> {
        let entry = self.map.entry(key)?;
        if entry.value.is_nothing() {
            nothing(r, entry);
            return None;
        }
        read(r, &entry.value)
    }

    /// Reads a text.
    pub fn text(&self, r: &mut Reader<'_>, key: &str) -> Option<String> {
        self.get(r, key, |r, node| r.text(node))
    }

    /// Reads a literal.
    pub fn literal<T>(&self, r: &mut Reader<'_>, key: &str, literal: &Literal<T>) -> Option<T> {
        self.get(r, key, |r, node| r.literal(node, literal))
    }

    /// Reads one word of a closed list.
    pub fn word<T: Word>(&self, r: &mut Reader<'_>, key: &str) -> Option<T> {
        self.get(r, key, |r, node| r.word(node))
    }

    /// Reads a whole number within the bounds of the table.
    pub fn whole(&self, r: &mut Reader<'_>, key: &str) -> Option<u64> {
        let found = self.keys.list.iter().find(|k| k.name == key);
        let Some(Key { shape: Shape::Whole(least, most), .. }) = found else { return None };
        self.get(r, key, |r, node| r.whole(node, *least, *most))
    }

    /// Reads a whole number that the table bounds to what fits.
    pub fn count(&self, r: &mut Reader<'_>, key: &str) -> Option<u32> {
        self.whole(r, key).and_then(|n| u32::try_from(n).ok())
    }

    /// Reads a name.
    pub fn name(&self, r: &mut Reader<'_>, key: &str, kind: Kind) -> Option<Name> {
        self.get(r, key, |r, node| r.name(node, kind))
    }

    /// Reads a section whose keys are names, each value alike.
    pub fn named<T>(
        &self,
        r: &mut Reader<'_>,
        key: &str,
        kind: Kind,
        read: impl Fn(&mut Reader<'_>, &Name, &'t Node) -> Option<T>,
    ) -> Option<Vec<(Name, T)>> {
        self.get(r, key, |r, node| named(r, node, kind, read))
    }
}

/// A section whose keys are names, each value read alike: the rows that could be read.
pub(super) fn named<'t, T>(
    r: &mut Reader<'_>,
    node: &'t Node,
    kind: Kind,
    read: impl Fn(&mut Reader<'_>, &Name, &'t Node) -> Option<T>,
) -> Option<Vec<(Name, T)>> {
    let map = r.map(node, &format!("a section with a line for each {}", kind.word()), &[])?;
    let mut rows = Vec::new();
    for entry in map.entries() {
        let name = r.key_name(entry, kind);
        if entry.value.is_nothing() {
            nothing(r, entry);
            continue;
        }
        let at_least_its_text = name.clone().unwrap_or_else(|| Name::new(&entry.key));
        let value = read(r, &at_least_its_text, &entry.value);
        rows.extend(name.zip(value));
    }
    Some(rows)
}

fn nothing(r: &mut Reader<'_>, entry: &Entry) {
    let message = format!("{} has no value.", quoted(&entry.key));
    let fix = "Write a value after the colon, or delete the line.";
    r.findings.add(Problem::WrongShape, entry.key_span.clone(), message, fix);
}

/// Reports an unknown key; gives back the key that was surely meant.
fn unknown_key(r: &mut Reader<'_>, entry: &Entry, keys: &Keys) -> Option<&'static str> {
    let message = format!("{} is not a key of {}.", quoted(&entry.key), keys.of);
    let all = keys.list.iter().map(|key| key.name);
    let near = r.closest(&entry.key, all.clone());
    let fix = match near {
        Some(near) => {
            format!("Did you mean `{near}`? The keys of {} are {}.", keys.of, listed(all))
        }
        None => format!("Delete it. The keys of {} are {}.", keys.of, listed(all)),
    };
    let span = entry.key_span.clone();
    r.findings.add(Problem::UnknownKey, span, message, fix);
    near
}

fn missing_key(r: &mut Reader<'_>, node: &Node, key: &Key, keys: &Keys) {
    let message = format!("`{}` is missing from {}.", key.name, keys.of);
    let fix = match key.example {
        "" => format!("Add `{}:`. {}", key.name, key.summary),
        example => format!("Add a line such as `{}: {example}`. {}", key.name, key.summary),
    };
    r.findings.add(Problem::MissingKey, node.key.clone(), message, fix);
}
