//! Names, links, sentences and accepted findings compared: what is read, and nothing that is paid.

use super::Class;
use super::sides::Sides;
use crate::contract::words::{State, Template, Words};
use crate::contract::{Links, Waiver};
use crate::id::Name;
use std::collections::BTreeSet;

pub(super) fn name(sides: &mut Sides<'_>, was: &Name) {
    let is = &sides.after.name;
    sides.value(
        "contract",
        (was, is),
        |_, _| Class::Neutral,
        |_, name| name.to_string(),
        |was, now| format!("The contract is called {now} instead of {was}."),
    );
}

pub(super) fn links(sides: &mut Sides<'_>, was: &Links) {
    let Links { top_up, plans, own_key, contact } = was;
    let is = &sides.after.links;
    let all = [
        ("top_up", top_up, &is.top_up, "Credits are bought"),
        ("plans", plans, &is.plans, "Plans are chosen"),
        ("own_key", own_key, &is.own_key, "An own AI key is added"),
        ("contact", contact, &is.contact, "You reach us"),
    ];
    for (key, was, is, what) in all {
        sides.value(
            format!("links.{key}"),
            (was, is),
            |_, _| Class::Neutral,
            |_, link| link.clone().unwrap_or_else(|| String::from("no link")),
            |was, now| format!("{what} at {now} instead of {was}."),
        );
    }
}

/// Compares what is said in each state: to everybody, and for single actions.
pub(super) fn words(sides: &mut Sides<'_>, was: &Words) {
    let is = &sides.after.words;
    for state in State::ALL.iter().copied() {
        let pair = (was.sentence(None, state), is.sentence(None, state));
        let key = format!("words.{}", state.word());
        said(sides, key, (&pair.0, &pair.1));
    }
    let own = was.by_action().chain(is.by_action());
    let own: BTreeSet<(&Name, State)> = own.map(|(action, state, _)| (action, state)).collect();
    let both = |action: &Name| {
        sides.before.actions.get(action).is_some() && sides.after.actions.get(action).is_some()
    };
    let own: Vec<_> = own.into_iter().filter(|(action, _)| both(action)).collect();
    for (action, state) in own {
        let pair = (was.sentence(Some(action), state), is.sentence(Some(action), state));
        said(sides, format!("words.{action}.{}", state.word()), (&pair.0, &pair.1));
    }
}

fn said(sides: &mut Sides<'_>, key: String, pair: (&Template, &Template)) {
    sides.value(
        key,
        pair,
        |_, _| Class::Neutral,
        |_, template| template.text.clone(),
        |was, now| format!("You read {} instead of {}.", quoted(now), quoted(was)),
    );
}

/// In quotation marks, without the full stop that would stand before another.
pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", text.trim_end_matches('.'))
}

/// Findings accepted are between the product and its checks.
pub(super) fn waivers(sides: &mut Sides<'_>, was: &[Waiver]) {
    let is = &sides.after.waivers;
    let told = |waiver: &Waiver| {
        let Waiver { rule: _, because, by, until } = waiver;
        let because = because.trim_end_matches('.');
        format!("{because} ({by}, until {})", crate::phrase::date(*until))
    };
    for waiver in was {
        let (key, rule) = (format!("waive.{}", waiver.rule), &waiver.rule);
        match is.iter().find(|now| now.rule == waiver.rule) {
            Some(now) => sides.value(
                key,
                (waiver, now),
                |_, _| Class::Neutral,
                |_, waiver| told(waiver),
                |_, now| format!("The finding {rule} is accepted: {now}."),
            ),
            None => {
                let words = format!("The finding {rule} is no longer accepted.");
                sides.removed(key, Class::Neutral, told(waiver), words);
            }
        }
    }
    for waiver in is.iter().filter(|now| was.iter().all(|old| old.rule != now.rule)) {
        let words = format!("The finding {} is accepted: {}.", waiver.rule, told(waiver));
        sides.added(format!("waive.{}", waiver.rule), Class::Neutral, told(waiver), words);
    }
}
