//! Refusals and failures in the shape of an AI provider, so that its own client libraries show them:
//! the problem's fields stay, the provider's stand beside them.

use crate::problem::Trouble;
use crate::usage::Protocol;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, LINK};
use http::{HeaderValue, Response};
use serde_json::{Map, Value, json};

/// The answer that a client of this protocol understands.
pub(super) fn response(protocol: Protocol, trouble: Trouble) -> Response<Bytes> {
    let Value::Object(mut fields) = trouble.body() else { return trouble.into_response() };
    let status = trouble.status;
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (code, kind) = (text("code"), text("type"));
    // The words for the customer, with the ways forward, where there are any.
    let message = if text("words").is_empty() { text("detail") } else { text("words") };
    match protocol {
        Protocol::Http => return trouble.into_response(),
        Protocol::OpenaiChat | Protocol::OpenaiResponses => {
            let mut error = json!({
                "message": message, "type": openai(status, &code), "code": code, "param": null,
            });
            // Its client libraries show what stands in `error`, and nothing else.
            if let Some(ways) = fields.get("ways_forward") {
                error["ways_forward"] = ways.clone();
            }
            fields.insert("error".to_owned(), error);
        }
        Protocol::Anthropic => {
            fields.insert("type".to_owned(), "error".into());
            fields.insert(
                "error".to_owned(),
                json!({ "type": anthropic(status), "message": message }),
            );
        }
        Protocol::Gemini => {
            let error =
                json!({ "code": status, "message": message, "status": gemini(status, &code) });
            fields.insert("error".to_owned(), error);
        }
    }
    with_body(trouble.into_response(), fields, &kind, protocol)
}

fn with_body(
    response: Response<Bytes>,
    fields: Map<String, Value>,
    kind: &str,
    protocol: Protocol,
) -> Response<Bytes> {
    let (mut head, _) = response.into_parts();
    if protocol == Protocol::Anthropic {
        // Its `type` must be "error", so the problem's stands beside.
        head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(link) = HeaderValue::from_str(&format!("<{kind}>; rel=\"describedby\"")) {
            head.headers.insert(LINK, link);
        }
    }
    Response::from_parts(head, Bytes::from(Value::Object(fields).to_string()))
}

fn openai(status: u16, code: &str) -> &'static str {
    match (status, code) {
        (401, _) => "invalid_request_error",
        (402, _) => "insufficient_quota",
        (403, _) => "permission_denied",
        (429, "too_many_at_once") => "rate_limit_exceeded",
        (429, _) => "insufficient_quota",
        (500.., _) => "server_error",
        _ => "invalid_request_error",
    }
}

const fn anthropic(status: u16) -> &'static str {
    match status {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    }
}

fn gemini(status: u16, code: &str) -> &'static str {
    match (status, code) {
        (401, _) => "UNAUTHENTICATED",
        (402, _) | (429, _) => "RESOURCE_EXHAUSTED",
        (403, _) => "PERMISSION_DENIED",
        (404, _) => "NOT_FOUND",
        (409, _) => "ABORTED",
        (428, _) => "FAILED_PRECONDITION",
        (503, _) => "UNAVAILABLE",
        (504, _) => "DEADLINE_EXCEEDED",
        (500.., _) => "INTERNAL",
        _ => "INVALID_ARGUMENT",
    }
}

/// What a stream that does not go on is closed with, whatever half a line came before; None where the protocol has no word for it.
pub(super) const fn stalled(protocol: Protocol) -> Option<&'static str> {
    match protocol {
        Protocol::Http => None,
        Protocol::OpenaiChat => Some(concat!(
            "\n\ndata: {\"error\":{\"message\":\"The answer stopped coming. Nothing was charged.\",",
            "\"type\":\"server_error\",\"code\":\"stalled\",\"param\":null}}\n\n"
        )),
        Protocol::OpenaiResponses => Some(concat!(
            "\n\nevent: error\ndata: {\"type\":\"error\",\"code\":\"stalled\",",
            "\"message\":\"The answer stopped coming. Nothing was charged.\",\"param\":null}\n\n"
        )),
        Protocol::Anthropic => Some(concat!(
            "\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",",
            "\"message\":\"The answer stopped coming. Nothing was charged.\"}}\n\n"
        )),
        Protocol::Gemini => Some(concat!(
            "\n\ndata: {\"error\":{\"code\":504,\"status\":\"DEADLINE_EXCEEDED\",",
            "\"message\":\"The answer stopped coming. Nothing was charged.\"}}\n\n"
        )),
    }
}
