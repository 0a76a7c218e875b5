//! Reading `probity.yaml`: bytes in, the deployment and every problem out.
//!
//! Pure. The machinery is that of contract files ([`probity_core::contract::file::reading`]); the keys,
//! words and literals of a deployment stand here, and what several keys must be together in `checks`.

mod checks;
mod headers;
mod keys;
mod literals;
mod paths;
mod routes;
mod rules;
mod stripe;
mod words;

use super::Deployment;
use keys::DEPLOYMENT;
use probity_core::contract::file::{KeyEntry, Reading as OfContract, reading};
use probity_core::diagnostic::{Diagnostic, FileKind};
use reading::Section;
use serde_json::Value;

/// What reading gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The deployment; None where the file has an error.
    pub deployment: Option<Deployment>,
    /// Everything that was found, in the order of the file; empty where all is well.
    pub findings: Vec<Diagnostic>,
    /// Could it be read as keys and values, whatever is wrong with them? Else nothing else was asked.
    pub is_taken_apart: bool,
}

/// Reads `probity.yaml`. Never fails and never panics: what is wrong is in the findings. Where the
/// contract is given that it puts to use, what it says of actions is held to it.
#[must_use]
pub fn read(bytes: &[u8], contract: Option<&OfContract>) -> Reading {
    let mut is_taken_apart = false;
    let actions = contract.and_then(|reading| reading.contract.as_ref());
    let (deployment, findings) = reading::read(FileKind::Deployment, bytes, contract, |r, root| {
        is_taken_apart = true;
        let s = Section::open(r, root, &DEPLOYMENT)?;
        let gateway = s.get(r, "gateway", |r, node| routes::gateway(r, node, actions));
        let stripe = s.get(r, "stripe", |r, node| stripe::stripe(r, node, actions));
        Some(Deployment { gateway, stripe })
    });
    Reading { deployment, findings, is_taken_apart }
}

/// The JSON Schema of `probity.yaml` (2020-12).
#[must_use]
pub fn schema() -> Value {
    reading::schema_of(&DEPLOYMENT, "Deployment of a product contract")
}

/// Every key of `probity.yaml`, in the order of the documentation.
#[must_use]
pub fn keys() -> Vec<KeyEntry> {
    reading::keys_of(FileKind::Deployment, &DEPLOYMENT)
}

#[cfg(test)]
mod tests;
