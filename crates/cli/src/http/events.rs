//! Events as they happen, as server-sent events; and read again, as a list.
//!
//! Whoever comes with the id of the last event they have (`Last-Event-ID`, or `after`) gets what they
//! missed first. A stream ends when its key or token does, and when the service stops; nothing here
//! decides what an event is.

use super::app::{App, Caller};
use super::asked::Asked;
use super::event_schemas;
use super::handle::json_response;
use super::hearers::{Heard, Hearing};
use super::open_streams::OpenStream;
use super::problem::Trouble;
use super::reads::{limit, ok};
use super::reports::beside;
use super::routes::Later;
use super::shape::Invalid;
use super::wire::events::TYPES;
use axum::body::Body;
use axum::http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response};
use bytes::Bytes;
use hyper::body::Frame;
use probity::Environment;
use probity::store::{Reader, Told};
use probity_core::Name;
use probity_core::event::EventKind;
use probity_core::id::EventId;
use serde_json::json;
use serde_json::value::RawValue;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc;

/// How often a silent stream shows that it is there, and looks whether its key still opens.
const BEAT: Duration = Duration::from_secs(15);
/// A browser comes back after so many milliseconds.
const RETRY: &str = "retry: 2000\n";
const FOLLOW: &str = ": the events follow\n\n";
/// The first message of a customer's stream: what happened up to this entry is not told in it, so whoever
/// shows less reads anew.
const OPENED: &str = "stream.opened";
/// So many frames wait for whoever reads slowly.
const AHEAD: usize = 64;
/// So many are read at once from what was told before.
const PAGE: usize = 200;
/// With a customer token one goes back so far at the most, among the events of all; and so many are looked
/// at in one read, which others wait for.
const BACK: u64 = 20_000;

/// Which events somebody wants.
#[derive(Clone, Debug)]
struct Wanted {
    environment: Environment,
    customer: Option<Name>,
    /// None: all.
    kinds: Vec<EventKind>,
    /// They are for a customer: an operator's reasons are left out.
    by_customer: bool,
}

impl Wanted {
    fn takes(&self, told: &Told) -> bool {
        told.environment == self.environment
            && self.customer.as_ref().is_none_or(|customer| *customer == told.whose)
            && self.takes_kind(told.kind)
    }

    fn body(&self, told: &Told) -> String {
        if self.by_customer { told.body_for_customer() } else { told.body() }
    }

    fn takes_kind(&self, kind: EventKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// The events of a customer.
pub(super) fn of_customer<'a>(
    app: &'a Arc<App>,
    asked: &'a Asked,
    headers: &'a HeaderMap,
) -> Later<'a, Response<Body>> {
    Box::pin(async move {
        let customer = asked.customer()?;
        // Who does not exist has no events.
        seq(app, asked, &customer).await?;
        answer(app, asked, headers, (Some(customer), true)).await
    })
}

/// The events of everybody.
pub(super) fn of_everybody<'a>(
    app: &'a Arc<App>,
    asked: &'a Asked,
    headers: &'a HeaderMap,
) -> Later<'a, Response<Body>> {
    Box::pin(async move {
        let customer = asked.query().text("customer").map(Name::new);
        answer(app, asked, headers, (customer, false)).await
    })
}

/// A customer's last entry.
async fn seq(app: &App, asked: &Asked, customer: &Name) -> Result<u64, Trouble> {
    let whose = probity::engine::Whose::Customer(customer.clone());
    Ok(app.probity.view(asked.caller.environment, whose)?.await?.customer.seq)
}

