//! `POST /v1/stripe/webhook`: Stripe's events become commands. Whoever signed it is believed, nobody
//! else. Applied, or of no use here: 200. What cannot be applied is refused, so that Stripe sends it
//! again, and whoever looks at it there sees why.
//!
//! Nothing is remembered between events but what stands in the books: a payment is booked once by its
//! id, a claim counted once by its own, a word about a subscription taken where it goes on from what is
//! known. So events may come twice, late and in any order.

use super::app::App;
use super::handle;
use super::json;
use super::problem::Trouble;
use super::routes::{Later, Sent};
use super::shape::Invalid;
use super::untaken::Untaken;
use crate::stripe::{self, Event, Payment, Says, Selling, Unsigned};
use probity::Environment;
use probity::answer::Reply;
use probity::engine::{Answered, Ask, Doing, Key, Render, Whose};
use probity_core::command::{Act, Actor, ActorKind};
use probity_core::decide::Problem;
use probity_core::entry::Facts;
use probity_core::{Name, Time};
use serde_json::json;
use tokio::time::Instant;

/// How long it is waited for what Stripe may still send. It goes on for three days: what does not come by
/// then is taken as it stands while Stripe still sends it.
const SENT_AGAIN: u64 = 60 * 3600;

pub(super) fn webhook<'a>(app: &'a App, sent: Sent<'a>) -> Later<'a, Reply> {
    Box::pin(async move {
        let environment = signer(app, sent).inspect_err(|trouble| {
            if let Some(times) = app.unsigned.one_more(app.clock()) {
                let code = trouble.code();
                tracing::warn!(
                    times,
                    code,
                    "an event of Stripe is not signed by a secret that is set"
                );
            }
        })?;
        let body = json::read(sent.body).map_err(|why| Trouble::invalid_json(&why))?;
        let selling = app.stripe().selling.clone();
        let event = match stripe::read(&body, &selling) {
            Ok(event) => event,
            Err(unread) => {
                let trouble = Trouble::from(Invalid::new(unread.field, unread.why));
                let code = trouble.code();
                match stripe::what_of(&body) {
                    Some((event, about)) => {
                        let (id, kind) = (event.as_str(), about.kind.as_str());
                        tracing::warn!(%environment, id, kind, code, "Stripe told what is not taken");
                        app.untaken.put(environment, event, refused(about, &trouble));
                    }
                    None => tracing::warn!(%environment, code, "Stripe told what is not taken"),
                }
                return Err(trouble);
            }
        };
        let told = Told { app, environment, event: &event, since: Instant::now() };
        let done = if event.live == (environment == Environment::Live) {
            app.invoiced.hear(environment, &event);
            told.take(&selling).await
        } else {
            Err(other_mode(environment))
        };
        let (id, kind) = (event.id.as_str(), event.kind.as_str());
        match &done {
            Ok(reply) => {
                app.untaken.is_taken(environment, &event.id);
                tracing::debug!(%environment, id, kind, %reply.body, "Stripe told");
            }
            Err(trouble) => {
                let code = trouble.code();
                // What is only too early comes again, and is taken then.
                if !matches!(code, "too_early" | "overloaded" | "billing_unavailable") {
                    let about = stripe::what_of(&body).map(|(_, about)| about);
                    if let Some(about) = about {
                        app.untaken.put(environment, event.id.clone(), refused(about, trouble));
                    }
                }
                tracing::warn!(%environment, id, kind, code, "Stripe told what is not taken");
            }
        }
        done
    })
}

fn signer(app: &App, sent: Sent<'_>) -> Result<Environment, Trouble> {
    let stripe = app.stripe();
    if !stripe.has_secrets() {
        return Err(Trouble::no_signing_secret());
    }
    let mut headers = sent.headers.get_all("stripe-signature").iter();
    let header = headers.next().map(|header| header.to_str().unwrap_or("?")).unwrap_or_default();
    let now = app.clock().micros().div_euclid(1_000_000);
    let signer = match headers.next() {
        Some(_) => Err(Unsigned::Malformed),
        None => stripe.signer(header, sent.body, now),
    };
    signer.map_err(|unsigned| Trouble::unsigned(unsigned.says()))
}

/// A live event signed by the sandbox's secret, or the other way round.
fn other_mode(environment: Environment) -> Trouble {
    let detail = format!(
        "The secret that signed this is of the {environment} endpoint, and `livemode` says otherwise. \
         Give each environment its own endpoint and secret. Nothing was applied."
    );
    Trouble::new(403, "forbidden", detail)
}

