//! Observed margins as one page, in the style of a replay's.

use super::observed::{cost, count, flags, free, list, margin, model, more, name, sum, sums, text};
use super::observed::{title, word, worth};
use crate::answer::Failure;
use crate::render::books::day;
use crate::render::page::{STYLE, allowed, rendered};
use crate::render::replay::chart::{self, Part};
use crate::render::replay::figures::many;
use askama::Template;
use probity_core::Cost;
use serde_json::Value;

/// The style of this page, after that of every page: a replay's, and what is its own.
const OWN_STYLE: &str = include_str!("../../../templates/replay.css");
const MORE_STYLE: &str = include_str!("../../../templates/margin.css");
/// How high a bar is drawn.
const BAR: u64 = 12;
const WHOLE: u64 = 1_000_000;

#[derive(Template)]
#[template(path = "margin.html")]
struct Page<'a> {
    style: &'a str,
    style_hash: String,
    report: &'a Value,
}

/// The page.
pub(crate) fn html(report: &Value) -> Result<String, Failure> {
    let style = format!("{STYLE}{OWN_STYLE}{MORE_STYLE}");
    rendered(&Page { style_hash: allowed(&style), style: &style, report })
}

impl Page<'_> {
    fn span(&self) -> String {
        format!("{} to {}", day(text(self.report, "since")), day(text(self.report, "until")))
    }

    /// The lines of one of the two books.
    fn rows(&self, total: &Value) -> Vec<&Value> {
        let rows = list(self.report, "rows").iter();
        rows.filter(|row| text(row, "books") == text(total, "books")).collect()
    }

    /// What is to be looked at, with whose it is.
    fn flags(&self, total: &Value) -> Vec<(String, String)> {
        let rows = self.rows(total).into_iter();
        rows.flat_map(|row| flags(self.report, row).into_iter().map(|flag| (name(row), flag)))
            .collect()
    }
}

/// What calls cost, with a mark where that is a part of it.
fn spent(line: &Value) -> String {
    if cost(line, "cost").is_some() { sum(line, "cost") + more(line) } else { sum(line, "cost") }
}

/// What came in, as a bar: the part that calls cost, and what is left; empty where either is unknown.
fn bar(row: &Value) -> String {
    let (Some(revenue), Some(spent)) = (cost(row, "revenue"), cost(row, "cost")) else {
        return String::new();
    };
    if !revenue.is_positive() {
        return String::new();
    }
    let spent = share(spent, revenue);
    let class = if row["below"] == true { "below" } else { "kept" };
    let parts = [Part { n: spent, class: "spent" }, Part { n: WHOLE - spent, class }];
    let says = format!("calls cost {} of {}", sum(row, "cost"), sum(row, "revenue"));
    chart::stacked(&parts, WHOLE, BAR, &says)
}

/// In millionths, and no more than all of it.
fn share(spent: Cost, revenue: Cost) -> u64 {
    let share = spent.ratio_millionths(revenue).unwrap_or(0);
    u64::try_from(share).unwrap_or(0).min(WHOLE)
}
