//! The elements on a product's page.

use super::site::Site;
use super::window::Window;
use crate::http::served::Served;
use serde_json::json;

/// The service without its stream of events says so each time it is asked.
const NO_EVENTS: &str = "/events - Failed to load resource";

/// Ana's page.
fn ana() -> (Site, Window) {
    let served = Served::new();
    served.ana();
    let mut window = Window::open();
    window.expects(NO_EVENTS);
    (Site::of(served, "ana"), window)
}

#[test]
fn a_button_says_what_it_costs_before_it_is_pressed() {
    let (site, window) = ana();
    window.goes(&site.shows(
        "<section><probity-price action=\"tailor_document\"><button class=\"act\">Tailor a \
         document</button></probity-price></section><section><probity-price \
         action=\"search_roles\"></probity-price></section><section><probity-price \
         action=\"find_contact_email\"></probity-price></section><section><probity-price \
         action=\"enrich_market_map\" view=\"compact\"></probity-price></section>",
    ));
    let words = window.reads("[action=tailor_document] >>> .body", "enough for 24");
    assert!(words.contains("5 credits") && words.contains("$0.50"), "{words}");
    assert_eq!(window.reads("[action=search_roles] >>> .badge", ""), "Free");
    window.reads("[action=find_contact_email] >>> .warning", "even if no email is found");
    let described = window.says("return find('button.act').ariaDescription;");
    assert!(described.as_str().unwrap().contains("taken only if it is delivered"), "{described}");
    window.pictures_of_all("price");
    // Somebody charges elsewhere: the page hears of it.
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1",
        "outcome": "delivered"});
    site.served.post("/v1/runs", &run).is(201);
    window.says("document.dispatchEvent(new CustomEvent('probity:changed'));");
    window.reads("[action=tailor_document] >>> .body", "enough for 23");
    window.ends();
}

#[test]
fn a_wallet_says_what_is_enough_for_what() {
    let (site, window) = ana();
    window.goes(&site.shows("<div class=\"bar\"><probity-wallet></probity-wallet></div>"));
    window.reads("probity-wallet >>> .pill", "120 credits");
    window.presses("probity-wallet >>> .pill");
    let text = window.reads("probity-wallet >>> .panel", "Tailor a document");
    assert!(text.contains("24") && text.contains("From your plan"), "{text}");
    window.pictures_of_all("wallet");
    window.keys(&[thirtyfour::Key::Escape]);
    window.is_gone("probity-wallet >>> .panel");
    window.ends();
}
