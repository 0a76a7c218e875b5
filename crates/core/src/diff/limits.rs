//! Limits, alerts and trial runs compared.
//!
//! A limit that stops runs protects whoever would spend too much and hinders whoever would not.
//! Loosened it protects less, which is adverse; tightened it is better for the one and worse for
//! the other, which nobody can decide for them.

use super::Class;
use super::judge::{
    lengths, less_is_better, more, more_is_better, none_is_least, none_is_most, rates,
};
use super::sides::Sides;
use crate::contract::{
    Alerts, BatchWhenShort, Contract, Experiments, Limits, Percent, SpendCap, UnusualDay,
};
use crate::explain::usual_days;
use crate::id::Name;
use crate::phrase;
use crate::time::Length;
use std::cmp::Ordering;

/// What a bound that stops runs is to customers, by how it compares with the one before.
pub(super) fn bound(now: Option<Ordering>) -> Class {
    match now {
        Some(Ordering::Greater) => Class::Adverse,
        Some(Ordering::Equal) => Class::Neutral,
        Some(Ordering::Less) | None => Class::Undecidable,
    }
}

pub(super) fn limits(sides: &mut Sides<'_>, was: &Limits) {
    let Limits { ask_from, spend_cap, at_once, batch_when_short, unusual_day, alerts } = was;
    let is = &sides.after.limits;
    sides.value(
        "limits.ask_from",
        (ask_from, &is.ask_from),
        |was, is| less_is_better(none_is_most(is.as_ref(), was.as_ref(), |a, b| Some(a.cmp(b)))),
        |contract, from| match from {
            Some(from) => format!("from {}", phrase::price(contract, *from)),
            None => String::from("never"),
        },
        |was, now| format!("You are asked first: {now} instead of {was}."),
    );
    cap(sides, spend_cap.as_ref(), is.spend_cap.as_ref());
    sides.value(
        "limits.at_once",
        (at_once, &is.at_once),
        more,
        |_, runs| phrase::count(u64::from(*runs), "run"),
        |was, now| format!("At once you can have {now} instead of {was}."),
    );
    sides.value(
        "limits.batch_when_short",
        (batch_when_short, &is.batch_when_short),
        |_, _| Class::Undecidable,
        |_, batch| {
            String::from(match batch {
                BatchWhenShort::RunWhatFits => "what your credits are enough for",
                BatchWhenShort::AllOrNone => "all of it or nothing",
            })
        },
        |was, now| format!("Of a batch that is too large we run {now} instead of {was}."),
    );
    unusual(sides, *unusual_day, is.unusual_day);
    told(sides, alerts, &is.alerts);
}

fn cap(sides: &mut Sides<'_>, was: Option<&SpendCap>, is: Option<&SpendCap>) {
    let order = |a: &&SpendCap, b: &&SpendCap| {
        let SpendCap { credits, per } = a;
        rates((credits, *per), (&b.credits, b.per))
    };
    sides.value(
        "limits.spend_cap",
        (&was, &is),
        |was, is| bound(none_is_most(is.as_ref(), was.as_ref(), order)),
        |contract, cap| match cap {
            Some(cap) => {
                format!("{} a {}", phrase::price(contract, cap.credits), cap.per.word())
            }
            None => String::from("none"),
        },
        |was, now| format!("The spend cap, unless you set another: {now} instead of {was}."),
    );
}

/// A day is unusual above both of its limits: the more they allow, the later it pauses.
fn unusual(sides: &mut Sides<'_>, was: Option<UnusualDay>, is: Option<UnusualDay>) {
    let (Some(UnusualDay { times_usual, and_over }), Some(now)) = (was, is) else {
        sides.value(
            "limits.unusual_day",
            (&was, &is),
            |_, is| if is.is_none() { Class::Adverse } else { Class::Undecidable },
            |contract, day| match day {
                Some(UnusualDay { times_usual, and_over }) => format!(
                    "over {} and over {}",
                    usual_days(*times_usual),
                    phrase::price(contract, *and_over)
                ),
                None => String::from("never"),
            },
            |was, now| format!("An unusual day pauses and asks: {now} instead of {was}."),
        );
        return;
    };
    sides.value(
        "limits.unusual_day.times_usual",
        (&times_usual, &now.times_usual),
        |was, is| bound(Some(is.cmp(was))),
        |_, times| usual_days(*times),
        |was, now| format!("A day is unusual over {now} instead of {was}."),
    );
    sides.value(
        "limits.unusual_day.and_over",
        (&and_over, &now.and_over),
        |was, is| bound(Some(is.cmp(was))),
        |contract, over| phrase::price(contract, *over),
        |was, now| format!("A day is unusual only over {now} instead of {was}."),
    );
}

