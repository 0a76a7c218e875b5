//! Runs, and every way they end.

use super::attempts;
use crate::answer::Failure;
use crate::demo::stage::{Of, Stage, amount, done};
use crate::reach::Said;
use serde_json::{Value, json};

/// Ana enriches a map.
fn enrich(stage: &mut Stage<'_>, does: &str, map: &str) -> Result<Said, Failure> {
    let run = json!({
        "customer": "ana", "action": "enrich_market_map", "artifact": map, "model": "gpt-4.1",
    });
    done(stage.ask(does, "POST", "/v1/runs", run)?)
}

/// A run ends.
pub(super) fn settle(
    stage: &mut Stage<'_>,
    does: &str,
    run: &Said,
    report: Value,
) -> Result<Said, Failure> {
    let path = format!("/v1/runs/{}/settle", run.text("/run"));
    done(stage.ask(does, "POST", &path, report)?)
}

pub(super) fn delivered(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let run = enrich(stage, "Ana enriches her map", "map_42")?;
    let report = json!({ "outcome": "delivered", "attempts": attempts::map(6) });
    let receipt = settle(stage, "It is delivered", &run, report)?;
    let cost = format!("our suppliers and models cost ${}", receipt.text("/cost"));
    stage.tell(Of::Us, cost);
    let path = format!("/v1/runs/{}", run.text("/run"));
    let again = done(stage.quietly("GET", &path, Value::Null)?)?;
    stage.promise(
        "What was shown before is what was taken.",
        receipt.body["charged"] == run.body["price"],
    );
    stage.promise(
        "The receipt stays, and names the rule.",
        again.text("/rule") == "charge" && again.body["charged"] == receipt.body["charged"],
    );
    Ok(())
}

pub(super) fn reopened(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let before = stage.wallet("ana")?;
    let run = enrich(stage, "Ana opens map_42 again", "map_42")?;
    let after = stage.wallet("ana")?;
    let same = before.body["balance"] == after.body["balance"];
    stage.promise("It opened, and cost nothing.", run.text("/kind") == "reopened" && same);
    Ok(())
}

pub(super) fn failed(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let before = stage.wallet("ana")?;
    let draft = json!({
        "customer": "ana", "action": "tailor_document", "artifact": "letter_1", "model": "gpt-4.1",
    });
    let run = done(stage.ask("Ana has a letter tailored", "POST", "/v1/runs", draft)?)?;
    // What it had read is billed to us all the same.
    let calls = json!([attempts::call("openai", "gpt-4.1", 11_400, 0)]);
    let report =
        json!({ "outcome": "failed", "reason": "the model did not answer", "attempts": calls });
    let receipt = settle(stage, "The model does not answer", &run, report)?;
    let after = stage.wallet("ana")?;
    stage.promise("She pays nothing for a failure.", receipt.text("/charged") == "0");
    stage.promise(
        "All that was set aside is back.",
        before.body["available"] == after.body["available"] && after.text("/held") == "0",
    );
    Ok(())
}

pub(super) fn in_parts(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let run = enrich(stage, "Ana enriches another map", "map_77")?;
    let report = json!({ "outcome": "partial", "parts": 5, "attempts": with_another_model() });
    let part = settle(stage, "Five sections arrive", &run, report)?;
    let rest = enrich(stage, "She comes back for the rest", "map_77")?;
    let report = json!({ "outcome": "delivered", "attempts": attempts::map(3) });
    let whole = settle(stage, "The rest arrives", &rest, report)?;
    let paid = amount(part.text("/charged")).plus(amount(whole.text("/charged")));
    let price = amount(run.text("/price"));
    stage.promise(
        "She paid for the part only, and got the rest of what was held back.",
        amount(part.text("/charged")) < price && part.text("/rule") == "share",
    );
    stage.promise(
        "Both together cost no more than the whole.",
        rest.text("/kind") == "rest" && paid.is_some_and(|paid| paid <= price),
    );
    Ok(())
}

/// A model that breaks off, another one that goes on, and the companies it looked up.
fn with_another_model() -> Value {
    let mut second = attempts::call("anthropic", "claude-sonnet-4-5", 15_000, 1_800);
    second["asked"] = json!("gpt-4.1");
    second["services"] = json!({ "company_data": 5 });
    json!([attempts::call("openai", "gpt-4.1", 20_000, 700), second])
}

pub(super) fn harsh(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let inputs = json!({ "full_name": "Robin Doe", "company_domain": "example.org" });
    let ask = json!({ "customer": "ana", "action": "find_contact_email", "inputs": inputs });
    let refused = stage.ask("A product that does not ask her", "POST", "/v1/runs", ask.clone())?;
    let quote =
        done(stage.ask("So it asks her: the price, signed", "POST", "/v1/quotes", ask.clone())?)?;
    let token = stage.quietly("POST", "/v1/customers/ana/tokens", json!({}))?;
    let path = format!("/v1/quotes/{}/confirm", quote.text("/quote"));
    let agreed = done(stage.here_as(token.text("/token"), "POST", &path, json!({}))?)?;
    stage.note("Ana agrees, in her own browser", "POST /v1/quotes/{quote}/confirm", &agreed);
    let mut run = ask;
    run["quote"] = quote.body["quote"].clone();
    run["outcome"] = json!("empty");
    run["attempts"] = attempts::usual("find_contact_email");
    let receipt = done(stage.ask("Nobody is found", "POST", "/v1/runs", run)?)?;
    stage.promise(
        "Without a yes nothing started.",
        refused.text("/code") == "confirmation_needed" && refused.status == 428,
    );
    stage.promise("The warning came before.", !quote.text("/warning").is_empty());
    stage.promise(
        "It cost what was quoted for finding nothing, and the receipt says that she agreed.",
        receipt.body["charged"] == quote.body["if"]["empty"]
            && receipt.text("/rule") == "paid_even_if",
    );
    Ok(())
}
