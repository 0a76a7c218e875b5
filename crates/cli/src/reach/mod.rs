//! How commands reach the books: always through the API, whoever has the database open.
//!
//! Here, in this process, where nobody else has it; there, over HTTP, where a service has. What is
//! asked and what is answered is the same, so a command is written once.

mod here;

pub(crate) use here::Here;

use serde_json::Value;

/// What the API answered.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// The status.
    pub(crate) status: u16,
    /// The JSON; null where there is none.
    pub(crate) body: Value,
}

impl Said {
    /// Did it go well?
    pub(crate) const fn is_done(&self) -> bool {
        self.status < 300
    }

    /// A text of the answer; empty where there is none.
    pub(crate) fn text(&self, at: &str) -> &str {
        self.body.pointer(at).and_then(Value::as_str).unwrap_or_default()
    }
}
