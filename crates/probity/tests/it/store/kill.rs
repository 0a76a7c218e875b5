//! Killed under load, again and again: no answered write is lost or doubled, every unknown one is
//! resolved by its key.

use super::shop::{delivered, open, publish, send, summary};
use probity::core::RunId;
use probity::store::Store;
use probity::store::sqlite::SqliteStore;
use probity::{Environment, Probity};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// Where the child of this test finds its database.
const DATABASE: &str = "PROBITY_TEST_DATABASE";
/// How often it is killed; more by this variable.
const KILLS: &str = "PROBITY_TEST_KILLS";
/// Who is busy at once.
const CUSTOMERS: usize = 4;

/// What one customer's client knows: answers by key, and the key it waits for.
#[derive(Default)]
struct Client {
    answers: BTreeMap<String, String>,
    next: usize,
}

#[test]
fn nothing_answered_is_lost_or_doubled_when_it_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("killed.db");
    let kills = std::env::var(KILLS).ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let mut clients: Vec<Client> = (0..CUSTOMERS).map(|_| Client::default()).collect();
    set_up(&database);
    for round in 0..kills {
        run_and_kill(&database, &mut clients, 1 + (round * 37) % 160);
        let probity = Probity::open(&database).unwrap();
        for (i, client) in clients.iter_mut().enumerate() {
            look_after(&probity, &format!("c{i}"), client);
        }
        probity.close();
    }
    let answers: usize = clients.iter().map(|client| client.answers.len()).sum();
    assert!(answers >= kills, "only {answers} answers in {kills} rounds");
    is_whole(&database, &clients);
}

fn set_up(database: &Path) {
    let probity = Probity::open(database).unwrap();
    publish(&probity, Environment::Live);
    (0..CUSTOMERS).for_each(|i| open(&probity, &format!("c{i}"), 1_000_000));
    probity.close();
}

/// Starts the child, and kills it after so many answers.
fn run_and_kill(database: &Path, clients: &mut [Client], after: usize) {
    let from: Vec<String> = clients.iter().map(|client| client.next.to_string()).collect();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["store::kill::child_that_works_until_it_is_killed", "--exact", "--nocapture"])
        .args(["--test-threads", "1"])
        .env(DATABASE, database)
        .env("PROBITY_TEST_FROM", from.join(","))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut seen = 0;
    while seen < after {
        seen += usize::from(note(clients, &lines.next().expect("the child works on").unwrap()));
    }
    child.kill().unwrap();
    // What it still said before it died was answered too.
    for line in lines.map_while(Result::ok) {
        note(clients, &line);
    }
    child.wait().unwrap();
}

/// Notes an answer that the child was given; false for any other line.
fn note(clients: &mut [Client], line: &str) -> bool {
    // The first follows the name of the test on its line.
    let Some((_, line)) = line.split_once("answer ") else { return false };
    // The last line may be cut.
    let mut words = line.splitn(3, ' ');
    let (Some(i), Some(key), Some(body)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let Ok(i) = i.parse::<usize>() else { return false };
    if !body.ends_with('.') {
        return false;
    }
    let client = &mut clients[i];
    client.answers.insert(key.to_owned(), body.trim_end_matches('.').to_owned());
    client.next += 1;
    true
}

/// Every answer given is there still, word for word; the one that was waited for is looked up, and
/// asked again if it was not applied.
fn look_after(probity: &Probity, customer: &str, client: &mut Client) {
    let name = probity::core::Name::new(customer);
    let known = |key: &str| {
        let found = probity.look_up(Environment::Live, name.clone(), key.to_owned());
        found.unwrap().wait().unwrap().map(|reply| reply.body)
    };
    for (key, body) in client.answers.iter().rev().take(40) {
        assert_eq!(known(key).as_ref(), Some(body), "{customer} {key}");
    }
    let key = key_of(client.next);
    let before = known(&key);
    let again = next_step(probity, customer, client.next, &client.answers);
    if let Some(before) = before {
        assert_eq!(again, before, "{customer} {key}: the same request, another answer");
    }
    client.answers.insert(key, again);
    client.next += 1;
}

/// Keys are counted: even ones start a run, odd ones settle it.
fn key_of(n: usize) -> String {
    format!("k{n:08}")
}

fn next_step(
    probity: &Probity,
    customer: &str,
    n: usize,
    answers: &BTreeMap<String, String>,
) -> String {
    let act = match n % 2 {
        0 => summary(&format!("draft_{n}")),
        _ => delivered(run_of(&answers[&key_of(n - 1)])),
    };
    send(probity, customer, act, &key_of(n)).unwrap().reply.unwrap().body
}

fn run_of(body: &str) -> RunId {
    let body: Value = serde_json::from_str(body).unwrap();
    RunId::parse(body["run"].as_str().unwrap()).unwrap()
}

/// What [`run_and_kill`] starts and kills; on its own it has no database, and ends at once.
#[test]
fn child_that_works_until_it_is_killed() {
    let Ok(database) = std::env::var(DATABASE) else { return };
    let from = std::env::var("PROBITY_TEST_FROM").unwrap();
    let probity = Probity::open(&database).unwrap();
    std::thread::scope(|scope| {
        for (i, from) in from.split(',').enumerate() {
            let (probity, from) = (probity.clone(), from.parse().unwrap());
            scope.spawn(move || work(&probity, i, from));
        }
    });
}

fn work(probity: &Probity, i: usize, from: usize) {
    let customer = format!("c{i}");
    let mut answers = BTreeMap::new();
    if from % 2 == 1 {
        // The run to settle: asking again for it gives the same one.
        let key = key_of(from - 1);
        answers.insert(key, next_step(probity, &customer, from - 1, &BTreeMap::new()));
    }
    for n in from.. {
        let body = next_step(probity, &customer, n, &answers);
        let mut out = std::io::stdout().lock();
        writeln!(out, "answer {i} {} {body}.", key_of(n)).unwrap();
        out.flush().unwrap();
        answers.insert(key_of(n), body);
    }
}

/// The journal is dense, the chain of hashes holds, and every run was started and charged once.
fn is_whole(database: &Path, clients: &[Client]) {
    let store = SqliteStore::open(database).unwrap();
    let mut reader = store.reader().unwrap();
    for (i, client) in clients.iter().enumerate() {
        let number = reader.number_of(Environment::Live, &format!("c{i}")).unwrap().unwrap();
        let entries = reader.recall(number, true).unwrap().entries;
        let mut hash = None;
        let mut charged = 0;
        for (n, entry) in entries.iter().enumerate() {
            assert_eq!(entry.seq, n as u64 + 1);
            let link = probity::core::journal::link(hash.as_ref(), &entry.body);
            assert_eq!(link, entry.hash, "entry {}", entry.number);
            hash = Some(link);
            let body: Value = serde_json::from_str(&entry.body).unwrap();
            charged += usize::from(body["command"] == "settle");
        }
        assert_eq!(charged, client.next / 2, "c{i} is charged once for each summary");
    }
}
