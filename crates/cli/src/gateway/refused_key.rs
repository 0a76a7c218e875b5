//! How providers say that a key is wrong: most by the status alone, Gemini within a 400.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use probity::usage::Protocol;
use serde_json::Value;
use std::pin::Pin;
use std::task::{Context, Poll};
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
            let body = Body::new(Again { read: Some(read), rest });
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

/// What was read, then the rest.
struct Again {
    read: Option<Bytes>,
    rest: Option<Body>,
}

impl HttpBody for Again {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Some(read) = self.read.take().filter(|read| !read.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(read))));
        }
        match &mut self.rest {
            Some(rest) => Pin::new(rest).poll_frame(cx),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        let is_read = self.read.as_ref().is_none_or(Bytes::is_empty);
        is_read && self.rest.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let read = self.read.as_ref().map_or(0, Bytes::len) as u64;
        let Some(rest) = &self.rest else { return SizeHint::with_exact(read) };
        let mut hint = SizeHint::new();
        if let Some(upper) = rest.size_hint().upper() {
            hint.set_upper(upper.saturating_add(read));
        }
        hint.set_lower(rest.size_hint().lower().saturating_add(read));
        hint
    }
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
