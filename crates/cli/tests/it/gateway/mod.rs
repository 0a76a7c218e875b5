//! The gateway as products and their backends meet it: real sockets on both sides.

mod browsers;
mod canary;
mod doors;
mod faults;
mod native;
mod own_keys;
mod plain;
mod repeats;
pub(crate) mod sdk;
mod today;
mod upstream;
mod waiting;
mod watched;

use crate::http::served::Served;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use upstream::Upstream;

/// A service with the sample contract, ana on pro, a gateway in front of an upstream.
struct Front {
    served: Served,
    upstream: Upstream,
    address: SocketAddr,
}

/// What came back.
struct Got {
    head: String,
    body: Vec<u8>,
}

impl Got {
    fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(n, _)| n.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value).unwrap_or_default()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    #[track_caller]
    fn refused(&self, status: u16, code: &str) -> Value {
        let body = self.json();
        assert_eq!((self.status(), body["code"].as_str()), (status, Some(code)), "{body:#}");
        body
    }
}

/// The route most tests ask: a draft is tailored.
const TAILOR: &str = "
    - match: POST /api/tailor
      upstream: http://UPSTREAM
      action: tailor_document
      customer: { header: x-customer-id }
      artifact: { body: /draft }
      model: { body: /model }
      outcome:
        - { when: { body: /result, is: empty }, then: empty }
        - { when: { header: x-cache, is: hit }, then: reopened }
        - { when: { status: 422 }, then: bad_input, reason: the file is locked }
";

impl Front {
    /// These routes, in front of an upstream.
    fn new(routes: &str, upstream: Upstream) -> Self {
        let served = Served::new();
        served.ana();
        Self::of(served, routes, upstream)
    }

    fn of(served: Served, routes: &str, upstream: Upstream) -> Self {
        Self::for_pages(served, routes, upstream, &[])
    }

    /// The same, for pages of these origins as well.
    fn for_pages(served: Served, routes: &str, upstream: Upstream, origins: &[&str]) -> Self {
        let routes = routes.replace("UPSTREAM", &upstream.address.to_string());
        let file = format!("gateway:\n  listen: 127.0.0.1:8787\n  routes:{routes}");
        let address = served.gateway_for(&file, origins);
        Self { served, upstream, address }
    }

    /// Sends a request as it stands, and reads until the connection ends.
    fn raw(&self, request: &str) -> Got {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        got(stream)
    }

    /// A page, by a port.
    fn page(address: SocketAddr, path: &str) -> Got {
        let mut stream = TcpStream::connect(address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        got(stream)
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).unwrap()
    }

    /// A POST of JSON by ana.
    fn post(&self, path: &str, headers: &str, body: &str) -> Got {
        self.raw(&post(path, headers, body))
    }

    /// The draft is tailored.
    fn tailor(&self, headers: &str, draft: &str) -> Got {
        self.post("/api/tailor", headers, &format!("{{\"draft\":\"{draft}\"}}"))
    }

    fn receipt(&self, run: &str) -> Value {
        self.served.get(&format!("/v1/runs/{run}")).is(200)
    }

    /// The receipt once its run has ended.
    fn ended(&self, run: &str) -> Value {
        loop {
            let receipt = self.receipt(run);
            if receipt["status"] != "held" {
                return receipt;
            }
            std::thread::yield_now();
        }
    }

    /// How the run of an answer ended: its outcome, and what was charged.
    #[track_caller]
    fn came_to(&self, got: &Got) -> (String, String) {
        let receipt = self.ended(got.header("probity-run"));
        let text = |key: &str| receipt[key].as_str().unwrap_or_default().to_owned();
        (text("outcome"), text("charged"))
    }
}

fn post(path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\nx-customer-id: ana\r\n\
         content-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
}

/// Reads an answer until the connection ends; chunks are put together.
fn got(mut stream: TcpStream) -> Got {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let at = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
    let (head, mut body) =
        (String::from_utf8(bytes[..at].to_vec()).unwrap(), bytes[at + 4..].to_vec());
    if head.to_lowercase().contains("transfer-encoding: chunked") {
        body = unchunked(&body);
    }
    Got { head, body }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(at) = body.windows(2).position(|w| w == b"\r\n") {
        let length = std::str::from_utf8(&body[..at]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        body = &body[at + 2..];
        whole.extend(&body[..length.min(body.len())]);
        body = body.get(length + 2..).unwrap_or_default();
    }
    whole
}
