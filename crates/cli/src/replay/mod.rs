//! `probity replay`: what a log of real usage would have cost each customer under a contract.
//!
//! The log is read row by row in bounded memory (`input`, `columns`, `maker`), put in the order of
//! time (`order`), and every row is decided by the core as the run it was. Nothing is guessed: what
//! cannot be read or mapped is counted and shown.

mod actions;
mod columns;
mod input;
mod maker;
mod names;
mod numbers;
mod order;
mod outcomes;
mod role;
mod row;
mod shapes;
mod times;
