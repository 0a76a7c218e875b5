//! Small pieces of what stands in books: a line of credits, a day, a field with its label.

use super::plain;
use super::style::DIM;
use crate::terminal;
use probity_core::{Amount, phrase};
use serde_json::Value;
use std::fmt::Write;

/// `10 credits`, of an amount as the API writes it.
pub(crate) fn credits(text: &str) -> String {
    phrase::credits(Amount::parse(text).unwrap_or_default())
}

/// What stands in a wallet: `110 credits to use, 10 set aside`.
pub(crate) fn credits_line(wallet: &Value) -> String {
    let text = |key: &str| wallet.get(key).and_then(Value::as_str).unwrap_or("0");
    let mut line = format!("{} to use", credits(text("available")));
    if text("held") != "0" {
        line.push_str(&format!(", {} set aside", text("held")));
    }
    if text("owed") != "0" {
        line.push_str(&format!(", {} owed", text("owed")));
    }
    line
}

/// An instant for people: `2026-11-23 10:00`, in UTC; without the time at midnight.
pub(crate) fn day(instant: &str) -> String {
    let minutes = instant.get(..16).unwrap_or(instant).replace('T', " ");
    minutes.strip_suffix(" 00:00").map(str::to_owned).unwrap_or(minutes)
}

/// A line with its label, as wide as the terminal.
pub(crate) fn field(label: &str, text: &str) -> String {
    let mut out = String::new();
    let width = terminal::width().saturating_sub(14);
    for (n, line) in textwrap::wrap(&plain(text), width).iter().enumerate() {
        let label = if n == 0 { label } else { "" };
        let _ = writeln!(out, "  {DIM}{label:<11}{DIM:#} {line}");
    }
    out
}
