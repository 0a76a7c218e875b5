//! Actions compared: what is sold, for how much, and what is free about it.

use super::Class;
use super::judge::{lengths, less, less_is_better, more, more_is_better, none_is_least};
use super::sides::Sides;
use super::tariff::{Tag, in_credits, tariff};
use super::wording::quoted;
use crate::amount::Amount;
use crate::contract::words::Template;
use crate::contract::{
    Action, Contract, FreeRedo, Harsh, Outcome, RunsOn, SameResult, Table, Treatment,
};
use crate::id::Name;
use crate::phrase;
use crate::time::Length;

/// Compares all actions; one of another id is another action.
pub(super) fn actions(sides: &mut Sides<'_>, before: &Table<Action>) {
    let after = &sides.after.actions;
    for was in before.iter() {
        match after.get(&was.id) {
            Some(is) => action(sides, was, is),
            None => {
                let words = format!("{} is no longer offered.", was.name);
                sides.removed(format!("actions.{}", was.id), Class::Adverse, &was.name, words);
            }
        }
    }
    for is in after.iter().filter(|is| before.get(&is.id).is_none()) {
        let old_plans =
            sides.after.plans.iter().filter(|p| sides.before.plans.get(&p.id).is_some());
        let offered = old_plans.filter(|plan| plan.is_offering(&is.id)).count() > 0;
        let class = if offered { Class::Better } else { Class::Neutral };
        let price = in_credits(&is.price, &is.unit);
        let words = format!("New: {}. It costs {price}.", is.name);
        sides.added(format!("actions.{}", is.id), class, &is.name, words);
    }
}

fn action(sides: &mut Sides<'_>, was: &Action, is: &Action) {
    let Action {
        id,
        name,
        unit,
        counts_as,
        delivered_when,
        price,
        after_allowance,
        parts,
        same,
        free_redo,
        paid_even_if,
        needs,
        exploring,
        model,
        outcomes: _, // the contract's own, with `paid_even_if` in them
        too_slow_after,
    } = was;
    let at = format!("actions.{id}");
    called(sides, &at, name, unit, is);
    sold_as(sides, &at, (counts_as, &is.counts_as), (delivered_when, &is.delivered_when), is);
    let tag = Tag { key: format!("{at}.price"), who: &is.name, unit: &is.unit };
    tariff(sides, &tag, price, &is.price);
    beyond(sides, &at, *after_allowance, is);
    in_parts(sides, &at, *parts, is);
    the_same(sides, &at, same, is);
    redo(sides, &at, *free_redo, is);
    for outcome in Outcome::ALL {
        let harsh = paid_even_if.iter().find(|harsh| harsh.outcome == outcome);
        declared(sides, &at, (harsh, is.harsh(outcome)), outcome, is);
    }
    needed(sides, &at, needs, is);
    explored(sides, &at, *exploring, is);
    default_model(sides, &at, model.as_ref(), is);
    slow(sides, &at, *too_slow_after, is);
}

/// Names alone; but where the price is by quantity, the unit says of what.
fn called(sides: &mut Sides<'_>, at: &str, name: &String, unit: &String, is: &Action) {
    let text = |_: &Contract, text: &String| text.clone();
    sides.value(
        format!("{at}.name"),
        (name, &is.name),
        |_, _| Class::Neutral,
        text,
        |was, is| format!("{was} is now called {is}."),
    );
    let counted = if is.is_per_quantity() { Class::Undecidable } else { Class::Neutral };
    sides.value(
        format!("{at}.unit"),
        (unit, &is.unit),
        |_, _| counted,
        text,
        |was, now| format!("{}: its unit is called {now} instead of {was}.", is.name),
    );
}

/// What is paid for is told in words; whether others promise more or less no machine can say.
fn sold_as(
    sides: &mut Sides<'_>,
    at: &str,
    (counts_as, counts_is): (&String, &String),
    (delivered, delivered_is): (&Option<String>, &Option<String>),
    is: &Action,
) {
    sides.value(
        format!("{at}.counts_as"),
        (counts_as, counts_is),
        |_, _| Class::Undecidable,
        |_, text| text.clone(),
        |was, now| {
            let (was, now) = (quoted(was), quoted(now));
            format!("{}: what counts as one is {now} instead of {was}.", is.name)
        },
    );
    sides.value(
        format!("{at}.delivered_when"),
        (delivered, delivered_is),
        |_, is| if is.is_none() { Class::Adverse } else { Class::Undecidable },
        |_, text| text.clone().unwrap_or_else(|| String::from("not said")),
        |was, now| {
            let said =
                |said: bool, text| if said { quoted(text) } else { String::from("nothing said") };
            let (was, now) = (said(delivered.is_some(), was), said(delivered_is.is_some(), now));
            format!("{} is delivered when: {now} instead of {was}.", is.name)
        },
    );
}

