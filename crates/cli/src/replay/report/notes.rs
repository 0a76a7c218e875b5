//! What a replay took as given, said so that nobody has to guess.

use super::make::{Making, words};
use crate::render::replay::{count, many};
use crate::replay::role::Role;
use crate::replay::rules::Fund;

/// More days than a log usually has: then a date may be wrong.
const LONG: u64 = 400;

/// What was taken as given, in sentences.
pub(super) fn notes(making: &Making<'_>) -> Vec<String> {
    let assumed = making.tally.assumed;
    let mut notes = vec![funded(making), counted(making)];
    let mut say = |n: u64, text: &str| {
        if n > 0 {
            notes.push(text.replace("{n}", &many(n, "row")));
        }
    };
    say(assumed.agreed, "Agreement was taken as given for {n}, which would have been asked first.");
    say(assumed.no_artifact, "Without the thing they are for: {n}; each counts as one of its own.");
    say(assumed.no_quantity, "Without a quantity: {n}; each counts as one unit.");
    say(assumed.no_parts, "In part, and the log does not say how much: {n}; counted as free.");
    say(
        assumed.late,
        "Far out of the order of time: {n}; decided at their customer's latest instant.",
    );
    if assumed.forgotten > 0 {
        notes.push(format!(
            "Not seen for so long that they were forgotten, to bound memory: {}; what is opened \
             again then counts as new.",
            many(assumed.forgotten, "thing")
        ));
    }
    if making.columns.source(Role::Outcome).is_none() {
        notes.push(
            "The log does not say how runs ended: all count as delivered, so failures cannot be seen."
                .into(),
        );
    }
    for column in making.columns.repeated() {
        notes.push(format!("Several columns are called `{column}`: the first of them is read."));
    }
    if making.columns.zone_assumed {
        notes.push("Times without a zone were read as UTC.".into());
    }
    let unknown = words(&making.seen.unknown_plans);
    if !unknown.is_empty() {
        let said: Vec<_> =
            unknown.iter().map(|w| format!("{} ({})", w.word, many(w.rows, "row"))).collect();
        let plan = making.rules.plan(making.rules.default_plan).map(|p| p.id.to_string());
        notes.push(format!(
            "Plans that the contract does not have: {}. New customers of these are on {}.",
            said.join(", "),
            plan.unwrap_or_default()
        ));
    }
    notes.extend(in_vain(making));
    notes.extend(costs(making));
    notes.extend(over_all(making));
    notes
}

/// How many of them are named.
const NAMED: usize = 5;

/// Flags that say something of words that no row has.
fn in_vain(making: &Making<'_>) -> Option<String> {
    let unmet = &making.seen.unmet;
    let mut said: Vec<_> =
        unmet.iter().take(NAMED).map(|(flag, text)| format!("{flag} {text}")).collect();
    if unmet.len() > NAMED {
        said.push(format!("{} more", unmet.len() - NAMED));
    }
    (!said.is_empty())
        .then(|| format!("No row has met {}: look at how the log writes it.", said.join(", ")))
}

/// How plans are counted, and whether the days of the log can be right.
fn counted(making: &Making<'_>) -> String {
    let days = making.days_of_log();
    let (log, same) = match days {
        1 => ("the one day".to_owned(), "day"),
        _ => (format!("the {}", many(days, "day")), "days"),
    };
    let mut text = format!(
        "Plans are counted for {log} of the log, to stand against today's charges of the same \
         {same}: a period that began counts for the share of it within the log (the first as if it \
         had begun with the log), rounded down to the cent."
    );
    if days > LONG {
        text += &format!(" The log spans over {LONG} days: look at its first and its last day.");
    }
    text
}

/// Costs that are not known for every row.
fn costs(making: &Making<'_>) -> Option<String> {
    let (costed, rows) = (making.tally.costed, making.tally.flow.rows);
    (costed > 0 && costed < rows).then(|| {
        format!(
            "What runs cost you is known for {} of {}: costs are at least what is shown, margins \
             at most.",
            count(costed),
            many(rows, "row")
        )
    })
}

fn funded(making: &Making<'_>) -> String {
    let plan = making.rules.plan(making.rules.default_plan).map(|p| p.id.to_string());
    let plan = plan.unwrap_or_default();
    let from = match making.rules.fund {
        Fund::Plan => "credits come from plans alone, what they do not cover is refused",
        Fund::TopUps => {
            "whoever runs short buys the smallest pack that helps, where their plan sells any"
        }
    };
    let on = if making.columns.source(Role::Plan).is_some() {
        format!("on the plan that the log says, else on {plan}")
    } else {
        format!("on {plan}")
    };
    format!("Every customer begins {on}; {from}. Every action is taken as enforced.")
}

/// Limits over all customers together are not replayed; days that would have met one are named.
fn over_all(making: &Making<'_>) -> Option<String> {
    let surge = making.rules.operations.surge?;
    let days = making.tally.days.values().filter(|day| day.cost > surge.over).count();
    let over = surge.over.dollars(2);
    match days {
        0 => None,
        1 => {
            Some(format!("On one day suppliers cost over {over}: free actions would have paused."))
        }
        n => {
            Some(format!("On {n} days suppliers cost over {over}: free actions would have paused."))
        }
    }
}
