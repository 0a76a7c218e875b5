//! The work: rows are judged, looked up in the books, and brought into them, some hundred at a time.
//!
//! Every step asks for many at once and is over before the next begins: who is known, what was adopted,
//! customers, credits, what is taken back. Whatever stops it, the entries say what was done.

use super::before::{Before, Take};
use super::row::{Bad, Judge, Row, Rows};
use super::sum::Sum;
use super::table::{Raw, Table};
use super::{Asked, Columns, Kind, PlanCredits, Tally, Terms};
use crate::answer::Failure;
use crate::reach::{Ask, Reach, Said};
use crate::terminal::Steps;
use probity_core::Amount;
use serde_json::{Value, json};

/// How many rows are brought in together.
const TOGETHER: usize = 512;

/// Looks through the table once: how many rows, and which ids stand in it twice.
///
/// # Errors
/// It cannot be read.
pub(crate) fn survey(table: &mut Table, columns: &Columns) -> Result<Rows, Failure> {
    let mut rows = Rows::default();
    table.each(columns, &mut |raw| {
        rows.see(&raw);
        Ok(())
    })?;
    Ok(rows)
}

/// A row on its way into the books.
struct Case {
    row: Row,
    /// Nobody knew them.
    is_new: bool,
    before: Before,
}

/// What is still to be asked for one case.
enum Want {
    Grant { row: Row, n: u32, amount: Amount },
    Lower { row: Row, take: Take },
}

