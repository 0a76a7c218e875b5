//! What a call asks for: its route says where its customer, artifact, model and quantity stand.

use super::own_key::{self, Theirs};
use super::sent::{self, NotWhole, Sent};
use super::{Gateway, Ready, injected, who};
use crate::deployment::{From_, JsonPointer, Named, Route, Whose, is_same_word};
use crate::http::Caller;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, Request, request};
use bytes::Bytes;
use probity::engine::Key;
use probity::layer::Charge;
use probity::problem::{Trouble, Unproven};
use probity::usage::Protocol;
use probity_core::command::{Again, RunRequest};
use probity_core::{Amount, Name};
use serde_json::Value;
use std::sync::LazyLock;

const MAX_PRICE: HeaderName = HeaderName::from_static("probity-max-price");
const QUOTE: HeaderName = HeaderName::from_static("probity-quote");
const AGAIN: HeaderName = HeaderName::from_static("probity-again");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Where most protocols have the model.
static MODEL: LazyLock<JsonPointer> = LazyLock::new(|| JsonPointer::of_key("model"));

/// A call, with what it is charged as.
pub(super) struct Asked {
    pub(super) call: Call,
    /// The body that also asks for usage, where the client did not.
    pub(super) asking: Option<Bytes>,
    pub(super) charge: Charge,
    /// The work is to go on when the answer has ended.
    pub(super) is_in_background: bool,
}

/// A call on its way to the upstream.
pub(super) struct Call {
    pub(super) head: request::Parts,
    pub(super) body: Sent,
    /// The customer's own key, for this call only.
    pub(super) theirs: Option<Theirs>,
}

/// Why a call is not charged as anything.
pub(super) struct NotAsked {
    pub(super) trouble: Trouble,
    /// The call, where nothing but billing is against it; it goes on where nothing is enforced.
    pub(super) call: Option<Call>,
    /// Whose it is, where that could be read.
    pub(super) customer: Option<Name>,
}

impl From<Trouble> for NotAsked {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, call: None, customer: None }
    }
}

/// A call while it is read.
struct Read<'a> {
    head: &'a request::Parts,
    named: &'a Named,
    whole: Option<&'a Bytes>,
    json: Option<Value>,
    caller: Option<&'a Caller>,
}

impl Gateway {
    /// Reads what a call asks for.
    pub(super) async fn asked(
        &self,
        ready: &Ready,
        action: &Name,
        named: &Named,
        request: Request<Body>,
    ) -> Result<Asked, NotAsked> {
        let route = &ready.route;
        let (mut head, body) = request.into_parts();
        let caller = match self.caller(&mut head).await {
            Ok(caller) => caller,
            Err(trouble) => {
                sent::discard(body).await;
                return Err(trouble.into());
            }
        };
        if caller.is_none() && route.customer == Whose::Token {
            sent::discard(body).await;
            return Err(Trouble::unproven(Unproven::NoToken, who::SEND, who::SEND).into());
        }
        let theirs = own_key::sent(route, &mut head.headers)?;
        let is_read =
            route.reads_body() || route.retries > 0 || head.headers.contains_key(IDEMPOTENCY_KEY);
        let body = match is_read {
            true => Sent::whole(body, route.largest_body, &self.room).await,
            false => Ok(Sent::Streamed(body)),
        };
        let (body, wrong) = match body {
            Ok(body) => (body, None),
            Err(NotWhole::Unread(trouble, body)) => (Sent::Streamed(body), Some(trouble)),
            // Half of something goes nowhere.
            Err(NotWhole::CutOff(trouble)) => return Err(trouble.into()),
        };
        let customer = whose(route, caller.as_ref(), &head.headers).ok();
        let read =
            Read { head: &head, named, whole: body.bytes(), json: None, caller: caller.as_ref() };
        let charge = match wrong {
            None => self.charge_of(ready, action, read),
            Some(trouble) => Err(trouble),
        };
        // The length is that of the body that goes on.
        head.headers.remove(axum::http::header::CONTENT_LENGTH);
        let call = Call { head, body, theirs };
        match charge {
            Ok((mut charge, json)) => {
                charge.request.own_key = call.theirs.is_some();
                let is_chat = route.protocol == Protocol::OpenaiChat;
                let asking = call.body.bytes().filter(|_| is_chat);
                let asking = asking.and_then(injected::asking_for_usage);
                charge.strips_usage = asking.is_some();
                let is_in_background = route.protocol == Protocol::OpenaiResponses
                    && json.is_some_and(|json| is_in_background(&json));
                Ok(Asked { call, asking, charge, is_in_background })
            }
            Err(trouble) => Err(NotAsked { trouble, call: Some(call), customer }),
        }
    }

