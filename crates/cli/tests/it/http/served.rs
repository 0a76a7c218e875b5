//! A server to call, with a clock that stands still. Every answer is held to the OpenAPI.

use crate::support::repository;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{HeaderMap, Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use probity::clock::ManualClock;
use probity::engine::{KeyChange, Options};
use probity::layer::Charging;
use probity::scenario::Files;
use probity::sealing::SealingKeys;
use probity::store::{MemoryStore, Store};
use probity::{Environment, Probity};
use probity_cli::deployment;
use probity_cli::gateway::Gateway;
use probity_cli::http::{self, App, Limits};
use probity_cli::stripe::Stripe;
use probity_cli::webhooks::{self, Reach};
use probity_core::Time;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// The instant of the examples.
pub(crate) const NOW: &str = "2026-11-23T10:00:00Z";

/// A running server.
pub(crate) struct Served {
    runtime: Runtime,
    address: SocketAddr,
    client: Client<HttpConnector, Full<Bytes>>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) probity: Probity,
    app: Arc<App>,
    pub(crate) live: String,
    pub(crate) sandbox: String,
    api: Value,
    schemas: Mutex<HashMap<String, Arc<jsonschema::Validator>>>,
    stop: Mutex<Option<oneshot::Sender<()>>>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Got {
    /// A header's text; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Its status is this one; its body is handed on.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{:#}", self.body);
        self.body
    }

    /// It is a problem of this status and code.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, &self.body["code"]), (status, &json!(code)), "{:#}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["type"], format!("/problems/{code}"));
        assert_eq!(self.body["status"], status);
        assert!(self.body["title"].is_string() && self.body["detail"].is_string());
        if status < 500 && code != "idempotency_in_progress" {
            assert_eq!(self.body["applied"], false);
        }
        self.body
    }
}

/// The files of a sample contract.
pub(crate) fn sample(name: &str) -> Files {
    let folder = repository().join("contracts").join(name);
    let text = |file: &str| fs::read_to_string(folder.join(file)).ok();
    Files {
        contract: text("contract.yaml").expect("a contract"),
        operations: text("operations.yaml"),
        prices: text("model-prices.json"),
    }
}

/// A body as it was before it was packed.
fn unpacked(headers: &HeaderMap, bytes: &[u8]) -> Vec<u8> {
    if headers.get("content-encoding").is_none_or(|how| how != "gzip") || bytes.is_empty() {
        return bytes.to_vec();
    }
    let mut text = flate2::write::GzDecoder::new(Vec::new());
    text.write_all(bytes).expect("gzip");
    text.finish().expect("a whole body")
}

impl Served {
    /// The sample contract, live and in the sandbox, operations at revision 7.
    pub(crate) fn new() -> Self {
        let served = Self::on(Box::<MemoryStore>::default());
        for environment in Environment::ALL {
            served.publish(environment, sample("jobscout"));
            for _ in 1..7 {
                let files = sample("jobscout");
                served.publish_operations(environment, files);
            }
        }
        served
    }

    /// A server on a store, nothing published.
    pub(crate) fn on(store: Box<dyn Store>) -> Self {
        Self::at(store, Time::parse(NOW).expect("a time"))
    }

    /// The same, at another instant.
    pub(crate) fn at(store: Box<dyn Store>, now: Time) -> Self {
        Self::with(store, now, Options::default())
    }

    /// The same, with a queue of this length.
    pub(crate) fn with(store: Box<dyn Store>, now: Time, options: Options) -> Self {
        Self::sealing(store, now, options, Some(SealingKeys::new([7; 32])))
    }

    /// The same, own keys being sealed by these.
    pub(crate) fn sealing(
        store: Box<dyn Store>,
        now: Time,
        options: Options,
        keys: Option<SealingKeys>,
    ) -> Self {
        Self::selling(store, now, options, keys, Stripe::default())
    }

    /// The same, where this is sold with Stripe.
    pub(crate) fn selling(
        store: Box<dyn Store>,
        now: Time,
        options: Options,
        keys: Option<SealingKeys>,
        stripe: Stripe,
    ) -> Self {
        let clock = Arc::new(ManualClock::at(now));
        let shared = || Arc::<ManualClock>::clone(&clock);
        let options = Options { clock: shared(), ..options };
        let probity = Probity::on(store, options).expect("an engine");
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(2).enable_all().build().expect("a runtime");
        let (stop, stopped) = oneshot::channel();
        let (app, address) = runtime.block_on(async {
            let app = App::new(probity.clone(), shared()).await.expect("an app");
            // Whoever receives webhooks in a test is on this machine.
            let app = app.webhooks_reaching(Reach::Private);
            let app = app.selling_with(stripe);
            let app = Arc::new(match keys {
                Some(keys) => app.sealing(keys),
                None => app,
            });
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("an address");
            let router = http::router(Arc::clone(&app), &[]);
            tokio::spawn(http::serve(listener, router, Limits::default(), async {
                let _ = stopped.await;
            }));
            (app, address)
        });
        let client = Client::builder(TokioExecutor::new()).build_http();
        let mut served = Self {
            runtime,
            address,
            client,
            clock,
            probity,
            app,
            live: String::new(),
            sandbox: String::new(),
            api: Value::Null,
            schemas: Mutex::default(),
            stop: Mutex::new(Some(stop)),
        };
        served.live = served.key(Environment::Live, "key name", None);
        served.sandbox = served.key(Environment::Sandbox, "key name", None);
        served.api = served.get_as("", "/openapi.json").is(200);
        served
    }

