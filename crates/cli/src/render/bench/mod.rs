//! What `probity bench` measured: a table for people, JSON for machines.

mod machines;
mod table;

pub(crate) use machines::json;
pub(crate) use table::table;

use crate::bench::{Line, Machine, Missing, Side, Target, Wish};

/// Everything that a run of the bench has to tell.
pub(crate) struct Told<'a> {
    pub(crate) machine: Machine,
    pub(crate) wish: &'a Wish,
    pub(crate) rounds: u32,
    pub(crate) lines: &'a [Line],
    pub(crate) missing: &'a [Missing],
    pub(crate) targets: &'a [Target],
}

/// Others may use so many hundredths of the machine before a figure is marked.
const QUIET: u32 = 10;

impl Told<'_> {
    /// How many measurements were made, and how many of them while others were busy.
    pub(crate) fn disturbed(&self) -> (usize, usize) {
        let all = self.lines.iter().flat_map(|line| &line.readings);
        let busy = all.clone().filter(|one| one.others.is_some_and(|share| share > QUIET));
        (all.count(), busy.count())
    }
}

/// What is being measured, in a line.
pub(crate) fn name(line: &Line) -> String {
    format!("{}, {}", side(line.side), table::title(line.load))
}

/// A side as people call it.
pub(crate) const fn side(side: Side) -> &'static str {
    match side {
        Side::Probity => "Probity",
        Side::Bare => "a bare HTTP server",
        Side::Postgres => "PostgreSQL by hand",
        Side::Engine => "the engine",
        Side::InPlace => "SQLite in place",
        Side::Log => "a bare log",
        Side::Gateway => "the gateway",
        Side::Proxy => "a bare proxy",
        Side::Provider => "called directly",
    }
}
