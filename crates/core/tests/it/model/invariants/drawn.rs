//! From which grants credits are drawn, and in which order.

use super::{Held, hold, millionths};
use crate::model::ledger::Ledger;
use crate::model::play::Story;
use probity_core::command::GrantKind;
use probity_core::entry::{
    Account, Draw, Entry, Facts, GrantFacts, LegEnded, PlanChanged, Transfer,
};
use probity_core::{GrantId, RunId, Time};
use std::collections::BTreeMap;

type Grants = BTreeMap<GrantId, (Time, GrantKind, Time)>;

/// 8. Nothing expired is drawn; the order of drawing is kept, also when what was held is charged.
pub fn nothing_expired_is_drawn_and_the_order_is_kept(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let mut grants = Grants::new();
        let mut ledgers = [Ledger::default(), Ledger::default()];
        let mut held: [BTreeMap<RunId, Vec<Draw>>; 2] = Default::default();
        for entry in &account.journal {
            for facts in granted(entry) {
                let row = (facts.expires.unwrap_or(Time::MAX), facts.kind, facts.effective);
                grants.entry(facts.grant).or_insert(row);
            }
            for book in [0, 1] {
                let place = format!("{name}: entry {}, book {book}", entry.seq);
                let drawn = started_in(entry, book);
                in_order(&ledgers[book], &grants, drawn, entry.at)
                    .map_err(|why| format!("{place}: {why}"))?;
                if let Some(run) = entry.run.filter(|_| !drawn.is_empty()) {
                    held[book].insert(run, drawn.to_vec());
                }
                let moved = transfers(entry, book);
                nothing_expired(&grants, moved, entry.at)
                    .map_err(|why| format!("{place}: {why}"))?;
                if let (Some(run), Some(ended)) = (entry.run, ended_in(entry, book)) {
                    let drawn = held[book].remove(&run).unwrap_or_default();
                    let first = first_of(&drawn, millionths(ended.charged));
                    hold!(ended.drawn == first, "{place}: charged {:?}", ended.drawn);
                }
                ledgers[book].post(moved)?;
            }
        }
    }
    Ok(())
}

fn transfers(entry: &Entry, book: usize) -> &[Transfer] {
    match (&entry.shadow, book) {
        (Some(shadow), 1) => &shadow.transfers,
        _ => &entry.transfers,
    }
}

fn started_in(entry: &Entry, book: usize) -> &[Draw] {
    let (Facts::StartRun(started) | Facts::Run { started, .. }) = &entry.facts else { return &[] };
    match (&entry.shadow, book) {
        (Some(shadow), 1) => shadow.started.as_ref().map_or(&[], |leg| &leg.drawn),
        _ => &started.leg.drawn,
    }
}

fn ended_in(entry: &Entry, book: usize) -> Option<&LegEnded> {
    let (Facts::Settle(ended)
    | Facts::Release(ended)
    | Facts::ExpireRun(ended)
    | Facts::Run { ended, .. }) = &entry.facts
    else {
        return None;
    };
    if ended.late {
        return None;
    }
    match (&entry.shadow, book) {
        (Some(shadow), 1) => shadow.ended.as_ref(),
        _ => Some(&ended.leg),
    }
}

/// Every grant that an entry makes or adds to, in either of the books.
fn granted(entry: &Entry) -> Vec<&GrantFacts> {
    let mut all: Vec<&GrantFacts> = match &entry.facts {
        Facts::OpenCustomer(opened) => opened.plan.grant.iter().collect(),
        Facts::ChangePlan { change: PlanChanged::Now(started), .. } => {
            started.grant.iter().collect()
        }
        Facts::Renew(renewed) => renewed.grant.iter().collect(),
        Facts::Grant(granted) | Facts::TopUp(granted) => vec![&granted.grant],
        Facts::Refund(refund) => refund.grants.iter().collect(),
        Facts::Correct(corrected) => corrected.refund.grants.iter().collect(),
        _ => Vec::new(),
    };
    for book in [0, 1] {
        all.extend(ended_in(entry, book).into_iter().flat_map(|leg| &leg.grants));
    }
    all.extend(entry.shadow.iter().flat_map(|shadow| &shadow.grants));
    all
}

/// Soonest to expire first, each to its last credit before the next, the credit line only then.
fn in_order(ledger: &Ledger, grants: &Grants, drawn: &[Draw], at: Time) -> Held {
    let Some((last, before)) = drawn.split_last() else { return Ok(()) };
    for draw in before {
        let Some(id) = draw.grant else { return Err("a credit line before a grant".to_owned()) };
        hold!(ledger.grant(id) == millionths(draw.amount), "{id} was not drawn to its end");
    }
    let keys: Vec<_> = drawn.iter().filter_map(|d| Some((grants[&d.grant?], d.grant?))).collect();
    hold!(keys.is_sorted(), "drawn out of order: {keys:?}");
    let end = last.grant.map(|id| (grants[&id], id));
    for (id, row) in grants {
        let passed = end.is_none_or(|end| (*row, *id) < end);
        let open = at < row.0 && ledger.grant(*id) > 0;
        let was_drawn = drawn.iter().any(|d| d.grant == Some(*id));
        hold!(!(passed && open) || was_drawn, "{id} was passed over");
    }
    Ok(())
}

/// Credits of an expired grant go nowhere but away, and none come to it.
fn nothing_expired(grants: &Grants, moved: &[Transfer], at: Time) -> Held {
    let is_over = |id: &GrantId| grants[id].0 <= at;
    for transfer in moved {
        if let Account::Available(id) = &transfer.from
            && is_over(id)
        {
            let goes = matches!(transfer.to, Account::Expired(_));
            hold!(goes, "{id} has expired and was drawn");
        }
        if let Account::Available(id) = &transfer.to {
            hold!(!is_over(id), "{id} has expired and was given to");
        }
    }
    Ok(())
}

/// The first credits of what was drawn.
fn first_of(drawn: &[Draw], amount: i128) -> Vec<Draw> {
    let mut left = i64::try_from(amount).expect("small");
    let mut first = Vec::new();
    for draw in drawn {
        let part = draw.amount.millionths().min(left);
        left -= part;
        if part > 0 {
            let amount = probity_core::Amount::from_millionths(part).expect("small");
            first.push(Draw { amount, ..*draw });
        }
    }
    first
}
