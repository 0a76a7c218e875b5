//! Probity's pure heart: it decides.
//!
//! Contract, prices, decisions, ledger entries, receipts, denials, lint. The same inputs give the
//! same answer: no I/O, clock, randomness, threads, locks, floats, panics or hash order in here.
//! Time comes in as an argument. `ARCHITECTURE.md` has the map.

pub mod amount;
pub mod command;
pub mod contract;
pub mod decide;
mod decimal;
pub mod diagnostic;
pub mod diff;
pub mod entry;
pub mod event;
pub mod explain;
pub mod id;
pub mod journal;
pub mod json;
pub mod lint;
pub mod margin;
pub mod money;
pub mod phrase;
pub mod provider;
pub mod quote;
pub mod rollout;
mod serial;
pub mod state;
pub mod sums;
pub mod terms;
pub mod time;
pub mod view;

pub use amount::Amount;
pub use contract::{Contract, Operations, Outcome};
pub use id::{CommandId, GrantId, Name, OverrideId, RunId};
pub use money::{Cost, Currency, Money};
pub use time::{Length, Per, Time, Window, Zone};
