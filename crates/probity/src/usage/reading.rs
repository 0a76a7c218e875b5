//! Reads one answer as its bytes pass: lets them through as they are, and says what they come to.
//!
//! Two things are taken out again: the piece with usage that the client did not ask for, and the
//! event by which a backend says how its work ended. Only what may be one of these is held back.

use super::Protocol;
use super::decode::Decode;
use super::judge::{End, Judged, Known, Reason, judge};
use super::look::{Ate, Look};
use super::verdict::Verdict;
use bytes::{Bytes, BytesMut};
use std::mem;
use std::ops::Range;

/// The most that is held back of one event, in bytes.
const HELD: usize = 64 * 1024;

/// What an answer begins with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answered<'a> {
    /// Its status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<&'a str>,
    /// `Content-Encoding`.
    pub content_encoding: Option<&'a str>,
    /// `Content-Length`, where a body of that length is to come: not for the answer to a `HEAD`.
    pub length: Option<u64>,
}

/// Reads one answer.
///
/// Give every piece of the body to [`Self::pass`]. Once nothing more comes, take what [`Self::rest`]
/// has left, ask [`Self::end`] how it ended, settle, and send the client what was left.
///
/// What completes an answer is told apart in [`Passed::last`]: `[DONE]`, `message_stop`, the event
/// with the whole response, the closing bracket of a JSON text, the last byte of an announced length.
/// Gemini's streams have none of these, nor has a backend's answer without a length: there the end
/// of the body is to wait for the settle. An answer in `gzip` or `deflate` is decoded to be read
/// only, so nothing can be taken out of it. An answer or an event may be of any size: of what is read
/// long texts are cut short, the rest is dropped while it passes. If it is too large even so it is
/// never `delivered`, unless the name of an event says that it is the end.
///
/// ```
/// use probity::core::Outcome;
/// use probity::usage::{Answered, End, Protocol, Reading};
/// let content_type = Some("text/event-stream");
/// let answered = Answered { status: 200, content_type, ..Answered::default() };
/// let mut reading = Reading::new(Protocol::OpenaiChat, &answered, false);
/// let hello = r#"data: {"choices": [{"index": 0, "delta": {"content": "Hello"}}]}"#;
/// reading.pass(format!("{hello}\n\n").into());
/// assert!(reading.has_output() && !reading.has_ended());
/// let passed = reading.pass("data: [DONE]\n\n".into());
/// assert!(passed.forward.is_none() && passed.last.is_some());
/// assert_eq!(reading.end(End::Complete).outcome, Outcome::Delivered);
/// ```
///
/// Memory is bounded whatever passes: about 64 KiB of an event and 256 KiB of a JSON text, of what is
/// read in them, and 64 KiB that are held back.
#[derive(Debug)]
pub struct Reading {
    protocol: Protocol,
    status: u16,
    length: Option<u64>,
    passed: u64,
    strips_usage: bool,
    decode: Decode,
    /// What is held back of the event that is being read.
    held: BytesMut,
    way: Way,
    /// The event before was taken out.
    took_out: bool,
    /// What completes the answer has passed.
    is_last_given: bool,
}

/// What is done with the event that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// What it may turn out to be decides.
    Open,
    /// It is too large to be held back, and passes.
    Through,
    /// It is too large to be held back, and is taken out.
    Out,
}

/// What of a piece goes on to the client, in this order.
#[derive(Debug, Default)]
pub struct Passed {
    /// At once.
    pub forward: Option<Bytes>,
    /// Once the run is settled: from here on it would complete the answer.
    pub last: Option<Bytes>,
}

impl Reading {
    /// `strip_usage`: the request was made to ask for a piece with usage that the client did not ask
    /// for; the chat piece with `choices: []` and usage is taken out again. That works on answers
    /// that are not encoded, so such a request must not accept an encoding.
    #[must_use]
    pub fn new(protocol: Protocol, answered: &Answered<'_>, strip_usage: bool) -> Self {
        let look = Look::new(protocol, answered.content_type);
        Self {
            protocol,
            status: answered.status,
            length: answered.length,
            passed: 0,
            strips_usage: strip_usage,
            decode: Decode::new(answered.content_encoding, look),
            held: BytesMut::new(),
            way: Way::Open,
            took_out: false,
            is_last_given: false,
        }
    }

