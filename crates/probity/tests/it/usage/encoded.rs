//! Answers in an encoding: read, and forwarded as they came.

use super::fixtures::{CHAT, JSON, SSE, all, chat_text};
use super::read;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use probity::core::Outcome;
use probity::usage::{Answered, End, Protocol, Reading, Reason};
use std::io::Write;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn reading(protocol: Protocol, kind: &str, encoding: &str) -> Reading {
    let content_encoding = Some(encoding);
    let answered =
        Answered { status: 200, content_type: Some(kind), content_encoding, ..Answered::default() };
    Reading::new(protocol, &answered, true)
}

#[test]
fn every_fixture_reads_the_same_when_it_is_encoded() {
    for fixture in all() {
        for (encoding, bytes) in [
            ("gzip", gzip(fixture.body.as_bytes())),
            (" X-Gzip", gzip(fixture.body.as_bytes())),
            ("deflate", deflate(fixture.body.as_bytes())),
            ("identity", fixture.body.clone().into_bytes()),
        ] {
            for size in [1, 7, bytes.len()] {
                let reading = reading(fixture.protocol, fixture.kind, encoding);
                let read = read(reading, bytes.chunks(size), End::Complete);
                let came = (read.judged.outcome, read.judged.reason);
                assert_eq!(came, (fixture.outcome, fixture.reason), "{}", fixture.name);
                assert_eq!(read.judged.usage, fixture.tokens(), "{}", fixture.name);
                assert!(encoding == "identity" || read.sent == bytes);
            }
        }
    }
}

#[test]
fn an_encoded_answer_that_breaks_off_is_not_delivered() {
    let body = super::fixtures::chat_text();
    let bytes = gzip(body.as_bytes());
    let whole = read(reading(Protocol::OpenaiChat, SSE, "gzip"), [&bytes[..]], End::Complete);
    assert_eq!((whole.judged.outcome, whole.judged.usage.input), (Outcome::Delivered, CHAT.0[0]));
    for at in 0..bytes.len() / 2 {
        let judged =
            read(reading(Protocol::OpenaiChat, SSE, "gzip"), [&bytes[..at]], End::Complete).judged;
        assert_eq!(judged.outcome, Outcome::Failed, "{at}");
    }
}

#[test]
fn what_cannot_be_decoded_is_said_to_be_so() {
    let text = chat_text();
    for (encoding, bytes) in [
        ("br", text.clone().into_bytes()),
        ("zstd", text.clone().into_bytes()),
        ("gzip, br", text.clone().into_bytes()),
        ("gzip", text.clone().into_bytes()),
        ("deflate", gzip(text.as_bytes())),
    ] {
        let read = read(reading(Protocol::OpenaiChat, SSE, encoding), [&bytes[..]], End::Complete);
        assert_eq!(read.judged.outcome, Outcome::Failed, "{encoding}");
        assert_eq!(read.judged.reason, Some(Reason::UnreadableEncoding), "{encoding}");
        assert_eq!(read.sent, bytes);
        // A product's own backend need not be read.
        let read =
            super::read(reading(Protocol::Http, JSON, encoding), [&bytes[..]], End::Complete);
        assert_eq!(read.judged.outcome, Outcome::Delivered);
    }
}

#[test]
fn an_encoding_that_makes_very_much_of_little_is_given_up() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"{\"choices\": [{\"message\": {\"content\": \"").unwrap();
    for _ in 0..100 {
        encoder.write_all(&vec![b'x'; 1 << 20]).unwrap();
    }
    let bytes = encoder.finish().unwrap();
    let mut reading = reading(Protocol::OpenaiChat, JSON, "gzip");
    for piece in bytes.chunks(1 << 14) {
        assert_eq!(reading.pass(piece.to_vec().into()).forward.unwrap(), piece);
        assert!(reading.held() < 100_000);
    }
    assert_eq!(reading.end(End::Complete).reason, Some(Reason::UnreadableEncoding));
}
