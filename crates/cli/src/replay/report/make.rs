//! From sums to the report.

use super::customers as of_customers;
use super::{
    ActionLine, Broken, BrokenLine, Count, CustomerLine, DayLine, ExampleLine, FreeLine, LeakLine,
    Log, RefusalLine, Report, Rows, Sums, WordLine, next, notes,
};
use crate::replay::columns::Columns;
use crate::replay::found::{Example, Examples, Flow, Free, Leak};
use crate::replay::maker::{Seen, Words};
use crate::replay::pipeline::{BrokenRows, Replayed};
use crate::replay::role::Role;
use crate::replay::rules::Rules;
use crate::replay::tally::{OfAction, Tally, grow, grow_cost};
use crate::replay::typed::Typed;
use probity_core::contract::Action;
use probity_core::margin::{CreditValue, Earning, unit_cost};
use probity_core::{Amount, Cost, Money, Time};
use std::collections::BTreeMap;

/// Everything a report is made from.
pub(super) struct Making<'a> {
    pub(super) rules: &'a Rules,
    pub(super) tally: &'a Tally,
    pub(super) seen: &'a Seen,
    pub(super) columns: &'a Columns,
    pub(super) broken: &'a BrokenRows,
    pub(super) knows_today: bool,
    pub(super) knows_cost: bool,
    /// What one credit is worth: the list price, else the least that one is sold for.
    credit: Option<Money>,
}

impl<'a> Making<'a> {
    /// From what was replayed under these rules.
    fn of(rules: &'a Rules, done: &'a Replayed, columns: &'a Columns) -> Self {
        let list_price = rules.contract.credit.list_price;
        let least = || CreditValue::lowest(&rules.contract)?.per_credit();
        Self {
            rules,
            tally: &done.tally,
            seen: &done.seen,
            columns,
            broken: &done.broken,
            knows_today: done.tally.told > 0,
            knows_cost: done.tally.costed > 0,
            credit: list_price.or_else(least),
        }
    }
}

/// Every customer of a replay, in the order of first appearance.
pub(crate) fn customers(rules: &Rules, done: &Replayed, columns: &Columns) -> Vec<CustomerLine> {
    of_customers::every(&Making::of(rules, done, columns))
}

/// Makes the report of a replay that was asked for like this.
pub(crate) fn make(rules: &Rules, done: &Replayed, columns: &Columns, typed: &Typed) -> Report {
    let contract = &rules.contract;
    let lowest = CreditValue::lowest(contract);
    let making = Making::of(rules, done, columns);
    let rows = making.rows();
    let span = done.tally.span;
    let log = Log {
        name: typed.log_name().to_owned(),
        shape: columns.shape,
        columns: columns.describe(),
        from: span.map(|(from, _)| from),
        until: span.map(|(_, until)| until),
        days: making.days_of_log(),
        tells_outcomes: columns.source(Role::Outcome).is_some(),
    };
    Report {
        contract: contract.reference(),
        fund: rules.fund,
        log,
        rows,
        money: making.money(typed),
        charged_today_for: making.leaks(),
        actions: making.actions(lowest.as_ref()),
        free: making.free(),
        refused: making.refusals(),
        customers: of_customers::customers(&making),
        days: making.days(),
        not_mapped: words(&done.seen.unmapped),
        not_decided: making.not_decided(),
        broken: making.broken(),
        notes: notes::notes(&making),
        next: next::next(&making, typed),
    }
}

