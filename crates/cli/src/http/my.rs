//! The customer's own pages under `/my`: what each asks, what it is made of, under which policy.
//!
//! They hold nothing of anybody: a page is the same for all who ask for it. The script takes the
//! customer token out of the fragment, which no server ever sees, and asks the API with it.

use super::app::{App, Caller};
use super::elements::{self, Kept};
use super::origins::Origin;
use super::routes::Later;
use askama::Template;
use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Response, StatusCode};
use probity_core::journal::sha256_hex;
use std::sync::{Arc, OnceLock};

/// Where a customer's pages begin.
pub(super) const HOME: &str = "/my";

/// A page.
struct Place {
    path: &'static str,
    name: &'static str,
    /// The one question that it answers: its title.
    asks: &'static str,
    /// The elements that it is made of.
    holds: &'static [&'static str],
}

/// In the order of their links.
static PLACES: [Place; 5] = [
    Place {
        path: "/my/wallet",
        name: "Wallet",
        asks: "What can I still do?",
        holds: &["my-wallet", "my-lately"],
    },
    Place {
        path: "/my/prices",
        name: "Prices",
        asks: "What will this cost me, and when is it free?",
        holds: &["my-pace", "probity-prices"],
    },
    Place {
        path: "/my/receipts",
        name: "Receipts",
        asks: "Why was I charged?",
        holds: &["my-linked", "my-receipts"],
    },
    Place {
        path: "/my/limits",
        name: "Limits",
        asks: "Can I get a nasty surprise?",
        holds: &["probity-limits", "my-top-up", "my-stops"],
    },
    Place {
        path: "/my/terms",
        name: "My terms",
        asks: "What did I agree to, and what is changing?",
        holds: &["my-terms", "my-contract"],
    },
];

/// The sources of the script, in the order in which they build on each other.
const SOURCES: [&str; 13] = [
    include_str!("../../pages/words.js"),
    include_str!("../../pages/arrive.js"),
    include_str!("../../pages/ask.js"),
    include_str!("../../pages/door.js"),
    include_str!("../../pages/item.js"),
    include_str!("../../pages/receipt.js"),
    include_str!("../../pages/receipts.js"),
    include_str!("../../pages/wallet.js"),
    include_str!("../../pages/pace.js"),
    include_str!("../../pages/top-up.js"),
    include_str!("../../pages/terms.js"),
    include_str!("../../pages/contract.js"),
    include_str!("../../pages/start.js"),
];

/// What the pages take from the elements: one store, one way to make nodes, one look.
const INSIDE: &str = "const { AMOUNT, LABELS, PIECES, ProbityElement, SOURCES, Trouble, api, askAbout, \
    button, credits, currentToken, day, grantRow, kept, label, link, make, now, own, pairs, paidFrom, \
    part, random, said, send, setUp, topUpWords, unpaid, use } = Probity.inside;\n";

/// The origins that are allowed by name, as the pages need them: `*` names nobody.
#[derive(Clone, Debug, Default)]
pub(super) struct Named(Arc<str>);

impl Named {
    /// Those among these.
    pub(super) fn of(origins: &[Origin]) -> Self {
        let named: Vec<_> = origins.iter().map(Origin::to_string).filter(|o| o != "*").collect();
        Self(named.join(" ").into())
    }
}

#[derive(Template)]
#[template(path = "my.html")]
struct Page<'a> {
    here: &'a Place,
    all: &'a [Place],
    /// Where a customer may go back to.
    origins: &'a str,
    elements: &'a str,
    script: &'a str,
    style: &'a str,
}

fn pages_script() -> &'static Kept {
    static SCRIPT: OnceLock<Kept> = OnceLock::new();
    SCRIPT.get_or_init(|| Kept::script(INSIDE, &SOURCES))
}

fn pages_style() -> &'static Kept {
    static STYLE: OnceLock<Kept> = OnceLock::new();
    let text = include_str!("../../templates/my.css");
    STYLE.get_or_init(|| Kept::new("text/css; charset=utf-8", text.to_owned()))
}

/// The script of the pages.
pub(super) fn script(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async { Ok(pages_script().served()) })
}

/// How the pages look.
pub(super) fn style(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async { Ok(pages_style().served()) })
}

/// What a page may do: itself alone, and only the product's own pages may frame it.
fn policy(origins: &str) -> String {
    let framed = if origins.is_empty() { "'none'" } else { origins };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors {framed}; \
         require-trusted-types-for 'script'"
    )
}

/// The page at a path; the start leads to the first.
pub(super) fn page(path: &str, query: Option<&str>, named: Option<&Named>) -> Response<Body> {
    match PLACES.iter().find(|place| place.path == path) {
        Some(here) => shown(here, named),
        None => leads_on(query),
    }
}

/// A path under `/my` where there is no page: says so, and leads to those that there are.
pub(super) fn no_page(named: &Named) -> Response<Body> {
    static NOWHERE: Place =
        Place { path: "", name: "Not here", asks: "There is no such page.", holds: &[] };
    let mut response = shown(&NOWHERE, Some(named));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn shown(here: &Place, named: Option<&Named>) -> Response<Body> {
    let origins = named.map_or("", |named| &named.0);
    let page = Page {
        here,
        all: &PLACES,
        origins,
        elements: &elements::script().mark,
        script: &pages_script().mark,
        style: &pages_style().mark,
    };
    let Ok(text) = page.render() else { return leads_on(None) };
    let mark = format!("\"{}\"", &sha256_hex(&text)[..16]);
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let none = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    let policy = HeaderValue::try_from(policy(origins)).unwrap_or(none);
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(ETAG, HeaderValue::try_from(mark).unwrap_or(HeaderValue::from_static("\"\"")));
    response
}

fn leads_on(query: Option<&str>) -> Response<Body> {
    let [first, ..] = &PLACES;
    let place = query.map_or_else(|| first.path.to_owned(), |q| format!("{}?{q}", first.path));
    let place = HeaderValue::try_from(place).unwrap_or(HeaderValue::from_static("/my/wallet"));
    let mut response = Response::new(Body::from("See /my/wallet.\n"));
    *response.status_mut() = StatusCode::FOUND;
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, text);
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response.headers_mut().insert(LOCATION, place);
    response
}
