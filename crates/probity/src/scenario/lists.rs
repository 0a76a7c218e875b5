//! Lists in answers: what was drawn, ways forward, grants, transfers, entries.
//!
//! A whole list is written as the words of its items; one item of a list by its traits.

use super::expect::{Differs, Glasses, time};
use super::port::Told;
use serde_json::Value;

/// A list that is expected whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// What a charge was drawn from: `plan 6`.
    Drawn,
    /// The ways forward: `wait`, `switch_plan:byok`.
    Ways,
    /// What can be done about a change of the terms.
    Choices,
    /// What changes, `worse` or `better`, in the order it is told.
    Changes,
    /// The alerts that hold: `used`, `expires`.
    Alerts,
    /// The open grants in drawing order: `plan 114`.
    Grants,
    /// The models a run may use.
    Models,
    /// The entries written: `settle`.
    Writes,
    /// The transfers of those entries: `6 from held/run to earned/tailor_document`.
    Moves,
    /// The same in the shadow books.
    ShadowMoves,
}

impl List {
    /// The items as they are; None where the answer has no such list.
    pub(super) fn of(self, told: &Told, body: &Value, glasses: &Glasses) -> Option<Vec<String>> {
        let at = |places: &[&str]| places.iter().find_map(|at| body.pointer(at)?.as_array());
        let each = |items: &Vec<Value>, show: &dyn Fn(&Value) -> String| -> Vec<String> {
            items.iter().map(show).collect()
        };
        match self {
            Self::Drawn => Some(each(at(&["/drawn"])?, &kind_and("amount"))),
            Self::Grants => Some(each(at(&["/grants"])?, &kind_and("available"))),
            Self::Ways => Some(each(at(&["/ways_forward", "/denial/ways_forward"])?, &way)),
            Self::Choices => Some(each(at(&["/changing/choices"])?, &way)),
            Self::Changes => Some(each(at(&["/changing/changes"])?, &|change| {
                if change["worse"] == true { "worse".to_owned() } else { "better".to_owned() }
            })),
            Self::Alerts => Some(each(at(&["/alerts"])?, &|a| text(&a["alert"]).to_owned())),
            Self::Models => Some(each(at(&["/models_allowed"])?, &|m| text(m).to_owned())),
            Self::Writes => Some(each(&told.entries, &|e| text(&e["command"]).to_owned())),
            Self::Moves => Some(moves(&told.entries, "/transfers", glasses)),
            Self::ShadowMoves => Some(moves(&told.entries, "/shadow/transfers", glasses)),
        }
    }

    /// Items in one line.
    pub(super) fn show(self, items: &[String]) -> String {
        match (self, items) {
            (_, []) => "nothing".to_owned(),
            (Self::Drawn | Self::Grants, _) => items.join(" then "),
            (Self::Moves | Self::ShadowMoves, _) => items.join("; "),
            _ => items.join(" "),
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn kind_and(amount: &'static str) -> impl Fn(&Value) -> String {
    move |item| format!("{} {}", text(&item["kind"]), text(&item[amount]))
}

/// `wait`; where there are several of a kind, which: `switch_plan:byok`.
fn way(way: &Value) -> String {
    let act = text(&way["do"]);
    match way["to"].as_str() {
        Some(to) if matches!(act, "switch_plan" | "other_action") => format!("{act}:{to}"),
        _ => act.to_owned(),
    }
}

fn moves(entries: &[Value], at: &str, glasses: &Glasses) -> Vec<String> {
    let transfers = entries.iter().filter_map(|e| e.pointer(at)?.as_array()).flatten();
    let show = |transfer: &Value| {
        let account = |key: &str| account(text(&transfer[key]), glasses);
        format!("{} from {} to {}", text(&transfer["amount"]), account("from"), account("to"))
    };
    transfers.map(show).collect()
}

/// An account as a story writes it: `available/plan`, `held/run`, `earned/tailor_document`.
fn account(name: &str, glasses: &Glasses) -> String {
    match name.split_once('/') {
        Some(("held", _)) => "held/run".to_owned(),
        Some(("available", id)) => match glasses.grants.get(id) {
            Some(grant) => format!("available/{grant}"),
            None => name.to_owned(),
        },
        _ => name.to_owned(),
    }
}

/// One item of a list, by its traits.
#[derive(Clone, Debug)]
pub(super) struct One {
    /// What it is an item of.
    pub(super) of: &'static str,
    /// Where the list stands, in each shape that has it.
    pub(super) at: &'static [&'static str],
    /// Its traits: a key of the item, and how it must read.
    pub(super) traits: Vec<(&'static str, String)>,
}

impl One {
    /// Is there an item with all these traits?
    pub(super) fn is_in(&self, _: &Told, body: &Value, glasses: &Glasses) -> Result<(), Differs> {
        // The first trait says which item is meant; the word before it says of what.
        let written = |value: &dyn Fn(&'static str, &str) -> String| {
            let traits = self.traits.iter().enumerate().map(|(n, (key, wanted))| match n {
                0 => value(key, wanted),
                _ => format!("{key} {}", value(key, wanted)),
            });
            traits.collect::<Vec<_>>().join(" ")
        };
        let wanted = written(&|_, wanted| wanted.to_owned());
        let list = self.at.iter().find_map(|at| body.pointer(at));
        let items: Vec<Value> = match list {
            Some(Value::Array(items)) => items.clone(),
            Some(Value::Object(items)) => items.iter().map(named).collect(),
            _ => return Err((wanted, format!("no list of {} in this answer", self.of))),
        };
        let reads = |item: &Value, key: &str| trait_of(item, key, glasses);
        let fits = |item: &Value| self.traits.iter().all(|(key, value)| reads(item, key) == *value);
        if items.iter().any(fits) {
            return Ok(());
        }
        let show = |item: &Value| written(&|key, _| reads(item, key));
        let there: Vec<String> = items.iter().map(show).collect();
        Err((wanted, if there.is_empty() { "none".to_owned() } else { there.join("; ") }))
    }
}

/// An entry of an object as an item that knows its name.
fn named((name, value): (&String, &Value)) -> Value {
    let mut item = match value {
        Value::Object(_) => value.clone(),
        other => serde_json::json!({ "value": other }),
    };
    item["name"] = Value::String(name.clone());
    item
}

fn trait_of(item: &Value, key: &str, glasses: &Glasses) -> String {
    match &item[key] {
        Value::String(text) if is_time(text) => time(text, &glasses.zone),
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        other => other.to_string(),
    }
}

fn is_time(text: &str) -> bool {
    text.len() >= 20 && text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T')
}
