//! Anthropic's messages. They end by `message_stop`, or a `stop_reason`; counters are of the whole
//! message each time they are told, so they are set and never added up.

use super::squeeze::Reads;
use super::told::{Finish, Told, has_some, has_text, is_error, is_there, items, set, word};
use serde_json::Value;

/// The keys whose values are read.
pub(super) const READS: Reads = Reads {
    whole: &[
        "cache_creation_input_tokens",
        "cache_read_input_tokens",
        "content",
        "content_block",
        "delta",
        "input_tokens",
        "message",
        "model",
        "output_tokens",
        "output_tokens_details",
        "stop_reason",
        "text",
        "thinking",
        "thinking_tokens",
        "type",
        "usage",
    ],
    any: &["error", "source"],
};

/// Reads one event of a message.
pub(super) fn event(told: &mut Told, kind: &[u8], value: &Value) {
    match value.get("type").and_then(Value::as_str).map_or(kind, str::as_bytes) {
        b"error" => told.error = true,
        b"message_start" => {
            if let Some(begun) = value.get("message") {
                message(told, begun);
                told.is_usage_whole = false;
            }
        }
        b"content_block_start" => {
            value.get("content_block").into_iter().for_each(|block| self::block(told, block));
        }
        b"content_block_delta" => {
            let delta = value.get("delta");
            if has_text(delta.and_then(|delta| delta.get("text"))) {
                told.showed(0);
            }
            told.thought |= has_text(delta.and_then(|delta| delta.get("thinking")));
        }
        b"message_delta" => {
            let delta = value.get("delta");
            stop(told, delta.and_then(|delta| delta.get("stop_reason")));
            usage(told, value.get("usage"));
        }
        b"message_stop" => {
            told.ended = true;
            told.closed = true;
        }
        _ => {}
    }
}

/// Reads a whole message.
pub(super) fn message(told: &mut Told, value: &Value) {
    if !value.is_object() {
        told.malformed = true;
        return;
    }
    told.error |= value.get("type").and_then(Value::as_str) == Some("error");
    told.error |= is_error(value.get("error"));
    told.model(value.get("model"));
    items(value.get("content")).for_each(|block| self::block(told, block));
    stop(told, value.get("stop_reason"));
    usage(told, value.get("usage"));
}

/// What a client sees, or must act on; what the provider does for itself, and thinking, is no output.
fn block(told: &mut Told, block: &Value) {
    let is_shown = match block.get("type").and_then(Value::as_str) {
        Some("text") => has_text(block.get("text")),
        Some("tool_use") => true,
        Some("image" | "document") => has_some(block.get("source")),
        _ => false,
    };
    if is_shown {
        told.showed(0);
    }
    told.thought |= has_text(block.get("thinking"));
}

fn stop(told: &mut Told, reason: Option<&Value>) {
    let Some(word) = word(reason) else { return };
    let how = match word {
        "max_tokens" | "model_context_window_exceeded" => Finish::Length,
        "refusal" => Finish::Blocked,
        _ => Finish::Whole,
    };
    told.finish(0, how);
}

fn usage(told: &mut Told, usage: Option<&Value>) {
    let Some(usage) = usage.filter(|usage| usage.is_object()) else { return };
    let counters = &mut told.usage;
    set(&mut counters.input, usage.get("input_tokens"));
    set(&mut counters.cache_read, usage.get("cache_read_input_tokens"));
    set(&mut counters.cache_write, usage.get("cache_creation_input_tokens"));
    set(&mut counters.output, usage.get("output_tokens"));
    let details = usage.get("output_tokens_details");
    set(&mut counters.reasoning, details.and_then(|details| details.get("thinking_tokens")));
    told.is_usage_whole |= is_there(usage.get("output_tokens"));
}
