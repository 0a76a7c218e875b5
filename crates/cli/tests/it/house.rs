//! The house rules that can be tested, as tests. What they enforce stands in STYLE.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest file and function, in lines, and the longest line, in characters.
const FILE_LINES: usize = 520;
const FUNCTION_LINES: usize = 70;
const LINE_CHARS: usize = 100;

/// What the core may depend on. A new name here wants a reason in an ADR.
const CORE_DEPENDENCIES: &[&str] = &[
    "base64",
    "granit-parser",
    "hmac",
    "itoa",
    "jiff",
    "rpds",
    "serde",
    "serde_json",
    "sha2",
    "strsim",
];

/// Words that the core's source may not hold: I/O, clocks, threads, randomness, floats, hash order.
const NOT_IN_CORE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "std::io",
    "SystemTime",
    "Instant::now",
    "HashMap",
    "HashSet",
    "tokio",
    "async fn",
    "unsafe ",
    " f64",
    " f32",
    "(f64",
    "rand::",
    "println!",
    "eprintln!",
];

/// Names floats because serde does: none is ever computed with.
const NAMES_FLOATS: &str = "crates/core/src/json/pen.rs";

/// Rooms named after nothing.
const NO_ROOMS: &[&str] =
    &["utils", "util", "common", "helpers", "helper", "manager", "service", "misc"];

/// Marks of unfinished work, spelled so that this file does not hold them.
fn unfinished() -> Vec<String> {
    [
        ("TO", "DO"),
        ("FIX", "ME"),
        ("XX", "X"),
        ("todo", "!("),
        ("unimplemented", "!("),
        ("#[ig", "nore"),
    ]
    .iter()
    .map(|(a, b)| format!("{a}{b}"))
    .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace")
}

/// Files below a folder with one of these endings; build output and hidden folders left out.
fn files(below: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(below)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target"
                    && name != "node_modules"
                    && name != "dist"
                    && name != "corpus"
                    && name != "artifacts"
                    && !name.starts_with('.')
                {
                    folders.push(path);
                }
            } else if endings.iter().any(|end| name.ends_with(end)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}

fn named(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// A file's lines without its unit tests.
fn shipped(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| line.trim() != "#[cfg(test)]").collect()
}

fn sources() -> Vec<PathBuf> {
    files("crates", &[".rs"]).into_iter().filter(|p| named(p).contains("/src/")).collect()
}

fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_source_file_opens_with_what_it_is_for() {
    none(
        sources()
            .iter()
            .filter(|path| !read(path).starts_with("//!"))
            .map(|path| format!("{} does not open with `//!`", named(path)))
            .collect(),
    );
}

#[test]
fn files_functions_and_lines_fit_the_eye() {
    let mut problems = Vec::new();
    for path in sources() {
        let text = read(&path);
        let lines = shipped(&text);
        if lines.len() > FILE_LINES {
            problems.push(format!("{}: {} lines, at most {FILE_LINES}", named(&path), lines.len()));
        }
        problems.extend(long_functions(&lines).into_iter().map(|(name, n)| {
            format!("{}: `{name}` has {n} lines, at most {FUNCTION_LINES}", named(&path))
        }));
        for (i, line) in text.lines().enumerate() {
            let is_text =
                line.contains('"') || line.ends_with('\\') || line.trim_start().starts_with("//");
            if line.chars().count() > LINE_CHARS && !is_text {
                problems.push(format!("{}:{}: over {LINE_CHARS} characters", named(&path), i + 1));
            }
        }
    }
    none(problems);
}

#[test]
fn files_of_tests_fit_the_eye() {
    let tests = files("crates", &[".rs"]).into_iter().filter(|p| named(p).contains("/tests/"));
    let lengths = tests.map(|path| (read(&path).lines().count(), path));
    none(
        lengths
            .filter(|(lines, _)| *lines > FILE_LINES)
            .map(|(lines, path)| format!("{}: {lines} lines, at most {FILE_LINES}", named(&path)))
            .collect(),
    );
}

/// Functions longer than allowed: from `fn` to the brace that closes at its indentation.
fn long_functions(lines: &[&str]) -> Vec<(String, usize)> {
    let mut long = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let is_fn =
            ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn ", "const fn ", "pub const fn "]
                .iter()
                .any(|head| trimmed.starts_with(head));
        if !is_fn || trimmed.ends_with(';') {
            continue;
        }
        let indent = " ".repeat(line.len() - trimmed.len());
        let closes = format!("{indent}}}");
        let length = lines[start..].iter().position(|l| *l == closes).map_or(0, |n| n + 1);
        if length > FUNCTION_LINES {
            let name = trimmed.split("fn ").nth(1).unwrap_or("?").split(['(', '<']).next();
            long.push((name.unwrap_or("?").to_owned(), length));
        }
    }
    long
}

#[test]
fn the_core_depends_only_on_what_is_pure() {
    let manifest = read(&root().join("crates/core/Cargo.toml"));
    let section = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    let listed: BTreeSet<&str> = section
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .collect();
    let allowed: BTreeSet<&str> = CORE_DEPENDENCIES.iter().copied().collect();
    assert!(
        listed.is_subset(&allowed),
        "not allowed in the core: {:?}",
        listed.difference(&allowed)
    );
}

