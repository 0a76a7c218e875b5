//! Too little, and what helps.

use super::attempts;
use crate::answer::Failure;
use crate::demo::stage::{Of, Stage, amount, done};
use crate::exit::Exit;
use serde_json::{Value, json};

/// The map that is too dear today.
fn map() -> Value {
    json!({ "customer": "ana", "action": "enrich_market_map", "artifact": "map_90" })
}

pub(super) fn short(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let wallet = stage.wallet("ana")?;
    let drafts = wallet.body["enough_for"]["tailor_document"].as_u64().unwrap_or_default();
    let item = |n: u64| {
        let body = json!({
            "customer": "ana", "action": "tailor_document", "artifact": format!("week_{n}"),
            "outcome": "delivered", "attempts": attempts::usual("tailor_document"),
        });
        json!({ "do": "run", "body": body })
    };
    let items: Vec<Value> = (1..=drafts).map(item).collect();
    let week = json!({ "items": items });
    done(stage.ask(&format!("A busy week: {drafts} letters"), "POST", "/v1/batch", week)?)?;
    let wallet = stage.wallet("ana")?;
    let left = crate::demo::stage::credits(wallet.text("/available"));
    stage.tell(Of::Books, format!("{left} to use"));
    let denial = stage.ask("Then another map", "POST", "/v1/runs", map())?;
    stage.ways(&denial);
    let after = stage.wallet("ana")?;
    let missing = amount(denial.text("/needs")).less(amount(denial.text("/has")));
    stage.promise(
        "The refusal says exactly what is missing.",
        denial.text("/code") == "not_enough_credits" && amount(denial.text("/missing")) == missing,
    );
    let ways = denial.body["ways_forward"].as_array().map_or(0, Vec::len);
    stage.promise("There is more than one way on.", ways > 1);
    stage.promise("Nothing was charged.", wallet.body["balance"] == after.body["balance"]);
    Ok(())
}

/// The top-up that is offered to whoever has too little for this run.
pub(super) fn offered(stage: &Stage<'_>, payment: &str, run: Value) -> Result<Value, Failure> {
    let denial = stage.here_as_product("POST", "/v1/runs", run)?;
    let mut ways = denial.body["ways_forward"].as_array().into_iter().flatten();
    let pack = ways.find(|way| way["do"] == "top_up").ok_or_else(|| {
        let what = "the story cannot go on: no top-up is offered";
        Failure::new(Exit::INTERNAL, "internal", what, "report this with what led to it")
    })?;
    let paid = pack["money"].as_str().unwrap_or_default().trim_start_matches('$');
    let paid = json!({ "amount": paid, "currency": "USD" });
    Ok(json!({ "payment": payment, "credits": pack["credits"], "paid": paid }))
}

pub(super) fn topped_up(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let top_up = offered(stage, "pi_1", map())?;
    let path = "/v1/customers/ana/top-ups";
    let first = done(stage.ask("Ana buys the pack", "POST", path, top_up.clone())?)?;
    let twice = done(stage.ask("The shop reports it twice", "POST", path, top_up)?)?;
    let mut run = map();
    run["outcome"] = json!("delivered");
    run["attempts"] = attempts::map(6);
    let receipt = done(stage.ask("Now the map", "POST", "/v1/runs", run)?)?;
    stage.promise("The way that was offered led on.", receipt.text("/outcome") == "delivered");
    stage.promise(
        "A payment reported twice counts once.",
        first.body["grant"] == twice.body["grant"],
    );
    Ok(())
}
