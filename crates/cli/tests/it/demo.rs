//! `probity demo`: what each chapter promises, and the lines to type afterwards.

use crate::support::probity;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The story as JSON, with the database that it left.
fn story() -> (Value, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let args = ["demo", "--no-serve", "--json", "--database", "demo.db"];
    let out = probity(folder.path(), &args);
    assert!(out.status.success(), "{out:?}");
    (serde_json::from_slice(&out.stdout).unwrap(), folder)
}

fn chapters(story: &Value) -> &Vec<Value> {
    story["chapters"].as_array().unwrap()
}

/// The answers of a chapter, in order.
fn answers<'s>(story: &'s Value, title: &str) -> Vec<&'s Value> {
    let chapter = chapters(story).iter().find(|chapter| chapter["title"] == title).unwrap();
    chapter["scenes"].as_array().unwrap().iter().map(|scene| &scene["answer"]).collect()
}

#[test]
fn every_chapter_keeps_what_it_promises() {
    let (story, _folder) = story();
    assert_eq!(story["environment"], "sandbox");
    assert_eq!(chapters(&story).len(), 16);
    for chapter in chapters(&story) {
        let promises = chapter["promises"].as_array().unwrap();
        assert!(!promises.is_empty(), "{}", chapter["title"]);
        for promise in promises {
            assert_eq!(promise["kept"], true, "{}: {}", chapter["title"], promise["words"]);
        }
    }
}

#[test]
fn the_answers_are_those_of_the_contract() {
    let (story, _folder) = story();
    let of = |title| answers(&story, title);
    assert_eq!(of("The price comes first")[0]["price"], "10");
    let map = of("A market map, enriched");
    assert_eq!((&map[0]["held"], &map[1]["charged"]), (&"10".into(), &"10".into()));
    assert_eq!(of("Opening it again")[0]["kind"], "reopened");
    assert_eq!(of("It fails")[1]["rule"], "outcome_free");
    let parts = of("A part of it, and then the rest");
    assert_eq!([&parts[1]["charged"], &parts[2]["kind"], &parts[3]["charged"]], ["6", "rest", "4"]);
    let harsh = of("The one harsh rule");
    assert_eq!([&harsh[0]["code"], &harsh[3]["charged"]], ["confirmation_needed", "3"]);
    let short = of("Running short");
    assert_eq!([&short[1]["code"], &short[1]["needs"]], ["not_enough_credits", "10"]);
    let ways = |denial: &Value| {
        let ways = denial["ways_forward"].as_array().unwrap().iter();
        ways.map(|way| way["do"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ways(short[1]), ["wait", "top_up", "contact"]);
    assert_eq!(of("A top-up, and on")[2]["charged"], "10");
    let own = of("The plan with an own key");
    assert_eq!([&own[1]["code"], &own[2]["rule"]], ["own_key_missing", "on_your_key"]);
    assert_eq!(of("The plan for looking around")[2]["code"], "not_in_plan");
    let later = of("A month later, after a downgrade");
    assert_eq!([&later[3]["kind"], &later[4]["code"]], ["reopened", "not_in_plan"]);
    let shadow = of("Shadow first, then for real");
    assert_eq!([&shadow[1]["charged"], &shadow[1]["would"]["charged"]], ["0", "15"]);
    assert_eq!([&shadow[3]["mode"], &shadow[3]["charged"]], ["enforce", "15"]);
}

#[test]
fn what_the_work_took_is_known_of_every_run() {
    let (story, folder) = story();
    let of = answers(&story, "What it costs us");
    let total = &of[0]["totals"][0];
    let about = [&total["silent"], &total["unknown"], &total["fallbacks"]];
    assert_eq!(about.map(|n| n.as_u64().unwrap()), [0, 0, 1], "{total:#}");
    let asked = ["--database", "demo.db", "--env", "sandbox", "--since", "2026-01-01"];
    let page = folder.path().join("margin.html");
    let html = format!("--html={}", page.display());
    let args: Vec<&str> = ["margin", "--json", &html].into_iter().chain(asked).collect();
    let out = probity(folder.path(), &args);
    let same: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(same["rows"], of[0]["rows"]);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("tailor_document on pro") && !page.contains("src="), "{page}");
}

#[test]
fn the_gateway_charges_by_how_each_answer_ended() {
    let (story, _folder) = story();
    let of = answers(&story, "In front of an AI provider");
    let text = |n: usize, key: &str| of[n][key].as_str().unwrap_or_default();
    let ended = [0, 1, 3, 5].map(|n| (text(n, "outcome"), text(n, "charged")));
    let delivered = ("delivered", "1");
    assert_eq!(ended, [delivered, ("failed", "0"), delivered, ("abandoned", "1")]);
    // 12 tokens at $0.15 and 6 at $0.60 a million.
    for n in [0, 3, 5] {
        assert_eq!(of[n]["attempts"][0]["cost"], "0.0000054", "{:#}", of[n]);
    }
    let refused = [2, 4].map(|n| of[n]["error"]["code"].as_str().unwrap());
    assert_eq!(refused, ["model_above_plan", "not_enough_credits"]);
    assert!(of[4]["ways_forward"].as_array().unwrap().len() > 1);
}

#[test]
fn the_database_says_the_same_to_anybody() {
    let (story, folder) = story();
    let database = rusqlite::Connection::open(folder.path().join("demo.db")).unwrap();
    let one = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(one("SELECT sum(millionths) FROM balances"), 0);
    assert_eq!(one("SELECT count(*) FROM entries WHERE environment = 'live'"), 0);
    let wallet = answers(&story, "A month later, after a downgrade")[2];
    let credits: i64 = wallet["available"].as_str().unwrap().parse().unwrap();
    let told = one("SELECT available_millionths FROM wallets WHERE customer = 'ana'");
    assert_eq!(told, credits * 1_000_000);
}

#[test]
fn it_begins_with_empty_books() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("demo.db"), "something").unwrap();
    let out = probity(folder.path(), &["demo", "--no-serve", "--database", "demo.db"]);
    assert_eq!(out.status.code(), Some(74), "{out:?}");
    assert_eq!(std::fs::read(folder.path().join("demo.db")).unwrap(), b"something");
}

