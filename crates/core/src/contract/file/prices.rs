//! A price map cut out of a larger one: LiteLLM lists thousands of models, a contract needs a few.
//!
//! Prices keep the text they were written in. A model without a price for what it reads or for what
//! it writes is left out and named: half a price would be taken for a whole one.

use super::price_map::{NOT_A_MODEL, PROVIDER, Pairs, slot};
use crate::contract::{ModelPrice, named};
use crate::money::Cost;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Which models are wanted.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// Every one that has its prices.
    All,
    /// These, by any of their names.
    Models(&'a [String]),
}

/// What was cut out, and what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The new file: JSON, a model a line.
    pub text: String,
    /// The models that are in it.
    pub models: Vec<String>,
    /// Wanted and listed, but without a price for what it reads or writes that is exact.
    pub unpriced: Vec<String>,
    /// Wanted, and in neither file.
    pub missing: Vec<String>,
    /// Wanted and only in the file before: kept as they stood there.
    pub kept: Vec<String>,
    /// What differs from the file before, by model; empty where there was none.
    pub changes: Vec<Change>,
}

/// A model whose prices differ from those before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The model.
    pub model: String,
    /// How.
    pub what: Difference,
}

/// How the prices of a model differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It was not there before.
    New,
    /// It is there no longer: what it costs will be unknown.
    Gone,
    /// The price of this key was the first, and is the second; None: there is none.
    Price(String, Option<Cost>, Option<Cost>),
}

impl Difference {
    /// Does it cost more than before? None: it cannot be said.
    #[must_use]
    pub fn is_dearer(&self) -> Option<bool> {
        match self {
            Self::Price(_, Some(was), Some(is)) => Some(is > was),
            _ => None,
        }
    }
}

/// A file that is no price map, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPriceMap(pub String);

/// The fields of a model that are kept, and its prices where they are whole.
#[derive(Clone, Debug)]
struct Row<'a> {
    fields: Vec<(String, &'a RawValue)>,
    price: Option<ModelPrice>,
}

type Rows<'a> = BTreeMap<String, Row<'a>>;

/// Cuts the wanted models out of `source`; what differs is said against `before`.
///
/// A wanted model is looked for under its name, then under the shortest name of the same model, as
/// prices are looked up when an attempt is priced.
///
/// # Errors
/// [`NotAPriceMap`] where one of the two is not JSON of that shape.
pub fn cut(source: &str, before: Option<&str>, wanted: Wanted<'_>) -> Result<Cut, NotAPriceMap> {
    let source = rows(source)?;
    let old = before.map(rows).transpose()?.unwrap_or_default();
    let mut found: Rows<'_> = BTreeMap::new();
    let (mut unpriced, mut missing, mut kept) = (BTreeSet::new(), Vec::new(), Vec::new());
    let mut take = |name: &str, row: &Row<'_>| {
        if row.price.is_none() {
            unpriced.insert(name.to_owned());
            return false;
        }
        true
    };
    match wanted {
        Wanted::All => {
            for (name, row) in &source {
                if take(name, row) {
                    found.insert(name.clone(), row.clone());
                }
            }
        }
        Wanted::Models(models) => {
            for model in models {
                let listed = named(&source, model).filter(|(name, row)| take(name, row));
                let there = || named(&old, model).filter(|(_, row)| row.price.is_some());
                match listed.or_else(|| there().inspect(|(name, _)| kept.push((*name).clone()))) {
                    Some((name, row)) => _ = found.insert(name.clone(), row.clone()),
                    None if named(&source, model).is_some() => {}
                    None => missing.push(model.clone()),
                }
            }
        }
    }
    kept.sort();
    kept.dedup();
    Ok(Cut {
        text: written(&found),
        models: found.keys().cloned().collect(),
        unpriced: unpriced.into_iter().collect(),
        missing,
        kept,
        changes: if before.is_some() { changes(&old, &found) } else { Vec::new() },
    })
}

fn rows(text: &str) -> Result<Rows<'_>, NotAPriceMap> {
    let why = |error: serde_json::Error| NotAPriceMap(error.to_string());
    let Pairs(models) = serde_json::from_str(text).map_err(why)?;
    let mut rows = BTreeMap::new();
    for (name, raw) in models {
        if name != NOT_A_MODEL {
            let Pairs(fields) = serde_json::from_str(raw.get())
                .map_err(|_| NotAPriceMap(format!("{name} is not an object of prices")))?;
            rows.insert(name, row(fields));
        }
    }
    Ok(rows)
}

/// What is kept of a model. A price that is not exact is none, and then the model has none.
fn row(fields: Vec<(String, &RawValue)>) -> Row<'_> {
    let mut price = ModelPrice::default();
    let mut is_exact = true;
    let kept = fields.into_iter().filter(|(key, raw)| {
        if raw.get() == "null" {
            return false;
        }
        let Some(slot) = slot(&mut price, key) else { return key == PROVIDER || key == "mode" };
        *slot = Cost::parse(raw.get());
        is_exact &= slot.is_some();
        true
    });
    let fields = kept.collect();
    let is_whole = is_exact && price.input.is_some() && price.output.is_some();
    Row { fields, price: is_whole.then_some(price) }
}

/// As a file: a model a line, its fields as they were written.
fn written(rows: &Rows<'_>) -> String {
    let mut out = String::from("{");
    for (n, (name, row)) in rows.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let fields: Vec<String> =
            row.fields.iter().map(|(key, raw)| format!("{}: {}", quoted(key), raw.get())).collect();
        let _ = write!(out, "{comma}\n  {}: {{ {} }}", quoted(name), fields.join(", "));
    }
    out.push_str("\n}\n");
    out
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn changes(old: &Rows<'_>, new: &Rows<'_>) -> Vec<Change> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut changes = Vec::new();
    for name in names {
        let mut say = |what| changes.push(Change { model: name.clone(), what });
        match (old.get(name), new.get(name)) {
            (None, Some(_)) => say(Difference::New),
            (Some(_), None) => say(Difference::Gone),
            (Some(old), Some(new)) => {
                let (was, is) = (prices(old), prices(new));
                let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
                for key in keys {
                    let (was, is) = (was.get(key).copied(), is.get(key).copied());
                    if was != is {
                        say(Difference::Price(key.clone(), was, is));
                    }
                }
            }
            (None, None) => {}
        }
    }
    changes
}

/// The prices of a row by their keys.
fn prices(row: &Row<'_>) -> BTreeMap<String, Cost> {
    let priced = row.fields.iter().filter_map(|(key, raw)| {
        slot(&mut ModelPrice::default(), key)?;
        Some((key.clone(), Cost::parse(raw.get())?))
    });
    priced.collect()
}
