//! An event of Stripe, and what it says in the words of the books. What is of no use here is told with
//! why; what should be, and cannot be read, names the field.

use super::money_in::{self, Payment};
use super::{Selling, out, subscription};
use probity_core::provider::{Claim, SubscriptionTold};
use probity_core::{Name, Time};
use serde_json::{Map, Value};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id: `evt_…`.
    pub id: Name,
    /// Its type, such as `payment_intent.succeeded`.
    pub kind: String,
    /// When it happened, by Stripe's clock.
    pub at: Time,
    /// Is it about real money?
    pub live: bool,
    /// What it says.
    pub says: Says,
    /// The invoice that it is about, and what paid it, as far as it says.
    pub invoiced: Option<Invoiced>,
}

/// An invoice, and payments of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoiced {
    /// Its id.
    pub invoice: Name,
    /// Is it a subscription's? One that was made of a sale of credits is not.
    pub by_subscription: bool,
    /// The ids of PaymentIntents that paid it, or of charges where there are none.
    pub payments: Vec<Name>,
}

/// What an event says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// Credits were paid for.
    Paid(Payment),
    /// Money of a payment is claimed, or a claim came to nothing.
    Claimed {
        /// Which payment.
        payment: Name,
        /// The claim.
        claim: Claim,
        /// Does the event itself show that the payment bought something here?
        is_ours: bool,
    },
    /// How a subscription stands; whose it is where the event says it.
    Subscription {
        /// Whose.
        customer: Option<Name>,
        /// When the subscription began.
        began: Time,
        /// How it stands.
        told: Box<SubscriptionTold>,
        /// Does the event itself show that it pays for a plan of ours, or for whom?
        is_ours: bool,
    },
    /// A period was paid for.
    Renewed {
        /// Whose.
        customer: Option<Name>,
        /// For which subscription.
        subscription: Option<Name>,
        /// The invoice.
        invoice: Name,
        /// Does it show that it is for a plan of ours, or for whom?
        is_ours: bool,
    },
    /// Nothing that the books keep, and why.
    Nothing(&'static str),
}

/// What cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which field.
    pub field: String,
    /// What is wrong, and what would be right.
    pub why: String,
}

impl Unread {
    pub(super) fn new(field: impl Into<String>, why: impl Into<String>) -> Self {
        Self { field: field.into(), why: why.into() }
    }
}

/// Reads an event.
///
/// # Errors
/// [`Unread`]: the first field that should be otherwise.
pub fn read(event: &Map<String, Value>, selling: &Selling) -> Result<Event, Unread> {
    let whole = Object::root(event);
    let id = whole.id("id")?;
    let kind = whole.text("type").ok_or_else(|| whole.missing("type"))?;
    let at = whole.time("created")?;
    let live = whole.flag("livemode").ok_or_else(|| whole.missing("livemode"))?;
    let data = whole.object("data").ok_or_else(|| whole.missing("data"))?;
    let object = data.object("object").ok_or_else(|| data.missing("object"))?;
    let about = Told { id: &id, at, object, data, selling };
    let says = says(kind, &about)?;
    let invoiced = subscription::invoiced(kind, object);
    Ok(Event { kind: kind.to_owned(), at, live, says, invoiced, id })
}

/// What an event is about, as far as that can be read of one that cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// When it happened, by Stripe's clock.
    pub at: Time,
    /// Its type.
    pub kind: String,
    /// Whom it names.
    pub customer: Option<Name>,
    /// The payment that it tells of.
    pub payment: Option<Name>,
}

/// Which event it is, and what it is about, however much of it cannot be read; None: it tells of no money
/// and no plan, or not which it is.
#[must_use]
pub fn what_of(event: &Map<String, Value>) -> Option<(Name, About)> {
    let whole = Object::root(event);
    let kind = whole.text("type")?.to_owned();
    let object = whole.object("data")?.object("object")?;
    let named = customer(object.object("metadata")).ok().flatten();
    let customer = named.or_else(|| object.named("client_reference_id"));
    let payment = match kind.as_str() {
        "payment_intent.succeeded" => object.named("id"),
        kind if kind.starts_with("checkout.session.") => {
            object.named("payment_intent").or_else(|| object.named("id"))
        }
        _ => None,
    };
    Some((whole.named("id")?, About { at: whole.time("created").ok()?, kind, customer, payment }))
}

/// What an event is about.
pub(super) struct Told<'a> {
    pub(super) id: &'a Name,
    pub(super) at: Time,
    pub(super) object: Object<'a>,
    pub(super) data: Object<'a>,
    pub(super) selling: &'a Selling,
}

