//! Anthropic's messages.

use super::{End, Output, Pieces, Said, TOOL, Usage, event};
use serde_json::{Value, json};

pub(super) fn whole(model: &str, said: &Said, text: &str) -> Value {
    let content = block(said, text).map_or(json!([]), |block| json!([block]));
    let mut answer = message(model, content, json!(stop(said)));
    if let Some(used) = said.usage {
        answer["usage"] = usage(used, used.output);
    }
    answer
}

fn message(model: &str, content: Value, stop: Value) -> Value {
    json!({
        "id": "msg_fake", "type": "message", "role": "assistant", "model": model,
        "content": content, "stop_reason": stop, "stop_sequence": null,
    })
}

/// The one block of the content.
fn block(said: &Said, text: &str) -> Option<Value> {
    Some(match said.output {
        Output::Text(_) => json!({ "type": "text", "text": text }),
        Output::Tool => {
            let input: Value = serde_json::from_str(TOOL.1).unwrap_or_default();
            json!({ "type": "tool_use", "id": "toolu_fake", "name": TOOL.0, "input": input })
        }
        Output::Reasoning => json!({ "type": "thinking", "thinking": "…", "signature": "fake" }),
        Output::Refusal | Output::Nothing => return None,
    })
}

pub(super) fn pieces(model: &str, said: &Said) -> Pieces {
    let mut start = message(model, json!([]), Value::Null);
    if let Some(used) = said.usage {
        start["usage"] = usage(used, used.output.min(1));
    }
    let mut before = vec![event(&json!({ "type": "message_start", "message": start }))];
    let mut after = Vec::new();
    if let Some(mut block) = block(said, "") {
        if said.output == Output::Tool {
            block["input"] = json!({});
        }
        before.push(event(&json!({
            "type": "content_block_start", "index": 0, "content_block": block,
        })));
        after.push(event(&json!({ "type": "content_block_stop", "index": 0 })));
    }
    before.push(event(&json!({ "type": "ping" })));
    let output = match said.output {
        Output::Tool => {
            vec![delta(&json!({ "type": "input_json_delta", "partial_json": TOOL.1 }))]
        }
        _ => said.words().iter().map(|word| piece(word)).collect(),
    };
    let delta = json!({ "stop_reason": stop(said), "stop_sequence": null });
    let mut end = json!({ "type": "message_delta", "delta": delta });
    if let Some(used) = said.usage {
        // Every counter of it is of the whole message so far.
        end["usage"] = usage(used, used.output);
    }
    after.push(event(&end));
    after.push(event(&json!({ "type": "message_stop" })));
    Pieces { before, output, after }
}

pub(super) fn piece(text: &str) -> String {
    delta(&json!({ "type": "text_delta", "text": text }))
}

fn delta(delta: &Value) -> String {
    event(&json!({ "type": "content_block_delta", "index": 0, "delta": delta }))
}

const fn stop(said: &Said) -> &'static str {
    match (said.output, said.end) {
        (Output::Refusal, _) | (_, End::Filter) => "refusal",
        (_, End::Stop) => "end_turn",
        (_, End::Length) => "max_tokens",
        (_, End::Tool) => "tool_use",
    }
}

/// Here the input is without what was read from a cache.
fn usage(used: Usage, output: u64) -> Value {
    json!({
        "input_tokens": used.input - used.cached, "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": used.cached, "output_tokens": output,
    })
}