impl Making<'_> {
    /// What credits are worth in money.
    pub(super) fn worth(&self, credits: Amount) -> Option<Money> {
        Money::of_credits(credits, self.credit?)
    }

    /// The days of the log, the first and the last counted.
    pub(super) fn days_of_log(&self) -> u64 {
        let day = |at| i64::from(self.rules.contract.zone.day_number(at));
        let days = self.tally.span.map_or(0, |(first, last)| day(last) - day(first) + 1);
        u64::try_from(days).unwrap_or(0)
    }

    /// A customer's name in the log.
    pub(super) fn customer(&self, number: u32) -> String {
        self.seen.customers.name(number).map(ToString::to_string).unwrap_or_default()
    }

    fn today(&self, flow: &Flow) -> Option<Money> {
        self.knows_today.then_some(flow.today)
    }

    pub(super) fn rows(&self) -> Rows {
        let actions = &self.tally.actions;
        let broken = self.broken.count();
        Rows {
            all: self.tally.flow.rows + broken,
            charged: actions.iter().map(|a| a.charged_runs).sum(),
            free: actions.iter().flat_map(|a| a.free.values()).map(|f| f.rows).sum(),
            refused: actions.iter().map(|a| a.refused.rows).sum(),
            not_mapped: self.tally.unmapped.rows,
            not_decided: self.tally.undecided.values().map(|(n, _)| n).sum(),
            broken,
        }
    }

    fn money(&self, typed: &Typed) -> Sums {
        let mut charged = Amount::ZERO;
        let mut spared = Cost::ZERO;
        for action in &self.tally.actions {
            crate::replay::tally::grow_amount(&mut charged, action.charged);
            grow_cost(&mut spared, action.spared);
        }
        let mut bill = Money::zero(self.rules.contract.currency);
        self.tally.customers.iter().for_each(|c| grow(&mut bill, c.bill));
        let cost = self.tally.cost;
        Sums {
            today: self.today(&self.tally.flow),
            charged,
            worth: self.worth(charged),
            plans_and_packs: bill,
            cost: self.knows_cost.then_some(cost),
            costed: self.tally.costed,
            cost_unknown: (!self.knows_cost).then_some(if typed.log == "--sample" {
                "operations.yaml does not say what actions cost: add `costs` to it, the tokens and \
                 supplier calls of each action."
            } else {
                "No row of the log says so: name its column with --map cost=COLUMN."
            }),
            cost_here: cost.minus(spared).filter(|_| self.knows_cost),
        }
    }

    fn leaks(&self) -> Vec<LeakLine> {
        if !self.knows_today {
            return Vec::new();
        }
        let line = |leak: Leak| {
            let (flow, examples) = self.tally.leaks.get(&leak)?;
            Some(LeakLine {
                what: leak.word(),
                rows: flow.rows,
                charged: flow.charged_today,
                today: flow.today,
                examples: self.examples(examples),
            })
        };
        Leak::ALL.into_iter().filter_map(line).collect()
    }

    fn examples(&self, examples: &Examples) -> Vec<ExampleLine> {
        examples.all().iter().map(|example| self.example(example)).collect()
    }

    fn example(&self, example: &Example) -> ExampleLine {
        let contract = &self.rules.contract;
        let action = example.action.and_then(|n| contract.actions.at(usize::from(n)));
        ExampleLine {
            line: example.line,
            customer: self.customer(example.customer),
            action: action.map(|a| a.name.clone()).unwrap_or_default(),
            outcome: example.outcome.word(),
            today: Money::of_trillionths(contract.currency, i128::from(example.today)),
        }
    }

    fn actions(&self, lowest: Option<&CreditValue>) -> Vec<ActionLine> {
        let actions = self.rules.contract.actions.iter().zip(&self.tally.actions);
        actions.map(|(action, sums)| self.action(action, sums, lowest)).collect()
    }

    fn action(&self, action: &Action, sums: &OfAction, lowest: Option<&CreditValue>) -> ActionLine {
        let (contract, operations) = (&self.rules.contract, &self.rules.operations);
        let known = sums.costed > 0;
        let here = sums.cost.minus(sums.spared).filter(|_| known);
        let income = lowest.and_then(|lowest| lowest.worth(sums.charged));
        let overhead = operations.costs.as_ref().map(|costs| costs.overhead).unwrap_or_default();
        let earning =
            income.zip(here).and_then(|(income, cost)| Earning::of(income, cost, overhead));
        ActionLine {
            action: action.id.to_string(),
            name: action.name.clone(),
            runs: sums.flow.rows,
            outcomes: counts(sums.outcomes.iter().map(|(outcome, n)| (outcome.word(), *n))),
            charged_runs: sums.charged_runs,
            charged: sums.charged,
            worth: self.worth(sums.charged),
            free_runs: sums.free.values().map(|flow| flow.rows).sum(),
            free: counts(sums.free.iter().map(|(why, flow)| (why.word(), flow.rows))),
            refused: sums.refused.rows,
            today: self.today(&sums.flow),
            cost: known.then_some(sums.cost),
            costed: sums.costed,
            cost_here: here,
            unit_cost: sums.spread.quantile(50),
            unit_cost_p95: sums.spread.quantile(95),
            unit_cost_expected: unit_cost(contract, operations, action, None).typical,
            margin: earning.and_then(|earning| earning.margin),
        }
    }

    fn free(&self) -> Vec<FreeLine> {
        let none = Flow::none(self.rules.contract.currency);
        let mut all: BTreeMap<Free, Flow> = BTreeMap::new();
        for (why, flow) in self.tally.actions.iter().flat_map(|a| &a.free) {
            all.entry(*why).or_insert(none).merge(flow);
        }
        let line = |(why, flow): (Free, Flow)| FreeLine {
            why: why.word(),
            runs: flow.rows,
            today: self.today(&flow),
        };
        let mut lines: Vec<_> = all.into_iter().map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.runs));
        lines
    }

    fn refusals(&self) -> Vec<RefusalLine> {
        let line =
            |(code, refused): (&probity_core::decide::Code, &crate::replay::tally::Refused)| {
                RefusalLine {
                    code: code.word(),
                    title: code.title(),
                    runs: refused.flow.rows,
                    customers: refused.customers,
                    needs: refused.needs,
                    today: self.today(&refused.flow),
                    words: refused.first.as_ref().map(|(_, words)| words.clone()),
                    examples: self.examples(&refused.examples),
                }
            };
        self.tally.refusals.iter().map(line).collect()
    }

    fn days(&self) -> Vec<DayLine> {
        let line = |(day, sums): (&i32, &crate::replay::tally::OfDay)| {
            let noon = Time::from_micros(i64::from(*day) * 86_400_000_000);
            let text = noon.to_string();
            DayLine {
                day: text.split('T').next().unwrap_or_default().to_owned(),
                today: self.knows_today.then_some(sums.today),
                worth: self.worth(sums.charged),
                cost: (sums.costed > 0).then_some(sums.cost),
            }
        };
        self.tally.days.iter().map(line).collect()
    }

    fn not_decided(&self) -> Vec<WordLine> {
        let line = |(why, (rows, first)): (&String, &(u64, u64))| WordLine {
            word: why.clone(),
            rows: *rows,
            line: Some(*first),
        };
        self.tally.undecided.iter().map(line).collect()
    }

    fn broken(&self) -> Broken {
        let by_reason = self.broken.by_reason.iter();
        let line = |row: &crate::replay::pipeline::BrokenRow| BrokenLine {
            line: row.line,
            code: row.reason.code(),
            reason: row.reason.to_string(),
            cell: row.cell.clone(),
        };
        Broken {
            by_reason: by_reason
                .map(|(word, rows)| WordLine { word: word.clone(), rows: *rows, line: None })
                .collect(),
            first: self.broken.first.iter().map(line).collect(),
        }
    }
}

fn counts(all: impl Iterator<Item = (&'static str, u64)>) -> Vec<Count> {
    let mut counts: Vec<_> = all.map(|(what, runs)| Count { what, runs }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.runs));
    counts
}

pub(super) fn words(words: &Words) -> Vec<WordLine> {
    let line = |(word, rows): (&str, u64)| WordLine { word: word.to_owned(), rows, line: None };
    words.by_count().into_iter().map(line).take(10).collect()
}
