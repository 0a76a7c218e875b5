//! While the service is away, and when somebody signs out: nothing is asked for nobody, nothing old is
//! shown as if it were new, whoever presses something reads that it was not done, and all comes back
//! by itself.

use super::site::{Site, ana};
use super::window::Window;
use serde_json::{Value, json};

/// The page's way out, held in the hand of the test: what was asked; `away` says of a request whether it
/// fails, `held` whether it waits for `let_go`; `answers` gives an answer in the service's place. Waits
/// of the elements are written down, and take no time.
const HANDS: &str = "globalThis.asked = []; globalThis.waits = []; globalThis.away = () => false; \
    globalThis.held = () => false; globalThis.answers = () => null; \
    globalThis.gate = new Promise((open) => { globalThis.let_go = open; }); \
    const real = fetch, later = setTimeout; \
    fetch = async (url, request) => { const what = `${url} ${request?.body ?? ''}`; asked.push(what); \
    const isHeld = held(what), isAway = away(what); \
    if (isHeld) await gate; if (isAway) throw new TypeError('away'); \
    return answers(what) ?? real(url, request); }; \
    setTimeout = (then, wait = 0, ...more) => { const isOurs = wait > 20 && wait < 1e7 && wait !== 45000; \
    if (isOurs) waits.push(wait); return later(then, isOurs ? 1 : wait, ...more); };";

/// Ana's page with the test's hand on it, before the elements in it stand there.
fn in_hand(html: &str) -> (Site, Window) {
    let (site, window) = ana();
    let page = format!("<section></section><template>{html}</template>");
    window.goes(&site.shows(&page));
    window.says(HANDS);
    (site, window)
}

/// Now they stand there.
fn appear(window: &Window) {
    window.says("find('section').append(document.importNode(find('template').content, true));");
}

const PRICE: &str = "<probity-price action=\"tailor_document\" artifact=\"d1\"><button \
    class=\"act\">Tailor</button></probity-price>";

/// Waits until requests that hold this have been sent `n` times.
fn is_asked(window: &Window, of: &str, n: usize) {
    window.until(&format!("asked.filter((one) => one.includes('{of}')).length >= {n}"));
}

fn asked(window: &Window, of: &str) -> u64 {
    let count = format!("return asked.filter((one) => one.includes('{of}')).length;");
    window.says(&count).as_u64().unwrap()
}

#[test]
fn what_nobody_looks_at_is_not_asked_again_and_an_old_answer_is_not_shown() {
    let (site, window) = in_hand(PRICE);
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1",
        "outcome": "delivered"});
    site.served.post("/v1/runs", &run).is(201);
    window
        .says("away = (what) => what.includes('/v1/check'); held = (what) => what.includes('d1');");
    appear(&window);
    is_asked(&window, "\"d1\"", 1);
    // Under way while the attribute changes: it fails for nobody.
    window.says("find('probity-price').setAttribute('artifact', 'd2');");
    is_asked(&window, "\"d2\"", 3);
    window.says("let_go(); held = () => false;");
    is_asked(&window, "\"d2\"", 8);
    assert_eq!(asked(&window, "\"d1\""), 1);
    let text = window.reads("probity-price >>> .note", "Billing cannot be reached just now");
    assert!(!text.contains("5 credits"), "{text}");
    // An answer for the artifact of before, come late, is not the price of this one.
    window.says(
        "away = () => false; globalThis.gate = new Promise((open) => { globalThis.let_go = open; }); \
         held = (what) => what.includes('\"d1\"');",
    );
    window.reads("probity-price >>> .price", "5 credits");
    window.says("find('probity-price').setAttribute('artifact', 'd1');");
    is_asked(&window, "\"d1\"", 2);
    window.says("find('probity-price').setAttribute('artifact', 'd3');");
    window.reads("probity-price >>> .price", "5 credits");
    window.says("let_go();");
    window.until("asked.filter((one) => one.includes('d3')).length && !held('x')");
    window.reads("probity-price >>> .price", "5 credits");
    // Taken out of the page during an outage: nothing more is asked for it, and nobody listens.
    window.says("away = (what) => what.includes('/v1/');");
    window.says("Probity.refresh();");
    let before = asked(&window, "\"d3\"");
    is_asked(&window, "\"d3\"", usize::try_from(before).unwrap() + 3);
    window.says("find('section').replaceChildren();");
    window.until("(globalThis.ticks = (globalThis.ticks ?? 0) + 1) > 3");
    let before = asked(&window, "/v1/");
    window.until("(globalThis.ticks += 1) > 30");
    assert_eq!(asked(&window, "/v1/"), before);
    window.ends();
}

