//! Stores: what keeps the journal, durably and in order.
//!
//! The journal of entries is the truth. Everything else a store keeps is either rebuilt from it
//! (snapshots, runs at rest, sums) or says how a request was answered (kept answers). A store knows
//! no price, matches on no outcome and computes no amount: it is handed a [`Batch`] and makes it
//! durable, whole or not at all.

mod events;
mod memory;
mod reader;
pub mod sqlite;

pub use events::{
    Data, Delivery, DeliveryState, Endpoint, EndpointChange, PruneEvents, Thin, Told, Undelivered,
};
pub use memory::MemoryStore;
pub use reader::{Asked, LOOKED_AT, Reader, Replied, Theirs};

use crate::environment::Environment;
use probity_core::{Name, RunId, Time};
use std::fmt;
use std::sync::Arc;

/// A customer's number in one store: dense from 1, over both environments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerNumber(pub u32);

/// A customer that is new to the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The next number.
    pub number: CustomerNumber,
    /// Where.
    pub environment: Environment,
    /// Their id, chosen by the product.
    pub id: Name,
}

/// One entry as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its place in the journal of the whole store: dense from 1.
    pub number: u64,
    /// Whose.
    pub customer: CustomerNumber,
    /// Its number in the journal of the customer: dense from 1.
    pub seq: u64,
    /// The place of the customer's entry before it; 0 for the first.
    pub previous: u64,
    /// The entry as canonical JSON: what is hashed.
    pub body: String,
    /// The hash that ties it to the one before.
    pub hash: [u8; 32],
}

/// How a request with an idempotency key was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Its place among the kept answers of the store: dense from 1.
    pub number: u64,
    /// About whom.
    pub customer: CustomerNumber,
    /// The place of the customer's answer before it; 0 for the first.
    pub previous: u64,
    /// When it was given.
    pub at: Time,
    /// The key that came with the request.
    pub key: String,
    /// SHA-256 of what was asked.
    pub fingerprint: [u8; 32],
    /// The status it was answered with.
    pub status: u16,
    /// The JSON it was answered with.
    pub body: String,
}

/// A customer's state as of one entry; can be thrown away and folded anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Whose.
    pub customer: CustomerNumber,
    /// The last entry it has folded.
    pub entry: u64,
    /// The hash of that entry.
    pub hash: [u8; 32],
    /// The last answer whose key it remembers.
    pub answer: u64,
    /// The state, as the engine packs it.
    pub state: Vec<u8>,
    /// The keys it remembers.
    pub keys: Vec<u8>,
}

/// An ended run that left its customer's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rested {
    /// Which run.
    pub run: RunId,
    /// Whose.
    pub customer: CustomerNumber,
    /// The run, as the engine packs it.
    pub body: Vec<u8>,
}

/// A contract version, or a revision of operations, as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Its place among the publications of the store: dense from 1.
    pub number: u64,
    /// Where.
    pub environment: Environment,
    /// `contract.yaml`; None: operations only.
    pub contract: Option<String>,
    /// `operations.yaml`.
    pub operations: Option<String>,
    /// The price map that operations name.
    pub prices: Option<String>,
    /// Is it worse for anybody?
    pub adverse: bool,
    /// Why, by whoever published it.
    pub reason: Option<String>,
    /// The name of the key that published it.
    pub by: Name,
    /// When.
    pub at: Time,
}

/// A secret key of the API: who holds it may ask. The key itself is shown once and never kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id, for people: `key_…`.
    pub id: Name,
    /// Where it may ask.
    pub environment: Environment,
    /// The role of `who_may` it has; None: unlimited.
    pub role: Option<Name>,
    /// Its name, as it stands in journals.
    pub name: Name,
    /// SHA-256 of the key.
    pub hash: [u8; 32],
    /// When it was made.
    pub created_at: Time,
    /// From when on it is refused.
    pub revoked_at: Option<Time>,
}

/// What a customer asks about a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id: `q_…`.
    pub id: Name,
    /// Whose.
    pub customer: CustomerNumber,
    /// About which run.
    pub run: RunId,
    /// What they say.
    pub text: String,
    /// The name of the key it came with.
    pub by: Name,
    /// When.
    pub at: Time,
}

/// What is said to a question about a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionReply {
    /// To which question.
    pub question: Name,
    /// Whose it is.
    pub customer: CustomerNumber,
    /// About which run.
    pub run: RunId,
    /// What is said.
    pub text: String,
    /// The name of the key it came with.
    pub by: Name,
    /// When.
    pub at: Time,
}

/// A customer's own AI key, sealed. What seals it stands in no store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedKey {
    /// Whose.
    pub customer: CustomerNumber,
    /// For which provider.
    pub provider: Name,
    /// When it was stored: the instant of its entry.
    pub stored_at: Time,
    /// The key, as [`crate::sealing`] seals it.
    pub sealed: Vec<u8>,
}

/// What becomes of a customer's own AI key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnKeyChange {
    /// It is kept, in place of the one before for this provider.
    Keep(SealedKey),
    /// It is kept no longer.
    Forget {
        /// Whose.
        customer: CustomerNumber,
        /// For which provider.
        provider: Name,
    },
    /// It is the same, sealed anew; nothing happens where it is not kept as it was before any more.
    Reseal {
        /// As it was sealed before.
        before: SealedKey,
        /// As it is sealed now.
        sealed: Vec<u8>,
    },
}

