//! A route's rules: the first that holds says how the run ended.

use crate::deployment::{From_, Rule, What};
use probity::layer::{Judge, Seen};
use probity::usage::Verdict;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// The rules of a route.
#[derive(Clone)]
pub(super) struct Rules(pub(super) Judge);

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rules")
    }
}

/// None where there are none.
pub(super) fn rules(rules: &[Rule]) -> Option<Rules> {
    if rules.is_empty() {
        return None;
    }
    let rules = rules.to_vec();
    Some(Rules(Arc::new(move |seen| {
        let body = seen.body.and_then(|body| serde_json::from_slice::<Value>(body).ok());
        let held = rules.iter().find(|rule| holds(rule, seen, body.as_ref()))?;
        Some(verdict(held, seen, body.as_ref()))
    })))
}

fn holds(rule: &Rule, seen: &Seen<'_>, body: Option<&Value>) -> bool {
    let is = &rule.when.is;
    // What failed says nothing of a result: only a rule about the status is asked of it.
    if !seen.status.is_success() && rule.when.what != What::Status {
        return false;
    }
    match &rule.when.what {
        // A body that is no JSON, or was too large to be kept, says nothing.
        What::Body(pointer) => body.is_some_and(|body| is.holds(pointer.find(body))),
        What::Header(name) => {
            is.holds_of_header(seen.headers.get(name).and_then(|value| value.to_str().ok()))
        }
        What::Status => is.holds_of_status(seen.status.as_u16()),
    }
}

fn verdict(rule: &Rule, seen: &Seen<'_>, body: Option<&Value>) -> Verdict {
    let parts = rule.parts.as_ref().and_then(|from| match from {
        From_::Body(pointer) => match pointer.find(body?)? {
            Value::Number(number) => number.as_u64(),
            Value::Array(items) => Some(items.len() as u64),
            _ => None,
        },
        From_::Header(name) => seen.headers.get(name)?.to_str().ok()?.trim().parse().ok(),
        From_::Path(_) => None,
    });
    Verdict {
        outcome: rule.then,
        parts: parts.and_then(|parts| u32::try_from(parts).ok()),
        quantity: None,
        reason: rule.reason.clone(),
    }
}
