//! What is suggested next can be typed as it stands, and does what it promises.

use crate::support::probity;
use std::path::Path;

/// The command that is suggested after a run of the binary.
fn suggested(dir: &Path, args: &[&str]) -> String {
    let out = probity(dir, args);
    assert!(out.status.success(), "{out:?}");
    let notes = String::from_utf8(out.stderr).unwrap();
    let next = notes.trim().strip_prefix("Next: probity ").expect("a suggestion").to_owned();
    let words: Vec<&str> = next.split_whitespace().collect();
    assert!(probity(dir, &words).status.success(), "{next}");
    next
}

#[test]
fn stories_are_suggested_only_where_there_are_some() {
    let dir = tempfile::tempdir().unwrap();
    suggested(dir.path(), &["init", "hello", "--yes"]);
    let story = "summarize a file, delivered";
    for contract in ["hello", "hello/contract.yaml"] {
        let next = suggested(dir.path(), &["try", story, "--contract", contract]);
        assert_eq!(next, "explain hello");
    }
    let stories = dir.path().join("hello/scenarios");
    std::fs::create_dir(&stories).unwrap();
    let text = "# Stories\n\n## It works\n\n```play\n2026-12-01 09:00\nana opens on starter -> plan starter\n```\n";
    std::fs::write(stories.join("first.md"), text).unwrap();
    for contract in ["hello", "hello/contract.yaml"] {
        let next = suggested(dir.path(), &["try", story, "--contract", contract]);
        assert_eq!(next, "test hello");
    }
    let here = suggested(&dir.path().join("hello"), &["try", story]);
    assert_eq!(here, "test");
}
