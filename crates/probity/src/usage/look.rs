//! What looks at an answer's bytes, once they are decoded: events, one JSON text, or neither.
//!
//! By the content type, and where that says nothing by the first byte. Nothing is kept but what
//! [`Told`] holds, the event or text that is being read within its bound, and, of a product's own
//! backend, a copy of JSON for the rules of its route.

use super::squeeze::{Reads, Squeeze};
use super::sse::{Sse, Step};
use super::told::Told;
use super::verdict::Verdict;
use super::{Protocol, anthropic, gemini, openai};
use serde_json::Value;

/// The most that is kept of one JSON text, squeezed.
const BODY: usize = 256 * 1024;

/// The most that is copied of a backend's JSON, as it is.
const COPY: usize = 256 * 1024;

/// The event by which a backend says how its work ended; it is taken out.
const OUTCOME: &[u8] = b"probity.outcome";

/// Looks at an answer.
#[derive(Debug)]
pub(super) struct Look {
    protocol: Protocol,
    body: Body,
    /// What was told.
    pub(super) told: Told,
    /// A backend's verdict, the last one.
    pub(super) verdict: Option<Verdict>,
    /// A copy of a backend's JSON, while it is not too long.
    copy: Option<Vec<u8>>,
    /// Any byte has passed.
    any: bool,
    /// A choice had ended before the event that is being read began: it may be the one with usage.
    is_armed: bool,
}

#[derive(Debug)]
enum Body {
    /// Not known before the first byte.
    Unknown,
    /// Server-sent events.
    Events(Sse),
    /// One JSON text; the size at which it is next looked for output.
    Text(Squeeze, usize),
    /// Gemini's list of pieces, one by one.
    List(Squeeze, bool),
    /// Not looked at.
    Opaque,
}

/// What reading came to, for whoever forwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ate {
    /// To the end of the bytes.
    Inside,
    /// What belongs to the event before.
    Tail,
    /// To the end of an event, which is to be taken out or not.
    Event { take_out: bool },
}

impl Look {
    /// For an answer of this content type; its essence, without parameters, decides.
    pub(super) fn new(protocol: Protocol, content_type: Option<&str>) -> Self {
        let content_type = content_type.unwrap_or_default();
        let essence = essence(content_type).to_ascii_lowercase();
        let is_json = essence.ends_with("/json") || essence.ends_with("+json");
        let body = match (protocol.is_native(), is_event_stream(content_type)) {
            (true, true) => Body::Events(Sse::of_json(reads(protocol))),
            (true, false) => Body::Unknown,
            (false, true) => Body::Events(Sse::plain()),
            (false, false) => Body::Opaque,
        };
        let copy = (is_json && !protocol.is_native()).then(Vec::new);
        Self { body, copy, ..Self::blind(protocol) }
    }

    /// Sees nothing.
    pub(super) fn blind(protocol: Protocol) -> Self {
        let told = Told::default();
        let body = Body::Opaque;
        Self { protocol, body, told, verdict: None, copy: None, any: false, is_armed: false }
    }

    /// What is spoken.
    pub(super) const fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Reads to the end of the event that is being read, or of the bytes; how many were read.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> (usize, Ate) {
        self.any |= !bytes.is_empty();
        if let Some(copy) = &mut self.copy {
            if copy.len().saturating_add(bytes.len()) <= COPY {
                copy.extend_from_slice(bytes);
            } else {
                self.copy = None;
            }
        }
        if matches!(self.body, Body::Unknown) {
            self.guess(bytes);
        }
        match &mut self.body {
            Body::Unknown | Body::Opaque => {}
            Body::Events(sse) => {
                let (read, step) = sse.advance(bytes);
                let ate = match step {
                    Step::Inside => Ate::Inside,
                    Step::Tail => Ate::Tail,
                    Step::Ended { has_data } => {
                        let is_armed = self.is_armed || self.protocol == Protocol::Http;
                        let take_out = has_data && self.event() && is_armed;
                        self.is_armed = self.told.has_finished();
                        if let Body::Events(sse) = &mut self.body {
                            sse.next();
                        }
                        Ate::Event { take_out }
                    }
                };
                return (read, ate);
            }
            Body::Text(..) => self.text(bytes),
            Body::List(..) => self.list(bytes),
        }
        (bytes.len(), Ate::Inside)
    }

