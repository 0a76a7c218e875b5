//! A tiny run of each part of the bench: its shape, and that nothing in it is made up. No times.

use crate::support::probity;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The smallest that does everything.
const TINY: [&str; 8] =
    ["--rounds", "1", "--commands", "200", "--customers", "20", "--connections", "4"];

fn bench(folder: &Path, parts: &str, more: &[&str]) -> Value {
    let args = [&["bench", "--json", "--parts", parts][..], &TINY, more].concat();
    let out = probity(folder, &args);
    assert!(out.status.success(), "{out:?}");
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0, "its files are removed");
    serde_json::from_slice(&out.stdout).unwrap()
}

/// What each side did, with its load: (side, customers, commands, filled).
fn done(report: &Value) -> Vec<(String, u64, u64, bool)> {
    let lines = report["lines"].as_array().unwrap().iter();
    let done = lines.filter_map(|line| {
        let commands = line["readings"][0]["rate"]["commands"].as_u64()?;
        let (side, customers) = (line["side"].as_str().unwrap(), line["customers"].as_u64()?);
        Some((side.to_owned(), customers, commands, line["filled"].as_bool()?))
    });
    done.collect()
}

/// Every target that is measured has its lines; every other one says why not.
fn measured(report: &Value) -> Vec<String> {
    let targets = report["targets"].as_array().unwrap();
    assert_eq!(targets.len(), 26);
    for target in targets {
        let is_measured = !target["measured"].is_null();
        assert_eq!(is_measured, target["met"].is_boolean(), "{target}");
        assert_eq!(is_measured, target["not_measured"].is_null(), "{target}");
    }
    let of = targets.iter().filter(|target| !target["measured"].is_null());
    of.map(|target| target["against"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_engine_is_measured_beside_tables_in_place_and_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let report = bench(folder.path(), "engine", &[]);
    let done = done(&report);
    assert_eq!(done.len(), 3 * 3 + 2);
    for (side, customers, commands, filled) in done {
        assert!(["the engine", "SQLite in place", "a bare log"].contains(&side.as_str()), "{side}");
        assert!([1, 20].contains(&customers) && commands >= 200 && !filled);
    }
    let measured = measured(&report);
    let expected = [
        "a bare log, 1,024 a commit",
        "a bare log, 64 a commit",
        "one hot customer against spread",
    ];
    assert_eq!(measured, expected);
}

#[test]
fn the_service_is_measured_over_http_beside_a_bare_one() {
    let folder = tempfile::tempdir().unwrap();
    let report = bench(folder.path(), "http", &[]);
    let done = done(&report);
    let of = |side: &str, customers| {
        done.iter().filter(|one| one.0 == side && one.1 == customers).count()
    };
    assert_eq!((of("Probity", 20), of("Probity", 1), of("a bare HTTP server", 20)), (3, 1, 2));
    for line in report["lines"].as_array().unwrap() {
        let rate = &line["readings"][0]["rate"];
        let starts = line["readings"][0]["start"].is_object();
        assert!(starts == rate.is_null(), "{line}");
        if let Some(waited) = rate["hold_latency"].as_object() {
            let at = |name: &str| waited[name].as_u64().unwrap();
            assert!(at("p50_micros") <= at("p99_micros"));
            assert!(at("p999_micros") <= at("most_micros"));
        }
    }
    let measured = measured(&report);
    assert!(measured.contains(&"a bare HTTP server".to_owned()), "{measured:?}");
    assert!(!measured.contains(&"PostgreSQL by hand".to_owned()), "{measured:?}");
}

#[test]
fn the_gateway_is_measured_beside_a_bare_proxy_and_a_direct_call() {
    let folder = tempfile::tempdir().unwrap();
    let args = [&["bench", "gateway", "--json", "--streams", "50"][..], &TINY].concat();
    let out = probity(folder.path(), &args);
    assert!(out.status.success(), "{out:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "its files are removed");
    let report: Value = serde_json::from_slice(&out.stdout).unwrap();
    let done = done(&report);
    for side in ["the gateway", "a bare proxy", "called directly"] {
        assert_eq!(done.iter().filter(|one| one.0 == side).count(), 5, "{done:?}");
    }
    let open: Vec<&Value> = report["lines"].as_array().unwrap().iter().collect();
    let open = open.into_iter().filter(|line| line["readings"][0]["streams"].is_object());
    let open: Vec<_> = open.map(|line| (&line["side"], &line["readings"][0]["streams"])).collect();
    assert_eq!([open[0].0, open[1].0], ["the gateway", "a bare proxy"]);
    assert!(open.iter().all(|(_, streams)| streams["streams"] == 50), "{open:?}");
    let measured = measured(&report);
    assert!(measured.iter().filter(|one| one.starts_with("the gateway adds, ")).count() == 6);
}

#[test]
fn parts_are_named_once() {
    let folder = tempfile::tempdir().unwrap();
    let twice = probity(folder.path(), &["bench", "engine", "--parts", "gateway"]);
    assert_eq!(twice.status.code(), Some(64), "{twice:?}");
}

#[test]
fn postgres_is_measured_where_there_is_one_and_never_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let report = bench(folder.path(), "postgres", &[]);
    let done = done(&report);
    let missing = report["not_measured"].as_array().unwrap();
    match missing.as_slice() {
        [] => {
            let two = [("PostgreSQL by hand".to_owned(), 20), ("PostgreSQL by hand".to_owned(), 1)];
            let found: Vec<_> = done.into_iter().map(|one| (one.0, one.1)).collect();
            assert_eq!(found, two);
        }
        [one] => {
            assert!(done.is_empty());
            assert!(!one["why"].as_str().unwrap().is_empty(), "{one}");
        }
        more => panic!("{more:?}"),
    }
    assert!(measured(&report).is_empty(), "there is nothing to compare it with");
}

#[test]
fn a_database_that_is_not_there_is_not_measured() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = ["--postgres", "postgresql://127.0.0.1:1/none"];
    let report = bench(folder.path(), "postgres", &nowhere);
    assert!(done(&report).is_empty());
    assert_eq!(report["not_measured"][0]["what"], "PostgreSQL by hand");
}

#[test]
fn filled_databases_are_measured_beside_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let more = ["--entries", "600", "--filled-customers", "50"];
    let report = bench(folder.path(), "engine,http,large", &more);
    let filled: Vec<_> = done(&report).into_iter().filter(|one| one.3).collect();
    assert_eq!(filled.len(), 5);
    assert!(filled.iter().all(|one| one.1 == 50), "{filled:?}");
    let measured = measured(&report);
    for against in ["filled against empty", "SQLite updated in place, filled"] {
        assert!(measured.contains(&against.to_owned()), "{measured:?}");
    }
}

