//! Every key of a plan, and which plan newcomers begin on.

use super::{ADVERSE, All, BETTER, Job, NEUTRAL, Row, UNDECIDABLE, changed, classes, hold};

pub(super) const ROWS: &[Row] = &[
    (All, "new_customers: ours", "new_customers: paid", "new_customers", NEUTRAL, NEUTRAL),
    (All, "name: Looking around", "name: Look", "plans.ours.name", NEUTRAL, NEUTRAL),
    (All, "for: looking around", "for: everyone", "plans.ours.for", NEUTRAL, NEUTRAL),
    (Job, "price: $12 a month", "price: $14 a month", "plans.pro.price", ADVERSE, BETTER),
    (All, "price: $9 a month", "price: $9 a week", "plans.theirs.price", ADVERSE, BETTER),
    (All, "price: $120 a year", "price: $10 a month", "plans.paid.price", BETTER, ADVERSE),
    (All, "price: $120 a year", "price: $8 a month", "plans.paid.price", BETTER, ADVERSE),
    (All, "price: $120 a year", "price: $12 a month", "plans.paid.price", UNDECIDABLE, UNDECIDABLE),
    (All, "price: $120 a year", "price: free", "plans.paid.price", BETTER, ADVERSE),
    (Job, "credits: 120", "credits: 100", "plans.pro.credits", ADVERSE, BETTER),
    (Job, "\n    credits: 120", "", "plans.pro.credits", ADVERSE, BETTER),
    (All, "credits: 100 a month", "credits: 100 a year", "plans.paid.credits", ADVERSE, BETTER),
    (
        All,
        "credits: 100 a month",
        "credits: 1000 a year",
        "plans.paid.credits",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "[search_roles, map_market, tailor_document]",
        "[search_roles, map_market, tailor_document, find_contact_email]",
        "plans.discovery.offers",
        BETTER,
        ADVERSE,
    ),
    (
        Job,
        "best_model: writer\n    allow",
        "best_model: small\n    allow",
        "plans.pro.best_model",
        ADVERSE,
        BETTER,
    ),
    (Job, "\n    best_model: frontier", "", "plans.byok.best_model", BETTER, ADVERSE),
    // Free anyway: the allowance bounds it.
    (
        Job,
        "{ search_roles: 150 a month, map",
        "{ search_roles: 100 a month, map",
        "plans.discovery.allowances.search_roles",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "{ search_roles: 150 a month, map",
        "{ search_roles: 150 a week, map",
        "plans.discovery.allowances.search_roles",
        BETTER,
        ADVERSE,
    ),
    (
        Job,
        "{ search_roles: 150 a month, map",
        "{ search_roles: 10 a day, map",
        "plans.discovery.allowances.search_roles",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "{ search_roles: 150 a month, map",
        "{ map",
        "plans.discovery.allowances.search_roles",
        BETTER,
        ADVERSE,
    ),
    (All, "look: 20 a day", "look: 10 a day", "plans.ours.allowances.look", ADVERSE, BETTER),
    // Paid: the allowance makes some of it free.
    (
        Job,
        "map_market: 40 a month }",
        "map_market: 40 a month, tailor_document: 2 a month }",
        "plans.discovery.allowances.tailor_document",
        BETTER,
        ADVERSE,
    ),
    (
        Job,
        "6 credits and on your key",
        "7 credits and on your key",
        "plans.byok.prices.enrich_market_map",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "\n      process_documents: on your key",
        "",
        "plans.byok.prices.process_documents",
        UNDECIDABLE,
        UNDECIDABLE,
    ),
    (
        Job,
        "enrich_market_map: 6 credits and on your key",
        "enrich_market_map: 10 credits and on your key",
        "plans.byok.prices.enrich_market_map",
        ADVERSE,
        BETTER,
    ),
    (
        Job,
        "enrich_market_map: 6 credits and on your key",
        "enrich_market_map: 6 credits",
        "plans.byok.prices.enrich_market_map",
        BETTER,
        ADVERSE,
    ),
    (
        All,
        "{ read: { each: 0.5 credits, at_least: 0.5",
        "{ read: { each: 1 credit, at_least: 0.5",
        "plans.paid.prices.read.each",
        ADVERSE,
        BETTER,
    ),
    (
        All,
        "at_least: 0.5 credits, at_most: 30",
        "at_least: 1 credit, at_most: 30",
        "plans.paid.prices.read.at_least",
        ADVERSE,
        BETTER,
    ),
    (
        All,
        "at_most: 30 credits",
        "at_most: 20 credits",
        "plans.paid.prices.read.at_most",
        BETTER,
        ADVERSE,
    ),
    (All, "up_to: 200", "up_to: 300", "plans.paid.prices.read.up_to", BETTER, ADVERSE),
    (
        Job,
        "monthly_cap: $20",
        "monthly_cap: $30",
        "plans.byok.own_key.monthly_cap",
        ADVERSE,
        UNDECIDABLE,
    ),
    (All, "monthly_cap: $20, ", "", "plans.theirs.own_key.monthly_cap", ADVERSE, UNDECIDABLE),
    (
        Job,
        "we cannot refund those",
        "we do not refund those",
        "plans.byok.own_key.tell",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        Job,
        "\n    top_ups: allowed\n    when_short: [wait",
        "\n    top_ups: none\n    when_short: [wait",
        "plans.pro.top_ups",
        ADVERSE,
        BETTER,
    ),
    (
        All,
        "The rest costs us too much.",
        "It costs too much.",
        "plans.ours.why.offers",
        NEUTRAL,
        NEUTRAL,
    ),
    (All, "Nothing here is paid.", "Nothing is paid.", "plans.ours.why.top_ups", NEUTRAL, NEUTRAL),
    (
        All,
        ", best_model: Small is enough to look. }",
        " }",
        "plans.ours.why.best_model",
        NEUTRAL,
        NEUTRAL,
    ),
    (
        Job,
        "[wait, top_up, { switch_to: byok }, contact]",
        "[top_up, wait, { switch_to: byok }, contact]",
        "plans.pro.when_short",
        NEUTRAL,
        NEUTRAL,
    ),
];