    /// Reads all of the bytes.
    pub(super) fn all(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (read, _) = self.advance(bytes);
            bytes = bytes.get(read..).unwrap_or_default();
        }
    }

    /// By the first byte that is no white space.
    fn guess(&mut self, bytes: &[u8]) {
        let Some(first) = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) else { return };
        let reads = reads(self.protocol);
        self.body = match first {
            b'[' if self.protocol == Protocol::Gemini => {
                Body::List(Squeeze::new(BODY, reads), false)
            }
            b'{' | b'[' => Body::Text(Squeeze::to_its_end(BODY, reads), 512),
            b'd' | b'e' | b'i' | b'r' | b':' | 0xEF => Body::Events(Sse::of_json(reads)),
            _ => {
                self.told.malformed = true;
                Body::Opaque
            }
        };
    }

    /// An event ended: what it says. True: it is to be taken out.
    fn event(&mut self) -> bool {
        let Body::Events(sse) = &self.body else { return false };
        let kind = sse.kind();
        if !self.protocol.is_native() {
            let is_verdict = sse.is_led_by(OUTCOME);
            if is_verdict {
                self.verdict = sse.data().and_then(|data| Verdict::read(data).ok());
            }
            return is_verdict;
        }
        let Some(data) = sse.data() else {
            self.large_event();
            return false;
        };
        if data == b"[DONE]" {
            self.told.ended |= self.protocol == Protocol::OpenaiChat;
            self.told.closed |= self.protocol == Protocol::OpenaiChat;
            return false;
        }
        let Ok(value) = serde_json::from_slice::<Value>(data) else {
            self.told.malformed = true;
            return false;
        };
        let kind = kind.unwrap_or_default();
        let told = &mut self.told;
        told.error |= kind == b"error";
        match self.protocol {
            Protocol::Http => {}
            Protocol::OpenaiChat => return openai::chat(told, &value),
            Protocol::OpenaiResponses => openai::response_event(told, kind, &value),
            Protocol::Anthropic => anthropic::event(told, kind, &value),
            Protocol::Gemini => gemini::piece(told, &value),
        }
        false
    }

    /// An event that is too large to be read says no more than its name.
    fn large_event(&mut self) {
        let Body::Events(sse) = &self.body else { return };
        let told = &mut self.told;
        match (self.protocol, sse.kind().unwrap_or_default()) {
            (_, b"error") | (Protocol::OpenaiResponses, b"response.failed") => told.error = true,
            (Protocol::OpenaiResponses, b"response.completed")
            | (Protocol::Anthropic, b"message_stop") => {
                told.ended = true;
                told.closed = true;
            }
            _ => {}
        }
    }

    fn text(&mut self, bytes: &[u8]) {
        let Body::Text(squeeze, next) = &mut self.body else { return };
        squeeze.extend(bytes);
        if squeeze.is_closed() && !self.told.closed {
            self.told.closed = true;
            self.whole();
        } else if !squeeze.is_closed() && squeeze.kept().is_some_and(|kept| kept.len() > *next) {
            *next = next.saturating_mul(2);
            self.begun();
        }
    }

    /// The whole text is there.
    fn whole(&mut self) {
        let Body::Text(squeeze, _) = &self.body else { return };
        let read = squeeze.kept().and_then(|kept| serde_json::from_slice::<Value>(kept).ok());
        let Some(value) = read else {
            self.told.malformed = true;
            return;
        };
        whole(self.protocol, &mut self.told, &value);
        self.told.ended = !self.told.malformed && !self.told.pending;
        self.told.is_usage_whole = true;
    }

    /// Looks into what has come of a text so far.
    pub(super) fn look_again(&mut self) {
        if matches!(&self.body, Body::Text(squeeze, _) if !squeeze.is_closed()) {
            self.begun();
        }
    }

    /// A text that is not whole yet: is anything visible in what has come of it?
    fn begun(&mut self) {
        let Body::Text(squeeze, _) = &self.body else { return };
        let closed = squeeze.closed_here();
        let read = closed.and_then(|closed| serde_json::from_slice::<Value>(&closed).ok());
        if let Some(value) = read {
            let mut told = Told::default();
            whole(self.protocol, &mut told, &value);
            if told.has_output() {
                self.told.begun = true;
            }
        }
    }

    /// Each piece of a list is read by itself.
    fn list(&mut self, bytes: &[u8]) {
        let Body::List(squeeze, is_in) = &mut self.body else { return };
        for byte in bytes {
            if !*is_in {
                match byte {
                    b'{' => *is_in = true,
                    b']' => {
                        self.told.closed = true;
                        return;
                    }
                    _ => continue,
                }
            }
            squeeze.push(*byte);
            if squeeze.is_closed() {
                match squeeze.kept().and_then(|kept| serde_json::from_slice(kept).ok()) {
                    Some(value) => gemini::piece(&mut self.told, &value),
                    None => self.told.malformed = true,
                }
                squeeze.clear();
                *is_in = false;
            }
        }
    }

    /// Nothing more will come: what is left of a last event is read if it was only not ended.
    pub(super) fn finish(&mut self, is_complete: bool) {
        match &mut self.body {
            Body::Events(sse) if is_complete => {
                if sse.ends_unended() {
                    self.event();
                }
                if let Body::Events(sse) = &mut self.body {
                    sse.next();
                }
            }
            Body::Text(squeeze, _) if !squeeze.is_closed() => self.begun(),
            _ => {}
        }
    }

    /// Is what is left of a last event, which was not ended, to be taken out?
    pub(super) fn is_rest_taken_out(&mut self) -> bool {
        let Body::Events(sse) = &mut self.body else { return false };
        if !sse.ends_unended() {
            return false;
        }
        if self.protocol.is_native() {
            let data = sse.data().and_then(|data| serde_json::from_slice::<Value>(data).ok());
            let piece = data.filter(openai::is_usage_piece);
            return piece.is_some_and(|value| openai::chat(&mut self.told, &value));
        }
        self.event()
    }

    /// May the event that is being read turn out to be one that is taken out?
    pub(super) fn may_be_taken_out(&self, strips_usage: bool) -> bool {
        match (&self.body, self.protocol) {
            (Body::Events(_), Protocol::OpenaiChat) => strips_usage && self.is_armed,
            (Body::Events(sse), Protocol::Http) => sse.may_be_led_by(OUTCOME),
            _ => false,
        }
    }

    /// Has anything passed that the client can use?
    pub(super) const fn has_output(&self) -> bool {
        if self.protocol.is_native() { self.told.has_output() } else { self.any }
    }

    /// Is it one text, whose end is its closing bracket?
    pub(super) const fn is_document(&self) -> bool {
        matches!(self.body, Body::Text(..) | Body::List(..))
    }

    /// Is it one text that is too large, or too deep, to be read?
    pub(super) fn is_too_large(&self) -> bool {
        match &self.body {
            Body::Text(squeeze, _) | Body::List(squeeze, _) => squeeze.kept().is_none(),
            _ => false,
        }
    }

    /// The copy of a backend's JSON.
    pub(super) fn copy(&self) -> Option<&[u8]> {
        self.copy.as_deref()
    }

    /// How many bytes are held.
    pub(super) fn held(&self) -> usize {
        let body = match &self.body {
            Body::Unknown | Body::Opaque => 0,
            Body::Events(sse) => sse.held(),
            Body::Text(squeeze, _) | Body::List(squeeze, _) => squeeze.held(),
        };
        body + self.copy.as_ref().map_or(0, Vec::capacity)
    }
}

