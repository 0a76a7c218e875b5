//! What an upstream's answer comes to: the matrix of cases, every fixture cut and split at every
//! byte, and answers that mean harm.

mod encoded;
mod fixtures;
mod fuzzed;
mod hostile;
mod matrix;
mod provoked;
mod recorded;
mod splits;
mod taken_out;

use bytes::Bytes;
use probity::core::command::UsageSource;
use probity::core::{Outcome, command::Usage};
use probity::usage::{Answered, End, Judged, Protocol, Reading, Reason};

/// One answer, made of facts, and what it comes to.
pub(crate) struct Fixture {
    pub(crate) name: &'static str,
    pub(crate) protocol: Protocol,
    pub(crate) kind: &'static str,
    pub(crate) body: String,
    /// Where a positive end stands; None: nowhere in it.
    pub(crate) ends_at: Option<usize>,
    pub(crate) outcome: Outcome,
    pub(crate) reason: Option<Reason>,
    /// Input, read from and written to the cache, output, reasoning.
    pub(crate) usage: [Option<u64>; 5],
    pub(crate) source: UsageSource,
}

impl Fixture {
    pub(crate) fn reading(&self) -> Reading {
        let content_type = Some(self.kind);
        let answered = Answered { status: 200, content_type, ..Answered::default() };
        Reading::new(self.protocol, &answered, false)
    }

    pub(crate) fn tokens(&self) -> Usage {
        let [input, cache_read, cache_write, output, reasoning] = self.usage;
        Usage { input, cache_read, cache_write, output, reasoning }
    }
}

/// What came through, and what it came to.
pub(crate) struct Read {
    pub(crate) sent: Vec<u8>,
    pub(crate) judged: Judged,
}

/// Lets pieces pass, and ends.
pub(crate) fn read<'a>(
    mut reading: Reading,
    pieces: impl IntoIterator<Item = &'a [u8]>,
    end: End,
) -> Read {
    let mut sent = Vec::new();
    for piece in pieces {
        let passed = reading.pass(Bytes::copy_from_slice(piece));
        sent.extend(passed.forward.into_iter().flatten());
        sent.extend(passed.last.into_iter().flatten());
    }
    sent.extend(reading.rest().into_iter().flatten());
    Read { sent, judged: reading.end(end) }
}

pub(crate) fn of(protocol: Protocol, status: u16, kind: &str) -> Reading {
    let answered = Answered { status, content_type: Some(kind), ..Answered::default() };
    Reading::new(protocol, &answered, false)
}
