//! E: economics.

use super::{KEY_PRICES, Severity, jobscout};

#[test]
fn e01_fires() {
    let dear = jobscout().operations("email_lookup: $0.12", "email_lookup: $0.40");
    dear.fires("E01", &["3 credits"]);
}

#[test]
fn e01_says_what_a_price_brings_and_costs() {
    let lookup = jobscout().operations("email_lookup: $0.12", "email_lookup: $0.40");
    let message = "`find_contact_email` leaves -66.5% at worst on `pro`; it loses.";
    lookup.says("E01", message, "brings $0.264, costs $0.40");
    let search = jobscout().operations("job_index: $0.002", "job_index: $0.05");
    let message = "`search_roles` beyond its allowance leaves -28.6% at worst on `pro`; it loses.";
    search.says("E01", message, "brings $0.044, costs $0.05");
}

#[test]
fn e01_only_warns_under_the_floor() {
    // 3 credits bring $0.264, less 15%: $0.2244; $0.20 leaves 9.2%
    let near = jobscout().operations("email_lookup: $0.12", "email_lookup: $0.20");
    assert_eq!(near.finds("E01"), [(Severity::Warning, "3 credits".to_owned())]);
}

#[test]
fn e01_fires_where_the_price_stops_and_the_quantity_does_not() {
    let endless = jobscout().contract("at_most: 40 credits, up_to: 100 }", "at_most: 40 credits }");
    let price = "{ each: 0.5 credits, at_least: 1 credit, at_most: 40 credits }";
    assert_eq!(endless.finds("E01"), [(Severity::Error, price.to_owned())]);
}

#[test]
fn e01_judges_a_plans_own_price_by_itself() {
    let low = jobscout().contract("6 credits and on your key", "3 credits and on your key");
    assert_eq!(low.finds("E01"), [(Severity::Error, "3 credits and on your key".to_owned())]);
}

#[test]
fn e01_stays_quiet() {
    jobscout().quiet("E01");
    // on the customer's key the models are theirs to pay, however dear
    let key =
        jobscout().operations("typical: { in: 2500, out: 600 }", "typical: { in: 2400, out: 600 }");
    key.quiet("E01");
}

#[test]
fn e02_fires() {
    let floor = jobscout().operations("typical: 35%, worst: 10%", "typical: 80%, worst: 10%");
    // pages leave 83.3%, searches beyond the allowance 80.4%
    floor.fires("E02", &["10 credits", "5 credits", "3 credits", "6 credits and on your key"]);
    let lower = jobscout().operations("typical: 35%, worst: 10%", "typical: 40%, worst: 10%");
    assert_eq!(lower.finds("E02"), [(Severity::Warning, "3 credits".to_owned())]); // 39.5%
}

#[test]
fn what_reaches_the_floor_exactly_is_not_under_it() {
    // 3 credits bring $0.264, less 15% = $0.2244, less $0.132: exactly half is spent, 35% is left
    let exact = jobscout()
        .operations("email_lookup: $0.12", "email_lookup: $0.132")
        .operations("typical: 35%, worst: 10%", "typical: 35%, worst: 35%");
    exact.quiet("E02");
    let places: Vec<_> = exact.finds("E01").into_iter().map(|(_, place)| place).collect();
    assert!(!places.contains(&"3 credits".to_owned()), "{places:?}");
    let nothing_left = jobscout()
        .operations("email_lookup: $0.12", "email_lookup: $0.2244")
        .operations("keep_margin: { typical: 35%, worst: 10% }", "keep_margin: { typical: 35% }");
    nothing_left.quiet("E01");
}

#[test]
fn e02_stays_quiet() {
    jobscout().quiet("E02");
    jobscout()
        .operations("keep_margin: { typical: 35%, worst: 10% }", "keep_margin: { worst: 10% }")
        .quiet("E02");
}

#[test]
fn e03_fires() {
    let generous = jobscout().contract(
        "best_model: writer\n    allowances: { search_roles: 800 a month",
        "best_model: writer\n    allowances: { search_roles: 8000 a month",
    );
    generous.fires("E03", &["$12 a month"]);
}

#[test]
fn e03_fires_under_the_floor_too() {
    let floor = jobscout().operations("typical: 35%, worst: 10%", "typical: 35%, worst: 20%");
    assert_eq!(floor.finds("E03"), [(Severity::Error, "$12 a month".to_owned())]);
    let message = "`pro` leaves 14.7% when used in full; the floor is 20%.";
    floor.says("E03", message, "brings $12.00, costs $8.4294");
}

#[test]
fn e03_warns_of_credits_that_nobody_pays_for() {
    let gift = jobscout().contract("price: $4 a month\n    credits: 25", "credits: 25 a month");
    assert_eq!(gift.finds("E03"), [(Severity::Warning, "25 a month".to_owned())]);
}

#[test]
fn e03_stays_quiet() {
    jobscout().quiet("E03");
}

#[test]
fn e04_fires() {
    let open = jobscout().contract("offers: all\n    best_model: writer\n", "offers: all\n");
    open.fires("E04", &["pro"]);
}

#[test]
fn e04_tells_where_the_best_model_costs_more_than_the_price() {
    let found = jobscout().finds("E04");
    let price = "{ each: 0.5 credits, at_least: 1 credit, at_most: 40 credits, up_to: 100 }";
    assert_eq!(found, [(Severity::Info, price.to_owned())]); // pages read by writer models
}

