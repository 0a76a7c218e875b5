//! What needs a person and stands in no books: webhooks that do not arrive, payments that were told and
//! not taken. They stand at the head of the report of exceptions as long as they are so.

use super::app::App;
use super::problem::Trouble;
use super::reports::beside;
use super::untaken::Untaken;
use probity::Environment;
use probity::store::{Delivery, DeliveryState, Endpoint, Reader, StoreError, Told};
use probity_core::Name;
use probity_core::view::ExceptionKind;
use serde_json::{Value, json};

/// So many deliveries to an endpoint are counted; of more it is said that there are more.
const COUNTED: usize = 100;
/// From so many tries on, hours have passed: somebody should look.
const FOR_LONG: u32 = 5;

/// A line of the report, in the form of all of them.
fn line(kind: ExceptionKind, at: probity_core::Time, customer: Option<&Name>) -> Value {
    json!({
        "kind": kind, "at": at, "customer": customer, "run": null, "action": null, "artifact": null,
        "amount": null, "money": null, "by": "probity", "seq": null,
    })
}

/// All of them, or those of one kind.
pub(super) async fn all(
    app: &App,
    environment: Environment,
    kind: Option<&str>,
) -> Result<Vec<Value>, Trouble> {
    let is_of = |of: ExceptionKind| kind.is_none_or(|kind| kind == of.word());
    let mut lines = Vec::new();
    if is_of(ExceptionKind::WebhookFails) {
        let known = app.probity.endpoints(None)?.await?;
        let ours: Vec<Endpoint> =
            known.into_iter().filter(|one| one.environment == environment).collect();
        let read = move |reader: &mut dyn Reader| {
            let found = ours.iter().map(|endpoint| undelivered(reader, endpoint));
            found.collect::<Result<Vec<_>, StoreError>>()
        };
        lines.extend(beside(app, read).await?.into_iter().flatten());
    }
    if is_of(ExceptionKind::PaymentNotTaken) {
        for (event, untaken) in app.untaken.of(environment) {
            let booked = match &untaken.payment {
                Some(payment) => app.probity.whose(environment, payment.clone())?.await?,
                None => None,
            };
            match booked {
                Some(_) => app.untaken.is_taken(environment, &event),
                None => lines.push(not_taken(&event, &untaken)),
            }
        }
    }
    Ok(lines)
}

/// What does not arrive at an endpoint; None: it does, or was not tried for long.
fn undelivered(reader: &mut dyn Reader, endpoint: &Endpoint) -> Result<Option<Value>, StoreError> {
    let mut of = |state| reader.deliveries_below(&endpoint.id, Some(state), u64::MAX, COUNTED);
    let dead = of(DeliveryState::Dead)?;
    let (state, found) = match dead.is_empty() {
        false => (DeliveryState::Dead, dead),
        true => {
            let waiting = of(DeliveryState::Waiting)?.into_iter();
            (DeliveryState::Waiting, waiting.filter(|one| one.attempts >= FOR_LONG).collect())
        }
    };
    let Some(newest) = found.first() else { return Ok(None) };
    let told = reader.event(newest.event)?;
    Ok(Some(fails(endpoint, state, (newest, found.len()), told.as_ref())))
}

fn fails(
    endpoint: &Endpoint,
    state: DeliveryState,
    (newest, count): (&Delivery, usize),
    told: Option<&Told>,
) -> Value {
    let many = match count {
        1 => "One event".to_owned(),
        COUNTED => format!("{COUNTED} events or more"),
        count => format!("{count} events"),
    };
    let Endpoint { id, url, stopped, .. } = endpoint;
    let tries = match state {
        DeliveryState::Dead => "and nothing tries any more",
        _ => "and it is tried on",
    };
    let last = newest.said.as_deref().unwrap_or("nothing");
    let of = told.map(|told| format!(" ({}, {})", told.id(), told.kind.word()));
    let mut what = format!(
        "{many} did not arrive at {url} ({id}), {tries}; the newest{} was tried {} times, at last it \
         answered: {last}.",
        of.unwrap_or_default(),
        newest.attempts
    );
    if let Some(why) = stopped {
        what.push_str(&format!(" Nothing is sent there now: {why}."));
    }
    let starts = stopped.as_ref().map(|_| format!("`probity webhooks start {id}`, then "));
    let since =
        stopped.as_ref().map(|_| " (`--since TIME` for what happened while it was stopped)");
    let next = match state {
        DeliveryState::Dead => format!(
            "Mend the endpoint (`probity webhooks test {id}`), then have them sent again: {}`probity \
             webhooks replay {id} --dead`{}.",
            starts.unwrap_or_default(),
            since.unwrap_or_default()
        ),
        _ => format!(
            "Mend the endpoint (`probity webhooks test {id}`): they are sent again by themselves, for \
             three days; `probity webhooks deliveries {id} --state waiting` lists them."
        ),
    };
    let mut line =
        line(ExceptionKind::WebhookFails, newest.changed_at, told.map(|told| &told.whose));
    (line["what"], line["next"]) = (what.into(), next.into());
    line
}

fn not_taken(event: &Name, untaken: &Untaken) -> Value {
    let Untaken { at, kind, customer, refused: (code, detail), times, .. } = untaken;
    let often = if *times == 1 { String::new() } else { format!(" {times} times") };
    let what = format!("Stripe told{often} of `{kind}` ({event}); refused, `{code}`: {detail}");
    let next = match code.as_str() {
        "not_found" if customer.is_some() => {
            "Make the customer known (PUT /v1/customers/ID): Stripe tells it again, for three days. After \
             that, send it again at Stripe, or book it: POST /v1/customers/ID/top-ups."
        }
        "forbidden" => {
            "It is of the other mode: do not book it here. Give each environment the secret of its own \
             endpoint; Stripe tells it again, for three days."
        }
        _ => {
            "See to what the refusal says: Stripe tells it again, for three days. After that, send it \
             again at Stripe, or book it: POST /v1/customers/ID/top-ups."
        }
    };
    let mut line = line(ExceptionKind::PaymentNotTaken, *at, customer.as_ref());
    line["by"] = "stripe".into();
    (line["what"], line["next"]) = (what.into(), next.into());
    line
}
