//! Stripe's events: who signed them, and what they ask of the books. Pure: it reads bytes and tells
//! what they say; what is done with it is `http/stripe.rs`'s, and whether it is done is the core's.

mod currency;
mod event;
mod money_in;
mod out;
mod signature;
mod subscription;

pub use currency::{money, places};
pub use event::{About, Event, Invoiced, Says, Unread, read, what_of};
pub use money_in::Payment;
pub use signature::{Secret, Unsigned, sign, signed_by};

use probity::Environment;
use probity_core::{Amount, Name};
use std::collections::BTreeMap;

/// What is sold with Stripe, and whom its events are believed by.
#[derive(Debug, Default)]
pub struct Stripe {
    /// The signing secrets of an environment's endpoint; several while one is replaced.
    secrets: Vec<(Environment, Secret)>,
    /// What prices bring, by Stripe's ids.
    pub selling: Selling,
}

/// What prices bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selling {
    /// By Stripe's ids of prices.
    pub prices: BTreeMap<Name, Brings>,
    /// The plan of whoever has no subscription any more; None: the one for new customers.
    pub without_subscription: Option<Name>,
}

/// What a price of Stripe brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brings {
    /// So many credits, each time it is paid.
    Credits(Amount),
    /// A plan, for as long as it is subscribed to.
    Plan(Name),
}

impl Stripe {
    /// What is sold, its events believed by these secrets.
    #[must_use]
    pub const fn new(secrets: Vec<(Environment, Secret)>, selling: Selling) -> Self {
        Self { secrets, selling }
    }

    /// Is there a secret that events could be known by?
    #[must_use]
    pub const fn has_secrets(&self) -> bool {
        !self.secrets.is_empty()
    }

    /// How many secrets an environment has.
    #[must_use]
    pub fn secrets_of(&self, environment: Environment) -> usize {
        self.secrets.iter().filter(|(of, _)| *of == environment).count()
    }

    /// In whose books an event belongs, by the secret that signed it. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// [`Unsigned`]: what is wrong with the signature.
    pub fn signer(&self, header: &str, body: &[u8], now: i64) -> Result<Environment, Unsigned> {
        signed_by(header, body, now, &self.secrets)
    }
}
