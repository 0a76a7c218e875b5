//! What happens reaches the page by itself: a stream of events, spoken here word by word, in front of
//! the real service.

use super::site::{Site, window};
use super::window::Window;
use crate::http::served::Served;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Response};
use axum::routing::{any, get};
use hyper::body::{Bytes, Frame};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::json;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A stream that says what it is told to.
struct Spoken(UnboundedReceiver<String>);

impl hyper::body::Body for Spoken {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|said| Some(Ok(Frame::data(Bytes::from(said?)))))
    }
}

/// The service as the page sees it.
#[derive(Default)]
struct Front {
    service: Mutex<Option<SocketAddr>>,
    /// Who listens, with the headers that they asked with.
    listening: Mutex<Vec<(HeaderMap, Option<UnboundedSender<String>>)>>,
    /// An answer of before, for the next who asks for the wallet.
    stale: Mutex<Option<String>>,
}

impl Front {
    fn says(&self, text: &str) {
        let listening = self.listening.lock().unwrap();
        let (_, line) = listening.last().expect("somebody listens");
        line.as_ref().expect("open").send(text.to_owned()).expect("heard");
    }

    fn hangs_up(&self) {
        self.listening.lock().unwrap().last_mut().expect("somebody listens").1 = None;
    }

    fn heard(&self) -> usize {
        self.listening.lock().unwrap().len()
    }

    fn header(&self, n: usize, name: &str) -> String {
        let listening = self.listening.lock().unwrap();
        let value = listening[n].0.get(name).map(|value| value.to_str().unwrap().to_owned());
        value.unwrap_or_default()
    }
}

async fn events(State(front): State<Arc<Front>>, headers: HeaderMap) -> Response<Body> {
    let (line, said) = unbounded_channel();
    line.send(": hello\n\n".to_owned()).unwrap();
    front.listening.lock().unwrap().push((headers, Some(line)));
    let mut response = Response::new(Body::new(Spoken(said)));
    response.headers_mut().insert(CONTENT_TYPE, "text/event-stream".parse().unwrap());
    response
}

/// Everything else is the service's.
async fn passes(State(front): State<Arc<Front>>, request: Request) -> Response<Body> {
    let (mut head, body) = request.into_parts();
    let path = head.uri.path_and_query().unwrap().to_string();
    if path.ends_with("/wallet")
        && let Some(stale) = front.stale.lock().unwrap().take()
    {
        return Response::new(Body::from(stale));
    }
    let service = front.service.lock().unwrap().unwrap();
    head.uri = format!("http://{service}{path}").parse().unwrap();
    let client = Client::builder(TokioExecutor::new()).build_http();
    client.request(Request::from_parts(head, body)).await.unwrap().map(Body::new)
}

/// Until somebody listens for the nth time; the page is looked at meanwhile, so that it goes on.
fn is_heard(window: &Window, front: &Front, n: usize) {
    let asked = "performance.getEntriesByType('resource').length >= 0";
    while front.heard() < n {
        window.until(asked);
    }
}

#[test]
fn what_happens_elsewhere_is_seen_at_once_and_never_undone() {
    let front = Arc::new(Front::default());
    let router = Router::new()
        .route("/v1/customers/{id}/events", get(events))
        .route("/v1/{*rest}", any(passes))
        .with_state(Arc::clone(&front));
    let served = Served::new();
    served.ana();
    let (site, window) = (Site::with(served, "ana", router), window());
    *front.service.lock().unwrap() = Some(site.served.address());
    window.goes(&site.shows("<probity-wallet></probity-wallet>"));
    window.says(
        "globalThis.shown = []; const wallet = find('probity-wallet'); new MutationObserver(() => \
         shown.push(wallet.shadowRoot.querySelector('.pill')?.innerText)).observe(wallet.shadowRoot, \
         { childList: true, subtree: true }); \
         Probity.use({ url: location.origin, tokenFrom: '/billing/token' });",
    );
    is_heard(&window, &front, 1);
    window.reads("probity-wallet >>> .pill", "120 credits");
    assert!(front.header(0, AUTHORIZATION.as_str()).starts_with("Bearer ct_"));
    assert_eq!(front.header(0, ACCEPT.as_str()), "text/event-stream");
    let before = site.served.get("/v1/customers/ana/wallet").is(200).to_string();
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1",
        "outcome": "delivered"});
    let seq = site.served.post("/v1/runs", &run).is(201)["seq"].clone();
    // The next answer is one of before the event, as if it had been under way for long: not shown.
    let before = before.replace("\"available\":\"120\"", "\"available\":\"777\"");
    *front.stale.lock().unwrap() = Some(before);
    front.says(": a sign of life\n\nid: evt_1\neve");
    let data =
        json!({"id": "evt_1", "type": "run.settled", "data": {"customer": "ana", "seq": seq}});
    front.says(&format!("nt: run.settled\r\ndata: {data}\r\n\r\n"));
    window.reads("probity-wallet >>> .pill", "115 credits");
    let shown = window.says("return shown;").to_string();
    assert!(!shown.contains("777"), "{shown}");
    // The line breaks: it is taken up where it was.
    front.hangs_up();
    is_heard(&window, &front, 2);
    assert_eq!(front.header(1, "last-event-id"), "evt_1");
    let grant = json!({"kind": "gift", "amount": "10", "reason": "x"});
    site.served.post("/v1/customers/ana/grants", &grant).is(201);
    // What cannot be read still says that something happened.
    front.says("data: {not json\n\n");
    window.reads("probity-wallet >>> .pill", "125 credits");
    window.ends();
}

/// The same with nothing in between: the service's own stream.
#[test]
fn a_page_hears_of_what_others_start() {
    let (site, window) = super::site::ana();
    window.goes(&site.shows("<probity-wallet></probity-wallet>"));
    window.reads("probity-wallet >>> .pill", "120 credits");
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1",
        "outcome": "delivered"});
    site.served.post("/v1/runs", &run).is(201);
    window.reads("probity-wallet >>> .pill", "115 credits");
    window.ends();
}

/// Pages that were left are noticed late; who goes from one to the next hears on each.
#[test]
fn whoever_opens_page_after_page_hears_on_each() {
    let (site, window) = super::site::ana();
    let url = site.shows("<probity-wallet></probity-wallet>");
    for n in 0..20 {
        window.goes(&format!("{url}?{n}"));
        window.until(
            "performance.getEntriesByType('resource').some((one) => one.name.endsWith('/events') && \
             one.responseStart > 0) || find('probity-wallet >>> .pill')",
        );
    }
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1",
        "outcome": "delivered"});
    window.reads("probity-wallet >>> .pill", "120 credits");
    site.served.post("/v1/runs", &run).is(201);
    window.reads("probity-wallet >>> .pill", "115 credits");
    window.ends();
}
