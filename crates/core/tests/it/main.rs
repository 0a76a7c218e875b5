//! What the core promises, tested from outside: one binary, a module for each promise.
#![allow(clippy::arithmetic_side_effects, clippy::string_slice)]

mod language;
