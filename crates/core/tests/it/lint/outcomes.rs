//! O: outcomes and failure.

use super::{Files, Severity, jobscout};

const WARNING: &str = "\"Costs {price} even if no email is found. {found_rate}\"";

fn warning(text: &str) -> Files {
    jobscout().contract(WARNING, text)
}

#[test]
fn o03_fires() {
    let vague = "\"You may pay even if no email is found. {found_rate}\"";
    warning(vague).fires("O03", &[vague]);
}

#[test]
fn o03_fires_where_words_leave_the_warning_out() {
    let silent = jobscout()
        .with("  before_harsh: \"Ready? {price}\"")
        .with("  confirmation_needed: \"Agree to go on.\"");
    let places = ["\"Ready? {price}\"", "\"Agree to go on.\""];
    assert_eq!(silent.finds("O03"), places.map(|p| (Severity::Error, p.to_owned())));
}

#[test]
fn o03_stays_quiet() {
    jobscout().with("  before_harsh: \"Mind: {warning}\"").quiet("O03");
}

#[test]
fn o04_fires() {
    let unchecked = jobscout().without("needs: [full_name, company_domain]");
    unchecked.fires("O04", &["paid_even_if"]);
}

#[test]
fn o04_stays_quiet() {
    jobscout().contract("needs: [full_name, company_domain]", "needs: [full_name]").quiet("O04");
}

#[test]
fn o05_fires() {
    let odds_unsaid = "\"Costs {price} even if no email is found.\"";
    warning(odds_unsaid).fires("O05", &[odds_unsaid]);
}

#[test]
fn o05_stays_quiet() {
    warning("\"{found_rate} Costs {price} all the same.\"").quiet("O05");
}

#[test]
fn o08_fires() {
    jobscout().contract("at_latest: 1 hour", "at_latest: 3 days").fires("O08", &["3 days"]);
}

#[test]
fn o08_fires_for_an_action_of_its_own_pace() {
    let slow = jobscout()
        .contract("at_latest: 1 hour", "at_latest: 2 days")
        .contract("    parts: 8", "    too_slow_after: 25 hours\n    parts: 8");
    let places = ["25 hours", "2 days"].map(|p| (Severity::Warning, p.to_owned()));
    assert_eq!(slow.finds("O08"), places);
}

#[test]
fn o08_stays_quiet() {
    jobscout().contract("at_latest: 1 hour", "at_latest: 24 hours").quiet("O08");
}

#[test]
fn o09_fires() {
    let hasty = jobscout().contract("corrections: 30 days", "corrections: 10 minutes");
    hasty.fires("O09", &["10 minutes"]);
}

#[test]
fn o09_stays_quiet() {
    jobscout().contract("corrections: 30 days", "corrections: 1 day").quiet("O09");
    jobscout().without("corrections: 30 days").quiet("O09"); // 30 days by default
}

#[test]
fn o10_fires() {
    let patient = jobscout().contract("same_item_fails: 3 times", "same_item_fails: 30 times");
    patient.fires("O10", &["30 times"]);
}

#[test]
fn o10_stays_quiet() {
    jobscout().contract("same_item_fails: 3 times", "same_item_fails: 10 times").quiet("O10");
}

/// The sample with an answer for pages too.
fn all_the_same() -> Files {
    let unit = "unit: processed page";
    jobscout().contract(unit, &format!("{unit}\n    same_again_free_for: 30 days"))
}

#[test]
fn o11_fires() {
    let map = "charge_once_per: map          # reopening an enriched map is free, for ever\n";
    let twice = all_the_same().contract(&format!("    {map}"), "");
    twice.fires("O11", &["10 credits"]);
}

#[test]
fn o11_is_milder_where_nothing_speaks_of_the_rest() {
    let fixed = all_the_same().without("same_again_free_for: 90 days");
    assert_eq!(fixed.finds("O11"), [(Severity::Warning, "3 credits".to_owned())]);
    let pages = jobscout().finds("O11");
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].0, Severity::Info);
}

#[test]
fn o11_stays_quiet() {
    all_the_same().quiet("O11");
}

#[test]
fn o13_fires() {
    let final_word = jobscout().without("free_redo: { times: 1, within: 7 days }");
    final_word.fires("O13", &["enrich_market_map"]);
}

#[test]
fn o13_stays_quiet() {
    jobscout().quiet("O13");
}

#[test]
fn o14_fires() {
    let short =
        jobscout().contract("refunds_last_at_least: 30 days", "refunds_last_at_least: 2 days");
    short.fires("O14", &["2 days"]);
}

#[test]
fn o14_stays_quiet() {
    jobscout()
        .contract("refunds_last_at_least: 30 days", "refunds_last_at_least: 1 week")
        .quiet("O14");
}

#[test]
fn o15_fires() {
    let whole = jobscout().without("parts: 8");
    whole.fires("O15", &["all 8 sections are filled; fewer is partial"]);
    let other = jobscout().contract("parts: 8", "parts: 6");
    assert_eq!(other.finds("O15").len(), 1);
}

#[test]
fn o15_stays_quiet() {
    jobscout().quiet("O15");
}

#[test]
fn o16_fires() {
    let nightly = "one draft, renewed automatically every night";
    jobscout()
        .contract("one draft of one CV or letter for one role", nightly)
        .fires("O16", &[nightly]);
}

#[test]
fn o16_stays_quiet() {
    let free = jobscout().contract(
        "counts_as: one press of Search, however many sources it reads",
        "counts_as: one search, repeated automatically every night",
    );
    free.quiet("O16");
}

#[test]
fn o17_fires() {
    let open = jobscout().operations("a_customer: $2.50 a month, everyone: $300", "everyone: $300");
    open.fires("O17", &["we_pay_at_most"]);
}

#[test]
fn o17_stays_quiet() {
    jobscout().quiet("O17");
    jobscout().without_operations().quiet("O17");
}

/// What an action takes even if it ends so.
fn even_if(outcomes: &[&str]) -> String {
    let declared = outcomes.iter().map(|outcome| {
        format!(
            "      {outcome}:\n        why: we pay for looking\n        warning: \"{{price}}\"\n"
        )
    });
    format!("    paid_even_if:\n{}", declared.collect::<String>())
}

/// The sample, whose maps come in parts, with this declared for them.
fn maps(declared: &[&str]) -> Files {
    let once = "    charge_once_per: map  ";
    jobscout().contract(once, &format!("{}{once}", even_if(declared)))
}

#[test]
fn o19_fires() {
    let dear = maps(&["empty"]);
    dear.fires("O19", &["empty"]);
    let share =
        "`enrich_market_map` takes the whole price for nothing found, only its share for a part.";
    dear.says("O19", share, "");
    let free = dear.contract("partial:   share ", "partial:   free ");
    free.says("O19", &share.replace("only its share", "nothing"), "");
}

#[test]
fn o19_fires_for_what_is_paid_by_quantity() {
    let price = "    price: { each: 0.5 credits";
    let pages = jobscout().contract(price, &format!("{}{price}", even_if(&["empty"])));
    assert_eq!(pages.finds("O19"), [(Severity::Warning, "empty".to_owned())]);
}

#[test]
fn o19_stays_quiet() {
    jobscout().quiet("O19"); // an email is found or not
    maps(&["empty", "partial"]).quiet("O19"); // harsh, but no dearer
    maps(&["partial"]).quiet("O19");
}
