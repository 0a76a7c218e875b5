//! The real binary, serving: a process of its own that ends with the test.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::Arc;

fn bearer(key: &str) -> String {
    format!("authorization: Bearer {key}")
}

/// A service that listens.
pub(crate) struct Started {
    pub(crate) child: Child,
    pub(crate) address: String,
    log: BufReader<ChildStderr>,
}

impl Started {
    /// `probity serve` in a folder, on a port of its own.
    pub(crate) fn serve(folder: &Path, args: &[&str]) -> Self {
        Self::serve_at(folder, args, "127.0.0.1:0")
    }

    /// The same, at this address.
    pub(crate) fn serve_at(folder: &Path, args: &[&str], address: &str) -> Self {
        Self::serve_with(folder, args, address, &[])
    }

    /// The same, with these variables of the environment.
    pub(crate) fn serve_with(
        folder: &Path,
        args: &[&str],
        address: &str,
        environment: &[(&str, &Path)],
    ) -> Self {
        let mut child = Command::new(snapbox::cmd::cargo_bin!("probity"))
            .envs(environment.iter().copied())
            .current_dir(folder)
            .arg("serve")
            .args(args)
            .args(["--listen", address])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap_or_else(|| panic!("{line}"));
        let address = address.split(';').next().unwrap().to_owned();
        Self { child, address, log }
    }

    /// Sends it JSON; what it answers, which goes well.
    pub(crate) fn post(&self, key: &str, path: &str, body: &Value) -> Value {
        Self::post_to(&self.address, key, path, body)
    }

    /// The same, to a service by its address.
    pub(crate) fn post_to(address: &str, key: &str, path: &str, body: &Value) -> Value {
        Self::said(address, "POST", &bearer(key), path, &body.to_string())
    }

    /// Puts JSON there.
    pub(crate) fn put(&self, key: &str, path: &str, body: &Value) -> Value {
        Self::said(&self.address, "PUT", &bearer(key), path, &body.to_string())
    }

    /// Sends it what Stripe signed.
    pub(crate) fn signed(&self, path: &str, body: &str, signature: &str) -> Value {
        Self::said(&self.address, "POST", &format!("stripe-signature: {signature}"), path, body)
    }

    /// The same, where it is refused.
    pub(crate) fn refuses(&self, path: &str, body: &str, signature: &str) -> Value {
        let header = format!("stripe-signature: {signature}");
        let (head, body) = Self::answered(&self.address, "POST", &header, path, body);
        assert!(head.starts_with("HTTP/1.1 4"), "{head}{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// The keys that it shows on an empty database: live, and of the sandbox.
    pub(crate) fn keys(&mut self) -> (String, String) {
        let mut lines = BufReader::new(self.child.stdout.take().unwrap()).lines();
        let mut key = || lines.next().unwrap().unwrap().split_once(": ").unwrap().1.to_owned();
        (key(), key())
    }

    /// What it says to a question.
    pub(crate) fn get(&self, key: &str, path: &str) -> Value {
        Self::said(&self.address, "GET", &bearer(key), path, "")
    }

    fn said(address: &str, method: &str, header: &str, path: &str, body: &str) -> Value {
        let (head, body) = Self::answered(address, method, header, path, body);
        assert!(head.starts_with("HTTP/1.1 20"), "{head}{body}");
        serde_json::from_str(&body).unwrap()
    }

    fn answered(
        address: &str,
        method: &str,
        header: &str,
        path: &str,
        body: &str,
    ) -> (String, String) {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{header}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).unwrap();
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    /// The address of something that stands between: each piece of a request passes as it is changed.
    pub(crate) fn behind(&self, change: impl Fn(&str) -> String + Send + Sync + 'static) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (service, change) = (self.address.clone(), Arc::new(change));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let server = TcpStream::connect(&service).unwrap();
                let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let change = Arc::clone(&change);
                std::thread::spawn(move || {
                    let mut bytes = [0; 4096];
                    while let Ok(n @ 1..) = from.read(&mut bytes) {
                        let text = String::from_utf8_lossy(&bytes[..n]);
                        if to.write_all(change(&text).as_bytes()).is_err() {
                            return;
                        }
                    }
                });
                let (mut from, mut to) = (server, client);
                std::thread::spawn(move || std::io::copy(&mut from, &mut to));
            }
        });
        address
    }

    /// Asks it to end; its exit code, and what else it said on standard error.
    pub(crate) fn end(&mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut said = String::new();
        self.log.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
