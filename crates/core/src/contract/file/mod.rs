//! Reading a contract's files: bytes in, the compiled contract and every problem out.
//!
//! Pure. The bytes become a tree whose every key knows its place (`build`, `tree`); sections
//! read the tree by tables of keys, collect all problems, and compile. The same tables make the
//! JSON Schema and the reference. Nothing here judges whether a contract is good: that is the lint.

mod actions;
mod better;
mod build;
mod changes;
mod contract;
mod costs;
mod credit;
mod edit;
mod failures;
mod findings;
mod limits;
mod literals;
mod models;
mod names;
mod number;
mod operations;
mod outcomes;
mod overrides;
mod places;
mod plans;
mod price;
mod price_map;
pub mod prices;
mod problems;
mod reader;
pub mod reading;
mod reference;
mod rollout;
mod schema;
mod section;
mod selling;
mod shape;
mod suggest;
mod text;
mod tree;
mod words;

pub use edit::{CannotEdit, RolledOut, RolloutChange, with_rollout};
pub use places::Places;
pub use problems::Problem;
pub use reference::{KeyEntry, keys};
pub use schema::schema;

use super::{Contract, Operations};
use crate::diagnostic::{Diagnostic, FileKind};
use findings::Findings;
use names::Names;
use reader::Reader;
use sha2::{Digest, Sha256};
use text::LARGEST;
use tree::Node;

/// The bytes of the files that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `contract.yaml`.
    pub contract: &'a [u8],
    /// `operations.yaml`; None: nothing is known of costs, everything is enforced.
    pub operations: Option<&'a [u8]>,
    /// The price map that operations name; None: costs of models stay unknown.
    pub prices: Option<&'a [u8]>,
}

/// What reading gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The contract; None where its file has an error.
    pub contract: Option<Contract>,
    /// The operations; None where there are none or their files have an error.
    pub operations: Option<Operations>,
    /// Everything that was found, by file and place; empty where all is well.
    pub findings: Vec<Diagnostic>,
    /// Where things stand.
    pub places: Places,
    /// SHA-256 of `contract.yaml` in hex: what a published version is stored by. Empty for a file
    /// that was too large to be read.
    pub hash: String,
}

/// Reads the files of a contract. Never fails and never panics: what is wrong is in the findings.
#[must_use]
pub fn read(sources: &Sources<'_>) -> Reading {
    let mut of_contract = Findings::of(FileKind::Contract);
    let mut of_operations = Findings::of(FileKind::Operations);
    let mut of_prices = Findings::of(FileKind::Prices);
    let mut places = Places {
        contract: parse(sources.contract, &mut of_contract),
        operations: sources.operations.and_then(|bytes| parse(bytes, &mut of_operations)),
        ..Places::default()
    };
    let hash =
        if sources.contract.len() > LARGEST { String::new() } else { sha256(sources.contract) };
    let source = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
    let names = Names::of_files(places.contract.as_ref(), places.operations.as_ref());

    let mut r = Reader::new(of_contract, &names, source(sources.contract));
    let contract = places.contract.as_ref().and_then(|root| contract::contract(&mut r, root));
    let currency_is_wrong = places.contract.as_ref().is_some_and(|root| said_once(&mut r, root));
    let refused = r.findings.refused();
    let (currency, smallest) = (r.currency, r.smallest);
    let mut findings = r.findings.finish();

    // Said once where every sum disagrees; special prices then need not repeat it.
    let currency = currency.filter(|_| !currency_is_wrong);
    let prices = sources.prices.map(|bytes| {
        let text = text::text(bytes, &mut of_prices);
        text.and_then(|text| price_map::read(text, sha256(bytes), &mut of_prices))
            .unwrap_or_default()
    });
    if let Some(map) = &prices {
        places.prices.clone_from(&map.places);
    }
    let contract = contract.filter(|_| !refused);
    let text = source(sources.operations.unwrap_or_default());
    let mut r = Reader { currency, smallest, ..Reader::new(of_operations, &names, text) };
    let operations = places
        .operations
        .as_ref()
        .and_then(|root| operations::operations(&mut r, root, contract.as_ref(), prices))
        .filter(|_| !r.findings.refused() && !of_prices.refused());
    findings.extend(r.findings.finish());
    findings.extend(of_prices.finish());
    Reading { contract, operations, findings, places, hash }
}

/// Where every sum is in one other currency, it is `currency` that is wrong: says so once, there.
fn said_once(r: &mut Reader<'_>, root: &Node) -> bool {
    let (Some(at), Some(ours)) = (root.get("currency"), r.currency) else { return false };
    let Some((theirs, others)) = r.sums_in.split_first() else { return false };
    if others.is_empty() || *theirs == ours || others.iter().any(|other| other != theirs) {
        return false;
    }
    let (theirs, n) = (*theirs, r.sums_in.len());
    let message =
        format!("The currency is {ours}, and all {n} sums of the contract are in {theirs}.");
    let fix = format!("Write `currency: {theirs}`, or write the sums in {ours}.");
    r.findings.withdraw(Problem::OtherCurrency);
    r.report(Problem::OtherCurrency, at, message, fix);
    true
}

/// The tree of a file; None where it was refused as a whole, and the reason reported.
fn parse(bytes: &[u8], findings: &mut Findings) -> Option<Node> {
    let text = text::text(bytes, findings)?;
    build::tree(text, findings)
}

/// SHA-256 in hex.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
