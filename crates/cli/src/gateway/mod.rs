//! The gateway: the layer around a proxy, for teams who do not want to touch their code.
//!
//! A call finds its route (`deployment`), says who asks (`who`) and what for (`asked`), and goes on to
//! its upstream (`proxy`) with the headers that are allowed (`allowed`) and, where the customer's own AI
//! key does the work, with that (`own_key`). What is charged, refused and
//! watched is the layer's; nothing here knows a price, and no billing word stands in `proxy`.

mod allowed;
mod asked;
mod browsers;
mod credential;
mod injected;
mod judge;
mod own_key;
mod proxy;
mod refused_key;
mod repeats;
mod sent;
mod trace;
mod who;

use crate::deployment::{self, Route};
use crate::http::{App, Origin};
use asked::{Asked, Call, NotAsked};
use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Request, Response};
use bytes::Bytes;
use credential::Credential;
use own_key::Owner;
use probity::layer::{Charging, NoAnswer, Told, headers};
use probity::problem::Trouble;
use probity::usage::Protocol;
use probity_core::Name;
use probity_core::contract::Mode;
use proxy::Proxy;
use sent::{Room, Sent};
use std::io;
use std::sync::Arc;

/// What takes calls for others.
#[derive(Debug)]
pub struct Gateway {
    app: Arc<App>,
    charging: Charging,
    environment: probity::Environment,
    routes: Vec<Ready>,
    plain: deployment::Gateway,
    /// What large bodies of calls share.
    room: Room,
}

/// A route with what it needs to be taken.
#[derive(Debug)]
struct Ready {
    route: Route,
    proxy: Proxy,
    /// Our key for the upstream.
    ours: Option<Credential>,
    judge: Option<judge::Rules>,
}

/// Why a gateway cannot begin.
#[derive(Debug)]
pub enum NotReady {
    /// An environment variable that a route names is not there.
    NoKey(String),
    /// No certificates to trust can be found.
    NoRoots(io::Error),
}

impl Gateway {
    /// Gets ready to take calls.
    ///
    /// # Errors
    /// [`NotReady`].
    pub fn new(
        app: Arc<App>,
        charging: Charging,
        plain: deployment::Gateway,
    ) -> Result<Self, NotReady> {
        let ready = |route: &Route| {
            let ours = route.key.as_ref().map(|name| {
                let key = std::env::var(name).ok().filter(|key| !key.trim().is_empty());
                key.map(|key| Credential::new(&key)).ok_or_else(|| NotReady::NoKey(name.clone()))
            });
            Ok(Ready {
                proxy: Proxy::new(&route.upstream, &route.times).map_err(NotReady::NoRoots)?,
                ours: ours.transpose()?,
                judge: judge::rules(&route.outcome),
                route: route.clone(),
            })
        };
        let routes = plain.routes.iter().map(ready).collect::<Result<_, _>>()?;
        // What it counts is told with the API's own figures.
        let _ = app.charging.set(charging.clone());
        let (environment, room) = (plain.environment, Room::default());
        Ok(Self { app, charging, environment, routes, plain, room })
    }

    /// What charges its calls.
    #[must_use]
    pub fn charging(&self) -> Charging {
        self.charging.clone()
    }

    /// Everything that is taken. Pages of these origins may call what customers call with tokens, from
    /// a browser.
    pub fn router(self, origins: &[Origin]) -> Router {
        let gateway = Arc::new(self);
        let taking = Arc::clone(&gateway);
        let router = Router::new().fallback(move |request: Request<Body>| {
            let gateway = Arc::clone(&taking);
            async move { gateway.take(request).await }
        });
        browsers::allowed(router, gateway, origins)
    }

    async fn take(&self, mut request: Request<Body>) -> Response<Body> {
        let path = request.uri().path();
        let found = self.routes.iter().find_map(|ready| {
            ready.route.matches.of(request.method(), path).map(|named| (ready, named))
        });
        let Some((ready, named)) = found else {
            let answer = self.nowhere(&request);
            sent::discard(request.into_body()).await;
            return answer;
        };
        let native = ready.route.protocol;
        let refused = |trouble: Trouble| probity::layer::refusal(native, trouble).map(Body::from);
        if is_ambiguous(request.headers()) {
            let why = "it has two lengths, so where it ends cannot be told";
            let mut answer = refused(Trouble::invalid_json(why));
            let close = axum::http::HeaderValue::from_static("close");
            answer.headers_mut().insert(axum::http::header::CONNECTION, close);
            return answer;
        }
        allowed::end_of_hop(request.headers_mut());
        let Some(action) = &ready.route.action else { return self.pass_on(ready, request).await };
        let not = match self.asked(ready, action, &named, request).await {
            Ok(asked) => return self.charge(ready, asked).await,
            Err(not) => not,
        };
        let NotAsked { trouble, call, customer } = not;
        let Some(call) = call else { return refused(trouble) };
        if self.charging.is_enforced(self.environment, customer.as_ref(), action).await {
            return refused(trouble);
        }
        let (why, field) = (trouble.code(), trouble.field());
        tracing::warn!(%action, why, field, "a call went on undecided");
        self.undecided(ready, call).await
    }

