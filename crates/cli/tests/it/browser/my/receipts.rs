//! Receipts: why something was charged, what was given back, what is wrong, the whole as a file.

use super::Mine;
use crate::http::served::Served;
use probity_cli::http::Limits;
use serde_json::{Value, json};

/// Some of everything; the run that was charged in part, and one that was given back.
fn some_of_everything(mine: &Mine) -> (String, String) {
    let served = &mine.served;
    mine.ran("search_roles", "Berlin", "delivered");
    mine.ran("tailor_document", "cv.pdf", "failed");
    let back = mine.ran("tailor_document", "letter.pdf", "delivered");
    mine.ran("tailor_document", "letter.pdf", "delivered");
    let part = mine.began(&json!({"customer": "ana", "action": "enrich_market_map",
        "artifact": "map_42", "member": "m1", "outcome": "partial", "parts": 5}));
    let refund = json!({"amount": "2", "reason": "sorry about the delay"});
    served.post(&format!("/v1/runs/{back}/refund"), &refund).is(200);
    (part, back)
}

#[test]
fn why_was_i_charged_is_answered_in_two_clicks_from_the_wallet() {
    let mine = Mine::ana();
    let (part, _) = some_of_everything(&mine);
    let window = &mine.window;
    mine.opens("/my/wallet");
    // Straight from what happened lately: one click.
    window.presses(&format!("my-lately >>> a[href$='{part}']"));
    let text =
        window.reads("my-linked >>> my-receipt >>> .body", "only a part arrives (5 of 8 parts)");
    assert!(text.contains("Taken in part: you pay for what was delivered"), "{text}");
    assert!(text.contains("6 credits · From your plan") && text.contains("jobscout@3"), "{text}");
    // By all receipts: two.
    window.goes(&mine.url("/my/wallet"));
    window.presses("my-lately >>> .acts a");
    window.presses(&format!("my-receipts >>> [data-run='{part}'] summary"));
    let text = window.reads("my-receipts >>> my-receipt >>> .body", "Taken in part");
    // The row of the contract's table is marked.
    let marked = window.says("return find('my-receipts >>> my-receipt >>> tr.this').innerText;");
    assert!(marked.as_str().unwrap().contains("only a part arrives"), "{marked} {text}");
    // What is open has an address of its own, which opens it again.
    let url = window.says("return location.href;");
    assert_eq!(url, mine.url(&format!("/my/receipts#{part}")));
    window.pictures_of_all("my-receipt");
    window.goes("about:blank");
    window.goes(url.as_str().unwrap());
    window.reads("my-linked >>> my-receipt >>> .body", "Taken in part");
    window.presses("my-linked >>> .head button");
    window.is_gone("my-linked >>> my-receipt");
    assert_eq!(window.says("return location.href;"), mine.url("/my/receipts"));
    mine.window.ends();
}

/// The table says what it costs everybody: beside another price it would contradict the receipt.
#[test]
fn beside_a_price_of_their_own_stands_no_other() {
    let mine = Mine::ana();
    let special = json!({"prices": {"enrich_market_map": "7"}, "until": "2027-06-30",
        "reason": "pilot"});
    mine.served.post("/v1/customers/ana/overrides", &special).is(201);
    let run = mine.ran("enrich_market_map", "map_1", "delivered");
    mine.opens(&format!("/my/receipts#{run}"));
    let receipt = "my-linked >>> my-receipt >>> .body";
    let text = mine.window.reads(receipt, "Charged\n7 credits");
    assert!(!text.contains("10 credits") && !text.contains(" left"), "{text}");
    // Nor where free units were used up for it: that it would have cost something is another matter.
    let run = mine.ran("search_roles", "Berlin", "delivered");
    mine.window.says(&format!("location.hash = '{run}';"));
    let text = mine.window.reads(receipt, "Charged\nNot charged");
    assert!(!text.contains("0.5 credits"), "{text}");
    mine.window.ends();
}

#[test]
fn everything_is_found_by_what_it_was_and_what_it_was_for() {
    let mine = Mine::ana();
    some_of_everything(&mine);
    let window = &mine.window;
    mine.opens("/my/receipts");
    let text = window.reads("my-receipts >>> .entries", "Your plan began");
    assert!(
        text.contains("Given back: Tailor a document") && text.contains("+2 credits"),
        "{text}"
    );
    assert!(text.contains("−5 credits") && text.contains("by Ana"), "{text}");
    window.pictures_of_all("my-receipts");
    let count = "find('my-receipts >>> .entries').children.length";
    for (only, n) in [("charged", 2), ("not_charged", 3), ("refunds", 1), ("credits", 1), ("", 7)] {
        window.presses(&format!("my-receipts >>> [data-only='{only}']"));
        window.until(&format!("{count} === {n}"));
    }
    for (text, n) in [("MAP_42", 1), ("ana", 1), ("tailor", 4), ("letter.pdf", 3), ("Berlin", 1)] {
        window.types("my-receipts >>> input", text);
        window.until(&format!("{count} === {n}"));
    }
    window.types("my-receipts >>> input", "<b>nothing</b>");
    window.reads("my-receipts >>> .empty", "Nothing fits.");
    window.presses("my-receipts >>> [data-only='charged']");
    window.reads("my-receipts >>> .empty", "Nothing fits.");
    mine.window.ends();
}

