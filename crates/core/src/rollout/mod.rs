//! From shadow to enforce: what was watched, added up, and what stands between it and enforcing.
//!
//! Facts of entries go in ([`Fact`]), a report comes out ([`Shadow`]). Nothing is decided again: what
//! a run would have cost stands in the shadow leg of the entry that ended it. Sums are exact whole
//! numbers, and those of two windows that touch add up to those of both ([`Tally::merge`]).

mod bills;
mod cause;
mod fact;
mod gate;
mod report;
mod tally;
mod total;

pub use bills::{Bill, BillLine, Bills, Changed, Slice};
pub use cause::{Cause, Verdict, compare};
pub use fact::{Ended, Fact, How, Unforeseen, is_after_the_start};
pub use gate::{Asked, Condition, Gate, gate};
pub use report::{
    CauseLine, DayLine, DenialLine, Example, Modes, Shadow, SumsLine, UnforeseenLine, Watch,
};
pub use tally::{Denied, Difference, Sums, Tally};
pub use total::Total;
