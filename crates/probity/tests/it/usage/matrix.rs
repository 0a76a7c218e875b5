//! The 26 cases of how a call can end, each with what it comes to here, or with who decides it.

use super::fixtures::{self, JSON, SSE, chunk, data};
use super::{of, read};
use probity::core::Outcome::{self, Abandoned, Blocked, Cancelled, Delivered, Failed};
use probity::usage::Protocol::{Anthropic, Gemini, Http, OpenaiChat};
use probity::usage::{Answered, End, Judged, Protocol, Reading, Reason};
use serde_json::{Value, json};

/// A row of the matrix.
struct Row {
    number: u8,
    word: &'static str,
    /// Who decides it, where that is not the reader of an answer.
    elsewhere: Option<&'static str>,
    /// Answers, and what they come to.
    cases: Vec<(Judged, Outcome, Option<Reason>)>,
}

fn row(number: u8, word: &'static str, cases: Vec<(Judged, Outcome, Option<Reason>)>) -> Row {
    Row { number, word, elsewhere: None, cases }
}

fn elsewhere(number: u8, word: &'static str, who: &'static str) -> Row {
    Row { number, word, elsewhere: Some(who), cases: Vec::new() }
}

fn status(protocol: Protocol, status: u16, reason: Reason) -> (Judged, Outcome, Option<Reason>) {
    let body: &[u8] = br#"{"error":{"message":"a secret of the provider"}}"#;
    let read = read(of(protocol, status, JSON), [body], End::Complete);
    (read.judged, Failed, Some(reason))
}

fn streamed(protocol: Protocol, body: &str, end: End) -> Judged {
    read(of(protocol, 200, SSE), [body.as_bytes()], end).judged
}

fn in_one(protocol: Protocol, body: &Value) -> Judged {
    read(of(protocol, 200, JSON), [body.to_string().as_bytes()], End::Complete).judged
}

fn said(text: &str) -> String {
    chunk(0, &json!({"content": text}), None)
}

fn finished(word: &str) -> String {
    chunk(0, &json!({}), Some(word))
}

fn broken_off() -> Row {
    let half = said("half");
    let answered = Answered {
        status: 200,
        content_type: Some(JSON),
        length: Some(500),
        ..Answered::default()
    };
    let body: &[u8] = br#"{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}"#;
    let short = |end| read(Reading::new(OpenaiChat, &answered, false), [body], end).judged;
    let wrong = Some(Reason::WrongLength);
    let truncated = Some(Reason::Truncated);
    let cut = read(of(OpenaiChat, 200, JSON), [&body[..40]], End::Complete).judged;
    row(
        10,
        "failed.truncated",
        vec![
            (streamed(OpenaiChat, &half, End::Complete), Failed, truncated),
            (streamed(OpenaiChat, &half, End::Broken), Failed, truncated),
            (cut, Failed, truncated),
            (short(End::Complete), Failed, wrong),
            (short(End::Broken), Failed, wrong),
        ],
    )
}

