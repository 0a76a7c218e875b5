//! The books of a service that runs: asked over HTTP, listed and backed up beside it.

use crate::demo::Serving;
use crate::support::{probity, repository};
use serde_json::Value;
use std::path::Path;
use std::process::Output;

fn json(out: &Output) -> Value {
    serde_json::from_slice(&out.stdout).unwrap_or_else(|_| panic!("{out:?}"))
}

/// Asks the service with its sandbox key.
fn ask(folder: &Path, serving: &Serving, args: &[&str]) -> Output {
    let (url, key) = (serving.told("The service runs on "), serving.told("sandbox key: "));
    probity(folder, &[args, &["--url", url, "--key", key]].concat())
}

#[test]
fn a_service_is_asked_what_a_database_would_be() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::begin(folder.path());
    let over_http: Vec<Value> = [
        ["customers", "ana", "--json"].as_slice(),
        &["wallet", "ana", "--json"],
        &["runs", "ana", "--json", "--limit", "25"],
    ]
    .iter()
    .map(|args| json(&ask(folder.path(), &serving, args)))
    .collect();
    assert_eq!(over_http[0]["wallet"], over_http[1]);
    assert_eq!(over_http[2]["items"].as_array().unwrap().len(), 25);
    let run = over_http[2]["items"][0]["run"].as_str().unwrap();
    let receipt = ask(folder.path(), &serving, &["runs", run]);
    assert!(String::from_utf8_lossy(&receipt.stdout).contains("owned already"), "{receipt:?}");
    // The file is the service's own; who asks it is told whom to ask.
    let here = ["--database", "demo.db", "--env", "sandbox"];
    let refused = probity(folder.path(), &[["wallet", "ana"].as_slice(), &here].concat());
    assert_eq!(refused.status.code(), Some(69), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--url"));
    let ids = probity(folder.path(), &[["customers"].as_slice(), &here].concat());
    assert_eq!(String::from_utf8_lossy(&ids.stdout), "ana\nben\ndora\neve\nyou\n");
    drop(serving);
    for (args, before) in [["customers", "ana"], ["wallet", "ana"]].iter().zip(&over_http) {
        let now = probity(folder.path(), &[args.as_slice(), &here, &["--json"]].concat());
        assert_eq!(json(&now), *before);
    }
}

#[test]
fn a_service_refuses_a_key_that_is_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::begin(folder.path());
    let url = serving.told("The service runs on ");
    let out =
        probity(folder.path(), &["wallet", "ana", "--url", url, "--key", "sk_live_1", "--json"]);
    assert_eq!(out.status.code(), Some(1), "{out:?}");
    assert_eq!(json(&out)["error"]["code"], "unauthenticated");
}

#[test]
fn a_version_is_published_to_a_service() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::begin(folder.path());
    for file in ["contract.yaml", "operations.yaml", "model-prices.json"] {
        let from = repository().join("contracts/jobscout").join(file);
        std::fs::copy(from, folder.path().join(file)).unwrap();
    }
    let contract = folder.path().join("contract.yaml");
    let text = std::fs::read_to_string(&contract).unwrap();
    let dearer =
        text.replace("version: 3", "version: 4").replace("price: 10 credits", "price: 12 credits");
    std::fs::write(&contract, &dearer).unwrap();
    // It is worse for somebody, and the day has passed.
    let owed = ask(folder.path(), &serving, &["publish", "--json"]);
    assert_eq!(owed.status.code(), Some(1));
    let owed = json(&owed);
    assert_eq!(owed["error"]["code"], "notice_owed", "{owed}");
    let day = owed["refused"]["earliest_day"].as_str().unwrap();
    assert!(owed["error"]["fix"].as_str().unwrap().contains(day), "{owed}");
    let dry = ask(folder.path(), &serving, &["publish", "--dry-run"]);
    let said = String::from_utf8_lossy(&dry.stdout);
    assert!(said.contains("12 credits instead of 10") && said.contains("THE NOTICE"), "{said}");
    std::fs::write(&contract, dearer.replace("effective: 2026-11-01", "effective: 2099-01-01"))
        .unwrap();
    let dry = ask(folder.path(), &serving, &["publish", "--dry-run", "--json"]);
    let dry = json(&dry);
    assert_eq!([&dry["contract"], &dry["class"]], ["jobscout@4", "adverse"]);
    assert_eq!(dry["changes"][0]["key"], "actions.enrich_market_map.price");
    let done = ask(folder.path(), &serving, &["publish", "--reason", "dearer maps"]);
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(
        said.starts_with("jobscout@4 with revision ") && said.contains("12 credits instead of 10")
    );
    // Now nothing is left to publish.
    let again = ask(folder.path(), &serving, &["publish", "--json"]);
    assert_eq!((again.status.code(), &json(&again)["nothing_new"]), (Some(0), &true.into()));
}

#[test]
fn a_service_is_backed_up_while_it_runs_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::begin(folder.path());
    let out = probity(folder.path(), &["backup", "demo.db", "copy.db", "--json"]);
    assert!(json(&out)["entries"].as_u64().unwrap() > 40, "{out:?}");
    let refused = probity(folder.path(), &["restore", "copy.db", "demo.db", "--force"]);
    assert_eq!(refused.status.code(), Some(69), "{refused:?}");
    // Nor is a backup of another database put in its place.
    let refused = probity(folder.path(), &["backup", "copy.db", "demo.db", "--force"]);
    assert_eq!(refused.status.code(), Some(69), "{refused:?}");
    let wallet = json(&ask(folder.path(), &serving, &["wallet", "ana", "--json"]));
    let there = ["--database", "copy.db", "--env", "sandbox", "--json"];
    let copied = probity(folder.path(), &[["wallet", "ana"].as_slice(), &there].concat());
    assert_eq!(json(&copied), wallet);
}

/// What looks like a run is not taken for a customer; what is suggested leads to the same books.
#[test]
fn no_such_run_is_said_and_every_suggestion_leads_to_the_same_books() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::begin(folder.path());
    let run = ask(folder.path(), &serving, &["runs", "run_xyz"]);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("There is no such run, `run_xyz`"), "{said}");
    let url = serving.told("The service runs on ");
    let failed = ask(folder.path(), &serving, &["rollout", "--default", "back"]);
    let said = String::from_utf8_lossy(&failed.stderr).into_owned();
    assert!(said.contains(&format!("--url {url}")) || failed.status.success(), "{said}");
    let note = ask(folder.path(), &serving, &["wallet", "ana"]);
    let said = String::from_utf8_lossy(&note.stderr).into_owned();
    assert!(said.contains(&format!("Next: probity runs ana --url {url}")), "{said}");
    assert!(!said.contains("--key"), "{said}");
    let other = ["wallet", "ana", "--database", "none.db", "--env", "sandbox"];
    let said = probity(folder.path(), &other).stderr;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.contains("probity serve --database none.db"), "{said}");
}
