//! The report of what needs a person: a walk back over the journal, page by page, beside the writer.

use crate::environment::Environment;
use crate::number;
use crate::store::{Asked, Reader, StoreError, Written};
use probity_core::command::Actor;
use probity_core::entry::{Entry, Facts, Started};
use probity_core::terms::Catalog;
use probity_core::view::{Exception, ExceptionKind, Looked};
use probity_core::{Name, RunId, Time};
use std::collections::VecDeque;

/// The most entries that are looked at for one page; a page may hold fewer lines than asked for.
const LOOKED_AT: u64 = 20_000;
/// How many entries are read at once.
const AT_ONCE: usize = 500;

/// Where a page begins: everything below these places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Among the entries of the journal.
    pub journal: u64,
    /// Among the questions.
    pub questions: u64,
}

impl Cursor {
    /// The newest page.
    pub const NEWEST: Self = Self { journal: u64::MAX, questions: u64::MAX };

    /// Reads what a cursor is shown as.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (journal, questions) = text.split_once('.')?;
        Some(Self { journal: journal.parse().ok()?, questions: questions.parse().ok()? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.journal, self.questions)
    }
}

/// Which lines are asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// In which books.
    pub environment: Environment,
    /// Nothing that happened before.
    pub since: Time,
    /// Only of this kind, by its word.
    pub kind: Option<String>,
    /// Where the page begins.
    pub from: Cursor,
    /// The most lines.
    pub limit: usize,
}

/// A page, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The lines.
    pub items: Vec<Exception>,
    /// Where the next page begins; None: there is nothing older.
    pub next: Option<Cursor>,
}

/// A line with the place it was found at.
type Placed = (u64, Exception);

/// Reads a page of the report.
///
/// # Errors
/// [`StoreError`] where it cannot be read.
pub fn page(
    reader: &mut dyn Reader,
    catalog: &Catalog,
    now: Time,
    wanted: &Wanted,
) -> Result<Page, StoreError> {
    let is_of = |word: &str| wanted.kind.as_deref().is_none_or(|kind| kind == word);
    let (mut asked, more_asked) =
        if is_of("question") { questions(reader, wanted)? } else { (VecDeque::new(), false) };
    let (mut found, looked) = if wanted.kind.as_deref() == Some("question") {
        (VecDeque::new(), None)
    } else {
        journal(reader, catalog, now, wanted)?
    };
    let (mut items, mut at) = (Vec::new(), wanted.from);
    while items.len() < wanted.limit {
        let newer = match (found.front(), asked.front()) {
            (Some((_, entry)), Some((_, question))) => entry.at > question.at,
            (entry, _) => entry.is_some(),
        };
        let (from, place) = match newer {
            true => (&mut found, &mut at.journal),
            false => (&mut asked, &mut at.questions),
        };
        let Some((number, line)) = from.pop_front() else { break };
        *place = number;
        items.push(line);
        // What else there is of the same entry is on the same page.
        while let Some((_, line)) = found.pop_front_if(|(number, _)| newer && *number == at.journal)
        {
            items.push(line);
        }
    }
    if found.is_empty() {
        at.journal = looked.unwrap_or(0);
    }
    let more = !found.is_empty() || !asked.is_empty() || more_asked || looked.is_some();
    Ok(Page { items, next: more.then_some(at) })
}

/// Questions, and whether there are older ones.
fn questions(
    reader: &mut dyn Reader,
    wanted: &Wanted,
) -> Result<(VecDeque<Placed>, bool), StoreError> {
    let limit = wanted.limit.saturating_add(1);
    let asked = reader.questions_below(wanted.environment, wanted.from.questions, limit)?;
    let more = asked.len() >= limit;
    let lasting = asked.into_iter().take(wanted.limit);
    let lasting = lasting.filter(|asked| asked.question.at >= wanted.since);
    let mut lines = VecDeque::new();
    for asked in lasting {
        let started = started(reader, asked.question.run)?;
        lines.push_back((asked.number, line(&asked, started.as_ref())));
    }
    let more = more && lines.len() == wanted.limit;
    Ok((lines, more))
}

