//! What a step expects, and whether an answer is so.
//!
//! An expectation that is not met gives a [`Mismatch`]: what was expected and what was there. This
//! reads answers and changes nothing.

use super::keys::{Key, Kind};
use super::lists;
use super::moment::{Moment, written};
use super::port::Told;
use probity_core::{Amount, Zone};
use serde_json::Value;
use std::collections::BTreeMap;

/// One expectation, with its place.
#[derive(Clone, Debug)]
pub(super) struct Expectation {
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) what: Expect,
}

/// What is expected.
#[derive(Clone, Debug)]
pub(super) enum Expect {
    /// It is done, or read.
    Ok,
    /// The run is refused with this code; in a check or quote: would be.
    Denied(&'static str),
    /// The command cannot be applied, for this reason, in this field.
    Refused(&'static str, Option<String>),
    /// A key has this value; None: it has none.
    Is(&'static Key, Option<Wanted>),
    /// A list has exactly these items, in order.
    List(lists::List, Vec<String>),
    /// One of a list has these traits.
    One(lists::One),
    /// What an outcome would cost; None: it depends on what arrives.
    If(&'static str, Option<Amount>),
    /// An expectation about a part of the answer: `would`, or an item of a check.
    Within(String, Box<Self>),
    /// There is nothing in that part of the answer.
    Absent(&'static str),
}

/// A value as a story writes it.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    Credits(Amount),
    Number(u64),
    Word(String),
    Time(Moment),
    Text(String),
    Flag(bool),
}

/// An expectation that is not met.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Mismatch {
    /// The line of the expectation, counted from 1.
    pub line: usize,
    /// The expectation as written.
    pub text: String,
    /// What was expected.
    pub expected: String,
    /// What was there.
    pub actual: String,
}

/// What answers are read with.
#[derive(Clone, Debug)]
pub(super) struct Glasses {
    pub(super) zone: Zone,
    /// What grants are called in a story: `plan`, the second one `plan-2`.
    pub(super) grants: BTreeMap<String, String>,
}

/// Compares all expectations of a step with what was told.
pub(super) fn judge(expected: &[Expectation], told: &Told, glasses: &Glasses) -> Vec<Mismatch> {
    let mut mismatches = Vec::new();
    let expects_no = |e: &Expectation| matches!(e.what, Expect::Denied(_) | Expect::Refused(..));
    if let (false, Some(first)) = (told.done || expected.iter().any(expects_no), expected.first()) {
        return vec![Mismatch {
            line: first.line,
            text: first.text.clone(),
            expected: "it is done".to_owned(),
            actual: refusal(&told.body),
        }];
    }
    for expectation in expected {
        if let Err((expected, actual)) = is_met(&expectation.what, told, &told.body, glasses) {
            let (line, text) = (expectation.line, expectation.text.clone());
            mismatches.push(Mismatch { line, text, expected, actual });
        }
    }
    mismatches
}

/// What was expected, and what was there.
pub(super) type Differs = (String, String);

fn is_met(what: &Expect, told: &Told, body: &Value, glasses: &Glasses) -> Result<(), Differs> {
    match what {
        Expect::Ok => Ok(()),
        Expect::Denied(code) => same(&format!("denied {code}"), &code_of(told, body)),
        Expect::Refused(code, field) => {
            let actual = refused_as(told, body, field.is_some());
            let wanted =
                field.as_ref().map_or_else(|| (*code).to_owned(), |f| format!("{code} {f}"));
            same(&format!("refused {wanted}"), &actual)
        }
        Expect::Is(key, wanted) => has_value(key, wanted.as_ref(), body, glasses),
        Expect::List(list, wanted) => {
            let actual = list.of(told, body, glasses);
            let actual =
                actual.ok_or_else(|| (list.show(wanted), "not in this answer".to_owned()))?;
            if *wanted == actual { Ok(()) } else { Err((list.show(wanted), list.show(&actual))) }
        }
        Expect::One(one) => one.is_in(told, body, glasses),
        Expect::If(outcome, amount) => {
            let actual = body.pointer(&format!("/if/{outcome}"));
            let wanted = amount.map_or_else(|| "depends".to_owned(), |a| a.to_string());
            let actual = actual.map_or_else(
                || "not in this answer".to_owned(),
                |value| value.as_str().unwrap_or("depends").to_owned(),
            );
            same(&wanted, &actual)
        }
        Expect::Within(at, inner) => match body.pointer(at).filter(|part| !part.is_null()) {
            Some(part) => is_met(inner, told, part, glasses),
            None => Err((format!("something at {at}"), "nothing".to_owned())),
        },
        Expect::Absent(at) => match body.pointer(at).filter(|part| !part.is_null()) {
            Some(part) => Err(("nothing".to_owned(), part.to_string())),
            None => Ok(()),
        },
    }
}

fn same(wanted: &str, actual: &str) -> Result<(), Differs> {
    if wanted == actual { Ok(()) } else { Err((wanted.to_owned(), actual.to_owned())) }
}

/// The code of a refusal, or of the denial in a check, a quote or a `would`.
fn code_of(told: &Told, body: &Value) -> String {
    let code = if told.done {
        body.pointer("/denial/code").or_else(|| body.pointer("/denial"))
    } else {
        body.pointer("/code")
    };
    match code.and_then(Value::as_str) {
        Some(code) => format!("denied {code}"),
        None => "allowed".to_owned(),
    }
}

fn refused_as(told: &Told, body: &Value, with_field: bool) -> String {
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    match (told.done, text("code"), text("field").filter(|_| with_field)) {
        (true, ..) => "done".to_owned(),
        (false, Some(code), Some(field)) => format!("refused {code} {field}"),
        (false, code, _) => format!("refused {}", code.unwrap_or("without a code")),
    }
}

/// A refusal in one line.
fn refusal(body: &Value) -> String {
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    format!("refused: {} ({})", text("code"), text("detail"))
}

fn has_value(
    key: &Key,
    wanted: Option<&Wanted>,
    body: &Value,
    glasses: &Glasses,
) -> Result<(), Differs> {
    let found = key.at.iter().find_map(|at| body.pointer(at));
    let actual = found.map_or_else(
        || format!("no `{}` in this answer", key.word),
        |value| shown(key.kind, value, &glasses.zone),
    );
    let Some(wanted) = wanted else {
        return same("none", &actual);
    };
    let (fits, wanted) = match wanted {
        Wanted::Credits(amount) => (amount.to_string() == actual, amount.to_string()),
        Wanted::Number(number) => (number.to_string() == actual, number.to_string()),
        Wanted::Word(word) => (*word == actual, word.clone()),
        Wanted::Flag(flag) => (yes_no(*flag) == actual, yes_no(*flag).to_owned()),
        Wanted::Time(moment) => {
            let wanted = written(moment.at(&glasses.zone), &glasses.zone);
            (wanted == actual, wanted)
        }
        Wanted::Text(text) => (matches_text(text, &actual), text.clone()),
    };
    if fits { Ok(()) } else { Err((wanted, actual)) }
}

const fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// A value as a story would write it.
pub(super) fn shown(kind: Kind, value: &Value, zone: &Zone) -> String {
    match (kind, value) {
        (Kind::Flag, Value::Null) => yes_no(false).to_owned(),
        (Kind::Flag, Value::Bool(flag)) => yes_no(*flag).to_owned(),
        (Kind::Flag, _) => yes_no(true).to_owned(),
        (_, Value::Null) => "none".to_owned(),
        (Kind::Time, Value::String(text)) => time(text, zone),
        (Kind::Text, Value::String(text)) => without_receipt(text),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

/// A time of an answer as a story would write it.
pub(super) fn time(text: &str, zone: &Zone) -> String {
    probity_core::Time::parse(text).map_or_else(|| text.to_owned(), |at| written(at, zone))
}

/// Words without the number of the receipt at their end, which no story knows.
fn without_receipt(text: &str) -> String {
    let cut = text.rsplit_once(" Receipt run_").filter(|(_, id)| !id.contains(' '));
    cut.map_or_else(|| text.to_owned(), |(words, _)| words.to_owned())
}

/// Is it this text, `…` standing for anything?
fn matches_text(wanted: &str, actual: &str) -> bool {
    let mut pieces = wanted.split('…');
    let Some(mut rest) = actual.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut open = false;
    for piece in pieces {
        open = piece.is_empty();
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.is_empty() || open
}
