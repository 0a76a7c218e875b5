//! What a rule must know before it can be asked, and what it waits for where that is not known.
//!
//! A rule that was not asked has not passed: whoever reads "passed" must be able to rely on it.

use super::rule::{Rule, Subject};

/// What a rule must know before it can be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Needs {
    /// The contract.
    Contract,
    /// The operations too, where there are any: what they leave out is part of the answer.
    Operations,
    /// `costs` in the operations.
    Costs,
    /// What a unit of at least one action costs: `costs`, and the price map it names.
    UnitCosts,
}

/// What a rule waits for that could not be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitsFor {
    /// Errors of the files, to be mended.
    Errors,
    /// Costs, to be told.
    Costs,
}

impl WaitsFor {
    /// Until when it waits, as the end of a sentence.
    #[must_use]
    pub const fn until(self) -> &'static str {
        match self {
            Self::Errors => "until the errors are mended",
            Self::Costs => "until operations.yaml says what actions cost",
        }
    }
}

/// A rule that could not be asked.
pub struct Waiting {
    /// The rule.
    pub rule: &'static Rule,
    /// What it waits for.
    pub waits_for: WaitsFor,
}

/// What a rule with these needs still waits for; None: it can be asked.
pub(super) fn missing(needs: Needs, subject: &Subject<'_>) -> Option<WaitsFor> {
    let has_costs = || subject.costs().is_some();
    let has_unit_costs = || {
        let mut rows = subject.margins.actions.iter();
        rows.any(|row| row.cost.typical.is_some() || row.cost.worst.is_some())
    };
    match needs {
        Needs::Contract => None,
        _ if subject.operations_are_broken => Some(WaitsFor::Errors),
        Needs::Operations => None,
        Needs::Costs => (!has_costs()).then_some(WaitsFor::Costs),
        Needs::UnitCosts => (!(has_costs() && has_unit_costs())).then_some(WaitsFor::Costs),
    }
}
