//! What to try next, the most useful first, each a command that says again what was said.

use super::make::{Making, words};
use super::{Next, WordLine};
use crate::replay::rules::Fund;
use crate::replay::typed::Typed;
use probity_core::decide::Code;
use probity_core::phrase;

/// How many words of a kind are put into one command.
const WORDS: usize = 3;
/// A plan refuses much that refuses one of so many rows.
const MUCH: u64 = 5;

/// What to try next.
pub(super) fn next(making: &Making<'_>, typed: &Typed) -> Vec<Next> {
    let mut next = Vec::new();
    let mut say = |why: String, command: String| next.push(Next { why, command });
    let (what, flags) = unsaid(making, typed);
    if !what.is_empty() {
        say(format!("Say {}", phrase::list(&what, "and")), typed.again(&flags));
    }
    let is_short = making.tally.refusals.contains_key(&Code::NotEnoughCredits);
    if is_short && making.rules.fund == Fund::Plan {
        say(
            "Let customers buy credits when they run short".into(),
            typed.again(&[("--fund", "top_ups".into())]),
        );
    }
    say("See it with pictures".into(), typed.again(&[("--html", "report.html".into())]));
    let actions = making.tally.actions.iter().enumerate();
    let refused = actions.max_by_key(|(_, a)| (a.refused.rows, a.flow.rows));
    let refused = refused.and_then(|(n, _)| making.rules.contract.actions.name_at(n));
    if let Some(action) = refused {
        let command = format!("probity explain {} {action}", typed.folder());
        say("Read what a customer is told".into(), command);
    }
    next
}

/// What the log leaves open, and the flags that say it, all in one command.
fn unsaid(making: &Making<'_>, typed: &Typed) -> (Vec<String>, Vec<(&'static str, String)>) {
    let mut what = Vec::new();
    let mut flags = plans(making, typed);
    if !flags.is_empty() {
        what.push("which plan customers are on".into());
    }
    let unmapped = words(&making.seen.unmapped);
    if !unmapped.is_empty() {
        what.push("which action the rows that name none are".into());
    }
    for word in unmapped.iter().take(WORDS) {
        let label = if word.word.is_empty() { "LABEL" } else { &word.word };
        flags.push(("--action-map", format!("{label}=ACTION")));
    }
    let unknown = words(&making.seen.unknown_outcomes);
    if !unknown.is_empty() {
        what.push("what the unknown status words mean".into());
    }
    for word in unknown.iter().take(WORDS) {
        flags.push(("--outcome-map", format!("{}=OUTCOME", word.word)));
    }
    if typed.log != "--sample" {
        for (is_known, role, text) in [
            (making.knows_today, "charged", "what you charge today"),
            (making.knows_cost, "cost", "what runs cost you"),
        ] {
            if !is_known {
                what.push(text.into());
                flags.push(("--map", format!("{role}=COLUMN")));
            }
        }
    }
    (what, flags)
}

/// Where plans that nobody has said refuse much: the flags that say them.
fn plans(making: &Making<'_>, typed: &Typed) -> Vec<(&'static str, String)> {
    let rows = making.rows();
    let asked = rows.charged + rows.free + rows.refused;
    let on_guess = making.tally.refused_on_guess;
    if on_guess == 0 || on_guess.saturating_mul(MUCH) < asked {
        return Vec::new();
    }
    let unknown = words(&making.seen.unknown_plans);
    let is_said = typed.flags.iter().any(|(flag, _)| *flag == "--plan");
    match unknown.as_slice() {
        [] if is_said => Vec::new(),
        [] => vec![("--plan", "PLAN".into())],
        unknown => {
            let flag = |word: &WordLine| ("--plan-map", format!("{}=PLAN", word.word));
            unknown.iter().take(WORDS).map(flag).collect()
        }
    }
}
