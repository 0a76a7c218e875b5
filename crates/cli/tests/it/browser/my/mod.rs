//! The customer's own pages in a browser: each by the question that it answers, and by what may go wrong.

mod hostile;
mod later;
mod questions;
mod receipts;

use super::window::Window;
use crate::http::served::Served;
use probity_cli::http::Limits;
use serde_json::{Value, json};

/// The product's own site, which the service allows.
const SITE: &str = "https://app.example.org";

/// A service with its pages, and a window.
struct Mine {
    served: Served,
    window: Window,
}

impl Mine {
    /// The pages of `served`.
    fn of(mut served: Served) -> Self {
        served.listen_for(Limits::default(), &[SITE]);
        Self { served, window: Window::open() }
    }

    /// Ana's, on pro.
    fn ana() -> Self {
        let served = Served::new();
        served.ana();
        Self::of(served)
    }

    fn url(&self, place: &str) -> String {
        format!("http://{}{place}", self.served.address())
    }

    /// Ana comes from the product to a page of hers; `#` and what follows stays behind the token.
    fn opens(&self, place: &str) {
        let token = self.served.token("ana", None);
        let (path, rest) = place
            .split_once('#')
            .map_or((place, String::new()), |(path, rest)| (path, format!("&{rest}")));
        // Away from the page of before: else only the fragment changes.
        self.window.goes("about:blank");
        self.window.goes(&self.url(&format!("{path}#{token}{rest}")));
    }

    /// Something that Ana ran, ended.
    fn ran(&self, action: &str, artifact: &str, outcome: &str) -> String {
        let run = json!({"customer": "ana", "action": action, "artifact": artifact,
            "outcome": outcome});
        self.began(&run)
    }

    fn began(&self, run: &Value) -> String {
        self.served.post("/v1/runs", run).is(201)["run"].as_str().unwrap().to_owned()
    }
}