#[test]
fn what_is_wrong_is_asked_and_the_answer_is_read_there() {
    let mine = Mine::ana();
    let (part, back) = some_of_everything(&mine);
    let window = &mine.window;
    mine.opens(&format!("/my/receipts#{part}"));
    window.presses("my-linked >>> my-receipt >>> .question button");
    window.types("my-linked >>> my-receipt >>> textarea", "Only <b>five</b> came \u{2639}");
    // What is written is not lost when something happens meanwhile.
    mine.ran("search_roles", "Oslo", "delivered");
    window.reads("my-receipts >>> .entries", "Oslo");
    window.presses("my-linked >>> my-receipt >>> form .first");
    let text = window.reads("my-linked >>> my-receipt >>> .asked", "Not answered yet.");
    assert!(text.contains("Only <b>five</b> came \u{2639}"), "{text}");
    let said = json!({"text": "You pay for five of eight."});
    mine.served.post(&format!("/v1/runs/{part}/answer"), &said).is(201);
    window.says("Probity.refresh();");
    window.reads("my-linked >>> my-receipt >>> .answer", "You pay for five of eight.");
    window.pictures("my-receipt-answered");
    // What was given back stands for itself, with its reason, and until when it may be used.
    window.says(&format!("location.hash = '{back}';"));
    let text = window.reads("my-linked >>> my-receipt >>> .body", "sorry about the delay");
    assert!(text.contains("+2 credits") && text.contains("Usable until 23 January 2027"), "{text}");
    assert!(text.contains("Charged\n5 credits"), "{text}");
    mine.window.ends();
}

#[test]
fn the_whole_is_a_file_with_a_name() {
    let mut mine = Mine::ana();
    some_of_everything(&mine);
    mine.window.expects("ERR_INTERNET_DISCONNECTED");
    mine.opens("/my/receipts");
    let window = &mine.window;
    window.reads("my-receipts >>> .entries", "Your plan began");
    window.says(
        "globalThis.files = []; const make = URL.createObjectURL; URL.createObjectURL = (blob) => \
         { blob.text().then((text) => files.push({ text })); return make.call(URL, blob); }; \
         HTMLAnchorElement.prototype.click = function () { globalThis.named = this.download; };",
    );
    let file = |n: usize| {
        window.presses("my-receipts >>> .second button");
        window.until(&format!("files.length === {n} && files[{n} - 1].text"))
    };
    let whole = file(1);
    let whole = whole.as_str().unwrap();
    assert!(
        whole.starts_with("item,at,kind,amount,money") && whole.lines().count() == 8,
        "{whole}"
    );
    let name = window.says("return globalThis.named;");
    let name = name.as_str().unwrap();
    assert!(name.starts_with("statement-ana-20") && name.ends_with(".csv"), "{name}");
    window.presses("my-receipts >>> [data-only='refunds']");
    let part = file(2);
    assert_eq!(part.as_str().unwrap().lines().count(), 2, "{part}");
    let name = window.says("return globalThis.named;");
    assert!(name.as_str().unwrap().ends_with("-refunds.csv"), "{name}");
    window.reads("my-receipts >>> .second button", "Download “Given back” as CSV");
    super::super::hostile::offline(window, true);
    window.presses("my-receipts >>> .second button");
    window.reads("my-receipts >>> .tools .fault", "Please try again: nothing is done twice.");
    super::super::hostile::offline(window, false);
    mine.window.ends();
}

#[test]
fn three_hundred_receipts_come_page_by_page_and_are_searched_to_the_first() {
    let mine = Mine::ana();
    let window = &mine.window;
    mine.ran("tailor_document", "the very first", "failed");
    for n in 0..300 {
        mine.ran("tailor_document", &format!("d{n}"), "failed");
    }
    mine.opens("/my/receipts");
    let count = "find('my-receipts >>> .entries')?.children.length";
    for n in [50, 100, 150] {
        window.until(&format!("{count} === {n}"));
        window.presses("my-receipts >>> .acts button");
    }
    window.until(&format!("{count} === 200"));
    // What happens meanwhile comes on top, and nothing is lost or twice.
    mine.ran("tailor_document", "just now", "failed");
    window.until(&format!("{count} === 201"));
    window.reads("my-receipts >>> .entries", "just now");
    let twice = window.says(
        "const runs = [...find('my-receipts').shadowRoot.querySelectorAll('[data-run]')].map((li) => \
         li.dataset.run); return runs.length - new Set(runs).size;",
    );
    assert_eq!(twice, 0);
    window.types("my-receipts >>> input", "the very first");
    window.until(&format!("{count} === 1"));
    window.types("my-receipts >>> input", "nowhere at all");
    window.reads("my-receipts >>> .empty", "Nothing fits.");
    mine.window.ends();
}

#[test]
fn a_member_reads_and_asks_in_their_own_name() {
    let mut served = Served::new();
    served.ana();
    served.listen_for(Limits::default(), &[super::SITE]);
    let mine = Mine::of(served);
    let token = mine.served.token("ana", Some("m1"));
    mine.window.goes(&mine.url(&format!("/my/limits#{token}")));
    mine.window.reads("my-who >>> .who", "Ana, for Ana");
    mine.window.reads("probity-limits >>> .body", "only lower");
    let page = mine.served.post("/v1/customers/ana/tokens", &Value::Object(<_>::default()));
    let page = page.is(201)["page"].as_str().unwrap().to_owned();
    assert!(page.starts_with("/my#ct_"), "{page}");
    mine.window.ends();
}
