//! What pages weigh, and how soon they say something: held to a weight, never to a time. How long it
//! takes is printed; `docs/performance.md` tells how it is measured, and what was.
//!
//! The service stands in this process, built as tests are; the browser is a real one, on the same
//! machine. An answer of three bytes, shown by the same browser, is the line to compare with.

use super::site::Site;
use super::window::{FIND, Window};
use crate::http::served::Served;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The most bytes on the wire of a page, with all that it loads: to a browser that is new, and to one that
/// was here before.
const HEAVIEST: f64 = 48.0 * 1024.0;
const HEAVIEST_AGAIN: f64 = 8.0 * 1024.0;

/// A page, and what stands on it once it has said what it is for.
struct Page {
    name: &'static str,
    url: String,
    /// Where it stands, and the words. Nothing: whatever the browser paints first.
    says: Option<(&'static str, &'static str)>,
}

/// One load.
struct Load {
    /// Milliseconds until something was painted.
    painted: f64,
    /// Milliseconds until it stood there.
    stood: f64,
    /// Bytes on the wire, with their headers, by address.
    bytes: BTreeMap<String, f64>,
}

impl Load {
    fn all(&self) -> f64 {
        self.bytes.values().sum()
    }
}

/// The value in the middle.
fn middle(loads: &[Load], of: impl Fn(&Load) -> f64) -> f64 {
    let mut all: Vec<f64> = loads.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// Watches every shadow root, from before the page's own scripts run.
fn watch((path, words): (&str, &str)) -> String {
    format!(
        "{FIND} const look = () => {{ if (performance.getEntriesByName('stood').length) return; \
         if (find({})?.textContent.includes({})) performance.mark('stood'); }}; \
         const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = \
         function (how) {{ const root = attach.call(this, how); new MutationObserver(look)\
         .observe(root, {{ childList: true, subtree: true, characterData: true }}); return root; }};",
        json!(path),
        json!(words)
    )
}

/// What was loaded, by address without what follows `?`.
fn loaded(events: &[Value]) -> BTreeMap<String, f64> {
    let mut urls = BTreeMap::new();
    let mut bytes = BTreeMap::new();
    for event in events {
        let (params, id) = (&event["params"], event["params"]["requestId"].to_string());
        match event["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                let url = params["request"]["url"].as_str().unwrap_or_default();
                let url = url.split(['?', '#']).next().unwrap_or_default().to_owned();
                urls.insert(id, (url, params["request"]["method"].to_string()));
            }
            Some("Network.loadingFinished") => {
                let length = params["encodedDataLength"].as_f64().unwrap_or_default();
                let Some((url, method)) = urls.get(&id) else { continue };
                if url.starts_with("http") && length > 0.0 {
                    *bytes.entry(format!("{method} {url}")).or_insert(0.0) += length;
                }
            }
            _ => {}
        }
    }
    bytes
}

fn load(window: &Window, page: &Page, is_new: bool) -> Load {
    window.goes("about:blank");
    if is_new {
        window.tells("Network.clearBrowserCache", json!({}));
    }
    window.events();
    window.goes(&page.url);
    window.until("performance.getEntriesByName('first-contentful-paint').length");
    if page.says.is_some() {
        window.until("performance.getEntriesByName('stood').length");
        window.until("!document.querySelectorAll('[data-loading]').length");
    }
    let at = |name: &str| {
        let start = format!("return performance.getEntriesByName('{name}')[0]?.startTime;");
        window.says(&start).as_f64()
    };
    let painted = at("first-contentful-paint").expect("painted");
    let stood = at("stood").unwrap_or(painted);
    Load { painted, stood, bytes: loaded(&window.events()) }
}

/// A customer with something to show; their pages, and a product's page with a price and a wallet.
fn pages() -> (Site, Vec<Page>) {
    let served = Served::new();
    served.ana();
    for n in 0..20 {
        let run = json!({"customer": "ana", "action": "tailor_document",
            "artifact": format!("d{n}"), "outcome": "delivered"});
        served.post("/v1/runs", &run).is(201);
    }
    let site = Site::of(served, "ana");
    let product = site.shows(
        "<probity-wallet></probity-wallet><probity-price action=\"tailor_document\">\
         <button class=\"act\">Tailor</button></probity-price>",
    );
    let token = site.served.token("ana", None);
    let service = format!("http://{}", site.served.address());
    let mine = |place: &str| format!("{service}/my/{place}#{token}");
    let page = |name, url, path, words| Page { name, url, says: Some((path, words)) };
    let pages = vec![
        Page { name: "three bytes", url: format!("{service}/healthz"), says: None },
        page("a product's page", product, "probity-price >>> .price", "5 credits"),
        page("/my/wallet", mine("wallet"), "my-wallet >>> .sum", "20 credits"),
        page("/my/prices", mine("prices"), "probity-prices >>> .price", "credits"),
        page("/my/receipts", mine("receipts"), "my-receipts >>> .entries", "Tailor a document"),
        page("/my/limits", mine("limits"), "probity-limits >>> .used", "100 credits used"),
        page("/my/terms", mine("terms"), "my-terms >>> .body", "In force"),
    ];
    (site, pages)
}

#[test]
fn pages_are_light_and_lighter_the_second_time() {
    let loads = std::env::var("PROBITY_BENCH_LOADS").ok().and_then(|n| n.parse().ok());
    let loads = loads.unwrap_or(1).max(1);
    let (_site, pages) = pages();
    let mut window = Window::watched();
    // Three bytes have no icon.
    window.expects("favicon.ico");
    println!(
        "each loaded {loads} times; the middle; sent, painted, stands: new, then kept by the browser"
    );
    for page in &pages {
        let watching = page.says.map(|says| {
            let source = json!({ "source": watch(says) });
            window.tells("Page.addScriptToEvaluateOnNewDocument", source)["identifier"].clone()
        });
        // The first is for whatever the browser only does once.
        load(&window, page, true);
        let new: Vec<_> = (0..loads).map(|_| load(&window, page, true)).collect();
        let kept: Vec<_> = (0..loads).map(|_| load(&window, page, false)).collect();
        for (how, all, heaviest) in [("new", &new, HEAVIEST), ("kept", &kept, HEAVIEST_AGAIN)] {
            let last = &all[all.len() - 1];
            let weight = middle(all, Load::all);
            assert!(weight > 0.0 && weight <= heaviest, "{}, {how}: {:#?}", page.name, last.bytes);
            println!(
                "{:<20} {how:<5} {:>2} requests {:>7.0} bytes  painted {:>4.0} ms  stands {:>4.0} ms",
                page.name,
                last.bytes.len(),
                weight,
                middle(all, |load| load.painted),
                middle(all, |load| load.stood),
            );
        }
        for (url, bytes) in &new[new.len() - 1].bytes {
            println!("    {bytes:>7.0} {url}");
        }
        if let Some(id) = watching {
            window.tells("Page.removeScriptToEvaluateOnNewDocument", json!({ "identifier": id }));
        }
    }
    window.ends();
}