    /// A new key.
    pub(crate) fn key(&self, environment: Environment, name: &str, role: Option<&str>) -> String {
        let (text, key) = http::new_key(environment, name, role).expect("a key");
        let added = self.app.change_keys(KeyChange::Add(key));
        self.runtime.block_on(added).expect("kept");
        text
    }

    /// Refuses the key of this name from now on.
    pub(crate) fn revokes(&self, name: &str) {
        self.runtime.block_on(async {
            let all = self.app.change_keys(KeyChange::List).await.expect("listed");
            let key = all.iter().find(|key| key.name.as_str() == name).expect("known");
            self.app.change_keys(KeyChange::Revoke(key.id.clone())).await.expect("revoked");
        });
    }

    pub(crate) fn publish(&self, environment: Environment, files: Files) {
        let publication = http::to_publish(&[], files, environment, "test").expect("new");
        self.probity.publish(publication, false).unwrap().wait().expect("published");
    }

    pub(crate) fn publish_operations(&self, environment: Environment, files: Files) {
        let publication = http::to_publish(&[], files, environment, "test").expect("new");
        let publication = probity::store::Publication { contract: None, ..publication };
        self.probity.publish(publication, false).unwrap().wait().expect("published");
    }

    /// Another port that leads to the same, with these limits.
    pub(crate) fn listen(&self, limits: Limits) -> SocketAddr {
        self.listen_with(limits, &[])
    }

    /// From now on it is called by another port, where pages of these origins may.
    pub(crate) fn listen_for(&mut self, limits: Limits, origins: &[&str]) {
        let origins: Vec<_> = origins.iter().map(|o| o.parse().expect("an origin")).collect();
        self.address = self.listen_with(limits, &origins);
    }