/// The work, and what it comes to.
pub(crate) struct Work<'a> {
    asked: &'a Asked,
    terms: &'a Terms,
    judge: Judge<'a>,
    reach: &'a Reach,
    /// What it has come to so far.
    pub(crate) tally: Tally,
    together: Vec<Row>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(
        asked: &'a Asked,
        terms: &'a Terms,
        rows: &'a Rows,
        reach: &'a Reach,
    ) -> Self {
        let judge = Judge { asked, terms, rows };
        Self { asked, terms, judge, reach, tally: Tally::default(), together: Vec::new() }
    }

    /// Brings a table into the books.
    ///
    /// # Errors
    /// The table or the books cannot be reached any more. What was done stays done.
    pub(crate) fn all(&mut self, table: &mut Table, columns: &Columns) -> Result<(), Failure> {
        let what = if self.asked.dry_run { "Looking" } else { "Adopting" };
        let steps = Steps::new(self.judge.rows.count, what);
        table.each(columns, &mut |raw| self.take(raw, &steps))?;
        self.bring()
    }

    fn take(&mut self, raw: Raw, steps: &Steps) -> Result<(), Failure> {
        self.tally.rows += 1;
        match self.judge.row(raw) {
            Ok(row) => self.together.push(row),
            Err(bad) => self.tally.refuse(bad),
        }
        if self.together.len() < TOGETHER {
            return Ok(());
        }
        self.bring()?;
        steps.at(self.tally.rows);
        Ok(())
    }

    fn bring(&mut self) -> Result<(), Failure> {
        let rows = std::mem::take(&mut self.together);
        let cases = self.looked_up(rows)?;
        let cases = self.opened(cases)?;
        let mut wants = Vec::new();
        for case in cases {
            self.weigh(case, &mut wants);
        }
        let (grants, lowers): (Vec<_>, Vec<_>) =
            wants.into_iter().partition(|want| matches!(want, Want::Grant { .. }));
        self.done(grants)?;
        self.done(lowers)
    }

    /// Who is known, and what was adopted of them.
    fn looked_up(&mut self, rows: Vec<Row>) -> Result<Vec<Case>, Failure> {
        let asks = rows.iter().map(|row| Ask::read(format!("/v1/customers/{}", row.id)));
        let cards = self.reach.all(asks.collect())?;
        let mut cases = Vec::new();
        for (row, card) in rows.into_iter().zip(cards) {
            let is_new = card.text("/code") == "not_found";
            if !is_new {
                let card = card.or_failure()?;
                let other = row.plan.as_deref().is_some_and(|plan| plan != card.text("/plan"));
                self.tally.other_plan += u64::from(other);
            }
            cases.push(Case { row, is_new, before: Before::default() });
        }
        let known = cases.iter_mut().filter(|case| !case.is_new);
        let mut reading: Vec<(&mut Case, String)> =
            known.map(|case| (case, "0".to_owned())).collect();
        while !reading.is_empty() {
            let path = |(case, after): &(&mut Case, String)| {
                let id = &case.row.id;
                Ask::read(format!("/v1/customers/{id}/entries?limit=1000&after={after}"))
            };
            let pages = self.reach.all(reading.iter().map(path).collect())?;
            let mut unread = Vec::new();
            for ((case, _), page) in reading.into_iter().zip(pages) {
                let page = page.or_failure()?;
                for entry in page.body["items"].as_array().into_iter().flatten() {
                    case.before.see(self.asked, entry);
                }
                let next = page.text("/next_cursor").to_owned();
                if !next.is_empty() {
                    unread.push((case, next));
                }
            }
            reading = unread;
        }
        Ok(cases)
    }

    /// Opens those whom nobody knows.
    fn opened(&mut self, mut cases: Vec<Case>) -> Result<Vec<Case>, Failure> {
        if self.asked.dry_run {
            for case in cases.iter_mut().filter(|case| case.is_new) {
                let plan = case.row.plan.as_ref().or(self.terms.new_customers.as_ref());
                let plan = plan.and_then(|plan| self.terms.plans.get(plan));
                case.before.opening = plan.and_then(|plan| plan.credits).unwrap_or_default();
                self.tally.opened += 1;
            }
            return Ok(cases);
        }
        let key = format!("adopt.{}.open", self.asked.name);
        let asks = cases.iter().filter(|case| case.is_new).map(|case| {
            let path = format!("/v1/customers/{}", case.row.id);
            Ask::new("PUT", &path, customer(&case.row)).keyed(key.clone())
        });
        let mut answers = self.reach.all(asks.collect())?.into_iter();
        let mut open = Vec::new();
        for mut case in cases {
            if case.is_new {
                let Some(said) = answers.next() else { continue };
                if said.status != 201 {
                    let bad = bad(&case.row).says("refused", why(&said));
                    self.tally.refuse(bad);
                    continue;
                }
                case.before.opening =
                    Amount::parse(said.text("/wallet/balance")).unwrap_or_default();
                self.tally.opened += 1;
            }
            open.push(case);
        }
        Ok(open)
    }

    /// What is to be granted or lowered; the sums of what is there already.
    fn weigh(&mut self, case: Case, wants: &mut Vec<Want>) {
        let Case { row, is_new, before } = case;
        let tally = &mut self.tally;
        tally.table.add(row.balance);
        tally.rounded.add(row.credits.less(row.balance));
        let mut target = row.credits;
        if self.asked.plan_credits == PlanCredits::Included {
            target = row.credits.less(before.opening);
            tally.from_plans.add(before.opening);
            tally.beyond.add(before.opening.less(row.credits));
        }
        if !before.is_any {
            tally.known += u64::from(!is_new);
            if target.is_positive() {
                wants.push(Want::Grant { row, n: before.last + 1, amount: target });
            }
            return;
        }
        tally.again += 1;
        tally.before.add(before.adopted);
        if before.adopted == target {
            tally.unchanged += 1;
        } else if !self.asked.delta {
            let adopted = before.adopted;
            let why = format!(
                "{adopted} was adopted before, and the table now comes to {target}: \
                 --delta brings in the difference"
            );
            tally.unchanged += 1;
            self.differ(bad(&row).says("differs", why), target, adopted);
        } else if target > before.adopted {
            let amount = target.less(before.adopted);
            wants.push(Want::Grant { row, n: before.last + 1, amount });
        } else {
            self.lower(row, &before, target, wants);
        }
    }

    /// The table went down since.
    fn lower(&mut self, row: Row, before: &Before, target: Amount, wants: &mut Vec<Want>) {
        let by = before.adopted.less(target);
        let Some(takes) = before.lowered_by(by) else {
            let why = format!(
                "the table went down by {by} since, and of what was adopted not so much was bought: \
                 gifts are not taken back"
            );
            self.tally.unchanged += 1;
            self.differ(bad(&row).says("not_lowered", why), target, before.adopted);
            return;
        };
        wants.extend(takes.into_iter().map(|take| Want::Lower { row: row.clone(), take }));
    }

    /// What the table says is not followed.
    fn differ(&mut self, bad: Bad, says: Amount, is: Amount) {
        self.tally.differing += 1;
        self.tally.differs = self.tally.differs.plus(Sum::from(says).minus(Sum::from(is)));
        self.tally.bad.push(bad);
    }

    /// Has credits granted, or taken back.
    fn done(&mut self, wants: Vec<Want>) -> Result<(), Failure> {
        if self.asked.dry_run {
            for want in wants {
                match want {
                    Want::Grant { amount, .. } => self.tally.granted.add(amount),
                    Want::Lower { take, .. } => self.tally.lowered.add(take.amount),
                }
            }
            return Ok(());
        }
        let answers = self.reach.all(wants.iter().map(|want| self.ask(want)).collect())?;
        for (want, said) in wants.into_iter().zip(answers) {
            match want {
                Want::Grant { amount, .. } if said.is_done() => {
                    let granted = Amount::parse(said.text("/amount")).unwrap_or(amount);
                    self.tally.granted.add(granted);
                }
                Want::Lower { take, .. } if said.is_done() => {
                    self.tally.lowered.add(take.amount);
                    let spent = Amount::parse(said.text("/unrecovered")).unwrap_or_default();
                    self.tally.spent.add(spent);
                }
                Want::Grant { row, amount, .. } => {
                    self.differ(bad(&row).says("refused", why(&said)), amount, Amount::ZERO);
                }
                Want::Lower { row, take } => {
                    self.differ(bad(&row).says("refused", why(&said)), Amount::ZERO, take.amount);
                }
            }
        }
        Ok(())
    }

    fn ask(&self, want: &Want) -> Ask {
        let asked = self.asked;
        match want {
            Want::Grant { row, n, amount } if asked.kind == Kind::Bought => {
                let path = format!("/v1/customers/{}/top-ups", row.id);
                let sent = json!({ "payment": asked.mark(*n), "credits": amount });
                Ask::new("POST", &path, sent).keyed(asked.mark(*n))
            }
            Want::Grant { row, n, amount } => {
                let path = format!("/v1/customers/{}/grants", row.id);
                let sent = json!({
                    "kind": asked.kind.word(), "amount": amount, "reason": asked.reason(*n),
                    "expires": asked.expires,
                });
                Ask::new("POST", &path, sent).keyed(asked.mark(*n))
            }
            Want::Lower { row, take } => {
                let path = format!("/v1/customers/{}/top-ups/{}/claw-back", row.id, take.payment);
                let sent = json!({ "credits": take.amount, "reason": asked.lowers() });
                Ask::new("POST", &path, sent).keyed(take.key())
            }
        }
    }
}

fn customer(row: &Row) -> Value {
    let mut sent = json!({});
    if let Some(plan) = &row.plan {
        sent["plan"] = plan.as_str().into();
    }
    if let Some(name) = &row.name {
        sent["name"] = name.as_str().into();
    }
    if let Some(email) = &row.email {
        sent["metadata"] = json!({ "email": email });
    }
    sent
}

fn bad(row: &Row) -> Bad {
    let (customer, balance) = (row.id.clone(), Some(row.balance));
    Bad { row: row.place, customer, balance, code: "", why: String::new() }
}

/// What the books say to it.
fn why(said: &Said) -> String {
    match said.text("/detail") {
        "" => format!("the books answered with {}", said.status),
        detail => format!("the books say: {detail}"),
    }
}
