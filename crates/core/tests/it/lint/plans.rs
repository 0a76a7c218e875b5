//! P: plans.

use super::{Files, KEY_PRICES, jobscout, one_action};

#[test]
fn p01_fires() {
    let nothing_sold = jobscout().section("top_ups", "top_ups: { auto: only_if_asked }");
    let ways = ["[wait, top_up, { switch_to: byok }, contact]", "[top_up, contact]"];
    nothing_sold.fires("P01", &ways);
}

#[test]
fn p01_fires_for_each_way_that_is_not_there() {
    let said = |files: Files, message: &str| files.says("P01", message, "");
    let best = "best_model: frontier\n    ";
    let allowances = "allowances: { search_roles: 800 a month, map_market: 100 a month }\n    ";
    let no_return = jobscout()
        .contract(&format!("{best}{allowances}"), best)
        .contract("[top_up, contact]", "[wait, contact]");
    said(no_return, "`byok` tells customers to wait, but nothing comes back on it.");
    let unsold =
        jobscout().contract("{ switch_to: pro }, { switch_to: byok }, contact]", "top_up]");
    said(unsold, "`discovery` tells customers to top up, but sells no credits.");
    let only_asking = one_action("runs_on: credits");
    said(only_asking, "All that `all` leaves to a customer who is short is to ask.");
}

#[test]
fn p01_counts_one_way_as_an_answer() {
    let quiet = |plan: &str| one_action(plan).quiet("P01");
    quiet("runs_on: credits\n    credits: 10\n    when_short: [wait]");
    quiet("runs_on: credits\n    allowances: { sum_up: 2 a month }\n    when_short: [wait]");
    quiet("runs_on: credits\n    prices: { sum_up: free }");
    quiet("runs_on: credits\n  other:\n    price: $20 a month\n    credits: 5");
    one_action("runs_on: credits").with("top_ups: { any_amount_from: $5 }").quiet("P01");
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
fn p06_compares_plans_over_a_year() {
    let unfree = |price: &str| {
        jobscout()
            .contract(
                "offers: [search_roles, map_market, tailor_document]",
                "offers: [tailor_document]",
            )
            .without("allowances: { search_roles: 150 a month")
            .contract("price: $4 a month", &format!("price: {price}"))
            .contract("credits: 25", "credits: 25 a month")
            .finds("P06")
            .len()
    };
    // byok costs $9 a month and lets people search
    assert_eq!([unfree("$20 a month"), unfree("$108 a year"), unfree("$40 a year")], [0, 1, 1]);
    assert_eq!(unfree("$120 a year"), 0);
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
fn p13_compares_every_kind_of_price() {
    let idle = |price: &str| {
        let people = "for: people applying this month";
        let prices = format!("{people}\n    prices: {{ {price} }}");
        jobscout().contract(people, &prices).finds("P13").len()
    };
    assert_eq!(idle("map_market: free"), 1);
    assert_eq!(idle("map_market: 1 credit"), 1);
    assert_eq!(idle("tailor_document: free"), 0);
    assert_eq!(idle("tailor_document: 5 credits"), 1);
    let pages = "{ each: 0.5 credits, at_least: 1 credit, at_most: 40 credits, up_to: 100 }";
    assert_eq!(idle(&format!("process_documents: {pages}")), 1);
    let fewer = "{ each: 0.5 credits, at_least: 1 credit, at_most: 30 credits, up_to: 100 }";
    assert_eq!(idle(&format!("process_documents: {fewer}")), 0);
}

#[test]
fn p13_stays_quiet() {
    let lower = jobscout().contract(
        "for: people applying this month",
        "for: people applying this month\n    prices: { tailor_document: 4 credits }",
    );
    lower.quiet("P13");
}
