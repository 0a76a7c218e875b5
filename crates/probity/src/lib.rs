//! Probity for applications: it remembers.
//!
//! [`Books`] keep the journals of a product's customers and decide every command through the pure
//! core; [`scenario`] plays readable stories against them. Core types are re-exported as they are, never wrapped.

pub mod answer;
pub mod bench;
mod books;
pub mod clock;
pub mod engine;
mod environment;
mod number;
pub mod scenario;
pub mod store;

pub use books::{Answer, Books};
pub use engine::Probity;
pub use environment::Environment;
pub use probity_core as core;