/// Without a price beyond it, an allowance that is used up ends there.
fn beyond(sides: &mut Sides<'_>, at: &str, was: Option<Amount>, is: &Action) {
    sides.value(
        format!("{at}.after_allowance"),
        (&was, &is.after_allowance),
        |was, is| match (was, is) {
            (Some(was), Some(is)) => less(was, is),
            (None, _) => Class::Better,
            (_, None) => Class::Adverse,
        },
        |contract, price| {
            let price = price.map(|price| phrase::price(contract, price));
            price.unwrap_or_else(|| String::from("not for sale"))
        },
        |was, now| format!("{} beyond its allowance: {now} instead of {was}.", is.name),
    );
}

/// More parts make a part a smaller share, and a whole result harder to miss: it depends.
fn in_parts(sides: &mut Sides<'_>, at: &str, was: Option<u32>, is: &Action) {
    sides.value(
        format!("{at}.parts"),
        (&was, &is.parts),
        |_, _| Class::Undecidable,
        |_, parts| match parts {
            Some(parts) => phrase::count(u64::from(*parts), "part"),
            None => String::from("no parts"),
        },
        |was, now| format!("{} has {now} instead of {was}.", is.name),
    );
}

fn the_same(sides: &mut Sides<'_>, at: &str, was: &SameResult, is: &Action) {
    let SameResult { once_per, free_for } = was;
    let name = &is.name;
    sides.value(
        format!("{at}.charge_once_per"),
        (once_per, &is.same.once_per),
        |was, is| match (was, is) {
            (None, _) => Class::Better,
            (_, None) => Class::Adverse,
            _ => Class::Undecidable,
        },
        |_, noun| match noun {
            Some(noun) => format!("once per {noun}"),
            None => String::from("each time"),
        },
        |was, now| format!("{name} is charged {now} instead of {was}."),
    );
    sides.value(
        format!("{at}.same_again_free_for"),
        (free_for, &is.same.free_for),
        |was, is| more_is_better(none_is_least(is.as_ref(), was.as_ref(), lengths)),
        |_, window| match window {
            Some(window) => format!("free for {window}"),
            None => String::from("not free"),
        },
        |was, now| format!("{name}: the same again is {now} instead of {was}."),
    );
}

fn redo(sides: &mut Sides<'_>, at: &str, was: Option<FreeRedo>, is: &Action) {
    let name = &is.name;
    let (Some(FreeRedo { times, within }), Some(redo)) = (was, is.free_redo) else {
        sides.value(
            format!("{at}.free_redo"),
            (&was, &is.free_redo),
            |_, is| if is.is_some() { Class::Better } else { Class::Adverse },
            |_, redo| redo.map_or_else(|| String::from("none"), redos),
            |was, now| format!("{name}: free redos: {now} instead of {was}."),
        );
        return;
    };
    sides.value(
        format!("{at}.free_redo.times"),
        (&times, &redo.times),
        more,
        |_, times| phrase::count(u64::from(*times), "free redo"),
        |was, now| format!("{name} comes with {now} instead of {was}."),
    );
    sides.value(
        format!("{at}.free_redo.within"),
        (&within, &redo.within),
        |was, is| more_is_better(lengths(is, was)),
        |_, within| within.to_string(),
        |was, now| format!("{name} can be redone free within {now} instead of {was}."),
    );
}

/// `1 within 7 days`.
fn redos(redo: FreeRedo) -> String {
    format!("{} within {}", redo.times, redo.within)
}

/// A harsh ending, by what it takes; where that is the same it is better to be asked first.
fn declared(
    sides: &mut Sides<'_>,
    at: &str,
    pair: (Option<&Harsh>, Option<&Harsh>),
    outcome: Outcome,
    is: &Action,
) {
    let key = format!("{at}.paid_even_if.{}", outcome.word());
    let (name, when) = (&is.name, ending(outcome));
    match pair {
        (None, None) => {}
        (None, Some(Harsh { outcome: _, why, warning: _ })) => {
            let asked = sides.before.outcomes.of(outcome) == Treatment::Charge;
            let class = if asked { Class::Better } else { Class::Adverse };
            let why = why.trim_end_matches('.');
            let words = format!("{name} is paid even if {when}, because {why}; you are asked.");
            sides.added(key, class, format!("paid even if {when}"), words);
        }
        (Some(_), None) => {
            let charged = sides.after.outcomes.of(outcome) == Treatment::Charge;
            let (class, words) = if charged {
                (
                    Class::Adverse,
                    format!("{name}: you are no longer asked before it is paid even if {when}."),
                )
            } else {
                (Class::Better, format!("{name} is no longer paid if {when}."))
            };
            sides.removed(key, class, format!("paid even if {when}"), words);
        }
        (Some(Harsh { outcome: _, why, warning }), Some(now)) => {
            sides.value(
                format!("{key}.why"),
                (why, &now.why),
                |_, _| Class::Neutral,
                |_, why| why.clone(),
                |was, now| {
                    let (was, now) = (quoted(was), quoted(now));
                    format!("{name} is paid even if {when} because {now}, not {was}.")
                },
            );
            let text = |_: &Contract, warning: &Template| warning.text.clone();
            sides.value(
                format!("{key}.warning"),
                (warning, &now.warning),
                harsh_warning,
                text,
                |was, now| {
                    format!("{name}: you are shown {} instead of {}.", quoted(now), quoted(was))
                },
            );
        }
    }
}

