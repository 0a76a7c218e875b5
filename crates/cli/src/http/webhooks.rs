//! Endpoints of webhooks: made, changed and removed; what became of what was sent there; what is sent
//! again. What signs is shown once, when it is made, and kept nowhere.

use super::app::App;
use super::asked::Asked;
use super::order::Wrote;
use super::problem::Trouble;
use super::random;
use super::read::Read;
use super::reads::{CURSOR, limit, ok};
use super::reports::beside;
use super::routes::{Answering, Later};
use super::shape::Invalid;
use crate::webhooks::{address, anew, letter};
use probity::answer::Reply;
use probity::engine::{DecideSending, Refused, Sending};
use probity::store::{Delivery, DeliveryState, Endpoint, EndpointChange, Reader, StoreError, Told};
use probity::{Environment, Probity};
use probity_core::decide::Problem;
use probity_core::event::EventKind;
use probity_core::id::EventId;
use probity_core::time::TimeUnit;
use probity_core::{Length, Time};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many endpoints an environment may have.
const MOST: usize = 16;
/// How many events are sent again at once.
const REPLAYED_AT_ONCE: usize = 1000;
/// How long an old secret signs beside a new one, where nothing is said, and at the most.
const A_DAY: Length = Length::new(24, TimeUnit::Hour);
const A_WEEK: Length = Length::new(7, TimeUnit::Day);

/// Stands in an answer that is kept where the secret stands in the one that is told.
pub(super) const UNTOLD: &str = "\"secret\":\"untold:";

/// The endpoint and the number of a secret that is still to be told.
pub(super) fn untold(answer: &Value) -> Option<(String, u32)> {
    let number = answer.get("secret")?.as_str()?.strip_prefix("untold:")?;
    Some((answer.get("id")?.as_str()?.to_owned(), number.parse().ok()?))
}

fn no_endpoint() -> Refused {
    Problem::NotFound { what: "webhook endpoint" }.into()
}

fn shown(endpoint: &Endpoint, now: Time) -> Value {
    let Endpoint { id, url, kinds, description, created_at, stopped, old_until, .. } = endpoint;
    let events: Vec<_> = kinds.iter().map(|kind| kind.word()).collect();
    json!({
        "id": id, "url": url, "events": events, "description": description,
        "created_at": created_at, "stopped": stopped,
        "old_secret_until": old_until.filter(|until| now < *until),
    })
}

fn with_secret(endpoint: &Endpoint, now: Time) -> Value {
    let mut shown = shown(endpoint, now);
    shown["secret"] = format!("untold:{}", endpoint.secret).into();
    shown
}

/// Who may change where events go: a key without a role, since all of them can be read there.
fn may_change(asked: &Asked) -> Result<(), Trouble> {
    if asked.caller.actor.role.is_some() { Err(Trouble::forbidden()) } else { Ok(()) }
}

/// Has something done to endpoints and deliveries, once for its key.
async fn changed(app: &App, asked: &Asked, decide: DecideSending) -> Result<Wrote, Trouble> {
    let pending = app.probity.endpoints_told(asked.caller.environment, asked.key.clone(), decide);
    let wrote = app.told(asked, pending).await?;
    app.webhooks.tell_changed();
    Ok(wrote)
}

/// Changes the endpoint in the path.
async fn change(
    app: &App,
    asked: &Asked,
    how: impl FnOnce(&mut Endpoint) + Send + 'static,
    tell: fn(&Endpoint, Time) -> Value,
) -> Result<Wrote, Trouble> {
    let (id, environment, now) = (asked.id(0).to_owned(), asked.caller.environment, app.clock());
    let decide = move |known: &[Endpoint]| {
        let mut endpoint = found(known, environment, &id)?.clone();
        how(&mut endpoint);
        let reply = Reply { status: 200, body: tell(&endpoint, now).to_string() };
        let endpoints = vec![EndpointChange::Put(endpoint)];
        Ok(Sending { endpoints, deliveries: Vec::new(), reply })
    };
    changed(app, asked, Box::new(decide)).await
}

fn found<'a>(
    known: &'a [Endpoint],
    environment: Environment,
    id: &str,
) -> Result<&'a Endpoint, Refused> {
    let is_it = |one: &&Endpoint| one.id.as_str() == id && one.environment == environment;
    known.iter().find(is_it).ok_or_else(no_endpoint)
}

