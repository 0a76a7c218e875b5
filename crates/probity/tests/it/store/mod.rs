//! The journal on SQLite: what it refuses, what it survives.

mod backup;
mod beside;
mod constraints;
mod faults;
mod full;
mod kill;
mod own;
mod shop;
mod sums;
mod sweep;