#[test]
fn a_port_that_is_taken_is_said_before_anything_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let out = probity(folder.path(), &["demo", "--listen", &address]);
    assert_eq!(out.status.code(), Some(69), "{out:?}");
    assert!(out.stdout.is_empty());
    assert!(String::from_utf8_lossy(&out.stderr).contains("--listen"), "{out:?}");
}

/// A demo that has told its story and serves; stopped when dropped.
pub(crate) struct Serving {
    child: Child,
    /// All it said.
    said: String,
}

impl Serving {
    pub(crate) fn begin(folder: &Path) -> Self {
        let mut command = Command::new(snapbox::cmd::cargo_bin!("probity"));
        let args = ["demo", "--listen", "127.0.0.1:0", "--database", "demo.db"];
        let command = command.current_dir(folder).args(args).env("COLUMNS", "100");
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        while !said.ends_with("Ctrl-C ends it.\n") {
            assert!(out.read_line(&mut said).unwrap() > 0, "{said}");
        }
        Self { child, said }
    }

    /// What stands after these words on their line.
    pub(crate) fn told(&self, words: &str) -> &str {
        let (_, rest) = self.said.split_once(words).unwrap();
        rest.split_whitespace().next().unwrap().trim_end_matches(';')
    }

    /// The lines to type, those of one command together.
    fn lines(&self) -> Vec<String> {
        let (_, lines) = self.said.split_once("\nAPI=").unwrap();
        let (lines, _) = lines.split_once("\n\n").unwrap();
        let lines = format!("API={lines}").replace("\\\n", " ");
        lines.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
    }
}

