//! What is asked before something is started, and what is said where it is refused.

use super::site::{Site, ana, window};
use super::window::Key;
use crate::http::served::Served;
use serde_json::json;

const FIND: &str = "<section><probity-price guard action=\"find_contact_email\" \
    inputs='{\"full_name\":\"Jo Doe\",\"company_domain\":\"x.org\"}'><button class=\"act\">Find their \
    email</button></probity-price></section>";

const DIALOG: &str = "probity-dialog >>> dialog";

#[test]
fn a_harsh_rule_is_agreed_to_with_its_warning_before_it_starts() {
    let (site, window) = ana();
    window.goes(&site.shows(FIND));
    window.reads("probity-price >>> .warning", "even if no email is found");
    window.presses("button.act");
    let said = window.reads("probity-dialog >>> .warning", "Costs 3 credits");
    assert!(said.contains("even if no email is found"), "{said}");
    let endings = window.reads("probity-dialog >>> .endings", "nothing is found");
    let (paid, free) = endings.split_once("nothing\n").expect("what is free comes last");
    assert!(paid.contains("3 credits") && paid.contains("nothing is found"), "{endings}");
    assert!(paid.find("delivered") < paid.find("nothing is found"), "{endings}");
    assert!(free.contains("it fails or takes too long"), "{endings}");
    window.pictures_of_all("confirm");
    // Not now: nothing happens, and the keyboard is where it was.
    window.keys(&[Key::Escape]);
    window.is_gone(DIALOG);
    window.until("document.activeElement === find('button.act')");
    assert_eq!(window.says("return told.filter((t) => t.name === 'go');"), json!([]));
    // Agreed: the product gets the quote, and starts with it.
    window.keys(&[Key::Enter]);
    window.presses("probity-dialog >>> .first");
    let go = window.until("told.find((t) => t.name === 'go')");
    assert_eq!(go["price"], "3");
    let run = json!({"customer": "ana", "quote": go["quote"],
        "inputs": {"full_name": "Jo Doe", "company_domain": "x.org"}});
    let run = site.served.post("/v1/runs", &run).is(201);
    let path = format!("/v1/runs/{}/settle", run["run"].as_str().unwrap());
    let receipt = site.served.post(&path, &json!({"outcome": "empty"})).is(200);
    assert_eq!(receipt["charged"], "3");
    window.is_gone(DIALOG);
    window.ends();
}

#[test]
fn the_keyboard_stays_in_the_dialog() {
    let (site, window) = ana();
    window.goes(&site.shows(FIND));
    window.presses("button.act");
    window.reads("probity-dialog >>> .warning", "Costs 3 credits");
    // A harsh rule is never agreed to by one key too many.
    window.until("find('probity-dialog').shadowRoot.activeElement?.innerText === 'Not now'");
    for _ in 0..4 {
        window.keys(&[Key::Tab]);
        let at = window.says("return document.activeElement.localName;");
        assert!(at == "probity-dialog" || at == "body", "{at}");
    }
    window.keys(&[Key::Escape]);
    window.is_gone(DIALOG);
    window.ends();
}

#[test]
fn only_what_the_contract_asks_about_is_asked_about() {
    let (site, window) = ana();
    window.goes(&site.shows(
        "<section><probity-confirm action=\"tailor_document\" artifact=\"d1\"><button \
         class=\"act\" id=\"small\">Tailor</button></probity-confirm></section><section>\
         <probity-confirm action=\"enrich_market_map\" artifact=\"m1\"><button class=\"act\" \
         id=\"large\">Enrich</button></probity-confirm></section>",
    ));
    window.presses("#small");
    let go = window.until("told.find((t) => t.name === 'go')");
    assert_eq!((&go["price"], &go["artifact"]), (&json!("5"), &json!("d1")));
    assert_eq!(window.says("return !find('probity-dialog');"), true);
    window.presses("#large");
    window.reads("probity-dialog >>> .in", "10 credits ($1.00)");
    let endings = window.reads("probity-dialog >>> .endings", "only a part arrives");
    assert!(endings.contains("5 of 8 sections: 6 credits ($0.60)"), "{endings}");
    window.pictures("confirm-large");
    window.presses("probity-dialog >>> .first");
    window.until("told.filter((t) => t.name === 'go').length === 2");
    window.ends();
}

/// Without an artifact nothing is ever the same again: it is not said to be free.
#[test]
fn what_cannot_happen_is_no_ending() {
    let (site, window) = ana();
    let ask = |artifact: &str| {
        let price = FIND.replace(" guard", &format!(" guard {artifact}"));
        window.goes(&site.shows(&price));
        window.presses("button.act");
        window.reads("probity-dialog >>> .endings", "it fails")
    };
    let same = "you ask for the same within 90 days";
    let text = ask("");
    assert!(!text.contains(same), "{text}");
    let text = ask("artifact=\"jo@x.org\"");
    assert!(text.contains(same), "{text}");
    window.ends();
}

