//! What `probity bench` measures: this binary over HTTP, its engine without, and what they are
//! compared with, in turns on one machine.
//!
//! A [`Case`] is one side under one load. Every measurement of it is kept; the one in the middle
//! counts. It shows nothing: `render::bench` does.

mod bare;
mod drive;
mod embedded;
mod filled;
mod gateway;
mod machine;
mod over_http;
mod plan;
mod postgres;
mod served;
mod start;
mod targets;
mod waited;
mod wire;

pub(crate) use bare::run as serve_bare;
pub(crate) use gateway::provider::run as serve_provider;
pub(crate) use machine::Machine;
pub(crate) use plan::{Part, Plan, Wish};
pub(crate) use targets::{Figure, Measured, Target, added, targets, told as shown_time};

use machine::Watch;
use probity::bench::BenchError;
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Who is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// `probity serve`, a process of its own, over loopback.
    Probity,
    /// A bare HTTP server that parses the same and answers the same, and keeps nothing.
    Bare,
    /// The usual two transactions by hand on PostgreSQL.
    Postgres,
    /// The engine in this process.
    Engine,
    /// Tables of SQLite updated in place.
    InPlace,
    /// A file that is only appended to.
    Log,
    /// The gateway in front of an AI provider, charging.
    Gateway,
    /// The same gateway on a free route: calls pass, and nothing is decided.
    Proxy,
    /// The AI provider called directly.
    Provider,
}

/// What it has to do: holds and their settles, in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    /// Customers, taken evenly; 1: one hot customer.
    pub(crate) customers: u32,
    /// How the commands come.
    pub(crate) come: Come,
    /// On a database that was filled before.
    pub(crate) filled: bool,
}

/// How commands come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Come {
    /// By requests: on so many connections, each waiting for its answer, so many in one request.
    Requests { connections: u32, commands: u32 },
    /// By commits of so many.
    Commits { commands: u32 },
    /// As calls to an AI provider.
    Calls(Calls),
    /// As calls to an AI provider whose streams stay open, so many at once.
    Streams { streams: u32 },
    /// Not at all: the service only begins.
    Not,
}

/// How calls to an AI provider come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Calls {
    pub(crate) connections: u32,
    /// The answers come as events.
    pub(crate) streamed: bool,
    /// So many a second, in all; None: each connection calls again once it is answered.
    pub(crate) a_second: Option<u32>,
}

impl Calls {
    /// Few enough that waiting tells what a call takes, and not how many others there are.
    pub(crate) const fn are_few(self) -> bool {
        self.a_second.is_some() || self.connections <= 8
    }
}

/// One measurement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// The work that was done.
    pub(crate) rate: Option<Rate>,
    /// How the service began.
    pub(crate) start: Option<Start>,
    /// What open streams took.
    pub(crate) streams: Option<Streams>,
    /// The share of the machine that others used meanwhile, in hundredths.
    pub(crate) others: Option<u32>,
}

/// How fast work was done.
#[derive(Clone, Debug)]
pub(crate) struct Rate {
    /// Commands that were answered, all of them with yes; of an AI provider: calls.
    pub(crate) commands: u64,
    pub(crate) took: Duration,
    /// How long holds waited for their answer, over HTTP; calls for the end of theirs.
    pub(crate) latency: Option<Latency>,
    /// How long a hold and its settle took together, on the average; PostgreSQL says no more.
    pub(crate) pair: Option<Duration>,
    /// Processor time of the side itself, without whoever asks it where that is another process.
    pub(crate) cpu: Option<Duration>,
    /// Bytes by which its files have grown.
    pub(crate) bytes: Option<u64>,
}

/// How long half, 99 %, 99.9 % and all of them waited at the most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Latency {
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) p999: Duration,
    pub(crate) most: Duration,
}

/// How a service began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    /// From its start until it said that it is ready.
    pub(crate) ready: Duration,
    /// Bytes of memory right then.
    pub(crate) idle: Option<u64>,
    /// The most bytes it had, load included where there was one.
    pub(crate) most: Option<u64>,
}

/// Many streams, open at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Streams {
    pub(crate) streams: u32,
    /// Until each had its first event.
    pub(crate) opened: Duration,
    /// Bytes of memory of the gateway before they were opened, and while all were open.
    pub(crate) before: Option<u64>,
    pub(crate) open: Option<u64>,
    /// From when they were told to go on until the last had its end, settled where it is charged.
    pub(crate) ended: Duration,
}

