//! Keys and prompts with a mark in them, sent every way there is, through the real binary at its most
//! talkative: the mark is found in what the upstream received, and nowhere else.

use super::own_keys::DONE;
use super::upstream::{Does, Upstream, answer};
use super::{Got, got};
use crate::support::repository;
use rusqlite::Connection;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

/// What is looked for.
const MARK: &str = "canary";
const STORED: &str = "sk-canary-stored-0123456789abcdef";
const SENT: &str = "sk-canary-sent-0123456789abcdef";
const OURS: &str = "sk-canary-ours-0123456789abcdef";
const PROMPT: &str =
    r#"{"model":"gpt-4.1","messages":[{"role":"user","content":"a canary sings"}]}"#;
/// What seals: it is looked for as well.
const SEALS: [&str; 2] = [
    "6f0f2c9d8b7a6958473625140f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
    "0f1e2d3c4b5a69788796a5b4c3d2e1f06f0f2c9d8b7a6958473625140f1e2d3c",
];

/// The service, and everything it has said.
struct Talkative {
    child: Child,
    api: String,
    gateway: String,
    key: String,
    log: Option<JoinHandle<String>>,
    said: String,
}

/// A line that has this in it, and what follows.
fn line_with(lines: &Receiver<String>, text: &str) -> String {
    loop {
        let line = lines.recv().unwrap_or_else(|_| panic!("it never said {text}"));
        if let Some((_, rest)) = line.split_once(text) {
            return rest.split([' ', ';', ',']).next().unwrap_or_default().to_owned();
        }
    }
}

impl Talkative {
    /// Serves in a folder; the key is known from before, or is said on its first start.
    fn serve(folder: &Path, log: &str, key: Option<&str>) -> Self {
        let contract = repository().join("contracts/jobscout");
        let mut child = Command::new(snapbox::cmd::cargo_bin!("probity"))
            .current_dir(folder)
            .args(["serve", contract.to_str().unwrap(), "--deployment", "probity.yaml"])
            .args(["--own-keys-key", "own-keys.key", "--log", log, "--verbose"])
            .args(["--listen", "127.0.0.1:0"])
            .env("OURS", OURS)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let (tell, lines) = channel();
        let log = std::thread::spawn(move || {
            let mut all = String::new();
            let mut line = String::new();
            while stderr.read_line(&mut line).is_ok_and(|read| read > 0) {
                all.push_str(&line);
                let _ = tell.send(std::mem::take(&mut line));
            }
            all
        });
        let (mut said, mut stdout) = (String::new(), BufReader::new(child.stdout.take().unwrap()));
        let key = key.map_or_else(
            || {
                stdout.read_line(&mut said).unwrap();
                said.trim().strip_prefix("live key: ").unwrap().to_owned()
            },
            ToOwned::to_owned,
        );
        let api = line_with(&lines, "Listening on http://");
        let gateway = line_with(&lines, "The gateway listens on http://");
        child.stdout = Some(stdout.into_inner());
        Self { child, api, gateway, key, log: Some(log), said }
    }

    fn send(&self, address: &str, request: &str) -> Got {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        got(stream)
    }

    /// Asks the API.
    fn api(&self, method: &str, path: &str, headers: &str, body: &str) -> Got {
        let (key, length) = (&self.key, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer \
             {key}\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}"
        );
        self.send(&self.api, &request)
    }

    /// A call through the gateway.
    fn call(&self, path: &str, draft: &str, headers: &str) -> Got {
        let headers = format!("x-draft: {draft}\r\nidempotency-key: {draft}\r\n{headers}");
        self.send(&self.gateway, &super::post(path, &headers, PROMPT))
    }

    /// Ends it; everything it has said.
    fn end(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.stdout.take().unwrap().read_to_string(&mut self.said).unwrap();
        assert!(self.child.wait().unwrap().success());
        self.log.take().unwrap().join().unwrap() + &self.said
    }
}

impl Drop for Talkative {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Everything that stands in files below a folder, but the file that seals.
fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_dir() {
            files(&path, found);
        } else if kind.is_file() && !path.ends_with("own-keys.key") {
            let bytes = std::fs::read(&path).unwrap();
            found.push((path.display().to_string(), bytes));
        }
    }
}

#[track_caller]
fn has_no_mark(what: &str, bytes: &[u8]) {
    for mark in [MARK, SEALS[0], SEALS[1]] {
        let mut parts = bytes.windows(mark.len());
        let at = parts.position(|part| part.eq_ignore_ascii_case(mark.as_bytes()));
        let around = at.map(|at| {
            let around = &bytes[at.saturating_sub(80)..(at + 80).min(bytes.len())];
            String::from_utf8_lossy(around).into_owned()
        });
        assert_eq!(around, None, "{what}");
    }
}

