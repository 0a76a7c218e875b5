//! `probity replay`: what a log of real usage would have cost each customer under a contract.
//!
//! The log is read row by row in bounded memory (`input`, `columns`, `maker`), put in the order of
//! time (`order`), and every row is decided by the core as the run it was. Nothing is guessed: what
//! cannot be read or mapped is counted and shown.

mod actions;
mod bill;
mod bounded;
pub(crate) mod columns;
mod found;
pub(crate) mod input;
mod maker;
mod names;
pub(crate) mod numbers;
mod order;
mod outcomes;
mod pipeline;
mod plans;
mod recent;
pub(crate) mod report;
pub(crate) mod role;
pub(crate) mod row;
mod rules;
mod run;
mod shapes;
mod shard;
mod spread;
mod tally;
#[cfg(test)]
mod tests;
mod things;
pub(crate) mod times;
pub(crate) mod typed;

pub(crate) use actions::ActionMap;
pub(crate) use columns::{Columns, ColumnsError};
pub(crate) use input::{Input, OpenError};
pub(crate) use maker::{ChargedIn, Maker};
pub(crate) use pipeline::{MOST_CUSTOMERS, Stop, replay};
pub(crate) use role::Role;
pub(crate) use rules::{Fund, NoPlan, Rules};
pub(crate) use typed::{STANDARD_INPUT, Typed};