/// The address in a body, judged.
fn url(app: &App, asked: &Asked, body: Read<'_>) -> Result<Option<String>, Trouble> {
    let Some(text) = body.string("url") else { return Ok(None) };
    address(&text, asked.caller.environment, app.webhooks.reach())
        .map_err(|why| Invalid::new("url", format!("the address {why}")))?;
    Ok(Some(text))
}

/// The kinds in a body.
fn kinds(body: Read<'_>) -> Result<Option<Vec<EventKind>>, Trouble> {
    let Some(words) = body.list("events") else { return Ok(None) };
    let mut kinds = Vec::new();
    for word in words.iter().filter_map(Value::as_str) {
        let kind = EventKind::of(word).ok_or_else(|| {
            let all: Vec<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
            Invalid::new("events", format!("`{word}` is no event; there are {}", all.join(", ")))
        })?;
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    Ok(Some(kinds))
}

pub(super) fn add<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        may_change(asked)?;
        let (body, now) = (asked.body()?, app.clock());
        let environment = asked.caller.environment;
        let url = url(app, asked, body)?.ok_or_else(|| Invalid::new("url", "is missing"))?;
        let endpoint = Endpoint {
            id: random::id("we_", now).map_err(|_| Trouble::stopped())?,
            environment,
            url,
            kinds: kinds(body)?.unwrap_or_default(),
            description: body.string("description"),
            secret: 1,
            old_until: None,
            created_at: now,
            stopped: None,
        };
        let decide = move |known: &[Endpoint]| {
            if known.iter().filter(|one| one.environment == environment).count() >= MOST {
                let reason = format!("there are {MOST} endpoints already: remove one first");
                return Err(Problem::InvalidRequest { field: "url", reason }.into());
            }
            let reply = Reply { status: 201, body: with_secret(&endpoint, now).to_string() };
            let endpoints = vec![EndpointChange::Put(endpoint)];
            Ok(Sending { endpoints, deliveries: Vec::new(), reply })
        };
        changed(app, asked, Box::new(decide)).await
    })
}

/// The endpoint in the path.
async fn endpoint(app: &App, asked: &Asked) -> Result<Endpoint, Trouble> {
    let known = app.probity.endpoints(None)?.await?;
    Ok(found(&known, asked.caller.environment, asked.id(0))?.clone())
}

pub(super) fn list<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let known = app.probity.endpoints(None)?.await?;
        let ours = known.iter().filter(|one| one.environment == asked.caller.environment);
        let items: Vec<_> = ours.map(|one| shown(one, app.clock())).collect();
        Ok(ok(&json!({ "items": items })))
    })
}

pub(super) fn get<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move { Ok(ok(&shown(&endpoint(app, asked).await?, app.clock()))) })
}

pub(super) fn put<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        may_change(asked)?;
        let body = asked.body()?;
        let (url, kinds) = (url(app, asked, body)?, kinds(body)?);
        let (has, description) = (body.has("description"), body.string("description"));
        let how = move |endpoint: &mut Endpoint| {
            endpoint.url = url.unwrap_or_else(|| endpoint.url.clone());
            endpoint.kinds = kinds.unwrap_or_else(|| endpoint.kinds.clone());
            if has {
                endpoint.description = description;
            }
        };
        change(app, asked, how, shown).await
    })
}

pub(super) fn remove<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        may_change(asked)?;
        asked.nothing()?;
        let (id, environment) = (asked.id(0).to_owned(), asked.caller.environment);
        let now = app.clock();
        let decide = move |known: &[Endpoint]| {
            let gone = found(known, environment, &id)?;
            let reply = Reply { status: 200, body: shown(gone, now).to_string() };
            let endpoints = vec![EndpointChange::Remove(gone.id.clone())];
            Ok(Sending { endpoints, deliveries: Vec::new(), reply })
        };
        changed(app, asked, Box::new(decide)).await
    })
}

pub(super) fn rotate<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        may_change(asked)?;
        let lasts = asked.body()?.length("old_lasts").unwrap_or(A_DAY).roughly_seconds();
        if lasts > A_WEEK.roughly_seconds() {
            return Err(Invalid::new("old_lasts", "at most 7 days").into());
        }
        let until = app.clock().plus_seconds(lasts);
        let how = move |endpoint: &mut Endpoint| {
            endpoint.secret = endpoint.secret.saturating_add(1);
            endpoint.old_until = Some(until).filter(|_| lasts > 0);
        };
        change(app, asked, how, with_secret).await
    })
}

