//! Gemini. Nothing is the last event: a `finishReason` may come twice, with more text in between, and
//! the end is the end of the body. Counters are of the whole answer each time they are told.

use super::squeeze::Reads;
use super::told::{Finish, Told, has_some, has_text, is_error, items, set, word};
use serde_json::Value;

/// The keys whose values are read.
pub(super) const READS: Reads = Reads {
    whole: &[
        "blockReason",
        "cachedContentTokenCount",
        "candidates",
        "candidatesTokenCount",
        "content",
        "finishReason",
        "index",
        "modelVersion",
        "parts",
        "promptFeedback",
        "promptTokenCount",
        "text",
        "thought",
        "thoughtsTokenCount",
        "toolUsePromptTokenCount",
        "usageMetadata",
    ],
    any: &[
        "codeExecutionResult",
        "error",
        "executableCode",
        "fileData",
        "functionCall",
        "inlineData",
    ],
};

/// What stands for no word.
const UNSAID: &str = "FINISH_REASON_UNSPECIFIED";
const UNBLOCKED: &str = "BLOCK_REASON_UNSPECIFIED";

/// Reads one piece of an answer, or a whole one.
pub(super) fn piece(told: &mut Told, value: &Value) {
    if !value.is_object() {
        told.malformed = true;
        return;
    }
    told.error |= is_error(value.get("error"));
    told.model(value.get("modelVersion"));
    let feedback = value.get("promptFeedback").and_then(|feedback| feedback.get("blockReason"));
    told.blocked |= word(feedback).is_some_and(|word| word != UNBLOCKED);
    let mut is_finish = told.blocked;
    for candidate in items(value.get("candidates")) {
        let index = candidate.get("index").and_then(Value::as_u64).unwrap_or(0);
        told.saw(index);
        let parts = candidate.get("content").and_then(|content| content.get("parts"));
        if items(parts).any(is_shown) {
            told.showed(index);
        }
        told.thought |= items(parts).any(|part| is_thought(part) && has_text(part.get("text")));
        if let Some(word) = word(candidate.get("finishReason")).filter(|word| *word != UNSAID) {
            told.finish(index, finish(word));
            is_finish = true;
        }
    }
    let Some(usage) = value.get("usageMetadata").filter(|usage| usage.is_object()) else { return };
    let counters = &mut told.usage;
    set(&mut counters.input, usage.get("promptTokenCount"));
    set(&mut counters.tool, usage.get("toolUsePromptTokenCount"));
    set(&mut counters.cache_read, usage.get("cachedContentTokenCount"));
    set(&mut counters.output, usage.get("candidatesTokenCount"));
    set(&mut counters.reasoning, usage.get("thoughtsTokenCount"));
    told.is_usage_whole |= is_finish;
}

/// Is it visible, or to be acted on? Thoughts are not.
fn is_shown(part: &Value) -> bool {
    let others =
        ["functionCall", "inlineData", "fileData", "executableCode", "codeExecutionResult"];
    !is_thought(part)
        && (has_text(part.get("text")) || others.into_iter().any(|name| has_some(part.get(name))))
}

fn is_thought(part: &Value) -> bool {
    part.get("thought").and_then(Value::as_bool) == Some(true)
}

fn finish(word: &str) -> Finish {
    match word {
        "MAX_TOKENS" => Finish::Length,
        "MALFORMED_FUNCTION_CALL" | "UNEXPECTED_TOOL_CALL" | "TOO_MANY_TOOL_CALLS" => Finish::Tool,
        "SAFETY"
        | "RECITATION"
        | "BLOCKLIST"
        | "PROHIBITED_CONTENT"
        | "SPII"
        | "LANGUAGE"
        | "IMAGE_SAFETY"
        | "IMAGE_PROHIBITED_CONTENT"
        | "IMAGE_RECITATION"
        | "MODEL_ARMOR" => Finish::Blocked,
        _ => Finish::Whole,
    }
}
