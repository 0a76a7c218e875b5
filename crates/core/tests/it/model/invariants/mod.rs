//! The twelve invariants of deciding, each as a function of a story. None looks at how decisions
//! are made: they read the journal, the answers and the state, and add up for themselves.

mod drawn;
mod paid;
mod told;

pub use drawn::nothing_expired_is_drawn_and_the_order_is_kept;
pub use paid::{
    a_quote_is_honoured_once, a_thing_is_charged_at_most_its_price, what_is_free_never_charges,
};
pub use told::{
    every_attempt_has_a_cost_row, every_run_has_a_receipt_that_names_its_rule,
    experiments_never_draw, shadow_and_announce_change_no_real_wallet,
    statements_add_up_to_what_can_be_used,
};

use super::ledger::Ledger;
use super::play::Story;
use probity_core::entry::{Entry, Facts, LegEnded, LegStarted};
use probity_core::state::{Book, Customer};
use probity_core::{Amount, Name, RunId};
use std::collections::BTreeMap;

/// What is wrong, or nothing.
pub type Held = Result<(), String>;

macro_rules! hold {
    ($condition:expr, $($why:tt)*) => {
        if !$condition {
            return Err(format!($($why)*));
        }
    };
}

pub(super) use hold;

pub fn millionths(amount: Amount) -> i128 {
    i128::from(amount.millionths())
}

/// 1. Entries balance, `seq` is dense, the chain holds, wallets are the fold of transfers.
pub fn entries_balance_and_wallets_are_their_fold(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let (mut real, mut shadow) = (Ledger::default(), Ledger::default());
        let mut chain = None;
        for (i, entry) in account.journal.iter().enumerate() {
            hold!(entry.seq == i as u64 + 1, "{name}: entry {} stands at {}", entry.seq, i + 1);
            post_both(&mut real, &mut shadow, entry)?;
            for ledger in [&real, &shadow] {
                hold!(ledger.total() == 0, "{name}: entry {} does not balance", entry.seq);
                if let Some((wrong, n)) = ledger.overdrawn() {
                    return Err(format!("{name}: {wrong} is {n} after entry {}", entry.seq));
                }
            }
            let body = probity_core::journal::body(entry);
            let next = Some(probity_core::journal::link(chain.as_ref(), &body));
            hold!(next != chain, "{name}: no chain at {}", entry.seq);
            chain = next;
        }
        book_is(&account.state.real, &real).map_err(|why| format!("{name}: {why}"))?;
        book_is(account.state.shadow_book(), &shadow)
            .map_err(|why| format!("{name}, shadow: {why}"))?;
    }
    times_never_go_back(story)
}

/// Posts an entry to both books: the shadow's half counts there, or else the real one in both.
pub fn post_both(real: &mut Ledger, shadow: &mut Ledger, entry: &Entry) -> Held {
    real.post(&entry.transfers)?;
    shadow.post(entry.shadow.as_ref().map_or(&entry.transfers, |s| &s.transfers))
}

fn book_is(book: &Book, ledger: &Ledger) -> Held {
    let owed = millionths(book.owed);
    hold!(owed == ledger.owed(), "owed {owed}, transfers say {}", ledger.owed());
    let available = millionths(book.available());
    hold!(
        available == ledger.available(),
        "available {available}, transfers say {}",
        ledger.available()
    );
    let held = millionths(book.held());
    hold!(held == ledger.all_held(), "held {held}, transfers say {}", ledger.all_held());
    for grant in &book.grants {
        let (has, posted) = (millionths(grant.available), ledger.grant(grant.id));
        hold!(has == posted, "{} has {has}, transfers say {posted}", grant.id);
    }
    for (run, leg) in book.legs.iter() {
        let (has, posted) = (millionths(leg.held()), ledger.held(*run));
        hold!(has == posted, "{run} holds {has}, transfers say {posted}");
    }
    let net: i128 = book.legs.values().map(|leg| millionths(leg.net())).sum();
    hold!(net == ledger.all_earned(), "charged {net}, earned {}", ledger.all_earned());
    Ok(())
}

fn times_never_go_back(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        for pair in account.journal.windows(2) {
            hold!(pair[0].at <= pair[1].at, "{name}: {} is before the last", pair[1].seq);
        }
    }
    Ok(())
}

