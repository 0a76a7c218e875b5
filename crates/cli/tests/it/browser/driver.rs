//! WebDriver, as far as these tests speak it: JSON over HTTP to chromedriver.
//!
//! A client of our own, because the crate for it turns on features of shared dependencies: the tests
//! would be of another program than the one that is shipped.

use super::chromium;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

/// By this name WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys that are no letters.
#[derive(Clone, Copy)]
pub(crate) enum Key {
    Enter,
    Escape,
    Tab,
}

/// One browser.
pub(crate) struct Driver {
    /// Where the driver speaks of it.
    session: String,
}

/// One request; what comes of it, or what is wrong.
fn asks(method: Method, url: &str, body: &Value) -> Result<Value, String> {
    let sent = if method == Method::POST { body.to_string() } else { String::new() };
    let request = Request::builder().method(method).uri(url);
    let request = request.header("content-type", "application/json; charset=utf-8");
    let request = request.body(Full::new(Bytes::from(sent))).expect("a request");
    chromium::runtime().block_on(async {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let answer = client.request(request).await.map_err(|error| error.to_string())?;
        let status = answer.status();
        let bytes = answer.into_body().collect().await.map_err(|error| error.to_string())?;
        let said: Value = serde_json::from_slice(&bytes.to_bytes()).unwrap_or_default();
        let value = said["value"].clone();
        if status.is_success() {
            return Ok(value);
        }
        Err(format!("{}: {}", value["error"], value["message"]))
    })
}

/// What it says of a script whose page was left before it was done.
const LEFT: [&str; 2] = ["document unloaded", "aborted by navigation"];

impl Driver {
    /// A new browser, started with these flags; one that is watched tells what it loads as well.
    pub(crate) fn open(driver: &str, binary: &str, flags: &[String], is_watched: bool) -> Self {
        let events = if is_watched { "ALL" } else { "OFF" };
        let asked = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": binary, "args": flags },
            "goog:loggingPrefs": { "browser": "ALL", "performance": events },
            "timeouts": { "script": 60_000 },
        } } });
        let opened = asks(Method::POST, &format!("{driver}/session"), &asked);
        let opened = opened.unwrap_or_else(|error| panic!("no browser: {error}"));
        let id = opened["sessionId"].as_str().expect("a session");
        Self { session: format!("{driver}/session/{id}") }
    }

    fn tries(&self, what: &str, body: &Value) -> Result<Value, String> {
        asks(Method::POST, &format!("{}/{what}", self.session), body)
    }

    #[track_caller]
    fn does(&self, what: &str, body: &Value) -> Value {
        self.tries(what, body).unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    /// Opens a page.
    #[track_caller]
    pub(crate) fn goes(&self, url: &str) {
        self.does("url", &json!({ "url": url }));
    }

    /// Tells the browser something in its own protocol.
    #[track_caller]
    pub(crate) fn tells(&self, method: &str, params: &Value) -> Value {
        self.does("goog/cdp/execute", &json!({ "cmd": method, "params": params }))
    }

    /// What a script returns.
    #[track_caller]
    pub(crate) fn runs(&self, script: &str) -> Value {
        self.does("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What a script hands to its last argument, later. Where the page is left meanwhile, it is asked
    /// again of the page that comes.
    #[track_caller]
    pub(crate) fn waits(&self, script: &str) -> Value {
        let asked = json!({ "script": script, "args": [] });
        let mut again = 2;
        loop {
            match self.tries("execute/async", &asked) {
                Err(error) if LEFT.iter().any(|left| error.contains(left)) => {}
                // What a page that was left took with it is never handed on.
                Err(error) if error.contains("script timeout") && again > 0 => again -= 1,
                told => return told.unwrap_or_else(|error| panic!("execute/async: {error}")),
            }
        }
    }

    /// The element that a script returns, if it still stands in the page.
    fn element(&self, script: &str) -> Result<String, String> {
        let found = self.tries("execute/sync", &json!({ "script": script, "args": [] }))?;
        let id = found[ELEMENT].as_str().ok_or("stale: it is not there")?;
        Ok(format!("element/{id}"))
    }

    /// Presses the element that a script returns.
    pub(crate) fn presses(&self, script: &str) -> Result<(), String> {
        let element = self.element(script)?;
        self.tries(&format!("{element}/click"), &json!({})).map(drop)
    }

    /// Types into the element that a script returns, in place of what is there.
    pub(crate) fn types(&self, script: &str, text: &str) -> Result<(), String> {
        let element = self.element(script)?;
        self.tries(&format!("{element}/clear"), &json!({}))?;
        self.tries(&format!("{element}/value"), &json!({ "text": text })).map(drop)
    }

    /// Presses a key, wherever the keyboard is.
    #[track_caller]
    pub(crate) fn key(&self, key: Key) {
        let key = match key {
            Key::Enter => "\u{E007}",
            Key::Escape => "\u{E00C}",
            Key::Tab => "\u{E004}",
        };
        let presses = [("keyDown", key), ("keyUp", key)];
        let presses = presses.map(|(kind, value)| json!({ "type": kind, "value": value }));
        self.does(
            "actions",
            &json!({ "actions": [{ "type": "key", "id": "keys", "actions": presses }] }),
        );
    }

    /// What a watched browser has loaded since it was last asked: events of its own protocol, each with
    /// `method` and `params`.
    #[track_caller]
    pub(crate) fn events(&self) -> Vec<Value> {
        let said = self.does("se/log", &json!({ "type": "performance" }));
        let entries = said.as_array().into_iter().flatten();
        let read = |entry: &Value| {
            let text = entry["message"].as_str().unwrap_or_default();
            let event: Value = serde_json::from_str(text).unwrap_or_default();
            event["message"].clone()
        };
        entries.map(read).collect()
    }

    /// What the browser has said since it was last asked: level and message.
    #[track_caller]
    pub(crate) fn messages(&self) -> Vec<(String, String)> {
        let said = self.does("se/log", &json!({ "type": "browser" }));
        let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
        let entries = said.as_array().into_iter().flatten();
        entries.map(|entry| (text(&entry["level"]), text(&entry["message"]))).collect()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let ended = asks(Method::DELETE, &self.session, &Value::Null);
        assert!(std::thread::panicking() || ended.is_ok(), "{ended:?}");
    }
}
