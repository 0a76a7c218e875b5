//! Prices, receipts and limits: what a customer asks of their own.

use super::site::{Site, ana, window};
use crate::http::served::Served;
use serde_json::json;

#[test]
fn all_prices_stand_in_three_groups() {
    let (site, window) = ana();
    window.goes(&site.shows("<probity-prices></probity-prices>"));
    let text = window.reads("probity-prices >>> .body", "Ways of working");
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(at("Free") < at("Paid\n") && at("Paid\n") < at("Paid even if nothing is found"));
    window.reads("probity-prices >>> .mine", "Pro");
    assert!(text.contains("$12 a month") && text.contains("You never pay for"), "{text}");
    window.pictures_of_all("prices");
    window.ends();
}

#[test]
fn prices_are_for_anybody() {
    let (site, window) = ana();
    window.goes(&site.shows("<div data-for-anybody><probity-prices></probity-prices></div>"));
    let text = window.reads("probity-prices >>> .body", "Ways of working");
    assert!(text.contains("10 credits ($1.00)") && !text.contains("Your plan"), "{text}");
    assert_eq!(site.tokens_asked(), 0);
    window.pictures("prices-for-anybody");
    window.ends();
}

#[test]
fn own_prices_are_shown_to_whoever_has_them() {
    let served = Served::new();
    served.opens("nora", "pro");
    let terms = json!({"prices": {"enrich_market_map": "7"}, "until": "2027-06-30",
        "reason": "pilot"});
    served.post("/v1/customers/nora/overrides", &terms).is(201);
    let (site, window) = (Site::of(served, "nora"), window());
    window.goes(&site.shows("<probity-prices></probity-prices>"));
    window.reads("probity-prices >>> .body", "7 credits");
    window.ends();
}

#[test]
fn why_was_i_charged_is_answered_in_two_clicks() {
    let (site, window) = ana();
    let run = |action: &str, artifact: &str, outcome: &str| {
        let run = json!({"customer": "ana", "action": action, "artifact": artifact,
            "outcome": outcome});
        site.served.post("/v1/runs", &run).is(201)["run"].as_str().unwrap().to_owned()
    };
    run("tailor_document", "cv.pdf", "failed");
    let back = run("tailor_document", "letter.pdf", "delivered");
    run("enrich_market_map", "map_42", "delivered");
    site.served.starts(&json!({"customer": "ana", "action": "enrich_market_map",
        "artifact": "map_43"}));
    let refund = json!({"amount": "2", "reason": "goodwill"});
    site.served.post(&format!("/v1/runs/{back}/refund"), &refund).is(200);
    window.goes(&site.shows("<probity-receipts></probity-receipts>"));
    let text = window.reads("probity-receipts >>> .entries", "Free: it failed.");
    // What was left then is not known now, so nothing is said of it.
    assert!(!text.contains(" left"), "{text}");
    assert!(text.contains("Not charged") && text.contains("10 credits set aside"), "{text}");
    assert!(text.contains("Given back") && text.contains("2 credits"), "{text}");
    window.presses("probity-receipts >>> li:nth-child(2) summary");
    let why = window.reads("probity-receipts >>> li:nth-child(2) dl", "From your plan");
    assert!(why.contains("jobscout@3") && why.contains("10 credits"), "{why}");
    window.pictures_of_all("receipts");
    // "This is wrong" is kept as a question; what is written is not lost when something happens.
    window.presses("probity-receipts >>> li:nth-child(2) .question button");
    window.types("probity-receipts >>> textarea", "I <b>did not</b> ask for this \u{2639}");
    run("search_roles", "s", "delivered");
    window.says("Probity.refresh();");
    window.pictures("receipts-question");
    window.presses("probity-receipts >>> form .first");
    window.reads("probity-receipts >>> .body", "Thank you");
    window.until("find('probity-receipts >>> .entries').innerText.includes('Search roles')");
    let question = window.until("told.find((t) => t.name === 'question')");
    assert!(question["question"].as_str().unwrap().starts_with("q_"), "{question}");
    window.ends();
}

#[test]
fn more_receipts_come_when_asked_for() {
    let (site, window) = ana();
    for n in 0..23 {
        let run = json!({"customer": "ana", "action": "tailor_document",
            "artifact": format!("d{n}"), "outcome": "failed"});
        site.served.post("/v1/runs", &run).is(201);
    }
    window.goes(&site.shows("<probity-receipts></probity-receipts>"));
    window.until("find('probity-receipts >>> .entries')?.children.length === 20");
    window.presses("probity-receipts >>> .acts button");
    window.until("find('probity-receipts >>> .entries').children.length === 23");
    window.is_gone("probity-receipts >>> .body > .acts");
    window.ends();
}

#[test]
fn a_cap_stops_and_an_alert_only_tells() {
    let (site, window) = ana();
    window.goes(&site.shows("<probity-limits></probity-limits>"));
    let text = window.reads("probity-limits >>> .body", "Stop me");
    assert!(text.contains("Tell me") && text.contains("3 days before they run out"), "{text}");
    window.pictures_of_all("limits");
    let month = "probity-limits >>> [data-key=month]";
    for wrong in ["lots", "-3", "1e9", "12,5"] {
        window.types(month, wrong);
        window.presses("probity-limits >>> form button");
        window.reads("probity-limits >>> .fault", "such as 50 or 12.5");
    }
    window.types(month, "12");
    window.presses("probity-limits >>> form button");
    window.until("told.find((t) => t.name === 'limits')");
    let wallet = site.served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!(wallet["caps"]["month"], "12");
    window.ends();
}

#[test]
fn a_member_only_lowers_their_own_limit() {
    let (site, mut window) = ana();
    window.expects("403");
    site.is_for("ana", Some("m1"));
    window.goes(&site.shows("<probity-limits></probity-limits>"));
    let own = "probity-limits >>> [data-key=own]";
    window.types(own, "50");
    window.presses("probity-limits >>> form button");
    window.until("told.find((t) => t.name === 'limits')");
    window.until("find('probity-limits >>> [data-key=own]').defaultValue === '50'");
    window.types(own, "60");
    window.presses("probity-limits >>> form button");
    window.reads("probity-limits >>> .fault", "only lower");
    let wallet = site.served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!(
        wallet["caps"],
        json!({"month": "400", "used": "0", "members": {"m1": "50"},
        "auto_top_up": null})
    );
    assert_eq!(window.says("return !find('probity-limits >>> [data-key=month]');"), true);
    window.ends();
}

#[test]
fn an_unusual_day_is_gone_on_with_by_whoever_pays() {
    let (site, window) = ana();
    // A usual week, then far more.
    for day in 16..23 {
        site.served.now(&format!("2026-12-{day}T10:00:00Z"));
        let run = json!({"customer": "ana", "action": "tailor_document",
            "artifact": format!("u{day}"), "outcome": "delivered"});
        site.served.post("/v1/runs", &run).is(201);
    }
    let mut n = 0;
    let paused = loop {
        n += 1;
        let run = json!({"customer": "ana", "action": "enrich_market_map",
            "artifact": format!("m{n}"), "outcome": "delivered"});
        let got = site.served.post("/v1/runs", &run);
        if got.status != 201 {
            break got.body;
        }
        assert!(n < 12, "never paused");
    };
    assert_eq!(paused["code"], "paused", "{paused:#}");
    site.is_for("ana", None);
    window.goes(&site.shows("<probity-limits></probity-limits>"));
    window.reads("probity-limits >>> .paused", "Paused");
    window.pictures("limits-paused");
    window.presses("probity-limits >>> .paused button");
    window.is_gone("probity-limits >>> .paused");
    window.ends();
}
