//! Files changed at random or key by key: never a panic, never a silent mistake.

use crate::samples::{EVERYTHING, JOBSCOUT, read_texts};
use probity_core::contract::file::{Reading, keys};
use probity_core::diagnostic::{FileKind, Severity};
use proptest::prelude::*;
use serde_json::Value;

/// The fixture with every key, as JSON (which is YAML, too).
fn everything() -> [Value; 2] {
    [EVERYTHING.contract, EVERYTHING.operations.unwrap()]
        .map(|text| serde_saphyr::from_str(text).expect("the fixture is YAML"))
}

/// Pretty JSON keeps every key within the length that YAML allows before its colon.
fn read_json(files: &[Value; 2]) -> Reading {
    let [contract, operations] = files.each_ref().map(|v| serde_json::to_string_pretty(v).unwrap());
    read_texts(&contract, Some(&operations), EVERYTHING.prices)
}

const fn index(file: FileKind) -> usize {
    matches!(file, FileKind::Operations) as usize
}

/// Every place in a value that a path with `*` leads to.
fn matching(value: &Value, pattern: &str) -> Vec<Vec<String>> {
    let mut found = vec![(Vec::new(), value)];
    for step in pattern.split('.') {
        found = found
            .into_iter()
            .flat_map(|(path, value)| {
                let next: Vec<(String, &Value)> = match value {
                    Value::Object(map) => map
                        .iter()
                        .filter(|(key, _)| step == "*" || *key == step)
                        .map(|(key, value)| (key.clone(), value))
                        .collect(),
                    Value::Array(items) if step == "*" => {
                        items.iter().enumerate().map(|(n, v)| (n.to_string(), v)).collect()
                    }
                    _ => Vec::new(),
                };
                next.into_iter().map(move |(key, value)| {
                    let path: Vec<String> = path.iter().cloned().chain([key]).collect();
                    (path, value)
                })
            })
            .collect();
    }
    found.into_iter().map(|(path, _)| path).collect()
}

fn pointer(path: &[String]) -> String {
    path.iter().map(|key| format!("/{key}")).collect()
}

#[test]
fn the_fixture_has_every_key_and_reads_as_json_too() {
    let files = everything();
    for key in keys() {
        assert!(!matching(&files[index(key.file)], &key.path).is_empty(), "{}", key.path);
    }
    assert_eq!(read_json(&files).findings, vec![]);
}

#[test]
fn nonsense_at_any_key_is_found_there() {
    let files = everything();
    for key in keys() {
        for path in matching(&files[index(key.file)], &key.path) {
            let mut files = files.clone();
            let at = files[index(key.file)].pointer_mut(&pointer(&path)).unwrap();
            *at = serde_json::json!([[{}]]);
            let reading = read_json(&files);
            let steps: Vec<&str> = path.iter().map(String::as_str).collect();
            let place = reading.places.value(key.file, &steps);
            let found = reading.findings.iter().any(|f| {
                f.place.file == place.file
                    && f.place.span.start >= place.span.start
                    && f.place.span.end <= place.span.end
            });
            assert!(found, "{} was not read", path.join("."));
        }
    }
}

#[test]
fn only_required_keys_are_missed() {
    let files = everything();
    for key in keys() {
        for path in matching(&files[index(key.file)], &key.path) {
            let mut files = files.clone();
            let (last, above) = path.split_last().unwrap();
            let section = files[index(key.file)].pointer_mut(&pointer(above)).unwrap();
            section.as_object_mut().unwrap().remove(last);
            let reading = read_json(&files);
            let missed = reading
                .findings
                .iter()
                .any(|f| f.id == "F10" && f.message.starts_with(&format!("`{last}` is missing")));
            assert_eq!(missed, key.required, "{}", path.join("."));
        }
    }
}

#[test]
fn an_unknown_key_anywhere_is_found() {
    let files = everything();
    for key in keys().iter().filter(|key| key.holds == "a section") {
        for path in matching(&files[index(key.file)], &key.path) {
            let mut files = files.clone();
            let section = files[index(key.file)].pointer_mut(&pointer(&path)).unwrap();
            section.as_object_mut().unwrap().insert("xyzzy".into(), "a".into());
            let reading = read_json(&files);
            assert!(reading.findings.iter().any(|f| f.id == "F09"), "{}", path.join("."));
        }
    }
}

/// What must hold of every reading, whatever was read.
fn is_sound(reading: &Reading, texts: [&str; 3]) {
    let errors = |file| {
        reading.findings.iter().any(|f| f.place.file == file && f.severity == Severity::Error)
    };
    assert_eq!(reading.contract.is_none(), errors(FileKind::Contract));
    let broken = errors(FileKind::Operations) || errors(FileKind::Prices);
    assert_eq!(reading.operations.is_none(), broken);
    for finding in &reading.findings {
        let text = texts[finding.place.file as usize];
        assert!(text.get(finding.place.span.clone()).is_some(), "{finding:?}");
        assert!(!finding.message.is_empty() && !finding.fix.is_empty(), "{finding:?}");
    }
}

/// Pieces that matter to YAML or to us.
const PIECES: &[&str] = &[
    "{", "}", "[", "]", ":", ": ", "- ", "\n", "  ", "\t", "#", "\"", "'", "|", ">", "&a ", "*a",
    "<<", "!!int", "---\n", "...", "%", "@", "`", "?", ",", "~", "no", "yes", "0", "00", "1e9",
    "-", "+", ".", "credits", "$", "EUR ", "%", "é", "\u{202E}", "\0", "\u{FEFF}", "\r", "free",
    "all", "us", "{x}",
];

fn mutated(text: &str, edits: &[(usize, usize, usize)]) -> String {
    let mut text = text.to_owned();
    for &(at, length, piece) in edits {
        let boundary = |n: usize| (0..=n.min(text.len())).rev().find(|&n| text.is_char_boundary(n));
        let start = boundary(at % (text.len() + 1)).unwrap_or(0);
        let end = boundary(start + length).unwrap_or(start).max(start);
        text.replace_range(start..end, PIECES[piece % PIECES.len()]);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_mutation_makes_it_panic(
        edits in prop::collection::vec((0usize..20_000, 0usize..40, 0usize..100), 1..6),
        file in 0usize..3,
    ) {
        let mut texts =
            [JOBSCOUT.contract, JOBSCOUT.operations.unwrap(), JOBSCOUT.prices.unwrap()].map(String::from);
        texts[file] = mutated(&texts[file], &edits);
        let [contract, operations, prices] = texts.each_ref().map(String::as_str);
        let reading = read_texts(contract, Some(operations), Some(prices));
        is_sound(&reading, [contract, operations, prices]);
    }

    #[test]
    fn any_text_as_any_value_is_read_or_refused(text in "\\PC{0,30}", key in 0usize..400) {
        let files = everything();
        let all = keys();
        let key = &all[key % all.len()];
        for path in matching(&files[index(key.file)], &key.path) {
            let mut files = files.clone();
            *files[index(key.file)].pointer_mut(&pointer(&path)).unwrap() = text.clone().into();
            let [contract, operations] =
                files.each_ref().map(|v| serde_json::to_string_pretty(v).unwrap());
            let prices = EVERYTHING.prices.unwrap();
            let reading = read_texts(&contract, Some(&operations), Some(prices));
            is_sound(&reading, [&contract, &operations, prices]);
        }
    }
}
