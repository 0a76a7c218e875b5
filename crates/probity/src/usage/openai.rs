//! OpenAI's two protocols: chat completions, with what imitates them, and responses.
//!
//! Chat ends by a `finish_reason` of every choice, or `[DONE]`; its usage comes in a last piece
//! without choices. Responses end by an event that holds the whole response, or by its status.

use super::squeeze::Reads;
use super::told::{Finish, Told, has_some, has_text, is_error, is_there, items, set, word};
use serde_json::Value;

/// The keys of chat whose values are read.
pub(super) const CHAT: Reads = Reads {
    whole: &[
        "cache_write_tokens",
        "cached_tokens",
        "choices",
        "completion_tokens",
        "completion_tokens_details",
        "content",
        "delta",
        "finish_reason",
        "index",
        "message",
        "model",
        "prompt_cache_hit_tokens",
        "prompt_tokens",
        "prompt_tokens_details",
        "reasoning",
        "reasoning_content",
        "reasoning_tokens",
        "refusal",
        "text",
        "total_tokens",
        "type",
        "usage",
    ],
    any: &["audio", "data", "error", "function_call", "images", "tool_calls"],
};

/// The keys of responses whose values are read.
pub(super) const RESPONSES: Reads = Reads {
    whole: &[
        "cache_write_tokens",
        "cached_tokens",
        "content",
        "delta",
        "incomplete_details",
        "input_tokens",
        "input_tokens_details",
        "item",
        "model",
        "output",
        "output_tokens",
        "output_tokens_details",
        "reason",
        "reasoning_tokens",
        "refusal",
        "response",
        "result",
        "status",
        "summary",
        "text",
        "total_tokens",
        "type",
        "usage",
    ],
    any: &["audio", "error"],
};

/// Reads one event of chat, or a whole answer. True: it is a piece with usage and without choices.
pub(super) fn chat(told: &mut Told, value: &Value) -> bool {
    if !value.is_object() {
        told.malformed = true;
        return false;
    }
    told.error |= is_error(value.get("error"));
    told.model(value.get("model"));
    for choice in items(value.get("choices")) {
        self::choice(told, choice);
    }
    // Lists of embeddings or pictures have no choices, and no words for their end.
    if value.get("choices").is_none() && has_some(value.get("data")) {
        told.showed(0);
        told.finish(0, Finish::Whole);
    }
    let usage = value.get("usage");
    if is_there(usage) {
        chat_usage(told, usage);
        told.is_usage_whole = told.has_ended();
    }
    is_usage_piece(value)
}

/// Is it the piece with usage and without choices?
pub(super) fn is_usage_piece(value: &Value) -> bool {
    is_there(value.get("usage"))
        && value.get("choices").and_then(Value::as_array).is_some_and(Vec::is_empty)
}

fn choice(told: &mut Told, choice: &Value) {
    let index = choice.get("index").and_then(Value::as_u64).unwrap_or(0);
    told.saw(index);
    told.error |= is_error(choice.get("error"));
    for said in ["delta", "message"].into_iter().filter_map(|name| choice.get(name)) {
        let content = said.get("content");
        let is_thought = |part: &Value| part.get("type") == Some(&Value::from("thinking"));
        let is_shown = has_text(content)
            || items(content).any(|part| !is_thought(part))
            || ["tool_calls", "function_call", "audio", "images"]
                .into_iter()
                .any(|name| has_some(said.get(name)));
        if is_shown {
            told.showed(index);
        }
        if has_text(said.get("refusal")) {
            told.refused(index);
        }
        told.thought |= items(content).any(is_thought)
            || has_text(said.get("reasoning_content"))
            || has_text(said.get("reasoning"));
    }
    if has_text(choice.get("text")) {
        told.showed(index);
    }
    let Some(word) = word(choice.get("finish_reason")) else { return };
    let how = match word {
        "length" => Finish::Length,
        "content_filter" => Finish::Blocked,
        // As DeepSeek, vLLM, SGLang and OpenRouter say that it broke off.
        "insufficient_system_resource" | "abort" | "error" | "cancelled" => Finish::Error,
        _ => Finish::Whole,
    };
    told.finish(index, how);
}

