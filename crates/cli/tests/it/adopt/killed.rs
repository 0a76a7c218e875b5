//! Broken off in the middle: the same again finishes it, and nothing is adopted twice.

use super::begun;
use crate::support::probity;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

const ROWS: usize = 3_000;
/// How many bytes of requests come through before it is killed.
const LET_THROUGH: usize = 1_500_000;

/// Stands between: passes bytes on, and says once that so many have come.
fn between(service: String) -> (String, mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (tell, told) = mpsc::channel();
    let passed = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let server = TcpStream::connect(&service).unwrap();
            let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            let (tell, passed) = (tell.clone(), Arc::clone(&passed));
            std::thread::spawn(move || {
                let mut bytes = [0; 4096];
                while let Ok(n @ 1..) = from.read(&mut bytes) {
                    if passed.fetch_add(n, Ordering::Relaxed) > LET_THROUGH {
                        let _ = tell.send(());
                        return;
                    }
                    if to.write_all(&bytes[..n]).is_err() {
                        return;
                    }
                }
            });
            let (mut from, mut to) = (server, client);
            std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        }
    });
    (address, told)
}

#[test]
fn the_same_again_finishes_what_was_broken_off() {
    let (folder, service, key) = begun();
    let mut table = "id,tier,credits\n".to_owned();
    for n in 0..ROWS {
        writeln!(table, "customer_{n},pro,{}", n % 100 + 1).unwrap();
    }
    fs::write(folder.path().join("users.csv"), table).unwrap();
    let flags = ["--kind", "bought", "--plan-credits", "extra", "--key", &key];
    let adopt = [&["adopt", "users.csv"], flags.as_slice()].concat();
    let (relay, told) = between(service.address.clone());
    let mut child = Command::new(snapbox::cmd::cargo_bin!("probity"))
        .current_dir(folder.path())
        .args(&adopt)
        .args(["--url", &format!("http://{relay}")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    told.recv().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let url = format!("http://{}", service.address);
    let ask = |args: &[&str]| -> Value {
        let out = probity(folder.path(), &[args, &["--json", "--url", &url]].concat());
        assert!(out.status.success(), "{out:?}");
        serde_json::from_slice(&out.stdout).unwrap()
    };
    let done = ask(&adopt);
    let tally = &done["tally"];
    let number = |key: &str| tally[key].as_u64().unwrap();
    assert!(number("again") > 0 && number("opened") > 0, "it was broken off too early: {tally:#}");
    assert_eq!(number("opened") + number("known") + number("again"), ROWS as u64);
    let sum: usize = (0..ROWS).map(|n| n % 100 + 1).sum();
    assert_eq!(tally["table"], sum.to_string());
    let left = ask(&["leave", "--key", &key]);
    let there: f64 = left["available"].as_str().unwrap().parse().unwrap();
    assert_eq!(there, (sum + 120 * ROWS) as f64, "each once, beside what the plan brings");
    let again = ask(&adopt);
    assert_eq!(again["tally"]["again"], ROWS);
    assert_eq!(again["tally"]["granted"], "0");
}
