//! P: plans.

use super::{KEY_PRICES, jobscout};

#[test]
fn p01_fires() {
    let nothing_sold = jobscout().section("top_ups", "top_ups: { auto: only_if_asked }");
    let ways = ["[wait, top_up, { switch_to: byok }, contact]", "[top_up, contact]"];
    nothing_sold.fires("P01", &ways);
}

#[test]
fn p01_stays_quiet() {
    jobscout().quiet("P01");
    let silent = jobscout().without("when_short: [wait, top_up");
    silent.quiet("P01"); // by default: somebody to ask, and what the plan has
}

#[test]
fn p03_fires() {
    let keyless = jobscout()
        .contract(&format!("prices:\n{KEY_PRICES}"), "prices: { tailor_document: 4 credits }");
    keyless.fires("P03", &["own_key"]);
}

#[test]
fn p03_stays_quiet() {
    jobscout().quiet("P03");
}

#[test]
fn p04_fires() {
    let again = "10 credits and on your key";
    jobscout().contract("6 credits and on your key", again).fires("P04", &[again]);
}

#[test]
fn p04_stays_quiet() {
    jobscout().contract("6 credits and on your key", "9.5 credits and on your key").quiet("P04");
}

#[test]
fn p05_fires() {
    let open = jobscout()
        .without("    own_key:")
        .without("monthly_cap: $20")
        .without("tell: Your AI provider");
    open.fires("P05", &["byok"]);
}

#[test]
fn p05_stays_quiet() {
    jobscout().quiet("P05");
}

#[test]
fn p06_fires() {
    let paid = jobscout()
        .contract(
            "offers: [search_roles, map_market, tailor_document]",
            "offers: [tailor_document]",
        )
        .without("allowances: { search_roles: 150 a month");
    paid.fires("P06", &["[tailor_document]"]);
}

#[test]
fn p06_stays_quiet() {
    let some = jobscout()
        .contract(
            "offers: [search_roles, map_market, tailor_document]",
            "offers: [tailor_document]",
        )
        .contract(
            "{ search_roles: 150 a month, map_market: 40 a month }",
            "{ tailor_document: 1 a month }",
        );
    some.quiet("P06"); // a free document a month is something
}

#[test]
fn p07_fires() {
    let priced = jobscout().contract(
        "exploring: true               # exempt from caps and the unusual day",
        "exploring: true\n    after_allowance: 0.5 credits",
    );
    priced.fires("P07", &["0.5 credits"]);
}

#[test]
fn p07_stays_quiet() {
    jobscout().quiet("P07");
}

#[test]
fn p13_fires() {
    let idle = jobscout().contract(
        "for: people applying this month",
        "for: people applying this month\n    prices: { tailor_document: 6 credits }",
    );
    idle.fires("P13", &["6 credits"]);
}

#[test]
fn p13_stays_quiet() {
    let lower = jobscout().contract(
        "for: people applying this month",
        "for: people applying this month\n    prices: { tailor_document: 4 credits }",
    );
    lower.quiet("P13");
}