    /// What a call is charged as, and its body where that had to be read.
    fn charge_of(
        &self,
        ready: &Ready,
        action: &Name,
        mut read: Read<'_>,
    ) -> Result<(Charge, Option<Value>), Trouble> {
        let route = &ready.route;
        if let Some(bytes) = read.whole.filter(|_| route.reads_body()) {
            // What is charged must be what a backend reads: as JSON, and not as a form.
            if !crate::http::is_json(&read.head.headers) {
                return Err(Trouble::no_json());
            }
            read.json = Some(json(bytes)?);
        }
        let (headers, caller) = (&read.head.headers, read.caller);
        let customer = whose(route, caller, headers)?;
        let mut request = read.request(route, action)?;
        self.client_says(headers, caller, &mut request)?;
        if let Some(member) = caller.and_then(|caller| caller.member()) {
            request.member = Some(member.clone());
        }
        if headers.get_all(IDEMPOTENCY_KEY).iter().count() > 1 {
            return Err(Trouble::invalid("Idempotency-Key", "stands there twice"));
        }
        let key = match headers.get(IDEMPOTENCY_KEY) {
            Some(sent) => Some(key(sent, read.head, read.whole)?),
            None => None,
        };
        let (environment, by) = match caller {
            Some(caller) => (caller.environment, caller.actor.clone()),
            None => self.nobody(),
        };
        let charge = Charge {
            environment,
            customer,
            by,
            request,
            key,
            protocol: route.protocol,
            judge: ready.judge.as_ref().map(|rules| rules.0.clone()),
            takes_verdict: !route.protocol.is_native(),
            strips_usage: false,
            tells_operator: caller.is_some_and(|caller| caller.bound.is_none()),
            idle: Some(route.times.idle),
            provider: route.provider.clone(),
        };
        Ok((charge, read.json))
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
    let mut all = headers.get_all(name).iter();
    let (Some(sent), None) = (all.next(), all.next()) else {
        let why = match headers.contains_key(name) {
            true => "stands there twice: one of them may be somebody else's",
            false => "is missing: it says whose run it is",
        };
        return Err(Trouble::invalid(name.as_str(), why));
    };
    match sent.to_str() {
        Ok(id) if probity_core::id::is_caller_id(id) => Ok(Name::new(id)),
        _ => {
            let why = "is no customer's id: those have 1 to 128 of A-Z a-z 0-9 . _ : @ -";
            Err(Trouble::invalid(name.as_str(), why))
        }
    }
}

impl Read<'_> {
    fn request(&self, route: &Route, action: &Name) -> Result<RunRequest, Trouble> {
        let text = |from: &Option<From_>, field| match from {
            Some(from) => self.text(from, field),
            None => Ok(None),
        };
        let model = match &route.model {
            Some(from) => self.text(from, "model")?,
            None => self.usual_model(route)?,
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
    fn usual_model(&self, route: &Route) -> Result<Option<String>, Trouble> {
        Ok(match route.protocol {
            Protocol::Http => None,
            Protocol::Gemini => {
                let named = self.named.iter().find(|(name, _)| name == "model");
                named.map(|(_, model)| model.split(':').next().unwrap_or_default().to_owned())
            }
            _ => {
                let model = self.found(&MODEL, "model")?;
                model.and_then(Value::as_str).map(str::to_owned)
            }
        })
    }

    /// What stands there in the body; a key that others may read otherwise is refused.
    fn found(&self, pointer: &JsonPointer, field: &str) -> Result<Option<&Value>, Trouble> {
        let Some(body) = &self.json else { return Ok(None) };
        if pointer.is_ambiguous(body) {
            let why = "its key stands in the body in letters of another size, too";
            return Err(Trouble::invalid(field, why));
        }
        Ok(pointer.find(body))
    }

    /// A value as text; None where it is not there.
    fn text(&self, from: &From_, field: &str) -> Result<Option<String>, Trouble> {
        let wrong = || Trouble::invalid(field, "a text or a whole number of at most 200 letters");
        let text = match from {
            From_::Header(name) if self.head.headers.get_all(name).iter().count() > 1 => {
                return Err(Trouble::invalid(field, "its header stands there twice"));
            }
            From_::Header(name) => match self.head.headers.get(name) {
                Some(value) => Some(value.to_str().map_err(|_| wrong())?.to_owned()),
                None => None,
            },
            From_::Path(piece) => {
                self.named.iter().find(|(name, _)| name == piece).map(|(_, value)| value.clone())
            }
            From_::Body(pointer) => match self.found(pointer, field)? {
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

/// Reads a body in which each key stands once: whoever is behind might take the other one.
fn json(bytes: &Bytes) -> Result<Value, Trouble> {
    crate::http::json_value(bytes).map_err(|why| Trouble::invalid_json(&why))
}

/// Does it ask that the work go on when the answer has ended?
fn is_in_background(json: &Value) -> bool {
    let Value::Object(fields) = json else { return false };
    let mut said = fields.iter().filter(|(key, _)| is_same_word(key, "background"));
    said.any(|(_, value)| *value != Value::Bool(false) && !value.is_null())
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