#[track_caller]
fn folder_has_no_mark(folder: &Path, must_be_there: &str) {
    let mut found = Vec::new();
    files(folder, &mut found);
    assert!(found.iter().any(|(name, _)| name.contains(must_be_there)), "{must_be_there}");
    found.iter().for_each(|(name, bytes)| has_no_mark(name, bytes));
}

/// Where calls go: each path has an upstream of its own.
struct Upstreams {
    ok: Upstream,
    refuses: Upstream,
    nonsense: Upstream,
    waits: Upstream,
}

impl Upstreams {
    fn new() -> Self {
        // It tells the key again, as no provider should.
        let wrong =
            format!("{{\"error\":{{\"message\":\"Incorrect API key: {STORED}, {SENT}\"}}}}");
        let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly half".to_vec();
        let waits = vec![Does::Waits, Does::Sends(answer("200 OK", "", DONE))];
        Self {
            ok: Upstream::answering("200 OK", "", DONE),
            refuses: Upstream::answering("401 Unauthorized", "x-request-id: 1\r\n", &wrong),
            nonsense: Upstream::new(vec![Does::Sends(cut), Does::Resets]),
            waits: Upstream::new(waits),
        }
    }

    fn deployment(&self) -> String {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let routes = [
            ("ok", self.ok.address, "takes_own_keys: true"),
            ("refuses", self.refuses.address, "takes_own_keys: true"),
            ("nonsense", self.nonsense.address, "takes_own_keys: true"),
            ("waits", self.waits.address, "takes_own_keys: true"),
            ("gone", gone, "takes_own_keys: true"),
            ("elsewhere", self.ok.address, "takes_own_keys: false"),
        ];
        let route = |(path, upstream, takes): (&str, std::net::SocketAddr, &str)| {
            format!(
                "    - match: POST /{path}\n      upstream: http://{upstream}\n      protocol: \
                 openai_chat\n      action: tailor_document\n      customer: {{ header: \
                 x-customer-id }}\n      artifact: {{ header: x-draft }}\n      upstream_key: {{ env: \
                 OURS }}\n      {takes}\n"
            )
        };
        let routes: String = routes.into_iter().map(route).collect();
        format!("gateway:\n  listen: 127.0.0.1:0\n  routes:\n{routes}")
    }
}

