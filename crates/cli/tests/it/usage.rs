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

#[test]
fn scripts_read_what_is_wrong_with_a_command_line() {
    let here = repository();
    for (args, says, fix) in [
        (&["--json", "chekc"][..], "unrecognized subcommand 'chekc'", "check"),
        (&["check", "--fast", "--json"], "unexpected argument '--fast'", "probity check --help"),
        (&["--json", "try"], "<STORY>", "probity try --help"),
        (&["check", "--json", "--today=x"], "write a day as 2026-11-24", "probity check --help"),
        (&["--json"], "no command", "probity --help"),
    ] {
        let (exit, code, message, how) = refused(&here, args);
        assert_eq!((exit, code.as_str()), (Some(64), "usage"), "{args:?}");
        assert!(message.contains(says), "{message}");
        assert!(how.contains(fix), "{how}");
        assert!(!message.contains('\n') && !message.contains('\u{1b}'), "{message:?}");
    }
    // Without the flag, and after the end of flags, people read it as ever.
    for args in [&["chekc"][..], &["chekc", "--", "--json"]] {
        let out = probity(&here, args);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(64), 0), "{args:?}");
    }
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