#[test]
fn each_thing_is_asked_for_once_however_many_show_it() {
    let (_site, window) = in_hand(&format!("{}<probity-wallet></probity-wallet>", PRICE.repeat(5)));
    appear(&window);
    window.until(
        "[...document.querySelectorAll('probity-price')].every((one) => \
         one.shadowRoot.querySelector('.price'))",
    );
    window.reads("probity-wallet >>> .pill", "120 credits");
    for once in ["/prices", "/wallet", "/v1/check", "/billing/token"] {
        assert_eq!(asked(&window, once), 1, "{once}");
    }
    window.ends();
}

#[test]
fn the_words_of_whoever_signed_out_go_from_the_button_too() {
    let (site, mut window) = in_hand(&format!(
        "{}<probity-receipts></probity-receipts><probity-limits></probity-limits>",
        PRICE.replace(" artifact=\"d1\"", "")
    ));
    window.expects("401");
    site.served.opens("bob", "discovery");
    appear(&window);
    let described = "find('button.act').ariaDescription";
    window.until(&format!("{described}?.includes('enough for 24')"));
    window.reads("probity-limits >>> .body", "Stop me");
    window.says("find('probity-limits >>> input').value = '7.5';");
    site.answers_token(401, "{}");
    site.served.now("2026-11-23T11:30:00Z");
    window.says("Probity.refresh();");
    window.until(&format!("{described} === 'Sign in again to see prices and credits.'"));
    let kept = window.says("return [find('probity-price').price, find('probity-price').words];");
    assert_eq!(kept[0], Value::Null);
    assert!(!kept.to_string().contains("24"), "{kept}");
    // What was half typed is of theirs as well.
    window.reads("probity-limits >>> .note", "Sign in again");
    assert!(!window.text().contains("120"), "{}", window.text());
    // Somebody else: between the two, the button says nothing; the page is told.
    window.says("held = (what) => what.includes('/prices');");
    let bob = json!(site.served.token("bob", None));
    window.says(&format!("Probity.use({{ token: {bob} }});"));
    window.until(&format!("!{described}"));
    window.says("let_go();");
    window.until(&format!("{described}?.includes('You can use 25 credits')"));
    let prices = window.says("return told.filter((one) => one.name === 'price');");
    let prices = prices.as_array().unwrap();
    assert!(prices.iter().any(|one| one.get("price").is_none()), "{prices:?}");
    // A button that moves elsewhere takes no words along.
    window.says("document.querySelector('main').append(find('button.act'));");
    window.until("!find('button.act').hasAttribute('aria-description')");
    window.ends();
}

#[test]
fn what_could_not_be_done_is_said_where_it_was_pressed() {
    let (site, window) = in_hand("<probity-limits></probity-limits>");
    let top_up = json!({"auto_top_up": {"below": "20", "credits": "50", "month_at_most": "200"}});
    site.served.put("/v1/customers/ana/caps", &top_up).is(200);
    appear(&window);
    window.reads("probity-limits >>> .auto", "50 credits are bought");
    window.says("away = (what) => what.includes('/caps');");
    window.presses("probity-limits >>> .auto button");
    let words = "This was not saved: Billing cannot be reached just now. Please try again";
    window.reads("probity-limits >>> .auto .fault", words);
    let told = window.says("return find('probity-limits >>> [role=status]').textContent;");
    assert!(told.as_str().unwrap().contains(words), "{told}");
    window.pictures("limits-not-saved");
    // It stays while all is drawn anew, and goes once it is done.
    let gift = json!({"kind": "gift", "amount": "10", "reason": "x"});
    site.served.post("/v1/customers/ana/grants", &gift).is(201);
    window.says("globalThis.drawn = find('probity-limits >>> .auto'); Probity.refresh();");
    window.until("find('probity-limits >>> .auto') !== drawn");
    window.reads("probity-limits >>> .auto .fault", words);
    window.types("probity-limits >>> [data-key=month]", "12");
    window.presses("probity-limits >>> form button");
    window.reads("probity-limits >>> form .fault", words);
    window.says("away = () => false;");
    window.presses("probity-limits >>> form button");
    window.until("told.find((t) => t.name === 'limits')");
    window.presses("probity-limits >>> .auto button");
    window.reads("probity-limits >>> .auto", "Off: nothing is bought");
    let wallet = site.served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!(wallet["caps"]["auto_top_up"], Value::Null);
    assert_eq!(wallet["caps"]["month"], "12");
    window.is_gone("probity-limits >>> .auto .fault");
    window.ends();
}