/// Nobody tries again what somebody pressed: it does not say so; and the dialog has a name.
#[test]
fn while_billing_is_away_a_press_says_that_nothing_was_done() {
    let (site, window) = ana();
    window.goes(&site.shows(FIND));
    window.reads("probity-price >>> .warning", "even if no email is found");
    window.says(
        "const real = fetch; fetch = (url, request) => String(url).includes('/v1/check') ? \
         Promise.reject(new TypeError('away')) : real(url, request);",
    );
    window.presses("button.act");
    let why = "probity-dialog >>> probity-not-enough >>> .why";
    let text = window.reads(why, "Please try again: nothing is done twice.");
    assert!(!text.contains("keep trying"), "{text}");
    let name = "const d = find('probity-dialog >>> dialog'); return [d.ariaLabel, \
        d.getAttribute('aria-labelledby'), d.querySelectorAll('h2').length, \
        d.querySelector('probity-not-enough').shadowRoot.querySelectorAll('h2').length];";
    assert_eq!(window.says(name), json!([text, null, 0, 0]));
    window.ends();
}

#[test]
fn a_price_that_has_ended_is_shown_anew_before_it_is_agreed_to() {
    let (site, mut window) = ana();
    window.expects("410");
    window.goes(&site.shows(FIND));
    window.presses("button.act");
    window.reads("probity-dialog >>> .warning", "Costs 3 credits");
    site.served.now("2026-11-23T10:20:00Z");
    window.presses("probity-dialog >>> .first");
    window.reads("probity-dialog >>> [role=alert]", "Please look again");
    assert_eq!(window.says("return told.filter((t) => t.name === 'go');"), json!([]));
    window.presses("probity-dialog >>> .first");
    window.until("told.find((t) => t.name === 'go')");
    window.ends();
}

#[test]
fn a_refusal_says_what_to_do_in_the_contracts_words() {
    let served = Served::new();
    served.opens("dee", "discovery");
    let (site, window) = (Site::of(served, "dee"), window());
    window.goes(&site.shows(
        "<section><probity-price guard action=\"enrich_market_map\" artifact=\"m1\"><button \
         class=\"act\">Enrich</button></probity-price></section>",
    ));
    window.reads("probity-price >>> .words", "is not part of Discovery");
    window.presses("button.act");
    let ways = "probity-dialog >>> probity-not-enough >>> .ways";
    let said = window.reads(ways, "Switch to Pro ($12 a month)");
    assert!(said.contains("Explore the market map is free"), "{said}");
    let to = window.says(&format!("return find('{ways}').querySelector('a').href;"));
    assert_eq!(to, format!("{}billing/plans", site.url()));
    window.pictures_of_all("not-in-plan");
    window.keys(&[Key::Escape]);
    window.is_gone(DIALOG);
    window.until("document.activeElement === find('button.act')");
    // Also what the product's own server was refused is shown so.
    let run = json!({"customer": "dee", "action": "tailor_document", "artifact": "d1"});
    for n in 0..5 {
        let run = json!({"customer": "dee", "action": "tailor_document",
            "artifact": format!("e{n}"), "outcome": "delivered"});
        site.served.post("/v1/runs", &run).is(201);
    }
    let denial = site.served.post("/v1/runs", &run).refused(402, "not_enough_credits");
    window.says(&format!("Probity.show({denial});"));
    let card = "probity-dialog >>> probity-not-enough >>> .card";
    let said = window.reads(card, "Nothing was charged");
    assert!(said.contains("5 credits") && said.contains("0 credits"), "{said}");
    window.pictures_of_all("not-enough");
    window.ends();
}

#[test]
fn the_product_takes_a_way_itself_where_it_can() {
    let served = Served::new();
    served.opens("dee", "discovery");
    let run = json!({"customer": "dee", "action": "enrich_market_map", "artifact": "m1"});
    let denial = served.post("/v1/runs", &run).refused(403, "not_in_plan");
    let (site, window) = (Site::of(served, "dee"), window());
    window.goes(&site.shows("<probity-not-enough handles=\"other_action\"></probity-not-enough>"));
    window.says(&format!("find('probity-not-enough').problem = {denial};"));
    window.reads("probity-not-enough >>> .ways", "Explore the market map is free.");
    window.presses("probity-not-enough >>> .ways button");
    let way = window.until("told.find((t) => t.name === 'way')");
    assert_eq!(
        (&way["way"]["do"], &way["way"]["to"]),
        (&json!("other_action"), &json!("map_market"))
    );
    window.ends();
}
