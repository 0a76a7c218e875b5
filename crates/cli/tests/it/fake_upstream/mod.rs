//! The fake upstream, read back over a socket: every protocol, every fault.

mod connection;
mod endings;
mod protocols;
mod started;

use probity_cli::fake_upstream::{Heard, Options, serve};
use serde_json::{Value, json};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The output of every answer without a fault.
const TEXT: &str = "Hello from the fake upstream.";

/// A protocol, by what a client of it sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speaks {
    Chat,
    Responses,
    Messages,
    Gemini,
}

use Speaks::{Chat, Gemini, Messages, Responses};

/// All four.
const ALL: [Speaks; 4] = [Chat, Responses, Messages, Gemini];

impl Speaks {
    /// The path and the body of a call with a fault.
    fn call(self, fault: &str, streamed: bool) -> (String, Value) {
        let model = format!("fake-{fault}");
        let path = match self {
            Chat => "/v1/chat/completions",
            Responses => "/v1/responses",
            Messages => "/v1/messages",
            Gemini if streamed => {
                let path = format!("/v1beta/models/{model}:streamGenerateContent?alt=sse");
                return (path, json!({ "contents": [] }));
            }
            Gemini => {
                let path = format!("/v1beta/models/{model}:generateContent");
                return (path, json!({ "contents": [] }));
            }
        };
        (path.to_owned(), json!({ "model": model, "stream": streamed, "messages": [] }))
    }

    /// The visible text of a whole answer.
    fn text(self, body: &Value) -> String {
        let at = match self {
            Chat => "/choices/0/message/content",
            Responses => "/output/0/content/0/text",
            Messages => "/content/0/text",
            Gemini => "/candidates/0/content/parts/0/text",
        };
        body.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The visible text of one event of a stream.
    fn delta(self, event: &Value) -> String {
        let at = match self {
            Chat => "/choices/0/delta/content",
            Responses if event["type"] == "response.output_text.delta" => "/delta",
            Responses => return String::new(),
            Messages => "/delta/text",
            Gemini => return self.text(event),
        };
        event.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Why an answer, whole or its last events, says that it ended.
    fn ending(self, body: &Value) -> Option<String> {
        let at = match self {
            Chat => "/choices/0/finish_reason",
            Responses => return of_responses(body),
            Messages if body["type"] == "message_delta" => "/delta/stop_reason",
            Messages => "/stop_reason",
            Gemini if body.get("promptFeedback").is_some() => "/promptFeedback/blockReason",
            Gemini => "/candidates/0/finishReason",
        };
        body.pointer(at).and_then(Value::as_str).map(str::to_owned)
    }
}

fn of_responses(body: &Value) -> Option<String> {
    let body = body.get("response").unwrap_or(body);
    match (body["status"].as_str()?, body.pointer("/incomplete_details/reason")) {
        ("in_progress", _) => None,
        (_, Some(Value::String(reason))) => Some(reason.clone()),
        (status, _) => Some(status.to_owned()),
    }
}

/// A fake upstream that runs, and what it hears.
struct Fake {
    address: SocketAddr,
    heard: UnboundedReceiver<Heard>,
}

impl Fake {
    async fn new() -> Self {
        Self::with(Options::default()).await
    }

    async fn with(options: Options) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (told, heard) = unbounded_channel();
        let options = Options { told: Some(told), ..options };
        tokio::spawn(serve(listener, options, std::future::pending()));
        Self { address, heard }
    }

    /// Sends a call, and gives the connection.
    async fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: fake\r\nconnection: close\r\n{headers}\
             content-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        stream
    }

    /// Sends a call and reads until the connection ends.
    async fn raw(&self, method: &str, path: &str, headers: &str, body: &Value) -> Got {
        let mut stream = self.send(method, path, headers, body.to_string().as_bytes()).await;
        let mut bytes = Vec::new();
        let end = stream.read_to_end(&mut bytes).await.map_err(|error| error.kind());
        Got::of(bytes, end.err())
    }

    async fn post(&self, path: &str, body: Value) -> Got {
        self.raw("POST", path, "", &body).await
    }

    async fn call(&self, speaks: Speaks, fault: &str, streamed: bool) -> Got {
        let (path, body) = speaks.call(fault, streamed);
        self.post(&path, body).await
    }

    /// The next time that an answer ended: was all of it taken?
    async fn ended(&mut self) -> bool {
        loop {
            if let Some(Heard::Ended { whole, .. }) = self.heard.recv().await {
                return whole;
            }
        }
    }
}

/// An answer, as it came.
#[derive(Debug)]
struct Got {
    status: u16,
    head: String,
    /// The body, its chunks put together.
    body: Vec<u8>,
    /// Did everything come that was announced?
    complete: bool,
    /// How the connection ended, where that was no clean end.
    broke: Option<io::ErrorKind>,
}

impl Got {
    fn of(bytes: Vec<u8>, broke: Option<io::ErrorKind>) -> Self {
        let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |at| at + 4);
        let head = String::from_utf8_lossy(&bytes[..at]).to_ascii_lowercase();
        let rest = &bytes[at..];
        let (body, complete) = if head.contains("transfer-encoding: chunked") {
            unchunked(rest)
        } else {
            let announced = head.split("content-length: ").nth(1).and_then(|n| n.lines().next());
            let announced = announced.and_then(|n| n.parse().ok());
            (rest.to_vec(), announced == Some(rest.len()))
        };
        let status = head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head, body, complete, broke }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    fn json(&self) -> Value {
        assert!(self.complete && self.broke.is_none(), "{self:?}");
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The data of each event, `[DONE]` as a text.
    fn events(&self) -> Vec<Value> {
        let text = self.text().replace("\r\n", "\n");
        let data = text.split("\n\n").filter_map(|event| event.split("data: ").nth(1));
        data.map(|data| serde_json::from_str(data).unwrap_or_else(|_| json!(data))).collect()
    }

    /// The visible text of a stream.
    fn said(&self, speaks: Speaks) -> String {
        self.events().iter().map(|event| speaks.delta(event)).collect()
    }

    /// Every ending that a stream tells.
    fn endings(&self, speaks: Speaks) -> Vec<String> {
        self.events().iter().filter_map(|event| speaks.ending(event)).collect()
    }
}

/// A body without its chunks, and whether its last one came.
fn unchunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&rest[..at]).ok();
        let Some(size) = size.and_then(|size| usize::from_str_radix(size, 16).ok()) else { break };
        if size == 0 {
            return (body, true);
        }
        let chunk = &rest[(at + 2).min(rest.len())..];
        body.extend_from_slice(&chunk[..size.min(chunk.len())]);
        rest = &chunk[(size + 2).min(chunk.len())..];
    }
    (body, false)
}

/// So short a pace that nobody waits.
fn quick() -> Options {
    Options { pace: Duration::from_micros(1), ..Options::default() }
}
