//! The journal on SQLite: what it refuses, what it survives.

mod backup;
mod constraints;
mod kill;
mod shop;
