//! OpenAI's chat completions.

use super::{CREATED, End, Output, Pieces, REFUSES, Said, TOOL, Usage, data};
use crate::fake_upstream::asked::Asked;
use serde_json::{Value, json};

const ID: &str = "chatcmpl-fake";

pub(super) fn whole(model: &str, said: &Said, text: &str) -> Value {
    let mut message = json!({ "role": "assistant", "content": text, "refusal": null });
    match said.output {
        Output::Refusal => {
            message = json!({ "role": "assistant", "content": null, "refusal": REFUSES });
        }
        Output::Tool => {
            message = json!({ "role": "assistant", "content": null, "refusal": null,
                              "tool_calls": [tool()] });
        }
        Output::Text(_) | Output::Reasoning | Output::Nothing => {}
    }
    let mut answer = json!({
        "id": ID, "object": "chat.completion", "created": CREATED, "model": model,
        "choices": [{ "index": 0, "message": message, "logprobs": null,
                      "finish_reason": finish(said.end) }],
    });
    if let Some(used) = said.usage {
        answer["usage"] = usage(used);
    }
    answer
}

pub(super) fn pieces(asked: &Asked, said: &Said) -> Pieces {
    let delta = |delta: Value, finish: Value| chunk(asked, &delta, &finish);
    let output = match said.output {
        Output::Refusal => vec![delta(json!({ "refusal": REFUSES }), Value::Null)],
        Output::Tool => {
            let mut tool = tool();
            tool["index"] = json!(0);
            vec![delta(json!({ "tool_calls": [tool] }), Value::Null)]
        }
        _ => said.words().iter().map(|word| piece(asked, word)).collect(),
    };
    let mut after = vec![delta(json!({}), json!(finish(said.end)))];
    if let (true, Some(used)) = (asked.wants_usage, said.usage) {
        after.push(data(&json!({
            "id": ID, "object": "chat.completion.chunk", "created": CREATED,
            "model": asked.model, "choices": [], "usage": usage(used),
        })));
    }
    after.push("data: [DONE]\n\n".to_owned());
    let role = json!({ "role": "assistant", "content": "", "refusal": null });
    Pieces { before: vec![delta(role, Value::Null)], output, after }
}

pub(super) fn piece(asked: &Asked, text: &str) -> String {
    chunk(asked, &json!({ "content": text }), &Value::Null)
}

fn chunk(asked: &Asked, delta: &Value, finish: &Value) -> String {
    let mut chunk = json!({
        "id": ID, "object": "chat.completion.chunk", "created": CREATED, "model": asked.model,
        "choices": [{ "index": 0, "delta": delta, "logprobs": null, "finish_reason": finish }],
    });
    if asked.wants_usage {
        chunk["usage"] = Value::Null;
    }
    data(&chunk)
}

fn tool() -> Value {
    let (name, arguments) = TOOL;
    json!({ "id": "call_fake", "type": "function",
            "function": { "name": name, "arguments": arguments } })
}

const fn finish(end: End) -> &'static str {
    match end {
        End::Stop => "stop",
        End::Length => "length",
        End::Filter => "content_filter",
        End::Tool => "tool_calls",
    }
}

fn usage(used: Usage) -> Value {
    json!({
        "prompt_tokens": used.input, "completion_tokens": used.output,
        "total_tokens": used.input + used.output,
        "prompt_tokens_details": { "cached_tokens": used.cached, "audio_tokens": 0 },
        "completion_tokens_details": { "reasoning_tokens": used.reasoning, "audio_tokens": 0 },
    })
}
