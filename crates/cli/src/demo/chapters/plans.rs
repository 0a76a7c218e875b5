//! Plans as ways of working: an own key, looking around, going down.

use super::attempts;
use super::short::offered;
use crate::answer::Failure;
use crate::demo::stage::{Of, Stage, amount, done};
use serde_json::{Value, json};

pub(super) fn own_key(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let ben = json!({ "plan": "byok", "name": "Ben" });
    done(stage.ask("Ben takes the plan Own key", "PUT", "/v1/customers/ben", ben)?)?;
    let mut letter = json!({
        "customer": "ben", "action": "tailor_document", "artifact": "cv_1",
        "model": "claude-opus-4-1",
    });
    let denial = stage.ask("He has a CV tailored", "POST", "/v1/runs", letter.clone())?;
    stage.ways(&denial);
    letter["own_key"] = json!(true);
    letter["outcome"] = json!("delivered");
    letter["attempts"] = json!([with_his_key("claude-opus-4-1", 12_000, 2_000)]);
    let receipt = done(stage.ask("Again, with his key", "POST", "/v1/runs", letter)?)?;
    let bills = receipt.text("/attempts/0/cost");
    stage.tell(Of::Us, format!("his provider bills him ${bills}, and us nothing"));
    let mut map = json!({
        "customer": "ben", "action": "enrich_market_map", "artifact": "map_1", "own_key": true,
    });
    let pack = offered(stage, "pi_2", map.clone())?;
    let path = "/v1/customers/ben/top-ups";
    done(stage.ask("For maps he buys a few credits", "POST", path, pack)?)?;
    map["outcome"] = json!("delivered");
    let companies = json!({ "services": { "company_data": 4 } });
    map["attempts"] = json!([with_his_key("claude-opus-4-1", 20_000, 3_000), companies]);
    let his = done(stage.ask("He has a map enriched", "POST", "/v1/runs", map)?)?;
    let hers = json!({ "customer": "ana", "action": "enrich_market_map", "artifact": "map_1" });
    let hers = done(stage.quietly("POST", "/v1/check", hers)?)?;
    stage.promise("Without a key it did not start.", denial.text("/code") == "own_key_missing");
    stage.promise(
        "With it, it cost no credits.",
        receipt.text("/charged") == "0" && receipt.text("/rule") == "on_your_key",
    );
    stage.promise(
        "What his provider bills is known, and is his.",
        receipt.text("/attempts/0/paid_by") == "customer",
    );
    stage.promise(
        "A map costs him fewer credits than it costs Ana: only our part of it.",
        amount(his.text("/charged")) < amount(hers.text("/price")),
    );
    Ok(())
}

/// A call that his provider bills to him.
fn with_his_key(model: &str, input: u64, output: u64) -> Value {
    let mut call = attempts::call("anthropic", model, input, output);
    call["own_key"] = json!(true);
    call
}

pub(super) fn discovery(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let dora = json!({ "plan": "discovery", "name": "Dora" });
    done(stage.ask("Dora takes the plan Discovery", "PUT", "/v1/customers/dora", dora)?)?;
    let explore = json!({
        "customer": "dora", "action": "map_market", "outcome": "delivered",
        "attempts": attempts::usual("map_market"),
    });
    let free = done(stage.ask("She explores a market", "POST", "/v1/runs", explore)?)?;
    let map = json!({ "customer": "dora", "action": "enrich_market_map", "artifact": "map_5" });
    let denial = stage.ask("She would like it enriched", "POST", "/v1/runs", map)?;
    stage.ways(&denial);
    stage.promise("Exploring is free here, too.", free.text("/charged") == "0");
    let ways = denial.body["ways_forward"].as_array().into_iter().flatten();
    let ways: Vec<&str> = ways.filter_map(|way| way["do"].as_str()).collect();
    stage.promise(
        "The refusal gives the reason, and no way that this plan does not have.",
        denial.text("/code") == "not_in_plan" && !ways.contains(&"top_up"),
    );
    Ok(())
}

pub(super) fn downgrade(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let down = json!({ "plan": "discovery" });
    let card = done(stage.ask("Ana goes down to Discovery", "PUT", "/v1/customers/ana", down)?)?;
    let day = card.text("/changes_on");
    let (until, next) = (day.get(..10).unwrap_or(day), card.text("/next_plan"));
    stage.tell(Of::Us, format!("{} until {until}, then {next}", card.text("/plan")));
    let clock = json!({ "to": card.body["changes_on"] });
    done(stage.ask("The day comes", "POST", "/v1/sandbox/clock", clock)?)?;
    let now = stage.quietly("GET", "/v1/customers/ana", Value::Null)?;
    stage.books("What she has now", "ana")?;
    let map =
        |map: &str| json!({ "customer": "ana", "action": "enrich_market_map", "artifact": map });
    let owned = done(stage.ask("Ana opens map_42", "POST", "/v1/runs", map("map_42"))?)?;
    let denial = stage.ask("Ana wants a new one", "POST", "/v1/runs", map("map_99"))?;
    stage.ways(&denial);
    let stayed = card.text("/plan") == "pro" && now.text("/plan") == "discovery";
    stage.promise("What she had paid for lasted to its end.", stayed);
    stage.promise(
        "Her old map opens free, though the new plan sells none.",
        owned.text("/kind") == "reopened" && denial.text("/code") == "not_in_plan",
    );
    Ok(())
}
