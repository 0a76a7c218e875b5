//! One call: heard, understood, and answered as its fault says.

use super::asked::Asked;
use super::faults::Fault;
use super::line::Orders;
use super::play::{Play, Step};
use super::said::{self, Pieces, Said};
use super::{Heard, Options, gzip};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
    TRAILER,
};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use probity::usage::Protocol;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The largest body that is read.
const LARGEST: usize = 64 << 20;
/// What stands in a document where much is filled in.
const HERE: &str = "@fill@";
/// How many headers flood.
const FLOOD: usize = 4_000;

/// Answers a call; never fails by itself.
pub(super) async fn answer(
    request: Request<Incoming>,
    options: Arc<Options>,
    orders: Arc<Orders>,
) -> Result<Response<Play>, Infallible> {
    let (head, body) = request.into_parts();
    let reply = Reply { path: head.uri.path().to_owned(), options, orders };
    if head.method == Method::GET && head.uri.path() == "/v1/models" {
        return Ok(reply.json(200, &models()));
    }
    let Ok(body) = Limited::new(body, LARGEST).collect().await else {
        let says = "The body is larger than 64 MiB, or broke off.";
        return Ok(reply.json(413, &said::error(Protocol::Http, 400, says)));
    };
    let asked = match Asked::of(&head.method, &head.uri, &head.headers, &body.to_bytes()) {
        Ok(asked) => asked,
        Err((status, protocol, says)) => {
            return Ok(reply.json(status, &said::error(protocol, status, &says)));
        }
    };
    reply.options.tell(Heard::Call(Box::new(asked.clone())));
    Ok(with_asked_headers(reply.of(&asked).await, &asked))
}

/// Headers and trailers that the caller wants to see: `Fake-Header: x-cache: hit`.
fn with_asked_headers(mut response: Response<Play>, asked: &Asked) -> Response<Play> {
    response.headers_mut().extend(wanted(asked, "fake-header"));
    let trailers = wanted(asked, "fake-trailer");
    if !trailers.is_empty() {
        // Trailers follow chunks only, and are announced.
        response.headers_mut().remove(CONTENT_LENGTH);
        for name in trailers.keys() {
            response.headers_mut().append(TRAILER, HeaderValue::from(name.clone()));
        }
        response.body_mut().end_with(trailers);
    }
    response
}

/// `Fake-Header: name: value`, as headers.
fn wanted(asked: &Asked, by: &str) -> HeaderMap {
    let pairs = asked.headers.get_all(by).into_iter().filter_map(|wanted| {
        let (name, value) = wanted.to_str().ok()?.split_once(':')?;
        let name = HeaderName::from_bytes(name.trim().as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(value.trim()).ok()?))
    });
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(name, value);
    }
    headers
}

/// Events that the caller wants to see before the end: `Fake-Event: probity.outcome: delivered`.
fn asked_events(asked: &Asked) -> impl Iterator<Item = String> {
    asked.headers.get_all("fake-event").into_iter().filter_map(|wanted| {
        let (name, data) = wanted.to_str().ok()?.split_once(':')?;
        Some(format!("event: {}\ndata: {}\n\n", name.trim(), data.trim()))
    })
}

fn models() -> Value {
    let model = |fault: &Fault| {
        json!({ "id": format!("fake-{}", fault.name()), "object": "model",
                "created": 1_700_000_000, "owned_by": "fake-upstream" })
    };
    json!({ "object": "list", "data": Fault::ALL.iter().map(model).collect::<Vec<_>>() })
}

/// What is needed to reply.
struct Reply {
    path: String,
    options: Arc<Options>,
    orders: Arc<Orders>,
}

