//! Rolling out by command: a folder that stays in step, a file compared by the runs' ids.

use crate::adopt::begun;
use crate::http::started::Started;
use crate::support::{probity, repository};
use serde_json::{Value, json};
use std::fs;

const BOOKS: [&str; 5] = ["--database", "demo.db", "--env", "sandbox", "--json"];

#[test]
fn the_folder_stays_in_step_and_is_written_only_with_the_books() {
    let home = tempfile::tempdir().unwrap();
    let demo = probity(home.path(), &["demo", "--no-serve", "--database", "demo.db"]);
    assert!(demo.status.success(), "{demo:?}");
    for file in ["contract.yaml", "operations.yaml", "model-prices.json"] {
        fs::copy(repository().join("contracts/jobscout").join(file), home.path().join(file))
            .unwrap();
    }
    let operations = home.path().join("operations.yaml");
    let before = fs::read_to_string(&operations).unwrap();
    let asks = |words: &[&str]| {
        probity(home.path(), &[&["rollout", "tailor_document"], words, &BOOKS].concat())
    };
    // Refused by the gate, or only tried: nothing is written.
    assert!(asks(&["shadow", "--write", ".", "--dry-run"]).status.success());
    assert_eq!(fs::read_to_string(&operations).unwrap(), before);
    let done = asks(&["shadow", "--write", "."]);
    assert!(done.status.success(), "{done:?}");
    let after = fs::read_to_string(&operations).unwrap();
    let listed = "actions: { tailor_document: shadow, process_documents: shadow }";
    assert_eq!(after, before.replace("actions: { process_documents: shadow }", listed));
    assert_eq!(asks(&["enforce", "--write", "."]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(&operations).unwrap(), after);
    // A folder with errors changes nothing, neither there nor in the books.
    fs::write(&operations, "operates: [").unwrap();
    let refused = asks(&["announce", "--write", "."]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let stands: Value = serde_json::from_slice(&asks(&[]).stdout).unwrap();
    assert_eq!(stands["rollout"]["actions"]["tailor_document"], "shadow");
}

#[test]
fn a_file_is_compared_by_the_ids_of_runs_and_as_a_page() {
    let home = tempfile::tempdir().unwrap();
    probity(home.path(), &["demo", "--no-serve", "--database", "demo.db"]);
    let runs = probity(home.path(), &[["runs", "ana", "--limit", "3"].as_slice(), &BOOKS].concat());
    let runs: Value = serde_json::from_slice(&runs.stdout).unwrap();
    let mut csv = String::from("run_id,credits_charged,allowed\n");
    for run in runs["items"].as_array().unwrap() {
        csv += &format!("{},5,yes\n", run["run"].as_str().unwrap());
    }
    fs::write(home.path().join("ours.csv"), csv + "run_0,5,no\n").unwrap();
    let args = ["compare", "ours.csv", "--html", "c.html"];
    let done = probity(home.path(), &[args.as_slice(), &BOOKS].concat());
    // A row that names neither a run nor a customer cannot be read: nothing is compared.
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stdout).contains("line 5"), "{done:?}");
    assert!(!home.path().join("c.html").exists());
    let csv = fs::read_to_string(home.path().join("ours.csv")).unwrap();
    fs::write(home.path().join("ours.csv"), csv.replace("run_0,5,no\n", "")).unwrap();
    let done = probity(home.path(), &[args.as_slice(), &BOOKS].concat());
    let report: Value = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{done:?}"));
    assert_eq!(report["file"]["found"]["by_run"], 3);
    assert_eq!(report["sums"]["compared"], 3);
    let page = fs::read_to_string(home.path().join("c.html")).unwrap();
    assert!(page.contains("Beside today's billing") && !page.contains("<script"));
}