#[test]
fn the_core_does_no_io_and_reads_no_clock() {
    let mut problems = Vec::new();
    for path in sources().iter().filter(|p| named(p).starts_with("crates/core/src")) {
        let text = read(path);
        for (i, line) in shipped(&text).iter().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let may = |word: &str| named(path) == NAMES_FLOATS && [" f32", " f64"].contains(&word);
            for word in NOT_IN_CORE.iter().filter(|word| code.contains(**word) && !may(word)) {
                problems.push(format!("{}:{}: `{word}`", named(path), i + 1));
            }
        }
    }
    none(problems);
}

#[test]
fn no_test_is_timed() {
    // Spelled so that this file does not hold it. The explorer measures its own progress, no more.
    let clock = ["elapsed", "()"].concat();
    let tests = files("crates", &[".rs"]).into_iter().filter(|p| named(p).contains("/tests/"));
    let timed = tests.filter(|p| !named(p).ends_with("model/explore.rs"));
    none(timed.filter(|p| read(p).contains(&clock)).map(|p| named(&p)).collect());
}

#[test]
fn layers_point_one_way() {
    let core = read(&root().join("crates/core/Cargo.toml"));
    let middle = read(&root().join("crates/probity/Cargo.toml"));
    assert!(!core.contains("probity.workspace") && !core.contains("probity-cli"));
    assert!(!middle.contains("probity-cli") && !middle.contains("clap"));
}

#[test]
fn no_room_is_named_after_nothing() {
    let problems = files("crates", &[".rs"]).into_iter().flat_map(|path| {
        let parts: Vec<String> =
            path.with_extension("").iter().map(|p| p.to_string_lossy().into_owned()).collect();
        let bad = parts.iter().filter(|p| NO_ROOMS.contains(&p.as_str()));
        bad.map(|room| format!("{}: a room called `{room}`", named(&path))).collect::<Vec<_>>()
    });
    none(problems.collect());
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = unfinished();
    let mut problems = Vec::new();
    for path in files(".", &[".rs", ".md", ".yaml", ".toml", ".html"]) {
        for (i, line) in read(&path).lines().enumerate() {
            for mark in marks.iter().filter(|mark| line.contains(mark.as_str())) {
                problems.push(format!("{}:{}: `{mark}`", named(&path), i + 1));
            }
        }
    }
    none(problems);
}

#[test]
fn paths_named_in_documents_exist() {
    let mut problems = Vec::new();
    for path in files(".", &[".md"]) {
        let text = read(&path);
        let folder = path.parent().expect("a file has a folder");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            let outside = target.is_empty() || target.contains("://") || target.starts_with('/');
            if !outside && !target.contains(' ') && !folder.join(target).exists() {
                problems.push(format!("{}: links to {target}, which is not there", named(&path)));
            }
        }
    }
    let map = read(&root().join("ARCHITECTURE.md"));
    for word in map.split(|c: char| c == '`' || c.is_whitespace()) {
        let is_path = ["crates/", "docs/", "contracts/", "scenarios/", "fuzz/", ".ci/"]
            .iter()
            .any(|top| word.starts_with(top));
        let plain = word.trim_end_matches([',', '.', ';', ':', ')']);
        if is_path && !plain.contains(['{', '*', '…']) && !root().join(plain).exists() {
            problems.push(format!("ARCHITECTURE.md names {plain}, which is not there"));
        }
    }
    none(problems);
}

#[test]
fn no_document_or_source_names_a_machine() {
    let mut problems = Vec::new();
    let marks = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["/ho", "me/"].concat()];
    for path in files(".", &[".rs", ".md", ".yaml", ".toml", ".html", "run"]) {
        for (i, line) in read(&path).lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                problems.push(format!("{}:{}: a machine's path", named(&path), i + 1));
            }
        }
    }
    none(problems);
}

#[test]
fn decisions_are_numbered_and_listed() {
    let index = read(&root().join("docs/adr/README.md"));
    let records = files("docs/adr", &[".md"]);
    none(
        records
            .iter()
            .filter_map(|path| path.file_name().map(|n| n.to_string_lossy().into_owned()))
            .filter(|name| name != "README.md" && !index.contains(name.as_str()))
            .map(|name| format!("docs/adr/README.md does not list {name}"))
            .collect(),
    );
}

#[test]
fn the_changelog_has_a_place_for_what_comes() {
    assert!(read(&root().join("CHANGELOG.md")).contains("## [Unreleased]"));
}

/// Whoever installs Probity has the document, and not the script.
#[test]
fn every_label_of_the_elements_is_documented() {
    let script = read(&root().join("crates/cli/elements/labels.js"));
    let document = read(&root().join("docs/elements.md"));
    let table = script.split_once("  en: {").unwrap().1.split_once("\n};").unwrap().0;
    // Long words stand on a line of their own.
    let labels = table.split("',\n").filter_map(|label| label.split_once(':'));
    for (label, words) in labels {
        let (_, words) = words.split_once('\'').unwrap();
        let label = label.split_whitespace().last().unwrap();
        let row = format!("| `{label}` | {words} |");
        assert!(document.contains(&row), "docs/elements.md lacks {row}");
    }
}
