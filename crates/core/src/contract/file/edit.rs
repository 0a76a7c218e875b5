//! Changing only how far a contract is rolled out, in the text of its operations: everything else of
//! the file stays as it was, byte for byte, comments too.
//!
//! Text is spliced at the places that the tree knows, and the result is read again: what it says
//! otherwise than wanted, or of anything else, is refused and nothing is changed.

use super::findings::Findings;
use super::tree::{Node, Value};
use super::{Sources, parse, read};
use crate::contract::{Mode, Operations, Percent, Rollout};
use crate::diagnostic::FileKind;
use crate::id::Name;
use std::ops::Range;

/// What a mode is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RolledOut {
    /// Where neither an action nor a plan is listed.
    Default,
    /// An action.
    Action(Name),
    /// A plan.
    Plan(Name),
}

impl RolledOut {
    /// The mode that is written for it; None: the default applies.
    #[must_use]
    pub fn mode(&self, rollout: &Rollout) -> Option<Mode> {
        match self {
            Self::Default => Some(rollout.default),
            Self::Action(id) => rollout.actions.get(id).copied(),
            Self::Plan(id) => rollout.plans.get(id).copied(),
        }
    }

    fn path(&self) -> Vec<&str> {
        match self {
            Self::Default => vec![ROLLOUT, "default"],
            Self::Action(id) => vec![ROLLOUT, "actions", id],
            Self::Plan(id) => vec![ROLLOUT, "plans", id],
        }
    }
}

const ROLLOUT: &str = "rollout";

/// What is to change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolloutChange {
    /// The mode of something.
    pub mode: Option<(RolledOut, Mode)>,
    /// The share of customers it applies to.
    pub share: Option<Percent>,
}

impl RolloutChange {
    /// The roll-out with this change in it.
    #[must_use]
    pub fn of(&self, rollout: &Rollout) -> Rollout {
        let mut changed = rollout.clone();
        match &self.mode {
            Some((RolledOut::Default, mode)) => changed.default = *mode,
            Some((RolledOut::Action(id), mode)) => {
                changed.actions.insert(id.clone(), *mode);
            }
            Some((RolledOut::Plan(id), mode)) => {
                changed.plans.insert(id.clone(), *mode);
            }
            None => {}
        }
        if let Some(share) = self.share {
            changed.share = share;
        }
        changed
    }
}

/// Why a text cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotEdit {
    /// The files have errors, so what they say is not known.
    NotRead,
    /// It is written in a way that this cannot splice: it is to be changed by hand.
    ByHand,
}

/// The text of the operations with a change of the roll-out; where there is none, a new one.
///
/// # Errors
/// [`CannotEdit`]; a text that would say anything else otherwise is never given out.
pub fn with_rollout(sources: &Sources<'_>, change: &RolloutChange) -> Result<String, CannotEdit> {
    let before = read(sources);
    let contract = before.contract.ok_or(CannotEdit::NotRead)?;
    let old = match (sources.operations, before.operations) {
        (Some(bytes), Some(operations)) => {
            let text = std::str::from_utf8(bytes).map_err(|_| CannotEdit::NotRead)?;
            (text.to_owned(), operations)
        }
        (None, _) => (format!("operates: {}\n", contract.name), Operations::none(&contract.name)),
        (Some(_), None) => return Err(CannotEdit::NotRead),
    };
    let (mut text, before) = old;
    let modes = change.mode.as_ref().map(|(of, mode)| (of.path(), mode.word().to_owned()));
    let share = change.share.map(|share| (vec![ROLLOUT, "share"], share.to_string()));
    for (path, value) in modes.into_iter().chain(share) {
        text = set(&text, &path, &value).ok_or(CannotEdit::ByHand)?;
    }
    let after = read(&Sources { operations: Some(text.as_bytes()), ..*sources });
    let after = after.operations.ok_or(CannotEdit::ByHand)?;
    let wanted = Operations { rollout: change.of(&before.rollout), ..before };
    if after == wanted { Ok(text) } else { Err(CannotEdit::ByHand) }
}

/// Writes a word at a path of keys.
fn set(text: &str, path: &[&str], value: &str) -> Option<String> {
    let root = parse(text.as_bytes(), &mut Findings::of(FileKind::Operations))?;
    let (mut node, mut rest) = (&root, path);
    while let Some((first, after)) = rest.split_first() {
        let Some(next) = node.get(first) else { break };
        (node, rest) = (next, after);
    }
    let Some((first, after)) = rest.split_first() else {
        return match node.value {
            Value::Scalar(_) => splice(text, node.span.clone(), value),
            _ => None,
        };
    };
    let entry = format!("{first}: {}", nested(after, value));
    match &node.value {
        Value::Map(map) => match map.entries().first().map(|entry| entry.key_span.start) {
            None => splice(text, node.span.clone(), &format!("{{ {entry} }}")),
            Some(at) if is_flow(text, node) => splice(text, at..at, &format!("{entry}, ")),
            Some(_) if rest.len() == path.len() => Some(appended(text, first, after, value)),
            Some(at) => {
                let line = text.get(..at)?.rfind('\n').map_or(0, |n| n.saturating_add(1));
                let indent = text.get(line..at)?;
                splice(text, at..at, &format!("{entry}{}{indent}", line_end(text)))
            }
        },
        _ => None,
    }
}

/// A section of its own at the end of the file.
fn appended(text: &str, first: &str, after: &[&str], value: &str) -> String {
    let end = line_end(text);
    let gap = if text.ends_with('\n') { "" } else { end };
    match after.split_first() {
        Some((key, rest)) => {
            format!("{text}{gap}{end}{first}:{end}  {key}: {}{end}", nested(rest, value))
        }
        None => format!("{text}{gap}{end}{first}: {value}{end}"),
    }
}

/// `{ a: { b: value } }`.
fn nested(path: &[&str], value: &str) -> String {
    match path.split_first() {
        Some((first, rest)) => format!("{{ {first}: {} }}", nested(rest, value)),
        None => value.to_owned(),
    }
}

fn is_flow(text: &str, node: &Node) -> bool {
    text.get(node.span.clone()).is_some_and(|text| text.starts_with('{'))
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn splice(text: &str, at: Range<usize>, new: &str) -> Option<String> {
    let (before, after) = (text.get(..at.start)?, text.get(at.end..)?);
    Some(format!("{before}{new}{after}"))
}