/// An event on its way into the books.
struct Told<'a> {
    app: &'a App,
    environment: Environment,
    event: &'a Event,
    since: Instant,
}

impl Told<'_> {
    async fn take(&self, selling: &Selling) -> Result<Reply, Trouble> {
        match &self.event.says {
            Says::Nothing(why) => Ok(self.nothing(None, why)),
            Says::Paid(payment) => self.paid(payment).await,
            Says::Claimed { payment, claim, is_ours } => {
                let Some(customer) = self.whose(payment).await? else {
                    return self.unknown_payment(payment, *is_ours);
                };
                let reason = Some(claim.kind.word().to_owned());
                let (payment, claim) = (payment.clone(), claim.clone());
                let act = Act::Claim { payment, claim, reason };
                self.does(&customer, act).await
            }
            Says::Subscription { customer, began, told, is_ours } => {
                let Some(customer) = self.of(customer.as_ref(), Some(&told.id)).await? else {
                    let why = "its prices bring no plan: they are not under `stripe.prices`";
                    let nobody = || Err(nobody("data.object.metadata.probity_customer"));
                    return if *is_ours { nobody() } else { Ok(self.nothing(None, why)) };
                };
                let mut told = told.clone();
                told.waits = self.is_lately(told.at);
                told.began_lately = self.is_lately(*began);
                if told.otherwise.is_none() {
                    told.otherwise = self.new_customers(selling).await?;
                }
                let act = Act::Subscription(told);
                self.does(&customer, act).await
            }
            Says::Renewed { customer, subscription, invoice, is_ours } => {
                let customer = self.of(customer.as_ref(), subscription.as_ref()).await?;
                match customer {
                    Some(customer) => match self.no_period(&customer, subscription).await? {
                        Some(why) => Ok(self.nothing(Some(&customer), why)),
                        None => {
                            let act = Act::Renew { payment: Some(invoice.clone()) };
                            self.does(&customer, act).await
                        }
                    },
                    None if *is_ours => Err(nobody("data.object.metadata.probity_customer")),
                    None => Ok(self.nothing(None, "its subscription names no customer")),
                }
            }
        }
    }

    /// Why an invoice of a subscription pays for no period of its customer's plan: it is known to be for
    /// something else. None: it does, or nothing is known of it.
    async fn no_period(
        &self,
        customer: &Name,
        subscription: &Option<Name>,
    ) -> Result<Option<&'static str>, Trouble> {
        let Some(id) = subscription else { return Ok(None) };
        let whose = Whose::Customer(customer.clone());
        let view = self.app.probity.view(self.environment, whose)?.await?;
        let customer = &view.customer;
        let Some(known) = customer.subscriptions.get(id) else { return Ok(None) };
        let Some(plan) = &known.standing.plan else {
            return Ok(Some("its subscription pays for no plan"));
        };
        let is_theirs = *plan == customer.plan || customer.next_plan.as_ref() == Some(plan);
        // Whose plan went with a version of the contract pays for what came in its place.
        let version = view.catalog.in_force(view.now);
        let is_there = version.is_some_and(|version| version.contract.plans.get(plan).is_some());
        let why = "its subscription pays for another plan than the customer is on, or comes to";
        Ok((is_there && !is_theirs).then_some(why))
    }

    /// Credits that were paid for: booked once, for whoever got them first.
    async fn paid(&self, payment: &Payment) -> Result<Reply, Trouble> {
        let _booking = self.app.booking.lock().await;
        let Payment { id, customer, credits, paid } = payment;
        match self.whose(id).await? {
            // The events of one payment need not say the same sum: so only whose it is and how many
            // credits it bought are compared.
            Some(whose) if whose == *customer && self.is_booked(payment).await? => {
                return Ok(self.nothing(Some(customer), "this payment is booked already"));
            }
            Some(_) => return Err(Trouble::of(&Problem::PaymentReused)),
            None => {}
        }
        let act = Act::TopUp { payment: id.clone(), credits: *credits, paid: Some(*paid) };
        self.does(customer, act).await
    }

    /// Is the payment booked, with as many credits?
    async fn is_booked(&self, payment: &Payment) -> Result<bool, Trouble> {
        let whose = Whose::Customer(payment.customer.clone());
        let view = self.app.probity.view(self.environment, whose)?.await?;
        let seen = view.customer.payments.get(&payment.id);
        Ok(seen.is_some_and(|seen| seen.grant.is_some() && seen.credits == payment.credits))
    }

    /// A claim to a payment that is not here: on its way, or nothing to do with us.
    fn unknown_payment(&self, payment: &Name, is_ours: bool) -> Result<Reply, Trouble> {
        if !is_ours && self.app.invoiced.has(self.environment, payment) {
            return Ok(self.nothing(None, "an invoice's money brought no credits of its own"));
        }
        if is_ours || self.is_lately(self.event.at) {
            return Err(Trouble::of(&Problem::TooEarly { what: "payment" }));
        }
        Ok(self.nothing(None, "its payment bought no credits"))
    }

    /// Whose a payment or subscription is, by what is in the books.
    async fn whose(&self, id: &Name) -> Result<Option<Name>, Trouble> {
        Ok(self.app.probity.whose(self.environment, id.clone())?.await?)
    }

    /// Whose it is: by what the event says, else by what is in the books.
    async fn of(
        &self,
        customer: Option<&Name>,
        id: Option<&Name>,
    ) -> Result<Option<Name>, Trouble> {
        match (customer, id) {
            (Some(customer), _) => Ok(Some(customer.clone())),
            (None, Some(id)) => self.whose(id).await,
            (None, None) => Ok(None),
        }
    }

    /// The plan of new customers, where somebody has no subscription any more and nothing is written.
    async fn new_customers(&self, selling: &Selling) -> Result<Option<Name>, Trouble> {
        if let Some(plan) = &selling.without_subscription {
            return Ok(Some(plan.clone()));
        }
        let (catalog, now) = self.app.probity.catalog(self.environment)?.await?;
        Ok(catalog.in_force(now).and_then(|version| version.contract.new_customers.clone()))
    }

    /// May Stripe still be sending what happened then?
    fn is_lately(&self, at: Time) -> bool {
        self.app.clock() < at.plus_seconds(SENT_AGAIN)
    }

    async fn does(&self, customer: &Name, act: Act) -> Result<Reply, Trouble> {
        let ask = Ask {
            environment: self.environment,
            whose: Whose::Customer(customer.clone()),
            doing: Doing::Act(act),
            by: Actor { name: Name::new("stripe"), kind: ActorKind::Product, role: None },
            only_if: None,
            key: Some(self.key()),
            render: Some(self.render()),
        };
        let (in_flight, pending) = (&self.app.in_flight, self.app.probity.ask(ask)?);
        let waited = in_flight.wait(self.environment, None, self.since, pending).await?;
        let Answered { reply, .. } = waited?;
        Ok(reply.unwrap_or_else(|| self.nothing(Some(customer), "it was told before")))
    }

    /// The same event again gets the same answer. What else stands in it may differ: how many
    /// endpoints wait for it, say.
    fn key(&self) -> Key {
        let key = format!("stripe:{}", self.event.id);
        let fingerprint =
            handle::fingerprint(&axum::http::Method::POST, "/v1/stripe/webhook", key.as_bytes());
        Key { key, fingerprint }
    }

    fn render(&self) -> Render {
        let event = self.event.id.clone();
        Box::new(move |done| {
            let (customer, seq) = (&done.customer.id, done.customer.seq);
            let entry = done.answer.entry.as_deref().filter(|entry| entry.seq == seq);
            let did = entry.map_or("nothing", |entry| did(&entry.facts));
            let why = (did == "nothing").then_some("the books have it already");
            let body = json!({
                "event": event, "did": did, "why": why, "customer": customer, "seq": seq,
            });
            Ok(Reply { status: 200, body: body.to_string() })
        })
    }

    fn nothing(&self, customer: Option<&Name>, why: &str) -> Reply {
        let body = json!({
            "event": self.event.id, "did": "nothing", "why": why, "customer": customer, "seq": null,
        });
        Reply { status: 200, body: body.to_string() }
    }
}

/// What an entry is, in a word.
fn did(facts: &Facts) -> &'static str {
    match facts {
        Facts::TopUp(bought) if bought.restores.is_some() => "restored",
        Facts::TopUp(_) => "top_up",
        Facts::ClawBack(_) => "claw_back",
        Facts::Renew(_) => "renewal",
        Facts::ChangePlan { .. } => "plan",
        _ => "subscription",
    }
}

/// What was refused, for whoever looks after payments.
fn refused(about: stripe::About, trouble: &Trouble) -> Untaken {
    let detail = trouble.body()["detail"].as_str().unwrap_or_default().to_owned();
    let stripe::About { at, kind, customer, payment } = about;
    let refused = (trouble.code().to_owned(), detail);
    Untaken { at, kind, customer, payment, refused, times: 0 }
}

fn nobody(field: &str) -> Trouble {
    let why = "is missing: it pays for a plan, and names nobody who is on it";
    Invalid::new(field, why).into()
}
