//! What a command says: a result, notes beside it, and how the program ends.
//!
//! Commands print nothing themselves. They return an [`Answer`] or a [`Failure`]; `terminal` shows it.

use crate::exit::Exit;
use serde::Serialize;

/// What a command has to say. Texts may carry ANSI colours; they are removed where unwanted.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The result: for standard output.
    pub(crate) result: String,
    /// Notes and the suggested next command: for standard error.
    pub(crate) note: String,
    /// How the program ends.
    pub(crate) exit: Exit,
}

impl Answer {
    /// A result with nothing beside it; all is well.
    pub(crate) fn new(result: impl Into<String>) -> Self {
        Self { result: result.into(), note: String::new(), exit: Exit::CLEAN }
    }

    /// With the command that is worth typing next.
    pub(crate) fn with_next(mut self, command: &str) -> Self {
        use crate::render::style::{BOLD, DIM};
        self.note.push_str(&format!("{DIM}Next:{DIM:#} {BOLD}{command}{BOLD:#}\n"));
        self
    }

    /// With a remark beside the result.
    pub(crate) fn with_note(mut self, remark: &str) -> Self {
        self.note.push_str(remark);
        self.note.push('\n');
        self
    }

    /// With this end.
    pub(crate) fn with_exit(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }
}

/// Why a command could not do its work.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failure {
    /// Stable, for scripts: `no_contract`.
    pub(crate) code: &'static str,
    /// What happened, in one sentence.
    pub(crate) message: String,
    /// What to do.
    pub(crate) fix: String,
    /// How the program ends.
    #[serde(skip)]
    pub(crate) exit: Exit,
}

impl Failure {
    /// A failure with all it needs to be understood.
    pub(crate) fn new(
        exit: Exit,
        code: &'static str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self { code, message: message.into(), fix: fix.into(), exit }
    }

    /// As an answer: a JSON object as the result, or words for people as the note.
    pub(crate) fn into_answer(self, json: bool) -> Answer {
        let mut answer = Answer::new("").with_exit(self.exit);
        if json {
            answer.result = crate::render::json(&Refused { error: &self });
        } else {
            answer.note = crate::render::failure(&self);
        }
        answer
    }
}

/// A failure as scripts read it: `{"error": {"code", "message", "fix"}}`.
#[derive(Serialize)]
struct Refused<'a> {
    error: &'a Failure,
}