fn line(asked: &Asked, started: Option<&Started>) -> Exception {
    let question = &asked.question;
    Exception {
        kind: ExceptionKind::Question,
        at: question.at,
        customer: asked.customer.clone(),
        run: Some(question.run),
        action: started.map(|started| started.action.clone()),
        artifact: started.and_then(|started| started.artifact.clone()),
        amount: None,
        money: None,
        what: format!("They say that this receipt is wrong: \"{}\"", question.text.trim()),
        next: "Read the receipt; correct or refund the run, or tell them why it stands.".to_owned(),
        by: question.by.clone(),
        seq: None,
    }
}

/// Lines of the journal, and where to go on; None: it was read to the end.
fn journal(
    reader: &mut dyn Reader,
    catalog: &Catalog,
    now: Time,
    wanted: &Wanted,
) -> Result<(VecDeque<Placed>, Option<u64>), StoreError> {
    let engine = Actor::engine().name;
    let (mut lines, mut below, mut looked_at) = (VecDeque::new(), wanted.from.journal, 0);
    loop {
        let entries = reader.journal_below(below, AT_ONCE)?;
        let is_last = entries.len() < AT_ONCE;
        for theirs in entries {
            below = theirs.written.number;
            looked_at += 1;
            if theirs.environment != wanted.environment {
                continue;
            }
            let entry = read(&theirs.written)?;
            // Whatever stands further back was written before this instant. What the engine did was
            // perhaps due long before it was written.
            if entry.at < wanted.since && entry.by != engine {
                return Ok((lines, None));
            }
            if entry.at < wanted.since {
                continue;
            }
            let began = match entry.run.filter(|_| is_after_the_start(&entry.facts)) {
                Some(run) => started(reader, run)?,
                None => None,
            };
            let (customer, started) = (&theirs.customer, began.as_ref());
            let looked = Looked { catalog, customer, entry: &entry, started, now };
            let found = looked.exceptions().into_iter();
            let is_wanted = |line: &Exception| {
                wanted.kind.as_deref().is_none_or(|kind| kind == line.kind.word())
            };
            lines.extend(found.filter(is_wanted).map(|line| (below, line)));
            if lines.len() >= wanted.limit {
                return Ok((lines, Some(below)));
            }
        }
        if is_last {
            return Ok((lines, None));
        }
        if looked_at >= LOOKED_AT {
            return Ok((lines, Some(below)));
        }
    }
}

/// Does this say something of a run that began in another entry?
pub(crate) const fn is_after_the_start(facts: &Facts) -> bool {
    matches!(
        facts,
        Facts::Settle(_) | Facts::Release(_) | Facts::ExpireRun(_) | Facts::Attempts { .. }
    )
}

/// The entry that was written.
pub(crate) fn read(written: &Written) -> Result<Entry, StoreError> {
    serde_json::from_str(&written.body)
        .map_err(|error| StoreError::Corrupt(format!("entry {}: {error}", written.number)))
}

/// How a run began: its id says where that stands.
pub(crate) fn started(reader: &mut dyn Reader, run: RunId) -> Result<Option<Started>, StoreError> {
    let Some(written) = reader.entry(number::entry_of(run))? else { return Ok(None) };
    Ok(match read(&written)?.facts {
        Facts::StartRun(started) | Facts::Run { started, .. } if started.run == run => {
            Some(*started)
        }
        _ => None,
    })
}

/// A page of the ids of customers, in their order, and whether there are more.
///
/// # Errors
/// [`StoreError`] where they cannot be read.
pub fn customers(
    reader: &mut dyn Reader,
    environment: Environment,
    after: &str,
    limit: usize,
) -> Result<(Vec<Name>, bool), StoreError> {
    let mut ids = reader.customers_after(environment, after, limit.saturating_add(1))?;
    let more = ids.len() > limit;
    ids.truncate(limit);
    Ok((ids, more))
}
