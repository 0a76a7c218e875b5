//! Replays as people start them: logs of many kinds, good, bad and hostile.

use crate::support::{assert_as_written, probity, repository, said};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const CONTRACT: &str = "--contract=contracts/jobscout";
const LOGS: &str = "crates/cli/tests/logs";

/// The day on which the logs here are replayed.
const TODAY: &str = "--today=2026-11-24";

fn replay(args: &[&str]) -> Output {
    probity(&repository(), &[&["replay", CONTRACT, TODAY], args].concat())
}

/// Replays a text as a file and gives exit code and the failure's code, message and fix.
fn refused(bytes: &[u8], args: &[&str]) -> (i32, String, String, String) {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("room");
    let path = file.path().to_str().expect("a path").to_owned();
    let out = replay(&[&[path.as_str(), "--json"], args].concat());
    let answer: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let text = |key: &str| answer["error"][key].as_str().unwrap_or_default().to_owned();
    (out.status.code().expect("a code"), text("code"), text("message"), text("fix"))
}

fn json(args: &[&str]) -> Value {
    let out = replay(&[args, &["--json"]].concat());
    assert!(out.status.success(), "{out:?}");
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[test]
fn a_table_of_your_own() {
    let log = format!("{LOGS}/own.csv");
    let out = replay(&[&log]);
    assert!(out.status.success());
    assert_as_written(&String::from_utf8(out.stdout).expect("UTF-8"), "replay.txt");
    assert_as_written(&String::from_utf8(out.stderr).expect("UTF-8"), "replay_notes.txt");
    let report = said(&["replay", CONTRACT, TODAY, &log, "--json"]);
    assert_as_written(&report, "replay.json");
}

#[test]
fn the_page_needs_and_runs_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html");
    let flag = format!("--html={}", page.display());
    assert!(replay(&[&format!("{LOGS}/own.csv"), &flag]).status.success());
    let text = std::fs::read_to_string(page).expect("the page");
    assert_as_written(&text, "replay.html");
    for never in [
        "<script",
        "http-equiv=\"refresh\"",
        "<link",
        "<img",
        " style=\"",
        "url(",
        "onclick",
        "javascript:",
    ] {
        assert!(!text.contains(never), "{never}");
    }
    assert!(text.contains("Content-Security-Policy"));
}

#[test]
fn every_customer_as_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("customers.csv");
    let flag = format!("--customers={}", file.display());
    assert!(replay(&[&format!("{LOGS}/own.csv"), &flag]).status.success());
    let table = std::fs::read_to_string(&file).expect("the table");
    let expected = "\
customer,plan,runs,refused,charged_today,credits_here,use_here,bill_here,cost,cost_here
ana,pro,6,0,2.55,10,1.00,1.16,0.145055,0.145055
bo,discovery,1,1,0.20,0,0.00,0.38,0.00294,0
cy,pro,2,0,1.80,18,1.80,1.16,0.14205,0.14205
";
    assert_eq!(table, expected);
    let nowhere = replay(&[&format!("{LOGS}/own.csv"), "--customers=/no/such/folder/x.csv"]);
    assert_eq!(nowhere.status.code(), Some(74));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let log = path("usage.csv");
    std::fs::copy(repository().join(LOGS).join("own.csv"), &log).expect("a copy");
    let before = std::fs::read(&log).expect("the log");
    let code = |args: &[&str]| {
        let out = replay(&[&[log.as_str(), "--json"], args].concat());
        let answer: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        let code = answer["error"]["code"].as_str().unwrap_or_default().to_owned();
        (out.status.code().expect("a code"), code)
    };
    let (html, other) = (path("a.html"), path("b.csv"));
    for flags in [
        vec![format!("--html={log}")],
        vec![format!("--customers={log}"), "--force".into()],
        vec![format!("--html={html}"), format!("--customers={html}")],
        vec!["--html=contracts/jobscout/contract.yaml".into(), "--force".into()],
    ] {
        let flags: Vec<_> = flags.iter().map(String::as_str).collect();
        assert_eq!(code(&flags), (64, "same_file".into()), "{flags:?}");
    }
    assert_eq!(std::fs::read(&log).expect("the log"), before);
    assert!(!Path::new(&html).exists());
    std::fs::write(&other, "mine").expect("room");
    let customers = format!("--customers={other}");
    assert_eq!(code(&[&customers, &format!("--html={html}")]), (74, "already_there".into()));
    assert!(!Path::new(&html).exists(), "refused before anything is written");
    assert_eq!(code(&[&customers, "--force"]), (0, String::new()));
    assert!(std::fs::read_to_string(&other).expect("the table").starts_with("customer,plan"));
    let to_log = format!("--output={log}");
    let made = probity(&repository(), &["sample-log", CONTRACT, "--rows=5", &to_log]);
    assert_eq!(made.status.code(), Some(74));
    assert_eq!(std::fs::read(&log).expect("the log"), before);
}