fn chat_usage(told: &mut Told, usage: Option<&Value>) {
    let at = |name: &str| usage.and_then(|usage| usage.get(name));
    let of = |name: &str, part: &str| at(name).and_then(|details| details.get(part));
    let counters = &mut told.usage;
    set(&mut counters.input, at("prompt_tokens"));
    set(&mut counters.output, at("completion_tokens"));
    set(&mut counters.total, at("total_tokens"));
    set(&mut counters.cache_read, at("prompt_cache_hit_tokens"));
    set(&mut counters.cache_read, of("prompt_tokens_details", "cached_tokens"));
    set(&mut counters.cache_write, of("prompt_tokens_details", "cache_write_tokens"));
    set(&mut counters.reasoning, of("completion_tokens_details", "reasoning_tokens"));
}

/// Reads one event of a response.
pub(super) fn response_event(told: &mut Told, kind: &[u8], value: &Value) {
    let kind = value.get("type").and_then(Value::as_str).map_or(kind, str::as_bytes);
    match kind {
        b"error" => told.error = true,
        b"response.output_text.delta"
        | b"response.function_call_arguments.delta"
        | b"response.custom_tool_call_input.delta"
        | b"response.audio.delta" => {
            if has_text(value.get("delta")) {
                told.showed(0);
            }
        }
        b"response.refusal.delta" => {
            if has_text(value.get("delta")) {
                told.refused(0);
            }
        }
        b"response.reasoning_text.delta" | b"response.reasoning_summary_text.delta" => {
            told.thought |= has_text(value.get("delta"));
        }
        b"response.image_generation_call.partial_image" => told.showed(0),
        b"response.output_item.added" | b"response.output_item.done" => {
            value.get("item").into_iter().for_each(|item| output_item(told, item));
        }
        b"response.completed" | b"response.incomplete" | b"response.failed" => {
            told.error |= kind == b"response.failed";
            told.closed = true;
            match value.get("response") {
                Some(whole) => {
                    response(told, whole);
                    told.ended |= whole.is_object();
                }
                None => told.malformed = true,
            }
        }
        _ => {
            if let Some(begun) = value.get("response") {
                told.model(begun.get("model"));
            }
        }
    }
}

/// Reads a whole response.
pub(super) fn response(told: &mut Told, value: &Value) {
    if !value.is_object() {
        told.malformed = true;
        return;
    }
    told.error |= is_error(value.get("error"));
    told.model(value.get("model"));
    items(value.get("output")).for_each(|item| output_item(told, item));
    let why = value.get("incomplete_details").and_then(|details| details.get("reason"));
    match (value.get("status").and_then(Value::as_str), why.and_then(Value::as_str)) {
        (Some("failed" | "cancelled"), _) => told.error = true,
        (Some("queued" | "in_progress"), _) => told.pending = true,
        (Some("incomplete"), Some("content_filter")) => told.finish(0, Finish::Blocked),
        (Some("incomplete"), _) => told.finish(0, Finish::Length),
        (Some(_), _) => told.finish(0, Finish::Whole),
        (None, _) => {}
    }
    let Some(usage) = value.get("usage").filter(|usage| usage.is_object()) else { return };
    let of = |name: &str, part: &str| usage.get(name).and_then(|details| details.get(part));
    let counters = &mut told.usage;
    set(&mut counters.input, usage.get("input_tokens"));
    set(&mut counters.output, usage.get("output_tokens"));
    set(&mut counters.total, usage.get("total_tokens"));
    set(&mut counters.cache_read, of("input_tokens_details", "cached_tokens"));
    set(&mut counters.cache_write, of("input_tokens_details", "cache_write_tokens"));
    set(&mut counters.reasoning, of("output_tokens_details", "reasoning_tokens"));
    told.is_usage_whole = true;
}

/// What a client sees, or must act on; what the provider does for itself is no output.
fn output_item(told: &mut Told, item: &Value) {
    match item.get("type").and_then(Value::as_str) {
        Some("message") => {
            for part in items(item.get("content")) {
                if has_text(part.get("refusal")) {
                    told.refused(0);
                }
                if has_text(part.get("text")) || is_there(part.get("audio")) {
                    told.showed(0);
                }
            }
        }
        Some("reasoning") => {
            let mut parts = items(item.get("summary")).chain(items(item.get("content")));
            told.thought |= parts.any(|part| has_text(part.get("text")));
        }
        Some("image_generation_call") if !has_text(item.get("result")) => {}
        Some(
            "function_call"
            | "custom_tool_call"
            | "computer_call"
            | "local_shell_call"
            | "shell_call"
            | "apply_patch_call"
            | "image_generation_call"
            | "mcp_approval_request",
        ) => told.showed(0),
        _ => {}
    }
}
