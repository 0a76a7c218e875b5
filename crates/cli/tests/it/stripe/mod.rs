//! Stripe's events, through the real route: who is believed, what each does, and that the order they
//! come in makes no difference.

mod believed;
mod books;
mod events;
mod orders;
mod sdk;
#[cfg(unix)]
mod starts;
mod told;

use crate::http::served::{Got, NOW, Served, sample};
use probity::Environment;
use probity::engine::Options;
use probity::store::MemoryStore;
use probity_cli::deployment;
use probity_cli::stripe::{Secret, Stripe, sign};
use probity_core::Time;
use serde_json::Value;

const LIVE: &str = "whsec_live_0001";
const SANDBOX: &str = "whsec_sandbox_0001";
/// The instant of the tests, in seconds since 1970.
const SECONDS: i64 = 1_795_428_000;

const SELLS: &str = "
stripe:
  prices:
    price_1NXqPack: { credits: 100 }
    price_pro: { plan: pro }
    price_byok: { plan: byok }
  without_subscription: discovery
";

fn secret(text: &str) -> Secret {
    Secret::new(text).expect("a secret")
}

/// A server that sells the sample contract with Stripe; its clock stands still.
pub(crate) fn shop() -> Served {
    let selling = deployment::read(SELLS.as_bytes(), None).deployment.and_then(|d| d.stripe);
    let secrets = vec![(Environment::Live, secret(LIVE)), (Environment::Sandbox, secret(SANDBOX))];
    let stripe = Stripe::new(secrets, selling.expect("read").selling);
    let now = Time::parse(NOW).expect("a time");
    assert_eq!(now.micros(), SECONDS * 1_000_000);
    let store = Box::<MemoryStore>::default();
    let served = Served::selling(store, now, Options::default(), None, stripe);
    for environment in Environment::ALL {
        served.publish(environment, sample("jobscout"));
    }
    served
}

/// Sends a body with this signature.
fn sends(served: &Served, body: &str, signature: &str) -> Got {
    let headers = [
        ("content-type", "application/json; charset=utf-8"),
        ("stripe-signature", signature),
        ("user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"),
    ];
    served.call("POST", "/v1/stripe/webhook", &headers, body.to_owned())
}

/// Sends an event as Stripe does.
pub(crate) fn tells(served: &Served, event: &Value) -> Got {
    let body = event.to_string();
    let signature = sign(body.as_bytes(), SECONDS, &secret(LIVE));
    sends(served, &body, &signature)
}

/// An event of a payment, with as much of its object as is read.
pub(crate) fn an_event() -> Value {
    serde_json::json!({
        "id": "evt_1", "object": "event", "type": "payment_intent.succeeded",
        "created": events::BEGAN, "livemode": true,
        "data": { "object": {
            "id": "pi_1", "object": "payment_intent", "status": "succeeded",
            "amount_received": 1000, "currency": "usd",
            "metadata": { "probity_customer": "ana", "probity_credits": "100" },
        } },
    })
}

/// What of a wallet and a customer must be the same whatever the order: not ids, and not how many
/// entries it took.
fn standing(served: &Served, customer: &str) -> Value {
    let mut wallet = served.get(&format!("/v1/customers/{customer}/wallet")).is(200);
    let card = served.get(&format!("/v1/customers/{customer}")).is(200);
    for grant in wallet["grants"].as_array_mut().expect("grants") {
        grant.as_object_mut().unwrap().remove("grant");
    }
    wallet.as_object_mut().unwrap().remove("as_of_seq");
    for key in ["plan", "next_plan", "changes_on", "period"] {
        wallet[key] = card[key].clone();
    }
    wallet
}
