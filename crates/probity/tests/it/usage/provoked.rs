//! What a client may ask for makes an answer large, or ends it in a word of its own: it stays what it
//! is, and nobody gets it for nothing.

use super::fixtures::{JSON, SSE, chat_usage, chunk, data, event};
use super::{of, read};
use probity::core::Outcome::{Abandoned, Cancelled, Delivered, Failed};
use probity::core::command::UsageSource;
use probity::usage::Protocol::{Anthropic, Gemini, OpenaiChat, OpenaiResponses};
use probity::usage::{End, Judged, Protocol, Reason, is_event_stream};
use serde_json::{Value, json};

fn in_one(protocol: Protocol, body: &Value) -> Judged {
    let body = body.to_string();
    let whole = read(of(protocol, 200, JSON), [body.as_bytes()], End::Complete).judged;
    let pieces = read(of(protocol, 200, JSON), body.as_bytes().chunks(1000), End::Complete).judged;
    assert_eq!(whole, pieces);
    for cut in (1..body.len()).step_by(body.len() / 50 + 1) {
        let cut = &body.as_bytes()[..cut];
        assert_ne!(read(of(protocol, 200, JSON), [cut], End::Complete).judged.outcome, Delivered);
    }
    whole
}

fn streamed(protocol: Protocol, body: &str, end: End) -> Judged {
    let whole = read(of(protocol, 200, SSE), [body.as_bytes()], end).judged;
    let pieces = read(of(protocol, 200, SSE), body.as_bytes().chunks(7), end).judged;
    assert_eq!(whole, pieces);
    whole
}

/// As `top_logprobs: 20` brings them, for so many tokens.
fn logprobs(tokens: usize) -> Value {
    let one = json!({"token": " tok", "logprob": -0.123_456_789, "bytes": [32, 116, 111, 107]});
    let of_token = json!({"token": " tok", "logprob": -0.123_456_789, "bytes": [32, 116],
        "top_logprobs": vec![one; 20]});
    json!({"content": vec![of_token; tokens], "refusal": null})
}

#[test]
fn chat_with_what_was_likely_is_delivered() {
    let choice = json!({"index": 0, "message": {"content": "Hello"}, "logprobs": logprobs(400),
        "finish_reason": "stop"});
    let judged = in_one(OpenaiChat, &json!({"choices": [choice], "usage": chat_usage()}));
    assert_eq!((judged.outcome, judged.reason), (Delivered, None));
    assert_eq!((judged.usage.output, judged.source), (Some(12), UsageSource::Provider));
    let piece = json!({"choices": [{"index": 0, "delta": {"content": "x"}, "finish_reason": "stop",
        "logprobs": logprobs(200)}]});
    assert_eq!(streamed(OpenaiChat, &data(&piece), End::Complete).outcome, Delivered);
}

#[test]
fn lists_of_numbers_are_delivered() {
    let numbers: Vec<f64> = (0..3072_u16).map(|n| f64::from(n) / 3071.0).collect();
    let one = json!({"object": "embedding", "index": 0, "embedding": numbers});
    let judged = in_one(
        OpenaiChat,
        &json!({"data": vec![one; 20], "usage": {"prompt_tokens": 8, "total_tokens": 8}}),
    );
    assert_eq!((judged.outcome, judged.usage.input), (Delivered, Some(8)));
}

