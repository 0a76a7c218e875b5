//! What becomes of a page that stays open: the token ends, the service goes away, the plan changes, and
//! what a customer sets for themselves.

use super::super::hostile::offline;
use super::Mine;
use serde_json::{Value, json};

#[test]
fn when_the_token_ends_the_page_closes_by_itself() {
    let mut mine = Mine::ana();
    mine.window.expects("401");
    mine.opens("/my/wallet");
    mine.window.reads("my-wallet >>> .body", "You can use 120 credits");
    // The stream ends with the token; whoever takes it up again is told.
    mine.served.now("2026-11-23T11:30:00Z");
    mine.served.ends_streams();
    mine.window.reads("my-door >>> .closed", "closes after at most an hour");
    mine.window.until("!find('my-wallet >>> .body').textContent.includes('120 credits')");
    // Where the stream stays open, or there is none, by what the token says of itself.
    mine.window.ends();
    let mut mine = Mine::ana();
    mine.window.expects("401");
    let hands = "Date.now = () => Date.parse('2026-11-23T10:59:57Z') + performance.now(); \
        fetch = new Proxy(fetch, { apply: (to, at, of) => String(of[0]).endsWith('/events') \
        ? new Promise(() => {}) : Reflect.apply(to, at, of) });";
    mine.window.tells("Page.addScriptToEvaluateOnNewDocument", json!({ "source": hands }));
    mine.opens("/my/wallet");
    mine.window.reads("my-wallet >>> .body", "You can use 120 credits");
    mine.served.now("2026-11-23T11:30:00Z");
    mine.window.reads("my-door >>> .closed", "closes after at most an hour");
    mine.window.ends();
}

#[test]
fn while_the_service_is_away_the_page_says_so_by_itself_until_it_is_back() {
    let mut mine = Mine::ana();
    mine.window.expects("ERR_INTERNET_DISCONNECTED");
    mine.opens("/my/wallet");
    let window = &mine.window;
    window.reads("my-wallet >>> .body", "You can use 120 credits");
    window.until(
        "performance.getEntriesByType('resource').some((one) => one.name.endsWith('/wallet'))",
    );
    offline(window, true);
    mine.served.ends_streams();
    let text = window.reads("my-wallet >>> .note", "cannot be reached just now");
    assert!(text.starts_with("As of "), "{text}");
    assert!(window.text().contains("120 credits"));
    offline(window, false);
    window.is_gone("my-wallet >>> .note");
    mine.window.ends();
}

#[test]
fn a_limit_says_what_it_does() {
    let mine = Mine::ana();
    let (served, window) = (&mine.served, &mine.window);
    mine.ran("enrich_market_map", "m1", "delivered");
    mine.opens("/my/limits");
    let text = window.reads("probity-limits >>> .stop", "Empty: the usual 400 credits.");
    assert!(!text.contains("no limit"), "{text}");
    let month = "probity-limits >>> [data-key=month]";
    let note = "probity-limits >>> form .fault";
    window.types(month, "50");
    window.presses("probity-limits >>> form button");
    window.reads(note, "Saved.");
    // Also when all is drawn anew.
    mine.ran("tailor_document", "d1", "delivered");
    window.reads("probity-limits >>> .used", "15 credits used");
    window.reads(note, "Saved.");
    window.types(month, "7");
    window.until(&format!("find('{note}').textContent === ''"));
    window.presses("probity-limits >>> form button");
    window.reads(note, "You have used 15 credits already: nothing more is charged this month.");
    let wallet = served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!(wallet["caps"]["month"], "7");
    window.pictures_of_all("my-limits-saved");
    mine.window.ends();
}

