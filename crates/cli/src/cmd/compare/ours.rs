//! The file of today's billing: one row, one charge. It is read whole or not at all, and everything that
//! stands against that is told at once.

use crate::answer::Failure;
use crate::exit::Exit;
use crate::replay::numbers::{trillionths, yes_or_no};
use crate::replay::times::time;
use crate::replay::{ActionMap, Columns, Input, Role};
use probity_core::command::Today;
use probity_core::{Amount, Name, RunId, Time};
use std::fmt::Write;

/// The most rows: they are kept until their runs are met.
const MOST_ROWS: usize = 5_000_000;
/// How many rows that cannot be read are told.
const TOLD: usize = 20;

/// What today's billing did with one thing.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) at: Option<Time>,
    pub(super) customer: Name,
    pub(super) run: Option<RunId>,
    pub(super) action: Option<Name>,
    pub(super) artifact: Option<Name>,
    pub(super) today: Today,
}

/// What stands between a file and its rows.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) columns: &'a Columns,
    /// The ids of the contract's actions, in its order.
    pub(super) actions: &'a [Name],
}

impl File<'_> {
    /// Has it what a comparison needs? Whose, what was done, and something to find the run by.
    pub(super) fn suffices(&self) -> Result<(), Failure> {
        let has = |role| self.columns.source(role).is_some();
        let missing = if !has(Role::Customer) && !has(Role::Id) {
            "customer"
        } else if !has(Role::Charged) && !has(Role::Allowed) {
            "charged"
        } else if !has(Role::Id) && !has(Role::Action) {
            "action"
        } else if !has(Role::Id) && !has(Role::Artifact) && !has(Role::Time) {
            "time"
        } else {
            return Ok(());
        };
        let what = format!("{} has no column that we take for {missing}", self.name);
        let others = self.columns.unused().join(", ");
        let others = if others.is_empty() { "none".to_owned() } else { others };
        let fix = format!(
            "say which it is: --map {missing}=COLUMN; not used so far: {others}. A comparison needs \
             the customer, what was charged in credits or whether it was allowed, and the run's id, \
             or the action with its artifact or time"
        );
        Err(Failure::new(Exit::USAGE, "columns_missing", what, fix))
    }

    /// Every row; a failure where one cannot be read, for then nothing is compared.
    pub(super) fn rows(&self, input: Input, mut map: ActionMap) -> Result<Vec<Row>, Failure> {
        let (mut rows, mut broken): (Vec<Row>, Vec<(u64, String)>) = (Vec::new(), Vec::new());
        let mut bad = 0_u64;
        let read = input.each_row(self.columns, &mut |raw| {
            let made = match raw.fields {
                Ok(fields) => self.row(raw.line, &|role| fields.get(role), &mut map),
                Err(reason) => Err(reason.to_string()),
            };
            match made {
                Ok(row) => rows.push(row),
                Err(why) => {
                    bad += 1;
                    if broken.len() < TOLD {
                        broken.push((raw.line, why));
                    }
                }
            }
            rows.len() <= MOST_ROWS
        });
        read.map_err(|error| {
            let what = format!("{} cannot be read to its end: {error}", self.name);
            Failure::new(Exit::NO_INPUT, "not_readable", what, "check the file, and try again")
        })?;
        if rows.len() > MOST_ROWS {
            let what = format!("{} has more than {MOST_ROWS} rows", self.name);
            let fix = "compare a shorter time, a file for each";
            return Err(Failure::new(Exit::USAGE, "too_many_rows", what, fix));
        }
        if bad > 0 {
            return Err(self.broken(bad, &broken));
        }
        Ok(rows)
    }

    fn broken(&self, bad: u64, broken: &[(u64, String)]) -> Failure {
        let mut what = format!(
            "{} of {} cannot be read, so nothing was compared:",
            probity_core::phrase::count(bad, "row"),
            self.name
        );
        for (line, why) in broken {
            let _ = write!(what, "\n  line {line}: {why}");
        }
        let more = bad.saturating_sub(broken.len() as u64);
        if more > 0 {
            let _ = write!(what, "\n  and {more} more");
        }
        let fix = "mend or delete these rows; or say which column is meant: --map ROLE=COLUMN";
        Failure::new(Exit::ERRORS, "broken_rows", what, fix)
    }

    fn row<'c>(
        &self,
        line: u64,
        cell: &dyn Fn(Role) -> &'c str,
        map: &mut ActionMap,
    ) -> Result<Row, String> {
        let text = |role| Some(cell(role)).filter(|text| !text.is_empty());
        let mut wrong: Vec<String> = Vec::new();
        let at = text(Role::Time).and_then(|text| {
            time(text).or_else(|| said(&mut wrong, format!("`{text}` is no time")))
        });
        let run = text(Role::Id).and_then(RunId::parse);
        let customer = text(Role::Customer).map(Name::new);
        if customer.is_none() && run.is_none() {
            wrong.push("it names neither a customer nor a run".to_owned());
        }
        let (charged, allowed) = (text(Role::Charged), text(Role::Allowed));
        if charged.is_none() && allowed.is_none() {
            wrong.push("it says neither what was charged nor whether it was allowed".to_owned());
        }
        let charged =
            charged.and_then(|text| credits(text).map_or_else(|why| said(&mut wrong, why), Some));
        let allowed = allowed.and_then(|text| {
            let why = || format!("`{text}` does not say whether it was allowed: write yes or no");
            yes_or_no(text).or_else(|| said(&mut wrong, why()))
        });
        if !wrong.is_empty() {
            return Err(wrong.join("; "));
        }
        let action = map.find(cell(Role::Action), cell(Role::Route), cell(Role::Model));
        let action = action.and_then(|place| self.actions.get(usize::from(place))).cloned();
        Ok(Row {
            line,
            at,
            customer: customer.unwrap_or_default(),
            run,
            action,
            artifact: text(Role::Artifact).map(Name::new),
            today: Today { charged, allowed },
        })
    }
}

/// One more thing that is wrong with a row.
fn said<T>(wrong: &mut Vec<String>, why: String) -> Option<T> {
    wrong.push(why);
    None
}

/// A charge in credits: exact, and no money.
fn credits(text: &str) -> Result<Amount, String> {
    if text.contains('$') {
        return Err(format!("`{text}` is money, and a comparison takes credits"));
    }
    let exact = trillionths(text).filter(|n| *n >= 0 && n % 1_000_000 == 0);
    let amount = exact.and_then(|n| Amount::from_millionths(n / 1_000_000));
    amount.ok_or_else(|| format!("`{text}` is no number of credits, such as 5 or 0.5"))
}
