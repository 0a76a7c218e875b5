//! Telling a story in one line: each clause is played as soon as it is read, so that what the
//! contract asks for on the way (a quote, its confirmation) is done as a product would do it.

use super::fault::{Fault, Wrong};
use super::grammar::Grammar;
use super::play::{Failure, Past, Stage, Turn};
use super::port::Files;
use super::short::{Clause, Line, Short, TIME_IS_UP, clauses};
use super::step::{Doing, Step, What};
use super::{Memory, edit, memory, page};
use probity_core::Time;

/// The place that faults of a line are told at.
const LINE: &str = "story";

/// Tells a story of one line, beginning at `now`, under these files.
///
/// # Errors
/// The [`Fault`] of the first clause that is not understood, or of the files.
pub fn tell(
    line: &str,
    files: Files,
    now: Time,
    memory: &mut Memory,
) -> Result<Vec<Turn>, Box<Fault>> {
    let clauses = clauses(line);
    let fault = |wrong: Wrong| Box::new(wrong.at(LINE, 1, line));
    if clauses.is_empty() {
        let fix = "Write one, such as: ana on PLAN runs ACTION, it is delivered";
        return Err(fault(Wrong::new(0..0, "there is no story to tell", fix)));
    }
    let reading = memory::read(&files);
    let Some(contract) = &reading.contract else {
        let fix = "See its problems with `probity check`.";
        return Err(fault(Wrong::new(0..0, "the contract is refused", fix)));
    };
    let mut short = Short::new(contract, reading.operations.as_ref());
    for (n, clause) in clauses.iter().enumerate() {
        short.read(n, clause.text).map_err(|wrong| fault(placed(wrong, clause)))?;
    }
    let lines = short.into_lines().map_err(fault)?;
    let at = |n: usize| clauses.get(n).or(clauses.last());
    play(&files, now, memory, &lines).map_err(|(wrong, n)| {
        fault(match at(n) {
            Some(clause) => placed(wrong, clause),
            None => wrong,
        })
    })
}

/// The same files with a roll-out that is over: everything is enforced, for every customer.
#[must_use]
pub fn enforced(mut files: Files) -> Files {
    if files.operations.is_some() {
        // Where no roll-out is written, everything is enforced already.
        let edit = [(1, String::from("without rollout"))];
        let _ = edit::apply(&mut files, page::BlockKind::Operations, &edit);
    }
    files
}

/// Plays lines under these files; the mistake in the first that cannot be played, with where its
/// clause stands.
fn play(
    files: &Files,
    now: Time,
    memory: &mut Memory,
    lines: &[Line],
) -> Result<Vec<Turn>, (Wrong, usize)> {
    let mut past = Past::at(now);
    let mut grammar = Grammar::default();
    let mut refused = false;
    // An opening under an edit of its own is played apart: from then on the plan brings what it
    // brings.
    for (n, together) in lines.chunk_by(|a, b| a.under.is_none() && b.under.is_none()).enumerate() {
        let mut files = files.clone();
        for (line, edit) in together.iter().filter_map(|line| Some((line, line.under.as_ref()?))) {
            edit::apply(&mut files, page::BlockKind::Contract, &[(1, edit.clone())])
                .map_err(|(_, _, wrong)| (wrong, line.clause))?;
        }
        if n > 0 {
            memory.forget_versions();
        }
        let stage = Stage::after(past, LINE, files, memory);
        let mut telling = Telling { stage, grammar, refused };
        for line in together {
            for text in [Some(&line.text), line.then.as_ref()].into_iter().flatten() {
                telling.say(text).map_err(|failure| (wrong_of(failure), line.clause))?;
            }
        }
        (past, grammar, refused) = (telling.stage.into_past(), telling.grammar, telling.refused);
    }
    Ok(past.into_turns())
}

fn wrong_of(failure: Failure) -> Wrong {
    match failure {
        Failure::Fault(found) => Wrong::new(0..0, found.message, found.fix),
        Failure::Otherwise { .. } => Wrong::new(0..0, "it turned out otherwise", "Report this."),
    }
}

