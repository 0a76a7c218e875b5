//! Webhooks as whoever receives them meets them.

mod api;
mod commands;
mod killed;
mod libraries;
pub(crate) mod receiver;
mod secure;
mod sent;

use crate::http::started::Started;
use receiver::Receiver;
use serde_json::{Value, json};
use std::path::Path;

/// The real binary, serving the sample contract, with its sandbox key.
pub(crate) struct Shop {
    pub(crate) started: Started,
    pub(crate) key: String,
}

impl Shop {
    /// In an empty folder.
    pub(crate) fn opens(folder: &Path) -> Self {
        Self::with(folder, &[])
    }

    /// The same, trusting this certificate alone.
    pub(crate) fn trusting(folder: &Path, certificate: &Path) -> Self {
        Self::with(folder, &[("SSL_CERT_FILE", certificate)])
    }

    fn with(folder: &Path, environment: &[(&str, &Path)]) -> Self {
        let contract = crate::http::served::sample("jobscout");
        std::fs::write(folder.join("contract.yaml"), contract.contract).unwrap();
        std::fs::write(folder.join("operations.yaml"), contract.operations.unwrap()).unwrap();
        std::fs::write(folder.join("model-prices.json"), contract.prices.unwrap()).unwrap();
        let args = ["contract.yaml", "--webhooks-to-private"];
        let mut started = Started::serve_with(folder, &args, "127.0.0.1:0", environment);
        let (_, key) = started.keys();
        Self { started, key }
    }

    /// Killed without a word, and begun again.
    pub(crate) fn killed(self, folder: &Path) -> Self {
        self.killed_at(folder, "127.0.0.1:0")
    }

    /// The same, at this address.
    pub(crate) fn killed_at(mut self, folder: &Path, address: &str) -> Self {
        self.started.child.kill().unwrap();
        self.started.child.wait().unwrap();
        let args = ["contract.yaml", "--webhooks-to-private"];
        let started = Started::serve_at(folder, &args, address);
        Self { started, key: self.key }
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        self.started.post(&self.key, path, body)
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Value {
        self.started.put(&self.key, path, body)
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        self.started.get(&self.key, path)
    }

    /// Events of a type go there; the endpoint as it is answered, with its secret.
    pub(crate) fn sends(&self, to: &Receiver, kind: &str) -> Value {
        self.post("/v1/webhook-endpoints", &json!({"url": to.url(), "events": [kind]}))
    }

    /// A run of a customer that is done and costs nothing.
    pub(crate) fn runs(&self, customer: &str, artifact: &str) {
        let run = json!({"customer": customer, "action": "map_market", "artifact": artifact,
            "outcome": "delivered"});
        self.post("/v1/runs", &run);
    }
}
