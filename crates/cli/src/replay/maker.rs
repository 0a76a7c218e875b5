//! From the cells of a row to a [`Row`]: every cell is read exactly, or the row is set aside.

use super::actions::{ActionMap, fingerprint};
use super::names::Names;
use super::numbers::{count, has_odd_comma, trillionths, yes_or_no};
use super::outcomes::{self, OutcomeMap};
use super::plans::PlanMap;
use super::role::Role;
use super::row::{Fields, Reason, Row, TokenUse};
use super::shapes::Shape;
use super::times;
use foldhash::fast::RandomState;
use probity_core::{Outcome, Time};
use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU64;

/// The most different status words whose meaning is remembered.
const REMEMBERED: usize = 10_000;
/// The most different words that are counted for the report.
const COUNTED: usize = 200;

/// How today's charges are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChargedIn {
    /// Sums of the contract's currency.
    Money,
    /// Credits of today, each worth this many trillionths of the currency.
    Credits(i64),
}

/// What the cells of a log mean, and the names seen so far.
#[derive(Debug)]
pub(crate) struct Maker {
    /// From cells to actions.
    pub(crate) actions: ActionMap,
    /// From words to outcomes.
    pub(crate) outcomes: OutcomeMap,
    /// From words to plans.
    pub(crate) plans: PlanMap,
    /// How today's charges are written.
    pub(crate) charged_in: ChargedIn,
    /// Where the log comes from.
    pub(crate) shape: Shape,
    /// Rows later than this lie in the future.
    pub(crate) latest: Time,
    /// Has the log a column that tells how a row ended?
    pub(crate) has_outcome: bool,
    /// What was seen.
    pub(crate) seen: Seen,
    remembered: HashMap<String, Option<Outcome>, RandomState>,
}

/// What rows have named so far.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Customers, by number.
    pub(crate) customers: Names,
    /// Models, by number.
    pub(crate) models: Names,
    /// Rows by a plan's word that the contract does not have.
    pub(crate) unknown_plans: Words,
    /// Rows by a status word that no table has.
    pub(crate) unknown_outcomes: Words,
    /// Rows by what they said instead of an action.
    pub(crate) unmapped: Words,
    /// What a person has said of words that no row has: the flag, and the text as it was typed.
    pub(crate) unmet: Vec<(&'static str, String)>,
}

/// Words and in how many rows they stand.
#[derive(Debug, Default)]
pub(crate) struct Words {
    counts: BTreeMap<String, u64>,
    /// Rows whose word came after there were too many to tell apart.
    pub(crate) others: u64,
}

impl Words {
    fn see(&mut self, word: &str) {
        if let Some(count) = self.counts.get_mut(word) {
            *count += 1;
        } else if self.counts.len() < COUNTED {
            let short: String = word.chars().take(80).collect();
            *self.counts.entry(short).or_default() += 1;
        } else {
            self.others += 1;
        }
    }

    /// The words, the most frequent first.
    pub(crate) fn by_count(&self) -> Vec<(&str, u64)> {
        let mut all: Vec<_> = self.counts.iter().map(|(word, n)| (word.as_str(), *n)).collect();
        all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        all
    }
}

impl Maker {
    /// A maker that has seen nothing.
    pub(crate) fn new(actions: ActionMap, shape: Shape, has_outcome: bool) -> Self {
        Self {
            actions,
            outcomes: OutcomeMap::default(),
            plans: PlanMap::default(),
            charged_in: ChargedIn::Money,
            shape,
            latest: Time::MAX,
            has_outcome,
            seen: Seen::default(),
            remembered: HashMap::default(),
        }
    }

    /// What was seen, at the end of the log.
    pub(crate) fn into_seen(mut self) -> Seen {
        let plans = self.plans.unmet().map(|text| ("--plan-map", text.to_owned()));
        let actions = self.actions.unmet().map(|text| ("--action-map", text.to_owned()));
        let outcomes = self.outcomes.unmet().map(|text| ("--outcome-map", text.to_owned()));
        self.seen.unmet = plans.chain(actions).chain(outcomes).collect();
        self.seen
    }

