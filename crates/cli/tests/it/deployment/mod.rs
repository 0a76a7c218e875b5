//! `probity.yaml`: what is read, what is refused, and exactly how it is said.

mod cases;
mod checked;
mod hostile;
mod pages;
mod read;

use probity_cli::deployment::{Reading, read};
use probity_core::contract::file::{self, Sources};
use probity_core::diagnostic::{Diagnostic, line_column};

/// A deployment with every key.
const EVERYTHING: &str = include_str!("everything.yaml");

/// The contract that it puts to use.
fn jobscout() -> file::Reading {
    let contract = include_bytes!("../../../../../contracts/jobscout/contract.yaml");
    file::read(&Sources { contract, operations: None, prices: None })
}

/// A deployment read beside the sample contract.
fn beside_jobscout(text: &str) -> Reading {
    read(text.as_bytes(), Some(&jobscout()))
}

/// A finding as one line, what is underlined, and its fix.
fn said(finding: &Diagnostic, text: &str) -> String {
    let (line, column) = line_column(text, finding.place.span.start);
    let underlined = text.get(finding.place.span.clone()).unwrap_or("NOT A PLACE");
    let first = underlined.lines().next().unwrap_or_default();
    let (id, severity) = (finding.id, format!("{:?}", finding.severity).to_lowercase());
    let (message, fix) = (&finding.message, &finding.fix);
    format!("{line}:{column} {severity} {id} {message}\n    at: {first}\n    fix: {fix}\n")
}

/// Everything said of a deployment.
fn all_said(reading: &Reading, text: &str) -> String {
    reading.findings.iter().map(|finding| said(finding, text)).collect()
}
