//! The prices in force, for each million tokens, and what has none.

use crate::answer::{Answer, Failure};
use crate::clock;
use crate::load;
use crate::reach::Where;
use crate::render;
use crate::render::replay::table::Table;
use crate::render::style::{BOLD, DIM, WARNING};
use crate::terminal;
use probity_core::contract::{Contract, Costs, ModelPrice};
use probity_core::{Cost, phrase};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

const NONE: &str = "–";
/// So many days after they were looked at, costs are worth another look.
const OLD: i64 = 60;

pub(super) fn run(path: &Path, books: &Where, json: bool) -> Result<Answer, Failure> {
    let loaded = load::load(path)?;
    let (contract, operations) = load::readable(&loaded, path)?;
    let used = if books.is_named() { Some(used(books)?) } else { None };
    let costs = operations.costs.as_ref();
    let unpriced = unpriced(&contract, costs);
    let age = costs.and_then(|costs| costs.as_of).map(|day| {
        let today = contract.zone.date(clock::now());
        today.since(day).map_or(0, |span| i64::from(span.get_days()))
    });
    if json {
        return Ok(Answer::new(as_json(costs, age, &unpriced, used.as_ref())));
    }
    let mut out = String::new();
    match costs {
        Some(costs) => out.push_str(&told(costs, age)),
        None => out.push_str("Operations say nothing of costs: what models cost is not known.\n"),
    }
    for model in &unpriced {
        let model = render::one_line(model);
        let _ = writeln!(out, "{WARNING}no price{WARNING:#} {model}, which the contract names");
    }
    if let Some(used) = &used {
        out.push_str(&lately(costs, used));
    }
    let import = "probity prices import model_prices_and_context_window.json";
    let answer = Answer::new(out);
    Ok(match age {
        Some(days) if days > OLD => answer
            .with_note(&format!("These prices were last looked at {days} days ago."))
            .with_next(import),
        _ => answer.with_next(import),
    })
}

/// What the books say of the costs in force and of calls without one.
fn used(books: &Where) -> Result<Value, Failure> {
    let reach = books.reach()?;
    let said = reach.read("/v1/reports/margin?limit=1");
    reach.close();
    Ok(said?.body)
}

/// Models that the contract names and whose price is not known.
fn unpriced(contract: &Contract, costs: Option<&Costs>) -> Vec<String> {
    let is_whole = |model: &str| {
        let price = costs.and_then(|costs| costs.prices.price_of(model));
        price.is_some_and(|price| price.input.is_some() && price.output.is_some())
    };
    let named = contract.models.iter().flat_map(|class| class.are.iter());
    named.filter(|model| !is_whole(model)).cloned().collect()
}

fn told(costs: &Costs, age: Option<i64>) -> String {
    let file = costs.prices_file.as_deref().unwrap_or("no price map");
    let mut out = format!("{BOLD}{}{BOLD:#}", render::plain(file));
    match (costs.as_of, age) {
        (Some(day), Some(days)) => {
            let days = phrase::count(u64::try_from(days).unwrap_or(0), "day");
            let _ = write!(out, ", as of {day}, {days} ago");
        }
        _ => out.push_str(", without a day: set costs.as_of"),
    }
    if let Some(start) = costs.prices.hash.get(..12) {
        let _ = write!(out, "; SHA-256 {start}…");
    }
    let _ = writeln!(out, "\n{DIM}US dollars for a million tokens{DIM:#}");
    let mut table = Table::new(&[
        ("model", 9),
        ("read", 8),
        ("written", 7),
        ("cache read", 5),
        ("cache write", 4),
        ("reasoning", 3),
    ]);
    for (name, price) in &costs.prices.models {
        let ModelPrice { input, output, cache_read, cache_write, reasoning, .. } = price;
        let sums = [input, output, cache_read, cache_write, reasoning].map(|c| sum(*c));
        table.row([vec![name.clone()], sums.to_vec()].concat());
        for (tokens, long) in &price.above {
            let sums = [long.input, long.output, long.cache_read, long.cache_write, long.reasoning];
            let name = format!("  above {}k tokens read", tokens / 1000);
            table.row([vec![name], sums.map(sum).to_vec()].concat());
        }
    }
    out + &table.lines(terminal::width())
}

fn sum(cost: Option<Cost>) -> String {
    cost.map_or_else(|| NONE.to_owned(), a_million)
}

/// What a million tokens cost.
pub(super) fn a_million(cost: Cost) -> String {
    cost.times(1_000_000).map_or_else(|| NONE.to_owned(), |cost| cost.dollars(12))
}

fn lately(costs: Option<&Costs>, used: &Value) -> String {
    let mut out = String::new();
    let here = costs.map(|costs| costs.prices.hash.as_str()).filter(|hash| !hash.is_empty());
    if used["operations"]["prices"].as_str() != here {
        let _ = writeln!(
            out,
            "{WARNING}not published{WARNING:#} other prices are in force in the books"
        );
    }
    let unknown = used["unknown_models"].as_array().map(Vec::as_slice).unwrap_or_default();
    for line in unknown {
        let calls = phrase::count(line["attempts"].as_u64().unwrap_or(0), "call");
        let model = line["model"].as_str().unwrap_or("calls that name no model, or a service");
        let model = render::one_line(model);
        let _ = writeln!(out, "{WARNING}cost unknown{WARNING:#} {model}: {calls} in 30 days");
    }
    out
}

fn as_json(
    costs: Option<&Costs>,
    age: Option<i64>,
    unpriced: &[String],
    used: Option<&Value>,
) -> String {
    let models = costs.map(|costs| {
        let model = |(name, price): (&String, &ModelPrice)| {
            let above = price.above.iter().map(|(tokens, long)| {
                json!({
                    "tokens": tokens, "input": long.input, "output": long.output,
                    "cache_read": long.cache_read, "cache_write": long.cache_write,
                    "reasoning": long.reasoning,
                })
            });
            json!({
                "model": name, "provider": price.provider,
                "input": price.input, "output": price.output, "cache_read": price.cache_read,
                "cache_write": price.cache_write, "reasoning": price.reasoning,
                "above": above.collect::<Vec<_>>(),
            })
        };
        costs.prices.models.iter().map(model).collect::<Vec<_>>()
    });
    render::json(&json!({
        "file": costs.and_then(|costs| costs.prices_file.as_ref()),
        "as_of": costs.and_then(|costs| costs.as_of).map(|day| day.to_string()),
        "age_days": age,
        "hash": costs.map(|costs| costs.prices.hash.as_str()).filter(|hash| !hash.is_empty()),
        "models": models.unwrap_or_default(),
        "unpriced": unpriced,
        "used_without_price": used.map(|used| used["unknown_models"].clone()),
    }))
}
