//! What runs really cost: a walk over a stretch of the journal in its order, beside the writer.
//!
//! Each stretch is read for itself, so that nobody waits for a long report and no file is held open
//! for it; what it keeps from one to the next has a bound.

use crate::environment::Environment;
use crate::exceptions::{is_after_the_start, read, started};
use crate::store::{Reader, StoreError};
use probity_core::Time;
use probity_core::command::Actor;
use probity_core::margin::observed::{Earlier, Seen, Tally};
use probity_core::terms::Catalog;

/// The most entries that are looked at in one stretch.
const LOOKED_AT: u64 = 10_000;
/// How many entries are read at once.
const AT_ONCE: u64 = 500;
/// How far it is looked for an entry that says when it was written.
const NEARBY: u64 = 2_000;

/// Which part of the journal is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// In which books.
    pub environment: Environment,
    /// Nothing that happened before.
    pub since: Time,
    /// Nothing that happened at this instant or later.
    pub until: Time,
    /// Only of this action.
    pub action: Option<String>,
    /// Only on this plan.
    pub plan: Option<String>,
}

/// How far a walk has come.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// What was added up.
    pub tally: Tally,
    /// How many entries were looked at.
    pub looked_at: u64,
    earlier: Earlier,
    /// The place that was looked at last, and the last there was when the walk began.
    at: Option<(u64, u64)>,
}

impl Walk {
    /// Goes on by one stretch; true: it has come to the end.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn go_on(
        &mut self,
        reader: &mut dyn Reader,
        catalog: &Catalog,
        wanted: &Wanted,
    ) -> Result<bool, StoreError> {
        let (mut at, last) = match self.at {
            Some(at) => at,
            None => begin(reader, wanted)?,
        };
        let goal = at.saturating_add(LOOKED_AT).min(last);
        while at < goal {
            let next = at.saturating_add(AT_ONCE).min(goal);
            let entries = reader.journal_below(next.saturating_add(1), (next - at) as usize)?;
            for theirs in entries.into_iter().rev() {
                self.looked_at += 1;
                if theirs.environment != wanted.environment {
                    continue;
                }
                let entry = read(&theirs.written)?;
                if entry.at < wanted.since || entry.at >= wanted.until {
                    continue;
                }
                let began = match entry.run.filter(|_| is_about_a_run_begun(&entry.facts)) {
                    Some(run) => started(reader, run)?,
                    None => None,
                };
                let customer = &theirs.customer;
                let seen = Seen { catalog, customer, entry: &entry, started: began.as_ref() };
                if seen.is_of(wanted.action.as_deref(), wanted.plan.as_deref()) {
                    seen.add_to(&mut self.tally, &mut self.earlier);
                }
            }
            at = next;
        }
        self.at = Some((at, last));
        Ok(at >= last)
    }
}

fn is_about_a_run_begun(facts: &probity_core::entry::Facts) -> bool {
    use probity_core::entry::Facts;
    is_after_the_start(facts) || matches!(facts, Facts::Refund(_) | Facts::Correct(_))
}

/// The place before the first entry that is wanted, and the last there is.
///
/// Entries stand in the order they were written in. What the engine did was perhaps due long before;
/// so only what others did says when something was written.
fn begin(reader: &mut dyn Reader, wanted: &Wanted) -> Result<(u64, u64), StoreError> {
    let last = reader.journal_below(u64::MAX, 1)?.first().map_or(0, |last| last.written.number);
    let engine = Actor::engine().name;
    let (mut low, mut high) = (0, last);
    // Everything up to `low` is before; from above `high` on, something is not.
    while low < high {
        let middle = low + (high - low) / 2 + 1;
        match instant_from(reader, wanted.environment, middle, high, &engine)? {
            Some(at) if at >= wanted.since => high = middle - 1,
            // Nobody but the engine did anything from there on, or it is before.
            None => high = middle - 1,
            Some(_) => low = middle,
        }
    }
    Ok((low, last))
}

/// When the first entry of an environment at or above a place was written, that the engine did not do
/// by itself; None: there is none nearby. Then the walk begins before, and passes over what is too old.
fn instant_from(
    reader: &mut dyn Reader,
    environment: Environment,
    from: u64,
    to: u64,
    engine: &str,
) -> Result<Option<Time>, StoreError> {
    let mut at = from;
    let to = to.min(from.saturating_add(NEARBY));
    while at <= to {
        let next = at.saturating_add(AT_ONCE).min(to.saturating_add(1));
        let entries = reader.journal_below(next, (next - at) as usize)?;
        for theirs in entries.into_iter().rev().filter(|t| t.environment == environment) {
            let entry = read(&theirs.written)?;
            if &*entry.by != engine {
                return Ok(Some(entry.at));
            }
        }
        at = next;
    }
    Ok(None)
}