pub(super) fn stop<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        may_change(asked)?;
        let reason = asked.body()?.string("reason");
        let reason = reason.unwrap_or_else(|| format!("by {}", asked.caller.actor.name));
        change(app, asked, |endpoint| endpoint.stopped = Some(reason), shown).await
    })
}

pub(super) fn start<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        may_change(asked)?;
        asked.nothing()?;
        change(app, asked, |endpoint| endpoint.stopped = None, shown).await
    })
}

pub(super) fn deliveries<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        let (endpoint, query) = (endpoint(app, asked).await?, asked.query());
        let limit = limit(asked, 20, 100)?;
        let below = match query.text("cursor") {
            Some(text) => text.parse().map_err(|_| Invalid::new("cursor", CURSOR))?,
            None => u64::MAX,
        };
        let state = query.text("state").and_then(DeliveryState::of);
        let read = move |store: &mut dyn Reader| {
            let page = store.deliveries_below(&endpoint.id, state, below, limit + 1)?;
            let told = |one: &Delivery| Ok((one.clone(), store.event(one.event)?));
            page.iter().map(told).collect::<Result<Vec<_>, StoreError>>()
        };
        let mut page: Vec<(Delivery, Option<Told>)> = beside(app, read).await?;
        let more = page.len() > limit;
        page.truncate(limit);
        let next = page.last().filter(|_| more).map(|(last, _)| last.event.to_string());
        // One whose event went meanwhile went with it.
        let items = page.iter().filter_map(|(one, told)| Some(delivery(one, told.as_ref()?)));
        let items: Vec<Value> = items.collect();
        Ok(ok(&json!({ "items": items, "next_cursor": next })))
    })
}

fn delivery(one: &Delivery, told: &Told) -> Value {
    let waits = one.state == DeliveryState::Waiting;
    json!({
        "event": told.id(), "type": told.kind.word(), "customer": told.whose,
        "state": one.state.word(), "attempts": one.attempts, "answered": one.said,
        "next_try": Some(one.due_at).filter(|_| waits), "changed_at": one.changed_at,
    })
}

pub(super) fn replay<'a>(app: &'a App, asked: &'a Asked) -> Later<'a, Wrote> {
    Box::pin(async move {
        may_change(asked)?;
        let wanted = wanted(asked.body()?)?;
        let (endpoint, now) = (endpoint(app, asked).await?, app.clock());
        let to = endpoint.clone();
        let probity = app.probity.clone();
        let read = tokio::task::spawn_blocking(move || again(&probity, &to, wanted)).await;
        let read = read.map_err(|_| Trouble::stopped())?;
        let (again, more) = read.map_err(|_| Trouble::unread())?;
        let again = again.ok_or_else(|| Trouble::not_found("event"))?;
        let next = again.last().filter(|_| more).map(Told::id);
        let body = json!({ "replayed": again.len(), "next_after": next }).to_string();
        let id = endpoint.id;
        // Said before it is written down, so that a try that ends meanwhile does not overwrite it.
        let flying = app.webhooks.flying.again(&id, again.iter().map(|told| told.number));
        let is_decided = Arc::<AtomicBool>::default();
        let decided = Arc::clone(&is_decided);
        let decide = move |known: &[Endpoint]| {
            found(known, endpoint.environment, &id)?;
            decided.store(true, Ordering::Release);
            let deliveries = again.iter().map(|told| anew(told, &id, now)).collect();
            let reply = Reply { status: 200, body };
            Ok(Sending { endpoints: Vec::new(), deliveries, reply })
        };
        let wrote = changed(app, asked, Box::new(decide)).await;
        if is_decided.load(Ordering::Acquire) {
            // Where that it was written down got lost, it may stand all the same: rather twice than not.
            drop(flying);
        } else {
            // It was refused, or done before by its key: all stays as it was.
            let came = flying.undo();
            if !came.is_empty() && app.probity.note_deliveries(came)?.await.is_err() {
                tracing::warn!(
                    "some webhooks that arrived could not be noted: they are sent again"
                );
            }
        }
        app.webhooks.tell_changed();
        wrote
    })
}