/// Other words for what is agreed to; but whoever is no longer shown the price agrees to less.
fn harsh_warning(was: &Template, is: &Template) -> Class {
    let is_kept = |slot: &str| is.slots().any(|now| now == slot);
    if was.slots().all(is_kept) { Class::Neutral } else { Class::Undecidable }
}

/// After "if": `nothing is found`.
pub(super) const fn ending(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "it is delivered",
        Outcome::Partial => "only a part arrives",
        Outcome::Empty => "nothing is found",
        Outcome::Failed => "it fails",
        Outcome::BadInput => "your input cannot be worked with",
        Outcome::Blocked => "a safety rule stops it",
        Outcome::Cancelled => "you stop before anything arrives",
        Outcome::Abandoned => "you leave once it has begun to arrive",
        Outcome::Reopened => "you open the same again",
    }
}

/// A need more refuses what ran before. A need less is better, but where it kept an action that is
/// paid even without a result from starting with too little to find one.
fn needed(sides: &mut Sides<'_>, at: &str, was: &[Name], is: &Action) {
    let (gone, new) = Sides::lists(was, &is.needs);
    let spared = if is.is_harsh() { Class::Undecidable } else { Class::Better };
    let input = |need: &Name| need.replace('_', " ");
    for need in gone {
        let words = format!("{} no longer needs {}.", is.name, phrase::a(&input(need)));
        sides.removed(format!("{at}.needs"), spared, input(need), words);
    }
    for need in new {
        let need = input(need);
        let words = format!("{} needs {}; without it nothing starts.", is.name, phrase::a(&need));
        sides.added(format!("{at}.needs"), Class::Adverse, need, words);
    }
}

fn explored(sides: &mut Sides<'_>, at: &str, was: bool, is: &Action) {
    sides.value(
        format!("{at}.exploring"),
        (&was, &is.exploring),
        more,
        |_, exempt| String::from(if *exempt { "not counted" } else { "counted" }),
        |_, now| format!("{} is {now} in spend caps and unusual days.", is.name),
    );
}

/// A better class is better, unless the customer's own key pays for it.
fn default_model(sides: &mut Sides<'_>, at: &str, was: Option<&Name>, is: &Action) {
    let (before, after) = (sides.before, sides.after);
    let judged = |was: &Option<&Name>, now: &Option<&Name>| match (was, now) {
        (Some(was), Some(now)) if !is_on_a_key(after, is) => {
            more_is_better(super::model::classes(before, after, now, was))
        }
        _ => Class::Undecidable,
    };
    sides.value(
        format!("{at}.model"),
        (&was, &is.model.as_ref()),
        judged,
        |contract, class| super::model::means(contract, *class, "any model of your plan"),
        |was, now| format!("{} uses {now} instead of {was}, unless you choose.", is.name),
    );
}

fn is_on_a_key(contract: &Contract, action: &Action) -> bool {
    contract.plans.iter().any(|plan| {
        plan.runs_on == RunsOn::OwnKey
            && plan.prices.get(&action.id).is_some_and(|price| price.on_your_key)
    })
}

/// Listed here only where it is the action's own, before or after.
fn slow(sides: &mut Sides<'_>, at: &str, was: Length, is: &Action) {
    let own_before = was != sides.before.failures.too_slow_after;
    let own_after = is.too_slow_after != sides.after.failures.too_slow_after;
    if !own_before && !own_after {
        return;
    }
    sides.value(
        format!("{at}.too_slow_after"),
        (&was, &is.too_slow_after),
        |was, is| less_is_better(lengths(is, was)),
        |_, length| length.to_string(),
        |was, now| format!("{} is free if it takes {now} or more, instead of {was}.", is.name),
    );
}