#[test]
fn e04_leaves_a_loss_to_e01() {
    let loses = jobscout()
        .operations("worst: { in: 6000, out: 1500 } }", "worst: { in: 100000, out: 30000 } }");
    assert_eq!(loses.finds("E01").len(), 1);
    loses.quiet("E04");
}

#[test]
fn e04_needs_no_ceiling_where_we_pay_no_model() {
    let allowances = "    allowances: { search_roles: 800 a month, map_market: 100 a month }\n";
    let byok = format!("offers: all\n    best_model: frontier\n{allowances}");
    let only = |offers: &str, prices: &str| {
        let files = jobscout()
            .contract(&byok, &format!("offers: [{offers}]\n"))
            .contract(KEY_PRICES, prices);
        let found = files.finds("E04");
        found.into_iter().filter(|(severity, _)| *severity == Severity::Error).count()
    };
    let on_key = "      tailor_document: on your key";
    assert_eq!(only("tailor_document", on_key), 0); // the key pays
    assert_eq!(only("tailor_document, find_contact_email", on_key), 0); // no model in it
    assert_eq!(only("tailor_document, map_market", on_key), 1); // ours
}

#[test]
fn e04_stays_quiet() {
    let capped = jobscout().contract(
        "    model: small\n\n  find_contact_email",
        "    model: writer\n\n  find_contact_email",
    );
    assert!(capped.finds("E04").iter().all(|(severity, _)| *severity == Severity::Info));
    jobscout().without_operations().quiet("E04");
}

#[test]
fn e05_fires() {
    jobscout().operations("as_of: 2026-11-20", "as_of: 2026-08-01").fires("E05", &["2026-08-01"]);
    assert_eq!(jobscout().operations_without("as_of: 2026-11-20").finds("E05").len(), 1);
}

#[test]
fn e05_stays_quiet() {
    jobscout().operations("as_of: 2026-11-20", "as_of: 2026-09-25").quiet("E05"); // 60 days
}

#[test]
fn e06_fires() {
    jobscout().operations(", redone: 30%", "").fires("E06", &["tailor_document"]);
}

#[test]
fn e06_fires_for_each_gap() {
    let entry = jobscout().operations_without("find_contact_email: {");
    assert_eq!(entry.finds("E06").len(), 1);
    let model = jobscout().contract("are: [gpt-4.1, claude-sonnet-4-5]", "are: [gpt-4.1, kimi-k3]");
    assert_eq!(model.finds("E06").len(), 1);
    let tokens = jobscout().operations_without("process_documents:  {").operations(
        "find_contact_email: {",
        "process_documents: { fails: 1% }\n    find_contact_email: {",
    );
    assert_eq!(tokens.finds("E06").len(), 1);
}

#[test]
fn e06_stays_quiet() {
    jobscout().quiet("E06");
    jobscout().without_operations().quiet("E06"); // M03 says that
}

#[test]
fn e08_fires() {
    // 7 credits bring $0.616, less 15% = $0.5236: less than the worst map's $0.53
    jobscout().fires("E08", &["7 credits"]);
}

#[test]
fn e08_fires_under_the_floor_too() {
    // 7.5 credits bring $0.66, less 15% = $0.561: 4.6% are left
    let thin = "prices: { enrich_market_map: 7.5 credits }";
    let files = jobscout().operations("prices: { enrich_market_map: 7 credits }", thin);
    let message = "`enrich_market_map` leaves 4.6% at worst from `northwind-careers`; \
                   product_lead answers for it.";
    files.says("E08", message, "brings $0.66, costs $0.53");
}

#[test]
fn e08_stays_quiet() {
    let better = "prices: { enrich_market_map: 9 credits }";
    jobscout().operations("prices: { enrich_market_map: 7 credits }", better).quiet("E08");
}

#[test]
fn e09_fires() {
    let moving = jobscout().contract("are: [gpt-4o-mini] }", "are: [gpt-4o-latest] }");
    moving.fires("E09", &["[gpt-4o-latest]"]);
}

#[test]
fn e09_stays_quiet() {
    jobscout().quiet("E09");
}

#[test]
fn e11_fires() {
    let unknown =
        jobscout().operations("{ email_lookup: 1 }, empty: 39% }", "{ email_lookup: 1 } }");
    unknown.fires("E11", &["find_contact_email"]);
}

#[test]
fn e11_stays_quiet() {
    jobscout().quiet("E11");
}

#[test]
fn e12_fires() {
    let past = jobscout().operations("until: 2027-06-30", "until: 2026-06-30");
    past.fires("E12", &["2026-06-30"]);
}

#[test]
fn e12_stays_quiet() {
    // it holds until the end of its day
    jobscout().operations("until: 2027-06-30", "until: 2026-11-24").quiet("E12");
}

#[test]
fn e13_fires() {
    let slip = jobscout().operations("as_of: 2026-11-20", "as_of: 2027-11-20");
    slip.fires("E13", &["2027-11-20"]);
    slip.quiet("E05");
}

#[test]
fn e13_stays_quiet() {
    jobscout().operations("as_of: 2026-11-20", "as_of: 2026-11-24").quiet("E13");
}
