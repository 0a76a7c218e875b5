//! `outcome`: rules that say by an answer how a run ended.

use super::headers::{self, For};
use super::keys::{ANSWERED, OUTCOME, WHEN};
use super::literals::{HEADER, POINTER, STATUS, Status};
use super::words::Ends;
use crate::deployment::{From_, Rule, Test, What, When};
use probity_core::Outcome;
use probity_core::contract::file::Problem;
use probity_core::contract::file::reading::{Keys, Node, Reader, Section, either, quoted};

/// One rule.
pub(super) fn rule(r: &mut Reader<'_>, node: &Node) -> Option<Rule> {
    let s = Section::open(r, node, &OUTCOME)?;
    let when = s.get(r, "when", when);
    let then = s.word::<Ends>(r, "then").map(|ends| ends.0);
    let parts = s.get(r, "parts", answered);
    let reason = s.text(r, "reason");
    match (then, s.at("parts")) {
        (Some(Outcome::Partial), None) => {
            let message = "Nothing says how many parts there are.";
            let fix = "Add where the answer says it, such as `parts: { body: /found }`.";
            r.report(Problem::MissingKey, s.near("then"), message, fix);
        }
        (Some(then), Some(at)) if then != Outcome::Partial => {
            let message = format!("Parts are counted, and the run ends as {}.", then.word());
            let fix = "Write `then: partial`, or delete `parts`.";
            r.contradiction(at, s.at("then"), message, fix);
        }
        _ => {}
    }
    Some(Rule { when: when?, then: then?, parts, reason })
}

fn when(r: &mut Reader<'_>, node: &Node) -> Option<When> {
    let s = Section::open(r, node, &WHEN)?;
    let body = s.literal(r, "body", &POINTER).map(What::Body);
    let header = header(r, &s, For::Ending).map(What::Header);
    let status = s.literal(r, "status", &STATUS);
    let is = s.get(r, "is", test);
    match one_of(r, &s, &WHEN, &["body", "header", "status"])? {
        "status" => {
            if let Some(at) = s.at("is") {
                let message = "A status says itself what it must be.";
                r.contradiction(at, s.at("status"), message, "Delete `is`.");
            }
            let is = match status? {
                Status::One(status) => Test::Is(status.to_string()),
                Status::Hundred(hundred) => Test::Hundred(hundred),
            };
            Some(When { what: What::Status, is })
        }
        _ => {
            if s.at("is").is_none() {
                let message = "Nothing says what it must be.";
                let fix = "Add `is:` with `empty`, `missing`, `present`, or a value.";
                r.report(Problem::MissingKey, node, message, fix);
            }
            Some(When { what: body.or(header)?, is: is? })
        }
    }
}

/// Of some keys, the one that is written; any other number of them is reported.
pub(super) fn one_of(
    r: &mut Reader<'_>,
    s: &Section<'_>,
    keys: &Keys,
    choice: &[&'static str],
) -> Option<&'static str> {
    let written: Vec<&'static str> =
        choice.iter().copied().filter(|key| s.at(key).is_some()).collect();
    match written[..] {
        [one] => Some(one),
        [] if s.has_unknown_keys() => None,
        [] => {
            let message = format!("{} names no place.", capital(keys.of));
            let fix = format!("Write one of {}.", either(choice.iter().copied()));
            r.report(Problem::MissingKey, s.near(""), message, fix);
            None
        }
        [first, second, ..] => {
            let message = format!("{} names two places.", capital(keys.of));
            let fix = format!("Write one of {}.", either(choice.iter().copied()));
            r.contradiction(s.near(second), s.at(first), message, &fix);
            None
        }
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn header(r: &mut Reader<'_>, s: &Section<'_>, named_for: For) -> Option<axum::http::HeaderName> {
    s.get(r, "header", |r, node| {
        let header = r.literal(node, &HEADER)?;
        headers::may_stand(r, node, header, named_for)
    })
}

/// What a value must be. The three words are words where they stand without quotes.
fn test(r: &mut Reader<'_>, node: &Node) -> Option<Test> {
    let scalar = r.scalar(node, "a value")?;
    match (scalar.plain, scalar.text.as_str()) {
        (true, "empty") => Some(Test::Empty),
        (true, "missing") => Some(Test::Missing),
        (true, "present") => Some(Test::Present),
        (true, text @ ("null" | "~" | "Null" | "NULL" | "none" | "None")) => {
            let message = format!("{} is not compared with.", quoted(text));
            let fix = "Write `empty` for [], {}, \"\", null and what is not there; `missing` for the last alone.";
            r.report(Problem::UnknownWord, node, message, fix);
            None
        }
        (_, text) => Some(Test::Is(text.to_owned())),
    }
}

fn answered(r: &mut Reader<'_>, node: &Node) -> Option<From_> {
    let s = Section::open(r, node, &ANSWERED)?;
    let body = s.literal(r, "body", &POINTER).map(From_::Body);
    let header = header(r, &s, For::Ending).map(From_::Header);
    one_of(r, &s, &ANSWERED, &["body", "header"])?;
    body.or(header)
}
