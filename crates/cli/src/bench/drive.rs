//! Whoever asks: connections that are kept, each asking again once it is answered, all on one thread.
//!
//! An answer that is no yes ends it: it is never counted.

use super::waited::Waited;
use super::wire::{Frame, head, key_of, run_of, runs_of, yes_in};
use super::{Rate, Unmeasured};
use probity::bench::customer_of;
use std::cell::Cell;
use std::fmt::Write as _;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

/// How long all of it may take; then something hangs.
const PATIENCE: Duration = Duration::from_secs(600);

/// What is asked of a service.
#[derive(Clone, Debug)]
pub(super) struct Drive {
    pub(super) address: String,
    pub(super) key: String,
    pub(super) customers: u32,
    pub(super) connections: u32,
    /// Commands in one request; 1: none is a batch.
    pub(super) at_once: u32,
    /// Commands in all, rounded up to whole requests.
    pub(super) commands: u64,
    /// The number of the first run.
    pub(super) first: u64,
}

impl Drive {
    /// How many runs that is: each is held and settled.
    pub(super) fn runs(&self) -> u64 {
        self.commands.div_ceil(2 * u64::from(self.at_once)) * u64::from(self.at_once)
    }

    /// Asks, until all is answered.
    pub(super) fn run(&self) -> Result<Rate, Unmeasured> {
        on_a_runtime(&self.address, async {
            let shared = Rc::new(Shared::new(self.clone())?);
            let mut lines = Vec::new();
            for _ in 0..self.connections {
                lines.push(Connection::open(&self.address).await?);
            }
            let begun = Instant::now();
            let asking: Vec<_> = lines
                .into_iter()
                .map(|line| tokio::task::spawn_local(ask(line, Rc::clone(&shared))))
                .collect();
            for one in asking {
                one.await.map_err(|error| error.to_string())??;
            }
            Ok(shared.rate(begun.elapsed()))
        })
    }

    /// The bodies of the answers to one hold and its settle.
    pub(super) fn answers(&self) -> Result<[Vec<u8>; 2], Unmeasured> {
        on_a_runtime(&self.address, async {
            let shared = Shared::new(self.clone())?;
            let mut line = Connection::open(&self.address).await?;
            let held = line.hold(&shared, self.first).await?.to_vec();
            let run = run_of(&held).ok_or("an answer names no run")?.to_owned();
            let settled = line.settle(&shared, self.first, &run).await?.to_vec();
            Ok([held, settled])
        })
    }
}

/// Work on one thread, that is not waited for without end.
pub(super) fn on_a_runtime<T>(
    address: &str,
    work: impl Future<Output = Result<T, String>>,
) -> Result<T, Unmeasured> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(Unmeasured::failed)?;
    let work = async { tokio::time::timeout(PATIENCE, LocalSet::new().run_until(work)).await };
    match runtime.block_on(work) {
        Ok(done) => done.map_err(Unmeasured::Failed),
        Err(_) => Err(Unmeasured::failed(format!("{address} gave no answers"))),
    }
}

/// What all connections share.
struct Shared {
    drive: Drive,
    frame: Frame,
    /// The next run.
    next: Cell<u64>,
    end: u64,
    done: Cell<u64>,
    /// How long holds waited.
    waited: Waited,
}

impl Shared {
    fn new(drive: Drive) -> Result<Self, String> {
        let (next, end) = (Cell::new(drive.first), drive.first + drive.runs());
        let frame = Frame::new(&drive.address, &drive.key);
        Ok(Self { drive, frame, next, end, done: Cell::new(0), waited: Waited::new()? })
    }

    fn take(&self) -> Option<u64> {
        let n = self.next.get();
        self.next.set(n + u64::from(self.drive.at_once));
        (n < self.end).then_some(n)
    }

    fn rate(&self, took: Duration) -> Rate {
        let latency = Some(self.waited.latency());
        Rate { commands: self.done.get(), took, latency, pair: None, cpu: None, bytes: None }
    }
}

async fn ask(mut line: Connection, shared: Rc<Shared>) -> Result<(), String> {
    while let Some(n) = shared.take() {
        let begun = Instant::now();
        if shared.drive.at_once == 1 {
            let held = line.hold(&shared, n).await?;
            shared.waited.record(begun.elapsed());
            let run = run_of(held).ok_or("an answer names no run")?.to_owned();
            line.settle(&shared, n, &run).await?;
        } else {
            let runs = line.hold_many(&shared, n).await?;
            shared.waited.record(begun.elapsed());
            line.settle_many(&shared, n, &runs).await?;
        }
        shared.done.set(shared.done.get() + 2 * u64::from(shared.drive.at_once));
    }
    Ok(())
}