impl Reply {
    async fn of(&self, asked: &Asked) -> Response<Play> {
        if let Some(status) = asked.fault.status() {
            let says = format!("The fault {} was asked for.", asked.fault.name());
            let mut response = self.json(status, &said::error(asked.protocol, status, &says));
            if matches!(status, 429 | 503 | 529) {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            return response;
        }
        match asked.fault {
            Fault::StallFirst => {
                // Kept until whoever asked goes away, which is then told.
                let _never = self.response(200, "text/plain", vec![Step::Stall], None);
                std::future::pending().await
            }
            Fault::Redirect => {
                let mut response = self.json(307, &json!({ "redirected": true }));
                let to = HeaderValue::from_static("/api/redirected");
                response.headers_mut().insert(LOCATION, to);
                return response;
            }
            Fault::SlowHeaders => self.orders.slow_head.store(true, Ordering::Release),
            _ => {}
        }
        let said = Said::under(asked.fault);
        let mut response =
            if asked.streamed { self.streamed(asked, &said) } else { self.whole(asked, &said) };
        if asked.fault == Fault::HeaderFlood {
            for n in 0..FLOOD {
                let name = HeaderName::from_bytes(format!("x-flood-{n}").as_bytes());
                if let Ok(name) = name {
                    response.headers_mut().insert(name, HeaderValue::from_static("x"));
                }
            }
        }
        response
    }

    fn json(&self, status: u16, body: &Value) -> Response<Play> {
        let bytes = Bytes::from(body.to_string());
        let length = bytes.len() as u64;
        self.response(status, "application/json", vec![Step::Bytes(bytes)], Some(length))
    }

    fn response(
        &self,
        status: u16,
        kind: &'static str,
        steps: Vec<Step>,
        length: Option<u64>,
    ) -> Response<Play> {
        let (options, orders) = (Arc::clone(&self.options), Arc::clone(&self.orders));
        let play = Play::new(steps, length, &self.path, options, orders);
        let mut response = Response::new(play);
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert("x-request-id", HeaderValue::from_static("req_fake"));
        if let Some(length) = length {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        response
    }

    /// An answer as one document.
    fn whole(&self, asked: &Asked, said: &Said) -> Response<Play> {
        const JSON: &str = "application/json";
        let document = said::whole(asked, said, None).to_string();
        let half = half(&document);
        let bytes = |text: &str| Step::Bytes(Bytes::copy_from_slice(text.as_bytes()));
        match asked.fault {
            Fault::ErrorIn200 => {
                let says = "The fault error-in-200 was asked for.";
                self.json(200, &said::error(asked.protocol, 500, says))
            }
            Fault::Malformed | Fault::Truncate => self.response(200, JSON, vec![bytes(half)], None),
            Fault::Stall => self.response(200, JSON, vec![bytes(half), Step::Stall], None),
            Fault::Cut => {
                let steps = vec![bytes(half), Step::Flush, Step::Reset];
                self.response(200, JSON, steps, None)
            }
            Fault::WrongLength => {
                let length = document.len() as u64 + 100;
                self.response(200, JSON, vec![bytes(&document), Step::Flush], Some(length))
            }
            Fault::Slow => {
                let length = document.len() as u64;
                self.response(200, JSON, slowly(document.as_bytes()), Some(length))
            }
            Fault::Gzip => {
                let body = gzip::stored(document.as_bytes());
                let length = body.len() as u64;
                let steps = vec![Step::Bytes(Bytes::from(body))];
                compressed(self.response(200, JSON, steps, Some(length)))
            }
            Fault::Huge | Fault::BigEvent => {
                let n = self.filled(asked.fault);
                let filled = said::whole(asked, said, Some(HERE)).to_string();
                self.response(200, JSON, filled_with(&filled, n), None)
            }
            Fault::Endless => {
                let filled = said::whole(asked, said, Some(HERE)).to_string();
                let (begins, _) = filled.split_once(HERE).unwrap_or((&filled, ""));
                let more = Step::Repeat(Bytes::from_static(b"and on, "));
                self.response(200, JSON, vec![bytes(begins), more], None)
            }
            _ => self.response(200, JSON, vec![bytes(&document)], Some(document.len() as u64)),
        }
    }

    fn filled(&self, fault: Fault) -> u64 {
        match fault {
            Fault::Huge => self.options.huge,
            _ => self.options.big_event,
        }
    }

    /// An answer as a stream of events.
    fn streamed(&self, asked: &Asked, said: &Said) -> Response<Play> {
        let kind = if asked.as_list { "application/json" } else { "text/event-stream" };
        let steps = self.steps(asked, said);
        if asked.fault == Fault::WrongLength {
            let length: usize = steps
                .iter()
                .map(|step| match step {
                    Step::Bytes(bytes) => bytes.len(),
                    _ => 0,
                })
                .sum();
            return self.response(200, kind, steps, Some(length as u64 + 100));
        }
        let response = self.response(200, kind, steps, None);
        if asked.fault == Fault::Gzip { compressed(response) } else { response }
    }

    fn steps(&self, asked: &Asked, said: &Said) -> Vec<Step> {
        let Pieces { before, output, mut after } = said::pieces(asked, said);
        after.splice(0..0, asked_events(asked));
        let bytes = |text: &String| Step::Bytes(Bytes::copy_from_slice(text.as_bytes()));
        let half = output.len().div_ceil(2);
        let until_half = || before.iter().chain(output.iter().take(half)).map(bytes);
        let all_but = |end: &[String]| -> Vec<Step> {
            before.iter().chain(&output).chain(end).map(bytes).collect()
        };
        match asked.fault {
            Fault::Stall => until_half().chain([Step::Stall]).collect(),
            Fault::Cut => until_half().chain([Step::Flush, Step::Reset]).collect(),
            Fault::Truncate => all_but(&[]),
            Fault::Malformed => {
                let broken = Bytes::from_static(b"data: {\"choices\": [{\"del\n\n");
                until_half().chain([Step::Bytes(broken)]).collect()
            }
            Fault::ErrorIn200 => {
                let says = "The fault error-in-200 was asked for.";
                let error = said::in_a_stream(asked.protocol, asked.as_list, says);
                until_half().chain([Step::Bytes(Bytes::from(error))]).collect()
            }
            Fault::TwoTerminals => {
                let twice: Vec<String> = after.iter().chain(&after).cloned().collect();
                all_but(&twice)
            }
            Fault::Slow => {
                let all: String = before.into_iter().chain(output).chain(after).collect();
                slowly(all.as_bytes())
            }
            Fault::Paced => with_waits(before.iter().chain(&output).chain(&after).map(bytes)),
            Fault::Gzip => {
                let all: String = before.into_iter().chain(output).chain(after).collect();
                vec![Step::Bytes(Bytes::from(gzip::stored(all.as_bytes())))]
            }
            Fault::Endless => {
                let more = Bytes::from(said::piece(asked, said, " and on"));
                before.iter().map(bytes).chain([Step::Repeat(more)]).collect()
            }
            Fault::Huge | Fault::BigEvent => {
                let n = self.filled(asked.fault);
                let begins = before.iter().map(bytes);
                begins.chain(events(asked, said, n)).chain(after.iter().map(bytes)).collect()
            }
            _ => all_but(&after),
        }
    }
}

/// So much output as events: one for a big event, else as many as there are MiB.
fn events(asked: &Asked, said: &Said, n: u64) -> Vec<Step> {
    let event = said::piece(asked, said, HERE);
    if asked.fault == Fault::BigEvent {
        return filled_with(&event, n);
    }
    let each = 1 << 20;
    (0..n.div_ceil(each)).flat_map(|_| filled_with(&event, each)).collect()
}

/// A text whose place to fill is filled with so many bytes.
fn filled_with(text: &str, n: u64) -> Vec<Step> {
    let (begins, ends) = text.split_once(HERE).unwrap_or((text, ""));
    let bytes = |text: &str| Step::Bytes(Bytes::copy_from_slice(text.as_bytes()));
    vec![bytes(begins), Step::Fill(n), bytes(ends)]
}

/// Byte after byte, a while between them.
fn slowly(bytes: &[u8]) -> Vec<Step> {
    with_waits(bytes.iter().map(|byte| Step::Bytes(Bytes::copy_from_slice(&[*byte]))))
}

/// Piece after piece, a while between them.
fn with_waits(pieces: impl Iterator<Item = Step>) -> Vec<Step> {
    let mut steps: Vec<Step> = pieces.flat_map(|piece| [piece, Step::Wait]).collect();
    steps.pop();
    steps
}

fn compressed(mut response: Response<Play>) -> Response<Play> {
    response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    response
}

/// About the first half of a text.
fn half(text: &str) -> &str {
    text.get(..text.floor_char_boundary(text.len() / 2)).unwrap_or_default()
}
