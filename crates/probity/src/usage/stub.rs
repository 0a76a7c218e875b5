#![allow(missing_docs)]
use super::Protocol;
use bytes::Bytes;
use probity_core::Outcome;
use probity_core::command::{Usage, UsageSource};
pub struct Answered<'a> {
    pub status: u16,
    pub content_type: Option<&'a str>,
    pub content_encoding: Option<&'a str>,
    pub length: Option<u64>,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    Complete,
    Broken,
    Stalled,
    TimedOut,
    ClientGone,
    NoConnection,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    ClientGone,
    Status,
}
impl Reason {
    pub const fn word(self) -> &'static str {
        "client_gone"
    }
}
#[derive(Clone, Debug)]
pub struct Verdict {
    pub outcome: Outcome,
    pub parts: Option<u32>,
    pub quantity: Option<u64>,
    pub reason: Option<String>,
}
impl Verdict {
    pub fn parse(t: &str) -> Option<Self> {
        Some(Self {
            outcome: Outcome::parse(t.split(';').next()?.trim())?,
            parts: None,
            quantity: None,
            reason: None,
        })
    }
}
pub struct Reading {
    status: u16,
    n: usize,
    kept: Vec<u8>,
}
#[derive(Debug)]
pub struct Passed {
    pub forward: Vec<Bytes>,
    pub last: Option<Bytes>,
}
impl Passed {
    pub fn unread(b: Bytes) -> Self {
        Self { forward: vec![b], last: None }
    }
}
pub struct Judged {
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    pub usage: Usage,
    pub source: UsageSource,
    pub model: Option<String>,
}
impl Judged {
    pub fn without_answer(end: End) -> Self {
        Self {
            outcome: if end == End::ClientGone { Outcome::Cancelled } else { Outcome::Failed },
            reason: None,
            usage: Usage::default(),
            source: UsageSource::None,
            model: None,
        }
    }
}
impl Reading {
    pub fn new(_: Protocol, a: &Answered<'_>, _: bool) -> Self {
        Self { status: a.status, n: 0, kept: vec![] }
    }
    pub fn pass(&mut self, b: Bytes) -> Passed {
        self.n += b.len();
        self.kept.extend(&b);
        Passed::unread(b)
    }
    pub fn has_output(&self) -> bool {
        self.n > 0
    }
    pub fn has_ended(&self) -> bool {
        false
    }
    pub fn verdict(&self) -> Option<Verdict> {
        None
    }
    pub fn end(self, end: End) -> (Judged, Option<Vec<u8>>) {
        let outcome = match end {
            End::ClientGone if self.n == 0 => Outcome::Cancelled,
            End::ClientGone => Outcome::Abandoned,
            End::Complete if self.status / 100 == 2 => Outcome::Delivered,
            _ => Outcome::Failed,
        };
        (Judged { outcome, ..Judged::without_answer(end) }, Some(self.kept))
    }
}
