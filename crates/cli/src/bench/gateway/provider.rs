//! What answers like an AI provider at full speed: whole, as a stream, or as a stream that stays open
//! until it is told to go on.

use crate::answer::{Answer, Failure};
use crate::bench::bare::{json, listen};
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use hyper::body::Frame;
use probity_cli::http::Limits;
use serde::Deserialize;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::watch;

/// Where it is called.
pub(super) const CHAT: &str = "/v1/chat/completions";
/// The same, by another path: a gateway tells by it that nothing is to be decided.
pub(super) const FREE_CHAT: &str = "/free/v1/chat/completions";
/// Where streams that stay open are told to go on.
pub(super) const GO_ON: &str = "/go-on";
/// The model whose streams stay open.
pub(super) const STAYS_OPEN: &str = "stays-open";

/// More than may ever be there: the bench says how many there are.
const CONNECTIONS: usize = 1 << 20;
/// Events with a piece of the text.
const PIECES: usize = 38;

const WHOLE: &str = r#"{"id":"chatcmpl-bench","object":"chat.completion","created":1764201600,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"The file names three suppliers, compares what they ask for a thousand pieces, and recommends the second: it is not the cheapest, but the only one that delivers within a week and takes back what was not used. The comparison leaves out freight, which its own table of costs puts at a tenth of the whole.","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":412,"completion_tokens":64,"total_tokens":476},"system_fingerprint":"fp_bench"}"#;

#[derive(Deserialize)]
struct Chat {
    model: String,
    #[serde(default)]
    stream: bool,
    #[serde(default)]
    stream_options: Options,
}

#[derive(Default, Deserialize)]
struct Options {
    #[serde(default)]
    include_usage: bool,
}

/// The events of a stream, with and without usage.
struct Events {
    plain: Arc<[Bytes]>,
    with_usage: Arc<[Bytes]>,
}

/// Serves until it is asked to end.
pub(crate) fn run() -> Result<Answer, Failure> {
    let (opens, _) = watch::channel(());
    listen(router(opens), Limits { connections: CONNECTIONS, ..Limits::default() })
}

fn router(opens: watch::Sender<()>) -> Router {
    let opens = Arc::new(opens);
    let events = Arc::new(Events { plain: events(false), with_usage: events(true) });
    let goes_on = Arc::clone(&opens);
    let chat = post(move |body: Bytes| {
        let answer = answer(&body, &events, &opens);
        async move { answer }
    });
    Router::new()
        .route("/readyz", get(|| async { "ready\n" }))
        .route(CHAT, chat.clone())
        .route(FREE_CHAT, chat)
        .route(GO_ON, post(move || async move { goes_on.send_replace(()) }))
}

fn answer(body: &[u8], events: &Events, opens: &watch::Sender<()>) -> Response<Body> {
    let chat = match serde_json::from_slice::<Chat>(body) {
        Ok(chat) => chat,
        Err(error) => return json(400, error.to_string().into_bytes()),
    };
    if !chat.stream {
        return json(200, WHOLE.as_bytes().to_vec());
    }
    let usage = chat.stream_options.include_usage;
    let events = if usage { &events.with_usage } else { &events.plain };
    let waits = (chat.model == STAYS_OPEN).then(|| {
        let mut opened = opens.subscribe();
        let waits: Waits = Box::pin(async move {
            let _ = opened.changed().await;
        });
        waits
    });
    let mut response =
        Response::new(Body::new(Stream { events: Arc::clone(events), next: 0, waits }));
    *response.status_mut() = StatusCode::OK;
    let kind = HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn events(usage: bool) -> Arc<[Bytes]> {
    let event = |delta: &str, end: &str| {
        Bytes::from(format!(
            "data: {{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\
             \"created\":1764201600,\"model\":\"bench\",\"choices\":[{{\"index\":0,\
             \"delta\":{delta},\"logprobs\":null,\"finish_reason\":{end}}}]}}\n\n"
        ))
    };
    let mut all = vec![event("{\"role\":\"assistant\",\"content\":\"\"}", "null")];
    all.extend((0..PIECES).map(|_| event("{\"content\":\" summary\"}", "null")));
    all.push(event("{}", "\"stop\""));
    if usage {
        all.push(Bytes::from_static(
            b"data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\
              \"created\":1764201600,\"model\":\"bench\",\"choices\":[],\
              \"usage\":{\"prompt_tokens\":412,\"completion_tokens\":39,\"total_tokens\":451}}\n\n",
        ));
    }
    all.push(Bytes::from_static(b"data: [DONE]\n\n"));
    all.into()
}

type Waits = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The body of a streamed answer: event by event.
struct Stream {
    events: Arc<[Bytes]>,
    next: usize,
    /// It stays open behind its first two events: the second is the first that says something.
    waits: Option<Waits>,
}

impl HttpBody for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.next == 2
            && let Some(waits) = &mut self.waits
        {
            if waits.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.waits = None;
        }
        let event = self.events.get(self.next).cloned();
        self.next += 1;
        Poll::Ready(event.map(|event| Ok(Frame::data(event))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_answers_as_a_provider_does() {
        let whole: serde_json::Value = serde_json::from_str(WHOLE).unwrap();
        assert_eq!(whole["usage"]["total_tokens"], 476);
        for usage in [false, true] {
            let all = events(usage);
            let text: String = all.iter().map(|event| str::from_utf8(event).unwrap()).collect();
            assert_eq!(all.len(), 41 + usize::from(usage));
            assert_eq!(text.contains("\"usage\""), usage);
            assert!(text.ends_with("\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n") != usage);
        }
    }
}
