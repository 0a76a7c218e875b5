//! What is told: receipts, would-be denials, trials, costs.

use super::{Held, hold, millionths};
use crate::model::books::Event;
use crate::model::naive::call_cost;
use crate::model::play::Story;
use probity_core::RunId;
use probity_core::command::{Act, Attempt, Purpose};
use probity_core::contract::Mode;
use probity_core::entry::{Account, AttemptFacts, Entry, Facts, Started};
use probity_core::view::statement::{ItemKind, Posted, moved as moved_by};
use probity_core::view::{Desk, Reader};
use std::collections::BTreeMap;

/// What the transfers of a run come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Moved {
    held: i128,
    taken: i128,
    given_back: i128,
}

fn moved(journal: &[Entry]) -> BTreeMap<RunId, Moved> {
    let mut runs = BTreeMap::<RunId, Moved>::new();
    for entry in journal {
        let Some(id) = entry.run else { continue };
        let run = runs.entry(id).or_default();
        for transfer in &entry.transfers {
            let amount = millionths(transfer.amount);
            if transfer.to == Account::Held(id) {
                run.held += amount;
            }
            match (&transfer.from, &transfer.to) {
                (_, Account::Earned(_)) => run.taken += amount,
                (Account::Earned(_), _) => run.given_back += amount,
                _ => {}
            }
        }
    }
    runs
}

/// 9. Every run has a receipt naming its rule; the price it shows is the price that was taken.
pub fn every_run_has_a_receipt_that_names_its_rule(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let books = &story.books;
        let at = account.journal.last().expect("an entry").at;
        let desk = Desk::new(&books.catalog, &books.sums, &account.state, at).expect("their terms");
        for (id, moved) in moved(&account.journal) {
            let Some(receipt) = desk.receipt(id, Reader::Product) else {
                return Err(format!("{name}: {id} has no receipt"));
            };
            hold!(
                receipt.outcome.is_some() == receipt.rule.is_some(),
                "{name}: {id} ended {:?} by rule {:?}",
                receipt.outcome,
                receipt.rule
            );
            let shown = Moved {
                held: millionths(receipt.held),
                taken: millionths(receipt.charged),
                given_back: millionths(receipt.refunded),
            };
            hold!(shown == moved, "{name}: {id} shows {shown:?}, moved were {moved:?}");
        }
    }
    Ok(())
}

fn begun(journal: &[Entry]) -> BTreeMap<RunId, &Started> {
    let started = journal.iter().filter_map(|entry| match &entry.facts {
        Facts::StartRun(started) | Facts::Run { started, .. } => Some((started.run, &**started)),
        _ => None,
    });
    started.collect()
}

/// 10. Shadow and announce change no real wallet; every would-be denial is counted.
pub fn shadow_and_announce_change_no_real_wallet(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let begun = begun(&account.journal);
        let mut denials = 0;
        for entry in &account.journal {
            denials += usize::from(entry.shadow.as_ref().is_some_and(|s| s.denial.is_some()));
            let run = entry.run.and_then(|id| begun.get(&id));
            let apart = run.is_some_and(|started| started.mode != Mode::Enforce);
            hold!(!apart || entry.transfers.is_empty(), "{name}: entry {} moves", entry.seq);
        }
        let counted = account.state.runs.values().filter(|r| r.would_deny.is_some()).count();
        hold!(counted == denials, "{name}: {denials} would-be denials, {counted} are known");
    }
    Ok(())
}

/// 11. Experiments never draw on the wallet, in neither of the books.
pub fn experiments_never_draw(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let begun = begun(&account.journal);
        for entry in &account.journal {
            let run = entry.run.and_then(|id| begun.get(&id));
            if run.is_some_and(|started| started.purpose == Purpose::Experiment) {
                let there = entry.shadow.as_ref().map_or(0, |shadow| shadow.transfers.len());
                let none = entry.transfers.is_empty() && there == 0;
                hold!(none, "{name}: entry {} of a trial moves credits", entry.seq);
            }
        }
    }
    Ok(())
}

