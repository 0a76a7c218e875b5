//! The API of a service that runs, over HTTP.

use super::{Ask, Said, many};
use crate::answer::Failure;
use crate::exit::Exit;
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{Request, Response, Uri};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many connections ask for much at once.
const CONNECTIONS: usize = 32;

/// A service.
pub(crate) struct There {
    runtime: Runtime,
    /// Its host and port.
    authority: String,
    /// Where it is, as it was typed.
    url: String,
    /// It was typed without a port.
    no_port: bool,
    key: String,
}

impl There {
    /// A service by its address, as `http://127.0.0.1:4242`.
    pub(crate) fn at(url: &str, key: String) -> Result<Self, Failure> {
        let uri: Option<Uri> = url.trim_end_matches('/').parse().ok();
        let uri = uri.filter(|uri| uri.scheme_str() == Some("http") && uri.path() == "/");
        let host = uri.as_ref().and_then(|uri| Some((uri.host()?, uri.port_u16().unwrap_or(80))));
        let Some((host, port)) = host else {
            return Err(Failure::new(
                Exit::USAGE,
                "no_url",
                format!("`{url}` is no address of a service that can be asked from here"),
                "write it as http://127.0.0.1:4242; what listens behind https is asked on its own machine, or through a tunnel",
            ));
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| silent(url, &error.to_string()))?;
        let (authority, url) = (format!("{host}:{port}"), url.to_owned());
        let no_port = uri.is_some_and(|uri| uri.port().is_none());
        Ok(Self { runtime, authority, url, no_port, key })
    }

    /// Asks it.
    pub(crate) fn ask(&self, method: &str, path: &str, sent: &Value) -> Result<Said, Failure> {
        let request = self.request(&Ask::new(method, path, sent.clone()))?;
        let answered = self.runtime.block_on(async {
            in_time(async { Line::to(&self.authority).await?.answer(request).await }).await
        });
        answered.map_err(|why| self.silent(&why))
    }

    /// Asks for much at once, on some connections that stay open; answers in the order of the
    /// questions.
    pub(crate) fn all(&self, asks: Vec<Ask>) -> Result<Vec<Said>, Failure> {
        self.runtime.block_on(many::all(asks, CONNECTIONS, |mut lane| {
            let authority = self.authority.clone();
            let requests: Result<Vec<_>, _> = lane.asks().map(|ask| self.request(ask)).collect();
            let (url, requests) = (self.url.clone(), requests.map(Vec::into_iter));
            async move {
                let mut requests = requests?;
                let silent = |why: String| silent(&url, &why);
                let mut line = in_time(Line::to(&authority)).await.map_err(silent)?;
                while let (Some((n, _)), Some(request)) = (lane.next(), requests.next()) {
                    let said = loop {
                        if !line.is_open() {
                            line = in_time(Line::to(&authority)).await.map_err(silent)?;
                        }
                        let said = in_time(line.answer(request.clone())).await.map_err(silent)?;
                        if !lane.again(&said).await {
                            break said;
                        }
                    };
                    lane.done(n, said);
                }
                Ok(lane)
            }
        }))
    }

    fn request(&self, ask: &Ask) -> Result<Request<Full<Bytes>>, Failure> {
        let request = Request::builder()
            .method(ask.method)
            .uri(&ask.path)
            .header(HOST, &self.authority)
            .header(AUTHORIZATION, format!("Bearer {}", self.key))
            .header(CONTENT_TYPE, "application/json");
        let request = ask.with_key(request).body(Full::from(ask.body()));
        request.map_err(|error| silent(&self.url, &error.to_string()))
    }

    /// Does something that waits on its answers.
    pub(crate) fn runs<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Opens an answer that goes on, in this type; what is refused is a failure.
    pub(crate) async fn opens(&self, path: &str, accept: &str) -> Result<Incoming, Failure> {
        let mut request = self.request(&Ask::read(path.to_owned()))?;
        let accept = accept.parse().map_err(|_| self.silent("it cannot be asked so"))?;
        request.headers_mut().insert(ACCEPT, accept);
        let opened = in_time(async { Line::to(&self.authority).await?.opens(request).await });
        let answer = opened.await.map_err(|why| self.silent(&why))?;
        let status = answer.status().as_u16();
        if status == 200 {
            return Ok(answer.into_body());
        }
        let body = in_time(whole(answer.into_body())).await.map_err(|why| self.silent(&why))?;
        match (Said { status, body }).or_failure() {
            Err(failure) => Err(failure),
            Ok(_) => Err(self.silent("it answers with something else")),
        }
    }

    fn silent(&self, why: &str) -> Failure {
        let failure = silent(&self.url, why);
        if !self.no_port {
            return failure;
        }
        let url = self.url.trim_end_matches('/');
        let fix = format!("add its port, without which 80 is asked: --url {url}:4242");
        Failure { fix, ..failure }
    }
}

/// One open connection.
struct Line {
    sender: SendRequest<Full<Bytes>>,
}

impl Line {
    async fn to(authority: &str) -> Result<Self, String> {
        let stream = TcpStream::connect(authority).await.map_err(|error| error.to_string())?;
        let shaken = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (sender, connection) = shaken.map_err(|error| error.to_string())?;
        // It ends with its sender.
        tokio::spawn(connection);
        Ok(Self { sender })
    }

    fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }

    async fn opens(&mut self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, String> {
        self.sender.ready().await.map_err(|error| error.to_string())?;
        let answered = self.sender.send_request(request).await;
        answered.map_err(|error| error.to_string())
    }

    async fn answer(&mut self, request: Request<Full<Bytes>>) -> Result<Said, String> {
        let answered = self.opens(request).await?;
        let status = answered.status().as_u16();
        Ok(Said { status, body: whole(answered.into_body()).await? })
    }
}

/// All of an answer's JSON; null where it is none.
async fn whole(body: Incoming) -> Result<Value, String> {
    let body = body.collect().await.map_err(|error| error.to_string())?;
    Ok(serde_json::from_slice(&body.to_bytes()).unwrap_or_default())
}

async fn in_time<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let late = |_| "no answer came in time".to_owned();
    tokio::time::timeout(PATIENCE, work).await.map_err(late)?
}

fn silent(url: &str, why: &str) -> Failure {
    Failure::new(
        Exit::UNAVAILABLE,
        "no_service",
        format!("{url} does not answer: {why}"),
        "check that the service runs there: probity serve",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_the_port_out_is_told_so() {
        let fix = |url: &str| There::at(url, "sk_live_1".to_owned()).ok().unwrap().silent("x").fix;
        assert_eq!(
            fix("http://127.0.0.1/"),
            "add its port, without which 80 is asked: --url http://127.0.0.1:4242"
        );
        assert_eq!(
            fix("http://127.0.0.1:4242"),
            "check that the service runs there: probity serve"
        );
    }
}
