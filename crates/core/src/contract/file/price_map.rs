//! The price map: token prices by model, in LiteLLM's JSON shape, read exactly from their text.
//!
//! Numbers are never parsed as floats: their text is read as an exact decimal. Fields that are not
//! about token prices are passed over; a price that is missing stays unknown.

use super::findings::Findings;
use super::problems::Problem;
use super::suggest::quoted;
use crate::contract::{ModelPrice, PriceMap};
use crate::money::Cost;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// A price map with the places of its models.
#[derive(Debug, Default)]
pub(super) struct Map {
    pub(super) prices: PriceMap,
    pub(super) places: BTreeMap<String, Range<usize>>,
}

/// LiteLLM's own explanation of the shape, which is no model.
pub(super) const NOT_A_MODEL: &str = "sample_spec";

/// Reads a price map; what is wrong with single models is reported and the rest read on.
pub(super) fn read(text: &str, hash: String, findings: &mut Findings) -> Option<Map> {
    let Pairs(models) = match serde_json::from_str(text) {
        Ok(models) => models,
        Err(error) => {
            let at = offset(text, error.line(), error.column());
            let said = error.to_string();
            let said = said.split(" at line").next().unwrap_or_default();
            let message = format!("The price map cannot be read: {said}.");
            findings.add(Problem::NotAPriceMap, at..at, message, "Mend the JSON at this place.");
            return None;
        }
    };
    let mut map =
        Map { prices: PriceMap { models: BTreeMap::new(), hash }, places: BTreeMap::new() };
    for (name, raw) in models {
        if name == NOT_A_MODEL {
            continue;
        }
        let span = place(text, raw);
        if map.places.insert(name.clone(), span.clone()).is_some() {
            let message = format!("The model {} is written twice.", quoted(&name));
            findings.add(Problem::TwiceTheSame, span, message, "Delete one of the two.");
            continue;
        }
        match serde_json::from_str::<Pairs<'_>>(raw.get()) {
            Ok(Pairs(fields)) => {
                let price = model(text, &name, &fields, findings);
                map.prices.models.insert(name, price);
            }
            Err(_) => {
                let message = format!("The model {} is not an object of prices.", quoted(&name));
                let fix = "Write its prices in braces: `{ \"input_cost_per_token\": 2e-06 }`.";
                findings.add(Problem::NotAPriceMap, span, message, fix);
            }
        }
    }
    Some(map)
}

fn model(
    text: &str,
    name: &str,
    fields: &[(String, &RawValue)],
    findings: &mut Findings,
) -> ModelPrice {
    let mut price = ModelPrice::default();
    for (key, raw) in fields {
        if key == PROVIDER {
            price.provider = serde_json::from_str(raw.get()).ok();
            continue;
        }
        let Some(slot) = slot(&mut price, key) else { continue };
        if raw.get() == "null" {
            continue;
        }
        *slot = Cost::parse(raw.get());
        if slot.is_none() {
            let message = format!("`{key}` of {} is not an exact price.", quoted(name));
            let fix = "Write a number of US dollars, not below zero, of at most 18 places.";
            findings.add(Problem::NotAPriceMap, place(text, raw), message, fix);
        }
    }
    price
}

/// The key that says whose model it is.
pub(super) const PROVIDER: &str = "litellm_provider";

/// Where the price of a key belongs; None: it is no price that usage can be held against.
pub(super) fn slot<'p>(price: &'p mut ModelPrice, key: &str) -> Option<&'p mut Option<Cost>> {
    if let Some((key, tokens)) = key.split_once("_above_") {
        let thousands: u64 = tokens.strip_suffix("k_tokens")?.parse().ok()?;
        if !is_price(key) {
            return None;
        }
        let long = price.above.entry(thousands.checked_mul(1000)?).or_default();
        return match key {
            "input_cost_per_token" => Some(&mut long.input),
            "output_cost_per_token" => Some(&mut long.output),
            "cache_read_input_token_cost" => Some(&mut long.cache_read),
            "cache_creation_input_token_cost" => Some(&mut long.cache_write),
            _ => Some(&mut long.reasoning),
        };
    }
    match key {
        "input_cost_per_token" => Some(&mut price.input),
        "output_cost_per_token" => Some(&mut price.output),
        "cache_read_input_token_cost" => Some(&mut price.cache_read),
        "cache_creation_input_token_cost" => Some(&mut price.cache_write),
        "output_cost_per_reasoning_token" => Some(&mut price.reasoning),
        _ => None,
    }
}

fn is_price(key: &str) -> bool {
    slot(&mut ModelPrice::default(), key).is_some()
}

/// The keys and raw values of a JSON object, in order, each as often as it is written.
pub(super) struct Pairs<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of models with their prices")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

/// Where a raw value, which is a slice of the text, stands in it.
fn place(text: &str, raw: &RawValue) -> Range<usize> {
    let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start.saturating_add(raw.get().len())
}

/// The byte of a line and column, both counted from 1; where that is within a letter, its first.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .fold(0, usize::saturating_add);
    let at = before.saturating_add(column.saturating_sub(1)).min(text.len());
    text.floor_char_boundary(at)
}
