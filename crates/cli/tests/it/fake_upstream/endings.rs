//! Faults that are told in the answer: how each protocol says them, whole and as a stream.

use super::{ALL, Chat, Fake, Gemini, Messages, Responses, Speaks, TEXT};
use serde_json::{Value, json};

/// A fault, the visible text, and how each protocol says that it ended.
const ENDINGS: [(&str, &str, [&str; 4]); 6] = [
    (
        "length",
        "Hello from the fake upstream",
        ["length", "max_output_tokens", "max_tokens", "MAX_TOKENS"],
    ),
    ("length-empty", "", ["length", "max_output_tokens", "max_tokens", "MAX_TOKENS"]),
    ("empty", "", ["stop", "completed", "end_turn", "STOP"]),
    ("filter", "Hello from the", ["content_filter", "content_filter", "refusal", "SAFETY"]),
    ("refusal", "", ["stop", "completed", "refusal", "SAFETY"]),
    ("tool-call", "", ["tool_calls", "completed", "tool_use", "STOP"]),
];

#[tokio::test]
async fn each_ending_is_said_as_its_protocol_says_it() {
    let fake = Fake::new().await;
    for (fault, text, endings) in ENDINGS {
        for (speaks, ending) in ALL.into_iter().zip(endings) {
            let body = fake.call(speaks, fault, false).await.json();
            let case = format!("{speaks:?} {fault}: {body}");
            assert_eq!(speaks.text(&body), text, "{case}");
            assert_eq!(speaks.ending(&body).as_deref(), Some(ending), "{case}");
            let got = fake.call(speaks, fault, true).await;
            let case = format!("{speaks:?} {fault}: {}", got.text());
            assert!(got.complete, "{case}");
            assert_eq!(got.said(speaks), text, "{case}");
            assert_eq!(got.endings(speaks), [ending], "{case}");
        }
    }
}

#[tokio::test]
async fn refusals_and_calls_of_tools_say_what_they_are() {
    let fake = Fake::new().await;
    let whole = async |speaks: Speaks, fault, at: &str| {
        fake.call(speaks, fault, false).await.json().pointer(at).cloned()
    };
    let refused = Some(json!("I cannot help with that."));
    assert_eq!(whole(Chat, "refusal", "/choices/0/message/refusal").await, refused);
    assert_eq!(whole(Responses, "refusal", "/output/0/content/0/refusal").await, refused);
    assert_eq!(whole(Messages, "refusal", "/content").await, Some(json!([])));
    assert_eq!(whole(Gemini, "refusal", "/candidates").await, None);
    let tool = Some(json!("look_up"));
    for (speaks, at) in [
        (Chat, "/choices/0/message/tool_calls/0/function/name"),
        (Responses, "/output/0/name"),
        (Messages, "/content/0/name"),
        (Gemini, "/candidates/0/content/parts/0/functionCall/name"),
    ] {
        assert_eq!(whole(speaks, "tool-call", at).await, tool, "{speaks:?}");
        let got = fake.call(speaks, "tool-call", true).await;
        assert!(got.text().contains("look_up") && got.text().contains("weather"), "{got:?}");
    }
}

#[tokio::test]
async fn usage_may_be_missing_or_nothing_or_read_from_a_cache() {
    let fake = Fake::new().await;
    let places = [
        (Chat, "/usage", "/prompt_tokens", "/prompt_tokens_details/cached_tokens", 1_012),
        (Responses, "/usage", "/input_tokens", "/input_tokens_details/cached_tokens", 1_012),
        // Here the input is counted without what was read from a cache.
        (Messages, "/usage", "/input_tokens", "/cache_read_input_tokens", 12),
        (Gemini, "/usageMetadata", "/promptTokenCount", "/cachedContentTokenCount", 1_012),
    ];
    for (speaks, usage, input, cached, total) in places {
        let at = async |fault: &str, rest: &str| {
            let body = fake.call(speaks, fault, false).await.json();
            body.pointer(&format!("{usage}{rest}")).cloned().filter(|value| !value.is_null())
        };
        assert_eq!(at("no-usage", "").await, None, "{speaks:?}");
        assert_eq!(at("zero-usage", input).await, Some(json!(0)), "{speaks:?}");
        assert_eq!(at("cached", cached).await, Some(json!(1_000)), "{speaks:?}");
        assert_eq!(at("cached", input).await, Some(json!(total)), "{speaks:?}");
    }
}