/// Every way a key comes in, also wrong ones; what is answered has no mark.
fn store(service: &Talkative, answers: &mut Vec<Got>) {
    for customer in ["ana", "bo"] {
        let plan = if customer == "ana" { "byok" } else { "pro" };
        let body = format!("{{\"plan\":\"{plan}\"}}");
        answers.push(service.api("PUT", &format!("/v1/customers/{customer}"), "", &body));
    }
    let place = "/v1/customers/ana/own-keys/openai";
    let key = format!("{{\"key\":\"{STORED}\"}}");
    let again = "idempotency-key: k1\r\n";
    let stored = service.api("PUT", place, again, &key);
    assert_eq!(stored.status(), 200, "{}", stored.text());
    answers.push(stored);
    for (path, headers, body) in [
        (place, again, key.as_str()),
        (place, again, r#"{"key":"sk-canary-another"}"#),
        (place, "", r#"{"key":"a canary with spaces"}"#),
        (place, "", r#"{"canary":"sk-canary-0123"}"#),
        (place, "", r#"{"key":"sk-canary-0123""#),
        ("/v1/customers/ana/own-keys/sk-CANARY-0123", "", key.as_str()),
        ("/v1/customers/nobody/own-keys/openai", "", key.as_str()),
        (place, "content-encoding: canary\r\n", key.as_str()),
    ] {
        answers.push(service.api("PUT", path, headers, body));
    }
}

/// Calls that go well, and every way they do not.
fn calls(service: &Talkative, upstreams: &Upstreams, answers: &mut Vec<Got>) {
    let theirs = format!("probity-provider-authorization: Bearer {SENT}\r\n");
    let client = "authorization: Bearer sk-canary-of-the-client\r\nx-api-key: canary-canary\r\n";
    answers.push(service.call("/ok", "d1", client));
    assert_eq!(upstreams.ok.last().header("authorization"), format!("Bearer {STORED}"));
    assert_eq!(upstreams.ok.last().body, PROMPT.as_bytes());
    answers.push(service.call("/ok", "d2", &theirs));
    assert_eq!(upstreams.ok.last().header("authorization"), format!("Bearer {SENT}"));
    // Bo is on a plan that runs on ours.
    let bo = super::post("/ok", "x-draft: b1\r\n", PROMPT).replace("id: ana", "id: bo");
    answers.push(service.send(&service.gateway, &bo));
    assert_eq!(upstreams.ok.last().header("authorization"), format!("Bearer {OURS}"));
    for (path, draft) in [("/gone", "d3"), ("/nonsense", "d4"), ("/elsewhere", "d5")] {
        answers.push(service.call(path, draft, ""));
        answers.push(service.call(path, &format!("{draft}-sent"), &theirs));
    }
    answers.push(service.call("/ok", "d6", "probity-provider-authorization: a canary\r\n"));
    answers.push(service.call("/refuses", "d7", &theirs));
    answers.push(service.call("/nowhere?key=sk-canary-0123", "d8", &theirs));
    answers.push(service.call("/ok?key=sk-canary-0123", "d9", ""));
    let token = "probity-authorization: Bearer ct_canary\r\n";
    answers.push(service.call("/ok", "d10", token));
}

/// The database is away while a run ends: its end goes to the spool.
fn spools(service: &Talkative, upstreams: &Upstreams, folder: &Path) -> Got {
    let mut stream = TcpStream::connect(&service.gateway).unwrap();
    let request = super::post("/waits", "x-draft: d11\r\n", PROMPT);
    stream.write_all(request.as_bytes()).unwrap();
    upstreams.waits.has_come_so_far();
    let lock = Connection::open(folder.join("probity.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    upstreams.waits.goes_on();
    let got = got(stream);
    folder_has_no_mark(folder, "probity.settles");
    lock.execute_batch("ROLLBACK").unwrap();
    got
}

#[cfg(unix)]
#[test]
fn keys_and_prompts_are_found_in_what_the_upstream_received_and_nowhere_else() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let upstreams = Upstreams::new();
    std::fs::write(folder.join("probity.yaml"), upstreams.deployment()).unwrap();
    let seals = folder.join("own-keys.key");
    std::fs::write(&seals, SEALS[0]).unwrap();
    std::fs::set_permissions(&seals, std::fs::Permissions::from_mode(0o600)).unwrap();
    let mut answers = Vec::new();
    let service = Talkative::serve(folder, "json", None);
    let key = service.key.clone();
    store(&service, &mut answers);
    calls(&service, &upstreams, &mut answers);
    answers.push(spools(&service, &upstreams, folder));
    // The stored one last: then it is not taken any more.
    answers.push(service.call("/refuses", "d12", ""));
    let asked = upstreams.refuses.last();
    assert_eq!(asked.header("authorization"), format!("Bearer {STORED}"));
    answers.push(service.call("/ok", "d13", ""));
    let pages = ["/metrics", "/problems/own_key_missing", "/problems/forbidden", "/docs"];
    let books = ["entries", "runs", "wallet"].map(|what| format!("/v1/customers/ana/{what}"));
    for path in pages.into_iter().map(ToOwned::to_owned).chain(books) {
        answers.push(service.api("GET", &path, "", ""));
    }
    answers.push(service.api("GET", "/v1/idempotency/k1?customer=ana", "", ""));
    folder_has_no_mark(folder, "probity.db-wal");
    let mut said = service.end();
    assert!(said.contains("\"level\":\"DEBUG\""), "{said}");
    // Under another key it cannot be opened; with both it is sealed anew; and it is removed.
    for (seal, log) in [(SEALS[1].to_owned(), "text"), (SEALS.join("\n"), "json")] {
        std::fs::write(&seals, seal).unwrap();
        let service = Talkative::serve(folder, log, Some(&key));
        let place = "/v1/customers/ana/own-keys/openai";
        answers.push(service.call("/ok", "d14", ""));
        if log == "json" {
            answers.push(service.api("DELETE", place, "", ""));
        }
        answers.push(service.api("PUT", place, "", "{\"key\":\"sk-canary-anew-0123456789\"}"));
        answers.push(service.call("/ok", "d15", ""));
        folder_has_no_mark(folder, "probity.db");
        said.push_str(&service.end());
    }
    has_no_mark("what it said", said.as_bytes());
    for got in answers {
        let whole = [got.head.as_bytes(), b"\r\n", &got.body].concat();
        has_no_mark("an answer", &whole);
    }
    folder_has_no_mark(folder, "probity.db");
}
