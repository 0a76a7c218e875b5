//! Answers of each protocol, written from the facts of public recordings (their shapes, the order of
//! their events, where they say what), in words and numbers of our own.

use super::Fixture;
use probity::core::Outcome::{self, Blocked, Delivered, Failed};
use probity::core::command::UsageSource::{self, Partial, Provider};
use probity::usage::{Protocol, Reason};
use serde_json::{Value, json};

pub(crate) const SSE: &str = "text/event-stream; charset=utf-8";
pub(crate) const JSON: &str = "application/json";

type Came = (Outcome, Option<Reason>);
type Counted = ([Option<u64>; 5], UsageSource);

const WHOLE: Came = (Delivered, None);
const NONE: Counted = ([None; 5], UsageSource::None);

/// One event of data only.
pub(crate) fn data(value: &Value) -> String {
    format!("data: {value}\n\n")
}

/// One event with its type, which stands in its data, too.
pub(crate) fn event(value: &Value) -> String {
    format!("event: {}\ndata: {value}\n\n", value["type"].as_str().expect("a type"))
}

/// A stream; it ends where the line with `end` does.
fn stream(
    name: &'static str,
    protocol: Protocol,
    body: String,
    end: &str,
    (outcome, reason): Came,
    (usage, source): Counted,
) -> Fixture {
    let ends_at = body.find(end).filter(|_| !end.is_empty()).map(|at| {
        let line = body[at..].find(['\n', '\r']).expect("a line");
        at + line
    });
    assert_eq!(ends_at.is_some(), !end.is_empty(), "{name}");
    Fixture { name, protocol, kind: SSE, body, ends_at, outcome, reason, usage, source }
}

/// An answer in one text; it ends with its closing bracket.
fn whole(
    name: &'static str,
    protocol: Protocol,
    body: &Value,
    (outcome, reason): Came,
    (usage, source): Counted,
) -> Fixture {
    let body = format!("{body:#}\n");
    let ends_at = Some(body.len() - 1);
    Fixture { name, protocol, kind: JSON, body, ends_at, outcome, reason, usage, source }
}

/// A piece of chat.
pub(crate) fn chunk(index: u64, delta: &Value, finish: Option<&str>) -> String {
    data(&json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000,
        "model": "gpt-4o-mini-2024-07-18", "usage": null,
        "choices": [{"index": index, "delta": delta, "logprobs": null, "finish_reason": finish}]}))
}

pub(crate) fn chat_usage() -> Value {
    json!({"prompt_tokens": 40, "completion_tokens": 12, "total_tokens": 52,
        "prompt_tokens_details": {"cached_tokens": 16, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 5, "audio_tokens": 0}})
}

/// The piece with usage and without choices.
pub(crate) fn usage_chunk() -> String {
    data(&json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [],
        "model": "gpt-4o-mini-2024-07-18", "usage": chat_usage()}))
}

pub(crate) const CHAT: Counted = ([Some(40), Some(16), None, Some(12), Some(5)], Provider);

fn said(text: &str) -> Value {
    json!({"content": text})
}

pub(crate) fn chat_text() -> String {
    [
        ": keep-alive\n\n".to_owned(),
        chunk(0, &json!({"role": "assistant", "content": "", "refusal": null}), None),
        chunk(0, &said("Grüße, 漢 🦀"), None),
        chunk(0, &said(" there"), None),
        chunk(0, &json!({}), Some("stop")),
        usage_chunk(),
        "data: [DONE]\n\n".to_owned(),
    ]
    .concat()
}