async fn answer(
    app: &Arc<App>,
    asked: &Asked,
    headers: &HeaderMap,
    (customer, tells_seq): (Option<Name>, bool),
) -> Result<Response<Body>, Trouble> {
    let environment = asked.caller.environment;
    let by_customer = asked.caller.bound.is_some();
    let wanted = Wanted { environment, customer, kinds: kinds(asked)?, by_customer };
    let after = after(asked, headers)?;
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if accept.contains("application/json") && !accept.contains("text/event-stream") {
        return list(app, asked, wanted, after).await;
    }
    let bound = asked.caller.bound.as_ref();
    let whose = bound.map(|bound| (wanted.environment, bound.customer.clone()));
    let open = app.streams.one_more(whose).ok_or_else(Trouble::overloaded)?;
    let of_one = wanted.customer.clone().filter(|_| tells_seq);
    let authorization = headers.get(AUTHORIZATION).cloned();
    let (frames, body) = mpsc::channel(AHEAD);
    let teller = Teller { app: Arc::clone(app), authorization, wanted, frames, open };
    let mut from = teller.begin(&asked.caller, after).await?;
    if let Some(customer) = of_one {
        // After listening began: nothing falls in between.
        let seq = seq(app, asked, &customer).await?;
        let data = json!({ "customer": customer, "seq": seq });
        let opened = json!({ "type": OPENED, "data": data });
        from.opening.push_str(&format!("event: {OPENED}\ndata: {opened}\n\n"));
    }
    tokio::spawn(teller.tell(from));
    let mut response = Response::new(Body::new(Frames(body)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that hold answers back until they are whole would hold this one for ever.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// The types that are asked for, separated by commas.
fn kinds(asked: &Asked) -> Result<Vec<EventKind>, Trouble> {
    let text = asked.query().text("types").unwrap_or_default();
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    let unknown = || {
        let all: Vec<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
        Invalid::new(
            "types",
            format!("names types of events, separated by commas: {}", all.join(", ")),
        )
    };
    Ok(words.map(|word| EventKind::of(word).ok_or_else(unknown)).collect::<Result<_, _>>()?)
}

/// The event after which they want to hear; None: from now on.
fn after(asked: &Asked, headers: &HeaderMap) -> Result<Option<u64>, Trouble> {
    let sent = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let sent = sent.filter(|id| !id.is_empty());
    let place = |id: &str| {
        let wrong = || Invalid::new("after", "is the id of an event, `evt_…`");
        EventId::parse(id).map(Told::place).ok_or_else(wrong)
    };
    Ok(asked.query().text("after").or(sent).map(place).transpose()?)
}

/// A page of what was told before.
async fn list(
    app: &App,
    asked: &Asked,
    wanted: Wanted,
    after: Option<u64>,
) -> Result<Response<Body>, Trouble> {
    let limit = limit(asked, 100, 1000)?;
    let from = since(app, asked, after.unwrap_or(0)).await?;
    let (mut at, mut is_last) = (from, false);
    let mut found = Vec::new();
    // Whoever wants those of somebody rare goes on by the cursor, so that nobody waits for it.
    while !is_last && found.len() <= limit && at.saturating_sub(from) < BACK {
        let page = read(app, &wanted, at).await?;
        (at, is_last) = (page.at, page.is_last);
        found.extend(page.told.into_iter().filter(|told| wanted.takes_kind(told.kind)));
    }
    let has_more = found.len() > limit;
    found.truncate(limit);
    let next = match has_more {
        true => found.last().map(Told::id),
        false => (!is_last).then(|| Told::id_at(at)),
    };
    let bodies = found.iter().map(|told| RawValue::from_string(wanted.body(told)));
    let items: Vec<Box<RawValue>> =
        bodies.collect::<Result<_, _>>().map_err(|_| Trouble::unread())?;
    let mut response = json_response(ok(&json!({ "items": items, "next_cursor": next })));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Where reading begins: whoever has a customer token does not go through everybody's events.
async fn since(app: &App, asked: &Asked, after: u64) -> Result<u64, Trouble> {
    if asked.caller.bound.is_none() {
        return Ok(after);
    }
    let last = beside(app, |reader| reader.last_event()).await?;
    Ok(after.max(last.saturating_sub(BACK)))
}

/// What one read found.
struct Page {
    told: Vec<Told>,
    /// Up to where it looked.
    at: u64,
    /// There is nothing after that.
    is_last: bool,
}

async fn read(app: &App, wanted: &Wanted, after: u64) -> Result<Page, Trouble> {
    let (environment, customer) = (wanted.environment, wanted.customer.clone());
    let page = move |reader: &mut dyn Reader| {
        let last = reader.last_event()?;
        let up_to = last.min(after.saturating_add(BACK));
        let told = reader.events_after(environment, customer.as_deref(), (after, up_to), PAGE)?;
        let full = told.last().filter(|_| told.len() == PAGE).map(|told| told.number);
        let at = full.unwrap_or_else(|| up_to.max(after));
        Ok(Page { told, at, is_last: at >= last })
    };
    beside(app, page).await
}

/// Tells one stream.
struct Teller {
    app: Arc<App>,
    authorization: Option<HeaderValue>,
    wanted: Wanted,
    frames: mpsc::Sender<Bytes>,
    open: OpenStream,
}

/// Where a stream begins.
struct From {
    heard: Hearing,
    /// What was told up to here is known.
    at: u64,
    /// There may be something between that and now.
    missed: bool,
    /// What is sent first.
    opening: String,
}

impl Teller {
    /// Listens first, so that nothing falls between what was told before and what is heard.
    async fn begin(&self, caller: &Caller, after: Option<u64>) -> Result<From, Trouble> {
        let Wanted { environment, customer, .. } = &self.wanted;
        let whose = customer.clone().map(|customer| (*environment, customer));
        let heard = self.app.hearers.one_more(&self.app.probity, whose);
        let last = beside(&self.app, |reader| reader.last_event()).await?;
        let at = match (after, caller.bound.is_some()) {
            (None, _) => last,
            (Some(after), false) => after,
            (Some(after), true) => after.max(last.saturating_sub(BACK)),
        };
        // Whoever comes back before there was an event goes on here: an id without data is kept in mind.
        let opening = format!("{RETRY}id: {}\n{FOLLOW}", Told::id_at(at));
        Ok(From { heard, at, missed: after.is_some(), opening })
    }

    async fn tell(self, from: From) {
        let From { mut heard, mut at, missed, opening } = from;
        let mut stops = std::pin::pin!(self.app.stops());
        let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + BEAT, BEAT);
        let opened = self.send(opening).await;
        if opened.is_none() || (missed && self.read_on(&mut at).await.is_none()) {
            return;
        }
        loop {
            let sent = tokio::select! {
                told = heard.next() => match told {
                    Some(Heard::Told(told)) => self.hears(&told, &mut at).await,
                    Some(Heard::Missed) => self.read_on(&mut at).await,
                    None => None,
                },
                _ = beat.tick() => self.beats().await,
                () = self.frames.closed() => None,
                () = self.open.makes_room() => None,
                () = &mut stops => None,
            };
            if sent.is_none() {
                return;
            }
        }
    }

    /// An event as it happens; one that was read from the store already is passed over.
    async fn hears(&self, told: &Told, at: &mut u64) -> Option<()> {
        if told.number <= *at {
            return Some(());
        }
        *at = told.number;
        if self.wanted.takes(told) { self.send(self.frame(told)).await } else { Some(()) }
    }

    /// What was told after a place and is not heard any more.
    async fn read_on(&self, at: &mut u64) -> Option<()> {
        loop {
            let page = read(&self.app, &self.wanted, *at).await.ok()?;
            for told in &page.told {
                if self.wanted.takes(told) {
                    self.send(self.frame(told)).await?;
                }
            }
            *at = page.at;
            if page.is_last {
                return Some(());
            }
        }
    }

    /// Whoever may hear no more is told nothing more.
    async fn beats(&self) -> Option<()> {
        if !self.may_hear().await {
            return None;
        }
        self.send(":\n\n".to_owned()).await
    }

    async fn may_hear(&self) -> bool {
        let sent = self.authorization.as_ref().and_then(|sent| sent.to_str().ok());
        self.app.caller(sent).await.is_ok()
    }

    /// Until it is over, whoever reads or not.
    async fn is_over(&self) {
        let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + BEAT, BEAT);
        let ends = async {
            loop {
                beat.tick().await;
                if !self.may_hear().await {
                    return;
                }
            }
        };
        tokio::select! {
            () = ends => {}
            () = self.frames.closed() => {}
            () = self.open.makes_room() => {}
            () = self.app.stops() => {}
        }
    }

    /// One event, as `text/event-stream` has it. Its JSON is on one line.
    fn frame(&self, told: &Told) -> String {
        let body = self.wanted.body(told);
        format!("id: {}\nevent: {}\ndata: {body}\n\n", told.id(), told.kind.word())
    }

    /// Whoever reads slowly is waited for, as long as they may hear.
    async fn send(&self, frame: String) -> Option<()> {
        if let Ok(room) = self.frames.try_reserve() {
            room.send(frame.into());
            return Some(());
        }
        let room = tokio::select! {
            room = self.frames.reserve() => room.ok()?,
            () = self.is_over() => return None,
        };
        room.send(frame.into());
        Some(())
    }
}

/// What is sent, as it comes.
struct Frames(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// Every type of event, with its JSON Schema.
pub(super) fn types(_: &App, _: Option<Caller>, _: Vec<String>) -> Later<'_, Response<Body>> {
    Box::pin(async {
        let items: Vec<_> = TYPES
            .iter()
            .map(|of| {
                let schema = event_schemas::alone(of);
                json!({ "type": of.kind.word(), "says": of.kind.says(), "schema": schema })
            })
            .collect();
        let mut response = json_response(ok(&json!({ "items": items, "next_cursor": null })));
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Ok(response)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use probity::clock::SystemClock;
    use probity::store::MemoryStore;
    use probity::{Probity, engine::Options};

    #[tokio::test(start_paused = true)]
    async fn a_stream_whose_reader_stands_still_ends_with_its_key() {
        let store = Box::<MemoryStore>::default();
        let opened = std::thread::spawn(|| Probity::on(store, Options::default()).unwrap());
        let probity = opened.join().unwrap();
        let app = Arc::new(App::new(probity, Arc::new(SystemClock)).await.unwrap());
        let environment = Environment::Live;
        let wanted = Wanted { environment, customer: None, kinds: vec![], by_customer: false };
        let (frames, _unread) = mpsc::channel(1);
        let open = app.streams.one_more(None).unwrap();
        let gone = Some(HeaderValue::from_static("Bearer of nobody"));
        let teller = Teller { app, authorization: gone, wanted, frames, open };
        assert_eq!(teller.send(FOLLOW.to_owned()).await, Some(()));
        assert_eq!(teller.send(FOLLOW.to_owned()).await, None);
    }
}
