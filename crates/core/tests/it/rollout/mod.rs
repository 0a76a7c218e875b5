//! From shadow to enforce: editing the roll-out, and adding up what was watched.

mod edit;
mod sums;
