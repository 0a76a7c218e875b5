//! A customer's statement: a walk back over their entries, page by page, beside the writer. A page is
//! bounded work: it looks at so many entries and no more, however few of them are asked for.

use crate::engine::{Refused, View};
use crate::exceptions::read;
use crate::number;
use crate::store::{CustomerNumber, Reader, StoreError};
use probity_core::decide::Problem;
use probity_core::entry::{Entry, Facts};
use probity_core::view::statement::{self, ItemKind, Only, Posted, StatementItem};
use probity_core::{Amount, Name, RunId, Time};
use std::collections::BTreeSet;

/// The most entries that are looked at for one page; a page may hold fewer items than asked for.
const LOOKED_AT: usize = 2_000;
/// How many entries are read at once.
const AT_ONCE: u64 = 250;

/// Where a page begins: everything below an entry, and what could be used right before that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the entry.
    pub below: u64,
    /// What could be used right before it.
    pub available: Amount,
    /// The customer's last entry when the walk began: what is said of runs is as of then.
    pub as_of: u64,
}

impl Place {
    /// Reads what a place is shown as.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (below, rest) = text.split_once('_')?;
        let (available, as_of) = rest.split_once('_')?;
        let available = Amount::from_millionths(available.parse().ok()?)?;
        let (below, as_of): (u64, u64) = (below.parse().ok()?, as_of.parse().ok()?);
        (0 < below && below <= as_of.saturating_add(1)).then_some(Self { below, available, as_of })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}_{}", self.below, self.available.millionths(), self.as_of)
    }
}

/// Which items are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only this group.
    pub only: Option<Only>,
    /// Only of this action.
    pub action: Option<Name>,
    /// Nothing before this instant.
    pub from: Option<Time>,
    /// Nothing from this instant on.
    pub until: Option<Time>,
}

/// A page that is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which items.
    pub wanted: Wanted,
    /// Where it begins; None: at the newest.
    pub from: Option<Place>,
    /// The most items, but for more that one entry says.
    pub limit: usize,
    /// Of a walk from the newest on: the runs whose end it has passed, and whose beginning it has
    /// not. A walk without it, of pages that each begin at a place, reads what ended since it began.
    pub passed: Option<BTreeSet<RunId>>,
}

/// A page, the newest first.
#[derive(Clone, Debug)]
pub struct Page {
    /// The customer as they stood when the page was asked for.
    pub view: View,
    /// The items.
    pub items: Vec<StatementItem>,
    /// Where the next page begins; None: there is nothing older.
    pub next: Option<Place>,
    /// For the next page of the same walk.
    pub passed: Option<BTreeSet<RunId>>,
}

impl Wanted {
    /// May there be an item that is wanted in an entry? Most entries are told from alone.
    fn may_stand_in(&self, entry: &Entry) -> bool {
        let is_in_time = self.until.is_none_or(|until| entry.at < until);
        let claws = statement::ended(entry).is_some_and(|ended| !ended.leg.clawed_back.is_empty());
        let fits = |kind: ItemKind| self.only.is_none_or(|only| only.holds(kind));
        let is_of_kind = statement::kind(entry).is_some_and(fits);
        is_in_time && (is_of_kind || (claws && fits(ItemKind::ClawBack)))
    }

    fn holds(&self, item: &StatementItem) -> bool {
        let is_of = |action: &Name| item.action.as_ref() == Some(action);
        self.only.is_none_or(|only| only.holds(item.kind)) && self.action.as_ref().is_none_or(is_of)
    }
}

/// Reads a page.
///
/// # Errors
/// [`Refused`] where it cannot be read.
pub(crate) fn page(
    reader: &mut dyn Reader,
    view: View,
    number: CustomerNumber,
    asked: Asked,
) -> Result<Page, Refused> {
    let Asked { wanted, from, limit, mut passed } = asked;
    let as_of = view.customer.seq;
    let available = view.desk()?.wallet_line().available;
    let newest = Place { below: as_of.saturating_add(1), available, as_of };
    // Nobody is told of what is not there yet.
    let mut at = from.filter(|place| place.below <= newest.below).unwrap_or(newest);
    // Only a walk that keeps nothing in mind has to look what ended since it began.
    let ended_since = match passed {
        Some(_) => BTreeSet::new(),
        None => ended_between(reader, number, at.as_of, as_of)?,
    };
    let (mut items, mut looked_at) = (Vec::new(), 0);
    while at.below > 1 && looked_at < LOOKED_AT {
        let first = at.below.saturating_sub(1).saturating_sub(AT_ONCE);
        let many = usize::try_from(at.below - 1 - first).unwrap_or(0);
        let entries = reader.entries(number, first, many)?;
        if entries.is_empty() {
            return Err(StoreError::Corrupt("entries of a customer are missing".to_owned()).into());
        }
        for written in entries.iter().rev() {
            let entry = read(written)?;
            if wanted.from.is_some_and(|from| entry.at < from) {
                return Ok(Page { view, items, next: None, passed });
            }
            let is_held = is_held(&entry, &view, passed.as_mut(), &ended_since);
            if wanted.may_stand_in(&entry) {
                let found = found(reader, &view, &entry, (at.available, is_held))?;
                let found = found.into_iter().filter(|item| wanted.holds(item));
                let found: Vec<_> = found.collect();
                if !items.is_empty() && items.len() + found.len() > limit {
                    put_back(&entry, passed.as_mut());
                    return Ok(Page { view, items, next: Some(at), passed });
                }
                items.extend(found);
            }
            at = before(&entry, at)?;
            looked_at += 1;
        }
    }
    let next = (at.below > 1).then_some(at);
    Ok(Page { view, items, next, passed })
}

