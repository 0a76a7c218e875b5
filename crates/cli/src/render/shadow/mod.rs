//! How a shadow report looks: on a terminal, and as a page with pictures. It is told from its JSON, as
//! the API gives it, whoever made it.

mod html;
mod terminal;

pub(crate) use html::html;
pub(crate) use terminal::{gate, terminal};

use super::replay::figures;
use probity_core::rollout::Verdict;
use serde_json::Value;

/// What a report is of, and beside what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heading<'a> {
    /// The report.
    pub(crate) report: &'a Value,
    /// The file that today's charges come from; None: they came with the runs.
    pub(crate) file: Option<&'a str>,
}

/// A text of an object; empty where there is none.
fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of[key].as_str().unwrap_or_default()
}

/// A count of an object.
fn number(of: &Value, key: &str) -> u64 {
    of[key].as_u64().unwrap_or(0)
}

/// The items of a list.
fn items<'v>(of: &'v Value, key: &str) -> &'v [Value] {
    of[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// `1,234.5 credits`, also of more than one customer can have.
fn credits(text: &str) -> String {
    let unit = if text == "1" { "credit" } else { "credits" };
    format!("{} {unit}", grouped(text))
}

/// `1,234.5`
fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), figures::count);
    fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}"))
}

/// Thousandths of a credit: what drawings are measured in.
fn thousandths(text: &str) -> u64 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    format!("{whole}{fraction}").parse().unwrap_or(0)
}

/// A verdict's sentence.
fn verdict(word: &str) -> &'static str {
    Verdict::ALL.into_iter().find(|v| v.word() == word).map_or("", Verdict::says)
}

/// `9 November to 23 November 2026`, in UTC.
fn span(report: &Value) -> String {
    let day = |key: &str| {
        let date = text(report, key).get(..10).and_then(|day| day.parse().ok());
        date.map(probity_core::phrase::date).unwrap_or_default()
    };
    format!("{} to {}", day("since"), day("until"))
}

/// Of what it is: everything, an action, a plan.
fn of_what(report: &Value) -> String {
    let only = |key: &str| report[key].as_str().map(|id| format!("{key} {id}"));
    let only: Vec<String> = ["action", "plan"].into_iter().filter_map(only).collect();
    if only.is_empty() { String::new() } else { format!(", only {}", only.join(" and ")) }
}

/// In one sentence what it would be.
fn headline(report: &Value) -> String {
    let sums = &report["sums"];
    let runs = figures::many(number(sums, "runs"), "run");
    if number(sums, "runs") == 0 {
        return "No run ended in this window.".to_owned();
    }
    let mut says = format!(
        "Of {runs}, {} would cost something, {} in all, and {} would be refused",
        figures::count(number(sums, "charged_runs")),
        credits(text(sums, "charged")),
        match number(sums, "denied") {
            0 => "none".to_owned(),
            n => figures::count(n),
        },
    );
    let back = text(sums, "given_back");
    if !matches!(back, "" | "0") {
        says.push_str(&format!("; {} would be given back", credits(back)));
    }
    says + "."
}

/// The comparison in lines: what, how many.
fn comparison(report: &Value) -> [(&'static str, u64, &'static str); 6] {
    let sums = &report["sums"];
    [
        ("the same", number(sums, "same"), "free"),
        ("we charge more", number(sums, "more"), "refused"),
        ("we charge less", number(sums, "less"), "here"),
        ("we would stop", number(sums, "would_stop"), "stop"),
        ("we would not stop", number(sums, "would_not_stop"), "today"),
        ("not known", number(report, "unknown"), "left"),
    ]
}
