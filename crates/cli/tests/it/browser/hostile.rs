//! Bad tokens, a service that is away, and words that were meant to do harm or to break a page: the
//! page says what is wrong, and never shows somebody else's data or a wrong price.

use super::site::{Site, ana, window};
use super::window::Window;
use crate::http::served::{Served, sample};
use probity::Environment;
use probity::store::MemoryStore;
use serde_json::json;

const PAGE: &str = "<div class=\"bar\"><probity-wallet></probity-wallet></div><section><probity-price \
    action=\"tailor_document\"></probity-price></section>";

#[test]
fn a_bad_token_shows_nothing_and_says_so() {
    let (site, mut window) = ana();
    for expected in ["401", "403", "404", "500", "secret key does not belong"] {
        window.expects(expected);
    }
    let stranger = Served::new();
    stranger.ana();
    let foreign = stranger.token("ana", None);
    let token = site.served.token("ana", None);
    let signed = token.rsplit_once('.').unwrap().0;
    let said = |token: &str| json!({ "token": token }).to_string();
    let again = "Sign in again to see prices and credits.";
    let cannot = "Prices and credits cannot be shown here yet.";
    let away = "Billing cannot be reached just now. We keep trying.";
    for (status, body, words) in [
        (200, said(&foreign), again),
        (200, said(&format!("{signed}.AAAA")), again),
        (401, "{}".to_owned(), again),
        (403, "<h1>no</h1>".to_owned(), again),
        (200, said("ct_x.y"), cannot),
        (200, said("ct_"), cannot),
        (200, said(""), cannot),
        (200, said(&"x".repeat(100_000)), cannot),
        (200, said(&site.served.live), cannot),
        (200, "<html>".to_owned(), cannot),
        (200, "null".to_owned(), cannot),
        (404, "not here".to_owned(), cannot),
        (500, "oh".to_owned(), away),
    ] {
        site.answers_token(status, &body);
        window.goes(&site.shows(PAGE));
        window.reads("probity-wallet >>> .note", words);
        window.reads("probity-price >>> .note", words);
        assert!(!window.text().contains("120"), "{body}");
    }
    window.ends();
}

#[test]
fn a_token_that_ends_is_replaced_and_nobody_notices() {
    let (site, mut window) = ana();
    window.expects("401");
    window.goes(&site.shows(PAGE));
    window.reads("probity-wallet >>> .pill", "120 credits");
    let before = site.tokens_asked();
    site.served.now("2026-11-23T11:30:00Z");
    site.is_for("ana", None);
    // What a token of before gets is a refusal; one request more, and all is as ever.
    window.until(
        "(Probity.refresh(), performance.getEntriesByType('resource').filter((r) => \
        r.name.endsWith('/billing/token')).length > 1)",
    );
    window.reads("probity-wallet >>> .pill", "120 credits");
    assert!(site.tokens_asked() > before);
    window.ends();
}

#[test]
fn another_customer_never_sees_what_was_there_before() {
    let (site, mut window) = ana();
    window.expects("401");
    site.served.opens("bob", "discovery");
    window.goes(&site.shows(
        "<div class=\"bar\"><probity-wallet open></probity-wallet></div><section><probity-receipts>\
         </probity-receipts><probity-limits></probity-limits></section>",
    ));
    window.reads("probity-wallet >>> .big", "120 credits");
    window.reads("probity-limits >>> .stop", "credits");
    // What Ana was about to save is not there for Bob to save.
    window.says("find('probity-limits >>> input').value = '7.5';");
    let bob = json!(site.served.token("bob", None));
    window.says(&format!("Probity.use({{ token: {bob} }});"));
    window.reads("probity-wallet >>> .big", "25 credits");
    window.until("find('probity-limits >>> input')?.value !== '7.5'");
    assert!(!window.text().contains("120"), "{}", window.text());
    // A token of somebody who is not there, or a broken one: nothing is left on the page.
    window.says("Probity.use({ token: 'ct_broken' });");
    window.reads("probity-wallet >>> .note", "cannot be shown here yet");
    assert!(!window.text().contains("25 credits"), "{}", window.text());
    window.ends();
}