/// What is told early, or often, is told better.
fn told(sides: &mut Sides<'_>, was: &Alerts, is: &Alerts) {
    let Alerts { used, runs_out, expires } = was;
    sides.value(
        "limits.alerts.used",
        (used, &is.used),
        |was, is| more_is_better(sets(is, was)),
        |_, used| listed(&used.iter().map(Percent::to_string).collect::<Vec<_>>()),
        |was, now| format!("We tell you when this much is used: {now} instead of {was}."),
    );
    sides.value(
        "limits.alerts.runs_out",
        (runs_out, &is.runs_out),
        |was, is| more_is_better(none_is_least(is.as_ref(), was.as_ref(), lengths)),
        |_, before| before.map_or_else(|| String::from("not at all"), |l| format!("{l} before")),
        |was, now| format!("We tell you that credits run out: {now} instead of {was}."),
    );
    sides.value(
        "limits.alerts.expires",
        (expires, &is.expires),
        |was, is| more_is_better(sets(is, was)),
        |_, before| listed(&before.iter().map(Length::to_string).collect::<Vec<_>>()),
        |was, now| format!("We tell you before credits expire: {now} instead of {was}."),
    );
}

/// More where it holds all of the other; None where each holds something else.
fn sets<T: PartialEq>(a: &[T], b: &[T]) -> Option<Ordering> {
    let holds = |all: &[T], some: &[T]| some.iter().all(|item| all.contains(item));
    match (holds(a, b), holds(b, a)) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        (false, false) => None,
    }
}

fn listed(items: &[String]) -> String {
    if items.is_empty() { String::from("never") } else { phrase::list(items, "and") }
}

/// Compares the trial runs, what may be tried and how often.
pub(super) fn experiments(sides: &mut Sides<'_>, was: Option<&Experiments>) {
    let is = sides.after.experiments.as_ref();
    let (Some(Experiments { actions, allowance, best_model }), Some(now)) = (was, is) else {
        match (was, is) {
            (Some(was), _) => {
                let words = String::from("Trial runs are no longer offered.");
                let text = format!("{} free", was.allowance);
                sides.removed("experiments", Class::Adverse, text, words);
            }
            (_, Some(is)) => {
                let words = format!("New: trial runs, {} free.", is.allowance);
                sides.added("experiments", Class::Better, format!("{} free", is.allowance), words);
            }
            _ => {}
        }
        return;
    };
    tried(sides, actions, &now.actions);
    sides.value(
        "experiments.allowance",
        (allowance, &now.allowance),
        |was, is| more_is_better(super::allowance::order(is, was)),
        |_, allowance| allowance.to_string(),
        |was, now| format!("Trial runs: {now} are free instead of {was}."),
    );
    let (before, after) = (sides.before, sides.after);
    sides.value(
        "experiments.best_model",
        (best_model, &now.best_model),
        |was, is| match (was, is) {
            (Some(was), Some(is)) => more_is_better(super::model::classes(before, after, is, was)),
            _ => Class::Undecidable,
        },
        |contract, class| super::model::means(contract, class.as_ref(), "your plan's best"),
        |was, now| format!("The best AI model of trial runs is {now} instead of {was}."),
    );
}

fn tried(sides: &mut Sides<'_>, was: &[Name], is: &[Name]) {
    let (before, after) = (sides.before, sides.after);
    let (gone, new) = Sides::lists(was, is);
    let name = |contract: &Contract, id: &Name| {
        contract.actions.get(id).map_or_else(|| id.to_string(), |action| action.name.clone())
    };
    // What is no longer offered at all is told where actions are.
    for id in gone.filter(|id| after.actions.get(id).is_some()) {
        let name = name(after, id);
        let words = format!("{name} can no longer be tried out free.");
        sides.removed("experiments.actions", Class::Adverse, name, words);
    }
    for id in new.filter(|id| before.actions.get(id).is_some()) {
        let name = name(after, id);
        let words = format!("{name} can be tried out free.");
        sides.added("experiments.actions", Class::Better, name, words);
    }
}