fn failures() -> Vec<Row> {
    let blocked = |output| (Failed, Some(output));
    let malformed = blocked(Reason::Malformed).1;
    let none: &[u8] = b"";
    vec![
        elsewhere(1, "rejected.pre", "the layer, before anything is asked of an upstream"),
        row(
            2,
            "failed.connect",
            vec![(
                Judged::unanswered(OpenaiChat, End::NoConnection),
                Failed,
                Some(Reason::Connect),
            )],
        ),
        row(
            3,
            "failed.status",
            vec![
                status(OpenaiChat, 500, Reason::Status(500)),
                status(Anthropic, 529, Reason::Status(529)),
                status(Gemini, 504, Reason::Status(504)),
                status(Http, 408, Reason::Status(408)),
                status(Http, 302, Reason::Status(302)),
            ],
        ),
        row(
            4,
            "failed.rate_limited",
            vec![
                status(OpenaiChat, 429, Reason::RateLimited),
                status(Http, 503, Reason::RateLimited),
            ],
        ),
        row(
            5,
            "failed.client_request",
            vec![
                status(Gemini, 400, Reason::ClientRequest),
                status(Http, 404, Reason::ClientRequest),
                status(Anthropic, 413, Reason::ClientRequest),
                status(OpenaiChat, 422, Reason::ClientRequest),
            ],
        ),
        row(
            6,
            "failed.upstream_auth",
            vec![
                status(OpenaiChat, 401, Reason::UpstreamAuth),
                status(Anthropic, 403, Reason::UpstreamAuth),
            ],
        ),
        row(
            7,
            "failed.timeout",
            vec![
                (Judged::unanswered(Gemini, End::TimedOut), Failed, Some(Reason::Timeout)),
                (streamed(OpenaiChat, &said("x"), End::TimedOut), Failed, Some(Reason::Timeout)),
                (streamed(OpenaiChat, &said("x"), End::Stalled), Failed, Some(Reason::Stalled)),
            ],
        ),
        row(
            8,
            "failed.in_band",
            vec![
                (in_one(OpenaiChat, &json!({"error": "no"})), Failed, Some(Reason::InBandError)),
                (
                    in_one(OpenaiChat, &json!({"choices": [{"error": {"code": 1}}]})),
                    Failed,
                    Some(Reason::InBandError),
                ),
                (
                    streamed(OpenaiChat, &(said("x") + &finished("error")), End::Complete),
                    Failed,
                    Some(Reason::InBandError),
                ),
                (
                    streamed(Anthropic, "event: error\ndata: {}\n\n", End::ClientGone),
                    Failed,
                    Some(Reason::InBandError),
                ),
            ],
        ),
        row(
            9,
            "failed.empty",
            vec![
                (
                    streamed(OpenaiChat, &finished("stop"), End::Complete),
                    Failed,
                    Some(Reason::Empty),
                ),
                (
                    streamed(OpenaiChat, "data: [DONE]\n\n", End::Complete),
                    Failed,
                    Some(Reason::Empty),
                ),
                (
                    in_one(Anthropic, &json!({"content": [], "stop_reason": "end_turn"})),
                    Failed,
                    Some(Reason::Empty),
                ),
                (
                    read(of(Gemini, 200, JSON), [none], End::Complete).judged,
                    Failed,
                    Some(Reason::Empty),
                ),
            ],
        ),
        broken_off(),
        row(
            11,
            "failed.malformed",
            vec![
                (
                    read(of(OpenaiChat, 200, "text/html"), [&b"<html>"[..]], End::Complete).judged,
                    Failed,
                    malformed,
                ),
                (
                    read(of(OpenaiChat, 200, JSON), [&b"{\"a\":}"[..]], End::Complete).judged,
                    Failed,
                    malformed,
                ),
                (streamed(Anthropic, "data: {no json\n\n", End::Complete), Failed, malformed),
            ],
        ),
        row(
            12,
            "failed.tool_json",
            vec![(
                in_one(Gemini, &json!({"candidates": [{"finishReason": "UNEXPECTED_TOOL_CALL"}]})),
                Failed,
                Some(Reason::ToolArguments),
            )],
        ),
    ]
}

