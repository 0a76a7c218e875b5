//! Probity for applications: it remembers.
//!
//! [`Books`] keep the journals of a product's customers and decide every command through the pure
//! core; [`scenario`] plays readable stories against them. Core types are re-exported as they are, never wrapped.

mod books;
pub mod scenario;

pub use books::{Answer, Books};
pub use probity_core as core;
