//! The way of every request: who asks, may they, what do they say, was it said before, answer.

use super::app::{App, Caller};
use super::asked::Asked;
use super::body;
use super::json;
use super::my;
use super::order::Wrote;
use super::own_keys;
use super::packed;
use super::problem::Trouble;
use super::routes::{Does, Route, Sent, Who};
use super::shape::Invalid;
use axum::body::Body;
use axum::http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use probity::answer::Reply;
use probity::engine::Key;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroize;

/// How long reading may take.
const READ_TIME: Duration = Duration::from_secs(30);
/// The most bytes of an idempotency key.
const LONGEST_KEY: usize = 255;

/// Answers a request that was routed, ids of its path in order.
pub(crate) async fn handle(
    app: &Arc<App>,
    route: &'static Route,
    ids: Option<Vec<String>>,
    request: Request<Body>,
) -> Response<Body> {
    match answer(app, route, ids, request).await {
        Ok(response) => response,
        Err(trouble) => trouble.into_response().map(Body::from),
    }
}

async fn answer(
    app: &Arc<App>,
    route: &'static Route,
    ids: Option<Vec<String>>,
    request: Request<Body>,
) -> Result<Response<Body>, Trouble> {
    let (head, body) = request.into_parts();
    let sent = head.headers.get(AUTHORIZATION);
    if let (Who::Anyone, Does::Open(open)) = (route.who, route.does) {
        let caller = match sent {
            Some(_) if route.takes_key => Some(caller(app, sent).await?),
            _ => None,
        };
        let response = open(app, caller, ids.unwrap_or_default()).await?;
        return Ok(unless_known(&head.headers, packed::as_taken(&head.headers, response)));
    }
    if let Does::Page = route.does {
        let response = my::page(route.path, head.uri.query(), head.extensions.get());
        return Ok(unless_known(&head.headers, response));
    }
    if let Does::Signed(tell) = route.does {
        let (body, _room) = body::read(&head.headers, body, &app.large_bodies).await?;
        let reply = tell(app, Sent { headers: &head.headers, body: &body }).await?;
        return Ok(respond(route, Wrote { reply, replayed: false }));
    }
    let caller = caller(app, sent).await?;
    let ids = ids.ok_or_else(|| Trouble::not_found("path"))?;
    if route.who == Who::Key && caller.bound.is_some() {
        return Err(Trouble::forbidden());
    }
    let is_write = head.method != Method::GET && head.method != Method::HEAD;
    // Its room is kept until it is answered.
    let (mut bytes, _room) = match is_write {
        true => body::read(&head.headers, body, &app.large_bodies).await?,
        false => (Vec::new(), None),
    };
    let object = json::read(&bytes).map_err(|why| Trouble::invalid_json(&why))?;
    let key = match sent_key(&head.headers)?.filter(|_| is_write) {
        Some(text) => {
            let path = head.uri.path_and_query().map_or("", |path| path.as_str());
            let key = self::key(text, "Idempotency-Key")?;
            let same = match route.has_secret {
                true => own_keys::fingerprint(app, &head.method, path, &bytes),
                false => Some(fingerprint(&head.method, path, &bytes)),
            };
            same.map(|fingerprint| Key { key, fingerprint })
        }
        None => None,
    };
    let mut asked = Asked::new(route, caller, ids, object);
    asked.key = key;
    if route.has_secret {
        bytes.zeroize();
    }
    let query = asked.read_query(head.uri.query());
    if let (Some(sheet), Ok(())) = (route.sheet, &query)
        && wants_sheet(&asked, &head.headers)
    {
        return sheet(app, &asked).await;
    }
    // What is wrong with the query is told like what is wrong with the body: after the key.
    if let (Ok(()), Does::Stream(stream)) = (&query, route.does) {
        return stream(app, &asked, &head.headers).await;
    }
    let wrote = match (query, route.does) {
        (Err(trouble), _) => write(app, &asked, Err(trouble)).await?,
        (Ok(()), Does::Write(order)) => write(app, &asked, order(app, &asked)).await?,
        (Ok(()), Does::WriteLater(order)) => write(app, &asked, order(app, &asked).await).await?,
        (Ok(()), Does::Keyed(read)) => keyed(app, &asked, read).await?,
        (Ok(()), Does::Own(tell)) => told(app, &asked, tell).await?,
        (Ok(()), Does::Read(read)) if !is_write => only_read(app, &asked, read).await?,
        (Ok(()), Does::Read(read)) => Wrote { reply: read(app, &asked).await?, replayed: false },
        (Ok(()), Does::Open(_) | Does::Stream(_) | Does::Signed(_) | Does::Page) => {
            return Err(Trouble::not_found("path"));
        }
    };
    // A customer token: a page in a browser reads.
    let text = (!is_write && asked.caller.bound.is_some()).then(|| wrote.reply.body.clone());
    let mut response = respond(route, wrote);
    if let Some(text) = text {
        packed::may_be_packed(&mut response, text);
    }
    Ok(packed::as_taken(&head.headers, response))
}

