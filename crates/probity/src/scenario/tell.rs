//! Telling a story in one line: each clause is played as soon as it is read, so that what the
//! contract asks for on the way (a quote, its confirmation) is done as a product would do it.

use super::fault::{Fault, Wrong};
use super::grammar::Grammar;
use super::play::{Failure, Stage, Turn};
use super::port::{Files, Port};
use super::short::{Clause, Short, clauses, credits_left};
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
    let Some(contract) = memory::contract_of(&files) else {
        let fix = "See its problems with `probity check`.";
        return Err(fault(Wrong::new(0..0, "the contract is refused", fix)));
    };
    let mut short = Short::new(&contract);
    let mut read = Vec::new();
    let mut left = None;
    for clause in &clauses {
        if let Some(credits) = credits_left(clause.text) {
            if short.has_begun() {
                let fix = format!("Say it first: `only {credits} credits left, …`.");
                let message = "what is left is said before anything happens";
                return Err(fault(placed(Wrong::new(0..0, message, fix), clause)));
            }
            left = Some((clause, credits));
            continue;
        }
        let lines = short.read(clause.text).map_err(|wrong| fault(placed(wrong, clause)))?;
        read.push((clause, lines));
    }
    let mut lines = read.iter().flat_map(|(clause, lines)| lines.iter().map(move |l| (*clause, l)));
    let mut turns = Vec::new();
    if let (Some((clause, credits)), Some(plan)) = (left, short.plan()) {
        let mut with_less = files.clone();
        let edit = [(1, format!("plans.{plan}.credits = {credits}"))];
        edit::apply(&mut with_less, page::BlockKind::Contract, &edit)
            .map_err(|(_, _, wrong)| fault(placed(wrong, clause)))?;
        // Only the opening is played under it: from then on the plan brings what it brings.
        turns = play(with_less, now, memory, lines.by_ref().take(1))
            .map_err(|(wrong, _)| fault(placed(wrong, clause)))?;
        memory.forget_versions();
    }
    turns.extend(
        play(files, now, memory, lines).map_err(|(wrong, clause)| fault(placed(wrong, clause)))?,
    );
    Ok(turns)
}

/// Plays lines under these files; the mistake in the first that cannot be played, with its clause.
fn play<'r, 'c: 'r>(
    files: Files,
    now: Time,
    port: &mut dyn Port,
    lines: impl Iterator<Item = (&'r Clause<'c>, &'r String)>,
) -> Result<Vec<Turn>, (Wrong, &'r Clause<'c>)> {
    let mut telling = Telling {
        stage: Stage::at(LINE, files, now, port),
        grammar: Grammar::default(),
        refused: false,
    };
    for (clause, text) in lines {
        telling.say(text).map_err(|failure| match failure {
            Failure::Fault(found) => (Wrong::new(0..0, found.message, found.fix), clause),
            Failure::Otherwise { .. } => {
                (Wrong::new(0..0, "it turned out otherwise", "Report this."), clause)
            }
        })?;
    }
    Ok(telling.stage.into_turns())
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
        if self.refused && text.starts_with("it ") {
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
            .doing(text)
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
