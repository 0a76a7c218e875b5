//! The engine: what applications embed, and what every door of the server leads to.
//!
//! Commands queue, bounded. One thread takes what has queued and decides each in order (`writer`,
//! `turn`); a second has the store, makes all of it durable with one commit, and only then answers
//! (`committer`). Nothing waits for a batch to fill: what was decided during one commit is the next
//! one. Two more never hold anybody up: one writes states down (`snapshots`), one reads pages of the
//! journal (`reading`). Whoever is asked about and not in memory is read by several at once (`fetch`).

mod act;
mod ask;
mod beside;
mod committer;
mod counters;
mod customers;
mod draft;
mod dues;
mod ends;
mod events;
mod facts;
mod fetch;
mod handle;
mod job;
mod kept;
mod keys;
mod known;
mod own;
mod owners;
mod plain;
mod reading;
mod reports;
mod sealed;
mod snapshots;
mod standing;
mod sweep;
mod telling;
mod turn;
mod versions;
mod writer;

pub(crate) use versions::Versions;

pub use ask::{Answered, Ask, Doing, Done, Key, OnlyIf, Refused, Render, View, Whose};
pub use beside::{KeyChange, Listed};
pub use counters::Work;
pub use events::{DecideSending, Listening, Sending};
pub use handle::{Limits, Options, Pending, Probity};
pub use job::Published;
pub use own::Tell;
pub use sealed::Resealed;