/// Books of the demo, and the first runs of `ana` in them.
fn demo() -> (tempfile::TempDir, Vec<String>) {
    let home = tempfile::tempdir().unwrap();
    let done = probity(home.path(), &["demo", "--no-serve", "--database", "demo.db"]);
    assert!(done.status.success(), "{done:?}");
    let runs = probity(home.path(), &[["runs", "ana", "--limit", "3"].as_slice(), &BOOKS].concat());
    let runs: Value = serde_json::from_slice(&runs.stdout).unwrap();
    let ids = runs["items"].as_array().unwrap().iter();
    let ids = ids.map(|run| run["run"].as_str().unwrap().to_owned()).collect();
    (home, ids)
}

/// `probity compare` of a file with this text: its JSON.
fn compared(home: &std::path::Path, csv: &str, code: i32) -> Value {
    fs::write(home.join("ours.csv"), csv).unwrap();
    let done = probity(home, &[["compare", "ours.csv"].as_slice(), &BOOKS].concat());
    assert_eq!(done.status.code(), Some(code), "{done:?}");
    serde_json::from_slice(&done.stdout).unwrap()
}

#[test]
fn a_column_of_our_runs_ids_is_the_key_whatever_it_is_called() {
    let (home, runs) = demo();
    for header in ["run", "probity_ref"] {
        let mut csv = format!("id,customer,{header},charged\n");
        for (n, run) in runs.iter().enumerate() {
            csv += &format!("row_{n},ana,{run},5\n");
        }
        let report = compared(home.path(), &csv, 0);
        assert_eq!(report["file"]["found"]["by_run"], 3, "{header}");
    }
}

#[test]
fn every_mistake_is_told_with_its_line_up_to_twenty() {
    let (home, _) = demo();
    let mut csv = "customer,action,created_at,charged,allowed\n".to_owned();
    csv += "ana,tailor_document,2026-11-23,5,yes\n";
    csv += "ana,tailor_document,yesterday,$5,perhaps\n";
    for n in 0..25 {
        csv += &format!("ana,tailor_document,2026-11-23,five{n},yes\n");
    }
    let said = compared(home.path(), &csv, 1);
    let what = said["error"]["message"].as_str().unwrap();
    let lines: Vec<&str> = what.lines().collect();
    assert_eq!(lines[0], "26 rows of ours.csv cannot be read, so nothing was compared:");
    assert_eq!(
        lines[1],
        "  line 3: `yesterday` is no time; `$5` is money, and a comparison takes credits; \
         `perhaps` does not say whether it was allowed: write yes or no"
    );
    assert!(lines[20].starts_with("  line 22: `five18`"), "{}", lines[20]);
    assert_eq!(lines[21..], ["  and 6 more"]);
}

#[test]
fn what_was_published_while_it_was_looked_at_is_not_written_over() {
    let (folder, service, key) = begun();
    let operations = fs::read_to_string(folder.path().join("operations.yaml")).unwrap();
    let other = format!("{operations}\n# Somebody else's.\n");
    let (direct, their_key) = (service.address.clone(), key.clone());
    let between = service.behind(move |text| {
        if text.starts_with("POST /v1/contracts") {
            let sent = json!({ "operations": other });
            Started::post_to(&direct, &their_key, "/v1/contracts", &sent);
        }
        text.to_owned()
    });
    let move_it = |address: &str| {
        let url = format!("http://{address}");
        let words =
            ["rollout", "tailor_document", "shadow", "--json", "--url", &url, "--key", &key];
        let out = probity(folder.path(), &words);
        (out.status.code(), serde_json::from_slice::<Value>(&out.stdout).unwrap())
    };
    let (code, said) = move_it(&between);
    assert_eq!(
        (code, &said["error"]["code"]),
        (Some(1), &json!("published_meanwhile")),
        "{said:#}"
    );
    let message = said["error"]["message"].as_str().unwrap();
    assert!(message.contains("Nothing was applied"), "{message}");
    // Said again, it changes what somebody else published, and keeps the rest of it.
    assert_eq!(move_it(&service.address).0, Some(0));
    let get = ["rollout", "--json", "--url", &format!("http://{}", service.address), "--key", &key];
    let stands: Value = serde_json::from_slice(&probity(folder.path(), &get).stdout).unwrap();
    assert_eq!(stands["rollout"]["actions"]["tailor_document"], "shadow");
    assert_eq!(stands["operations"], 3);
}

