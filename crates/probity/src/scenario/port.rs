//! What stories are played against: books behind a door that speaks in the public shapes.
//!
//! A [`Port`] takes calls as the HTTP API has them and answers in the same JSON, so that one corpus
//! of stories proves every door: the books in memory, each store, the API, the layer.

use probity_core::command::{Act, Actor, NewCustomer, RunRequest};
use probity_core::contract::file::Reading;
use probity_core::sums::Sums;
use probity_core::{RunId, Time};
use serde_json::Value;

/// The text of the files of one contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// `contract.yaml`.
    pub contract: String,
    /// `operations.yaml`, where there is one.
    pub operations: Option<String>,
    /// The price map that operations name.
    pub prices: Option<String>,
}

/// What is called.
#[derive(Clone, Debug)]
pub enum Call {
    /// A new customer.
    Open(NewCustomer),
    /// A run, perhaps under a quote (its signed text).
    Run(Box<RunRequest>, Option<String>),
    /// Would these runs be allowed, each given those before it?
    Check(Vec<RunRequest>),
    /// A price promised for one run.
    Quote(Box<RunRequest>),
    /// Agree to a quote (its signed text).
    ConfirmQuote(String),
    /// The wallet, and who the customer is: both shapes in one object.
    Read,
    /// What the customer agreed to, and what is changing.
    Terms,
    /// A run's receipt.
    Receipt(RunId),
    /// Any other command.
    Act(Box<Act>),
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// It was done, or read; false: refused, and nothing was applied.
    pub done: bool,
    /// The answer in its public shape; a problem with its `code` where it was refused.
    pub body: Value,
    /// Entries written in the customer's journal since the call before, oldest first.
    pub entries: Vec<Value>,
}

impl Told {
    /// Done, and nothing written.
    #[must_use]
    pub const fn of(body: Value) -> Self {
        Self { done: true, body, entries: Vec::new() }
    }

    /// Refused.
    #[must_use]
    pub const fn refused(body: Value) -> Self {
        Self { done: false, body, entries: Vec::new() }
    }
}

/// A contract to be published: its files, and what they were read as.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'a> {
    /// The text.
    pub files: &'a Files,
    /// What it says; read once, as reading is most of what a story costs.
    pub reading: &'a Reading,
}

/// Books that stories are played against.
pub trait Port {
    /// Publishes a contract with its operations at `now`: the first, or a later version, `worse`
    /// for somebody or not.
    fn publish(&mut self, publication: &Publication<'_>, worse: bool, now: Time) -> Told;

    /// Publishes a new revision of the operations of the latest version.
    fn publish_operations(&mut self, publication: &Publication<'_>, now: Time) -> Told;

    /// The sums over all customers, as they are from now on.
    fn sums(&mut self) -> &mut Sums;

    /// One call about one customer at `now`, after everything due by then.
    fn call(&mut self, customer: &str, call: Call, by: Actor, now: Time) -> Told;
}
