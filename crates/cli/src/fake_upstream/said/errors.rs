//! Errors in the shape of each protocol.

use probity::usage::Protocol;
use serde_json::{Value, json};

/// An error with this status.
pub(in super::super) fn error(protocol: Protocol, status: u16, says: &str) -> Value {
    let (openai, code, anthropic, gemini) = match status {
        400 => {
            ("invalid_request_error", "invalid_value", "invalid_request_error", "INVALID_ARGUMENT")
        }
        401 => {
            ("invalid_request_error", "invalid_api_key", "authentication_error", "UNAUTHENTICATED")
        }
        404 => ("invalid_request_error", "model_not_found", "not_found_error", "NOT_FOUND"),
        429 => ("requests", "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED"),
        503 => ("server_error", "unavailable", "api_error", "UNAVAILABLE"),
        529 => ("server_error", "overloaded", "overloaded_error", "UNAVAILABLE"),
        _ => ("server_error", "server_error", "api_error", "INTERNAL"),
    };
    match protocol {
        Protocol::OpenaiChat | Protocol::OpenaiResponses => json!({
            "error": { "message": says, "type": openai, "param": null, "code": code },
        }),
        Protocol::Anthropic => json!({
            "type": "error", "error": { "type": anthropic, "message": says },
            "request_id": "req_fake",
        }),
        Protocol::Gemini => json!({
            "error": { "code": status, "message": says, "status": gemini },
        }),
        Protocol::Http => json!({ "error": { "code": code, "message": says } }),
    }
}

/// An error in the middle of a stream.
pub(in super::super) fn in_a_stream(protocol: Protocol, as_list: bool, says: &str) -> String {
    let error = error(protocol, 500, says);
    match protocol {
        Protocol::OpenaiResponses => super::event(&json!({
            "type": "error", "code": "server_error", "message": says, "param": null,
            "sequence_number": 99,
        })),
        Protocol::Anthropic => super::event(&error),
        Protocol::Gemini if as_list => format!("{error}]\n"),
        Protocol::Gemini => format!("data: {error}\r\n\r\n"),
        Protocol::OpenaiChat | Protocol::Http => super::data(&error),
    }
}
