//! Answers that mean harm: very large, very deep, without an end. Memory stays bounded, nothing is
//! delivered that has no end, and a real end still counts.

use super::fixtures::{JSON, SSE, chunk};
use super::of;
use bytes::Bytes;
use probity::core::Outcome;
use probity::core::command::UsageSource;
use probity::usage::{End, Protocol, Reading, Reason};
use serde_json::json;

/// More than is ever held of one answer, by the sum of its bounds and what buffers grow ahead.
const HELD: usize = 1 << 20;

/// Lets a piece pass so many times.
fn flood(reading: &mut Reading, piece: &[u8], times: usize) {
    let piece = Bytes::copy_from_slice(piece);
    for _ in 0..times {
        let forward = reading.pass(piece.clone()).forward.unwrap_or_default();
        assert!(forward.len() >= piece.len(), "something is held back");
        assert!(reading.held() <= HELD, "{}", reading.held());
    }
}

const MIB: usize = 1 << 20;

#[test]
fn an_event_of_a_hundred_megabytes_passes_and_the_end_still_counts() {
    for filling in [&b"x"[..], b"1,", b"\\u0041", b"\xF0\x9F\xA6\x80", b"\\ud83e", b"[", b"\xBF"] {
        let mut reading = of(Protocol::OpenaiChat, 200, SSE);
        reading.pass(chunk(0, &json!({"content": "Hello"}), None).into());
        for begin in ["data: {\"x\": \"", "data: "] {
            reading.pass(begin.into());
            let times = if filling == b"x" { 100 } else { 2 };
            flood(&mut reading, &filling.repeat(MIB / filling.len()), times);
            reading.pass("\n\n".into());
        }
        assert!(!reading.has_ended());
        reading.pass(chunk(0, &json!({}), Some("stop")).into());
        assert!(reading.has_ended());
        assert_eq!(reading.end(End::Complete).outcome, Outcome::Delivered);
    }
}

#[test]
fn a_line_without_an_end_is_not_kept() {
    for begin in ["event: ", ": ", "id: ", "x", "data: x", "retry"] {
        for protocol in [Protocol::Anthropic, Protocol::Http] {
            let mut reading = of(protocol, 200, SSE);
            reading.pass(begin.into());
            flood(&mut reading, &vec![b'x'; MIB], 4);
            let outcome = reading.end(End::TimedOut).outcome;
            assert_eq!(outcome, Outcome::Failed);
        }
    }
}

#[test]
fn an_end_is_read_however_much_nobody_reads_stands_in_it() {
    for filling in ["0,", "\"\",", "[],", "{\"a\":[\"]}\\\"\"]},"] {
        let mut reading = of(Protocol::OpenaiResponses, 200, SSE);
        reading.pass("event: response.output_text.delta\ndata: {\"delta\": \"x\"}\n\n".into());
        let begin = "data: {\"type\": \"response.completed\", \"response\": {\"x\": [";
        reading.pass(begin.into());
        flood(&mut reading, filling.repeat(MIB / filling.len()).as_bytes(), 3);
        let passed = reading.pass("0], \"usage\": {\"output_tokens\": 7}}}\n\n".into());
        assert!(passed.last.is_some() && reading.has_ended());
        let judged = reading.end(End::Complete);
        assert_eq!((judged.outcome, judged.usage.output), (Outcome::Delivered, Some(7)));
    }
}

#[test]
fn an_end_that_is_too_large_to_be_read_and_has_no_name_is_none() {
    for (name, reason) in [("", Some(Reason::Truncated)), ("event: response.completed\n", None)] {
        let mut reading = of(Protocol::OpenaiResponses, 200, SSE);
        reading.pass("event: response.output_text.delta\ndata: {\"delta\": \"x\"}\n\n".into());
        reading.pass(name.into());
        reading.pass("data: {\"response\": {\"status\": \"completed\", \"output\": [".into());
        flood(&mut reading, &b"0,".repeat(MIB / 2), 3);
        let passed = reading.pass("0]}}\n\n".into());
        let is_end = reason.is_none();
        assert_eq!((passed.last.is_some(), reading.has_ended()), (is_end, is_end));
        let judged = reading.end(End::Complete);
        assert_eq!((judged.reason, judged.source), (reason, UsageSource::None));
    }
}

