//! A story as it went: each step with what the customer pays, the rule, and what they read.

use super::plain;
use super::style::{BOLD, DIM, ERROR, GOOD, HELP};
use probity::scenario::{Turn, written};
use probity_core::{Amount, Contract, Time, phrase};
use serde_json::Value;
use std::fmt::Write;

/// The whole story.
pub(crate) fn story(contract: &Contract, turns: &[Turn], width: usize) -> String {
    let mut out = String::new();
    let began = turns.first().map(|turn| written(turn.at, &contract.zone)).unwrap_or_default();
    let mut at = began.clone();
    let _ = writeln!(out, "{DIM}{} · {began}{DIM:#}", plain(&contract.reference().to_string()));
    for turn in turns {
        let now = written(turn.at, &contract.zone);
        if now != at {
            let _ = writeln!(out, "\n{DIM}{now}{DIM:#}");
            at = now;
        }
        let _ = writeln!(out, "\n{BOLD}{}{BOLD:#}", plain(&turn.text));
        for line in summary(contract, turn) {
            let _ = writeln!(out, "  {line}");
        }
        for line in ["words", "tell"].iter().flat_map(|key| said(&turn.told.body, key, width)) {
            let _ = writeln!(out, "  {DIM}│{DIM:#} {line}");
        }
    }
    out
}

/// What came of a step: the amounts, the rule, what is left.
fn summary(contract: &Contract, turn: &Turn) -> Vec<String> {
    let body = &turn.told.body;
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    let amount = |at: &str| {
        let value = body.pointer(at).and_then(Value::as_str);
        value.and_then(|text| Amount::parse(text).ok()).unwrap_or_default()
    };
    let price = |at: &str| phrase::price(contract, amount(at));
    let left = format!("{} left", phrase::credits(amount("/wallet/available")));
    if !turn.told.done {
        let code = text("code").unwrap_or("refused");
        let detail = text("detail").filter(|_| text("words").is_none());
        let detail = detail.map(|d| format!(": {}", plain(d))).unwrap_or_default();
        return vec![format!("{ERROR}refused{ERROR:#}: {code}{detail}")];
    }
    if let Some(rule) = text("rule") {
        let would = would(contract, body);
        let paid = format!("{GOOD}pays {}{GOOD:#}", price("/charged"));
        return [vec![format!("{paid} · rule {HELP}{rule}{HELP:#} · {left}")], would].concat();
    }
    if text("status").is_some() {
        let first = if text("kind") == Some("reopened") {
            format!("{GOOD}pays nothing{GOOD:#} · {left}")
        } else {
            format!("{} set aside · {left}", price("/held"))
        };
        return [vec![first], would(contract, body)].concat();
    }
    if text("quote").is_some() && body.get("if").is_some() {
        let mut lines = vec![format!("{} promised", price("/price"))];
        if let Some(warning) = text("warning") {
            lines.push(format!("{ERROR}asks first{ERROR:#}: {}", plain(warning)));
        }
        return lines;
    }
    if body.get("allowed").is_some() {
        return vec![format!("{} if it is run now", price("/price"))];
    }
    if let (Some(plan), Some(from)) = (text("next_plan"), text("changes_on")) {
        let from = Time::parse(from).map(|at| written(at, &contract.zone)).unwrap_or_default();
        return vec![format!("{} from {from}", plain(plan))];
    }
    let balance = body.get("available").and_then(Value::as_str);
    match balance.and_then(|text| Amount::parse(text).ok()) {
        Some(available) => vec![format!("{} to use", phrase::credits(available))],
        None => vec![String::from("done")],
    }
}

/// What would be, where the roll-out has not come to enforcing yet.
fn would(contract: &Contract, body: &Value) -> Vec<String> {
    let Some(would) = body.get("would").filter(|w| !w.is_null()) else { return Vec::new() };
    let mode = body.get("mode").and_then(Value::as_str).unwrap_or_default();
    let text = |key: &str| would.get(key).and_then(Value::as_str);
    let amount = text("charged").or_else(|| text("price")).and_then(|t| Amount::parse(t).ok());
    let what = match text("denial") {
        Some(code) => format!("would be refused: {code}"),
        None => format!("would cost {}", phrase::price(contract, amount.unwrap_or_default())),
    };
    vec![format!("{DIM}in {mode}: {what} once it is enforced{DIM:#}")]
}

/// A sentence that the customer reads, within the width.
fn said(body: &Value, key: &str, width: usize) -> Vec<String> {
    let Some(words) = body.get(key).and_then(Value::as_str) else { return Vec::new() };
    let words = plain(words.split(" Receipt run_").next().unwrap_or(words));
    let lines = textwrap::wrap(&words, width.saturating_sub(4)).into_iter();
    lines.map(std::borrow::Cow::into_owned).collect()
}
