//! Events as stores keep them, the endpoints they are sent to, and how far each has come.

use super::{CustomerNumber, StoreError, Written};
use crate::environment::Environment;
use crate::number;
use probity_core::entry::Entry;
use probity_core::event::{Event, EventKind, FOR_THE_PRODUCT, Rest};
use probity_core::id::EventId;
use probity_core::view::WalletLine;
use probity_core::{Amount, Name, Time, json};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// An event as it stands in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its place among the events of the store: dense from 1 until old ones go.
    pub number: u64,
    /// In which books.
    pub environment: Environment,
    /// Whose, by number.
    pub customer: CustomerNumber,
    /// Whose, by id.
    pub whose: Name,
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Time,
    /// When it was told, by the computer's clock.
    pub told_at: Time,
    /// Told only once to each customer, under this name.
    pub once: Option<String>,
    /// What it is about.
    pub data: Data,
}

/// What an event is about, and how much of that a store keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// As JSON: all of it is kept.
    Whole(String),
    /// What follows from an entry about a run: kept is only what the entries do not say.
    OfRun(Box<Event>, Thin),
}

/// What is kept of an event about a run, beside entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thin {
    /// The place of the entry it follows from.
    pub entry: u64,
    /// What the entries do not say.
    pub rest: Rest,
}

/// The same in few letters: the entry's place; available, held, owed and credit line in millionths; until
/// when it is held, in microseconds.
type Letters = (u64, i64, i64, i64, i64, i64);

impl Thin {
    fn letters(&self) -> String {
        let Rest { wallet, expires_at } = &self.rest;
        let [available, held, owed, line] =
            [wallet.available, wallet.held, wallet.owed, wallet.credit_line]
                .map(Amount::millionths);
        format!("[{},{available},{held},{owed},{line},{}]", self.entry, expires_at.micros())
    }

    fn read(letters: &str) -> Option<Self> {
        let (entry, available, held, owed, line, expires_at): Letters =
            serde_json::from_str(letters).ok()?;
        let [available, held, owed, credit_line] =
            [available, held, owed, line].map(Amount::from_millionths);
        let wallet = WalletLine::of(available?, held?, owed?, credit_line?);
        let rest = Rest { wallet, expires_at: Time::from_micros(expires_at) };
        Some(Self { entry, rest })
    }

    /// The event, from the entries at their places.
    fn told(
        self,
        whose: &Name,
        entry_at: &mut dyn FnMut(u64) -> Result<Option<Written>, StoreError>,
    ) -> Result<Event, StoreError> {
        let gone = || StoreError::Corrupt(format!("entry {} of an event is not there", self.entry));
        let mut read = |place| -> Result<Entry, StoreError> {
            let written = entry_at(place)?.ok_or_else(gone)?;
            serde_json::from_str(&written.body).map_err(|e| StoreError::Corrupt(e.to_string()))
        };
        let entry = read(self.entry)?;
        let began = number::entry_of(entry.run.ok_or_else(gone)?);
        let told = match began == self.entry {
            true => Event::again(whose.clone(), &entry, &entry, self.rest),
            false => Event::again(whose.clone(), &entry, &read(began)?, self.rest),
        };
        told.ok_or_else(gone)
    }
}

impl Data {
    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Cow<'_, str> {
        match self {
            Self::Whole(json) => Cow::Borrowed(json),
            Self::OfRun(event, _) => Cow::Owned(json::plain(event)),
        }
    }

    /// As a store keeps it.
    #[must_use]
    pub fn kept(&self) -> Cow<'_, str> {
        match self {
            Self::Whole(json) => Cow::Borrowed(json),
            Self::OfRun(_, thin) => Cow::Owned(thin.letters()),
        }
    }

    /// What a store kept about an event of `whose`, told again with the help of the entries at their
    /// places.
    ///
    /// # Errors
    /// [`StoreError`] where those cannot be read, or it is not what a store kept.
    pub fn told_again(
        kept: String,
        whose: &Name,
        entry_at: &mut dyn FnMut(u64) -> Result<Option<Written>, StoreError>,
    ) -> Result<Self, StoreError> {
        if !kept.starts_with('[') {
            return Ok(Self::Whole(kept));
        }
        let thin = Thin::read(&kept)
            .ok_or_else(|| StoreError::Corrupt(format!("an event is kept as {kept}")))?;
        Ok(Self::OfRun(Box::new(thin.told(whose, entry_at)?), thin))
    }
}

