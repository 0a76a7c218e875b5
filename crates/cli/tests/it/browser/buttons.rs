//! Prices beside buttons, and the wallet: what is shown before anything is pressed.

use super::site::{Site, ana, enforced, window};
use serde_json::json;

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
    window.keys(&[super::window::Key::Escape]);
    window.is_gone("probity-wallet >>> .panel");
    window.ends();
}

#[test]
fn a_price_is_of_what_is_asked_for() {
    let (site, mut window) = ana();
    window.expects("the contract has no such action");
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1",
        "outcome": "delivered"});
    site.served.post("/v1/runs", &run).is(201);
    window.goes(&site.shows(
        "<section><probity-price id=\"again\" action=\"tailor_document\" artifact=\"d1\">\
         </probity-price></section><section><probity-price id=\"pages\" \
         action=\"process_documents\" quantity=\"7\"></probity-price></section><section>\
         <probity-price id=\"none\" action=\"fly\"></probity-price></section>",
    ));
    window.reads("#again >>> .badge", "Free");
    window.reads("#again >>> .words", "You already have this. No charge.");
    window.reads("#pages >>> .words", "Process documents: free.");
    window.reads("#none >>> .note", "This is not offered.");
    // Another artifact, another price.
    window.says("document.querySelector('#again').setAttribute('artifact', 'd2');");
    window.reads("#again >>> .price", "5 credits");
    let told = window.says("return told.filter((t) => t.name === 'price').map((t) => t.price);");
    assert!(told.as_array().unwrap().contains(&json!("5")), "{told}");
    window.ends();
}

#[test]
fn an_own_key_is_never_called_free() {
    let (site, window) = ana();
    site.served.opens("kim", "byok");
    site.served
        .put("/v1/customers/kim/own-keys/openai", &json!({"key": "sk-0123456789abcdef"}))
        .is(200);
    site.is_for("kim", None);
    window.goes(&site.shows("<probity-price action=\"tailor_document\"></probity-price>"));
    window.reads("probity-price >>> .badge", "On your key");
    let words = window.reads("probity-price >>> .words", "Your AI provider bills you about");
    assert!(!words.contains("Free"), "{words}");
    window.ends();
}

#[test]
fn by_quantity_the_most_is_called_the_most() {
    let served = enforced();
    served.opens("ana", "pro");
    let (site, window) = (Site::of(served, "ana"), window());
    window.goes(&site.shows("<probity-price action=\"process_documents\"></probity-price>"));
    assert_eq!(window.reads("probity-price >>> .price", "credits"), "At most 40 credits");
    window.says("find('probity-price').setAttribute('quantity', '7');");
    window.until("find('probity-price >>> .price').innerText === '3.5 credits'");
    window.ends();
}

#[test]
fn what_is_set_aside_stands_apart_from_what_is_spent() {
    let (site, window) = ana();
    let run = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "map_42"});
    let run = site.served.starts(&run);
    window.goes(&site.shows("<div class=\"bar\"><probity-wallet open></probity-wallet></div>"));
    window.reads("probity-wallet >>> .big", "110 credits");
    window.reads("probity-wallet >>> .panel", "Set aside for work in progress");
    site.served.post(&format!("/v1/runs/{run}/release"), &json!({})).is(200);
    window.says("Probity.refresh();");
    window.reads("probity-wallet >>> .big", "120 credits");
    window.until("!find('probity-wallet >>> .panel').innerText.includes('Set aside')");
    let said = window.says("return find('probity-wallet >>> [role=status]').textContent;");
    assert_eq!(said, "120 credits: what you can use");
    window.ends();
}
