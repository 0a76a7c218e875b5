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

/// Writes events, each with its number.
struct Pen {
    next: u64,
    item: Value,
}

impl Pen {
    fn event(&mut self, mut value: Value) -> String {
        value["sequence_number"] = json!(self.next);
        self.next += 1;
        event(&value)
    }

    /// An event about the one item.
    fn of_item(&mut self, name: &str, more: Value) -> String {
        let mut value = json!({
            "type": format!("response.{name}"), "item_id": self.item["id"], "output_index": 0,
        });
        if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
            value.extend(more);
        }
        self.event(value)
    }
}

pub(super) fn pieces(model: &str, said: &Said) -> Pieces {
    let text = said.words().concat();
    let item = item(said, &text, "completed");
    let mut pen = Pen { next: 0, item: item.clone().unwrap_or_default() };
    let begun = ["created", "in_progress"].map(|name| {
        let response = response(model, "in_progress");
        pen.event(json!({ "type": format!("response.{name}"), "response": response }))
    });
    let (before, output, after) = (begun.to_vec(), Vec::new(), Vec::new());
    let mut pieces = Pieces { before, output, after };
    if let Some(item) = item {
        let open = opened(&item);
        pieces.before.push(pen.event(json!({
            "type": "response.output_item.added", "output_index": 0, "item": open,
        })));
        within(&mut pen, said, &mut pieces);
        pieces.after.push(pen.event(json!({
            "type": "response.output_item.done", "output_index": 0, "item": item,
        })));
    }
    let whole = whole(model, said, &text);
    let name = format!("response.{}", whole["status"].as_str().unwrap_or("completed"));
    pieces.after.push(pen.event(json!({ "type": name, "response": whole })));
    pieces
}

/// The item as it stands before anything of it came.
fn opened(item: &Value) -> Value {
    let mut open = item.clone();
    for (key, nothing) in [("content", json!([])), ("arguments", json!(""))] {
        if open.get(key).is_some() {
            open[key] = nothing;
        }
    }
    if open.get("status").is_some() {
        open["status"] = json!("in_progress");
    }
    open
}

/// The events of what stands in the item.
fn within(pen: &mut Pen, said: &Said, pieces: &mut Pieces) {
    let (kind, key, words) = match said.output {
        Output::Tool => {
            let name = "function_call_arguments";
            let delta = json!({ "delta": TOOL.1 });
            pieces.output.push(pen.of_item(&format!("{name}.delta"), delta));
            let done = json!({ "arguments": TOOL.1 });
            pieces.after.push(pen.of_item(&format!("{name}.done"), done));
            return;
        }
        Output::Text(_) => ("output_text", "text", said.words().to_vec()),
        Output::Refusal => ("refusal", "refusal", vec![REFUSES]),
        Output::Reasoning | Output::Nothing => return,
    };
    let all = words.concat();
    let part_of = |text: &str| json!({ "content_index": 0, "part": part(said, text) });
    pieces.before.push(pen.of_item("content_part.added", part_of("")));
    for word in words {
        let delta = json!({ "content_index": 0, "delta": word });
        pieces.output.push(pen.of_item(&format!("{kind}.delta"), delta));
    }
    let done = json!({ "content_index": 0, key: all });
    pieces.after.push(pen.of_item(&format!("{kind}.done"), done));
    pieces.after.push(pen.of_item("content_part.done", part_of(&all)));
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