#[test]
fn a_stream_that_breaks_is_taken_up_later_and_later_and_not_by_all_at_once() {
    let (_site, window) = in_hand("<probity-wallet></probity-wallet>");
    // The longest of each wait.
    window.says(
        "Math.random = () => 1; globalThis.dials = 0; \
         const opened = 'retry: 3000\\n\\nevent: stream.opened\\ndata: {\"data\":{\"seq\":0}}\\n\\n'; \
         const happened = 'id: evt_9\\nevent: x\\ndata: {\"data\":{}}\\n\\n'; \
         const stream = (text) => new Response(text, { headers: { 'content-type': \
         'text/event-stream' } }); \
         const busy = (wait) => new Response('{}', { status: 503, headers: { 'retry-after': wait } }); \
         const lines = [() => stream(opened), () => stream(opened), () => stream(opened), \
         () => stream(opened + happened), () => busy('120'), () => busy('9'.repeat(30)), \
         () => busy(new Date(Date.now() + 3600000).toUTCString()), () => busy('soon'), \
         () => stream('data: {\"data\":{}}\\n\\n')]; \
         answers = (what) => { if (!what.includes('/events')) return null; \
         const next = lines[dials++]; return next ? next() : new Promise(() => {}); };",
    );
    appear(&window);
    window.until("dials === 10");
    // Opened and closed again, each time later; something came: a good line. Then left alone as long
    // as it asks for, but no longer than ten minutes, and a while more, not all at once.
    let waits = json!([3000, 6000, 12_000, 3000, 126_000, 612_000, 624_000, 48_000, 3000]);
    assert_eq!(window.says("return waits;"), waits);
    window.ends();
}

#[test]
fn what_was_away_at_first_comes_by_itself() {
    let (site, mut window) = in_hand(&format!(
        "{PRICE}<probity-wallet></probity-wallet><probity-prices></probity-prices>\
         <probity-receipts></probity-receipts><probity-limits></probity-limits>"
    ));
    window.expects("404");
    window.says("away = (what) => what.includes('/v1/');");
    appear(&window);
    let all = ["price", "wallet", "prices", "receipts", "limits"];
    for name in all {
        let path = format!("probity-{name} >>> .note");
        window.reads(&path, "Billing cannot be reached just now. We keep trying.");
    }
    window.says("away = () => false;");
    for name in all {
        window.is_gone(&format!("probity-{name} >>> .note"));
    }
    window.reads("probity-price >>> .price", "5 credits");
    // A token route that is not there yet, too.
    site.answers_token(404, "not here");
    window.says("Probity.use({ tokenFrom: '/billing/token' });");
    window.reads("probity-wallet >>> .note", "cannot be shown here yet");
    site.is_for("ana", None);
    window.reads("probity-wallet >>> .pill", "120 credits");
    window.ends();
}

#[test]
fn what_makes_no_sense_is_refused_in_plain_words_and_shows_no_price() {
    let (site, mut window) = ana();
    for expected in ["the contract has no such action", "404", "422", "Probity:"] {
        window.expects(expected);
    }
    window.goes(&site.shows("<section></section>"));
    let long = "x".repeat(10_000);
    let (offered, shown) = ("This is not offered.", "This cannot be shown. Nothing was charged.");
    for (attributes, words) in [
        (json!({ "action": "fly" }), offered),
        (json!({ "action": "" }), offered),
        (json!({ "action": long }), offered),
        (json!({ "action": "fly", "artifact": "d1" }), offered),
        (json!({ "action": long, "artifact": "d1" }), offered),
        (json!({ "action": "tailor_document", "artifact": long }), shown),
        (json!({ "action": "tailor_document", "quantity": "-3" }), shown),
        (json!({ "action": "tailor_document", "quantity": "1e400" }), shown),
        (json!({ "action": "tailor_document", "inputs": "{not" }), shown),
        (json!({ "action": "tailor_document", "inputs": "[1]" }), shown),
        (json!({ "action": "tailor_document", "model": long }), shown),
    ] {
        let short = attributes.to_string().chars().take(90).collect::<String>();
        window.says(&format!(
            "find('section').replaceChildren(); for (const tag of ['probity-price', \
             'probity-confirm']) {{ const one = document.createElement(tag); \
             for (const [name, value] of Object.entries({attributes})) one.setAttribute(name, value); \
             const button = document.createElement('button'); button.textContent = 'Go'; \
             one.append(button); find('section').append(one); }}"
        ));
        let said = window.reads("probity-price >>> .note", words);
        assert!(said.len() < 100 && !window.text().contains("5 credits"), "{short}: {said}");
        // A press says the same, and goes nowhere.
        window.presses("probity-confirm button");
        let said = window.reads("probity-dialog >>> probity-not-enough >>> .why", "");
        let same = if words == offered { words } else { "This cannot be done here." };
        assert!(said.starts_with(same), "{short}: {said}");
        window.presses("probity-dialog >>> .acts button");
        window.is_gone("probity-dialog");
    }
    assert_eq!(window.says("return told.filter((one) => one.name === 'go').length;"), 0);
    window.ends();
}
