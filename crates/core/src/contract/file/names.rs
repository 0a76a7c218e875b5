//! The names that a contract's files define, gathered before any section is read.
//!
//! So a reference can be checked wherever it stands, also when what it refers to has problems. Where
//! a section itself is missing, misspelt or badly named, that is the one problem: then any name may
//! be used, so that its mistake is not repeated at every reference.

use super::shape::Kind;
use super::suggest::closest;
use super::tree::{Node, Value};
use std::collections::BTreeSet;

/// The names by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    actions: Defined,
    plans: Defined,
    models: Defined,
    services: Defined,
    roles: Defined,
}

/// The names under one section.
#[derive(Clone, Debug, Default)]
struct Defined {
    names: BTreeSet<String>,
    /// Are these all, each as it is meant? Else any name may be used.
    is_whole: bool,
}

impl Names {
    /// The names that these files define.
    pub(super) fn of_files(contract: Option<&Node>, operations: Option<&Node>) -> Self {
        Self {
            actions: defined(contract, &["actions"], Without::Unknown),
            plans: defined(contract, &["plans"], Without::Unknown),
            models: defined(contract, &["models"], Without::None),
            services: defined(operations, &["costs", "services"], Without::None),
            roles: defined(operations, &["overrides", "who_may"], Without::Unknown),
        }
    }

    /// The names of a kind that must be defined; None for kinds that anyone may name.
    pub(super) fn of(&self, kind: Kind) -> Option<&BTreeSet<String>> {
        self.defined(kind).filter(|defined| defined.is_whole).map(|defined| &defined.names)
    }

    /// Is this name defined, however well?
    pub(super) fn has(&self, kind: Kind, name: &str) -> bool {
        self.defined(kind).is_some_and(|defined| defined.names.contains(name))
    }

    const fn defined(&self, kind: Kind) -> Option<&Defined> {
        match kind {
            Kind::Action => Some(&self.actions),
            Kind::Plan => Some(&self.plans),
            Kind::ModelClass => Some(&self.models),
            Kind::Service => Some(&self.services),
            Kind::Role => Some(&self.roles),
            _ => None,
        }
    }
}

/// What holds where a section is not there at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without {
    /// There are no such names.
    None,
    /// Nothing is known of them: the section must be there, or names are free without it.
    Unknown,
}

/// The names under a section. Not whole: the file or the section cannot be read, its key is
/// misspelt, or one of its names is.
fn defined(root: Option<&Node>, path: &[&str], without: Without) -> Defined {
    let Some(root) = root else { return Defined::default() };
    let mut node = root;
    for key in path {
        match node.get(key) {
            Some(next) => node = next,
            None => {
                let is_whole = without == Without::None && !is_misspelt(node, key);
                return Defined { names: BTreeSet::new(), is_whole };
            }
        }
    }
    let Value::Map(map) = &node.value else { return Defined::default() };
    let names: BTreeSet<String> = map.entries().iter().map(|e| e.key.clone()).collect();
    let is_whole = names.iter().all(|name| Kind::New("name").fits(name));
    Defined { names, is_whole }
}

/// Does a section have a key that was surely meant to be this one?
fn is_misspelt(node: &Node, key: &str) -> bool {
    match &node.value {
        Value::Map(map) => map.entries().iter().any(|e| closest(&e.key, [key]).is_some()),
        _ => true,
    }
}
