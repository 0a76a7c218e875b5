//! The books as an application meets them, and the stories that prove them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs)]

mod corpus;
mod embedded;
mod grammar;
mod index;
mod layer;
mod library;
mod reference;
mod shapes;
mod store;
mod usage;
