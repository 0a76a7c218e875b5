//! G: questions for counsel, asked only where consumers are sold to.

use super::{Files, jobscout};

fn for_businesses(files: Files) -> Files {
    files.contract("customers: consumers", "customers: businesses")
}

#[test]
fn g01_fires() {
    let no_plans = jobscout().contract("plans: /billing/plans, ", "");
    no_plans.fires("G01", &["links"]);
}

#[test]
fn g01_stays_quiet() {
    jobscout().quiet("G01");
    for_businesses(jobscout().contract("plans: /billing/plans, ", "")).quiet("G01");
}

fn yearly() -> Files {
    jobscout().contract(
        "price: $12 a month\n    credits: 120",
        "price: $120 a year\n    credits: 120 a month",
    )
}

#[test]
fn g03_fires() {
    yearly().fires("G03", &["$120 a year"]);
}

#[test]
fn g03_stays_quiet() {
    jobscout().quiet("G03");
    for_businesses(yearly()).quiet("G03");
}

#[test]
fn g05_fires() {
    let brief = jobscout().contract("within: 14 days", "within: 3 days");
    brief.fires("G05", &["money_back"]);
}

#[test]
fn g05_stays_quiet() {
    jobscout().contract("within: 14 days", "within: 2 weeks").quiet("G05");
    for_businesses(jobscout().contract("within: 14 days", "within: 3 days")).quiet("G05");
    let unsold = "top_ups: { money_back: { on: unused, within: 3 days } }";
    jobscout().section("top_ups", unsold).quiet("G05"); // nothing can be bought
}

#[test]
fn g06_fires() {
    let hasty = jobscout().contract("notice: 30 days", "notice: 3 days");
    hasty.fires("G06", &["worse"]);
}

#[test]
fn g06_stays_quiet() {
    jobscout().contract("notice: 30 days", "notice: 1 month").quiet("G06");
    for_businesses(jobscout().contract("notice: 30 days", "notice: 3 days")).quiet("G06");
}

#[test]
fn g10_fires() {
    let phrase = "people who know that credits have no monetary value";
    jobscout().contract("people looking around", phrase).fires("G10", &[phrase]);
}

#[test]
fn g10_stays_quiet() {
    let phrase = "people who know that credits have no monetary value";
    for_businesses(jobscout().contract("people looking around", phrase)).quiet("G10");
    jobscout().contract("people looking around", "people who value money").quiet("G10");
}