/// A connection with its buffers.
struct Connection {
    stream: TcpStream,
    body: String,
    out: Vec<u8>,
    read: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Result<Self, String> {
        let stream = TcpStream::connect(address).await;
        let stream = stream.map_err(|error| format!("{address}: {error}"))?;
        // A request goes out at once.
        let _ = stream.set_nodelay(true);
        let (out, read) = (Vec::with_capacity(1024), Vec::with_capacity(4096));
        Ok(Self { stream, body: String::new(), out, read })
    }

    async fn hold(&mut self, shared: &Shared, n: u64) -> Result<&[u8], String> {
        self.body.clear();
        run(&mut self.body, shared, n);
        self.post(shared, "/v1/runs", &key_of(2 * n)).await
    }

    async fn settle(&mut self, shared: &Shared, n: u64, run: &str) -> Result<&[u8], String> {
        self.body.clear();
        self.body.push_str("{\"outcome\":\"delivered\"}");
        self.post(shared, &format!("/v1/runs/{run}/settle"), &key_of(2 * n + 1)).await
    }

    async fn hold_many(&mut self, shared: &Shared, first: u64) -> Result<Vec<String>, String> {
        self.body.clear();
        self.body.push_str("{\"items\":[");
        for n in first..first + u64::from(shared.drive.at_once) {
            let comma = if n == first { "" } else { "," };
            let key = key_of(2 * n);
            let _ = write!(self.body, "{comma}{{\"do\":\"run\",\"key\":\"{key}\",\"body\":");
            run(&mut self.body, shared, n);
            self.body.push('}');
        }
        let runs: Vec<String> = self.batch(shared).await?.map(str::to_owned).collect();
        if runs.len() == shared.drive.at_once as usize {
            return Ok(runs);
        }
        Err("an answer to a batch names too few runs".to_owned())
    }

    async fn settle_many(
        &mut self,
        shared: &Shared,
        first: u64,
        runs: &[String],
    ) -> Result<(), String> {
        self.body.clear();
        self.body.push_str("{\"items\":[");
        for (n, run) in (first..).zip(runs) {
            let comma = if n == first { "" } else { "," };
            let key = key_of(2 * n + 1);
            let _ = write!(
                self.body,
                "{comma}{{\"do\":\"settle\",\"id\":\"{run}\",\"key\":\"{key}\",\
                 \"body\":{{\"outcome\":\"delivered\"}}}}"
            );
        }
        self.batch(shared).await.map(drop)
    }

    /// Sends a batch of which the items are written. The runs that the answer names.
    async fn batch<'a>(
        &'a mut self,
        shared: &Shared,
    ) -> Result<impl Iterator<Item = &'a str> + use<'a>, String> {
        self.body.push_str("]}");
        let body = self.post(shared, "/v1/batch", "").await?;
        if yes_in(body) != shared.drive.at_once as usize {
            let begins = String::from_utf8_lossy(body.get(..300).unwrap_or(body));
            return Err(format!("an item of a batch was refused; the answer begins {begins}"));
        }
        Ok(runs_of(body))
    }

    async fn post(&mut self, shared: &Shared, path: &str, key: &str) -> Result<&[u8], String> {
        shared.frame.post(&mut self.out, path, key, self.body.as_bytes());
        self.stream.write_all(&self.out).await.map_err(|error| error.to_string())?;
        self.read.clear();
        let mut known = None;
        loop {
            let n = self.stream.read_buf(&mut self.read).await.map_err(|e| e.to_string())?;
            if n == 0 {
                return Err("it closed a connection before it answered".to_owned());
            }
            known = match known {
                None => head(&self.read)?,
                known => known,
            };
            let Some(head) = known else { continue };
            let Some(body) = self.read.get(head.from..head.to) else { continue };
            if (200..300).contains(&head.status) {
                // Once more, for the borrow checker: a loop cannot give away what it may read into.
                break;
            }
            let text = String::from_utf8_lossy(body);
            return Err(format!("POST {path} was answered with {}: {text}", head.status));
        }
        let body = known.and_then(|head| self.read.get(head.from..head.to));
        body.ok_or_else(|| "an answer was lost".to_owned())
    }
}

/// The body of a hold.
fn run(out: &mut String, shared: &Shared, n: u64) {
    let customer = customer_of(n, shared.drive.customers);
    let _ = write!(
        out,
        "{{\"customer\":\"customer_{customer}\",\"action\":\"summarize_file\",\
         \"artifact\":\"file_{n}\"}}"
    );
}
