//! Probity for applications: it remembers.
//!
//! [`Books`] keep the journals of a product's customers and decide every command through the pure
//! core. Core types are re-exported as they are, never wrapped.

mod books;

pub use books::{Answer, Books};
pub use probity_core as core;