#[test]
fn very_many_of_something_are_delivered() {
    let one = json!({"object": "embedding", "index": 0, "embedding": [0.5, -0.5]});
    let judged = in_one(OpenaiChat, &json!({"data": vec![one; 20_000]}));
    assert_eq!((judged.outcome, judged.reason), (Delivered, None));
    let call = json!({"index": 0, "id": "call_1", "function": {"name": "f", "arguments": "{}"}});
    let calls = json!({"tool_calls": vec![call; 20_000]});
    let choice = json!({"message": calls, "finish_reason": "tool_calls"});
    assert_eq!(in_one(OpenaiChat, &json!({"choices": [choice]})).outcome, Delivered);
    let body = chunk(0, &calls, Some("tool_calls"));
    assert_eq!(streamed(OpenaiChat, &body, End::Complete).outcome, Delivered);
    // A list of nothing is nothing.
    for nothing in [json!({"tool_calls": []}), json!({"function_call": {}}), json!({"images": [ ]})]
    {
        let judged = streamed(OpenaiChat, &chunk(0, &nothing, Some("stop")), End::Complete);
        assert_eq!(judged.reason, Some(Reason::Empty), "{nothing}");
    }
}

/// A response with all that the request said in it.
fn echoed(status: &str) -> Value {
    let tool = json!({"type": "function", "name": "look_up", "strict": true, "parameters":
        {"type": "object", "properties": {"content": {"type": "string"}}, "required": ["content"]}});
    let mut schema = json!({"type": "object"});
    for _ in 0..300 {
        schema =
            json!({"type": "object", "properties": {"output": schema, "error": {"type": "x"}}});
    }
    let large = vec![json!({"type": "object", "enum": ["a", "b", "c"]}); 20_000];
    let more: serde_json::Map<_, _> = (0..64).map(|n| (n.to_string(), "x".into())).collect();
    json!({"status": status, "error": null, "model": "gpt-5-nano", "tools": vec![tool; 3000],
        "text": {"format": {"type": "json_schema", "schema": schema, "more": large}},
        "instructions": [{"type": "message", "content": vec![json!({"text": "x"}); 20_000]}],
        "metadata": more, "output": [{"type": "message", "content": [{"type": "output_text",
        "text": "Hello", "logprobs": logprobs(100)["content"]}]}],
        "usage": {"input_tokens": 43, "output_tokens": 13}})
}

#[test]
fn what_a_response_echoes_does_not_count() {
    let response = echoed("completed");
    let judged = in_one(OpenaiResponses, &response);
    assert_eq!((judged.outcome, judged.reason), (Delivered, None));
    let begun = event(&json!({"type": "response.created", "response": echoed("in_progress")}));
    let end = event(&json!({"type": "response.completed", "response": response}));
    let judged = streamed(OpenaiResponses, &(begun + &end), End::Complete);
    assert_eq!((judged.outcome, judged.reason), (Delivered, None));
    assert_eq!((judged.usage.input, judged.usage.output), (Some(43), Some(13)));
    assert_eq!(judged.source, UsageSource::Provider);
}

