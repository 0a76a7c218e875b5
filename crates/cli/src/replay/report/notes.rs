//! What a replay took as given, said so that nobody has to guess; and what to try next.

use super::Next;
use super::make::{Making, words};
use crate::replay::role::Role;
use crate::replay::rules::Fund;
use probity_core::decide::Code;
use probity_core::phrase;

/// What was taken as given, in sentences.
pub(super) fn notes(making: &Making<'_>) -> Vec<String> {
    let assumed = making.tally.assumed;
    let mut notes = vec![funded(making)];
    let mut say = |n: u64, text: &str| {
        if n > 0 {
            notes.push(text.replace("{n}", &phrase::count(n, "row")));
        }
    };
    say(assumed.agreed, "Agreement was taken as given for {n}, which would have been asked first.");
    say(assumed.no_artifact, "Without the thing they are for: {n}; each counts as one of its own.");
    say(assumed.no_quantity, "Without a quantity: {n}; each counts as one unit.");
    say(assumed.no_parts, "Partial without saying how much arrived: {n}; counted as free.");
    say(
        assumed.late,
        "Far out of the order of time: {n}; decided at their customer's latest instant.",
    );
    if assumed.forgotten > 0 {
        notes.push(format!(
            "{} things were not seen for so long that they were forgotten, to bound memory; \
             opening one again would count as new.",
            assumed.forgotten
        ));
    }
    if making.columns.source(Role::Outcome).is_none() {
        notes.push(
            "The log does not say how runs ended: all count as delivered, so failures cannot be seen."
                .into(),
        );
    }
    if making.columns.zone_assumed {
        notes.push("Times without a zone were read as UTC.".into());
    }
    let unknown = words(&making.seen.unknown_plans);
    if !unknown.is_empty() {
        let said: Vec<_> = unknown
            .iter()
            .map(|w| format!("{} ({})", w.word, phrase::count(w.rows, "row")))
            .collect();
        let plan = making.rules.plan(making.rules.default_plan).map(|p| p.id.to_string());
        notes.push(format!(
            "Plans that the contract does not have: {}. New customers of these are on {}.",
            said.join(", "),
            plan.unwrap_or_default()
        ));
    }
    notes.extend(over_all(making));
    notes
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

/// What to try next, the most useful first.
pub(super) fn next(making: &Making<'_>, log: &str, contract: &str) -> Vec<Next> {
    let (log, contract) = (typed(log), typed(contract));
    let again = |flags: &str| format!("probity replay {log} --contract {contract} {flags}");
    let mut next = Vec::new();
    let mut say = |why: &str, command: String| next.push(Next { why: why.to_owned(), command });
    if let Some(first) = words(&making.seen.unmapped).first() {
        let label = if first.word.is_empty() { "LABEL" } else { &first.word };
        let flag = format!("--action-map {}", typed(&format!("{label}=ACTION")));
        say("Say which action the rows that name none are", again(&flag));
    }
    if let Some(first) = words(&making.seen.unknown_outcomes).first() {
        let flag = format!("--outcome-map {}", typed(&format!("{}=OUTCOME", first.word)));
        say("Say what the unknown status words mean", again(&flag));
    }
    if !making.knows_today {
        say("Compare with what you charge today", again("--map charged=COLUMN"));
    }
    let is_short = making.tally.refusals.contains_key(&Code::NotEnoughCredits);
    if is_short && making.rules.fund == Fund::Plan {
        say("Let customers buy credits when they run short", again("--fund top_ups"));
    }
    say("See it with pictures", again("--html report.html"));
    let dearest = making.tally.actions.iter().enumerate().max_by_key(|(_, a)| a.refused.rows);
    let dearest = dearest.and_then(|(n, _)| making.rules.contract.actions.name_at(n));
    if let Some(action) = dearest {
        say("Read what a customer is told", format!("probity explain {contract} {action}"));
    }
    next
}

/// A text as it is typed in a shell: in quotes where it needs them.
fn typed(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@%+,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_typed_as_a_shell_reads_them() {
        assert_eq!(typed("logs/usage.csv"), "logs/usage.csv");
        assert_eq!(typed("my log.csv"), "'my log.csv'");
        assert_eq!(typed("it's=x"), r"'it'\''s=x'");
        assert_eq!(typed(r#"["env:prod"]=ACTION"#), r#"'["env:prod"]=ACTION'"#);
        assert_eq!(typed(""), "''");
    }
}
