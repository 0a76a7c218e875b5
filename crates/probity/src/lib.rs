//! The books of a product, for applications that embed Probity.
pub use probity_core as core;
