//! What a call asks for: its route says where its customer, artifact, model and quantity stand.

use super::own_key::{self, Theirs};
use super::{Gateway, Ready, injected, who};
use crate::deployment::{From_, Named, Route, Whose};
use crate::http::Caller;
use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, HeaderName, Request, request};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use probity::engine::Key;
use probity::layer::Charge;
use probity::problem::{Trouble, Unproven};
use probity::usage::Protocol;
use probity_core::command::{Again, RunRequest};
use probity_core::{Amount, Name};
use serde_json::Value;
use std::time::Duration;

const MAX_PRICE: HeaderName = HeaderName::from_static("probity-max-price");
const QUOTE: HeaderName = HeaderName::from_static("probity-quote");
const AGAIN: HeaderName = HeaderName::from_static("probity-again");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A call, with what it is charged as.
pub(super) struct Asked {
    pub(super) head: request::Parts,
    pub(super) body: Body,
    /// The same that also asks for usage, where the client did not.
    pub(super) asking: Option<Bytes>,
    pub(super) charge: Charge,
    /// The customer's own key, for this call only.
    pub(super) theirs: Option<Theirs>,
}

/// A call while it is read.
struct Call<'a> {
    headers: &'a HeaderMap,
    named: &'a Named,
    body: Option<&'a Value>,
}

impl Gateway {
    /// Reads what a call asks for.
    pub(super) async fn asked(
        &self,
        ready: &Ready,
        action: &Name,
        named: &Named,
        request: Request<Body>,
    ) -> Result<Asked, Trouble> {
        let route = &ready.route;
        let (mut head, body) = request.into_parts();
        let caller = match self.caller(&mut head).await {
            Ok(caller) => caller,
            Err(trouble) => {
                discard(body).await;
                return Err(trouble);
            }
        };
        let theirs = own_key::sent(route, &mut head.headers)?;
        let sent_key = head.headers.get(IDEMPOTENCY_KEY).cloned();
        let (whole, mut body) = match route.reads_body() || sent_key.is_some() {
            true => (Some(read(body, route.largest_body).await?), Body::empty()),
            false => (None, body),
        };
        let json = match &whole {
            Some(bytes) if route.reads_body() => Some(json(bytes)?),
            _ => None,
        };
        let call = Call { headers: &head.headers, named, body: json.as_ref() };
        let customer = whose(route, caller.as_ref(), &head.headers)?;
        let mut request = call.request(route, action)?;
        request.own_key = theirs.is_some();
        self.client_says(&head.headers, caller.as_ref(), &mut request)?;
        if let Some(member) = caller.as_ref().and_then(|caller| caller.member()) {
            request.member = Some(member.clone());
        }
        let key = match sent_key {
            Some(sent) => Some(key(&sent, &head, whole.as_ref())?),
            None => None,
        };
        let is_chat = route.protocol == Protocol::OpenaiChat;
        let asking = whole.as_ref().filter(|_| is_chat).and_then(injected::asking_for_usage);
        if let Some(whole) = whole {
            body = Body::from(whole);
        }
        let (environment, by) = match &caller {
            Some(caller) => (caller.environment, caller.actor.clone()),
            None => self.nobody(),
        };
        let is_native = route.protocol.is_native();
        let charge = Charge {
            environment,
            customer,
            by,
            request,
            key,
            protocol: route.protocol,
            judge: ready.judge.as_ref().map(|rules| rules.0.clone()),
            takes_verdict: !is_native,
            strips_usage: asking.is_some(),
            tells_operator: caller.is_some_and(|caller| caller.bound.is_none()),
            idle: Some(route.times.idle),
            provider: route.provider.clone(),
        };
        // The length is that of the body that goes on.
        head.headers.remove(axum::http::header::CONTENT_LENGTH);
        Ok(Asked { head, body, asking, charge, theirs })
    }

    /// What the client may say of the price: nothing else of a run is theirs to say.
    fn client_says(
        &self,
        headers: &HeaderMap,
        caller: Option<&Caller>,
        request: &mut RunRequest,
    ) -> Result<(), Trouble> {
        let text = |name: &HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or_default());
        if let Some(price) = text(&MAX_PRICE) {
            let price = Amount::parse(price.trim()).ok();
            let wrong = || Trouble::invalid("Probity-Max-Price", "credits, such as 5 or 0.5");
            request.max_price = Some(price.ok_or_else(wrong)?);
        }
        if let Some(again) = text(&AGAIN) {
            request.again = Some(match again.trim() {
                "redo" => Again::Redo,
                "fresh" => Again::Fresh,
                _ => return Err(Trouble::invalid("Probity-Again", "redo or fresh")),
            });
        }
        if let Some(quote) = text(&QUOTE) {
            let environment = caller.map_or(self.environment, |caller| caller.environment);
            let quote = self.app.quote(environment, quote.trim());
            let invalid = || Trouble::of(&probity_core::decide::Problem::QuoteInvalid);
            request.quote = Some(Box::new(quote.ok_or_else(invalid)?));
        }
        Ok(())
    }
}