fn says(kind: &str, about: &Told<'_>) -> Result<Says, Unread> {
    match kind {
        "checkout.session.completed" | "checkout.session.async_payment_succeeded" => {
            money_in::session(about)
        }
        "payment_intent.succeeded" => money_in::intent(about),
        "charge.refunded" => out::refunded(about),
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            out::refund(about)
        }
        "charge.dispute.created"
        | "charge.dispute.updated"
        | "charge.dispute.funds_withdrawn"
        | "charge.dispute.closed" => out::dispute(about, false),
        "charge.dispute.funds_reinstated" => out::dispute(about, true),
        "customer.subscription.created" => subscription::begins(about),
        "customer.subscription.updated" => subscription::changes(about),
        "customer.subscription.deleted" => subscription::is_over(about),
        "invoice.paid" => subscription::invoice(about),
        "invoice_payment.paid" => Ok(Says::Nothing("the invoice's own events say what it brings")),
        "invoice.payment_succeeded" => Ok(Says::Nothing("`invoice.paid` tells the same")),
        "invoice.payment_failed" => Ok(Says::Nothing("asking again for money is Stripe's")),
        _ => Ok(Says::Nothing("no event that changes credits or plans")),
    }
}

/// An object of an event, with where it stands.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    map: &'a Map<String, Value>,
    at: &'static str,
}

impl<'a> Object<'a> {
    const fn root(map: &'a Map<String, Value>) -> Self {
        Self { map, at: "" }
    }

    /// The same place, another content.
    pub(super) const fn with(self, map: &'a Map<String, Value>) -> Self {
        Self { map, at: self.at }
    }

    pub(super) const fn map(self) -> &'a Map<String, Value> {
        self.map
    }

    pub(super) fn value(self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.value(name)?.as_str().filter(|text| !text.is_empty())
    }

    pub(super) fn flag(self, name: &str) -> Option<bool> {
        self.value(name)?.as_bool()
    }

    pub(super) fn object(self, name: &str) -> Option<Self> {
        let at = match (self.at, name) {
            ("", "data") => "data",
            ("data", "object") => "data.object",
            ("data.object", "metadata") => "data.object.metadata",
            _ => self.at,
        };
        Some(Self { map: self.value(name)?.as_object()?, at })
    }

    /// The objects of a list of Stripe's, `{data: […]}`.
    pub(super) fn list(self, name: &str) -> impl Iterator<Item = Self> {
        let items = self.object(name).and_then(|list| list.value("data"));
        let items = items.and_then(Value::as_array).into_iter().flatten();
        items.filter_map(move |item| Some(Self { map: item.as_object()?, at: self.at }))
    }

    /// An id, or that of an object which stands in its place.
    pub(super) fn named(self, name: &str) -> Option<Name> {
        let value = self.value(name)?;
        let text = value.as_str().or_else(|| value.get("id")?.as_str())?;
        probity_core::id::is_caller_id(text).then(|| Name::new(text))
    }

    /// An id that must be there.
    pub(super) fn id(self, name: &str) -> Result<Name, Unread> {
        self.named(name).ok_or_else(|| self.missing(name))
    }

    pub(super) fn whole(self, name: &str) -> Result<u64, Unread> {
        let number = self.value(name).and_then(Value::as_u64);
        number.ok_or_else(|| Unread::new(self.place(name), "is to be a whole number"))
    }

    /// An instant, in seconds since 1970.
    pub(super) fn time(self, name: &str) -> Result<Time, Unread> {
        let seconds = self.whole(name)?;
        // Up to the year 9999.
        let micros = (seconds <= 253_402_300_799).then(|| i64::try_from(seconds * 1_000_000).ok());
        let why = "is to be an instant in seconds since 1970";
        micros.flatten().map(Time::from_micros).ok_or_else(|| Unread::new(self.place(name), why))
    }

    /// A sum: a whole number and the object's currency.
    pub(super) fn money(self, name: &str) -> Result<probity_core::Money, Unread> {
        let amount = self.whole(name)?;
        let currency = self.text("currency").ok_or_else(|| self.missing("currency"))?;
        let why = "is no sum of money that can be counted";
        super::money(amount, currency).ok_or_else(|| Unread::new(self.place(name), why))
    }

    pub(super) fn place(self, name: &str) -> String {
        if self.at.is_empty() { name.to_owned() } else { format!("{}.{name}", self.at) }
    }

    pub(super) fn missing(self, name: &str) -> Unread {
        Unread::new(self.place(name), "is missing, or not what Stripe writes there")
    }
}

/// Whose it is, as the product wrote it into the metadata.
pub(super) fn customer(metadata: Option<Object<'_>>) -> Result<Option<Name>, Unread> {
    let Some(metadata) = metadata else { return Ok(None) };
    let Some(text) = metadata.text("probity_customer") else { return Ok(None) };
    if probity_core::id::is_caller_id(text) {
        return Ok(Some(Name::new(text)));
    }
    let why = "is no customer's id: 1 to 128 of A-Z a-z 0-9 . _ : @ -";
    Err(Unread::new(metadata.place("probity_customer"), why))
}
