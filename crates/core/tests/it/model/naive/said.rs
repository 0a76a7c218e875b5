//! What the naive model says of a command.

use super::ask::Word;
use super::price::n;
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
    Denied(Refused),
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
            Err(Refusal::Denied(denial)) => Self::Denied(Refused {
                code: denial.code,
                needs: denial.needs.map(n),
                has: n(denial.has),
                held: n(denial.held),
                missing: denial.missing.map(n),
            }),
            Err(Refusal::Problem(problem)) => Self::Wrong(problem.word()),
        }
    }
}

/// A refusal, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    pub code: Code,
    /// The price, where the refusal is about this run and not about plan, model, input or others.
    pub needs: Option<i64>,
    pub has: i64,
    pub held: i64,
    /// What credits and credit line lack, where that is the reason.
    pub missing: Option<i64>,
}

pub const WROTE: Result<Said, Word> = Ok(Said::Done { wrote: true });
pub const NOTHING_NEW: Result<Said, Word> = Ok(Said::Done { wrote: false });
