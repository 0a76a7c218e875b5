//! A story as it went: each step with what the customer pays, the rule, and what they read.

mod done;
mod mode;

use super::plain;
use super::style::{BOLD, DIM, ERROR, GOOD, HELP};
use probity::scenario::{Turn, written};
use probity_core::{Amount, Contract, Operations, Time, phrase};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The whole story, played under these operations, where there are any.
pub(crate) fn story(
    contract: &Contract,
    operations: Option<&Operations>,
    turns: &[Turn],
    width: usize,
) -> String {
    let mut out = String::new();
    let began = turns.first().map(|turn| written(turn.at, &contract.zone)).unwrap_or_default();
    let mut at = began.clone();
    let _ = writeln!(out, "{DIM}{} · {began}{DIM:#}", plain(&contract.reference().to_string()));
    let mut told = Told { contract, operations, plans: BTreeMap::new(), back: BTreeMap::new() };
    for turn in turns {
        let now = written(turn.at, &contract.zone);
        if now != at {
            let _ = writeln!(out, "\n{DIM}{now}{DIM:#}");
            at = now;
        }
        let _ = writeln!(out, "\n{BOLD}{}{BOLD:#}", plain(&turn.text));
        for line in told.summary(turn) {
            let options = textwrap::Options::new(width.saturating_sub(2)).subsequent_indent("  ");
            for line in textwrap::wrap(&line, options) {
                let _ = writeln!(out, "  {line}");
            }
        }
        if is_ended_again(turn) {
            continue;
        }
        if told.is_in_shadow(turn) {
            let _ = writeln!(out, "  {DIM}(in shadow: the customer is shown nothing){DIM:#}");
            continue;
        }
        for line in ["words", "tell"].iter().flat_map(|key| said(&turn.told.body, key, width)) {
            let _ = writeln!(out, "  {DIM}│{DIM:#} {line}");
        }
    }
    out
}

/// What is known while a story is told.
struct Told<'c> {
    contract: &'c Contract,
    operations: Option<&'c Operations>,
    /// The plan of each customer, as last answered.
    plans: BTreeMap<String, String>,
    /// What was given back of each run so far.
    back: BTreeMap<String, Amount>,
}

/// The answer of a step, and what it says of amounts and times.
#[derive(Clone, Copy)]
struct Answer<'t> {
    contract: &'t Contract,
    /// The step, as written.
    step: &'t str,
    body: &'t Value,
}

impl<'t> Answer<'t> {
    fn text(&self, key: &str) -> Option<&'t str> {
        self.body.get(key).and_then(Value::as_str)
    }

    /// The amount at a pointer.
    fn amount(&self, at: &str) -> Option<Amount> {
        let value = self.body.pointer(at).and_then(Value::as_str);
        value.and_then(|text| Amount::parse(text).ok())
    }

    /// The amount at a pointer, with its money.
    fn price(&self, at: &str) -> String {
        phrase::price(self.contract, self.amount(at).unwrap_or_default())
    }

    /// The instant at a pointer.
    fn time(&self, at: &str) -> Option<String> {
        let value = self.body.pointer(at).and_then(Value::as_str)?;
        Some(written(Time::parse(value)?, &self.contract.zone))
    }

    /// What can be used after it.
    fn left(&self) -> String {
        self.can_use("/wallet", "left")
    }

    /// What a wallet can pay: `110 credits left`; on a credit line, what is owed and what is left
    /// of the line.
    fn can_use(&self, wallet: &str, after: &str) -> String {
        let amount = |key: &str| self.amount(&format!("{wallet}/{key}")).unwrap_or_default();
        let (available, owed, line) = (amount("available"), amount("owed"), amount("credit_line"));
        let credits = phrase::credits;
        match (available.is_positive() || owed.is_zero(), line.is_zero()) {
            (true, true) => format!("{} {after}", credits(available)),
            (true, false) => {
                format!("{} {after}, then a credit line of {line}", credits(available))
            }
            (false, true) => format!("{} owed", credits(owed)),
            (false, false) => {
                // A line that ended leaves more owed than the one that stays: nothing is left of it.
                let left = available.plus(line).unwrap_or_default().max(Amount::ZERO);
                format!("{} owed, {left} of the credit line left", credits(owed))
            }
        }
    }

    /// The word at this place of the step.
    fn word(&self, n: usize) -> &'t str {
        self.step.split_whitespace().nth(n).unwrap_or_default()
    }
}

impl Told<'_> {
    /// What came of a step: the amounts, the rule, what is left.
    fn summary(&mut self, turn: &Turn) -> Vec<String> {
        let body = &turn.told.body;
        let answer = Answer { contract: self.contract, step: &turn.text, body };
        if !turn.told.done {
            let code = answer.text("code").unwrap_or("refused");
            let detail = answer.text("detail").filter(|_| answer.text("words").is_none());
            let detail = detail.map(|d| format!(": {}", plain(d))).unwrap_or_default();
            return vec![format!("{ERROR}refused{ERROR:#}: {code}{detail}")];
        }
        if let (Some(customer), Some(plan)) = (answer.text("customer"), answer.text("plan")) {
            self.plans.insert(customer.to_owned(), plan.to_owned());
        }
        if is_ended_again(turn) {
            return vec![String::from("already ended; nothing more happens")];
        }
        if answer.text("rule").is_some() {
            let would = would(self.contract, body);
            return [vec![self.ended(&answer)], would].concat();
        }
        if answer.text("status").is_some() {
            let first = if answer.text("kind") == Some("reopened") {
                format!("{GOOD}pays nothing{GOOD:#} · {}", answer.left())
            } else {
                format!("{} set aside · {}", answer.price("/held"), answer.left())
            };
            let why = self.why_not_enforced(&answer);
            return [vec![first], would(self.contract, body), why].concat();
        }
        done::lines(&answer)
    }

    /// What a run costs that has ended, and what of it was given back.
    fn ended(&mut self, answer: &Answer<'_>) -> String {
        let rule = answer.text("rule").unwrap_or_default();
        let rule = format!("rule {HELP}{rule}{HELP:#} · {}", answer.left());
        let amount = |at: &str| answer.amount(at).unwrap_or_default();
        let (charged, back) = (amount("/charged"), amount("/refunded"));
        let run = answer.text("run").unwrap_or_default().to_owned();
        let before = self.back.insert(run, back).unwrap_or_default();
        if back.is_zero() {
            return format!("{GOOD}pays {}{GOOD:#} · {rule}", answer.price("/charged"));
        }
        let given = if answer.word(1) == "is" { back.less(before) } else { back };
        let given = phrase::price(self.contract, given);
        let pays = phrase::price(self.contract, charged.less(back));
        format!("{GOOD}{given} given back{GOOD:#} · pays {pays} in the end · {rule}")
    }
}

/// Was a run ended that had ended so before?
fn is_ended_again(turn: &Turn) -> bool {
    let is_ending = turn.text.split_whitespace().nth(1) == Some("ends");
    is_ending && turn.told.done && turn.told.entries.is_empty()
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
