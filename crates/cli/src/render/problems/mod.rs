//! The problems of a contract: as text with underlined source, as JSON, as SARIF.

mod data;
mod human;
mod json;
mod sarif;

pub(crate) use human::{counted, human};
pub(crate) use json::{Counted, json};
pub(crate) use sarif::sarif;