#[test]
fn a_table_is_for_people_and_the_file_for_machines() {
    let folder = tempfile::tempdir().unwrap();
    let more = ["bench", "--parts", "engine", "-o", "figures.json"];
    let args = [&more[..], &TINY].concat();
    let out = probity(folder.path(), &args);
    assert!(out.status.success(), "{out:?}");
    let table = String::from_utf8(out.stdout).unwrap();
    assert!(table.contains("20 customers in process, 1,024 commands a commit"), "{table}");
    assert!(table.contains("1 round; of each the measurement in the middle"), "{table}");
    let file: Value =
        serde_json::from_slice(&fs::read(folder.path().join("figures.json")).unwrap()).unwrap();
    assert_eq!(file["settings"]["customers"], 20);
    let again = probity(folder.path(), &args);
    assert_eq!(again.status.code(), Some(74), "nothing is written over: {again:?}");
}

#[cfg(unix)]
#[test]
fn whoever_breaks_it_off_finds_nothing_of_it_left() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(snapbox::cmd::cargo_bin!("probity"))
        .current_dir(folder.path())
        .args(["bench", "--parts", "engine,http", "--rounds", "99"])
        .args(["--commands", "2000", "--customers", "20"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert_eq!(line, "Round 1 of 99.\n");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(74));
    said.read_to_string(&mut line).unwrap();
    assert!(line.contains("broken_off"), "{line}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
