//! Upstreams that keep everybody waiting, and clients that do not wait, in every protocol.

use super::native::{ask, assistant_with, calls, ended, fake};
use super::post;
use crate::http::served::Served;
use probity_cli::fake_upstream::Options;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const IMPATIENT: &str = "      times: { first_byte: 1 second, idle: 1 second }\n";

fn front(pace: u64) -> (Served, SocketAddr) {
    let options = Options { pace: Duration::from_millis(pace), ..Options::default() };
    assistant_with(IMPATIENT, "enforce", fake(options))
}

fn came_to(served: &Served, run: &str) -> String {
    let receipt = ended(served, run);
    let text = |key: &str| receipt[key].as_str().unwrap_or_default().to_owned();
    format!("{} {} {}", text("outcome"), text("charged"), text("reason"))
}

#[test]
fn who_is_silent_is_given_up_and_who_is_slow_is_not() {
    let (served, gateway) = front(1);
    let served = &served;
    std::thread::scope(|scope| {
        for streamed in [true, false] {
            for (path, body) in calls(streamed) {
                scope.spawn(move || {
                    for (fault, status, outcome) in [
                        ("stall-first", 504, "failed 0 timeout"),
                        ("stall", 200, "failed 0 stalled"),
                        ("slow", 200, "delivered 1 "),
                    ] {
                        let got = ask(gateway, path, &format!("fake-fault: {fault}\r\n"), &body);
                        let about = format!("{path} {fault} streamed: {streamed} {}", got.head);
                        assert_eq!(got.status(), status, "{about}");
                        assert_eq!(came_to(served, got.header("probity-run")), outcome, "{about}");
                    }
                });
            }
        }
    });
}

/// Reads until this has come; the id of the run, from the head.
fn until(stream: &mut TcpStream, text: &str) -> String {
    let (mut seen, mut piece) = (Vec::new(), [0; 1024]);
    while !String::from_utf8_lossy(&seen).contains(text) {
        let read = stream.read(&mut piece).unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&seen));
        seen.extend(&piece[..read]);
    }
    let seen = String::from_utf8_lossy(&seen).into_owned();
    let run = seen.lines().find_map(|line| line.strip_prefix("probity-run: "));
    run.unwrap_or_default().to_owned()
}

#[test]
fn who_leaves_has_abandoned_what_had_begun_and_cancelled_what_had_not() {
    // An event at a time, so that somebody can leave between two.
    let (served, gateway) = front(100);
    let served = &served;
    std::thread::scope(|scope| {
        for (path, body) in calls(true) {
            scope.spawn(move || {
                let mut stream = TcpStream::connect(gateway).unwrap();
                let request = post(path, "fake-fault: paced\r\n", &body.to_string());
                stream.write_all(request.as_bytes()).unwrap();
                let run = until(&mut stream, "Hello");
                drop(stream);
                assert_eq!(came_to(served, &run), "abandoned 1 client_gone", "{path}");
            });
        }
    });
    // Whoever leaves before anything came never saw the id of the run.
    for (path, body) in calls(false) {
        let mut stream = TcpStream::connect(gateway).unwrap();
        let request = post(path, "fake-fault: stall-first\r\n", &body.to_string());
        stream.write_all(request.as_bytes()).unwrap();
        let held = || served.get("/v1/customers/ana/runs").is(200)["items"][0].clone();
        let run = loop {
            let run = held();
            if run["status"] == "held" {
                break run["run"].as_str().unwrap().to_owned();
            }
        };
        drop(stream);
        assert_eq!(came_to(served, &run), "cancelled 0 client_gone_before_output", "{path}");
    }
}
