//! Bad tokens, receipts of others, words that were meant to do harm: the page says what is wrong in
//! plain words, and never shows somebody else's data.

use super::super::hostile::{CORPUS, hostile_contract};
use super::super::window::Size;
use super::{Mine, SITE};
use crate::http::served::Served;
use probity_cli::http::Limits;
use serde_json::json;

const PLACES: [&str; 5] = ["wallet", "prices", "receipts", "limits", "terms"];

#[test]
fn whoever_cannot_be_known_is_told_how_to_come_back() {
    let mut mine = Mine::ana();
    for expected in ["401", "404", "secret key does not belong"] {
        mine.window.expects(expected);
    }
    let stranger = Served::new();
    stranger.ana();
    let foreign = stranger.token("ana", None);
    let token = mine.served.token("ana", None);
    let signed = token.rsplit_once('.').unwrap().0;
    let (window, secret) = (&mine.window, &mine.served.live);
    let (never, again) = ("it says who you are", "Please open it again from the product");
    let long = format!("ct_{}", "x".repeat(100_000));
    for (token, words) in [
        ("", never),
        ("ct_x.y", never),
        ("ct_", never),
        (&long, never),
        (secret, never),
        (&format!("{signed}.AAAA"), again),
        (&foreign, again),
    ] {
        window.goes("about:blank");
        window.goes(&mine.url("/my/terms"));
        window.says("sessionStorage.clear();");
        window.goes("about:blank");
        let hash = if token.is_empty() { String::new() } else { format!("#{token}") };
        window.goes(&mine.url(&format!("/my/wallet{hash}")));
        let text = window.reads("my-door >>> .closed", words);
        assert!(text.contains("Back to app.example.org"), "{text}");
        let to = window.says("return find('my-door >>> .closed a').href;");
        assert_eq!(to, format!("{SITE}/"));
        assert_eq!(window.says("return location.href;"), mine.url("/my/wallet"));
        window.is_gone("my-wallet");
        assert!(!window.text().contains("120"), "{token}");
    }
    window.pictures_of_all("my-door");
    // A good one in the same tab is taken up at once.
    let token = mine.served.token("ana", None);
    window.says(&format!("location.hash = '{token}';"));
    window.reads("my-wallet >>> .body", "You can use 120 credits");
    mine.window.ends();
}

#[test]
fn a_page_that_was_open_for_long_says_so_and_shows_nothing_more() {
    let mut mine = Mine::ana();
    mine.window.expects("401");
    mine.opens("/my/wallet?return=https://app.example.org/jobs?tab=2");
    let window = &mine.window;
    window.reads("my-wallet >>> .body", "You can use 120 credits");
    mine.served.now("2026-11-23T11:30:00Z");
    window.says("Probity.refresh();");
    window.reads("my-door >>> .closed", "closes after at most an hour");
    window.is_gone("my-wallet");
    window.until("!find('my-wallet >>> .body').textContent.includes('120 credits')");
    let to = window.says("return find('my-door >>> .closed a').href;");
    assert_eq!(to, format!("{SITE}/jobs?tab=2"));
    mine.window.ends();
}

#[test]
fn the_way_back_leads_only_to_sites_that_are_allowed() {
    let mut mine = Mine::ana();
    mine.window.expects("401");
    let window = &mine.window;
    for bad in [
        "https://evil.example",
        "javascript:alert(1)",
        "//evil.example",
        "data:,x",
        "https://app.example.org.evil.example/",
        "https://app.example.org@evil.example/",
        "%00",
    ] {
        mine.opens(&format!("/my/wallet?return={bad}"));
        window.reads("my-wallet >>> .body", "You can use 120 credits");
        let links =
            window.says("return [...document.querySelectorAll('my-back a')].map((a) => a.href);");
        assert_eq!(links, json!([format!("{SITE}/")]), "{bad}");
        assert_eq!(window.says("return location.href;"), mine.url("/my/wallet"));
    }
    // Where nothing is allowed by name, there is no way back, and links of the contract are words.
    for origins in [&[] as &[&str], &["*"], &["https://a.example", "https://b.example"]] {
        mine.served.listen_for(Limits::default(), origins);
        mine.opens("/my/wallet?return=https://app.example.org/");
        window.reads("my-wallet >>> .body", "You can use 120 credits");
        assert_eq!(window.says("return document.querySelectorAll('my-back a').length;"), 0);
        window.goes(&mine.url("/my/prices"));
        window.reads("probity-prices >>> .body", "Your plan");
        assert_eq!(window.says("return find('probity-prices >>> .acts a');"), json!(null));
    }
    mine.window.ends();
}

#[test]
fn somebody_elses_receipt_is_not_known_here() {
    let mut mine = Mine::ana();
    mine.window.expects("404");
    mine.served.opens("bob", "pro");
    let run = json!({"customer": "bob", "action": "tailor_document", "artifact": "bobs.pdf",
        "outcome": "delivered"});
    let bobs = mine.began(&run);
    mine.opens(&format!("/my/receipts#{bobs}"));
    let window = &mine.window;
    window.reads("my-linked >>> my-receipt >>> .note", "There is no receipt of yours");
    window.reads("my-receipts >>> .entries", "Your plan began");
    assert!(!window.text().contains("bobs.pdf"), "{}", window.text());
    // What is no run at all is not even asked for.
    for odd in
        ["run_%2e%2e", "run_<img src=x>", "javascript:1", &format!("run_{}", "9".repeat(5000))]
    {
        window.goes("about:blank");
        window.goes(&mine.url(&format!("/my/receipts#{odd}")));
        window.reads("my-receipts >>> .entries", "Your plan began");
        window.is_gone("my-linked >>> my-receipt");
    }
    // Bob in the same tab: nothing of Ana's is left.
    mine.ran("tailor_document", "anas.pdf", "delivered");
    window.reads("my-receipts >>> .entries", "anas.pdf");
    // Also where she was about to say that something is wrong.
    window.presses("my-receipts >>> .entries details > summary");
    window.presses("my-receipts >>> details[open] my-receipt >>> .question button");
    window.types("my-receipts >>> details[open] my-receipt >>> textarea", "Ana's own words");
    window.says(&format!("location.hash = '{}';", mine.served.token("bob", None)));
    window.reads("my-receipts >>> .entries", "bobs.pdf");
    window.is_gone("my-receipts >>> details[open] my-receipt >>> textarea");
    assert!(!window.text().contains("anas.pdf"), "{}", window.text());
    mine.window.ends();
}

