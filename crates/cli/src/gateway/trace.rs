//! W3C trace context: a trace that comes in goes on, this hop a span of its own; else one begins here.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt::Write;

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// Continues the trace of a request, or begins one.
pub(super) fn go_on(headers: &mut HeaderMap) {
    let sent = headers.get(TRACEPARENT).and_then(|value| value.to_str().ok());
    let mut random = [0_u8; 24];
    if getrandom::fill(&mut random).is_err() {
        return;
    }
    let (span, trace) = random.split_at(8);
    let next = match sent.and_then(parts) {
        Some((trace, flags)) => format!("00-{trace}-{}-{flags}", hex(span)),
        None => {
            // What belongs to a trace that cannot be read belongs to none.
            headers.remove(TRACESTATE);
            format!("00-{}-{}-00", hex(trace), hex(span))
        }
    };
    if let Ok(value) = HeaderValue::from_str(&next) {
        headers.insert(TRACEPARENT, value);
    }
}

/// The trace's id and its flags, where the header has the form of version 00, or of a later version
/// that begins so.
fn parts(text: &str) -> Option<(&str, &str)> {
    let mut pieces = text.trim().split('-');
    let (version, trace) = (pieces.next()?, pieces.next()?);
    let (span, flags) = (pieces.next()?, pieces.next()?);
    let is_hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    let is_some = |text: &str| text.bytes().any(|b| b != b'0');
    let is_whole = version != "00" || pieces.next().is_none();
    let fits = is_hex(version, 2) && version != "ff" && is_hex(trace, 32) && is_hex(span, 16);
    (fits && is_hex(flags, 2) && is_some(trace) && is_some(span) && is_whole)
        .then_some((trace, flags))
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(sent: Option<&str>) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(TRACESTATE, HeaderValue::from_static("vendor=1"));
        if let Some(sent) = sent {
            headers.insert(TRACEPARENT, HeaderValue::from_str(sent).unwrap());
        }
        go_on(&mut headers);
        let kept = if headers.contains_key(TRACESTATE) { "+state" } else { "" };
        format!("{}{kept}", headers[TRACEPARENT].to_str().unwrap())
    }

    #[test]
    fn a_trace_goes_on_and_a_broken_one_begins_anew() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let next_one = next(Some(&format!("00-{trace}-00f067aa0ba902b7-01")));
        assert!(next_one.starts_with(&format!("00-{trace}-")) && next_one.ends_with("-01+state"));
        assert!(!next_one.contains("00f067aa0ba902b7"));
        let zeros = "0".repeat(32);
        for broken in [
            None,
            Some(format!("00-{trace}-0000000000000000-01")),
            Some(format!("00-{zeros}-00f067aa0ba902b7-01")),
            Some(format!("ff-{trace}-00f067aa0ba902b7-01")),
            Some(format!("00-{trace}-00f067aa0ba902b7-01-more")),
            Some(format!("00-{}-00f067aa0ba902b7-01", trace.to_uppercase())),
            Some("nonsense".to_owned()),
        ] {
            let anew = next(broken.as_deref());
            assert!(!anew.contains(trace) && anew.ends_with("-00") && anew.len() == 55, "{anew}");
        }
    }
}