#[test]
fn what_a_file_says_of_todays_billing_is_what_the_gate_uses() {
    let (folder, service, key) = begun();
    let url = format!("http://{}", service.address);
    let asks = |line: &str, code: i32| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        words.extend(["--json", "--url", &url, "--key", &key]);
        let out = probity(folder.path(), &words);
        assert_eq!(out.status.code(), Some(code), "{out:?}");
        serde_json::from_slice::<Value>(&out.stdout).unwrap()
    };
    let operations = fs::read_to_string(folder.path().join("operations.yaml")).unwrap();
    let asked = "{ days: 14, runs: 2000, mismatches_below: 0.1%, bills_more_than_doubled: 0 }";
    let gate = "{ runs: 4, mismatches_below: 10%, bills_more_than_doubled: 0 }";
    let mut sent = operations.replace(asked, gate);
    assert_ne!(sent, operations);
    let publish = |text: &str| {
        service.post(&key, "/v1/contracts", &json!({ "operations": text }));
    };
    fs::write(folder.path().join("users.csv"), "id,credits\nana,0\n").unwrap();
    asks("adopt users.csv --plan pro --kind bought --plan-credits extra", 0);
    let run = |n: u32| {
        let body = json!({"customer": "ana", "action": "tailor_document",
            "artifact": format!("d{n}"), "outcome": "delivered"});
        service.post(&key, "/v1/runs", &body)["run"].as_str().unwrap().to_owned()
    };
    // Two are enforced: they are in the report, and the gate does not count them.
    publish(&sent);
    (0..2).for_each(|n| drop(run(n)));
    sent = sent
        .replace("actions: { process_documents: shadow }", "actions: { tailor_document: shadow }");
    publish(&sent);
    let runs: Vec<String> = (2..8).map(run).collect();
    let report = asks("shadow --action tailor_document", 0);
    assert_eq!([&report["sums"]["runs"], &report["watched"]["runs"]], [8, 6]);
    assert_eq!(report["gate"]["conditions"][0]["is"], "6 runs");
    let refused = |line: &str| {
        let said = asks(line, 1);
        assert_eq!(said["error"]["code"], "gate_not_met");
        said["error"]["message"].as_str().unwrap().to_owned()
    };
    let alone = refused("rollout tailor_document enforce");
    assert!(alone.contains("say what today's billing charges"), "{alone}");
    let rows = |runs: &[String], charged: u32| {
        let rows = runs.iter().map(|run| format!("{run},{charged}\n"));
        let text = format!("run,charged\n{}", rows.collect::<String>());
        fs::write(folder.path().join("ours.csv"), text).unwrap();
    };
    rows(&runs[..1], 5);
    let few = refused("rollout tailor_document enforce --compared ours.csv");
    assert!(few.contains("compare 3 more runs"), "{few}");
    rows(&runs, 2);
    let other = refused("rollout tailor_document enforce --compared ours.csv");
    assert!(other.contains("6 mismatches too many: settle"), "{other}");
    assert!(other.contains("1 bill too many"), "{other}");
    rows(&runs, 5);
    let stands = asks("rollout tailor_document --compared ours.csv", 0);
    let compared = asks("compare ours.csv --action tailor_document", 0);
    assert_eq!(stands["gate"]["conditions"], compared["gate"]["conditions"]);
    assert_eq!(
        (&stands["gate"]["met"], &compared["watched"]["compared"]),
        (&json!(true), &json!(6))
    );
    let done = asks("rollout tailor_document enforce --reason agreed --compared ours.csv", 0);
    assert_eq!(done["gate"]["met"], true);
    let listed = service.get(&key, "/v1/contracts");
    let last = listed["items"][0]["revisions"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["reason"], "agreed; compared with ours.csv: 6 of 6 runs");
    // What says how a file is read says nothing without one.
    asks("rollout tailor_document --map charged=c", 64);
}
