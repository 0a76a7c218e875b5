//! What a report says, as text, page, table and JSON.

use super::{BILLED, CONTRACT, LOGS, TODAY, json, replay, report_of, shown_of};
use crate::support::{assert_as_written, needs_nothing, probity, repository, said};
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::Command;

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
    needs_nothing(&text);
}

#[test]
fn what_a_log_does_not_tell_has_no_column_on_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let (log, page) = (folder.path().join("plain.csv"), folder.path().join("report.html"));
    let rows = "time,customer,action,outcome\n\
        2026-11-01T10:00:00Z,ana,tailor_document,delivered\n\
        2026-11-02T10:00:00Z,bo,tailor_document,failed\n";
    std::fs::write(&log, rows).expect("room");
    let flag = format!("--html={}", page.display());
    assert!(replay(&[&log.display().to_string(), &flag]).status.success());
    let text = std::fs::read_to_string(page).expect("the page");
    assert!(!text.contains('–'), "a dash says nothing");
    for never in ["a run costs", "A run costs", ">margin<", "costs you</th>", ">today</th>"] {
        assert!(!text.contains(never), "{never}");
    }
    // What is missing is said once, with what to do.
    assert_eq!(text.matches("name its column with --map cost=COLUMN").count(), 1);
    assert!(text.contains("the log does not say what you charge today"));
    assert!(text.contains("aria-label=\"Charged a day: here\""));
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
