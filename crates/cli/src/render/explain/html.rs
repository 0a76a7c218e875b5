//! The explanation as one page for the web: no scripts, nothing to load, its style allowed by hash.

use super::DEFAULTS;
use crate::answer::Failure;
use crate::exit::Exit;
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use probity_core::contract::ContractRef;
use probity_core::explain::{ActionPage, Explanation, Item, Said};
use sha2::{Digest, Sha256};

/// The style of both pages.
const STYLE: &str = include_str!("../../../templates/page.css");

#[derive(Template)]
#[template(path = "explain.html")]
struct Page<'a> {
    style: &'static str,
    style_hash: String,
    defaults: &'static str,
    contract: &'a ContractRef,
    page: &'a Explanation,
    only: Option<&'a ActionPage>,
    actions: &'a [ActionPage],
}

#[derive(Template)]
#[template(path = "words.html")]
struct Words<'a> {
    style: &'static str,
    style_hash: String,
    defaults: &'static str,
    contract: &'a ContractRef,
    words: &'a [Said],
}

/// The whole page, or only one action of it.
pub(crate) fn html(page: &Explanation, only: Option<&ActionPage>) -> Result<String, Failure> {
    let actions = only.map_or(page.actions.as_slice(), std::slice::from_ref);
    let contract = &page.contract;
    let (style, style_hash, defaults) = (STYLE, style_hash(), DEFAULTS);
    rendered(&Page { style, style_hash, defaults, contract, page, only, actions })
}

/// The words of every state.
pub(crate) fn html_of_words(contract: &ContractRef, words: &[Said]) -> Result<String, Failure> {
    let (style, style_hash, defaults) = (STYLE, style_hash(), DEFAULTS);
    rendered(&Words { style, style_hash, defaults, contract, words })
}

fn rendered(page: &impl Template) -> Result<String, Failure> {
    let fix = "report it with the contract that led to it";
    page.render()
        .map_err(|e| Failure::new(Exit::INTERNAL, "internal", format!("no page: {e}"), fix))
}

/// What a strict content security policy names to allow the style: `sha256-…`.
fn style_hash() -> String {
    // The template puts the style between two line ends.
    let text = format!("\n{STYLE}\n");
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

impl Page<'_> {
    /// No further sentences under a list.
    const fn none(&self) -> &'static [String] {
        &[]
    }

    /// The colour of an action: free, paid, or paid even if nothing is found.
    fn tone(&self, action: &ActionPage) -> &'static str {
        let among = |items: &[Item]| items.iter().any(|item| item.action == action.action);
        if among(&self.page.summary.free) {
            "free"
        } else if among(&self.page.summary.paid_even_if) {
            "harsh"
        } else {
            "paid"
        }
    }
}