/// Is a sheet asked for in place of JSON? The query has the last word.
fn wants_sheet(asked: &Asked, headers: &HeaderMap) -> bool {
    if let Some(format) = asked.query().text("format") {
        return format == "csv";
    }
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut kinds = accept.split(',').map(|kind| kind.split(';').next().unwrap_or_default().trim());
    let first = kinds.find(|kind| matches!(*kind, "text/csv" | "application/json"));
    first == Some("text/csv")
}

/// Whoever has it already is told that it is still the same.
fn unless_known(sent: &HeaderMap, mut response: Response<Body>) -> Response<Body> {
    let marks = sent.get(IF_NONE_MATCH).and_then(|marks| marks.to_str().ok()).unwrap_or_default();
    let mark = response.headers().get(ETAG).and_then(|mark| mark.to_str().ok());
    let is_known = |mark: &str| {
        marks.split(',').map(str::trim).any(|m| m.strip_prefix("W/").unwrap_or(m) == mark)
    };
    if mark.is_some_and(is_known) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
    }
    response
}

async fn caller(app: &App, sent: Option<&HeaderValue>) -> Result<Caller, Trouble> {
    app.caller(sent.and_then(|value| value.to_str().ok())).await
}

/// A write: its key is looked up before what is wrong with it is told.
async fn write(
    app: &App,
    asked: &Asked,
    order: Result<super::order::Order, Trouble>,
) -> Result<Wrote, Trouble> {
    match order {
        Ok(order) => {
            let queued = app.queue(asked, order);
            app.answer(&asked.caller, queued).await
        }
        Err(trouble) => app.wrong(asked, trouble).await,
    }
}

/// Something that an environment is told: its key is looked up before what is wrong is told.
async fn told(app: &App, asked: &Asked, tell: super::routes::Told) -> Result<Wrote, Trouble> {
    match tell(app, asked).await {
        Ok(wrote) => Ok(wrote),
        Err(trouble) => app.wrong(asked, trouble).await,
    }
}

/// Something that is worked out here and kept as the answer to its key.
async fn keyed(app: &App, asked: &Asked, read: super::routes::Read) -> Result<Wrote, Trouble> {
    let (Some(_), Some(scope)) = (&asked.key, asked.scope(app)) else {
        return Ok(Wrote { reply: read(app, asked).await?, replayed: false });
    };
    if let Some(before) = app.answered_before(asked).await? {
        return Ok(before);
    }
    let reply = read(app, asked).await?;
    let queued = app.queue(asked, super::order::Order::tell(scope, reply));
    app.answer(&asked.caller, queued).await
}

/// What changes nothing: where it cannot be answered, or not in time, nothing is left unknown.
async fn only_read(app: &App, asked: &Asked, read: super::routes::Read) -> Result<Wrote, Trouble> {
    match tokio::time::timeout(READ_TIME, read(app, asked)).await {
        Ok(Ok(reply)) => Ok(Wrote { reply, replayed: false }),
        Ok(Err(trouble)) if !trouble.is_unknown() => Err(trouble),
        Ok(Err(_)) | Err(_) => Err(Trouble::unread()),
    }
}

/// The idempotency key, of which there is one at the most.
fn sent_key(headers: &HeaderMap) -> Result<Option<&str>, Invalid> {
    let mut keys = headers.get_all("idempotency-key").iter();
    let key = keys.next().map(|key| key.to_str().unwrap_or_default());
    match keys.next() {
        Some(_) => Err(Invalid::new("Idempotency-Key", "stands there twice")),
        None => Ok(key),
    }
}

/// An idempotency key as it was sent.
pub(crate) fn key(text: &str, field: &str) -> Result<String, Invalid> {
    let fits =
        (1..=LONGEST_KEY).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    if fits {
        return Ok(text.to_owned());
    }
    Err(Invalid::new(field, format!("1 to {LONGEST_KEY} visible letters, without spaces")))
}

/// What makes a request the same: method, path with its query, body.
pub(crate) fn fingerprint(method: &Method, path: &str, body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(method.as_str());
    hash.update(b" ");
    hash.update(path);
    hash.update(b"\n");
    hash.update(body);
    hash.finalize().into()
}

fn respond(route: &Route, wrote: Wrote) -> Response<Body> {
    let mut response = json_response(wrote.reply);
    let headers = response.headers_mut();
    if route.answer.is_none() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4"));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if wrote.replayed {
        headers.insert("probity-replayed", HeaderValue::from_static("true"));
    }
    response
}

/// An answer in JSON.
pub(super) fn json_response(reply: Reply) -> Response<Body> {
    let Reply { status, body } = reply;
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