/// A mistake in a clause: the words that it names are underlined, else the whole clause.
fn placed(wrong: Wrong, clause: &Clause<'_>) -> Wrong {
    let named = wrong.message.split('`').nth(1).filter(|named| !named.is_empty());
    let found = named.and_then(|named| Some((clause.text.find(named)?, named.len())));
    let (at, length) = found.unwrap_or((0, clause.text.len()));
    let span = clause.at + at..clause.at + at + length;
    Wrong::new(span, wrong.message, wrong.fix)
}

struct Telling<'p> {
    stage: Stage<'p>,
    grammar: Grammar,
    /// The last run was refused: there is nothing that could end.
    refused: bool,
}

impl Telling<'_> {
    /// Plays one line; what it needs agreement to is quoted, agreed to and asked again.
    fn say(&mut self, text: &str) -> Result<(), Failure> {
        if self.refused && (text.starts_with("it ") || text == TIME_IS_UP) {
            return Ok(());
        }
        let (is_run, asked_for) = self.play(text)?;
        if is_run {
            self.refused = false;
        }
        let Some(code) = self.stage.refused_with() else { return Ok(()) };
        self.refused |= is_run;
        let Some((customer, run)) = asked_for.filter(|_| code == "confirmation_needed") else {
            return Ok(());
        };
        let (run, ending) = match run.split_once(" ending ") {
            Some((run, ending)) => (run, format!(" ending {ending}")),
            None => (run.as_str(), String::new()),
        };
        self.stage.forget_last();
        self.play(&format!("{customer} asks a quote for {run}"))?;
        if self.stage.refused_with().is_some() {
            return Ok(());
        }
        self.play(&format!("{customer} confirms the quote"))?;
        let action = run.split_whitespace().next().unwrap_or_default();
        self.play(&format!("{customer} runs {action} with quote{ending}"))?;
        self.refused = self.stage.refused_with().is_some();
        Ok(())
    }

    /// Plays one line: was it a run, and whose of what?
    fn play(&mut self, text: &str) -> Result<(bool, Option<(String, String)>), Failure> {
        let doing = self
            .grammar
            .doing(if text == TIME_IS_UP { "it has" } else { text })
            .map_err(|wrong| Failure::Fault(Box::new(wrong.at(LINE, 1, text))))?;
        let is_run = matches!(&doing, Doing::Ask(ask) if matches!(ask.what, What::Run(_)));
        let asked_for = text
            .split_once(" runs ")
            .filter(|_| is_run)
            .map(|(customer, run)| (customer.to_owned(), run.to_owned()));
        let step = Step { line: 1, text: text.to_owned(), doing, expected: Vec::new() };
        self.stage.step(&step)?;
        Ok((is_run, asked_for))
    }
}

#[cfg(test)]
mod tests {
    use super::{enforced, tell};
    use crate::scenario::Files;
    use crate::scenario::Memory;
    use crate::scenario::short::alike_files;
    use probity_core::Time;

    #[test]
    fn what_went_before_an_opening_of_its_own_is_still_there() {
        let story = "find a phone, it's delivered, ben on starter, only 2 credits left, \
                     it is refunded, ben finds a phone, ana has";
        let turns = tell(story, alike_files(), Time::from_micros(0), &mut Memory::default());
        let turns = turns.unwrap();
        let done: Vec<(&str, bool)> =
            turns.iter().map(|turn| (turn.text.as_str(), turn.told.done)).collect();
        assert_eq!(
            done,
            [
                ("ana opens on starter", true),
                ("ana runs find_phone", true),
                ("it ends delivered", true),
                ("ben opens on starter", true),
                ("it is refunded", true),
                ("ben runs find_phone", false),
                ("ana has", true),
            ]
        );
    }

    #[test]
    fn without_a_rollout_everything_is_enforced() {
        let of = |text: &str| Files { operations: Some(text.to_owned()), ..alike_files() };
        let rollout = "operates: alike\nrollout:\n  default: shadow\n  share: 5%\nsurge: x\n";
        assert_eq!(enforced(of(rollout)), of("operates: alike\nsurge: x\n"));
        assert_eq!(enforced(of("operates: alike\n")), of("operates: alike\n"));
        assert_eq!(enforced(alike_files()), alike_files());
    }
}
