//! What the core promises, tested from outside: one binary, a module for each promise.
// Tests may panic: that is how they fail.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod ana;
mod bounds;
mod diff;
mod explain;
mod fuzzed;
mod hostile;
mod language;
mod lint;
mod model;
mod prices;
mod rollout;
mod samples;
mod schema;
mod unseen;
mod why;