    /// Nothing can be decided about a call, and nothing is enforced: it goes on.
    async fn undecided(&self, ready: &Ready, call: Call) -> Response<Body> {
        let Call { mut head, body, theirs } = call;
        headers::strip(&mut head.headers);
        let key = theirs.as_ref().map(|theirs| &theirs.credential);
        let protocol = ready.route.protocol;
        match self.forward(ready, head, body, key).await {
            Ok(answer) => self.charging.went_on_undecided(protocol, answer).map(Body::new),
            Err(no) => probity::layer::refusal(protocol, no.trouble).map(Body::from),
        }
    }

    /// A route where nothing is decided.
    async fn pass_on(&self, ready: &Ready, request: Request<Body>) -> Response<Body> {
        let (mut head, body) = request.into_parts();
        // Whose key of ours it is does not matter here, but it goes no further.
        let _ = who::take_ours(&mut head);
        headers::strip(&mut head.headers);
        match self.forward(ready, head, Sent::Streamed(body), None).await {
            Ok(answer) => {
                let (mut head, body) = answer.into_parts();
                headers::strip(&mut head.headers);
                Response::from_parts(head, Body::new(body))
            }
            Err(no) => probity::layer::refusal(ready.route.protocol, no.trouble).map(Body::from),
        }
    }

    async fn charge(&self, ready: &Ready, asked: Asked) -> Response<Body> {
        let Asked { call, asking, charge, is_in_background } = asked;
        let whose = Owner { environment: charge.environment, customer: charge.customer.clone() };
        let answer = self.charging.run(charge, |told| async move {
            if let Some(stopped) = repeats::out_of_sight(told.begun()).filter(|_| is_in_background)
            {
                return Err(stopped);
            }
            self.worked(ready, call, asking, whose, &told).await
        });
        answer.await.map(Body::new)
    }

    /// Has a call answered, with the customer's own key where there is one for it.
    async fn worked(
        &self,
        ready: &Ready,
        call: Call,
        asking: Option<Bytes>,
        whose: Owner,
        told: &Told,
    ) -> Result<Response<Body>, NoAnswer> {
        let Call { mut head, mut body, theirs } = call;
        told.put(&mut head.headers);
        // Usage is asked for only where somebody takes it out again.
        if let Some(asking) = asking.filter(|_| told.begun().is_some()) {
            body = Sent::Whole(asking);
        }
        let theirs = match theirs {
            Some(theirs) => Some(theirs),
            None => self.own_key(ready, told.begun(), &whose).await?,
        };
        let Some(theirs) = theirs else {
            return self.repeated(ready, head, body, None, told).await;
        };
        told.on_their_key(true);
        // Before anything is enforced, a key that does not work stops nothing.
        let is_enforced = told.begun().is_none_or(|begun| begun.mode == Mode::Enforce);
        let without = body.again().filter(|_| theirs.is_stored() && !is_enforced);
        let without = without.map(|body| (head.clone(), body));
        let answer = self.repeated(ready, head, body, Some(&theirs.credential), told).await?;
        let (is_refused, answer) = refused_key::is_told(ready.route.protocol, answer).await;
        if !is_refused {
            return Ok(answer);
        }
        let provider = ready.route.provider.clone().unwrap_or_else(|| Name::new(""));
        self.note_refused(whose, provider.clone(), &theirs).await;
        match without {
            Some((head, body)) => {
                told.repeats(answer.status());
                told.on_their_key(false);
                self.repeated(ready, head, body, None, told).await
            }
            None if !is_enforced => Ok(answer),
            None => {
                told.repeats(answer.status());
                Err(own_key::refused(&provider))
            }
        }
    }

    /// No such path, or not with this method. What is not named here goes nowhere; but what refusals
    /// lead to is shown.
    fn nowhere(&self, request: &Request<Body>) -> Response<Body> {
        let path = request.uri().path();
        if let Some(page) = path.strip_prefix("/problems/").and_then(crate::http::problem_page) {
            return page;
        }
        let methods = self.plain.methods(path);
        let trouble = match methods.is_empty() {
            true => Trouble::no_route(request.method().as_str(), path),
            false => {
                let methods: Vec<_> = methods.iter().map(|method| method.as_str()).collect();
                Trouble::wrong_method(methods.join(", "))
            }
        };
        // Whatever client it is: those of OpenAI show nothing but their own `error`.
        probity::layer::refusal(Protocol::OpenaiChat, trouble).map(Body::from)
    }
}

/// Two ways to tell where a request ends: one of those who read it may be told otherwise.
fn is_ambiguous(headers: &HeaderMap) -> bool {
    let lengths = headers.get_all(CONTENT_LENGTH).iter().count();
    lengths > 1 || lengths == 1 && headers.contains_key(TRANSFER_ENCODING)
}
