//! What is taken out again: the piece with usage that nobody asked for, and a backend's own verdict.

use super::fixtures::{CHAT, SSE, chat_text, chunk, usage_chunk};
use super::{Read, of, read};
use bytes::Bytes;
use probity::core::Outcome;
use probity::usage::{Answered, End, Protocol, Reading};
use serde_json::json;

fn stripping() -> Reading {
    let answered = Answered { status: 200, content_type: Some(SSE), ..Answered::default() };
    Reading::new(Protocol::OpenaiChat, &answered, true)
}

fn is_stripped(read: &Read, wanted: &str) {
    assert_eq!(String::from_utf8_lossy(&read.sent), wanted);
    assert_eq!(read.judged.outcome, Outcome::Delivered);
    assert_eq!(read.judged.usage.input, CHAT.0[0]);
    assert_eq!(read.judged.source, CHAT.1);
}

#[test]
fn usage_that_was_not_asked_for_is_taken_out_and_counted() {
    for end in ["\n", "\r\n", "\r"] {
        let whole = chat_text().replace('\n', end);
        let wanted = whole.replace(&usage_chunk().replace('\n', end), "");
        assert!(wanted.len() < whole.len() && wanted.contains("[DONE]"));
        for size in 1..whole.len() {
            is_stripped(&read(stripping(), whole.as_bytes().chunks(size), End::Complete), &wanted);
        }
        for at in 0..whole.len() {
            let (one, two) = whole.as_bytes().split_at(at);
            is_stripped(&read(stripping(), [one, two], End::Complete), &wanted);
        }
    }
}

#[test]
fn a_piece_with_usage_at_the_very_end_is_taken_out_too() {
    let end = chunk(0, &json!({"content": "x"}), Some("stop"));
    for cut in [0, 1, 2] {
        let last = usage_chunk();
        let whole = end.clone() + &last[..last.len() - cut];
        is_stripped(&read(stripping(), [whole.as_bytes()], End::Complete), &end);
    }
    // What is no such piece comes through, also where it breaks off.
    let broken = end.clone() + "data: {\"choi";
    let read = read(stripping(), [broken.as_bytes()], End::Broken);
    assert_eq!(read.sent, broken.as_bytes());
}

#[test]
fn usage_comes_through_where_it_was_asked_for() {
    let whole = chat_text();
    let reading = of(Protocol::OpenaiChat, 200, SSE);
    assert_eq!(read(reading, [whole.as_bytes()], End::Complete).sent, whole.as_bytes());
}

#[test]
fn nothing_is_held_back_before_a_finish_reason() {
    let mut reading = stripping();
    let text = chunk(0, &json!({"content": "x"}), None);
    for byte in text.as_bytes() {
        assert_eq!(reading.pass(Bytes::copy_from_slice(&[*byte])).forward.unwrap(), &[*byte][..]);
    }
}

#[test]
fn a_large_event_is_not_held_back_for_long() {
    let mut reading = stripping();
    reading.pass(chunk(0, &json!({"content": "x"}), Some("stop")).into());
    let mut sent = 0;
    let piece = Bytes::from(vec![b'x'; 10_000]);
    let first =
        reading.pass(Bytes::from_static(b"data: {\"usage\": {}, \"choices\": [], \"x\": \""));
    assert!(first.forward.is_none());
    for _ in 0..100 {
        sent += reading.pass(piece.clone()).forward.map_or(0, |bytes| bytes.len());
        assert!(reading.held() < 600_000, "{}", reading.held());
    }
    let last = reading.pass(Bytes::from_static(b"\"}\n\ndata: [DONE]\n\n"));
    sent += last.forward.map_or(0, |bytes| bytes.len());
    assert_eq!(sent, 1_000_000 + 42 + 4);
    assert_eq!(last.last.unwrap(), "data: [DONE]\n\n");
}

fn backend(body: &str, size: usize) -> (String, Option<Outcome>, Option<u32>) {
    let mut reading = of(Protocol::Http, 200, SSE);
    let mut sent = Vec::new();
    for piece in body.as_bytes().chunks(size) {
        sent.extend(reading.pass(Bytes::copy_from_slice(piece)).forward.into_iter().flatten());
    }
    sent.extend(reading.rest().into_iter().flatten());
    let verdict = reading.verdict();
    let told = (verdict.map(|v| v.outcome), verdict.and_then(|v| v.parts));
    assert_eq!(reading.end(End::Complete).outcome, Outcome::Delivered);
    (String::from_utf8(sent).unwrap(), told.0, told.1)
}

#[test]
fn a_backends_verdict_is_taken_out_of_its_events() {
    let one = "id: 1\nevent: progress\ndata: 50 %\n\n";
    let two = "event: probity.outcomes\ndata: delivered\n\n: note\n\ndata: \u{e9}\n\n";
    for verdict in [
        "event: probity.outcome\ndata: partial;parts=5\n\n",
        "event:probity.outcome\ndata:partial;parts=5\n\n",
        "event: probity.outcome\r\ndata: partial;parts=5\r\n\r\n",
        "event: probity.outcome\rid: 3\rdata: partial;parts=5\r\r",
    ] {
        let body = [one, verdict, two].concat();
        for size in 1..body.len() {
            let told = backend(&body, size);
            assert_eq!(told, ([one, two].concat(), Some(Outcome::Partial), Some(5)), "{size}");
        }
    }
}

#[test]
fn a_last_verdict_may_lack_its_empty_line_and_a_bad_one_is_none() {
    for size in 1..50 {
        let told = backend("data: x\n\nevent: probity.outcome\ndata: empty", size);
        assert_eq!(told, ("data: x\n\n".to_owned(), Some(Outcome::Empty), None));
        let told = backend("event: probity.outcome\ndata: splendid\n\ndata: x\n\n", size);
        assert_eq!(told, ("data: x\n\n".to_owned(), None, None));
        let begun = "data: x\n\nevent: probity.outc";
        assert_eq!(backend(begun, size), (begun.to_owned(), None, None));
    }
    let huge = format!("event: probity.outcome\ndata: {}\n\ndata: x\n\n", "x".repeat(200_000));
    assert_eq!(backend(&huge, 1000), ("data: x\n\n".to_owned(), None, None));
}

#[test]
fn events_of_a_backend_are_not_held_back() {
    let mut reading = of(Protocol::Http, 200, SSE);
    for piece in ["data: a", "b\n", "\n", "event: prog", "ress\n", "data: probity.outcome\n\n"] {
        assert_eq!(reading.pass(piece.into()).forward.unwrap(), piece);
    }
    assert!(reading.pass("event: pro".into()).forward.is_none());
    assert_eq!(reading.pass("m".into()).forward.unwrap(), "event: prom");
}

#[test]
fn json_of_a_backend_is_kept_for_the_rules_of_its_route() {
    let mut reading = of(Protocol::Http, 200, "application/problem+json; charset=utf-8");
    reading.pass("{\"result\": ".into());
    reading.pass("\"empty\"}".into());
    assert_eq!(reading.kept(), Some(&b"{\"result\": \"empty\"}"[..]));
    let mut reading = of(Protocol::Http, 200, "application/json");
    for _ in 0..100 {
        reading.pass(vec![b' '; 10_000].into());
        assert!(reading.held() < 600_000);
    }
    assert_eq!(reading.kept(), None);
    assert_eq!(of(Protocol::Http, 200, "text/plain").kept(), None);
}