#[test]
fn words_that_mean_harm_are_only_words() {
    let served = hostile_contract();
    let names = CORPUS.iter().enumerate();
    let names: Vec<_> =
        names.map(|(n, words)| json!({ "id": format!("m{n}"), "name": words })).collect();
    let customer = json!({"plan": "pro", "name": CORPUS[0], "members": names});
    served.put("/v1/customers/ana", &customer).is(201);
    let mine = Mine::of(served);
    let mut asked = String::new();
    for (n, words) in CORPUS.iter().enumerate() {
        let run = json!({"customer": "ana", "action": "tailor_document", "artifact": words,
            "member": format!("m{n}"), "outcome": "delivered", "reason": words});
        let got = mine.served.post("/v1/runs", &run);
        assert!(got.status == 201 || got.status == 422, "{:#}", got.body);
        let Some(run) = got.body["run"].as_str() else { continue };
        run.clone_into(&mut asked);
        let path = format!("/v1/runs/{run}");
        let text = json!({ "text": words });
        mine.served.post(&format!("{path}/question"), &text).is(202);
        mine.served.post(&format!("{path}/answer"), &text).is(201);
        let refund = json!({"amount": "1", "reason": words});
        mine.served.post(&format!("{path}/refund"), &refund).is(200);
    }
    let grant = json!({"kind": "gift", "amount": "5", "reason": CORPUS[3]});
    mine.served.post("/v1/customers/ana/grants", &grant).is(201);
    let window = &mine.window;
    for place in PLACES {
        let rest = if place == "receipts" { format!("#{asked}") } else { String::new() };
        mine.opens(&format!("/my/{place}{rest}"));
        window.reads("my-who >>> .who", CORPUS[0]);
        match place {
            "receipts" => {
                window.reads("my-linked >>> my-receipt >>> .answer", CORPUS[9]);
                window.reads("my-receipts >>> .entries", CORPUS[1]);
            }
            "terms" => {
                window.presses("my-contract >>> summary");
                window.reads("my-contract >>> .in", CORPUS[0]);
            }
            "wallet" => drop(window.reads("my-lately >>> .entries", CORPUS[9])),
            "prices" => drop(window.reads("probity-prices >>> .body", CORPUS[0])),
            _ => drop(window.reads("probity-limits >>> .body", CORPUS[1])),
        }
        window.accessible();
        assert_eq!(window.says("return globalThis.harm ?? null;"), json!(null), "{place}");
        let odd = "const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => \
            [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]); return all(document.body).filter((e) => \
            /^(img|svg|script|style|b)$/.test(e.localName)).length;";
        assert_eq!(window.says(odd), 0, "{place}");
    }
    mine.window.ends();
}

#[test]
fn long_names_huge_amounts_and_every_script_fit_a_phone() {
    let served = Served::new();
    let long = "W".repeat(150);
    let names = json!([{ "id": "m1", "name": "\u{5D3}\u{5E0}\u{5D4} \u{202E}abc" },
        { "id": "m2", "name": "\u{1F469}\u{200D}\u{1F680}\u{1F1EF}\u{1F1F5}" },
        { "id": "m3", "name": long }]);
    let name = format!("\u{645}\u{62D}\u{645}\u{62F} \u{1F680} {long}");
    let customer = json!({"plan": "pro", "name": name, "members": names});
    served.put("/v1/customers/ana", &customer).is(201);
    let grant = json!({"kind": "gift", "amount": "9000000000", "reason": "x"});
    served.post("/v1/customers/ana/grants", &grant).is(201);
    let mine = Mine::of(served);
    let mut run = String::new();
    for (artifact, member) in [
        ("\u{5E7}\u{5D5}\u{5D1}\u{5E5} \u{1F4C4}", "m1"),
        (&"Y".repeat(200) as &str, "m3"),
        ("a\u{202E}b", "m2"),
    ] {
        let body = json!({"customer": "ana", "action": "tailor_document", "artifact": artifact,
            "member": member, "outcome": "delivered"});
        run = mine.began(&body);
        let text = json!({ "text": "Q".repeat(2000) });
        mine.served.post(&format!("/v1/runs/{run}/question"), &text).is(202);
    }
    let window = &mine.window;
    for place in PLACES {
        let rest = if place == "receipts" { format!("#{run}") } else { String::new() };
        mine.opens(&format!("/my/{place}{rest}"));
        window.is(Size::Phone, "light");
        window.reads("my-who >>> .who", "\u{645}\u{62D}\u{645}\u{62F}");
        window.until("document.querySelectorAll('[data-loading]').length === 0");
        for dir in ["ltr", "rtl"] {
            window.says(&format!("document.documentElement.dir = '{dir}';"));
            window.pictures(&format!("my-{place}-long-{dir}"));
            let wide = window.says("return document.documentElement.scrollWidth;");
            assert_eq!(wide, 390, "{place} {dir}");
        }
        window.accessible();
    }
    mine.window.ends();
}
