//! What stands in answers, the same in every protocol: output, how it ends, and usage.
//!
//! Each protocol has a file that says it in its own shape, as a whole and as the pieces of a stream.

mod anthropic;
mod chat;
mod errors;
mod gemini;
mod plain;
mod responses;

pub(super) use errors::{error, in_a_stream};

use super::asked::Asked;
use super::faults::Fault;
use probity::usage::Protocol;
use serde_json::Value;

/// The output of an answer without faults, word by word.
const WORDS: [&str; 6] = ["Hello", " from", " the", " fake", " upstream", "."];
/// What a model says that refuses.
const REFUSES: &str = "I cannot help with that.";
/// The tool that is called, and with what.
const TOOL: (&str, &str) = ("look_up", r#"{"what":"weather"}"#);
/// When everything was made: answers are the same every time.
const CREATED: u64 = 1_700_000_000;

/// What an answer says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Said {
    output: Output,
    end: End,
    usage: Option<Usage>,
}

/// What comes out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Output {
    /// Text: so many of the words.
    Text(usize),
    /// A refusal.
    Refusal,
    /// A call of a tool.
    Tool,
    /// Reasoning that nobody sees.
    Reasoning,
    /// Nothing.
    Nothing,
}

/// How it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Stop,
    Length,
    Filter,
    Tool,
}

/// Tokens; the input with what was read from a cache, the output with the reasoning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Usage {
    input: u64,
    cached: u64,
    output: u64,
    reasoning: u64,
}

impl Said {
    /// What is said under a fault.
    pub(super) const fn under(fault: Fault) -> Self {
        let whole = Output::Text(WORDS.len());
        let (output, end) = match fault {
            Fault::Empty => (Output::Nothing, End::Stop),
            Fault::Refusal => (Output::Refusal, End::Stop),
            Fault::Filter => (Output::Text(WORDS.len() / 2), End::Filter),
            Fault::Length => (Output::Text(WORDS.len() - 1), End::Length),
            Fault::LengthEmpty => (Output::Reasoning, End::Length),
            Fault::ToolCall => (Output::Tool, End::Tool),
            _ => (whole, End::Stop),
        };
        let tokens = match output {
            Output::Text(words) => words as u64,
            Output::Reasoning => 16,
            Output::Nothing => 1,
            Output::Refusal | Output::Tool => 8,
        };
        let reasoning = if matches!(output, Output::Reasoning) { tokens } else { 0 };
        let usage = match fault {
            Fault::NoUsage => None,
            Fault::ZeroUsage => Some(Usage { input: 0, cached: 0, output: 0, reasoning: 0 }),
            Fault::Cached => Some(Usage { input: 1_012, cached: 1_000, output: tokens, reasoning }),
            _ => Some(Usage { input: 12, cached: 0, output: tokens, reasoning }),
        };
        Self { output, end, usage }
    }

    /// The words of the output.
    fn words(&self) -> &'static [&'static str] {
        match self.output {
            Output::Text(words) => WORDS.get(..words).unwrap_or(&WORDS),
            _ => &[],
        }
    }
}

/// An answer as one JSON document. `text` stands where the words would.
pub(super) fn whole(asked: &Asked, said: &Said, text: Option<&str>) -> Value {
    let words = said.words().concat();
    let text = text.unwrap_or(&words);
    match asked.protocol {
        Protocol::Http => plain::whole(asked, said, text),
        Protocol::OpenaiChat => chat::whole(&asked.model, said, text),
        Protocol::OpenaiResponses => responses::whole(&asked.model, said, text),
        Protocol::Anthropic => anthropic::whole(&asked.model, said, text),
        Protocol::Gemini => gemini::whole(&asked.model, said, text),
    }
}

/// The pieces of a stream, each as it goes out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pieces {
    /// What stands before any output.
    pub(super) before: Vec<String>,
    /// The output.
    pub(super) output: Vec<String>,
    /// What says that it is the end.
    pub(super) after: Vec<String>,
}

/// The pieces of an answer.
pub(super) fn pieces(asked: &Asked, said: &Said) -> Pieces {
    match asked.protocol {
        Protocol::Http => plain::pieces(said),
        Protocol::OpenaiChat => chat::pieces(asked, said),
        Protocol::OpenaiResponses => responses::pieces(&asked.model, said),
        Protocol::Anthropic => anthropic::pieces(&asked.model, said),
        Protocol::Gemini => gemini::pieces(asked, said),
    }
}

/// One piece of output with this text.
pub(super) fn piece(asked: &Asked, said: &Said, text: &str) -> String {
    match asked.protocol {
        Protocol::Http => plain::piece(text),
        Protocol::OpenaiChat => chat::piece(asked, text),
        Protocol::OpenaiResponses => responses::piece(text, 4),
        Protocol::Anthropic => anthropic::piece(text),
        Protocol::Gemini => gemini::piece(asked, said, text),
    }
}

/// An event without a name.
fn data(value: &Value) -> String {
    format!("data: {value}\n\n")
}

/// An event whose name stands in its data, too.
fn event(value: &Value) -> String {
    let name = value.get("type").and_then(Value::as_str).unwrap_or("message");
    format!("event: {name}\ndata: {value}\n\n")
}
