//! One message on its way: to an address that was judged, and to no other. Names are resolved once, what
//! they lead to is judged, and exactly that is connected to; no answer leads anywhere else. It keeps
//! nothing, and decides nothing about what comes of it.

use super::guard::{self, Address, Reach};
use super::schedule::Said;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, Request};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use probity_core::Time;
use std::fmt;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// How long all of a try may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// How long connecting may take.
const CONNECTING: Duration = Duration::from_secs(5);
/// How long a connection that nobody uses is kept.
const KEPT_FOR: Duration = Duration::from_secs(30);
/// The most bytes of an answer's head.
const LARGEST_HEAD: usize = 16 * 1024;
/// The most bytes of an answer's body that are read, and dropped, so that its connection can go on.
const LARGEST_BODY: usize = 64 * 1024;
/// The most letters of what is told of an answer.
const WORDS: usize = 200;

/// Who sends.
const WHO: &str = concat!("Probity-Webhooks/", env!("CARGO_PKG_VERSION"));

/// A message as it is sent: the headers of Standard Webhooks and the body they are about.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The event's id: the same on each try.
    pub id: String,
    /// When it is tried, in seconds.
    pub timestamp: i64,
    /// What [`super::signature`] says of it.
    pub signature: String,
    /// The event.
    pub body: String,
}

/// What sends messages.
#[derive(Clone)]
pub struct Post {
    client: Client<HttpsConnector<HttpConnector<Judged>>, Full<Bytes>>,
    reach: Reach,
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("post")
    }
}

impl Post {
    /// Sends so far and no further.
    #[must_use]
    pub fn new(reach: Reach) -> Self {
        let mut http = HttpConnector::new_with_resolver(Judged(reach));
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(CONNECTING));
        // Where a machine has no list of its own of whom to trust, the one built in is taken.
        let builder = HttpsConnectorBuilder::new().with_native_roots();
        let builder = builder.unwrap_or_else(|_| HttpsConnectorBuilder::new().with_webpki_roots());
        let connector = builder.https_or_http().enable_http1().wrap_connector(http);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(KEPT_FOR)
            .pool_max_idle_per_host(2)
            .pool_timer(TokioTimer::new())
            .http1_max_buf_size(LARGEST_HEAD)
            .build(connector);
        Self { client, reach }
    }

    /// Sends a message, and says what came of it; `now` is what a time in the answer is counted from.
    pub(crate) async fn send(&self, to: Address, letter: Letter, now: Time) -> Said {
        let Letter { id, timestamp, signature, body } = letter;
        let request = Request::post(to.0)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, WHO)
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signature)
            .body(Full::from(body));
        let Ok(request) = request else {
            return Said::nothing("the address cannot be asked".to_owned());
        };
        let answered = async {
            let answer = self.client.request(request).await.map_err(|error| in_words(&error))?;
            let (head, body) = answer.into_parts();
            // What it says does not matter; read to its end, its connection serves the next message.
            let _ = Limited::new(body, LARGEST_BODY).collect().await;
            Ok((head.status.as_u16(), retry_after(&head.headers, now)))
        };
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(Ok((status, retry_after))) => {
                Said { status: Some(status), retry_after, words: status_in_words(status) }
            }
            Ok(Err(words)) => Said::nothing(words),
            Err(_) => Said::nothing(format!("no answer in {} seconds", PATIENCE.as_secs())),
        }
    }

    /// Sends to an address as it was typed.
    ///
    /// # Errors
    /// In words: why nothing arrived.
    pub async fn forward(&self, url: &str, letter: Letter, now: Time) -> Result<u16, String> {
        let to = guard::address(url, probity::Environment::Sandbox, self.reach);
        let said = self.send(to.map_err(|why| format!("the address {why}"))?, letter, now).await;
        match said.status {
            Some(status) if said.is_delivered() => Ok(status),
            _ => Err(said.words),
        }
    }
}

