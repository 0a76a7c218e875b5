//! What one line of a story says, read but not yet played.

use super::expect::{Expect, Expectation};
use super::moment::Moment;
use probity_core::command::{
    Act, Actor, Attempt, CustomerChanges, GrantKind, NewCustomer, Report, RunRequest,
};
use probity_core::contract::Override;
use probity_core::time::Length;
use probity_core::{Amount, Cost};

/// One step of a story: what is done, and what is expected of it.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its line in the file, counted from 1.
    pub line: usize,
    /// Its text, without what is expected.
    pub text: String,
    pub(super) doing: Doing,
    pub(super) expected: Vec<Expectation>,
}

impl Step {
    /// Is it expected to be refused for what it asks?
    pub(super) fn expects_refusal(&self) -> bool {
        self.expected.iter().any(|expected| matches!(expected.what, Expect::Refused(..)))
    }
}

/// What is done.
#[derive(Clone, Debug)]
pub(super) enum Doing {
    /// Time passes.
    Clock(When),
    /// Something that is so from now on.
    Given(Given),
    /// A contract or its operations are published.
    Publish(Publish),
    /// Somebody calls.
    Ask(Box<Ask>),
}

/// Where the clock goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    At(Moment),
    Later(Length),
    Before(Length, Moment),
}

/// A sum over all customers.
#[derive(Clone, Debug)]
pub(super) enum Given {
    SupplierCost(Cost),
    WePaid(Cost),
    Found { action: String, found: u64, of: u64 },
}

/// What is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Publish {
    Contract { worse: bool },
    Operations,
}

/// A call about a customer or about one of their runs.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) whose: Whose,
    pub(super) by: Actor,
    pub(super) what: What,
    /// What later steps call the run or the quote.
    pub(super) called: Option<String>,
}

/// About whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// A customer, by id.
    Customer(String),
    /// A run's customer: `it`, or a run by what it was called.
    Run(Option<String>),
}

/// What is asked.
#[derive(Clone, Debug)]
pub(super) enum What {
    Open(NewCustomer),
    Change(CustomerChanges),
    Run(Asked),
    Check(Vec<Asked>),
    Quote(Asked),
    Confirm(QuoteName),
    Read,
    /// What the customer agreed to, and what is changing.
    Terms,
    Grant {
        kind: GrantKind,
        amount: Amount,
        until: Option<Moment>,
        reason: Option<String>,
    },
    Override(Box<Override>),
    Act(Act),
    OfRun(OfRun),
}

/// What is done with a run.
#[derive(Clone, Debug)]
pub(super) enum OfRun {
    Read,
    Ends(Report),
    Released,
    Extended(Length),
    Refunded(Option<Amount>, Option<String>),
    Corrected(Report),
    Reports(Vec<Attempt>),
}

/// A run that is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) request: RunRequest,
    pub(super) quote: Option<QuoteName>,
    /// Every input that the action needs is given.
    pub(super) inputs: bool,
}

/// Which quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum QuoteName {
    /// The last one.
    Last,
    /// The one that was called so.
    Called(String),
    /// The last one, with a letter changed.
    Altered,
}