/// A sealed key with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TheirKey {
    /// In which books.
    pub environment: Environment,
    /// Whose.
    pub customer: Name,
    /// The key.
    pub key: SealedKey,
}

/// Whose payment or subscription an id of a payment provider is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderId {
    /// The id.
    pub id: Name,
    /// Whose.
    pub customer: CustomerNumber,
}

/// Kept answers that may go: those in a stretch that were given before an instant. The last of all is
/// not in it, so that places are never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prune {
    /// The first of the stretch.
    pub from: u64,
    /// The last of it.
    pub to: u64,
    /// The instant.
    pub before: Instants,
}

/// What one commit makes durable, whole or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Customers that are new.
    pub newcomers: Vec<Newcomer>,
    /// Entries, in the order of the journal.
    pub entries: Vec<Written>,
    /// Answers to requests with a key, in order.
    pub answers: Vec<Arc<KeptAnswer>>,
    /// Old answers that are deleted.
    pub prune: Option<Prune>,
    /// States as of an entry of this batch or before.
    pub snapshots: Vec<Snapshot>,
    /// Runs that went to rest.
    pub rested: Vec<Rested>,
    /// What was published.
    pub publications: Vec<Publication>,
    /// Sums over all customers of an environment, as JSON.
    pub sums: Vec<(Environment, String)>,
    /// Where the sandbox clock was moved to.
    pub clock: Option<Time>,
    /// Keys of the API that are new, or changed.
    pub keys: Vec<ApiKey>,
    /// Secrets that are new, by name.
    pub secrets: Vec<(String, Vec<u8>)>,
    /// Questions about receipts.
    pub questions: Vec<Question>,
    /// What is said to them.
    pub replies: Vec<QuestionReply>,
    /// What becomes of customers' own AI keys, in order.
    pub own_keys: Vec<OwnKeyChange>,
    /// What others are told, in order.
    pub events: Vec<Arc<Told>>,
    /// What becomes of the endpoints that events are sent to, in order.
    pub endpoints: Vec<EndpointChange>,
    /// Deliveries as they are now.
    pub deliveries: Vec<Delivery>,
    /// Old events that are deleted.
    pub prune_events: Option<PruneEvents>,
    /// Ids of a payment provider that entries of this batch name.
    pub provider_ids: Vec<ProviderId>,
    /// The last instant that anything was decided at.
    pub decided_at: Option<Instants>,
}

/// An instant of each environment, by its own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instants {
    /// By the live clock.
    pub live: Time,
    /// By the sandbox clock.
    pub sandbox: Time,
}

impl Instants {
    /// Before anything.
    pub const MIN: Self = Self { live: Time::MIN, sandbox: Time::MIN };

    /// That of an environment.
    #[must_use]
    pub const fn of(self, environment: Environment) -> Time {
        match environment {
            Environment::Live => self.live,
            Environment::Sandbox => self.sandbox,
        }
    }
}

impl Batch {
    /// Is there nothing to make durable?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a store knows when it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// The place of the last entry; 0: none yet.
    pub entries: u64,
    /// The place of the last kept answer.
    pub answers: u64,
    /// How many customers there are.
    pub customers: u32,
    /// Everything published, oldest first.
    pub publications: Vec<Publication>,
    /// Sums over all customers, as JSON.
    pub sums: Vec<(Environment, String)>,
    /// Where the sandbox clock was moved to.
    pub clock: Option<Time>,
    /// The keys of the API, oldest first.
    pub keys: Vec<ApiKey>,
    /// The secrets, by name.
    pub secrets: Vec<(String, Vec<u8>)>,
    /// The place of the last event; 0: none yet.
    pub events: u64,
    /// Where events are sent, oldest first.
    pub endpoints: Vec<Endpoint>,
    /// The last instant that anything was decided at.
    pub decided_at: Option<Instants>,
}

/// What is kept of one customer, from their snapshot on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// Where.
    pub environment: Environment,
    /// Their id.
    pub id: Name,
    /// The state to begin with.
    pub snapshot: Option<Snapshot>,
    /// The entries after it, oldest first.
    pub entries: Vec<Written>,
    /// The answers after it, oldest first, without their bodies.
    pub answers: Vec<KeptAnswer>,
}

/// Why a store could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Another process has it open.
    InUse,
    /// It was written by a newer version of this program.
    Newer,
    /// There is no room, or it cannot be written to; reading goes on.
    ReadOnly(String),
    /// What stands in it contradicts itself.
    Corrupt(String),
    /// Anything else that storage says.
    Io(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse => f.write_str("another process has this database open"),
            Self::Newer => f.write_str("this database was written by a newer version of Probity"),
            Self::ReadOnly(why) => write!(f, "the database cannot be written to: {why}"),
            Self::Corrupt(what) => write!(f, "the database contradicts itself: {what}"),
            Self::Io(what) => write!(f, "the database cannot be used: {what}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// What keeps the journal. Only one thread writes; others read beside it.
pub trait Store: Send {
    /// What it knows now.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    fn beginning(&mut self) -> Result<Beginning, StoreError>;

    /// One more who reads.
    ///
    /// # Errors
    /// [`StoreError`] where that cannot be.
    fn reader(&self) -> Result<Box<dyn Reader>, StoreError>;

    /// Makes a batch durable: on `Ok` it is on disk, on an error nothing of it counts.
    ///
    /// # Errors
    /// [`StoreError`]; whether anything is on disk is then found by [`Store::beginning`].
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError>;
}
