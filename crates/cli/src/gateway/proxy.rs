//! The way to an upstream and back: connections, times, nothing of what is said.

use super::credential::Credential;
use super::sent::Sent;
use super::{Gateway, Ready, allowed, own_key, trace, who};
use crate::deployment::{Scheme, Times, Upstream};
use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, HeaderValue};
use axum::http::uri::{Authority, PathAndQuery};
use axum::http::{Request, Response, Uri, request};
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use probity::layer::NoAnswer;
use probity::problem::Trouble;
use probity::usage::End;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long a connection that nobody uses is kept.
const KEPT_FOR: Duration = Duration::from_secs(30);
/// The most bytes of an answer's head.
const LARGEST_HEAD: usize = 64 * 1024;

/// The way to one upstream.
#[derive(Clone, Debug)]
pub(super) struct Proxy {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    scheme: &'static str,
    authority: String,
    base: String,
    first_byte: Duration,
}

impl Proxy {
    pub(super) fn new(upstream: &Upstream, times: &Times) -> io::Result<Self> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(times.connect));
        let builder = HttpsConnectorBuilder::new();
        let builder = match upstream.scheme {
            // No certificate is looked at where none is shown.
            Scheme::Http => builder.with_webpki_roots(),
            Scheme::Https => builder.with_native_roots()?,
        };
        let connector = builder.https_or_http().enable_http1().wrap_connector(http);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(KEPT_FOR)
            .pool_timer(TokioTimer::new())
            .http1_max_buf_size(LARGEST_HEAD)
            .build(connector);
        Ok(Self {
            client,
            scheme: upstream.scheme.word(),
            authority: upstream.authority(),
            base: upstream.base.clone(),
            first_byte: times.first_byte,
        })
    }

    /// The address there of what was asked for here.
    fn address(&self, asked: &Uri) -> Option<Uri> {
        let path = asked.path_and_query().map_or("/", PathAndQuery::as_str);
        let uri = Uri::builder().scheme(self.scheme);
        let uri = uri.authority(self.authority.parse::<Authority>().ok()?);
        uri.path_and_query(format!("{}{path}", self.base)).build().ok()
    }

    /// Has a request answered in time, which is counted from when all of it is sent: uploads take as long
    /// as they take.
    async fn send(&self, head: request::Parts, body: Sent) -> Result<Response<Incoming>, NoAnswer> {
        let (body, sent) = match body {
            Sent::Whole(bytes) => (Body::from(bytes), None),
            Sent::Streamed(body) => {
                let (body, sent) = Tracked::new(body);
                (Body::new(body), Some(sent))
            }
        };
        let late = async {
            if let Some(sent) = sent {
                // It ends with the body, also where that is dropped.
                let _ = sent.await;
            }
            tokio::time::sleep(self.first_byte).await;
        };
        let answer = tokio::select! {
            answer = self.client.request(Request::from_parts(head, body)) => Some(answer),
            () = late => None,
        };
        match answer {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(error)) => Err(no_answer(&error, &self.authority)),
            None => {
                tracing::warn!(upstream = %self.authority, "no answer of an upstream in time");
                let detail = "The service that does this work did not answer in time. Nothing was charged; \
                              ask again.";
                let trouble = Trouble::not_answered("upstream_timeout", 504, detail);
                Err(NoAnswer { end: End::TimedOut, trouble, verdict: None })
            }
        }
    }
}

/// A body of which is told when it is over.
struct Tracked {
    body: Body,
    over: Option<oneshot::Sender<()>>,
}

impl Tracked {
    fn new(body: Body) -> (Self, oneshot::Receiver<()>) {
        let (over, told) = oneshot::channel();
        let over = Some(over).filter(|_| !body.is_end_stream());
        (Self { body, over }, told)
    }
}

impl HttpBody for Tracked {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let next = Pin::new(&mut self.body).poll_frame(cx);
        if matches!(next, Poll::Ready(None | Some(Err(_)))) || self.body.is_end_stream() {
            self.over = None;
        }
        next
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn no_answer(error: &Error, upstream: &str) -> NoAnswer {
    let (end, detail) = match error.is_connect() {
        true => (
            End::NoConnection,
            "The service that does this work could not be reached. Nothing was charged; ask again.",
        ),
        false => (
            End::Broken,
            "The service that does this work did not answer as it should. Nothing was charged; ask again.",
        ),
    };
    let (connect, cause) = (error.is_connect(), cause(error));
    tracing::warn!(upstream, connect, %cause, "no answer of an upstream");
    let trouble = Trouble::not_answered("upstream_failed", 502, detail);
    NoAnswer { end, trouble, verdict: None }
}

/// The last cause: it names no address and no header.
fn cause(error: &Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

impl Gateway {
    /// Has a request answered by its route's upstream. `theirs` is the customer's own key.
    pub(super) async fn forward(
        &self,
        ready: &Ready,
        mut head: request::Parts,
        body: Sent,
        theirs: Option<&Credential>,
    ) -> Result<Response<Body>, NoAnswer> {
        let Ready { route, proxy, ours, .. } = ready;
        let wrong = || {
            let detail = "The service that does this work cannot be asked for this address. Nothing was charged.";
            NoAnswer {
                end: End::NoConnection,
                trouble: Trouble::not_answered("upstream_failed", 502, detail),
                verdict: None,
            }
        };
        head.uri = proxy.address(&head.uri).ok_or_else(wrong)?;
        head.headers = allowed::request(route, &head.headers);
        head.version = axum::http::Version::HTTP_11;
        head.extensions.clear();
        if route.protocol.is_native() {
            // What has to be read on the way must not be compressed.
            head.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        }
        trace::go_on(&mut head.headers);
        // Attached last, and only to the upstream that the operator's file names; a customer's own key
        // only where that is its provider's host, or it is said that it goes there.
        match (theirs, ours) {
            (Some(key), _) if own_key::may_go(route) => {
                who::without_keys(route.protocol, &mut head.uri);
                key.attach_theirs(route.protocol, &mut head.headers);
            }
            (Some(_), _) => return Err(wrong()),
            (None, Some(key)) => {
                // Which of our accounts it is charged to is not the client's to say.
                allowed::without_accounts(&mut head.headers);
                who::without_keys(route.protocol, &mut head.uri);
                key.attach(route.protocol, &mut head.headers);
            }
            (None, None) => {}
        }
        let is_ours = theirs.is_none() && ours.is_some();
        let answer = proxy.send(head, body).await?;
        let (mut head, body) = answer.into_parts();
        head.headers = allowed::response(route, &head.headers);
        if is_ours {
            allowed::without_accounts(&mut head.headers);
        }
        head.extensions.clear();
        // What the upstream speaks ends with it: an answer as of HTTP/1.0 would be one to the client, too.
        head.version = axum::http::Version::HTTP_11;
        Ok(Response::from_parts(head, Body::new(body)))
    }
}
