//! Each page by its question: the answer is found, something is done, and it is seen.

use super::super::hostile::offline;
use super::{Mine, SITE};
use crate::http::served::Served;
use crate::http::terms::{DEARER, four};
use serde_json::json;

#[test]
fn what_can_i_still_do() {
    let mine = Mine::ana();
    let (served, window) = (&mine.served, &mine.window);
    let gift = json!({"kind": "gift", "amount": "15", "reason": "welcome"});
    served.post("/v1/customers/ana/grants", &gift).is(201);
    mine.ran("tailor_document", "cv.pdf", "delivered");
    let held = served.starts(&json!({"customer": "ana", "action": "enrich_market_map",
        "artifact": "map_1"}));
    // The start leads to the wallet, and the token is in no address.
    mine.opens("/my");
    let text = window.reads("my-wallet >>> .body", "You can use 120 credits. Enough for");
    assert!(text.contains("24 ×") && text.contains("Tailor a document"), "{text}");
    let aside = window.says("return find('my-wallet >>> .cards > section').innerText;");
    assert!(aside.as_str().unwrap().contains("10 credits"), "{aside}");
    assert!(text.contains("From your plan") && text.contains("Gift"), "{text}");
    assert!(text.contains("Until 23 January 2027"), "{text}");
    assert!(text.contains("800 of 800 left") && text.contains("Off: nothing is bought"), "{text}");
    window.reads("my-who >>> .who", "Ana");
    assert_eq!(window.says("return location.href;"), mine.url("/my/wallet"));
    window.reads("my-lately >>> .entries", "10 credits set aside");
    window.pictures_of_all("my-wallet");
    // What happens elsewhere is seen here, by itself.
    let failed = json!({"outcome": "failed"});
    served.post(&format!("/v1/runs/{held}/settle"), &failed).is(200);
    window.reads("my-wallet >>> .body", "You can use 130 credits ($13.00)");
    let lately = window.reads("my-lately >>> .entries", "Free: it failed.");
    assert!(!lately.contains("set aside"), "{lately}");
    mine.window.ends();
}

#[test]
fn whoever_is_new_and_has_nothing_finds_that_said() {
    let served = Served::new();
    served.put("/v1/customers/ana", &json!({"plan": "byok", "name": "Ana"})).is(201);
    let mine = Mine::of(served);
    mine.opens("/my/wallet");
    let text = mine.window.reads("my-wallet >>> .body", "You have no credits to use");
    assert!(text.contains("Buy credits") && !text.contains('\u{d7}'), "{text}");
    let text = mine.window.reads("my-lately >>> .body", "Your plan began.");
    assert!(text.contains("Your plan\n") && !text.contains("0 credits"), "{text}");
    mine.window.pictures_of_all("my-wallet-new");
    for (place, path, words) in [
        ("prices", "my-pace >>> .body", "You used nothing"),
        ("limits", "probity-limits >>> .used", "0 credits used this month"),
        ("terms", "my-terms >>> .body", "Nothing is changing."),
        ("receipts", "my-receipts >>> .entries", "Your plan began."),
    ] {
        mine.window.goes(&mine.url(&format!("/my/{place}")));
        mine.window.reads(path, words);
        mine.window.until("document.querySelectorAll('[data-loading]').length === 0");
        // Nothing is asked for twice, or before it is known for whom.
        let twice = mine.window.says(
            "const all = performance.getEntriesByType('resource').map((one) => one.name); \
             return all.filter((one, n) => all.indexOf(one) !== n);",
        );
        assert_eq!(twice, json!([]), "{place}");
        mine.window.pictures_of_all(&format!("my-{place}-new"));
    }
    mine.window.presses("my-receipts >>> [data-only='refunds']");
    mine.window.reads("my-receipts >>> .empty", "Nothing of this kind yet.");
    mine.window.ends();
}

/// A plan that sells none leads nobody to buy some.
#[test]
fn nobody_is_led_to_buy_what_their_plan_does_not_sell() {
    let served = Served::new();
    served.put("/v1/customers/ana", &json!({"plan": "discovery", "name": "Ana"})).is(201);
    let mine = Mine::of(served);
    mine.opens("/my/wallet");
    let text = mine.window.reads("my-wallet >>> .body", "You can use 25 credits");
    assert!(!text.contains("Buy credits") && !text.contains("Automatic top-up"), "{text}");
    // Nothing was used: nothing comes back.
    assert!(text.contains("150 of 150 left") && !text.contains("Full again"), "{text}");
    mine.ran("search_roles", "Berlin", "delivered");
    mine.window.reads("my-wallet >>> .body", "Full again on 23 December");
    mine.window.ends();
}

