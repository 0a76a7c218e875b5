//! A product's own site: a page under a strict policy, and the route that mints customer tokens.

use super::chromium;
use super::window::Window;
use crate::http::served::{Served, sample};
use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use probity::Environment;
use probity::store::MemoryStore;
use probity_cli::http::Limits;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

/// A site and the service that it charges by.
pub(crate) struct Site {
    pub(crate) served: Served,
    shown: Arc<Shown>,
    address: SocketAddr,
}

struct Shown {
    /// The page, without what is around it.
    page: Mutex<String>,
    /// What the token route answers.
    token: Mutex<(u16, String)>,
    /// How often it was asked.
    asked: Mutex<usize>,
    script: Mutex<String>,
}

/// What a page may load: from itself, and the elements from the service. No style, script or picture
/// that stands in the page.
fn policy(service: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' {service}; connect-src 'self' {service}; \
         style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'"
    )
}

async fn page(State(shown): State<Arc<Shown>>) -> impl IntoResponse {
    let service = shown.script.lock().unwrap().clone();
    let body = shown.page.lock().unwrap().clone();
    // A page for anybody asks for no token.
    let is_open = body.contains("data-for-anybody");
    let from = if is_open { "" } else { "data-token-from=\"/billing/token\"" };
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>JobScout</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/site.css\">\
         <script src=\"{service}/elements.js\" {from} defer></script>\
         <script src=\"/site.js\" defer></script></head>\
         <body><main><h1>JobScout</h1>{body}</main></body></html>"
    );
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, "text/html; charset=utf-8".parse().unwrap());
    headers.insert(CACHE_CONTROL, "no-store".parse().unwrap());
    headers.insert(CONTENT_SECURITY_POLICY, policy(&service).parse().unwrap());
    (headers, page)
}

async fn token(State(shown): State<Arc<Shown>>) -> impl IntoResponse {
    *shown.asked.lock().unwrap() += 1;
    let (status, body) = shown.token.lock().unwrap().clone();
    (StatusCode::from_u16(status).unwrap(), [(CONTENT_TYPE, "application/json")], body)
}

const STYLE: &str = "html{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif;\
    background:light-dark(#fbfbfc,#0f1115);color:light-dark(#171a21,#eceef3)}\
    main{max-width:60rem;margin:auto;padding:1.25rem}h1{font-size:1.3rem}\
    section{margin:1.75rem 0}.bar{display:flex;justify-content:flex-end}\
    button.act{font:inherit;font-weight:600;padding:.6rem 1rem;border-radius:10px;border:0;\
    background:light-dark(#171a21,#eceef3);color:light-dark(#fff,#171a21);cursor:pointer}";

/// What the page does of its own: it remembers what the elements tell.
const SCRIPT: &str = "globalThis.told = []; for (const name of ['price', 'go', 'way', 'trouble', \
    'question', 'limits']) document.addEventListener(`probity:${name}`, (e) => told.push({ name, ...e.detail }));";

/// Ana's page, on pro.
pub(crate) fn ana() -> (Site, Window) {
    let served = Served::new();
    served.ana();
    (Site::of(served, "ana"), window())
}

/// A service with the sample contract, everything enforced.
pub(crate) fn enforced() -> Served {
    let served = Served::on(Box::<MemoryStore>::default());
    let mut files = sample("jobscout");
    let operations = files.operations.take().expect("operations");
    files.operations = Some(operations.replace("process_documents: shadow", ""));
    served.publish(Environment::Live, files);
    served
}

/// A window on a product's page.
pub(crate) fn window() -> Window {
    Window::open()
}

impl Site {
    /// The site of `served`, for this customer.
    pub(crate) fn of(served: Served, customer: &str) -> Self {
        Self::with(served, customer, Router::new())
    }

    /// The same, with more on its address.
    pub(crate) fn with(mut served: Served, customer: &str, more: Router) -> Self {
        let shown = Arc::new(Shown {
            page: Mutex::default(),
            token: Mutex::new((500, String::new())),
            asked: Mutex::default(),
            script: Mutex::default(),
        });
        let router = Router::new()
            .route("/", get(page))
            .route("/billing/token", post(token).get(token))
            .route("/site.css", get(async || ([(CONTENT_TYPE, "text/css")], STYLE)))
            .route("/site.js", get(async || ([(CONTENT_TYPE, "text/javascript")], SCRIPT)))
            .fallback(get(page))
            .with_state(Arc::clone(&shown))
            .merge(more);
        let address = chromium::runtime().block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let address = listener.local_addr().expect("an address");
            let never = std::future::pending::<()>();
            tokio::spawn(probity_cli::http::serve(listener, router, Limits::default(), never));
            address
        });
        served.listen_for(Limits::default(), &[&format!("http://{address}")]);
        *shown.script.lock().unwrap() = format!("http://{}", served.address());
        let site = Self { served, shown, address };
        site.is_for(customer, None);
        site
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// What stands on its page from now on.
    pub(crate) fn shows(&self, page: &str) -> String {
        page.clone_into(&mut self.shown.page.lock().unwrap());
        self.url()
    }

    /// Who is signed in from now on.
    pub(crate) fn is_for(&self, customer: &str, member: Option<&str>) {
        let token = self.served.token(customer, member);
        self.answers_token(200, &json!({ "token": token }).to_string());
    }

    /// What the token route answers from now on.
    pub(crate) fn answers_token(&self, status: u16, body: &str) {
        *self.shown.token.lock().unwrap() = (status, body.to_owned());
    }

    /// How often a token was asked for.
    pub(crate) fn tokens_asked(&self) -> usize {
        *self.shown.asked.lock().unwrap()
    }
}