impl Streams {
    /// Bytes of memory that one takes, without those of its sockets, which are the kernel's.
    pub(crate) fn each(&self) -> Option<u64> {
        self.open?.saturating_sub(self.before?).checked_div(self.streams.into())
    }
}

impl Rate {
    /// Commands a second, rounded down.
    pub(crate) fn per_second(&self) -> u64 {
        let micros = self.took.as_micros().max(1);
        u64::try_from(u128::from(self.commands) * 1_000_000 / micros).unwrap_or(u64::MAX)
    }
}

/// One side under one load, and how to measure it.
pub(crate) trait Case {
    fn side(&self) -> Side;
    fn load(&self) -> Load;
    fn measure(&mut self) -> Result<Reading, Unmeasured>;
    /// Is all that it uses started by us, so that what others use can be told?
    fn is_all_ours(&self) -> bool {
        true
    }
}

/// One side under one load, measured.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) side: Side,
    pub(crate) load: Load,
    pub(crate) readings: Vec<Reading>,
}

impl Line {
    /// Nothing is measured yet.
    pub(crate) fn of(case: &dyn Case) -> Self {
        Self { side: case.side(), load: case.load(), readings: Vec::new() }
    }

    /// The measurement in the middle, by speed.
    pub(crate) fn middle(&self) -> Option<(&Rate, Option<u32>)> {
        let rates = self.readings.iter().filter_map(|one| Some((one.rate.as_ref()?, one.others)));
        middle(rates.collect(), |(rate, _)| rate.per_second())
    }

    /// The start in the middle, by how long it took.
    pub(crate) fn start(&self) -> Option<Start> {
        middle(self.readings.iter().filter_map(|one| one.start).collect(), |start| start.ready)
    }

    /// The open streams in the middle, by what one takes.
    pub(crate) fn streams(&self) -> Option<Streams> {
        middle(self.readings.iter().filter_map(|one| one.streams).collect(), Streams::each)
    }
}

fn middle<T, K: Ord>(mut all: Vec<T>, by: impl Fn(&T) -> K) -> Option<T> {
    all.sort_by_key(by);
    let half = all.len() / 2;
    all.into_iter().nth(half)
}

/// Something that was not measured, and why.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    pub(crate) what: &'static str,
    pub(crate) why: String,
}

/// Why nothing could be measured.
#[derive(Debug)]
pub(crate) enum Unmeasured {
    /// The folder does not do.
    Folder(String),
    /// A side failed, or gave an answer that is no yes.
    Failed(String),
    /// Whoever started it ended it.
    BrokenOff,
}

impl From<BenchError> for Unmeasured {
    fn from(error: BenchError) -> Self {
        match error {
            BenchError::Failed(why) => Self::Failed(why),
            BenchError::BrokenOff => Self::BrokenOff,
        }
    }
}

impl Unmeasured {
    fn folder(why: impl Display) -> Self {
        Self::Folder(why.to_string())
    }

    fn failed(why: impl Display) -> Self {
        Self::Failed(why.to_string())
    }
}

/// Measures a case once, and how much others used of the machine meanwhile.
pub(crate) fn measure(case: &mut dyn Case, ending: &Ending) -> Result<Reading, Unmeasured> {
    ending.look()?;
    let watch = Watch::begin().filter(|_| case.is_all_ours());
    let reading = case.measure();
    // What was started ends with us: then its failure is none.
    ending.look()?;
    let others = watch.and_then(Watch::others);
    reading.map(|reading| Reading { others, ..reading })
}

/// Whether somebody asked for the end. Then what was started is stopped, and files are removed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ending(Arc<AtomicBool>);

impl Ending {
    /// Listens for signals from now on.
    pub(crate) fn listen() -> Self {
        let ending = Self::default();
        let asked = Arc::clone(&ending.0);
        // Without it the signal ends the program, and only leaves files.
        let _ = std::thread::Builder::new().name("probity-ending".to_owned()).spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                crate::cmd::serve::stop()?.await;
                asked.store(true, Ordering::Relaxed);
                Ok::<(), std::io::Error>(())
            })
        });
        ending
    }

    pub(crate) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn look(&self) -> Result<(), Unmeasured> {
        if self.is_asked() { Err(Unmeasured::BrokenOff) } else { Ok(()) }
    }
}
