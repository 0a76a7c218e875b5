//! OpenAI's responses.

use super::{CREATED, End, Output, Pieces, REFUSES, Said, TOOL, Usage, event};
use serde_json::{Value, json};

const ID: &str = "resp_fake";
const ITEM: &str = "msg_fake";

pub(super) fn whole(model: &str, said: &Said, text: &str) -> Value {
    let (status, reason) = match said.end {
        End::Stop | End::Tool => ("completed", None),
        End::Length => ("incomplete", Some("max_output_tokens")),
        End::Filter => ("incomplete", Some("content_filter")),
    };
    let mut answer = response(model, status);
    answer["incomplete_details"] = reason.map_or(Value::Null, |reason| json!({ "reason": reason }));
    answer["output"] = item(said, text, status).map_or(json!([]), |item| json!([item]));
    answer["usage"] = said.usage.map_or(Value::Null, usage);
    answer
}

fn response(model: &str, status: &str) -> Value {
    json!({
        "id": ID, "object": "response", "created_at": CREATED, "status": status, "error": null,
        "incomplete_details": null, "model": model, "output": [], "usage": null,
    })
}

/// The one item of the output.
fn item(said: &Said, text: &str, status: &str) -> Option<Value> {
    let message = |part: Value| {
        json!({ "type": "message", "id": ITEM, "status": status, "role": "assistant",
                "content": [part] })
    };
    Some(match said.output {
        Output::Text(_) => message(part(said, text)),
        Output::Refusal => message(part(said, REFUSES)),
        Output::Tool => {
            let (name, arguments) = TOOL;
            json!({ "type": "function_call", "id": "fc_fake", "call_id": "call_fake",
                    "status": status, "name": name, "arguments": arguments })
        }
        Output::Reasoning => json!({ "type": "reasoning", "id": "rs_fake", "summary": [] }),
        Output::Nothing => return None,
    })
}

fn part(said: &Said, text: &str) -> Value {
    if said.output == Output::Refusal {
        json!({ "type": "refusal", "refusal": text })
    } else {
        json!({ "type": "output_text", "text": text, "annotations": [], "logprobs": [] })
    }
}

pub(super) fn pieces(model: &str, said: &Said) -> Pieces {
    let text = said.words().concat();
    let mut n = 0;
    let mut next = |mut value: Value| {
        value["sequence_number"] = json!(n);
        n += 1;
        event(&value)
    };
    let mut before: Vec<String> = ["created", "in_progress"]
        .iter()
        .map(|name| {
            let response = response(model, "in_progress");
            next(json!({ "type": format!("response.{name}"), "response": response }))
        })
        .collect();
    let mut output = Vec::new();
    let mut after = Vec::new();
    let open = item(said, "", "in_progress");
    if let (Some(mut open), Some(done)) = (open, item(said, &text, "completed")) {
        let is_message = open.get("content").is_some();
        if is_message {
            open["content"] = json!([]);
        } else if open.get("arguments").is_some() {
            open["arguments"] = json!("");
        }
        before.push(next(json!({
            "type": "response.output_item.added", "output_index": 0, "item": open,
        })));
        let at = json!({ "item_id": done["id"], "output_index": 0 });
        let mut of_item = |name: &str, more: Value| {
            let mut value = at.clone();
            value["type"] = json!(format!("response.{name}"));
            if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
                value.extend(more);
            }
            next(value)
        };
        match said.output {
            Output::Tool => {
                let arguments = TOOL.1;
                output
                    .push(of_item("function_call_arguments.delta", json!({ "delta": arguments })));
                after.push(of_item(
                    "function_call_arguments.done",
                    json!({ "arguments": arguments }),
                ));
            }
            Output::Text(_) | Output::Refusal => {
                let (kind, words): (&str, Vec<&str>) = match said.output {
                    Output::Refusal => ("refusal", vec![REFUSES]),
                    _ => ("output_text", said.words().to_vec()),
                };
                let all = words.concat();
                let part_of = |text: &str| json!({ "content_index": 0, "part": part(said, text) });
                before.push(of_item("content_part.added", part_of("")));
                for word in words {
                    let delta = json!({ "content_index": 0, "delta": word });
                    output.push(of_item(&format!("{kind}.delta"), delta));
                }
                let key = if kind == "refusal" { "refusal" } else { "text" };
                after.push(of_item(
                    &format!("{kind}.done"),
                    json!({ "content_index": 0, key: all }),
                ));
                after.push(of_item("content_part.done", part_of(&all)));
            }
            Output::Reasoning | Output::Nothing => {}
        }
        after.push(next(json!({
            "type": "response.output_item.done", "output_index": 0, "item": done,
        })));
    }
    let whole = whole(model, said, &text);
    let name = format!("response.{}", whole["status"].as_str().unwrap_or("completed"));
    after.push(next(json!({ "type": name, "response": whole })));
    Pieces { before, output, after }
}

pub(super) fn piece(text: &str, n: u64) -> String {
    event(&json!({
        "type": "response.output_text.delta", "item_id": ITEM, "output_index": 0,
        "content_index": 0, "delta": text, "sequence_number": n,
    }))
}

fn usage(used: Usage) -> Value {
    json!({
        "input_tokens": used.input, "input_tokens_details": { "cached_tokens": used.cached },
        "output_tokens": used.output,
        "output_tokens_details": { "reasoning_tokens": used.reasoning },
        "total_tokens": used.input + used.output,
    })
}
