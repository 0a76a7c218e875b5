//! Runs as an operator reads them: why they ended so, and what they would have cost.

use crate::adopt::begun;
use crate::support::{fresh, probity};
use probity::store::sqlite::SqliteStore;
use serde_json::{Value, json};

/// A run of an action that is in shadow, which ended so; what is said of it, and in the list.
fn said(runs: &[Value]) -> (Vec<String>, String) {
    let (folder, service, key) = begun();
    let url = format!("http://{}", service.address);
    let says = |args: &[&str]| {
        let out = probity(folder.path(), &[args, &["--url", &url, "--key", &key]].concat());
        assert!(out.status.success(), "{out:?}");
        String::from_utf8(out.stdout).unwrap()
    };
    fn ended(run: &Value) -> Value {
        let mut all = json!({"customer": "ana", "action": "process_documents"});
        all.as_object_mut().unwrap().extend(run.as_object().unwrap().clone());
        all
    }
    std::fs::write(folder.path().join("users.csv"), "id,credits\nana,0\n").unwrap();
    let adopt = "adopt users.csv --plan pro --kind bought --plan-credits extra";
    says(&adopt.split(' ').collect::<Vec<_>>());
    let ids: Vec<Value> =
        runs.iter().map(|run| service.post(&key, "/v1/runs", &ended(run))).collect();
    let receipt = |id: &Value| {
        let text = says(&["runs", id["run"].as_str().unwrap()]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (ids.iter().map(receipt).collect(), says(&["runs", "ana"]))
}

#[test]
fn what_shadow_would_have_charged_and_why_stands_in_the_text() {
    let (receipts, list) = said(&[
        json!({"artifact": "d1", "quantity": 10, "outcome": "abandoned", "reason": "left_midway"}),
        json!({"artifact": "d2", "quantity": 10, "outcome": "failed", "reason": "no_supplier"}),
        json!({"artifact": "d3", "quantity": 101, "outcome": "delivered"}),
    ]);
    for (receipt, parts) in receipts.iter().zip([
        ["abandoned (left_midway)", "would charge 5 credits, if it were enforced", "would read “"],
        ["failed (no_supplier)", "would charge nothing, if it were enforced", "would read “"],
        ["delivered", "would be refused: bad_input, if it were enforced", "shadow"],
    ]) {
        for part in parts {
            assert!(receipt.contains(part), "{part}: {receipt}");
        }
    }
    // In shadow customers read nothing: what stands there is what they would read.
    assert!(!receipts[0].contains("Nothing was charged"), "{}", receipts[0]);
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[0].ends_with("d3 (would be refused: bad_input)"), "{list}");
    assert!(lines[1].ends_with("d2 (no_supplier; would charge nothing)"), "{list}");
    assert!(lines[2].ends_with("d1 (left_midway; would charge 5 credits)"), "{list}");
}

#[test]
fn a_question_is_listed_until_it_is_answered() {
    let (folder, service, key) = begun();
    let url = format!("http://{}", service.address);
    let says = |args: &[&str]| {
        let out = probity(folder.path(), &[args, &["--url", &url, "--key", &key]].concat());
        assert!(out.status.success(), "{out:?}");
        let text = [out.stdout, out.stderr].map(|text| String::from_utf8(text).unwrap()).join("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(says(&["questions"]).contains("No question is open."));
    std::fs::write(folder.path().join("users.csv"), "id,credits\nana,0\n").unwrap();
    let adopt = "adopt users.csv --plan pro --kind bought --plan-credits extra";
    says(&adopt.split(' ').collect::<Vec<_>>());
    let run = json!({"customer": "ana", "action": "tailor_document", "artifact": "d1",
        "outcome": "delivered"});
    let run = service.post(&key, "/v1/runs", &run)["run"].as_str().unwrap().to_owned();
    let ask = json!({"text": "the file is empty"});
    service.post(&key, &format!("/v1/runs/{run}/question"), &ask);
    let listed = says(&["questions"]);
    assert!(listed.contains("the file is empty") && listed.contains(&run), "{listed}");
    let answered = says(&["questions", "answer", &run, "You are right: it is given back."]);
    for part in ["the file is empty", "You are right: it is given back."] {
        assert!(answered.contains(part), "{part}: {answered}");
    }
    assert!(says(&["questions"]).contains("No question is open."));
    let receipt = service.get(&key, &format!("/v1/runs/{run}"));
    let told = &receipt["questions"][0]["answers"][0]["text"];
    assert_eq!(told, "You are right: it is given back.");
}

/// A key in the environment says that somebody has a service in mind: a database that lies in the folder
/// is not read for it without a word.
#[test]
fn a_key_without_a_service_is_told_which_books_are_read() {
    let folder = fresh();
    drop(SqliteStore::open(&folder.path().join("probity.db")).unwrap());
    let is_told = |args: &[&str]| {
        let out = probity(folder.path(), &[&["exceptions"], args].concat());
        String::from_utf8(out.stderr).unwrap().contains("no service to ask with it (PROBITY_URL)")
    };
    assert!(is_told(&["--key", "sk_live_of_a_service"]));
    assert!(!is_told(&["--key", "sk_live_of_a_service", "--database", "probity.db"]));
    assert!(!is_told(&[]));
}
