//! Standard streams that are closed, full or gone: exit codes and words, never a panic.

use std::process::{Command, Output};

/// Runs a line of the shell with `$P` as the binary.
fn shell(line: &str) -> Output {
    Command::new("bash")
        .args(["-o", "pipefail", "-c", line])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("P", snapbox::cmd::cargo_bin!("probity"))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("bash runs")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let out = shell(
        "for i in 1 2 3 4 5; do \"$P\" --help | true; [ ${PIPESTATUS[0]} = 0 ] || exit 9; done",
    );
    assert_eq!((out.status.code(), words(&out.stderr)), (Some(0), String::new()));
}

#[test]
fn closed_streams_do_not_panic() {
    let out = shell("\"$P\" --help >&- 2>&-; echo $?");
    assert_eq!(words(&out.stdout), "0\n");
}

#[test]
fn a_full_disk_is_told_and_has_its_code() {
    let out = shell("\"$P\" --help > /dev/full");
    assert_eq!(out.status.code(), Some(74));
    assert!(words(&out.stderr).starts_with("The result could not be written"), "{out:?}");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let coloured = |line: &str| words(&shell(line).stdout).contains('\u{1b}');
    assert!(!coloured("\"$P\" --help"));
    assert!(!coloured("\"$P\" --color never --help"));
    assert!(coloured("\"$P\" --color always --help"));
    assert!(coloured("\"$P\" --color=always --help"));
    assert!(coloured("CLICOLOR_FORCE=1 \"$P\" --help"));
    assert!(!coloured("CLICOLOR_FORCE=1 \"$P\" --help --color never"));
}
