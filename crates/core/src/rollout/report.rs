//! The shadow report: what was added up, in the shape that is told.

use super::bills::Bills;
use super::cause::{Cause, Verdict};
use super::fact::{Ended, Fact, Unforeseen};
use super::gate::{Gate, gate};
use super::tally::{Sums, Tally};
use super::total::{Total, count};
use crate::amount::Amount;
use crate::contract::{Contract, ContractRef, Mode, Operations, Outcome, Rollout, Treatment};
use crate::id::{Name, RunId};
use crate::time::{Time, Zone};
use serde::Serialize;
use std::collections::BTreeMap;

/// Which facts a report is about: a window, half-open, and perhaps one action or plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// From this instant on.
    pub since: Time,
    /// Until before this instant; None: until now.
    pub until: Option<Time>,
    /// Only this action.
    pub action: Option<Name>,
    /// Only this plan.
    pub plan: Option<Name>,
}

impl Watch {
    /// Is this instant in the window?
    #[must_use]
    pub fn is_in(&self, at: Time) -> bool {
        at >= self.since && self.until.is_none_or(|until| at < until)
    }

    /// Is it about the action and the plan that are asked for?
    #[must_use]
    pub fn takes(&self, fact: &Fact) -> bool {
        let (action, plan) = match fact {
            Fact::Began { action, plan } | Fact::GivenBack { action, plan, .. } => (action, plan),
            Fact::Ended(ended) => (&ended.action, &ended.plan),
        };
        self.action.as_ref().is_none_or(|only| only == action)
            && self.plan.as_ref().is_none_or(|only| only == plan)
    }
}

/// The report.
#[derive(Clone, Debug, Serialize)]
pub struct Shadow {
    /// From this instant on.
    pub since: Time,
    /// Until before this instant.
    pub until: Time,
    /// Only this action.
    pub action: Option<Name>,
    /// Only this plan.
    pub plan: Option<Name>,
    /// The contract in force.
    pub contract: ContractRef,
    /// The revision of its operations.
    pub operations: u32,
    /// What is rolled out how.
    pub rollout: Modes,
    /// Everything.
    pub sums: Sums,
    /// Of these, the runs that were not enforced: what the gate counts.
    pub watched: Sums,
    /// By action, in the order of the contract.
    pub actions: Vec<SumsLine>,
    /// By plan, in the order of the contract.
    pub plans: Vec<SumsLine>,
    /// By day.
    pub days: Vec<DayLine>,
    /// Would-be refusals, in the order of the questions.
    pub denials: Vec<DenialLine>,
    /// Everybody's bills.
    pub customers: Bills,
    /// Runs of which it is not known what today's billing did.
    pub unknown: u64,
    /// What would be otherwise, by cause, the most frequent first.
    pub causes: Vec<CauseLine>,
    /// Endings that the contract does not speak of.
    pub unforeseen: Vec<UnforeseenLine>,
    /// What stands between this and enforcing.
    pub gate: Gate,
}

/// How a contract is rolled out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Modes {
    /// Where neither action nor plan is listed.
    pub default: Mode,
    /// By action.
    pub actions: BTreeMap<Name, Mode>,
    /// By plan.
    pub plans: BTreeMap<Name, Mode>,
    /// For which share of customers; the others are in shadow.
    pub share: String,
}

impl Modes {
    /// As the operations say it.
    #[must_use]
    pub fn of(rollout: &Rollout) -> Self {
        Self {
            default: rollout.default,
            actions: rollout.actions.clone(),
            plans: rollout.plans.clone(),
            share: rollout.share.to_string(),
        }
    }
}

/// The sums of one action or plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SumsLine {
    /// Its id.
    pub id: Name,
    /// Its name.
    pub name: String,
    /// Its sums.
    pub sums: Sums,
}

/// A day, in the contract's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayLine {
    /// Which.
    pub day: String,
    /// Runs that ended.
    pub runs: u64,
    /// Of these, they would be refused.
    pub denied: u64,
    /// What would be charged.
    pub charged: Total,
    /// What today's billing charged, where it says so.
    pub today: Total,
}

/// Would-be refusals for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DenialLine {
    /// The code.
    pub code: &'static str,
    /// Its title.
    pub title: String,
    /// How many runs.
    pub runs: u64,
    /// What they would cost.
    pub price: Total,
}

/// A run to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// Which.
    pub run: RunId,
    /// Whose.
    pub customer: Name,
    /// Which action.
    pub action: Name,
    /// For which artifact.
    pub artifact: Option<Name>,
    /// When it ended.
    pub at: Time,
    /// How.
    pub outcome: Outcome,
    /// What today's billing charged.
    pub today: Option<Amount>,
    /// What would be charged.
    pub would: Amount,
    /// What the customer would have read, if it had been enforced; None: it is not known.
    pub words: Option<String>,
}

/// Runs that are otherwise for one cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CauseLine {
    /// What would be otherwise.
    pub verdict: Verdict,
    /// Why: its word.
    pub cause: String,
    /// Why, in a sentence.
    pub says: String,
    /// How many runs.
    pub runs: u64,
    /// What today's billing charged for them.
    pub today: Total,
    /// What would be charged for them.
    pub would: Total,
    /// A few of them.
    pub examples: Vec<Example>,
}

/// Endings of one action that the contract does not speak of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnforeseenLine {
    /// In what way.
    pub what: Unforeseen,
    /// Which action.
    pub action: Name,
    /// How it ended.
    pub outcome: Outcome,
    /// What happens now, and what to do.
    pub says: String,
    /// How many runs.
    pub runs: u64,
    /// A few of them.
    pub examples: Vec<Example>,
}