fn chat() -> Vec<Fixture> {
    use Protocol::OpenaiChat as C;
    let tool = json!({"tool_calls": [{"index": 0, "id": "call_1", "type": "function",
        "function": {"name": "look_up", "arguments": ""}}]});
    let more = json!({"tool_calls": [{"index": 0, "function": {"arguments": "{\"of\":7}"}}]});
    let done = "data: [DONE]\n\n";
    let two = [
        chunk(0, &said("one"), None),
        chunk(1, &said("two"), None),
        chunk(0, &json!({}), Some("stop")),
        chunk(1, &json!({}), Some("length")),
        done.to_owned(),
    ];
    let filtered = [chunk(0, &said("half"), None), chunk(0, &json!({}), Some("content_filter"))];
    let refused =
        [chunk(0, &json!({"refusal": "I cannot"}), None), chunk(0, &json!({}), Some("stop"))];
    let failed =
        data(&json!({"id": "gen-1", "error": {"code": 502, "message": "upstream is down"},
        "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "error"}]}));
    let failed = [chunk(0, &said("half"), None), failed, done.to_owned()];
    let thought =
        [chunk(0, &json!({"reasoning_content": "hm"}), None), chunk(0, &json!({}), Some("length"))];
    let stop = "\"finish_reason\":\"stop\"";
    vec![
        stream("chat, text", C, chat_text(), stop, WHOLE, CHAT),
        stream(
            "chat, text, lines end in two",
            C,
            chat_text().replace('\n', "\r\n"),
            stop,
            WHOLE,
            CHAT,
        ),
        stream(
            "chat, text, lines end in returns",
            C,
            chat_text().replace('\n', "\r"),
            stop,
            WHOLE,
            CHAT,
        ),
        stream(
            "chat, a tool, no [DONE]",
            C,
            [
                chunk(0, &tool, None),
                chunk(0, &more, None),
                chunk(0, &json!({}), Some("tool_calls")),
            ]
            .concat(),
            "\"finish_reason\":\"tool_calls\"",
            WHOLE,
            NONE,
        ),
        stream("chat, only [DONE]", C, chunk(0, &said("x"), None) + done, "[DONE]", WHOLE, NONE),
        stream(
            "chat, no last empty line",
            C,
            (chunk(0, &said("x"), None) + &chunk(0, &json!({}), Some("stop")))
                .trim_end()
                .to_owned()
                + "\n",
            stop,
            WHOLE,
            NONE,
        ),
        stream("chat, two choices", C, two.concat(), "\"finish_reason\":\"length\"", WHOLE, NONE),
        stream(
            "chat, filtered after output",
            C,
            filtered.concat(),
            "",
            (Blocked, Some(Reason::BlockedAfterOutput)),
            NONE,
        ),
        stream(
            "chat, a refusal of its own",
            C,
            refused.concat(),
            "",
            (Blocked, Some(Reason::BlockedBeforeOutput)),
            NONE,
        ),
        stream(
            "chat, an error inside",
            C,
            failed.concat(),
            "",
            (Failed, Some(Reason::InBandError)),
            NONE,
        ),
        stream("chat, only thoughts", C, thought.concat(), "", (Failed, Some(Reason::Empty)), NONE),
        whole(
            "chat, whole",
            C,
            &json!({"model": "gpt-4o-mini", "usage": chat_usage(), "choices": [
            {"index": 0, "message": {"role": "assistant", "content": "Hello", "refusal": null},
             "finish_reason": "stop"}]}),
            WHOLE,
            CHAT,
        ),
        whole(
            "chat, length limit",
            C,
            &json!({"choices": [{"index": 0, "finish_reason": "length",
            "message": {"content": "Hel"}}], "usage": {"prompt_tokens": 0, "completion_tokens": 3}}),
            (Delivered, Some(Reason::LengthLimit)),
            ([Some(0), None, None, Some(3), None], Provider),
        ),
        whole(
            "chat, all of it reasoning",
            C,
            &json!({"choices": [{"index": 0, "finish_reason": "length",
            "message": {"content": ""}}], "usage": chat_usage()}),
            (Failed, Some(Reason::Empty)),
            CHAT,
        ),
        whole(
            "chat, whole error",
            C,
            &json!({"error": {"message": "no", "type": "server_error"}}),
            (Failed, Some(Reason::InBandError)),
            NONE,
        ),
        whole(
            "chat, thoughts beside the output",
            C,
            &json!({"choices": [{"finish_reason": "stop",
            "message": {"content": "x"}}], "usage": {"prompt_tokens": 10, "completion_tokens": 5,
            "total_tokens": 35}}),
            WHOLE,
            ([Some(10), None, None, Some(25), None], Provider),
        ),
    ]
}

fn response(status: &str, more: &Value) -> Value {
    let mut response = json!({"id": "resp_1", "object": "response", "status": status, "error": null,
        "model": "gpt-5-nano-2025-08-07", "incomplete_details": null, "output": [], "usage": null,
        "instructions": "x".repeat(300)});
    let more = more.as_object().expect("an object").clone();
    response.as_object_mut().expect("an object").extend(more);
    response
}

fn responses() -> Vec<Fixture> {
    use Protocol::OpenaiResponses as R;
    let usage = json!({"input_tokens": 43, "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": 13, "output_tokens_details": {"reasoning_tokens": 8}, "total_tokens": 56});
    let counted = ([Some(43), Some(0), None, Some(13), Some(8)], Provider);
    let begun = event(
        &json!({"type": "response.created", "response": response("in_progress", &json!({}))}),
    );
    let text =
        event(&json!({"type": "response.output_text.delta", "delta": "Hello", "output_index": 0}));
    let refusal = event(&json!({"type": "response.refusal.delta", "delta": "Sorry"}));
    let ended = |kind: &str, status: &str, more: Value| {
        event(&json!({"type": kind, "response": response(status, &more)}))
    };
    let message = json!({"type": "message", "content": [{"type": "output_text", "text": "Hello"}]});
    let cut = json!({"usage": usage, "incomplete_details": {"reason": "max_output_tokens"}});
    let filtered = json!({"incomplete_details": {"reason": "content_filter"}});
    let quota = json!({"error": {"code": "insufficient_quota", "message": "no"}});
    let whole_text =
        json!({"output": [{"type": "reasoning", "summary": []}, message], "usage": usage});
    let call = json!({"type": "function_call", "name": "look_up", "arguments": "{}"});
    let item = event(&json!({"type": "response.output_item.done", "item": call}));
    let streamed = |name, parts: [String; 3], end, came, counted| {
        let body = parts.concat();
        let end = if end { "\"type\":\"response.completed\"" } else { "" };
        stream(name, R, body, end, came, counted)
    };
    vec![
        streamed(
            "responses, text",
            [
                begun.clone(),
                text.clone(),
                ended("response.completed", "completed", whole_text.clone()),
            ],
            true,
            WHOLE,
            counted,
        ),
        streamed(
            "responses, a call",
            [
                begun.clone(),
                item,
                ended("response.completed", "completed", json!({"usage": usage})),
            ],
            true,
            WHOLE,
            counted,
        ),
        stream(
            "responses, length limit",
            R,
            [begun.clone(), text.clone(), ended("response.incomplete", "incomplete", cut)].concat(),
            "\"type\":\"response.incomplete\"",
            (Delivered, Some(Reason::LengthLimit)),
            counted,
        ),
        streamed(
            "responses, filtered",
            [begun.clone(), text.clone(), ended("response.incomplete", "incomplete", filtered)],
            false,
            (Blocked, Some(Reason::BlockedAfterOutput)),
            NONE,
        ),
        streamed(
            "responses, refused",
            [
                begun.clone(),
                refusal,
                ended("response.completed", "completed", json!({"usage": usage})),
            ],
            false,
            (Blocked, Some(Reason::BlockedBeforeOutput)),
            counted,
        ),
        streamed(
            "responses, quota",
            [
                begun.clone(),
                event(&json!({"type": "error", "error": quota["error"]})),
                ended("response.failed", "failed", quota.clone()),
            ],
            false,
            (Failed, Some(Reason::InBandError)),
            NONE,
        ),
        streamed(
            "responses, failed only",
            [begun, String::new(), ended("response.failed", "failed", quota)],
            false,
            (Failed, Some(Reason::InBandError)),
            NONE,
        ),
        whole("responses, whole", R, &response("completed", &whole_text), WHOLE, counted),
        whole(
            "responses, empty",
            R,
            &response("completed", &json!({"usage": usage})),
            (Failed, Some(Reason::Empty)),
            counted,
        ),
        whole(
            "responses, in the background",
            R,
            &response("queued", &json!({})),
            (Failed, Some(Reason::Pending)),
            NONE,
        ),
    ]
}

fn begins(usage: &Value) -> String {
    event(&json!({"type": "message_start", "message": {"id": "msg_1", "type": "message",
        "role": "assistant", "model": "claude-sonnet-4-5", "content": [], "stop_reason": null,
        "usage": usage}}))
}

fn stops(reason: &str, usage: &Value) -> String {
    event(&json!({"type": "message_delta", "usage": usage,
        "delta": {"stop_reason": reason, "stop_sequence": null}}))
}

fn anthropic() -> Vec<Fixture> {
    use Protocol::Anthropic as A;
    let small = json!({"input_tokens": 10, "cache_creation_input_tokens": 3,
        "cache_read_input_tokens": 0, "output_tokens": 1});
    let start = event(&json!({"type": "content_block_start", "index": 0,
        "content_block": {"type": "text", "text": ""}}));
    let text = start
        + &event(&json!({"type": "content_block_delta", "index": 0,
        "delta": {"type": "text_delta", "text": "Hello"}}));
    let thinks = event(&json!({"type": "content_block_start", "index": 0,
        "content_block": {"type": "thinking", "thinking": "", "signature": ""}}))
        + &event(&json!({"type": "content_block_delta", "index": 0,
        "delta": {"type": "thinking_delta", "thinking": "hm"}}));
    let tool = event(&json!({"type": "content_block_start", "index": 1,
        "content_block": {"type": "tool_use", "id": "toolu_1", "name": "look_up", "input": {}}}));
    let ping = event(&json!({"type": "ping"}));
    let stop = event(&json!({"type": "message_stop"}));
    let error =
        event(&json!({"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}));
    // Counters are of the whole message: the last ones replace the first, up or down.
    let last = json!({"input_tokens": 2, "cache_read_input_tokens": 90, "output_tokens": 27});
    let counted = ([Some(95), Some(90), Some(3), Some(27), None], Provider);
    let small_only = ([Some(13), Some(0), Some(3), Some(1), None], Partial);
    let end = "\"stop_reason\":\"";
    let turn = |reason: &str| stops(reason, &last);
    let at = |reason: &str| format!("{end}{reason}\"");
    vec![
        stream(
            "anthropic, text",
            A,
            [begins(&small), ping, text.clone(), turn("end_turn"), stop.clone()].concat(),
            &at("end_turn"),
            WHOLE,
            counted,
        ),
        stream(
            "anthropic, two beginnings",
            A,
            [begins(&small), begins(&small), text.clone(), turn("end_turn"), stop.clone()].concat(),
            &at("end_turn"),
            WHOLE,
            counted,
        ),
        stream(
            "anthropic, thinks and calls a tool",
            A,
            [begins(&small), thinks.clone(), tool, turn("tool_use"), stop.clone()].concat(),
            &at("tool_use"),
            WHOLE,
            counted,
        ),
        stream(
            "anthropic, length limit",
            A,
            [begins(&small), text.clone(), turn("max_tokens"), stop.clone()].concat(),
            &at("max_tokens"),
            (Delivered, Some(Reason::LengthLimit)),
            counted,
        ),
        stream(
            "anthropic, only thoughts",
            A,
            [begins(&small), thinks, turn("max_tokens"), stop.clone()].concat(),
            "",
            (Failed, Some(Reason::Empty)),
            counted,
        ),
        stream(
            "anthropic, refused at once",
            A,
            [begins(&small), turn("refusal"), stop.clone()].concat(),
            "",
            (Blocked, Some(Reason::BlockedBeforeOutput)),
            counted,
        ),
        stream(
            "anthropic, refused after output",
            A,
            [begins(&small), text.clone(), turn("refusal"), stop.clone()].concat(),
            "",
            (Blocked, Some(Reason::BlockedAfterOutput)),
            counted,
        ),
        stream(
            "anthropic, an error inside",
            A,
            [begins(&small), text.clone(), error].concat(),
            "",
            (Failed, Some(Reason::InBandError)),
            small_only,
        ),
        stream(
            "anthropic, no usage at the end",
            A,
            [begins(&small), text, stop].concat(),
            "\"type\":\"message_stop\"",
            WHOLE,
            small_only,
        ),
        whole(
            "anthropic, whole",
            A,
            &json!({"type": "message", "model": "claude-sonnet-4-5",
            "content": [{"type": "text", "text": "Hello"}], "stop_reason": "end_turn", "usage": last}),
            WHOLE,
            ([Some(92), Some(90), None, Some(27), None], Provider),
        ),
        whole(
            "anthropic, whole refusal",
            A,
            &json!({"type": "message", "content": [],
            "stop_reason": "refusal", "usage": {"input_tokens": 18, "output_tokens": 5}}),
            (Blocked, Some(Reason::BlockedBeforeOutput)),
            ([Some(18), None, None, Some(5), None], Provider),
        ),
        whole(
            "anthropic, whole error",
            A,
            &json!({"type": "error", "error": {"type": "api_error"}}),
            (Failed, Some(Reason::InBandError)),
            NONE,
        ),
    ]
}

fn piece(parts: &Value, finish: Option<&str>, usage: &Value) -> Value {
    let mut candidate = json!({"index": 0, "content": {"role": "model", "parts": parts}});
    if let Some(finish) = finish {
        candidate["finishReason"] = json!(finish);
    }
    json!({"candidates": [candidate], "modelVersion": "gemini-2.5-flash", "usageMetadata": usage})
}

fn gemini() -> Vec<Fixture> {
    use Protocol::Gemini as G;
    let usage = |candidates: u64, tool: u64| {
        json!({"promptTokenCount": 91, "candidatesTokenCount": candidates, "thoughtsTokenCount": 65,
            "toolUsePromptTokenCount": tool, "cachedContentTokenCount": 8})
    };
    let thought = piece(
        &json!([{"text": "hm", "thought": true}]),
        None,
        &json!({"promptTokenCount": 91, "thoughtsTokenCount": 65}),
    );
    let text = piece(&json!([{"text": "Hello"}]), None, &usage(4, 0));
    let first =
        piece(&json!([{"executableCode": {"code": "print(1)"}}]), Some("STOP"), &usage(10, 400));
    let second = piece(&json!([{"text": " there"}]), Some("STOP"), &usage(20, 900));
    let cut = piece(&json!([{"text": "Hel"}]), Some("MAX_TOKENS"), &usage(2, 0));
    let unsafe_now = piece(&json!([]), Some("SAFETY"), &usage(4, 0));
    let broken = piece(&json!([]), Some("MALFORMED_FUNCTION_CALL"), &usage(4, 0));
    let call = piece(
        &json!([{"functionCall": {"name": "look_up", "args": {}}}]),
        Some("STOP"),
        &usage(5, 0),
    );
    let blocked = json!({"promptFeedback": {"blockReason": "SAFETY"},
        "usageMetadata": {"promptTokenCount": 14, "totalTokenCount": 14}});
    let of = |output: u64, input: u64| {
        ([Some(input), Some(8), None, Some(output + 65), Some(65)], Provider)
    };
    let events = |pieces: &[&Value]| {
        pieces.iter().map(|piece| format!("data: {piece}\r\n\r\n")).collect::<String>()
    };
    let list = |pieces: &[&Value]| {
        let pieces: Vec<_> = pieces.iter().map(|piece| format!("{piece:#}")).collect();
        format!("[{}]", pieces.join("\n,\r\n"))
    };
    let in_list = |name, body: String, came: Came, (usage, source): Counted| {
        let ends_at = body.find("finishReason").filter(|_| came.0 == Delivered);
        let (outcome, reason) = came;
        Fixture { name, protocol: G, kind: JSON, body, ends_at, outcome, reason, usage, source }
    };
    let end = "\"finishReason\":\"STOP\"";
    vec![
        stream(
            "gemini, text with thoughts",
            G,
            events(&[&thought, &text, &second]),
            end,
            WHOLE,
            of(20, 991),
        ),
        stream(
            "gemini, two ends",
            G,
            events(&[&text, &first, &text, &second]),
            end,
            WHOLE,
            of(20, 991),
        ),
        stream(
            "gemini, length limit",
            G,
            events(&[&text, &cut]),
            "MAX_TOKENS",
            (Delivered, Some(Reason::LengthLimit)),
            of(2, 91),
        ),
        stream(
            "gemini, filtered after output",
            G,
            events(&[&text, &unsafe_now]),
            "",
            (Blocked, Some(Reason::BlockedAfterOutput)),
            of(4, 91),
        ),
        stream(
            "gemini, blocked at once",
            G,
            events(&[&blocked]),
            "",
            (Blocked, Some(Reason::BlockedBeforeOutput)),
            ([Some(14), None, None, None, None], Partial),
        ),
        stream(
            "gemini, a call that cannot be read",
            G,
            events(&[&broken]),
            "",
            (Failed, Some(Reason::ToolArguments)),
            of(4, 91),
        ),
        stream(
            "gemini, an error inside",
            G,
            events(&[&text, &json!({"error": {"code": 503}})]),
            "",
            (Failed, Some(Reason::InBandError)),
            ([Some(91), Some(8), None, Some(69), Some(65)], Partial),
        ),
        in_list("gemini, a list", list(&[&thought, &text, &second]), WHOLE, of(20, 991)),
        in_list(
            "gemini, a list with an error",
            list(&[&json!({"error": {"code": 400}})]),
            (Failed, Some(Reason::InBandError)),
            NONE,
        ),
        whole("gemini, whole call", G, &call, WHOLE, of(5, 91)),
        whole(
            "gemini, whole but nothing",
            G,
            &piece(&json!([]), Some("STOP"), &usage(0, 0)),
            (Failed, Some(Reason::Empty)),
            of(0, 91),
        ),
    ]
}

/// All of them.
pub(crate) fn all() -> Vec<Fixture> {
    [chat(), responses(), anthropic(), gemini()].into_iter().flatten().collect()
}