/// The rows of the cost book that an entry writes.
fn rows(entry: &Entry) -> &[AttemptFacts] {
    match &entry.facts {
        Facts::Run { ended, .. }
        | Facts::Settle(ended)
        | Facts::Release(ended)
        | Facts::ExpireRun(ended) => &ended.attempts,
        Facts::Attempts { attempts, .. } => attempts,
        _ => &[],
    }
}

/// 12. Every attempt has a cost row, also of released runs; an unknown price is unknown.
pub fn every_attempt_has_a_cost_row(story: &Story) -> Held {
    for moment in &story.moments {
        let (Event::Command { act, .. }, Some(Ok(decision))) =
            (&moment.event, &moment.answer.decision)
        else {
            continue;
        };
        let reported: &[Attempt] = match act {
            Act::StartRun(request) => request.report.as_ref().map_or(&[], |r| &r.attempts),
            Act::Settle { report, .. } => &report.attempts,
            Act::Attempts { attempts, .. } => attempts,
            _ => continue,
        };
        let Some(entry) = &decision.entry else { continue };
        // What was owned is opened again, whatever is reported: no work was done.
        let reopened = matches!(&entry.facts, Facts::Run { started, .. }
            if started.kind == probity_core::entry::RunKind::Reopened);
        if reopened {
            continue;
        }
        let version = story.books.catalog.version(entry.contract.version).expect("published");
        let operations = version.operations.iter().find(|o| o.revision == entry.operations);
        let costs = operations.expect("published").costs.as_ref();
        let written = rows(entry);
        hold!(written.len() == reported.len(), "an attempt is missing\n{moment}");
        for (row, call) in written.iter().zip(reported) {
            let cost = costs.and_then(|costs| call_cost(costs, call));
            hold!(row.cost == cost, "a call cost {cost:?}, not {:?}\n{moment}", row.cost);
            hold!(row.own_key == call.own_key, "another pays\n{moment}");
        }
    }
    for (name, account) in &story.books.accounts {
        for (id, run) in account.state.runs.iter() {
            let of = account.journal.iter().filter(|entry| entry.run == Some(*id));
            let written: usize = of.map(|entry| rows(entry).len()).sum();
            hold!(run.attempts.len() == written, "{name}: {id} forgot an attempt");
        }
    }
    Ok(())
}

/// 13. The items of a statement add up to what can be used, and each run that ended is one of them.
pub fn statements_add_up_to_what_can_be_used(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let books = &story.books;
        let at = account.journal.last().expect("an entry").at;
        let desk = Desk::new(&books.catalog, &books.sums, &account.state, at).expect("their terms");
        let began = |run: RunId| {
            account.journal.iter().find(|entry| match &entry.facts {
                Facts::StartRun(started) | Facts::Run { started, .. } => started.run == run,
                _ => false,
            })
        };
        let (mut available, mut sum) = (account.state.real.available(), 0);
        let mut of_runs = BTreeMap::<RunId, u32>::new();
        for entry in account.journal.iter().rev() {
            let run = entry.run.and_then(|run| account.state.runs.get(&run));
            let posted = Posted {
                entry,
                began: entry.run.and_then(began),
                available,
                is_held: run.is_some_and(|run| run.end.is_none()),
            };
            for item in desk.statement_items(&posted) {
                sum += millionths(item.amount);
                hold!(!item.why.is_empty(), "{name}: item {} says no reason", item.item);
                let is_run =
                    matches!(item.kind, ItemKind::Charged | ItemKind::NotCharged | ItemKind::Held);
                if let (true, Some(run)) = (is_run, item.run) {
                    *of_runs.entry(run).or_default() += 1;
                }
            }
            available = available.minus(moved_by(entry).expect("a sum")).expect("a sum");
        }
        let shown = millionths(account.state.real.available());
        hold!(sum == shown, "{name}: the items add up to {sum}, {shown} can be used");
        hold!(available.is_zero(), "{name}: {available} was there before the first entry");
        let all: Vec<RunId> = account.state.runs.keys().copied().collect();
        hold!(of_runs.keys().copied().collect::<Vec<_>>() == all, "{name}: a run has no item");
        hold!(of_runs.values().all(|n| *n == 1), "{name}: a run has two items: {of_runs:?}");
    }
    Ok(())
}
