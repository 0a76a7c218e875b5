//! What is charged: never where it is free, at most the price of a thing, as a quote promised.

use super::{Held, hold, millionths};
use crate::model::books::Event;
use crate::model::play::Story;
use probity_core::command::Act;
use probity_core::contract::{Action, Outcome};
use probity_core::entry::{Ended, Entry, Facts, LegEnded, RunKind, Started};
use probity_core::{Name, RunId, Time};
use std::collections::{BTreeMap, BTreeSet};

/// The beginning and the end that an entry tells.
fn parts_of(entry: &Entry) -> (Option<&Started>, Option<&Ended>) {
    match &entry.facts {
        Facts::StartRun(started) => (Some(started), None),
        Facts::Run { started, ended } => (Some(started), Some(ended)),
        Facts::Settle(ended) | Facts::Release(ended) | Facts::ExpireRun(ended) => {
            (None, Some(ended))
        }
        _ => (None, None),
    }
}

fn action_of<'a>(story: &'a Story, started: &Started) -> &'a Action {
    let version = story.books.catalog.version(started.contract).expect("published");
    version.contract.actions.get(&started.action).expect("listed")
}

/// 4. `failed bad_input blocked cancelled reopened` never charge; `empty` only if it was agreed to.
pub fn what_is_free_never_charges(story: &Story) -> Held {
    let free = ["failed", "bad_input", "blocked", "cancelled", "reopened"];
    for (name, account) in &story.books.accounts {
        let mut began: BTreeMap<RunId, &Started> = BTreeMap::new();
        for entry in &account.journal {
            let (started, ended) = parts_of(entry);
            began.extend(started.map(|s| (s.run, s)));
            let (Some(id), Some(ended)) = (entry.run, ended) else { continue };
            let started = began[&id];
            let there = entry.shadow.as_ref().and_then(|s| s.ended.as_ref());
            let charges = |leg: &LegEnded| leg.charged.is_positive();
            let any = charges(&ended.leg) || there.is_some_and(charges);
            let word = ended.outcome.word();
            hold!(!(free.contains(&word) && any), "{name}: {id} is {word} and charged");
            if ended.outcome == Outcome::Empty && charges(&ended.leg) {
                let declared = &action_of(story, started).paid_even_if;
                let declared = declared.iter().any(|harsh| harsh.outcome == Outcome::Empty);
                let agreed = started.confirmation.is_some() && started.quote.is_some();
                hold!(declared && agreed, "{name}: {id} is empty, charged, and nobody agreed");
            }
        }
    }
    Ok(())
}

/// What one thing was charged within its present window.
#[derive(Default)]
struct Paid {
    /// Net, by run; what was asked for afresh or redone is paid for by itself.
    charges: BTreeMap<RunId, i128>,
    /// The highest price of the whole.
    price: i128,
    last: Option<Time>,
}

/// 5. An artifact is charged at most its price in its window, net of refunds.
pub fn a_thing_is_charged_at_most_its_price(story: &Story) -> Held {
    for (name, account) in &story.books.accounts {
        let mut began: BTreeMap<RunId, (&Started, Time)> = BTreeMap::new();
        let mut things: BTreeMap<(&Name, &Name), Paid> = BTreeMap::new();
        for entry in &account.journal {
            let (started, ended) = parts_of(entry);
            began.extend(started.map(|s| (s.run, (s, entry.at))));
            let Some((started, at)) = entry.run.and_then(|id| began.get(&id).copied()) else {
                continue;
            };
            let Some(artifact) = started.artifact.as_ref().filter(|_| started.tracked) else {
                continue;
            };
            let paid = things.entry((&started.action, artifact)).or_default();
            let back = match &entry.facts {
                Facts::Refund(refund) => refund.amount,
                Facts::Correct(corrected) => corrected.refund.amount,
                _ => probity_core::Amount::ZERO,
            };
            if let Some(charge) = paid.charges.get_mut(&started.run) {
                *charge -= millionths(back);
            }
            if let Some(ended) = ended.filter(|e| e.leg.charged.is_positive()) {
                let charged = millionths(ended.leg.charged);
                paid.charge(story, started, at, entry.at, charged);
            }
            let sum: i128 = paid.charges.values().sum();
            hold!(
                sum <= paid.price,
                "{name}: {} for {artifact} was charged {sum} in all, its price is {}",
                started.action,
                paid.price
            );
        }
    }
    Ok(())
}

impl Paid {
    fn charge(&mut self, story: &Story, started: &Started, began: Time, at: Time, charged: i128) {
        let action = action_of(story, started);
        let zone = &story.books.catalog.version(started.contract).expect("published").contract.zone;
        let over = |last: Time| match (&action.same.once_per, action.same.free_for) {
            (None, Some(window)) => window.after(last, zone) <= began,
            _ => false,
        };
        if self.last.is_some_and(over) {
            *self = Self::default();
        }
        self.last = Some(at);
        if !matches!(started.kind, RunKind::Fresh | RunKind::Redo) {
            self.charges.insert(started.run, charged);
            self.price = self.price.max(millionths(started.leg.full));
        }
    }
}

/// 6. A quote is honoured to the letter, once: what it binds, at most at its price, until it expires.
pub fn a_quote_is_honoured_once(story: &Story) -> Held {
    let mut served = BTreeSet::new();
    for moment in &story.moments {
        let Event::Command { act: Act::StartRun(request), .. } = &moment.event else { continue };
        let Some(quote) = request.quote.as_deref() else { continue };
        let Some(Ok(_)) = &moment.answer.decision else { continue };
        let entry = moment.answer.wrote.last().expect("it wrote");
        let (Some(started), _) = parts_of(entry) else {
            return Err(format!("a run started without saying so\n{moment}"));
        };
        hold!(served.insert(&quote.id), "{} served a second run\n{moment}", quote.id);
        hold!(moment.at < quote.expires_at, "{} had expired\n{moment}", quote.id);
        hold!(started.leg.price <= quote.price, "more than {} said\n{moment}", quote.id);
        let there = entry.shadow.as_ref().and_then(|s| s.started.as_ref());
        hold!(
            there.is_none_or(|leg| leg.price <= quote.price),
            "more than {} said, in the shadow books\n{moment}",
            quote.id
        );
        let used = started.quote.as_ref().map(|q| (&q.id, q.price));
        hold!(used == Some((&quote.id, quote.price)), "another quote was noted\n{moment}");
        let is_bound = started.action == quote.action
            && (quote.artifact.is_none() || started.artifact == quote.artifact)
            && (quote.quantity.is_none() || started.quantity == quote.quantity)
            && (quote.model.is_none() || started.model == quote.model)
            && (quote.member.is_none() || started.member == quote.member)
            && (started.contract, started.operations) == (quote.contract, quote.operations);
        hold!(is_bound, "{} bound something else\n{moment}", quote.id);
    }
    Ok(())
}
