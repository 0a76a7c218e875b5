//! A client of chat completions, as unmodified ones ask: over HTTP, streamed, reading events.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::client::conn::http1;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// Where chat completions are asked for.
pub(crate) const PATH: &str = "/v1/chat/completions";

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// One question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    /// Who asks.
    pub(crate) customer: &'a str,
    /// Which model.
    pub(crate) model: &'a str,
    /// What the provider is to do.
    pub(crate) fault: &'a str,
    /// Whoever asks leaves at the first words of the answer.
    pub(crate) leaves: bool,
}

impl Question<'_> {
    /// What is sent.
    pub(crate) fn body(&self) -> Value {
        json!({
            "model": self.model, "stream": true,
            "messages": [{ "role": "user", "content": "Hello" }],
        })
    }
}

/// What came back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Got {
    /// The status.
    pub(crate) status: u16,
    /// The run that it is, where one began.
    pub(crate) run: Option<String>,
    /// The words of the answer, as far as they came.
    pub(crate) text: String,
    /// The stream came to its own end.
    pub(crate) is_whole: bool,
    /// What stands in place of an answer, or where one breaks off.
    pub(crate) error: Value,
}

/// Asks, and reads to the end unless whoever asks leaves.
pub(crate) async fn ask(gateway: SocketAddr, question: Question<'_>) -> Result<Got, Fault> {
    let stream = TcpStream::connect(gateway).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let request = Request::post(PATH)
        .header(HOST, gateway.to_string())
        .header(CONTENT_TYPE, "application/json")
        .header(AUTHORIZATION, "Bearer sk-of-the-provider")
        .header("x-customer-id", question.customer)
        .header("fake-fault", question.fault)
        .body(Full::new(Bytes::from(question.body().to_string())))?;
    let (head, mut body) = sender.send_request(request).await?.into_parts();
    let run = head.headers.get("probity-run").and_then(|run| run.to_str().ok());
    let mut got =
        Got { status: head.status.as_u16(), run: run.map(str::to_owned), ..Got::default() };
    let mut read = Vec::new();
    while let Some(frame) = body.frame().await {
        if let Ok(bytes) = frame?.into_data() {
            read.extend_from_slice(&bytes);
        }
        if question.leaves && !words(&read).is_empty() {
            break;
        }
    }
    // Whoever leaves closes the connection; whoever has read everything may.
    drop((body, sender));
    connection.abort();
    let _ = connection.await;
    let text = String::from_utf8_lossy(&read);
    got.text = words(&read);
    got.is_whole = text.contains("data: [DONE]");
    got.error = match serde_json::from_slice(&read) {
        Ok(document) => document,
        Err(_) => events(&read).find(|event| !event["error"].is_null()).unwrap_or_default(),
    };
    Ok(got)
}

/// The events that came whole.
fn events(read: &[u8]) -> impl Iterator<Item = Value> {
    let lines = read.split(|byte| *byte == b'\n');
    let data = lines.filter_map(|line| line.strip_prefix(b"data: "));
    data.filter_map(|data| serde_json::from_slice(data).ok())
}

fn words(read: &[u8]) -> String {
    let word = |event: Value| event["choices"][0]["delta"]["content"].as_str().map(str::to_owned);
    events(read).filter_map(word).collect()
}