fn endings() -> Vec<Row> {
    let filter = |body: String| streamed(OpenaiChat, &body, End::Complete);
    let before = Some(Reason::BlockedBeforeOutput);
    let after = Some(Reason::BlockedAfterOutput);
    let limit = Some(Reason::LengthLimit);
    let blocked = json!({"promptFeedback": {"blockReason": "SAFETY"}});
    let refusal = json!({"content": [], "stop_reason": "refusal", "usage": {"input_tokens": 18, "output_tokens": 5}});
    let in_words = json!({"choices": [{"message": {"content": "I cannot help with that."}, "finish_reason": "stop"}]});
    let in_a_field = json!({"choices": [{"message": {"content": null, "refusal": "No."}, "finish_reason": "stop"}]});
    let empty = chunk(0, &json!({"role": "assistant", "content": ""}), None);
    let whole = fixtures::chat_text();
    let gone = |body: &str| streamed(OpenaiChat, body, End::ClientGone);
    vec![
        row(
            13,
            "incomplete.length",
            vec![
                (filter(said("x") + &finished("length")), Delivered, limit),
                (filter(finished("length")), Failed, Some(Reason::Empty)),
            ],
        ),
        row(
            14,
            "blocked.prompt",
            vec![
                (in_one(Gemini, &blocked), Blocked, before),
                (in_one(Anthropic, &refusal), Blocked, before),
                (filter(finished("content_filter")), Blocked, before),
            ],
        ),
        row(
            15,
            "blocked.output",
            vec![(filter(said("x") + &finished("content_filter")), Blocked, after)],
        ),
        // In words it is an answer like any other; in the field made for it, it is known to be none.
        row(
            16,
            "refused.model",
            vec![
                (in_one(OpenaiChat, &in_words), Delivered, None),
                (in_one(OpenaiChat, &in_a_field), Blocked, before),
            ],
        ),
        row(
            17,
            "aborted.before_output",
            vec![
                (
                    Judged::unanswered(Http, End::ClientGone),
                    Cancelled,
                    Some(Reason::ClientGoneBeforeOutput),
                ),
                (gone(&empty), Cancelled, Some(Reason::ClientGoneBeforeOutput)),
            ],
        ),
        row(
            18,
            "aborted.after_output",
            vec![
                (gone(&said("x")), Abandoned, Some(Reason::ClientGone)),
                (
                    read(of(Http, 200, "text/plain"), [&b"x"[..]], End::ClientGone).judged,
                    Abandoned,
                    Some(Reason::ClientGone),
                ),
            ],
        ),
        row(
            19,
            "aborted.after_terminal",
            vec![
                (gone(&whole), Delivered, None),
                (gone(&(said("x") + &finished("stop"))), Delivered, None),
            ],
        ),
    ]
}

fn matrix() -> Vec<Row> {
    let others = vec![
        elsewhere(20, "cached", "the route's outcome rules and the backend's verdict: `reopened`"),
        elsewhere(21, "byok", "the layer: the attempt says whose key it was made with"),
        elsewhere(22, "fallback", "the layer: each call is an attempt, the run is settled once"),
        elsewhere(23, "duplicate", "the engine: the same key gets the answer it got"),
        row(
            24,
            "async.pending",
            vec![(
                in_one(Protocol::OpenaiResponses, &json!({"status": "queued", "output": []})),
                Failed,
                // The layer keeps the hold where it can be settled later; here its end was not told.
                Some(Reason::Pending),
            )],
        ),
        elsewhere(25, "unknown.crash", "the engine: a run whose time is up expires, and is free"),
        elsewhere(26, "shadow", "the engine: the mode of the run; what is reported is the same"),
    ];
    [failures(), endings(), others].into_iter().flatten().collect()
}

#[test]
fn every_row_comes_to_what_it_says() {
    let rows = matrix();
    let numbers: Vec<u8> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=26).collect::<Vec<_>>());
    for Row { number, word, elsewhere, cases } in rows {
        assert_ne!(elsewhere.is_some(), !cases.is_empty(), "{number} {word}");
        for (judged, outcome, reason) in cases {
            assert_eq!((judged.outcome, judged.reason), (outcome, reason), "{number} {word}");
        }
    }
}

#[test]
fn a_backend_without_a_protocol_is_judged_by_its_status_and_its_end() {
    let json = |status, end| read(of(Http, status, JSON), [&b"{\"a\":1}"[..]], end).judged;
    for (judged, outcome, reason) in [
        (json(200, End::Complete), Delivered, None),
        (json(201, End::Complete), Delivered, None),
        (json(200, End::Broken), Failed, Some(Reason::Truncated)),
        (json(500, End::ClientGone), Failed, Some(Reason::Status(500))),
        (read(of(Http, 204, ""), [], End::Complete).judged, Delivered, None),
        (
            read(of(Http, 200, ""), [], End::ClientGone).judged,
            Cancelled,
            Some(Reason::ClientGoneBeforeOutput),
        ),
    ] {
        assert_eq!((judged.outcome, judged.reason, judged.provider), (outcome, reason, None));
    }
    let answered = Answered { status: 200, length: Some(4), ..Answered::default() };
    for (body, end, outcome) in [
        ("1234", End::ClientGone, Delivered),
        ("123", End::ClientGone, Abandoned),
        ("123", End::Complete, Failed),
        ("12345", End::Complete, Failed),
    ] {
        let reading = Reading::new(Http, &answered, false);
        assert_eq!(read(reading, [body.as_bytes()], end).judged.outcome, outcome, "{body} {end:?}");
    }
}