impl Serving {
    /// The lines about the gateway, as they stand.
    fn asks_the_gateway(&self) {
        let (_, lines) = self.said.split_once("# a streamed answer").unwrap();
        let (url, _) = self.told("base_url = \"").split_once("/v1\"").unwrap();
        let (ask, runs) = lines.split_once("\n# ").unwrap();
        let (_, ask) = ask.split_once('\n').unwrap();
        assert!(ask.contains(&format!("{url}/v1/chat/completions")), "{ask}");
        if Command::new("curl").arg("--version").output().is_err() {
            return;
        }
        let out = Command::new("sh").arg("-ec").arg(ask).output().unwrap();
        let said = String::from_utf8(out.stdout).unwrap();
        assert!(said.contains("probity-run: run_") && said.contains("data: [DONE]"), "{said}");
        let (_, runs) = runs.split_once("\ncurl ").unwrap();
        let runs = format!("curl {}", runs.lines().next().unwrap());
        let out = Command::new("sh").arg("-ec").arg(runs).output().unwrap();
        let runs: Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!(runs["items"][0]["outcome"], "delivered", "{runs:#}");
        assert_eq!(runs["items"][0]["attempts"][0]["cost"], "0.0000054", "{runs:#}");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Does by hand what `curl` would.
fn by_hand(lines: &[String]) -> Vec<Value> {
    let between = |text: &str, from: &str, to: &str| {
        let (_, rest) = text.split_once(from)?;
        rest.split_once(to).map(|(inner, _)| inner.to_owned())
    };
    let address = between(&lines[0], "http://", "/v1").unwrap();
    let key = between(&lines[1], "K='", "'").unwrap();
    let mut run = String::new();
    let mut answers = Vec::new();
    for line in lines.iter().filter(|line| line.contains("curl ")) {
        let path =
            between(line, "$API/", " ").or_else(|| line.split_once("$API/").map(|p| p.1.into()));
        let path = path.unwrap().replace("$RUN", &run);
        let body = between(line, "-d '", "'");
        let method = if body.is_some() { "POST" } else { "GET" };
        let body = body.unwrap_or_default();
        let mut stream = TcpStream::connect(&address).unwrap();
        let head = format!(
            "{method} /v1/{path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{key}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, json) = answer.split_once("\r\n\r\n").unwrap();
        let json: Value = serde_json::from_str(json).unwrap();
        if let Some(id) = json["run"].as_str() {
            id.clone_into(&mut run);
        }
        answers.push(json);
    }
    answers
}

#[test]
fn the_lines_to_type_work_as_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let mut serving = Serving::begin(folder.path());
    let lines = serving.lines();
    assert!(lines.len() >= 8, "{lines:?}");
    // Where `curl` is there, just as a person would.
    if Command::new("curl").arg("--version").output().is_ok() {
        let out = Command::new("sh").arg("-ec").arg(lines.join("\n")).output().unwrap();
        assert!(out.status.success(), "{out:?}");
        let said = String::from_utf8(out.stdout).unwrap();
        let last = said.trim().lines().last().unwrap();
        let refusal: Value = serde_json::from_str(last).expect(&said);
        assert_eq!(refusal["code"], "model_above_plan", "{said}");
        assert_eq!(said.lines().filter(|line| line.contains("\"charged\":\"6\"")).count(), 2);
    }
    let answers = by_hand(&lines);
    assert_eq!(answers.len(), 6);
    assert_eq!(answers[0]["action"], "enrich_market_map");
    assert!(answers[1]["run"].as_str().unwrap().starts_with("run_"));
    assert_eq!(answers[2]["run"], answers[3]["run"]);
    assert_eq!(answers[4]["customer"], "you");
    assert!(answers[5]["ways_forward"].as_array().unwrap().len() > 1);
    serving.asks_the_gateway();
    let pid = serving.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
}
