//! Answers without a fault, in the shape of each protocol.

use super::{ALL, Chat, Fake, Gemini, Messages, Responses, TEXT};
use probity_cli::fake_upstream::{Fault, Heard};
use serde_json::{Value, json};

#[tokio::test]
async fn whole_answers_say_the_text_why_they_end_and_what_was_used() {
    let fake = Fake::new().await;
    let used = [
        (Chat, "stop", "/usage/prompt_tokens", "/usage/completion_tokens"),
        (Responses, "completed", "/usage/input_tokens", "/usage/output_tokens"),
        (Messages, "end_turn", "/usage/input_tokens", "/usage/output_tokens"),
        (Gemini, "STOP", "/usageMetadata/promptTokenCount", "/usageMetadata/candidatesTokenCount"),
    ];
    for (speaks, ending, input, output) in used {
        let got = fake.call(speaks, "ok", false).await;
        let body = got.json();
        assert_eq!((got.status, got.header("content-type")), (200, Some("application/json")));
        assert_eq!(speaks.text(&body), TEXT, "{speaks:?}");
        assert_eq!(speaks.ending(&body).as_deref(), Some(ending), "{speaks:?}");
        assert_eq!(body.pointer(input), Some(&json!(12)), "{speaks:?}");
        assert_eq!(body.pointer(output), Some(&json!(6)), "{speaks:?}");
    }
}

#[tokio::test]
async fn streams_say_the_same_piece_by_piece_and_end_in_their_own_way() {
    let fake = Fake::new().await;
    for (speaks, ending) in
        [(Chat, "stop"), (Responses, "completed"), (Messages, "end_turn"), (Gemini, "STOP")]
    {
        let got = fake.call(speaks, "ok", true).await;
        assert_eq!(got.header("content-type"), Some("text/event-stream"), "{speaks:?}");
        assert_eq!(got.said(speaks), TEXT, "{speaks:?}");
        assert!(got.complete, "{speaks:?}");
        let events = got.events();
        assert!(events.len() > 6, "{speaks:?}");
        assert_eq!(got.endings(speaks), [ending], "{speaks:?}");
        let last = events.last().unwrap();
        let is_last = match speaks {
            Chat => last == "[DONE]",
            Responses => last["type"] == "response.completed",
            Messages => last["type"] == "message_stop",
            Gemini => last.pointer("/candidates/0/finishReason").is_some(),
        };
        assert!(is_last, "{speaks:?}: {last}");
    }
}

#[tokio::test]
async fn a_chat_tells_its_usage_in_a_stream_only_where_it_was_asked_to() {
    let fake = Fake::new().await;
    let usage = |events: &[Value]| {
        events.iter().filter(|event| event["usage"].is_object()).cloned().collect::<Vec<_>>()
    };
    assert_eq!(usage(&fake.call(Chat, "ok", true).await.events()), Vec::<Value>::new());
    let (path, mut body) = Chat.call("ok", true);
    body["stream_options"] = json!({ "include_usage": true });
    let events = fake.post(&path, body).await.events();
    let told = usage(&events);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["choices"], json!([]));
    assert_eq!(told[0]["usage"]["total_tokens"], 18);
    assert_eq!(events[0].get("usage"), Some(&Value::Null));
    assert_eq!(events[events.len() - 2], told[0]);
}

#[tokio::test]
async fn gemini_streams_a_list_where_events_are_not_asked_for() {
    let fake = Fake::new().await;
    let path = "/v1beta/models/fake-ok:streamGenerateContent";
    let got = fake.post(path, json!({})).await;
    assert_eq!(got.header("content-type"), Some("application/json"));
    let list = got.json();
    let said: String = list.as_array().unwrap().iter().map(|piece| Gemini.text(piece)).collect();
    assert_eq!(said, TEXT);
}

#[tokio::test]
async fn responses_number_their_events_without_a_gap() {
    let fake = Fake::new().await;
    for fault in ["ok", "tool-call", "refusal", "length-empty"] {
        let events = fake.call(Responses, fault, true).await.events();
        let numbers: Vec<u64> =
            events.iter().filter_map(|event| event["sequence_number"].as_u64()).collect();
        let dense: Vec<u64> = (0..events.len() as u64).collect();
        assert_eq!(numbers, dense, "{fault}");
    }
}

#[tokio::test]
async fn anthropic_names_each_event_as_its_data_does() {
    let fake = Fake::new().await;
    let got = fake.call(Messages, "ok", true).await;
    for event in got.text().split("\n\n").filter(|event| !event.is_empty()) {
        let (name, data) = event.split_once("\ndata: ").unwrap();
        let data: Value = serde_json::from_str(data).unwrap();
        assert_eq!(name.strip_prefix("event: "), data["type"].as_str());
    }
}

#[tokio::test]
async fn plain_calls_are_answered_with_plain_json() {
    let fake = Fake::new().await;
    let got = fake.post("/api/documents/tailor", json!({ "document_id": "d" })).await;
    assert_eq!(got.json()["result"], json!(["one", "two", "three"]));
    let got = fake.raw("POST", "/api/a", "fake-fault: empty\r\n", &json!({})).await;
    assert_eq!(got.json()["result"], json!([]));
    let headers = "fake-header: x-cache: hit\r\nfake-header: probity-outcome: empty\r\n";
    let got = fake.raw("POST", "/api/a", headers, &json!({})).await;
    assert_eq!(
        (got.header("x-cache"), got.header("probity-outcome")),
        (Some("hit"), Some("empty"))
    );
    let got = fake.post("/api/a", json!({ "stream": true })).await;
    assert_eq!(got.events().last().unwrap()["done"], true);
}

#[tokio::test]
async fn the_models_are_the_faults() {
    let fake = Fake::new().await;
    let got = fake.raw("GET", "/v1/models", "", &json!({})).await.json();
    let ids: Vec<&str> =
        got["data"].as_array().unwrap().iter().filter_map(|m| m["id"].as_str()).collect();
    assert_eq!(ids.len(), Fault::ALL.len());
    assert!(ids.contains(&"fake-stall"));
}

#[tokio::test]
async fn what_is_not_understood_is_refused_in_the_protocols_own_shape() {
    let fake = Fake::new().await;
    for (speaks, at) in [
        (Chat, "/error/message"),
        (Responses, "/error/message"),
        (Messages, "/error/message"),
        (Gemini, "/error/message"),
    ] {
        let got = fake.call(speaks, "stal", false).await;
        let body = got.json();
        let says = body.pointer(at).and_then(Value::as_str).unwrap();
        assert_eq!(got.status, 400, "{speaks:?}");
        assert!(says.contains("Did you mean `stall`?"), "{says}");
    }
    assert_eq!(fake.post("/v1/messages", json!({})).await.status, 400);
    assert_eq!(fake.post("/v1/embeddings", json!({})).await.status, 404);
    assert_eq!(fake.raw("GET", "/api/a", "", &json!({})).await.status, 404);
    let mut stream = fake.send("POST", "/v1/messages", "", b"{").await;
    let mut text = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut stream, &mut text).await.unwrap();
    assert!(text.starts_with("HTTP/1.1 400"), "{text}");
}

#[tokio::test]
async fn who_listens_is_told_of_each_call() {
    let mut fake = Fake::new().await;
    for speaks in ALL {
        fake.call(speaks, "length", true).await;
        let Some(Heard::Call(asked)) = fake.heard.recv().await else { panic!() };
        assert_eq!((asked.fault, asked.streamed), (Fault::Length, true));
        assert_eq!(asked.model, "fake-length");
        assert!(fake.ended().await);
    }
}