/// A refusal and a question of one customer are none of the next one's.
#[test]
fn a_refusal_and_a_dialog_go_with_whom_they_were_for() {
    let (site, window) = ana();
    site.served.opens("bob", "pro");
    window.goes(&site.shows(
        "<probity-wallet></probity-wallet><probity-not-enough></probity-not-enough>\
         <probity-confirm always action=\"tailor_document\" artifact=\"d1\"><button \
         class=\"act\">Tailor</button></probity-confirm>",
    ));
    window.reads("probity-wallet >>> .pill", "120 credits");
    let denial = json!({"title": "Ana's title", "detail": "Ana's detail.", "ways_forward": []});
    let use_of = |name: &str| {
        let token = json!(site.served.token(name, None));
        window.says(&format!("Probity.use({{ token: {token} }});"));
    };
    window.says(&format!("find('probity-not-enough').problem = {denial};"));
    window.says(&format!("Probity.show({denial});"));
    window.reads("probity-dialog >>> probity-not-enough >>> .why", "Ana's detail.");
    use_of("bob");
    window.is_gone("probity-dialog");
    window.until("!find('probity-not-enough >>> .why')");
    assert!(!window.text().contains("Ana's"), "{}", window.text());
    // A price that is being agreed to is not agreed to for somebody else.
    window.presses("button.act");
    window.reads("probity-dialog >>> .in", "Agree and go on");
    use_of("ana");
    window.is_gone("probity-dialog");
    assert_eq!(window.says("return told.filter((t) => t.name === 'go').length;"), 0);
    window.ends();
}

pub(super) fn offline(window: &Window, offline: bool) {
    window.tells("Network.enable", json!({}));
    let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1,
        "uploadThroughput": -1 });
    window.tells("Network.emulateNetworkConditions", conditions);
}

#[test]
fn the_last_known_stays_with_its_time_while_the_service_is_away() {
    let (site, mut window) = ana();
    window.expects("ERR_INTERNET_DISCONNECTED");
    window.goes(&site.shows(PAGE));
    window.reads("probity-price >>> .body", "enough for 24");
    offline(&window, true);
    window.says("Probity.refresh();");
    window.reads("probity-price >>> .note", "Billing cannot be reached just now");
    window.reads("probity-price >>> .body", "enough for 24");
    window.pictures("away");
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1",
        "outcome": "delivered"});
    site.served.post("/v1/runs", &run).is(201);
    offline(&window, false);
    window.reads("probity-price >>> .body", "enough for 23");
    window.is_gone("probity-price >>> .note");
    window.ends();
}

/// Strings that do harm where somebody takes them for HTML, a script, a style or an address.
pub(super) const CORPUS: &[&str] = &[
    "<img src=x onerror=\"globalThis.harm=1\">",
    "<script>globalThis.harm=1</script>",
    "\"><svg onload=globalThis.harm=1>",
    "'-globalThis.harm=1-'",
    "</style><style>*{display:none}</style>",
    "javascript:globalThis.harm=1",
    "{{constructor.constructor('globalThis.harm=1')()}}",
    "${globalThis.harm=1}",
    "<probity-wallet open onclick=globalThis.harm=1>",
    "&lt;b&gt;&amp;",
];

/// A contract whose every word is hostile.
pub(super) fn hostile_contract() -> Served {
    let served = Served::on(Box::<MemoryStore>::default());
    let mut files = sample("jobscout");
    let quoted = |text: &str| json!(text.replace('{', "(").replace('}', ")")).to_string();
    for (n, (from, to)) in [
        ("name: Tailor a document", "name: "),
        ("unit: tailored document", "unit: "),
        ("for: people looking around", "for: "),
        ("name: Own key", "name: "),
        ("top_ups: Discovery is for looking around at a small, fixed price.", "top_ups: "),
        ("counts_as: one draft of one CV or letter for one role", "counts_as: "),
    ]
    .into_iter()
    .enumerate()
    {
        assert!(files.contract.contains(from), "{from}");
        let to = format!("{to}{}", quoted(CORPUS[n % CORPUS.len()]));
        files.contract = files.contract.replace(from, &to);
    }
    served.publish(Environment::Live, files);
    served
}