    /// Reads one row.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(crate) fn row(&mut self, line: u64, fields: &Fields<'_>) -> Result<Row, Reason> {
        let at = match fields.get(Role::Time) {
            "" => return Err(Reason::Missing(Role::Time)),
            text => times::time(text).ok_or(Reason::Unreadable(Role::Time))?,
        };
        if at > self.latest {
            return Err(Reason::InFuture);
        }
        let tokens = tokens(fields)?;
        let outcome = self.outcome(fields, tokens)?;
        let cost = sum(fields, Role::Cost)?;
        if cost.is_some_and(|cost| cost < 0) {
            return Err(Reason::Unreadable(Role::Cost));
        }
        let charged = sum(fields, Role::Charged)?.map(|sum| self.in_money(sum));
        let charged =
            charged.map(|sum| sum.ok_or(Reason::Unreadable(Role::Charged))).transpose()?;
        let quantity = whole(fields, Role::Quantity)?;
        let parts = whole(fields, Role::Parts)?;
        // Nothing is numbered before the whole row has been read.
        let customer = match fields.get(Role::Customer) {
            "" => return Err(Reason::Missing(Role::Customer)),
            name => self.seen.customers.number(name),
        };
        Ok(Row {
            line,
            at,
            customer,
            plan: self.plan(fields.get(Role::Plan)),
            action: self.action(fields),
            model: self.model(fields.get(Role::Model)),
            outcome,
            artifact: mark(fields.get(Role::Artifact)),
            id: mark(fields.get(Role::Id)),
            quantity,
            parts,
            tokens,
            cost,
            charged,
        })
    }

    fn outcome(
        &mut self,
        fields: &Fields<'_>,
        tokens: Option<TokenUse>,
    ) -> Result<Outcome, Reason> {
        let yes = |role| yes_or_no(fields.get(role)).ok_or(Reason::Unreadable(role));
        let word = fields.get(Role::Outcome);
        // What has failed was not opened again, wherever the answer came from.
        if yes(Role::CacheHit)? && (word.is_empty() || self.meant(word) != Some(Outcome::Failed)) {
            return Ok(Outcome::Reopened);
        }
        if yes(Role::Cancelled)? {
            let began = tokens.is_some_and(|tokens| tokens.output > 0);
            return Ok(if began { Outcome::Abandoned } else { Outcome::Cancelled });
        }
        let outcome = self.status(word)?;
        if outcome == Outcome::Failed {
            let why = fields.get(Role::Error);
            return Ok((!why.is_empty())
                .then(|| outcomes::known(why))
                .flatten()
                .unwrap_or(outcome));
        }
        Ok(outcome)
    }

    fn status(&mut self, word: &str) -> Result<Outcome, Reason> {
        if !self.has_outcome {
            return Ok(Outcome::Delivered);
        }
        self.meant(word).ok_or_else(|| self.unknown(word))
    }

    /// What a status word means, as far as that is known.
    fn meant(&mut self, word: &str) -> Option<Outcome> {
        if let Some(known) = self.remembered.get(word) {
            return *known;
        }
        let said = self.outcomes.read(word);
        let meant = if word.is_empty() { said.or(self.shape.outcome_of_nothing()) } else { said };
        if self.remembered.len() < REMEMBERED {
            self.remembered.insert(word.to_owned(), meant);
        }
        meant
    }

    fn unknown(&mut self, word: &str) -> Reason {
        if word.is_empty() {
            return Reason::Missing(Role::Outcome);
        }
        self.seen.unknown_outcomes.see(word);
        Reason::Unreadable(Role::Outcome)
    }

    fn plan(&mut self, word: &str) -> Option<u16> {
        if word.is_empty() {
            return None;
        }
        let plan = self.plans.read(word);
        if plan.is_none() {
            self.seen.unknown_plans.see(word);
        }
        plan
    }

    fn action(&mut self, fields: &Fields<'_>) -> Option<u16> {
        let cells = [Role::Action, Role::Route, Role::Model].map(|role| fields.get(role));
        let [action, route, model] = cells;
        let found = self.actions.find(action, route, model);
        if found.is_none() {
            let said = cells.into_iter().find(|cell| !cell.is_empty() && *cell != "[]");
            self.seen.unmapped.see(said.unwrap_or_default());
        }
        found
    }

    fn model(&mut self, name: &str) -> Option<u16> {
        if name.is_empty() {
            return None;
        }
        u16::try_from(self.seen.models.number(name)).ok()
    }

    fn in_money(&self, sum: i64) -> Option<i64> {
        match self.charged_in {
            ChargedIn::Money => Some(sum),
            ChargedIn::Credits(worth) => {
                i64::try_from(i128::from(sum) * i128::from(worth) / 1_000_000_000_000).ok()
            }
        }
    }
}

