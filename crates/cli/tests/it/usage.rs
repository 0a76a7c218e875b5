//! Command lines that cannot be understood, and commands that have nothing to do.

use crate::support::{probity, repository};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Exit code, and the failure's code, message and fix.
fn refused(dir: &Path, args: &[&str]) -> (Option<i32>, String, String, String) {
    let out = probity(dir, args);
    let said: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let text = |key: &str| said["error"][key].as_str().unwrap_or_default().to_owned();
    assert_eq!(String::from_utf8_lossy(&out.stderr), "", "{args:?}");
    (out.status.code(), text("code"), text("message"), text("fix"))
}

/// Command lines, what is wrong with them, and what to do.
const WRONG: &[(&[&str], &str, &str)] = &[
    (
        &["--json", "chekc"],
        "there is no command `chekc`",
        "did you mean `check`? see `probity --help`",
    ),
    (
        &["check", "--fast", "--json"],
        "`probity check` has no flag `--fast`",
        "see `probity check --help`",
    ),
    (
        &["check", "--stric", "--json"],
        "`probity check` has no flag `--stric`",
        "did you mean `--strict`? see `probity check --help`",
    ),
    (
        &["schema", "contract", "a\nb", "--json"],
        "`probity schema` has no use for `a␊b`",
        "see `probity schema --help`",
    ),
    (&["--json", "try"], "`STORY` is missing", "see `probity try --help`"),
    (&["check", "--json", "--today=x"], "`--today` cannot be `x`", "write a day as 2026-11-24"),
    (&["check", "--json", "--today"], "`--today` lacks its value", "see `probity check --help`"),
    (
        &["init", "--json", "--runs-on", "credit"],
        "`--runs-on` cannot be `credit`",
        "did you mean `credits`? choose one of: credits, own_key, us",
    ),
    (
        &["schema", "contracts", "--json"],
        "`FILE` cannot be `contracts`",
        "did you mean `contract`? choose one of: contract, operations, deployment",
    ),
    (
        &["sample-log", "--json", "--days", "0"],
        "`--days` cannot be `0`",
        "write a whole number from 1 to 3650",
    ),
    (&["sample-log", "--json", "--rows=x"], "`--rows` cannot be `x`", "write a whole number"),
    (&["check", "--json", "--json"], "`--json` is there twice", "leave one of them out"),
    (&["check", "--json", "--strict=yes"], "`--strict` takes no value", "leave the value out"),
    (
        &["explain", "--format", "html", "--json"],
        "`--format` and `--json` do not go together",
        "leave one of them out",
    ),
    (&["--json"], "no command is named", "see `probity --help`"),
    (
        &["customers", "--json", "--limit", "x"],
        "`--limit` cannot be `x`",
        "write a whole number; see `probity customers --help`",
    ),
    (
        &["runs", "ana", "--json", "--limit", "0"],
        "`--limit` cannot be `0`",
        "write a whole number from 1 to 10000",
    ),
    (
        &["serve", "--json", "--listen", "4242"],
        "`--listen` cannot be `4242`",
        "write an address with its port, such as 127.0.0.1:4242",
    ),
    (
        &["keys", "--json", "mak"],
        "`probity keys` has no command `mak`",
        "choose one of: new, list, revoke",
    ),
    (
        &["keys", "--json", "lst"],
        "`probity keys` has no command `lst`",
        "did you mean `list`? choose one of: new, list, revoke",
    ),
    (&["keys", "new", "--json"], "`--env` is missing", "see `probity keys new --help`"),
    (&["--json", "help"], "there is no command `help`", "see `probity --help`"),
];

#[test]
fn scripts_read_what_is_wrong_with_a_command_line() {
    let here = repository();
    for &(args, says, fix) in WRONG {
        let (exit, code, message, how) = refused(&here, args);
        assert_eq!((exit, code.as_str()), (Some(64), "usage"), "{args:?}");
        assert_eq!((message.as_str(), how.as_str()), (says, fix), "{args:?}");
    }
    // Without the flag, and after the end of flags, people read the same.
    for args in [&["chekc"][..], &["chekc", "--", "--json"]] {
        let out = probity(&here, args);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(64), 0), "{args:?}");
        let told = "error[usage]: there is no command `chekc`\n  \
            fix: did you mean `check`? see `probity --help`\n";
        assert_eq!(String::from_utf8_lossy(&out.stderr), told, "{args:?}");
    }
    // Who types nothing reads the page of help.
    let bare = probity(&here, &[]);
    assert_eq!((bare.status.code(), bare.stdout.len()), (Some(64), 0));
    assert!(bare.stderr.starts_with(b"probity makes"), "{bare:?}");
    let help = probity(&here, &["check", "--help", "--json"]);
    assert!(help.status.success() && help.stdout.starts_with(b"Check"), "{help:?}");
}

#[test]
fn no_story_is_no_success() {
    let dir = tempfile::tempdir().expect("a folder");
    let scenarios = dir.path().join("scenarios");
    fs::create_dir(&scenarios).expect("room");
    fs::write(scenarios.join("notes.md"), "# Notes\n\nNothing to play.\n").expect("room");
    for args in [&["test", "--json"][..], &["test", "scenarios/notes.md", "--json"]] {
        let (exit, code, message, _) = refused(dir.path(), args);
        assert_eq!((exit, code.as_str()), (Some(66), "no_stories"), "{message}");
    }
}