#[test]
fn what_will_this_cost_me_and_when_is_it_free() {
    let mine = Mine::ana();
    for n in 0..3 {
        mine.ran("tailor_document", &format!("d{n}"), "delivered");
    }
    mine.ran("tailor_document", "d9", "failed");
    mine.ran("search_roles", "s", "delivered");
    mine.opens("/my/prices");
    let window = &mine.window;
    let text = window.reads("my-pace >>> .body", "Together 15 credits.");
    assert!(text.contains("4 × · 15 credits") && text.contains("1 × · Free"), "{text}");
    assert!(text.contains("Pro brings 120 credits a month: enough"), "{text}");
    let text = window.reads("probity-prices >>> .body", "Your plan");
    assert!(text.contains("Paid even if nothing is found"), "{text}");
    // Links of the contract lead to the product's site, not to the service.
    let to = "return find('probity-prices >>> .acts a').href;";
    assert_eq!(window.says(to), format!("{SITE}/billing/plans"));
    window.pictures_of_all("my-prices");
    mine.window.ends();
}

#[test]
fn can_i_get_a_nasty_surprise() {
    let mine = Mine::ana();
    mine.opens("/my/limits");
    let window = &mine.window;
    window.reads("probity-limits >>> .body", "Stop me");
    let text = window.reads("my-stops >>> .body", "Unusual day");
    assert!(text.contains("You are asked first") && !text.contains("We tell you"), "{text}");
    window.pictures_of_all("my-limits");
    window.types("probity-limits >>> [data-key=month]", "12");
    window.presses("probity-limits >>> form button");
    window.until("find('probity-limits >>> [data-key=month]').defaultValue === '12'");
    let wallet = mine.served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!(wallet["caps"]["month"], "12");
    // It stops: the price says so at once.
    mine.ran("enrich_market_map", "m1", "delivered");
    let more = json!({"customer": "ana", "action": "enrich_market_map", "artifact": "m2"});
    mine.served.post("/v1/runs", &more).refused(402, "spend_cap_reached");
    window.reads("probity-limits >>> .used", "10 credits used");
    mine.window.ends();
}

#[test]
fn what_did_i_agree_to_and_what_is_changing() {
    let mine = Mine::ana();
    let (served, window) = (&mine.served, &mine.window);
    let special = json!({"prices": {"enrich_market_map": "7"}, "until": "2027-06-30",
        "reason": "a secret of ours"});
    served.post("/v1/customers/ana/overrides", &special).is(201);
    let bought = json!({"payment": "pi_1", "credits": "100",
        "paid": {"amount": "10.00", "currency": "USD"}});
    served.post("/v1/customers/ana/top-ups", &bought).is(201);
    mine.opens("/my/terms");
    let text = window.reads("my-terms >>> .body", "Nothing is changing.");
    assert!(text.contains("jobscout@3 · Since 23 November") && text.contains("Pro"), "{text}");
    let special = ["Enrich a market map: 7 credits ($0.70).", "Until 30 June 2027", "in place of"];
    for words in special {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.find("7 credits ($0.70)") < text.find("10 credits ($1.00)"), "{text}");
    assert!(!text.contains("secret"), "{text}");
    window.pictures_of_all("my-terms");
    // The whole contract is folded up, and stays open when something happens.
    window.presses("my-contract >>> summary");
    window.reads("my-contract >>> .in", "1 credit is $0.10.");
    for n in 0..3 {
        mine.ran("tailor_document", &format!("d{n}"), "delivered");
    }
    let contract = four("2026-12-24", &[DEARER]);
    served.post("/v1/contracts", &json!({"contract": contract})).is(201);
    window.says("Probity.refresh();");
    let text = window.reads("my-terms >>> .changing", "begins for you on 23 January 2027");
    for words in [
        "Worse",
        "Tailor a document costs 6 credits instead of 5 credits.",
        "15 credits ($1.50)",
        "18 credits ($1.80)",
        "Stay on Pro",
        "Switch to Discovery ($4 a month)",
        "Leave before 23 January 2027: the 100 credits that you bought and have not used are paid back",
        "Talk to us.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // One date, theirs: when notice ends for everybody is none of it.
    assert!(!text.contains("24 December"), "{text}");
    assert_eq!(window.says("return find('my-contract >>> details').open;"), true);
    window.pictures_of_all("my-terms-changing");
    mine.window.ends();
}

#[test]
fn the_last_known_stays_while_the_service_is_away() {
    let mut mine = Mine::ana();
    mine.window.expects("ERR_INTERNET_DISCONNECTED");
    mine.opens("/my/wallet");
    let window = &mine.window;
    window.reads("my-wallet >>> .body", "You can use 120 credits");
    offline(window, true);
    window.says("Probity.refresh();");
    let text = window.reads("my-wallet >>> .body", "this may have changed");
    assert!(text.contains("You can use 120 credits"), "{text}");
    mine.ran("tailor_document", "d1", "delivered");
    offline(window, false);
    window.reads("my-wallet >>> .body", "You can use 115 credits");
    window.is_gone("my-wallet >>> .note");
    mine.window.ends();
}
