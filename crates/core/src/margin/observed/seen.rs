//! One entry of the journal, as what it adds to a tally.

use super::{Account, Books, Cause, Cell, Gratis, Spent, Tally};
use crate::command::Purpose;
use crate::contract::{Action, Contract, Outcome};
use crate::entry::{AttemptFacts, Ended, Entry, Facts, LegEnded, Rule, RunKind, Started};
use crate::id::{Name, RunId};
use crate::terms::Catalog;
use crate::time::Time;
use std::collections::BTreeMap;

/// What was reported of runs before they ended: needed until they end, and forgotten when they must
/// have.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    runs: BTreeMap<RunId, (Time, Spent, u64)>,
}

/// Reports before the end are forgotten, when so many are kept, of runs whose time is long up.
const ROOM: usize = 10_000;

impl Earlier {
    fn note(&mut self, run: RunId, started: &Started, now: Time, ours: &Spent, all: u64) {
        if started.latest_at <= now {
            return;
        }
        if self.runs.len() >= ROOM {
            self.runs.retain(|_, (latest_at, ..)| *latest_at > now);
        }
        if self.runs.len() < ROOM {
            let (_, spent, attempts) =
                self.runs.entry(run).or_insert((started.latest_at, Spent::default(), 0));
            spent.merge(ours);
            *attempts = attempts.saturating_add(all);
        }
    }
}

/// An entry, with what is needed to count it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Every published version.
    pub catalog: &'a Catalog,
    /// Whose entry it is.
    pub customer: &'a Name,
    /// The entry.
    pub entry: &'a Entry,
    /// How the run began that it is about, where it began in another entry.
    pub started: Option<&'a Started>,
}

