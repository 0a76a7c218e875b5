//! How work ends, in words of every day: `5 of 8 parts arrive`, `nothing found`, `too slow`.

use super::Lines;
use super::clause::everyday;
use crate::scenario::fault::Wrong;
use probity_core::contract::Action;
use probity_core::time::TimeUnit;
use probity_core::{Length, Outcome, phrase};

/// Endings that are said in so many words.
const ENDINGS: &[(&str, Outcome)] = &[
    ("delivered", Outcome::Delivered),
    ("is delivered", Outcome::Delivered),
    ("delivers", Outcome::Delivered),
    ("arrives", Outcome::Delivered),
    ("works", Outcome::Delivered),
    ("is done", Outcome::Delivered),
    ("nothing found", Outcome::Empty),
    ("nothing is found", Outcome::Empty),
    ("finds nothing", Outcome::Empty),
    ("fails", Outcome::Failed),
    ("failed", Outcome::Failed),
    ("goes wrong", Outcome::Failed),
    ("bad input", Outcome::BadInput),
    ("is blocked", Outcome::Blocked),
    ("is cancelled", Outcome::Cancelled),
    ("is abandoned", Outcome::Abandoned),
];

/// What is said where an ending is not understood.
pub(super) const TO_WRITE: &str = "Write how it ends: `it is delivered`, `5 of 8 parts arrive`, \
     `nothing found`, `it fails`, `too slow`; or `it ends OUTCOME`, as in the contract.";

/// The run that ends: its action, and how many units were asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends<'c> {
    pub(super) action: &'c Action,
    pub(super) units: Option<u64>,
}

/// How a run's own time running out is told of: its receipt is read when it is over.
pub(in crate::scenario) const TIME_IS_UP: &str = "its time is up";

/// The lines of an ending; None where the clause is none. `of` is what was run last, if anything;
/// `too_slow_after` is the contract's, for where nothing was.
pub(super) fn read(
    clause: &str,
    of: Option<Ends<'_>>,
    too_slow_after: Length,
) -> Result<Option<Lines>, Wrong> {
    let text = clause.strip_prefix("it ").unwrap_or(clause);
    let known = ENDINGS.iter().find(|(words, _)| words.eq_ignore_ascii_case(text));
    if let Some(outcome) = known.map(|(_, outcome)| *outcome).or_else(|| Outcome::parse(text)) {
        return Ok(ends(outcome.word()));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let arrived = words.strip_suffix(&["arrive"]).or(words.strip_suffix(&["arrives"]));
    let number = |word: &str| word.parse::<u64>().ok();
    match arrived.unwrap_or(&words) {
        [outcome, "with" | "because", ..] if Outcome::parse(outcome).is_some() => Ok(ends(text)),
        [part, "of", whole] | [part, "of", whole, _] => match (number(part), number(whole)) {
            (Some(part), Some(whole)) => some_of(part, whole, of).map(|how| ends(&how)),
            _ => Ok(None),
        },
        [count, "parts" | "part"] => match number(count) {
            Some(count) => parts(count, of).map(|how| ends(&how)),
            None => Ok(None),
        },
        [count] | [count, _] if arrived.is_some() => match number(count) {
            Some(count) => some(count, of).map(|how| ends(&how)),
            None => Ok(None),
        },
        ["too", "slow"] | ["is", "too", "slow"] | ["takes", "too", "long"] | ["times", "out"] => {
            let after = of.map_or(too_slow_after, |run| run.action.too_slow_after);
            Ok(Some(vec![format!("{after} later"), TIME_IS_UP.to_owned()]))
        }
        ["takes", length @ ..] if Length::parse(&length.join(" ")).is_some() => {
            let later = format!("{} later", length.join(" "));
            Ok(Some(vec![later, format!("it ends {}", Outcome::Delivered.word())]))
        }
        _ => Ok(None),
    }
}

/// A clause that tells of a run and of its end at once, in two, wherever an ending stands after a
/// `break_`: `enrich a map` and `it fails`. The longest ending first.
pub(super) fn after<'t>(
    clause: &'t str,
    break_: &'t str,
) -> impl Iterator<Item = (&'t str, &'t str)> {
    // Whether it is one does not depend on what was run, nor on how long that may take.
    let is_one = |text: &str| {
        !matches!(read(&everyday(text), None, Length::new(1, TimeUnit::Minute)), Ok(None))
    };
    let both = move |(at, _)| Some((clause.get(..at)?, clause.get(at + break_.len()..)?));
    clause.match_indices(break_).filter_map(both).filter(move |(_, ending)| is_one(ending))
}

