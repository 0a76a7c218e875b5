//! How work ends, in words of every day: `5 of 8 parts arrive`, `nothing found`, `too slow`.

use super::Lines;
use crate::scenario::fault::Wrong;
use probity_core::contract::Action;
use probity_core::{Length, Outcome};

/// Endings that are said in so many words.
const ENDINGS: &[(&str, Outcome)] = &[
    ("delivered", Outcome::Delivered),
    ("is delivered", Outcome::Delivered),
    ("delivers", Outcome::Delivered),
    ("arrives", Outcome::Delivered),
    ("works", Outcome::Delivered),
    ("nothing found", Outcome::Empty),
    ("nothing is found", Outcome::Empty),
    ("finds nothing", Outcome::Empty),
    ("fails", Outcome::Failed),
    ("failed", Outcome::Failed),
    ("goes wrong", Outcome::Failed),
    ("is blocked", Outcome::Blocked),
    ("is cancelled", Outcome::Cancelled),
    ("is abandoned", Outcome::Abandoned),
];

/// What is said where an ending is not understood.
pub(super) const TO_WRITE: &str = "Write how it ends: `it is delivered`, `5 of 8 parts arrive`, \
     `nothing found`, `it fails`, `too slow`; or `it ends OUTCOME`, as in the contract.";

/// The lines of an ending; None where the clause is none. `of` is the action that ends, where one
/// was run; `too_slow_after` is the contract's.
pub(super) fn read(
    clause: &str,
    of: Option<&Action>,
    too_slow_after: Length,
) -> Result<Option<Lines>, Wrong> {
    let text = clause.strip_prefix("it ").unwrap_or(clause);
    let known = ENDINGS.iter().find(|(words, _)| *words == text).map(|(_, outcome)| *outcome);
    if let Some(outcome) = known.or_else(|| Outcome::parse(text)) {
        return Ok(ends(outcome.word()));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let arrived = words.strip_suffix(&["arrive"]).or(words.strip_suffix(&["arrives"]));
    let number = |word: &str| word.parse::<u64>().ok();
    match arrived.unwrap_or(&words) {
        [part, "of", whole] | [part, "of", whole, _] => match (number(part), number(whole)) {
            (Some(part), Some(whole)) => some_of(part, whole, of).map(|how| ends(&how)),
            _ => Ok(None),
        },
        [count, "parts" | "part"] => {
            Ok(number(count).and_then(|count| ends(&format!("partial with {count} parts"))))
        }
        [count, _] if arrived.is_some() => {
            Ok(number(count).and_then(|count| ends(&format!("delivered with {count} units"))))
        }
        ["too", "slow"] | ["is", "too", "slow"] | ["takes", "too", "long"] => {
            Ok(Some(vec![format!("{too_slow_after} later"), "it has".to_owned()]))
        }
        ["takes", length @ ..] if Length::parse(&length.join(" ")).is_some() => {
            let later = format!("{} later", length.join(" "));
            Ok(Some(vec![later, format!("it ends {}", Outcome::Delivered.word())]))
        }
        _ => Ok(None),
    }
}

fn ends(how: &str) -> Option<Lines> {
    Some(vec![format!("it ends {how}")])
}

/// `5 of 8`: as many as the action has, or as were asked for.
fn some_of(part: u64, whole: u64, of: Option<&Action>) -> Result<String, Wrong> {
    let wrong = |message: String, fix: String| Err(Wrong::new(0..0, message, fix));
    let by_quantity = of.is_some_and(Action::is_per_quantity);
    match of.and_then(|action| Some((action, u64::from(action.parts?)))) {
        Some((action, parts)) if parts != whole => wrong(
            format!("{} has {parts} parts, not {whole}", action.id),
            format!("Write `{} of {parts} parts arrive`.", part.min(parts)),
        ),
        _ if part > whole => wrong(
            format!("{part} of {whole} is more than there are"),
            format!("Write `{whole} of {whole} arrive`, or fewer."),
        ),
        _ if part == whole => Ok(Outcome::Delivered.word().to_owned()),
        _ if by_quantity => Ok(format!("partial with {part} units")),
        _ => Ok(format!("partial with {part} parts")),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use probity_core::Length;
    use probity_core::time::TimeUnit;

    fn first(clause: &str) -> Option<String> {
        let lines = read(clause, None, Length::new(10, TimeUnit::Minute)).unwrap();
        lines.map(|lines| lines.first().unwrap().clone())
    }

    #[test]
    fn endings_in_words_of_every_day() {
        let cases = [
            ("it is delivered", "it ends delivered"),
            ("nothing found", "it ends empty"),
            ("it fails", "it ends failed"),
            ("5 of 8", "it ends partial with 5 parts"),
            ("5 of 8 parts", "it ends partial with 5 parts"),
            ("5 of 8 sections arrive", "it ends partial with 5 parts"),
            ("8 of 8 arrive", "it ends delivered"),
            ("5 parts arrive", "it ends partial with 5 parts"),
            ("12 pages arrive", "it ends delivered with 12 units"),
            ("too slow", "10 minutes later"),
            ("it takes 11 minutes", "11 minutes later"),
        ];
        for (clause, expected) in cases {
            assert_eq!(first(clause).as_deref(), Some(expected), "{clause}");
        }
    }

    #[test]
    fn what_is_no_ending_is_left_to_others() {
        for clause in ["ana runs x", "5 days later", "12 pages", "at 2026-11-23", "it takes ages"] {
            assert_eq!(first(clause), None, "{clause}");
        }
    }

    #[test]
    fn more_than_there_are_is_refused() {
        let wrong = read("9 of 8 parts arrive", None, Length::new(10, TimeUnit::Minute));
        assert_eq!(wrong.unwrap_err().message, "9 of 8 is more than there are");
    }
}