/// What stands before an entry.
fn before(entry: &Entry, at: Place) -> Result<Place, Problem> {
    let available = statement::moved(entry).and_then(|moved| at.available.minus(moved));
    // It adds up from where the books stand, so it was begun elsewhere.
    let wrong = || Problem::invalid("cursor", "is the `next_cursor` of a page before");
    Ok(Place { below: entry.seq, available: available.ok_or_else(wrong)?, ..at })
}

/// The runs that ended since a walk began: it passes their beginnings, and never their ends.
fn ended_between(
    reader: &mut dyn Reader,
    number: CustomerNumber,
    after: u64,
    last: u64,
) -> Result<BTreeSet<RunId>, StoreError> {
    let (mut ended, mut at) = (BTreeSet::new(), after);
    // Whoever comes back after very much has happened is told of the first that ended since.
    let last = last.min(after.saturating_add(u64::try_from(LOOKED_AT).unwrap_or(u64::MAX)));
    while at < last {
        let many = usize::try_from((last - at).min(AT_ONCE)).unwrap_or(0);
        let entries = reader.entries(number, at, many)?;
        let Some(newest) = entries.last() else { break };
        for written in &entries {
            let entry = read(written)?;
            if statement::ended(&entry).is_some() && !matches!(entry.facts, Facts::Run { .. }) {
                ended.extend(entry.run);
            }
        }
        at = read(newest)?.seq;
    }
    Ok(ended)
}

/// Is the run held that an entry begins? The ends that are passed are kept in mind; else, if it is
/// still, or ended only since the walk began.
fn is_held(
    entry: &Entry,
    view: &View,
    passed: Option<&mut BTreeSet<RunId>>,
    ended_since: &BTreeSet<RunId>,
) -> bool {
    let Some(passed) = passed else {
        let run = entry.run.and_then(|run| view.customer.runs.get(&run));
        let is_since = entry.run.is_some_and(|run| ended_since.contains(&run));
        return is_since || run.is_some_and(|run| run.end.is_none());
    };
    match (&entry.facts, entry.run) {
        (Facts::StartRun(_), Some(run)) => !passed.remove(&run),
        (Facts::Run { .. }, _) => false,
        (_, Some(run)) if statement::ended(entry).is_some() => {
            passed.insert(run);
            false
        }
        _ => false,
    }
}

/// An entry will be read once more: what was kept of it in mind is as it was before.
fn put_back(entry: &Entry, passed: Option<&mut BTreeSet<RunId>>) {
    let (Some(passed), Some(run)) = (passed, entry.run) else { return };
    if statement::ended(entry).is_some() && !matches!(entry.facts, Facts::Run { .. }) {
        passed.remove(&run);
    }
}

/// The items of an entry.
fn found(
    reader: &mut dyn Reader,
    view: &View,
    entry: &Entry,
    (available, is_held): (Amount, bool),
) -> Result<Vec<StatementItem>, Refused> {
    let is_begun_here = matches!(entry.facts, Facts::StartRun(_) | Facts::Run { .. });
    let elsewhere = match entry.run.filter(|_| !is_begun_here) {
        Some(run) => began(reader, run)?,
        None => None,
    };
    let began = if is_begun_here { Some(entry) } else { elsewhere.as_ref() };
    let posted = Posted { entry, began, available, is_held };
    Ok(view.desk()?.statement_items(&posted))
}

/// The entry that a run began with: its id says where that stands.
fn began(reader: &mut dyn Reader, run: RunId) -> Result<Option<Entry>, StoreError> {
    match reader.entry(number::entry_of(run))? {
        Some(written) => read(&written).map(Some),
        None => Ok(None),
    }
}
