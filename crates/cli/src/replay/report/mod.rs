//! What a replay tells: the report as data, the same for terminal, page and JSON.
//!
//! Sums of money are text with their currency, credits and costs are decimal strings, as everywhere
//! in Probity. Nothing here reads a log or decides; [`make()`] fills it from what was added up.

mod customers;
mod make;
mod next;
mod notes;

pub(crate) use make::{customers, make};

use super::rules::Fund;
use super::shapes::Shape;
use probity_core::contract::ContractRef;
use probity_core::margin::Margin;
use probity_core::{Amount, Cost, Money, Time};
use serde::Serialize;

/// The whole report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Report {
    /// Under which contract.
    pub(crate) contract: ContractRef,
    /// Where credits come from.
    pub(crate) fund: Fund,
    /// The log.
    pub(crate) log: Log,
    /// What became of its rows.
    pub(crate) rows: Rows,
    /// The sums of money.
    pub(crate) money: Sums,
    /// What is charged today though nothing was owed.
    pub(crate) charged_today_for: Vec<LeakLine>,
    /// By action.
    pub(crate) actions: Vec<ActionLine>,
    /// Why runs cost nothing, the most frequent first.
    pub(crate) free: Vec<FreeLine>,
    /// Why runs are refused, in the order of the questions.
    pub(crate) refused: Vec<RefusalLine>,
    /// The customers.
    pub(crate) customers: Customers,
    /// By day.
    pub(crate) days: Vec<DayLine>,
    /// Rows that name no action: by what they say instead.
    pub(crate) not_mapped: Vec<WordLine>,
    /// Rows that the contract cannot decide as they are: by what is wrong.
    pub(crate) not_decided: Vec<WordLine>,
    /// Rows that cannot be read.
    pub(crate) broken: Broken,
    /// What was taken as given.
    pub(crate) notes: Vec<String>,
    /// What to try next.
    pub(crate) next: Vec<Next>,
}

/// The log.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Log {
    /// Its name.
    pub(crate) name: String,
    /// Where it comes from.
    pub(crate) shape: Shape,
    /// Which column plays which role.
    pub(crate) columns: String,
    /// Its first instant.
    pub(crate) from: Option<Time>,
    /// Its last instant.
    pub(crate) until: Option<Time>,
    /// From its first day to its last, both counted.
    pub(crate) days: u64,
    /// Does it say how runs ended?
    pub(crate) tells_outcomes: bool,
}

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Rows {
    /// In the log.
    pub(crate) all: u64,
    /// Charged.
    pub(crate) charged: u64,
    /// Free.
    pub(crate) free: u64,
    /// Refused.
    pub(crate) refused: u64,
    /// They name no action of the contract.
    pub(crate) not_mapped: u64,
    /// The contract cannot decide them as they are.
    pub(crate) not_decided: u64,
    /// They cannot be read.
    pub(crate) broken: u64,
}

impl Rows {
    /// Those of which the contract says nothing: for want of an action, or because they cannot be
    /// decided or read.
    pub(crate) const fn left_out(self) -> u64 {
        self.not_mapped + self.not_decided + self.broken
    }

    /// Has any row come to something: charged, or free?
    pub(crate) const fn have_result(self) -> bool {
        self.charged + self.free > 0
    }
}

/// The sums.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Sums {
    /// Charged today; None: the log does not say.
    pub(crate) today: Option<Money>,
    /// Charged under the contract, in credits.
    pub(crate) charged: Amount,
    /// What those are worth.
    pub(crate) worth: Option<Money>,
    /// What plans and packs bring over the log's days.
    pub(crate) plans_and_packs: Money,
    /// What the rows cost you, where it is known; None: for no row.
    pub(crate) cost: Option<Cost>,
    /// For how many rows it is known: for fewer than all, it is at least so much.
    pub(crate) costed: u64,
    /// Why it is not known, and what to add.
    pub(crate) cost_unknown: Option<&'static str>,
    /// What they would cost you under the contract.
    pub(crate) cost_here: Option<Cost>,
}

/// Something that is charged today though nothing was owed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LeakLine {
    /// `failures`, `duplicates`, `repeats` or `reopenings`.
    pub(crate) what: &'static str,
    /// Rows.
    pub(crate) rows: u64,
    /// How many of them are charged today.
    pub(crate) charged: u64,
    /// Today's charges for them.
    pub(crate) today: Money,
    /// Some of those that are charged.
    pub(crate) examples: Vec<ExampleLine>,
}

/// A row as an example.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ExampleLine {
    /// Its line in the log.
    pub(crate) line: u64,
    /// Who.
    pub(crate) customer: String,
    /// What, by name.
    pub(crate) action: String,
    /// How it ended.
    pub(crate) outcome: &'static str,
    /// What is charged for it today.
    pub(crate) today: Money,
}

/// One action.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ActionLine {
    /// Its id.
    pub(crate) action: String,
    /// Its name.
    pub(crate) name: String,
    /// Rows that are about it.
    pub(crate) runs: u64,
    /// How they ended.
    pub(crate) outcomes: Vec<Count>,
    /// Runs charged under the contract.
    pub(crate) charged_runs: u64,
    /// What they are charged.
    pub(crate) charged: Amount,
    /// What that is worth.
    pub(crate) worth: Option<Money>,
    /// Runs that are free.
    pub(crate) free_runs: u64,
    /// By reason.
    pub(crate) free: Vec<Count>,
    /// Runs that are refused.
    pub(crate) refused: u64,
    /// Charged today.
    pub(crate) today: Option<Money>,
    /// What the rows cost you, where it is known.
    pub(crate) cost: Option<Cost>,
    /// How many rows tell their cost.
    pub(crate) costed: u64,
    /// What they would cost you under the contract.
    pub(crate) cost_here: Option<Cost>,
    /// What one row costs: in the middle.
    pub(crate) unit_cost: Option<Cost>,
    /// What one row costs at least in the dearest twentieth.
    pub(crate) unit_cost_p95: Option<Cost>,
    /// What one unit typically costs by your operations.
    pub(crate) unit_cost_expected: Option<Cost>,
    /// What is left of the income under the contract, in millionths of it: at most so much where
    /// fewer rows tell their cost than there are.
    #[serde(serialize_with = "millionths")]
    pub(crate) margin: Option<Margin>,
}

