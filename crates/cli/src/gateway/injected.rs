//! Asking for usage: a streamed chat says what it used only when asked to. Where the client did not ask
//! we do, in one place of its request, every other byte as it was.

use bytes::Bytes;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// What stands in the request that matters here.
#[derive(Deserialize)]
struct Chat<'a> {
    #[serde(default)]
    stream: bool,
    #[serde(borrow, default, deserialize_with = "there")]
    stream_options: Option<&'a RawValue>,
}

/// What is there, also where it is null.
fn there<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(from).map(Some)
}

#[derive(Deserialize)]
struct Options {
    include_usage: Option<bool>,
}

/// The request that also asks for usage; None where it does already, says that it does not want it, or
/// is not streamed.
pub(super) fn asking_for_usage(body: &Bytes) -> Option<Bytes> {
    let chat: Chat<'_> = serde_json::from_slice(body).ok()?;
    if !chat.stream {
        return None;
    }
    let Some(options) = chat.stream_options.map(RawValue::get) else {
        let at = body.iter().position(|b| *b == b'{')?;
        return Some(inserted(body, at, "\"stream_options\":{\"include_usage\":true},"));
    };
    // The text is a piece of the body: where it begins is where it stands.
    let at = (options.as_ptr() as usize).checked_sub(body.as_ptr() as usize)?;
    if options == "null" {
        let (before, after) = (body.get(..at)?, body.get(at + options.len()..)?);
        return Some(Bytes::from([before, b"{\"include_usage\":true}", after].concat()));
    }
    if serde_json::from_str::<Options>(options).ok()?.include_usage.is_some() {
        return None;
    }
    let is_empty = options.get(1..)?.trim_start().starts_with('}');
    let comma = if is_empty { "" } else { "," };
    Some(inserted(body, at, &format!("\"include_usage\":true{comma}")))
}

/// Puts a text right behind the brace at `at`.
fn inserted(body: &Bytes, at: usize, text: &str) -> Bytes {
    let (before, after) = body.split_at(at + 1);
    Bytes::from([before, text.as_bytes(), after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn asks(body: &str) -> Option<Value> {
        let body = asking_for_usage(&Bytes::copy_from_slice(body.as_bytes()))?;
        Some(serde_json::from_slice(&body).unwrap())
    }

    #[test]
    fn usage_is_asked_for_once_and_nothing_else_changes() {
        let asked = asks(r#" {"model":"m","stream":true}"#).unwrap();
        assert_eq!(
            asked,
            json!({"model":"m","stream":true,"stream_options":{"include_usage":true}})
        );
        let with = json!({"stream":true,"stream_options":{"include_usage":true,"x":1}});
        assert_eq!(asks(r#"{"stream":true,"stream_options": { "x":1}}"#).unwrap(), with);
        let alone = json!({"stream":true,"stream_options":{"include_usage":true}});
        assert_eq!(asks(r#"{"stream":true,"stream_options":{ }}"#).unwrap(), alone);
        assert_eq!(asks(r#"{"stream":true,"stream_options":null}"#).unwrap(), alone);
        for as_it_is in [
            r#"{"stream":false}"#,
            r#"{"model":"m"}"#,
            r#"{"stream":true,"stream_options":{"include_usage":false}}"#,
            r#"{"stream":true,"stream_options":{"include_usage":true}}"#,
            r#"{"stream":"yes"}"#,
            "[]",
            "",
        ] {
            assert_eq!(asks(as_it_is), None, "{as_it_is}");
        }
    }
}
