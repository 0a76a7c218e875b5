//! What is read as a log: shapes, columns, and what is told of what cannot be read.

use super::{CONTRACT, LOGS, TODAY, json, refused, replay, report_of, shown_of};
use crate::support::{repository, said};
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

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
