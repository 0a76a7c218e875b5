//! The story of the sample contract, told on a real database: what is done, what the customer reads,
//! what the books say, and which rule decided.
//!
//! It asks the API only, as a product would, and at the end a gateway, as a client of an AI provider
//! would; it prints what comes back: no number stands in here.

mod assistant;
mod chapters;
mod client;
mod curl;
mod product;
mod rules;
mod stage;
mod told;

pub(crate) use assistant::{Assistant, Listening};
pub(crate) use chapters::{CHAPTERS, provider};
pub(crate) use curl::{CUSTOMER, Line, lines, through_the_gateway};
pub(crate) use product::{cannot_begin, new_key, publish};
pub(crate) use rules::words as rule_words;
pub(crate) use stage::{Chapter, Stage};
pub(crate) use told::{chapter, heading, prose};

use probity::scenario::Files;
use probity_core::contract::file::{Reading, Sources, read};

/// The sample contract, as it stands in `contracts/jobscout`.
pub(crate) const CONTRACT: &str = include_str!("../../../../contracts/jobscout/contract.yaml");
/// Its operations.
pub(crate) const OPERATIONS: &str = include_str!("../../../../contracts/jobscout/operations.yaml");
const PRICES: &str = include_str!("../../../../contracts/jobscout/model-prices.json");

/// The files of the sample contract.
pub(crate) fn files() -> Files {
    Files {
        contract: CONTRACT.to_owned(),
        operations: Some(OPERATIONS.to_owned()),
        prices: Some(PRICES.to_owned()),
    }
}

/// The sample contract, read.
pub(crate) fn reading() -> Reading {
    read(&Sources {
        contract: CONTRACT.as_bytes(),
        operations: Some(OPERATIONS.as_bytes()),
        prices: Some(PRICES.as_bytes()),
    })
}
