//! Where things stand in the files: the span of any key path.
//!
//! The lint and the diff point at a contract's lines by the path of a key. They never see the tree.

use super::tree::{Node, Value};
use crate::diagnostic::{FileKind, Place};
use std::collections::BTreeMap;
use std::ops::Range;

/// The places of everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub(super) contract: Option<Node>,
    pub(super) operations: Option<Node>,
    pub(super) prices: BTreeMap<String, Range<usize>>,
}

impl Places {
    /// The value at a path of keys, such as `["actions", "map_market", "unit"]`; items of lists are
    /// counted from `"0"`. Where it does not exist: the key of its nearest ancestor that does.
    #[must_use]
    pub fn value(&self, file: FileKind, path: &[&str]) -> Place {
        self.find(file, path, |step| step.value.clone())
    }

    /// The key at a path of keys. Where it does not exist: that of its nearest ancestor.
    #[must_use]
    pub fn key(&self, file: FileKind, path: &[&str]) -> Place {
        self.find(file, path, |step| step.key.clone())
    }

    /// Is there something at this path?
    #[must_use]
    pub fn has(&self, file: FileKind, path: &[&str]) -> bool {
        self.walk(file, path).0.len() == path.len()
    }

    /// Could this file be read as a whole, whatever is wrong within it?
    #[must_use]
    pub fn has_file(&self, file: FileKind) -> bool {
        match file {
            FileKind::Contract => self.contract.is_some(),
            FileKind::Operations => self.operations.is_some(),
            FileKind::Prices => !self.prices.is_empty(),
            FileKind::Deployment => false,
        }
    }

    /// The text of the single value at a path, as written, whatever else is wrong with the file.
    #[must_use]
    pub fn text(&self, file: FileKind, path: &[&str]) -> Option<&str> {
        let root = match file {
            FileKind::Contract => self.contract.as_ref(),
            FileKind::Operations => self.operations.as_ref(),
            FileKind::Prices | FileKind::Deployment => None,
        };
        let node = path.iter().try_fold(root?, |node, key| node.get(key))?;
        match &node.value {
            Value::Scalar(scalar) if !node.is_nothing() => Some(&scalar.text),
            _ => None,
        }
    }

    fn find(&self, file: FileKind, path: &[&str], choose: impl Fn(&Step) -> Range<usize>) -> Place {
        let (steps, start) = self.walk(file, path);
        let span = match steps.last() {
            Some(step) if steps.len() == path.len() => choose(step),
            Some(ancestor) => ancestor.key.clone(),
            None => start,
        };
        Place { file, span }
    }

    /// The steps of a path that exist, and where the file begins.
    fn walk(&self, file: FileKind, path: &[&str]) -> (Vec<Step>, Range<usize>) {
        let root = match file {
            FileKind::Contract => self.contract.as_ref(),
            FileKind::Operations => self.operations.as_ref(),
            FileKind::Prices => return (self.model(path), 0..0),
            FileKind::Deployment => return (Vec::new(), 0..0),
        };
        let Some(root) = root else { return (Vec::new(), 0..0) };
        let mut steps = Vec::new();
        let mut node = root;
        for name in path {
            let Some((step, next)) = step_into(node, name) else { break };
            steps.push(step);
            node = next;
        }
        (steps, first_key(root))
    }

    /// A model of the price map; what stands within it has no place of its own.
    fn model(&self, path: &[&str]) -> Vec<Step> {
        path.first()
            .and_then(|name| self.prices.get(*name))
            .map(|span| Step { key: span.clone(), value: span.clone() })
            .into_iter()
            .collect()
    }
}

/// One step of a path: the spans of a key and of its value.
struct Step {
    key: Range<usize>,
    value: Range<usize>,
}

fn step_into<'t>(node: &'t Node, name: &str) -> Option<(Step, &'t Node)> {
    match &node.value {
        Value::Map(_) => node.entry(name).map(|e| {
            let value = if e.value.is_nothing() { &e.key_span } else { &e.value.span };
            (Step { key: e.key_span.clone(), value: value.clone() }, &e.value)
        }),
        Value::List(items) => name
            .parse()
            .ok()
            .and_then(|n: usize| items.get(n))
            .map(|item| (Step { key: item.span.clone(), value: item.span.clone() }, item)),
        Value::Scalar(_) | Value::Refused => None,
    }
}

/// The first key of a file, to point at when nothing better is there.
fn first_key(root: &Node) -> Range<usize> {
    match &root.value {
        Value::Map(map) => map.entries().first().map_or(0..0, |e| e.key_span.clone()),
        _ => root.span.clone(),
    }
}
