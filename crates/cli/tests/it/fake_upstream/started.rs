//! `probity fake-upstream` as a command.

use crate::support::{probity, repository, said};
use probity_cli::fake_upstream::Fault;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

#[test]
fn the_faults_are_listed_one_a_line() {
    let listed = said(&["fake-upstream", "--list"]);
    for fault in Fault::ALL {
        let says = |line: &&str| line.contains(fault.name()) && line.ends_with(fault.says());
        assert_eq!(listed.lines().filter(says).count(), 1, "{}", fault.name());
    }
    let json: Value = serde_json::from_str(&said(&["fake-upstream", "--list", "--json"])).unwrap();
    assert_eq!(json["faults"].as_array().unwrap().len(), Fault::ALL.len());
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let out = probity(&repository(), &["fake-upstream", "--listen", &address]);
    assert_eq!(out.status.code(), Some(69), "{out:?}");
}

#[test]
fn it_says_what_it_is_and_what_it_hears() {
    let mut child = Command::new(snapbox::cmd::cargo_bin!("probity"))
        .args(["fake-upstream", "--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let first = lines.next().unwrap();
    assert!(first.contains("for development only"), "{first}");
    let second = lines.next().unwrap();
    let address = second.split("http://").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let body = r#"{"model":"fake-length"}"#;
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /v1/messages HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("max_tokens"), "{answer}");
    let heard = lines.find(|line| line.contains("/v1/messages")).unwrap();
    assert_eq!(heard, "POST /v1/messages (whole): length");
    child.kill().unwrap();
    child.wait().unwrap();
}
