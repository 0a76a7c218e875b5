//! The names that a contract's files define, gathered before any section is read.
//!
//! So a reference can be checked wherever it stands, also when what it refers to has problems.

use super::shape::Kind;
use super::tree::{Node, Value};
use std::collections::BTreeSet;

/// The names by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    actions: BTreeSet<String>,
    plans: BTreeSet<String>,
    models: BTreeSet<String>,
    services: BTreeSet<String>,
    roles: BTreeSet<String>,
    /// Without a contract that could be read, any of its names may be used.
    has_contract: bool,
    /// Without `who_may`, any role may be named.
    has_roles: bool,
}

impl Names {
    /// The names that these files define.
    pub(super) fn of_files(contract: Option<&Node>, operations: Option<&Node>) -> Self {
        let roles = keys(operations, &["overrides", "who_may"]);
        Self {
            actions: keys(contract, &["actions"]),
            plans: keys(contract, &["plans"]),
            models: keys(contract, &["models"]),
            services: keys(operations, &["costs", "services"]),
            has_contract: contract.is_some(),
            has_roles: !roles.is_empty(),
            roles,
        }
    }

    /// The names of a kind that must be defined; None for kinds that anyone may name.
    pub(super) const fn of(&self, kind: Kind) -> Option<&BTreeSet<String>> {
        match kind {
            Kind::Action if self.has_contract => Some(&self.actions),
            Kind::Plan if self.has_contract => Some(&self.plans),
            Kind::ModelClass if self.has_contract => Some(&self.models),
            Kind::Service => Some(&self.services),
            Kind::Role if self.has_roles => Some(&self.roles),
            _ => None,
        }
    }
}

fn keys(root: Option<&Node>, path: &[&str]) -> BTreeSet<String> {
    let node = root.and_then(|root| path.iter().try_fold(root, |node, key| node.get(key)));
    match node.map(|n| &n.value) {
        Some(Value::Map(map)) => map.entries().iter().map(|e| e.key.clone()).collect(),
        _ => BTreeSet::new(),
    }
}
