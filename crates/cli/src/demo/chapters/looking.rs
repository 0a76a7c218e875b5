//! Looking around, and what things cost before they are done.

use super::attempts;
use crate::answer::Failure;
use crate::demo::stage::{Of, Stage, credits, done};
use probity_core::phrase;
use serde_json::{Value, json};

pub(super) fn exploring(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let ana = json!({ "plan": "pro", "name": "Ana" });
    done(stage.ask("Ana takes the plan Pro", "PUT", "/v1/customers/ana", ana)?)?;
    let before = stage.wallet("ana")?;
    let mut free = true;
    for (does, action) in
        [("She searches for roles", "search_roles"), ("She explores a market", "map_market")]
    {
        let run = json!({
            "customer": "ana", "action": action, "outcome": "delivered",
            "attempts": attempts::usual(action),
        });
        let said = done(stage.ask(does, "POST", "/v1/runs", run)?)?;
        free &= said.text("/charged") == "0";
    }
    let after = stage.books("What she has now", "ana")?;
    let allowances = after.body["allowances"].as_object().into_iter().flatten();
    let lines: Vec<String> = allowances.map(|(action, left)| allowance(action, left)).collect();
    stage.tell(Of::Books, lines.join(" · "));
    let same = before.text("/available") == after.text("/available");
    stage.promise("Exploring cost no credits.", free && same);
    let used = after.body["allowances"]["map_market"]["used"].as_u64();
    stage.promise("It was counted all the same.", used == Some(1));
    Ok(())
}

/// `search_roles: 1 of 800 a month used`.
fn allowance(action: &str, left: &Value) -> String {
    let (used, units) = (&left["used"], &left["units"]);
    format!("{action}: {used} of {units} a {} used", left["per"].as_str().unwrap_or("period"))
}

/// How a run may end, as people say it.
const ENDINGS: [(&str, &str); 9] = [
    ("delivered", "it is delivered"),
    ("abandoned", "she leaves when it has begun to arrive"),
    ("partial", "only a part arrives"),
    ("empty", "nothing is found"),
    ("failed", "it fails"),
    ("bad_input", "her input cannot be worked with"),
    ("blocked", "a safety rule stops it"),
    ("cancelled", "she stops it in time"),
    ("reopened", "she opens it again"),
];

/// What each ending costs, those that cost the same in one line.
fn endings(table: &Value) -> Vec<String> {
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for (ending, words) in ENDINGS {
        let price = match table[ending].as_str() {
            Some("0") => "nothing".to_owned(),
            Some(price) => credits(price),
            None => "the share of what arrives".to_owned(),
        };
        match lines.iter_mut().find(|(known, _)| *known == price) {
            Some((_, endings)) => endings.push(words),
            None => lines.push((price, vec![words])),
        }
    }
    lines
        .iter()
        .map(|(price, endings)| format!("{price} if {}", phrase::list(endings, "or")))
        .collect()
}

pub(super) fn prices(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let map = json!({ "customer": "ana", "action": "enrich_market_map", "artifact": "map_42" });
    let check = done(stage.ask("What would a map cost?", "POST", "/v1/check", map.clone())?)?;
    let quote = done(stage.ask("Her price, signed", "POST", "/v1/quotes", map)?)?;
    for line in endings(&quote.body["if"]) {
        stage.tell(Of::Price, line);
    }
    let free = ["empty", "failed", "bad_input", "blocked", "cancelled", "reopened"];
    let is_free = |ending: &&str| quote.body["if"][*ending] == "0";
    stage.promise(
        "The price asked is the price quoted.",
        check.body["price"] == quote.body["price"],
    );
    stage.promise("Six endings are free, and she knows before.", free.iter().all(is_free));
    let wallet = stage.wallet("ana")?;
    stage.promise("Asking sets nothing aside.", wallet.text("/held") == "0");
    Ok(())
}
