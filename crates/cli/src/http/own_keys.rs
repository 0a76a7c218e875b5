//! Customers' own AI keys on their way to the engine: sealed here, before anything else has them. What
//! is told of a key is its provider and its last letters.

use super::app::App;
use super::asked::Asked;
use super::order::Order;
use super::problem::Trouble;
use super::reads;
use super::routes::Answering;
use super::shape::Invalid;
use axum::http::Method;
use probity::engine::{Doing, Whose};
use probity::sealing::{Label, Secret, is_provider};
use probity_core::Name;
use probity_core::command::{Act, KeyChange};
use serde_json::json;

/// What a key is: said whatever else was sent, which is not repeated.
const A_KEY: &str = "the one field: the key as its provider gave it, 8 to 512 visible letters without \
                     spaces";

pub(super) fn put(app: &App, asked: &Asked) -> Result<Order, Trouble> {
    let keys = app.sealing_keys().ok_or_else(Trouble::no_own_keys)?;
    let (customer, provider) = (asked.customer()?, provider(asked)?);
    let wrong = || Trouble::from(Invalid::new("key", A_KEY));
    let body = asked.body().map_err(|_| wrong())?;
    let secret = body.text("key").and_then(Secret::new).ok_or_else(wrong)?;
    let environment = asked.caller.environment;
    let label = Label { environment, customer: &customer, provider: &provider };
    let sealed = keys.seal(&secret, &label).map_err(|_| Trouble::stopped())?;
    let ends_with = secret.ends_with().to_owned();
    let mut order = about(asked, customer, &provider, KeyChange::Stored(ends_with.clone()));
    order.doing = Doing::StoreKey { provider, ends_with, sealed };
    Ok(order)
}

pub(super) fn get<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let provider = provider(asked)?;
        let view = reads::view_of(app, asked).await?;
        let known = view.customer.own_keys.get(&provider);
        let key = known.ok_or_else(|| Trouble::not_found("own key"))?;
        let kept = json!({
            "provider": provider, "stored_at": key.stored_at, "ends_with": key.ends_with,
            "refused": key.refused_at,
        });
        Ok(reads::ok(&reads::as_of(kept, &view)))
    })
}

pub(super) fn delete(_: &App, asked: &Asked) -> Result<Order, Trouble> {
    asked.nothing()?;
    let (customer, provider) = (asked.customer()?, provider(asked)?);
    Ok(about(asked, customer, &provider, KeyChange::Removed))
}

fn about(asked: &Asked, customer: Name, provider: &Name, change: KeyChange) -> Order {
    let act = Act::OwnKey { provider: provider.clone(), change };
    Order::act(Whose::Customer(customer), act, asked.caller.reader())
}

/// The provider in the path. What is none is not repeated: it may be a key, put in the wrong place.
fn provider(asked: &Asked) -> Result<Name, Invalid> {
    let name = asked.id(1);
    let why = "a provider such as openai: 1 to 64 of a-z 0-9 _ -";
    if is_provider(name) { Ok(Name::new(name)) } else { Err(Invalid::new("provider", why)) }
}

/// What makes a request with a key in it the same, so that the key cannot be guessed from it; None
/// where keys are not taken: then there is nothing to repeat.
pub(super) fn fingerprint(app: &App, method: &Method, path: &str, body: &[u8]) -> Option<[u8; 32]> {
    let keys = app.sealing_keys()?;
    Some(keys.fingerprint(&[method.as_str().as_bytes(), path.as_bytes(), body]))
}