    /// Looks at bytes as they pass.
    pub fn pass(&mut self, bytes: Bytes) -> Passed {
        self.passed = self.passed.saturating_add(bytes.len() as u64);
        if self.is_last_given {
            return Passed { forward: some(bytes), last: None };
        }
        let mut out = match &mut self.decode {
            Decode::Plain(_) => self.look_at(&bytes),
            encoded => {
                encoded.pass(&bytes);
                if encoded.look().told.closed {
                    self.is_last_given = true;
                }
                let mut out = Out::of(&bytes);
                if self.is_last_given {
                    out.begin_last();
                }
                out.take(0..bytes.len());
                out
            }
        };
        if self.length == Some(self.passed) && !self.is_last_given && self.held.is_empty() {
            self.is_last_given = true;
            out.all_is_last();
        }
        out.done()
    }

    fn look_at(&mut self, bytes: &Bytes) -> Out {
        let mut out = Out::of(bytes);
        let mut at = 0;
        while let Some(left) = bytes.get(at..).filter(|left| !left.is_empty()) {
            if self.is_last_given {
                out.take(at..bytes.len());
                break;
            }
            let look = self.decode.look_mut();
            let (read, ate) = look.advance(left);
            let is_last = look.told.closed;
            let may_be_out = look.may_be_taken_out(self.strips_usage);
            let span = at..at.saturating_add(read.max(1));
            at = span.end;
            if is_last {
                self.is_last_given = true;
                out.begin_last();
            }
            match ate {
                Ate::Tail if self.took_out => {}
                Ate::Tail => out.take(span),
                Ate::Event { take_out } => self.event(take_out, span, &mut out),
                Ate::Inside if may_be_out && !is_last => self.hold(span, &mut out),
                Ate::Inside => self.release(span, &mut out),
            }
        }
        out
    }

    /// An event ended.
    fn event(&mut self, take_out: bool, span: Range<usize>, out: &mut Out) {
        let take_out = match mem::replace(&mut self.way, Way::Open) {
            Way::Open => take_out && (self.strips_usage || self.protocol == Protocol::Http),
            Way::Through => false,
            Way::Out => true,
        };
        self.took_out = take_out;
        if take_out {
            self.held.clear();
        } else {
            self.release(span, out);
        }
    }

    /// Holds back what may be taken out, as far as there is room.
    fn hold(&mut self, span: Range<usize>, out: &mut Out) {
        match self.way {
            Way::Out => {}
            Way::Through => out.take(span),
            Way::Open if self.held.len().saturating_add(span.len()) <= HELD => {
                self.held.extend_from_slice(out.bytes.get(span).unwrap_or_default());
            }
            Way::Open if self.protocol == Protocol::Http => {
                self.way = Way::Out;
                self.held.clear();
            }
            Way::Open => {
                self.way = Way::Through;
                self.release(span, out);
            }
        }
    }

    fn release(&mut self, span: Range<usize>, out: &mut Out) {
        if self.way != Way::Out {
            out.take_held(&mut self.held);
            out.take(span);
        }
    }

    /// What was held back, once nothing more will pass and before [`Self::end`].
    pub fn rest(&mut self) -> Option<Bytes> {
        if self.held.is_empty() || self.decode.look_mut().is_rest_taken_out() {
            self.held.clear();
        }
        some(self.held.split().freeze())
    }

    /// The same where it broke off: half an event tells nothing, and a backend's own is still not the
    /// customer's.
    pub fn cut_off(&mut self) -> Option<Bytes> {
        let told = self.decode.look().verdict.clone();
        let rest = self.rest();
        self.decode.look_mut().verdict = told;
        rest
    }

    /// Was anything visible in what passed: text, a call of a tool, a picture, sound, the text of a
    /// refusal, reasoning? An answer of nothing but reasoning is empty all the same. Of a backend without a protocol any byte is.
    #[must_use]
    pub fn has_output(&self) -> bool {
        match &self.decode {
            Decode::Unread(_) => self.passed > 0,
            readable => readable.look().has_output(),
        }
    }

