//! What moving in comes to: every credit of the table accounted for, every row that was not taken named.

use super::style::{BOLD, DIM, ERROR, GOOD, WARNING};
use super::{one_line, plain};
use crate::adopt::{Asked, Bad, Kind, PlanCredits, Sum, Tally, Terms};
use crate::terminal;
use probity_core::phrase::count;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many rows of one kind are shown.
const SHOWN: usize = 5;

/// What is told of an adoption.
pub(crate) struct Heading<'a> {
    pub(crate) asked: &'a Asked,
    pub(crate) terms: &'a Terms,
    /// `customer ← user_id, balance ← credits`
    pub(crate) columns: String,
    /// The table.
    pub(crate) from: String,
    /// The books.
    pub(crate) place: String,
    /// What a row is called.
    pub(crate) row_word: &'static str,
    pub(crate) tally: &'a Tally,
}

impl Heading<'_> {
    /// For machines.
    pub(crate) fn data(&self) -> Value {
        let asked = self.asked;
        json!({
            "as": asked.name, "kind": asked.kind.word(), "expires": asked.expires,
            "dry_run": asked.dry_run, "delta": asked.delta, "contract": self.terms.contract,
            "columns": self.columns, "from": self.from, "adds_up": true, "tally": self.tally,
        })
    }

    /// For people.
    pub(crate) fn told(&self) -> String {
        let Self { asked, tally, .. } = self;
        let mut out = String::new();
        let (verb, dry) = match asked.dry_run {
            true => ("Would adopt", format!(" {WARNING}Nothing was written.{WARNING:#}")),
            false => ("Adopted", String::new()),
        };
        let _ = writeln!(
            out,
            "{BOLD}{verb}{BOLD:#} {} as {BOLD}{}{BOLD:#} into {}, under {}.{dry}",
            plain(&self.from),
            asked.name,
            plain(&self.place),
            self.terms.contract
        );
        let _ = writeln!(out, "{DIM}{}{DIM:#}\n", plain(&self.columns));
        self.people(&mut out);
        self.credits(&mut out);
        self.refused(&mut out);
        let _ = match tally.is_whole() {
            true => writeln!(
                out,
                "\n{GOOD}It adds up:{GOOD:#} every credit of the table is in the books."
            ),
            false => writeln!(
                out,
                "\n{GOOD}It adds up;{GOOD:#} {ERROR}not everything was taken over:{ERROR:#} see above."
            ),
        };
        out
    }

    fn people(&self, out: &mut String) {
        let tally = self.tally;
        let _ = writeln!(out, "{}, {} refused", count(tally.rows, "row"), tally.refused);
        let opened =
            if self.asked.dry_run { "customers it would open" } else { "customers opened" };
        let lines = [
            (tally.opened, opened),
            (tally.known, "known before, and nothing was adopted of them yet"),
            (tally.again, "adopted before"),
            (tally.unchanged, "of these left as they are"),
            (tally.other_plan, "on another plan than the table says, and left on it"),
        ];
        for (n, what) in lines.into_iter().filter(|(n, _)| *n > 0) {
            let _ = writeln!(out, "  {n:>14}  {what}");
        }
    }

    fn credits(&self, out: &mut String) {
        let (tally, asked) = (self.tally, self.asked);
        let how = match (asked.kind, asked.expires) {
            (kind, Some(at)) => {
                format!("as {} until {}", kind.word(), super::books::day(&at.to_string()))
            }
            (kind, None) => {
                let lasts = self.terms.lasts(kind.word());
                let lasts = if lasts == "forever" { "for ever" } else { lasts };
                format!("as {}, {lasts}", kind.word())
            }
        };
        let _ = writeln!(out, "\nCredits");
        let mut line = |sum: Sum, what: &str| {
            let _ = writeln!(out, "  {:>14}  {what}", format!("{sum:#}"));
        };
        line(tally.table, "in the table");
        let nothing = Sum::default();
        let lines = [
            (tally.before, "adopted before".to_owned()),
            (tally.granted, format!("granted {how}")),
            (nothing.minus(tally.lowered), "taken back, as the table went down since".to_owned()),
            (tally.from_plans, "that plans brought, counted as part of the balances".to_owned()),
            (nothing.minus(tally.rounded), "that rounding up added".to_owned()),
            (nothing.minus(tally.beyond), "that plans brought beyond the balances".to_owned()),
            (tally.in_refused, "in rows that were refused".to_owned()),
            (tally.differs, "that the table says otherwise, and that is not followed".to_owned()),
        ];
        for (n, (sum, what)) in lines.iter().enumerate() {
            if !sum.is_zero() || n == 1 {
                line(*sum, what);
            }
        }
        if !tally.spent.is_zero() {
            let what = "of what was taken back had been spent already; it is no debt";
            line(tally.spent, what);
        }
        if tally.unread > 0 {
            let rows = count(tally.unread, "row");
            let _ = writeln!(out, "  {rows} with a balance that cannot be read: in no sum.");
        }
        if asked.plan_credits == PlanCredits::Extra && self.terms.plans_bring_credits() {
            let _ = writeln!(out, "  What plans bring at once comes on top of all this.");
        }
        if asked.kind != Kind::Bought && !asked.dry_run {
            let _ = writeln!(out, "  {DIM}A later import cannot lower what is given.{DIM:#}");
        }
    }

    fn refused(&self, out: &mut String) {
        let mut by_code: BTreeMap<&str, Vec<&Bad>> = BTreeMap::new();
        for bad in &self.tally.bad {
            by_code.entry(bad.code).or_default().push(bad);
        }
        if by_code.is_empty() {
            return;
        }
        let _ = writeln!(out, "\nNot taken over");
        for (code, bad) in by_code {
            let _ = writeln!(out, "  {BOLD}{code}{BOLD:#}: {}", count(bad.len() as u64, "row"));
            for bad in bad.iter().take(SHOWN) {
                let whose = match bad.customer.as_str() {
                    "" => String::new(),
                    id => format!(", {}", shortened(&one_line(id))),
                };
                let has = bad.balance.map(|has| format!(" with {has}")).unwrap_or_default();
                let text =
                    format!("{} {}{whose}{has}: {}", self.row_word, bad.row, one_line(&bad.why));
                let width = terminal::width().saturating_sub(6);
                for (n, line) in textwrap::wrap(&text, width).iter().enumerate() {
                    let _ = writeln!(out, "    {}{line}", if n == 0 { "" } else { "  " });
                }
            }
            if bad.len() > SHOWN {
                let more = bad.len() - SHOWN;
                let _ = writeln!(out, "    and {more} more; --refused FILE lists them all");
            }
        }
    }
}

fn shortened(id: &str) -> String {
    match id.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", id.get(..at).unwrap_or_default()),
        None => id.to_owned(),
    }
}
