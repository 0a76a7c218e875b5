//! What must hold of any bytes that are read as an upstream's answer. One function for two who ask it:
//! the fuzz target with bytes made by chance, and a test of the crate with the corpus.
//!
//! The first line says how they come: protocol, type, encoding, size of pieces, and `strip`.

use bytes::Bytes;
use probity::core::Outcome;
use probity::usage::{Answered, End, Judged, Protocol, Reading};

/// More than is ever held of one answer.
const HELD: usize = 1 << 20;

/// Reads the bytes in pieces and at once, and asserts that it comes to the same.
pub(super) fn heard(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (line, body) = data.split_at(end);
    let body = body.get(1..).unwrap_or_default();
    let line = String::from_utf8_lossy(line).into_owned();
    let mut words = line.split(' ');
    let mut next = || words.next().unwrap_or_default();
    let (protocol, kind, encoding, size) = (next(), next(), next(), next());
    let protocol = Protocol::ALL.into_iter().find(|known| known.word() == protocol);
    let asked = Asked {
        protocol: protocol.unwrap_or_default(),
        kind,
        encoding: Some(encoding).filter(|word| *word != "-"),
        strips: next() == "strip",
    };
    let size = size.parse().unwrap_or(7).clamp(1, 1 << 16);
    let (whole, sent) = asked.reads(body, body.len().max(1), End::Complete);
    let (pieces, sent_in_pieces) = asked.reads(body, size, End::Complete);
    assert_eq!(whole, pieces, "in pieces of {size} it comes to something else");
    assert!(sent == sent_in_pieces, "in pieces of {size} other bytes are sent");
    let takes_out = asked.strips || asked.protocol == Protocol::Http;
    assert!(sent.len() <= body.len() && (takes_out || sent == body), "bytes changed");
    for end in [End::Broken, End::Stalled, End::TimedOut, End::ClientGone] {
        let (other, _) = asked.reads(body, size, end);
        // Nothing is delivered for the way it breaks off.
        assert!(
            other.outcome != Outcome::Delivered || whole.outcome == Outcome::Delivered,
            "{end:?} is better than an end"
        );
        assert_eq!(
            other.reason.is_none(),
            other.outcome == Outcome::Delivered && whole.reason.is_none()
        );
    }
}

struct Asked<'a> {
    protocol: Protocol,
    kind: &'a str,
    encoding: Option<&'a str>,
    strips: bool,
}

impl Asked<'_> {
    fn reads(&self, body: &[u8], size: usize, end: End) -> (Judged, Vec<u8>) {
        let answered = Answered {
            status: 200,
            content_type: Some(self.kind),
            content_encoding: self.encoding,
            length: None,
        };
        let mut reading = Reading::new(self.protocol, &answered, self.strips);
        let mut sent = Vec::new();
        for piece in body.chunks(size) {
            let passed = reading.pass(Bytes::copy_from_slice(piece));
            sent.extend(passed.forward.into_iter().flatten());
            sent.extend(passed.last.into_iter().flatten());
            assert!(reading.held() <= HELD, "{} bytes are held", reading.held());
        }
        sent.extend(reading.rest().into_iter().flatten());
        let judged = reading.end(end);
        if judged.outcome == Outcome::Delivered && self.protocol.is_native() {
            assert!(reading.has_ended() && reading.has_output(), "delivered without an end");
        }
        (judged, sent)
    }
}
