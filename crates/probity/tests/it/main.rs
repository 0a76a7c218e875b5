//! The books as an application meets them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs)]

mod shapes;
