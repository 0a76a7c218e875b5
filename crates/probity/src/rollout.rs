//! The shadow report: a walk back over the journal, page by page, beside the writer.
//!
//! Between two pages others may read. Memory does not grow with the journal: sums have a line for each
//! action, plan, day and cause; of single customers there is room for so many, and where a window has
//! more of them the journal is walked once more for each further part of them.

use crate::environment::Environment;
use crate::exceptions::read;
use crate::number;
use crate::store::{Reader, StoreError};
use probity_core::command::Actor;
use probity_core::entry::{Entry, Facts};
use probity_core::rollout::{Bills, Ended, Fact, Slice, Tally, Watch, is_after_the_start};
use probity_core::terms::Catalog;
use probity_core::{Name, RunId, Time, Zone};

/// How many entries are read at once.
const AT_ONCE: usize = 500;
/// How many customers' sums are kept at once: some 40 MB.
pub const ROOM: usize = 200_000;
/// The most entries that are looked at for one page of endings.
const LOOKED_AT: u64 = 20_000;

/// A walk that goes on from page to page.
#[derive(Debug)]
pub struct Walk {
    environment: Environment,
    watch: Watch,
    /// Everything from this place on came after the walk began.
    top: u64,
    below: u64,
    /// The sums of all are made on the first way.
    is_first: bool,
    tally: Tally,
    slice: Option<Slice>,
    bills: Bills,
}

impl Walk {
    /// Over what is watched in an environment, with room for so many customers at once.
    #[must_use]
    pub fn new(environment: Environment, watch: Watch, zone: Zone, room: usize) -> Self {
        Self {
            environment,
            watch,
            top: u64::MAX,
            below: u64::MAX,
            is_first: true,
            tally: Tally::new(zone),
            slice: Some(Slice::first(room)),
            bills: Bills::default(),
        }
    }

    /// Reads a page; true: there is more to read.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn step(&mut self, reader: &mut dyn Reader, catalog: &Catalog) -> Result<bool, StoreError> {
        let Some(mut slice) = self.slice.take() else { return Ok(false) };
        let way = Way { environment: self.environment, watch: &self.watch };
        let page = way.page(reader, catalog, self.below)?;
        if self.top == u64::MAX {
            self.top = page.newest.map_or(0, |newest| newest.saturating_add(1));
        }
        for (_, at, fact) in &page.facts {
            slice.add(fact);
            if self.is_first {
                self.tally.add(*at, fact);
            }
        }
        if page.is_last {
            self.slice = slice.close(&mut self.bills);
            (self.below, self.is_first) = (self.top, false);
        } else {
            (self.below, self.slice) = (page.below, Some(slice));
        }
        Ok(self.slice.is_some())
    }

    /// What it came to.
    #[must_use]
    pub fn finish(self) -> (Tally, Bills) {
        (self.tally, self.bills)
    }
}

/// What is looked for.
struct Way<'a> {
    environment: Environment,
    watch: &'a Watch,
}

/// What a page of the journal says.
struct Page {
    /// With the places and instants of their entries.
    facts: Vec<(u64, Time, Fact)>,
    newest: Option<u64>,
    below: u64,
    is_last: bool,
}

impl Way<'_> {
    fn page(
        &self,
        reader: &mut dyn Reader,
        catalog: &Catalog,
        below: u64,
    ) -> Result<Page, StoreError> {
        let engine = Actor::engine().name;
        let entries = reader.journal_below(below, AT_ONCE)?;
        let newest = entries.first().map(|theirs| theirs.written.number);
        let is_last = entries.len() < AT_ONCE;
        let mut page = Page { facts: Vec::new(), newest, below, is_last };
        for theirs in entries {
            page.below = theirs.written.number;
            if theirs.environment != self.environment {
                continue;
            }
            let entry = read(&theirs.written)?;
            // Whatever stands further back was written before this instant. What the engine did was
            // perhaps due long before it was written.
            if entry.at < self.watch.since && entry.by != engine {
                page.is_last = true;
                break;
            }
            if self.watch.is_in(entry.at) {
                let facts = self.facts(reader, catalog, &theirs.customer, &entry)?;
                page.facts.extend(facts.into_iter().map(|fact| (page.below, entry.at, fact)));
            }
        }
        Ok(page)
    }

    fn facts(
        &self,
        reader: &mut dyn Reader,
        catalog: &Catalog,
        customer: &Name,
        entry: &Entry,
    ) -> Result<Vec<Fact>, StoreError> {
        let began = match entry.run.filter(|_| is_after_the_start(&entry.facts)) {
            Some(run) => began(reader, run)?,
            None => None,
        };
        let mut facts = Fact::of(catalog, customer, entry, began.as_ref());
        facts.retain(|fact| self.watch.takes(fact));
        Ok(facts)
    }
}

/// The entry that a run began with: its id says where that stands.
fn began(reader: &mut dyn Reader, run: RunId) -> Result<Option<Entry>, StoreError> {
    let Some(written) = reader.entry(number::entry_of(run))? else { return Ok(None) };
    let entry = read(&written)?;
    Ok(match &entry.facts {
        Facts::StartRun(started) | Facts::Run { started, .. } if started.run == run => Some(entry),
        _ => None,
    })
}

/// A page of runs that ended, the newest first, from below a place on; and where the next begins.
///
/// A page may have fewer than `limit`, even none, and a next one.
///
/// # Errors
/// [`StoreError`] where they cannot be read.
pub fn endings(
    reader: &mut dyn Reader,
    catalog: &Catalog,
    environment: Environment,
    watch: &Watch,
    (mut below, limit): (u64, usize),
) -> Result<(Vec<Ended>, Option<u64>), StoreError> {
    let (mut items, mut looked_at) = (Vec::new(), 0);
    let way = Way { environment, watch };
    loop {
        let page = way.page(reader, catalog, below)?;
        below = page.below;
        looked_at += AT_ONCE as u64;
        for (place, _, fact) in page.facts {
            let Fact::Ended(ended) = fact else { continue };
            if items.len() >= limit {
                return Ok((items, Some(place.saturating_add(1))));
            }
            items.push(*ended);
        }
        if page.is_last || looked_at >= LOOKED_AT {
            return Ok((items, (!page.is_last).then_some(below)));
        }
    }
}
