//! The API of a service that runs, over HTTP.

use super::Said;
use crate::answer::Failure;
use crate::exit::Exit;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{Request, Uri};
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

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
        let body = if sent.is_null() { String::new() } else { sent.to_string() };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, &self.authority)
            .header(AUTHORIZATION, format!("Bearer {}", self.key))
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(body))
            .map_err(|error| silent(&self.url, &error.to_string()))?;
        let answered = self.runtime.block_on(async {
            tokio::time::timeout(PATIENCE, answer(&self.authority, request)).await
        });
        match answered {
            Ok(Ok(said)) => Ok(said),
            Ok(Err(why)) => Err(self.silent(&why)),
            Err(_) => Err(self.silent("no answer came in time")),
        }
    }
}

impl There {
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

async fn answer(authority: &str, request: Request<Body>) -> Result<Said, String> {
    let stream = TcpStream::connect(authority).await.map_err(|error| error.to_string())?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    let connection = tokio::spawn(connection);
    let answered = sender.send_request(request).await.map_err(|error| error.to_string())?;
    let status = answered.status().as_u16();
    let body = answered.into_body().collect().await.map_err(|error| error.to_string())?;
    connection.abort();
    Ok(Said { status, body: serde_json::from_slice(&body.to_bytes()).unwrap_or_default() })
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
