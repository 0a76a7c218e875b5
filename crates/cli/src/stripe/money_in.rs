//! Payments for credits: Checkout Sessions and PaymentIntents. Whose they are and what they buy, the
//! product writes into their metadata.

use super::event::{Object, Says, Told, Unread, customer};
use super::{Brings, Selling};
use probity_core::{Amount, Money, Name};

/// Credits that were paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The PaymentIntent's id: the same payment is told of by several events.
    pub id: Name,
    /// Who gets them.
    pub customer: Name,
    /// How many.
    pub credits: Amount,
    /// What was paid.
    pub paid: Money,
}

/// `checkout.session.completed`, and later of payments that take their time.
pub(super) fn session(about: &Told<'_>) -> Result<Says, Unread> {
    let session = about.object;
    match session.text("mode") {
        Some("subscription") => {
            return Ok(Says::Nothing("the subscription's own events say what it brings"));
        }
        Some("setup") => return Ok(Says::Nothing("nothing was paid")),
        _ => {}
    }
    let is_paid = match session.text("payment_status") {
        Some("paid") => true,
        // It costs nothing, by a code for all of it: nothing is left to pay.
        Some("no_payment_required") => session.whole("amount_total") == Ok(0),
        _ => false,
    };
    if !is_paid {
        return Ok(Says::Nothing("it is not paid yet"));
    }
    let metadata = session.object("metadata");
    let named = customer(metadata)?;
    let listed = line_items(session, about.selling);
    let credits = match credits(metadata, about.selling)? {
        None if named.is_some() || listed.is_some() => listed,
        credits => credits,
    };
    // Without a word of ours in it, it is somebody else's sale.
    let Some(credits) = credits else { return nobody_s(session, named.as_ref()) };
    let named = match named {
        Some(named) => named,
        None => session.named("client_reference_id").ok_or_else(|| no_customer(session))?,
    };
    let id = match session.named("payment_intent") {
        Some(intent) => intent,
        None => session.id("id")?,
    };
    let paid = session.money("amount_total")?;
    Ok(Says::Paid(Payment { id, customer: named, credits, paid }))
}

/// `payment_intent.succeeded`.
pub(super) fn intent(about: &Told<'_>) -> Result<Says, Unread> {
    let intent = about.object;
    if intent.value("invoice").is_some() {
        return Ok(Says::Nothing("the invoice's own events say what it brings"));
    }
    let metadata = intent.object("metadata");
    let named = customer(metadata)?;
    let Some(credits) = credits(metadata, about.selling)? else {
        return nobody_s(intent, named.as_ref());
    };
    let named = named.ok_or_else(|| no_customer(intent))?;
    let paid = intent.money("amount_received")?;
    Ok(Says::Paid(Payment { id: intent.id("id")?, customer: named, credits, paid }))
}

/// A payment that buys no credits here: nothing to do with us, unless it names a customer of ours.
fn nobody_s(object: Object<'_>, named: Option<&Name>) -> Result<Says, Unread> {
    if named.is_none() {
        return Ok(Says::Nothing("its metadata names no credits"));
    }
    let why = "is missing: it names a customer, and not what they bought. Write how many credits, or \
               the price under `probity_price`";
    Err(Unread::new(format!("{}.probity_credits", object.place("metadata")), why))
}

fn no_customer(object: Object<'_>) -> Unread {
    let why = "is missing: it names credits, and nobody who gets them";
    Unread::new(format!("{}.probity_customer", object.place("metadata")), why)
}

/// How many credits the product says, by number or by a price's id.
fn credits(metadata: Option<Object<'_>>, selling: &Selling) -> Result<Option<Amount>, Unread> {
    let Some(metadata) = metadata else { return Ok(None) };
    if let Some(text) = metadata.text("probity_credits") {
        let credits = Amount::parse(text).ok().filter(|credits| credits.is_positive());
        let why = "is to be a number of credits, such as \"100\"";
        let unread = || Unread::new(metadata.place("probity_credits"), why);
        return credits.map(Some).ok_or_else(unread);
    }
    let Some(price) = metadata.text("probity_price") else { return Ok(None) };
    match selling.prices.get(price) {
        Some(Brings::Credits(credits)) => Ok(Some(*credits)),
        _ => {
            let why =
                "is no price that brings credits: name it under `stripe.prices` in probity.yaml";
            Err(Unread::new(metadata.place("probity_price"), why))
        }
    }
}

/// What the lines of a session bring, where whoever passes it on has put them in; Stripe leaves them
/// out of events.
fn line_items(session: Object<'_>, selling: &Selling) -> Option<Amount> {
    let mut sum = Amount::ZERO;
    for line in session.list("line_items") {
        let price = line.named("price")?;
        let Some(Brings::Credits(credits)) = selling.prices.get(&price) else { continue };
        let quantity = line.whole("quantity").unwrap_or(1);
        sum = sum.plus(credits.times(quantity)?)?;
    }
    sum.is_positive().then_some(sum)
}