fn status_in_words(status: u16) -> String {
    match status {
        300..=399 => format!("{status}: it leads elsewhere, where nothing is sent"),
        410 => "410: whoever listened there is gone".to_owned(),
        _ => status.to_string(),
    }
}

/// After how long it wants to be asked again: seconds, or a date.
fn retry_after(headers: &HeaderMap, now: Time) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    let micros = date.as_microsecond().checked_sub(now.micros())?;
    u64::try_from(micros).ok().map(Duration::from_micros)
}

/// Why nothing came back: the last cause, which names no address of ours.
fn in_words(error: &Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    if let Some(NotThere(why)) = cause.downcast_ref::<NotThere>() {
        return (*why).to_owned();
    }
    let what = if error.is_connect() { "no connection" } else { "no whole answer" };
    format!("{what}: {cause}").chars().filter(|c| !c.is_control()).take(WORDS).collect()
}

/// A name leads nowhere that may be connected to.
#[derive(Debug)]
struct NotThere(&'static str);

impl fmt::Display for NotThere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NotThere {}

/// Resolves names, and judges what they lead to: only what comes out of it is connected to.
#[derive(Clone, Copy, Debug)]
struct Judged(Reach);

impl Service<Name> for Judged {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = NotThere;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, NotThere>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), NotThere>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let Self(reach) = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found: Vec<_> = found.map_err(|_| NotThere("the name is not known"))?.collect();
            all_may(&found, reach)?;
            Ok(found.into_iter())
        })
    }
}

/// One that may not be connected to is enough: who answers so is not asked for a better one.
fn all_may(found: &[SocketAddr], reach: Reach) -> Result<(), NotThere> {
    if found.is_empty() {
        return Err(NotThere("the name leads to no address"));
    }
    let mut judged = found.iter().map(|one| guard::may_connect(one.ip(), reach));
    judged.try_for_each(|judged| judged.map_err(NotThere))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn addresses(all: &[&str]) -> Vec<SocketAddr> {
        all.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn one_private_address_among_public_ones_is_enough_to_refuse() {
        let public = addresses(&["93.184.215.14:443", "[2606:2800:21f:cb07::1]:443"]);
        assert!(all_may(&public, Reach::Public).is_ok());
        let mixed = addresses(&["93.184.215.14:443", "10.0.0.1:443"]);
        assert!(all_may(&mixed, Reach::Public).is_err());
        assert!(all_may(&mixed, Reach::Private).is_ok());
        assert!(all_may(&addresses(&["169.254.169.254:80"]), Reach::Private).is_err());
        assert!(all_may(&[], Reach::Private).is_err());
    }

    #[tokio::test]
    async fn a_name_is_judged_by_what_it_leads_to() {
        let mut judged = Judged(Reach::Public);
        for name in ["localhost", "127.1", "0x7f.0.0.1", "2130706433"] {
            let name: Name = name.parse().unwrap();
            assert!(judged.call(name).await.is_err());
        }
        let to = guard::address("https://localhost/x", probity::Environment::Live, Reach::Public);
        let letter = Letter {
            id: "evt_1".to_owned(),
            timestamp: 1,
            signature: "v1,x".to_owned(),
            body: "{}".to_owned(),
        };
        let said = Post::new(Reach::Public).send(to.unwrap(), letter, Time::MIN).await;
        assert!(said.words.contains("private network"), "{}", said.words);
        assert_eq!(said.status, None);
    }

    #[test]
    fn who_asks_for_patience_says_seconds_or_a_date() {
        let now = Time::parse("2026-11-27T10:00:00Z").unwrap();
        let wait = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
            retry_after(&headers, now)
        };
        assert_eq!(wait("120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("Fri, 27 Nov 2026 10:05:00 GMT"), Some(Duration::from_secs(300)));
        for none in ["Fri, 27 Nov 2026 09:00:00 GMT", "soon", "-1", ""] {
            assert_eq!(wait(none), None, "{none}");
        }
    }
}