#[test]
fn what_is_suggested_next_can_be_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = json(&["--sample"]);
    let commands = report["next"].as_array().expect("a list").iter();
    for command in commands.filter_map(|next| next["command"].as_str()) {
        let page = folder.path().join("report.html").display().to_string();
        let typed = command.replace("report.html", &page);
        let args: Vec<_> = typed.split(' ').skip(1).collect();
        let out = probity(&repository(), &args);
        assert!(out.status.success(), "{command}: {out:?}");
    }
}

#[test]
fn litellms_spend_logs() {
    let log = format!("{LOGS}/litellm.jsonl");
    let artifact = "--map=artifact=metadata.spend_logs_metadata.draft";
    let report = json(&[&log, artifact, "--plan=pro"]);
    assert_eq!(report["log"]["shape"], "litellm");
    assert_eq!(report["rows"]["all"], 5);
    assert_eq!(report["rows"]["charged"], 1);
    assert_eq!(report["rows"]["broken"], 1);
    assert_eq!(report["money"]["cost"], "0.0400165");
    assert_eq!(report["not_mapped"][0]["word"], r#"["env:prod"]"#);
    let free: Vec<_> =
        report["free"].as_array().expect("a list").iter().map(|f| &f["why"]).collect();
    assert_eq!(free, ["reopened", "blocked"]);
    // What the tags do not say, the model may.
    let mapped =
        json(&[&log, artifact, "--plan=pro", "--action-map=model:gpt-4o-mini=tailor_document"]);
    assert_eq!(mapped["rows"]["charged"], 2);
    assert_eq!(mapped["rows"]["not_mapped"], 0);
}

#[test]
fn openrouters_activity_export_newest_first() {
    let log = format!("{LOGS}/openrouter.csv");
    let report = json(&[
        &log,
        "--plan=pro",
        "--action-map=route:tailor=tailor_document",
        "--action-map=market-map=map_market",
    ]);
    assert_eq!(report["log"]["shape"], "openrouter");
    assert_eq!(report["log"]["from"], "2026-10-01T10:00:00.271Z");
    // Two drafts are charged: one delivered, one left after it had begun; the stopped one is free.
    assert_eq!(report["money"]["charged"], "10");
    let count = |why: &str| {
        let lines = report["free"].as_array().expect("a list").iter();
        lines
            .filter(|line| line["why"] == why)
            .map(|line| line["runs"].as_u64().unwrap_or(0))
            .sum::<u64>()
    };
    assert_eq!((count("allowance"), count("cancelled"), count("blocked")), (1, 1, 1));
    assert_eq!(report["broken"]["first"], Value::Array(Vec::new()));
}

#[test]
fn standard_input_is_a_log_too() {
    let binary = snapbox::cmd::cargo_bin!("probity");
    let mut child = Command::new(binary)
        .current_dir(repository())
        .args(["replay", CONTRACT, TODAY, "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let log = b"time,customer,action,status\n2026-10-01,ana,map_market,ok\n";
    child.stdin.take().expect("a pipe").write_all(log).expect("room");
    let out = child.wait_with_output().expect("an end");
    let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(
        (&report["rows"]["free"], &report["money"]["today"]),
        (&Value::from(1), &Value::Null)
    );
    assert_eq!(report["log"]["name"], "standard input");
}

#[test]
fn what_is_missing_is_told_in_one_breath() {
    let (_, code, message, _) = refused(b"a,b\n1,2\n", &[]);
    assert_eq!(code, "columns_missing");
    assert!(message.ends_with("no column that we take for time, customer and action"), "{message}");
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let log = b"time,customer,action\n2026-10-01,ana,map_market\nsoon,ana,map_market\nana\n";
    file.write_all(log).expect("room");
    let out = replay(&[file.path().to_str().expect("a path")]);
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(said.contains("line 3 has a time that cannot be read"), "{said}");
    assert!(said.contains("line 4 has 1 cell, the header has 3"), "{said}");
}

#[test]
fn a_cell_to_blame_is_shown_whole_up_to_forty_letters() {
    let long = "unheard_of_".repeat(9);
    let log = format!(
        "time,customer,action,status\n2026-10-01,ana,map_market,unprocessable_for_now\n\
         2026-10-01,ana,map_market,{long}\n2026-10-01,ana,map_market,ok\n"
    );
    let shown = shown_of(&log, &[]);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(": unprocessable_for_now"), "{shown}");
    let cut = format!("{}…", &long[..39]);
    assert!(shown.contains(&cut) && !shown.contains(&long[..40]), "{shown}");
    assert_eq!(report_of(&log, &[])["broken"]["first"][1]["cell"], cut);
}

#[test]
fn what_columns_miss_is_said_before_the_replay_says_it() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(b"when,customer,what\nsoon,ana,x\n").expect("room");
    let path = file.path().to_str().expect("a path");
    let out = replay(&[path, "--columns"]);
    assert_eq!(out.status.code(), Some(64));
    let (table, note) =
        (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(table.contains("time          – missing"), "{table}");
    assert!(table.contains("customer      ← customer"), "{table}");
    assert!(note.contains("no column that we take for time and action"), "{note}");
    assert!(note.contains("--map time=COLUMN --map action=COLUMN"), "{note}");
    assert!(note.contains("the columns are when, customer, what"), "{note}");
    let out = replay(&[path, "--columns", "--json"]);
    assert_eq!((out.status.code(), out.stderr.len()), (Some(64), 0));
    let columns: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(columns["missing"], serde_json::json!(["time", "action"]));
    let whole = replay(&[path, "--columns", "--map=time=when", "--map=action=what"]);
    assert_eq!((whole.status.code(), whole.stderr.len()), (Some(0), 0));
}

#[test]
fn columns_are_shown_without_a_replay() {
    let shown = said(&["replay", CONTRACT, &format!("{LOGS}/own.csv"), "--columns"]);
    assert!(shown.contains("artifact      ← document_id"), "{shown}");
    let shown =
        said(&["replay", CONTRACT, &format!("{LOGS}/litellm.jsonl"), "--columns", "--json"]);
    let columns: Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(columns["roles"]["customer"], "end_user");
    assert_eq!(columns["shape"], "litellm");
}

#[test]
fn what_is_no_log_is_refused() {
    for (bytes, code, fix) in [
        (&b""[..], "not_a_log", "--sample"),
        (b"time,customer,action\n", "not_a_log", "--sample"),
        (b"[{\"time\":1}]", "not_a_log", "jq -c '.[]'"),
        (b"\x1f\x8b\x08\x00", "not_a_log", "gunzip"),
        (b"\xff\xfet\x00", "not_a_log", "iconv"),
        (b"\0\0\0\0\n\0\0\0\n", "not_a_log", "choose the file"),
    ] {
        let (exit, found, message, says) = refused(bytes, &[]);
        assert_eq!((exit, found.as_str()), (66, code), "{message}");
        assert!(says.contains(fix), "{says}");
    }
    let (exit, code, ..) = refused(b"when,who,what\n1795428000,ana,x\n", &[]);
    assert_eq!((exit, code.as_str()), (64, "columns_missing"));
    let out = replay(&["no-such.csv", "--json"]);
    assert_eq!(out.status.code(), Some(66));
}

#[test]
fn wrong_flags_say_what_is_right() {
    let log = b"time,customer,action,status\n2026-10-01,ana,map_market,ok\n";
    for (flag, code, says) in [
        ("--map=colour=action", "unknown_role", "customer"),
        ("--map=customer=nobody", "unknown_column", "time, customer, action, status"),
        ("--action-map=x=fly", "wrong_map", "--help"),
        ("--outcome-map=x=great", "wrong_map", "--help"),
        ("--plan-map=gold=platinum", "wrong_map", "--help"),
        ("--plan=platinum", "unknown_plan", "discovery, pro, byok"),
    ] {
        let (exit, found, message, fix) = refused(log, &[flag]);
        assert_eq!((exit, found.as_str()), (64, code), "{flag}: {message}");
        assert!(fix.contains(says), "{fix}");
    }
}

#[test]
fn hostile_rows_cost_no_more_than_themselves() {
    let mut log = b"time,customer,action,status\n2026-10-01,ana,map_market,ok\n".to_vec();
    log.extend(b"2026-10-01,\"open,map_market,ok\n");
    log.extend(b"2026-10-01,\xff\xfe,map_market,ok\n2026-10-01,a\0b,map_market,ok\n");
    log.extend(std::iter::repeat_n(b'x', 9 << 20));
    log.extend(b"\n2026-10-01,\x1b[31mred,map_market,\x1b[2Jboo\n2026-10-02,bo,map_market,ok\n");
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(&log).expect("room");
    let path = file.path().to_str().expect("a path");
    let report = json(&[path]);
    let codes: Vec<_> =
        report["broken"]["first"].as_array().expect("a list").iter().map(|b| &b["code"]).collect();
    assert_eq!(codes, ["open_quote", "not_utf8", "has_nul", "too_long", "unknown_outcome"]);
    assert_eq!(report["rows"]["free"], 2);
    let shown = replay(&[path]).stdout;
    assert!(!shown.contains(&0x1b), "control characters reach the terminal");
}

#[test]
fn a_log_without_one_readable_row_ends_with_an_error() {
    let (exit, code, message, _) =
        refused(b"time,customer,action,status\nx,ana,map_market,ok\n", &["--map=time=time"]);
    assert_eq!((exit, code.as_str()), (1, "no_row_readable"));
    assert!(message.contains("line 2"), "{message}");
}

#[test]
fn the_sample_is_the_same_everywhere() {
    let rows = said(&["sample-log", CONTRACT, "--rows=5000", "--seed=7"]);
    assert_eq!(rows.lines().count(), 5_001);
    let hash: String = Sha256::digest(rows.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hash, "d6bc9147c57186eceb6245e64dd1adff8fc3d72f77b9b332e2527ce9db228df8");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("usage.csv");
    let to_file = format!("--output={}", file.display());
    assert!(
        probity(&repository(), &["sample-log", CONTRACT, "--rows=5000", "--seed=7", &to_file])
            .status
            .success()
    );
    assert_eq!(std::fs::read_to_string(&file).expect("the log"), rows);
    let nowhere =
        probity(&repository(), &["sample-log", CONTRACT, "--output=/no/such/folder/x.csv"]);
    assert_eq!(nowhere.status.code(), Some(74));
}

#[test]
fn a_made_up_log_is_json_lines_too() {
    let made = ["sample-log", CONTRACT, "--rows=500", "--seed=7"];
    let (rows, lines) = (said(&made), said(&[&made[..], &["--json"]].concat()));
    let first: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert!(first["user_id"].is_string() && first.get("charged_usd").is_some(), "{first}");
    assert!(lines.contains("\"input_tokens\":null"), "what is not known is null");
    assert_eq!(lines.lines().count(), 500);
    let (mut table, mut list) = (report_of(&rows, &[]), report_of(&lines, &[]));
    assert_eq!(table["rows"], list["rows"]);
    assert_eq!(table["money"].take(), list["money"].take());
}

#[test]
fn a_made_up_log_has_the_days_asked_for_whatever_the_zone() {
    for entry in std::fs::read_dir(repository().join("contracts")).expect("the samples") {
        let contract = format!("--contract={}", entry.expect("an entry").path().display());
        let report: Value =
            serde_json::from_str(&said(&["replay", &contract, "--sample", "--json"]))
                .expect("JSON");
        assert_eq!(report["log"]["days"], 30, "{contract}");
        assert_eq!(report["days"][0]["day"], "2026-10-01", "{contract}");
    }
    // In New York, the clocks of March and November 2026 are changed.
    for (from, first, last) in [
        ("2026-03-01", "2026-03-01T05:", "2026-04-01T03:"),
        ("2026-11-01", "2026-11-01T04:", "2026-12-02T04:"),
    ] {
        let from = format!("--from={from}");
        let contract = "--contract=contracts/image-studio";
        let rows = said(&["sample-log", contract, "--rows=9000", "--days=31", &from]);
        let rows: Vec<_> = rows.lines().skip(1).collect();
        assert!(rows[0].starts_with(first), "{}", rows[0]);
        assert!(rows[8999].starts_with(last), "{}", rows[8999]);
    }
}

#[test]
fn every_sample_contract_has_a_log_that_replays() {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(repository().join("contracts")).expect("the samples") {
        let contract = entry.expect("an entry").path();
        let flag = format!("--contract={}", contract.display());
        let log = folder.path().join("usage.csv");
        let to_file = format!("--output={}", log.display());
        let made =
            probity(Path::new("."), &["sample-log", &flag, "--rows=2000", "--force", &to_file]);
        assert!(made.status.success(), "{}: {made:?}", contract.display());
        let log = log.display().to_string();
        let out = probity(Path::new("."), &["replay", &log, &flag, TODAY, "--json"]);
        assert!(out.status.success(), "{}: {out:?}", contract.display());
        let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        let rows = &report["rows"];
        let left_out = [&rows["broken"], &rows["not_mapped"], &rows["not_decided"]];
        assert_eq!(
            (&rows["all"], left_out),
            (&2_000.into(), [&0.into(); 3]),
            "{}",
            contract.display()
        );
    }
}

#[test]
fn unknown_costs_are_unknown_and_never_nothing() {
    let contract = "--contract=contracts/minimal";
    let shown = said(&["replay", contract, "--sample"]);
    assert!(shown.contains("unknown") && shown.contains("add `costs` to it"), "{shown}");
    assert!(!shown.contains("100%") && !shown.contains("margin  "), "{shown}");
    let report: Value =
        serde_json::from_str(&said(&["replay", contract, "--sample", "--json"])).expect("JSON");
    for place in ["/money/cost", "/actions/0/cost", "/actions/0/margin", "/days/0/cost"] {
        assert_eq!(report.pointer(place), Some(&Value::Null), "{place}");
    }
    let rows = said(&["sample-log", contract, "--rows=50"]);
    assert!(rows.lines().skip(1).all(|row| row.split(',').nth(13) == Some("")), "{rows}");
}

/// Replays a text as a file and gives the report.
fn report_of(log: &str, args: &[&str]) -> Value {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(log.as_bytes()).expect("room");
    json(&[&[file.path().to_str().expect("a path")], args].concat())
}

#[test]
fn decimal_commas_are_never_read_as_thousands() {
    let log = "time;customer;action;status;quantity;amount
2026-10-01;ana;tailor_document;ok;1;0,50
2026-10-01;ana;process_documents;ok;1,5;1.00
2026-10-01;ana;process_documents;ok;2;1,50
2026-10-01;ana;tailor_document;ok;1;1,234.00
";
    let report = report_of(log, &[]);
    assert_eq!(
        (&report["rows"]["broken"], &report["money"]["today"]),
        (&3.into(), &"$1234.00".into())
    );
    let first = &report["broken"]["first"][0];
    assert_eq!((&first["code"], &first["cell"]), (&"odd_comma".into(), &"0,50".into()));
    assert!(first["reason"].as_str().expect("words").contains("decimal point"), "{first}");
    let shown = shown_of(log, &[]);
    assert!(shown.contains("line 2 charged needs a decimal point, not a comma: 0,50"), "{shown}");
    let all = b"time;customer;action;status;amount\n2026-10-01;ana;tailor_document;ok;0,50\n";
    let (exit, code, _, fix) = refused(all, &[]);
    assert_eq!((exit, code.as_str()), (1, "no_row_readable"));
    assert!(fix.contains("decimal points"), "{fix}");
}

#[test]
fn notes_group_numbers_and_one_day_is_one() {
    let row = "2026-10-01,ana,tailor_document,cached\n";
    let log = format!("time,customer,action,status\n{}", row.repeat(1_234));
    let none = log.replace("cached", "ok").replace("tailor_document", "process_documents");
    let shown = shown_of(&none, &[]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("Without a quantity: 1,234 rows; each counts as one"), "{shown}");
    assert!(shown.contains("1 customer, 2026-10-01. "), "{shown}");
    assert!(shown.contains("for the one day of the log"), "{shown}");
    // Of a reopening without its thing, the log's word is all there is.
    assert_eq!(report_of(&log, &[])["free"][0]["why"], "said_reopened");
}

#[test]
fn why_a_row_cannot_be_decided_is_told_whole() {
    let log = "time,customer,plan,action,status,quantity,delivered
2026-10-01,ana,pro,process_documents,ok,12,12
2026-10-01,ana,pro,process_documents,partial,30,30
";
    let shown = shown_of(log, &[]).split_whitespace().collect::<Vec<_>>().join(" ");
    let says = "1 row, first in line 3: quantity: a partial says how many units arrived: more \
                than none, fewer than asked for";
    assert!(shown.contains(says), "{shown}");
}

#[test]
fn what_is_never_owned_is_nowhere_called_owned() {
    let log = "time,customer,plan,action,status,charged
2026-10-01,ana,pro,process_documents,cached,9.00
2026-10-01,ana,pro,process_documents,cached,9.00
";
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html").display().to_string();
    let shown = shown_of(log, &[&format!("--html={page}")]);
    let page = std::fs::read_to_string(page).expect("the page");
    for text in [shown, page] {
        let text = text.replace("&#39;", "'");
        assert!(text.contains("opened again, by the log's own word"), "{text}");
        assert!(!text.contains("owned already") && !text.contains("the same result"), "{text}");
        assert!(text.contains("$18.00 today for reopenings; under this contract"), "{text}");
    }
}

#[test]
fn a_failure_from_a_cache_is_a_failure() {
    let log = r#"{"request_id":"r1","call_type":"c","startTime":"2026-10-01T09:01:00Z","spend":0.1,"model":"gpt-4.1","status":"failure","cache_hit":"True","request_tags":["tailor_document"],"end_user":"ana"}"#;
    let report = report_of(log, &["--plan=pro"]);
    assert_eq!(report["free"][0]["why"], "failed", "{report}");
}

#[test]
fn a_folder_is_no_log_and_is_named() {
    for (folder, says) in [(".", "this folder"), ("contracts", "contracts")] {
        let out = replay(&[folder, "--json"]);
        let answer: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        let text = |key: &str| answer["error"][key].as_str().unwrap_or_default().to_owned();
        assert_eq!((out.status.code(), text("code")), (Some(66), "not_a_file".into()));
        assert!(text("message").contains(says), "{answer}");
    }
}

#[test]
fn the_lead_says_no_more_than_the_log() {
    let lead = |log: &str| {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(log.as_bytes()).expect("room");
        let out = replay(&[file.path().to_str().expect("a path")]);
        let text = String::from_utf8(out.stdout).expect("UTF-8");
        text.lines().take(3).collect::<Vec<_>>().join(" ")
    };
    let row = "2026-10-01,ana,tailor_document";
    let twice = format!("{row},0.50\n{row},0.50\n");
    for (log, says) in [
        (format!("time,customer,action,status\n{row},ok\n"), "does not say what you charge today"),
        (format!("time,customer,action,charged\n{row},0.50\n"), "failures cannot be seen"),
        (
            format!("time,customer,action,charged,artifact\n{}", twice.replace("50\n", "50,d\n")),
            "$0.50 today for double clicks, which cost nothing under this contract; failures cannot",
        ),
        (
            format!("time,customer,action,status,charged\n{row},ok,0.50\n"),
            "nothing of it for failures",
        ),
        (
            format!("time,customer,action,status,charged\n{row},error,0.50\n"),
            "$0.50 today for failed and fruitless runs; under this contract they cost nothing.",
        ),
    ] {
        let lead = lead(&log);
        assert!(lead.contains(says), "{lead}");
    }
}

/// Replays a text as a file and gives what is shown, on one line.
fn shown_of(log: &str, args: &[&str]) -> String {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(log.as_bytes()).expect("room");
    let out = replay(&[&[file.path().to_str().expect("a path")], args].concat());
    String::from_utf8(out.stdout).expect("UTF-8").replace('\n', " ")
}

const BILLED: &str = "time,customer,action,status,charged\n";

#[test]
fn the_lead_begins_with_what_most_of_the_log_came_to() {
    let row = |action: &str, status: &str| format!("2026-10-01,ana,{action},{status},0.50\n");
    let log = |rows: &[(&str, usize)]| {
        let rows = rows.iter().map(|(row, n)| row.repeat(*n));
        BILLED.to_owned() + &rows.collect::<String>()
    };
    let (unknown, broken) = (row("fly", "ok"), row("tailor_document", "sparkling"));
    let (fine, refused) = (row("tailor_document", "ok"), row("enrich_market_map", "ok"));
    for (log, says) in [
        (log(&[(&unknown, 3)]), "3 of 3 rows could not be decided, so there is no use to add up."),
        (log(&[(&unknown, 1)]), "The only row could not be decided, so there is"),
        (
            log(&[(&broken, 9), (&fine, 2)]),
            "9 of 11 rows could not be decided. As far as rows can be read, you charge $1.00",
        ),
        (log(&[(&refused, 3)]), "3 of 3 rows are refused under this contract, so there is no use"),
        (log(&[(&refused, 2), (&fine, 1)]), "2 of 3 rows are refused under this contract. You"),
        (
            log(&[(&refused, 2), (&unknown, 2), (&fine, 1)]),
            "4 of 5 rows could not be decided or are",
        ),
    ] {
        let shown = shown_of(&log, &[]);
        assert!(shown.starts_with(says), "{shown}");
        let is_all = !log.contains(&fine);
        assert_eq!(is_all, !shown.contains("CUSTOMERS"), "{shown}");
        assert_eq!(!log.contains(&fine) && !log.contains(&refused), !shown.contains("ACTIONS"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("report.html");
    shown_of(&log(&[(&unknown, 3)]), &[&format!("--html={}", page.display())]);
    let page = std::fs::read_to_string(page).expect("the page");
    for empty in ["What each action comes to", "What each customer comes to", "Charged here"] {
        assert!(!page.contains(empty), "{empty}");
    }
    let some = shown_of(&log(&[(&refused, 1), (&fine, 2)]), &[]);
    assert!(
        some.starts_with("You charge $1.50 today; under this contract the use comes to $1.00,")
    );
    assert!(some.contains("without what is refused."), "{some}");
}

#[test]
fn a_plan_that_nobody_said_is_asked_for_where_it_refuses_much() {
    let row = |plan: &str| format!("2026-10-01,ana,{plan},enrich_market_map,ok,0.50\n");
    let log = |plan: &str| format!("time,customer,plan,action,status,charged\n{}", row(plan));
    let next = |log: &str, args: &[&str]| report_of(log, args)["next"].to_string();
    assert!(next(&log("gold"), &[]).contains("--plan-map gold=PLAN"));
    assert!(next(&log(""), &[]).contains("--plan PLAN"));
    let none = format!("{BILLED}2026-10-01,ana,enrich_market_map,ok,0.50\n");
    assert!(next(&none, &[]).contains("--plan PLAN"));
    // Said, or told by the log: nothing is left to ask.
    assert!(!next(&none, &["--plan=discovery"]).contains("PLAN"));
    assert!(!next(&log("discovery"), &[]).contains("PLAN"));
    assert!(!next(&log("gold"), &["--plan-map=gold=pro"]).contains("PLAN"));
}

#[test]
fn words_of_plans_have_no_case_and_what_is_said_in_vain_is_told() {
    let log = "time,customer,plan,action,status,charged
2026-10-01,ana,Gold,enrich_market_map,ok,0.50
2026-10-01,bo,PRO,enrich_market_map,ok,0.50
";
    let used = ["--plan-map=GOLD=pro"];
    let report = report_of(log, &used);
    assert_eq!(report["rows"]["charged"], 2, "{report}");
    assert!(!report["notes"].to_string().contains("GOLD"), "{report}");
    let vain = ["--plan-map=Silver=pro", "--action-map=fly*=map_market", "--outcome-map=x=failed"];
    let notes = report_of(log, &vain)["notes"].to_string();
    let says = "--plan-map Silver=pro, --action-map fly*=map_market, --outcome-map x=failed";
    assert!(notes.contains(says), "{notes}");
}

#[test]
fn of_few_customers_nobody_is_a_tail_for_a_fifth_of_the_cost() {
    let log = |n: u32| {
        let row = |who: u32| {
            let cost = if who == 0 { "0.40" } else { "0.01" };
            format!("2026-10-01,u{who},pro,tailor_document,ok,0.50,{cost}\n")
        };
        let rows: String = (0..n).map(row).collect();
        format!("time,customer,plan,action,status,charged,cost\n{rows}")
    };
    let tails = |n: u32| {
        let report = report_of(&log(n), &[]);
        report["customers"]["tails"].as_array().expect("a list").len()
    };
    assert_eq!([tails(4), tails(19), tails(20)], [0, 0, 1]);
    // Whoever costs over three times what they would pay is one among few, too.
    let dear = log(4).replace("0.40", "40");
    let shown = shown_of(&dear, &[]);
    assert!(shown.contains("TAILS: OVER THREE TIMES WHAT THEY WOULD PAY"), "{shown}");
    let shown = shown_of(&log(20), &[]);
    assert!(shown.contains("TAILS: OVER A FIFTH OF ALL COST, OR OVER THREE TIMES"), "{shown}");
    let shown = shown_of(&log(4), &[]);
    assert!(!shown.contains("TAILS"), "{shown}");
}

#[test]
fn a_narrow_report_explains_only_what_it_shows() {
    let at = |columns: &str| {
        let mut command = Command::new(snapbox::cmd::cargo_bin!("probity"));
        let command = command.current_dir(repository()).env("COLUMNS", columns);
        let out = command.args(["replay", CONTRACT, "--sample"]).output().expect("the binary runs");
        String::from_utf8(out.stdout).expect("UTF-8")
    };
    for width in [40, 50, 60, 80] {
        let text = at(&width.to_string());
        let is_wide = |line: &&str| line.chars().count() > width;
        assert_eq!(text.lines().find(is_wide), None, "{width}");
    }
    let text = at("60");
    assert!(!text.contains("A run costs:"), "{text}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = "The lines are too short for the columns charged, free, refused and a run costs; \
                wider ones, or --html, show them.";
    assert!(words.contains(says), "{text}");
}

#[test]
fn a_replay_of_nothing_names_the_sample() {
    let out = probity(&repository(), &["replay", "--json"]);
    assert_eq!(out.status.code(), Some(64));
    let answer: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let fix = answer["error"]["fix"].as_str().expect("a fix");
    assert!(fix.contains("--sample --contract"), "{fix}");
}

#[test]
fn rows_of_litellm_are_of_whoever_they_name() {
    let row = |n: u32, who: &str| {
        format!(
            r#"{{"request_id":"r{n}","call_type":"c","startTime":"2026-10-01T09:0{n}:00Z","spend":0.1,"model":"m","status":"success","request_tags":["tailor_document"],{who}}}"#
        ) + "\n"
    };
    let log = [
        row(1, r#""end_user":"ana","user":"svc","team_id":"t","api_key":"k""#),
        row(2, r#""end_user":"","user":"svc","team_id":"t","api_key":"k""#),
        row(3, r#""end_user":null,"user":"","team_id":"t","api_key":"k""#),
        row(4, r#""api_key":"k""#),
    ];
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(log.concat().as_bytes()).expect("room");
    let report = json(&[file.path().to_str().expect("a path"), "--plan=pro"]);
    let top = report["customers"]["top"].as_array().expect("a list").iter();
    let mut names: Vec<_> = top.filter_map(|line| line["customer"].as_str()).collect();
    names.sort_unstable();
    assert_eq!((names, &report["rows"]["broken"]), (vec!["ana", "k", "svc", "t"], &0.into()));
}

#[test]
fn a_made_up_log_is_replayed_without_a_file() {
    let shown = said(&["replay", CONTRACT, "--sample"]);
    assert!(
        shown.starts_with("You charge $") && shown.contains("under this contract they cost"),
        "{shown}"
    );
    assert!(shown.contains("A made-up log under jobscout@3: 50,000 rows, 650 customers"));
    let said = replay(&["--sample"]).stderr;
    assert!(said.starts_with(b"Next:"), "{}", String::from_utf8_lossy(&said));
}
