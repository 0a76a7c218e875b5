//! Telling a story in one line: each clause is played as soon as it is read, so that what the
//! contract asks for on the way (a quote, its confirmation) is done as a product would do it.

use super::fault::{Fault, Wrong};
use super::grammar::Grammar;
use super::play::{Failure, Stage, Turn};
use super::port::{Files, Port};
use super::short::{Clause, Short, clauses, credits_left};
use super::step::{Doing, Step, What};
use super::{edit, memory, page};
use probity_core::Time;

/// The place that faults of a line are told at.
const LINE: &str = "story";

/// Tells a story of one line, beginning at `now`, under these files.
///
/// # Errors
/// The [`Fault`] of the first clause that is not understood, or of the files.
pub fn tell(
    line: &str,
    mut files: Files,
    now: Time,
    port: &mut dyn Port,
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
            left = Some(credits);
            continue;
        }
        let lines = short.read(clause.text).map_err(|wrong| fault(placed(wrong, clause)))?;
        read.push((clause, lines));
    }
    if let (Some(credits), Some(plan)) = (left, short.plan()) {
        let edit = [(1, format!("plans.{plan}.credits = {credits}"))];
        edit::apply(&mut files, page::BlockKind::Contract, &edit)
            .map_err(|(_, _, wrong)| fault(Wrong::new(0..line.len(), wrong.message, wrong.fix)))?;
    }
    let mut telling = Telling {
        stage: Stage::at(LINE, files, now, port),
        grammar: Grammar::default(),
        refused: false,
    };
    for (clause, lines) in read {
        for text in lines {
            telling.say(&text).map_err(|failure| match failure {
                Failure::Fault(found) => {
                    let (message, fix) = (found.message, found.fix);
                    fault(placed(Wrong::new(0..0, message, fix), clause))
                }
                Failure::Otherwise { .. } => fault(placed(
                    Wrong::new(0..0, "it turned out otherwise", "Report this."),
                    clause,
                )),
            })?;
        }
    }
    Ok(telling.stage.into_turns())
}

/// A mistake in a clause, underlined where the clause stands.
fn placed(wrong: Wrong, clause: &Clause<'_>) -> Wrong {
    let span = clause.at..clause.at + clause.text.len();
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
