//! The journal on SQLite: what it refuses, what it survives.

mod backup;
mod beside;
mod constraints;
mod dice;
mod events;
mod faults;
mod full;
mod kill;
mod own;
mod own_keys;
mod provider_ids;
mod pruned;
mod race;
mod random;
#[cfg(unix)]
mod readonly;
mod shop;
mod sums;
mod sweep;
mod verify;