fn tokens(fields: &Fields<'_>) -> Result<Option<TokenUse>, Reason> {
    let input = whole(fields, Role::TokensIn)?;
    let output = whole(fields, Role::TokensOut)?;
    let cached = whole(fields, Role::TokensCached)?;
    if input.is_none() && output.is_none() {
        return Ok(None);
    }
    let input = input.unwrap_or(0);
    // Some systems count cached tokens beside those read, not among them.
    let cached = cached.unwrap_or(0).min(input);
    Ok(Some(TokenUse { input, output: output.unwrap_or(0), cached }))
}

fn whole(fields: &Fields<'_>, role: Role) -> Result<Option<u32>, Reason> {
    match fields.get(role) {
        "" => Ok(None),
        text => count(text).map(Some).ok_or_else(|| no_number(text, role)),
    }
}

fn sum(fields: &Fields<'_>, role: Role) -> Result<Option<i64>, Reason> {
    match fields.get(role) {
        "" => Ok(None),
        text => trillionths(text).map(Some).ok_or_else(|| no_number(text, role)),
    }
}

/// Why a cell is no number.
fn no_number(text: &str, role: Role) -> Reason {
    if has_odd_comma(text) { Reason::OddComma(role) } else { Reason::Unreadable(role) }
}

/// A text as a number that stands for it; an empty one as none.
fn mark(text: &str) -> Option<NonZeroU64> {
    if text.is_empty() {
        None
    } else {
        Some(NonZeroU64::new(fingerprint(&text)).unwrap_or(NonZeroU64::MIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn fields(cells: &[(Role, &'static str)]) -> Fields<'static> {
        let mut fields = Fields::default();
        fields.set(Role::Time, Cow::Borrowed("2026-11-01T00:00:00Z"));
        fields.set(Role::Customer, Cow::Borrowed("ana"));
        fields.set(Role::Action, Cow::Borrowed("tailor"));
        fields.set(Role::Outcome, Cow::Borrowed("ok"));
        for (role, cell) in cells {
            fields.set(*role, Cow::Borrowed(cell));
        }
        fields
    }

    fn maker() -> Maker {
        let mut maker = Maker::new(ActionMap::new(["search", "tailor"]), Shape::Own, true);
        maker.plans.own("pro", 1);
        maker
    }

    fn read(cells: &[(Role, &'static str)]) -> Result<Row, Reason> {
        maker().row(7, &fields(cells))
    }

    #[test]
    fn a_whole_row() {
        let row = read(&[
            (Role::Plan, "pro"),
            (Role::Quantity, "12"),
            (Role::TokensIn, "1000"),
            (Role::TokensOut, "20"),
            (Role::Cost, "0.0021"),
            (Role::Charged, "$0.50"),
        ])
        .unwrap();
        assert_eq!((row.line, row.customer, row.plan, row.action), (7, 0, Some(1), Some(1)));
        assert_eq!(row.tokens, Some(TokenUse { input: 1000, output: 20, cached: 0 }));
        assert_eq!((row.cost, row.charged), (Some(2_100_000_000), Some(500_000_000_000)));
        assert_eq!((row.quantity, row.parts, row.artifact), (Some(12), None, None));
    }

    #[test]
    fn outcomes_are_told_by_several_columns() {
        for (cells, outcome) in [
            (&[(Role::Outcome, "503")][..], Outcome::Failed),
            (&[(Role::CacheHit, "True")], Outcome::Reopened),
            (&[(Role::CacheHit, "None")], Outcome::Delivered),
            (&[(Role::CacheHit, "True"), (Role::Outcome, "failure")], Outcome::Failed),
            (&[(Role::CacheHit, "True"), (Role::Outcome, "purple")], Outcome::Reopened),
            (
                &[(Role::Outcome, "failure"), (Role::Error, "ContentPolicyViolationError")],
                Outcome::Blocked,
            ),
            (&[(Role::Outcome, "failure"), (Role::Error, "SomethingElse")], Outcome::Failed),
            (&[(Role::Cancelled, "true")], Outcome::Cancelled),
            (&[(Role::Cancelled, "true"), (Role::TokensOut, "4")], Outcome::Abandoned),
        ] {
            assert_eq!(read(cells).map(|row| row.outcome), Ok(outcome), "{cells:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_and_never_guessed() {
        for (cells, reason) in [
            (&[(Role::Time, "")][..], Reason::Missing(Role::Time)),
            (&[(Role::Time, "soon")], Reason::Unreadable(Role::Time)),
            (&[(Role::Customer, " ")], Reason::Missing(Role::Customer)),
            (&[(Role::Outcome, "")], Reason::Missing(Role::Outcome)),
            (&[(Role::Outcome, "purple")], Reason::Unreadable(Role::Outcome)),
            (&[(Role::Quantity, "-1")], Reason::Unreadable(Role::Quantity)),
            (&[(Role::Cost, "-0.5")], Reason::Unreadable(Role::Cost)),
            (&[(Role::Charged, "free")], Reason::Unreadable(Role::Charged)),
            (&[(Role::CacheHit, "perhaps")], Reason::Unreadable(Role::CacheHit)),
            (&[(Role::Charged, "0,50")], Reason::OddComma(Role::Charged)),
            (&[(Role::Cost, "1,2,3")], Reason::OddComma(Role::Cost)),
            (&[(Role::Quantity, "1,5")], Reason::OddComma(Role::Quantity)),
        ] {
            assert_eq!(read(cells).unwrap_err(), reason, "{cells:?}");
        }
    }

    #[test]
    fn what_is_unknown_is_counted() {
        let mut maker = maker();
        for (role, cell) in [
            (Role::Plan, "gold"),
            (Role::Plan, "gold"),
            (Role::Action, "fly"),
            (Role::Outcome, "purple"),
        ] {
            let _ = maker.row(1, &fields(&[(role, cell)]));
        }
        assert_eq!(maker.seen.unknown_plans.by_count(), [("gold", 2)]);
        assert_eq!(maker.seen.unmapped.by_count(), [("fly", 1)]);
        assert_eq!(maker.seen.unknown_outcomes.by_count(), [("purple", 1)]);
    }

    #[test]
    fn credits_of_today_become_money() {
        let mut maker = maker();
        maker.charged_in = ChargedIn::Credits(100_000_000_000);
        let row = maker.row(1, &fields(&[(Role::Charged, "5")])).unwrap();
        assert_eq!(row.charged, Some(500_000_000_000));
    }

    #[test]
    fn without_an_outcome_column_all_is_delivered() {
        let mut maker = Maker::new(ActionMap::new(["tailor"]), Shape::Own, false);
        assert_eq!(
            maker.row(1, &fields(&[(Role::Outcome, "")])).unwrap().outcome,
            Outcome::Delivered
        );
    }
}