#[test]
fn each_key_of_a_plan() {
    hold(ROWS);
}

#[test]
fn what_a_plan_runs_on() {
    let ours = "for: looking around\n    runs_on: us";
    let paid = changed(All, &[(ours, "for: looking around\n    runs_on: credits")]);
    let runs_on = ("plans.ours.runs_on", ADVERSE);
    assert!(classes(&paid).contains(&runs_on), "what we paid for is paid for by them: {paid:#?}");
    let theirs = "runs_on: own_key\n    price: $9 a month\n    prices: { write: on your key }\n    \
        own_key: { monthly_cap: $20, tell: Your provider bills you. }";
    let ours = changed(All, &[(theirs, "runs_on: credits\n    price: $9 a month")]);
    let price = ("plans.theirs.prices.write", UNDECIDABLE);
    assert_eq!(classes(&ours), [("plans.theirs.runs_on", UNDECIDABLE), price], "{ours:#?}");
}

#[test]
fn plans_come_and_go() {
    let team = "\n  team: { price: $99 a month, credits: 2000 }\n\noutcomes:";
    let diff = changed(Job, &[("\noutcomes:", team)]);
    assert_eq!(classes(&diff), [("plans.team", BETTER)]);
    assert_eq!(diff.changes[0].words, "New plan: Team ($99 a month).");
    let with = super::edited(Job.text(), "\noutcomes:", team);
    let back = super::diff(&super::contract(&with), &super::contract(Job.text()));
    assert_eq!(classes(&back), [("plans.team", ADVERSE)]);
    assert_eq!(back.changes[0].words, "The plan Team is no longer offered.");
}

#[test]
fn dearer_on_one_plan_and_cheaper_on_another_are_two_changes() {
    let prices = |pro: &str, byok: &str| {
        let text = super::edited(
            Job.text(),
            "    top_ups: allowed\n    when_short: [wait",
            &format!(
                "    prices: {{ find_contact_email: {pro} }}\n    top_ups: allowed\n    when_short: [wait"
            ),
        );
        super::contract(&super::edited(
            &text,
            "tailor_document: on your key",
            &format!("tailor_document: on your key\n      find_contact_email: {byok}"),
        ))
    };
    let diff = super::diff(&prices("1 credit", "2 credits"), &prices("2 credits", "1 credit"));
    let pro = ("plans.pro.prices.find_contact_email", ADVERSE);
    let byok = ("plans.byok.prices.find_contact_email", BETTER);
    assert_eq!(classes(&diff), [pro, byok]);
    assert_eq!(diff.class(), ADVERSE);
}

#[test]
fn a_price_of_a_plan_that_was_never_the_lower_one_changes_nothing_yet() {
    let price = |price: &str| {
        let at = "    top_ups: allowed\n    when_short: [wait";
        let with = format!("    prices: {{ find_contact_email: {price} }}\n{at}");
        super::contract(&super::edited(Job.text(), at, &with))
    };
    let diff = super::diff(&super::contract(Job.text()), &price("9 credits"));
    assert_eq!(classes(&diff), [("plans.pro.prices.find_contact_email", NEUTRAL)], "{diff:#?}");
}

#[test]
fn an_allowance_of_what_is_no_longer_free_cannot_be_compared_with_none() {
    let diff = changed(
        All,
        &[
            ("    price: free\n    after_allowance: 0.5 credits", "    price: 1 credit"),
            ("\n    exploring: true", ""),
            ("    best_model: large", "    best_model: large\n    allowances: { look: 5 a day }"),
        ],
    );
    let allowance = ("plans.paid.allowances.look", UNDECIDABLE);
    assert!(classes(&diff).contains(&allowance), "without bound, then five of them: {diff:#?}");
}
