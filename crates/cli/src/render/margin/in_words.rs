//! Figures of observed margins in a line each, where there is no room for a table.

use super::dollars;
use super::observed::{cost, count, free, margin, name, sums, text};
use serde_json::Value;

/// `tailor_document on pro: 20 ended, a unit cost $0.04, 76.7% left`.
pub(crate) fn row(row: &Value) -> String {
    let mut said = format!("{}: {} ended", name(row), count(row, "ended"));
    if let Some(unit) = cost(row, "unit_cost") {
        said.push_str(&format!(", a unit cost {}", dollars(unit)));
    }
    if !text(row, "margin").is_empty() {
        said.push_str(&format!(", {} left", margin(row)));
    }
    said
}

/// Everything of one of the two books.
pub(crate) fn total(report: &Value, total: &Value) -> Vec<String> {
    let said = [sums(report, total), free(total)];
    said.into_iter().filter(|said| !said.is_empty()).collect()
}