fn ends(how: &str) -> Option<Lines> {
    Some(vec![format!("it ends {how}")])
}

fn wrong<T>(message: String, fix: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong::new(0..0, message, fix))
}

/// `5 of 8`: as many as the action has, or as were asked for.
fn some_of(part: u64, whole: u64, of: Option<Ends<'_>>) -> Result<String, Wrong> {
    let whole_is = |what: &str, own: u64, noun: &str, why: &str| {
        let message = format!("{what}, not {whole}");
        let fix = format!("Write `{} of {own} {noun}arrive`{why}.", part.clamp(1, own.max(1)));
        wrong(message, fix)
    };
    let by_quantity = of.is_some_and(|run| run.action.is_per_quantity());
    let own_parts = of.and_then(|run| Some((&run.action.id, u64::from(run.action.parts?))));
    match (own_parts, of.and_then(|run| run.units)) {
        (Some((id, own)), _) if own != whole => {
            let counted = format!(": a rest is counted of all {own}, too");
            let parts = phrase::count(own, "part");
            whole_is(&format!("{id} has {parts}"), own, "parts ", &counted)
        }
        (None, Some(asked)) if by_quantity && asked != whole => {
            whole_is(&format!("{asked} were asked for"), asked, "", "")
        }
        _ if part > whole => wrong(
            format!("{part} of {whole} is more than there are"),
            format!("Write `{whole} of {whole} arrive`, or fewer."),
        ),
        _ if by_quantity => part_of(part, Some(whole), "unit"),
        _ => part_of(part, Some(whole), "part"),
    }
}

/// `5 parts`: all of them are the whole.
fn parts(count: u64, of: Option<Ends<'_>>) -> Result<String, Wrong> {
    match of.and_then(|run| run.action.parts) {
        Some(own) => some_of(count, u64::from(own), of),
        None => part_of(count, None, "part"),
    }
}

/// `20 pages arrive`: of those that were asked for, or of the action's parts.
fn some(count: u64, of: Option<Ends<'_>>) -> Result<String, Wrong> {
    match of {
        Some(Ends { action, units: Some(asked) }) if action.is_per_quantity() => {
            some_of(count, asked, of)
        }
        Some(run) if run.action.parts.is_some() => parts(count, of),
        Some(run) if !run.action.is_per_quantity() && count != 1 => wrong(
            format!("{} has no parts and is not sold by quantity", run.action.id),
            "Write `it is delivered`, or another way to end.",
        ),
        Some(run) if !run.action.is_per_quantity() => Ok(Outcome::Delivered.word().to_owned()),
        _ if count == 0 => part_of(0, None, "unit"),
        _ => Ok(format!("{} with {}", Outcome::Delivered.word(), phrase::count(count, "unit"))),
    }
}

fn part_of(part: u64, whole: Option<u64>, of_what: &str) -> Result<String, Wrong> {
    if part == 0 {
        return wrong(
            "where nothing arrives, no part does".to_owned(),
            "Write `nothing found` where we looked in vain, or `it fails`.",
        );
    }
    if whole == Some(part) {
        return Ok(Outcome::Delivered.word().to_owned());
    }
    Ok(format!("{} with {}", Outcome::Partial.word(), phrase::count(part, of_what)))
}

#[cfg(test)]
mod tests {
    use super::{Ends, read};
    use crate::scenario::short::named::tests::alike;
    use probity_core::Length;
    use probity_core::time::TimeUnit;

    const TEN: Length = Length::new(10, TimeUnit::Minute);

    fn first(clause: &str) -> Option<String> {
        let lines = read(clause, None, TEN).unwrap();
        lines.map(|lines| lines.first().unwrap().clone())
    }

