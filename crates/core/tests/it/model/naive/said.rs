//! What the naive model says of a command.

use super::ask::Word;
use probity_core::RunId;
use probity_core::decide::{Code, Decision, Refusal};

/// Applied or refused, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Applied; whether it wrote anything.
    Done { wrote: bool },
    /// Applied, about a run.
    Run { run: RunId, wrote: bool },
    /// A run is refused.
    Denied(Code),
    /// Something is wrong with the command.
    Wrong(Word),
}

impl Said {
    /// What the core said, in the same words.
    pub fn of(decision: &Result<Decision, Refusal>) -> Self {
        match decision {
            Ok(Decision { entry, run: None }) => Self::Done { wrote: entry.is_some() },
            Ok(Decision { entry, run: Some(run) }) => {
                Self::Run { run: *run, wrote: entry.is_some() }
            }
            Err(Refusal::Denied(denial)) => Self::Denied(denial.code),
            Err(Refusal::Problem(problem)) => Self::Wrong(problem.word()),
        }
    }
}

pub const WROTE: Result<Said, Word> = Ok(Said::Done { wrote: true });
pub const NOTHING_NEW: Result<Said, Word> = Ok(Said::Done { wrote: false });