/// Whose run it is: a token says it; else the header that the product's own front sets.
fn whose(route: &Route, caller: Option<&Caller>, headers: &HeaderMap) -> Result<Name, Trouble> {
    if let Some(bound) = caller.and_then(|caller| caller.bound.as_ref()) {
        return Ok(bound.customer.clone());
    }
    let Whose::Header(name) = &route.customer else {
        let found = if caller.is_some() { Unproven::NotToken } else { Unproven::NoToken };
        return Err(Trouble::unproven(found, who::SEND, who::SEND));
    };
    let Some(sent) = headers.get(name) else {
        return Err(Trouble::invalid(name.as_str(), "is missing: it says whose run it is"));
    };
    match sent.to_str() {
        Ok(id) if probity_core::id::is_caller_id(id) => Ok(Name::new(id)),
        _ => {
            let why = "is no customer's id: those have 1 to 128 of A-Z a-z 0-9 . _ : @ -";
            Err(Trouble::invalid(name.as_str(), why))
        }
    }
}

impl Call<'_> {
    fn request(&self, route: &Route, action: &Name) -> Result<RunRequest, Trouble> {
        let text = |from: &Option<From_>, field| match from {
            Some(from) => self.text(from, field),
            None => Ok(None),
        };
        let model = match &route.model {
            Some(from) => self.text(from, "model")?,
            None => self.usual_model(route),
        };
        let quantity = match text(&route.quantity, "quantity")? {
            Some(units) => {
                let wrong = || Trouble::invalid("quantity", "a whole number");
                Some(units.parse().map_err(|_| wrong())?)
            }
            None => None,
        };
        let mut request = RunRequest { action: action.clone(), quantity, ..RunRequest::default() };
        request.artifact = text(&route.artifact, "artifact")?.map(|text| Name::new(&text));
        request.member = text(&route.member, "member")?.map(|text| Name::new(&text));
        request.model = model.map(|text| Name::new(&text));
        for (name, from) in &route.inputs {
            if let Some(text) = self.text(from, name)? {
                request.inputs.insert(name.to_string(), text);
            }
        }
        Ok(request)
    }

    /// Where the protocol itself has the model.
    fn usual_model(&self, route: &Route) -> Option<String> {
        match route.protocol {
            Protocol::Http => None,
            Protocol::Gemini => {
                let named = self.named.iter().find(|(name, _)| name == "model");
                named.map(|(_, model)| model.split(':').next().unwrap_or_default().to_owned())
            }
            _ => Some(self.body?.get("model")?.as_str()?.to_owned()),
        }
    }

    /// A value as text; None where it is not there.
    fn text(&self, from: &From_, field: &str) -> Result<Option<String>, Trouble> {
        let wrong = || Trouble::invalid(field, "a text or a whole number of at most 200 letters");
        let text = match from {
            From_::Header(name) => match self.headers.get(name) {
                Some(value) => Some(value.to_str().map_err(|_| wrong())?.to_owned()),
                None => None,
            },
            From_::Path(piece) => {
                self.named.iter().find(|(name, _)| name == piece).map(|(_, value)| value.clone())
            }
            From_::Body(pointer) => match self.body.and_then(|body| pointer.find(body)) {
                None | Some(Value::Null) => None,
                Some(Value::String(text)) => Some(text.clone()),
                Some(Value::Number(number)) if !number.is_f64() => Some(number.to_string()),
                Some(_) => return Err(wrong()),
            },
        };
        match text {
            Some(text) if text.len() > 200 || text.chars().any(char::is_control) => Err(wrong()),
            text => Ok(text.filter(|text| !text.is_empty())),
        }
    }
}

/// The most of a body that is read only so that its connection can be used again, and how long.
const DISCARDED: usize = 64 * 1024;
const DISCARDED_IN: Duration = Duration::from_secs(1);

/// Reads what nobody needs: a client that is refused can ask again on the same connection.
pub(super) async fn discard(body: Body) {
    let rest = Limited::new(body, DISCARDED).collect();
    let _ = tokio::time::timeout(DISCARDED_IN, rest).await;
}

/// Reads a body that has to be looked into, within its bound.
async fn read(body: Body, most: u64) -> Result<Bytes, Trouble> {
    let too_large = || {
        let detail = format!("The body is larger than {most} bytes. Nothing was applied.");
        Trouble::new(413, "too_large", detail)
    };
    if body.size_hint().lower() > most {
        return Err(too_large());
    }
    let limited = Limited::new(body, usize::try_from(most).unwrap_or(usize::MAX));
    match limited.collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Trouble::invalid_json("it ends early")),
    }
}

/// Reads a body in which each key stands once: whoever is behind might take the other one.
fn json(bytes: &Bytes) -> Result<Value, Trouble> {
    crate::http::json_value(bytes).map_err(|why| Trouble::invalid_json(&why))
}

/// The key of a call, with what makes it the same.
fn key(
    sent: &axum::http::HeaderValue,
    head: &request::Parts,
    body: Option<&Bytes>,
) -> Result<Key, Trouble> {
    let text = sent.to_str().unwrap_or_default();
    let key = crate::http::key(text, "Idempotency-Key")?;
    let path = head.uri.path_and_query().map_or("", |path| path.as_str());
    let body = body.map_or(&[][..], |body| body.as_ref());
    Ok(Key { key, fingerprint: crate::http::fingerprint(&head.method, path, body) })
}
