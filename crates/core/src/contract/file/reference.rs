//! The reference: every key of the two files with its meaning, rule, default and example.
//!
//! Made from the tables that read them, so that it can neither forget a key nor invent one.

use super::contract::CONTRACT;
use super::operations::OPERATIONS;
use super::shape::{Key, Keys, Shape};
use crate::diagnostic::FileKind;

/// One key of the reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyEntry {
    /// Which file.
    pub file: FileKind,
    /// Its path, with `*` where a name stands: `actions.*.price`.
    pub path: String,
    /// What it means, in one line.
    pub summary: &'static str,
    /// The heading whose rule it feeds, in `deciding.md`, `contract.md` or `words.md`.
    pub rule: &'static str,
    /// What it may hold, in words.
    pub holds: String,
    /// What holds where it is left out; empty where it must be there.
    pub default: &'static str,
    /// An example value, as written; empty for sections.
    pub example: &'static str,
    /// Must it be there?
    pub required: bool,
}

/// Every key of `contract.yaml`, then of `operations.yaml`, in the order of the documentation.
#[must_use]
pub fn keys() -> Vec<KeyEntry> {
    let mut all = Vec::new();
    walk(FileKind::Contract, "", &CONTRACT, &mut all);
    walk(FileKind::Operations, "", &OPERATIONS, &mut all);
    all
}

/// Every key of one file that has these keys at its top.
#[must_use]
pub fn keys_of(file: FileKind, top: &Keys) -> Vec<KeyEntry> {
    let mut all = Vec::new();
    walk(file, "", top, &mut all);
    all
}

fn walk(file: FileKind, above: &str, keys: &Keys, all: &mut Vec<KeyEntry>) {
    for key in keys.list {
        let path = if above.is_empty() { key.name.into() } else { format!("{above}.{}", key.name) };
        all.push(entry(file, path.clone(), key));
        into_shape(file, &path, &key.shape, all);
    }
}

fn into_shape(file: FileKind, path: &str, shape: &Shape, all: &mut Vec<KeyEntry>) {
    match shape {
        Shape::Keys(keys) => walk(file, path, keys, all),
        Shape::Named(_, inner) | Shape::List(inner) => {
            into_shape(file, &format!("{path}.*"), inner, all);
        }
        Shape::Either(shapes) => {
            for inner in *shapes {
                into_shape(file, path, inner, all);
            }
        }
        _ => {}
    }
}

fn entry(file: FileKind, path: String, key: &Key) -> KeyEntry {
    KeyEntry {
        file,
        path,
        summary: key.summary,
        rule: key.rule,
        holds: holds(&key.shape),
        default: key.default,
        example: key.example,
        required: key.required,
    }
}

fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Keys(_) => "a section".to_owned(),
        Shape::Named(kind, inner) => format!("for each {}: {}", kind.word(), holds(inner)),
        Shape::List(Shape::Name(kind)) => {
            format!("a list of names of {}", crate::phrase::plural(kind.word()))
        }
        Shape::List(Shape::Text) => "a list of texts".to_owned(),
        Shape::List(inner) => format!("a list, each {}", holds(inner)),
        Shape::Text => "a text".to_owned(),
        Shape::Name(kind) => format!("the name of {}", kind.a()),
        Shape::Whole(least, most) => format!("a whole number from {least} to {most}"),
        Shape::Literal(form) | Shape::Number(form) => form.says.to_owned(),
        Shape::Word(words) => super::suggest::either(words()),
        Shape::Switch => "true or false".to_owned(),
        Shape::Either(shapes) => shapes.iter().map(holds).collect::<Vec<_>>().join(", or "),
    }
}
