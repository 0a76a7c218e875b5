//! The real binary, killed and ended under load: what was answered is there, what was not is found
//! by its key, and nothing is done twice.

use super::served::sample;
use super::started::Started;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Sender, channel};

/// How often it is killed, and how often it is asked to end.
const KILLS: usize = 50;
const ENDS: usize = 5;
const CLIENTS: usize = 4;

/// A running service.
struct Service(Started);

impl Service {
    fn start(folder: &Path) -> Self {
        Self(Started::serve(folder, &["contract.yaml"]))
    }

    /// The key it shows once, on an empty database.
    fn key(&mut self) -> String {
        let mut line = String::new();
        BufReader::new(self.0.child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        line.trim().strip_prefix("live key: ").unwrap_or_else(|| panic!("{line}")).to_owned()
    }

    fn stop(&mut self, signal: &str) {
        let id = self.0.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let status = self.0.child.wait().unwrap();
        assert!(signal == "-KILL" || status.success(), "{status}");
    }
}

/// Calls once; None where no whole answer came back.
fn call(address: &str, key: &str, method: &str, path: &str, body: &Value) -> Option<(u16, Value)> {
    let (extra, body) = match body {
        Value::Null => (String::new(), String::new()),
        body => ("content-type: application/json\r\n".to_owned(), body.to_string()),
    };
    let (path, idempotency) = path.split_once(' ').unwrap_or((path, ""));
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {key}\r\n\
         {extra}{idempotency}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
    if length.parse() != Ok(body.len()) {
        return None;
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}

/// What one customer's client knows.
#[derive(Default)]
struct Client {
    answers: BTreeMap<usize, Value>,
    next: usize,
}

impl Client {
    fn ask(&self, address: &str, key: &str, i: usize, n: usize) -> Option<(u16, Value)> {
        let body = json!({"customer": format!("c{i}"), "action": "summarize_file",
            "artifact": format!("file_{n}"), "outcome": "delivered"});
        let path = format!("/v1/runs idempotency-key: k{n}\r\n");
        call(address, key, "POST", &path, &body)
    }

    /// Works until an answer stays out; tells of each that came.
    fn work(&mut self, address: &str, key: &str, i: usize, tell: &Sender<()>) {
        while let Some((status, body)) = self.ask(address, key, i, self.next) {
            if status == 503 {
                break;
            }
            assert_eq!(status, 201, "{body:#}");
            self.answers.insert(self.next, body);
            self.next += 1;
            let _ = tell.send(());
        }
    }

    /// What was answered is there; what was not is found out, and done once.
    fn look_after(&mut self, address: &str, key: &str, i: usize) {
        let known = |n: usize| {
            let path = format!("/v1/idempotency/k{n}?customer=c{i}");
            call(address, key, "GET", &path, &Value::Null).unwrap().1
        };
        for (n, body) in self.answers.iter().rev().take(20) {
            let known = known(*n);
            assert_eq!((&known["state"], &known["body"]), (&json!("applied"), body), "k{n}");
        }
        let before = known(self.next);
        let (status, body) = self.ask(address, key, i, self.next).unwrap();
        assert_eq!(status, 201);
        if before["state"] == "applied" {
            assert_eq!(before["body"], body);
        }
        self.answers.insert(self.next, body);
        self.next += 1;
    }
}

#[cfg(unix)]
#[test]
fn nothing_that_was_answered_is_lost_when_the_service_is_killed_or_ended_under_load() {
    let folder = tempfile::tempdir().unwrap();
    let contract = sample("minimal").contract + "limits: { at_once: 1000 }\n";
    std::fs::write(folder.path().join("contract.yaml"), contract).unwrap();
    let mut service = Service::start(folder.path());
    let key = service.key();
    for i in 0..CLIENTS {
        let plan = json!({"plan": "starter"});
        call(&service.0.address, &key, "PUT", &format!("/v1/customers/c{i}"), &plan).unwrap();
        let gift = json!({"kind": "gift", "amount": "1000000"});
        let path = format!("/v1/customers/c{i}/grants");
        assert_eq!(call(&service.0.address, &key, "POST", &path, &gift).unwrap().0, 201);
    }
    let mut clients: Vec<Client> = (0..CLIENTS).map(|_| Client::default()).collect();
    for round in 0..KILLS + ENDS {
        let (tell, told) = channel();
        let (address, key) = (service.0.address.clone(), key.as_str());
        std::thread::scope(|scope| {
            for (i, client) in clients.iter_mut().enumerate() {
                let (tell, address) = (tell.clone(), &address);
                scope.spawn(move || client.work(address, key, i, &tell));
            }
            // If all of them stopped, nobody would tell anything any more.
            drop(tell);
            (0..10 + round * 7 % 90).for_each(|_| told.recv().unwrap());
            service.stop(if round < KILLS { "-KILL" } else { "-TERM" });
        });
        service = Service::start(folder.path());
        for (i, client) in clients.iter_mut().enumerate() {
            client.look_after(&service.0.address, key, i);
        }
    }
    for (i, client) in clients.iter().enumerate() {
        let path = format!("/v1/customers/c{i}/wallet");
        let wallet = call(&service.0.address, &key, "GET", &path, &Value::Null).unwrap().1;
        // One entry opened them, one brought the gift, one is for each run, and each took a credit.
        assert_eq!(wallet["as_of_seq"], 2 + client.next);
        assert_eq!(wallet["balance"], (1_000_100 - client.next).to_string());
    }
    service.stop("-TERM");
}
