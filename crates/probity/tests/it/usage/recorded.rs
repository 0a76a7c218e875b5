//! Recorded answers of AI providers, which the tests of every SDK read, too: all count them alike.

use super::fixtures::JSON;
use super::{of, read};
use probity::core::command::{Usage, UsageSource};
use probity::usage::{End, Protocol};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn protocol(word: &str) -> Protocol {
    match word {
        "openai_chat" => Protocol::OpenaiChat,
        "openai_responses" => Protocol::OpenaiResponses,
        "anthropic" => Protocol::Anthropic,
        "gemini" => Protocol::Gemini,
        other => panic!("{other} is no protocol of an AI provider"),
    }
}

#[test]
fn recorded_answers_are_counted_as_the_sdks_count_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk/fixtures/usage.json");
    let table: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let cases = table["cases"].as_array().unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let protocol = protocol(case["protocol"].as_str().unwrap());
        let body = case["answer"].to_string();
        let judged = read(of(protocol, 200, JSON), [body.as_bytes()], End::Complete).judged;
        let count = |name: &str| case["usage"][name].as_u64();
        let usage = Usage {
            input: count("input"),
            cache_read: count("cache_read"),
            cache_write: count("cache_write"),
            output: count("output"),
            reasoning: count("reasoning"),
        };
        let source = match (usage.input, usage.output) {
            (Some(_), Some(_)) => UsageSource::Provider,
            (None, None) => UsageSource::None,
            _ => UsageSource::Partial,
        };
        assert_eq!((judged.usage, judged.source), (usage, source), "{}", case["name"]);
    }
}