#[test]
fn a_large_picture_is_read_to_its_end() {
    let mut reading = of(Protocol::Gemini, 200, JSON);
    let begin = r#"{"candidates": [{"content": {"parts": [{"inlineData": {"data": ""#;
    reading.pass(begin.into());
    flood(&mut reading, &vec![b'A'; MIB], 20);
    let end = r#""}}]}, "finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 1290}}"#;
    assert_eq!(reading.pass(end.into()).last.unwrap(), end);
    let judged = reading.end(End::Complete);
    assert_eq!((judged.outcome, judged.usage.output), (Outcome::Delivered, Some(1290)));
    assert_eq!(judged.source, UsageSource::Provider);
}

#[test]
fn texts_that_are_too_deep_or_too_wide_are_not_delivered() {
    for filling in ["[", "{\"content\":", "0,", "\"\",", "[],"] {
        for protocol in Protocol::ALL.into_iter().filter(|protocol| protocol.is_native()) {
            let mut reading = of(protocol, 200, JSON);
            reading.pass("{\"content\": [".into());
            flood(&mut reading, filling.repeat(MIB / filling.len()).as_bytes(), 2);
            reading.pass("0]}".into());
            let judged = reading.end(End::Complete);
            assert_eq!(judged.reason, Some(Reason::TooLarge), "{filling}");
        }
    }
}

#[test]
fn what_nobody_reads_may_be_deep_and_wide_and_ends_where_it_ends() {
    for (filling, end) in
        [("[", "]"), ("{\"content\":", "}"), ("0,", ""), ("\"\",", ""), ("[],", "")]
    {
        let mut reading = of(Protocol::OpenaiChat, 200, JSON);
        reading.pass("{\"choices\":[{\"message\":{\"content\":\"x\"}}],\"x\": [".into());
        let times = MIB / filling.len();
        flood(&mut reading, filling.repeat(times).as_bytes(), 2);
        reading.pass("0".into());
        flood(&mut reading, end.repeat(times).as_bytes(), 2);
        assert!(!reading.has_ended(), "{filling}");
        reading.pass("]}".into());
        assert!(reading.has_ended(), "{filling}");
        assert_eq!(reading.end(End::Complete).outcome, Outcome::Delivered, "{filling}");
    }
}

#[test]
fn a_million_small_events_and_lists_hold_nothing() {
    let tiny =
        [b"data: {}\n\n".repeat(10_000), b"\n".repeat(10_000), b"data:\r\r:\r".repeat(10_000)];
    for protocol in Protocol::ALL {
        let mut reading = of(protocol, 200, SSE);
        for events in &tiny {
            flood(&mut reading, events, 7);
        }
        assert!(reading.held() < 4096, "{}", reading.held());
        assert!(reading.end(End::Stalled).outcome == Outcome::Failed);
    }
    let mut reading = of(Protocol::Gemini, 200, JSON);
    reading.pass("[".into());
    flood(&mut reading, &b"{},".repeat(10_000), 100);
    assert!(reading.held() < 4096);
}

#[test]
fn many_choices_are_no_more_than_a_few_bits() {
    let mut reading = of(Protocol::OpenaiChat, 200, SSE);
    for index in [0, 63, 64, 1_000_000, u64::MAX] {
        reading.pass(chunk(index, &json!({"content": "x"}), None).into());
    }
    assert!(!reading.has_ended());
    for index in [0, 63, 64, 1_000_000, u64::MAX] {
        reading.pass(chunk(index, &json!({}), Some("stop")).into());
    }
    assert!(reading.has_ended());
}

#[test]
fn numbers_that_are_no_counts_are_not_known() {
    for count in
        ["-1", "1.5", "1e400", "18446744073709551616", "9007199254740992", "\"5\"", "null", "[]"]
    {
        let body = format!(
            r#"{{"choices": [{{"message": {{"content": "x"}}, "finish_reason": "stop"}}],
            "usage": {{"prompt_tokens": {count}, "completion_tokens": 0}}, "model": "a\nb"}}"#
        );
        let mut reading = of(Protocol::OpenaiChat, 200, JSON);
        reading.pass(body.into());
        let judged = reading.end(End::Complete);
        // serde_json refuses a number without bounds, and so the text.
        if count != "1e400" {
            assert_eq!(judged.outcome, Outcome::Delivered, "{count}");
            assert_eq!((judged.usage.input, judged.usage.output), (None, Some(0)), "{count}");
            assert_eq!((judged.source, judged.model), (UsageSource::Partial, None));
        }
    }
}
