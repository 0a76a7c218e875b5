//! What the engine is asked, and what comes back.

use crate::answer::Reply;
use crate::books::Answer;
use crate::environment::Environment;
use crate::store::{Publication, StoreError};
use probity_core::command::{Act, Actor, CustomerChanges, NewCustomer};
use probity_core::decide::{Denial, Problem};
use probity_core::state::Customer;
use probity_core::sums::Sums;
use probity_core::terms::{Catalog, PublishError};
use probity_core::view::Desk;
use probity_core::{Name, RunId, Time};
use std::fmt;
use std::sync::Arc;

/// Whom a command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A customer, by their id.
    Customer(Name),
    /// Whoever has this run; with a name, only if it is theirs.
    Run(RunId, Option<Name>),
}

/// What is to be done.
pub enum Doing {
    /// A command.
    Act(Act),
    /// Open a customer, or where they are known, change them.
    Put(NewCustomer, CustomerChanges),
    /// Nothing in the books: something is told, and kept as the answer to its key.
    Tell,
    /// A question about a receipt.
    Question {
        /// Its id.
        id: Name,
        /// About which run.
        run: RunId,
        /// What they say.
        text: String,
    },
    /// What is said to one. Whoever asks has seen that it is there.
    Reply {
        /// To which question.
        question: Name,
        /// About which run.
        run: RunId,
        /// What is said.
        text: String,
    },
    /// A customer's own AI key is stored: its entry and the sealed key are durable together.
    StoreKey {
        /// For which provider.
        provider: Name,
        /// Its last letters.
        ends_with: String,
        /// The key, as [`crate::sealing`] seals it.
        sealed: Vec<u8>,
    },
    /// Nothing at all: only the answer to its key, if it was used before.
    LookUp,
}

/// What makes a request the same as one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The idempotency key.
    pub key: String,
    /// SHA-256 of what is asked.
    pub fingerprint: [u8; 32],
}

/// How an answer is put in words, at the very state that the command left; [`Doing::Tell`] may
/// refuse.
pub type Render = Box<dyn FnOnce(&Done<'_>) -> Result<Reply, Problem> + Send>;

/// What must hold of the customer right before, or nothing is done.
pub type OnlyIf = Box<dyn FnOnce(&Customer) -> Result<(), Problem> + Send>;

/// A command that was applied, with the state right after it.
pub struct Done<'a> {
    /// Where answers are given; None for who is no customer.
    pub desk: Desk<'a>,
    /// The customer.
    pub customer: &'a Customer,
    /// What it came to.
    pub answer: &'a Answer,
    /// The customer was opened by it.
    pub opened: bool,
    /// The present instant.
    pub now: Time,
}

/// A command for the engine.
pub struct Ask {
    /// In which books.
    pub environment: Environment,
    /// About whom.
    pub whose: Whose,
    /// What.
    pub doing: Doing,
    /// By whom.
    pub by: Actor,
    /// What must hold right before.
    pub only_if: Option<OnlyIf>,
    /// With it, the same request again gets the same answer.
    pub key: Option<Key>,
    /// How to tell it; None: the caller does not need it told.
    pub render: Option<Render>,
}

/// What a command came to, durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The entry and the run; nothing where an earlier answer was repeated.
    pub answer: Option<Answer>,
    /// The answer in words, where a way to tell it was given or kept.
    pub reply: Option<Reply>,
    /// It is the answer to an earlier request with the same key.
    pub replayed: bool,
}

/// What readers see: one customer's state, everything due by then applied and durable.
#[derive(Clone, Debug)]
pub struct View {
    /// The customer.
    pub customer: Arc<Customer>,
    /// Every published version.
    pub catalog: Arc<Catalog>,
    /// Sums over all customers.
    pub sums: Arc<Sums>,
    /// The instant.
    pub now: Time,
}

impl View {
    /// The desk where answers about it are given.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the catalog lacks the customer's version.
    pub fn desk(&self) -> Result<Desk<'_>, Problem> {
        Desk::new(&self.catalog, &self.sums, &self.customer, self.now)
            .ok_or(Problem::NotFound { what: "contract version" })
    }
}

/// Why a command was not applied.
#[derive(Clone, Debug)]
pub enum Refused {
    /// The run is refused; ways forward are found with the view.
    Denied(Box<Denial>, Box<View>),
    /// It cannot be applied as it is.
    Problem(Problem),
    /// The key was used for another request.
    KeyReused,
    /// A version or revision cannot be published.
    Publish(PublishError),
    /// Something else was published meanwhile: nothing was applied.
    PublishedMeanwhile {
        /// The revision of operations that was expected to be the last.
        expected: u32,
        /// The one that is.
        last: u32,
    },
    /// The queue is full: nothing was applied.
    Overloaded,
    /// Storage failed. Whether it was applied is not known; asking again with the same key finds out.
    Unavailable(StoreError),
    /// The engine has stopped: nothing was applied.
    Stopped,
}

impl Refused {
    /// Is it the engine or its store that is away? What was asked may be right.
    #[must_use]
    pub const fn is_away(&self) -> bool {
        matches!(self, Self::Overloaded | Self::Unavailable(_) | Self::Stopped)
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied(denial, _) => write!(f, "{}", denial.code.word()),
            Self::Problem(problem) => f.write_str(&problem.detail()),
            Self::KeyReused => f.write_str("This key was used for another request."),
            Self::Publish(error) => f.write_str(&error.detail()),
            Self::PublishedMeanwhile { expected, last } => write!(
                f,
                "Revision {expected} of the operations was expected to be the last one, and {last} is: \
                 something was published that you have not seen. Read what was published last, and \
                 decide anew. Nothing was applied."
            ),
            Self::Overloaded => f.write_str("Too much at once: nothing was applied. Try again."),
            Self::Unavailable(error) => write!(f, "Whether it was applied is not known: {error}."),
            Self::Stopped => f.write_str("It has stopped: nothing was applied."),
        }
    }
}

impl std::error::Error for Refused {}

/// What is to be published.
#[derive(Clone, Debug)]
pub(crate) struct ToPublish {
    pub(crate) publication: Publication,
    pub(crate) dry_run: bool,
    /// Whether it is adverse is found by comparing it with the version before.
    pub(crate) compare: bool,
    /// The revision of operations that is expected to be the last; None: whichever is.
    pub(crate) expected: Option<u32>,
}
