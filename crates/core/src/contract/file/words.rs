//! Section `words`: what customers read, where it differs from the defaults.

use super::problems::Problem;
use super::reader::Reader;
use super::shape::{Kind, Shape};
use super::suggest::{listed, quoted};
use super::tree::{Entry, Node};
use crate::contract::words::{Piece, State, Template, Words};
use crate::id::Name;
use std::collections::BTreeSet;

/// What `words` may hold.
pub(super) const WORDS: Shape = Shape::Named(Kind::State, &Shape::Text);

/// What a warning of `paid_even_if` may name.
pub(super) const WARNING_SLOTS: &[&str] = &["price", "found_rate"];

/// Reads `words`.
pub(super) fn words(r: &mut Reader<'_>, node: &Node) -> Option<Words> {
    let map = r.map(node, "a section with a sentence for each state", &[])?;
    let mut all = Words::default();
    for entry in map.entries() {
        let target = target(r, entry);
        let slots = target.as_ref().map(|(_, state)| state.slots());
        let of = format!("`{}`", entry.key);
        let sentence = match slots {
            Some(slots) => template(r, &entry.value, slots, &of),
            None => r.text(&entry.value).map(|text| Template::parse(&text)),
        };
        if let (Some((action, state)), Some(sentence)) = (target, sentence) {
            all.set(action, state, sentence);
        }
    }
    Some(all)
}

/// `done`, or `map_market.done`: which action's sentence of which state.
fn target(r: &mut Reader<'_>, entry: &Entry) -> Option<(Option<Name>, State)> {
    let (action, word) = match entry.key.split_once('.') {
        Some((action, word)) => (Some(action), word),
        None => (None, entry.key.as_str()),
    };
    let state = State::parse(word);
    if state.is_none() {
        let words = State::ALL.iter().map(|s| s.word());
        let message = format!("There is no state {}.", quoted(word));
        let fix = match r.closest(word, words.clone()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("The states are {}.", listed(words)),
        };
        r.findings.add(Problem::UnknownState, entry.key_span.clone(), message, fix);
    }
    let action = match action {
        Some(action) => Some(r.reference(action, entry.key_span.clone(), Kind::Action)?),
        None => None,
    };
    Some((action, state?))
}

/// A sentence whose placeholders are all among `slots`.
pub(super) fn template(
    r: &mut Reader<'_>,
    node: &Node,
    slots: &[&str],
    of: &str,
) -> Option<Template> {
    let template = Template::parse(&r.text(node)?);
    let all = template.slots().chain(template.pieces.iter().flat_map(braced));
    let unknown: BTreeSet<&str> = all.filter(|slot| !slots.contains(slot)).collect();
    for slot in &unknown {
        let message = format!("`{{{slot}}}` cannot be filled in {of}.");
        let fix = match r.closest(slot, slots.iter().copied()) {
            Some(near) => format!("Did you mean `{{{near}}}`?"),
            None => {
                let braced: Vec<String> = slots.iter().map(|s| format!("{{{s}}}")).collect();
                format!("It can use {}.", listed(braced.iter().map(String::as_str)))
            }
        };
        let at = r.piece(node, &format!("{{{slot}}}"));
        r.findings.add(Problem::CannotFill, at, message, fix);
    }
    unknown.is_empty().then_some(template)
}

/// What stands in braces in a plain stretch: no placeholder, but surely meant as one.
fn braced(piece: &Piece) -> Vec<&str> {
    let Piece::Text(text) = piece else { return Vec::new() };
    let after = text.split('{').skip(1);
    after.filter_map(|rest| rest.split_once('}').map(|(inner, _)| inner)).collect()
}
