//! V: visibility.

use super::{Files, KEY_PRICES, Severity, jobscout};

#[test]
fn v01_fires() {
    let vague = "\"{action} uses some of your {available}.\"";
    jobscout().with(&format!("  before: {vague}")).fires("V01", &[vague]);
}

#[test]
fn v01_stays_quiet() {
    jobscout().with("  before: \"{price} of {available}, {money}\"").quiet("V01");
}

#[test]
fn v02_fires() {
    let short = "\"You are out of credits. {ways_forward}\"";
    // once for what it needs and has, once for "nothing was charged"
    jobscout().with(&format!("  not_enough_credits: {short}")).fires("V02", &[short, short]);
}

#[test]
fn v02_fires_where_no_way_is_free() {
    let key = "offers: all\n    best_model: frontier\n    \
               allowances: { search_roles: 800 a month, map_market: 100 a month }";
    let stuck = jobscout()
        .contract(key, "offers: [find_contact_email]\n    best_model: frontier")
        .contract(KEY_PRICES, "      find_contact_email: 2 credits and on your key")
        .section("links", "links: { top_up: /billing/top-up, plans: /billing/plans }");
    assert_eq!(stuck.finds("V02"), [(Severity::Error, "[top_up, contact]".to_owned())]);
}

#[test]
fn v02_stays_quiet() {
    let own_words =
        "\"{action} costs {price}, and you have {available}. Nothing was charged. {ways_forward}\"";
    jobscout().with(&format!("  not_enough_credits: {own_words}")).quiet("V02");
}

#[test]
fn v03_fires() {
    let bare = "\"{action}: {price}. You can use {available}.\"";
    let files = jobscout().with(&format!("  before: {bare}"));
    assert_eq!(files.finds("V03"), [(Severity::Error, bare.to_owned())]);
    files.contract("customers: consumers", "customers: businesses").fires("V03", &[bare]);
}

#[test]
fn v03_fires_without_a_list_price() {
    let unpriced = super::one_action("runs_on: credits")
        .contract("credit: { list_price: $0.10 }", "credit: { smallest: 1 credit }");
    assert_eq!(unpriced.finds("V03"), [(Severity::Warning, "credit".to_owned())]);
}

#[test]
fn v03_stays_quiet() {
    jobscout().quiet("V03");
    let all_free = super::one_action("runs_on: credits")
        .contract("price: 1 credit,", "price: free,")
        .contract("credit: { list_price: $0.10 }\n", "");
    all_free.quiet("V03"); // nothing is paid in credits
}

#[test]
fn v04_fires() {
    let open = "{ each: 0.5 credits, at_least: 1 credit }";
    jobscout()
        .contract(
            "{ each: 0.5 credits, at_least: 1 credit, at_most: 40 credits, up_to: 100 }",
            open,
        )
        .fires("V04", &[open]);
}

#[test]
fn v04_stays_quiet() {
    jobscout().contract("at_most: 40 credits, up_to: 100 }", "up_to: 100 }").quiet("V04");
    jobscout().contract("at_most: 40 credits, up_to: 100 }", "at_most: 40 credits }").quiet("V04");
}

#[test]
fn v05_fires() {
    let unasked = "limits: { spend_cap: 400 credits a month, at_once: 5 }";
    jobscout().section("limits", unasked).fires("V05", &["limits"]);
}

#[test]
fn v05_stays_quiet() {
    jobscout().quiet("V05");
}

#[test]
fn v07_fires() {
    let silent = "\"We made it right. Receipt {receipt}\"";
    jobscout().with(&format!("  refunded: {silent}")).fires("V07", &[silent]);
}

#[test]
fn v07_stays_quiet() {
    jobscout().with("  refunded: \"{amount} came back.\"").quiet("V07");
}

#[test]
fn v08_fires() {
    let dead_end = "\"You have used your {allowance}.\"";
    jobscout().with(&format!("  allowance_used: {dead_end}")).fires("V08", &[dead_end]);
}

#[test]
fn v08_stays_quiet() {
    jobscout().with("  allowance_used: \"{allowance} used; back on {when}.\"").quiet("V08");
}

#[test]
fn v09_fires() {
    let looking_back =
        "limits: { at_once: 5, spend_cap: 400 credits a month, alerts: { used: [80%] } }";
    jobscout().section("limits", looking_back).fires("V09", &["alerts"]);
}

#[test]
fn v09_stays_quiet() {
    jobscout()
        .section("limits", "limits: { at_once: 5, alerts: { runs_out: 3 days } }")
        .quiet("V09");
}

#[test]
fn v03_tells_what_is_missing_and_no_more() {
    let fix = |files: Files| {
        files.lint().into_iter().find(|d| d.id == "V03").expect("it finds something").fix
    };
    let sentence = jobscout().with("  before: \"{action}: {price}. You can use {available}.\"");
    assert_eq!(fix(sentence), "Put `{money}` into the sentence, beside the price.");
}