    /// The same, of half a document too, which is only looked into now and then while it comes.
    pub fn has_begun(&mut self) -> bool {
        if !self.decode.is_unread() {
            self.decode.look_mut().look_again();
        }
        self.has_output()
    }

    /// Was a positive end seen, or all of the length that was announced?
    #[must_use]
    pub fn has_ended(&self) -> bool {
        match self.protocol.is_native() {
            true => self.decode.look().told.has_ended(),
            false => self.length == Some(self.passed),
        }
    }

    /// Is it known already that it failed: by its status, or by an error within it?
    #[must_use]
    pub fn has_failed(&self) -> bool {
        !(200..300).contains(&self.status) || self.decode.look().told.error
    }

    /// What it came to, once nothing more will pass.
    pub fn end(&mut self, end: End) -> Judged {
        let is_unread = self.decode.is_unread();
        let look = self.decode.look_mut();
        if !self.is_last_given {
            look.finish(end == End::Complete);
        }
        let unread = match is_unread {
            true => Some(Reason::UnreadableEncoding),
            false => look.is_too_large().then_some(Reason::TooLarge),
        };
        let look = self.decode.look();
        let known = Known {
            protocol: self.protocol,
            status: self.status,
            passed: self.passed,
            length: self.length,
            told: &look.told,
            is_document: look.is_document(),
            unread,
            has_output: self.has_output(),
        };
        judge(&known, end)
    }

    /// A copy of a backend's JSON, decoded, for the outcome rules of its route; None where it is no
    /// JSON, larger than 256 KiB, or in an encoding that is not read.
    #[must_use]
    pub fn kept(&self) -> Option<&[u8]> {
        if self.decode.is_unread() { None } else { self.decode.look().copy() }
    }

    /// What a backend said in an event `probity.outcome`; the last one counts, and one that is no
    /// verdict counts as none.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        self.decode.look().verdict.as_ref()
    }

    /// How many bytes of the answer are held in memory, at most.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.capacity() + self.decode.look().held()
    }
}

fn some(bytes: Bytes) -> Option<Bytes> {
    (!bytes.is_empty()).then_some(bytes)
}

/// What goes on of one piece: slices of it as long as they are all of one, a copy where they are not.
struct Out {
    bytes: Bytes,
    forward: Gathered,
    last: Option<Gathered>,
}

#[derive(Default)]
struct Gathered {
    before: BytesMut,
    span: Range<usize>,
}

impl Out {
    fn of(bytes: &Bytes) -> Self {
        Self { bytes: bytes.clone(), forward: Gathered::default(), last: None }
    }

    /// What is taken from now on completes the answer.
    fn begin_last(&mut self) {
        self.last.get_or_insert_default();
    }

    /// All that was taken completes the answer.
    fn all_is_last(&mut self) {
        if self.last.is_none() {
            self.last = Some(mem::take(&mut self.forward));
        }
    }

    fn take(&mut self, span: Range<usize>) {
        let to = self.last.as_mut().unwrap_or(&mut self.forward);
        to.take(&self.bytes, span);
    }

    fn take_held(&mut self, held: &mut BytesMut) {
        let to = self.last.as_mut().unwrap_or(&mut self.forward);
        if !held.is_empty() {
            to.settle(&self.bytes);
            to.before.extend_from_slice(held);
            held.clear();
        }
    }

    fn done(self) -> Passed {
        let forward = self.forward.done(&self.bytes);
        Passed { forward, last: self.last.and_then(|last| last.done(&self.bytes)) }
    }
}

impl Gathered {
    fn take(&mut self, of: &Bytes, span: Range<usize>) {
        if self.span.is_empty() {
            self.span = span;
        } else if self.span.end == span.start {
            self.span.end = span.end;
        } else {
            self.settle(of);
            self.span = span;
        }
    }

    /// What was gathered so far is copied.
    fn settle(&mut self, of: &Bytes) {
        let span = mem::take(&mut self.span);
        self.before.extend_from_slice(of.get(span).unwrap_or_default());
    }

    fn done(mut self, of: &Bytes) -> Option<Bytes> {
        if self.before.is_empty() {
            return some(of.slice(self.span));
        }
        self.settle(of);
        some(self.before.freeze())
    }
}
