//! `probity serve` and `probity keys` as people run them: the real binary, a real database.

use crate::support::{probity, repository};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running service.
struct Service {
    child: Child,
    address: String,
    said: String,
}

impl Service {
    fn start(folder: &Path) -> Self {
        let contract = repository().join("contracts/jobscout");
        let mut child = Command::new(snapbox::cmd::cargo_bin!("probity"))
            .current_dir(folder)
            .args(["serve", contract.to_str().unwrap(), "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut line = String::new();
        BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap_or_else(|| panic!("{line}"));
        let address = address.split(';').next().unwrap().to_owned();
        Self { child, address, said: String::new() }
    }

    fn get(&self, path: &str, key: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }

    /// Asks it to end; its exit code.
    fn end(&mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        self.child.stdout.take().unwrap().read_to_string(&mut self.said).unwrap();
        status.code()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn key_in(text: &str, environment: &str) -> String {
    let start = format!("{environment} key: ");
    let line = text.lines().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or_else(|| panic!("no {start}in {text}")).to_owned()
}

#[cfg(unix)]
#[test]
fn a_service_begins_is_alone_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = Service::start(folder.path());
    assert_eq!(service.get("/readyz", "").0, 200);
    let contract = repository().join("contracts/jobscout");
    let contract = contract.to_str().unwrap();
    // Whoever meets it is told where it is.
    let met = probity(folder.path(), &["wallet", "ana"]);
    let said = String::from_utf8(met.stderr).unwrap();
    assert!(said.contains(&format!("--url http://{}", service.address)), "{said}");
    // A second one on the same database, and one on the same port.
    let second = probity(folder.path(), &["serve", contract, "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(69));
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(said.contains("another process has this database open"), "{said}");
    let listen = ["serve", contract, "--database", "other.db", "--listen", &service.address];
    let second = probity(folder.path(), &listen);
    assert_eq!(second.status.code(), Some(69));
    assert!(String::from_utf8(second.stderr).unwrap().contains("another program listens there"));
    assert!(!folder.path().join("other.db").exists());
    // Keys while it runs.
    let made = probity(folder.path(), &["keys", "new", "--env", "live", "--role", "support"]);
    assert!(made.status.success(), "{made:?}");
    let key = key_in(&String::from_utf8(made.stdout).unwrap(), "live");
    assert!(key.starts_with("sk_live_") && key.len() == "sk_live_".len() + 64);
    assert_eq!(service.get("/v1/contracts", &key).0, 200);
    let slip = probity(folder.path(), &["keys", "new", "--env", "live", "--role", "suport"]);
    assert_eq!(slip.status.code(), Some(1));
    let said = String::from_utf8(slip.stderr).unwrap();
    assert!(said.contains("no role `suport`; there is ") && said.contains("support"), "{said}");
    let listed = probity(folder.path(), &["keys", "list", "--json"]);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let id = listed["keys"].as_array().unwrap().iter().find(|k| k["role"] == "support").unwrap();
    let id = id["id"].as_str().unwrap();
    assert!(probity(folder.path(), &["keys", "revoke", id]).status.success());
    assert_eq!(service.get("/v1/contracts", &key).0, 401);
    assert_eq!(service.end(), Some(0));
    let live = key_in(&service.said, "live");
    assert!(key_in(&service.said, "sandbox").starts_with("sk_sandbox_"));

    // Again: no keys are shown, the old ones serve.
    let mut service = Service::start(folder.path());
    assert_eq!(service.get("/v1/contracts", &live).0, 200);
    assert_eq!(service.get("/v1/contracts", &key).0, 401);
    assert_eq!(service.end(), Some(0));
    assert_eq!(service.said, "");
}

#[test]
fn keys_of_a_database_that_nobody_serves() {
    let folder = tempfile::tempdir().unwrap();
    let none = probity(folder.path(), &["keys", "list"]);
    assert_eq!(none.status.code(), Some(66));
    let contract = folder.path().join("contract.yaml");
    std::fs::write(&contract, "contract: x\n").unwrap();
    let refused = probity(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(1));
    std::fs::write(folder.path().join("probity.db"), "no database at all, but some text").unwrap();
    let wrong = probity(folder.path(), &["keys", "new", "--env", "sandbox"]);
    assert_eq!(wrong.status.code(), Some(66), "{wrong:?}");
}
