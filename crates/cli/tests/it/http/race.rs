//! Sixty-four clients at once on a wallet that covers ten runs: exactly ten get one, also when they
//! hang up and ask again.

use super::served::{Served, sample};
use probity::Environment;
use probity::scenario::Files;
use probity::store::sqlite::SqliteStore;
use probity_core::Time;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Barrier;

const CLIENTS: usize = 64;
const COVERED: usize = 10;

/// A run costs a tenth of what the plan brings, and nobody is kept from starting many at once.
fn shop(folder: &tempfile::TempDir) -> Served {
    let minimal = sample("minimal");
    let contract = minimal.contract.replace("price: 1 credit\n", "price: 10 credits\n");
    let contract = format!("{contract}limits: {{ at_once: 1000 }}\n");
    let store = SqliteStore::open(&folder.path().join("race.db")).unwrap();
    let now = Time::parse(super::served::NOW).unwrap();
    let served = Served::at(Box::new(store), now);
    served.publish(Environment::Live, Files { contract, ..minimal });
    served.opens("ana", "starter");
    served
}

fn run(n: usize) -> Value {
    json!({"customer": "ana", "action": "summarize_file", "artifact": format!("file_{n}")})
}

/// Sends a request and hangs up before any answer.
fn hang_up(served: &Served, n: usize) {
    let body = run(n).to_string();
    let request = format!(
        "POST /v1/runs HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nidempotency-key: k{n}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        served.live,
        body.len()
    );
    let mut stream = TcpStream::connect(served.address()).unwrap();
    // Some are cut in the middle.
    let sent = if n.is_multiple_of(4) { request.len() / 2 } else { request.len() };
    stream.write_all(&request.as_bytes()[..sent]).unwrap();
}

#[test]
fn a_wallet_that_covers_ten_runs_gives_exactly_ten_however_many_ask_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let served = shop(&folder);
    let together = Barrier::new(CLIENTS);
    let ask = |n: usize| {
        together.wait();
        if n.is_multiple_of(2) {
            hang_up(&served, n);
        }
        // Twice: a retry of what was answered gets the same answer.
        let answers = [(); 2].map(|()| {
            let key = format!("k{n}");
            served.call_with(&served.live, "POST", "/v1/runs", &run(n), Some(&key))
        });
        let [first, again] = answers;
        if first.status == 201 {
            assert_eq!((first.status, &first.body), (again.status, &again.body));
            return first.body["run"].as_str().map(str::to_owned);
        }
        assert_eq!(first.status, 402, "{:#}", first.body);
        assert_eq!(again.status, 402, "{:#}", again.body);
        None
    };
    let runs: BTreeSet<String> = std::thread::scope(|scope| {
        let ask = &ask;
        let asking: Vec<_> = (0..CLIENTS).map(|n| scope.spawn(move || ask(n))).collect();
        asking.into_iter().filter_map(|client| client.join().unwrap()).collect()
    });
    assert_eq!(runs.len(), COVERED);
    let wallet = served.get("/v1/customers/ana/wallet").is(200);
    assert_eq!((&wallet["available"], &wallet["held"]), (&json!("0"), &json!("100")));
    // The journal agrees: one customer opened, ten runs started, nothing else.
    let entries = served.get("/v1/customers/ana/entries?limit=100").is(200);
    let commands: Vec<&str> =
        entries["items"].as_array().unwrap().iter().filter_map(|e| e["command"].as_str()).collect();
    assert_eq!(commands.len(), 1 + COVERED, "{commands:?}");
    assert!(commands[1..].iter().all(|command| *command == "start_run"), "{commands:?}");
}
