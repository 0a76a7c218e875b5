//! How work ends, in words of every day: `5 of 8 parts arrive`, `nothing found`, `too slow`.

use super::Lines;
use probity_core::{Length, Outcome};

/// Endings that are said in so many words.
const ENDINGS: &[(&str, Outcome)] = &[
    ("delivered", Outcome::Delivered),
    ("is delivered", Outcome::Delivered),
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

/// The lines of an ending; None where the clause is none. `of` is what a part of the run is counted
/// in, `too_slow_after` the contract's.
pub(super) fn read(clause: &str, of: &str, too_slow_after: Length) -> Option<Lines> {
    let text = clause.strip_prefix("it ").unwrap_or(clause);
    let ends = |how: &str| Some(vec![format!("it ends {how}")]);
    let known = ENDINGS.iter().find(|(words, _)| *words == text).map(|(_, outcome)| *outcome);
    if let Some(outcome) = known.or_else(|| Outcome::parse(text)) {
        return ends(outcome.word());
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.strip_suffix(&["arrive"]).or(words.strip_suffix(&["arrives"]));
    let (words, arrives) = match words {
        Some(words) => (words.to_vec(), true),
        None => (text.split_whitespace().collect(), false),
    };
    let number = |word: &str| word.parse::<u64>().ok();
    match words.as_slice() {
        [part, "of", whole] | [part, "of", whole, _] => match (number(part)?, number(whole)?) {
            (part, whole) if part >= whole => ends("delivered"),
            (part, _) => ends(&format!("partial with {part} {of}")),
        },
        [count, "parts" | "part"] => ends(&format!("partial with {} parts", number(count)?)),
        [count, _] if arrives => ends(&format!("delivered with {} units", number(count)?)),
        ["too", "slow"] | ["is", "too", "slow"] | ["takes", "too", "long"] => {
            Some(vec![format!("{too_slow_after} later"), "it has".to_owned()])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use probity_core::Length;
    use probity_core::time::TimeUnit;

    fn lines(clause: &str, of: &str) -> Option<Vec<String>> {
        read(clause, of, Length::new(10, TimeUnit::Minute))
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
        ];
        for (clause, first) in cases {
            assert_eq!(
                lines(clause, "parts").unwrap_or_default().first().unwrap(),
                first,
                "{clause}"
            );
        }
        let pages = lines("12 of 30 pages arrive", "units");
        assert_eq!(pages, Some(vec!["it ends partial with 12 units".to_owned()]));
    }

    #[test]
    fn what_is_no_ending_is_left_to_others() {
        for clause in ["ana runs x", "5 days later", "12 pages", "at 2026-11-23"] {
            assert_eq!(lines(clause, "parts"), None, "{clause}");
        }
    }
}