impl Seen<'_> {
    /// Is it about a run of this action and plan? None: of any.
    #[must_use]
    pub fn is_of(&self, action: Option<&str>, plan: Option<&str>) -> bool {
        self.began().is_some_and(|started| {
            action.is_none_or(|action| &*started.action == action)
                && plan.is_none_or(|plan| &*started.plan == plan)
        })
    }

    fn began(&self) -> Option<&Started> {
        match &self.entry.facts {
            Facts::StartRun(started) | Facts::Run { started, .. } => Some(started),
            _ => self.started,
        }
    }

    /// Adds it. Entries must come in the order of the journal.
    pub fn add_to(&self, tally: &mut Tally, earlier: &mut Earlier) {
        let Some(started) = self.began() else { return };
        let books = Books::of(started.mode);
        let mut cell = Cell::default();
        let mut account = Account::default();
        self.count(started, books, earlier, &mut cell);
        cell.earned = self.earned(started, books);
        account.runs = cell.ended;
        account.earned = cell.earned;
        account.ours = cell.ours;
        for attempt in self.attempts().iter().filter(|a| a.cost.is_none() && !a.own_key) {
            tally.unpriced(attempt.model.as_deref().unwrap_or_default(), 1);
        }
        let of = (started.action.clone(), started.plan.clone(), books);
        tally.cells.entry(of).or_default().merge(&cell);
        let whose = (books, self.customer.clone());
        tally.customers.entry(whose).or_default().merge(&account);
        tally.make_room();
    }

    fn count(&self, started: &Started, books: Books, earlier: &mut Earlier, cell: &mut Cell) {
        match &self.entry.facts {
            Facts::StartRun(_) => cell.runs = 1,
            Facts::Run { ended, .. } => {
                cell.runs = 1;
                self.ended(started, ended, books, earlier, cell);
            }
            Facts::Settle(ended) | Facts::Release(ended) | Facts::ExpireRun(ended) => {
                self.ended(started, ended, books, earlier, cell);
            }
            Facts::Attempts { attempts, costs } => {
                (cell.ours, cell.own_key) = Spent::of(attempts);
                earlier.note(
                    started.run,
                    started,
                    self.entry.at,
                    &cell.ours,
                    attempts.len() as u64,
                );
                // Only what is reported of a run that ended and cost nothing counts for us.
                if costs.by_us.is_positive() || costs.by_us_unknown > 0 {
                    let cause = self.why_free(started, None);
                    cell.gratis.insert(cause, Gratis { runs: 0, spent: cell.ours });
                    earlier.runs.remove(&started.run);
                }
            }
            _ => {}
        }
    }

    fn ended(
        &self,
        started: &Started,
        ended: &Ended,
        books: Books,
        earlier: &mut Earlier,
        cell: &mut Cell,
    ) {
        (cell.ours, cell.own_key) = Spent::of(&ended.attempts);
        let (before, reported) =
            earlier.runs.remove(&started.run).map_or_else(Default::default, |(_, s, n)| (s, n));
        let leg = self.leg(ended, books);
        let attempts = reported.saturating_add(ended.attempts.len() as u64);
        let is_silent = attempts == 0 && !ended.late && started.kind != RunKind::Reopened;
        cell.ours.silent = u64::from(is_silent);
        let mut spent = before;
        spent.merge(&cell.ours);
        if leg.charged.is_zero() {
            let cause = self.why_free(started, Some(ended));
            let runs = u64::from(!ended.late);
            cell.gratis.insert(cause, Gratis { runs, spent });
        }
        // What is reported after its time was up is of a run that was counted then.
        if ended.late {
            return;
        }
        cell.ended = 1;
        match ended.outcome {
            Outcome::Delivered => cell.delivered = 1,
            Outcome::Partial => cell.partial = 1,
            Outcome::Empty => cell.empty = 1,
            Outcome::Failed => cell.failed = 1,
            _ => {}
        }
        if started.kind != RunKind::Reopened && !started.free_redo {
            cell.units = self.units(started, ended, leg.rule);
        }
        if attempts > 0 {
            cell.told = 1;
            cell.units_told = cell.units;
            cell.retried = u64::from(attempts > 1);
            cell.fallbacks = fallbacks(&ended.attempts);
        }
    }

    /// Why it brought nothing; None for the end: it is not known how it ended.
    fn why_free(&self, started: &Started, ended: Option<&Ended>) -> Cause {
        if started.purpose == Purpose::Experiment {
            return Cause::Experiment;
        }
        match (started.kind, ended) {
            (RunKind::Reopened, _) => return Cause::Reopened,
            _ if started.free_redo => return Cause::Redo,
            (_, Some(ended)) if ended.late => return Cause::Expired,
            _ => {}
        }
        match &self.entry.facts {
            Facts::ExpireRun(_) => return Cause::Expired,
            Facts::Release(_) => return Cause::Released,
            _ => {}
        }
        match ended.map(|ended| ended.outcome) {
            Some(Outcome::Failed) => Cause::Failed,
            Some(Outcome::Empty) => Cause::Empty,
            Some(Outcome::BadInput) => Cause::BadInput,
            Some(Outcome::Blocked) => Cause::Blocked,
            Some(Outcome::Cancelled) => Cause::Cancelled,
            Some(Outcome::Abandoned) => Cause::Abandoned,
            Some(Outcome::Reopened) => Cause::Reopened,
            Some(Outcome::Delivered | Outcome::Partial) => Cause::Plan,
            None => Cause::ReportedLater,
        }
    }

    /// Units that the customer got or paid for, in millionths.
    fn units(&self, started: &Started, ended: &Ended, rule: Rule) -> u128 {
        const ONE: u128 = 1_000_000;
        let action = self.action(started);
        let asked = || {
            let each = action.is_some_and(Action::is_per_quantity);
            let arrived = ended.reported.quantity.or(started.quantity).filter(|_| each);
            u128::from(arrived.unwrap_or(1)).saturating_mul(ONE)
        };
        match ended.outcome {
            Outcome::Delivered => asked(),
            Outcome::Partial => {
                let whole = action.and_then(|action| action.parts);
                match ended.reported.parts.zip(whole).filter(|(_, whole)| *whole > 0) {
                    Some((parts, whole)) => {
                        let share = u128::from(parts).saturating_mul(ONE);
                        share.checked_div(u128::from(whole)).unwrap_or(0)
                    }
                    None => asked(),
                }
            }
            _ if rule == Rule::PaidEvenIf => asked(),
            _ => 0,
        }
    }

    fn action(&self, started: &Started) -> Option<&Action> {
        self.contract(started)?.actions.get(&started.action)
    }

    /// The version that a run lives under.
    pub(super) fn contract(&self, started: &Started) -> Option<&Contract> {
        Some(&self.catalog.version(started.contract)?.contract)
    }

    /// How it ended in these books.
    pub(super) fn leg<'e>(&'e self, ended: &'e Ended, books: Books) -> &'e LegEnded {
        let shadow = self.entry.shadow.as_ref().filter(|_| books == Books::WouldBe);
        shadow.and_then(|shadow| shadow.ended.as_ref()).unwrap_or(&ended.leg)
    }

    fn attempts(&self) -> &[AttemptFacts] {
        match &self.entry.facts {
            Facts::Run { ended, .. }
            | Facts::Settle(ended)
            | Facts::Release(ended)
            | Facts::ExpireRun(ended) => &ended.attempts,
            Facts::Attempts { attempts, .. } => attempts,
            _ => &[],
        }
    }
}

/// Attempts on another model than the one before: as asked for, else as answered.
fn fallbacks(attempts: &[AttemptFacts]) -> u64 {
    let model = |attempt: &AttemptFacts| attempt.asked.clone().or_else(|| attempt.model.clone());
    let pairs = attempts.iter().zip(attempts.iter().skip(1));
    pairs.filter(|(before, after)| model(before) != model(after)).count() as u64
}
