//! Reading a contract's files: bytes in, the compiled contract and every problem out.
//!
//! Pure. The bytes become a tree whose every key knows its place ([`build`], [`tree`]); sections
//! read the tree by tables of keys, collect all problems, and compile. The same tables make the
//! JSON Schema and the reference. Nothing here judges whether a contract is good: that is the lint.

#![allow(dead_code)] // until every section reads

mod build;
mod findings;
mod places;
mod problems;
mod suggest;
mod text;
mod tree;

pub use places::Places;
pub use problems::Problem;

use super::{Contract, Operations};
use crate::diagnostic::{Diagnostic, FileKind};
use findings::Findings;
use sha2::{Digest, Sha256};
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
    /// SHA-256 of `contract.yaml` in hex: what a published version is stored by.
    pub hash: String,
}

/// Reads the files of a contract. Never fails and never panics: what is wrong is in the findings.
#[must_use]
pub fn read(sources: &Sources<'_>) -> Reading {
    let mut of_contract = Findings::of(FileKind::Contract);
    let mut of_operations = Findings::of(FileKind::Operations);
    let places = Places {
        contract: parse(sources.contract, &mut of_contract),
        operations: sources.operations.and_then(|bytes| parse(bytes, &mut of_operations)),
        ..Places::default()
    };
    let mut findings = of_contract.finish();
    findings.extend(of_operations.finish());
    Reading { contract: None, operations: None, findings, places, hash: hash(sources.contract) }
}

fn parse(bytes: &[u8], findings: &mut Findings) -> Option<Node> {
    let text = text::text(bytes, findings)?;
    build::tree(text, findings)
}

/// SHA-256 in hex.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