    /// How a run of this action ends: the line, or what is wrong with the clause.
    fn of(action: &str, units: Option<u64>, clause: &str) -> Result<String, String> {
        let contract = alike();
        let action = contract.actions.get(action).unwrap();
        let lines = read(clause, Some(Ends { action, units }), TEN).map_err(|w| w.message)?;
        Ok(lines.unwrap().first().unwrap().clone())
    }

    #[test]
    fn endings_in_words_of_every_day() {
        let cases = [
            ("it is delivered", "it ends delivered"),
            ("Nothing found", "it ends empty"),
            ("it fails", "it ends failed"),
            ("5 of 8", "it ends partial with 5 parts"),
            ("5 of 8 parts", "it ends partial with 5 parts"),
            ("5 of 8 sections arrive", "it ends partial with 5 parts"),
            ("8 of 8 arrive", "it ends delivered"),
            ("5 parts arrive", "it ends partial with 5 parts"),
            ("12 pages arrive", "it ends delivered with 12 units"),
            ("abandoned with 2 parts", "it ends abandoned with 2 parts"),
            ("partial with 2 parts", "it ends partial with 2 parts"),
            ("bad_input because \"blurred\"", "it ends bad_input because \"blurred\""),
            ("bad input", "it ends bad_input"),
            ("it is done", "it ends delivered"),
            ("6 arrive", "it ends delivered with 6 units"),
            ("1 page arrives", "it ends delivered with 1 unit"),
            ("it times out", "10 minutes later"),
            ("too slow", "10 minutes later"),
            ("it takes 11 minutes", "11 minutes later"),
        ];
        for (clause, expected) in cases {
            assert_eq!(first(clause).as_deref(), Some(expected), "{clause}");
        }
    }

    #[test]
    fn fewer_than_were_asked_for_are_a_part_of_it() {
        let pages = |clause| of("read_pages", Some(50), clause);
        assert_eq!(pages("20 pages arrive").as_deref(), Ok("it ends partial with 20 units"));
        assert_eq!(pages("50 pages arrive").as_deref(), Ok("it ends delivered"));
        assert_eq!(pages("20 of 50 arrive").as_deref(), Ok("it ends partial with 20 units"));
        assert_eq!(pages("60 pages arrive"), Err("60 of 50 is more than there are".into()));
        assert_eq!(pages("20 of 30 arrive"), Err("50 were asked for, not 30".into()));
        let unsaid = of("read_pages", None, "20 pages arrive");
        assert_eq!(unsaid.as_deref(), Ok("it ends delivered with 20 units"));
    }

    #[test]
    fn all_parts_are_the_whole_whatever_they_are_called() {
        let series = |clause| of("make_series", None, clause);
        assert_eq!(series("2 pictures arrive").as_deref(), Ok("it ends partial with 2 parts"));
        assert_eq!(series("6 pictures arrive").as_deref(), Ok("it ends delivered"));
        assert_eq!(series("6 parts arrive").as_deref(), Ok("it ends delivered"));
        assert_eq!(series("9 parts"), Err("9 of 6 is more than there are".into()));
        assert_eq!(of("find_email", None, "1 email arrives").as_deref(), Ok("it ends delivered"));
        let two = of("find_email", None, "2 emails arrive");
        assert_eq!(two, Err("find_email has no parts and is not sold by quantity".into()));
    }

    #[test]
    fn nothing_is_no_part() {
        let none = Err("where nothing arrives, no part does".to_owned());
        for clause in ["0 of 6", "0 parts arrive", "0 pictures arrive"] {
            assert_eq!(of("make_series", None, clause), none, "{clause}");
        }
        assert_eq!(of("read_pages", Some(50), "0 pages arrive"), none);
    }

    #[test]
    fn the_time_of_the_action_counts() {
        assert_eq!(of("make_series", None, "too slow").as_deref(), Ok("1 hour later"));
    }

    #[test]
    fn what_is_no_ending_is_left_to_others() {
        for clause in ["ana runs x", "5 days later", "12 pages", "at 2026-11-23", "it takes ages"] {
            assert_eq!(first(clause), None, "{clause}");
        }
    }

    #[test]
    fn more_than_there_are_is_refused() {
        let wrong = read("9 of 8 parts arrive", None, TEN);
        assert_eq!(wrong.unwrap_err().message, "9 of 8 is more than there are");
    }
}
