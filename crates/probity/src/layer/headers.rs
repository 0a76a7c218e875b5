//! The headers of Probity: what the customer is told of a run, what whoever does the work is told and
//! tells, and what is taken out at the door.

use super::begin::Begun;
use super::charge::Charge;
use crate::usage::Verdict;
use http::header::HeaderName;
use http::{HeaderMap, HeaderValue};
use probity_core::contract::{Mode, Outcome};
use probity_core::entry::RunKind;

/// Every header that begins so is Probity's own.
pub const PREFIX: &str = "probity-";
/// The run, told to both sides.
pub const RUN: HeaderName = HeaderName::from_static("probity-run");
/// What kind of run it is, told to whoever does the work.
pub const RUN_KIND: HeaderName = HeaderName::from_static("probity-run-kind");
/// How the work ended: the verdict of whoever did it, and what the customer is told.
pub const OUTCOME: HeaderName = HeaderName::from_static("probity-outcome");
/// What today's billing charged, told by the product's own backend.
pub const NOW_CHARGED: HeaderName = HeaderName::from_static("probity-now-charged");
const ACTION: HeaderName = HeaderName::from_static("probity-action");
const PRICE: HeaderName = HeaderName::from_static("probity-price");
const AVAILABLE: HeaderName = HeaderName::from_static("probity-available");
const CONTRACT: HeaderName = HeaderName::from_static("probity-contract");
const MODE: HeaderName = HeaderName::from_static("probity-mode");
const WOULD: HeaderName = HeaderName::from_static("probity-would");

/// Takes out whatever is Probity's own.
pub fn strip(headers: &mut HeaderMap) {
    let ours: Vec<HeaderName> =
        headers.keys().filter(|name| name.as_str().starts_with(PREFIX)).cloned().collect();
    for name in ours {
        headers.remove(name);
    }
}

/// Takes the verdict out of headers or trailers; one that cannot be read is none.
pub(super) fn take_verdict(headers: &mut HeaderMap) -> Option<Verdict> {
    let said = headers.remove(OUTCOME)?;
    match Verdict::read(said.as_bytes()) {
        Ok(verdict) => Some(verdict),
        Err(why) => {
            tracing::warn!(why = why.says(), "a Probity-Outcome cannot be read");
            None
        }
    }
}

/// Tells whoever does the work whose run it is, and whether it is charged: today's billing is not to
/// charge what Probity does.
pub(super) fn tell_worker(headers: &mut HeaderMap, begun: &Begun) {
    strip(headers);
    put(headers, RUN, &begun.run.to_string());
    put(headers, MODE, begun.mode.word());
    if begun.kind != RunKind::First {
        put(headers, RUN_KIND, kind(begun.kind));
    }
}

const fn kind(kind: RunKind) -> &'static str {
    match kind {
        RunKind::First => "first",
        RunKind::Rest => "rest",
        RunKind::Reopened => "reopened",
        RunKind::Redo => "redo",
        RunKind::Fresh => "fresh",
    }
}

/// Tells the customer of the run that their request is.
pub(super) fn tell_customer(
    headers: &mut HeaderMap,
    begun: &Begun,
    charge: &Charge,
    outcome: Option<Outcome>,
) {
    put(headers, RUN, &begun.run.to_string());
    tell_terms(headers, &charge.request.action, begun.mode, &begun.contract);
    if let Some(outcome) = outcome {
        put(headers, OUTCOME, outcome.word());
    }
    if begun.mode != Mode::Shadow || charge.tells_operator {
        put(headers, PRICE, &begun.price.to_string());
        // What was set aside for what failed can be spent again.
        if !outcome.is_some_and(Outcome::never_charges) {
            put(headers, AVAILABLE, &begun.available.to_string());
        }
    }
    let is_told = begun.mode == Mode::Announce || charge.tells_operator;
    if let Some(would) = begun.would.as_ref().filter(|_| is_told) {
        let would = match would.denial {
            Some(code) => format!("deny; code=\"{code}\""),
            None => format!("allow; price=\"{}\"", would.price),
        };
        put(headers, WOULD, &would);
    }
}

/// Tells under what it was decided.
pub(super) fn tell_terms(headers: &mut HeaderMap, action: &str, mode: Mode, contract: &str) {
    put(headers, ACTION, action);
    put(headers, MODE, mode.word());
    put(headers, CONTRACT, contract);
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
