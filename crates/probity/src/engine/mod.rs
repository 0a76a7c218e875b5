//! The engine: what applications embed, and what every door of the server leads to.
//!
//! One writer thread owns the store. Commands queue, bounded; the writer takes what has queued,
//! decides each in order, makes all of it durable with one commit, and only then answers
//! (`writer`). Nothing waits for a batch to fill: what queued during one commit is the next one.

mod ask;
mod beside;
mod counters;
mod customers;
mod dues;
mod facts;
mod handle;
mod kept;
mod keys;
mod own;
mod plain;
mod reading;
mod sweep;
mod turn;
mod versions;
mod writer;

pub use ask::{Answered, Ask, Doing, Done, Key, OnlyIf, Refused, Render, View, Whose};
pub use beside::{KeyChange, Listed};
pub use counters::Work;
pub use handle::{Limits, Options, Pending, Probity};
pub use own::Tell;
pub use writer::Published;