#[test]
fn gemini_with_what_was_likely_is_delivered() {
    let likely = json!({"candidates": vec![json!({"token": "x", "logProbability": -0.5}); 20]});
    let body = json!({"candidates": [{"content": {"parts": [{"text": "Hello"}]}, "finishReason":
        "STOP", "logprobsResult": {"topCandidates": vec![likely; 1000]}}],
        "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 9}});
    for judged in [
        in_one(Gemini, &body),
        in_one(Gemini, &json!([body])),
        streamed(Gemini, &data(&body), End::Complete),
    ] {
        assert_eq!((judged.outcome, judged.usage.output), (Delivered, Some(9)));
    }
}

#[test]
fn the_name_of_a_last_event_that_is_too_large_is_its_end() {
    let items = vec![json!({"type": "message", "content": [{"text": "x"}]}); 3000];
    let response = json!({"status": "completed", "output": items, "usage": {"input_tokens": 4}});
    let last = json!({"type": "response.completed", "response": response});
    let text = event(&json!({"type": "response.output_text.delta", "delta": "Hello"}));
    let judged = streamed(OpenaiResponses, &(text.clone() + &event(&last)), End::Complete);
    assert_eq!((judged.outcome, judged.reason), (Delivered, None));
    assert_eq!((judged.usage.input, judged.source), (None, UsageSource::None));
    // Nothing was seen before it, or its name is not there: it is not guessed.
    let judged = streamed(OpenaiResponses, &event(&last), End::Complete);
    assert_eq!((judged.outcome, judged.reason), (Failed, Some(Reason::Empty)));
    let judged = streamed(OpenaiResponses, &(text.clone() + &data(&last)), End::Complete);
    assert_eq!((judged.outcome, judged.reason), (Failed, Some(Reason::Truncated)));
    // Nor is one whose name says that it is none, or that is not whole.
    for (name, reason) in [
        ("response.failed", Reason::InBandError),
        ("error", Reason::InBandError),
        ("response.incomplete", Reason::Truncated),
        ("response.output_item.done", Reason::Truncated),
    ] {
        let body = text.clone()
            + &event(&last).replace("event: response.completed", &format!("event: {name}"));
        let judged = streamed(OpenaiResponses, &body, End::Complete);
        assert_eq!((judged.outcome, judged.reason), (Failed, Some(reason)), "{name}");
    }
    let cut = text + &event(&last);
    let judged = streamed(OpenaiResponses, &cut[..cut.len() - 9], End::Broken);
    assert_eq!((judged.outcome, judged.reason), (Failed, Some(Reason::Truncated)));
}

#[test]
fn a_last_event_of_a_message_that_is_too_large_is_its_end() {
    let text = event(&json!({"type": "content_block_delta", "delta": {"text": "Hello"}}));
    let large = event(&json!({"type": "message_stop", "content": vec![0; 100_000]}));
    assert_eq!(streamed(Anthropic, &(text + &large), End::Complete).outcome, Delivered);
    assert_eq!(streamed(Anthropic, &large, End::Complete).reason, Some(Reason::Empty));
}

#[test]
fn what_is_not_read_must_still_close_as_it_opened() {
    let begin = r#"{"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}], "x": "#;
    for (x, is_whole) in [
        (r#"{"a": ["\"}]\\", {"b": -1.5e3}], "c\"": {}}"#, true),
        ("[[], [[]], {}]", true),
        ("[1}", false),
        (r#"{"a": 1]"#, false),
        ("[{]}", false),
    ] {
        let body = format!("{begin}{x}}}");
        for size in 1..body.len() {
            let pieces = body.as_bytes().chunks(size);
            let judged = read(of(OpenaiChat, 200, JSON), pieces, End::Complete).judged;
            let (outcome, reason) =
                if is_whole { (Delivered, None) } else { (Failed, Some(Reason::Malformed)) };
            assert_eq!((judged.outcome, judged.reason), (outcome, reason), "{x} by {size}");
        }
    }
}

#[test]
fn words_for_breaking_off_are_no_good_end() {
    for word in ["insufficient_system_resource", "abort", "error", "cancelled"] {
        let body = chunk(0, &json!({"content": "half"}), None)
            + &chunk(0, &json!({}), Some(word))
            + "data: [DONE]\n\n";
        let judged = streamed(OpenaiChat, &body, End::Complete);
        assert_eq!((judged.outcome, judged.reason), (Failed, Some(Reason::InBandError)), "{word}");
        let choice = json!({"message": {"content": "half"}, "finish_reason": word});
        let judged = in_one(OpenaiChat, &json!({"choices": [choice]}));
        assert_eq!((judged.outcome, judged.reason), (Failed, Some(Reason::InBandError)), "{word}");
    }
}

#[test]
fn a_broken_call_of_a_tool_takes_nothing_from_what_is_visible() {
    for word in ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS"] {
        let ends = data(&json!({"candidates": [{"finishReason": word}]}));
        let said =
            |part: Value| data(&json!({"candidates": [{"content": {"parts": [part]}}]})) + &ends;
        let visible = streamed(Gemini, &said(json!({"text": "Hello"})), End::Complete);
        assert_eq!((visible.outcome, visible.reason), (Delivered, None), "{word}");
        for nothing in [json!({"text": ""}), json!({"text": "hm", "thought": true})] {
            let judged = streamed(Gemini, &said(nothing), End::Complete);
            assert_eq!((judged.outcome, judged.reason), (Failed, Some(Reason::ToolArguments)));
        }
    }
}

/// What a client sees of reasoning, in each protocol, and an end without a result.
fn reasoning() -> Vec<(Protocol, String, String)> {
    let done = json!({"type": "response.completed", "response": {"status": "completed"}});
    let chat =
        |delta: Value| (OpenaiChat, chunk(0, &delta, None), chunk(0, &json!({}), Some("stop")));
    let response =
        |kind: &str| (OpenaiResponses, event(&json!({"type": kind, "delta": "hm"})), event(&done));
    let stop = event(&json!({"type": "message_stop"}));
    let delta = json!({"type": "thinking_delta", "thinking": "hm"});
    let delta = event(&json!({"type": "content_block_delta", "delta": delta}));
    let block = json!({"type": "thinking", "thinking": "hm"});
    let block = event(&json!({"type": "content_block_start", "content_block": block}));
    let thought = json!([{"text": "hm", "thought": true}]);
    let thought = data(&json!({"candidates": [{"content": {"parts": thought}}]}));
    vec![
        chat(json!({"reasoning_content": "hm"})),
        chat(json!({"reasoning": "hm"})),
        chat(json!({"content": [{"type": "thinking", "thinking": [{"text": "hm"}]}]})),
        response("response.reasoning_text.delta"),
        response("response.reasoning_summary_text.delta"),
        (Anthropic, delta, stop.clone()),
        (Anthropic, block, stop),
        (Gemini, thought, data(&json!({"candidates": [{"finishReason": "STOP"}]}))),
    ]
}

#[test]
fn whoever_leaves_after_reading_the_reasoning_has_had_something() {
    for (protocol, thought, end) in reasoning() {
        let judged = streamed(protocol, &thought, End::ClientGone);
        assert_eq!(judged.outcome, Abandoned, "{thought}");
        let nothing = streamed(protocol, &thought.replace("hm", ""), End::ClientGone);
        let is_list =
            thought.contains("[{\"type\":\"thinking\"") || thought.contains("[{\"thinking\"");
        assert_eq!(nothing.outcome, if is_list { Abandoned } else { Cancelled }, "{thought}");
        // A whole answer of nothing else is empty all the same.
        let judged = streamed(protocol, &(thought.clone() + &end), End::Complete);
        assert_eq!((judged.outcome, judged.reason), (Failed, Some(Reason::Empty)), "{thought}");
        let mut reading = of(protocol, 200, SSE);
        reading.pass(thought.into());
        assert!(reading.has_output() && !reading.has_ended());
    }
}

#[test]
fn half_a_text_with_reasoning_is_something_too() {
    for (protocol, begun) in [
        (OpenaiChat, r#"{"choices": [{"message": {"reasoning_content": "hm"#),
        (OpenaiResponses, r#"{"output": [{"type": "reasoning", "summary": [{"text": "hm"#),
        (Anthropic, r#"{"content": [{"type": "thinking", "thinking": "hm"#),
        (Gemini, r#"{"candidates": [{"content": {"parts": [{"thought": true, "text": "hm"#),
    ] {
        let judged = read(of(protocol, 200, JSON), [begun.as_bytes()], End::ClientGone).judged;
        assert_eq!(judged.outcome, Abandoned, "{begun}");
    }
}

#[test]
fn events_are_known_by_the_essence_of_their_type() {
    for kind in ["text/event-stream", "Text/Event-Stream; charset=utf-8", " text/event-stream ;x"] {
        assert!(is_event_stream(kind), "{kind}");
    }
    for kind in ["", "text/event-streams", "text/event-stream-x", "application/json", "text/plain"]
    {
        assert!(!is_event_stream(kind), "{kind}");
    }
}