/// What is to be sent again.
enum Wanted {
    Events(Vec<EventId>),
    Since(Time),
    After(EventId),
    Dead,
}

fn wanted(body: Read<'_>) -> Result<Wanted, Trouble> {
    let event = |text: &str| EventId::parse(text).ok_or_else(|| Trouble::not_found("event"));
    let mut all = Vec::new();
    if let Some(ids) = body.list("events") {
        let ids = ids.iter().filter_map(Value::as_str).map(event);
        all.push(Wanted::Events(ids.collect::<Result<_, _>>()?));
    }
    all.extend(body.time("since").map(Wanted::Since));
    if let Some(text) = body.text("after") {
        all.push(Wanted::After(event(text)?));
    }
    if body.flag("dead") == Some(true) {
        all.push(Wanted::Dead);
    }
    match (all.pop(), all.pop()) {
        (Some(wanted), None) => Ok(wanted),
        _ => {
            let why = "say which: one of `events`, `since`, `after` and `dead`";
            Err(Invalid::new("events", why).into())
        }
    }
}

/// The events that are to be sent again, oldest first, and whether there are more; None: one that was
/// named is not there. It blocks.
fn again(
    probity: &Probity,
    to: &Endpoint,
    wanted: Wanted,
) -> Result<(Option<Vec<Told>>, bool), StoreError> {
    let ours = |told: &Told| told.environment == to.environment;
    let after = match wanted {
        Wanted::Events(ids) => {
            let all = ids.into_iter().map(|id| Ok(probity.event(id)?.filter(ours)));
            return Ok((all.collect::<Result<_, StoreError>>()?, false));
        }
        Wanted::Dead => {
            let dead = Some(DeliveryState::Dead);
            let dead = probity.deliveries_below(&to.id, dead, u64::MAX, REPLAYED_AT_ONCE)?;
            let told = dead.iter().rev().map(|one| probity.event_at(one.event));
            let told = told.filter_map(Result::transpose).collect::<Result<_, _>>()?;
            return Ok((Some(told), false));
        }
        Wanted::After(id) => match probity.event(id)?.filter(ours) {
            Some(told) => told.number,
            None => return Ok((None, false)),
        },
        Wanted::Since(since) => match probity.told_since(since)? {
            Some(first) => first.saturating_sub(1),
            None => return Ok((Some(Vec::new()), false)),
        },
    };
    let (told, more) = taken_after(probity, to, after)?;
    Ok((Some(told), more))
}

/// Events after a place that an endpoint takes, as many as are sent again at once, and whether there are
/// more.
fn taken_after(
    probity: &Probity,
    to: &Endpoint,
    mut after: u64,
) -> Result<(Vec<Told>, bool), StoreError> {
    let mut all: Vec<Told> = Vec::new();
    loop {
        let page = probity.events_after(to.environment, None, after, REPLAYED_AT_ONCE)?;
        let Some(last) = page.last() else { return Ok((all, false)) };
        after = last.number;
        let taken = |told: &Told| to.kinds.is_empty() || to.kinds.contains(&told.kind);
        all.extend(page.into_iter().filter(taken));
        if all.len() > REPLAYED_AT_ONCE {
            all.truncate(REPLAYED_AT_ONCE);
            return Ok((all, true));
        }
    }
}

/// Sends one message that is about nothing, at once, and says what came of it.
pub(super) fn test<'a>(app: &'a App, asked: &'a Asked) -> Answering<'a> {
    Box::pin(async move {
        may_change(asked)?;
        asked.nothing()?;
        let (endpoint, now) = (endpoint(app, asked).await?, app.clock());
        let id = random::id("evt_", now).map_err(|_| Trouble::stopped())?;
        let words = "A test: nothing happened.";
        let body = json!({
            "id": id, "type": "webhook.test", "timestamp": now,
            "data": { "endpoint": endpoint.id, "words": words },
        });
        let to = address(&endpoint.url, endpoint.environment, app.webhooks.reach());
        let (delivered, answered) = match to {
            Ok(to) => {
                let letter = letter(app, &endpoint, &id, body.to_string(), now);
                let said = app.webhooks.post().send(to, letter, now).await;
                (said.is_delivered(), said.words)
            }
            Err(why) => (false, format!("the address {why}")),
        };
        Ok(ok(&json!({ "delivered": delivered, "answered": answered, "event": id })))
    })
}
