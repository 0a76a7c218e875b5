//! The API in this process: the same routes as over HTTP, without a port.

use super::{Ask, Said, many};
use crate::answer::Failure;
use crate::exit::Exit;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use http_body_util::BodyExt;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use probity::Probity;
use probity::clock::SystemClock;
use probity::engine::Options;
use probity::store::{ApiKey, Store};
use probity_cli::http::{self, App};
use serde_json::Value;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// An engine with its API, in this process.
pub(crate) struct Here {
    /// Where it runs.
    pub(crate) runtime: Runtime,
    /// The engine.
    pub(crate) probity: Probity,
    /// What requests share.
    pub(crate) app: Arc<App>,
    /// Everything that is served.
    pub(crate) router: Router,
}

impl Here {
    /// An engine on a store, by this machine's clock, which knows some more keys as long as it runs.
    pub(crate) fn on(store: Box<dyn Store>, admits: Vec<ApiKey>) -> Result<Self, Failure> {
        let fault = |what: &dyn ToString| fault(&what.to_string());
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| fault(&error))?;
        let options = Options { clock: Arc::new(SystemClock), admits, ..Options::default() };
        let probity = Probity::on(store, options).map_err(|error| fault(&error))?;
        let app = runtime.block_on(App::new(probity.clone(), Arc::new(SystemClock)));
        let app = Arc::new(app.map_err(|why| crate::cmd::serve::not_begun(&why))?);
        let router = http::router(Arc::clone(&app), &[]);
        Ok(Self { runtime, probity, app, router })
    }

    /// Asks the API with a key, or a customer's token.
    pub(crate) fn ask(
        &self,
        key: &str,
        method: &str,
        path: &str,
        sent: &Value,
    ) -> Result<Said, Failure> {
        let asks = Ask::new(method, path, sent.clone());
        self.runtime.block_on(answered(self.router.clone(), key, &asks))
    }

    /// Asks for much at once; answers in the order of the questions.
    pub(crate) fn all(&self, key: &str, asks: Vec<Ask>) -> Result<Vec<Said>, Failure> {
        let key: Arc<str> = Arc::from(key);
        self.runtime.block_on(many::all(asks, AT_ONCE, |mut lane| {
            let (router, key) = (self.router.clone(), Arc::clone(&key));
            async move {
                while let Some((n, ask)) = lane.next() {
                    let answer = loop {
                        let said = answered(router.clone(), &key, &ask).await?;
                        if !lane.again(&said).await {
                            break said;
                        }
                    };
                    lane.done(n, answer);
                }
                Ok(lane)
            }
        }))
    }

    /// Waits until everything is kept, and lets go of the database.
    pub(crate) fn close(self) {
        let Self { runtime, probity, app, router } = self;
        drop((router, app));
        drop(runtime);
        probity.close();
    }
}

/// How many questions are under way at once: what is decided together is made durable together.
const AT_ONCE: usize = 256;

async fn answered(router: Router, key: &str, ask: &Ask) -> Result<Said, Failure> {
    let request = Request::builder()
        .method(ask.method)
        .uri(&ask.path)
        .header(AUTHORIZATION, format!("Bearer {key}"))
        .header(CONTENT_TYPE, "application/json");
    let request = ask.with_key(request).body(Body::from(ask.body()));
    let request = request.map_err(|error| fault(&error.to_string()))?;
    let answered = TowerToHyperService::new(router).call(request).await;
    let answered = answered.map_err(|never| fault(&never.to_string()))?;
    let status = answered.status().as_u16();
    let body = answered.into_body().collect().await;
    let body = body.map_err(|error| fault(&error.to_string()))?.to_bytes();
    Ok(Said { status, body: serde_json::from_slice(&body).unwrap_or_default() })
}

fn fault(what: &str) -> Failure {
    let fix = "look at the disk and its permissions; else report this with what led to it";
    Failure::new(Exit::CANNOT_WRITE, "database", what.to_owned(), fix)
}
