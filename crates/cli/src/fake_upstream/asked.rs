//! What a call asks for: in which protocol, of which model, streamed or not, with which fault.

use super::faults::{Fault, MODEL};
use hyper::{HeaderMap, Method, Uri};
use probity::usage::Protocol;
use serde_json::Value;

/// A call, as it was understood.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// Its method.
    pub method: Method,
    /// Its path, without its query.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body; null where there was none.
    pub body: Value,
    /// What is spoken.
    pub protocol: Protocol,
    /// The model asked for.
    pub model: String,
    /// Is the answer to come as a stream?
    pub streamed: bool,
    /// As Gemini's list instead of events?
    pub(super) as_list: bool,
    /// Did it ask for the usage of a stream?
    pub(super) wants_usage: bool,
    /// What goes wrong.
    pub fault: Fault,
}

/// Why a call is not understood: a status, and what is said.
pub(super) type Misunderstood = (u16, Protocol, String);

/// The protocol of a path, with Gemini's model and whether it streams; None where nothing is.
fn place(method: &Method, path: &str) -> Option<(Protocol, Option<(String, bool)>)> {
    if method != Method::POST {
        return None;
    }
    // Client libraries ask under either version.
    let models =
        ["/v1beta/models/", "/v1/models/"].into_iter().find_map(|at| path.strip_prefix(at));
    let gemini = models.and_then(|rest| rest.rsplit_once(':'));
    Some(match path {
        "/v1/chat/completions" => (Protocol::OpenaiChat, None),
        "/v1/responses" => (Protocol::OpenaiResponses, None),
        "/v1/messages" => (Protocol::Anthropic, None),
        _ if path.starts_with("/api/") => (Protocol::Http, None),
        _ => {
            let (model, how) = gemini?;
            let streamed = match how {
                "generateContent" => false,
                "streamGenerateContent" => true,
                _ => return None,
            };
            (Protocol::Gemini, Some((model.to_owned(), streamed)))
        }
    })
}

impl Asked {
    /// Understands a call.
    pub(super) fn of(
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Self, Misunderstood> {
        let path = uri.path();
        let Some((protocol, gemini)) = place(method, path) else {
            let says =
                format!("There is no {method} {path} here: see `probity fake-upstream --help`.");
            return Err((404, Protocol::OpenaiChat, says));
        };
        let body: Value = if body.is_empty() && protocol == Protocol::Http {
            Value::Null
        } else {
            let read = serde_json::from_slice(body);
            read.map_err(|error| (400, protocol, format!("The body is not JSON: {error}.")))?
        };
        let (model, streamed) = gemini.unwrap_or_else(|| {
            let model = body.get("model").and_then(Value::as_str).unwrap_or_default();
            let streamed = body.get("stream").and_then(Value::as_bool).unwrap_or_default();
            (model.to_owned(), streamed)
        });
        if model.is_empty() && protocol != Protocol::Http {
            return Err((400, protocol, "The body names no model.".to_owned()));
        }
        let fault = fault(headers, &model).map_err(|says| (400, protocol, says))?;
        let query = uri.query().unwrap_or_default();
        let wants_usage = body.pointer("/stream_options/include_usage") == Some(&Value::Bool(true));
        Ok(Self {
            method: method.clone(),
            path: path.to_owned(),
            headers: headers.clone(),
            body,
            protocol,
            model,
            streamed,
            as_list: protocol == Protocol::Gemini
                && !query.split('&').any(|part| part == "alt=sse"),
            wants_usage,
            fault,
        })
    }
}

/// The fault that the header names, else the one that the model names.
fn fault(headers: &HeaderMap, model: &str) -> Result<Fault, String> {
    let header = headers.get("fake-fault").map(|value| value.to_str().unwrap_or_default().trim());
    let Some(name) = header.or_else(|| model.strip_prefix(MODEL)) else { return Ok(Fault::None) };
    Fault::named(name).ok_or_else(|| {
        let near = Fault::near(name).map(|near| format!(" Did you mean `{near}`?"));
        let near = near.unwrap_or_default();
        let name: String = name.chars().take(40).collect();
        format!("There is no fault `{name}`.{near} `probity fake-upstream --list` lists them.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_comes_before_the_model_and_any_other_model_is_well() {
        let mut headers = HeaderMap::new();
        assert_eq!(fault(&headers, "gpt-4.1"), Ok(Fault::None));
        assert_eq!(fault(&headers, "fake-cut"), Ok(Fault::Cut));
        headers.insert("fake-fault", "stall".parse().unwrap());
        assert_eq!(fault(&headers, "fake-cut"), Ok(Fault::Stall));
        headers.insert("fake-fault", "stal".parse().unwrap());
        assert!(fault(&headers, "").unwrap_err().contains("Did you mean `stall`?"));
    }

    #[test]
    fn each_path_is_a_protocol() {
        let place = |path| place(&Method::POST, path);
        assert_eq!(place("/v1/messages"), Some((Protocol::Anthropic, None)));
        let gemini =
            |model: &str, streamed| Some((Protocol::Gemini, Some((model.into(), streamed))));
        assert_eq!(place("/v1beta/models/a:generateContent"), gemini("a", false));
        assert_eq!(place("/v1beta/models/a:b:streamGenerateContent"), gemini("a:b", true));
        assert_eq!(place("/v1/models/a:generateContent"), gemini("a", false));
        assert_eq!(place("/v1beta/models/a:countTokens"), None);
        assert_eq!(place("/v1/embeddings"), None);
    }
}
