//! What the work cost us, beside what it brought.

use crate::answer::Failure;
use crate::demo::stage::{Of, Stage, done};
use crate::render::margin::in_words;
use serde_json::Value;

/// From before the story: the sandbox has its own day by now.
const PATH: &str = "/v1/reports/margin?since=2020-01-01T00:00:00Z";

pub(super) fn margin(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let report = done(stage.ask("We ask for the margins", "GET", PATH, Value::Null)?)?;
    for row in enforced(&report.body, "rows") {
        stage.tell(Of::Us, in_words::row(row));
    }
    let total = enforced(&report.body, "totals").next().cloned().unwrap_or_default();
    stage.aside("All that was enforced, together");
    for said in in_words::total(&report.body, &total) {
        stage.tell(Of::Us, said);
    }
    let is_known = total["whole"] == true && total["silent"] == 0 && total["unknown"] == 0;
    stage.promise("Every run has told what it took: no cost is guessed.", is_known);
    let rows = || enforced(&report.body, "rows");
    stage.promise("No action leaves less than we set out to keep.", rows().all(is_kept));
    let failed = total["free_by"].as_array().into_iter().flatten();
    let mut failed = failed.filter(|line| line["cause"] == "failed");
    stage.promise(
        "The letter that failed was free for Ana, and its cost is ours.",
        failed.any(|line| line["runs"] == 1 && line["cost"].as_str().is_some_and(|c| c != "0")),
    );
    Ok(())
}

fn is_kept(row: &Value) -> bool {
    row["below"] != true
}

/// What was enforced; what was only watched stands apart.
fn enforced<'v>(report: &'v Value, part: &str) -> impl Iterator<Item = &'v Value> {
    let lines = report[part].as_array().into_iter().flatten();
    lines.filter(|line| line["books"] == "enforced")
}
