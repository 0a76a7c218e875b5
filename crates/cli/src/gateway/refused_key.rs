//! How providers say that a key is wrong: by a 401, or in what they say with a 403 or a 400.

use super::sent::Chained;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use bytes::BytesMut;
use http_body_util::BodyExt;
use probity::usage::Protocol;
use serde_json::Value;
use std::time::Duration;

/// The most that is read of an error, and how long it may take.
const READ: usize = 64 * 1024;
const READ_IN: Duration = Duration::from_secs(10);

/// Does the answer say that the key is wrong? With the answer as it was.
pub(super) async fn is_told(protocol: Protocol, answer: Response<Body>) -> (bool, Response<Body>) {
    match answer.status() {
        _ if !protocol.is_native() => (false, answer),
        StatusCode::UNAUTHORIZED => (true, answer),
        // A 403 may be about a model or a region: then the key stays, and the provider says why.
        status if status == StatusCode::FORBIDDEN || may_be_the_key(protocol, status) => {
            let (head, mut body) = answer.into_parts();
            let mut read = BytesMut::new();
            // What does not come in time, or is longer, is no such error; it passes as it comes.
            let reading = tokio::time::timeout(READ_IN, read_into(&mut read, &mut body));
            let is_whole = reading.await.unwrap_or(false);
            let read = read.freeze();
            let is_refused = is_whole && says_so(&read);
            let rest = Some(body).filter(|_| !is_whole);
            let body = Body::new(Chained { first: Some(read), rest });
            (is_refused, Response::from_parts(head, body))
        }
        _ => (false, answer),
    }
}

/// Gemini says it within a 400.
fn may_be_the_key(protocol: Protocol, status: StatusCode) -> bool {
    protocol == Protocol::Gemini && status == StatusCode::BAD_REQUEST
}

/// Reads until the end; false: there may be more.
async fn read_into(read: &mut BytesMut, body: &mut Body) -> bool {
    while read.len() <= READ {
        match body.frame().await {
            None => return true,
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    read.extend_from_slice(&data);
                }
            }
            Some(Err(_)) => return false,
        }
    }
    false
}

/// OpenAI's `{"error": {"code": "invalid_api_key"}}`, Anthropic's `{"error": {"type":
/// "authentication_error"}}`, Google's `{"error": {"details": [{"reason": "API_KEY_INVALID"}]}}`, perhaps
/// in a list of one, as streams have it.
fn says_so(body: &[u8]) -> bool {
    let Ok(said) = serde_json::from_slice::<Value>(body) else { return false };
    let Some(error) = said.get(0).unwrap_or(&said).get("error") else { return false };
    let details = error.get("details").and_then(Value::as_array).into_iter().flatten();
    let reasons = details.filter_map(|detail| detail.get("reason"));
    let words = ["code", "type"].into_iter().filter_map(|name| error.get(name)).chain(reasons);
    words.filter_map(Value::as_str).any(|word| {
        matches!(
            word,
            "invalid_api_key" | "authentication_error" | "API_KEY_INVALID" | "API_KEY_EXPIRED"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::says_so;

    #[test]
    fn only_what_is_said_of_the_key_counts() {
        let wrong = r#"{"error":{"code":400,"status":"INVALID_ARGUMENT","details":[
            {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}"#;
        assert!(says_so(wrong.as_bytes()) && says_so(format!("[{wrong}]").as_bytes()));
        let other = wrong.replace("API_KEY_INVALID", "CONTENTS_MISSING");
        assert!(says_so(br#"{"error":{"code":"invalid_api_key","type":"invalid_request_error"}}"#));
        assert!(says_so(br#"{"type":"error","error":{"type":"authentication_error"}}"#));
        let region = r#"{"error":{"code":"unsupported_country_region_territory"}}"#;
        for no in
            [region, other.as_str(), "API_KEY_INVALID", "{}", r#"{"error":"API_KEY_INVALID"}"#, ""]
        {
            assert!(!says_so(no.as_bytes()), "{no}");
        }
    }
}