#[test]
fn reasons_have_a_word_and_a_sentence_and_echo_nothing() {
    let all = [
        Reason::Connect,
        Reason::Status(502),
        Reason::RateLimited,
        Reason::UpstreamAuth,
        Reason::ClientRequest,
        Reason::Timeout,
        Reason::Stalled,
        Reason::InBandError,
        Reason::Empty,
        Reason::Truncated,
        Reason::WrongLength,
        Reason::Malformed,
        Reason::TooLarge,
        Reason::UnreadableEncoding,
        Reason::LengthLimit,
        Reason::BlockedBeforeOutput,
        Reason::BlockedAfterOutput,
        Reason::ClientGoneBeforeOutput,
        Reason::ClientGone,
        Reason::ToolArguments,
        Reason::Pending,
    ];
    let words: std::collections::BTreeSet<_> = all.iter().map(|reason| reason.word()).collect();
    assert_eq!(words.len(), all.len());
    for reason in all {
        let says = reason.says();
        assert!(says.ends_with('.') && says.len() < 100 && !says.contains("you"), "{says}");
    }
    let (judged, ..) = status(OpenaiChat, 500, Reason::Status(500));
    assert!(!format!("{judged:?}").contains("secret"));
}

#[test]
fn empty_words_are_none() {
    let begun = chunk(0, &json!({"content": "x"}), Some(""));
    assert_eq!(streamed(OpenaiChat, &begun, End::Complete).reason, Some(Reason::Truncated));
    let body = json!({"candidates": [{"content": {"parts": [{"text": "x"}]},
        "finishReason": "FINISH_REASON_UNSPECIFIED"}]});
    assert_eq!(streamed(Gemini, &data(&body), End::Complete).reason, Some(Reason::Truncated));
    let whole = json!({"choices": [{"message": {"content": "x"}}], "error": ""});
    assert_eq!(in_one(OpenaiChat, &whole).outcome, Delivered);
}

#[test]
fn a_text_that_is_not_whole_shows_what_it_has() {
    let body =
        json!({"choices": [{"message": {"content": "x".repeat(2000)}, "finish_reason": "stop"}]})
            .to_string();
    let mut reading = of(OpenaiChat, 200, JSON);
    let (one, two) = body.split_at(1000);
    reading.pass(one.to_owned().into());
    let judged = read(of(OpenaiChat, 200, JSON), [one.as_bytes()], End::ClientGone).judged;
    assert_eq!(judged.outcome, Abandoned);
    assert!(!reading.has_ended());
    reading.pass(two.to_owned().into());
    assert!(reading.has_ended() && reading.has_output());
    // So little that nothing of it can be read.
    let judged = read(of(OpenaiChat, 200, JSON), [&b"{\"choices\":["[..]], End::ClientGone).judged;
    assert_eq!(judged.outcome, Cancelled);
}

#[test]
fn words_that_stand_for_nothing_say_nothing() {
    let gemini = json!({"candidates": [{"content": {"parts": [{"text": "Yes."}]}, "finishReason": "STOP"}],
                        "promptFeedback": {"blockReason": "BLOCK_REASON_UNSPECIFIED"}, "error": {}});
    assert_eq!(in_one(Gemini, &gemini).outcome, Delivered);
    let said = json!({"choices": [{"message": {"content": "Yes."}, "finish_reason": "stop"}]});
    for empty in [json!(null), json!(false), json!(""), json!({}), json!([])] {
        let mut answer = said.clone();
        answer["error"] = empty;
        assert_eq!(in_one(OpenaiChat, &answer).outcome, Delivered, "{answer}");
    }
}
