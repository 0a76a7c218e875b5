//! The explanation as one page for the web: no scripts, nothing to load, its style allowed by hash.

use super::DEFAULTS;
use crate::answer::Failure;
use crate::render::page::{STYLE, allowed, rendered};
use askama::Template;
use probity_core::contract::ContractRef;
use probity_core::explain::{ActionPage, Explanation, Item, Said};

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
    let (style, style_hash, defaults) = (STYLE, allowed(STYLE), DEFAULTS);
    rendered(&Page { style, style_hash, defaults, contract, page, only, actions })
}

/// The words of every state.
pub(crate) fn html_of_words(contract: &ContractRef, words: &[Said]) -> Result<String, Failure> {
    let (style, style_hash, defaults) = (STYLE, allowed(STYLE), DEFAULTS);
    rendered(&Words { style, style_hash, defaults, contract, words })
}

impl Page<'_> {
    /// No further sentences under a list.
    const fn none(&self) -> &'static [String] {
        &[]
    }

    /// The colour of an action: free, paid, or paid even if nothing is found.
    fn tone(&self, action: &ActionPage) -> &'static str {
        let among = |items: &[Item]| items.iter().any(|item| item.action == action.action);
        // What is priced and free up to an allowance is among what is free, too.
        if among(&self.page.summary.paid_even_if) {
            "harsh"
        } else if among(&self.page.summary.paid) {
            "paid"
        } else {
            "free"
        }
    }
}
