//! Calls to an AI provider, directly or by way of a gateway: connections that are kept, all on one
//! thread. An answer that is no yes, or a stream without its end, ends it.

use super::provider::STAYS_OPEN;
use crate::bench::drive::on_a_runtime;
use crate::bench::waited::Waited;
use crate::bench::wire::{Frame, is_whole};
use crate::bench::{Calls, Rate, Unmeasured};
use memchr::memmem;
use probity::bench::customer_of;
use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What is sent as the key for the provider: it has none to check.
const PROVIDER_KEY: &str = "sk-bench";
/// How every stream ends.
const DONE: &[u8] = b"data: [DONE]\n\n";

/// Whom is called, and for whom.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) address: String,
    pub(super) path: &'static str,
    pub(super) customers: u32,
}

/// What a call wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    Whole,
    Stream,
    /// A stream that stays open.
    OpenStream,
}

impl Wants {
    fn body(self) -> String {
        let (model, more) = match self {
            Self::Whole => ("bench", ""),
            Self::Stream => {
                ("bench", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")
            }
            Self::OpenStream => (STAYS_OPEN, ",\"stream\":true"),
        };
        format!(
            "{{\"model\":\"{model}\",\"messages\":[{{\"role\":\"user\",\
             \"content\":\"Summarize the file that I have just sent.\"}}]{more}}}"
        )
    }
}

/// What all callers share.
pub(super) struct Script {
    frame: Frame,
    asked: Asked,
    wants: Wants,
    body: String,
}

impl Script {
    pub(super) fn new(asked: Asked, wants: Wants) -> Self {
        let frame = Frame::new(&asked.address, PROVIDER_KEY);
        Self { frame, asked, wants, body: wants.body() }
    }

    pub(super) fn address(&self) -> &str {
        &self.asked.address
    }
}

/// A connection with its buffers.
pub(super) struct Caller {
    stream: TcpStream,
    out: Vec<u8>,
    read: Vec<u8>,
}

impl Caller {
    pub(super) async fn open(address: &str) -> Result<Self, String> {
        let stream = TcpStream::connect(address).await;
        let stream = stream.map_err(|error| format!("{address}: {error}"))?;
        // A request goes out at once.
        let _ = stream.set_nodelay(true);
        Ok(Self { stream, out: Vec::with_capacity(1024), read: Vec::with_capacity(4096) })
    }

    /// Sends the `n`th call.
    pub(super) async fn send(&mut self, script: &Script, n: u64) -> Result<(), String> {
        let Script { frame, asked, body, .. } = script;
        let whose = (customer_of(n, asked.customers), n);
        frame.call(&mut self.out, asked.path, whose, body.as_bytes());
        self.read.clear();
        self.stream.write_all(&self.out).await.map_err(|error| error.to_string())
    }

    /// Waits for the first event that says something.
    pub(super) async fn until_first(&mut self) -> Result<(), String> {
        while memmem::find(&self.read, b"\"content\":\" summary\"").is_none() {
            if is_whole(&self.read)? {
                let all = String::from_utf8_lossy(&self.read);
                return Err(format!("a stream ended before it was told to go on: {all}"));
            }
            self.more().await?;
        }
        Ok(())
    }

    /// Waits for the end.
    pub(super) async fn until_end(&mut self, wants: Wants) -> Result<(), String> {
        while !is_whole(&self.read)? {
            self.more().await?;
        }
        if wants != Wants::Whole && memmem::find(&self.read, DONE).is_none() {
            let all = String::from_utf8_lossy(&self.read);
            return Err(format!("a stream came to no good end: {all}"));
        }
        Ok(())
    }

    async fn more(&mut self) -> Result<(), String> {
        match self.stream.read_buf(&mut self.read).await.map_err(|e| e.to_string())? {
            0 => Err("it closed a connection before it answered".to_owned()),
            _ => Ok(()),
        }
    }
}

/// Calls, until all are answered.
#[derive(Clone, Debug)]
pub(super) struct Calling {
    pub(super) asked: Asked,
    pub(super) calls: Calls,
    pub(super) count: u64,
    /// The number of the first call.
    pub(super) first: u64,
}

/// What all connections share.
struct Shared {
    script: Script,
    calling: Calling,
    next: Cell<u64>,
    begun: Instant,
    waited: Waited,
}

impl Calling {
    pub(super) fn run(&self) -> Result<Rate, Unmeasured> {
        let wants = if self.calls.streamed { Wants::Stream } else { Wants::Whole };
        on_a_runtime(&self.asked.address, async {
            let mut callers = Vec::new();
            for _ in 0..self.calls.connections {
                callers.push(Caller::open(&self.asked.address).await?);
            }
            let shared = Rc::new(Shared {
                script: Script::new(self.asked.clone(), wants),
                calling: self.clone(),
                next: Cell::new(0),
                begun: Instant::now(),
                waited: Waited::new()?,
            });
            let calling: Vec<_> = callers
                .into_iter()
                .map(|caller| tokio::task::spawn_local(call(caller, Rc::clone(&shared))))
                .collect();
            for one in calling {
                one.await.map_err(|error| error.to_string())??;
            }
            let (took, latency) = (shared.begun.elapsed(), Some(shared.waited.latency()));
            Ok(Rate { commands: self.count, took, latency, pair: None, cpu: None, bytes: None })
        })
    }
}

impl Shared {
    fn take(&self) -> Option<u64> {
        let n = self.next.get();
        self.next.set(n + 1);
        (n < self.calling.count).then_some(n)
    }

    /// When the `n`th call is due, where they come at a rate.
    fn due(&self, n: u64) -> Option<Instant> {
        let a_second = self.calling.calls.a_second?;
        Some(self.begun + Duration::from_nanos(n * 1_000_000_000 / u64::from(a_second)))
    }
}

async fn call(mut caller: Caller, shared: Rc<Shared>) -> Result<(), String> {
    while let Some(n) = shared.take() {
        let mut begun = Instant::now();
        if let Some(due) = shared.due(n) {
            if begun < due {
                // It wakes up to a millisecond late, which is our lateness.
                tokio::time::sleep_until(due.into()).await;
                begun = Instant::now();
            } else {
                // Nobody was free to ask: that is waiting, too.
                begun = due;
            }
        }
        caller.send(&shared.script, shared.calling.first + n).await?;
        caller.until_end(shared.script.wants).await?;
        shared.waited.record(begun.elapsed());
    }
    Ok(())
}
