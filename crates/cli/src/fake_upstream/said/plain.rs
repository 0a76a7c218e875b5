//! Plain JSON, as a product's own backend answers under `/api/`.

use super::{Output, Pieces, Said, data};
use crate::fake_upstream::asked::Asked;
use serde_json::{Value, json};

/// What it finds.
const FOUND: [&str; 3] = ["one", "two", "three"];

pub(super) fn whole(asked: &Asked, said: &Said, text: &str) -> Value {
    let found: &[&str] = match said.output {
        Output::Text(_) => &FOUND,
        _ => &[],
    };
    json!({ "result": found, "found": found.len(), "text": text, "path": asked.path })
}

pub(super) fn pieces(said: &Said) -> Pieces {
    let found = if matches!(said.output, Output::Text(_)) { &FOUND[..] } else { &[] };
    let output = found.iter().map(|item| piece(item)).collect();
    let end = json!({ "done": true, "found": found.len() });
    Pieces { before: Vec::new(), output, after: vec![data(&end)] }
}

pub(super) fn piece(text: &str) -> String {
    data(&json!({ "item": text }))
}