/// 2. No entry that lowers available ends below the floor.
pub fn nothing_is_lowered_below_the_floor(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let (mut real, mut shadow) = (Ledger::default(), Ledger::default());
        let mut lines: Vec<(Amount, probity_core::Time)> = Vec::new();
        for entry in &account.journal {
            let before = [real.available(), shadow.available()];
            post_both(&mut real, &mut shadow, entry)?;
            if let Facts::Override(facts) = &entry.facts {
                lines.extend(facts.terms.credit_line.map(|line| (line, facts.ends)));
            }
            let live = lines.iter().filter(|(_, ends)| entry.at < *ends).map(|(line, _)| *line);
            let floor = -millionths(live.max().unwrap_or(Amount::ZERO));
            for (before, after) in before.into_iter().zip([real.available(), shadow.available()]) {
                hold!(
                    after >= before || after >= floor,
                    "{name}: entry {} lowers available to {after}, the floor is {floor}",
                    entry.seq
                );
            }
        }
    }
    Ok(())
}

/// A run as its entries tell it, in one of the books.
#[derive(Clone, Debug, Default)]
pub struct Told<'a> {
    pub started: Option<&'a LegStarted>,
    pub ended: Vec<&'a LegEnded>,
    pub refunded: i128,
    pub quoted: Option<Amount>,
}

/// The real leg of every run of one journal, told by its entries alone.
pub fn runs(journal: &[Entry]) -> BTreeMap<RunId, Told<'_>> {
    let mut runs: BTreeMap<RunId, Told<'_>> = BTreeMap::new();
    for entry in journal {
        let Some(id) = entry.run else { continue };
        let run = runs.entry(id).or_default();
        if let Facts::StartRun(started) | Facts::Run { started, .. } = &entry.facts {
            run.started = Some(&started.leg);
            run.quoted = started.quote.as_ref().map(|q| q.price);
        }
        match &entry.facts {
            Facts::Settle(ended) if ended.late => {}
            Facts::Run { ended, .. }
            | Facts::Settle(ended)
            | Facts::Release(ended)
            | Facts::ExpireRun(ended) => run.ended.push(&ended.leg),
            Facts::Refund(refunded) => run.refunded += millionths(refunded.amount),
            Facts::Correct(corrected) => run.refunded += millionths(corrected.refund.amount),
            _ => {}
        }
    }
    runs
}

/// 3. A run ends exactly once; charged + released = held; charged ≤ held ≤ quoted.
pub fn a_run_ends_once_and_its_hold_is_all_told(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        for (id, run) in runs(&account.journal) {
            let Some(started) = run.started else {
                return Err(format!("{name}: {id} was never started"));
            };
            hold!(run.ended.len() <= 1, "{name}: {id} ended {} times", run.ended.len());
            let open = account.state.runs.get(&id).is_some_and(|r| r.end.is_none());
            hold!(open == run.ended.is_empty(), "{name}: {id} is open and ended");
            if let Some(quoted) = run.quoted {
                hold!(started.price <= quoted, "{name}: {id} holds more than its quote");
            }
            let Some(ended) = run.ended.first() else { continue };
            let (charged, released) = (millionths(ended.charged), millionths(ended.released));
            let held = millionths(started.price);
            hold!(
                charged + released == held && charged >= 0 && released >= 0,
                "{name}: {id} held {held}, charged {charged}, released {released}"
            );
        }
    }
    Ok(())
}

/// 7. Refunds ≤ charged.
pub fn refunds_are_at_most_the_charge(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        for (id, run) in runs(&account.journal) {
            let charged: i128 = run.ended.iter().map(|e| millionths(e.charged)).sum();
            hold!(
                (0..=charged).contains(&run.refunded),
                "{name}: {id} charged {charged}, refunded {}",
                run.refunded
            );
        }
        by_book(&account.state, name)?;
    }
    Ok(())
}

fn by_book(state: &Customer, name: &Name) -> Held {
    for book in [&state.real, state.shadow_book()] {
        for (id, leg) in book.legs.iter() {
            hold!(leg.refunded <= leg.charged(), "{name}: {id} refunded more than charged");
            let left: i128 = leg.drawn.iter().map(|d| millionths(d.amount)).sum();
            hold!(
                leg.ended.is_none() || left == millionths(leg.net()),
                "{name}: {id} drew {left}, charged net {}",
                leg.net()
            );
        }
    }
    Ok(())
}
