//! How providers say that a key is wrong: most by the status alone, Gemini within a 400.

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
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => (true, answer),
        StatusCode::BAD_REQUEST if protocol == Protocol::Gemini => {
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

/// Google's shape of errors: `{"error": {"details": [{"reason": "API_KEY_INVALID"}]}}`, perhaps in a
/// list of one, as streams have it.
fn says_so(body: &[u8]) -> bool {
    let Ok(said) = serde_json::from_slice::<Value>(body) else { return false };
    let error = said.get(0).unwrap_or(&said).get("error");
    let details = error.and_then(|error| error.get("details")).and_then(Value::as_array);
    let reasons = details.into_iter().flatten().filter_map(|detail| detail.get("reason")?.as_str());
    reasons.into_iter().any(|reason| matches!(reason, "API_KEY_INVALID" | "API_KEY_EXPIRED"))
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
        for no in [other.as_str(), "API_KEY_INVALID", "{}", r#"{"error":"API_KEY_INVALID"}"#, ""] {
            assert!(!says_so(no.as_bytes()), "{no}");
        }
    }
}