#[test]
fn a_plan_that_waits_is_a_change() {
    let mine = Mine::ana();
    let (served, window) = (&mine.served, &mine.window);
    served.put("/v1/customers/ana", &json!({"plan": "discovery"})).is(200);
    mine.opens("/my/terms");
    let text =
        window.reads("my-terms >>> .changing", "On 23 December your plan becomes Discovery.");
    for words in ["$12 a month", "$4 a month", "120 credits", "25 credits"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let text = window.reads("my-terms >>> .body", "As Discovery, on 23 December");
    assert!(!text.contains("Nothing is changing") && !text.contains("By itself"), "{text}");
    window.pictures_of_all("my-terms-next-plan");
    for (place, path) in [("wallet", "my-wallet"), ("prices", "my-pace")] {
        mine.ran("tailor_document", place, "delivered");
        mine.opens(&format!("/my/{place}"));
        let text = window.reads(&format!("{path} >>> .body"), "your plan becomes Discovery");
        assert!(!text.contains("brings 120 credits"), "{text}");
    }
    mine.window.ends();
}

#[test]
fn what_is_wrong_is_said_in_any_script_and_once() {
    let mut mine = Mine::ana();
    mine.window.expects("ERR_INTERNET_DISCONNECTED");
    let run = mine.ran("tailor_document", "d1", "delivered");
    mine.opens(&format!("/my/receipts#{run}"));
    let window = &mine.window;
    window.presses("my-linked >>> my-receipt >>> .question button");
    let (text, send) =
        ("my-linked >>> my-receipt >>> textarea", "my-linked >>> my-receipt >>> form .first");
    let note = "my-linked >>> my-receipt >>> form .note";
    window.says(&format!("find('{text}').value = '\u{6F22}'.repeat(1400);"));
    window.presses(send);
    window.reads(note, "This is too long: please leave out about 67 letters.");
    window.says(&format!("find('{text}').value = '\u{6F22}'.repeat(1300);"));
    // The answer is lost; the words are changed: it is another question, under another key.
    window.says(
        "globalThis.keys = []; globalThis.isLost = true; fetch = new Proxy(fetch, { apply: \
         async (to, at, of) => { const answer = await Reflect.apply(to, at, of); \
         if (!String(of[0]).endsWith('/question')) return answer; \
         keys.push(of[1].headers['Idempotency-Key']); \
         if (isLost) throw new TypeError('lost'); return answer; } });",
    );
    window.presses(send);
    window.reads(note, "Please try again: nothing is done twice.");
    window.presses(send);
    window.until("keys.length === 2");
    window.says(&format!("isLost = false; find('{text}').value = 'something else';"));
    window.presses(send);
    window.reads("my-linked >>> my-receipt >>> .asked", "\u{6F22}");
    let keys = window.says("return [keys.length, new Set(keys).size];");
    assert_eq!(keys, json!([3, 2]));
    mine.window.ends();
}

#[test]
fn automatic_top_up_is_asked_for_with_its_cap_and_turned_off() {
    let mine = Mine::ana();
    let (served, window) = (&mine.served, &mine.window);
    mine.opens("/my/limits");
    let form = "my-top-up >>> form";
    window.presses("my-top-up >>> summary");
    window.reads(form, "At most");
    window.presses(&format!("{form} .first"));
    window.reads(&format!("{form} .fault"), "A number of credits, such as 50");
    window.types("my-top-up >>> [name=below]", "20");
    window.types("my-top-up >>> [name=credits]", "0");
    window.presses(&format!("{form} .first"));
    window.reads(&format!("{form} .fault"), "A number of credits above nothing");
    for (name, amount) in [("credits", "50"), ("month_at_most", "100")] {
        window.types(&format!("my-top-up >>> [name={name}]"), amount);
    }
    window.pictures_of_all("my-limits-top-up");
    window.presses(&format!("{form} .first"));
    window.reads("probity-limits >>> .auto", "Below 20 credits, 50 credits are bought");
    window.is_gone("my-top-up >>> summary");
    let caps = served.get("/v1/customers/ana/wallet").is(200)["caps"].clone();
    let asked = json!({"below": "20", "credits": "50", "month_at_most": "100"});
    assert_eq!(caps["auto_top_up"], asked);
    window.presses("probity-limits >>> .auto button");
    window.reads("my-top-up >>> summary", "Have credits bought by themselves");
    let caps = served.get("/v1/customers/ana/wallet").is(200)["caps"].clone();
    assert_eq!(caps["auto_top_up"], Value::Null);
    // A plan that sells none offers none; a member asks for none.
    served.opens("dee", "discovery");
    for token in [served.token("dee", None), served.token("ana", Some("m1"))] {
        window.goes("about:blank");
        window.goes(&mine.url(&format!("/my/limits#{token}")));
        window.reads("probity-limits >>> .body", "Stop me");
        window.until("document.querySelectorAll('[data-loading]').length === 0");
        window.is_gone("my-top-up >>> summary");
    }
    mine.window.ends();
}