#[tokio::test]
async fn a_truncated_stream_has_all_the_text_and_no_end() {
    let fake = Fake::new().await;
    for speaks in ALL {
        let got = fake.call(speaks, "truncate", true).await;
        assert!(got.complete, "the connection ends cleanly");
        assert_eq!((got.said(speaks).as_str(), got.endings(speaks)), (TEXT, vec![]), "{speaks:?}");
        assert!(!got.text().contains("[DONE]") && !got.text().contains("message_stop"));
        let got = fake.call(speaks, "truncate", false).await;
        assert!(got.complete && serde_json::from_slice::<Value>(&got.body).is_err());
    }
}

#[tokio::test]
async fn two_terminals_are_two() {
    let fake = Fake::new().await;
    for speaks in ALL {
        let got = fake.call(speaks, "two-terminals", true).await;
        assert_eq!(got.endings(speaks).len(), 2, "{speaks:?}");
    }
}

#[tokio::test]
async fn errors_within_200_have_the_shape_of_the_protocol() {
    let fake = Fake::new().await;
    for speaks in ALL {
        let got = fake.call(speaks, "error-in-200", false).await;
        assert_eq!(got.status, 200);
        assert!(got.json()["error"].is_object(), "{speaks:?}");
        let got = fake.call(speaks, "error-in-200", true).await;
        assert_eq!((got.status, got.said(speaks).as_str()), (200, "Hello from the"), "{speaks:?}");
        assert!(got.complete && got.endings(speaks).is_empty(), "{speaks:?}");
        let last = got.events().pop().unwrap();
        assert!(last["error"].is_object() || last["type"] == "error", "{speaks:?}: {last}");
    }
}

#[tokio::test]
async fn malformed_answers_break_off_within_their_json() {
    let fake = Fake::new().await;
    for speaks in ALL {
        let got = fake.call(speaks, "malformed", false).await;
        assert!(got.complete && serde_json::from_slice::<Value>(&got.body).is_err());
        let got = fake.call(speaks, "malformed", true).await;
        assert!(matches!(got.events().last(), Some(Value::String(_))), "{speaks:?}");
        assert_eq!(got.said(speaks), "Hello from the", "{speaks:?}");
    }
}

#[tokio::test]
async fn statuses_have_the_error_shape_of_the_protocol() {
    let fake = Fake::new().await;
    for (status, kinds) in [
        (400, ["invalid_request_error", "invalid_request_error", "INVALID_ARGUMENT"]),
        (401, ["invalid_request_error", "authentication_error", "UNAUTHENTICATED"]),
        (404, ["invalid_request_error", "not_found_error", "NOT_FOUND"]),
        (429, ["requests", "rate_limit_error", "RESOURCE_EXHAUSTED"]),
        (500, ["server_error", "api_error", "INTERNAL"]),
        (503, ["server_error", "api_error", "UNAVAILABLE"]),
        (529, ["server_error", "overloaded_error", "UNAVAILABLE"]),
    ] {
        let [openai, anthropic, gemini] = kinds;
        for (speaks, at, kind) in [
            (Chat, "/error/type", openai),
            (Responses, "/error/type", openai),
            (Messages, "/error/type", anthropic),
            (Gemini, "/error/status", gemini),
        ] {
            for streamed in [false, true] {
                let got = fake.call(speaks, &format!("status-{status}"), streamed).await;
                assert_eq!(got.status, status);
                assert_eq!(got.json().pointer(at), Some(&json!(kind)), "{speaks:?} {status}");
                let again = matches!(status, 429 | 503 | 529).then_some("1");
                assert_eq!(got.header("retry-after"), again, "{speaks:?} {status}");
            }
        }
    }
}