impl Shadow {
    /// Makes the report of what was added up, at an instant.
    #[must_use]
    pub fn of(
        watch: &Watch,
        tally: &Tally,
        customers: Bills,
        (contract, operations): (&Contract, &Operations),
        now: Time,
    ) -> Self {
        let until = watch.until.unwrap_or(now);
        let asked = operations.rollout.enforce_when.as_ref();
        let place: (Time, &Zone) = (until.min(now), &contract.zone);
        let gate = gate(asked, tally, customers.watched, place);
        let names = |id: &Name| contract.actions.get(id).map(|action| action.name.clone());
        let order = |id: &Name| contract.actions.position(id);
        let titles = |id: &Name| contract.plans.get(id).map(crate::contract::Plan::title);
        let plan_order = |id: &Name| contract.plans.position(id);
        Self {
            since: watch.since,
            until,
            action: watch.action.clone(),
            plan: watch.plan.clone(),
            contract: contract.reference(),
            operations: operations.revision,
            rollout: Modes::of(&operations.rollout),
            sums: tally.all,
            watched: tally.watched,
            actions: sums_lines(&tally.actions, names, order),
            plans: sums_lines(&tally.plans, titles, plan_order),
            days: tally.days.iter().map(|(day, sums)| day_line(day.to_string(), sums)).collect(),
            denials: denials(tally),
            customers,
            unknown: tally.all.unknown(),
            causes: causes(tally),
            unforeseen: unforeseen(tally, contract),
            gate,
        }
    }

    /// Every example in it.
    pub fn examples(&mut self) -> impl Iterator<Item = &mut Example> {
        let causes = self.causes.iter_mut().flat_map(|line| &mut line.examples);
        causes.chain(self.unforeseen.iter_mut().flat_map(|line| &mut line.examples))
    }
}

/// In the order of the contract; what it does not have any more comes last.
fn sums_lines(
    all: &BTreeMap<Name, Sums>,
    name: impl Fn(&Name) -> Option<String>,
    place: impl Fn(&Name) -> Option<usize>,
) -> Vec<SumsLine> {
    let mut lines: Vec<SumsLine> = all
        .iter()
        .map(|(id, sums)| SumsLine {
            id: id.clone(),
            name: name(id).unwrap_or_else(|| id.to_string()),
            sums: *sums,
        })
        .collect();
    lines.sort_by_key(|line| place(&line.id).unwrap_or(usize::MAX));
    lines
}

const fn day_line(day: String, sums: &Sums) -> DayLine {
    let Sums { runs, denied, charged, today, .. } = *sums;
    DayLine { day, runs, denied, charged, today }
}

fn denials(tally: &Tally) -> Vec<DenialLine> {
    let lines = tally.denials.iter().map(|(code, denied)| DenialLine {
        code: code.word(),
        title: code.title(),
        runs: denied.runs,
        price: denied.price,
    });
    lines.collect()
}

/// Causes that have one word are one line.
fn causes(tally: &Tally) -> Vec<CauseLine> {
    let mut lines: Vec<CauseLine> = Vec::new();
    for ((verdict, cause), difference) in &tally.causes {
        let examples = difference.examples.iter().map(example);
        let word = cause.word();
        let same = |line: &&mut CauseLine| line.verdict == *verdict && line.cause == word;
        match lines.iter_mut().find(same) {
            Some(line) => {
                count(&mut line.runs, difference.runs);
                line.today.merge(difference.today);
                line.would.merge(difference.would);
                line.examples.extend(examples);
                line.examples.truncate(super::tally::EXAMPLES);
            }
            None => lines.push(CauseLine {
                verdict: *verdict,
                cause: word,
                says: cause.says(),
                runs: difference.runs,
                today: difference.today,
                would: difference.would,
                examples: examples.collect(),
            }),
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.runs));
    lines
}

fn example(ended: &Ended) -> Example {
    Example {
        run: ended.run,
        customer: ended.customer.clone(),
        action: ended.action.clone(),
        artifact: ended.artifact.clone(),
        at: ended.at,
        outcome: ended.outcome,
        today: ended.today.as_ref().and_then(|today| today.charged),
        would: ended.charged,
        words: ended.denial.map(|code| Cause::Denied(code).says()),
    }
}

fn unforeseen(tally: &Tally, contract: &Contract) -> Vec<UnforeseenLine> {
    let lines = tally.unforeseen.iter().map(|((what, action, outcome), found)| UnforeseenLine {
        what: *what,
        action: action.clone(),
        outcome: *outcome,
        says: says(*what, action, *outcome, contract),
        runs: found.runs,
        examples: found.examples.iter().map(example).collect(),
    });
    let mut lines: Vec<_> = lines.collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.runs));
    lines
}

fn says(what: Unforeseen, action: &Name, outcome: Outcome, contract: &Contract) -> String {
    let word = outcome.word();
    match what {
        Unforeseen::NotWritten => {
            let action = contract.actions.get(action);
            let treatment = action.map_or(Treatment::Free, |action| action.outcomes.of(outcome));
            let does = match treatment {
                Treatment::Charge => "it charges the whole price",
                Treatment::Share => "it charges the part that arrived",
                Treatment::Free => "it is free",
            };
            format!(
                "The contract does not say what `{word}` costs, so a default decides: {does}. Write \
                 `outcomes: {{ {word}: … }}`."
            )
        }
        Unforeseen::NoParts => format!(
            "It ended `{word}`, and the action has neither parts nor a quantity: no share can be \
             worked out, so it is free. Give it `parts`, or report another outcome."
        ),
        Unforeseen::NobodySaid => {
            "Nobody said in time how it ended, so it is free. Settle it, or extend it while it runs."
                .to_owned()
        }
        Unforeseen::TooLate => "It was delivered after its time, so it is theirs for nothing. \
                                Report sooner, or promise more time."
            .to_owned(),
    }
}