impl Told {
    /// Its id, for others: the same however often it is sent.
    #[must_use]
    pub fn id(&self) -> EventId {
        number::event(self.at, self.number)
    }

    /// An id that leads to a place, whatever event is there: to go on after it.
    #[must_use]
    pub fn id_at(place: u64) -> EventId {
        number::event(Time::from_micros(0), place)
    }

    /// The place of an event by its id; of an id that is not ours, any number.
    #[must_use]
    pub const fn place(id: EventId) -> u64 {
        number::place_of(id)
    }

    /// The event as it leaves, in the shape of Standard Webhooks: `id`, `type`, `timestamp`, `data`.
    #[must_use]
    pub fn body(&self) -> String {
        self.body_with(&self.data.json())
    }

    /// The same, as its customer may read it.
    #[must_use]
    pub fn body_for_customer(&self) -> String {
        self.body_with(&for_customer(&self.data.json()))
    }

    fn body_with(&self, data: &str) -> String {
        #[derive(serde::Serialize)]
        struct Body<'a> {
            id: EventId,
            r#type: &'static str,
            timestamp: Time,
            data: &'a RawValue,
        }
        let data: &RawValue = serde_json::from_str(data).unwrap_or(RawValue::NULL);
        let body = Body { id: self.id(), r#type: self.kind.word(), timestamp: self.at, data };
        serde_json::to_string(&body).unwrap_or_default()
    }
}

/// What it is about, as its customer may read it: an operator's reasons are left out.
fn for_customer(data: &str) -> String {
    let Ok(mut data) = serde_json::from_str::<serde_json::Value>(data) else {
        return "null".to_owned();
    };
    for (about, field) in FOR_THE_PRODUCT {
        if let Some(reason) = data.get_mut(about).and_then(|about| about.get_mut(field)) {
            *reason = serde_json::Value::Null;
        }
    }
    data.to_string()
}

/// Where events are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id: `we_…`.
    pub id: Name,
    /// Events of these books.
    pub environment: Environment,
    /// Where.
    pub url: String,
    /// Which; none: all.
    pub kinds: Vec<EventKind>,
    /// What it is for, in somebody's words.
    pub description: Option<String>,
    /// Which of its secrets signs: from 1; each rotation is the next.
    pub secret: u32,
    /// The secret before signs as well, until this instant.
    pub old_until: Option<Time>,
    /// When it was made.
    pub created_at: Time,
    /// Nothing is sent there any more: why.
    pub stopped: Option<String>,
}

impl Endpoint {
    /// Is it sent such events?
    #[must_use]
    pub fn takes(&self, environment: Environment, kind: EventKind) -> bool {
        let takes_kind = self.kinds.is_empty() || self.kinds.contains(&kind);
        self.environment == environment && self.stopped.is_none() && takes_kind
    }
}

/// What becomes of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointChange {
    /// It is new, or otherwise than before.
    Put(Endpoint),
    /// It is there no longer, nor what was to be sent there.
    Remove(Name),
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is sent when it is due.
    Waiting,
    /// It arrived.
    Delivered,
    /// It was tried for so long that it is tried no more by itself.
    Dead,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Delivered, Self::Dead];

    /// Its name.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }

    /// The state of this name.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

impl fmt::Display for DeliveryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The event's number.
    pub event: u64,
    /// The endpoint's id.
    pub endpoint: Name,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, by the computer's clock.
    pub due_at: Time,
    /// What came of the last try.
    pub said: Option<String>,
    /// When it last changed, by the computer's clock.
    pub changed_at: Time,
}

/// How many deliveries did not arrive yet, or never will by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undelivered {
    /// Those that wait.
    pub waiting: u64,
    /// Those that are tried no more.
    pub dead: u64,
}

/// A stretch of events that may go, with whatever was to be sent of them; those told once stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PruneEvents {
    /// From this place on.
    pub from: u64,
    /// Up to this place.
    pub to: u64,
}
