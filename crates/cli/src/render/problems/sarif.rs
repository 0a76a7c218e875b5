//! Problems for code hosts: SARIF 2.1.0, one run, one rule per id that was found.

use super::data::{Problem, Stretch};
use crate::load::Files;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use probity_cli::deployment;
use probity_core::contract::file;
use probity_core::diagnostic::{Diagnostic, Severity};
use probity_core::lint;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// The log as JSON. What could not be asked yet (`waits`) is a notification, so that a log with few
/// results is not taken for a contract with few faults.
pub(crate) fn sarif(problems: &[Diagnostic], waits: Option<String>, files: &Files) -> String {
    // One rule per id, in the order of ids; the first finding speaks for it.
    let mut rules: BTreeMap<&str, &Diagnostic> = BTreeMap::new();
    for found in problems {
        rules.entry(found.id).or_insert(found);
    }
    let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let results: Vec<Value> = problems.iter().map(|found| result(found, &index, files)).collect();
    let rules: Vec<Value> = rules.values().map(|found| rule(found)).collect();
    let waits = waits.map(|text| json!({ "level": "note", "message": { "text": text } }));
    let notifications: Vec<Value> = waits.into_iter().collect();
    crate::render::json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "probity",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(found: &Diagnostic) -> Value {
    let why = if found.why.is_empty() { &found.message } else { &found.why };
    let about = lint::about(found.id).or_else(|| deployment::about(found.id));
    let help = about.map(|about| crate::render::explain::markdown_of_check(&about));
    json!({
        "id": found.id,
        "shortDescription": { "text": title(found) },
        "fullDescription": { "text": why },
        "help": {
            "text": format!("{why} What to do: {} More: probity explain {}", found.fix, found.id),
            "markdown": help,
        },
        "defaultConfiguration": { "level": level(found.severity) },
    })
}

/// What the rule catches, in a few words.
fn title(found: &Diagnostic) -> &str {
    let read = file::Problem::ALL.iter().find(|problem| problem.id() == found.id);
    let linted = || lint::rule(found.id).map(|rule| rule.title);
    let deployed = || deployment::about(found.id).map(|about| about.title);
    read.map(|problem| problem.title()).or_else(linted).or_else(deployed).unwrap_or(&found.message)
}

fn result(found: &Diagnostic, index: &BTreeMap<&str, usize>, files: &Files) -> Value {
    let problem = Problem::of(found, files);
    let mut result = json!({
        "ruleId": problem.id,
        "ruleIndex": index.get(problem.id),
        "level": level(problem.severity),
        "message": { "text": format!("{}. Fix: {}", problem.message.trim_end_matches('.'), problem.fix) },
        "locations": [{ "physicalLocation": location(&problem.at) }],
    });
    if !problem.related.is_empty() {
        let related = problem.related.iter().enumerate().map(|(i, other)| {
            json!({
                "id": i,
                "physicalLocation": location(&other.at),
                "message": { "text": other.label },
            })
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(at: &Stretch<'_>) -> Value {
    json!({
        "artifactLocation": { "uri": uri(at.file) },
        "region": {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Everything but letters, digits and these is escaped in a path.
const IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'_').remove(b'-').remove(b'~');

/// A path as a URI reference: relative below the working folder, since code hosts know nothing above.
fn uri(path: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = Path::new(path).strip_prefix(here).ok().and_then(Path::to_str).unwrap_or(path);
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", utf8_percent_encode(path, IN_PATHS))
}