#[test]
fn words_that_mean_harm_are_only_words() {
    let served = hostile_contract();
    let names: Vec<_> = CORPUS
        .iter()
        .enumerate()
        .map(|(n, words)| json!({ "id": format!("m{n}"), "name": words }))
        .collect();
    let customer = json!({"plan": "pro", "name": CORPUS[0], "members": names});
    served.put("/v1/customers/ana", &customer).is(201);
    for words in CORPUS {
        let run = json!({"customer": "ana", "action": "tailor_document", "artifact": words,
            "outcome": "bad_input", "reason": words});
        let got = served.post("/v1/runs", &run);
        assert!(got.status == 201 || got.status == 422, "{:#}", got.body);
    }
    served.post("/v1/customers/ana/pause", &json!({"reason": CORPUS[2]})).is(200);
    let (site, window) = (Site::of(served, "ana"), window());
    window.goes(&site.shows(
        "<probity-wallet open></probity-wallet><probity-price action=\"tailor_document\">\
         </probity-price><probity-receipts></probity-receipts><probity-limits></probity-limits>\
         <probity-prices></probity-prices>",
    ));
    window.reads("probity-price >>> .words", CORPUS[2]);
    window.reads("probity-limits >>> .body", CORPUS[1]);
    window.reads("probity-prices >>> .body", CORPUS[0]);
    let problem = json!({ "title": CORPUS[0], "detail": CORPUS[1], "ways_forward": CORPUS.iter()
        .map(|words| json!({ "do": words, "words": words, "href": words })).collect::<Vec<_>>() });
    window.says(&format!("Probity.show({problem});"));
    window.reads("probity-dialog >>> probity-not-enough >>> .card", CORPUS[1]);
    let places = "return [...find('probity-dialog >>> probity-not-enough').shadowRoot\
        .querySelectorAll('a')].map((a) => a.protocol);";
    let places = window.says(places);
    assert!(places.as_array().unwrap().iter().all(|to| to == "http:"), "{places}");
    assert_eq!(window.says("return globalThis.harm ?? null;"), json!(null));
    let odd = "return ['img', 'svg', 'script', 'style'].flatMap((tag) => [...document\
        .querySelectorAll('*')].flatMap((e) => [...(e.shadowRoot?.querySelectorAll(tag) ?? [])]))\
        .length;";
    assert_eq!(window.says(odd), 0);
    window.ends();
}

#[test]
fn long_names_huge_amounts_and_every_script_fit_a_phone() {
    let served = Served::new();
    let long = "W".repeat(200);
    let names = json!([{ "id": "m1", "name": "\u{5D3}\u{5E0}\u{5D4} \u{202E}abc" },
        { "id": "m2", "name": "\u{1F469}\u{200D}\u{1F680}\u{1F1EF}\u{1F1F5}" },
        { "id": "m3", "name": long }]);
    let customer = json!({"plan": "pro", "name": "\u{645}\u{62D}\u{645}\u{62F}", "members": names});
    served.put("/v1/customers/ana", &customer).is(201);
    let grant = json!({"kind": "gift", "amount": "9000000000", "reason": "x"});
    served.post("/v1/customers/ana/grants", &grant).is(201);
    let run = json!({"customer": "ana", "action": "tailor_document",
        "artifact": "\u{5E7}\u{5D5}\u{5D1}\u{5E5} \u{1F4C4}", "outcome": "delivered"});
    served.post("/v1/runs", &run).is(201);
    let (site, window) = (Site::of(served, "ana"), window());
    window.goes(&site.shows(
        "<div class=\"bar\"><probity-wallet></probity-wallet></div><section><probity-price \
         action=\"tailor_document\"></probity-price></section><section><probity-receipts>\
         </probity-receipts></section><section><probity-limits></probity-limits></section>",
    ));
    window.reads("probity-wallet >>> .pill", "9000000115 credits");
    window.reads("probity-limits >>> .body", &long);
    let long = "Y".repeat(10_000);
    let problem = json!({"title": long, "detail": long, "needs": "9".repeat(400), "has": "0",
        "limit": {"of": "wallet"}, "ways_forward": [{"do": "wait", "words": long}]});
    window.is(super::window::Size::Phone, "light");
    for dir in ["ltr", "rtl"] {
        window.says(&format!("document.documentElement.dir = '{dir}';"));
        window.pictures(&format!("long-{dir}"));
        let wide = window.says("return document.documentElement.scrollWidth;");
        assert_eq!(wide, 390, "{dir}");
    }
    window.says(&format!("Probity.show({problem});"));
    window.reads("probity-dialog >>> probity-not-enough >>> .card", "YYYY");
    window.until("find('probity-dialog >>> dialog').scrollWidth <= 390");
    window.ends();
}