    fn listen_with(&self, limits: Limits, origins: &[http::Origin]) -> SocketAddr {
        let router = http::router(Arc::clone(&self.app), origins);
        self.runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("an address");
            let never = std::future::pending::<()>();
            tokio::spawn(http::serve(listener, router, limits, never));
            address
        })
    }

    /// A gateway in front, as this file says; its port is one of its own.
    pub(crate) fn gateway_for(&self, file: &str, origins: &[&str]) -> SocketAddr {
        let origins: Vec<_> = origins.iter().map(|origin| origin.parse().unwrap()).collect();
        let reading = deployment::read(file.as_bytes(), None);
        let gateway = reading.deployment.and_then(|all| all.gateway);
        let gateway = gateway.unwrap_or_else(|| panic!("{:#?}", reading.findings));
        self.runtime.block_on(async {
            let (charging, stop) = Charging::new(self.probity.clone(), None);
            // Ends are told as long as the runtime is there.
            std::mem::forget(stop);
            let gateway = Gateway::new(Arc::clone(&self.app), charging, gateway).expect("ready");
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("an address");
            let limits = Limits { notices_leaving: true, ..Limits::default() };
            let never = std::future::pending::<()>();
            tokio::spawn(http::serve(listener, gateway.router(&origins), limits, never));
            address
        })
    }

    /// Webhooks are sent from now on, by the clock of this server.
    pub(crate) fn delivers(&self) {
        let app = Arc::clone(&self.app);
        self.runtime.spawn(webhooks::deliver(app, std::future::pending()));
    }

    /// It takes nothing new from now on.
    pub(crate) fn stop(&self) {
        let stop = self.stop.lock().unwrap().take();
        let _ = stop.map(|stop| stop.send(()));
    }

    /// What would go on for ever ends.
    pub(crate) fn ends_streams(&self) {
        self.app.ends_streams();
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn now(&self, text: &str) {
        self.clock.set(Time::parse(text).expect("a time"));
    }

    /// A request as it stands; the answer is held to the OpenAPI.
    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Got {
        let method_name = method.to_owned();
        let uri = format!("http://{}{path}", self.address);
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        // Else what goes on for ever would be waited for.
        if headers.iter().all(|(name, _)| *name != "accept") {
            request = request.header("accept", "application/json");
        }
        let request = request.uri(uri).body(Full::new(body.into())).expect("a request");
        let got = self.runtime.block_on(async {
            let response = self.client.request(request).await.expect("an answer");
            let (head, body) = response.into_parts();
            let bytes = body.collect().await.expect("a body").to_bytes();
            let text = String::from_utf8(unpacked(&head.headers, &bytes)).expect("UTF-8");
            let body = serde_json::from_str(&text).unwrap_or_default();
            Got { status: head.status.as_u16(), headers: head.headers, text, body }
        });
        self.holds_to_the_api(&method_name, path, &got);
        got
    }

    /// The same, as whoever has this key; a JSON body where it is not null.
    pub(crate) fn call_as(&self, key: &str, method: &str, path: &str, body: &Value) -> Got {
        self.call_with(key, method, path, body, None)
    }

    /// The same, with an idempotency key.
    pub(crate) fn call_with(
        &self,
        key: &str,
        method: &str,
        path: &str,
        body: &Value,
        idempotency: Option<&str>,
    ) -> Got {
        let bearer = format!("Bearer {key}");
        let mut headers = Vec::new();
        if !key.is_empty() {
            headers.push(("authorization", bearer.as_str()));
        }
        headers.extend(idempotency.map(|key| ("idempotency-key", key)));
        if body.is_null() {
            return self.call(method, path, &headers, "");
        }
        headers.push(("content-type", "application/json"));
        self.call(method, path, &headers, body.to_string())
    }

    pub(crate) fn get(&self, path: &str) -> Got {
        self.get_as(&self.live, path)
    }

    pub(crate) fn get_as(&self, key: &str, path: &str) -> Got {
        self.call_as(key, "GET", path, &Value::Null)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Got {
        self.call_as(&self.live, "POST", path, body)
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Got {
        self.call_as(&self.live, "PUT", path, body)
    }

    /// Ana, on pro, with a member.
    pub(crate) fn ana(&self) -> Value {
        let ana = json!({"plan": "pro", "name": "Ana", "members": [{"id": "m1", "name": "Ana"}],
            "renews": "by_itself", "metadata": {}});
        self.put("/v1/customers/ana", &ana).is(201)
    }

    /// Somebody on a plan.
    pub(crate) fn opens(&self, customer: &str, plan: &str) {
        self.put(&format!("/v1/customers/{customer}"), &json!({"plan": plan})).is(201);
    }

    /// A token of somebody.
    pub(crate) fn token(&self, customer: &str, member: Option<&str>) -> String {
        let path = format!("/v1/customers/{customer}/tokens");
        let token = self.post(&path, &json!({"member": member})).is(201);
        token["token"].as_str().unwrap().to_owned()
    }

    /// A run that is held; its id.
    pub(crate) fn starts(&self, body: &Value) -> String {
        self.post("/v1/runs", body).is(201)["run"].as_str().unwrap().to_owned()
    }

    fn holds_to_the_api(&self, method: &str, path: &str, got: &Got) {
        let Some(paths) = self.api["paths"].as_object() else { return };
        let path = path.split('?').next().unwrap();
        let is_at = |form: &str| {
            let (form, path): (Vec<_>, Vec<_>) =
                (form.split('/').collect(), path.split('/').collect());
            form.len() == path.len()
                && form.iter().zip(&path).all(|(f, p)| f == p || f.starts_with('{'))
        };
        let Some((form, of)) = paths.iter().find(|(form, _)| is_at(form)) else { return };
        // What browsers ask for themselves, and not pages.
        if method == "OPTIONS" || got.status == 304 {
            return;
        }
        let responses = &of[method.to_lowercase()]["responses"];
        let response = match &responses[got.status.to_string()] {
            Value::Null => &responses["default"],
            response => response,
        };
        assert!(got.status >= 400 || response != &responses["default"], "{form}: {}", got.status);
        let kind = got.header("content-type").split(';').next().unwrap_or_default();
        let Some(content) = response["content"].as_object() else { return };
        // What is no JSON has no shape.
        let Some(schema) = content.get(kind).map(|content| &content["schema"]) else {
            return assert!(!kind.ends_with("json"), "{form} answered {kind}");
        };
        if !kind.ends_with("json") {
            return;
        }
        let validator = self.validator(schema);
        let errors: Vec<String> = validator
            .iter_errors(&got.body)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{method} {form} {}: {errors:#?}\n{:#}", got.status, got.body);
    }

    fn validator(&self, schema: &Value) -> Arc<jsonschema::Validator> {
        let mut known = self.schemas.lock().unwrap();
        let validator = known.entry(schema.to_string()).or_insert_with(|| {
            let mut root = schema.clone();
            root["components"] = self.api["components"].clone();
            Arc::new(jsonschema::validator_for(&root).expect("a schema"))
        });
        Arc::clone(validator)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Every field of `expected` stands in `found`, with the same value; objects within likewise.
#[track_caller]
pub(crate) fn holds(found: &Value, expected: &Value) {
    match (found, expected) {
        (Value::Object(_), Value::Object(fields)) => {
            for (key, value) in fields {
                assert!(found.get(key).is_some(), "no `{key}` in {found:#}");
                holds(&found[key], value);
            }
        }
        _ => assert_eq!(found, expected),
    }
}