fn millionths<S: serde::Serializer>(margin: &Option<Margin>, s: S) -> Result<S::Ok, S::Error> {
    margin.map(Margin::millionths).serialize(s)
}

/// A word and how often.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Count {
    /// The word.
    pub(crate) what: &'static str,
    /// How often.
    pub(crate) runs: u64,
}

/// Why runs cost nothing.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FreeLine {
    /// The reason's word.
    pub(crate) why: &'static str,
    /// Runs.
    pub(crate) runs: u64,
    /// What is charged for them today.
    pub(crate) today: Option<Money>,
}

/// Why runs are refused.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RefusalLine {
    /// The code.
    pub(crate) code: &'static str,
    /// Its title.
    pub(crate) title: String,
    /// Runs.
    pub(crate) runs: u64,
    /// Customers who meet it.
    pub(crate) customers: u64,
    /// What the runs would have cost.
    pub(crate) needs: Amount,
    /// What is charged for them today.
    pub(crate) today: Option<Money>,
    /// What the first customer who meets it reads, with the ways forward.
    pub(crate) words: Option<String>,
    /// Some of them.
    pub(crate) examples: Vec<ExampleLine>,
}

/// The customers.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Customers {
    /// How many.
    pub(crate) count: u64,
    /// What single customers pay today, and would pay.
    pub(crate) spread: Option<SpreadLines>,
    /// Against today, by what they use.
    pub(crate) by_use: Option<Against>,
    /// Against today, by what plans and packs cost them.
    pub(crate) by_bill: Option<Against>,
    /// How many fall where, by what they use here against today.
    pub(crate) changes: Vec<ChangeBin>,
    /// How many meet a refusal.
    pub(crate) refused: u64,
    /// The ten who use or pay most.
    pub(crate) top: Vec<CustomerLine>,
    /// Are there enough customers (20) for a fifth of all cost to make a tail?
    pub(crate) tails_by_share: bool,
    /// Those who cost you over a fifth of all, or over three times what they would pay.
    pub(crate) tails: Vec<CustomerLine>,
}

/// Middle and tail of what customers pay.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct SpreadLines {
    /// Today.
    pub(crate) today: Option<Quantiles>,
    /// For what they use, under the contract.
    pub(crate) here: Quantiles,
    /// For plans and packs.
    pub(crate) bill: Quantiles,
}

/// Of single customers.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Quantiles {
    /// Half pay no more.
    pub(crate) median: Money,
    /// One in twenty pays more.
    pub(crate) p95: Money,
    /// The most.
    pub(crate) max: Money,
}

/// Customers against today; the same is within a twentieth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Against {
    /// Pay less.
    pub(crate) less: u64,
    /// Pay the same.
    pub(crate) same: u64,
    /// Pay more.
    pub(crate) more: u64,
    /// Of those, more than double.
    pub(crate) more_than_double: u64,
}

/// Customers whose use comes to this much of today's charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ChangeBin {
    /// From…to, in words.
    pub(crate) range: &'static str,
    /// How many.
    pub(crate) customers: u64,
}

/// One customer.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CustomerLine {
    /// Who.
    pub(crate) customer: String,
    /// Their plan at the end.
    pub(crate) plan: String,
    /// Rows.
    pub(crate) runs: u64,
    /// Rows refused.
    pub(crate) refused: u64,
    /// Charged today.
    pub(crate) today: Option<Money>,
    /// Charged under the contract.
    pub(crate) charged: Amount,
    /// What that is worth.
    pub(crate) worth: Option<Money>,
    /// What plans and packs cost them over the log's days.
    pub(crate) bill: Money,
    /// What their rows cost you, where it is known.
    pub(crate) cost: Option<Cost>,
    /// How many rows that is.
    pub(crate) costed: u64,
    /// What they would cost you under the contract.
    pub(crate) cost_here: Option<Cost>,
}

/// One day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DayLine {
    /// The day, in the contract's zone.
    pub(crate) day: String,
    /// Charged today.
    pub(crate) today: Option<Money>,
    /// Charged under the contract, as money.
    pub(crate) worth: Option<Money>,
    /// What its rows cost you, where it is known.
    pub(crate) cost: Option<Cost>,
}

/// A word of the log and how many rows have it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WordLine {
    /// The word.
    pub(crate) word: String,
    /// Rows.
    pub(crate) rows: u64,
    /// The first line that has it, where it was kept.
    pub(crate) line: Option<u64>,
}

/// Rows that cannot be read.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Broken {
    /// By reason.
    pub(crate) by_reason: Vec<WordLine>,
    /// The first of them.
    pub(crate) first: Vec<BrokenLine>,
}

/// A row that cannot be read.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BrokenLine {
    /// Its line.
    pub(crate) line: u64,
    /// The reason's word.
    pub(crate) code: &'static str,
    /// The reason.
    pub(crate) reason: String,
    /// The cell to blame, cut short.
    pub(crate) cell: String,
}

/// What to try next.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Next {
    /// Why.
    pub(crate) why: String,
    /// The command.
    pub(crate) command: String,
}
