//! W: the wallet.

use super::{Files, Severity, jobscout};

fn bought(lasts: &str) -> Files {
    jobscout().contract("bought:   { lasts: forever }", &format!("bought:   {{ lasts: {lasts} }}"))
}

#[test]
fn w01_fires() {
    bought("12 months").fires("W01", &["12 months"]);
}

#[test]
fn w01_is_milder_from_two_years() {
    let warning = |place: &str| (Severity::Warning, place.to_owned());
    assert_eq!(bought("2 years").finds("W01"), [warning("2 years")]);
    let unreminded = bought("5 years").without("expires: [30 days, 7 days]");
    assert_eq!(unreminded.finds("W01"), [warning("5 years")]);
}

#[test]
fn w01_stays_quiet() {
    jobscout().quiet("W01");
    bought("5 years").quiet("W01");
    bought("2 years").contract("customers: consumers", "customers: businesses").quiet("W01");
}

#[test]
fn w03_fires() {
    let small = jobscout().contract("keep_at_most: 200 credits", "keep_at_most: 100 credits");
    small.fires("W03", &["100 credits"]);
}

#[test]
fn w03_stays_quiet() {
    jobscout().contract("keep_at_most: 200 credits", "keep_at_most: 120 credits").quiet("W03");
}

#[test]
fn w07_fires() {
    let odd = jobscout().section("top_ups", "top_ups:\n  packs: { 33 credits: $5 }");
    // 33 is a multiple of 3, not of 10 or 5
    odd.fires("W07", &["packs", "packs"]);
}

#[test]
fn w07_stays_quiet() {
    jobscout().section("top_ups", "top_ups: { packs: { 60 credits: $6 } }").quiet("W07");
    let any = "top_ups: { packs: { 33 credits: $5 }, any_amount_from: $5 }";
    jobscout().section("top_ups", any).quiet("W07");
}

fn with_a_plan_on_us() -> Files {
    jobscout().contract(
        "plans:\n  discovery:",
        "plans:\n  guest:\n    runs_on: us\n    offers: [map_market]\n    best_model: small\n    \
         allowances: { map_market: 10 a month }\n\n  discovery:",
    )
}

#[test]
fn w09_fires() {
    let stranded = with_a_plan_on_us()
        .without("money_back: { on: unused")
        .contract(", may_leave_with: refund_of_unused", "");
    stranded.fires("W09", &["guest"]);
}

#[test]
fn w09_stays_quiet() {
    with_a_plan_on_us().quiet("W09"); // the money can be had back
    jobscout().without("money_back: { on: unused").quiet("W09");
}

#[test]
fn w11_fires() {
    let dear = "top_ups: { packs: { 50 credits: $5, 100 credits: $11 }, any_amount_from: $5 }";
    jobscout().section("top_ups", dear).fires("W11", &["$11"]);
}

#[test]
fn w11_stays_quiet() {
    jobscout().quiet("W11");
    let equal = "top_ups: { packs: { 30 credits: $3, 100 credits: $10 }, any_amount_from: $5 }";
    jobscout().section("top_ups", equal).quiet("W11");
}
