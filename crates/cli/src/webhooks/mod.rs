//! Webhooks out: events on their way to endpoints, as Standard Webhooks has it.
//!
//! What is to be sent stands in the store from the commit of its event on; here it is sent. When a try is
//! due stands in `schedule`, what is signed in `signature`, where it may go in `guard`: none of these does
//! anything. `send` sends one message, `deliver` sends all that is due. What is charged is not known here.

mod deliver;
mod flying;
mod guard;
mod schedule;
mod send;
mod signature;

pub use deliver::deliver;
pub use guard::Reach;
pub(crate) use guard::address;
pub(crate) use schedule::{Said, anew};
pub use send::{Letter, Post};
pub use signature::{Secret, signature};

use crate::http::App;
use flying::Flying;
use probity::store::Endpoint;
use probity_core::Time;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Notify;

/// What a service shares of it.
#[derive(Debug, Default)]
pub(crate) struct Webhooks {
    reach: Reach,
    post: OnceLock<Post>,
    /// How often endpoints or deliveries were changed by somebody.
    changes: AtomicU64,
    changed: Notify,
    pub(crate) flying: Flying,
    pub(crate) counted: Counted,
}

impl Webhooks {
    /// Sends so far and no further.
    pub(crate) fn reaching(reach: Reach) -> Self {
        Self { reach, ..Self::default() }
    }

    /// How far it sends.
    pub(crate) const fn reach(&self) -> Reach {
        self.reach
    }

    /// Endpoints or deliveries were changed: said before whoever changed them is answered, so that what
    /// happens after that goes where it is to go.
    pub(crate) fn tell_changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
        self.changed.notify_one();
    }

    /// What sends; made when it is first needed.
    pub(crate) fn post(&self) -> &Post {
        self.post.get_or_init(|| Post::new(self.reach))
    }
}

/// What was done since the service began.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    delivered: AtomicU64,
    failed: AtomicU64,
    died: AtomicU64,
}

impl Counted {
    /// A try came to this.
    fn count(&self, said: &Said, died: bool) {
        let one = if said.is_delivered() { &self.delivered } else { &self.failed };
        one.fetch_add(1, Ordering::Relaxed);
        self.died.fetch_add(u64::from(died), Ordering::Relaxed);
    }

    /// Tries that arrived, tries that did not, deliveries that are tried no more.
    pub(crate) fn so_far(&self) -> [u64; 3] {
        [&self.delivered, &self.failed, &self.died].map(|one| one.load(Ordering::Relaxed))
    }
}

/// The message of an event to an endpoint, signed at an instant by every secret that signs then.
pub(crate) fn letter(app: &App, endpoint: &Endpoint, id: &str, body: String, now: Time) -> Letter {
    let number = endpoint.secret;
    let old = endpoint.old_until.filter(|until| now < *until).and(number.checked_sub(1));
    let secrets: Vec<Secret> = std::iter::once(number)
        .chain(old.filter(|old| *old > 0))
        .map(|number| app.webhook_secret(endpoint.environment, &endpoint.id, number))
        .collect();
    let timestamp = now.micros().div_euclid(1_000_000);
    let signature = signature(&secrets, id, timestamp, &body);
    Letter { id: id.to_owned(), timestamp, signature, body }
}