/// Is it the type of server-sent events? Its essence, without parameters, decides.
#[must_use]
pub fn is_event_stream(content_type: &str) -> bool {
    essence(content_type).eq_ignore_ascii_case("text/event-stream")
}

fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// What is read of an answer.
const fn reads(protocol: Protocol) -> Reads {
    match protocol {
        Protocol::Http => Reads { whole: &[], any: &[] },
        Protocol::OpenaiChat => openai::CHAT,
        Protocol::OpenaiResponses => openai::RESPONSES,
        Protocol::Anthropic => anthropic::READS,
        Protocol::Gemini => gemini::READS,
    }
}

/// Reads a whole answer in one text.
fn whole(protocol: Protocol, told: &mut Told, value: &Value) {
    match protocol {
        Protocol::Http => {}
        Protocol::OpenaiChat => {
            openai::chat(told, value);
        }
        Protocol::OpenaiResponses => openai::response(told, value),
        Protocol::Anthropic => anthropic::message(told, value),
        Protocol::Gemini => gemini::piece(told, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in a source that are asked for: `get("a")`, `at("a")`, `of("a", "b")`.
    fn asked_for(source: &str) -> Vec<&str> {
        let calls = ["get(", "at(", "of("].into_iter().flat_map(|call| source.split(call).skip(1));
        let arguments = calls.filter(|rest| rest.starts_with('"'));
        arguments
            .flat_map(|rest| rest.split(')').next().unwrap().split('"').skip(1).step_by(2))
            .collect()
    }

    #[test]
    fn what_is_asked_for_is_kept() {
        let openai = include_str!("openai.rs");
        let (chat, responses) = openai.split_once("/// Reads one event of a response.").unwrap();
        for (source, protocol, least) in [
            (chat, Protocol::OpenaiChat, 20),
            (responses, Protocol::OpenaiResponses, 20),
            (include_str!("anthropic.rs"), Protocol::Anthropic, 15),
            (include_str!("gemini.rs"), Protocol::Gemini, 15),
        ] {
            let reads = reads(protocol);
            let names = asked_for(source);
            assert!(names.len() >= least, "{names:?}");
            for name in names {
                let is_kept = reads.whole.contains(&name) || reads.any.contains(&name);
                assert!(is_kept, "{name} of {protocol:?}");
            }
        }
    }
}
