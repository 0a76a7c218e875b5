//! Gemini's `generateContent` and `streamGenerateContent`, as events or as a list.

use super::{End, Output, Pieces, Said, TOOL};
use crate::fake_upstream::asked::Asked;
use serde_json::{Value, json};

pub(super) fn whole(model: &str, said: &Said, text: &str) -> Value {
    chunk(model, said, parts(said, text), Some(said.end))
}

fn parts(said: &Said, text: &str) -> Value {
    match said.output {
        Output::Text(_) => json!([{ "text": text }]),
        Output::Tool => {
            let args: Value = serde_json::from_str(TOOL.1).unwrap_or_default();
            json!([{ "functionCall": { "name": TOOL.0, "args": args } }])
        }
        Output::Refusal | Output::Reasoning | Output::Nothing => Value::Null,
    }
}

/// One answer, or one piece of it.
fn chunk(model: &str, said: &Said, parts: Value, end: Option<End>) -> Value {
    let mut answer = json!({ "modelVersion": model, "responseId": "fake" });
    if said.output == Output::Refusal {
        answer["promptFeedback"] = json!({ "blockReason": "SAFETY" });
    } else {
        let mut content = json!({ "role": "model" });
        if !parts.is_null() {
            content["parts"] = parts;
        }
        let mut candidate = json!({ "content": content, "index": 0 });
        if let Some(end) = end {
            candidate["finishReason"] = json!(match end {
                End::Stop | End::Tool => "STOP",
                End::Length => "MAX_TOKENS",
                End::Filter => "SAFETY",
            });
        }
        answer["candidates"] = json!([candidate]);
    }
    if let Some(used) = said.usage {
        // Counted so far; what was reasoned is not among the output.
        let mut usage = json!({
            "promptTokenCount": used.input,
            "candidatesTokenCount": used.output - used.reasoning,
            "totalTokenCount": used.input + used.output,
        });
        if used.reasoning > 0 {
            usage["thoughtsTokenCount"] = json!(used.reasoning);
        }
        if used.cached > 0 {
            usage["cachedContentTokenCount"] = json!(used.cached);
        }
        answer["usageMetadata"] = usage;
    }
    answer
}

pub(super) fn pieces(asked: &Asked, said: &Said) -> Pieces {
    let (model, words) = (&asked.model, said.words());
    let output: Vec<String> = match said.output {
        Output::Text(_) => words.iter().map(|word| piece(asked, said, word)).collect(),
        Output::Tool => vec![sent(asked, &chunk(model, said, parts(said, ""), None))],
        Output::Refusal | Output::Reasoning | Output::Nothing => Vec::new(),
    };
    let mut end = sent(asked, &chunk(model, said, Value::Null, Some(said.end)));
    if asked.as_list {
        end = end.trim_end_matches(",\r\n").to_owned() + "]\n";
    }
    let before = if asked.as_list { vec!["[".to_owned()] } else { Vec::new() };
    Pieces { before, output, after: vec![end] }
}

pub(super) fn piece(asked: &Asked, said: &Said, text: &str) -> String {
    sent(asked, &chunk(&asked.model, said, json!([{ "text": text }]), None))
}

fn sent(asked: &Asked, value: &Value) -> String {
    if asked.as_list { format!("{value},\r\n") } else { format!("data: {value}\r\n\r\n") }
}
